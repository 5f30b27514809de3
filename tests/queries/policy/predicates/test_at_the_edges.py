"""Where a limit lies, and why an end is open."""

from __future__ import annotations

import datetime

import pytest

from medgraph.queries.policy import audit, load
from medgraph.queries.policy.examples import example, read_statements
from medgraph.words.say import say, speaking
from tests.queries.policy.asked import audit_of

A_DAY = datetime.date(2020, 12, 31)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("331002001000", "PASS"),
        ("331002599000", "PASS"),  # the last of the quasi-units
        ("331002600000", "FAIL"),
        ("331002000000", "PASS"),  # a county
        ("33100200100", "FAIL"),
    ],
)
def test_the_last_number_of_a_township(code, expected):
    """CD-01: 001 to 599 behind the county."""
    pack = load("codes")
    given = example(pack, pack.rule("CD-01"), "pass")
    given.nodes = {code: {"id": code, "kind": "Area", "name": code}}
    found = audit(given.network, pack, select=["CD-01"])
    assert found.outcome("CD-01").verdict == expected


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"links.MEMBER_OF.complete": "partial"}, "policy_table_open"),
        ({}, "policy_end_open"),
    ],
)
def test_an_open_end_says_why_it_is_open(changed, sentence):
    """GO-06: T1 may be a member that nobody listed; or it is one of a group of unknown type."""
    pack = load("county-2023")
    given = example(pack, pack.rule("GO-06"), "pass")
    if changed:
        given.links = [link for link in given.links if link["source"] != "T1"]
    else:
        del given.nodes["G1"]["type"]
    given.meta |= changed
    found = audit(given.network, pack, select=["GO-06"])
    row = found.finding("county-2023/GO-06/T1")
    assert row["verdict"] == "NO_DATA"
    assert say(sentence) in row["reason"]


SUNK = "@group; meta links.complete=complete; H1 Facility beds=300; H1 SINKS_BEDS M1 beds=90"


@pytest.mark.parametrize(
    ("changed", "sentence", "need"),
    [
        ("", "recipient is not stated", "links.SINKS_BEDS.recipient"),
        (
            " recipient=primary_care; H1 SINKS_BEDS M1 recipient=primary_care beds=50",
            "beds is stated twice",
            "beds",
        ),
        ("0 recipient=primary_care", "greater than its whole: a contradiction (900 > 300)", "beds"),
    ],
)
def test_a_sum_says_what_leaves_it_open(changed, sentence, need):
    """UG-06: a condition nobody stated, two numbers for one thing, more than there is."""
    with speaking("en"):
        found = audit_of("urban-2023", "UG-06", SUNK + changed)
        row = found.finding("urban-2023/UG-06/G1")
        needs = [one["what"] for one in found.to_dict()["findings"][0]["needs"]]
    assert row["verdict"] == "NO_DATA"
    assert sentence in row["reason"]
    assert any(one.endswith(need) for one in needs)


def test_who_may_not_be_asked_says_what_would_fail():
    """GO-06: a facility without a type that is in no group."""
    text = "@county; X9 Facility area=331002101000; meta links.complete=complete"
    with speaking("en"):
        found = audit_of("county-2023", "GO-06", text).finding("county-2023/GO-06/X9")
    assert found["verdict"] == "NO_DATA"
    assert "not declared complete" not in found["reason"]


WAYS_UP = "@group; meta links.REFERS_UP_TO.complete=complete"


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        # a link of a closed facility closes no circle
        (
            "X Facility status=closed; M1 REFERS_UP_TO X; X REFERS_UP_TO M1; M1 REFERS_UP_TO H1",
            "PASS",
        ),
        # one that may be at work may
        (
            "X Facility status=planned; M1 REFERS_UP_TO X; X REFERS_UP_TO M1; M1 REFERS_UP_TO H1",
            "NO_DATA",
        ),
        ("X Facility status=planned; M1 REFERS_UP_TO X", "NO_DATA"),
        ("X Facility status=closed; M1 REFERS_UP_TO X", "FAIL"),
        # whoever leads an alliance, or what was a group, leads no group
        (
            "X Facility type=general_hospital; A1 Group type=specialty_alliance; X LEADS A1; M1 REFERS_UP_TO X",
            "FAIL",
        ),
        (
            "X Facility type=general_hospital; G9 Group type=urban_medical_group status=closed; X LEADS G9; M1 REFERS_UP_TO X",
            "FAIL",
        ),
    ],
)
def test_who_leads_and_who_is_at_work_is_as_everywhere(ways, expected):
    """TZ-14: no circle, and every way ends at the lead of a group or a regional centre."""
    pack = load("taizhou-2023")
    given = read_statements(f"{WAYS_UP}; {ways}", pack.fixtures)
    found = audit(given.network, pack, select=["TZ-14"])
    assert found.outcome("TZ-14").verdict == expected


