"""PASS and FAIL hold however the missing facts turn out, and nothing is open that they decide.

An enumerator of its own (`worlds.py`) writes out every completion of small networks and audits
each: at least one space of worlds for each predicate.

What the engine does not use, so that the spaces leave it out: that the list of possible ends is
closed where that of the links is open, and that somebody who is not listed can have no links where
the list of links is closed.
"""

from __future__ import annotations

import random

import pytest

from medgraph.queries.policy import load
from medgraph.queries.policy.packs.reading import read_pack
from tests.queries.policy.worlds import Space

OWN = """
[pack]
id = "own"
title = ["自拟", "of our own"]
document = "d"
number = "1"
issuer = "i"
date = "2024"
source = "s"
[fixtures]
group = "G1 Group type=urban_medical_group; H1 Facility type=general_hospital; H1 LEADS G1; M1 Facility type=community_health_centre; M1 MEMBER_OF G1"
"""
RULE = """
[[rules]]
id = "{id}"
kind = "requirement"
text = ["要求", "asked"]
why = ["原因", "why"]
fix = ["办法", "fix"]
clause = "c"
grade = "secondary"
{test}
[rules.examples]
pass = "@group"
fail = "@group"
no_data = "@group"
"""
GROUPS = 'subjects = { kind = "Group", type = ["urban_medical_group"] }'
OWN_RULES = {
    "OW-1": f"""{GROUPS}
predicate = "covers"
path = ["<LEADS|MEMBER_OF", ">HOSTS_CENTRE"]
attribute = "type"
values = ["laboratory", "imaging"]""",
    "OW-2": f"""{GROUPS}
predicate = "exists"
of = "members"
without = "lead"
at_least = 2""",
    "OW-3": """subjects = "all"
predicate = "value"
of = "all"
where = { kind = "Facility", type = ["@primary"] }
test = { level = ["1"] }
at_most = 1""",
    "OW-4": f"""{GROUPS}
predicate = "ratio"
numerator = {{ of = "members", where = {{ type = ["@primary"] }}, count = {{ level = ["1"] }} }}
denominator = {{ of = "members", where = {{ type = ["@primary"] }}, count = {{}} }}
limits = {{ at_least = "1/2" }}
unit = "facilities\"""",
    "OW-5": """subjects = "all"
predicate = "value"
of = "all"
where = { kind = "Facility", type = ["@primary"] }
test = { level = ["1"] }
exactly = 1""",
}


def _own() -> str:
    return OWN + "".join(RULE.format(id=id, test=test) for id, test in OWN_RULES.items())


def space(pack: str, rule: str, base: str, **parts) -> Space:
    chosen = read_pack(_own(), "own.toml") if pack == "own" else load(pack)
    return Space(chosen, chosen.rule(rule), base, **parts)


MEMBERS, LEADS = "links.MEMBER_OF", "links.LEADS"
THREE = "G1 Group type=urban_medical_group; H1 Facility type=general_hospital; H1 LEADS G1; M1 Facility type=community_health_centre; M2 Facility type=township_health_centre"
COUNTY = "331002000000 Area level=county; 331002101000 Area level=township parent=331002000000; G1 Group type=county_medical_community; H1 Facility type=general_hospital area=331002000000; H1 LEADS G1; T1 Facility type=township_health_centre area=331002101000"
OTHER_COUNTY = (
    "; G4 Group type=county_medical_community; H4 Facility type=general_hospital; H4 LEADS G4"
)
MORE_USERS = ("T1 USES_CENTRE S1", "T2 USES_CENTRE S1")
ELEVEN = "331002000000 Area level=county; " + "; ".join(
    f"331002000000.judgement.{dimension}.{name} = {grade}"
    for dimension, name, grade in (
        *(("责任", "医共体决策权限", "A"), ("责任", "二", "A"), ("管理", "二", "A")),
        *(("管理", "三", "B"), ("服务", "一", "A"), ("服务", "二", "A"), ("服务", "三", "B")),
        *(("利益", "一", "A"), ("利益", "二", "A")),
    )
)

