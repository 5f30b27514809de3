"""Regroupings of a small county: what is proposed holds in the network it makes."""

from __future__ import annotations

import importlib
import itertools

import numpy as np
import pandas as pd
import pytest

from medgraph.errors import OptionError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.progress import watching
from medgraph.queries import coverage, planning
from medgraph.queries.planning import branching, stages
from medgraph.words.say import speaking

PEOPLE = (10, 10, 10, 10, 20, 20, 10, 10)  # thousands
DECLARED = {f"links.{name}.complete": "complete" for name in ("MEMBER_OF", "LEADS", "SERVES")}


def area(number: int) -> str:
    return f"33109910{number}000"


def county(**changed) -> MedicalNetwork:
    """Eight towns in a row of a street: G1 has the first three, G2 the rest; H1 and H2 lead.

    A township centre serves each town, and H1 the first one too.
    """
    people = changed.get("people", PEOPLE)
    towns = [
        {"id": area(n), "kind": "Area", "level": "township", "population": p and p * 1000}
        for n, p in enumerate(people)
    ]
    groups = [
        {"id": id, "kind": "Group", "type": changed.get("type", "county_medical_community")}
        for id in ("G1", "G2")
    ]
    centres = [
        {"id": f"T{n}", "kind": "Facility", "type": "township_health_centre", "beds": 10 + n}
        for n in range(len(people))
    ]
    leads = [
        {
            "id": id,
            "kind": "Facility",
            "type": "general_hospital",
            "beds": 0,
            "lon": lon,
            "lat": 28.0,
        }
        for id, lon in (("H1", 121.0), ("H2", 121.7))
    ]
    for number, town in enumerate(towns):
        town |= {"lon": 121.0 + number / 10, "lat": 28.0}
    nodes = pd.DataFrame([*towns, *groups, *centres, *leads, *changed.get("nodes", [])])
    nodes["name"] = nodes["id"]
    first = changed.get("first", 3)
    links = [
        ("H1", "LEADS", "G1"),
        ("H2", "LEADS", "G2"),
        *((f"T{n}", "SERVES", area(n)) for n in range(len(people))),
        *((f"T{n}", "MEMBER_OF", "G1" if n < first else "G2") for n in range(len(people))),
        *((area(n), "ADJACENT_TO", area(n + 1)) for n in range(len(people) - 1)),
        *changed.get("links", [("H1", "SERVES", area(0))]),
    ]
    edges = pd.DataFrame(links, columns=["source", "relation", "target"])
    return MedicalNetwork.from_frames(nodes, edges, {"data_day": "2025-01-01", **DECLARED})


def moved(found) -> list[tuple[str, str, str]]:
    return list(found.frame[["area", "from", "to"]].itertuples(index=False, name=None))


def test_fewest_towns_move():
    """G1 has 30, G2 70: within a fifth of 50 one town has to move, and it is the one beside G1."""
    net = county()
    found = planning.regroup(net, value="population", tolerance=0.2)
    assert moved(found) == [(area(3), "G2", "G1")]
    assert found.plan == {"moves": 1, "person_minutes": None, "deviation": 0.2}
    assert found.bound == found.plan
    assert found.proven
    assert found.is_found
    after = coverage.served(net.applying(found.changes)).frame.set_index("area")["group"]
    assert after[area(3)] == "G1"
    assert (after[[area(n) for n in range(4, 8)]] == "G2").all()


def test_further_plans_differ_by_two_towns():
    """The next best plan moves the two towns more that come after."""
    assert not planning.regroup(county(), value="population", tolerance=0.4).next
    found = planning.regroup(county(), value="population", tolerance=0.3, further=3)
    assert (found.plan["moves"], found.next) == (1, ())  # 40 or 60 thousand, and then 80
    found = planning.regroup(county(), value="population", tolerance=0.6, max_moves=5, further=3)
    assert found.plan["moves"] == 0
    wanted = {"value": "population", "tolerance": 0.6, "together": [(area(2), area(3))]}
    found = planning.regroup(county(), **wanted, further=3)
    assert [found.plan["moves"], *(len(one.frame) for one in found.next)] == [1, 1, 3]
    assert all(one.proven for one in found.next)


def test_facilities_are_counted_once():
    """Beds are those of the facilities that serve a town."""
    found = planning.regroup(county(), value="beds", tolerance=0.3)
    beds = np.array([10 + n for n in range(8)])
    moves = found.plan["moves"]
    assert abs(beds[: 3 + moves].sum() / (beds.sum() / 2) - 1) <= 0.3
    assert abs(beds[: 2 + moves].sum() / (beds.sum() / 2) - 1) > 0.3


