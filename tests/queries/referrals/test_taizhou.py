"""Taizhou's plan as an oracle: what its referral sentence says, and what each single link is good for."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.queries import referrals

LEADS = {"G1": "TZ-H01", "G2": "TZ-H02", "G3": "TZ-H03", "G4": "TZ-H04"}


@pytest.fixture(scope="module")
def taizhou():
    return samples.taizhou()


def rows(answer):
    """Return every row of an answer by facility, judged or not, as plain text."""
    parts = [part for part in (answer.frame, answer.unknown, answer.excluded) if len(part)]
    return {
        row["facility"]: tuple(str(v) for v in row.values())
        for part in parts
        for row in part.drop(columns=["kind"], errors="ignore").astype(object).to_dict("records")
    }


def test_all_named_members_reach_their_lead_in_one_step_and_back(taizhou):
    """45 of 45 members reach their lead, and the lead reaches them, in one step without minutes."""
    for direction in ("up", "down"):
        answer = referrals.paths(taizhou, direction=direction)
        assert (answer.share.met, answer.share.total) == (45, 45)
        assert set(answer.frame["steps"]) == {1}
        assert answer.frame["minutes"].isna().all()
        # 68 facilities and classes = 45 members + 10 classes + 4 leads + 8 in no group + 1 planned
        assert (answer.total, answer.judged, len(answer.excluded)) == (68, 45, 23)


def test_the_clause_stands_behind_every_link(taizhou):
    """A path names the general sentence of the plan and says that it was expanded."""
    row = referrals.path(taizhou, "TZ-P07").frame.iloc[0]
    assert (row["target"], row["basis"], row["clause"]) == ("TZ-H01", "expanded", "二(一)2(1)")


def test_the_up_graph_has_no_cycle_and_ends_in_leads(taizhou):
    """Referral upwards is acyclic and its only ends are the four leads."""
    graph = nx.DiGraph(
        taizhou.edges("REFERS_UP_TO")[["source", "target"]].itertuples(index=False, name=None)
    )
    assert nx.is_directed_acyclic_graph(graph)
    assert {node for node in graph if not graph.out_degree(node)} == set(LEADS.values())


def test_the_planned_centre_is_on_no_path_until_it_opens(taizhou):
    """Without an opening day TZ-H18 is no target and on no way; from its opening day the groups' leads refer to it."""
    closed = referrals.path(taizhou, "TZ-P07", to="TZ-H18")
    assert closed.frame.iloc[-1]["status"] == "closed"
    assert (closed.judged, closed.share.met) == (1, 0)
    for answer in (referrals.paths(taizhou), referrals.paths(taizhou, level="3")):
        assert "TZ-H18" not in set(answer.frame["target"])
    nodes, edges = taizhou.tables
    row = nodes["id"].to_pylist().index("TZ-H18")
    days = pa.array(
        [None] * row
        + [np.datetime64("2023-10-01").astype("datetime64[D]").item()]
        + [None] * (len(nodes) - row - 1),
        pa.date32(),
    )
    kept = nodes.drop_columns("valid_from") if "valid_from" in nodes.column_names else nodes
    opened = MedicalNetwork(kept.append_column("valid_from", days), edges, taizhou.meta)
    answer = referrals.path(opened, "TZ-P07", to="TZ-H18")
    assert list(answer.frame["target"]) == ["TZ-H01", "TZ-H18"]
    assert referrals.path(opened, "TZ-P07", to="TZ-H18", as_of="2023-09-30").share.met == 0


def test_station_classes_skip_a_level(taizhou):
    """The defects are exactly the 4 station classes, which the expanded sentence sends straight to a tertiary lead."""
    answer = referrals.broken(taizhou)
    assert list(answer.frame["status"]) == ["level_skip"] * 4
    assert dict(zip(answer.frame["source"], answer.frame["target"], strict=True)) == {
        f"TZ-C{k}": f"TZ-H0{k}" for k in range(1, 5)
    }
    assert set(answer.frame["basis"]) == {"expanded"}
    # 53 members, leads and classes; 49 links up and 49 down, each looked at twice
    assert answer.total == 53 + 4 * 49
    assert answer.share.total - answer.share.met == 4


@pytest.mark.parametrize("direction", ["up", "down"])
def test_psychiatry_goes_by_the_alliance(taizhou, direction):
    """From any member of G1 psychiatry is reached by the alliance, whose lead is named."""
    members = taizhou.edges("MEMBER_OF").query("target == 'G1'")["source"]
    answer = referrals.paths(taizhou, specialty="psychiatry", direction=direction).frame.set_index(
        "facility"
    )
    named = [id for id in members if not id.startswith("TZ-C")]
    assert len(named) == 15
    assert set(answer.loc[named, "way"]) == {"alliance"}
    assert set(answer.loc[named, "target"]) == {"TZ-H16"}
    assert set(answer.loc[named, "target_name"]) == {"台州市第二人民医院"}


def expected(link, specialty):
    """The facilities whose answer a link decides, straight from the meaning of the relations."""
    source, relation, target = link["source"], link["relation"], link["target"]
    group = {**{lead: g for g, lead in LEADS.items()}}
    whole = {g: {m for m, of in MEMBERS.items() if of == g} | {lead} for g, lead in LEADS.items()}
    if relation in ("REFERS_UP_TO", "REFERS_DOWN_TO"):
        return {source, target} - set(group)
    if relation == "MEMBER_OF" and target in LEADS:
        return {source}
    if relation == "LEADS" and target in LEADS:
        return whole[target]
    if specialty and relation == "COOPERATES_WITH" and source == "A3":
        return whole[target]
    if specialty and relation == "LEADS" and target == "A3":
        return set().union(*whole.values())
    return set()


MEMBERS: dict[str, str] = {}


@pytest.mark.parametrize("specialty", [None, "psychiatry"])
def test_one_link_changes_exactly_the_answers_it_should(taizhou, specialty):
    """Taking out any one of the links changes the rows of those who depend on it, and no other."""
    MEMBERS.update(
        {
            s: t
            for s, t in taizhou.edges("MEMBER_OF")[["source", "target"]].itertuples(index=False)
            if t in LEADS and not s.startswith("TZ-C")
        }
    )
    base = rows(referrals.paths(taizhou, specialty=specialty))
    nodes, edges = taizhou.tables
    for place, link in enumerate(edges.to_pylist()):
        mask = np.ones(len(edges), bool)
        mask[place] = False
        less = rows(
            referrals.paths(
                MedicalNetwork(nodes, edges.filter(pa.array(mask)), taizhou.meta),
                specialty=specialty,
            )
        )
        assert less.keys() == base.keys()
        changed = {id for id in base if base[id] != less[id]}
        wanted = {id for id in expected(link, specialty) if not id.startswith("TZ-C")}
        assert changed == wanted, link
