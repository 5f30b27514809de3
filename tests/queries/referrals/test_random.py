"""Random networks against a checker written straight from the definition, with dicts, sets and networkx."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.graphmodel.day import Day
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import referrals

TYPES = ["village_clinic", "township_health_centre", "general_hospital"]
COMPLETE = {
    f"links.{r}.complete": "complete"
    for r in ("REFERS_UP_TO", "REFERS_DOWN_TO", "LEADS", "MEMBER_OF", "COOPERATES_WITH")
}


@st.composite
def networks(draw, *, able=False):
    """A network of up to nine facilities in two groups, with links up and down at random.

    `able`: with levels and specialties, and links for one specialty only.
    """
    count = draw(st.integers(3, 9))
    ids = [f"F{i}" for i in range(count)]
    nodes = [
        {"id": g, "kind": "Group", "name": g, "type": "county_medical_community"}
        for g in ("G1", "G2")
    ]
    nodes += [
        {
            "id": f,
            "kind": "Facility",
            "name": f,
            "type": draw(st.sampled_from(TYPES)),
            "status": draw(st.sampled_from(["open", "open", "open", "open", "closed"])),
            "level": draw(st.sampled_from(["1A", "2A", "3A"])) if able else "2A",
            "specialties": draw(st.sampled_from([None, "surgery", "psychiatry|surgery"]))
            if able
            else None,
        }
        for f in ids
    ]
    links = []
    for group in ("G1", "G2"):
        if draw(st.integers(0, 4)):
            links.append(
                {"source": draw(st.sampled_from(ids)), "relation": "LEADS", "target": group}
            )
    links += [
        {"source": f, "relation": "MEMBER_OF", "target": draw(st.sampled_from(["G1", "G1", "G2"]))}
        for f in ids
        if draw(st.integers(0, 5))
    ]
    pair = st.tuples(
        st.sampled_from(ids),
        st.sampled_from(ids),
        st.sampled_from([None, 0.0, 1.0, 5.0, 5.0, 30.0]),
    )
    for relation in ("REFERS_UP_TO", "REFERS_DOWN_TO"):
        for source, target, minutes in draw(st.lists(pair, max_size=3 * count)):
            carries = draw(st.sampled_from([None, None, "psychiatry", "tcm"])) if able else None
            links.append(
                {
                    "source": source,
                    "relation": relation,
                    "target": target,
                    "minutes": minutes,
                    "specialty": carries,
                }
            )
    return MedicalNetwork.from_frames(
        pd.DataFrame(nodes), pd.DataFrame(links), {"data_day": "2024-01-01", **COMPLETE}
    )


class Facts:
    """What the definition speaks of, read from the frames of a network."""

    def __init__(self, net, *, within_group=False, specialty=None):
        nodes, edges = net.nodes("Facility"), net.edges()
        self.type = nodes["type"].to_dict()
        self.level = nodes["level"].dropna().to_dict() if "level" in nodes else {}
        listed = nodes["specialties"].dropna().to_dict() if "specialties" in nodes else {}
        self.able = {id for id, text in listed.items() if specialty in text.split("|")}
        self.wanted = set(self.type) if specialty is None else self.able
        self.open = {id for id, status in nodes["status"].items() if status == "open"}
        of = {
            r: list(part[["source", "target"]].itertuples(index=False, name=None))
            for r, part in edges.groupby("relation")
        }
        self.leads = of.get("LEADS", [])
        self.groups = {}
        for facility, group in [*of.get("MEMBER_OF", []), *self.leads]:
            self.groups.setdefault(facility, set()).add(group)
        self.minutes = {}
        for row in edges.to_dict("records"):
            if row["relation"].startswith("REFERS") and (
                pd.isna(row.get("specialty")) or row["specialty"] == specialty
            ):
                up = row["relation"] == "REFERS_UP_TO"
                key = (up, row["source"], row["target"])
                stated = row.get("minutes", math.nan)
                self.minutes.setdefault(key, []).append(stated)
        if within_group:
            self.minutes = {
                k: v
                for k, v in self.minutes.items()
                if self.groups.get(k[1], set()) & self.groups.get(k[2], set())
            }

    def targets(self, facility):
        return {
            lead
            for lead, group in self.leads
            if group in self.groups[facility] and lead in self.open
        }

    def skips(self, source, target):
        return self.type[source] == "village_clinic" and (
            target in {lead for lead, _ in self.leads} or self.level.get(target, "").startswith("3")
        )

    def graph(self, *, up=True, skips=False, timed=False):
        """The legal links as a networkx graph; `skips` lets a village pass the township."""
        graph = nx.DiGraph()
        graph.add_nodes_from(self.open)
        for (is_up, source, target), minutes in self.minutes.items():
            if is_up != up or not {source, target} <= self.open:
                continue
            stated = [m for m in minutes if m == m]
            if (up and not skips and self.skips(source, target)) or (timed and not stated):
                continue
            graph.add_edge(source, target, minutes=min(stated, default=math.nan))
        return graph


def cost(graph, source, targets, weight):
    costs = nx.single_source_dijkstra_path_length(graph, source, weight=weight)
    return min((costs[t] for t in targets if t in costs), default=None)


def returning(facts, source, stages):
    """The stages with those targets alone from which there is a way back; all where there is none from any."""
    up, down = facts.graph(), facts.graph(up=False)
    found = [
        {t for t in targets if nx.has_path(up, source, t) and nx.has_path(down, t, source)}
        for targets in stages
    ]
    return found if any(found) else stages


def is_proved(facts, row, *, back=True):
    """The row's steps and minutes are those of networkx, and its target is allowed."""
    source = row["facility"]
    targets = returning(facts, source, [facts.targets(source)])[0]
    timed = cost(facts.graph(timed=True), source, targets, "minutes")
    steps = cost(facts.graph(), source, targets, None)
    assert row["target"] in targets
    if timed is not None:
        assert row["minutes"] == timed
    else:
        assert pd.isna(row["minutes"])
        assert row["steps"] == steps
    return nx.has_path(facts.graph(up=False), row["target"], source) == back


