"""A placeholder ("the health centres of the area") stands for any number that nobody has named.

It is asked by no rule that does not say so, and may be what an obligation looks for.
"""

from __future__ import annotations

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
