"""An attribute of a year, with a year and without, in a table and in a ledger."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy import audit
from medgraph.queries.policy.facts.audited_network import AuditedNetwork
from medgraph.queries.policy.facts.ledger import with_ledger
from medgraph.queries.policy.packs import read_pack
from tests.queries.policy.packs.test_packs import HEAD, RULE

DAY = datetime.date(2024, 12, 31)
ALL = np.array([0])


def county(*lines, **stated):
    """One county with these cells, and lines (item, value, period) of a ledger about it."""
    nodes = [{"id": "331001000000", "kind": "Area", "name": "甲县", "level": "county", **stated}]
    net = MedicalNetwork.from_frames(pd.DataFrame(nodes), None, {"data_day": str(DAY)})
    ledger = pd.DataFrame(lines, columns=["item", "value", "period"])
    made, twice = with_ledger(net, ledger.assign(subject="331001000000"))
    return AuditedNetwork(made, DAY, contradictions=twice)


@pytest.mark.parametrize("first", ["visits", "visits@year"])
def test_what_is_read_first_does_not_matter(first):
    """12 of this year stand for `@year`, as another year is stated, too; beside 10 of none, nothing stands for `visits`."""
    audited = county(("visits", "10", None), ("visits", "12", "2024"), ("visits", "9", "2023"))
    audited.texts(first, ALL)
    assert audited.texts("visits@year", ALL) == ["12"]
    assert audited.texts("visits", ALL) == [None]
    assert [(found.item, found.values) for found in audited.contradictions] == [
        ("visits@2024", ("12", "10"))
    ]


def test_a_year_under_a_chinese_title_is_that_year():
    """县域就诊率@2024 is the rate of this year; that of another year makes one without a year say nothing of this."""
    assert county(**{"县域就诊率@2024": "0.91"}).texts("visit_rate", ALL) == ["0.91"]
    other = county(**{"县域就诊率@2023": "0.7", "visit_rate": "0.8"})
    assert other.texts("visit_rate@year", ALL) == [None]


@pytest.mark.parametrize("title", ["visit_rate", "县域就诊率(%)", "visit_rate@2024"])
def test_what_is_not_understood_is_shown_whatever_its_title(title):
    """HN-01 says what stands in the cell, not that nothing does."""
    nodes = [
        {"id": "331001000000", "kind": "Area", "name": "甲县", "level": "county", title: "很高"}
    ]
    net = MedicalNetwork.from_frames(pd.DataFrame(nodes), None, {"data_day": str(DAY)})
    reasons = audit(net, "henan-2021", select=["HN-01"]).findings["reason"].tolist()
    assert any("很高" in reason for reason in reasons), reasons


def test_a_closed_group_owes_nothing():
    """A duty of all together is told by whoever may be asked: not by a group that is closed."""
    pack = f"""{HEAD}{RULE}
[[duties]]
id = "MY-D1"
text = ["报送", "report"]
who = ["集团", "the group"]
clause = "第二条"
grade = "user"
subjects = "all"
on = "2024-06-30"
done = "reported_on"
"""
    nodes = [
        {"id": id, "kind": "Group", "name": id, "type": "county_medical_community"}
        | {"status": status, "reported_on": "2024-06-01"}
        for id, status in (("G1", "open"), ("G2", "closed"))
    ]
    net = MedicalNetwork.from_frames(pd.DataFrame(nodes), None, {"data_day": str(DAY)})
    assert audit(net, read_pack(pack, "mine.toml")).calendar["subject"].tolist() == ["G1"]
