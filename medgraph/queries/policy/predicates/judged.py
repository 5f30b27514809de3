"""Test a condition of the national judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.policy.predicates.score_items import items_of, named_items
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested
from medgraph.queries.policy.scoring.judgement import PREFIX, grades_of, judge

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
    prefix = part.get("prefix", PREFIX)
    items = items_of(audited, prefix, subjects)
    named = named_items(audited, prefix, subjects)
    for own, names in zip(items, named, strict=True):
        found = judge(grades_of({**dict.fromkeys(names), **own}, ""), **options)
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
