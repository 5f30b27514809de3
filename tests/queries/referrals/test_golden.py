"""A county small enough to work out by hand: every query against numbers with their working."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.errors import OptionError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import coverage, referrals

# V1 (10 min) and V2 (5) refer to T1, V3 (20) to T2, T1 to L1 in 30, T2 to L1 in 60 and to L2 in 10; T3 to L2 in 25.
UP = [
    ("V1", "T1", 10),
    ("V2", "T1", 5),
    ("V3", "T2", 20),
    ("T1", "L1", 30),
    ("T2", "L1", 60),
    ("T2", "L2", 10),
    ("T3", "L2", 25),
]
KINDS = {"V": "village_clinic", "T": "township_health_centre", "L": "general_hospital"}
GROUPS = {"G1": ("L1", ["T1", "T2", "V1", "V2", "V3"]), "G2": ("L2", ["T3"])}
PEOPLE = {"T1": 10_000, "T2": 20_000, "T3": 5_000}
COMPLETE = {
    f"links.{r}.complete": "complete"
    for r in ("REFERS_UP_TO", "REFERS_DOWN_TO", "LEADS", "MEMBER_OF", "SERVES", "COOPERATES_WITH")
}


def county(*, drop=(), add=(), **fields):
    """The county, without some links, with others, and with other fields of single facilities."""
    ids = ["V1", "V2", "V3", "T1", "T2", "T3", "L1", "L2"]
    nodes = [
        {
            "id": id,
            "kind": "Facility",
            "name": id,
            "type": KINDS[id[0]],
            "beds": {"L1": 50, "L2": 100}.get(id),
            **fields.get(id, {}),
        }
        for id in ids
    ]
    nodes += [
        {"id": g, "kind": "Group", "name": g, "type": "county_medical_community"} for g in GROUPS
    ]
    nodes += [
        {
            "id": f"33010010{k}000",
            "kind": "Area",
            "name": f"A{k}",
            "type": "town",
            "level": "township",
            "population": PEOPLE[f"T{k}"],
        }
        for k in (1, 2, 3)
    ]
    links = [(s, "REFERS_UP_TO", t, m) for s, t, m in UP] + [
        (t, "REFERS_DOWN_TO", s, m) for s, t, m in UP
    ]
    for group, (lead, members) in GROUPS.items():
        links += [(lead, "LEADS", group, None), *((m, "MEMBER_OF", group, None) for m in members)]
    links += [(f"T{k}", "SERVES", f"33010010{k}000", None) for k in (1, 2, 3)]
    links = [link for link in links if link[:3] not in drop] + list(add)
    edges = pd.DataFrame(links, columns=["source", "relation", "target", "minutes"])
    return MedicalNetwork.from_frames(
        pd.DataFrame(nodes), edges, {"data_day": "2024-06-01", **COMPLETE}
    )


def test_paths_add_up_minutes_and_steps():
    """V1 is 10 + 30 minutes from its lead, V3 20 + 60, although another group's lead is nearer."""
    frame = referrals.paths(county()).frame.set_index("facility")
    assert frame.loc["V1", ["target", "minutes", "steps"]].tolist() == ["L1", 40, 2]
    assert frame.loc["V3", ["target", "minutes", "steps"]].tolist() == ["L1", 80, 2]
    assert set(frame["status"]) == {"reached"}


@pytest.mark.parametrize("minutes", [(20, 25), (25, 20), (None, 20), (20, None)])
@pytest.mark.parametrize("specialty", ["paediatrics", None])
def test_of_parallel_links_the_quickest_is_taken_in_any_order(minutes, specialty):
    """A chain that ends at a hospital without the specialty, or reaches one, goes by the link of least minutes."""
    links = [
        {"source": "V1", "relation": "REFERS_UP_TO", "target": "L1", "minutes": m} for m in minutes
    ]
    kinds = {"V1": "township_health_centre", "L1": "general_hospital"}
    nodes = [{"id": id, "kind": "Facility", "name": id, "type": t} for id, t in kinds.items()]
    net = MedicalNetwork.from_frames(pd.DataFrame(nodes), pd.DataFrame(links), COMPLETE)
    asked = {"to": "L1"} if specialty is None else {"specialty": specialty}
    assert referrals.path(net, "V1", **asked).frame["minutes"].tolist()[0] == 20


