"""Sentences of Taizhou's plan on small networks: each once gave a verdict that the plan does not bear."""

from __future__ import annotations

import pytest

from medgraph.loaders import samples
from medgraph.queries.policy import audit, load
from tests.queries.policy.asked import audit_of, verdicts

PACKS = {name: load(name) for name in ("taizhou-2023", "urban-2023")}
CDC_TEAM = "C{n} Facility type=cdc admin_level=municipal; C{n} LEADS T{n}"
TEAM = (
    "T{n} Team type=public_health; "
    + CDC_TEAM
    + "; D{n} Facility type=cdc admin_level=county; I{n} Facility type=health_inspection"
    + "; W{n} Facility type=mch_institution; D{n},I{n},W{n} MEMBER_OF T{n}; T{n} STATIONED_IN G{n}"
)
CENTRES = "S{n} SharedCentre type=laboratory; H{n} HOSTS_CENTRE S{n}"
SUNK = "H1 Facility outpatient_slots=300 beds=100; H1 SINKS_BEDS M1 beds=25"


def verdict(rule, text, subject="*"):
    """The verdict of a rule on statements, of one subject or of the rule itself."""
    pack = "taizhou-2023" if rule.startswith("TZ") else "urban-2023"
    return verdicts(pack, rule, text)["rule" if subject == "*" else subject]


@pytest.mark.parametrize(
    ("rule", "text", "subject", "allowed"),
    [
        # a station whose owner nobody states may be the government's
        ("TZ-11", "@group; V1 Facility type=village_clinic", "V1", "NO_DATA"),
        # a way up that ends at a CDC ends nowhere
        (
            "TZ-14",
            "@group; C1 Facility type=cdc; M1 REFERS_UP_TO C1; meta links.REFERS_UP_TO.complete=complete",
            "*",
            "FAIL",
        ),
        # one team per group serves every group as well as one team for all
        (
            "TZ-15",
            f"@group; @second; {TEAM.format(n=1)}; {TEAM.format(n=2)}",
            "*",
            "PASS",
        ),
        # an alliance that is only its lead has no members
        (
            "TZ-18",
            "@group; @alliance; A4 Group type=specialty_alliance specialty=tcm; L4 Facility; L4 LEADS A4"
            "; meta links.MEMBER_OF.complete=complete",
            "A4",
            "FAIL",
        ),
        # one day is not the long term, nor does it rule out that the post goes on
        (
            "TZ-25",
            "@group; H1 DISPATCHES M1,M2 title=attending valid_from=2024-12-31 valid_to=2024-12-31",
            "G1",
            "NO_DATA",
        ),
        # slots sunk to the lead itself, or more than there are
        (
            "TZ-27",
            f"@group; {SUNK}; H1 SINKS_SLOTS H1 slots=100; meta links.SINKS_SLOTS.complete=complete",
            "G1",
            "FAIL",
        ),
        ("TZ-27", f"@group; {SUNK}; H1 SINKS_SLOTS M1 slots=500", "G1", "NO_DATA"),
        # what goes to a tertiary member is not sunk; to one of no stated level it may be
        (
            "TZ-27",
            f"@group; {SUNK}; M3 Facility type=tcm_hospital level=3A; M3 MEMBER_OF G1"
            "; H1 SINKS_SLOTS M3 slots=100; meta links.SINKS_SLOTS.complete=complete",
            "G1",
            "FAIL",
        ),
        (
            "TZ-27",
            f"@group; {SUNK}; M3 Facility type=tcm_hospital; M3 MEMBER_OF G1"
            "; H1 SINKS_SLOTS M3 slots=100; meta links.SINKS_SLOTS.complete=complete",
            "G1",
            "NO_DATA",
        ),
        # ten years ago says nothing of this year
        (
            "TZ-28",
            "@group; H1.common_share@2015 = 0.40; H1.common_share@2016 = 0.35"
            "; H1.surgery_l1l2@2015 = 900; H1.surgery_l1l2@2016 = 800",
            "G1",
            "NO_DATA",
        ),
        # a catalogue of the lead alone is not that of the group
        ("TZ-31", "@group; H1.drug_catalogue = C1", "G1", "NO_DATA"),
        # lists and answers as people write them
        (
            "TZ-32",
            "@group; G1.insurance.total_budget = 是; G1.insurance.keep_surplus = 有"
            "; G1.insurance.share_overrun = √; G1.insurance.covers = M1、M2",
            "G1",
            "PASS",
        ),
        (
            "TZ-33",
            "@group; G1.charter = 已制定; M1.assistance_list = 有; M2.assistance_list = 不详",
            "G1",
            "NO_DATA",
        ),
        # a district hospital or one of TCM may lead by the national plan, not by Taizhou's
        (
            "TZ-35",
            "@group; H1 Facility type=tcm_hospital level=3A admin_level=municipal",
            "G1",
            "FAIL",
        ),
        (
            "UG-03",
            "@group; H1 Facility type=tcm_hospital level=3A admin_level=municipal",
            "G1",
            "PASS",
        ),
        # members that use the centre of another group
        (
            "UG-07",
            f"@group; @second; {CENTRES.format(n=1)}; {CENTRES.format(n=2)}; M1,M2 USES_CENTRE S2"
            "; meta links.USES_CENTRE.complete=complete; meta links.HOSTS_CENTRE.complete=complete",
            "G1",
            "FAIL",
        ),
        # a plan that is not yet carried out, and one that was too late
        ("TZ-36", "@group; G1.formed_by = 2023-12-31", "G1", "NO_DATA"),
        ("TZ-36", "@group; G1.formed_by = 2024-06-30", "G1", "FAIL"),
    ],
)
def test_a_sentence_gives_what_the_plan_says(rule, text, subject, allowed):
    """Each verdict worked out from the sentence before the rule was run."""
    assert verdict(rule, text, subject) == allowed


