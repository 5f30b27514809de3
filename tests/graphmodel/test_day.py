"""One day, one rule: every fact of a network on a day is decided once, and every question agrees."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from medgraph.graphmodel.canonical import as_table, edge_ids
from medgraph.graphmodel.day import NONE, SEVERAL, Day
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries import alliances, coverage, dispatch, referrals, sharing, teams
from medgraph.queries.sharing import cells, matrix

DAY = "2025-01-01"


def network(facilities=(), groups=(), areas=(), links=(), meta=None) -> MedicalNetwork:
    """Build a network of rows as thin as they are given: an id and what the test is about."""
    tables = (("Facility", facilities), ("Group", groups), ("Area", areas))
    nodes = [{"kind": kind, "name": row["id"], **row} for kind, rows in tables for row in rows]
    columns = ["source", "relation", "target"]
    edges = [dict(zip(columns, link, strict=True)) for link in links]
    return MedicalNetwork.from_frames(
        pd.DataFrame(nodes), pd.DataFrame(edges, columns=columns), {"data_day": DAY} | (meta or {})
    )


def unchecked(facilities) -> MedicalNetwork:
    """Build a network of facilities past the door, where words that nobody knows are refused."""
    nodes = as_table([{"kind": "Facility", **row} for row in facilities])
    edges = as_table([], ("source", "relation", "target"))
    return MedicalNetwork(nodes, edges, {"data_day": DAY})


def ids(day: Day, mask: np.ndarray) -> set[str]:
    return set(day.ids(np.flatnonzero(mask)))


# -- who is at work --------------------------------------------------------------------------------


def test_an_empty_status_is_open_and_a_planned_facility_without_a_day_is_unknown():
    """The contract: empty means open; planned ones wait for an opening day."""
    net = network(
        [
            {"id": "empty"},
            {"id": "closed", "status": "closed"},
            {"id": "suspended", "status": "suspended"},
            {"id": "planned", "status": "planned"},
            {"id": "opened", "status": "planned", "valid_from": datetime.date(2024, 5, 1)},
            {"id": "later", "valid_from": datetime.date(2026, 1, 1)},
            {"id": "over", "valid_to": datetime.date(2024, 12, 31)},
            {"id": "last day", "valid_to": datetime.date(2025, 1, 1)},
        ]
    )
    day = Day(net)
    assert ids(day, day.at_work.certain) == {"empty", "opened", "last day"}
    assert ids(day, day.at_work.unknown) == {"planned"}


def test_a_status_that_no_vocabulary_knows_is_unknown():
    """What is written and not understood is neither open nor closed."""
    day = Day(unchecked([{"id": "F1", "status": "待定"}, {"id": "F2", "status": "open"}]))
    assert ids(day, day.at_work.certain) == {"F2"}
    assert ids(day, day.at_work.unknown) == {"F1"}


# -- what a facility is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "station", "primary"),
    [
        ({"type": "village_clinic"}, "yes", "no"),
        ({"type": "community_health_centre"}, "no", "yes"),
        ({"ws218": "D600"}, "yes", "no"),
        ({"ws218": "B200|D600"}, "yes", "no"),
        ({"ws218": "C220"}, "no", "yes"),
        ({"ws218": "B200|C220"}, "unknown", "unknown"),
        ({"ws218": "B200", "type": "general_hospital"}, "no", "no"),
        ({"ws218": "Z999"}, "unknown", "unknown"),
        ({"type": "某种机构"}, "unknown", "unknown"),
        ({}, "unknown", "unknown"),
    ],
)
def test_the_type_decides_what_a_facility_is_and_else_its_code(row, station, primary):
    """Type first, then WS 218; a word or code that nobody knows, and silence, decide nothing."""
    day = Day(unchecked([{"id": "F1", **row}]))
    words = ("no", "unknown", "yes")
    assert words[day.station.states[0]] == station
    assert words[day.primary.states[0]] == primary


def test_an_area_has_a_station_that_stands_in_it_or_serves_it():
    """Only one at work counts; a facility of which nothing says what it is leaves it unknown."""
    clinic = {"type": "village_clinic"}
    net = network(
        [
            {"id": "in", "area": "stood in", **clinic},
            {"id": "for", "area": "elsewhere", **clinic},
            {"id": "shut", "area": "closed", "status": "closed", **clinic},
            {"id": "centre", "area": "with a centre", "type": "township_health_centre"},
            {"id": "blank", "area": "unclear"},
        ],
        areas=[{"id": id} for id in ("stood in", "served", "closed", "with a centre", "unclear")],
        links=[("for", "SERVES", "served")],
    )
    day = Day(net)
    assert ids(day, day.has_station.certain) == {"stood in", "served"}
    assert ids(day, day.has_station.unknown) == {"unclear"}


def test_a_station_known_by_its_code_alone_is_one_for_every_question():
    """Named, without a type: it skipped a level for nobody, while a class of the same code did."""
    net = network(
        [
            {"id": "V1", "name": "甲村卫生室", "ws218": "D600"},
            {"id": "C1", "name": "甲镇卫生院", "type": "township_health_centre"},
            {"id": "H1", "name": "县人民医院", "type": "general_hospital", "level": "3A"},
        ],
        [{"id": "G1", "name": "医共体", "type": "county_medical_community"}],
        links=[
            ("H1", "LEADS", "G1"),
            ("C1", "MEMBER_OF", "G1"),
            ("V1", "MEMBER_OF", "G1"),
            ("V1", "REFERS_UP_TO", "H1"),
        ],
    )
    found = referrals.broken(net).frame
    assert ("V1", "level_skip") in set(zip(found["source"], found["status"], strict=True))


# -- groups ----------------------------------------------------------------------------------------


def grouped(**group) -> MedicalNetwork:
    """One township, served by the one member of G1."""
    return network(
        [
            {"id": "H1", "name": "县医院", "type": "general_hospital"},
            {"id": "C1", "name": "甲镇卫生院", "type": "township_health_centre"},
        ],
        [{"id": "G1", "name": "医共体", "type": "county_medical_community", **group}],
        [{"id": "331099100000", "name": "甲镇"}],
        [
            ("H1", "LEADS", "G1"),
            ("C1", "MEMBER_OF", "G1"),
            ("C1", "SERVES", "331099100000"),
        ],
        {f"links.{relation}.complete": "complete" for relation in ("LEADS", "MEMBER_OF", "SERVES")},
    )


@pytest.mark.parametrize(
    "group",
    [
        {"status": "closed"},
        {"status": "suspended"},
        {"valid_to": datetime.date(2024, 6, 30)},
        {"valid_from": datetime.date(2026, 6, 30)},
        {"is_class": True},
        {"type": "specialty_alliance"},
    ],
    ids=lambda group: next(iter(group)),
)
def test_what_is_no_group_is_none_for_any_question(group):
    """Closed, ended, not begun, a placeholder or an alliance: nobody is served by it, led by it, asked about it."""
    net = grouped(**group)
    day = Day(net)
    assert not day.group.certain.any()
    assert not len(day.group_memberships.facility)
    assert coverage.served(net).share is None or coverage.served(net).share.met == 0
    assert coverage.grid(net).frame.empty
    assert set(coverage.ungrouped(net).frame["facility"]) == {"H1", "C1"}
    assert referrals.paths(net).judged == 0
    assert sharing.centres(net).frame.empty
    assert teams.missing(net).judged == 0
    assert dispatch.quota(net).judged == 0
    assert set(matrix(net).frame["group"]) <= {"", None}


def test_a_group_that_lasts_is_one_for_every_question():
    """The counterpart: with nothing said against it, G1 is a group everywhere."""
    net = grouped()
    assert coverage.served(net).share.met == 1
    assert list(coverage.grid(net).frame["group"]) == ["G1"]
    assert coverage.ungrouped(net).frame.empty
    assert referrals.paths(net).judged + len(referrals.paths(net).unknown) == 1
    assert set(matrix(net).frame["group"]) == {"G1"}


def test_who_is_in_two_groups_or_none_is_told_apart():
    """`group_of` says the group, NONE or SEVERAL."""
    net = network(
        [{"id": "A"}, {"id": "B"}, {"id": "C"}],
        [
            {"id": "G1", "type": "county_medical_community"},
            {"id": "G2", "type": "county_medical_community"},
        ],
        links=[("A", "MEMBER_OF", "G1"), ("B", "MEMBER_OF", "G1"), ("B", "MEMBER_OF", "G2")],
    )
    day = Day(net)
    at = {id: int(day.group_of[net.index.position(id)]) for id in ("A", "B", "C")}
    assert at == {"A": net.index.position("G1"), "B": SEVERAL, "C": NONE}


# -- what is declared complete ---------------------------------------------------------------------


def declared(**meta) -> MedicalNetwork:
    """C1 is a member of G1, C2 of nothing; nobody refers."""
    return network(
        [
            {"id": "H1", "name": "县医院", "type": "general_hospital", "level": "2A"},
            {"id": "C1", "name": "甲镇卫生院", "type": "township_health_centre"},
            {"id": "C2", "name": "乙镇卫生院", "type": "township_health_centre"},
        ],
        [{"id": "G1", "name": "医共体", "type": "county_medical_community"}],
        links=[("H1", "LEADS", "G1"), ("C1", "MEMBER_OF", "G1")],
        meta={key.replace("__", "."): value for key, value in meta.items()},
    )


def statuses(net: MedicalNetwork) -> dict[str, str]:
    """What three questions say of C1 and C2, where each may have a link that is not listed."""
    ungrouped = coverage.ungrouped(net).status
    cell = cells(net, obligations=("up_referral",))
    state = {row["facility"]: row["status"] for row in cell.to_dict()["rows"]}
    state |= {row["facility"]: row["status"] for row in cell.to_dict()["unknown"]}
    broken = referrals.broken(net).status
    return {
        "C2 ungrouped": ungrouped["C2"],
        "C1 cell": state["C1"],
        "C1 broken": broken["C1"],
    }


def test_a_part_that_is_partial_overrules_the_whole():
    """All three are unknown, because the list of G1 is declared partial."""
    net = declared(
        links__MEMBER_OF__complete="complete",
        links__MEMBER_OF__G1__complete="partial",
        links__REFERS_UP_TO__complete="complete",
        links__REFERS_UP_TO__G1__complete="partial",
    )
    assert statuses(net) == {
        "C2 ungrouped": "unknown",
        "C1 cell": "no_data",
        "C1 broken": "unknown",
    }


def test_a_part_that_is_complete_decides_for_its_group():
    """Only the links of G1 are declared: its member is judged, by both questions alike."""
    net = declared(
        links__LEADS__complete="complete",
        links__MEMBER_OF__complete="complete",
        links__REFERS_UP_TO__G1__complete="complete",
    )
    assert statuses(net) == {
        "C2 ungrouped": "ungrouped",
        "C1 cell": "missing",
        "C1 broken": "dead_end",
    }


def test_nothing_declared_decides_nothing():
    """No declaration at all: every absence is open."""
    assert statuses(declared()) == {
        "C2 ungrouped": "unknown",
        "C1 cell": "no_data",
        "C1 broken": "unknown",
    }


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        # whole, part of G1 -> C1 (in G1), C2 (in no group)
        ({}, (False, False)),
        ({"links.complete": "complete"}, (True, True)),
        ({"links.DISPATCHES.complete": "complete"}, (True, False)),  # C2 may be in G1 or not
        (
            {"links.DISPATCHES.complete": "complete", "links.MEMBER_OF.complete": "complete"},
            (True, True),
        ),
        (
            {
                "links.DISPATCHES.complete": "complete",
                "links.DISPATCHES.G1.complete": "partial",
                "links.MEMBER_OF.complete": "complete",
            },
            (False, True),  # C2 is certainly in no group, so that G1's list does not concern it
        ),
        (
            {
                "links.DISPATCHES.complete": "complete",
                "links.DISPATCHES.G1.complete": "partial",
            },
            (False, False),  # C2 may be in G1
        ),
        ({"links.DISPATCHES.G1.complete": "complete"}, (True, False)),
        ({"links.DISPATCHES.C2.complete": "complete"}, (False, True)),
        (
            {"links.DISPATCHES.complete": "complete", "links.DISPATCHES.C1.complete": "partial"},
            (False, False),
        ),
    ],
)
def test_declared_by_node(meta, expected):
    """Its own declaration decides, then that of its groups, then the whole; worked out by hand."""
    net = declared().with_meta(**meta)
    day = Day(net)
    at = net.index.positions(["C1", "C2"])
    if meta == {"links.DISPATCHES.complete": "complete"}:
        expected = (True, True)  # no part is declared, so that every node has what the whole says
    assert tuple(day.declared("DISPATCHES", for_=at).tolist()) == expected


def test_the_list_of_an_alliance_says_nothing_of_groups():
    """A partial alliance does not make the groups' lists partial."""
    net = network(
        [{"id": "C1"}],
        [
            {"id": "G1", "type": "county_medical_community"},
            {"id": "A1", "type": "specialty_alliance", "specialty": "tcm"},
        ],
        meta={
            "groups.complete": "complete",
            "links.LEADS.complete": "complete",
            "links.MEMBER_OF.G1.complete": "complete",
            "links.MEMBER_OF.A1.complete": "partial",
        },
    )
    assert Day(net).declared_whole("MEMBER_OF")
    assert not coverage.ungrouped(net).frame.empty


