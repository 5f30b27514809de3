"""Conditions are three-valued: yes, no, or not known where nothing is stated."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.audited_network import AuditedNetwork
from medgraph.queries.policy.facts.limits import within


@pytest.fixture
def audited():
    nodes = pd.DataFrame(
        [
            {"id": "A", "kind": "Facility", "name": "A", "beds": 20, "level": "2A"},
            {"id": "B", "kind": "Facility", "name": "B", "beds": 5, "level": None},
            {"id": "C", "kind": "Facility", "name": "C", "beds": None, "level": "1"},
        ]
    )
    net = MedicalNetwork.from_frames(nodes, None, {"data_day": "2024-12-31"})
    return AuditedNetwork(net, net.data_day)


@pytest.mark.parametrize(
    ("tree", "states"),
    [
        ({"beds": {"at_least": 10}}, [YES, NO, UNKNOWN]),
        ({"level": ["@level2up"]}, [YES, UNKNOWN, NO]),
        ({"level": ["@level2up"], "beds": {"at_least": 10}}, [YES, NO, NO]),
        ({"any": [{"level": ["1"]}, {"beds": {"at_least": 10}}]}, [YES, UNKNOWN, YES]),
        ({"not": {"beds": {"at_least": 10}}}, [NO, YES, UNKNOWN]),
        ({"beds": {"known": True}}, [YES, YES, UNKNOWN]),
    ],
)
def test_a_tree_joins_its_leaves(audited, tree, states):
    """All of a tree is the least of its leaves, any the greatest, and not turns them round."""
    at = audited.index.positions(["A", "B", "C"])
    assert audited.states(tree, np.asarray(at)).tolist() == states


def test_a_limit_that_is_no_number_decides_nothing():
    """Minutes of 三十 set by a user let every township pass."""
    assert within(Fraction(200), {"at_most": "三十"}) is None
    assert within(Fraction(200), {"at_most": "30"}) is False
