"""Read the file that an option of a question asks for: a reader for each kind of its value.

A kind is called as it is in `medgraph.queries.verbs.Kind`; one that is not here is no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.loaders.side_files import question_tables, travel_times

if TYPE_CHECKING:
    from collections.abc import Callable

ROADS = "ROADS"  # the one kind that is a folder of files
READERS: dict[str, Callable[..., Any]] = {
    "TRAVEL_TIMES": travel_times.read_travel_times,
    ROADS: travel_times.read_roads,
    "COUNTS": question_tables.read_counts,
    "LINKS": question_tables.read_links,
    "FLOWS": question_tables.read_flows,
    "SITE_COSTS": question_tables.read_site_costs,
    "NEIGHBOURS": question_tables.read_neighbours,
    "ASSIGNMENT": question_tables.read_assignment,
}
