"""Read the tables of a web page as sheets: what many systems write under the name of .xls."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from medgraph.errors import SourceError
from medgraph.loaders.tabular.sheets import file_name
from medgraph.loaders.workbooks.grid import Grid
from medgraph.text_files import decode
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

    Attributes = list[tuple[str, str | None]]

_CELLS = ("td", "th")
_WIDEST, _HIGHEST = 1_000, 100_000  # columns and rows that one cell may span
_LARGEST = 2_000_000  # cells of a table
_UNSEEN = frozenset({"script", "style"})


def read_web_page(path: Path) -> list[Grid]:
    """Return every table of a web page that has rows; raise SourceError where there is none."""
    text, _ = decode(path.read_bytes(), path)
    page = _Page()
    page.feed(text)
    page.close()
    tables = [table for table in page.tables if any(map(any, table.rows))]
    if not tables:
        raise SourceError(say("file_is_page_without_table", path=path))
    name = file_name(path)
    remark = say("foreign_web_page")
    return [
        Grid(
            name,
            path.stem if len(tables) == 1 else f"{path.stem} {number}",
            table.even_rows(),
            table.merged_ranges(),
            remark=remark,
        )
        for number, table in enumerate(tables, 1)
    ]


class _Table:
    """A table while it is read; `_taken` are places that a cell from above or the left covers."""

    def __init__(self) -> None:
        self.rows: list[list[str | None]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._taken: set[tuple[int, int]] = set()
        self._width = 0

    def add_row(self) -> None:
        self.rows.append([])

    def add_cell(self, text: str, height: int, width: int) -> None:
        """Add a cell behind those of its row."""
        if not self.rows:
            self.add_row()
        row, texts = len(self.rows) - 1, self.rows[-1]
        while (row, len(texts)) in self._taken:
            texts.append(None)
        column = len(texts)
        self._width = max(self._width, column + width)
        covered = (height - 1) * width
        if len(self._taken) + covered + len(self.rows) * self._width > _LARGEST:
            raise SourceError(say("file_is_too_large_page", rows=len(self.rows)))
        texts += [text or None, *[None] * (width - 1)]
        if height > 1 or width > 1:
            self._merged.append((row, column, row + height - 1, column + width - 1))
            below = range(row + 1, row + height)
            self._taken |= {(r, c) for r in below for c in range(column, column + width)}

    def even_rows(self) -> list[list[str | None]]:
        """The rows, equally long."""
        return [row + [None] * (self._width - len(row)) for row in self.rows]

    def merged_ranges(self) -> list[tuple[int, int, int, int]]:
        """The ranges of cells that span several, which end with the table."""
        last = len(self.rows) - 1
        return sorted(
            (top, left, min(bottom, last), right) for top, left, bottom, right in self._merged
        )


class _Page(HTMLParser):
    """Collect the tables of a page; one inside a cell of another is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._end_cell()
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].add_row()
        elif tag in _CELLS and self._open:
            self._end_cell()
            self._text = []
            self._span = (_span(attrs, "rowspan", _HIGHEST), _span(attrs, "colspan", _WIDEST))
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in (*_CELLS, "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._unseen:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._text is not None and self._open:
            lines = (" ".join(line.split()) for line in "".join(self._text).split("\n"))
            self._open[-1].add_cell("\n".join(filter(None, lines)), *self._span)
        self._text = None


def _span(attrs: Attributes, name: str, most: int) -> int:
    """How many rows or columns a cell covers."""
    stated = dict(attrs).get(name) or "1"
    return min(most, max(1, int(stated))) if stated.isascii() and stated.isdigit() else 1
