"""Bounds and a requirement make a verdict: golden numbers by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.bounds import Counts, by_count, by_value, counts_of, plain_limits
from medgraph.queries.policy.predicates.tested import Value, as_tested


def counts(met=0, unsure=0, failed=0, more_met=0, more_unsure=0, more_failed=0, whole=True):
    numbers = (met, unsure, failed, more_met, more_unsure, more_failed)
    return Counts._make([*(np.array([n]) for n in numbers), np.array([whole])])


def state(part, **found) -> int:
    return int(by_count(part, counts(**found))[0])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"met": 3}, YES),
        ({"met": 3, "failed": 1}, NO),
        ({"met": 3, "unsure": 1}, UNKNOWN),
        ({"met": 3, "whole": False}, UNKNOWN),  # a fourth may be missing
        ({"met": 3, "failed": 1, "whole": False}, NO),  # a counter-example stays one
        ({"unsure": 2, "failed": 1, "whole": False}, NO),
        ({}, UNKNOWN),  # nobody to ask
        ({"met": 3, "more_met": 1}, YES),  # belongs or not, it holds
        ({"met": 3, "more_failed": 1}, UNKNOWN),
        ({"met": 3, "more_unsure": 1}, UNKNOWN),
        ({"more_met": 2}, UNKNOWN),  # nobody surely belongs
    ],
)
def test_all(found, expected):
    assert state({}, **found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        # 80 %: at worst 4 of 5, at best 5 of 5
        ({"met": 4, "unsure": 1}, YES),
        ({"met": 4, "failed": 1}, YES),
        ({"met": 3, "failed": 1}, NO),
        # at worst 3 of 5, at best 4 of 5
        ({"met": 3, "unsure": 1, "failed": 1}, UNKNOWN),
        # at worst 4 of 6, at best 4 of 5: who may not belong fails
        ({"met": 4, "failed": 1, "more_failed": 1}, UNKNOWN),
        ({"met": 5, "more_failed": 1}, YES),  # 5 of 6
        # at worst 4 of 5, at best 5 of 6: who may belong and may hold
        ({"met": 4, "failed": 1, "more_met": 1}, YES),
        ({"met": 3, "failed": 1, "more_met": 1}, UNKNOWN),  # 3 of 4, or 4 of 5
        ({"met": 3, "failed": 2, "more_unsure": 1}, NO),  # at best 4 of 6
        ({"met": 3, "failed": 1, "more_unsure": 1}, UNKNOWN),  # at worst 3 of 5, at best 4 of 5
        # with an open list four more may hold, or fail
        ({"met": 3, "failed": 1, "whole": False}, UNKNOWN),
        ({"met": 9, "whole": False}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_a_share(found, expected):
    assert state({"share": "80%"}, **found) == expected


@pytest.mark.parametrize(
    ("part", "found", "expected"),
    [
        ({"at_least": 2}, {"met": 2, "whole": False}, YES),
        ({"at_least": 2}, {"met": 1}, NO),
        ({"at_least": 2}, {"met": 1, "whole": False}, UNKNOWN),
        ({"at_least": 2}, {"met": 1, "unsure": 1}, UNKNOWN),
        ({"at_least": 2}, {"met": 1, "more_met": 1}, UNKNOWN),
        ({"at_least": 2}, {"met": 1, "failed": 4, "more_failed": 1}, NO),
        ({"at_least": 0}, {}, YES),
        ({"at_most": 2}, {"met": 2}, YES),
        ({"at_most": 2}, {"met": 2, "whole": False}, UNKNOWN),
        ({"at_most": 2}, {"met": 3, "whole": False}, NO),
        ({"at_most": 2}, {"met": 2, "unsure": 1}, UNKNOWN),
        ({"at_most": 2}, {"met": 1, "unsure": 1}, YES),
        ({"at_most": 0}, {"failed": 3}, YES),
        ({"exactly": 2}, {"met": 2}, YES),
        ({"exactly": 2}, {"met": 3, "whole": False}, NO),
        ({"exactly": 2}, {"met": 1}, NO),
        ({"exactly": 2}, {"met": 1, "whole": False}, UNKNOWN),
        ({"exactly": 2}, {"met": 2, "more_unsure": 1}, UNKNOWN),
        ({"at_least": 1, "at_most": 2}, {"met": 1}, YES),
        ({"at_least": 1, "at_most": 2}, {"met": 3}, NO),
        ({"at_least": 1, "at_most": 2}, {"met": 0}, NO),
        ({"at_least": 1, "at_most": 2}, {"met": 1, "unsure": 2}, UNKNOWN),
    ],
)
def test_counts_against_a_threshold(part, found, expected):
    assert state(part, **found) == expected


def test_elements_are_counted_by_whether_they_belong_and_hold():
    """Of one subject: one of each kind; of the other nobody."""
    asked = [YES, YES, YES, UNKNOWN, UNKNOWN, UNKNOWN]
    holds = [YES, UNKNOWN, NO, YES, UNKNOWN, NO]
    found = counts_of(as_tested([0] * 6, holds, 2, asked=asked, whole=[True, False]), 2)
    assert [column.tolist() for column in found] == [[1, 0]] * 6 + [[True, False]]
    assert (found.open.tolist(), found.total.tolist(), found.most.tolist()) == (
        [3, 0],  # unsure, and both that may belong and may hold
        [3, 0],
        [6, 0],
    )
    assert found.of(1).total.tolist() == [0]
    assert found.of(0).whole.tolist() == [True]


def valued(low, high, limits, *, indicator=False) -> int:
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    tested = as_tested([0], [UNKNOWN], 1, values={0: Value(*ends)})
    return int(by_value(tested, {"limits": limits}, 1, indicator=indicator)[0])


@pytest.mark.parametrize(
    ("low", "high", "limits", "expected"),
    [
        ("1/3", "1/3", {"at_least": "1/3"}, YES),
        ("1/3", None, {"at_least": "1/3"}, YES),  # however much more
        ("0", "33/100", {"at_least": "1/3"}, NO),
        ("0", "1/3", {"at_least": "1/3"}, UNKNOWN),
        ("0", None, {"at_least": "1/3"}, UNKNOWN),
        ("5", "5", {"more_than": "5"}, NO),
        ("6", None, {"more_than": "5"}, YES),
        ("5", "6", {"more_than": "5"}, UNKNOWN),
        ("0", "5", {"at_most": "5"}, YES),
        ("6", None, {"at_most": "5"}, NO),
        ("5", None, {"at_most": "5"}, UNKNOWN),
        (None, "5", {"at_most": "5"}, YES),
        ("0", "5", {"less_than": "5"}, UNKNOWN),
        ("0", "4", {"less_than": "5"}, YES),
        ("5", "6", {"less_than": "5"}, NO),
        ("4", "4", {"exactly": "4"}, YES),
        ("4", "5", {"exactly": "4"}, UNKNOWN),
        ("5", "6", {"exactly": "4"}, NO),
        ("2", "3", {"exactly": "4"}, NO),
        ("3", "4", {"at_least": "1", "at_most": "4"}, YES),
        ("3", "5", {"at_least": "1", "at_most": "4"}, UNKNOWN),
        ("5", "6", {"at_least": "1", "at_most": "4"}, NO),
        ("0", "1/2", {"at_least": "1", "at_most": "4"}, NO),
        # about 85 %, give or take 5 points: 80 % will do, and more than 90 % too
        ("4/5", "4/5", {"about": "85%", "tolerance": "5%"}, YES),
        ("79/100", "79/100", {"about": "85%", "tolerance": "5%"}, NO),
        ("99/100", "99/100", {"about": "85%", "tolerance": "5%"}, YES),
        ("84/100", "84/100", {"about": "85%"}, NO),
    ],
)
def test_a_number_within_bounds_decides_where_all_of_it_agrees(low, high, limits, expected):
    assert valued(low, high, limits) == expected


def test_an_indicator_needs_its_number_alone():
    assert valued("4", "4", {"at_least": "9"}, indicator=True) == YES
    assert valued("4", "5", {"at_least": "1"}, indicator=True) == UNKNOWN
    assert valued(None, None, {}, indicator=True) == UNKNOWN


def test_a_subject_without_a_number_is_open():
    tested = as_tested([0], [UNKNOWN], 2, values={1: Value(Fraction(1), Fraction(1))})
    states = by_value(tested, {"limits": {"at_least": "1"}}, 2, indicator=False)
    assert states.tolist() == [UNKNOWN, YES]


def test_limits_that_are_not_about_stay():
    assert plain_limits({"at_least": "1/3"}) == {"at_least": "1/3"}
    assert plain_limits({"about": "65%", "tolerance": "0.02"}) == {"at_least": "63/100"}


def test_a_value_is_exact_where_both_ends_meet():
    assert Value(Fraction(1), Fraction(1)).exact
    assert not Value(Fraction(1), Fraction(2)).exact
    assert not Value(None, None).exact
