"""Test that each element has peers in its region: at least two groups in every city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import YES
from medgraph.queries.policy.facts.deciding import decided
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.facts.paths import PATHS, walk
from medgraph.queries.policy.predicates.tested import Part, Tested, of_elements
from medgraph.queries.policy.predicates.wording import needs_to_belong, table_asked
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.elements import Elements
    from medgraph.queries.policy.facts.subjects import Subjects


_AREAS_SERVED = ["<MEMBER_OF|LEADS", ">SERVES"]


def peers(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that each element is one of at least `least` in its `region` (city, county, province).

    A group lies where its lead does, else where the areas do that its units serve; one of which
    neither is known may lie anywhere. A placeholder is not asked itself, but any number may stand
    behind it.
    """
    chosen = elements(audited, part, subjects)
    regions = _regions(audited, part["region"], chosen.node)
    counted = elements(audited, part, subjects, placeholders=True)
    unnamed = counted.node[counted.several]
    regions_of_unnamed = _regions(audited, part["region"], unnamed)
    least: int = part["least"]
    sure = [r for r, state in zip(regions, chosen.state.tolist(), strict=True) if state == YES]
    states = []
    for subject, region in zip(chosen.subject.tolist(), regions, strict=True):
        certain = sure.count(region) if region else 0
        possible = sum(_may_be_one(region, other) for other in regions)
        more = any(_may_be_one(region, other) for other in regions_of_unnamed)
        too_few = bool(chosen.whole[subject]) and possible < least and not more
        states.append(decided(certain >= least, too_few))
    return of_elements(
        chosen,
        states,
        len(subjects),
        why=[_why(region, regions) for region in regions],
        need=_need(audited, chosen, regions, unnamed),
        need_to_belong=needs_to_belong(audited, part, chosen),
        lacking=table_asked(part),
    )


def _may_be_one(region: str | None, other: str | None) -> bool:
    return region is None or other in (region, None)


def _need(
    audited: AuditedNetwork, chosen: Elements, regions: list[str | None], unnamed: Positions
) -> str:
    """Name what would say how many there are in a region."""
    if None in regions:
        return "facilities.area"
    return audited.datum(unnamed, "is_class") if len(unnamed) else chosen.closing


def _regions(audited: AuditedNetwork, region: str, nodes: Positions) -> list[str | None]:
    """The region of each node: its own, else that of its lead, else of the areas it serves.

    None where none is known, or where the areas lie in several.
    """
    found = audited.texts(region, nodes)
    for path in (PATHS["lead"], _AREAS_SERVED):
        ways = walk(audited, nodes, path)
        seen: dict[int, set[str]] = {}
        for place, text in zip(ways.start.tolist(), audited.texts(region, ways.end), strict=True):
            if text:
                seen.setdefault(place, set()).add(text)
        for place, texts in seen.items():
            if found[place] is None and len(texts) == 1:
                found[place] = next(iter(texts))
    return found


def _why(region: str | None, regions: list[str | None]) -> str:
    if region is None:
        return say("policy_no_region")
    return say("policy_in_region", region=region, count=int(np.sum([r == region for r in regions])))
