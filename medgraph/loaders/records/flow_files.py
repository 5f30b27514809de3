"""Set flows down in a folder for another process to take up: tables, and what is beside them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from medgraph.graphmodel.flow_table import FlowTable
from medgraph.loaders.parquet_file import read_parquet_file
from medgraph.suffixes import JSON, PARQUET

if TYPE_CHECKING:
    from pathlib import Path

_BESIDE = f"beside{JSON}"
_TEXT = pd.StringDtype("pyarrow", na_value=float("nan"))
_TEXTS = {pa.string(): _TEXT, pa.large_string(): _TEXT}


def set_down(flows: FlowTable, folder: Path) -> None:
    """Write flows that were counted at one time into a folder."""
    tables = {"frame": flows.frame, "rejected": flows.rejected, "links": flows.links}
    for name, frame in tables.items():
        if frame is not None:
            table = pa.Table.from_pandas(frame, preserve_index=False)
            pq.write_table(table, folder / f"{name}{PARQUET}")
    beside = {"read": flows.read, "days": flows.days, "notes": flows.notes}
    (folder / _BESIDE).write_text(json.dumps(beside), encoding="utf-8")


def taken_up(folder: Path) -> FlowTable:
    """Return the flows that were set down in a folder."""
    beside = json.loads((folder / _BESIDE).read_text(encoding="utf-8"))
    links = folder / f"links{PARQUET}"
    return FlowTable(
        _frame(folder / f"frame{PARQUET}"),
        _frame(folder / f"rejected{PARQUET}"),
        beside["read"],
        _frame(links) if links.exists() else None,
        beside["days"],
        tuple(beside["notes"]),
    )


def _frame(path: Path) -> pd.DataFrame:
    frame: pd.DataFrame = read_parquet_file(path).to_pandas(types_mapper=_TEXTS.get)
    return frame
