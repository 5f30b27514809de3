"""Write text and tables into files, whole or not at all; text from the data stays text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_AS_TEXT = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}


def write_text(text: str, path: str | Path, *, bom: bool = False) -> None:
    """Write UTF-8; `bom` for CSV, because Excel needs one."""
    from medgraph.whole_files import replacing

    with replacing(Path(path)) as target:
        target.write_text(text, encoding="utf-8-sig" if bom else "utf-8", newline="\n")


def never_onto_work(path: str | Path) -> None:
    """Raise TargetError where an answer would replace a workbook of somebody else."""
    from medgraph.loaders.workbooks import recognition

    recognition.never_onto_work(Path(path))


def write_tables(tables: Mapping[str, pd.DataFrame], path: str | Path) -> None:
    """Write one sheet per table, with a filter and a frozen header."""
    import pandas as pd

    from medgraph.loaders.workbooks.sheet_writing import PROPERTIES
    from medgraph.whole_files import replacing

    with (
        replacing(Path(path)) as target,
        pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs=_AS_TEXT) as book,
    ):
        book.book.set_properties(PROPERTIES)
        for name, frame in tables.items():
            frame.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
            last_row, last_column = max(len(frame), 1), max(len(frame.columns) - 1, 0)
            book.sheets[name].autofilter(0, 0, last_row, last_column)