def test_the_lists_of_all_groups_are_whole_only_where_the_groups_are():
    """G1 lists its members; a group that nobody listed may have members too."""
    groups = [{"id": "G1", "type": "county_medical_community"}]
    net = network([{"id": "C1"}], groups, meta={"links.MEMBER_OF.G1.complete": "complete"})
    assert Day(net).lacking("MEMBER_OF") == ("groups",)
    assert Day(net.with_meta(**{"groups.complete": "complete"})).declared_whole("MEMBER_OF")


def test_rows_that_were_left_out_leave_nothing_complete():
    """A lenient reading knows that something is missing, and not where."""
    net = declared(links__complete="complete")
    assert Day(net).declared_whole("MEMBER_OF")
    assert not Day(net, left_out=1).declared_whole("MEMBER_OF")
    assert not Day(net, left_out=1).declared("SERVES", for_=[0, 1]).any()


# -- words -----------------------------------------------------------------------------------------


def test_every_definition_names_the_register(taizhou):
    """Coverage, sharing, referrals, dispatch: the definition travels with the number."""
    answers = [
        coverage.served(taizhou),
        coverage.ungrouped(taizhou),
        sharing.unsupported(taizhou),
        referrals.broken(taizhou),
        referrals.specialties(taizhou),
        dispatch.ledger(taizhou),
        alliances.members(taizhou),
        teams.missing(taizhou),
    ]
    registers = {answer.query: answer.definition.register for answer in answers}
    assert set(registers.values()) == {registers["coverage.served"]}
    assert "2023" in registers["coverage.served"]