@pytest.mark.parametrize(
    ("pack", "rule", "network", "expected"),
    [
        # no alliance at all, and the groups are all listed: three specialties are missing
        ("taizhou-2023", "TZ-18", "@group", {"all": "FAIL"}),
        ("taizhou-2023", "TZ-18", "@group; meta groups.complete=partial", {"all": "NO_DATA"}),
        # a task without a post; of no county anybody knows
        (
            "shijiazhuang-2022",
            "SJ-05",
            "任务1.task.department = 县卫健局; 任务1.task.post = 无; 任务1.task.deadline = 2022-12-31",
            {"任务1": "FAIL", "all": "NO_DATA"},
        ),
        # no team at all, and G1 has none stationed in it
        (
            "taizhou-2023",
            "TZ-15",
            "@group; meta teams.complete=complete; meta links.STATIONED_IN.complete=complete",
            {"all": "FAIL"},
        ),
    ],
)
def test_a_part_that_asks_nobody_takes_no_failure_away(pack, rule, network, expected):
    """What one part of a rule fails stays failed where another has nobody to ask."""
    pack = load(pack)
    given = read_statements(network, pack.fixtures)
    found = audit(given.network, pack, select=[rule], ledger=given.ledger)
    assert dict(found.findings[["subject", "verdict"]].to_numpy().tolist()) == expected
    assert found.outcome(rule).verdict == min(expected.values())


def test_a_posting_keeps_its_record_where_another_link_has_ended():
    """GO-02: the rows of the day's links are not those of all links once one of them is over."""
    pack = load("county-2023")
    given = example(pack, pack.rule("GO-02"), "pass")
    before = audit(given.network, pack, select=["GO-02"])
    over = {"source": "T1", "relation": "REFERS_UP_TO", "target": "H1", "valid_to": A_DAY}
    given.links = [over, *given.links]
    after = audit(given.network, pack, select=["GO-02"])
    for finding in before.findings["id"]:
        records = [list(found.evidence(finding)["relation"]) for found in (before, after)]
        assert records[0] == records[1]
        assert "DISPATCHES" in records[0]


MILESTONES = "K0 Committee admin_level=municipal milestones=2023-12-31|2024-12-31|{last} phases=2023-02..2023-06|2023-07..2025-01|2025-02..2025-12"


@pytest.mark.parametrize(
    ("pack", "rule", "subject", "network", "expected"),
    [
        ("taizhou-2023", "TZ-34", "K0", MILESTONES.format(last="2025-12-31"), "PASS"),
        ("taizhou-2023", "TZ-34", "K0", MILESTONES.format(last="2026-12-31"), "FAIL"),
        (
            "xinjiang-2022",
            "XJ-02",
            "654025000000",
            "@zone; @bonus; 654025000000.bonus.recorded@2023 = 90",
            "FAIL",
        ),
    ],
)
def test_what_is_in_order_and_yet_not_what_is_asked_fails(pack, rule, subject, network, expected):
    """Days in order that are other days; less than the events give."""
    assert audit_of(pack, rule, network).finding(f"{pack}/{rule}/{subject}")["verdict"] == expected


def test_a_circle_and_a_dead_end_are_told_apart():
    """TZ-14: M1 and M2 refer up to one another; M3 refers up to M4, which goes nowhere."""
    found = audit_of(
        "taizhou-2023",
        "TZ-14",
        "@group; M3,M4 Facility type=township_health_centre; M3,M4 MEMBER_OF G1; M1 REFERS_UP_TO M2"
        "; M2 REFERS_UP_TO M1; M3 REFERS_UP_TO M4; meta links.REFERS_UP_TO.complete=complete",
    )
    reasons = found.evidence("taizhou-2023/TZ-14/all").set_index("element")["reason"]
    assert reasons[["M1", "M2"]].tolist() == [say("policy_circle")] * 2
    assert reasons["M4"] == say("policy_dead_end")
    assert reasons["M3"] not in (say("policy_circle"), say("policy_dead_end"))
