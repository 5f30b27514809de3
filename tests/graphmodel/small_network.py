"""A small network with dates, which the tests of this room ask and change."""

from __future__ import annotations

import datetime

import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork


def small() -> MedicalNetwork:
    """Two groups and an alliance; F is in G1 since 2020, F was in G0 before."""
    nodes = [
        {
            "id": "F",
            "kind": "Facility",
            "name": "甲卫生院",
            "short_name": "甲院",
            "aliases": "老甲|甲所",
            "area": "331003003000",
        },
        {"id": "E", "kind": "Facility", "name": "甲卫生院", "area": "331002001000"},
        {
            "id": "P",
            "kind": "Facility",
            "name": "新院",
            "status": "planned",
            "valid_from": datetime.date(2030, 1, 1),
        },
        {
            "id": "G0",
            "kind": "Group",
            "name": "旧集团",
            "type": "urban_medical_group",
            "valid_to": datetime.date(2019, 12, 31),
        },
        {"id": "G1", "kind": "Group", "name": "一集团", "type": "urban_medical_group"},
        {"id": "G2", "kind": "Group", "name": "二集团", "type": "urban_medical_group"},
        {"id": "A1", "kind": "Group", "name": "联盟", "type": "specialty_alliance"},
    ]
    edges = [
        {
            "source": "F",
            "relation": "MEMBER_OF",
            "target": "G0",
            "valid_to": datetime.date(2019, 12, 31),
        },
        {
            "source": "F",
            "relation": "MEMBER_OF",
            "target": "G1",
            "valid_from": datetime.date(2020, 1, 1),
        },
        {"source": "F", "relation": "MEMBER_OF", "target": "A1"},
    ]
    return MedicalNetwork.from_frames(
        pd.DataFrame(nodes), pd.DataFrame(edges), {"data_day": "2023-10-25"}
    )


def groups_of(net: MedicalNetwork, id: str, day: str) -> set[str]:
    """The groups that `id` belongs to on `day`."""
    edges = net.as_of(day).edges("MEMBER_OF")
    return set(edges[edges.source == id].target)