def is_counter_example(facts, row):
    """The row's counter-example is a real one of its kind."""
    source, kind, at = row["facility"], row["status"], row["at"]
    targets, legal = facts.targets(source), facts.graph()
    if kind == "no_return":
        return is_proved(facts, row, back=False)
    reach = nx.descendants(legal, source) | {source}
    assert not reach & targets, "there is a legal path"
    skipping = nx.descendants(facts.graph(skips=True), source)
    if kind == "level_skip":
        return bool(skipping & targets)
    assert not skipping & targets
    if kind == "no_lead":
        return not any(group in facts.groups[source] for _, group in facts.leads)
    ends = {node for node in reach if not legal.out_degree(node)}
    to_closed = {s for (up, s, t) in facts.minutes if up and t not in facts.open}
    if kind == "closed" and at not in facts.open:
        return not targets and any(
            lead == at and group in facts.groups[source] for lead, group in facts.leads
        )
    if kind == "closed":
        return at in ends & to_closed
    if kind == "dead_end":
        return at in ends - to_closed
    return kind == "loop" and not ends


@settings(max_examples=100, deadline=None)
@given(networks(), st.booleans())
def test_every_path_is_cheapest_and_every_counter_example_real(net, within_group):
    """Each facility gets a legal path as cheap as networkx's, or a counter-example that is one."""
    facts = Facts(net, within_group=within_group)
    answer = referrals.paths(net, within_group=within_group)
    assert len(answer.unknown) == 0
    for row in answer.frame.to_dict("records"):
        proof = is_proved if row["status"] == "reached" else is_counter_example
        assert proof(facts, row), row
    assert {r["facility"] for r in answer.excluded.to_dict("records")} == {
        f
        for f in facts.type
        if f not in facts.open or f not in facts.groups or f in dict(facts.leads)
    }


def best_way(facts, source, stages):
    """The cheapest way by the definition: (targets, minutes, steps) of the first stage that can be reached."""
    for targets in stages:
        steps = cost(facts.graph(), source, targets, None)
        if steps is not None:
            return targets, cost(facts.graph(timed=True), source, targets, "minutes"), steps
    return set(), None, None


def end_is_real(facts, row, fits):
    """There is no way, legal or skipping a level, and where it breaks is a real end of what can be reached."""
    reach = nx.descendants(facts.graph(), row["facility"]) | {row["facility"]}
    ends = {node for node in reach if not facts.graph().out_degree(node)}
    closed = {s for (up, s, t) in facts.minutes if up and t not in facts.open and t in facts.wanted}
    if row["status"] == "loop":
        return not ends
    allowed = {
        "dead_end": ends - closed,
        "lacks_specialty": ends - closed,
        "closed": ends & closed,
    }[row["status"]]
    return row["at"] in allowed and not reach & fits


