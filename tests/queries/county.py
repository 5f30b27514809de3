"""A small made-up county, built by hand, in which every obligation is met."""

from __future__ import annotations

import datetime

import pandas as pd

from medgraph.graphmodel.canonical import as_arrow, canonical
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.schema import field_types, link_types

DAY = datetime.date(2024, 12, 31)
TOWNS = ("T1", "T2", "T3", "T4", "T5")
KINDS = ("laboratory", "imaging", "ecg", "pathology", "sterile_supply", "pharmacy")
COMPLETE = {
    f"links.{r}.complete": "complete"
    for r in (
        "LEADS",
        "MEMBER_OF",
        "HOSTS_CENTRE",
        "USES_CENTRE",
        "REFERS_UP_TO",
        "REFERS_DOWN_TO",
        "DISPATCHES",
        "STATIONED_IN",
        "TELEMEDICINE",
        "RECOGNISES_RESULTS",
        "RUN_BY",
        "SINKS_SLOTS",
        "SINKS_BEDS",
        "SINKS_RESOURCES_TO",
        "COOPERATES_WITH",
        "SERVES",
    )
}


def network(nodes, links, **meta):
    """Build a network from rows (dicts), with a data day of `DAY` unless `meta` says another."""
    return MedicalNetwork.from_frames(
        pd.DataFrame(nodes),
        pd.DataFrame(links, columns=None if links else ["source", "relation", "target"]),
        {"data_day": DAY.isoformat(), **meta},
    )


def unchecked(nodes, links, **meta):
    """Build a network from rows as `network` does, but let faults in, as a source read otherwise may hold them."""
    return MedicalNetwork(
        canonical(as_arrow(pd.DataFrame(nodes), ("id", "kind", "name")), field_types()),
        canonical(as_arrow(pd.DataFrame(links), ("source", "relation", "target")), link_types()),
        {"data_day": DAY.isoformat(), **meta},
    )


def link(source, relation, target, **values):
    return {"source": source, "relation": relation, "target": target, **values}


def nodes():
    """One group, its lead, five township centres with a clinic and an area each, six shared centres, one team."""
    rows = [
        {"id": "G1", "kind": "Group", "name": "甲医共体", "type": "county_medical_community"},
        {
            "id": "H1",
            "kind": "Facility",
            "name": "县人民医院",
            "type": "general_hospital",
            "level": "2A",
            "area": "336001001000",
            "beds": 200,
            "outpatient_slots": 300,
        },
        {"id": "K1", "kind": "Team", "name": "公卫团队", "type": "public_health"},
    ]
    rows += [
        {"id": f"C-{kind}", "kind": "SharedCentre", "name": f"{kind}中心", "type": kind}
        for kind in KINDS
    ]
    for i, town in enumerate(TOWNS, 1):
        area = f"3360011{i:02d}000"
        rows += [
            {
                "id": area,
                "kind": "Area",
                "name": f"镇{i}",
                "level": "township",
                "population": i * 1000,
            },
            {
                "id": town,
                "kind": "Facility",
                "name": f"镇{i}卫生院",
                "type": "township_health_centre",
                "area": area,
            },
            {
                "id": f"V{i}",
                "kind": "Facility",
                "name": f"村{i}卫生室",
                "type": "village_clinic",
                "area": area,
            },
        ]
    return rows


def links():
    """Every obligation of every township centre by a link of its own, those of the group by one for all."""
    rows = [link("H1", "LEADS", "G1")]
    rows += [link("H1", "HOSTS_CENTRE", f"C-{kind}") for kind in KINDS]
    for i, town in enumerate(TOWNS, 1):
        rows += [
            link(town, "MEMBER_OF", "G1"),
            link(town, "SERVES", f"3360011{i:02d}000"),
            *(link(town, "USES_CENTRE", f"C-{kind}") for kind in KINDS),
            link(town, "REFERS_UP_TO", "H1"),
            link("H1", "REFERS_DOWN_TO", town),
            link(
                "H1",
                "DISPATCHES",
                town,
                title="attending",
                role="clinical",
                person=f"p{i}",
                valid_from=datetime.date(2024, 1, 1),
            ),
            link("K1", "STATIONED_IN", town),
            link("H1", "TELEMEDICINE", town),
            link("H1", "RECOGNISES_RESULTS", town, items=210),
            link(f"V{i}", "RUN_BY", town),
            link(f"V{i}", "REFERS_UP_TO", town),
        ]
    return rows


def county(**meta):
    """The county with every relation declared complete."""
    return network(nodes(), links(), **COMPLETE, **meta)
