"""A ledger is laid over a network: each statement once, what differs named, what is empty asked."""

from __future__ import annotations

import datetime
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from medgraph.errors import OptionError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy.facts.audited_network import AuditedNetwork
from medgraph.queries.policy.facts.contradictions import same_value
from medgraph.queries.policy.facts.ledger import ASKED, with_ledger
from medgraph.queries.policy.facts.unused import unused_lines


@pytest.fixture
def net():
    nodes = [
        {"id": "H1", "kind": "Facility", "name": "H1", "beds": 100, "nonprofit": "yes"},
        {"id": "M1", "kind": "Facility", "name": "M1", "beds": None, "nonprofit": None},
    ]
    return MedicalNetwork.from_frames(pd.DataFrame(nodes), None, {"data_day": "2024-12-31"})


def laid(net, *rows, columns=("subject", "item", "value", "period", "origin")):
    return with_ledger(net, pd.DataFrame([dict(zip(columns, row, strict=False)) for row in rows]))


def value(net, id, column):
    return net.index.take(column, np.array([net.index.position(id)])).to_pylist()[0]


def test_a_line_fills_an_empty_cell_as_its_type(net):
    made, wrong = laid(net, ("M1", "beds", "80"), ("M1", "charter", "是"))
    assert (value(made, "M1", "beds"), value(made, "M1", "charter")) == (80, "是")
    assert (value(made, "H1", "beds"), value(made, "H1", "charter")) == (100, None)
    assert wrong == []


@pytest.mark.parametrize("text", ["100", "100.0", " 100 "])
def test_a_line_that_says_what_the_table_does_is_no_second_statement(net, text):
    made, wrong = laid(net, ("H1", "beds", text))
    assert (value(made, "H1", "beds"), wrong) == (100, [])


def test_a_line_against_its_table_leaves_neither(net):
    made, (wrong,) = laid(net, ("H1", "beds", "90", None, "sheet A, row 3"))
    assert value(made, "H1", "beds") is None
    assert (wrong.subject, wrong.item) == ("H1", "beds")
    assert dict(zip(wrong.values, wrong.origins, strict=True)) == {
        "90": "sheet A, row 3",
        "100": "beds",
    }


def test_two_lines_of_one_period_that_differ_leave_neither(net):
    made, (wrong,) = laid(net, ("H1", "visits", "5", 2023), ("H1", "visits", "6", 2023))
    assert value(made, "H1", "visits@2023") is None
    assert (wrong.item, wrong.values) == ("visits@2023", ("5", "6"))


def test_lines_of_two_periods_are_two_statements(net):
    made, wrong = laid(net, ("H1", "visits", "5", 2023), ("H1", "visits", "6", "2024年"))
    assert [value(made, "H1", f"visits@{year}") for year in (2023, 2024)] == ["5", "6"]
    assert wrong == []


@pytest.mark.parametrize("period", [2023, 2023.0, "2023", "2023年", "2023年度", " 2023 "])
def test_a_year_in_the_ways_in_which_people_write_one(net, period):
    made, _ = laid(net, ("H1", "visits", "5", period))
    assert value(made, "H1", "visits@2023") == "5"


def test_another_period_keeps_its_name(net):
    made, _ = laid(net, ("H1", "visits", "5", "2023Q1"))
    assert value(made, "H1", "visits@2023Q1") == "5"


@pytest.mark.parametrize("text", [None, "", "待定"])
def test_a_line_without_a_value_only_asks(net, text):
    """It takes nothing from the table, and names its item."""
    made, wrong = laid(net, ("H1", "beds", text), ("H1", "charter", text))
    assert (value(made, "H1", "beds"), value(made, "H1", "charter")) == (100, None)
    assert value(made, "H1", ASKED) == "|beds|charter|"
    assert value(made, "M1", ASKED) is None
    assert wrong == []


def test_a_number_that_is_none_is_not_stated(net):
    made, _ = laid(net, ("M1", "beds", "many"), ("H1", "charter", "many"))
    assert (value(made, "M1", "beds"), value(made, "H1", "charter")) == (None, "many")


def test_half_a_bed_is_not_stated(net):
    made, _ = laid(net, ("M1", "beds", "80.5"))
    assert value(made, "M1", "beds") is None


def test_a_subject_that_is_no_node_becomes_a_record(net):
    made, _ = laid(net, ("任务1", "task.post", "院长"))
    assert [value(made, "任务1", c) for c in ("kind", "name", "task.post")] == [
        "Record",
        "任务1",
        "院长",
    ]
    assert len(made.index) == 3


def test_no_ledger_changes_nothing(net):
    assert with_ledger(net, None) == (net, [])
    assert with_ledger(net, pd.DataFrame())[0] is net


def test_a_ledger_without_its_columns_is_refused(net):
    with pytest.raises(OptionError, match="value"):
        with_ledger(net, pd.DataFrame([{"subject": "H1", "item": "beds"}]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("是", "有", True),
        ("是", "否", False),
        ("是", "已制定", True),
        ("90%", "0.9", True),
        ("90%", "90", False),
        ("1,200", "1200", True),
        ("C1", "ｃ1 ", True),
        ("C1", "C2", False),
        ("待定", "是", False),
    ],
)
def test_two_cells_that_state_the_same(one, other, expected):
    assert same_value(one, other) is expected
    assert same_value(other, one) is expected


RATES = ["visit_rate", "县域就诊率", "县域就诊率（%）"]


def audited(column, *rows, **meta):
    """Two groups of which a table states 80 % in a column, as rules see them beside a ledger."""
    cell = "80" if column.endswith("（%）") or meta else "80%"
    group = {"kind": "Group", "type": "county_medical_community", column: cell}
    nodes = [{"id": "G1", "name": "甲", **group}, {"id": "G2", "name": "乙", **group}]
    net = MedicalNetwork.from_frames(pd.DataFrame(nodes), None, {"data_day": "2023-10-25", **meta})
    made, wrong = laid(net, *rows)
    return AuditedNetwork(made, datetime.date(2023, 10, 25)), wrong


@pytest.mark.parametrize("column", RATES)
@pytest.mark.parametrize("item", RATES)
def test_a_line_about_a_titled_column_meets_what_the_table_states(column, item):
    """By name, in Chinese or with (%): no value hides the other, and the other rows stay read."""
    high, same = ("92", "80") if item.endswith("（%）") else ("92%", "80%")
    made, wrong = audited(column, ("G1", item, high))
    assert [(one.subject, one.item) for one in wrong] == [("G1", "visit_rate")]
    assert made.numbers("visit_rate", np.arange(2)) == [None, Fraction(4, 5)]
    made, wrong = audited(column, ("G1", item, same))
    assert made.numbers("visit_rate", np.arange(2)) == [Fraction(4, 5)] * 2
    assert wrong == []


def test_a_number_means_in_a_line_what_it_means_in_its_column():
    made, wrong = audited("县域就诊率", ("G1", "visit_rate", "80"), **{"unit.visit_rate": "%"})
    assert made.numbers("visit_rate", np.arange(2)) == [Fraction(4, 5)] * 2
    assert wrong == []


def test_two_lines_that_call_an_attribute_differently_contradict():
    rows = [("G3", "visit_rate", "92%"), ("G3", "县域就诊率", "80%")]
    assert [one.item for one in audited("备注", *rows)[1]] == ["visit_rate"]


def test_a_line_with_a_chinese_item_is_used():
    lines = pd.DataFrame([("G1", "县域就诊率", "80%")], columns=["subject", "item", "value"])
    assert unused_lines(lines, {"visit_rate@2023"}).empty
