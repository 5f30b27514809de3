"""Less never decides: whatever is taken out of a network, the bounds of every share only widen."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import HealthCheck, assume, given, settings
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
from medgraph.queries.bounds import Bounds, Interval
from medgraph.queries.results import Answer
from medgraph.queries.sharing.obligations import OBLIGATIONS
from medgraph.queries.verbs import VERBS
from tests.queries.whole_networks import Told, less, shuffled, told

# By noun: those of one are asked of the same networks.
QUERIES: dict[str, dict[str, Callable[[MedicalNetwork], Answer]]] = {
    "coverage": {
        "served": coverage.served,
        "gaps": coverage.gaps,
        "overlaps": coverage.overlaps,
        "ungrouped": coverage.ungrouped,
        "multiple": coverage.multiple,
        "access": lambda net: coverage.access(net, speed_kmh=30, facility_type="primary"),
        "catchments": lambda net: coverage.catchments(net, speed_kmh=30, facility_type="primary"),
        "stations": coverage.stations,
        "empty": coverage.empty,
    },
    "sharing": {
        "centres": lambda net: sharing.centres(net, kind="imaging"),
        "matrix": sharing.matrix,
        **{f"matrix {one}": partial(sharing.matrix, obligations=(one,)) for one in OBLIGATIONS},
        "unsupported": sharing.unsupported,
        "unsupported primary": lambda net: sharing.unsupported(net, primary_only=True),
        "recognition": sharing.recognition,
    },
    "referrals": {
        "paths": referrals.paths,
        "path": lambda net: referrals.path(net, "H0"),
        "path within its group": lambda net: referrals.path(net, "H0", within_group=True),
        "paths within a group": lambda net: referrals.paths(net, level="2", within_group=True),
        "path tcm": lambda net: referrals.path(net, "H0", specialty="tcm"),
        "alternatives": lambda net: referrals.alternatives(net, "H0"),
        "paths tcm": lambda net: referrals.paths(net, specialty="tcm"),
        "paths tertiary": lambda net: referrals.paths(net, level="3"),
        "specialties": lambda net: referrals.specialties(net, specialty="tcm"),
        "regions": referrals.regions,
        "endpoints": referrals.endpoints,
        "broken": referrals.broken,
    },
    "dispatch": {
        "all year": dispatch.coverage,
        "six months": lambda net: dispatch.coverage(net, test="six_months"),
        "quota": dispatch.quota,
    },
    "resilience": {
        "critical": resilience.critical,
        "repair": resilience.repair,
        "dependents": lambda net: resilience.dependents(net, "H0"),
    },
    "teams": {
        "composition": teams.composition,
        "missing": teams.missing,
        "stationed": teams.stationed,
    },
    "alliances": {
        "districts": alliances.districts,
        "alliance links": alliances.links,
        "only": alliances.only,
        "reach": alliances.reach,
    },
}
STEPS = 6  # Taken from every network, each by itself.
TIMES = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "explore" else 1  # `make test-slow`


def holds(inner: Interval, outer: Interval) -> bool:
    """Tell whether the outer interval holds all of the inner one."""
    above = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return outer[0] <= inner[0] and above


FOR_TCM = ("paths tcm", "path tcm")
FOR_LEVEL = ("paths tertiary", "paths within a group")


def is_apart(name: str, step: str, left: Told) -> bool:
    """Tell whether a step is left out of the law, for the reason given.

    Who does not say that it has a specialty or a level is asked for its way to it, be it that it has it: the
    plans ask that everybody gets there. So it is with who may lead an alliance for it. A loop is one of the
    links that are listed: taking a link out can only mend it. A link without a specialty is for every one, so
    that its receiver lacks none; ways back and forth, and those of two regions, are compared by minutes only where
    both are stated. Where a lead states no period at all, its amounts are taken as of one.
    """
    if name == "quota":
        return step.endswith(".period blank") and not _periods(left, *step.split()[:2])
    if name == "broken":
        cell = step.endswith((".specialty blank", ".minutes blank"))
        return "REFERS_" in step and (cell or step.startswith("without"))
    if name == "regions":
        return step.endswith(".minutes blank")
    facility = step[0] in "HPV" and step.endswith(" blank")
    if name in FOR_LEVEL:
        return step.endswith(".level blank")
    return name in FOR_TCM and (facility or "A0" in step)


def _periods(rows: Told, lead: str, relation: str) -> set[str]:
    links = [link for link in rows.links if (link["source"], link["relation"]) == (lead, relation)]
    return {link["period"] for link in links if link.get("period")}


@pytest.mark.parametrize("noun", QUERIES)
@given(st.data())
@settings(max_examples=4 * TIMES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_less_never_decides(noun, data):
    """A blank cell, a row or link taken out of an open list, a declaration withdrawn: no bound closes in."""
    whole = data.draw(told())
    steps = less(whole)
    assume(steps)
    before = bounds_of(noun, whole)
    for step, left in data.draw(st.lists(st.sampled_from(steps), min_size=1, max_size=STEPS)):
        for name, after in bounds_of(noun, left).items():
            if is_apart(name, step, left):
                continue
            assert holds(before[name].met, after.met), (name, step, before[name], after)
            assert holds(before[name].total, after.total), (name, step, before[name], after)


def bounds_of(noun: str, rows: Told) -> dict[str, Bounds]:
    """Return the bounds of every share of a noun."""
    net = rows.network()
    return {name: query(net).bounds for name, query in QUERIES[noun].items()}


@pytest.mark.parametrize("noun", QUERIES)
@given(told(), st.randoms(use_true_random=False))
@settings(max_examples=3 * TIMES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_order_never_matters(noun, whole, random):
    """Rows of nodes and of links in another order: the same share, bounds, and status of every subject."""
    net, other = whole.network(), shuffled(whole, random).network()
    for name, query in QUERIES[noun].items():
        one, two = query(net), query(other)
        assert (one.share, one.bounds) == (two.share, two.bounds), name
        assert sorted(one.status.items()) == sorted(two.status.items()), name


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_question_says_what_holds_if_the_lists_are_whole(verb):
    """Each is asked through `told_as_listed`."""
    function = getattr(importlib.import_module(f"medgraph.queries.{verb.noun}"), verb.function)
    assert function.__wrapped__.__name__ == verb.function
