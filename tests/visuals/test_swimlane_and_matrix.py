"""Swimlanes and matrices: everything drawn is counted, what is not drawn is named, nothing overlaps."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from medgraph.loaders import samples
from medgraph.queries import coverage, sharing
from medgraph.queries.sharing.obligations import OBLIGATIONS
from medgraph.visuals import matrix, style, swimlane
from tests.browser import CANARIES, opened

PROBLEMS = {"P2": "ungrouped", "330101004000": "gap"}


@pytest.fixture(scope="module")
def taizhou():
    return samples.taizhou()


def test_lanes_name_what_is_not_drawn(taizhou):
    """Every facility, group, alliance and team has its place; the kinds that have none are counted by name."""
    status = pd.concat([coverage.served(taizhou).status, coverage.ungrouped(taizhou).status])
    figure = swimlane(taizhou, color_by=status, lang="zh")
    # 68 facilities and classes, 4 groups, 3 alliances, 2 teams, the gap; not the 4 + 4 + 19 + 1 + 4 + 20 others
    assert figure.counts == {"shown": 78, "all": 130, "problems": 10}
    assert (
        "显示 78/130 个节点；未画：管理机构 4、管委会 4、部门 19、集团 1、平台 4、共享中心 20"
        in figure.svg
    )
    assert "西城街道：空白" in figure.svg


def test_lanes_show_problems_in_red_only(county):
    """Red is there where something is wrong, and nowhere else."""
    assert style.PROBLEM in swimlane(county, problems=PROBLEMS).svg
    assert style.PROBLEM not in swimlane(county).svg


def test_matrix_counts_its_words(taizhou):
    """The words of the answer stand in the legend with their counts."""
    answer = sharing.matrix(taizhou)
    figure = matrix(taizhou, answer.frame.set_index("facility")[[*OBLIGATIONS]], lang="zh")
    assert figure.counts["met"] == answer.share.met
    assert figure.counts["no_data"] == len(answer.unknown)
    assert f"已有 {answer.share.met}" in figure.svg


def test_matrix_of_numbers(county):
    """Numbers are written in their cells; a cell without a value stays empty and is counted as such."""
    table = pd.DataFrame({"G1": [3.0, None], "G2": [None, 12.0]}, index=["G1", "G2"])
    figure = matrix(county, table, lang="en")
    assert figure.counts == {"shown": 2, "all": 4}
    assert ">12<" in figure.svg
    assert "empty 2" in figure.svg


def test_matrix_says_what_it_leaves_out(county):
    """Beyond a thousand rows the rest is not drawn, and the picture says so."""
    figure = matrix(county, pd.DataFrame({"a": ["met"] * 1200}), lang="en")
    assert figure.counts["shown"] == 1000
    assert "shown 1000 of 1200 rows" in figure.svg


def drawings(net):
    ids = net.nodes().index[:9]
    words = ["met", "missing", "no_data"] * 3
    table = pd.DataFrame({"a": CANARIES[:9], "lead": words, CANARIES[0]: [1.5] * 9}, index=ids)
    return {
        "lanes": swimlane(net, problems=dict(zip(ids, CANARIES, strict=False))),
        "matrix": matrix(net, table, title=CANARIES[1], by=dict.fromkeys(ids, CANARIES[2])),
    }


@pytest.mark.parametrize("trusting", [False, True])
def test_hostile_names_stay_text(chromium, hostile, tmp_path, trusting):
    """No request, no error, no canary, as SVG and as HTML."""
    for name, figure in drawings(hostile).items():
        for suffix in ("svg", "html"):
            with opened(
                chromium, figure.save(tmp_path / f"{name}.{suffix}"), trusting=trusting
            ) as page:
                page.verify()


def test_labels_do_not_overlap(chromium, taizhou, county, hostile, tmp_path):
    """No two texts lie on one another; slanting headings are measured by their own boxes and left out."""
    for number, net in enumerate((taizhou, county, hostile)):
        for name, figure in drawings(net).items():
            with opened(chromium, figure.save(tmp_path / f"{name}{number}.html")) as page:
                assert page.overlaps("svg text:not([transform])") == []


def test_a_matrix_says_whose_mark_is_whose_and_keeps_both_ends_of_names(taizhou):
    duties = sharing.matrix(taizhou).frame.set_index("facility")
    drawn = matrix(taizhou, duties[["team"]], by=duties["group"], lang="en").svg
    assert "Enze Hospital urban medical alliance" in drawn
    many = matrix(taizhou, duties, by=duties["group"], lang="en").svg
    names = re.findall(r'text-anchor="end">([^<]*)<', many)
    assert any("…" in name for name in names)
    assert [name for name in names if name.endswith("…")] == []
