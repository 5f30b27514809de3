"""Who loses what if a facility stops, against removing it; and repairs against trying every set of links."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from medgraph.errors import ChangeError, OptionError, UnknownIdError
from medgraph.queries import resilience, sharing
from medgraph.queries.planning import milp
from medgraph.queries.planning import repair as repairs
from medgraph.queries.planning.highs import Found
from tests.queries.county import COMPLETE, DAY, TOWNS, county, link, links, network, nodes

ALL = COMPLETE | dict.fromkeys(("facilities.complete", "centres.complete"), "complete")

# -- random networks, and the checker written straight from the definition ----------------------


def random_network(seed):
    """Some 4 to 12 facilities with random referrals (loops too), centres, groups, postings, areas."""
    rng = np.random.default_rng(seed)
    count, rows, ties = int(rng.integers(4, 13)), [], []
    types = ("general_hospital", "township_health_centre", "village_clinic")
    for i in range(count):
        rows.append(
            {
                "id": f"F{i}",
                "kind": "Facility",
                "name": f"F{i}",
                "type": types[int(rng.integers(3))],
                "level": ["3A", "2A", None][int(rng.integers(3))],
                "area": f"33600{i % 2 + 1}001000",
                "status": "closed" if rng.random() < 0.1 else "open",
            }
        )
    rows += [
        {"id": f"G{i}", "kind": "Group", "name": f"G{i}", "type": "urban_medical_group"}
        for i in range(2)
    ]
    rows += [
        {"id": f"C{i}", "kind": "SharedCentre", "name": f"C{i}", "type": "imaging"}
        for i in range(2)
    ]
    rows += [
        {
            "id": "336001000000",
            "kind": "Area",
            "name": "county",
            "level": "county",
            "population": 100_000,
        }
    ]
    rows += [
        {
            "id": f"33600110{i}000",
            "kind": "Area",
            "name": f"A{i}",
            "level": "township",
            "parent": "336001000000",
            "population": None if rng.random() < 0.2 else int(rng.integers(1, 9)) * 1000,
        }
        for i in range(1, 4)
    ]
    some = lambda ends, rate: [e for e in ends if rng.random() < rate]  # noqa: E731
    names = [f"F{i}" for i in range(count)]
    ties += [
        link(a, "REFERS_UP_TO", b) for a, b in some([(a, b) for a in names for b in names], 0.18)
    ]
    leads = {g: names[int(rng.integers(count))] for g in some(["G0", "G1"], 0.8)}
    ties += [link(f, "LEADS", g) for g, f in leads.items()]
    ties += [
        link(f, "MEMBER_OF", g)
        for f, g in some([(f, g) for f in names for g in ("G0", "G1")], 0.4)
        if leads.get(g) != f
    ]
    for relation, others, rate in (
        ("HOSTS_CENTRE", ["C0", "C1"], 0.15),
        ("USES_CENTRE", ["C0", "C1"], 0.4),
        ("SERVES", ["336001000000", "336001101000", "336001102000", "336001103000"], 0.3),
        ("DISPATCHES", names, 0.12),
    ):
        ties += [
            link(a, relation, b) for a, b in some([(a, b) for a in names for b in others], rate)
        ]
    return network(rows, ties)


def have(net, stopped=None):
    """What each facility at work has when `stopped` stops: kind -> set of facilities. No arrays, no dominators."""
    nodes_, edges = net.nodes(), net.edges()
    work = [
        f
        for f in nodes_.index[(nodes_["kind"] == "Facility") & (nodes_["status"] != "closed")]
        if f != stopped
    ]
    ends = {
        r: [(s, t) for s, t in zip(g["source"], g["target"], strict=True)]
        for r, g in edges.groupby("relation")
    }
    get = lambda r: ends.get(r, [])  # noqa: E731
    up = {f: {t for s, t in get("REFERS_UP_TO") if s == f and t in work} for f in work}
    leads = {s for s, _ in get("LEADS") if s in work}
    goal = leads | {f for f in work if str(nodes_["level"].get(f)).startswith("3")}
    reach = set(goal)
    while more := {f for f in work if f not in reach and up[f] & reach}:
        reach |= more
    hosted = {c for h, c in get("HOSTS_CENTRE") if h in work}
    led = {g for h, g in get("LEADS") if h in work}
    return {
        "referral_path": reach,
        "lead": {f for f, g in get("MEMBER_OF") if f in work and g in led} | leads,
        "staff": {t for s, t in get("DISPATCHES") if s in work and t in work and s != t},
        "imaging": {f for f, c in get("USES_CENTRE") if f in work and c in hosted}
        | {h for h, _ in get("HOSTS_CENTRE") if h in work},
    }


def brute_force(net):
    """(stopped, kind) -> (losers, residents): every facility removed, one at a time."""
    nodes_, edges = net.nodes(), net.edges("SERVES")
    before, found = have(net), {}
    areas = {a: set(edges[edges["target"] == a]["source"]) for a in set(edges["target"])}
    work = nodes_.index[(nodes_["kind"] == "Facility") & (nodes_["status"] != "closed")]
    for stopped in work:
        after = have(net, stopped)
        for kind in before:
            losers = before[kind] - after[kind] - {stopped}
            if losers:
                gone = {a for a, by in areas.items() if by & losers and not by & after[kind]}
                counted = [a for a in gone if nodes_["parent"].get(a) not in gone]
                people = [nodes_["population"].get(a) for a in counted]
                found[stopped, kind] = losers, sum(int(p) for p in people if pd.notna(p))
    return found


def check_critical(seed):
    net = random_network(seed)
    frame = resilience.critical(net).frame
    expected = brute_force(net)
    assert {(r.facility, r.loses): (r.facilities, r.population) for r in frame.itertuples()} == {
        key: (len(losers), people) for key, (losers, people) in expected.items()
    }, seed
    return net, expected


@pytest.mark.parametrize("seed", range(120))
def test_critical_equals_removing_one_facility_at_a_time(seed):
    """Losers and residents of every stop and every kind of loss, on random networks with loops."""
    check_critical(seed)


@pytest.mark.slow
def test_critical_equals_removal_on_thousands_of_networks():
    for seed in range(1000, 4000):
        check_critical(seed)


@pytest.mark.parametrize("seed", range(15))
def test_dependents_are_those_who_lose(seed):
    net, expected = check_critical(seed)
    for stopped in {s for s, _ in expected}:
        frame = resilience.dependents(net, stopped).frame
        for (who, kind), (losers, _) in expected.items():
            if who == stopped:
                assert set(frame[frame["loses"] == kind]["facility"]) == losers


# -- in the words of the field -----------------------------------------------------------------


def test_a_lead_that_stops_costs_its_county_everything():
    """H1 hosts all, leads all: five townships of five, 15,000 residents, lose imaging; and so on for each kind."""
    frame = resilience.critical(county()).frame
    mine = frame[(frame["facility"] == "H1") & (frame["loses"] == "imaging")].iloc[0]
    assert (mine["townships"], mine["of_townships"], mine["population"], mine["facilities"]) == (
        5,
        5,
        15_000,
        5,
    )
    assert mine["statement"] == "若县人民医院停运，5/5 乡镇（15000 人）失去医学影像（共 5 家机构）"
    paths = frame[frame["loses"] == "referral_path"].set_index("facility")
    assert paths.loc["H1", "facilities"] == 10  # five centres and their five clinics
    assert paths.loc["T2", "facilities"] == 1  # its clinic


def test_a_second_host_ends_the_dependence():
    rows = [*nodes(), {"id": "H2", "kind": "Facility", "name": "二院", "type": "general_hospital"}]
    net = network(rows, [*links(), link("H2", "HOSTS_CENTRE", "C-imaging")], **COMPLETE)
    assert resilience.critical(net, loses="imaging").frame.empty
    assert not resilience.critical(net, loses="ecg").frame.empty


def test_a_regional_centre_without_a_level_is_a_way_up():
    """What counts as tertiary in every question is where a way up ends here too."""
    kind = "national_regional_medical_centre"
    centre = {"id": "N1", "kind": "Facility", "name": "区域中心", "type": kind}
    up = link("T2", "REFERS_UP_TO", "N1")
    net = network([*nodes(), centre], [*links(), up], **COMPLETE)
    losers = resilience.dependents(net, "H1").frame.query("loses == 'referral_path'")["facility"]
    assert not {"T2", "V2"} & set(losers)
    assert {"T1", "V1"} <= set(losers)


def test_critical_can_be_cut_and_asked_for_one_kind():
    assert len(resilience.critical(county(), top=3).frame) == 3
    with pytest.raises(OptionError, match="imaging"):
        resilience.critical(county(), loses="parking")


def test_dependents_say_sentences_and_refuse_strangers():
    answer = resilience.dependents(county(), "H1")
    assert (answer.share.met, answer.share.total) == (10, 10)
    assert any("失去医学影像" in note for note in answer.notes)
    assert resilience.dependents(county(), "V1").frame.empty
    with pytest.raises(UnknownIdError):
        resilience.dependents(county(), "nobody")
    with pytest.raises(ChangeError):
        resilience.dependents(county(), "G1")


# -- repair ------------------------------------------------------------------------------------

ASKED = ("lead", "imaging", "up_referral", "team", "recognition")


def broken_network(seed):
    """Three centres with most links missing, and up to eight candidates, not all of use."""
    rng = np.random.default_rng(seed)
    rows = [
        {"id": t, "kind": "Facility", "name": t, "type": "township_health_centre"}
        for t in ("T1", "T2", "T3")
    ]
    rows += [
        {"id": h, "kind": "Facility", "name": h, "type": k, "status": s}
        for h, k, s in (
            ("H1", "general_hospital", "open"),
            ("H2", "general_hospital", "closed" if rng.random() < 0.3 else "open"),
        )
    ]
    rows += [
        {"id": "G1", "kind": "Group", "name": "G1", "type": "urban_medical_group"},
        {"id": "C1", "kind": "SharedCentre", "name": "C1", "type": "imaging"},
        {"id": "C2", "kind": "SharedCentre", "name": "C2", "type": "imaging"},
        {"id": "K1", "kind": "Team", "name": "K1", "type": "public_health"},
    ]
    every = [
        (t, r, e)
        for t in ("T1", "T2", "T3")
        for r, e in (
            ("MEMBER_OF", "G1"),
            ("USES_CENTRE", "C1"),
            ("USES_CENTRE", "C2"),
            ("REFERS_UP_TO", "H1"),
        )
    ]
    every += [
        ("T1", "REFERS_UP_TO", "T2"),
        ("T2", "REFERS_UP_TO", "T3"),
        ("H1", "HOSTS_CENTRE", "C1"),
        ("H2", "HOSTS_CENTRE", "C2"),
        ("H1", "LEADS", "G1"),
        ("K1", "STATIONED_IN", "G1"),
        ("K1", "STATIONED_IN", "T1"),
        ("G1", "RECOGNISES_RESULTS", "G1"),
        ("H1", "RECOGNISES_RESULTS", "T3"),
    ]
    order = rng.permutation(len(every))
    there = [every[i] for i in order[:11]]
    offered = [every[i] for i in order[11:18]]
    candidates = pd.DataFrame(offered, columns=["source", "relation", "target"])
    candidates["cost"] = rng.integers(1, 5, len(candidates)).astype(float)
    return network(rows, [link(*one) for one in there], **COMPLETE), candidates


def met_cells(net, asked):
    return sharing.matrix(net, obligations=asked, as_of=DAY).share.met


def with_rows(net, rows):
    for row in rows:
        net = net.linked(row["source"], row["relation"], row["target"])
    return net


@pytest.mark.parametrize(
    "seed", [*range(6), *(pytest.param(s, marks=pytest.mark.slow) for s in range(6, 60))]
)
@pytest.mark.parametrize("minimise", ["links", "cost"])
def test_repair_equals_trying_every_set_of_links(seed, minimise):
    """The most cells that can be met, by the smallest or cheapest set; taking any one away makes one fail."""
    net, candidates = broken_network(seed)
    asked = ASKED[seed % 3 : seed % 3 + 2]
    answer = resilience.repair(net, obligations=asked, candidates=candidates, minimise=minimise)
    changes = resilience.actions(answer)
    rows = candidates.to_dict("records")
    price = lambda some: len(some) if minimise == "links" else sum(r["cost"] for r in some)  # noqa: E731
    tried = [
        (met_cells(with_rows(net, some), asked), -price(some))
        for n in range(len(rows) + 1)
        for some in combinations(rows, n)
    ]
    after, keys = net.applying(changes), {(c.source, c.relation, c.target) for c in changes}
    chosen = [r for r in rows if (r["source"], r["relation"], r["target"]) in keys]
    assert (met_cells(after, asked), -price(chosen)) == max(tried)
    assert answer.share.met == met_cells(after, asked) - met_cells(net, asked)
    for left_out in changes:
        fewer = net.applying([c for c in changes if c is not left_out])
        assert met_cells(fewer, asked) < met_cells(after, asked)


@pytest.mark.parametrize("capacity", [None, 1])
def test_parts_that_have_nothing_in_common_are_solved_one_by_one(capacity, monkeypatch):
    """Part by part, as a nation is: as many cells at the same cost, proven as well, as in one programme."""
    parts = 0
    for seed in range(12):
        net, candidates = broken_network(seed)
        told = []
        for at_once in (repairs._AT_ONCE, 1):
            monkeypatch.setattr(repairs, "_AT_ONCE", at_once)
            answer, plan, _ = repairs.repaired(
                net,
                "resilience.repair",
                obligations=ASKED,
                candidates=candidates,
                minimise="cost",
                within_km=None,
                capacity=capacity,
                nodes=milp.NODES,
                as_of=DAY,
            )
            told.append((answer.share, sum(one.cost for one in plan.served), plan.proof))
        monkeypatch.undo()
        assert told[0] == told[1]
        parts += len(plan.served) > 1
    assert parts > 3


def test_repair_proposes_what_the_county_lacks():
    """T3 without imaging, T4 without a posting, T5's clinic run by nobody: three links, and all is met."""
    gone = {("T3", "USES_CENTRE", "C-imaging"), ("H1", "DISPATCHES", "T4"), ("V5", "RUN_BY", "T5")}
    net = network(
        nodes(),
        [r for r in links() if (r["source"], r["relation"], r["target"]) not in gone],
        **COMPLETE,
    )
    answer = resilience.repair(net)
    assert {(a.source, a.relation, a.target) for a in resilience.actions(answer)} == gone
    assert (answer.share.met, answer.share.total) == (3, 3)
    assert answer.notes == ("已证明最优。",)
    assert set(sharing.matrix(net.applying(resilience.actions(answer))).frame["status"]) == {"met"}


