"""Write text and rows into files, whole or not at all; text from the data stays text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd


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
