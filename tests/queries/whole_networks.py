"""Small networks of every kind of node, as a workbook that passes the door would make them, and less of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from medgraph.graphmodel.canonical import as_table
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.schema import TABLE_OF_KIND

COUNTY = "331099"
TOWNSHIPS = tuple(f"{COUNTY}00{i}000" for i in (1, 2, 3))
VILLAGES = tuple(f"{COUNTY}00{i}201" for i in (1, 2))
HOSPITALS, CENTRES, CLINICS = ("H0", "H1", "H2"), ("P0", "P1", "P2"), ("V0", "V1")
FACILITIES = (*HOSPITALS, *CENTRES, *CLINICS)
GROUPS, ALLIANCES = ("G0", "G1"), ("A0",)
TABLES = ("facilities", "groups", "areas", "centres", "teams", "links")
TYPES = {
    "H": ("general_hospital", "tcm_hospital", "cdc", "mch_institution"),
    "P": ("township_health_centre", "community_health_centre"),
    "V": ("village_clinic",),
}
PERIODS = ("2023-H1", "2023-H2")
DAYS = (datetime.date(2023, 1, 1), datetime.date(2024, 1, 1))
# Which links may be there: the ends of each relation that some question asks about.
LINKS = (
    ("LEADS", HOSPITALS, (*GROUPS, *ALLIANCES, "T0")),
    ("MEMBER_OF", FACILITIES, (*GROUPS, *ALLIANCES, "T0")),
    ("SERVES", FACILITIES, (*TOWNSHIPS, *VILLAGES)),
    ("RUN_BY", CLINICS, CENTRES),
    ("REFERS_UP_TO", FACILITIES, (*HOSPITALS, *CENTRES)),
    ("REFERS_DOWN_TO", (*HOSPITALS, *CENTRES), FACILITIES),
    ("HOSTS_CENTRE", HOSPITALS, ("C0",)),
    ("USES_CENTRE", FACILITIES, ("C0",)),
    ("TELEMEDICINE", HOSPITALS, FACILITIES),
    ("RECOGNISES_RESULTS", (*GROUPS, *FACILITIES), (*GROUPS, *FACILITIES)),
    ("DISPATCHES", HOSPITALS, (*CENTRES, "H1")),
    ("SINKS_SLOTS", HOSPITALS, (*CENTRES, *GROUPS)),
    ("SINKS_BEDS", HOSPITALS, (*CENTRES, *GROUPS)),
    ("SINKS_RESOURCES_TO", HOSPITALS, (*CENTRES, *GROUPS)),
    ("STATIONED_IN", ("T0",), (*CENTRES, *GROUPS)),
    ("COOPERATES_WITH", (*ALLIANCES, "H2"), GROUPS),
)
RELATIONS = tuple(relation for relation, _, _ in LINKS)
# Cells whose silence means nothing: what status, days, basis and is_class say when empty is fixed.
CELLS = {
    "Facility": (
        "type",
        "level",
        "area",
        "specialties",
        "beds",
        "outpatient_slots",
        "admin_level",
        "lon",
    ),
    "Area": ("level", "population"),
    "Group": ("specialty",),
    "SharedCentre": ("type",),
    "Team": ("type",),
}
LINK_CELLS = (
    "title",
    "items",
    "slots",
    "beds",
    "recipient",
    "period",
    "specialty",
    "minutes",
)


@dataclass(frozen=True)
class Told:
    """What a network is made of: rows of nodes and links, and what is stated of the whole."""

    nodes: tuple[dict, ...]
    links: tuple[dict, ...]
    meta: dict[str, str]

    def network(self) -> MedicalNetwork:
        """Return the network of these rows."""
        links = as_table([*self.links], ("source", "relation", "target"))
        return MedicalNetwork.from_frames(as_table([*self.nodes]), links, self.meta)


@st.composite
def told(draw) -> Told:
    """A county of up to three townships and villages, eight facilities, two groups and an alliance."""
    nodes = [*_areas(draw), *_facilities(draw)]
    for group in GROUPS[: draw(st.integers(1, 2))]:
        type_ = draw(st.sampled_from(["county_medical_community", "urban_medical_group"]))
        nodes.append({"id": group, "kind": "Group", "type": type_})
    nodes += draw(
        st.sampled_from(
            [[], [{"id": "A0", "kind": "Group", "type": "specialty_alliance", "specialty": "tcm"}]]
        )
    )
    nodes += draw(st.sampled_from([[], [{"id": "C0", "kind": "SharedCentre", "type": "imaging"}]]))
    team = st.sampled_from([None, "public_health", "family_doctor"])
    nodes += draw(st.sampled_from([[], [{"id": "T0", "kind": "Team", "type": draw(team)}]]))
    named = tuple({"name": f"N{node['id']}", **node} for node in nodes)
    return Told(named, _links(draw, {node["id"] for node in named}), _declared(draw))


def _areas(draw) -> list[dict]:
    townships = [
        {"id": code, "level": "township", "population": draw(st.sampled_from([None, 100]))}
        for code in TOWNSHIPS[: draw(st.integers(1, 3))]
    ]
    villages = [{"id": code, "level": "village"} for code in VILLAGES[: draw(st.integers(0, 2))]]
    places = [*townships, *villages]
    return [{"kind": "Area", "lon": 121.0, "lat": 28.0} | place for place in places]


def _facilities(draw) -> list[dict]:
    kept = draw(st.sets(st.sampled_from(FACILITIES[1:]), min_size=1)) | {"H0"}
    return [
        {
            "id": id,
            "kind": "Facility",
            "type": draw(st.sampled_from((*TYPES[id[0]], None))),
            "level": draw(st.sampled_from([None, "2A", "3A"])),
            "admin_level": draw(st.sampled_from([None, "municipal", "county"])),
            "area": draw(st.sampled_from([None, *TOWNSHIPS, *VILLAGES])),
            "specialties": draw(st.sampled_from([None, "tcm", "psychiatry"]))
            if id in HOSPITALS
            else None,
            "status": draw(st.sampled_from([None, None, None, "closed"])),
            "outpatient_slots": draw(st.sampled_from([None, 3])),
            "beds": draw(st.sampled_from([None, 4])),
            "lon": draw(st.sampled_from([None, 121.0, 123.0])),
            "lat": 28.0,
        }
        for id in sorted(kept)
    ]


def _links(draw, there: set[str]) -> tuple[dict, ...]:
    every = [
        (source, relation, target)
        for relation, sources, targets in LINKS
        for source in sources
        for target in targets
        if {source, target} <= there and (source != target or relation == "RECOGNISES_RESULTS")
    ]
    chosen = draw(st.lists(st.sampled_from(every), unique=True, max_size=24)) if every else []
    return tuple(
        {"source": s, "relation": r, "target": t} | _stated(draw, r) for s, r, t in sorted(chosen)
    )


def _stated(draw, relation: str) -> dict:
    if relation == "DISPATCHES":
        start = draw(st.sampled_from([None, *DAYS]))
        return {"title": draw(st.sampled_from([None, "attending", "nurse"])), "valid_from": start}
    if relation in ("SINKS_SLOTS", "SINKS_BEDS"):
        column = relation.removeprefix("SINKS_").lower()
        return {
            column: draw(st.sampled_from([None, 1, 2])),
            "recipient": draw(st.sampled_from([None, "primary_care", "other"])),
            "period": draw(st.sampled_from([None, *PERIODS])),
        }
    if relation in ("REFERS_UP_TO", "REFERS_DOWN_TO"):
        return {
            "specialty": draw(st.sampled_from([None, None, "tcm", "psychiatry"])),
            "minutes": draw(st.sampled_from([None, None, 10.0, 40.0])),
        }
    return {}


def _declared(draw) -> dict[str, str]:
    """Half of the networks say of everything but one that it is whole: there verdicts are certain."""
    keys = (*TABLES, *(f"links.{relation}" for relation in RELATIONS), "links.MEMBER_OF.G0")
    if draw(st.booleans()):
        found = dict.fromkeys(keys, "complete") | {draw(st.sampled_from(keys)): "partial"}
    else:
        word = st.sampled_from(["complete", "complete", "partial", None])
        found = {key: draw(word) for key in keys}
    stated = {f"{key}.complete": state for key, state in found.items() if state}
    return {"data_day": "2023-12-31", "facilities.specialties.complete": "complete"} | stated


# -- less of it ----------------------------------------------------------------------------------


def less(told: Told) -> list[tuple[str, Told]]:
    """Return what is left of `told` after each step that takes something away, with its name."""
    return [*_blanked(told), *_unlinked(told), *_without_a_row(told), *_undeclared(told)]


def _blanked(told: Told) -> list[tuple[str, Told]]:
    nodes = [
        (f"{node['id']}.{column} blank", _with(told, nodes=_blank(told.nodes, at, column)))
        for at, node in enumerate(told.nodes)
        for column in CELLS[node["kind"]]
        if node.get(column) is not None
    ]
    links = [
        (f"{_words(link)}.{column} blank", _with(told, links=_blank(told.links, at, column)))
        for at, link in enumerate(told.links)
        for column in LINK_CELLS
        if link.get(column) is not None
    ]
    return [*nodes, *links]


def _blank(rows: tuple[dict, ...], at: int, column: str) -> tuple[dict, ...]:
    return (*rows[:at], rows[at] | {column: None}, *rows[at + 1 :])


def _unlinked(told: Told) -> list[tuple[str, Told]]:
    return [
        (f"without {_words(link)}", _with(told, links=(*told.links[:at], *told.links[at + 1 :])))
        for at, link in enumerate(told.links)
        if _is_open(told, link["relation"])
    ]


def _words(link: dict) -> str:
    return f"{link['source']} {link['relation']} {link['target']}"


def _is_open(told: Told, relation: str) -> bool:
    """Whether nothing that is declared says that some list of the relation is whole."""
    own = [state for key, state in told.meta.items() if key.startswith(f"links.{relation}")]
    return "complete" not in (own or [told.meta.get("links.complete")])


def _without_a_row(told: Told) -> list[tuple[str, Told]]:
    found = []
    for node in told.nodes:
        id, table = node["id"], TABLE_OF_KIND[node["kind"]].name
        touching = [link for link in told.links if id in (link["source"], link["target"])]
        declared = told.meta.get(f"{table}.complete") == "complete"
        apart = any(key.startswith("links.") and f".{id}." in key for key in told.meta)
        if (
            id == "H0"
            or declared
            or apart
            or not all(_is_open(told, one["relation"]) for one in touching)
        ):
            continue
        nodes = tuple(other for other in told.nodes if other is not node)
        links = tuple(link for link in told.links if link not in touching)
        found.append((f"without {id}", Told(nodes, links, told.meta)))
    return found


def _undeclared(told: Told) -> list[tuple[str, Told]]:
    found = []
    for key, state in told.meta.items():
        if state == "complete":
            found.append((f"{key} partial", _with(told, meta=told.meta | {key: "partial"})))
    return found


def _with(told: Told, **parts) -> Told:
    return Told(**({"nodes": told.nodes, "links": told.links, "meta": told.meta} | parts))


def shuffled(told: Told, random: Random) -> Told:
    """Return the same rows in another order."""
    nodes, links = (
        random.sample(told.nodes, len(told.nodes)),
        random.sample(told.links, len(told.links)),
    )
    return _with(told, nodes=tuple(nodes), links=tuple(links))
