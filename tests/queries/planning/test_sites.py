"""Sites for a small county, judged by hand; and what is not known is never zero."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.errors import OptionError
from medgraph.queries import planning
from medgraph.queries.planning import covering
from medgraph.words.say import speaking
from tests.queries.networks import COMPLETE, network

A, B, C, D = (f"33100100{number}000" for number in range(1, 5))
NODES = f"""
    {A} Area population=100
    {B} Area population=200
    {C} Area population=300
    {D} Area population=400
    F1 Facility type=township_health_centre beds=10 status=open
    F2 Facility type=township_health_centre beds=30 status=open
    F3 Facility type=township_health_centre beds=50 status=open
    H1 Facility type=general_hospital beds=500 status=open
    G1 Group type=county_medical_community
"""
TIMES = {
    (A, "F1"): 5,
    (B, "F1"): 10,
    (C, "F1"): 30,
    (D, "F1"): 40,
    (A, "F2"): 12,
    (B, "F2"): 5,
    (C, "F2"): 15,
    (D, "F2"): 30,
    (A, "F3"): 40,
    (B, "F3"): 25,
    (C, "F3"): 5,
    (D, "F3"): 15,
    (A, "H1"): 60,
    (B, "H1"): 50,
    (C, "H1"): 20,
    (D, "H1"): 5,
}


def matrix(changes: dict | None = None) -> pd.DataFrame:
    rows = [(o, d, m) for (o, d), m in {**TIMES, **(changes or {})}.items()]
    return pd.DataFrame(rows, columns=["origin", "destination", "minutes"])


def asked(changes: dict | None = None, nodes: str = NODES, **options):
    net = network(nodes.replace("beds", "physicians"), "F1 MEMBER_OF G1", **COMPLETE)
    options.setdefault("times", matrix(changes))
    return planning.sites(net, **options)


def chosen(plan) -> set[str]:
    return set(plan.frame.loc[plan.frame["chosen"], "facility"])


def test_the_fewest_that_have_all_within_reach():
    """Within 15 minutes F3 has C and D, F2 has A, B and C: two are needed, F2 and F3."""
    plan = asked(model="lscp", radius=15)
    assert (plan.value, plan.bound, plan.proven, plan.is_found) == (2, 2, True, True)
    assert chosen(plan) == {"F2", "F3"}
    assert plan.total == plan.judged == 3
    assert plan.demand == {"in": 4, "judged": 4, "unknown": 0, "excluded": 0}
    assert plan.areas["facility"].tolist() == ["F2", "F2", "F3", "F3"]


def test_most_people_within_reach():
    """One site within 15 minutes: F3 has 700 people (C, D), F2 600, F1 300."""
    plan = asked(model="mclp", radius=15, p=1)
    assert (plan.value, plan.bound, plan.proven) == (700, 700, True)
    assert chosen(plan) == {"F3"}
    sums = plan.sums
    assert (sums.served, sums.without_capacity, sums.out_of_reach, sums.total) == (
        700,
        0,
        300,
        1000,
    )


def test_fewest_person_minutes():
    """Two sites: F2 and F3 cost 12 x 100 + 5 x 200 + 5 x 300 + 15 x 400 = 9,700; F1 and F3 10,000."""
    plan = asked(model="p-median", p=2)
    assert (plan.value, plan.bound, plan.proven) == (9700, 9700, True)
    assert chosen(plan) == {"F2", "F3"}


def test_the_shortest_longest_way():
    """One site: from F2 the longest way is 30 minutes, from F1 and F3 it is 40."""
    plan = asked(model="p-centre", p=1)
    assert (plan.value, plan.bound, plan.proven) == (30, 30, True)
    assert chosen(plan) == {"F2"}


def test_fixed_ones_count():
    """With the hospital, which has D, one more site within 15 minutes is enough: F2."""
    plan = asked(model="lscp", radius=15, fixed=["H1"])
    assert chosen(plan) == {"F2", "H1"}
    assert (plan.value, plan.proven) == (2, True)
    assert plan.frame.set_index("facility")["fixed"].to_dict()["H1"]


def test_the_choice_is_a_plan_that_states_it():
    """Applied, those chosen are sub-centres, and another proposal finds them fixed."""
    net = network(NODES.replace("beds", "physicians"), "F1 MEMBER_OF G1", **COMPLETE)
    plan = planning.sites(net, model="lscp", radius=15, times=matrix())
    assert [(one.id, one.column, one.value) for one in plan.changes] == [
        ("F2", "sub_centre", "yes"),
        ("F3", "sub_centre", "yes"),
    ]
    after = planning.sites(net.applying(plan.changes), model="lscp", radius=15, times=matrix())
    assert set(after.frame.loc[after.frame["fixed"], "facility"]) == chosen(plan)
    assert after.changes == ()


def test_who_is_a_sub_centre_already_stays_one():
    nodes = NODES.replace("F1 Facility", "F1 Facility sub_centre=yes")
    plan = asked(nodes=nodes, model="mclp", radius=15, p=2)
    assert chosen(plan) == {"F1", "F3"}
    assert plan.frame["fixed"].tolist() == [True, False, False]


def test_three_sums_with_capacities():
    """10 people a physician: F2 serves 300, F3 500. Within 15 minutes B (200), A (100) and C (300) have
    F2, C and D (400) have F3: 800 of 1,000 are served, 200 of C or D find no room."""
    plan = asked(model="mclp", radius=15, p=2, capacity="physicians", people_per=10)
    assert chosen(plan) == {"F2", "F3"}
    assert (plan.value, plan.bound, plan.proven) == (800, 800, True)
    sums = plan.sums
    assert (sums.served, sums.without_capacity, sums.out_of_reach) == (800, 200, 0)
    assert plan.frame.set_index("facility")["people"].dropna().to_dict() == {"F2": 300, "F3": 500}
    assert set(plan.areas["status"]) == {"served", "without_capacity"}


def test_build_or_upgrade_within_a_budget():
    """F3 can be upgraded to 50 for 4 or built anew for 70 at 6; with 6 the latter serves all of C and D."""
    costs = pd.DataFrame(
        [
            ("F2", 5, "upgrade", None),
            ("F3", 4, "upgrade", None),
            ("F3", 6, "build", 70),
            ("F9", 1, "", 9),
        ],
        columns=["facility", "cost", "way", "capacity"],
    )
    options = {"radius": 15, "capacity": "physicians", "people_per": 10, "costs": costs}
    plan = asked(model="mclp", budget=6, **options)
    row = plan.frame.set_index("facility").loc["F3"]
    assert (row["way"], row["cost"], row["capacity"], row["people"]) == ("build", 6, 700, 700)
    assert (plan.value, plan.proven) == (700, False)  # what F1 costs nobody says
    assert plan.unknown["facility"].tolist() == ["F1"]
    assert any("F9" in note for note in plan.notes)
    cheapest = asked(model="lscp", radius=15, costs=costs)
    assert (cheapest.value, chosen(cheapest)) == (9, {"F2", "F3"})


def test_of_several_times_the_longest_counts():
    """In winter D is 20 minutes from F3: within 15 nobody but the hospital has it."""
    winter = matrix({(D, "F3"): 20})
    plan = asked(model="lscp", radius=15, times=[matrix(), winter])
    assert plan.infeasible == {"areas": [D]}
    assert not plan.is_found
    assert plan.areas.set_index("area")["status"][D] == "out_of_reach"


def test_conditions_and_their_doubts():
    """Beds too few is no candidate; beds that are not stated may be enough, and the bound says so."""
    nodes = NODES.replace("beds=50 ", "")
    plan = planning.sites(
        network(nodes, "F1 MEMBER_OF G1", **COMPLETE),
        model="mclp",
        radius=15,
        p=1,
        least_beds=20,
        times=matrix(),
    )
    assert plan.excluded["facility"].tolist() == ["F1"]
    assert plan.unknown["facility"].tolist() == ["F3"]
    assert chosen(plan) == {"F2"}
    assert (plan.value, plan.bound, plan.proven) == (600, 700, False)


def test_a_missing_time_is_neither_near_nor_far():
    """Without the time from D to F3, F3 surely has C alone: F2 is the plan, and 700 may be possible."""
    plan = asked({(D, "F3"): None}, model="mclp", radius=15, p=1)
    assert chosen(plan) == {"F2"}
    assert (plan.value, plan.bound, plan.proven) == (600, 700, False)
    assert plan.areas.set_index("area")["status"][D] == "out_of_reach"  # F2 is 30 minutes away
    fewest = asked({(D, "F3"): None}, model="lscp", radius=15)
    assert fewest.areas.set_index("area")["status"][D] == "unknown"
    assert fewest.infeasible is None
    assert not fewest.proven  # D may need a second site


@pytest.mark.parametrize("model", ["p-median", "p-centre", "lscp"])
def test_an_area_of_which_no_time_is_known_keeps_the_proof_open(model):
    """F1 is best for A and B; of C and D nothing is known, and they may be far from it."""
    unknown = {(area, site): None for area in (C, D) for site in ("F1", "F2", "F3", "H1")}
    plan = asked(unknown, model=model, radius=15, p=1)
    assert (plan.is_found, plan.proven) == (True, False)
    assert plan.demand["unknown"] == 2
    with speaking("en"):
        told = asked(unknown, model=model, radius=15, p=1).notes[0]
    assert "2 are not" in told


def test_where_no_area_is_stated_nothing_is_proven():
    """That no site is needed for none of them is no answer."""
    net = network("F1 Facility type=township_health_centre status=open", "")
    plan = planning.sites(net, model="lscp", radius=15, times=matrix().iloc[:0])
    assert (plan.is_found, plan.proven, plan.value) == (False, False, None)


def test_people_who_are_not_stated_are_in_no_sum():
    """D may have any number of people: F3 has it in reach and is best whatever it is; F2 is not."""
    nodes = NODES.replace(f"{D} Area population=400", f"{D} Area")
    plan = asked(nodes=nodes, model="mclp", radius=15, p=1)
    assert chosen(plan) == {"F2"}
    assert (plan.value, plan.proven) == (600, False)
    assert plan.sums.total == 600
    assert asked(nodes=nodes, model="mclp", radius=15, p=2).proven
    assert asked(nodes=nodes, model="lscp", radius=15).proven


def test_where_nobody_lives_none_is_needed():
    nodes = NODES.replace(f"{D} Area population=400", f"{D} Area population=0")
    plan = asked(nodes=nodes, model="lscp", radius=15)
    assert chosen(plan) == {"F2"}
    assert plan.demand == {"in": 4, "judged": 3, "unknown": 0, "excluded": 1}


@pytest.mark.parametrize("model", ["lscp", "mclp", "p-median", "p-centre"])
def test_where_nothing_is_sure_there_is_no_plan(model):
    """No centre states its type; or no time is known. That no site is needed is no proof then."""
    options = {"model": model, "radius": 15, "p": 1}
    untyped = asked(nodes=NODES.replace("type=township_health_centre ", ""), **options)
    timeless = asked(dict.fromkeys(TIMES), **options)
    for plan in (untyped, timeless):
        assert (plan.is_found, plan.proven, plan.value) == (False, False, None)
    assert len(untyped.unknown) == 3
    assert timeless.demand["unknown"] == 4


def test_which_limit_is_too_narrow():
    """No site has all areas within 15 minutes; with two it can be done. One has not room for all."""
    plan = asked(model="p-median", p=1, radius=15)
    assert (plan.is_found, plan.proven, plan.value) == (False, True, None)
    assert plan.infeasible == {"relax": [{"limit": "p", "enough": 2}]}
    full = asked(model="p-median", p=1, capacity="physicians", people_per=19)
    assert full.infeasible == {
        "relax": [{"limit": "p", "enough": 2}, {"limit": "capacity", "enough": None}]
    }


def test_who_is_stopped_tells_the_plan_so_far(monkeypatch):
    """After the plan is found, the search for the bound of the best case is ended."""
    once = covering.most_people

    def stopped(siting):
        if siting.sites == 3 and np.isinf(siting.minutes).sum() < 6:  # the best case reaches more
            raise KeyboardInterrupt
        return once(siting)

    monkeypatch.setattr(covering, "most_people", stopped)
    plan = asked({(D, "F3"): None}, model="mclp", radius=15, p=1)
    assert (plan.value, plan.bound, plan.proven, plan.is_stopped) == (600, None, False, True)


OWN_PACK = """
[pack]
id = "own"
title = ["自定", "own"]
document = "自定"
source = "自定"

