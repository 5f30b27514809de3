"""Access: nearest facility, three states, people within limits, E2SFCA; missing and unreachable stay apart."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from medgraph.errors import OptionError, SourceError
from medgraph.graphmodel.canonical import as_table
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.side_files.travel_times import read_roads, read_travel_times
from medgraph.queries import coverage
from medgraph.queries.coverage.minutes import Minutes
from medgraph.queries.coverage.raam import raam
from medgraph.words.say import say, speaking
from tests.queries.networks import COMPLETE, network

A, B, C = "331001001000", "331001002000", "331001003000"
NODES = f"""
    {A} Area population=1000
    {B} Area population=2000
    {C} Area population=500
    F1 Facility type=general_hospital level=2A physicians=5
    F2 Facility type=general_hospital level=3A physicians=4
    G1 Group type=urban_medical_group
"""
LINKS = f"F1 MEMBER_OF G1\nF1 SERVES {A}"
TIMES = {(A, "F1"): 5, (A, "F2"): 25, (B, "F1"): 10, (B, "F2"): 12, (C, "F1"): 31, (C, "F2"): 20}
LUO_QI = ((10, 1.0), (20, 0.68), (30, 0.22))


def matrix(changes: dict | None = None) -> pd.DataFrame:
    rows = [(o, d, m) for (o, d), m in {**TIMES, **(changes or {})}.items()]
    return pd.DataFrame(rows, columns=["origin", "destination", "minutes"])


def asked(changes: dict | None = None, nodes: str = NODES, **options):
    return coverage.access(network(nodes, LINKS, **COMPLETE), times=matrix(changes), **options)


def test_e2sfca_worked_by_hand():
    """The index of Luo & Qi with bands 10, 20, 30 minutes and weights 1, 0.68, 0.22.

    F1: 5 physicians; people 1.00 x 1000 (A, 5 min) + 1.00 x 2000 (B, 10 min) = 3000; C (31 min) is outside.
    F2: 4 physicians; people 0.22 x 1000 (A, 25) + 0.68 x 2000 (B, 12) + 0.68 x 500 (C, 20) = 1920.
    A: 1.00 x 5/3000 + 0.22 x 4/1920 = 0.0021250
    B: 1.00 x 5/3000 + 0.68 x 4/1920 = 0.0030833
    C:                 0.68 x 4/1920 = 0.0014167; all per resident, so times 1000 in the answer.
    """
    answer = asked(decay=LUO_QI)
    assert answer.frame["index"].tolist() == pytest.approx([2.125, 3.083333, 1.416667], rel=1e-6)
    assert "Luo & Qi" in answer.definition.source
    assert not {"index_2sfca", "index_raam"} & {*answer.frame.columns}


def test_a_pair_stated_twice_counts_once():
    """The same time of a pair twice is one time: people are in reach once."""
    answer = coverage.access(
        network(NODES, LINKS, **COMPLETE), times=pd.concat([matrix(), matrix()]), decay=LUO_QI
    )
    assert answer.frame["index"].tolist() == asked(decay=LUO_QI).frame["index"].tolist()
    assert answer.frame["minutes"].tolist() == [5, 10, 20]


def test_a_pair_with_two_times_is_missing_and_named():
    """C to F2 in 20 minutes and in 29: neither counts, whatever the order, and both are named."""
    slower = pd.DataFrame([(C, "F2", 29)], columns=["origin", "destination", "minutes"])
    for times in (pd.concat([matrix(), slower]), pd.concat([slower, matrix()])):
        answer = coverage.access(network(NODES, LINKS, **COMPLETE), times=times)
        assert answer.status[C] == "unknown"
        assert answer.frame["minutes"].tolist() == [5, 10]
        assert any(f"{C} → F2" in note and "20" in note and "29" in note for note in answer.notes)


def test_supply_is_shared_out_whole():
    """People times index gives back the supply of the facilities that have people in reach."""
    frame = asked(decay=LUO_QI).frame
    assert (frame["population"] * frame["index"]).sum() / 1000 == pytest.approx(9)


@pytest.mark.parametrize(
    ("changes", "nodes"),
    [
        ({(C, "F2"): None}, NODES),
        ({}, NODES.replace("physicians=4", "")),
        ({}, NODES.replace("physicians=4", "physicians=-4")),
        ({}, NODES.replace("population=500", "")),
        ({}, NODES.replace("population=500", "population=-500")),
    ],
)
def test_an_index_that_rests_on_something_unknown_is_unknown(changes, nodes):
    """A missing time, supply or population is no zero, one below zero states none: every index that needs it is empty."""
    index = asked(changes, nodes, decay=LUO_QI).frame["index"]
    assert index.isna().all()


def test_2sfca_worked_by_hand():
    """The index of Luo & Wang within 20 minutes: all inside weigh alike, nobody outside.

    F1: 5 physicians for A (5 min) and B (10 min), 3000 people; C (31 min) is outside.
    F2: 4 physicians for B (12) and C (20), 2500 people; A (25) is outside.
    A: 5/3000, B: 5/3000 + 4/2500, C: 4/2500; times 1000 in the answer.
    """
    answer = asked(minutes=(10, 20), index=("2sfca",))
    found = answer.frame["index_2sfca"].tolist()
    assert found == pytest.approx([1.666667, 3.266667, 1.6], rel=1e-6)
    assert answer.definition.source == "2SFCA: Luo & Wang 2003"
    assert "index" not in answer.frame


RAAM_NODES = f"""
    {A} Area population=100
    {B} Area population=100
    F1 Facility type=general_hospital physicians=2
    F2 Facility type=general_hospital physicians=2
    G1 Group type=urban_medical_group
