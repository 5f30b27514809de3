"""Which columns are in per cent is one rule: what check asks, and what a line of 说明 answers."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.per_cent import shares_without_unit
from medgraph.queries.policy.facts.audited_network import AuditedNetwork

TITLES = ("visit_rate", "县域就诊率", "visit_rate@2023", "县域就诊率@2023")
NAMES = ("visit_rate", "县域就诊率")


def network(column: str, **units: str) -> MedicalNetwork:
    """Return a network whose one group states 92.5 in a column."""
    group = {"id": "G1", "kind": "Group", "name": "甲", "type": "county_medical_community"}
    nodes = pd.DataFrame([group | {column: "92.5"}])
    return MedicalNetwork.from_frames(nodes, None, {"data_day": "2023-10-25", **units})


def share(net: MedicalNetwork) -> float | None:
    """Return the share that a rule reads of the group in 2023."""
    read = AuditedNetwork(net, datetime.date(2023, 10, 25)).numbers("visit_rate@year", [0])[0]
    return None if read is None else float(read)


@pytest.mark.parametrize("column", TITLES)
def test_a_share_above_one_is_asked_about_and_not_read(column):
    net = network(column)
    assert shares_without_unit(net) == {column: "92.5"}
    assert share(net) is None


@pytest.mark.parametrize("column", TITLES)
@pytest.mark.parametrize("key", ["unit.{}", "{}.unit"])
def test_the_advice_settles_the_question_and_the_rule(column, key):
    for name in (*NAMES, column):
        net = network(column, **{key.format(name): "%"})
        assert shares_without_unit(net) == {}
        assert share(net) == 0.925


@pytest.mark.parametrize("column", TITLES)
def test_a_title_with_a_sign_settles_both(column):
    net = network(f"{column}（%）")
    assert shares_without_unit(net) == {}
    assert share(net) == 0.925


def test_units_that_contradict_one_another_say_nothing():
    net = network("县域就诊率", **{"unit.县域就诊率": "%", "unit.visit_rate": "人次"})
    assert shares_without_unit(net) == {"县域就诊率": "92.5"}
    assert share(net) is None


def test_a_unit_is_of_its_own_year_and_column_alone():
    for key in ("unit.visit_rate@2022", "unit.common_share", "visit_rate", "unit"):
        net = network("visit_rate@2023", **{key: "%"})
        assert shares_without_unit(net) == {"visit_rate@2023": "92.5"}
        assert share(net) is None
