"""A draft as a workbook: every row leads back to its sentence, and no sentence is missing."""

from __future__ import annotations

from importlib import resources

import openpyxl
import pyarrow as pa
import pytest

from medgraph.graphmodel.register import township_register
from medgraph.loaders import registry
from medgraph.loaders.plans.against_roster import against
from medgraph.loaders.plans.draft import draft
from medgraph.loaders.plans.draft_workbook import facts, write_draft
from medgraph.words.say import speaking


@pytest.fixture(scope="module")
def read():
    text = (resources.files("medgraph.loaders.samples") / "data" / "taizhou_plan.txt").read_text(
        encoding="utf-8"
    )
    return draft(
        text, pa.concat_tables([township_register(code) for code in ("331002", "331003", "331004")])
    )


@pytest.fixture(scope="module", params=["zh", "en"])
def book(request, read, tmp_path_factory):
    target = tmp_path_factory.mktemp("draft") / "roster.xlsx"
    with speaking(request.param):
        write_draft(read, target, compared=against(read.network, read.network))
    return target


def test_every_row_read_back_leads_to_the_very_sentence(read, book):
    """Span, clause and confidence of every node and link are in the workbook, and the span is that of a sentence."""
    net = registry.read(book)
    sentence_at = {f"{one.start}-{one.end}": one for one in read.sentences}
    nodes = net.nodes()
    rows = [*nodes[nodes["kind"] != "Area"].itertuples(), *net.edges().itertuples()]
    assert len(rows) == len(read.network.edges()) + len(read.network.nodes()) - 43
    for row in rows:
        start, end = map(int, row.span.split("-"))
        assert read.repaired.text[start:end].strip() == sentence_at[row.span].text
        assert row.clause == sentence_at[row.span].clause
        assert row.confidence in ("high", "medium")
    names = nodes["name"].to_dict()
    assert all(
        names[lead.source] in sentence_at[lead.span].text
        for lead in net.edges("LEADS").itertuples()
    )


def test_every_sentence_is_in_the_workbook(read, book):
    """One row for each, with its fate; the sums of the links are those of the network."""
    tab = openpyxl.load_workbook(book)
    sheet = tab["语句"] if "语句" in tab.sheetnames else tab["Sentences"]
    rows = list(sheet.iter_rows(values_only=True))[1:]
    assert [row[6] for row in rows] == [one.text for one in read.sentences]
    assert len({row[3] for row in rows}) == 3
    assert sum(row[5] for row in rows) == len(read.network.edges())


def test_reading_leaves_the_sheets_for_people_out_without_a_word(book):
    """The names of these sheets are known to the reader in both languages."""
    assert {p.code for p in registry.load(book).problems} == set()


def test_all_repairs_are_listed_one_by_one(tmp_path):
    """Change by change with its line; what was personal without its words."""
    read = draft("聯(lián)系人：张某某。\n縣醫院牽頭，聯合乙鎮衛生院，組建甲縣醫共體。\n022年。")
    write_draft(read, tmp_path / "roster.xlsx")
    tabs = openpyxl.load_workbook(tmp_path / "roster.xlsx")
    tab = tabs["文字修复"] if "文字修复" in tabs.sheetnames else tabs["Repairs"]
    rows = list(tab.iter_rows(values_only=True))[1:]
    assert len(rows) == len(read.repaired.changes) + len(read.repaired.flags)
    assert "张某某" not in repr(rows)
    assert any(row[2] == row[3] == "022年" for row in rows)


def test_other_formats_hold_the_network_alone(read, tmp_path):
    write_draft(read, tmp_path / "roster.json")
    assert registry.read(tmp_path / "roster.json") == read.network


def test_facts_for_the_page(read):
    """Targets with the three phases, counts, and no comparison where there is none."""
    with speaking("en"):
        tables = facts(read)
    assert set(tables) == {"Targets", "Counts", "Repairs"}
    assert (tables["Targets"]["kind"] == "phase").sum() == 3
