"""Recognise how a sheet is laid out, and lay it out with one facility or group in each row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from medgraph.loaders.foreign.colour_groups import with_colours
from medgraph.loaders.foreign.facilities import is_full_name
from medgraph.loaders.foreign.header import find_header
from medgraph.loaders.foreign.heading_rows import Headed, line_cells, with_headings
from medgraph.loaders.foreign.headings import heading_of
from medgraph.loaders.foreign.laid_tables import Laid, masked
from medgraph.loaders.foreign.row_kinds import is_remark, total_label
from medgraph.loaders.foreign.titles import known_in, plain_title
from medgraph.loaders.foreign.turned_tables import (
    by_column,
    lines,
    names_groups_beside_each_other,
    transposed,
)
from medgraph.loaders.workbooks.grid import address
from medgraph.words.joining import listed
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from medgraph.loaders.foreign.header import Header
    from medgraph.loaders.foreign.laid_tables import Position
    from medgraph.loaders.foreign.turned_tables import Turned
    from medgraph.loaders.workbooks.grid import Grid

    Builder = Callable[[Grid, Mapping[str, str]], Laid | None]

ROWS, RECOGNISE = "rows", "recognise"
_NAMES = frozenset({"name", "members", "group"})  # what makes rows below titles a table of ours
_TITLE_ROWS = 3  # so many rows of titles may stand together
_MOST_TABLES = 50  # of one sheet; where there are more, they are not tables of people
_SHOWN = 4


def lay_out(grid: Grid, layout: str, answers: Mapping[str, str]) -> Laid:
    """Return a sheet laid out as `layout` says; an empty one leaves it as it is."""
    if not grid.rows or not layout:
        return Laid(layout, [grid])
    if layout != RECOGNISE:
        return _BUILDERS[layout](grid, answers) or Laid(layout, [grid], confidence="low")
    laid = (build(grid, answers) for build in _IN_ORDER)
    return next((one for one in laid if one is not None), Laid(ROWS, [grid]))


# -- tables that are turned ------------------------------------------------------------------------


def _turned(layout: str, turn: Callable[[Grid], Turned | None], confidence: str) -> Builder:
    def build(grid: Grid, answers: Mapping[str, str]) -> Laid | None:
        turned = turn(grid)
        if turned is None:
            return None
        evidence = _evidence(layout, grid, turned.evidence)
        aside = list(turned.aside)
        return Laid(layout, [turned.grid], evidence, confidence, turned.counts, sections=aside)

    return build


def _lines(grid: Grid) -> Turned | None:
    has_columns = find_header(grid).found or names_groups_beside_each_other(grid)
    return None if has_columns else lines(grid)


def _transposed(grid: Grid) -> Turned | None:
    """A transposed table has its titles in a column, and none but names in a row."""
    is_upright = any(known_in(row) for row in grid.rows)
    return None if is_upright else transposed(grid)


# -- several tables --------------------------------------------------------------------------------


def _halves(grid: Grid, answers: Mapping[str, str]) -> Laid | None:
    """The same titles twice side by side are two tables."""
    header = find_header(grid)
    starts = _starts_of_halves(header) if header.found else []
    if not 2 <= len(starts) <= _MOST_TABLES:
        return None
    ends = [*starts[1:], grid.width]
    everything = range(len(grid.rows))
    tables = [
        _with_lines_of_all(grid, masked(grid, everything, range(start, end), part), header, start)
        for part, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    evidence = [(header.last, start) for start in starts]
    return _of_tables("halves", grid, tables, evidence, answers)


def _starts_of_halves(header: Header) -> list[int]:
    """The columns where the titles begin anew; empty where they do not repeat as a whole."""
    written = [
        (column, plain_title(title.written.split("/")[-1]))
        for column, title in enumerate(header.titles)
        if title.written
    ]
    if not written:
        return []
    starts = [column for column, title in written if title == written[0][1]]
    blocks: list[list[str]] = []
    for column, title in written:
        if column in starts:
            blocks.append([])
        blocks[-1].append(title)
    names = {title.known for title in header.titles[starts[0] : starts[1]]} if blocks[1:] else set()
    is_repeated = all(block == blocks[0] for block in blocks)
    return starts if is_repeated and names & {"name", "members"} else []


def _with_lines_of_all(grid: Grid, table: Grid, header: Header, start: int) -> Grid:
    """A half with the lines that stand alone above all of them."""
    rows, origins = list(table.rows), dict(table.origins)
    for row in range(header.first):
        filled = [column for column, text in enumerate(grid.rows[row]) if text is not None]
        if len(filled) == 1 and rows[row][filled[0]] is None:
            line = list(rows[row])
            line[start] = grid.rows[row][filled[0]]
            rows[row], origins[row, start] = line, (row, filled[0])
    return replace(table, rows=rows, origins=origins)


def _stacked(grid: Grid, answers: Mapping[str, str]) -> Laid | None:
    """Rows of other titles further below begin another table; the lines above them belong to it."""
    heads = _heads(grid)
    if not 2 <= len(heads) <= _MOST_TABLES:
        return None
    starts = [0, *(_first_line_above(grid, head) for head in heads[1:])]
    ends = [*starts[1:], len(grid.rows)]
    tables = [
        masked(grid, range(start, end), part=part)
        for part, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    if not all(_is_of_names(table) for table in tables):
        return None
    evidence = [next((head, c) for c, t in enumerate(grid.rows[head]) if t) for head in heads]
    return _of_tables("stacked", grid, tables, evidence, answers)


def _heads(grid: Grid) -> list[int]:
    """The first rows of titles of each table; titles that are repeated begin none."""
    heads: list[int] = []
    meanings: set[str] = set()
    last = -_TITLE_ROWS
    for row, texts in enumerate(grid.rows):
        known = set(known_in(texts).values())
        if not known:
            continue
        is_joined = bool(heads) and row - last == 1 and row - heads[-1] < _TITLE_ROWS
        if is_joined:
            meanings |= known
        elif known != meanings:
            heads.append(row)
            meanings = known
        last = row
    return heads


def _first_line_above(grid: Grid, head: int) -> int:
    """The first of the lines that stand above titles."""
    row = head
    while row > 0 and _is_line_or_blank(grid, row - 1):
        row -= 1
    return row


def _is_line_or_blank(grid: Grid, row: int) -> bool:
    first = next((text for text in grid.rows[row] if text), "")
    is_below = is_remark(grid, row) and not heading_of(first).states_something
    if total_label(grid, row) or is_below:
        return False
    cells = line_cells(grid, row)
    if all(heading_of(text).states_something for _, text in cells):
        return True
    is_alone = sum(text is not None for text in grid.rows[row]) == 1
    return is_alone and not is_full_name(cells[0][1])


def _is_of_names(table: Grid) -> bool:
    header = find_header(table)
    return header.found and bool({title.known for title in header.titles} & _NAMES)


def _of_tables(
    layout: str,
    grid: Grid,
    tables: Sequence[Grid],
    evidence: Sequence[Position],
    answers: Mapping[str, str],
) -> Laid:
    headed = [with_headings(table, find_header(table), answers) for table in tables]
    return _of_headed(layout, headed, _evidence(layout, grid, evidence))


# -- lines between and above the rows --------------------------------------------------------------


def _with_lines(grid: Grid, answers: Mapping[str, str]) -> Laid | None:
    """One table whose lines state groups and leads, or sections, or nothing."""
    header = find_header(grid)
    if not header.found:
        return None
    headed = with_headings(grid, header, answers)
    stating = [*headed.groups, *headed.leads]
    if stating:
        layout = "above" if headed.above == len(stating) else "banded"
        return _of_headed(layout, [headed], _evidence(layout, grid, stating))
    if headed.sections or headed.strays:
        places = [*headed.sections, *headed.strays]
        return _of_headed("sections", [headed], _evidence("sections", grid, places))
    return None


def _by_colour(grid: Grid, answers: Mapping[str, str]) -> Laid | None:
    header = find_header(grid)
    coloured = with_colours(grid, header, answers) if header.found else None
    if coloured is None:
        return None
    shown = listed(f"{colour}×{count}" for colour, count in coloured.colours.items())
    is_explained = set(coloured.legend) >= set(coloured.colours)
    laid = _of_headed(
        "by_colour",
        [with_headings(coloured.grid, find_header(coloured.grid), answers)],
        say("layout_why_by_colour", colours=shown),
        "medium" if is_explained else "low",
    )
    laid.asked += coloured.asked
    return laid


def _by_explained_colour(grid: Grid, answers: Mapping[str, str]) -> Laid | None:
    """Colours that a legend explains, before any line: the lines of a legend name groups, too."""
    laid = _by_colour(grid, answers)
    return laid if laid is not None and laid.confidence != "low" else None


def _rows(grid: Grid, answers: Mapping[str, str]) -> Laid:
    """Rows as they are; only who leads is taken from beside the names.

    A group in the title is asked for.
    """
    header = find_header(grid)
    if not header.found:
        return Laid(ROWS, [grid])
    return _of_headed(ROWS, [with_headings(grid, header, answers, has_lines=False)], "")


def _of_headed(
    layout: str, headed: Sequence[Headed], evidence: str, confidence: str = "high"
) -> Laid:
    laid = Laid(layout, [one.grid for one in headed], evidence, confidence)
    for one in headed:
        laid.counts += one.counts
        laid.asked += one.asked
        laid.sections += one.sections
        laid.strays += one.strays
    if laid.asked and confidence == "high":
        laid.confidence = "medium"
    return laid


def _evidence(layout: str, grid: Grid, cells: Sequence[Position]) -> str:
    """Why a sheet is laid out so: the first cells that say it."""
    shown = [say("layout_cell", cell=address(*at), text=grid.rows[at[0]][at[1]]) for at in cells]
    named = listed(dict.fromkeys(shown[:_SHOWN]))
    return say(f"layout_why_{layout}", cells=named)


# What lays a sheet out as a person says.
_BUILDERS: dict[str, Builder] = {
    "by_column": _turned("by_column", by_column, "high"),
    "transposed": _turned("transposed", _transposed, "high"),
    "halves": _halves,
    "stacked": _stacked,
    "lines": _turned("lines", _lines, "medium"),
    "above": _with_lines,
    "banded": _with_lines,
    "sections": _with_lines,
    "by_colour": _by_colour,
    ROWS: _rows,
}
# What recognises layouts, in this order; one may find several.
_IN_ORDER: tuple[Builder, ...] = (
    _BUILDERS["by_column"],
    _BUILDERS["transposed"],
    _halves,
    _stacked,
    _BUILDERS["lines"],
    _by_explained_colour,
    _with_lines,
    _by_colour,
    _rows,
)
