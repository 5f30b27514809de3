"""Links that stay inside a group: only a group of the day holds them."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.audited_network import AuditedNetwork
from medgraph.queries.policy.facts.subjects import subjects_of
from medgraph.queries.policy.predicates.inside import inside

TYPE = "urban_medical_group"


@pytest.mark.parametrize(
    ("status", "declared", "expected"),
    [
        ("open", "complete", YES),
        ("open", "partial", YES),
        ("closed", "complete", NO),
        ("closed", "partial", UNKNOWN),  # both may be members of another group
    ],
)
def test_a_closed_group_holds_no_link(status, declared, expected):
    """Two members of one group refer to each other inside it while the group lasts."""
    nodes = pd.DataFrame(
        [
            {"id": "A", "kind": "Facility", "name": "A"},
            {"id": "B", "kind": "Facility", "name": "B"},
            {"id": "G", "kind": "Group", "name": "G", "type": TYPE, "status": status},
        ]
    )
    links = [("A", "MEMBER_OF", "G"), ("B", "MEMBER_OF", "G"), ("A", "REFERS_UP_TO", "B")]
    edges = pd.DataFrame(links, columns=["source", "relation", "target"])
    lists = {f"links.{name}.complete": declared for name in ("MEMBER_OF", "LEADS")}
    net = MedicalNetwork.from_frames(nodes, edges, {"data_day": "2025-01-01", **lists})
    audited = AuditedNetwork(net, net.day())
    part = {"relations": ["REFERS_UP_TO"], "where": {"type": [TYPE]}}
    tested = inside(audited, part, subjects_of(audited, "all"))
    assert tested.state.tolist() == [expected]
