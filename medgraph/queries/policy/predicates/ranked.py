"""Test what is recorded of a zone against the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.predicates.score_items import tested_rows, zones_of
from medgraph.queries.policy.scoring.xinjiang import totals, yellow_cards
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects
    from medgraph.queries.policy.predicates.tested import Part, Tested

_RECORDED = {YES: "yes", NO: "no", UNKNOWN: "?"}
_DUE = {YES: "policy_card", NO: "policy_no_card", UNKNOWN: "policy_card_open"}


def ranked(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that what is recorded of a zone is what the ranking gives.

    `card`: `yellow_card@year` is yes for the last two by their scores and no for the others; a
    tie across the cut, or a missing score that could turn it, stays open. `removed`:
    `removed@year` is yes for those with cards recorded in two years running; one that was
    removed the year before is no zone any more, and stays open.
    """
    year = audited.date.year
    if part["what"] == "card":
        column, due = f"yellow_card@{year}", _cards_due(audited, subjects, year)
    else:
        column, due = f"removed@{year}", _removals_due(audited, subjects, year)
    recorded = _recorded(audited, subjects, column)
    rows = []
    for place, (ours, theirs) in enumerate(zip(due, recorded, strict=True)):
        state = UNKNOWN if UNKNOWN in (ours, theirs) else state_of(ours == theirs)
        why = f"{say(_DUE[ours])}; {column} = {_RECORDED[theirs]}"
        rows.append((place, state, column, why))
    return tested_rows(rows, subjects, f"areas.score.*@{year} + areas.{column}")


def _cards_due(audited: AuditedNetwork, subjects: Subjects, year: int) -> list[int]:
    zones = zones_of(audited, subjects, year)
    found = [totals(zone.scores, zone.events) for zone in zones]
    ranges = {str(place): (total.worst, total.best) for place, total in enumerate(found)}
    perhaps = {str(place) for place in np.flatnonzero(subjects.state == UNKNOWN).tolist()}
    cards = yellow_cards(ranges, perhaps=perhaps, whole=subjects.whole)
    return list(cards.values())


def _removals_due(audited: AuditedNetwork, subjects: Subjects, year: int) -> list[int]:
    """A zone with cards in two years running is removed; of one that was, nothing can be said."""
    now = _recorded(audited, subjects, f"yellow_card@{year}")
    before = _recorded(audited, subjects, f"yellow_card@{year - 1}")
    gone = _recorded(audited, subjects, f"removed@{year - 1}")
    return [
        UNKNOWN if was_removed == YES else min(cards)
        for was_removed, *cards in zip(gone, now, before, strict=True)
    ]


def _recorded(audited: AuditedNetwork, subjects: Subjects, column: str) -> list[int]:
    found: list[int] = audited.states({column: ["yes"]}, subjects.positions).tolist()
    return found
