"""Every query on sharing answers on any network, empty, random or on another day, and accounts for all of it."""

from __future__ import annotations

import json

import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import alliances, dispatch, resilience, sharing, teams
from medgraph.queries.comparison.differences import compare
from medgraph.words.say import speaking
from tests.queries.county import county
from tests.queries.test_resilience import random_network

QUERIES = {
    "centres": sharing.centres,
    "matrix": sharing.matrix,
    "cells": sharing.cells,
    "exchange": sharing.exchange,
    "exchange by facility": lambda net, **o: sharing.exchange(net, by="facility", **o),
    "balance": sharing.balance,
    "unsupported": sharing.unsupported,
    "recognition": sharing.recognition,
    "ledger": dispatch.ledger,
    "ending": dispatch.ending,
    "quota": dispatch.quota,
    **{
        test: lambda net, test=test, **o: dispatch.coverage(net, test=test, **o)
        for test in ("all_year", "six_months", "per_10000")
    },
    **{
        name: getattr(alliances, name)
        for name in ("members", "districts", "links", "only", "reach")
    },
    **{name: getattr(teams, name) for name in ("composition", "missing", "stationed")},
    "critical": resilience.critical,
    "repair": resilience.repair,
    "compare": lambda net, as_of=None: compare(net, net, to_day=as_of),
}


def holds(answer):
    """in = judged + unknown + excluded; every row left out is named with its reason; it can be said in JSON."""
    assert answer.total == answer.judged + len(answer.unknown) + len(answer.excluded)
    for part in (answer.unknown, answer.excluded):
        assert {"status", "reason"} <= set(part.columns)
        assert (part["reason"] != "").all()
    assert answer.definition.numerator
    assert json.loads(answer.to_json())["accounted"]["in"] == answer.total
    assert str(answer)


@pytest.mark.parametrize("name", QUERIES)
def test_an_empty_network_has_an_answer(name):
    """Nothing asked about, nothing judged, and no error."""
    empty = MedicalNetwork.from_frames(county().nodes().iloc[:0], None, {"data_day": "2024-12-31"})
    answer = QUERIES[name](empty)
    holds(answer)
    assert answer.share is None or answer.share.met == 0


@pytest.mark.parametrize("name", QUERIES)
def test_random_networks_are_accounted_for(name):
    """With closed facilities, loops, groups without a lead and areas without residents."""
    for seed in range(8):
        holds(QUERIES[name](random_network(seed)))


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_speaks_english_on_another_day(name):
    with speaking("en"):
        answer = QUERIES[name](county(), as_of="2023-06-30")
    holds(answer)
    assert answer.as_of.isoformat() == "2023-06-30"
