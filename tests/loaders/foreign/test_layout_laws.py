"""Laws of the reader: whatever a roster looks like, no link is wrong and every cell is accounted for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import event, given, settings

from medgraph.graphmodel.matching import normal
from medgraph.loaders.foreign.proposal import propose
from medgraph.loaders.foreign.reading import read_workbook
from medgraph.words.simplified import converter
from tests.loaders.foreign.laid_rosters import sheets
from tests.loaders.foreign.test_layouts import stated
from tests.loaders.foreign.test_tidy import balanced


def holds(sheet):
    """No membership or lead is wrong, nobody is made up, the network is stamped, every cell is told."""
    written, groups, layout = sheet
    event(layout)
    grid = written.grid()
    reading = read_workbook([grid], propose([grid]), lenient=True)
    leads = {(normal(one.lead), normal(one.name)) for one in groups}
    members = leads | {(normal(name), normal(one.name)) for one in groups for name in one.members}
    found = {(normal(who), how, normal(group)) for who, how, group in stated(reading)}
    assert {(who, group) for who, _, group in found} <= members
    assert {(who, group) for who, how, group in found if how == "LEADS"} <= leads
    assert not {(who, group) for who, how, group in found if how == "MEMBER_OF"} & leads
    names = set(map(normal, reading.loaded.network.nodes("Facility")["name"]))
    assert names <= {who for who, _ in members}
    assert "stamp" in reading.loaded.network.meta
    assert balanced(reading)


@settings(max_examples=100)
@given(sheets())
def test_no_layout_makes_a_wrong_link(sheet):
    holds(sheet)


def traditional(grid):
    """The same sheet as somebody in Hong Kong or Taipei would write it."""
    convert = converter("s2t").convert
    return replace(grid, rows=[[text and convert(text) for text in row] for row in grid.rows])


def links_read(grid):
    reading = read_workbook([grid], propose([grid]), lenient=True)
    assert balanced(reading)
    found = {(normal(who), how, normal(group)) for who, how, group in stated(reading)}
    return len(reading.account.used), found


@settings(max_examples=20)
@given(sheets())
def test_a_sheet_in_traditional_characters_says_the_same(sheet):
    written, _, layout = sheet
    event(layout)
    grid = written.grid()
    assert links_read(traditional(grid)) == links_read(grid)


@pytest.mark.slow
@settings(max_examples=2000)
@given(sheets())
def test_no_layout_makes_a_wrong_link_at_length(sheet):
    holds(sheet)
