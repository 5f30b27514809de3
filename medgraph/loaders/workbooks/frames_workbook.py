"""Write tables that people read as a workbook: a sheet each, text from the data stays text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.file_properties import TIMELESS
from medgraph.plain_workbooks import plain_frames
from medgraph.whole_files import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


def write_frames(frames: Mapping[str, pd.DataFrame], path: str | Path) -> None:
    """Write one sheet per frame, with a filter and a frozen header."""
    with replacing(Path(path)) as target, plain_frames(target, TIMELESS) as book:
        for name, frame in frames.items():
            frame.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
            last_row, last_column = max(len(frame), 1), max(len(frame.columns) - 1, 0)
            book.sheets[name].autofilter(0, 0, last_row, last_column)
