"""Write small networks as lines of text, for tests of queries."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import as_table, canonical
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.words.vocabularies import GROUP_TYPES, STATUSES

COMPLETE = {"links__complete": "complete", "facilities__complete": "complete"}


def network(nodes: str, links: str = "", **meta: str) -> MedicalNetwork:
    """A network from lines `id kind key=value ...` and `source RELATION target key=value ...`."""
    node_rows = [
        {"id": id, "kind": kind, "name": f"N{id}", **_values(rest)}
        for id, kind, *rest in _lines(nodes)
    ]
    link_rows = [
        {"source": s, "relation": r, "target": t, **_values(rest)}
        for s, r, t, *rest in _lines(links)
    ]
    graph_meta = {"data_day": "2024-01-01"} | {k.replace("__", "."): v for k, v in meta.items()}
    return MedicalNetwork.from_frames(
        as_table(node_rows), as_table(link_rows) if link_rows else None, graph_meta
    )


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.strip()]


def _values(pairs: list[str]) -> dict:
    typed = {
        "is_class": lambda v: v == "yes",
        "population": int,
        "physicians": int,
        "lon": float,
        "lat": float,
        "valid_from": datetime.date.fromisoformat,
        "valid_to": datetime.date.fromisoformat,
    }
    return {key: typed.get(key, str)(value) for key, value in (pair.split("=") for pair in pairs)}


# -- made by hypothesis ------------------------------------------------------------------------

CODES = (
    "331001000000",
    "331001001000",
    "331001002000",
    "331001400000",
    "331002001000",
    "331001001001",
    "331001001002",
    "331001400001",
    "区一",
)
LEVELS = (None, "township", "village", "county")
KEYS = ("links", "links.MEMBER_OF", "links.SERVES", "links.MEMBER_OF.G0", "facilities", "areas")
RELATIONS = {
    "MEMBER_OF": ("F", "G"),
    "LEADS": ("F", "G"),
    "SERVES": ("F", "A"),
    "ADJACENT_TO": ("A", "A"),
    "REFERS_UP_TO": ("F", "F"),
    "REFERS_DOWN_TO": ("F", "F"),
    "DISPATCHES": ("F", "F"),
    "RUN_BY": ("F", "F"),
}
_DAYS = st.sampled_from(
    [None, datetime.date(2023, 12, 31), datetime.date(2024, 1, 1), datetime.date(2024, 1, 2)]
)


@st.composite
def _areas(draw) -> list[dict]:
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=7))
    return [
        {
            "id": code,
            "kind": "Area",
            "level": draw(st.sampled_from(LEVELS)),
            "area_kind": draw(st.sampled_from([None, "town", "quasi_unit"])),
            "population": draw(st.sampled_from([None, 0, 100])),
        }
        for code in codes
    ]


@st.composite
def _facilities(draw) -> list[dict]:
    place = st.sampled_from([None, 121.0, 121.2])
    return [
        {
            "id": f"F{i}",
            "kind": "Facility",
            "status": draw(st.sampled_from([None, *STATUSES])),
            "type": draw(
                st.sampled_from(
                    [None, "township_health_centre", "village_clinic", "general_hospital"]
                )
            ),
            "level": draw(st.sampled_from([None, "2A", "3"])),
            "is_class": draw(st.sampled_from([None, None, True])),
            "area": draw(st.sampled_from([None, *CODES])),
            "physicians": draw(st.sampled_from([None, 0, 3])),
            "lon": draw(place),
            "lat": 28.0,
            "valid_from": draw(_DAYS),
            "valid_to": draw(_DAYS),
        }
        for i in range(draw(st.integers(0, 6)))
    ]


@st.composite
def networks(draw) -> MedicalNetwork:
    """Small networks for coverage: areas of all levels, facilities in any state, groups, whatever is declared.

    They do not pass the door: types are absent, dates end before they begin, two lead one group. A query
    has to bear that.
    """
    groups = [
        {
            "id": f"G{i}",
            "kind": "Group",
            "type": draw(st.sampled_from([None, *GROUP_TYPES])),
            "specialty": draw(st.sampled_from([None, "tcm"])),
            "is_class": draw(st.sampled_from([None, None, True])),
        }
        for i in range(draw(st.integers(0, 4)))
    ]
    ids = {"A": draw(_areas()), "F": draw(_facilities()), "G": groups}
    links = []
    for _ in range(draw(st.integers(0, 14))):
        relation = draw(st.sampled_from(list(RELATIONS)))
        ends = [ids[end] for end in RELATIONS[relation]]
        if all(ends):
            source, target = (draw(st.sampled_from(end))["id"] for end in ends)
            links.append(
                {"source": source, "relation": relation, "target": target, "valid_to": draw(_DAYS)}
            )
    meta = {
        f"{key}.complete": draw(st.sampled_from(["complete", "partial"]))
        for key in draw(st.lists(st.sampled_from(KEYS), unique=True))
    }
    nodes = [{"name": f"N{row['id']}", **row} for rows in ids.values() for row in rows]
    return MedicalNetwork(
        canonical(as_table(nodes, ("id", "kind", "name")), schema.field_types()),
        canonical(as_table(links, ("source", "relation", "target")), schema.link_types()),
        {"data_day": "2024-01-01", **meta},
    )