def test_declarations_of_what_is_not_there_say_nothing(taizhou):
    """The list of G1 is declared partial: where G1 is not, nor is its list."""
    nodes, links = taizhou.nodes(), taizhou.edges()
    meta = {**taizhou.meta, "links.MEMBER_OF.G1.complete": "partial"}
    assert not Day(MedicalNetwork.from_frames(nodes, links, meta)).declared_whole("MEMBER_OF")
    nodes = nodes.drop("G1")
    links = links[(links["source"] != "G1") & (links["target"] != "G1")]
    assert Day(MedicalNetwork.from_frames(nodes, links, meta)).declared_whole("MEMBER_OF")


def test_a_cut_keeps_the_lists_that_are_open(taizhou):
    """The list of T1 is declared partial: any facility of the city may stand in it."""
    city = taizhou.within("3310")
    assert "T1" in set(city.nodes().index)
    assert coverage.gaps(city).share == coverage.gaps(taizhou).share


def test_ids_of_some_links_are_those_of_all():
    """Twins are numbered through the whole table, and an id of its own may be the twin of a made one."""
    ends = [
        ("F1", "F2", None),
        ("F3", "F4", "F1|DISPATCHES|F2"),
        ("F1", "F2", None),
        ("F2", "F1", None),
    ]
    links = pd.DataFrame(
        [(source, "DISPATCHES", target, id) for source, target, id in ends],
        columns=["source", "relation", "target", "id"],
    ).assign(person=["P1", "P2", "P3", "P4"])
    nodes = pd.DataFrame({"id": ["F1", "F2", "F3", "F4"], "kind": "Facility", "name": "x"})
    for stated in (links, links.drop(columns="id")):
        net = MedicalNetwork.from_frames(nodes, stated)
        every = edge_ids(net.tables[1]).to_pylist()
        assert len(set(every)) == len(every)
        for row in range(len(every)):
            assert Day(net).link_ids([row, -1]) == [every[row], None]
        assert Day(net).link_ids(range(len(every))) == every
