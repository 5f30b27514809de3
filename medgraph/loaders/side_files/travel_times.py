"""Read travel times and road graphs as the frames that `coverage.access` takes."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.loaders.side_files.declared_columns import Column, Number, read_mapped
from medgraph.suffixes import CSV
from medgraph.words.record_titles import (
    ROAD_EDGE_TITLES,
    ROAD_NODE_TITLES,
    TRAVEL_TIME_TITLES,
    UNREACHABLE,
)

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.words.say import Problem

_MATRIX = (
    Column("origin", TRAVEL_TIME_TITLES["origin"]),
    Column("destination", TRAVEL_TIME_TITLES["destination"]),
    Number(
        "minutes",
        TRAVEL_TIME_TITLES["minutes"],
        filled=False,
        words=dict.fromkeys(UNREACHABLE, math.inf),
    ),
)
_NODES = (
    Column("node", ROAD_NODE_TITLES["node"]),
    Number("lon", ROAD_NODE_TITLES["lon"], least=-180, most=180),
    Number("lat", ROAD_NODE_TITLES["lat"], least=-90, most=90),
)
_EDGES = (
    Column("from", ROAD_EDGE_TITLES["from"]),
    Column("to", ROAD_EDGE_TITLES["to"]),
    *(
        Number(name, ROAD_EDGE_TITLES[name], needed=False, filled=False)
        for name in ("minutes", "time_s", "length_m", "speed_kmh")
    ),
    Column("oneway", ROAD_EDGE_TITLES["oneway"], needed=False, filled=False),
)


def read_travel_times(
    path: str | Path,
    notes: list[Problem] | None = None,
    mapping: str | Path | None = None,
) -> pd.DataFrame:
    """Read a matrix: origin, destination (text), minutes; `notes` takes what was not read of it.

    The section `times` of a `mapping` file says what other titles mean.

    Minutes are infinite where the file says `unreachable` or 不可达, NaN where the cell is empty:
    missing. Raise SourceError where the file or a column is not there, or minutes are no number.
    """
    told = [] if notes is None else notes
    return read_mapped(Path(path), _MATRIX, told, mapping, "times").frame


def read_roads(
    folder: str | Path,
    notes: list[Problem] | None = None,
    mapping: str | Path | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a road graph from a folder: its nodes (node, lon, lat) and edges (from, to, ...).

    The files are called nodes and edges, of any suffix. Ids are text, the other columns of numbers
    numbers. Raise SourceError where a file is not there, or a cell holds what cannot be.
    """
    told = [] if notes is None else notes
    nodes, edges = (
        read_mapped(_file_called(Path(folder), name), declared, told, mapping, name).frame
        for name, declared in (("nodes", _NODES), ("edges", _EDGES))
    )
    return nodes, edges


def _file_called(folder: Path, name: str) -> Path:
    """The file of a folder by its name before the suffix, CSV first."""
    first = folder / f"{name}{CSV}"
    others = sorted(path for path in folder.glob(f"{name}.*") if path.is_file())
    return first if first.is_file() or not others else others[0]
