"""Of whom all links are known: a lead that is known does not say that it has no second."""

from __future__ import annotations

import pytest

from tests.queries.policy.asked import verdicts

GROUP = """G1 Group type=urban_medical_group; H1 Facility type=general_hospital admin_level=municipal
M1 Facility type=community_health_centre; H1 LEADS G1; M1 MEMBER_OF G1
meta links.MEMBER_OF.complete=complete; meta groups.complete=complete"""
CLINIC = """654025000000 Area level=county zone=yes; T1 Team type=other joint_clinic=yes
H1 Facility type=general_hospital area=654025000000; C1 Facility type=cdc
H1 LEADS T1; H1,C1 MEMBER_OF T1; meta links.MEMBER_OF.complete=complete"""
H9 = "; H9 Facility type=tcm_hospital admin_level=municipal"
LEADS = "; meta links.LEADS.complete=complete"


@pytest.mark.parametrize(
    ("pack", "rule", "text", "subject", "whole"),
    [
        ("taizhou-2023", "TZ-08", GROUP, "G1", "PASS"),
        ("taizhou-2023", "TZ-18", "@alliance", "A1", "PASS"),
        ("taizhou-2023", "TZ-09", GROUP + H9, "H9", "FAIL"),
        ("xinjiang-2022", "XJ-16", CLINIC, "T1", "FAIL"),
    ],
)
def test_an_open_list_of_leads_may_hold_another(pack, rule, text, subject, whole):
    """Who counts leads, or asks who leads, needs the list of leads; declared, it decides."""
    assert verdicts(pack, rule, text)[subject] == "NO_DATA"
    assert verdicts(pack, rule, text + LEADS)[subject] == whole


UNITS = GROUP + "; H1.drug_catalogue = A; M1.drug_catalogue = A"


@pytest.mark.parametrize(("status", "expected"), [("open", "PASS"), ("closed", "NO_DATA")])
def test_the_lead_of_a_group_is_one_where_it_is_at_work(status, expected):
    """TZ-31: the units of a group are its members and its lead, unless that one has closed."""
    text = UNITS + f"; H1 Facility status={status}"
    assert verdicts("taizhou-2023", "TZ-31", text)["G1"] == expected


CHARTERS = "; meta groups.charter.complete=complete"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", "FAIL"),
        ("; G1 Group charter=待定", "NO_DATA"),
        ("; G1.charter = 不详", "NO_DATA"),
        ("; G1.charter@2024 = 待定", "NO_DATA"),
        ("; G1.charter = 无", "FAIL"),
        ("; G1.charter = no", "FAIL"),
        ("; G1.charter = yes", "PASS"),
    ],
)
def test_what_is_said_to_be_unknown_is_so_in_a_complete_column_too(said, expected):
    """UG-11: an empty cell of a complete column says that there is none; 待定 does not."""
    assert verdicts("urban-2023", "UG-11", GROUP + CHARTERS + said)["G1"] == expected
