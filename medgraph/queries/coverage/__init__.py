"""Coverage: which areas a group serves, who stands outside, how far people have to go."""

from medgraph.queries.coverage.access import access
from medgraph.queries.coverage.catchments import catchments
from medgraph.queries.coverage.empty import empty
from medgraph.queries.coverage.grid import grid
from medgraph.queries.coverage.isochrones import isochrones
from medgraph.queries.coverage.membership import multiple, ungrouped
from medgraph.queries.coverage.outlines import outlines
from medgraph.queries.coverage.served import gaps, overlaps, served
from medgraph.queries.coverage.stations import stations
from medgraph.queries.coverage.travel import Roads, StraightLine, TravelTimes

__all__ = [
    "Roads",
    "StraightLine",
    "TravelTimes",
    "access",
    "catchments",
    "empty",
    "gaps",
    "grid",
    "isochrones",
    "multiple",
    "outlines",
    "overlaps",
    "served",
    "stations",
    "ungrouped",
]

# The verbs whose rows are findings: a frame that is not empty is exit code 1.
FINDINGS = ("gaps", "overlaps", "ungrouped", "multiple")
