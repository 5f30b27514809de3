"""Read tables beside a question: counts, links that may be built, costs, plans of areas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.loaders import registry
from medgraph.loaders.formats.geojson import is_geojson
from medgraph.loaders.side_files.declared_columns import Column, Number, read_mapped, refuse
from medgraph.suffixes import GEOJSON, GEOPACKAGE, JSON, SHAPEFILE
from medgraph.words.record_titles import (
    ASSIGNMENT_TITLES,
    COUNT_TITLES,
    FLOW_TITLES,
    LINK_TITLES,
    NEIGHBOUR_TITLES,
    SITE_COST_TITLES,
)
from medgraph.words.say import problem
from medgraph.words.vocabularies import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.words.say import Problem

_COUNTS = (
    Column("facility", COUNT_TITLES["facility"], filled=False),
    Number("count", COUNT_TITLES["count"]),
)
_LINKS = (
    *(Column(name, LINK_TITLES[name]) for name in ("source", "relation", "target")),
    *(
        Number(name, LINK_TITLES[name], needed=False, filled=False)
        for name in ("km", "cost", "capacity")
    ),
    *(
        Column(name, LINK_TITLES[name], needed=False, filled=False)
        for name in ("title", "specialty")
    ),
)
_FLOWS = (
    Column("from", FLOW_TITLES["from"]),
    Column("to", FLOW_TITLES["to"]),
    Number("count", FLOW_TITLES["count"]),
)
_SITE_COSTS = (
    Column("facility", SITE_COST_TITLES["facility"]),
    Number("cost", SITE_COST_TITLES["cost"], filled=False),
    Column("way", SITE_COST_TITLES["way"], needed=False, filled=False),
    Number("capacity", SITE_COST_TITLES["capacity"], needed=False, filled=False),
)


def read_counts(
    path: str | Path, notes: list[Problem], mapping: str | Path | None = None
) -> dict[str, float]:
    """Read the count of each facility; an empty facility is called by the empty text.

    Raise SourceError where a count is none, or a facility has two.
    """
    found = read_mapped(Path(path), _COUNTS, notes, mapping, "counts")
    counts: dict[str, float] = {}
    first: dict[str, int] = {}
    faults = []
    facilities, numbers = found.frame["facility"].fillna(""), found.frame["count"]
    for row, (facility, count) in enumerate(zip(facilities, numbers, strict=True)):
        before = first.setdefault(facility, row)
        if before != row and counts[facility] == count:
            place, earlier = (found.place(each, "facility") for each in (row, before))
            notes.append(problem("W010", place=place, value=facility, first=earlier))
        if counts.setdefault(facility, count) != count:
            place = found.place(row, "count")
            other = f"{found.place(before, 'count')} ({counts[facility]:g})"
            faults.append(problem("E029", place, f"{count:g}", what=facility, other=other))
    refuse(found.table, faults)
    return counts


def read_links(
    path: str | Path, notes: list[Problem], mapping: str | Path | None = None
) -> pd.DataFrame:
    """Read links that may be built: source, relation, target, and what is known of their cost.

    A relation is read in Chinese and English. Raise SourceError where a link lacks any of three.
    """
    links = read_mapped(Path(path), _LINKS, notes, mapping, "candidates").frame
    relations = [word("relation", text) or text for text in links["relation"]]
    return links.assign(relation=relations)


def read_flows(
    path: str | Path, notes: list[Problem], mapping: str | Path | None = None
) -> pd.DataFrame:
    """Read observed flows: from, to, count.

    Raise SourceError where a row lacks one of the three, or a count is no number.
    """
    return read_mapped(Path(path), _FLOWS, notes, mapping, "flows").frame


def read_site_costs(
    path: str | Path, notes: list[Problem], mapping: str | Path | None = None
) -> pd.DataFrame:
    """Read ways to make a site: facility, cost, and, where stated, way and capacity.

    Raise SourceError where a row has no facility, or a cost is no number.
    """
    return read_mapped(Path(path), _SITE_COSTS, notes, mapping, "costs").frame


def read_neighbours(
    path: str | Path, notes: list[Problem], mapping: str | Path | None = None
) -> pd.DataFrame:
    """Read which areas touch: area and neighbour, of a table or of the outlines of areas.

    Of outlines (`from_outlines`), an area that touches no other has a row without a neighbour.
    Raise SourceError where a row of a table lacks either, or no outlines can be read.
    """
    path = Path(path)
    if _holds_outlines(path):
        return _neighbours_by_outlines(path, notes)
    return read_mapped(path, _columns(NEIGHBOUR_TITLES), notes, mapping, "neighbours").frame


def _holds_outlines(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in (GEOJSON, GEOPACKAGE, SHAPEFILE) or (
        suffix == JSON and path.is_file() and is_geojson(path)
    )


def _neighbours_by_outlines(path: Path, notes: list[Problem]) -> pd.DataFrame:
    loaded = registry.load(path)
    areas = loaded.require()
    notes += loaded.problems
    ends = {"source": "area", "target": "neighbour"}
    touching = areas.edges("ADJACENT_TO")[[*ends]].rename(columns=ends)
    named = {*touching["area"], *touching["neighbour"]}
    alone = [area for area in areas.nodes("Area").index if area not in named]
    rows = [*touching.itertuples(index=False, name=None), *((area, None) for area in alone)]
    return pd.DataFrame(rows, columns=["area", "neighbour"]).assign(from_outlines=True)


def read_assignment(
    path: str | Path, notes: list[Problem], mapping: str | Path | None = None
) -> pd.DataFrame:
    """Read a plan of areas: area and group; raise SourceError where a row lacks either."""
    return read_mapped(Path(path), _columns(ASSIGNMENT_TITLES), notes, mapping, "assignment").frame


def _columns(titles: Mapping[str, tuple[str, ...]]) -> tuple[Column, ...]:
    return tuple(Column(name, also) for name, also in titles.items())
