"""Less never decides: whatever is taken out of a network, the bounds of every share only widen."""

from __future__ import annotations

import importlib
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
from medgraph.queries.verbs import VERBS
from tests.queries.whole_networks import less, shuffled, told

QUERIES: dict[str, Callable[[MedicalNetwork], Answer]] = {
    "served": coverage.served,
    "overlaps": coverage.overlaps,
    "ungrouped": coverage.ungrouped,
    "multiple": coverage.multiple,
    "access": lambda net: coverage.access(net, speed_kmh=30, facility_type="primary"),
    "stations": coverage.stations,
    "centres": lambda net: sharing.centres(net, kind="imaging"),
    "matrix": sharing.matrix,
    "ways up": lambda net: sharing.matrix(net, obligations=("up_referral",)),
    "teams": lambda net: sharing.matrix(net, obligations=("team",)),
    "unsupported": sharing.unsupported,
    "unsupported primary": lambda net: sharing.unsupported(net, primary_only=True),
    "recognition": sharing.recognition,
    "paths": referrals.paths,
    "path": lambda net: referrals.path(net, "H0"),
    "path tcm": lambda net: referrals.path(net, "H0", specialty="tcm"),
    "alternatives": lambda net: referrals.alternatives(net, "H0"),
    "paths tcm": lambda net: referrals.paths(net, specialty="tcm"),
    "paths tertiary": lambda net: referrals.paths(net, level="3"),
    "specialties": lambda net: referrals.specialties(net, specialty="tcm"),
    "regions": referrals.regions,
    "broken": referrals.broken,
    "all year": dispatch.coverage,
    "six months": lambda net: dispatch.coverage(net, test="six_months"),
    "quota": dispatch.quota,
    "critical": resilience.critical,
    "repair": resilience.repair,
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


FOR_TCM = ("paths tcm", "path tcm")


def is_apart(name: str, step: str) -> bool:
    """Tell whether a step is left out of the law, for the reason given.

    Who does not say that it has a specialty or a level is asked for its way to it, be it that it has it: the
    plans ask that everybody gets there. So it is with who may lead an alliance for it. A loop is one of the
    links that are listed: taking a link out can only mend it.
    """
    if name == "broken":
        return step.startswith("without") and "REFERS_" in step
    facility = step[0] in "HPV" and step.endswith(" blank")
    if name == "paths tertiary":
        return step.endswith(".level blank")
    return name in FOR_TCM and (facility or "A0" in step)


@pytest.mark.parametrize("name", QUERIES)
@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_less_never_decides(name, data):
    """A blank cell, a row or link taken out of an open list, a declaration withdrawn: no bound closes in."""
    query, whole = QUERIES[name], data.draw(told())
    steps = [one for one in less(whole) if not is_apart(name, one[0])]
    before = query(whole.network()).bounds
    step, left = data.draw(st.sampled_from(steps)) if steps else ("nothing", whole)
    after = query(left.network()).bounds
    assert holds(before.met, after.met), (step, before, after)
    assert holds(before.total, after.total), (step, before, after)


@pytest.mark.parametrize("name", QUERIES)
@given(told(), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_order_never_matters(name, whole, random):
    """Rows of nodes and of links in another order: the same share, bounds, and status of every subject."""
    one, other = QUERIES[name](whole.network()), QUERIES[name](shuffled(whole, random).network())
    assert (one.share, one.bounds) == (other.share, other.bounds)
    assert sorted(one.status.items()) == sorted(other.status.items())


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_question_says_what_holds_if_the_lists_are_whole(verb):
    """Each is asked through `told_as_listed`."""
    function = getattr(importlib.import_module(f"medgraph.queries.{verb.noun}"), verb.function)
    assert function.__wrapped__.__name__ == verb.function
