"""Test a condition of the national judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.policy.predicates.score_items import items_of
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested
from medgraph.queries.policy.scoring.judgement import judge

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def judged(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test one condition of the national judgement on items `judgement.<dimension>.<indicator>` =
    A, B or C.
    """
    condition = part["condition"]
    options = {key: part[key] for key in ("indicators", "dimensions", "decision") if key in part}
    states, why = [], []
    for items in items_of(audited, part.get("prefix", "judgement."), subjects):
        found = judge(_grades(items), **options)
        states.append(found.verdict if condition == "verdict" else found.conditions[condition])
        why.append(" ".join(f"{grade} {count}" for grade, count in found.counts.items()))
    return as_tested(
        np.arange(len(subjects)),
        states,
        len(subjects),
        node=subjects.positions,
        label=condition,
        why=why,
        need="areas.judgement.*",
        lacking="areas.judgement.*",
    )


def _grades(items: dict[str, str]) -> dict[tuple[str, str], str]:
    """Return the grades by dimension and indicator."""
    found = {}
    for name, grade in items.items():
        dimension, dot, indicator = name.partition(".")
        if dot and grade:
            found[dimension, indicator] = grade
    return found
