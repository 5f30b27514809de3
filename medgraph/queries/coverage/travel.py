"""How people travel: by given times, along roads, or in a straight line.

One of these is what `access` takes as `travel=`; `minutes.py` makes minutes of each.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

SNAP_KM = 1.0


@dataclass(frozen=True, eq=False)
class TravelTimes:
    """Travel by a matrix of times that somebody else has measured or computed.

    Parameters
    ----------
    table
        Columns origin (an area by id, code or name), destination (a facility, in the same way) and
        minutes: infinite where there is no way, empty where the time is missing. A pair whose rows
        give different times is missing, and named in a note.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     [("331003003000", "TZ-P16", 12.0)], columns=["origin", "destination", "minutes"]
    ... )
    >>> answer = mg.coverage.access(
    ...     mg.samples.taizhou(), travel=mg.coverage.TravelTimes(table), minutes=(15,)
    ... )
    >>> answer.status["331003003000"]
    'in_reach'
    """

    table: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Roads:
    """Travel along a road graph, from the road node nearest to an area to that of a facility.

    Parameters
    ----------
    nodes
        Columns node, lon, lat (degrees, WGS-84).
    edges
        Columns from, to, and minutes, or time_s, or length_m with speed_kmh; `oneway` is yes, no
        or -1 (against the direction of the row).
    snap_km
        How far from a road node a place may lie, in km; the way to the node takes no time.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> nodes = pd.DataFrame({"node": ["1", "2"], "lon": [121.4, 121.5], "lat": [28.6, 28.6]})
    >>> edges = pd.DataFrame({"from": ["1"], "to": ["2"], "minutes": [9.0]})
    >>> mg.coverage.Roads(nodes, edges).snap_km
    1.0
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    snap_km: float = SNAP_KM


@dataclass(frozen=True)
class StraightLine:
    """Travel along great circles at one speed: no road time, and the answer says so.

    Parameters
    ----------
    speed_kmh
        The speed, in km/h.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.coverage.StraightLine(40)
    StraightLine(speed_kmh=40)
    """

    speed_kmh: float


Travel: TypeAlias = TravelTimes | Roads | StraightLine


def the_one_given(
    travel: Travel | None,
    times: pd.DataFrame | None,
    roads: tuple[pd.DataFrame, pd.DataFrame] | None,
    speed_kmh: float | None,
    snap_km: float,
) -> Travel:
    """Return the way of travel, given as a value or by exactly one of the older keywords."""
    if not 0 <= snap_km < math.inf:
        raise OptionError(say("coverage.bad_snap", value=snap_km))
    given: list[Travel] = []
    if travel is not None:
        given.append(travel)
    if times is not None:
        given.append(TravelTimes(times))
    if roads is not None:
        given.append(Roads(*roads, snap_km=snap_km))
    if speed_kmh is not None:
        given.append(StraightLine(speed_kmh))
    if len(given) != 1:
        raise OptionError(say("coverage.one_source_of_times"))
    return given[0]
