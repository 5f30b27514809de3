"""Add the facilities that a plan names: in full, with type and area, and classes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.loaders.plans.places import described
from medgraph.loaders.tabular.list_grammar import read_list, split_head
from medgraph.words.lexicon import FACILITY_ENDINGS, types_of
from medgraph.words.plan_language import (
    AREA_END,
    CENTRAL_CENTRE,
    NOTE_BEGINS,
    NOTED,
    OF_A_NEIGHBOURHOOD,
    OF_THE_WHOLE,
    TOWN_HEAD,
    ZONE_COMMITTEE,
)
from medgraph.words.vocabularies import PRIMARY_TYPES

if TYPE_CHECKING:
    from medgraph.loaders.plans.draft_network import DraftNetwork, Row
    from medgraph.loaders.plans.places import Register
    from medgraph.loaders.plans.sentence import Sentence
    from medgraph.loaders.tabular.list_grammar import Item

# Of these facilities the name says where they are.
_LOCAL_TYPES = PRIMARY_TYPES | {"community_health_station"}
_LOCAL_ENDS = tuple(end for end, type in types_of(FACILITY_ENDINGS).items() if type in _LOCAL_TYPES)


def add_facility(net: DraftNetwork, item: Item, sentence: Sentence, confidence: str) -> str:
    """Add one facility of a list; it serves the area that it is named for. Return its id."""
    own_head, rest = split_head(item.written)
    if item.tail:
        head, tail, place = item.head, item.tail, rest
    else:
        head, tail = own_head, _local_end(rest)
        place = rest.removesuffix(tail)
    area = net.register.place(place, tail, head) if tail else None
    name = full_name(item, head, tail, area, net.register)
    values = described(name, item.notes)
    id = net.node("Facility", name, sentence, confidence=confidence, **values)
    if area is not None:
        _add_service(net, id, str(area["id"]), head, sentence)
    elif tail:
        net.unplaced[name] = None
    return id


def _local_end(name: str) -> str:
    for end in _LOCAL_ENDS:
        if name.endswith(end):
            return end
    return ""


def full_name(item: Item, head: str, tail: str, area: Row | None, register: Register) -> str:
    """The name of a facility in full, with that of its district and its area.

    In 黄岩区, `院桥` and `中心卫生院` make 黄岩区院桥中心卫生院, and `屿头` and `乡镇卫生院` make
    黄岩区屿头乡卫生院. The name of the area is written in full where the list leaves 镇, 乡 or 街道
    out, but for central centres.
    """
    if area is None:
        return item.name
    name = item.name
    is_shortened = item.tail and item.written.endswith(AREA_END.sub("", area["name"]))
    if is_shortened and CENTRAL_CENTRE not in tail and OF_A_NEIGHBOURHOOD not in item.written:
        name = item.head + area["name"] + TOWN_HEAD.sub("", tail)
    district = register.district_of(str(area["id"]))
    return name if head or name.startswith(district) else district + name


def _add_service(
    net: DraftNetwork, facility: str, area: str, head: str, sentence: Sentence
) -> None:
    """Let a facility serve an area; one that is named behind a zone is administered by the zone."""
    net.expand(facility, "SERVES", area, sentence, rule="serves")
    if net.register.is_zone(head):
        zone = net.node("Authority", f"{head}{ZONE_COMMITTEE}", sentence)
        net.link(area, "ADMINISTERED_BY", zone, sentence)


def add_lead(net: DraftNetwork, name: str, sentence: Sentence) -> str:
    """Add a lead: its name, and what is in brackets behind it as a note. Return its id."""
    notes: tuple[str, ...] = ()
    confidence = "high"
    if NOTED.search(name):
        try:
            read = read_list(name).items
        except ValueError:  # brackets that do not pair
            read, confidence = (), "low"
        if len(read) == 1:
            name, notes = read[0].name, read[0].notes
    return net.node("Facility", name, sentence, confidence=confidence, **described(name, notes))


def add_class(net: DraftNetwork, name: str, group: str, sentence: Sentence) -> str:
    """Add the placeholder of a class; that of 辖区, 其他 or 各 is another one in every group."""
    if not name.startswith(OF_THE_WHOLE):
        (group_name,) = (row["name"] for row in net.of_kind("Group") if row["id"] == group)
        name = group_name + name
    values = described(NOTE_BEGINS.split(name)[0])
    return net.node("Facility", name, sentence, is_class=True, **values)
