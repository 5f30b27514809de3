"""Take in what a sentence states of the facilities, groups and bodies that it names.

One function for each kind of statement; the table of forms says which form states what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.loaders.plans.facilities import add_class, add_facility, add_lead
from medgraph.loaders.plans.members import (
    is_of_a_level,
    looks_like_a_facility,
    members_of,
    with_shared_ends,
)
from medgraph.loaders.plans.places import described
from medgraph.loaders.tabular.list_grammar import Count
from medgraph.words.numerals import read_chinese
from medgraph.words.plan_language import (
    BEHIND_A_GROUP_NAME,
    COMMITTEE_WORDS,
    GENERIC_GROUP_NAME,
    GROUP_NAME,
    MEDICAL_GROUP,
    MEMBERS,
    OF_A_COMMUNITY,
    OF_A_DISTRICT,
    SPECIALTIES,
    STATED_NUMBER,
)

if TYPE_CHECKING:
    from medgraph.loaders.plans.draft_network import DraftNetwork
    from medgraph.loaders.plans.sentence import Sentence


# -- groups ----------------------------------------------------------------------------------------


def add_group(net: DraftNetwork, sentence: Sentence) -> None:
    """A group, its lead and its members."""
    lead = sentence.part("LEAD").strip()
    name = _group_name(sentence, lead)
    is_community = OF_A_COMMUNITY.search(name) is not None
    type = "county_medical_community" if is_community else "urban_medical_group"
    group = net.node("Group", name, sentence, type=type)
    net.link(add_lead(net, lead, sentence), "LEADS", group, sentence)
    _add_members(net, group, sentence)


def _group_name(sentence: Sentence, lead: str) -> str:
    """The name in the sentence, before its colon, or in the heading.

    Where none of them is more than a kind of group: the name of the lead and the kind.
    """
    written = [*sentence.parts.get("GROUP", []), sentence.part("INTRO"), sentence.heading]
    found = [GROUP_NAME.search(BEHIND_A_GROUP_NAME.sub("", text.strip())) for text in written]
    names = [match["name"] for match in found if match]
    proper = [name for name in names if not GENERIC_GROUP_NAME.fullmatch(name)]
    if proper:
        return proper[0]
    if names:
        return lead + GENERIC_GROUP_NAME.sub(r"\1", names[0])
    return lead + MEDICAL_GROUP


def add_later_members(net: DraftNetwork, sentence: Sentence) -> None:
    """Members of a group that the text has named before."""
    name = sentence.part("GROUP")
    group = net.find("Group", name.strip())
    if group is None:
        net.unplaced[name] = None
    else:
        _add_members(net, group["id"], sentence)


def add_alliance(net: DraftNetwork, sentence: Sentence) -> None:
    """An alliance for a specialty, its lead and its members."""
    name = sentence.part("ALLIANCE")
    specialty = next((value for mark, value in SPECIALTIES if mark in name), None)
    alliance = net.node("Group", name, sentence, type="specialty_alliance", specialty=specialty)
    lead = add_lead(net, sentence.part("LEAD").strip(), sentence)
    net.link(lead, "LEADS", alliance, sentence)
    _add_members(net, alliance, sentence)


def _add_members(net: DraftNetwork, group: str, sentence: Sentence) -> None:
    """The members of a group; where a count that the sentence states fails, none is sure."""
    read, class_name = members_of(sentence)
    counts = [*read.counts, *_total(sentence, len(read.items))]
    for count in counts:
        net.count(sentence, count)
    confidence = "high" if all(count.holds for count in counts) else "low"
    for item in read.items:
        sure = confidence if looks_like_a_facility(item.name) else "low"
        member = add_facility(net, item, sentence, sure)
        if not net.leads(member, group):  # `整合甲医院和乙卫生院，…，由甲医院牵头`
            net.link(member, "MEMBER_OF", group, sentence, confidence=sure)
    if class_name:
        member = add_class(net, class_name, group, sentence)
        net.link(member, "MEMBER_OF", group, sentence)


def _total(sentence: Sentence, read: int) -> list[Count]:
    """The number of members that the sentence states before their list."""
    stated = STATED_NUMBER.search(sentence.part("TOTAL"))
    return [Count(read_chinese(stated.group()), read, MEMBERS)] if stated else []


# -- teams -----------------------------------------------------------------------------------------


def add_team(net: DraftNetwork, sentence: Sentence) -> None:
    """A public-health team, its lead and its members."""
    team = net.node("Team", sentence.part("TEAM"), sentence, type="public_health")
    lead = _add_to_team(net, sentence.part("LEAD"), sentence)
    net.link(lead, "LEADS", team, sentence)
    for name in with_shared_ends(sentence.part("LIST")):
        net.link(_add_to_team(net, name, sentence), "MEMBER_OF", team, sentence)


def _add_to_team(net: DraftNetwork, name: str, sentence: Sentence) -> str:
    """One of a team: a class, where the text says 市级, 区级 or 两级 and no name."""
    is_class = True if is_of_a_level(name) else None
    return net.node("Facility", name, sentence, is_class=is_class, **described(name))


def add_family_team(net: DraftNetwork, sentence: Sentence) -> None:
    """The class of family-doctor teams."""
    net.node("Team", sentence.part("TEAM"), sentence, is_class=True, type="family_doctor")


# -- committees, centres, platforms ----------------------------------------------------------------


def add_committee(net: DraftNetwork, sentence: Sentence) -> None:
    """A committee."""
    named_committee(net, sentence.part("COMMITTEE"), sentence)


def named_committee(net: DraftNetwork, name: str, sentence: Sentence) -> str:
    """The id of the first committee that `name` may mean, which is added where there is none.

    工作管委会, 管委会 and 管理委员会 are one word.
    """
    known = [row["name"] for row in net.of_kind("Committee")]
    meant = [one for one in known if _in_short(one).endswith(_in_short(name))]
    return net.node("Committee", meant[0] if meant else name, sentence)


def _in_short(committee: str) -> str:
    for written, short in COMMITTEE_WORDS:
        committee = committee.replace(written, short)
    return committee


def add_district_committees(net: DraftNetwork, sentence: Sentence) -> None:
    """One committee for each district of the register."""
    name = sentence.part("COMMITTEE")
    of_a_district = OF_A_DISTRICT.match(name)
    name = of_a_district[1] if of_a_district else name
    for district in net.register.districts:
        expanded = {"basis": "expanded", "confidence": "medium"}
        net.node("Committee", district + name, sentence, **expanded)


def add_regional_centre(net: DraftNetwork, sentence: Sentence) -> None:
    """A regional centre that is to be built."""
    net.node(
        "Facility",
        sentence.part("LEAD"),
        sentence,
        status="planned",
        type="national_regional_medical_centre",
        ws218="A100",
    )


def add_platform(net: DraftNetwork, sentence: Sentence) -> None:
    """A platform that the facility of the sentence builds; a sentence that names none adds none."""
    builder = net.find("Facility", sentence.part("LEAD"))
    if builder is not None:
        platform = net.node("Platform", sentence.part("PLATFORM"), sentence)
        net.link(builder["id"], "BUILDS", platform, sentence)