def test_what_a_lead_serves_stays():
    """The hospital of G1 serves the first town: what is to be with it comes to G1."""
    pair = [(area(0), area(7))]
    assert not planning.regroup(county(), together=pair).is_found
    found = planning.regroup(county(), together=pair, least_groups=1)
    assert moved(found) == [(area(n), "G2", "G1") for n in range(3, 8)]


def test_facilities_that_serve_two_towns_take_both():
    """Where the centre of town 3 serves town 4 as well, both move."""
    net = county(links=[("T3", "SERVES", area(4))])
    found = planning.regroup(net, value="population", tolerance=0.2)
    assert {row[0] for row in moved(found)} == {area(3), area(4)}


def test_minutes_decide_among_plans_of_equal_moves():
    """With the way to the lead asked about, person-minutes are least and labelled."""
    found = planning.regroup(county(), value="population", tolerance=0.2, speed_kmh=30)
    assert found.plan["moves"] == 1
    assert found.plan["person_minutes"] > 0
    assert found.frame["minutes_before"].notna().all()
    limited = planning.regroup(county(), speed_kmh=30, minutes=60)
    far = limited.frame["minutes_before"]
    assert (far > 60).all()
    assert (limited.frame["minutes_after"] <= 60).all()


def test_an_impossible_wish_is_explained():
    """With everything beside G1 locked, G1 can't come over its 30 thousand; each lock is named."""
    net = county()
    locks = [area(3)]
    found = planning.regroup(net, value="population", tolerance=0.2, lock=locks)
    assert not found.is_found
    assert found.proven
    assert found.plan is None
    assert set(found.bound.values()) == {None}
    why = found.infeasible
    assert why["groups"] == {
        "G1": {"least": 10000.0, "greatest": 30000.0},
        "G2": {"least": 70000.0, "greatest": 90000.0},
    }
    assert why["tolerance"] == 0.4
    assert set(why["relax"]) == {"parts", "tolerance 0.2", f"lock {area(3)}"}
    assert set(why["conflict"]) == set(why["relax"])
    with speaking("en"):
        told = " ".join(planning.regroup(net, value="population", tolerance=0.2, lock=locks).notes)
    assert "G2 can't come under 140% of the mean (limit 120%)" in told
    assert f"{area(3)} stays" in told


def test_an_assignment_is_judged():
    """A plan of one's own is told what it breaks, and what the best one does."""
    net = county()
    own = pd.DataFrame({"area": [area(3), area(4)], "group": ["G1", "G1"]})
    found = planning.regroup(net, value="population", tolerance=0.2, assignment=own)
    assert found.plan["moves"] == 2
    assert found.broken == ()
    assert found.optimum["moves"] == 1
    assert not found.proven
    assert moved(found.next[0]) == [(area(3), "G2", "G1")]
    jump = pd.DataFrame({"area": [area(6)], "group": ["G1"]})
    broken = planning.regroup(net, value="population", tolerance=0.2, assignment=jump)
    assert broken.broken == ("parts",)
    assert not broken.is_found
    assert not broken.changes
    best = pd.DataFrame({"area": [area(3)], "group": ["G1"]})
    assert planning.regroup(net, value="population", tolerance=0.2, assignment=best).proven


def test_the_front_has_a_row_for_each_limit():
    """The tighter the tolerance the more towns move; what no plan keeps has no number."""
    front = planning.regroup(county(), value="population", front=(0.4, 0.2, 0.0, 0.21)).front
    assert front["value"].tolist() == [0.4, 0.21, 0.2, 0.0]
    assert front["moves"].fillna(-1).tolist() == [0, 1, 1, -1]
    assert front["proven"].all()


def test_what_is_not_stated_is_asked_for():
    """A town without population is not empty; a limit of minutes needs minutes."""
    with pytest.raises(OptionError, match=area(2)):
        planning.regroup(
            county(people=(10, 10, None, *PEOPLE[3:])), value="population", tolerance=1
        )
    for wrong in (
        {"tolerance": 0.1},
        {"minutes": 30},
        {"value": "charm", "tolerance": 0.1},
        {"apart": [area(1)]},
        {"facility": ["palace"]},
        {"assignment": pd.DataFrame({"area": [area(1)] * 2, "group": ["G1", "G2"]})},
    ):
        with pytest.raises(OptionError):
            planning.regroup(county(), **wrong)


NO_NUMBER = float("nan")


@pytest.mark.parametrize(
    "wrong",
    [
        *({"value": "population", "tolerance": one} for one in (-0.1, NO_NUMBER, 15)),
        *({"value": "population", "front": [0.2, one]} for one in (-0.1, NO_NUMBER, 15)),
        *({"speed_kmh": 30, "minutes": one} for one in (-5, 0, NO_NUMBER, float("inf"))),
        {"speed_kmh": 30, "front_minutes": [-5]},
        {"speed_kmh": float("inf")},
        {"speed_kmh": 30, "snap_km": -1},
        {"max_moves": -1},
        {"further": -1},
        {"least_groups": -1},
        {"least_groups": 3},
        {"most_groups": 0},
        {"least_groups": 2, "most_groups": 1},
    ],
)
def test_numbers_that_mean_nothing_are_refused(wrong):
    """A negative tolerance had no plan, and 15 in place of 0.15 needed no move: both "proven"."""
    with pytest.raises(OptionError):
        planning.regroup(county(), **wrong)


