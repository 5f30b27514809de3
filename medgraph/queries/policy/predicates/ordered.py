"""Test that milestones and phases follow one another."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested, joined
from medgraph.queries.policy.predicates.wording import datum, holds
from medgraph.words.days import read_iso_day

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def ordered(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that milestones (days with `|`) are in order and phases (`month..month`) follow
    without a gap.
    """
    which, node, whole = elements(audited, part, subjects)
    tests = []
    for key, test in (("milestones", _rising), ("phases", _unbroken)):
        if name := part.get(key):
            need = datum(audited, node, name, part)
            found = as_tested(
                which,
                audited.tested(name, test, node),
                len(subjects),
                node=node,
                label=name,
                whole=whole,
                need=need,
                lacking=need,
                why=holds(name),
            )
            tests.append(found)
    return joined(tests)


def _rising(text: str) -> bool | None:
    """Does each day come after the one before? None where a piece is no day."""
    pieces = text.split("|")
    days = [day for piece in pieces if (day := read_iso_day(piece))]
    if len(days) < len(pieces):
        return None
    return all(before < after for before, after in itertools.pairwise(days))


def _unbroken(text: str) -> bool | None:
    """Does each phase begin in the month after the one before has ended? None where one is not
    readable.
    """
    try:
        phases = [_phase(piece) for piece in text.split("|")]
    except ValueError:
        return None
    forward = all(begin <= end for begin, end in phases)
    return forward and all(
        after[0] == before[1] + 1 for before, after in itertools.pairwise(phases)
    )


def _phase(text: str) -> tuple[int, int]:
    begin, end = text.split("..")
    return _month(begin), _month(end)


def _month(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month)
