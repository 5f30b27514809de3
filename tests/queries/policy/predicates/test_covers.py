"""What has to be covered: lists as they are, and the counties of a network."""

from __future__ import annotations

import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy.facts.audited_network import AuditedNetwork
from medgraph.queries.policy.facts.value_sets import COUNTIES
from medgraph.queries.policy.predicates.covers import values_of


def test_a_township_known_by_its_code_names_its_county():
    """An area that states no level is a township by its code, as for coverage."""
    area = {"id": "331002001000", "kind": "Area", "name": "A"}
    net = MedicalNetwork.from_frames(pd.DataFrame([area]), meta={"data_day": "2025-01-01"})
    assert values_of(AuditedNetwork(net, net.day()), COUNTIES) == ["331002"]