def test_regions_find_those_nearer_to_another_lead():
    """V3 (20 + 10 < 20 + 60) and T2 (10 < 60) are nearer to L2, which leads another group."""
    answer = referrals.regions(county())
    frame = answer.frame.set_index("facility")
    assert set(frame.index[frame["status"] == "other"]) == {"V3", "T2"}
    assert frame.loc["V3", ["nearest", "nearest_minutes"]].tolist() == ["L2", 30]
    assert (answer.share.met, answer.share.total) == (4, 6)


def test_bottlenecks_count_crossings_and_people():
    """6 paths: L1 ends 5 (all but T3), T1 is crossed by V1 and V2; behind L1 live the people of A1 and A2."""
    frame = referrals.bottlenecks(county()).frame.set_index("facility")
    assert frame.loc["L1", ["through", "ending", "population"]].tolist() == [0, 5, 30_000]
    assert frame.loc["T1", ["through", "ending"]].tolist() == [2, 0]
    assert frame.loc["T1", "share"] == pytest.approx(2 / 6)
    assert pd.isna(frame.loc["T1", "population"])  # V1 and V2 serve no area of their own


def test_load_finds_what_does_not_fit():
    """10 per 1,000: 100 + 200 patients go to L1 (50 beds), 50 to L2 (100); 150 of 350 fit, so 200 fit nowhere.

    T2 may go to L2 too, so the best plan fills L1 (50) and L2 (100); both hospitals are the cut.
    """
    answer = referrals.load(county(), rate=10)
    frame = answer.frame.set_index("facility")
    assert frame["load"].to_dict() == {"L1": 300, "L2": 50}
    assert frame.loc["L1", ["utilisation", "overflow"]].tolist() == [6, 250]
    assert frame["taken"].to_dict() == {"L1": 50, "L2": 100}
    assert frame["limits"].all()
    assert "200" in answer.notes[0]
    alone = referrals.load(county(), rate=10, within_group=True).frame.set_index("facility")
    assert alone["taken"].to_dict() == {"L1": 50, "L2": 50}
    assert alone["limits"].to_dict() == {"L1": True, "L2": False}


def test_load_takes_counts_and_wants_one_of_both():
    """Observed counts replace the rate; turnover multiplies the beds; an unknown source is listed."""
    answer = referrals.load(county(), counts={"V1": 60, "nowhere": 1}, turnover=2)
    assert answer.frame.set_index("facility").loc[
        "L1", ["load", "capacity", "overflow"]
    ].tolist() == [60, 100, 0]
    assert answer.unknown["facility"].tolist() == ["nowhere"]
    assert "1.0" in answer.unknown["reason"].item()
    with pytest.raises(OptionError):
        referrals.load(county())


def test_load_takes_the_names_of_facilities():
    """A count under a name is that of its facility; two counts of one facility are refused."""
    net = county(V1={"short_name": "甲镇卫生院"})
    named = referrals.load(net, counts={"甲镇卫生院": 60}, turnover=2)
    by_id = referrals.load(net, counts={"V1": 60}, turnover=2)
    assert named.frame["load"].tolist() == by_id.frame["load"].tolist()
    with pytest.raises(OptionError, match="V1"):
        referrals.load(net, counts={"V1": 60, "甲镇卫生院": 30})


def test_specialties_have_four_states():
    """G1 has surgery at its lead; A3 finds it outside, for its lead refers to L1; nobody gets to stroke care."""
    net = county(
        L1={"specialties": "surgery|oncology"},
        L2={"specialties": "oncology"},
        V1={"specialties": "stroke"},
        T1={"specialties": "none"},
        T2={"specialties": "none"},
        T3={"specialties": "none"},
        add=[("L2", "REFERS_UP_TO", "L1", 40)],
    )
    answer = referrals.specialties(net)
    state = answer.frame.set_index(["name", "specialty"])["status"].to_dict()
    assert [state[f"A{k}", "surgery"] for k in (1, 2, 3)] == ["inside", "inside", "outside"]
    assert [state[f"A{k}", "oncology"] for k in (1, 2, 3)] == ["inside"] * 3
    assert [state[f"A{k}", "stroke"] for k in (1, 2, 3)] == ["none"] * 3
    assert (answer.total, answer.share.met) == (9, 5)


