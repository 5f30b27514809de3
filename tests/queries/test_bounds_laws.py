"""Less never decides: whatever is taken out of a network, the bounds of every share only widen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import (
    alliances,
    coverage,
    dispatch,
    referrals,
    resilience,
    sharing,
    teams,
)
from medgraph.queries.bounds import Interval
from medgraph.queries.results import Answer
from tests.queries.whole_networks import less, told

QUERIES: dict[str, Callable[[MedicalNetwork], Answer]] = {
    "served": coverage.served,
    "overlaps": coverage.overlaps,
    "ungrouped": coverage.ungrouped,
    "multiple": coverage.multiple,
    "access": lambda net: coverage.access(net, speed_kmh=30, facility_type="primary"),
    "stations": coverage.stations,
    "centres": lambda net: sharing.centres(net, kind="imaging"),
    "matrix": sharing.matrix,
    "unsupported": sharing.unsupported,
    "unsupported primary": lambda net: sharing.unsupported(net, primary_only=True),
    "recognition": sharing.recognition,
    "paths": referrals.paths,
    "paths tcm": lambda net: referrals.paths(net, specialty="tcm"),
    "specialties": lambda net: referrals.specialties(net, specialty="tcm"),
    "regions": referrals.regions,
    "broken": referrals.broken,
    "all year": dispatch.coverage,
    "six months": lambda net: dispatch.coverage(net, test="six_months"),
    "quota": dispatch.quota,
    "critical": resilience.critical,
    "dependents": lambda net: resilience.dependents(net, "H0"),
    "composition": teams.composition,
    "missing": teams.missing,
    "stationed": teams.stationed,
    "districts": alliances.districts,
    "alliance links": alliances.links,
    "only": alliances.only,
    "reach": alliances.reach,
}


def holds(inner: Interval, outer: Interval) -> bool:
    """Tell whether the outer interval holds all of the inner one."""
    above = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return outer[0] <= inner[0] and above


@pytest.mark.parametrize("name", QUERIES)
@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_less_never_decides(name, data):
    """A blank cell, a row or link taken out of an open list, a declaration withdrawn: no bound closes in."""
    query, whole = QUERIES[name], data.draw(told())
    steps = less(whole)
    before = query(whole.network()).bounds
    step, left = data.draw(st.sampled_from(steps)) if steps else ("nothing", whole)
    after = query(left.network()).bounds
    assert holds(before.met, after.met), (step, before, after)
    assert holds(before.total, after.total), (step, before, after)
