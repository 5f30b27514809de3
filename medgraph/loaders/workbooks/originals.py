"""Fetch the text that a fact was read from: the cell, or the row, that its origin names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.origin import Origin
from medgraph.loaders.workbooks.marked_copy import with_tabs
from medgraph.suffixes import CSV, WORKBOOKS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

LONGEST = 300  # letters
_TABLES = (*WORKBOOKS, CSV)


def originals(source: str | os.PathLike[str]) -> Callable[[str], str]:
    """Return a function that gives the text behind an origin of `source`: workbook, CSV or folder.

    What was typed as a row gives the row, its cells between `|`; what was split from a cell or
    matched by a name in it gives the cell. The text is empty where the origin is another file, or
    the source is no table.
    """
    path = Path(source)

    @cache
    def tabs() -> dict[str, Any]:
        is_table = path.is_dir() or path.suffix.lower() in _TABLES
        return with_tabs(path)[1] if is_table else {}

    def is_of_source(origin: Origin) -> bool:
        return origin.file == path.name or (path.is_dir() and (path / origin.file).is_file())

    @cache
    def text(origin: str) -> str:
        read = Origin.parse(origin)
        if not read.cell or not is_of_source(read):
            return ""
        tab = tabs().get(read.sheet or Path(read.file).stem)
        return "" if tab is None else _text(tab, read)

    return text


def _text(tab: Any, origin: Origin) -> str:
    from openpyxl.utils.cell import coordinate_from_string
    from openpyxl.utils.exceptions import CellCoordinatesException

    names_row = not origin.cell[0].isalpha()
    try:
        column, row = coordinate_from_string(f"A{origin.cell}" if names_row else origin.cell)
    except (CellCoordinatesException, ValueError):
        return ""
    is_whole_row = names_row or origin.how == "typed"
    cells = tab[row] if is_whole_row else [tab[f"{column}{row}"]]
    return " | ".join(str(cell.value) for cell in cells if cell.value not in (None, ""))[:LONGEST]
