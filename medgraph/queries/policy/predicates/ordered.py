"""Test that milestones and phases follow one another."""

from __future__ import annotations

import datetime
import itertools
from functools import partial
from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.predicates.tested import Part, Tested, joined, of_elements
from medgraph.queries.policy.predicates.wording import datum, holds, needs_to_belong
from medgraph.words.days import day_or_none
from medgraph.words.stated import listed, lists_all

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def ordered(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that milestones (days with `|`) are in order and phases (`month..month`) follow
    without a gap.

    `days` are the milestones that the clause states, `phase_months` the months of its phases,
    `count` how many phases it has: others are not what it asks for.
    """
    chosen = elements(audited, part, subjects)
    belonging = needs_to_belong(audited, part, chosen)
    tests = []
    for key, test in (("milestones", _rising), ("phases", _unbroken)):
        if name := part.get(key):
            need = datum(audited, chosen.node, name, part)
            found = of_elements(
                chosen,
                audited.tested(name, partial(test, part), chosen.node),
                len(subjects),
                label=name,
                need=need,
                need_to_belong=belonging,
                lacking=need,
                why=holds(name),
            )
            tests.append(found)
    return joined(tests)


def _rising(part: Part, text: str) -> bool | None:
    """Does each day come after the one before, and are they those asked for?

    None where a piece is no day, or the list says that there is more.
    """
    pieces = listed(text) if lists_all(text) else []
    days = [day for piece in pieces if (day := day_or_none(piece))]
    if len(days) < len(pieces) or not days:
        return None
    if "days" in part and [day.isoformat() for day in days] != list(part["days"]):
        return False
    return all(before < after for before, after in itertools.pairwise(days))


def _unbroken(part: Part, text: str) -> bool | None:
    """Does each phase begin in the month after the one before has ended? None where one is not
    readable.
    """
    try:
        phases = [_phase(piece) for piece in listed(text)] if lists_all(text) else []
        wanted = [_phase(piece) for piece in part.get("phase_months", ())]
    except ValueError:
        return None
    if not phases:
        return None
    if wanted and phases != wanted:
        return False
    if "count" in part and len(phases) != part["count"]:
        return False
    forward = all(begin <= end for begin, end in phases)
    return forward and all(
        after[0] == before[1] + 1 for before, after in itertools.pairwise(phases)
    )


def _phase(text: str) -> tuple[int, int]:
    begin, end = text.split("..")
    return _month(begin), _month(end)


def _month(text: str) -> int:
    """Return a month as a number that grows by one; raise ValueError where it is none."""
    day = datetime.date.fromisoformat(f"{text.strip()}-01")
    return day.year * 12 + day.month
