"""Open a workbook with openpyxl, and take the cells that hold something."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

from medgraph.file_properties import APPLICATION_PART, with_our_name
from medgraph.loaders.parsers import parsing
from medgraph.loaders.workbooks.file_kinds import readable_kind
from medgraph.loaders.workbooks.grid import MOST_CELLS, too_far_away
from medgraph.loaders.workbooks.package_limits import checked
from medgraph.suffixes import WORKBOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LONGEST_TEXT = 32_767  # characters that a cell holds


def opened(source: Path, *, data_only: bool, read_only: bool = False) -> Any:
    """Return the workbook at `source`; raise SourceError where it is none, or past a limit."""
    import openpyxl

    readable_kind(source)
    content = checked(source)
    if content is source and source.suffix.lower() not in WORKBOOKS:
        content = io.BytesIO(source.read_bytes())  # openpyxl looks at the suffix of a path
    with parsing("not_a_workbook", source):
        return openpyxl.load_workbook(content, data_only=data_only, read_only=read_only)


def save(book: Any, target: Path) -> None:
    """Write a workbook that says that medgraph wrote it, where openpyxl names Excel."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.modified = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    with _OurArchive(target, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


class _OurArchive(zipfile.ZipFile):
    """A package of which the part that names the application names medgraph."""

    def writestr(
        self,
        zinfo_or_arcname: Any,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        if zinfo_or_arcname == APPLICATION_PART:
            data = with_our_name(data if isinstance(data, str) else data.decode("utf-8"))
        super().writestr(zinfo_or_arcname, data, compress_type, compresslevel)


def filled_cells(tab: Any) -> dict[tuple[int, int], Any]:
    """Return the cells of a worksheet that hold something, by row and column counted from 0.

    Not by `iter_rows`: it makes a cell of every blank, and a colour in the last row of a sheet
    makes a million.
    """
    cells = tab._cells.values()
    return {(cell.row - 1, cell.column - 1): cell for cell in cells if cell.value is not None}


def blanks_before(tab: Any, filled: Mapping[tuple[int, int], Any]) -> dict[tuple[int, int], Any]:
    """Return the blank cells before filled ones: in a legend they show what colour is explained."""
    before = {(row, column - 1) for row, column in filled} - filled.keys()
    there = {at: tab._cells.get((at[0] + 1, at[1] + 1)) for at in before}
    return {at: cell for at, cell in there.items() if cell is not None}


def text_rows(texts: Mapping[tuple[int, int], str | None], name: str) -> list[list[str | None]]:
    """Return rows of equal length, as far as there are texts.

    Raise SourceError where one text is so far from all others that the sheet would be too large.
    """
    filled = {at: text for at, text in texts.items() if text is not None}
    height = max((row for row, _ in filled), default=-1) + 1
    width = max((column for _, column in filled), default=-1) + 1
    if height * width > MOST_CELLS:
        raise too_far_away(name, max(filled, key=lambda at: at[1]), height, width)
    rows: list[list[str | None]] = [[None] * width for _ in range(height)]
    for (row, column), text in filled.items():
        rows[row][column] = text
    return rows