def test_what_only_a_centre_of_unstated_kind_might_meet_is_unknown():
    """C-imaging without its kind: T3's imaging is neither impossible nor repaired."""
    rows = [row | {"type": None} if row["id"] == "C-imaging" else row for row in nodes()]
    kept = [r for r in links() if not (r["target"] == "C-imaging" and r["source"] == "T3")]
    answer = resilience.repair(network(rows, kept, **ALL), obligations=("imaging",))
    assert answer.frame.empty
    assert "T3" in answer.unknown["facility"].tolist()
    low, high = answer.bounds.met
    assert (low, high >= 1) == (0, True)


def test_a_centre_that_nobody_lists_may_meet_what_no_listed_one_can():
    """No centre of imaging in a list of centres that is open: impossible by what is listed, 0 to 5 of 5."""
    rows = [row for row in nodes() if row["id"] != "C-imaging"]
    kept = [r for r in links() if r["target"] != "C-imaging"]
    whole = resilience.repair(network(rows, kept, **ALL), obligations=("imaging",))
    assert set(whole.frame["status"]) == {"impossible"}
    assert whole.bounds.met == (0, 0)
    declared = ALL | {"centres.complete": "partial"}
    opened = resilience.repair(network(rows, kept, **declared), obligations=("imaging",))
    assert opened.bounds.met == (0, len(whole.frame))
    assert [count for _, count in opened.doubts] == [len(whole.frame)]


