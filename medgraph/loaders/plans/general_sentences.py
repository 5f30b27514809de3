"""Carry out the general sentences of a plan: one named rule for each, once all groups are known.

What a rule adds is `basis=expanded`, and its `note` names the rule. A sentence that states a
relation for every group, every member or every district names none of them; the rule says which it
means.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING

from medgraph.loaders.plans.draft_network import rule_note
from medgraph.loaders.plans.statements import named_committee
from medgraph.loaders.tabular.list_grammar import Count
from medgraph.words.numerals import read_chinese
from medgraph.words.plan_language import (
    ANY_DISTRICT,
    BETWEEN,
    COMMUNITY,
    DEPARTMENTS,
    DISTRICT,
    ENUMERATION,
    ETC,
    NAMES_OF_DEPARTMENTS,
    OF_A_DISTRICT,
    PER,
    SHARED_CENTRE,
    WITHIN_A_GROUP,
)
from medgraph.words.punctuation import COMMA, LIST_COMMA
from medgraph.words.vocabularies import word

if TYPE_CHECKING:
    from medgraph.loaders.plans.draft_network import DraftNetwork
    from medgraph.loaders.plans.sentence import Sentence


def station_team(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `team`: a team is stationed in every group."""
    team = net.nodes["Team", sentence.part("TEAM")]["id"]
    _to_groups(net, team, "STATIONED_IN", sentence)


def report_upwards(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `district_committee`: that of a district reports to the first one the plan founds."""
    committees = net.of_kind("Committee")
    founded = [row["id"] for row in committees if row["basis"] == "explicit"]
    of_districts = [row["id"] for row in committees if row["basis"] == "expanded"]
    for committee in of_districts if founded else []:
        net.expand(committee, "REPORTS_TO", founded[0], sentence)


def govern(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `governs`: a committee governs every group.

    That of a district governs those with a member that serves there.
    """
    committees = sentence.parts.get("COMMITTEE", [])
    if not committees:
        return
    name = committees[-1]
    of_a_district = OF_A_DISTRICT.match(name)
    if of_a_district:
        _govern_by_district(net, of_a_district[1], sentence)
    elif net.of_kind("Committee"):
        _to_groups(net, named_committee(net, name, sentence), "GOVERNS", sentence)


def _govern_by_district(net: DraftNetwork, name: str, sentence: Sentence) -> None:
    for group in net.groups():
        for district in net.districts_of(group["id"]):
            committee = net.node("Committee", district + name, sentence)
            net.expand(committee, "GOVERNS", group["id"], sentence)


def cooperate(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `cooperates`: the facility of the sentence works closely with every group."""
    facility = net.find("Facility", sentence.part("LEAD"))
    if facility is not None:
        _to_groups(net, facility["id"], "COOPERATES_WITH", sentence)


def link_alliances(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `alliance_links`: every alliance works closely with every group."""
    for alliance in net.alliances():
        _to_groups(net, alliance["id"], "COOPERATES_WITH", sentence)


def host_centres(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `centres`: each lead hosts one shared centre of each kind for its group."""
    names = ENUMERATION.split(sentence.part("LIST").removesuffix(ETC))
    kinds = [name for name in names if name]
    for group, kind in itertools.product(net.groups(), kinds):
        name = f"{group['name']}{kind}{SHARED_CENTRE}"
        type = word("centre_type", kind) or "other"
        centre = net.node("SharedCentre", name, sentence, type=type)
        net.expand(net.lead_of(group["id"]), "HOSTS_CENTRE", centre, sentence)


def host_departments(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `departments`: each lead hosts each of the departments."""
    found = DEPARTMENTS.fullmatch(sentence.part("DEPARTMENTS"))
    assert found is not None, "the grammar captures nothing else"
    text, tail = found.groups()
    names = NAMES_OF_DEPARTMENTS.split(text) if LIST_COMMA in text else [text]
    for group, name in itertools.product(net.groups(), names):
        department = net.node("Department", name + tail, sentence)
        net.expand(net.lead_of(group["id"]), "HOSTS_DEPARTMENT", department, sentence)


def refer(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `referral`: every member refers up to its lead, and the lead down to it."""
    leads = {group["id"]: net.lead_of(group["id"]) for group in net.groups()}
    for link in net.of_relation("MEMBER_OF"):
        if link["target"] in leads:
            member, lead = link["source"], leads[link["target"]]
            net.expand(member, "REFERS_UP_TO", lead, sentence)
            net.expand(lead, "REFERS_DOWN_TO", member, sentence)


def sink_resources(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `quota`: each lead sends resources down into its group; how much is in the note."""
    try:
        slots, beds = (fraction(text) for text in sentence.parts["FRACTION"][:2])
    except (ValueError, ZeroDivisionError):  # 1/0, 2.5.1%
        return
    net.quotas = {"slots": slots, "beds": beds}
    for group in net.groups():
        lead = net.lead_of(group["id"])
        much = f" {slots}{COMMA}{beds}"
        net.expand(lead, "SINKS_RESOURCES_TO", group["id"], sentence, more=much)


def recognise_results(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `recognises`: 集团内 is every group with itself, 集团之间 every pair of groups."""
    scope = sentence.part("SCOPE")
    groups = [group["id"] for group in net.groups()]
    pairs: list[tuple[str, str]] = []
    if scope.endswith(BETWEEN):
        pairs += itertools.combinations(groups, 2)
    if WITHIN_A_GROUP.search(scope):
        pairs += [(group, group) for group in groups]
    for one, other in pairs:
        net.expand(one, "RECOGNISES_RESULTS", other, sentence)


def connect(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `connects`: every group is connected to the platform."""
    for group in net.groups():
        platform = net.node("Platform", sentence.part("PLATFORM"), sentence)
        net.expand(group["id"], "CONNECTED_TO", platform, sentence)


def manage_through(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `manages_through`: a lead manages its group through the community of a district.

    The sentence states the relation for the group of its clause; the rule only says which community
    区医共体 is: that of every district which the group serves.
    """
    groups = [group for group in net.groups() if group["clause"] == sentence.clause]
    if not groups:
        return
    group = groups[0]["id"]
    for place in _meant_districts(net, group, sentence.part("AREA_WORD") or DISTRICT):
        name, type = f"{place}{COMMUNITY}", "county_medical_community"
        community = net.node("Group", name, sentence, type=type, is_class=True)
        net.link(
            net.lead_of(group),
            "MANAGES_THROUGH",
            community,
            sentence,
            confidence="medium",
            note=rule_note("manages_through"),
        )


def _meant_districts(net: DraftNetwork, group: str, written: str) -> list[str]:
    return net.districts_of(group) if written in ANY_DISTRICT else [written]


def count_groups(net: DraftNetwork, sentence: Sentence) -> None:
    """Rule `group_count`: the stated number of groups is checked against the number read."""
    stated = read_chinese(sentence.part("NUMBER"))
    net.count(sentence, Count(stated, len(net.groups()), sentence.part("KIND")))


def _to_groups(net: DraftNetwork, source: str, relation: str, sentence: Sentence) -> None:
    for group in net.groups():
        net.expand(source, relation, group["id"], sentence)


def fraction(text: str) -> Fraction:
    """Read a fraction as plans write it.

    >>> fraction("三分之一"), fraction("25%")
    (Fraction(1, 3), Fraction(1, 4))
    """
    if PER in text:
        below, above = text.split(PER)
        return Fraction(read_chinese(above), read_chinese(below))
    if text.endswith("%"):
        return Fraction(text.rstrip("%")) / 100
    return Fraction(text)