def test_each_group_has_a_hospital():
    """Their leads are general hospitals; nobody has one of Chinese medicine, so there is no plan."""
    found = planning.regroup(county(), facility=["general_hospital"])
    assert found.plan["moves"] == 0
    assert not planning.regroup(county(), facility=["tcm_hospital"]).is_found


def with_rehabilitation(town: int) -> MedicalNetwork:
    """An urban group whose only house of continuing care (UG-04) goes with one town of G2."""
    house = {"id": "R", "kind": "Facility", "type": "rehabilitation_hospital"}
    links = [("H1", "SERVES", area(0)), ("R", "MEMBER_OF", "G2"), ("R", "SERVES", area(town))]
    return county(type="urban_medical_group", nodes=[house], links=links)


def test_no_group_loses_a_rule_that_it_passes():
    """Town 3 would go first, and G2 with it lose its house; then no plan is left."""
    wanted = {"value": "population", "tolerance": 0.2}
    found = planning.regroup(with_rehabilitation(3), **wanted)
    assert not found.is_found
    assert "rule urban-2023/UG-04" in found.infeasible["relax"]
    with speaking("en"):
        told = planning.regroup(with_rehabilitation(3), **wanted).notes
    assert any("the rule urban-2023/UG-04 is kept" in note for note in told)
    assert planning.regroup(with_rehabilitation(5), **wanted).plan["moves"] == 1
    assert planning.regroup(with_rehabilitation(3), **wanted, pack=["county-2023"]).is_found


def test_rules_bind_all_groups_where_that_is_asked():
    """G1 has no house: it may stay so, but not where the rule is a limit."""
    rule = {"rule": ["urban-2023/UG-04"], "further": 0}
    assert not planning.regroup(with_rehabilitation(5), **rule).is_found
    house = {"id": "R", "kind": "Facility", "type": "rehabilitation_hospital"}
    links = [("R", "MEMBER_OF", "G1"), ("Q", "MEMBER_OF", "G2"), ("Q", "SERVES", area(3))]
    both = county(type="urban_medical_group", nodes=[house, {**house, "id": "Q"}], links=links)
    assert planning.regroup(both, **rule).plan["moves"] == 0
    for wrong in ("UG-04", "urban-2023/UG-01", "urban-2023/UG-99", "nothing/UG-04"):
        with pytest.raises(OptionError):
            planning.regroup(both, rule=[wrong])


def test_how_many_groups_there_are_can_be_a_rule():
    """Four groups are asked for (TZ-01): two have areas, so that none is a plan."""
    net = county(type="urban_medical_group")
    found = planning.regroup(net, rule=["taizhou-2023/TZ-01"], further=0)
    assert found.infeasible["relax"] == ["rule taizhou-2023/TZ-01"]


def test_each_area_in_one_group_can_be_a_rule():
    """Every plan keeps it (TZ-04, TZ-06)."""
    net = county(type="urban_medical_group")
    for rule in ("taizhou-2023/TZ-04", "taizhou-2023/TZ-06"):
        assert planning.regroup(net, rule=[rule], further=0).plan["moves"] == 0


def test_a_rule_that_a_gap_breaks_is_kept_by_no_plan():
    """Nobody serves the eighth town: whatever moves, TZ-04 fails there, and its name is said."""
    net = county(type="urban_medical_group", people=(*PEOPLE, 10)).ended("T8")
    with pytest.raises(OptionError, match=r"no plan moves|任何方案"):
        planning.regroup(net, rule=["taizhou-2023/TZ-04"], further=0)


def test_a_rule_that_asks_no_group_is_no_limit():
    """County groups are not asked what urban ones are: nobody shall believe that it was kept."""
    for rule in ("urban-2023/UG-04", "taizhou-2023/TZ-01"):
        with pytest.raises(OptionError, match=r"asks none|不问"):
            planning.regroup(county(), rule=[rule], further=0)


def test_towns_that_nobody_can_plan_are_left_aside():
    """A gap, and a town of which nobody knows who serves it, are accounted for and named."""
    net = county(people=(*PEOPLE, 10))
    found = planning.regroup(net.ended("T8"), value="population", tolerance=0.2)
    assert len(found.excluded) + len(found.unknown) == 1
    assert found.total == 9


