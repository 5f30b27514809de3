"""Where the nodes of the network map stand: no two on one place, members on their group's circle."""

from __future__ import annotations

import math

from medgraph.visuals.network.circles import Circles

MEMBERS = [f"F{i}" for i in range(90)]
STATIONS = [f"S{i:03}" for i in range(200)]
ROLES = (
    {"G1": "group", "G2": "group", "A1": "alliance", "H1": "lead", "X1": "gap", "T1": "Team"}
    | dict.fromkeys(MEMBERS, "primary")
    | dict.fromkeys(STATIONS, "station")
    | {"L1": "hospital", "L2": "other"}
)
OWNERS = {"G1": "G1", "G2": "G2", "H1": "G1", "T1": "G1"} | dict.fromkeys(
    [*MEMBERS, *STATIONS], "G1"
)
RUN_BY = {station: MEMBERS[i % 3] for i, station in enumerate(STATIONS[:100])}


def placed():
    return Circles(ROLES, OWNERS, {"A1": ["L1", "H1"]}, RUN_BY).placed()


def test_every_node_has_a_place_of_its_own_inside_the_picture():
    """Ninety members on three rings, two hundred stations outside, the rest beside."""
    places, (wide, _) = placed()
    assert places.keys() == ROLES.keys()
    assert len(set(places.values())) == len(places)
    assert all(0 <= x <= wide for x, _ in places.values())


def test_members_stand_on_rings_around_their_group_and_stations_outside():
    """Forty members on a ring; a station stands farther out than the centre that runs it."""
    places, _ = placed()
    middle = places["G1"]
    rings = {round(math.dist(places[id], middle)) for id in MEMBERS}
    assert len(rings) == 3
    for station, centre in RUN_BY.items():
        assert math.dist(places[station], middle) > math.dist(places[centre], middle)


def test_what_is_in_no_group_stands_beside_the_circles():
    """Gaps first, then facilities; an alliance stands in the band, its own members beside it."""
    places, _ = placed()
    right = max(places[id][0] for id in ("G2", *MEMBERS, *STATIONS))
    beside = sorted((id for id in places if places[id][0] > right), key=lambda id: places[id][::-1])
    assert beside == ["X1", "L2"]
    assert math.dist(places["A1"], places["L1"]) < 200


def test_no_spoke_runs_under_the_lead_or_its_box():
    """Members stand at the two sides: the line from each to the middle keeps off what stands above it."""
    places, _ = placed()
    x, y = places["G1"]
    star = places["H1"]
    for id in MEMBERS:
        along = (places[id][0] - x, places[id][1] - y)
        off = abs(along[0] * (star[1] - y) - along[1] * (star[0] - x)) / math.hypot(*along)
        assert off > 18 or along[1] > 0
