"""Centralities and communities of referral flows: by hand, and beside other ways to compute them."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.errors import OptionError
from medgraph.queries import structure
from tests.queries.networks import network

NODES = "\n".join(f"F{number} Facility type=general_hospital status=open" for number in range(1, 7))


def net(*links: str):
    return network(NODES, "\n".join(links))


def flows(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["from", "to", "count"])


CHAIN = net("F1 REFERS_UP_TO F2", "F2 REFERS_UP_TO F3", "F4 REFERS_UP_TO F2")


def test_a_chain_by_hand():
    """F1 and F4 refer to F2, which refers to F3: F2 lies on 2 of the 3 x 2 pairs of others.

    Closeness of F3: three get there in 1, 2 and 2 steps, 3/5, all of the three others. Of F2: two in
    1 and 1 steps, 1, times 2/3. All authority is with F2, whose referrers are hubs alike.
    """
    frame = structure.centrality(CHAIN).frame.set_index("facility")
    assert frame["betweenness"].to_dict() == pytest.approx({"F1": 0, "F2": 2 / 6, "F3": 0, "F4": 0})
    assert frame["closeness"].to_dict() == pytest.approx({"F1": 0, "F2": 2 / 3, "F3": 0.6, "F4": 0})
    assert frame["authority"].to_dict() == pytest.approx(
        {"F1": 0, "F2": 1, "F3": 0, "F4": 0}, abs=1e-6
    )
    assert frame["hub"].to_dict() == pytest.approx(
        {"F1": 0.5, "F2": 0, "F3": 0, "F4": 0.5}, abs=1e-6
    )
    assert frame["pagerank"].sum() == pytest.approx(1)
    assert frame["sent"].to_dict() == {"F1": 1, "F2": 1, "F3": 0, "F4": 1}


def test_who_has_no_flow_is_excluded():
    answer = structure.centrality(CHAIN)
    assert (answer.total, answer.judged) == (6, 4)
    assert answer.excluded["facility"].tolist() == ["F5", "F6"]


def test_observed_flows_count_and_strangers_are_told():
    """Counts of one pair add up; who is nobody here is named with the volume."""
    table = flows(
        ("F1", "F2", 30), ("F1", "F2", 10), ("NF3", "F2", 5), ("X", "F2", 7), ("F1", "F1", 9)
    )
    answer = structure.centrality(CHAIN, flows=table)
    frame = answer.frame.set_index("facility")
    assert frame["received"].to_dict() == {"F1": 0, "F2": 45, "F3": 0}
    assert any("7" in note and "X" in note for note in answer.notes)


def test_two_clusters_are_two_communities():
    """Two triangles with one link between them fall apart there; what stays inside is 6 of 7."""
    answer = structure.communities(
        net(),
        flows=flows(
            *(("F1", "F2", 1), ("F2", "F3", 1), ("F3", "F1", 1)),
            *(("F4", "F5", 1), ("F5", "F6", 1), ("F6", "F4", 1), ("F3", "F4", 1)),
        ),
    )
    found = answer.frame.set_index("facility")["community"]
    assert found[["F1", "F2", "F3"]].nunique() == found[["F4", "F5", "F6"]].nunique() == 1
    assert found["F1"] != found["F4"]
    assert any("6" in note and "7" in note for note in answer.notes)


def test_direction_and_nothing():
    assert structure.centrality(CHAIN, direction="down").judged == 0
    assert structure.communities(CHAIN, direction="down").judged == 0


@pytest.mark.parametrize(
    "options",
    [
        {"direction": "sideways"},
        {"flows": pd.DataFrame({"from": ["F1"]})},
        {"flows": flows(("F1", "F2", -1))},
        {"flows": flows(("F1", "F2", None))},
    ],
)
def test_what_cannot_be_used_is_refused(options):
    with pytest.raises(OptionError):
        structure.centrality(CHAIN, **options)


def test_a_resolution_is_above_zero():
    with pytest.raises(OptionError):
        structure.communities(CHAIN, resolution=0)


EDGES = st.dictionaries(
    st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda ends: ends[0] != ends[1]),
    st.integers(1, 50),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=25)
@given(EDGES)
def test_measures_by_another_way(edges):
    """PageRank by solving its equations, betweenness by listing all shortest ways."""
    frame = structure.centrality(
        net(), flows=flows(*((f"F{a}", f"F{b}", n) for (a, b), n in edges.items()))
    ).frame.set_index("facility")
    graph = nx.DiGraph()
    graph.add_weighted_edges_from((f"F{a}", f"F{b}", n) for (a, b), n in edges.items())
    names = sorted(graph)
    size = len(names)
    assert frame.index.tolist() == names
    step = nx.to_numpy_array(graph, nodelist=names)
    sums = step.sum(axis=1, keepdims=True)
    step = np.where(sums > 0, step / np.where(sums > 0, sums, 1), 1 / size)
    rank = np.linalg.solve(np.eye(size) - 0.85 * step.T, np.full(size, 0.15 / size))
    assert frame["pagerank"].to_numpy() == pytest.approx(rank, abs=1e-6)
    through = dict.fromkeys(names, 0.0)
    for a in names:
        for b in names:
            if a == b or not nx.has_path(graph, a, b):
                continue
            ways = list(nx.all_shortest_paths(graph, a, b))
            for way in ways:
                for middle in way[1:-1]:
                    through[middle] += 1 / len(ways)
    pairs = max((size - 1) * (size - 2), 1)
    assert frame["betweenness"].to_dict() == pytest.approx(
        {n: v / pairs for n, v in through.items()}
    )
    assert frame["hub"].sum() == pytest.approx(1)
    assert frame["authority"].sum() == pytest.approx(1)
