"""Fetch the text that a fact was read from: the cell, or the row, that its origin names in the source."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.origin import Origin
from medgraph.suffixes import CSV, WORKBOOKS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 300  # letters
_TABLES = (*WORKBOOKS, CSV)


def originals(source: str | os.PathLike[str]) -> Callable[[str], str]:
    """Return a function that gives the text behind an origin of `source`: workbook, CSV file, or folder of CSV.

    What was typed as a row gives the row, its cells between `|`; what was split from a cell or matched by a name in it
    gives the cell. Empty text where the origin is another file, or the source is no table.
    """
    path = Path(source)

    @cache
    def tabs() -> dict[str, Worksheet]:
        from medgraph.loaders.workbooks.marked_copy import with_tabs

        known = path.suffix.lower() in _TABLES or path.is_dir()
        return with_tabs(path)[1] if known else {}

    @cache
    def text(origin: str) -> str:
        read = Origin.parse(origin)
        own = read.file == path.name or (path.is_dir() and (path / read.file).is_file())
        tab = tabs().get(read.sheet or Path(read.file).stem) if own and read.cell else None
        return "" if tab is None else _text(tab, read)

    return text


def _text(tab: Worksheet, origin: Origin) -> str:
    from openpyxl.utils.cell import coordinate_from_string
    from openpyxl.utils.exceptions import CellCoordinatesException

    try:
        column, row = coordinate_from_string(
            origin.cell if origin.cell[0].isalpha() else f"A{origin.cell}"
        )
    except (CellCoordinatesException, ValueError):
        return ""
    whole = origin.how == "typed" or not origin.cell[0].isalpha()
    cells: Iterable[Any] = tab[row] if whole else [tab[f"{column}{row}"]]
    return " | ".join(str(cell.value) for cell in cells if cell.value not in (None, ""))[:LONGEST]