def test_a_district_without_its_committee_does_not_pass():
    """TZ-17: without the committee of 路桥区 the districts are no longer all covered."""
    net = samples.taizhou()
    assert audit(net, "taizhou-2023", select=["TZ-17"]).outcome("TZ-17").verdict == "PASS"
    fewer = audit(net.without("K-路桥区"), "taizhou-2023", select=["TZ-17"])
    assert fewer.outcome("TZ-17").verdict != "PASS"


def test_our_own_readings_are_graded_as_such():
    """What the plan does not say itself is `derived`."""
    grades = {rule.id: rule.grade for rule in PACKS["taizhou-2023"].rules}
    ours = {"TZ-04", "TZ-05", "TZ-06", "TZ-07", "TZ-08", "TZ-13", "TZ-14", "TZ-20"}
    assert {rule for rule, grade in grades.items() if grade == "derived"} == ours
    assert set(grades.values()) == {"seed", "derived"}


@pytest.mark.parametrize(
    "phases",
    [
        "1999-02..1999-06|1999-07..2001-01|2001-02..2001-12",
        "2023-02..2023-03|2023-04..2024-01|2024-02..2024-12",
    ],
)
def test_phases_of_other_months_than_the_plan_states_fail(phases):
    """TZ-34: three phases without a gap are not enough, the plan says from which month to which."""
    text = f"K0 Committee admin_level=municipal milestones=2023-12-31|2024-12-31|2025-12-31 phases={phases}"
    assert verdicts("taizhou-2023", "TZ-34", text)["K0"] == "FAIL"


def test_a_reason_names_the_attribute_that_is_not_understood():
    """TZ-35: type and administration of the lead are stated; nobody understands its level."""
    text = "@group; H1 Facility type=general_hospital level=3甲级 admin_level=municipal"
    found = audit_of("taizhou-2023", "TZ-35", text).findings
    assert found["verdict"].tolist() == ["NO_DATA"]
    assert found["need"].tolist() == ["facilities.level"]
    assert "3甲级" in found["reason"].item()