def with_an_area_of_no_level():
    """The county, with an area that states no level or kind and whose code tells neither."""
    net = county(L1={"specialties": "surgery"})
    area = {"id": "AX", "kind": "Area", "name": "AX", "population": 7_000}
    nodes = pd.concat([net.nodes().reset_index(), pd.DataFrame([area])])
    edges = net.edges().drop(columns="id")
    served = pd.DataFrame([{"source": "T1", "relation": "SERVES", "target": "AX"}])
    return MedicalNetwork.from_frames(nodes, pd.concat([edges, served]), dict(net.meta))


def test_areas_whose_level_is_not_known_stay_in_the_account():
    """AX may be a township: unknown, with the reason of coverage.served, over the same four areas."""
    net = with_an_area_of_no_level()
    served = coverage.served(net)
    reasons = served.unknown.set_index("area")["reason"]
    answer = referrals.specialties(net, specialty="surgery")
    assert answer.unknown.set_index("area").loc["AX", "reason"] == reasons["AX"]
    assert answer.total == served.total == 4
    assert answer.total == answer.judged + len(answer.unknown) + len(answer.excluded)
    loaded = referrals.load(net, rate=10)
    assert loaded.unknown.set_index("area")["reason"].to_dict() == {"AX": reasons["AX"]}
    # L1 receives what A1 and A2 send: 100 + 200, and nothing of AX
    assert loaded.frame.set_index("facility")["load"].to_dict() == {"L1": 300, "L2": 50}


def test_an_area_served_by_two_links_of_one_facility_is_shared_once():
    """T1 and T2 serve A1; that T1 serves it by two links leaves each half of its 100 patients."""
    more = [("T2", "SERVES", "330100101000", None), ("T1", "SERVES", "330100101000", None)]
    net = county(add=more, drop=[("T2", "REFERS_UP_TO", "L1")])
    frame = referrals.load(net, rate=10).frame.set_index("facility")
    assert frame["load"].to_dict() == {"L1": 50, "L2": 50}


DEFECTS = {
    "dead_end": ({"drop": [("T1", "REFERS_UP_TO", "L1")]}, {"T1", "V1", "V2"}),
    "up_without_down": ({"drop": [("L1", "REFERS_DOWN_TO", "T1")]}, {"T1"}),
    "down_without_up": ({"drop": [("V1", "REFERS_UP_TO", "T1")]}, {"T1"}),
    "level_skip": ({"add": [("V1", "REFERS_UP_TO", "L1", 5)]}, {"V1"}),
    "loop": ({"add": [("T1", "REFERS_UP_TO", "V1", 10)]}, {"T1", "V1"}),
    "closed": ({"L2": {"status": "closed"}}, {"T2", "T3", "L2"}),
    "asymmetric_minutes": (
        {"drop": [("L1", "REFERS_DOWN_TO", "T1")], "add": [("L1", "REFERS_DOWN_TO", "T1", 90)]},
        {"T1"},
    ),
    "lacks_specialty": ({"L1": {"specialties": "surgery"}}, set()),
    "out_of_group": ({}, {"T2", "L2"}),
    "no_lead": ({"drop": [("L2", "LEADS", "G2")]}, {"T3"}),
}


@pytest.mark.parametrize("kind", DEFECTS)
def test_broken_names_each_kind_where_it_is(kind):
    """A defect that was put in is found, by its kind, at its source, with what to do about it."""
    change, sources = DEFECTS[kind]
    answer = referrals.broken(county(**change))
    found = answer.frame[answer.frame["status"] == kind]
    assert set(found["source"]) == sources
    assert found["fix"].str.len().gt(0).all()


