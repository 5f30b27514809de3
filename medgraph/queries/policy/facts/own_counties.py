"""Tell who lies in a county in which the units of a subject lie, or whose areas they serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.paths import PATHS, walk

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.paths import Reached
    from medgraph.queries.policy.facts.subjects import Subjects

_UNITS, _SERVED = PATHS["units"], [*PATHS["units"], ">SERVES"]


def in_own_county(
    audited: AuditedNetwork, subjects: Subjects, subject: Positions, node: Positions
) -> States:
    """Return of each `subject` (its place) and `node` whether the node lies in its county.

    It may where its own area is not stated, or more units or areas may be missing.
    """
    ways = [walk(audited, subjects.positions, path) for path in (_UNITS, _SERVED)]
    sure, perhaps = (_counties(audited, ways, least) for least in (YES, UNKNOWN))
    whole = _all_known(audited, subjects, ways[0])
    found = np.full(len(node), NO, np.int8)
    for at, key in enumerate(zip(subject.tolist(), _county(audited, node), strict=True)):
        if key in sure:
            found[at] = YES
        elif key[1] is None or key in perhaps or not whole[key[0]]:
            found[at] = UNKNOWN
    return found


def _counties(
    audited: AuditedNetwork, ways: list[Reached], least: int
) -> set[tuple[int, str | None]]:
    """The subjects and counties to which ways lead that are at least so sure."""
    found: set[tuple[int, str | None]] = set()
    for way in ways:
        kept = way.kept(way.state >= least)
        found.update(zip(kept.start.tolist(), _county(audited, kept.end), strict=True))
    return {key for key in found if key[1] is not None}


def _all_known(audited: AuditedNetwork, subjects: Subjects, units: Reached) -> Mask:
    """A mask over the subjects: no other county may be theirs."""
    whole = finished(audited, _SERVED, subjects.positions)
    placed = np.array([county is not None for county in _county(audited, units.end)], bool)
    whole[units.start[~placed]] = False
    return whole


def _county(audited: AuditedNetwork, node: Positions) -> list[str | None]:
    found: list[str | None] = audited.column("county").take(pa.array(node)).to_pylist()
    return found