"""
RAAM_TIMES = {(A, "F1"): 0, (A, "F2"): 60, (B, "F1"): 30, (B, "F2"): 60, (C, "F1"): 9, (C, "F2"): 9}


def test_raam_worked_by_hand():
    """The cost of Saxon & Snow, tau 60: the mean crowding is 200 people / 4 physicians = 50.

    All of A go to F1 (at 100 people its crowding is 100 / 2 / 50 = 1). Of B, x go to F1 and pay
    (100 + x)/100 + 30/60, the others to F2 and pay (100 - x)/100 + 60/60: equal at x = 25, 1.75.
    A pays 1.25 at F1; F2 would cost A (0.75 + 1) = 1.75.
    """
    answer = asked(RAAM_TIMES, RAAM_NODES, index="raam", minutes=(15, 60))
    assert answer.frame["index_raam"].tolist() == pytest.approx([1.25, 1.75], rel=1e-6)
    assert answer.definition.source == "RAAM: Saxon & Snow 2020"


def test_raam_without_ways_or_supply():
    """Who gets nowhere has no index; a facility without supply takes nobody."""
    cut_off = asked(
        {**RAAM_TIMES, (B, "F1"): math.inf, (B, "F2"): math.inf}, RAAM_NODES, index="raam"
    )
    assert cut_off.everything.set_index("area")["index_raam"].isna().to_dict() == {
        A: False,
        B: True,
    }
    alone = RAAM_NODES.replace("physicians=2\n    G1", "physicians=0\n    G1")
    costs = asked(RAAM_TIMES, alone, index="raam", minutes=(60,)).frame["index_raam"]
    assert costs.tolist() == pytest.approx([1.0, 1.5])


@pytest.mark.parametrize(
    ("changes", "nodes"),
    [
        ({(B, "F2"): None}, RAAM_NODES),
        ({}, RAAM_NODES.replace("physicians=2\n    G1", "\n    G1")),
        ({}, RAAM_NODES.replace("population=100\n    F1", "\n    F1")),
    ],
)
def test_raam_is_unknown_where_anything_missing_may_move_people(changes, nodes):
    found = asked({**RAAM_TIMES, **changes}, nodes, index="raam", minutes=(60,))
    assert found.everything["index_raam"].isna().all()


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_nobody_gains_by_going_elsewhere(data):
    """At the equilibrium all people are somewhere, and each pays the least there is.

    The witness knows nothing of the method: from the costs follows the crowding of each facility
    that anybody uses, and a linear programme says whether people can be shared out so.
    """
    areas, facilities = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 4))
    numbers = st.integers(0, 90)
    way = np.array(
        data.draw(
            st.lists(
                st.lists(numbers, min_size=facilities, max_size=facilities),
                min_size=areas,
                max_size=areas,
            )
        ),
        float,
    )
    people = np.array(
        data.draw(st.lists(st.integers(1, 50), min_size=areas, max_size=areas)), float
    )
    supply = np.array(
        data.draw(st.lists(st.integers(1, 9), min_size=facilities, max_size=facilities)), float
    )
    cost = raam(_all_pairs(way), supply, people)
    room = people.sum() / supply.sum() * supply
    load = room * np.maximum((cost[:, None] - way / 60), 0).max(axis=0)
    assert load.sum() == pytest.approx(people.sum(), rel=1e-4)
    used = np.isclose(cost[:, None], load / room + way / 60, atol=1e-4)
    assert (cost[:, None] <= load / room + way / 60 + 1e-4).all()
    assert _can_be_shared_out(used, people, load)


def _all_pairs(way):
    areas, facilities = way.shape
    area, facility = np.indices(way.shape).reshape(2, -1)
    none = np.zeros
    return Minutes(
        area,
        facility,
        way.ravel(),
        way.argmin(1),
        way.min(1),
        none(areas, int),
        none(facilities, int),
        none(areas, int),
        "",
    )


def _can_be_shared_out(used, people, load) -> bool:
    """Whether people of each area fill the facilities they use to their loads (to a thousandth)."""
    pairs = np.argwhere(used)
    rows = [[float(pair[0] == area) for pair in pairs] for area in range(len(people))]
    columns = [[float(pair[1] == facility) for pair in pairs] for facility in range(len(load))]
    slack = 1e-3 * people.sum()
    done = linprog(
        np.zeros(len(pairs)),
        A_eq=rows,
        b_eq=people,
        A_ub=columns + [[-one for one in column] for column in columns],
        b_ub=[*(load + slack), *(slack - load)],
    )
    return done.status == 0


def test_three_states():
    """A is served; B is in reach of F1 but not served; C is out of reach within 15 minutes."""
    answer = asked(minutes=(10, 15))
    assert answer.status.to_dict() == {A: "served", B: "in_reach", C: "out_of_reach"}
    assert (answer.share.met, answer.share.total) == (2, 3)
    rows = answer.frame.set_index("area")
    assert rows["facility"].to_dict() == {A: "F1", B: "F1", C: "F2"}
    assert rows["minutes"].to_dict() == {A: 5, B: 10, C: 20}
    assert rows["within"].fillna(-1).to_dict() == {A: 10, B: 10, C: -1}
    assert any("3000" in note and "3500" in note for note in answer.notes)


def test_missing_unknown_unreachable_found():
    """No time from C to F1 and none to F2: unknown; no way from C to either: out of reach; never NaN."""
    missing = asked({(C, "F1"): None, (C, "F2"): None})
    assert missing.status[C] == "unknown"
    assert missing.unknown["travel"].tolist() == ["missing"]
    apart = asked({(C, "F1"): math.inf, (C, "F2"): math.inf})
    assert apart.status[C] == "out_of_reach"
    row = apart.to_dict()["rows"][-1]
    assert (row["travel"], row["minutes"], row["pairs_unreachable"]) == ("unreachable", None, 2)
    assert row["minutes"] is None


def test_a_near_one_is_enough_though_others_are_missing():
    """A missing pair cannot take away a facility that is in reach."""
    assert asked({(B, "F2"): None}).status[B] == "in_reach"
    assert asked({(C, "F1"): None}, minutes=(15,)).status[C] == "unknown"


def test_pairs_are_accounted_for():
    """Expected = given + missing + unreachable; rows from elsewhere are counted and not used."""
    answer = asked({(C, "F1"): None, (C, "F2"): math.inf, ("elsewhere", "F1"): 1})
    text = " ".join(answer.notes)
    assert all(number in text for number in ("6", "4", "1"))
    assert answer.unknown["pairs_missing"].tolist() == [1]
    assert answer.unknown["pairs_unreachable"].tolist() == [1]


def test_rows_from_and_to_elsewhere_are_named():
    """Two rows have an end that nobody asks about; A, B, C, F1 and F2 are asked about."""
    with speaking("en"):
        answer = asked({("elsewhere", "F1"): 1, (A, "nowhere"): 2})
    note = next(note for note in answer.notes if "elsewhere" in note)
    assert "2" in note
    assert "elsewhere, nowhere" in note
    assert not any(id in note for id in (A, B, C, "F1", "F2"))


def test_kind_of_facility():
    """Only tertiary hospitals count where only they are asked for, for serving too."""
    answer = asked(facility_level="3", facility_type="general_hospital")
    assert answer.frame["facility"].tolist() == ["F2", "F2", "F2"]
    assert answer.status[A] == "in_reach"


@pytest.mark.parametrize(
    ("kind", "is_told"), [({"facility_type": "hospital_any"}, True), ({}, False)]
)
def test_how_many_may_be_of_the_kind_is_told(kind, is_told):
    """F3 states no type; where no type is asked for there is nothing to tell."""
    answer = asked(nodes=NODES + "\n    F3 Facility", **kind)
    assert (say("coverage.kind_untold", count=1) in answer.notes) == is_told


def test_out_of_reach_needs_complete_lists():
    """Where facilities may be left out, or state no type, a nearer one may exist."""
    net = network(NODES, LINKS, links__complete="complete")
    assert coverage.access(net, times=matrix(), minutes=(15,)).status[C] == "unknown"
    untyped = NODES + "F3 Facility"
    assert (
        asked({}, untyped, facility_type="general_hospital", minutes=(15,)).status[C] == "unknown"
    )


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"speed_kmh": 30, "times": matrix()},
        {"speed_kmh": 0},
        {"times": matrix({(A, "F1"): -1})},
        {"times": matrix().drop(columns="minutes")},
        {"times": matrix({(A, "F1"): "soon"})},
        {"times": matrix(), "minutes": ()},
        {"times": matrix(), "minutes": (math.inf,)},
        {"times": matrix(), "minutes": (-5, 30)},
        {"times": matrix(), "decay": ()},
        {"times": matrix(), "decay": ((20, 1), (10, 0.5))},
        {"times": matrix(), "facility_type": "palace"},
        {"times": matrix(), "supply": "gold"},
    ],
)
def test_what_cannot_be_used_is_refused(options):
    with pytest.raises(OptionError):
        coverage.access(network(NODES, LINKS), **options)


def test_travel_is_one_value_of_three():
    """`travel=` gives what the older keywords give, each of the three."""
    net = network(NODES.replace("F1 Facility", "F1 Facility lon=121 lat=28"), LINKS, **COMPLETE)
    nodes = pd.DataFrame({"node": ["1"], "lon": [121.0], "lat": [28.0]})
    edges = pd.DataFrame({"from": ["1"], "to": ["1"], "minutes": [4.0]})
    for travel, keyword in (
        (coverage.TravelTimes(matrix()), {"times": matrix()}),
        (coverage.Roads(nodes, edges, snap_km=2), {"roads": (nodes, edges), "snap_km": 2}),
        (coverage.StraightLine(40), {"speed_kmh": 40}),
    ):
        assert (
            coverage.access(net, travel=travel).to_dict()
            == coverage.access(net, **keyword).to_dict()
        )


@pytest.mark.parametrize(
    "options",
    [
        {"travel": coverage.StraightLine(40), "speed_kmh": 40},
        {"travel": 40},
        {"travel": coverage.StraightLine(0)},
        {},
    ],
)
def test_travel_is_given_once(options):
    with pytest.raises(OptionError):
        coverage.access(network(NODES, LINKS), **options)


# -- straight lines ----------------------------------------------------------------------------


def haversine_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lon1, lat1), (lon2, lat2) = (tuple(map(math.radians, p)) for p in (one, other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def test_straight_lines_agree_with_haversine():
    """The nearest facility and its minutes are those of the great-circle formula, and the answer says so."""
    random = np.random.default_rng(7)
    places = {
        f"{331001001000 + i * 1000}": (121 + x, 28 + y)
        for i, (x, y) in enumerate(random.random((30, 2)))
    }
    clinics = {f"F{i}": (121 + x, 28 + y) for i, (x, y) in enumerate(random.random((12, 2)))}
    nodes = "\n".join(
        [f"{id} Area lon={x} lat={y} population=10" for id, (x, y) in places.items()]
        + [f"{id} Facility lon={x} lat={y} physicians=1" for id, (x, y) in clinics.items()]
    )
    answer = coverage.access(network(nodes, **COMPLETE), speed_kmh=40, minutes=(30,), decay=LUO_QI)
    for row in answer.frame.itertuples():
        best = min(
            (haversine_km(places[row.area], point) / 40 * 60, id) for id, point in clinics.items()
        )
        assert row.facility == best[1]
        assert row.minutes == pytest.approx(best[0])
        assert (row.status == "in_reach") == (best[0] <= 30)
    times = pd.DataFrame(
        [
            (a, f, haversine_km(p, q) / 40 * 60)
            for a, p in places.items()
            for f, q in clinics.items()
        ],
        columns=["origin", "destination", "minutes"],
    )
    same = coverage.access(network(nodes, **COMPLETE), times=times, minutes=(30,), decay=LUO_QI)
    assert answer.frame["index"].fillna(-1).tolist() == pytest.approx(
        same.frame["index"].fillna(-1).tolist()
    )
    assert any("40" in note for note in answer.notes)


def test_no_coordinates_are_missing():
    """A place without coordinates is unknown, not far away."""
    answer = coverage.access(network(NODES, LINKS, **COMPLETE), speed_kmh=40)
    assert answer.status.to_dict() == {A: "served", B: "unknown", C: "unknown"}


# -- roads -------------------------------------------------------------------------------------


def graph_of(edges: pd.DataFrame) -> nx.DiGraph:
    """The roads as plain networkx: the quickest of parallel edges, one-way streets in their direction."""
    graph = nx.DiGraph()
    for edge in edges.to_dict("records"):
        ends = [(edge["from"], edge["to"])] + [(edge["to"], edge["from"])] * (
            edge["oneway"] != "yes"
        )
        for tail, head in ends:
            known = graph.get_edge_data(tail, head, {"s": math.inf})["s"]
            graph.add_edge(tail, head, s=min(known, edge["time_s"]))
    return graph


def test_roads_agree_with_networkx(shared):
    """On a real road graph the nearest facility and its minutes are those of networkx's Dijkstra."""
    nodes, edges = read_roads(shared / "data" / "osm_helsinki")
    graph = graph_of(edges)
    points = nodes.drop_duplicates(["lon", "lat"]).set_index("node")
    homes, clinics = points.iloc[::25], points.iloc[7::120]
    rows = [
        {"id": f"A{n}", "kind": "Area", "name": n, "level": "township", "lon": p.lon, "lat": p.lat}
        for n, p in homes.iterrows()
    ]
    rows += [
        {"id": f"F{n}", "kind": "Facility", "name": n, "lon": p.lon, "lat": p.lat}
        for n, p in clinics.iterrows()
    ]
    net = MedicalNetwork.from_frames(
        as_table(rows), None, {"facilities.complete": "complete", "links.complete": "complete"}
    )
    answer = coverage.access(net, roads=(nodes, edges), minutes=(1, 3))
    assert len(answer.frame) == len(homes)
    ways = dict(nx.all_pairs_dijkstra_path_length(graph, weight="s"))
    reached = 0
    for row in answer.frame.itertuples():
        best = min(
            (ways.get(row.area[1:], {}).get(n, math.inf) / 60 for n in clinics.index),
            default=math.inf,
        )
        if math.isinf(best):
            assert row.travel == "unreachable"
            assert row.status == "out_of_reach"
        else:
            reached += 1
            assert row.minutes == pytest.approx(best)
            assert row.status == ("in_reach" if best <= 3 else "out_of_reach")
    assert reached > len(homes) / 2


