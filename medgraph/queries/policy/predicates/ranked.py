"""Test what is recorded of a zone against the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.predicates.score_items import tested_rows, zones_of
from medgraph.queries.policy.scoring.xinjiang import totals, yellow_cards
from medgraph.words.say import say
from medgraph.words.score_sheets import ZONES

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects
    from medgraph.queries.policy.predicates.tested import Part, Tested

_RECORDED = {YES: "yes", NO: "no", UNKNOWN: "?"}
_DUE = {YES: "policy_card", NO: "policy_no_card", UNKNOWN: "policy_card_open"}
_REMOVED = "removed@"


def ranked(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that what is recorded of a zone is what the ranking gives.

    `card`: `yellow_card@year` is yes for the last two by their scores and no for the others; a
    tie across the cut, a missing score that could turn it, or one of the `zones` that is not
    there, stays open. `removed`: `removed@year` is yes for those with cards recorded in two years
    running. Who is recorded as removed in an earlier year is ranked and removed no more.
    """
    year = audited.date.year
    left = _left(audited, subjects, year)
    if part["what"] == "card":
        column = f"yellow_card@{year}"
        due = _cards_due(audited, subjects, year, left, part.get("zones", ZONES))
    else:
        column, due = f"{_REMOVED}{year}", _removals_due(audited, subjects, year, left)
    recorded = _recorded(audited, subjects, column)
    rows = []
    for place, (ours, theirs) in enumerate(zip(due, recorded, strict=True)):
        state = UNKNOWN if UNKNOWN in (ours, theirs) else state_of(ours == theirs)
        said = say("policy_left") if place in left else say(_DUE[ours])
        rows.append((place, state, column, f"{said}; {column} = {_RECORDED[theirs]}"))
    return tested_rows(rows, subjects, f"areas.score.*@{year} + areas.{column}")


def _left(audited: AuditedNetwork, subjects: Subjects, year: int) -> set[int]:
    """Return the places of those who are recorded as removed in an earlier year."""
    found: set[int] = set()
    for column in audited.attributes_beginning(_REMOVED):
        if column.removeprefix(_REMOVED) < str(year):
            states = _recorded(audited, subjects, column)
            found |= {place for place, state in enumerate(states) if state == YES}
    return found


def _cards_due(
    audited: AuditedNetwork, subjects: Subjects, year: int, left: set[int], zones: int
) -> list[int]:
    found = [totals(*zone) for zone in zones_of(audited, subjects, year)]
    ranges = {
        str(place): (total.worst, total.best)
        for place, total in enumerate(found)
        if place not in left
    }
    perhaps = {str(place) for place in np.flatnonzero(subjects.state == UNKNOWN).tolist()}
    cards = yellow_cards(ranges, perhaps=perhaps, zones=zones)
    return [cards.get(str(place), NO) for place in range(len(subjects))]


def _removals_due(
    audited: AuditedNetwork, subjects: Subjects, year: int, left: set[int]
) -> list[int]:
    """A zone with cards in two years running is removed, once."""
    due = _cards_twice(audited, subjects, year)
    for place in _may_have_left(audited, subjects, year - 1):
        due[place] = min(due[place], UNKNOWN)
    return [NO if place in left else state for place, state in enumerate(due)]


def _cards_twice(audited: AuditedNetwork, subjects: Subjects, year: int) -> list[int]:
    """Return for each subject whether it has a card of this year and of the one before."""
    years = (_recorded(audited, subjects, f"yellow_card@{one}") for one in (year, year - 1))
    return [min(pair) for pair in zip(*years, strict=True)]


def _may_have_left(audited: AuditedNetwork, subjects: Subjects, year: int) -> list[int]:
    """Return the places of those with cards in this year and the one before, of whom nothing says
    whether they were removed for it.
    """
    removed = _recorded(audited, subjects, f"{_REMOVED}{year}")
    states = zip(_cards_twice(audited, subjects, year), removed, strict=True)
    return [at for at, (card, gone) in enumerate(states) if card == YES and gone == UNKNOWN]


def _recorded(audited: AuditedNetwork, subjects: Subjects, column: str) -> list[int]:
    """Return for each subject whether its record of this name says yes."""
    found: list[int] = audited.states({column: ["yes"]}, subjects.positions).tolist()
    return found
