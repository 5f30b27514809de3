"""Read a Parquet file that may have been made to do harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from medgraph.loaders.parsers import parsing
from medgraph.loaders.table_limits import MOST_CELLS, check_size

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa


def read_parquet_file(path: Path, most_cells: int = MOST_CELLS) -> pa.Table:
    """Return a file as a table whose names are text and whose every index is in its range.

    Raise SourceError where it is none, or past a limit.
    """
    with parsing("parquet_fails", path), pq.ParquetFile(path, memory_map=True) as file:
        check_size(path, file.metadata.num_rows, len(file.schema_arrow.names), most_cells)
        table = file.read()
        table.validate(full=True)
        return table
