"""What would decide a finding: with all of it supplied, it is decided."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import medgraph as mg
from medgraph.loaders import registry
from medgraph.queries.policy import audit, load
from medgraph.queries.policy import rules as policy_rules
from medgraph.queries.policy.examples import example, read_statements
from medgraph.queries.results import records
from tests.queries.networks import COMPLETE, network
from tests.queries.policy.asked import audit_of


def found(pack, rule, name="no_data", change=None):
    pack = load(pack)
    given = example(pack, pack.rule(rule), name)
    if change:
        change(given)
    return given, audit(
        given.network, pack, select=[rule], ledger=given.ledger, parameters=given.parameters
    )


def needs(audited, subject):
    row = audited.findings[audited.findings["subject"] == subject].iloc[0]
    return [(need.kind, need.what, need.id) for need in audited.needs(row["id"])]


def test_a_cell_is_named_with_its_node():
    """UG-11: nobody says whether G1 has a charter."""
    _, audited = found("urban-2023", "UG-11")
    assert needs(audited, "G1") == [("cell", "groups.charter", "G1")]


def test_a_list_that_may_be_longer_is_asked_for_once():
    """UG-01: the one group of a city has no second, as far as the groups are listed."""
    text = "@group; H1 Facility area=331002000000"
    given = read_statements(text, load("urban-2023").fixtures)
    audited = audit(given.network, "urban-2023", select=["UG-01"])
    assert needs(audited, "all") == [("declaration", "groups", "")]


def test_what_is_decided_needs_nothing():
    _, audited = found("urban-2023", "UG-11", "pass")
    assert needs(audited, "G1") == []


def test_a_parameter_that_nobody_set():
    """HN-02 asks for a tolerance."""
    pack = load("henan-2021")
    given = example(pack, pack.rule("HN-02"), "pass")
    audited = audit(given.network, pack, select=["HN-02"], ledger=given.ledger)
    assert needs(audited, "all") == [("other", "parameters.HN-02.tolerance", "")]


def test_a_declaration_closes_a_list():
    """UG-04: H1 and M1, M2 are no level-2 hospital, but the list of members is partial."""

    def partial(given):
        given.meta["links.MEMBER_OF.complete"] = "partial"

    given, audited = found("urban-2023", "UG-04", "fail", partial)
    assert needs(audited, "G1") == [("declaration", "links.MEMBER_OF", "")]
    assert audited.findings["need"].iloc[0].startswith("links.MEMBER_OF ")
    given.meta["links.MEMBER_OF.complete"] = "complete"
    assert audit(given.network, "urban-2023", select=["UG-04"]).outcome("UG-04").verdict == "FAIL"


def test_what_says_whether_somebody_is_asked_is_named():
    """UG-11 of a group whose type is empty: its type, beside its charter."""

    def untyped(given):
        del given.nodes["G1"]["type"]

    _, audited = found("urban-2023", "UG-11", "no_data", untyped)
    assert needs(audited, "G1") == [
        ("cell", "groups.type", "G1"),
        ("cell", "groups.charter", "G1"),
    ]


@pytest.mark.parametrize(("level", "expected"), [("2A", "PASS"), ("1", "FAIL")])
def test_what_is_asked_for_decides(level, expected):
    """UG-04 asks for the level of R1, the one that might be it."""
    given, audited = found("urban-2023", "UG-04")
    assert ("cell", "facilities.level", "R1") in needs(audited, "G1")
    given.nodes["R1"]["level"] = level
    given.nodes["R1"]["services"] = "inpatient"
    again = audit(given.network, "urban-2023", select=["UG-04"])
    assert again.outcome("UG-04").verdict == expected


def test_a_need_as_plain_values_has_its_origin():
    given, _ = found("urban-2023", "UG-11")
    given.nodes["G1"]["origin"] = "a.xlsx 集团!A2"
    audited = audit(given.network, "urban-2023", select=["UG-11"])
    (row,) = audited.to_dict()["findings"]
    assert row["needs"] == [
        {"origin": "a.xlsx 集团!A2", "what": "groups.charter", "kind": "cell", "id": "G1"}
    ]
    assert pd.isna(row["waived"])


@pytest.mark.parametrize(
    ("pack", "rule", "subject", "lines", "expected"),
    [
        # how many are sent is not stated: one at least, and no number at most
        (
            "monitoring-2024",
            "NM-04",
            "331002000000",
            "@county; H1 DISPATCHES T1 title=attending valid_from=2024-03-01",
            [("links", "links.DISPATCHES.staff", "T1")],
        ),
        (
            "monitoring-2024",
            "NM-04",
            "331002000000",
            "@county; H1 DISPATCHES T1 staff=2 valid_from=2024-03-01",
            [("links", "links.DISPATCHES.title", "T1")],
        ),
        (
            "taizhou-2023",
            "TZ-25",
            "G1",
            "@group; H1 DISPATCHES M1 title=attending valid_from=2022-01-01; H1 DISPATCHES M2",
            [("links", "links.DISPATCHES.valid_from", "M2")],
        ),
    ],
)
def test_an_empty_cell_of_a_posting_is_named(pack, rule, subject, lines, expected):
    """Where all postings are listed, only their own cells can decide."""
    loaded = load(pack)
    given = read_statements(f"{lines}; meta links.DISPATCHES.complete=complete", loaded.fixtures)
    audited = audit(given.network, loaded, select=[rule])
    assert audited.outcome(rule).verdict == "NO_DATA"
    assert needs(audited, subject) == expected


@pytest.mark.parametrize(
    ("facility", "expected"),
    [
        ("X Facility type=central_township_health_centre", "facilities.area"),
        ("X Facility area=654025001000", "facilities.type"),
    ],
)
def test_of_what_holds_it_is_named_what_says_whether_it_belongs(facility, expected):
    """XJ-09: C1 is no sub-centre; X is one, if it is a central township centre of the county."""
    pack = load("xinjiang-2022")
    given = read_statements(
        f"@zone; C1.sub_centre = no; {facility}; X.sub_centre = yes", pack.fixtures
    )
    audited = audit(given.network, pack, select=["XJ-09"], ledger=given.ledger)
    assert needs(audited, "654025000000") == [("cell", expected, "X")]
    assert audited.missing["data"].tolist() == [expected]
    assert audited.findings["need"].tolist() == [expected]


@pytest.mark.parametrize(
    ("at_least", "verdict", "if_whole", "rules"),
    [
        (1, "PASS", "PASS", ["urban-2023/UG-04"]),
        (9, "NO_DATA", "FAIL", ["mine/UG-04, urban-2023/UG-04"]),
    ],
)
def test_two_packs_may_have_a_rule_of_one_id(at_least, verdict, if_whole, rules):
    """What one of them comes to is said of that one alone."""
    urban = load("urban-2023")
    rule = urban.rule("UG-04")
    count = {"predicate": "exists", "of": "members", "at_least": at_least}
    mine = replace(urban, id="mine", rules=(replace(rule, pack="mine", parts=(count,)),))
    given = example(urban, rule, "fail")
    given.meta["links.MEMBER_OF.complete"] = "partial"
    audited = audit(given.network, [urban, mine], select=["UG-04"])
    found = audited.findings.set_index("pack")
    assert found.loc["urban-2023", ["verdict", "as_listed"]].tolist() == ["NO_DATA", "FAIL"]
    assert found.loc["mine", ["verdict", "as_listed"]].tolist() == [verdict, if_whole]
    assert audited.missing["rules"].tolist() == rules


def test_a_whole_audit_says_of_each_finding_what_is_said_of_it_alone():
    """Their evidence is looked up rule by rule, and told as for a single finding."""
    _, audited = found("taizhou-2023", "TZ-15", "fail")
    told = audited.to_dict()["findings"]
    assert [one["id"] for one in told] == audited.findings["id"].tolist()
    for one in told:
        alone = records(audited.evidence(one["id"]))
        assert one["evidence"] == [
            {name: row[name] for name in one["evidence"][0]} for row in alone
        ]
        assert one["members"] == [row["element"] for row in alone if row["state"] == "met"]
        assert one["needs"] == [need.to_dict() for need in audited.needs(one["id"])]


def test_a_list_that_is_whole_and_links_that_are_there_are_not_asked_for():
    """SJ-03: two centres lie somewhere; the lists are whole, and one centre is in no group."""
    net = network(
        """
        130129000000 Area level=county
        T1 Facility type=township_health_centre
        T2 Facility type=township_health_centre
        G Group type=county_medical_community
        """,
        "T1 MEMBER_OF G",
        **COMPLETE,
        data_day="2023-01-01",
    )
    audited = audit(net, "shijiazhuang-2022", select=["SJ-03"])
    assert audited.findings["verdict"].tolist() == ["NO_DATA"]
    wanted = {("cell", "facilities.area", "T1"), ("cell", "facilities.area", "T2")}
    assert set(needs(audited, "130129000000")) <= wanted
    assert audited.missing["data"].tolist() == ["facilities.area"]
    assert audited.missing["rules"].tolist() == ["SJ-03"]


def test_a_link_that_may_suffice_is_asked_for_its_cell():
    """UG-08: the list of agreements is whole, and one does not say which results it is about."""
    text = """@group; H1 RECOGNISES_RESULTS M1,M2 service=all; M1 RECOGNISES_RESULTS M2
    meta links.RECOGNISES_RESULTS.complete=complete"""
    audited = audit_of("urban-2023", "UG-08", text)
    (finding,) = audited.to_dict()["findings"]
    assert [need["what"] for need in finding["needs"]] == ["links.RECOGNISES_RESULTS.service"]
    assert finding["reason"] == "M1–M2: 服务 未填"


@pytest.mark.parametrize(
    ("stated", "lacking"),
    [
        ("", "priority_visit"),
        ("priority_visit=yes", "priority_exam"),
        ("priority_visit=yes priority_exam=yes", "priority_admission"),
        ("priority_exam=yes priority_admission=yes", "priority_visit"),
    ],
)
def test_of_several_cells_of_a_link_an_empty_one_is_asked_for(stated, lacking):
    """UG-10 wants three of a referral: what is filled in already is not asked for again."""
    audited = audit_of("urban-2023", "UG-10", f"@group; M1,M2 REFERS_UP_TO H1 {stated}")
    assert audited.findings["need"].tolist() == [f"links.REFERS_UP_TO.{lacking}"]


@pytest.mark.parametrize(
    ("pack", "rule", "text", "element"),
    [
        ("urban-2023", "UG-08", "@group; H1 RECOGNISES_RESULTS M1", "H1–M2"),
        ("monitoring-2024", "NM-04", "@county; H1 DISPATCHES T1 title=attending person=D", ""),
    ],
)
def test_a_link_that_nobody_listed_is_shown_by_none(pack, rule, text, element):
    """No link of somebody else stands beside it as if it were the evidence."""
    audited = audit_of(pack, rule, text)
    evidence = audited.evidence(audited.findings["id"].iloc[0]).set_index("element")
    assert evidence.loc[element, ["source", "target"]].isna().all()


def test_a_list_of_subjects_that_may_be_longer_is_named():
    """Of groups that nobody declared complete there may be more; of those of TZ-33 there are not."""
    assert audit_of("urban-2023", "UG-11", "@group").open_lists == {"groups": ["UG-11"]}
    assert audit_of("taizhou-2023", "TZ-33", "@group").open_lists == {}


def test_of_every_cell_that_is_not_understood_it_is_said_what_stands_there():
    """M1 says how often, M2 has two answers, M3 says nothing: none of them is the other."""
    found = audit_of(
        "taizhou-2023",
        "TZ-48",
        "@group; M3 Facility type=community_health_centre; M3 MEMBER_OF G1; M1.regular_teaching_rounds = 每周"
        "; M2.regular_teaching_rounds = yes; M2.regular_teaching_rounds = no",
    )
    evidence = found.evidence("taizhou-2023/TZ-48/G1").set_index("element")["reason"]
    assert "每周" in evidence["M1"]
    assert "yes / no" in evidence["M2"]
    assert evidence["M3"] == "定期教学查房（regular_teaching_rounds） 未填"


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ("2025-12-31", "建成紧密型之日（tight_on） = 2025-12-31，尚未到期，只是计划"),
        ("2025年", "建成紧密型之日（tight_on） = 2025-01-01..2025-12-31，尚未到期，只是计划"),
        ("尽早建成", "建成紧密型之日（tight_on） = 尽早建成，读不懂（单位或范围不明）"),
    ],
)
def test_a_day_that_has_not_come_is_understood(stated, reason):
    """Today is the last day of 2024: what lies ahead is a plan, and no slip of the pen."""
    found = audit_of(
        "county-2023",
        "GO-04",
        "@county; meta areas.complete=complete; 331002000000.launched_on = 2024-06-30"
        f"; 331002000000.tight_on = {stated}",
    )
    assert found.outcome("GO-04").verdict == "NO_DATA"
    assert list(found.findings["reason"]) == [f"331002000000: {reason}"]


def test_a_pair_without_a_link_is_asked_for_the_links():
    """UG-08: H1 and M2 have one without items, H1 and M1 one for all; M1 and M2 have none that is listed."""
    audited = audit_of(
        "urban-2023",
        "UG-08",
        "@group; H1 RECOGNISES_RESULTS M1 service=all; H1 RECOGNISES_RESULTS M2",
    )
    evidence = audited.evidence("urban-2023/UG-08/G1").set_index("element")
    assert evidence["need"].to_dict() == {
        "H1–M1": "",
        "H1–M2": "links.RECOGNISES_RESULTS.service",
        "M1–M2": "links.RECOGNISES_RESULTS",
    }


@pytest.mark.parametrize(
    ("scored", "rescored", "need"),
    [
        ("2021年12月", "2021-12-20", "areas.province_scored_on"),  # which day of December?
        ("2021-12-20", "2021年12月", "areas.city_scored_on"),
        ("2021年12月", "2021年12月", "areas.city_scored_on"),  # the one that has to come first
        ("2021-12-20", "待定", "areas.city_scored_on"),
        ("待定", "2021-12-20", "areas.province_scored_on"),
    ],
)
def test_of_two_days_the_one_that_is_not_known_is_asked_for(scored, rescored, need):
    """HN-10: the province decides after the city has scored again."""
    audited = audit_of(
        "henan-2021",
        "HN-10",
        f"@county; 410122000000.province_scored_on = {scored}"
        f"; 410122000000.city_scored_on = {rescored}",
    )
    (finding,) = audited.to_dict()["findings"]
    assert (finding["verdict"], finding["need"]) == ("NO_DATA", need)


def test_whether_somebody_is_at_work_is_asked_for():
    """KW-01 asks all centres for their share: T2 may be one, its status is 待定."""
    audited = audit_of(
        "key-work-2025",
        "KW-01",
        "@county; T2 Facility type=township_health_centre status=待定; S1 SharedCentre type=imaging"
        "; T1 USES_CENTRE S1; meta links.USES_CENTRE.complete=complete",
    )
    (finding,) = audited.to_dict()["findings"]
    assert finding["verdict"] == "NO_DATA"
    assert finding["need"] == "facilities.status"


def test_a_rule_that_asks_nobody_counts_nobody():
    """CD-03 asks facilities; a network of one county has none."""
    audited = audit_of("codes", "CD-03", "331002000000 Area level=county")
    (finding,) = audited.to_dict()["findings"]
    assert (finding["verdict"], finding["met"], finding["total"]) == ("NO_DATA", 0, 0)
    assert finding["need"] == "facilities.uscc"
    assert audited.missing.to_dict("records") == [
        {"data": "facilities.uscc", "decides": 1, "rules": "CD-03"}
    ]


def test_a_rule_that_asks_nobody_says_whom_it_asks():
    """UG-11 asks urban groups; a network of one committee has none."""
    row = audit_of("urban-2023", "UG-11", "K0 Committee").findings.iloc[0]
    assert (row["verdict"], row["met"], row["total"]) == ("NO_DATA", 0, 0)
    assert row["need"] == "groups: type=urban_medical_group"


@pytest.mark.parametrize(("charter", "advice"), [("no", "制定章程并登记。"), ("待定", "补充")])
def test_what_failed_is_to_be_mended_and_what_is_open_supplied(charter, advice):
    """UG-11: a group without a charter adopts one; of which nobody knows, that is to be said."""
    audited = audit_of("urban-2023", "UG-11", f"@group; G1.charter = {charter}")
    assert advice in audited.findings["advice"].iloc[0]


def test_of_an_indicator_nothing_is_asked():
    """GD-03 counts counties, and no number of them is asked for."""
    asked = policy_rules("guangdong-2022").set_index("rule")["asked"]
    assert asked["GD-03"] == ""
    assert asked["GD-01"] != ""


def test_of_a_list_the_one_is_asked_that_states_it():
    """TZ-32: whom the contract covers stands at G1, and M1 and M2 are looked for in it."""
    audited = audit_of(
        "taizhou-2023",
        "TZ-32",
        "@group; G1.insurance.total_budget = yes; G1.insurance.keep_surplus = yes; G1.insurance.share_overrun = yes",
    )
    assert needs(audited, "G1") == [("cell", "groups.insurance.covers", "G1")]


def test_of_two_postings_the_one_that_may_suffice_is_asked_for_its_cell():
    """TZ-25: of two people at M1 one came a month ago, of the other nobody says the title."""
    audited = audit_of(
        "taizhou-2023",
        "TZ-25",
        "@group; H1 DISPATCHES M2 title=attending staff=1 valid_from=2022-01-01"
        "; H1 DISPATCHES M1 title=attending staff=1 valid_from=2024-11-01"
        "; H1 DISPATCHES M1 staff=1 valid_from=2022-01-01; meta links.DISPATCHES.complete=complete",
    )
    assert audited.findings["need"].tolist() == ["links.DISPATCHES.title"]


def test_of_two_conditions_the_open_one_is_asked_for():
    """TZ-09 asks hospitals of the city: that of H9 is stated, of which city is not."""
    audited = audit_of("taizhou-2023", "TZ-09", "@group; H9 Facility type=tcm_hospital")
    assert ("cell", "facilities.admin_level", "H9") in needs(audited, "H9")


def test_a_member_listed_twice_is_one():
    """UG-04: neither H1 nor M1 nor M2 is what is asked for, and M1 stands there with two days."""
    audited = audit_of("urban-2023", "UG-04", "@group; M1 MEMBER_OF G1 valid_from=2020-01-01")
    assert audited.findings[["met", "total"]].to_numpy().tolist() == [[0, 2]]


def test_of_a_placeholder_it_is_asked_in_its_own_table_who_it_is():
    """TZ-18: alliances of which nobody says more than that there are some are rows of the groups."""
    audited = audit_of(
        "taizhou-2023", "TZ-18", "@group; A1 Group is_class=yes type=specialty_alliance"
    )
    assert ("cell", "groups.is_class", "A1") in needs(audited, "all")


def test_a_row_that_was_left_out_opens_no_list_that_it_is_not_in(tmp_path):
    """UG-04: a clinic that could not be loaded is in no group, and no member is what is asked for."""
    pack = load("urban-2023")
    mg.write(example(pack, pack.rule("UG-04"), "fail").network, tmp_path)
    path = tmp_path / "facilities.csv"
    rows = pd.read_csv(path, dtype=str)
    rows.loc[len(rows)] = {"id": "X1", "type": "village_clinic"}  # without a name
    rows.to_csv(path, index=False)
    loaded = registry.load(tmp_path, lenient=True)
    found = [
        audit(loaded.require(), pack, select=["UG-04"], left_out=1, left_nodes=left)
        for left in (None, loaded.left_nodes)
    ]
    assert [one.outcome("UG-04").verdict for one in found] == ["NO_DATA", "FAIL"]


def test_the_reason_of_a_placeholder_does_not_call_a_shared_centre_a_facility():
    audited = audit_of(
        "key-work-2025",
        "KW-01",
        "@county; T1 USES_CENTRE S1; S1 SharedCentre type=imaging is_class=yes; meta links.USES_CENTRE.complete=complete",
    )
    reasons = {line["reason"] for line in audited.to_dict()["findings"][0]["evidence"]}
    assert "只写到一类，没有点名" in reasons
