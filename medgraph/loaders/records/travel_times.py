"""Read travel times and road graphs as the frames that `coverage.access` takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.errors import SourceError
from medgraph.suffixes import PARQUET
from medgraph.words.say import say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    import pandas as pd

_HEADERS = {
    "origin": ("origin", "from", "from_id", "area", "起点", "出发地", "区划", "区划代码"),
    "destination": ("destination", "to", "to_id", "facility", "终点", "目的地", "机构", "机构编号"),
    "minutes": ("minutes", "travel_time", "time_min", "分钟", "用时", "车程", "时间"),
}
_UNREACHABLE = {"unreachable", "inf", "infinity", "none", "不可达", "无法到达"}


def read_travel_times(path: str | Path) -> pd.DataFrame:
    """Read a matrix from CSV (UTF-8 or GB18030) or Parquet: origin, destination (text), minutes.

    Minutes are infinite where the file says `unreachable` or 不可达, NaN where the cell is empty: missing.
    Raise SourceError where the file or a column is not there, or minutes are no number.
    """
    import pandas as pd

    table = _table(Path(path)).rename(
        columns=lambda c: next(
            (name for name, headers in _HEADERS.items() if fold(c) in map(fold, headers)), c
        )
    )
    absent = [name for name in _HEADERS if name not in table.columns]
    if absent:
        raise SourceError(say("travel_times.no_column", path=path, columns="、".join(absent)))
    text = table["minutes"].astype("string").str.strip()
    unreachable = text.str.lower().isin(_UNREACHABLE).fillna(False)
    minutes = pd.to_numeric(text.mask(unreachable | text.eq("")), errors="coerce").astype(float)
    wrong = minutes.isna() & ~unreachable & text.notna() & text.ne("")
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise SourceError(
            say("travel_times.no_number", path=path, row=row + 2, value=text.iloc[row])
        )
    return pd.DataFrame(
        {
            "origin": table["origin"].astype(str).str.strip(),
            "destination": table["destination"].astype(str).str.strip(),
            "minutes": minutes.mask(unreachable, float("inf")),
        }
    )


def read_roads(folder: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a road graph from a folder with nodes.csv (node, lon, lat) and edges.csv (from, to, ...).

    Ids are text, the other columns of numbers numbers. Raise SourceError where a file is not there.
    """
    import pandas as pd

    nodes, edges = (_table(Path(folder) / name) for name in ("nodes.csv", "edges.csv"))
    for table in (nodes, edges):
        for column in table.columns.intersection(
            ["lon", "lat", "minutes", "time_s", "length_m", "speed_kmh"]
        ):
            table[column] = pd.to_numeric(table[column], errors="coerce")
    return nodes, edges


def _table(path: Path) -> pd.DataFrame:
    """Read all columns of a CSV as text, or a Parquet file as it is."""
    import pandas as pd

    if not path.is_file():
        raise SourceError(say("travel_times.no_file", path=path))
    if path.suffix.lower() == PARQUET:
        return pd.read_parquet(path)
    try:
        return pd.read_csv(
            path, dtype=str, encoding="utf-8-sig", keep_default_na=False, na_values=[""]
        )
    except UnicodeDecodeError:
        return pd.read_csv(
            path, dtype=str, encoding="gb18030", keep_default_na=False, na_values=[""]
        )
