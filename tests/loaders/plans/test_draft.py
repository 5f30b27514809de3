"""A plan in prose becomes a draft network with the clause behind each link."""

from __future__ import annotations

import csv
from importlib import resources

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.errors import SourceError
from medgraph.graphmodel.register import township_register
from medgraph.loaders.plans.draft import draft
from medgraph.loaders.plans.forms import EFFECTS
from medgraph.loaders.plans.sentence_grammar import form_names
from medgraph.loaders.plans.targets import targets
from medgraph.loaders.plans.text_repair import repair


@pytest.fixture(scope="module")
def plan(shared):
    """The draft from Taizhou's plan as it was found on the web."""
    text = next((shared / "seeds").glob("002_*.txt")).read_text(encoding="utf-8")
    areas = pa.concat_tables([township_register(code) for code in ("331002", "331003", "331004")])
    return draft(text, areas)


def facts(shared, name):
    with (shared / "policy" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_named_facility_is_read_and_none_is_made_up(plan, shared):
    """58 of 58 names, precision and recall 1."""
    read = plan.network.nodes("Facility")
    read = set(read[read["is_class"].isna()]["name"])
    known = {
        row["name_zh"]
        for row in facts(shared, "taizhou_facilities.csv")
        if row["named_in_seed"] == "yes"
    }
    assert (known - read, read - known) == (set(), set())


def test_leads_and_members_of_groups_and_alliances(plan, shared):
    """The explicit LEADS and MEMBER_OF rows between named facilities and groups, by name."""
    net = plan.network
    names = net.nodes()["name"].to_dict()
    named = {
        row["name_zh"]
        for row in facts(shared, "taizhou_facilities.csv")
        if row["named_in_seed"] == "yes"
    }
    for relation in ("LEADS", "MEMBER_OF"):
        read = {
            (names[s], names[t])
            for s, t in net.edges(relation)[["source", "target"]].to_numpy()
            if names[s] in named
        }
        known = {
            (row["source"], row["target"])
            for row in facts(shared, "taizhou_relations.csv")
            if row["relation"] == relation and row["basis"] == "explicit" and row["source"] in named
        }
        assert (known - read, read - known) == (set(), set())


def test_centres_have_the_right_type(plan, shared):
    """Community, township and central township centres are told apart by name."""
    read = plan.network.nodes("Facility").set_index("name")["type"].to_dict()
    wrong = {
        row["name_zh"]: read[row["name_zh"]]
        for row in facts(shared, "taizhou_facilities.csv")
        if row["type"].endswith("health_centre") and read[row["name_zh"]] != row["type"]
    }
    assert not wrong


def test_the_seven_stated_counts_hold(plan):
    assert [(c.stated, c.holds) for _, c in plan.counts if "集团" not in c.tail] == [
        (6, True),
        (4, True),
        (4, True),
        (8, True),
        (3, True),
        (8, True),
        (6, True),
    ]


def test_the_number_of_groups_is_checked_wherever_it_is_stated(plan):
    """Three sentences say that 4 groups are founded."""
    assert [(where, c.stated, c.read) for where, c in plan.counts if "集团" in c.tail] == [
        ("一(二)", 4, 4),
        ("二(一)1", 4, 4),
        ("三(二)2", 4, 4),
    ]
    (few,) = draft("组建3个医共体。一是由甲县医院牵头，联合乙镇卫生院，组建甲县医共体。").counts
    assert not few[1].holds


def test_what_serves_no_known_area_is_listed(plan):
    assert plan.unplaced == ("黄岩区城区社区卫生服务中心",)


def test_quotas_are_exact(plan):
    assert {k: str(v) for k, v in plan.quotas.items()} == {"slots": "1/3", "beds": "1/4"}


@pytest.fixture(scope="module")
def shipped():
    """The draft from the plan text that ships as a sample."""
    text = (resources.files("medgraph.loaders.samples") / "data" / "taizhou_plan.txt").read_text(
        encoding="utf-8"
    )
    return draft(
        text, pa.concat_tables([township_register(code) for code in ("331002", "331003", "331004")])
    )


@pytest.mark.parametrize("text", ["plan", "shipped"])
def test_relations_against_the_tables_of_facts(request, text, shared, capsys):
    """Every relation of the table: precision and recall printed, each at least 0.98, and every miss named.

    A relation is right with its ends, its kind and its basis: what one sentence states is explicit, what a rule
    makes of a general sentence is expanded. The classes without names, such as the stations of an area, count too.
    """
    net = request.getfixturevalue(text).network
    names = net.nodes()["name"].to_dict()
    known = facts(shared, "taizhou_relations.csv")
    assert set(net.edges()["relation"]) == {row["relation"] for row in known}
    for relation in dict.fromkeys(row["relation"] for row in known):
        read = {
            (names[s], names[t], basis)
            for s, t, basis in net.edges(relation)[["source", "target", "basis"]].to_numpy()
        }
        stated = {
            (_area(row["source"]), _area(row["target"]), row["basis"])
            for row in known
            if row["relation"] == relation
        }
        both = len(read & stated)
        with capsys.disabled():
            print(
                f"\n{text} {relation}: precision {both / len(read):.3f}, recall {both / len(stated):.3f}",
                sorted(stated - read),
                sorted(read - stated),
            )
        assert both / len(read) >= 0.98
        assert both / len(stated) >= 0.98


def _area(name):
    """`三甲街道 331002005000` is an area with its code; the draft names it alone."""
    return name.split()[0]


def test_every_form_of_the_grammar_has_an_effect():
    """A form either states something, or is carried out by a rule, or goes with another sentence or clause."""
    together = {"lead_only", "members_only", "keeps_community"}
    assert form_names() - set(EFFECTS) == together
    assert set(EFFECTS) <= form_names()
    assert all(effect.states or effect.implies for effect in EFFECTS.values())


@pytest.mark.parametrize(
    "sentence",
    [
        "区级城市医疗集团管委会负责统筹城市医疗集团规划",
        "牵头医院设立医务、院感等管理部门",
        "将丙镇卫生院纳入丁县医共体管理",
        "建设区域健康大数据平台",
        "牵头医院通过医共体开展一体化管理",
    ],
)
def test_a_sentence_that_gives_nothing_does_not_count_as_used(sentence):
    """It fits a form, and the text names no group that it could be about."""
    read = draft(f"{sentence}。")
    assert [one.status for one in read.sentences if one.status == "used"] == []
    assert len(read.network.nodes()) == 0


def test_what_a_failed_count_touches_is_not_sure():
    """One of two lists states 3 and holds 2: its members have low confidence, those of the other high."""
    net = draft(
        "（一）甲县医共体。牵头医院为甲县医院，成员单位包括乙镇、丙镇3个卫生院。\n"
        "（二）丁县医共体。牵头医院为丁县医院，成员单位包括戊镇、己镇2个卫生院。"
    ).network
    names, members = net.nodes()["name"], net.edges("MEMBER_OF")
    sure = {names[row.source]: row.confidence for row in members.itertuples()}
    assert sure == {
        "乙镇卫生院": "low",
        "丙镇卫生院": "low",
        "戊镇卫生院": "high",
        "己镇卫生院": "high",
    }
    assert set(net.edges("LEADS")["confidence"]) == {"high"}


def test_levels_and_codes_come_from_the_name():
    """WS 218 by the ending, the level and the ownership by the note behind the name."""
    net = draft(
        "甲县医共体。\n牵头医院为甲县人民医院（三级乙等），"
        "成员单位包括乙镇中心卫生院、丙医院（民营医院）。"
    ).network
    rows = net.nodes("Facility").set_index("name")
    assert rows.loc["甲县人民医院", ["level", "ws218"]].tolist() == ["3B", "A100"]
    assert rows.loc["乙镇中心卫生院", "ws218"] == "C210"
    assert rows.loc["丙医院", "ownership"] == "private"


@pytest.mark.parametrize("lead", ["甲县医院（三甲））", "甲县医院（（三甲）", "甲县医院）"])
def test_brackets_of_a_lead_that_do_not_pair_are_kept_in_its_name(lead):
    """The name is as it is written, and not sure."""
    net = draft(f"由{lead}牵头，联合乙镇卫生院、丙镇卫生院，组建丁县医共体。").network
    rows = net.nodes("Facility").set_index("name")
    assert rows.loc[lead, "confidence"] == "low"
    assert len(net.edges("LEADS")) == 1


@pytest.mark.parametrize("share", ["1/0", "2.5.1%"])
def test_a_share_that_is_no_number_is_not_understood(share):
    """The rest of the plan is read."""
    read = draft(
        "由甲县医院牵头，联合乙镇卫生院、丙镇卫生院，组建丁县医共体。"
        f"至少{share}的门诊号源和四分之一的住院床位用于下转。"
    )
    assert read.fates == {"used": 1, "no_relation": 0, "not_understood": 1}
    assert read.quotas == {}


def test_too_long_a_text_is_refused_with_a_sentence():
    with pytest.raises(SourceError, match=r"600000|600,000"):
        draft("医共体。\n" * 120_000)


def test_the_day_of_publication_is_the_day_of_the_data(plan):
    """Taizhou's text says 2023/10/25; a day that does not exist is none."""
    assert str(plan.network.data_day) == "2023-10-25"
    assert draft("发布日期：2023年13月45日\n医共体。").network.data_day is None


@settings(max_examples=30)
@given(
    st.text(alphabet="医共体牵头院为，。；（()）\n一、1%年\x00\x1b\u202e<|\t", max_size=200),
    st.sampled_from([1, 50]),
)
def test_hostile_text_is_read_to_its_end(text, times):
    """Control characters, brackets without end and missing stops never raise anything."""
    read = draft("医" + text * times)
    targets(read.repaired.text)
    assert sum(read.fates.values()) == len(read.sentences)


@pytest.mark.parametrize(
    "piece", ["（" * 50, "牵头医院为甲医院，", "王", "1" * 9, "由", "甲|乙|丙牵头\n", "权重\n1\n"]
)
def test_a_long_run_of_one_piece_is_read(piece):
    """What has no end of a sentence, or nothing else, takes time by its length only."""
    text = "医" + piece * (60_000 // len(piece))
    targets(repair(text).text)
    assert draft(text).network.nodes("Group").empty