def test_a_specialty_link_needs_a_hospital_that_has_it():
    """A link for surgery to a hospital that states other specialties is a defect; one that states none is unknown."""
    edge = [("T1", "REFERS_UP_TO", "L1", 30), ("L1", "REFERS_DOWN_TO", "T1", 30)]
    net = county(L1={"specialties": "oncology"})
    for fields, statuses in ((net, {"lacks_specialty"}), (county(), {"unknown"})):
        linked = fields.linked(edge[0][0], "REFERS_UP_TO", "L1", specialty="surgery")
        linked = linked.linked("L1", "REFERS_DOWN_TO", "T1", specialty="surgery")
        answer = referrals.broken(linked)
        everything = pd.concat([answer.frame, answer.unknown])
        mine = everything[
            (everything["source"] == "T1")
            & everything["status"].isin(["lacks_specialty", "unknown"])
        ]
        assert set(mine["status"]) == statuses


def test_a_specialty_link_carries_only_its_specialty():
    """Where T1 refers up for surgery alone, there is no general way up, but there is one for surgery."""
    net = county(
        L1={"specialties": "surgery"},
        drop=[("T1", "REFERS_UP_TO", "L1"), ("L1", "REFERS_DOWN_TO", "T1")],
    )
    net = net.linked("T1", "REFERS_UP_TO", "L1", specialty="surgery")
    net = net.linked("L1", "REFERS_DOWN_TO", "T1", specialty="surgery")
    assert referrals.path(net, "T1").frame["status"].tolist() == ["dead_end"]
    assert referrals.path(net, "V1", specialty="surgery").frame["target"].tolist() == ["T1", "L1"]


def test_a_path_names_the_lead_of_an_alliance_only_where_the_group_has_none():
    """By the alliance while no facility of the group has psychiatry; inside once the lead itself has it."""
    net = county()
    nodes = pd.concat(
        [
            net.nodes().reset_index(),
            pd.DataFrame(
                [
                    {
                        "id": "PSY",
                        "kind": "Facility",
                        "name": "PSY",
                        "type": "psychiatric_hospital",
                    },
                    {
                        "id": "A",
                        "kind": "Group",
                        "name": "A",
                        "type": "specialty_alliance",
                        "specialty": "psychiatry",
                    },
                ]
            ),
        ]
    )
    edges = pd.concat(
        [
            net.edges().drop(columns="id"),
            pd.DataFrame(
                [
                    {"source": "PSY", "relation": "LEADS", "target": "A"},
                    {"source": "A", "relation": "COOPERATES_WITH", "target": "G1"},
                ]
            ),
        ]
    )
    allied = MedicalNetwork.from_frames(nodes, edges, dict(net.meta))
    assert referrals.path(allied, "V1", specialty="psychiatry").frame["target"].tolist() == [
        "T1",
        "L1",
        "PSY",
    ]
    row = referrals.paths(allied, specialty="psychiatry").frame.set_index("facility").loc["V1"]
    assert (row["way"], row["target"]) == ("alliance", "PSY")
    nodes.loc[nodes["id"] == "L1", "specialties"] = "psychiatry"
    own = MedicalNetwork.from_frames(nodes, edges, dict(net.meta))
    row = referrals.paths(own, specialty="psychiatry").frame.set_index("facility").loc["V1"]
    assert (row["way"], row["target"]) == ("inside", "L1")
    outside = referrals.path(
        allied, "T3", specialty="psychiatry"
    )  # no alliance, and L2 does not state its own
    assert outside.frame.iloc[-1]["status"] == "unknown"
    assert outside.unknown["kind"].tolist() == ["lacks_specialty"]


@pytest.mark.parametrize(
    ("options", "word"),
    [({"direction": "left"}, "left"), ({"level": "9"}, "9"), ({"specialty": "magic"}, "magic")],
)
def test_a_wrong_option_is_refused(options, word):
    """An option outside its vocabulary is an error that names it."""
    with pytest.raises(OptionError, match=word):
        referrals.paths(county(), **options)
