"""A placeholder ("the health centres of the area") stands for any number that nobody has named.

It is asked by no rule that does not say so, and may be what an obligation looks for.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from medgraph.graphmodel.states import UNKNOWN
from tests.queries.policy.asked import audit_of, verdicts
from tests.queries.policy.facts.test_elements import elements_of

GROUP = """G1 Group type=urban_medical_group; H1 Facility type=general_hospital; H1 LEADS G1
M1 Facility type=community_health_centre; M1 MEMBER_OF G1
meta links.MEMBER_OF.complete=complete; meta links.LEADS.complete=complete
meta links.SERVES.complete=complete; meta areas.complete=complete; meta groups.complete=complete
"""
CLASS = "C1 Facility is_class=yes"
ALLIANCES = """A1 Group type=specialty_alliance specialty=tcm; L1 Facility; L1 LEADS A1
A2 Group type=specialty_alliance specialty=mch; L2 Facility; L2 LEADS A2; M1 MEMBER_OF A2
A3 Group type=specialty_alliance specialty=psychiatry; L3 Facility; L3 LEADS A3; M1 MEMBER_OF A3
C1 Facility is_class=yes; C1 MEMBER_OF A1
"""
CENTRES = """S1 SharedCentre type=laboratory; S2 SharedCentre type=imaging; S3 SharedCentre type=ecg
S4 SharedCentre type=pathology; S5 SharedCentre type=sterile_supply
H1 HOSTS_CENTRE S1,S2,S3,S4; meta links.HOSTS_CENTRE.complete=complete
meta links.USES_CENTRE.complete=complete; M1 USES_CENTRE S1,S2,S3,S4,S5
"""
TOWN = "331002101000 Area level=township; C1 SERVES 331002101000; "
REHABILITATION = f"{CLASS} type=rehabilitation_hospital; C1 MEMBER_OF G1"
STATIONS = f"{CLASS} type=community_health_station; C1 MEMBER_OF G1"


@pytest.mark.parametrize(
    ("pack", "rule", "subject", "text", "expected"),
    [
        ("urban-2023", "UG-04", "G1", REHABILITATION, "NO_DATA"),
        ("urban-2023", "UG-04", "G1", f"{CLASS}; C1 MEMBER_OF G1", "NO_DATA"),
        ("urban-2023", "UG-04", "G1", STATIONS, "FAIL"),
        (
            "urban-2023",
            "UG-04",
            "G1",
            f"{CLASS} type=general_hospital; C1 MEMBER_OF G1; meta facilities.level.complete=complete",
            "NO_DATA",
        ),
        ("taizhou-2023", "TZ-04", "all", f"{TOWN}{CLASS}; C1 MEMBER_OF G1", "NO_DATA"),
        ("taizhou-2023", "TZ-04", "all", TOWN + CLASS, "FAIL"),
        ("taizhou-2023", "TZ-06", "all", f"{TOWN}{CLASS}; C1 MEMBER_OF G1", "PASS"),
        ("accessibility", "AC-01", "all", f"{TOWN}{CLASS} type=township_health_centre", "NO_DATA"),
        ("accessibility", "AC-01", "all", f"{TOWN}{CLASS} type=village_clinic", "FAIL"),
        ("taizhou-2023", "TZ-18", "A1", ALLIANCES, "NO_DATA"),
        ("taizhou-2023", "TZ-18", "A2", ALLIANCES, "PASS"),
        ("urban-2023", "UG-07", "G1", f"{CENTRES}{STATIONS}; C1 HOSTS_CENTRE S5", "NO_DATA"),
        ("urban-2023", "UG-07", "G1", CENTRES + STATIONS, "FAIL"),
        ("taizhou-2023", "TZ-08", "G1", f"{CLASS} type=tcm_hospital; C1 LEADS G1", "NO_DATA"),
        (
            "taizhou-2023",
            "TZ-02",
            "G1",
            f"{CLASS} type=township_health_centre; C1 MEMBER_OF G1; G1.declared.township_health_centre = 12",
            "NO_DATA",
        ),
        (
            "taizhou-2023",
            "TZ-02",
            "G1",
            f"{STATIONS}; G1.declared.community_health_centre = 2",
            "FAIL",
        ),
    ],
)
def test_somebody_of_a_class_may_be_what_is_looked_for(pack, rule, subject, text, expected):
    """Where no member of the class can be, the verdict stays."""
    assert verdicts(pack, rule, f"{GROUP}; {text}")[subject] == expected


def test_nobody_asks_a_class():
    """TZ-33: every member has a list, and the class is none of them."""
    charter = "; G1.charter = yes; M1.assistance_list = yes"
    assert verdicts("taizhou-2023", "TZ-33", f"{GROUP}; {STATIONS}{charter}")["G1"] == "PASS"


@pytest.mark.parametrize("of", ["members", "all"])
def test_a_class_is_an_element_only_of_what_is_counted(of):
    part = {"of": of, "where": {"kind": "Facility", "type": ["rehabilitation_hospital"]}}
    asked = {"kind": "Group"}
    assert elements_of(f"{GROUP}; {REHABILITATION}", part, asked) == {}
    counted = part | {"at_least": 2}
    assert elements_of(f"{GROUP}; {REHABILITATION}", counted, asked) == {"C1": UNKNOWN}


def test_what_would_decide_is_whether_it_is_a_class():
    found = audit_of("urban-2023", "UG-04", f"{GROUP}; {REHABILITATION}")
    assert found.finding("urban-2023/UG-04/G1")["need"] == "facilities.is_class"
    evidence = found.evidence("urban-2023/UG-04/G1").set_index("element")
    assert evidence.loc["C1", "state"] == "open"


def test_a_class_of_which_none_can_hold_is_no_evidence():
    found = audit_of("urban-2023", "UG-04", f"{GROUP}; {STATIONS}")
    assert found.evidence("urban-2023/UG-04/G1")["element"].tolist() == ["M1"]


BEDS = "@county; H1.beds = 600; B1.beds = 0; C1.beds = 30; meta facilities.complete=complete"
STAFF = "@county; H1.nurses = 240; H1.physicians = 200; H1.staff = 800; H1.beds = 500; meta facilities.complete=complete"
WHOLE = "meta facilities.complete=complete"
CLINICS = "V1 Facility type=village_clinic area=331002101201 has_ecg=yes; 331002000000.remote_diagnoses = 5"


def _bounds(pack: str, rule: str, text: str) -> list[tuple[object, object]]:
    """What each part of a rule came to for the county: the least and the most; None: without end."""
    outcome = audit_of(pack, rule, text).outcome(rule)
    values = [part.tested.values[0] for part in outcome.parts]
    return [(value.low, value.high) for value in values]


@pytest.mark.parametrize(
    ("pack", "rule", "text", "where"),
    [
        ("accessibility", "PN-01", BEDS, "type=community_health_centre area=331002000000"),
        ("accessibility", "PN-01", BEDS, "type=community_health_centre area=331002000000 beds=5"),
        ("accessibility", "PN-01", BEDS, "area=331002000000"),
        ("accessibility", "PN-01", BEDS, "type=general_hospital"),
        ("accessibility", "PN-05", STAFF, "type=general_hospital area=331002000000"),
        (
            "monitoring-2024",
            "NM-05",
            f"@county; {CLINICS}; {WHOLE}",
            "type=village_clinic area=331002101000",
        ),
    ],
)
def test_a_class_may_add_to_a_sum_and_to_a_count(pack, rule, text, where):
    """What is stated is the least, and there is no most: nobody knows how many it stands for."""
    county = {"331002000000": "NO_DATA", "rule": "NO_DATA"}
    with_class = f"{text}; C9 Facility is_class=yes {where}"
    assert verdicts(pack, rule, text) == dict.fromkeys(county, "INFO")
    assert verdicts(pack, rule, with_class) == county
    for (low, high), (low_now, high_now) in zip(
        _bounds(pack, rule, text), _bounds(pack, rule, with_class), strict=True
    ):
        assert low_now <= low
        assert high_now is None or high_now >= high
    assert "facilities.is_class" in audit_of(pack, rule, with_class).findings.loc[0, "need"]


@pytest.mark.parametrize("where", ["type=village_clinic area=331002000000", "area=330106000000"])
def test_a_class_of_others_adds_nothing(where):
    """Village clinics have no beds that are planned, and another county has its own."""
    with_class = f"{BEDS}; C9 Facility is_class=yes {where}"
    assert _bounds("accessibility", "PN-01", with_class) == _bounds("accessibility", "PN-01", BEDS)
    assert verdicts("accessibility", "PN-01", with_class)["rule"] == "INFO"


POSTED = "@county; H1 DISPATCHES T1 title=attending person=D-1 valid_from=2024-03-01"
SECOND = "title=attending person=D-2 valid_from=2024-03-01; meta links.DISPATCHES.complete=complete"


@pytest.mark.parametrize(
    ("receiver", "low", "high", "need", "why"),
    [
        ("type=township_health_centre area=331002101000", "1", "1", "", "有派驻"),
        ("type=township_health_centre", "0.5", "1", "facilities.area", "所在区划 未填"),
        ("area=331002000000", "0.5", "1", "facilities.type", "类型 未填"),
        ("is_class=yes area=331002000000", "0.5", "1", "facilities.is_class", "没有点名"),
        ("type=general_hospital area=331002000000", "0.5", "0.5", "", "有派驻"),
    ],
)
def test_who_is_posted_to_a_class_or_to_nobody_knows_where_may_count(
    receiver, low, high, need, why
):
    """NM-04, per 10,000 of 20,000 residents: the second counts where its receiver surely is a centre of the county."""
    text = f"{POSTED}; R9 Facility {receiver}; H1 DISPATCHES R9 {SECOND}"
    assert _bounds("monitoring-2024", "NM-04", text) == [(Fraction(low), Fraction(high))]
    finding = audit_of("monitoring-2024", "NM-04", text).findings.loc[0]
    assert (finding["verdict"], finding["need"]) == ("NO_DATA" if need else "INFO", need)
    assert why in finding["reason"]
