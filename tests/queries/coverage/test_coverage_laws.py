"""Coverage against plain networkx, and what must hold on any network."""

from __future__ import annotations

import datetime

import networkx as nx
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import coverage
from tests.queries.networks import networks

DAY = datetime.date(2024, 1, 1)
ALLIANCE = "specialty_alliance"


def on_the_day(net: MedicalNetwork) -> nx.MultiDiGraph:
    """The facts of the day as plain networkx, dates and all, without help from the library's own filter."""
    graph = net.to_networkx(days_as_text=False)
    late = [n for n, d in graph.nodes(data=True) if not _lasts(d) and not _is_to_come(d)]
    graph.remove_nodes_from(late)
    graph.remove_edges_from(
        [(s, t, k) for s, t, k, d in graph.edges(keys=True, data=True) if not _lasts(d)]
    )
    return graph


def _lasts(row: dict) -> bool:
    return row.get("valid_from", DAY) <= DAY <= row.get("valid_to", DAY)


def _is_to_come(row: dict) -> bool:
    return row.get("status") == "planned" and row.get("valid_to", DAY) >= DAY


def at_work(row: dict) -> bool:
    """Open on the day, and not a placeholder."""
    planned = row.get("status") == "planned" and "valid_from" not in row
    return (
        row["kind"] == "Facility"
        and not row.get("is_class")
        and _lasts(row)
        and not planned
        and row.get("status") not in ("closed", "suspended")
    )


def groups_of(graph: nx.MultiDiGraph, facility: str) -> set[str]:
    """The groups, alliances among them, that a facility leads or is a member of."""
    return {
        target
        for _, target, data in graph.out_edges(facility, data=True)
        if data["relation"] in ("LEADS", "MEMBER_OF")
        and graph.nodes[target]["kind"] == "Group"
        and not graph.nodes[target].get("is_class")
    }


def real_groups(graph: nx.MultiDiGraph, facility: str) -> set[str]:
    return {g for g in groups_of(graph, facility) if graph.nodes[g].get("type") != ALLIANCE}


@settings(max_examples=100, deadline=None)
@given(net=networks())
def test_served_agrees_with_networkx(net):
    """The groups and members of every area are those that a walk over the plain graph finds."""
    graph = on_the_day(net)
    answer = coverage.served(net)
    for row in answer.frame.itertuples():
        members = {
            source
            for source, _, data in graph.in_edges(row.area, data=True)
            if data["relation"] == "SERVES"
            and at_work(graph.nodes[source])
            and real_groups(graph, source)
        }
        groups = set().union(*(real_groups(graph, member) for member in members))
        assert (row.status == "served") == bool(members)
        if members:
            assert set(row.facilities.split("|")) == members
            assert set(row.group.split("|")) == groups
    for area in answer.unknown["area"]:
        members = [
            source
            for source, _, data in graph.in_edges(area, data=True)
            if data["relation"] == "SERVES"
            and at_work(graph.nodes[source])
            and real_groups(graph, source)
        ]
        assert not members or "level" not in graph.nodes[area]


@settings(max_examples=100, deadline=None)
@given(net=networks())
def test_overlaps_agree_with_networkx(net):
    """An overlap is an area whose members at work belong to two groups or more."""
    graph = on_the_day(net)
    excluded = (
        set(coverage.served(net).excluded["area"]) if len(coverage.served(net).excluded) else set()
    )
    for area in set(coverage.served(net).status.index) - excluded:
        members = [
            source
            for source, _, data in graph.in_edges(area, data=True)
            if data["relation"] == "SERVES" and at_work(graph.nodes[source])
        ]
        groups = set().union(*(real_groups(graph, member) for member in members))
        assert (area in set(coverage.overlaps(net).frame["area"])) == (len(groups) > 1)


@settings(max_examples=100, deadline=None)
@given(net=networks())
def test_ungrouped_agrees_with_networkx(net):
    """Who is in no group on the day is a finding or, while lists are undeclared, unknown."""
    graph, answer = on_the_day(net), coverage.ungrouped(net)
    asked = {n: d for n, d in graph.nodes(data=True) if d["kind"] == "Facility"}
    aside = {n for n, d in asked.items() if d.get("is_class") or d.get("status") == "closed"}
    outside = {n for n in asked if n not in aside and not real_groups(graph, n)}
    assert answer.total == len(asked)
    assert {*answer.frame["facility"], *answer.unknown["facility"]} == outside
    assert set(answer.excluded["facility"]) == aside
    assert len(answer.frame) == 0 or len(answer.unknown) == 0


