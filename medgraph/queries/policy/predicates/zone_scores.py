"""Test the scores that zones record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.states import UNKNOWN
from medgraph.queries.policy.facts.deciding import decided, state_of
from medgraph.queries.policy.predicates.score_items import Row, tested_rows, zones_of
from medgraph.queries.policy.scoring.xinjiang import WEIGHTS, Zone, bonus
from medgraph.words.quantities import SCORE, quantity
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects
    from medgraph.queries.policy.predicates.tested import Part, Tested


def zone_scores(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test the base scores (0..weight for each of 39 items) or the recorded bonus against its
    events, this year.
    """
    year = audited.date.year
    test = _base if part["what"] == "base" else _bonus
    zones = enumerate(zones_of(audited, subjects, year))
    rows = [row for place, zone in zones for row in test(place, zone)]
    return tested_rows(rows, subjects, f"areas.score.*@{year}")


def _base(place: int, zone: Zone) -> list[Row]:
    rows = []
    for item, weight in enumerate(WEIGHTS, 1):
        points = quantity(zone.scores.get(item), SCORE)
        state = UNKNOWN if points is None else state_of(0 <= points <= weight)
        shown = zone.scores.get(item) or say("policy_nothing")
        rows.append((place, state, str(item), f"{shown} / {weight}"))
    return rows


def _bonus(place: int, zone: Zone) -> list[Row]:
    least, most = bonus(zone.events)
    recorded = quantity(zone.events.get("recorded"), SCORE)
    state = UNKNOWN
    if recorded is not None:
        state = decided(recorded == least == most, not least <= recorded <= most)
    shown = zone.events.get("recorded") or say("policy_nothing")
    return [(place, state, "bonus", f"{least}–{most}; {shown}")]
