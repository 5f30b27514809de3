"""Draw catchments and isochrones as polygons, in GeoJSON.

A catchment is dissolved from the outlines that its areas state. An isochrone is the ground it was
worked out on: along roads the ground of every node that is reached, in a straight line a circle, of
a table of times the outlines of the areas inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.queries.coverage.minutes import minutes_to_each
from medgraph.queries.coverage.shapes import (
    RoadGround,
    circle,
    dissolved,
    geometry_of,
    need_shapely,
)
from medgraph.queries.coverage.travel import Roads, StraightLine
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.index import Index
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.coverage.travel import Travel
    from medgraph.queries.results import Answer


def outlines(net: MedicalNetwork, found: Answer, *, travel: Travel | None = None) -> dict[str, Any]:
    """Return the polygons of an answer of `catchments` or `isochrones`, as GeoJSON.

    Of catchments there is a feature for each facility and status, dissolved from the outlines of
    its areas; `without_outline` counts those that state none. Of isochrones there is one for each
    row: along roads the ground of each node from which the facility is reached in time, as wide as
    `snap_km` and up to the ground of the next node, so that what lies on it is what was counted.

    Parameters
    ----------
    net
        The network that was asked.
    found
        The answer.
    travel
        How people travel, as the question had it; None: isochrones, too, are dissolved from areas.

    Returns
    -------
    dict
        A FeatureCollection in WGS-84. Beside the features: `query`, `as_of`, `stamps`, `notes`.

    Raises
    ------
    OptionError
        For an answer to another question, and where shapely is not installed (extra `geo`).

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.synthetic(scale="county")
    >>> line = mg.coverage.StraightLine(30)
    >>> found = mg.coverage.isochrones(net, travel=line, minutes=[10], facility_type="hospital_any")
    >>> drawn = mg.coverage.outlines(net, found, travel=line)
    >>> len(drawn["features"]) == len(found.everything), drawn["stamps"]
    (True, ['合成数据'])
    """
    need_shapely()
    match found.query:
        case "coverage.catchments":
            features, notes = [*_catchments(net.index, found)], [say("coverage.dissolved")]
        case "coverage.isochrones":
            features, notes = [*_isochrones(net.index, found, travel)], [_of_ground(travel)]
        case _:
            raise OptionError(say("coverage.no_outlines_of", query=found.query))
    return {
        "type": "FeatureCollection",
        "query": found.query,
        "as_of": found.as_of.isoformat(),
        "stamps": [*found.stamps],
        "notes": [*notes, *found.notes],
        "features": features,
    }


def _of_ground(travel: Travel | None) -> str:
    match travel:
        case Roads():
            return say("coverage.ground_by_road", km=f"{travel.snap_km:g}")
        case StraightLine():
            return say("coverage.ground_by_line")
    return say("coverage.dissolved")


# -- of areas ------------------------------------------------------------------------------------


def _catchments(index: Index, found: Answer) -> Iterator[dict[str, Any]]:
    """One feature for each facility and status."""
    if not len(found.everything):
        return
    rows = found.everything.fillna({"facility": "", "facility_name": ""})
    known = rows[rows["status"] != "excluded"]
    for (facility, status), some in known.groupby(["facility", "status"], sort=True):
        areas = some["area"].tolist()
        shape, without = dissolved(_boundaries(index, areas))
        stated = {
            "facility": facility or None,
            "facility_name": some["facility_name"].iloc[0] or None,
            "status": status,
            "areas": areas,
            "without_outline": without,
        }
        yield _feature(stated, shape)


def _boundaries(index: Index, areas: Sequence[str]) -> list[str | None]:
    positions = index.positions(pa.array(areas, pa.string()))
    found: list[str | None] = index.take("boundary", positions).to_pylist()
    return found


# -- of the ground -------------------------------------------------------------------------------


def _isochrones(index: Index, found: Answer, travel: Travel | None) -> Iterator[dict[str, Any]]:
    """One feature for each row that was counted, or may have more."""
    rows = found.everything
    if "inside" not in rows.columns:
        return
    counted = rows[rows["inside"].notna()].sort_values(["facility", "minutes"], kind="stable")
    facilities = index.positions(pa.array(counted["facility"].astype(str), pa.string()))
    limits = counted["minutes"].astype(float).tolist()
    inside = [text.split("|") if text else [] for text in counted["inside"]]
    match travel:
        case Roads():
            shapes = _along_roads(travel, index, facilities, limits)
        case StraightLine():
            asked = zip(facilities.tolist(), limits, strict=True)
            shapes = (circle(travel, index, facility, limit) for facility, limit in asked)
        case _:
            shapes = (dissolved(_boundaries(index, areas))[0] for areas in inside)
    told = counted[["facility", "name", "status"]].to_dict("records")
    for row, limit, areas, shape in zip(told, limits, inside, shapes, strict=True):
        stated = {str(name): value for name, value in row.items()}
        yield _feature({**stated, "minutes": limit, "areas": areas}, shape)


def _along_roads(
    travel: Roads, index: Index, facilities: Positions, limits: Sequence[float]
) -> Iterator[Any]:
    """The ground of each facility and limit; a facility far from all roads has none."""
    ground = RoadGround(travel)
    each, row = np.unique(facilities, return_inverse=True)
    minutes = [*minutes_to_each(travel, index, each)]
    for at, limit in zip(row.tolist(), limits, strict=True):
        yield ground.of(minutes[at] <= limit)


def _feature(stated: Mapping[str, Any], shape: Any) -> dict[str, Any]:
    geometry = geometry_of(shape)
    return {"type": "Feature", "geometry": geometry, "properties": dict(stated)}


__all__ = ["outlines"]
