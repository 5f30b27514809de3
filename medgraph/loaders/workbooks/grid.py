"""Hold one sheet of a workbook as it is: texts by row and column, merged, hidden, struck."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.errors import SourceError
from medgraph.loaders.tabular.sheets import letter
from medgraph.words.invisible import signs_in, visible
from medgraph.words.say import say
from medgraph.words.workbook_words import BLANKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    Rows = list[list[str | None]]

MOST_CELLS = 50_000_000  # blank ones too, that a sheet may span
PART = " · "  # between the name of a sheet and the number of one of its tables


@dataclass
class Grid:
    """One sheet: `rows` of texts (None: empty cell), counted from 0.

    `merged` are ranges: first and last row, first and last column. `lost` are cells whose digits
    Excel has cut; `unstored` are formulas without a stored value; `hidden_rows` and `struck` are
    rows, `struck_cells` single cells struck through in other rows. `hidden_columns` are columns,
    `is_filtered` says whether a filter is set; `fills` and `inks` are the colours of cells and of
    their texts, where they have one. `hidden_cells` named a person, which was taken out. `remark`
    says what the file cannot, `unseen` are the texts from which signs that nobody sees were taken
    out.

    A sheet that was laid out anew has `origins`: where in the file its cells stand that were moved;
    `part` counts the tables of one sheet from 0.
    """

    file: str
    name: str
    rows: Rows
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    unstored: tuple[tuple[int, int], ...] = ()
    lost: frozenset[tuple[int, int]] = frozenset()
    struck_cells: frozenset[tuple[int, int]] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_filtered: bool = False
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    inks: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_cells: frozenset[tuple[int, int]] = frozenset()
    remark: str = ""
    unseen: list[tuple[int, int, str]] = field(default_factory=list)
    origins: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    part: int = 0

    def __post_init__(self) -> None:
        """Take out what nobody sees in the texts, and keep where it was."""
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text is None or text.isascii():
                    continue
                if signs_in(text):
                    self.unseen.append((r, c, text))
                row[c] = visible(text).strip(BLANKS) or None

    @property
    def title(self) -> str:
        """What a rule calls it: the name of the sheet, and which of its tables from the second."""
        return f"{self.name}{PART}{self.part + 1}" if self.part else self.name

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Return where in the file a cell stands."""
        return self.origins.get((row, column), (row, column))

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows), default=0)

    def place(self, row: int, column: int | None = None) -> str:
        """Return the address of a cell, or of a row, in the file."""
        if column is not None:
            row, column = self.origin(row, column)
        return f"{self.name}!{address(row, column)}"

    def filled(self) -> Iterator[tuple[int, int]]:
        """Give every cell that is not empty."""
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text is not None:
                    yield r, c


def address(row: int, column: int | None) -> str:
    """Return how people call a cell.

    >>> address(6, 3)
    'D7'
    """
    return f"{'' if column is None else letter(column)}{row + 1}"


def trimmed(rows: Rows, name: str = "") -> Rows:
    """Return the rows without the empty ones at the end and the empty columns at the right.

    Raise SourceError where a text of the sheet `name` is so far from all others that rows of equal
    length would be too large.
    """
    while rows and not any(text is not None for text in rows[-1]):
        rows.pop()
    widths = [_filled_width(row) for row in rows]
    width = max(widths, default=0)
    if len(rows) * width > MOST_CELLS:
        raise too_far_away(name, (widths.index(width), width - 1), len(rows), width)
    return [[*row[:width], *[None] * (width - len(row))] for row in rows]


def _filled_width(row: list[str | None]) -> int:
    return max((column for column, text in enumerate(row, 1) if text is not None), default=0)


def too_far_away(name: str, at: tuple[int, int], rows: int, columns: int) -> SourceError:
    """Return the error of a cell that would make its sheet too large, by so far it stands out."""
    place = f"{name}!{address(*at)}"
    return SourceError(say("cell_far_away", place=place, rows=rows, columns=columns))
