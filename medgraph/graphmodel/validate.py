"""Check tables against the schema: frames in, problems out; no row is dropped.

`faults` finds, over whole columns at once, which rows are wrong; `listed` turns faults into
sentences with places. Whoever knows the cells of a file (a loader) gives `listed` its own way to
name a place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.checks.code_faults import codes_of_nodes, unlisted_areas
from medgraph.graphmodel.checks.far_points import far_points
from medgraph.graphmodel.checks.fault import LISTED, Part, TableFault, listed, origin_place
from medgraph.graphmodel.checks.links import (
    LinkEnds,
    leads_that_are_members,
    lost_ends,
    two_leads,
    wrong_ends,
)
from medgraph.graphmodel.checks.points import points
from medgraph.graphmodel.checks.rings import rings
from medgraph.graphmodel.checks.values import (
    OPEN_VOCABULARIES,
    amounts,
    dates,
    double_ids,
    missing,
    no_word,
    unknown_word,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from medgraph.words.say import Problem

__all__ = [
    "LISTED",
    "OPEN_VOCABULARIES",
    "STRUCTURAL",
    "TableFault",
    "check",
    "consistency",
    "faults",
    "listed",
    "no_word",
    "origin_place",
    "told_once",
    "unknown_word",
]

# Without these put right there is no network at all; other errors only keep a file from loading.
STRUCTURAL = frozenset({"E010", "E011", "E031", "E040", "E042"})


def check(nodes: pa.Table, edges: pa.Table) -> list[Problem]:
    """Return every problem of canonical tables, with the place of a row's origin, else its id.

    Of one code the first 1,000 are listed; a last problem of that code says how many more.
    """
    return listed(faults(nodes, edges), origin_place(nodes, edges))


def faults(nodes: pa.Table, edges: pa.Table) -> Iterator[TableFault]:
    """Find everything wrong with canonical tables; each entry of a dictionary is judged once."""
    yield from missing(Part("nodes", nodes), Part("edges", edges))
    yield from consistency(nodes, edges)


def consistency(nodes: pa.Table, edges: pa.Table) -> Iterator[TableFault]:
    """Find what is wrong with the values that are there."""
    node_part, link_part = Part("nodes", nodes), Part("edges", edges)
    yield from double_ids(node_part)
    yield from words(node_part, link_part)
    for part in (node_part, link_part):
        yield from dates(part)
        yield from amounts(part)
    yield from codes_of_nodes(node_part)
    yield from points(node_part)
    ends = LinkEnds.of_tables(nodes, edges)
    yield from far_points(node_part, link_part, ends)
    yield from lost_ends(node_part, link_part, ends)
    yield from wrong_ends(node_part, link_part, ends)
    yield from two_leads(node_part, link_part, ends)
    yield from leads_that_are_members(node_part, link_part, ends)
    yield from rings(node_part, link_part, ends)
    yield from unlisted_areas(node_part)


def told_once(found: Iterable[TableFault]) -> list[TableFault]:
    """Leave out what follows from another fault.

    A system of coordinates that is no word is not also absent.
    """
    found = list(found)
    wrong = [fault.rows for fault in found if _is_unknown_system(fault)]
    if not wrong:
        return found
    explained = np.concatenate(wrong)
    kept = [
        replace(fault, rows=np.setdiff1d(fault.rows, explained)) if fault.code == "W063" else fault
        for fault in found
    ]
    return [fault for fault in kept if len(fault.rows) or len(fault.involved)]


def _is_unknown_system(fault: TableFault) -> bool:
    return (fault.code, fault.part, fault.field) == ("E031", "nodes", "crs")
