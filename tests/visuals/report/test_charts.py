"""The pictures of numbers that are compared, and names that no line breaks."""

from __future__ import annotations

import io
import re

import docx
import pandas as pd
import pytest

import medgraph as mg
from medgraph.cli.reports import audited, report_answers
from medgraph.visuals.report import contents, html
from medgraph.visuals.report import docx as word
from medgraph.visuals.report.charts import charts
from medgraph.visuals.report.paper import LINE_END, letters, main_blocks, paper
from medgraph.words.name_writing import pauses
from medgraph.words.say import speaking
from tests.browser import opened


def report_of(net, packs=()):
    with speaking("zh"):
        audit, why_not = audited(net, packs)
        return contents(net, report_answers(net), audit=audit, no_audit=why_not)


@pytest.fixture(scope="module")
def pages(taizhou):
    return report_of(taizhou)


@pytest.fixture(scope="module")
def city():
    return report_of(mg.samples.synthetic(scale="city", defects=["gap"]))


def drawn(report):
    """The texts of each picture by its title."""
    with speaking("zh"):
        return {
            title: re.findall(r"<text[^>]*>([^<]*)</text>", svg) for svg, title in charts(report)
        }


def test_coverage_by_district_counts_the_areas(pages):
    """38 of 39: Huangyan has 19 areas, of which one is a gap; the other two districts 10 each."""
    texts = drawn(pages)["各县区乡级区划有无集团机构（个）"]
    at = texts.index("黄岩区")
    assert texts[at : at + 6] == [
        "黄岩区",
        "1 + 0 + 18",
        "椒江区",
        "0 + 0 + 10",
        "路桥区",
        "0 + 0 + 10",
    ]


def test_beds_by_group_are_those_that_members_state(city):
    """Each number is the sum over the members of a group; who states none is counted beside it."""
    texts = drawn(city)["各集团床位（张）"]
    net = city.network
    beds, members = net.nodes("Facility")["beds"], net.edges()
    members = members[members["relation"].isin(["MEMBER_OF", "LEADS"])]
    for page in city.groups:
        mine = beds[members[members["target"] == page.id]["source"].drop_duplicates()]
        expected = f"{int(mine.sum())}（{int(mine.isna().sum())}家未填）"
        assert texts[texts.index(page.short) + 1] == expected


def test_verdicts_by_pack_are_those_of_the_rules(taizhou):
    """Each under its title; one pack alone is not compared; of two each rule counts once."""
    report = report_of(taizhou, ["urban-2023", "taizhou-2023"])
    texts = drawn(report)["各政策包规则判定结果（条）"]
    rules = report.audited.rules
    for pack in report.audited.packs:
        counts = rules[rules["pack"] == pack.id]["verdict"].value_counts()
        numbers = " + ".join(str(counts.get(v, 0)) for v in ("FAIL", "NO_DATA", "PASS"))
        assert texts[texts.index(pack.title[0]) + 1] == numbers


def test_what_is_alike_is_not_compared():
    """Eight districts without a gap: eight equal bars say no more than page one."""
    texts = drawn(report_of(mg.samples.synthetic(scale="city")))
    assert [*texts] == ["各集团床位（张）"]


def test_one_thing_alone_is_not_compared():
    """A county without an audit, beds or a second district has no picture."""
    nodes = [("H", "Facility", "县医院"), ("331002001000", "Area", "海门街道")]
    links = [("H", "SERVES", "331002001000")]
    net = mg.MedicalNetwork.from_frames(
        pd.DataFrame(nodes, columns=["id", "kind", "name"]),
        pd.DataFrame(links, columns=["source", "relation", "target"]),
    )
    assert not drawn(report_of(net))


def test_no_line_ends_in_a_name(chromium, pages, city, tmp_path):
    """On the page each short name is one line high; in Word its column is as wide as the name."""
    for number, report in enumerate((pages, city)):
        path = tmp_path / f"{number}.html"
        path.write_bytes(html.render(report))
        with opened(chromium, path) as it:
            broken = it.page.evaluate(
                """() => [...document.querySelectorAll('#group-lines .name')].filter(
                    one => one.offsetHeight > 1.6 * parseFloat(getComputedStyle(one).lineHeight)).map(one => one.textContent)"""
            )
            assert not broken
        with speaking("zh"):
            tables = [block for block in main_blocks(report) if block["kind"] == "table"]
        for table in tables[:2]:
            letter = sum(table["widths"]) / 54
            for row in table["rows"]:
                for wide, cell in zip(table["widths"], row, strict=True):
                    names = [] if isinstance(cell, str) else cell
                    lines = [line for name in names for line in name.split(LINE_END)]
                    assert all(letters(line) <= wide / letter for line in lines)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_name_ends_its_lines_where_a_reader_pauses(taizhou, lang):
    """In the annex, too, no column cuts a name anywhere: its lines are whole parts of it."""
    with speaking(lang):
        report = contents(
            taizhou, report_answers(taizhou), audit=audited(taizhou, ())[0], annex=True
        )
    cells = [
        cell
        for block in paper(report)["blocks"]
        if block["kind"] == "table"
        for row in block["rows"]
        for cell in row
        if not isinstance(cell, str)
    ]
    broken = [name for names in cells for name in names if LINE_END in name]
    assert broken
    for name in broken:
        parts = pauses(name.replace(LINE_END, ""))
        ends = {"".join(parts[:count]) for count in range(len(parts) + 1)}
        lines = name.split(LINE_END)
        assert all("".join(lines[:count]) in ends for count in range(len(lines))), name


def test_pictures_of_word_say_what_they_show(pages):
    """Whoever has a page read aloud hears the title of each picture."""
    file = docx.Document(io.BytesIO(word.render(pages)))
    described = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert described == [pages.title, *drawn(pages)]