SPACES = {
    "linked, exactly one": lambda: space(
        "county-2023",
        "GO-06",
        COUNTY + "; G2 Group; H2 Facility type=general_hospital; H2 LEADS G2" + OTHER_COUNTY,
        cells={
            ("G2", "type"): ("county_medical_community", "urban_medical_group"),
            ("T1", "type"): ("township_health_centre", "village_clinic"),
        },
        rows=("T1 MEMBER_OF G1", "T1 MEMBER_OF G2"),
        spare=("T1 MEMBER_OF G4",),
        lists=(MEMBERS,),
    ),
    "linked, a share": lambda: space(
        "key-work-2025",
        "KW-01",
        COUNTY
        + "; day 2026-01-01; S1 SharedCentre; T2 Facility type=township_health_centre; S2 SharedCentre type=imaging",
        cells={("S1", "type"): ("imaging", "ecg")},
        rows=("T1 USES_CENTRE S1", "T2 USES_CENTRE S1"),
        spare=(
            "T3 Facility type=township_health_centre",
            *("T1 USES_CENTRE S2; T2 USES_CENTRE S2", *MORE_USERS),
        ),
        lists=("links.USES_CENTRE", "links.USES_CENTRE+facilities"),
    ),
    "linked, one group an area": lambda: space(
        "urban-2023",
        "UG-02",
        THREE
        + "; 331002001000 Area level=township; G2 Group; H2 Facility; H2 LEADS G2; M3 Facility"
        + "; G4 Group type=urban_medical_group; H4 Facility; H4 LEADS G4; M4 Facility; M5 Facility"
        + "; M4 SERVES 331002001000; M5 MEMBER_OF G4",
        cells={("G2", "type"): ("urban_medical_group", "county_medical_community")},
        rows=("M1 MEMBER_OF G1; M1 SERVES 331002001000", "M3 MEMBER_OF G2; M3 SERVES 331002001000"),
        spare=("M4 MEMBER_OF G4", "M5 SERVES 331002001000"),
        lists=(MEMBERS, "links.SERVES"),
    ),
    "value, of the lead": lambda: space(
        "urban-2023",
        "UG-03",
        THREE,
        cells={
            ("H1", "level"): ("2A", "3A"),
            ("H1", "admin_level"): ("municipal", "provincial"),
            ("H1", "type"): ("general_hospital", "maternity_hospital"),
        },
    ),
    "value, at least one": lambda: space(
        "urban-2023",
        "UG-04",
        THREE + "; R1 Facility; R2 Facility type=rehabilitation_hospital",
        cells={
            ("R1", "type"): ("rehabilitation_hospital", "general_hospital", "village_clinic"),
            ("R1", "level"): ("1", "2A"),
        },
        rows=("R1 MEMBER_OF G1",),
        spare=("R2 MEMBER_OF G1",),
        lists=(MEMBERS,),
    ),
    "value, at most one": lambda: space(
        "own",
        "OW-3",
        "M1 Facility; M2 Facility level=1; M3 Facility level=1",
        cells={
            ("M1", "type"): ("community_health_centre", "general_hospital"),
            ("M1", "level"): ("1", "2"),
            ("M2", "type"): ("community_health_centre", "general_hospital"),
        },
        rows=("M3 Facility level=1 type=township_health_centre",),
        spare=(
            "M4 Facility type=township_health_centre level=1",
            "M5 Facility type=township_health_centre level=1",
        ),
        lists=("facilities",),
    ),
    "value, exactly one": lambda: space(
        "own",
        "OW-5",
        "M1 Facility; M2 Facility type=community_health_centre",
        cells={
            ("M1", "type"): ("community_health_centre", "general_hospital"),
            ("M1", "level"): ("1", "2"),
            ("M2", "level"): ("1", "2"),
        },
        spare=(
            "M4 Facility type=township_health_centre level=1",
            "M5 Facility type=township_health_centre level=1",
        ),
        lists=("facilities",),
    ),
    "flags": lambda: space(
        "monitoring-2024",
        "NM-01",
        COUNTY
        + "; T1 MEMBER_OF G1; G1 Group type=county_medical_community hr_unified=yes pay_balanced=yes lab_unified=yes",
        cells={
            ("G1", "accounting"): ("single_account", "separate"),
            ("G1", "drugs_unified"): ("yes", "no"),
            ("G1", "drug_list_linked"): ("是", "否"),
        },
    ),
    "contains": lambda: space(
        "shijiazhuang-2022",
        "SJ-01",
        COUNTY,
        cells={("G1", "unified"): ("人|财|物", "人|财", "人财物")},
    ),
    "same": lambda: space(
        "taizhou-2023",
        "TZ-31",
        THREE
        + "; M1 MEMBER_OF G1; H1 Facility type=general_hospital drug_catalogue=C1; M3 Facility drug_catalogue=C3",
        cells={("M1", "drug_catalogue"): ("C1", "C2"), ("M2", "drug_catalogue"): ("C1", "C2")},
        rows=("M2 MEMBER_OF G1",),
        spare=("M3 MEMBER_OF G1",),
        lists=(MEMBERS,),
    ),
    "covers": lambda: space(
        "own",
        "OW-1",
        THREE
        + "; M1 MEMBER_OF G1; S1 SharedCentre; S2 SharedCentre type=imaging; S5 SharedCentre type=laboratory"
        + "; S6 SharedCentre type=imaging; M5 Facility; M5 HOSTS_CENTRE S5,S6",
        cells={("S1", "type"): ("laboratory", "imaging", "ecg")},
        rows=("H1 HOSTS_CENTRE S1", "M2 HOSTS_CENTRE S2", "M2 MEMBER_OF G1"),
        spare=("H1 HOSTS_CENTRE S5,S6", "M5 MEMBER_OF G1"),
        lists=("links.HOSTS_CENTRE", MEMBERS),
    ),
    "exists": lambda: space(
        "own",
        "OW-2",
        THREE + "; M3 Facility; M4 Facility",
        rows=("M1 MEMBER_OF G1", "M2 MEMBER_OF G1"),
        spare=("M3 MEMBER_OF G1", "M4 MEMBER_OF G1"),
        lists=(MEMBERS,),
    ),
    "ratio, a sum over links": lambda: space(
        "urban-2023",
        "UG-05",
        THREE
        + "; M1 MEMBER_OF G1; M2 MEMBER_OF G1; H1 SINKS_SLOTS M1 recipient=primary_care slots=35",
        cells={
            ("H1", "outpatient_slots"): (0, 90, 10_000),
            ("H1 SINKS_SLOTS M1", "slots"): (0, 35, 4_000),
            ("H1 SINKS_SLOTS M1", "recipient"): ("primary_care", "other"),
        },
        rows=("H1 SINKS_SLOTS M2 slots=10 recipient=primary_care",),
        spare=(
            "H1 SINKS_SLOTS M2 slots=30 recipient=primary_care id=s1",
            "H1 SINKS_SLOTS M2 slots=4000 recipient=primary_care id=s2",
        ),
        lists=("links.SINKS_SLOTS",),
    ),
    "ratio, a number": lambda: space(
        "henan-2021",
        "HN-01",
        COUNTY,
        cells={("331002000000", "visit_rate"): ("89.9%", "90%", "0.95", "0.1")},
    ),
    "ratio, counts": lambda: space(
        "own",
        "OW-4",
        THREE
        + "; M1 MEMBER_OF G1; M3 Facility type=township_health_centre level=1"
        + "; M4 Facility type=township_health_centre level=2; M5 Facility type=township_health_centre level=2"
        + "; M6 Facility type=township_health_centre level=2; M7 Facility type=township_health_centre level=1",
        cells={
            ("M1", "level"): ("1", "2"),
            ("M2", "level"): ("1", "2"),
            ("M2", "type"): ("township_health_centre", "general_hospital"),
        },
        rows=("M2 MEMBER_OF G1",),
        spare=("M3 MEMBER_OF G1", "M7 MEMBER_OF G1", "M4 MEMBER_OF G1", "M5,M6 MEMBER_OF G1"),
        lists=(MEMBERS,),
    ),
    "posted": lambda: space(
        "sinking",
        "TA-01",
        "G1 Group type=urban_medical_group; H1 Facility type=general_hospital; H1 LEADS G1"
        "; M1 Facility; M1 MEMBER_OF G1; H1 DISPATCHES M1 valid_from=2023-06-01",
        cells={
            ("H1 DISPATCHES M1", "title"): ("attending", "resident"),
            ("M1", "type"): ("community_health_centre", "general_hospital"),
        },
        rows=("H1 DISPATCHES M1 valid_from=2024-03-01 title=attending",),
        spare=("H1 DISPATCHES M1 valid_from=2020-01-01 title=chief",),
        lists=("links.DISPATCHES",),
    ),
    "pairs": lambda: space(
        "urban-2023",
        "UG-08",
        THREE + "; M1 MEMBER_OF G1; H1 RECOGNISES_RESULTS M1",
        cells={("H1 RECOGNISES_RESULTS M1", "service"): ("all", "laboratory")},
        rows=("M2 MEMBER_OF G1", "H1 RECOGNISES_RESULTS M2 service=all"),
        spare=("M1 RECOGNISES_RESULTS M2 service=all", "M1 RECOGNISES_RESULTS H1 service=all"),
        lists=("links.RECOGNISES_RESULTS", MEMBERS),
    ),
    "reaches": lambda: space(
        "urban-2023",
        "UG-09",
        THREE
        + "; M1 MEMBER_OF G1; M5 Facility; H1 TELEMEDICINE M5; M5 TELEMEDICINE M1,M2; M6 Facility",
        rows=("H1 TELEMEDICINE M1", "M2 MEMBER_OF G1", "M2 TELEMEDICINE M1"),
        spare=("M1,M2 TELEMEDICINE H1", "M5 MEMBER_OF G1", "M6 MEMBER_OF G1"),
        lists=("links.TELEMEDICINE", MEMBERS),
    ),
    "dated": lambda: space(
        "urban-2023",
        "UG-12",
        THREE,
        cells={("G1", "formed_on"): ("2023-06-30", "2023-07-01")},
    ),
    "dated, as planned": lambda: space(
        "urban-2023",
        "UG-12",
        THREE,
        cells={
            ("G1", "formed_on"): ("2023-06-30", "2023-07-01"),
            ("G1", "formed_by"): ("2023-06-30", "2023-12-31"),
        },
    ),
    "declared": lambda: space(
        "taizhou-2023",
        "TZ-02",
        THREE
        + "; M1 MEMBER_OF G1; M5 Facility type=community_health_centre; M6 Facility type=community_health_centre",
        cells={
            ("M1", "type"): ("community_health_centre", "township_health_centre"),
            ("G1", "declared.community_health_centre"): ("0", "1", "2"),
        },
        rows=("M3 Facility type=community_health_centre; M3 MEMBER_OF G1",),
        spare=("M5 MEMBER_OF G1", "M6 MEMBER_OF G1"),
        lists=(MEMBERS,),
    ),
    "names": lambda: space(
        "monitoring-2024",
        "NM-02",
        COUNTY
        + "; T2 Facility type=township_health_centre; T1 MEMBER_OF G1; G1 Group type=county_medical_community charter=yes members_decide=yes insurance.signatory=H1; T4 Facility",
        cells={
            ("G1", "insurance.covers"): ("T1", "T1|T2", "T2"),
            ("G1", "leaders_from"): ("H1", "H1|T1"),
        },
        rows=("T2 MEMBER_OF G1",),
        spare=("T4 MEMBER_OF G1",),
        lists=(MEMBERS,),
    ),
    **{
        f"judged, {rule}": lambda rule=rule: space(
            "judgement-2022",
            rule,
            ELEVEN,
            cells={
                ("331002000000", "judgement.责任.三"): ("A", "C"),
                ("331002000000", "judgement.管理.一"): ("A", "C"),
            },
        )
        for rule in ("NJ-01", "NJ-02", "NJ-03", "NJ-05")
    },
    "acyclic": lambda: space(
        "taizhou-2023",
        "TZ-14",
        THREE + "; M1 MEMBER_OF G1; M2 MEMBER_OF G1; G5 Group",
        cells={("M2", "type"): ("township_health_centre", "national_regional_medical_centre")},
        rows=("M1 REFERS_UP_TO M2", "M2 REFERS_UP_TO H1", "M2 REFERS_UP_TO M1"),
        spare=("H1 REFERS_UP_TO M1", "M1 REFERS_UP_TO H1", "M2 REFERS_UP_TO H1", "M1 LEADS G5"),
        lists=("links.REFERS_UP_TO", "links.LEADS+links.REFERS_UP_TO"),
    ),
    "inside": lambda: space(
        "taizhou-2023",
        "TZ-13",
        THREE
        + "; M1 MEMBER_OF G1; G2 Group; H2 Facility; H2 LEADS G2; H8 Facility type=general_hospital",
        cells={
            ("G2", "type"): ("urban_medical_group", "specialty_alliance"),
            ("H2", "type"): ("general_hospital", "national_regional_medical_centre"),
        },
        rows=("M1 REFERS_UP_TO H1", "M1 REFERS_UP_TO H2", "H2 MEMBER_OF G1"),
        spare=("H1 REFERS_UP_TO H8", "H2 MEMBER_OF G1"),
        lists=("links.REFERS_UP_TO", MEMBERS),
    ),
    "trend": lambda: space(
        "taizhou-2023",
        "TZ-28",
        THREE + "; H1 Facility type=general_hospital surgery_l1l2@2023=900 surgery_l1l2@2024=800",
        cells={
            ("H1", "common_share@2023"): ("40%", "0", "90%"),
            ("H1", "common_share@2024"): ("0.35", "95%", "0"),
        },
    ),
    "peers": lambda: space(
        "urban-2023",
        "UG-01",
        THREE + "; G2 Group; H2 Facility; H2 LEADS G2",
        cells={
            ("H1", "area"): ("331002000000", "331003000000", "330102000000"),
            ("H2", "area"): ("331003000000", "330102000000"),
            ("G2", "type"): ("urban_medical_group", "county_medical_community"),
        },
        spare=(
            "G3 Group type=urban_medical_group area=331003000000",
            "G4 Group type=urban_medical_group area=330102000000",
        ),
        lists=("groups",),
    ),
    "ordered": lambda: space(
        "taizhou-2023",
        "TZ-34",
        "K0 Committee admin_level=municipal",
        cells={
            ("K0", "milestones"): (
                "2023-12-31|2024-12-31|2025-12-31",
                "2024-12-31|2023-12-31|2025-12-31",
            ),
            ("K0", "phases"): (
                "2023-02..2023-06|2023-07..2025-01|2025-02..2025-12",
                "2023-02..2023-06|2023-08..2025-01|2025-02..2025-12",
            ),
            ("K0", "admin_level"): ("municipal", "county"),
        },
    ),
    "ranked": lambda: space(
        "xinjiang-2022",
        "XJ-03",
        # 650521 has at least 490 of the first twelve items but item 1; the last two at most 530
        "@six; @ends",
        cells={
            ("650521000000", "score.1@2023"): ("50", "80"),
            ("650521000000", "yellow_card@2023"): ("yes", "no"),
            ("653224000000", "yellow_card@2023"): ("yes", "no"),
        },
    ),
    "coded": lambda: space(
        "codes",
        "CD-07",
        "331002001000 Area level=township; 331002101000 Area level=township; B1 Facility",
        cells={("B1", "ws218"): ("B100", "C100")},
        rows=("B1 SERVES 331002001000",),
        spare=("B1 SERVES 331002101000",),
        lists=("links.SERVES",),
    ),
}
MANY = 8  # so many views of a space are looked at in `make test`