def test_roads_with_one_way_and_zero_minutes():
    """A one-way street is no way back, an edge of zero minutes is an edge, parallel edges do not add up."""
    nodes = pd.DataFrame({"node": ["1", "2", "3"], "lon": [121.0, 121.1, 121.2], "lat": [28.0] * 3})
    edges = pd.DataFrame(
        {
            "from": ["1", "1", "2"],
            "to": ["2", "2", "3"],
            "minutes": [4.0, 9.0, 0.0],
            "oneway": ["yes", "yes", "no"],
        }
    )
    text = f"""
        {A} Area lon=121.0 lat=28
        {B} Area lon=121.2 lat=28
        {C} Area lon=125.0 lat=28
        F1 Facility lon=121.2 lat=28
    """
    rows = coverage.access(network(text, **COMPLETE), roads=(nodes, edges))
    assert rows.frame.set_index("area")["minutes"].to_dict() == {A: 4, B: 0}
    assert rows.status[C] == "unknown"
    back = coverage.access(
        network(text.replace("F1 Facility lon=121.2", "F1 Facility lon=121.0"), **COMPLETE),
        roads=(nodes, edges),
    )
    assert back.frame.set_index("area")["travel"].to_dict() == {A: "reached", B: "unreachable"}
    with pytest.raises(OptionError):
        coverage.access(network(text), roads=(nodes, edges.assign(to="9")))
    twice = pd.concat([nodes, nodes.head(1)])
    with pytest.raises(OptionError, match=r"1 node twice|1个结点编号重复"):
        coverage.access(network(text), roads=(twice, edges))