def test_who_stops_the_search_gets_the_best_so_far(monkeypatch):
    """The annealed plan is there with what is proven by then."""

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(stages.Stages, "_fewest_moves", stopped)
    found = planning.regroup(county(), value="population", tolerance=0.2)
    assert found.is_stopped
    assert found.is_found
    assert not found.proven
    assert found.plan["moves"] == 1
    assert found.bound["moves"] == 0
    assert not any("0" in note for note in found.notes[:2])  # nobody needs that bound in words


def test_who_stops_the_annealing_gets_its_best_plan():
    """In its first steps, before the search for a proof begins; it said that none was found."""
    looks = itertools.count()
    with speaking("en"), watching(lambda *_: None, stop=lambda: next(looks) > 2):
        found = planning.regroup(county(), value="population", tolerance=0.2)
    assert found.is_stopped
    assert found.plan["moves"] == 1
    with speaking("en"), watching(lambda *_: None, stop=lambda: True):
        found = planning.regroup(county(), value="population", tolerance=0.2)
    assert not found.is_found
    assert found.notes[1] == "No plan was found, nor is it proven that there is none."


def test_who_stops_a_search_gets_its_bound(monkeypatch):
    """The first solutions in parts of towns say that one has to move; the bound was 0 before."""

    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(branching.Branching, "searched", stopped)
    found = planning.regroup(county(), value="population", tolerance=0.2)
    assert found.is_stopped
    assert found.plan["moves"] == found.bound["moves"] == 1


def test_tiles_are_an_approximation_and_say_so(taizhou):
    """Without neighbours tiles do; G4 has its island town in a part of its own."""
    with speaking("en"):
        found = planning.regroup(taizhou, together=[("331002001000", "331002002000")], further=0)
    assert found.plan["moves"] == 1
    assert any("tiles" in note for note in found.notes)


def test_a_table_of_neighbours_is_taken(taizhou):
    """Towns that touch none are named."""
    table = pd.DataFrame({"area": ["331002001000"], "neighbour": ["331002002000"]})
    with speaking("en"):
        found = planning.regroup(taizhou, adjacency=table, further=0)
    assert any("36 areas touch none" in note for note in found.notes)


def test_outlines_say_what_touches():
    """Of a town beyond the network nothing is said; one alone and one without outline are told."""
    towns = [*map(area, range(7))]
    rows = [*itertools.pairwise(towns[:6]), (area(2), "331098101000"), (area(6), None)]
    outlines = pd.DataFrame(rows, columns=["area", "neighbour"]).assign(from_outlines=True)
    wanted = {"value": "population", "tolerance": 0.2, "further": 0}
    with speaking("en"):
        found = planning.regroup(county(), **wanted, adjacency=outlines)
        assert moved(found) == [(area(3), "G2", "G1")]
        assert any(f"touches none: {area(6)}" in note for note in found.notes)
        assert any("no outline" in note and area(7) in note for note in found.notes)
        bridges = [(area(6), area(5)), (area(6), area(7))]
        bridge = pd.DataFrame(bridges, columns=["area", "neighbour"])
        found = planning.regroup(county(), **wanted, adjacency=[outlines, bridge])
    assert moved(found) == [(area(3), "G2", "G1")]
    assert not any("touch none" in note or "no outline" in note for note in found.notes)


def test_everything_is_accounted_for(taizhou):
    """In = judged + unknown + excluded, and JSON has the keys of the contract."""
    plain = planning.regroup(taizhou, further=0).to_dict()
    assert plain["accounted"] == {"in": 43, "judged": 38, "unknown": 0, "excluded": 5}
    assert {"plan", "proven", "bound", "rows", "next", "infeasible"} <= plain.keys()


def test_a_nation_is_too_much_at_once(monkeypatch):
    """What nothing would come of is refused with a sentence."""
    module = importlib.import_module("medgraph.queries.planning.regroup")
    monkeypatch.setattr(module, "_MOST", 15)
    with pytest.raises(OptionError, match="--area"):
        planning.regroup(county())


@pytest.mark.parametrize("town", [0, 1])
def test_a_town_in_two_groups_comes_to_one(town):
    """Its centre is a member of both, and the lead of G1 serves the first town as well."""
    links = [("H1", "SERVES", area(0)), (f"T{town}", "MEMBER_OF", "G2")]
    net = county(links=links)
    found = planning.regroup(net, further=0)
    assert moved(found) == [(area(town), "G1|G2", "G1")]
    after = net.applying(found.changes)
    assert after.groups_left(f"T{town}", to_group="G1") == ["G1"]


@pytest.mark.parametrize("option", ["apart", "together"])
def test_an_area_is_no_pair(option):
    with pytest.raises(OptionError, match=area(2)):
        planning.regroup(county(), further=0, **{option: [(area(2), area(2))]})
