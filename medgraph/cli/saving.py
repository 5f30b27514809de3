"""Write text and tables into files, whole or not at all; text from the data stays text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

_AS_TEXT = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}


def write_text(text: str, path: str | Path, *, bom: bool = False) -> None:
    """Write UTF-8; `bom` for CSV, because Excel needs one."""
    write_pieces((text,), path, bom=bom)


def write_pieces(pieces: Iterable[str], path: str | Path, *, bom: bool = False) -> None:
    """Write the same bit by bit, so that a long text is never whole in memory."""
    from medgraph.whole_files import replacing

    encoding = "utf-8-sig" if bom else "utf-8"
    with (
        replacing(Path(path)) as target,
        target.open("w", encoding=encoding, newline="\n") as file,
    ):
        file.writelines(pieces)


def write_parquet(rows: pd.DataFrame, path: str | Path, *, about: Mapping[str, str]) -> None:
    """Write rows as Parquet; `about` stands in the file's own metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    from medgraph.whole_files import replacing

    table = pa.Table.from_pandas(rows, preserve_index=False)
    named = {**(table.schema.metadata or {}), "medgraph": json.dumps(about, ensure_ascii=False)}
    with replacing(Path(path)) as target:
        parquet.write_table(table.replace_schema_metadata(named), target)


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
