"""Test that scores are there and keep their total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.states import UNKNOWN
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.limits import stated_number
from medgraph.queries.policy.predicates.score_items import items_of, tested_rows
from medgraph.queries.policy.predicates.wording import equals
from medgraph.words.quantities import SCORE, quantity

if TYPE_CHECKING:
    from fractions import Fraction

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects
    from medgraph.queries.policy.predicates.tested import Part, Tested


def scored(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that each of `items` has a score of at least nought and that they sum to at most
    `total`.
    """
    total = stated_number(part["total"])
    rows = []
    for place, items in enumerate(items_of(audited, part["prefix"], subjects)):
        points = {name: quantity(items.get(name), SCORE) for name in part["items"]}
        over = sum(score for score in points.values() if score is not None) > total
        for name, score in points.items():
            rows.append((place, _state(score, over=over), name, equals(name, score)))
    return tested_rows(rows, subjects, f"areas.{part['prefix']}*")


def _state(score: Fraction | None, *, over: bool) -> int:
    return UNKNOWN if score is None else state_of(score >= 0 and not over)