# -- files -------------------------------------------------------------------------------------


def test_a_matrix_from_a_file(tmp_path):
    """Chinese headers, GB18030, 不可达 and an empty cell are read for what they mean; Parquet is the same."""
    path = tmp_path / "时间 矩阵.csv"
    path.write_text(f"起点,终点,分钟\n{A},F1,5\n{A},F2,不可达\n{B},F1,\n", encoding="gb18030")
    times = read_travel_times(path)
    assert times["origin"].tolist() == [A, A, B]
    assert times["minutes"].fillna(-1).tolist() == [5, math.inf, -1]
    times.to_parquet(tmp_path / "times.parquet")
    pd.testing.assert_frame_equal(
        read_travel_times(tmp_path / "times.parquet"), times, check_dtype=False
    )


@pytest.mark.parametrize(
    "text", ["origin,destination\na,b\n", "origin,destination,minutes\na,b,soon\n"]
)
def test_a_matrix_that_is_none(tmp_path, text):
    path = tmp_path / "times.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"times\.csv"):
        read_travel_times(path)


def test_a_matrix_that_is_not_there(tmp_path):
    with pytest.raises(SourceError):
        read_roads(tmp_path)


def test_a_matrix_may_call_places_by_name_and_code():
    text = f"""
        {A} Area level=township name=东溪镇
        {B} Area level=township name=西坪乡
        F1 Facility name=东溪镇卫生院 uscc=91330100MA27XL0000
    """
    net = network(text, **COMPLETE)
    by_id = pd.DataFrame({"origin": [A, B], "destination": ["F1", "F1"], "minutes": [5, 7]})
    wanted = coverage.access(net, times=by_id)
    for origin, destination in (("东溪镇", "东溪镇卫生院"), (A[:9], "f1"), (A, "東溪鎮衛生院")):
        names = pd.DataFrame(
            {"origin": [origin, "西坪乡"], "destination": [destination, "F1"], "minutes": [5, 7]}
        )
        assert coverage.access(net, times=names).to_dict() == wanted.to_dict()
    nobody = coverage.access(net, times=by_id.assign(origin=[A, "南桥街道"]))
    assert "南桥街道" in " ".join(nobody.notes)
