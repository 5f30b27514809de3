"""Random damage to ugly workbooks: the account of cells holds, nothing breaks, planted faults are named."""

from __future__ import annotations

import random
import tempfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.errors import SourceError
from medgraph.loaders.foreign.proposal import propose
from medgraph.loaders.foreign.reading import read_workbook
from medgraph.loaders.workbooks.readers import read_grids
from tests.loaders.foreign import ugly
from tests.loaders.foreign.test_tidy import balanced

FOLDER = Path(tempfile.mkdtemp(prefix="ugly-"))


@cache
def original(name):
    path = FOLDER / f"{name}.xlsx"
    ugly.WORKBOOKS[name](path)
    return path


def dropped(tab, chance):
    tab.delete_rows(chance.randint(1, tab.max_row), chance.randint(1, 4))


def merged(tab, chance):
    top, left = chance.randint(1, tab.max_row), chance.randint(1, tab.max_column)
    tab.merge_cells(
        start_row=top,
        start_column=left,
        end_row=min(tab.max_row, top + chance.randint(0, 3)),
        end_column=min(tab.max_column, left + chance.randint(0, 2)),
    )


def renamed(tab, chance):
    cell = tab.cell(chance.randint(1, 5), chance.randint(1, tab.max_column))
    if type(cell).__name__ != "MergedCell":
        cell.value = chance.choice(["不知道什么", "机构名称", "集团", None, "合计", "床位", 5])


def overwritten(tab, chance):
    cell = tab.cell(chance.randint(1, tab.max_row), chance.randint(1, tab.max_column))
    if type(cell).__name__ != "MergedCell":
        cell.value = chance.choice(
            [
                "二院",
                "3.31002E+11",
                "等3家",
                "（",
                "√",
                "=1+1",
                "甲、乙、丙3个",
                "同上",
                "无",
                "第",
                "、、",
                "小计 99家",
                "台州市中心医院",
                -1,
                10**17,
                "{0}",
                "2023.13.45",
                True,
            ]
        )


def added(tab, chance):
    tab.append(
        [chance.choice(["合计", "小计", "机构名称", None, "路桥区"]) for _ in range(tab.max_column)]
    )


DAMAGE = (dropped, merged, renamed, overwritten, overwritten, added)


def damaged(name, seed, times):
    """A workbook of the six after `times` random damages."""
    chance = random.Random(seed)
    book = openpyxl.load_workbook(original(name))
    for _ in range(times):
        chance.choice(DAMAGE)(chance.choice(book.worksheets), chance)
    path = FOLDER / "damaged.xlsx"
    book.save(path)
    return path


def survives(name, seed, times):
    try:
        grids = read_grids(damaged(name, seed, times))
    except SourceError:
        return
    reading = read_workbook(grids, propose(grids), lenient=True)
    assert balanced(reading)
    assert reading.loaded.network is not None
    assert all(problem.place and problem.message for problem in reading.account.problems)


@settings(max_examples=40)
@given(st.sampled_from(sorted(ugly.WORKBOOKS)), st.integers(0, 10**6), st.integers(1, 6))
def test_every_cell_is_accounted_for_whatever_is_broken(name, seed, times):
    """used + skipped + not understood = non-empty cells, and no traceback."""
    survives(name, seed, times)


@pytest.mark.slow
@settings(max_examples=1500)
@given(st.sampled_from(sorted(ugly.WORKBOOKS)), st.integers(0, 10**9), st.integers(1, 12))
def test_many_more_damages(name, seed, times):
    """The same over many more."""
    survives(name, seed, times)


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_planted_faults_are_named_with_their_cells(seed):
    """A wrong total, lost digits and a second group, each at a random row, are each named at their cell."""
    chance = random.Random(seed)
    book = openpyxl.load_workbook(original("by_district"))
    tab = book[chance.choice(["椒江区", "黄岩区", "路桥区"])]
    total = tab.max_row
    tab.cell(total, 2).value = "77家"
    beds = chance.choice(
        [r for r in range(3, total) if tab.cell(r, 1).value not in ("小计", "合计")]
    )
    tab.cell(beds, 5).value = "很多"
    twin = chance.choice(
        [
            r
            for r in range(3, total)
            if r != beds
            and tab.cell(r, 1).value not in ("小计", "合计")
            and not tab.cell(r, 3).value.endswith("联盟")
        ]
    )
    tab.cell(total + 1, 2).value = tab.cell(twin, 2).value
    other = next(g for g in ugly.groups() if g != tab.cell(twin, 3).value)
    tab.cell(total + 1, 3).value, tab.cell(total + 1, 4).value = other, "成员"
    path = FOLDER / "planted.xlsx"
    book.save(path)
    grids = read_grids(path)
    reading = read_workbook(grids, propose(grids), lenient=True)
    named = {(p.code, p.place) for p in reading.account.problems}
    assert {
        ("E170", f"{tab.title}!B{total}"),
        ("E012", f"{tab.title}!E{beds}"),
        ("E173", f"{tab.title}!B{twin}"),
        ("E173", f"{tab.title}!B{total + 1}"),
    } <= named
    assert balanced(reading)
