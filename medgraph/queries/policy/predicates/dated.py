"""Test that a day lies in time."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from medgraph.graphmodel.states import UNKNOWN
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested
from medgraph.queries.policy.predicates.wording import datum, equals
from medgraph.words.days import read_iso_day

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def dated(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that a day (the first of `attributes` that is stated) lies not after `by` and not
    before `after`.
    """
    which, node, whole = elements(audited, part, subjects)
    names = part["attributes"]
    first = read_iso_day(part.get("after")) or datetime.date.min
    last = read_iso_day(part.get("by")) or datetime.date.max
    states, why = [], []
    for texts in zip(*(audited.texts(name, node) for name in names), strict=True):
        name, day = _first_stated(dict(zip(names, texts, strict=True)))
        states.append(UNKNOWN if day is None else state_of(first <= day <= last))
        why.append(equals(name, day))
    need = datum(audited, node, names[0], part)
    return as_tested(
        which,
        states,
        len(subjects),
        node=node,
        why=why,
        need=need,
        lacking=need,
        whole=whole,
    )


def _first_stated(texts: dict[str, str | None]) -> tuple[str, datetime.date | None]:
    """Return the first attribute that states a day, with its day; else the first one without."""
    for name, text in texts.items():
        if day := read_iso_day(text):
            return name, day
    return next(iter(texts)), None