def test_what_may_be_met_already_is_not_repaired():
    """Postings may be there in an open list: five cells are unknown, and nothing is proposed for them."""
    rest = [r for r in links() if r["relation"] != "DISPATCHES" and r["target"] != "T1"]
    declared = COMPLETE | {"links.DISPATCHES.complete": "partial"}
    answer = resilience.repair(
        network(nodes(), rest, **declared), obligations=("physician", "down_referral")
    )
    assert answer.frame["relation"].to_list() == ["REFERS_DOWN_TO"]
    assert answer.unknown["obligation"].to_list() == ["physician"] * 5
    assert (answer.share.met, answer.share.total) == (1, 1)
    assert answer.bounds.total[0] == 1


def test_a_host_comes_before_its_users():
    """Nobody hosts imaging and T1 does not use it: first the host, which meets four cells, then the use."""
    gone = {("H1", "HOSTS_CENTRE", "C-imaging"), ("T1", "USES_CENTRE", "C-imaging")}
    net = network(
        nodes(),
        [r for r in links() if (r["source"], r["relation"], r["target"]) not in gone],
        **COMPLETE,
    )
    frame = resilience.repair(net, obligations=("imaging",)).frame
    assert frame["relation"].to_list() == ["HOSTS_CENTRE", "USES_CENTRE"]
    assert frame["meets"].iloc[1] == "T1:imaging"


