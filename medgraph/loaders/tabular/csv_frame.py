"""Read a CSV that lies beside the data as a frame of texts, each row called by its place."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.errors import SourceError
from medgraph.loaders.tabular.csv_text import decode, rows_of
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path


def read_csv_frame(path: Path) -> pd.DataFrame:
    """Read a CSV; a line with more filled cells than titles is refused, never shifted.

    Its index counts the rows below the titles, blank ones too. Raise SourceError where it is no
    text, or has no titles or such a line.
    """
    text, _ = decode(path.read_bytes(), path)
    try:
        written = rows_of(text)
    except csv.Error as error:
        raise _bad(path, str(error)) from error
    if not written or not any(title.strip() for title in written[0]):
        raise _bad(path, say("table_without_titles"))
    titles, *lines = written
    width = len(titles)
    for number, line in enumerate(lines, 2):
        if any(cell.strip() for cell in line[width:]):
            raise _bad(path, say("table_ragged", line=number, cells=len(line), titles=width))
    filled = [(at, line) for at, line in enumerate(lines) if any(cell.strip() for cell in line)]
    rows = [(line + [""] * width)[:width] for _, line in filled]
    table = pd.DataFrame(rows, index=[at for at, _ in filled], columns=titles, dtype=str)
    return table.replace("", None)


def _bad(path: Path, reason: str) -> SourceError:
    return SourceError(say("bad_table", path=path, reason=reason))