# Where every completion agrees and the verdict is open all the same, by name, and why.
BLUNT = {
    "covers": "each kind is asked by itself: that one untyped centre cannot be two is not used",
    "trend": "that no share falls below none or rises above all is not used",
}
# Where a verdict does not hold in every completion, by name, and why.
UNSOUND = {
    "dated, as planned": "the day that a plan sets stands for the day itself until that is stated (UG-12)",
}


@pytest.mark.parametrize("name", SPACES)
def test_verdicts_hold_in_every_completion(name):
    """A choice of the views of each space, always the same."""
    worlds = SPACES[name]()
    views = list(worlds.views())
    _look(name, worlds, random.Random(1).sample(views, min(MANY, len(views))))


@pytest.mark.slow
@pytest.mark.parametrize("name", SPACES)
def test_verdicts_hold_in_every_completion_of_every_view(name):
    worlds = SPACES[name]()
    _look(name, worlds, worlds.views())


def _look(name, worlds, views) -> None:
    unsound, blunt = [], []
    for view in views:
        said = worlds.judge(view)
        whole = list(worlds.completions(view))
        for subject, verdict in said.items():
            turned_out = {world.get(subject, "not asked") for world in whole}
            # who is not asked meets what is asked; a world without a verdict contradicts itself
            holding = (
                {"not asked", "NO_DATA", verdict} if verdict == "PASS" else {"NO_DATA", verdict}
            )
            if verdict != "NO_DATA" and turned_out - holding:
                unsound.append((view, subject, verdict, turned_out))
            if verdict == "NO_DATA" and turned_out in ({"PASS"}, {"FAIL"}):
                blunt.append((view, subject, turned_out))
    assert name in UNSOUND or unsound == []
    assert name in BLUNT or blunt == []