def test_what_cannot_be_met_is_named():
    """No centre of pathology exists: five cells that no link can meet."""
    rest = [r for r in nodes() if r["id"] != "C-pathology"]
    net = network(
        rest, [r for r in links() if "C-pathology" not in (r["source"], r["target"])], **COMPLETE
    )
    answer = resilience.repair(net, obligations=("pathology", "ecg"))
    assert answer.frame["status"].to_list() == ["impossible"] * 5
    assert set(answer.frame["obligation"]) == {"pathology"}
    assert (answer.share.met, answer.share.total) == (0, 5)


@pytest.mark.parametrize("at_once", [repairs._AT_ONCE, 1])
def test_a_search_that_ends_before_its_end_calls_nothing_impossible(at_once, monkeypatch):
    """Pathology has no centre: five cells are impossible. Of the postings nobody knows yet: unknown."""
    monkeypatch.setattr(repairs, "_AT_ONCE", at_once)
    rest = [row for row in nodes() if row["id"] != "C-pathology"]
    gone = [
        row
        for row in links()
        if "C-pathology" not in (row["source"], row["target"]) and row["relation"] != "DISPATCHES"
    ]
    asked = ("pathology", "physician")
    net = network(rest, gone, **COMPLETE)
    nothing = Found(None, np.inf, 0.0, optimal=False, impossible=False)
    with monkeypatch.context() as ended:
        ended.setattr(milp, "searched", lambda search: nothing)
        answer = resilience.repair(net, obligations=asked, nodes=1)
    assert answer.frame["obligation"].to_list() == ["pathology"] * 5
    assert answer.unknown["obligation"].to_list() == ["physician"] * 5
    assert (answer.share.met, answer.share.total) == (0, 5)
    assert resilience.repair(net, obligations=asked).share.met == 5


