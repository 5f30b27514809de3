"""Carry out the general sentences of a plan: one named rule for each form, run when all groups are known.

What a rule adds is `basis=expanded`, and its `note` names the rule. A sentence that states a relation for every
group, every member or every district names none of them; the rule says which it means.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from medgraph.loaders.plans.clauses import Sentence
from medgraph.loaders.tabular.list_grammar import Count, number
from medgraph.words.say import say
from medgraph.words.vocabularies import word

if TYPE_CHECKING:
    from medgraph.loaders.plans.draft_network import Builder

Rule = Callable[["Builder", Sentence], None]


def stationed(built: Builder, sentence: Sentence) -> None:
    """Rule `team`: a team is stationed in every group."""
    _to_groups(
        built, built.nodes["Team", sentence.parts["TEAM"][0]]["id"], "STATIONED_IN", sentence
    )


def reports(built: Builder, sentence: Sentence) -> None:
    """Rule `district_committee`: the committee of a district reports to the first one the plan founds."""
    committees = [row for (kind, _), row in built.nodes.items() if kind == "Committee"]
    above = next((row for row in committees if row["basis"] == "explicit"), None)
    for row in committees:
        if above is not None and row["basis"] == "expanded":
            built.expand(row["id"], "REPORTS_TO", above["id"], sentence)


def governs(built: Builder, sentence: Sentence) -> None:
    """Rule `governs`: a committee governs every group; that of a district those with a member that serves there."""
    named = sentence.parts.get("COMMITTEE", [])
    if not named:
        return
    below = re.match("(?:区级|县级)(.*)", named[-1])
    if below is None:
        if any(kind == "Committee" for kind, _ in built.nodes):
            _to_groups(built, built.committee(named[-1], sentence), "GOVERNS", sentence)
        return
    for group in built.groups():
        for district in built.districts_of(group["id"]):
            committee = built.node("Committee", district + below[1], sentence)
            built.expand(committee, "GOVERNS", group["id"], sentence)


def cooperates(built: Builder, sentence: Sentence) -> None:
    """Rule `cooperates`: the facility of the sentence works closely with every group."""
    known = built.nodes.get(("Facility", sentence.parts.get("LEAD", [""])[0]))
    if known is not None:
        _to_groups(built, known["id"], "COOPERATES_WITH", sentence)


def alliance_links(built: Builder, sentence: Sentence) -> None:
    """Rule `alliance_links`: every alliance works closely with every group."""
    for row in built.groups(alliances=True):
        _to_groups(built, row["id"], "COOPERATES_WITH", sentence)


def centres(built: Builder, sentence: Sentence) -> None:
    """Rule `centres`: each lead hosts one shared centre of each kind for its group."""
    kinds = [
        part for part in re.split("[、,，]", sentence.parts["LIST"][0].removesuffix("等")) if part
    ]
    for group, kind in itertools.product(built.groups(), kinds):
        centre = built.node(
            "SharedCentre",
            f"{group['name']}{kind}共享中心",
            sentence,
            type=word("centre_type", kind) or "other",
        )
        built.expand(built.lead_of(group["id"]), "HOSTS_CENTRE", centre, sentence)


def departments(built: Builder, sentence: Sentence) -> None:
    """Rule `departments`: each lead hosts each of the departments."""
    text, tail = re.fullmatch(
        "(.*?)等?((?:管理|职能)部门)", sentence.parts["DEPARTMENTS"][0]
    ).groups()  # type: ignore[union-attr]
    # 和 joins the last two of a list; 信息和技术 alone is one name
    names = re.split("[、和]", text) if "、" in text else [text]
    for group, name in itertools.product(built.groups(), names):
        department = built.node("Department", name + tail, sentence)
        built.expand(built.lead_of(group["id"]), "HOSTS_DEPARTMENT", department, sentence)


def referral(built: Builder, sentence: Sentence) -> None:
    """Rule `referral`: every member refers up to its lead, and the lead down to it."""
    groups = {group["id"]: built.lead_of(group["id"]) for group in built.groups()}
    for row in [r for r in built.links if r["relation"] == "MEMBER_OF" and r["target"] in groups]:
        lead = groups[row["target"]]
        built.expand(row["source"], "REFERS_UP_TO", lead, sentence)
        built.expand(lead, "REFERS_DOWN_TO", row["source"], sentence)


def quota(built: Builder, sentence: Sentence) -> None:
    """Rule `quota`: each lead sends resources down into its group; how much stands in the note."""
    slots, beds = (fraction(text) for text in sentence.parts["FRACTION"][:2])
    built.quotas = {"slots": slots, "beds": beds}
    for group in built.groups():
        built.expand(
            built.lead_of(group["id"]),
            "SINKS_RESOURCES_TO",
            group["id"],
            sentence,
            more=f" {slots}，{beds}",
        )


def recognises(built: Builder, sentence: Sentence) -> None:
    """Rule `recognises`: 集团内 is every group with itself, 集团之间 every pair of groups."""
    scope, groups = sentence.parts["SCOPE"][0], [group["id"] for group in built.groups()]
    pairs = list(itertools.combinations(groups, 2)) if scope.endswith("间") else []
    within = re.search("(?:集团|医联体|医共体)内", scope)
    for one, other in [*pairs, *((id, id) for id in groups if within)]:
        built.expand(one, "RECOGNISES_RESULTS", other, sentence)


def connects(built: Builder, sentence: Sentence) -> None:
    """Rule `connects`: every group is connected to the platform."""
    for group in built.groups():
        platform = built.node("Platform", sentence.parts["PLATFORM"][0], sentence)
        built.expand(group["id"], "CONNECTED_TO", platform, sentence)


def manages_through(built: Builder, sentence: Sentence) -> None:
    """Rule `manages_through`: the lead of the clause's group manages through the community of the group's district.

    The sentence states the relation; the rule only says which community 区医共体 is.
    """
    group = next((row for row in built.groups() if row["clause"] == sentence.clause), None)
    if group is None:
        return
    said = sentence.parts.get("AREA_WORD", ["区"])[0]
    places = built.districts_of(group["id"]) if said in ("区", "县", "原区", "原县") else [said]
    for place in places:
        community = built.node(
            "Group", f"{place}医共体", sentence, type="county_medical_community", is_class=True
        )
        built.link(
            built.lead_of(group["id"]),
            "MANAGES_THROUGH",
            community,
            sentence,
            confidence="medium",
            note=rule_note("manages_through"),
        )


def _to_groups(built: Builder, source: str, relation: str, sentence: Sentence) -> None:
    for group in built.groups():
        built.expand(source, relation, group["id"], sentence)


def group_count(built: Builder, sentence: Sentence) -> None:
    """Rule `group_count`: how many groups the plan says it founds is checked against how many were read."""
    stated = number(sentence.parts["NUMBER"][0])
    built.count(sentence, Count(stated, len(built.groups()), sentence.parts["KIND"][0]))


def rule_note(rule: str) -> str:
    """Return the words that a link of a rule has as its note: the rule's name and what it does."""
    return say("plan_rule", rule=rule, why=say(f"plan_rule_{rule}"))


RULES: dict[str, Rule] = {
    "group_count": group_count,
    "team": stationed,
    "district_committee": reports,
    "governs": governs,
    "cooperates": cooperates,
    "alliance_links": alliance_links,
    "centres": centres,
    "departments": departments,
    "referral": referral,
    "quota": quota,
    "recognises": recognises,
    "connects": connects,
    "manages_through": manages_through,
}


def fraction(text: str) -> Fraction:
    """Read a fraction as plans write it.

    >>> fraction("三分之一"), fraction("25%")
    (Fraction(1, 3), Fraction(1, 4))
    """
    if "分之" in text:
        below, above = text.split("分之")
        return Fraction(number(above), number(below))
    return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)