@settings(max_examples=100, deadline=None)
@given(
    networks(able=True),
    st.sampled_from([("specialty", "psychiatry"), ("level", "3"), ("level", "2")]),
)
def test_goals_by_specialty_and_level_are_those_of_the_definition(net, asked):
    """The nearest facility with the specialty (own group first) or the level; else a counter-example that is one."""
    what, value = asked
    facts = Facts(net, specialty=value if what == "specialty" else None)
    fits = facts.open & (
        facts.able
        if what == "specialty"
        else {id for id, level in facts.level.items() if level.startswith(value)}
    )
    answer = referrals.paths(net, **{what: value})
    assert len(answer.frame) + len(answer.unknown) + len(answer.excluded) == len(facts.type)
    assert set(answer.excluded["facility"]) == fits | (set(facts.type) - facts.open)
    for row in answer.frame.to_dict("records"):
        source, own = row["facility"], facts.groups.get(row["facility"], set())
        inside = {f for f in fits if facts.groups.get(f, set()) & own}
        stages = [inside, fits] if what == "specialty" else [fits]
        targets, minutes, steps = best_way(facts, source, returning(facts, source, stages))
        if row["status"] in ("reached", "no_return"):
            assert row["target"] in targets
            assert row["minutes"] == minutes if minutes is not None else row["steps"] == steps
            back = nx.has_path(facts.graph(up=False), row["target"], source)
            assert back == (row["status"] == "reached")
            continue
        assert not targets
        skipping = nx.descendants(facts.graph(skips=True), source) & fits
        assert bool(skipping) == (row["status"] == "level_skip")
        assert skipping or end_is_real(facts, row, fits), row


@settings(max_examples=60, deadline=None)
@given(networks())
def test_every_link_of_a_chain_is_legal(net):
    """The chain of `path` goes link by link over legal links from the facility to its target."""
    facts = Facts(net)
    for row in referrals.paths(net).frame.query("status == 'reached'").to_dict("records"):
        chain = referrals.path(net, row["facility"]).frame
        walk = [row["facility"], *chain["target"]]
        assert walk[-1] == row["target"]
        assert list(chain["source"]) == walk[:-1]
        assert nx.is_path(facts.graph(), walk)


def surely_gets_there(facts, source, may_lead):
    """Whether there is a way up, and back, that takes no clinic straight to a facility that may lead a group."""
    up, down = facts.graph(), facts.graph(up=False)
    past = [(s, t) for s, t in up.edges if facts.type[s] == "village_clinic" and t in may_lead]
    up.remove_edges_from(past)
    return any(
        nx.has_path(up, source, lead) and nx.has_path(down, lead, source)
        for lead in facts.targets(source)
    )


@settings(max_examples=40, deadline=None)
@given(networks())
def test_what_rests_on_a_missing_link_needs_a_declaration(net):
    """Without a declaration that links are complete, every counter-example is unknown, none is a verdict.

    Nor is anything of a facility above primary care that may itself lead a group, nor a way of a clinic to
    a hospital that may; every other way that is found is one.
    """
    silent = net.with_meta(**dict.fromkeys(COMPLETE))
    answer, full = referrals.paths(silent), referrals.paths(net)
    judged = set(answer.frame["facility"])
    day, facts = Day(silent), Facts(silent)
    may_lead = set(day.ids(np.flatnonzero(day.leading.unknown)))
    reached = set(full.frame.loc[full.frame["status"] == "reached", "facility"])
    unsure = {one for one in reached if not surely_gets_there(facts, one, may_lead)}
    assert judged == reached - may_lead - unsure
    assert set(answer.frame["status"]) <= {"reached"}
    assert set(answer.unknown["facility"]) >= set(full.frame["facility"]) - judged


@settings(max_examples=50, deadline=None)
@given(networks(), st.integers(1, 4))
def test_alternatives_are_the_k_cheapest(net, k):
    """Alternatives are loopless, ascend in cost, begin with the path, and share what they say they share."""
    facts = Facts(net)
    for row in referrals.paths(net).frame.query("status == 'reached'").to_dict("records"):
        frame = referrals.alternatives(net, row["facility"], k=k).frame
        walks = [path.split("|") for path in frame["path"]]
        timed = not pd.isna(row["minutes"])
        weight = "minutes" if timed else None
        graph = facts.graph(timed=timed)
        costs = [nx.path_weight(graph, walk, weight) if weight else len(walk) - 1 for walk in walks]
        wanted = sorted(
            nx.path_weight(graph, walk, weight) if weight else len(walk) - 1
            for target in facts.targets(row["facility"])
            for walk in nx.all_simple_paths(graph, row["facility"], target)
        )
        assert costs == pytest.approx(wanted[:k])
        inner = set.intersection(*(set(walk[1:-1]) for walk in walks))
        assert set(filter(None, frame["shared"].iloc[0].split("|"))) == inner
