"""Read travel times and road graphs as the frames that `coverage.access` takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.errors import SourceError
from medgraph.suffixes import PARQUET
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.record_titles import TRAVEL_TIME_TITLES, UNREACHABLE
from medgraph.words.say import say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Hashable

_COLUMN_OF_TITLE = {
    fold(title): column for column, titles in TRAVEL_TIME_TITLES.items() for title in titles
}
_ROAD_NUMBERS = ("lon", "lat", "minutes", "time_s", "length_m", "speed_kmh")


def read_travel_times(path: str | Path) -> pd.DataFrame:
    """Read a matrix from CSV (UTF-8 or GB18030) or Parquet: origin, destination (text), minutes.

    Minutes are infinite where the file says `unreachable` or 不可达, NaN where the cell is empty:
    missing. Raise SourceError where the file or a column is not there, or minutes are no number.
    """
    table = _table(Path(path)).rename(columns=_column_of)
    absent = [name for name in TRAVEL_TIME_TITLES if name not in table.columns]
    if absent:
        columns = LIST_COMMA.join(absent)
        raise SourceError(say("travel_times.no_column", path=path, columns=columns))
    return pd.DataFrame(
        {
            "origin": table["origin"].astype(str).str.strip(),
            "destination": table["destination"].astype(str).str.strip(),
            "minutes": _minutes(table["minutes"], path),
        }
    )


def _column_of(title: Hashable) -> Hashable:
    """Our name of the column under a title; any other title is kept."""
    return _COLUMN_OF_TITLE.get(fold(str(title)), title)


def _minutes(cells: pd.Series, path: str | Path) -> pd.Series:
    text = cells.astype("string").str.strip()
    is_unreachable = text.str.lower().isin(UNREACHABLE).fillna(False)
    is_empty = text.isna() | text.eq("").fillna(False)
    minutes = pd.to_numeric(text.mask(is_unreachable | is_empty), errors="coerce").astype(float)
    is_wrong = minutes.isna() & ~is_unreachable & ~is_empty
    if is_wrong.any():
        row = int(is_wrong.to_numpy().argmax())
        value = text.iloc[row]
        raise SourceError(say("travel_times.no_number", path=path, row=row + 2, value=value))
    return minutes.mask(is_unreachable, float("inf"))


def read_roads(folder: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a road graph from a folder: nodes.csv (node, lon, lat) and edges.csv (from, to, ...).

    Ids are text, the other columns of numbers numbers. Raise SourceError where a file is not there.
    """
    nodes, edges = _table(Path(folder) / "nodes.csv"), _table(Path(folder) / "edges.csv")
    for table in (nodes, edges):
        for column in table.columns.intersection(list(_ROAD_NUMBERS)):
            table[column] = pd.to_numeric(table[column], errors="coerce")
    return nodes, edges


def _table(path: Path) -> pd.DataFrame:
    """Read all columns of a CSV as text, or a Parquet file as it is."""
    if not path.is_file():
        raise SourceError(say("travel_times.no_file", path=path))
    try:
        return pd.read_parquet(path) if path.suffix.lower() == PARQUET else _csv_in_any(path)
    except ValueError as error:  # no table, no text, no rows, or a quotation mark left open
        raise SourceError(say("bad_table", path=path, reason=error)) from error


def _csv_in_any(path: Path) -> pd.DataFrame:
    try:
        return _csv(path, "utf-8-sig")
    except UnicodeDecodeError:
        return _csv(path, "gb18030")


def _csv(path: Path, encoding: str) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, encoding=encoding, keep_default_na=False, na_values=[""])