def test_a_provider_takes_no_more_than_its_capacity():
    """Three postings at most: three of five centres get one, the others are named."""
    net = network(nodes(), [r for r in links() if r["relation"] != "DISPATCHES"], **COMPLETE)
    answer = resilience.repair(net, obligations=("physician",), capacity=3)
    assert answer.frame["status"].value_counts().to_dict() == {"action": 3, "impossible": 2}


def test_the_nearest_is_chosen_among_equally_few():
    """H2 stands at T1's door, H1 some 11 km away (0.1 degree of latitude)."""
    at = {"T1": (120.0, 30.0), "H1": (120.0, 30.1), "H2": (120.0, 30.01)}
    rows = [*nodes(), {"id": "H2", "kind": "Facility", "name": "二院", "type": "general_hospital"}]
    rows = [
        r | dict(zip(("lon", "lat"), at[r["id"]], strict=True)) if r["id"] in at else r
        for r in rows
    ]
    rest = [r for r in links() if r["target"] != "T1" or r["relation"] != "DISPATCHES"]
    stranger = resilience.repair(
        network(rows, rest, **COMPLETE), obligations=("physician",)
    ).frame.iloc[0]
    assert stranger["source"] == "H1"  # its own lead comes before a stranger at the door
    net = network(rows, [*rest, link("H2", "MEMBER_OF", "G1")], **COMPLETE)
    row = resilience.repair(net, obligations=("physician",)).frame.iloc[0]
    assert (row["source"], row["km"]) == ("H2", pytest.approx(1.112, abs=0.001))
    assert resilience.repair(net, obligations=("physician",), within_km=0.5).share.met == 0


def test_candidates_may_call_nodes_by_name():
    net = county().ended("T1", relation="MEMBER_OF", on="2024-12-31")
    columns = ["source", "relation", "target"]
    answers = [
        resilience.repair(
            net, candidates=pd.DataFrame([(one, "MEMBER_OF", other)], columns=columns)
        )
        for one, other in (("T1", "G1"), (net.name("T1"), net.name("G1")), ("t1", "Ｇ1"))
    ]
    assert net.name("T1") != "T1"
    assert answers[0].to_dict() == answers[1].to_dict() == answers[2].to_dict()


def test_repair_refuses_bad_candidates():
    frame = pd.DataFrame([("T1", "MEMBER_OF", "G1")], columns=["source", "relation", "target"])
    for bad, error in (
        (frame.drop(columns="target"), OptionError),
        (frame.assign(source="nobody"), UnknownIdError),
        (frame.assign(relation="LIKES"), OptionError),
        (frame.assign(target="T2"), ChangeError),
    ):
        with pytest.raises(error):
            resilience.repair(county(), candidates=bad)
    broken = county().ended("T1", relation="MEMBER_OF", on="2024-12-31")
    with pytest.raises(OptionError, match="cost"):
        resilience.repair(broken, candidates=frame, minimise="cost")
    with pytest.raises(OptionError):
        resilience.repair(county(), minimise="beauty")


def test_nothing_to_repair_is_said():
    answer = resilience.repair(county())
    assert (answer.total, len(answer.frame)) == (0, 0)
    assert len(TOWNS) == 5
