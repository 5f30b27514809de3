"""Read groups that are told by colours: of the cells of names, or of their texts; ask for them."""

from __future__ import annotations

import colorsys
import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from medgraph.loaders.foreign.cell_values import is_nothing
from medgraph.loaders.foreign.group_names import is_group_name
from medgraph.loaders.foreign.laid_tables import Added, Asked, with_columns
from medgraph.loaders.foreign.row_kinds import total_label
from medgraph.loaders.foreign.titles import known_in
from medgraph.words import headings as words
from medgraph.words.say import in_every_language
from medgraph.words.simplified import simple
from medgraph.words.vocabularies import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.loaders.foreign.header import Header
    from medgraph.loaders.foreign.laid_tables import Position
    from medgraph.loaders.workbooks.grid import Grid

_RGB = re.compile(r"[0-9A-F]{6}")
_FAINTEST = 0.08  # what has less colour is grey
_LEAST_ROWS = 2
_STRIPES = 0.6  # so many changes of colour from row to row are stripes, no groups


class Coloured(NamedTuple):
    """A table with its groups by colour as a column, the colours it has, and what is asked."""

    grid: Grid
    colours: dict[str, int]
    legend: dict[str, tuple[str, Position]]
    asked: list[Asked]


def with_colours(grid: Grid, header: Header, answers: Mapping[str, str]) -> Coloured | None:
    """Return a table with a column for what its colours mean; None where none mean anything."""
    known = {title.known: column for column, title in reversed(list(enumerate(header.titles)))}
    column = known.get("name", known.get("members"))
    if column is None or "group" in known:
        return None
    rows = _rows_of_names(grid, header, column)
    colours = _colours(grid, rows, column)
    counts = Counter(colour for colour in colours.values() if colour)
    legend = _legend(grid, set(rows), counts)
    if not legend and not _may_mean_something(colours, counts):
        return None
    asked = [
        Asked(
            "colour",
            colour,
            next((row, column) for row in rows if colours[row] == colour),
            count,
            legend[colour][0] if colour in legend else "",
        )
        for colour, count in counts.items()
    ]
    added: Added = {}
    for row, colour in colours.items():
        meaning = _meaning(grid, colour, answers, legend, (row, column))
        if meaning is not None:
            added[row] = meaning
    laid = with_columns(grid, header.last, [(words.ADDED_TITLES["group"], added)])
    return Coloured(laid, dict(counts), legend, asked)


def _rows_of_names(grid: Grid, header: Header, column: int) -> list[int]:
    return [
        row
        for row in range(header.last + 1, len(grid.rows))
        if grid.rows[row][column] is not None
        and not total_label(grid, row)
        and not known_in(grid.rows[row])
    ]


def _colours(grid: Grid, rows: list[int], column: int) -> dict[int, str]:
    """The colour of each row: of the cell of its name, else of its text."""
    fills = {row: grid.fills.get((row, column), "") for row in rows}
    if any(fills.values()):
        return fills
    return {row: grid.inks.get((row, column), "") for row in rows}


def _may_mean_something(colours: dict[int, str], counts: Counter[str]) -> bool:
    """Whether colours tell rows apart: several kinds of rows, none alone, and no stripes."""
    kinds = set(colours.values())
    if len(kinds) < 2 or not counts or min(counts.values()) < _LEAST_ROWS:
        return False
    in_order = list(colours.values())
    changes = sum(one != other for one, other in pairwise(in_order))
    return changes < len(in_order) * _STRIPES


def _meaning(
    grid: Grid,
    colour: str,
    answers: Mapping[str, str],
    legend: dict[str, tuple[str, Position]],
    cell: Position,
) -> tuple[str, Position] | None:
    """The group that a colour means: as somebody answered, else as the legend says."""
    answer = answers.get(f"colour:{grid.name}:{colour}")
    if answer is None:
        return legend.get(colour)
    return None if _says_none(answer) else (answer, cell)


def _says_none(answer: str) -> bool:
    """Whether an answer says that a colour means no group, perhaps in the words of the sheet."""
    is_no = is_nothing(answer) or word("boolean", answer) == "no"
    return is_no or answer in in_every_language("question_assumed_colour")


# -- legends ---------------------------------------------------------------------------------------


def _legend(grid: Grid, rows: set[int], counts: Counter[str]) -> dict[str, tuple[str, Position]]:
    """What the colours mean as the sheet says: 黄色为第一医共体, or a coloured cell with a group.

    A colour that two legends explain, or a legend that fits two colours, explains nothing.
    """
    found: dict[str, set[tuple[str, Position]]] = {colour: set() for colour in counts}
    for row, column in grid.filled():
        if row in rows:
            continue
        at = (row, column)
        text = unicodedata.normalize("NFKC", grid.rows[row][column] or "")
        own = grid.fills.get(at, grid.inks.get(at, "")) or _sample_before(grid, at)
        if own in found and is_group_name(text):
            found[own].add((text, at))
        for one in words.LEGEND.finditer(simple(text)):
            fitting = [colour for colour in counts if _is_called(colour, one["colour"])]
            if len(fitting) == 1 and is_group_name(one["meaning"]):
                found[fitting[0]].add((text[slice(*one.span("meaning"))], at))
    return {colour: next(iter(meant)) for colour, meant in found.items() if len(meant) == 1}


def _sample_before(grid: Grid, at: Position) -> str:
    """The colour of a blank cell before a text, which shows what the text speaks of."""
    row, column = at
    before = grid.rows[row][column - 1] if column else ""
    return grid.fills.get((row, column - 1), "") if before is None else ""


def _is_called(colour: str, called: str) -> bool:
    """Whether people call a colour so; that of a theme nobody can tell."""
    if not _RGB.fullmatch(colour):
        return False
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue = colorsys.rgb_to_hls(red, green, blue)[0]
    spread = max(red, green, blue) - min(red, green, blue)
    if called[-1] == words.GREY or spread < _FAINTEST:
        return called[-1] == words.GREY and spread < _FAINTEST
    nearest = min(words.HUES, key=lambda sign: _degrees(hue * 360, words.HUES[sign]))
    return nearest == called[-1]


def _degrees(one: float, other: float) -> float:
    """How far two hues are from each other on their circle."""
    apart = abs(one - other)
    return min(apart, 360 - apart)
