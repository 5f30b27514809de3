"""The network map draws every node by what it is on the day: a fact that Day decides."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals import swimlane
from medgraph.visuals.network.network_scene import network_scene

DAY = datetime.date(2025, 1, 1)


def network(**group) -> MedicalNetwork:
    """Return a group with a lead, a station by its WS 218 code alone, and an alliance."""
    nodes = [
        {"id": "G1", "kind": "Group", "type": "county_medical_community", **group},
        {"id": "A1", "kind": "Group", "type": "specialty_alliance"},
        {"id": "H1", "kind": "Facility", "type": "general_hospital"},
        {"id": "C1", "kind": "Facility", "type": "township_health_centre"},
        {"id": "S1", "kind": "Facility", "ws218": "D600"},
        {"id": "X1", "kind": "Facility"},
    ]
    links = [
        ("H1", "LEADS", "G1"),
        ("C1", "MEMBER_OF", "G1"),
        ("S1", "MEMBER_OF", "G1"),
        ("H1", "LEADS", "A1"),
    ]
    edges = pd.DataFrame(links, columns=["source", "relation", "target"])
    named = pd.DataFrame(nodes).assign(name=lambda rows: rows["id"])
    return MedicalNetwork.from_frames(named, edges, {"data_day": DAY.isoformat()})


def roles(net: MedicalNetwork) -> dict[str, str]:
    return {node.id: node.role for node in network_scene(net, None, {}, DAY, "en").nodes}


def test_nodes_are_drawn_as_what_they_are():
    """A station is one by its code, too; a lead of an alliance alone would be none of a group."""
    assert roles(network()) == {
        "G1": "group",
        "A1": "alliance",
        "H1": "lead",
        "C1": "primary",
        "S1": "station",
        "X1": "other",
    }


@pytest.mark.parametrize("status", ["closed", "suspended", "planned"])
def test_a_group_that_is_not_at_work_is_drawn_and_holds_nobody(status):
    """It stays a node of the picture, without a circle, a column or members of its own."""
    net = network(status=status)
    scene = network_scene(net, None, {}, DAY, "en")
    assert len(scene.nodes) == 6
    assert scene.owners == {}
    assert {node.id for node in scene.nodes if node.owner} == set()
    assert roles(net)["G1"] == "Group"
    assert swimlane(net, lang="en").counts["all"] == 6
