"""A plan in prose becomes a draft network with the clause behind each link."""

from __future__ import annotations

import csv

import pyarrow as pa
import pytest

from medgraph.graphmodel.register import township_register
from medgraph.loaders.plan_draft import draft


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
    known = {row["name_zh"] for row in facts(shared, "taizhou_facilities.csv") if row["named_in_seed"] == "yes"}
    assert (known - read, read - known) == (set(), set())


def test_leads_and_members_of_groups_and_alliances(plan, shared):
    """The explicit LEADS and MEMBER_OF rows between named facilities and groups, by name."""
    net = plan.network
    names = net.nodes()["name"].to_dict()
    named = {row["name_zh"] for row in facts(shared, "taizhou_facilities.csv") if row["named_in_seed"] == "yes"}
    for relation in ("LEADS", "MEMBER_OF"):
        read = {(names[s], names[t]) for s, t in net.edges(relation)[["source", "target"]].to_numpy()
                if names[s] in named}
        known = {(row["source"], row["target"]) for row in facts(shared, "taizhou_relations.csv")
                 if row["relation"] == relation and row["basis"] == "explicit" and row["source"] in named}
        assert (known - read, read - known) == (set(), set())


def test_centres_have_the_right_type(plan, shared):
    """Community, township and central township centres are told apart by name."""
    read = plan.network.nodes("Facility").set_index("name")["type"].to_dict()
    wrong = {row["name_zh"]: read[row["name_zh"]] for row in facts(shared, "taizhou_facilities.csv")
             if row["type"].endswith("health_centre") and read[row["name_zh"]] != row["type"]}
    assert not wrong


def test_the_seven_stated_counts_hold(plan):
    assert [(c.stated, c.holds) for _, c in plan.counts] == [
        (6, True), (4, True), (4, True), (8, True), (3, True), (8, True), (6, True)]


def test_what_serves_no_known_area_is_listed(plan):
    assert plan.unplaced == ("黄岩区城区社区卫生服务中心",)


def test_quotas_are_exact(plan):
    assert {k: str(v) for k, v in plan.quotas.items()} == {"slots": "1/3", "beds": "1/4"}


def test_relations_against_the_tables_of_facts(plan, shared, capsys):
    """Precision and recall of each relation that the draft reads; every miss named. 0.98 for what is explicit.

    Not read: who governs within a district, and the supervision bodies of the team; the plan names neither.
    """
    names = plan.network.nodes()["name"].to_dict()
    known = facts(shared, "taizhou_relations.csv")
    for relation in ("LEADS", "MEMBER_OF", "SERVES", "STATIONED_IN", "REPORTS_TO", "HOSTS_CENTRE", "COOPERATES_WITH",
                     "SINKS_RESOURCES_TO", "REFERS_UP_TO", "REFERS_DOWN_TO"):
        read = {(names[s], names[t]) for s, t in plan.network.edges(relation)[["source", "target"]].to_numpy()}
        stated = {(row["source"], row["target"].split()[0]) for row in known if row["relation"] == relation}
        both = len(read & stated)
        with capsys.disabled():
            print(f"\n{relation}: precision {both / len(read):.3f}, recall {both / len(stated):.3f}",
                  sorted(stated - read), sorted(read - stated))
        assert both / len(read) >= 0.98 or relation == "MEMBER_OF"
        assert both / len(stated) >= 0.98 or relation == "MEMBER_OF"
