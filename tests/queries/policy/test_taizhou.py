"""Taizhou's draft plan against itself and the national pilot plan: every verdict worked out by hand."""

from __future__ import annotations

import csv

import pytest

from medgraph.loaders import samples
from medgraph.queries.policy import audit


@pytest.fixture(scope="module")
def found():
    return audit(samples.taizhou(), ["taizhou-2023", "urban-2023"])


def failing(found, rule):
    rows = found.findings
    return set(rows[(rows["rule"] == rule) & (rows["verdict"] == "FAIL")]["subject"])


# The plan does not say that its referral links are all there are: another may leave its group, or
# close a circle.
CHANGED = {"TZ-13": "NO_DATA", "TZ-14": "NO_DATA"}


# The clauses from TZ-35 on are not in that table: the plan promises them, and nobody says yet of the
# groups what they ask.
LATER = {f"TZ-{n}": "NO_DATA" for n in range(35, 59)}


def test_verdicts_are_those_worked_out(found, shared):
    """All 46 rules of TZ and UG in the table of rules give its verdict, but for those two that rest
    on an open list; the later ones are open.
    """
    with (shared / "policy" / "rules.csv").open(encoding="utf-8", newline="") as file:
        wanted = {
            row["id"]: row["taizhou_verdict"]
            for row in csv.DictReader(file)
            if row["id"][:2] in ("TZ", "UG")
        }
    assert {o.rule.id: o.verdict for o in found.outcomes} == {**wanted, **CHANGED, **LATER}
    whole = found.findings.set_index("rule")["as_listed"]
    assert [whole[rule] for rule in CHANGED] == ["PASS", "PASS"]


def test_counts(found):
    """17 PASS, 4 FAIL, 3 INFO, and 22 NO_DATA beside the 24 later rules."""
    assert found.counts == {"PASS": 17, "FAIL": 4, "NO_DATA": 22 + len(LATER), "INFO": 3}


def test_who_fails(found):
    """UG-04 fails for G2, G3, G4; TZ-09 for three hospitals; TZ-04 is 38 of 39."""
    assert failing(found, "UG-04") == {"G2", "G3", "G4"}
    assert failing(found, "TZ-09") == {"TZ-H10", "TZ-H12", "TZ-H16"}
    row = found.finding("taizhou-2023/TZ-04/all")
    assert (row["met"], row["total"], row["unit"]) == (38, 39, "areas")


def test_a_parameter_lets_primary_care_count():
    """With CHC and THC accepted as continuing care, UG-04 passes for every group, and the grade says who set it."""
    accept = {"UG-04": {"accept": ["community_health_centre", "township_health_centre"]}}
    found = audit(samples.taizhou(), "urban-2023", parameters=accept)
    assert found.outcome("UG-04").verdict == "PASS"
    assert set(found.findings[found.findings["rule"] == "UG-04"]["grade"]) == {"user"}


def test_expanded_links_count_and_are_shown_as_such(found):
    """Referral stands in a general sentence: TZ-12 passes, marked as expanded."""
    rows = found.findings[found.findings["rule"] == "TZ-12"]
    assert set(rows["verdict"]) == {"PASS"}
    assert set(rows["basis"]) == {"expanded"}


def test_rows_left_out_never_make_a_pass():
    """With rows left out no verdict gets better, and nothing fails because it was not found."""
    order = ["FAIL", "NO_DATA", "INFO", "PASS"]
    plain = audit(samples.taizhou(), "taizhou-2023")
    short = audit(samples.taizhou(), "taizhou-2023", left_out=3)
    for before, after in zip(plain.outcomes, short.outcomes, strict=True):
        assert after.verdict != "PASS" or before.verdict == "PASS"
        assert order.index(after.verdict) <= max(order.index(before.verdict), 1)
    assert short.outcome("TZ-04").verdict == "NO_DATA"


def test_the_shortest_list_decides_every_open_rule(found):
    """Every rule without data is named once in the list of what would decide it."""
    named = [rule for row in found.missing["rules"] for rule in row.split(", ")]
    assert sorted(named) == sorted(o.rule.id for o in found.outcomes if o.verdict == "NO_DATA")


def test_whatever_is_not_passed_says_why(found):
    """No FAIL and no NO_DATA without a reason, nor with one that says only that something is there."""
    undecided = found.findings[found.findings["verdict"].isin(["FAIL", "NO_DATA"])]
    assert all(len(reason) > 3 for reason in undecided["reason"])
    assert all(undecided["advice"])


def test_what_passes_by_a_promise_says_so(found):
    """Referral and cooperation are expanded; word for word alone they are not stated, and not absent."""
    by_plan = found.rules[found.rules["basis"] == "expanded"]["rule"]
    assert {"TZ-06", "TZ-12", "TZ-19"} <= set(by_plan)
    explicit = audit(samples.taizhou(), "taizhou-2023", select=["TZ-19", "TZ-12"], basis="explicit")
    assert {o.verdict for o in explicit.outcomes} == {"NO_DATA"}