[[sentences]]
clause = "一"
says = "卫生院为二级"
says_en = "centres are of level 2"
kind = "rule"
rules = ["OWN-1"]

[[rules]]
id = "OWN-1"
kind = "requirement"
text = ["卫生院为二级。", "Centres are of level 2."]
fix = ["核实。", "Check."]
clause = "一"
grade = "user"
subjects = { kind = "Facility", type = ["township_health_centre"] }
predicate = "value"
test = { level = ["@level2up"] }
[rules.examples]
pass = "F1 Facility type=township_health_centre level=2A"
fail = "F1 Facility type=township_health_centre level=1A"
no_data = "F1 Facility type=township_health_centre"
"""


def test_a_rule_of_a_pack_is_a_condition(tmp_path):
    """Who passes is a candidate, who fails is none, and of whom nothing is known may be one."""
    pack = tmp_path / "own.toml"
    pack.write_text(OWN_PACK, encoding="utf-8")
    nodes = NODES.replace("F2 Facility", "F2 Facility level=2A")
    nodes = nodes.replace("F3 Facility", "F3 Facility level=1A")
    plan = asked(nodes=nodes, model="mclp", radius=15, p=1, rule=f"{pack}/OWN-1")
    assert chosen(plan) == {"F2"}
    assert plan.excluded["facility"].tolist() == ["F3"]
    assert plan.unknown["facility"].tolist() == ["F1"]
    assert plan.proven  # F1 has fewer people, whatever its level


@pytest.mark.parametrize(
    "options",
    [
        {"model": "best"},
        {"model": "lscp"},
        {"model": "mclp", "radius": 10},
        {"model": "p-median"},
        {"model": "p-centre", "p": -1},
        {"model": "p-centre", "p": 0},
        {"model": "lscp", "radius": 10, "least_beds": -5},
        {"model": "lscp", "radius": 10, "people_per": -1},
        {"model": "mclp", "radius": math.inf, "p": 1},
        {"model": "mclp", "radius": 10, "budget": 3},
        {"model": "mclp", "radius": 10, "p": 1, "capacity": "rooms"},
        {"model": "mclp", "radius": 10, "p": 1, "capacity": "beds", "people_per": 0},
        {"model": "mclp", "radius": 10, "p": 1, "fixed": ["nobody"]},
        {"model": "mclp", "radius": 10, "p": 1, "rule": "UG-04"},
        {"model": "mclp", "radius": 10, "p": 1, "rule": "urban-2023/UG-04"},  # of groups
        {"model": "mclp", "radius": 10, "p": 1, "times": ()},
        {"model": "mclp", "radius": 10, "p": 1, "costs": pd.DataFrame({"facility": ["F1"]})},
    ],
)
def test_what_cannot_be_asked_is_refused(options):
    with pytest.raises(OptionError):
        asked(**options)


def worth(model: str, times: dict, sites) -> float:
    """What sites are worth by all times: the less, the better; infinite where an area has none."""
    sites = [*sites]
    near = [
        min((times[area, site] for site in sites if times[area, site] <= 40), default=math.inf)
        for area in (A, B, C, D)
        if any(times[area, f"F{number}"] <= 40 for number in (1, 2, 3))
    ]
    if model == "lscp":
        return len(sites) if all(map(math.isfinite, near)) else math.inf
    return max(near, default=0) if model == "p-centre" else sum(near)


@pytest.mark.parametrize("model", ["lscp", "p-median", "p-centre"])
@settings(deadline=None, max_examples=12)
@given(data=st.data())
def test_what_is_proven_is_best_whatever_is_not_known(model, data):
    """The choice is tried with every completion of the missing times, against all choices."""
    pairs = [(area, f"F{number}") for area in (A, B, C, D) for number in (1, 2, 3)]
    told = {pair: data.draw(VALUES) for pair in pairs}
    gaps = data.draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=4, unique=True))
    nodes = "".join(
        line.split(" population")[0] + " population=1\n" if " Area" in line else line + "\n"
        for line in NODES.splitlines()
    )
    number = data.draw(st.integers(1, 2))
    plan = asked(told | dict.fromkeys(gaps), nodes=nodes, model=model, radius=40, p=number)
    if not plan.proven or not plan.is_found:
        return
    own = [one for one in chosen(plan) if one != "H1"]
    every = [
        sites
        for count in range(4 if model == "lscp" else number + 1)
        for sites in itertools.combinations(("F1", "F2", "F3"), count)
    ]
    for filled in itertools.product([5, 40, math.inf], repeat=len(gaps)):
        whole = told | dict(zip(gaps, filled, strict=True))
        assert worth(model, whole, own) <= min(worth(model, whole, one) for one in every)


VALUES = st.sampled_from([5, 10, 20, 40, math.inf])


@settings(deadline=None, max_examples=8)
@given(st.data())
def test_no_completion_is_better_than_the_bound(data):
    """Whatever the missing times are, the plan does what it says, and the bound holds."""
    pairs = [(area, f"F{number}") for area in (A, B, C, D) for number in (1, 2, 3)]
    told = {pair: data.draw(VALUES) for pair in pairs}
    gaps = data.draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=2, unique=True))
    options = {"model": "mclp", "radius": 15, "p": data.draw(st.integers(1, 2))}
    plan = asked(told | dict.fromkeys(gaps), **options)
    for filled in itertools.product([5, math.inf], repeat=len(gaps)):
        whole = asked(told | dict(zip(gaps, filled, strict=True)), **options)
        assert whole.proven
        assert plan.value <= whole.value <= plan.bound
        if plan.proven:
            assert whole.value == plan.value