@settings(max_examples=100, deadline=None)
@given(net=networks())
def test_multiple_agrees_with_networkx(net):
    """Two groups of one type, or two alliances of one specialty."""
    graph, answer = on_the_day(net), coverage.multiple(net)
    for facility, data in graph.nodes(data=True):
        if data["kind"] != "Facility" or data.get("is_class") or data.get("status") == "closed":
            continue
        kinds = []
        for group in groups_of(graph, facility):
            values = graph.nodes[group]
            kind = (
                values.get("type"),
                values.get("specialty") if values.get("type") == ALLIANCE else "",
            )
            kinds += [kind] if all(v is not None for v in kind) else []
        assert (facility in set(answer.frame["facility"])) == (len(kinds) > len(set(kinds)))


@settings(max_examples=100, deadline=None)
@given(net=networks())
def test_another_service_never_makes_a_gap(net):
    """Adding a SERVES link of a member to any area turns no served area into anything else, and makes no gap."""
    before = coverage.served(net).status
    index = net.as_of(DAY).index
    facilities = index.ids.filter(index.is_kind("Facility")).to_pylist()
    for facility, area in zip(facilities, [*before.index, *before.index], strict=False):
        after = coverage.served(net.linked(facility, "SERVES", area)).status
        assert (after[before[before == "served"].index] == "served").all()
        assert set(after[after == "gap"].index) <= set(before[before == "gap"].index)


@settings(max_examples=50, deadline=None)
@given(net=networks())
def test_declaring_more_never_hides_a_finding(net):
    """Declared complete, unknown areas may become gaps, but what was served or a gap stays so."""
    before, after = (
        coverage.served(n).status
        for n in (
            net,
            net.with_meta(
                **{key: "complete" for key in net.meta if key.endswith("complete")}
                | {"links.complete": "complete"}
            ),
        )
    )
    told = before[before != "unknown"]
    pd.testing.assert_series_equal(told, after[told.index])


@settings(max_examples=50, deadline=None)
@given(net=networks())
def test_an_answer_is_the_same_twice(net):
    """The same question to the same network gives the same answer, to the byte."""
    assert coverage.served(net).to_json() == coverage.served(net).to_json()
    assert coverage.gaps(net).frame["area"].tolist() == [
        a for a, s in coverage.served(net).status.items() if s == "gap"
    ]


PLACES = [f"33100100{k}000" for k in range(1, 7)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES)), min_size=1, max_size=8),
    st.lists(st.sampled_from(["G1", "G2", "G3"]), min_size=6, max_size=6),
)
def test_isolated_areas_are_those_that_networkx_finds(borders, owners):
    """An area of a group stands alone where the group has others and no border joins it to one of them."""
    nodes = [{"id": one, "kind": "Area", "name": one} for one in PLACES]
    nodes += [{"id": f"F{g}", "kind": "Facility", "name": g} for g in ("G1", "G2", "G3")]
    nodes += [
        {"id": g, "kind": "Group", "name": g, "type": "county_medical_community"}
        for g in ("G1", "G2", "G3")
    ]
    links = [(f"F{g}", "MEMBER_OF", g) for g in ("G1", "G2", "G3")]
    links += [(f"F{g}", "SERVES", one) for one, g in zip(PLACES, owners, strict=True)]
    pairs = sorted({(one, other) for one, other in borders if one != other})
    links += [(one, "ADJACENT_TO", other) for one, other in pairs]
    frame = pd.DataFrame(links, columns=["source", "relation", "target"])
    meta = {"links.complete": "complete", "data_day": "2024-01-01"}
    net = MedicalNetwork.from_frames(pd.DataFrame(nodes), frame, meta)
    graph = nx.Graph(pairs)
    for row in coverage.grid(net).frame.to_dict("records"):
        own = {one for one, group in zip(PLACES, owners, strict=True) if group == row["group"]}
        bordered = own & set(graph)
        alone = {one for one in bordered if not own & set(graph[one])} if len(own) > 1 else set()
        found = row["isolated"]
        assert set(found.split("|") if isinstance(found, str) else ()) == alone
        parts = [*nx.connected_components(graph.subgraph(bordered))]
        if own == bordered != set():
            assert row["components"] == len(parts)
        else:
            assert pd.isna(row["components"])
        named = row["parts"].split("|") if isinstance(row["parts"], str) else []
        wanted = parts if len(parts) > 1 else []
        assert {frozenset(one.split("+")) for one in named} == {frozenset(one) for one in wanted}
