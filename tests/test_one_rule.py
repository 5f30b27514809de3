"""A law: every public question and map agrees on who is a group, a township, at work, declared complete."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.graphmodel.day import Day
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import coverage, dispatch, referrals, resilience, sharing, teams
from medgraph.visuals import tile_map
from medgraph.visuals.network.network_scene import network_scene
from medgraph.visuals.report.groups import group_pages
from medgraph.visuals.tiles.tile_scene import tile_scene

DAY = "2025-01-01"
EARLY, LATE = datetime.date(2024, 6, 1), datetime.date(2026, 6, 1)
LASTING = st.sampled_from(
    [
        *({} for _ in range(3)),
        *({"status": word} for word in ("open", "closed", "suspended", "planned")),
        {"valid_from": EARLY},
        {"valid_from": LATE},
        {"valid_to": EARLY},
    ]
)
WHAT_IT_IS = st.sampled_from(
    [
        {"type": "township_health_centre"},
        {"type": "community_health_centre"},
        {"type": "village_clinic"},
        {"type": "general_hospital"},
        {"ws218": "D600"},
        {"ws218": "C220"},
        {"ws218": "A100"},
        {},
    ]
)
# Townships by their level, by their kind, by their code alone; a quasi unit by code; a village by code.
AREAS = st.lists(
    st.sampled_from(
        [
            {"id": "331099001000", "level": "township"},
            {"id": "331099002000", "type": "subdistrict"},
            {"id": "331099100000", "type": "town", "level": "township"},
            {"id": "331099101000"},
            {"id": "331099200000"},
            {"id": "331099401000"},
            {"id": "331099001001"},
            {"id": "E01000001", "level": "township"},
            {"id": "E01000002"},
        ]
    ),
    unique_by=lambda row: row["id"],
    max_size=7,
)
COMPLETE = st.sampled_from([None, "complete", "partial"])


@st.composite
def networks(draw) -> MedicalNetwork:
    """Networks of up to three groups, six facilities and seven areas, with whatever is declared of them."""
    groups = [
        {
            "id": f"G{i}",
            "type": draw(st.sampled_from(["county_medical_community", "urban_medical_group"])),
        }
        | draw(LASTING)
        | draw(st.sampled_from([{}, {}, {"is_class": True}]))
        for i in range(draw(st.integers(0, 3)))
    ]
    groups += draw(st.sampled_from([[], [{"id": "A1", "type": "specialty_alliance"}]]))
    facilities = [
        {"id": f"F{i}"}
        | draw(WHAT_IT_IS)
        | draw(LASTING)
        | draw(st.sampled_from([{}, {}, {"is_class": True}]))
        for i in range(draw(st.integers(1, 6)))
    ]
    areas = draw(AREAS)
    links = _links(draw, facilities, groups, areas)
    meta = {"data_day": DAY}
    for relation in ("MEMBER_OF", "SERVES", "REFERS_UP_TO", "DISPATCHES"):
        for part in ("", *(f".{group['id']}" for group in groups)):
            if state := draw(COMPLETE):
                meta[f"links.{relation}{part}.complete"] = state
    kinds = (("Facility", facilities), ("Group", groups), ("Area", areas))
    nodes = [{"kind": kind, "name": row["id"], **row} for kind, rows in kinds for row in rows]
    edges = pd.DataFrame(sorted(links), columns=["source", "relation", "target"])
    return MedicalNetwork.from_frames(pd.DataFrame(nodes), edges, meta)


def _links(draw, facilities, groups, areas) -> set[tuple[str, str, str]]:
    ids = [row["id"] for row in facilities]
    links = set()
    for facility in ids:
        if groups and draw(st.booleans()):
            links.add((facility, "MEMBER_OF", draw(st.sampled_from(groups))["id"]))
        if areas and draw(st.booleans()):
            links.add((facility, "SERVES", draw(st.sampled_from(areas))["id"]))
        other = draw(st.sampled_from(ids))
        if other != facility and draw(st.booleans()):
            links.add((facility, "REFERS_UP_TO", other))
    for group in groups:
        if draw(st.booleans()):
            links.add((draw(st.sampled_from(ids)), "LEADS", group["id"]))
    return links


def everything(answer, key: str) -> set[str]:
    """Return the subjects of an answer, judged, unknown and excluded."""
    frames = (answer.frame, answer.unknown, answer.excluded)
    return {id for frame in frames if key in frame for id in frame[key]}


def judged(answer, key: str) -> set[str]:
    """Return the subjects of an answer that are not excluded."""
    return everything(answer, key) - (
        set(answer.excluded[key]) if key in answer.excluded else set()
    )


def asked(answer) -> int:
    """Return how many subjects an answer asked about and did not exclude; its frame may show a part."""
    return answer.judged + len(answer.unknown)


@given(networks())
@settings(max_examples=25, deadline=None)
def test_all_agree_on_who_is_a_group(net):
    """Whoever lists groups lists those of the day; whoever counts memberships counts theirs alone."""
    day = Day(net)
    groups = set(day.ids(np.flatnonzero(day.group.certain)))
    assert judged(coverage.grid(net), "group") == groups
    assert asked(teams.missing(net)) == len(groups)
    assert judged(sharing.centres(net), "group") == groups
    assert judged(dispatch.quota(net), "group") == groups
    named = set(sharing.matrix(net, obligations=("lead",)).frame["group"].fillna("")) - {""}
    assert {id for text in named for id in text.split("|")} <= groups
    served = coverage.served(net).frame
    assert {id for text in served["group"].dropna() for id in text.split("|")} <= groups


@given(networks())
@settings(max_examples=25, deadline=None)
def test_all_agree_on_who_is_at_work(net):
    """Nobody that is closed, over, planned or a class serves, refers, counts as stopped or as judged."""
    day = Day(net)
    working = set(day.ids(np.flatnonzero(day.working.certain)))
    served = coverage.served(net).frame
    assert {id for text in served["facilities"].dropna() for id in text.split("|")} <= working
    assert judged(referrals.paths(net), "facility") <= working
    assert judged(sharing.unsupported(net), "facility") <= working
    assert judged(resilience.critical(net), "facility") <= working


@given(networks())
@settings(max_examples=25, deadline=None)
def test_all_agree_on_what_is_declared_complete(net):
    """A finding that rests on an absence stands only where the day says that the list is whole."""
    day = Day(net)
    whole = day.declared_whole("MEMBER_OF")
    assert whole or coverage.ungrouped(net).frame.empty
    assert (whole and day.declared_whole("SERVES")) or coverage.gaps(net).frame.empty
    cells = sharing.cells(net, obligations=("up_referral",)).frame
    missing = set(cells[cells["status"] == "missing"]["facility"])
    broken = referrals.broken(net).frame
    ends = set(broken[broken["status"] == "dead_end"]["source"])
    for id in missing | ends:
        at = net.index.positions([id])
        assert day.declared("REFERS_UP_TO", for_=at).all()


@given(networks())
@settings(max_examples=25, deadline=None)
def test_the_map_shows_every_area_that_coverage_accounts_for(net):
    """As many tiles as rows of coverage, each in the state that coverage gave it."""
    served = coverage.served(net)
    counts = tile_map(net, color_by=served.status).counts
    assert counts["shown"] == counts["all"] == served.total
    for state in ("served", "gap", "unknown", "excluded"):
        assert counts.get(state, 0) == (served.status == state).sum()


@given(networks())
@settings(max_examples=25, deadline=None)
def test_pictures_and_reports_show_the_groups_of_the_day(net):
    """Tiles, the network map and the pages of a report know the groups that questions know."""
    day = Day(net)
    groups = set(day.ids(np.flatnonzero(day.group.certain)))
    tiles = tile_scene(net, None, day.date, "zh")
    assert {group.id for group in tiles.groups} == groups
    assert {id for tile in tiles.tiles for id in tile.groups} <= groups
    assert set(network_scene(net, None, {}, day.date, "zh").owners) == groups
    alliances = set(day.ids(np.flatnonzero(day.alliance.certain)))
    assert {page.id for page in group_pages(net, {}, None, ())} <= groups | alliances
