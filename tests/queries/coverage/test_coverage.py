"""Coverage of Taizhou is what its plan states, and every rule of judging holds on small networks."""

from __future__ import annotations

import csv

import pytest

from medgraph.errors import OptionError
from medgraph.graphmodel.left_rows import LeftNodes, with_doubts
from medgraph.queries import coverage
from medgraph.words.say import problem, speaking
from tests.queries.networks import COMPLETE, network

# -- Taizhou -----------------------------------------------------------------------------------


def test_taizhou_has_38_of_39_areas(taizhou):
    """The plan names 38 of 39 townships; 西城街道 is the gap; four quasi units stand apart."""
    answer = coverage.gaps(taizhou)
    assert (answer.share.met, answer.share.total, answer.share.unit) == (38, 39, "areas")
    assert answer.frame["area"].tolist() == ["331003003000"]
    assert answer.frame["name"].tolist() == ["西城街道"]
    assert (answer.total, answer.judged, len(answer.unknown), len(answer.excluded)) == (
        43,
        39,
        0,
        4,
    )
    assert set(answer.excluded["name"]) == {"椒江农场", "月湖新城", "滨海工业城", "滨海新区"}
    assert answer.definition.register == "NBS 2023-06-30"


def test_the_gap_names_who_may_fill_it(taizhou):
    """黄岩区城区社区卫生服务中心 states no area, so it is named beside the gap, and not counted."""
    answer = coverage.gaps(taizhou)
    assert "黄岩区城区社区卫生服务中心" in answer.frame["reason"][0]
    assert any("黄岩区城区社区卫生服务中心" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("lang", "stated"),
    [("zh", "征求意见稿）》，2023-10-25，二(一)1、二(二)2"), ("en", ", 2023-10-25, ")],
)
def test_a_gap_names_the_declarations_it_rests_on(taizhou, lang, stated):
    """Who declared, when and where are parted by commas; the clauses themselves are a list."""
    with speaking(lang):
        assert any(stated in note for note in coverage.gaps(taizhou).notes)


def test_every_row_of_the_coverage_table_holds(taizhou, shared):
    """Each of the 43 areas has the status and the groups that the reference table gives it."""
    status = coverage.served(taizhou).status
    rows = coverage.served(taizhou).frame.set_index("area")
    with (shared / "policy" / "taizhou_coverage.csv").open(encoding="utf-8-sig") as file:
        wanted = list(csv.DictReader(file))
    assert len(wanted) == len(status) == 43
    for row in wanted:
        said = row["status"]
        expected = (
            "served"
            if said.startswith("covered")
            else "excluded"
            if said.startswith("not_named_quasi_unit")
            else "gap"
        )
        assert status[row["code12"]] == expected, row
        if expected == "served":
            assert rows.loc[row["code12"], "group"] == row["group_ids"]
            assert len(rows.loc[row["code12"], "facilities"].split("|")) == int(
                row["n_primary_facilities"]
            )


def test_two_centres_of_one_group_are_no_overlap(taizhou):
    """葭沚街道 is served by two centres of G2: told, but no finding."""
    answer = coverage.overlaps(taizhou)
    assert answer.frame.empty
    assert (answer.share.met, answer.share.total) == (39, 39)
    assert len(answer.notes) == 1
    assert answer.notes[0].startswith("葭沚街道") or "葭沚街道" in answer.notes[0]


def test_nine_named_facilities_are_in_no_group(taizhou):
    """An alliance is no group, so its members are named; the planned centre is named with its status."""
    answer = coverage.ungrouped(taizhou)
    assert set(answer.frame["name"]) == {
        "台州市中医院",
        "台州市妇女儿童医院",
        "台州市第二人民医院",
        "黄岩区中医院",
        "黄岩区第三人民医院",
        "椒江区妇保院",
        "黄岩区妇保院",
        "路桥区妇幼健康服务中心",
        "浙江大学医学院附属第一医院台州医院",
    }
    assert (answer.share.met, answer.share.total) == (49, 58)
    assert len(answer.excluded) == 10
    planned = answer.frame.set_index("name").loc["浙江大学医学院附属第一医院台州医院"]
    assert planned["facility_status"] == "planned"


def test_a_group_and_an_alliance_are_not_twice_the_same(taizhou):
    """路桥区中医院 is in a group and in an alliance, which is no fault."""
    answer = coverage.multiple(taizhou)
    assert answer.frame.empty
    assert (answer.share.met, answer.share.total) == (58, 58)


def test_the_grid_of_taizhou(taizhou):
    """Four groups with 10, 3, 18 and 7 areas; 椒江区 is split between G2 and G4."""
    frame = coverage.grid(taizhou).frame.set_index("group")
    assert frame["areas"].to_dict() == {"G1": 10, "G2": 3, "G3": 18, "G4": 7}
    assert frame["facilities"].to_dict() == {"G1": 16, "G2": 5, "G3": 20, "G4": 8}
    assert frame["community_health_centre"].to_dict() == {"G1": 6, "G2": 4, "G3": 8, "G4": 6}
    assert frame["split_districts"].dropna().to_dict() == {"G2": "331002", "G4": "331002"}
    assert frame["population"].isna().all()
    assert frame["areas_without_population"].tolist() == frame["areas"].tolist()


def test_taizhou_has_no_villages(taizhou):
    """Without village units there is no share, and a note says why."""
    answer = coverage.stations(taizhou)
    assert answer.share is None
    assert answer.total == 0
    assert answer.notes


# -- rules of judging --------------------------------------------------------------------------

BASE = """
    331001001000 Area level=township
    F1 Facility type=township_health_centre
    F2 Facility type=township_health_centre
    G1 Group type=county_medical_community
    G2 Group type=county_medical_community
    A1 Group type=specialty_alliance specialty=tcm
    A2 Group type=specialty_alliance specialty=stroke
"""
AREA = "331001001000"


def judged(links: str, nodes: str = "", **meta: str):
    return coverage.served(network(BASE + nodes, links, **(meta or COMPLETE)))


@pytest.mark.parametrize(
    ("links", "status"),
    [
        (f"F1 SERVES {AREA}\nF1 MEMBER_OF G1", "served"),
        (f"F1 SERVES {AREA}\nF1 LEADS G1", "served"),
        (f"F1 SERVES {AREA}", "unknown"),
        (f"F1 SERVES {AREA}\nF1 MEMBER_OF A1", "unknown"),
        (f"F1 SERVES {AREA} valid_to=2023-12-31\nF1 MEMBER_OF G1", "gap"),
        (f"F1 SERVES {AREA}\nF1 MEMBER_OF G1 valid_from=2024-01-02", "unknown"),
        ("F1 MEMBER_OF G1", "gap"),
    ],
)
def test_who_serves(links, status):
    """A member or lead of a group serves; an alliance, a loose facility and another day do not."""
    assert judged(links).status[AREA] == status


@pytest.mark.parametrize("state", ["status=closed", "status=suspended", "status=planned"])
def test_a_facility_not_at_work_serves_nobody(state):
    """Planned, suspended and closed members leave a gap, and the reason names them."""
    answer = judged(f"F3 SERVES {AREA}\nF3 MEMBER_OF G1", f"F3 Facility {state}")
    assert answer.status[AREA] == "gap"
    assert "NF3" in answer.frame["reason"][0]


@pytest.mark.parametrize(
    ("others", "served", "overlap"),
    [
        ("F3 MEMBER_OF G1", "unknown", "no overlap"),
        ("F3 MEMBER_OF G1\nF1 SERVES {AREA}\nF1 MEMBER_OF G1", "served", "no overlap"),
        ("F3 MEMBER_OF G2\nF1 SERVES {AREA}\nF1 MEMBER_OF G1", "served", "unknown"),
    ],
)
def test_a_facility_of_a_status_nobody_could_read_may_serve(others, served, overlap):
    """Neither a gap nor served for certain by it; the other group's may overlap."""
    net = network(
        BASE + "F3 Facility",
        f"F3 SERVES {AREA}\n" + others.format(AREA=AREA),
        **COMPLETE,
    )
    doubted = with_doubts(net, LeftNodes(net.tables[0].slice(0, 0), doubtful=frozenset({"F3"})))
    assert coverage.served(doubted).status[AREA] == served
    assert coverage.overlaps(doubted).status.get(AREA, "no overlap") == overlap


def test_an_opening_day_makes_a_planned_facility_serve():
    """A planned facility with an opening day serves from that day on."""
    net = network(
        BASE + "F3 Facility status=planned valid_from=2024-06-01",
        f"F3 SERVES {AREA}\nF3 MEMBER_OF G1",
        **COMPLETE,
    )
    assert coverage.served(net).status[AREA] == "gap"
    assert coverage.served(net, as_of="2024-06-01").status[AREA] == "served"


def test_a_class_of_facilities_is_not_a_facility():
    """ "The stations of the area" may serve it, but nobody knows: unknown, never served."""
    answer = judged(f"C1 SERVES {AREA}\nC1 MEMBER_OF G1", "C1 Facility is_class=yes")
    assert answer.status[AREA] == "unknown"
    assert "NC1" in answer.unknown["reason"][0]


@pytest.mark.parametrize(
    ("meta", "status"),
    [
        ({"links__complete": "complete"}, "gap"),
        ({"links__MEMBER_OF__complete": "complete", "links__SERVES__complete": "complete"}, "gap"),
        (
            {
                "groups__complete": "complete",
                "links__MEMBER_OF__G1__complete": "complete",
                "links__MEMBER_OF__G2__complete": "complete",
                "links__SERVES__complete": "complete",
            },
            "gap",
        ),
        (
            {
                "links__MEMBER_OF__G1__complete": "complete",
                "links__MEMBER_OF__G2__complete": "complete",
                "links__SERVES__complete": "complete",
            },
            "unknown",  # a group that nobody listed may serve it
        ),
        ({"links__MEMBER_OF__complete": "complete"}, "unknown"),
        ({"links__SERVES__complete": "complete"}, "unknown"),
        ({"links__complete": "complete", "links__MEMBER_OF__G2__complete": "partial"}, "unknown"),
        ({"links__complete": "partial"}, "unknown"),
        ({"title": "nothing declared"}, "unknown"),
    ],
)
def test_a_gap_needs_complete_lists(meta, status):
    """What fails because nothing was found fails only where the lists are declared complete."""
    answer = judged("F1 MEMBER_OF G1", **meta)
    assert answer.status[AREA] == status
    assert (answer.share is None) == (status == "unknown")


LISTS = {
    "links__MEMBER_OF__complete": "complete",
    "links__SERVES__complete": "complete",
    "groups__complete": "complete",
}


@pytest.mark.parametrize("leads", ["complete", "partial"])
def test_who_is_a_member_of_no_group_may_lead_one(leads):
    """The lists of members alone say of nobody that there is no group, or no second one."""
    meta = LISTS | {"links__LEADS__complete": leads}
    net = network(BASE, f"F1 MEMBER_OF G1\nF1 SERVES {AREA}", **meta)
    whole = leads == "complete"
    assert coverage.ungrouped(net).status["F2"] == ("ungrouped" if whole else "unknown")
    assert len(coverage.multiple(net).unknown) == (0 if whole else 2)
    assert len(coverage.overlaps(net).unknown) == (0 if whole else 1)
    assert coverage.grid(net).status["G2"] == ("described" if whole else "unknown")
    assert coverage.served(net).status[AREA] == "served"


def test_who_serves_a_part_of_an_area_may_lead_a_group():
    """Where nobody at all serves, no lead does: all who serve are listed."""
    village = "331001001001 Area level=village"
    links = f"F1 MEMBER_OF G1\nF2 SERVES {village[:12]}"
    assert judged(links, village, **LISTS).status[AREA] == "unknown"
    assert judged("F1 MEMBER_OF G1", village, **LISTS).status[AREA] == "gap"
    whole = LISTS | {"links__LEADS__complete": "complete"}
    assert judged(links, village, **whole).status[AREA] == "gap"


def test_without_a_register_there_is_no_share():
    """No areas: neither 0% nor 100%, and a sentence that says what to do."""
    with speaking("zh"):
        answer = coverage.served(
            network("F1 Facility\nG1 Group type=urban_medical_group", "F1 MEMBER_OF G1")
        )
    assert answer.share is None
    assert answer.to_dict()["share"] is None
    assert answer.notes[0].startswith("未提供区划名册")
    assert "template" in answer.notes[0]


def test_a_partial_register_is_no_whole():
    """A table of areas declared partial gives verdicts, but no share."""
    answer = judged(f"F1 SERVES {AREA}\nF1 MEMBER_OF G1", **COMPLETE, areas__complete="partial")
    assert answer.share is None
    assert answer.status[AREA] == "served"
    assert answer.notes


@pytest.mark.parametrize(
    ("area", "status"),
    [
        ("331001399000 Area", "gap"),
        ("331001400000 Area", "excluded"),
        ("331001599000 Area", "excluded"),
        ("331001600000 Area", "gap"),
        ("331001002000 Area area_kind=quasi_unit", "excluded"),
    ],
)
def test_quasi_units_stand_apart(area, status):
    """The third code segment 400 to 599, or the kind, makes a quasi unit."""
    assert judged("F1 MEMBER_OF G1", area).status[area.split()[0]] == status


def test_levels_come_from_level_kind_or_code():
    """An area without any of the three is unknown, not left out."""
    net = network(
        """
        331001000000 Area
        331001001001 Area
        331001001000 Area
        T2 Area area_kind=town
        X Area
        G1 Group type=urban_medical_group
    """,
        **COMPLETE,
    )
    assert set(coverage.served(net).status.index) == {"331001001000", "T2", "X"}
    assert coverage.served(net).status["X"] == "unknown"
    assert set(coverage.served(net, level="county").status.index) == {"331001000000", "X"}
    assert set(coverage.served(net, level="village").status.index) == {"331001001001", "X"}


@pytest.mark.parametrize(
    ("type", "status"),
    [("village_clinic", "gap"), ("township_health_centre", "unknown"), (None, "unknown")],
)
def test_a_station_answers_for_its_village_alone(type, status):
    """A township of which stations alone serve a part is a gap; whoever else serves one may serve it all."""
    village = "331001001001"
    stated = f"type={type}" if type else ""
    nodes = f"F1 Facility {stated}\n{village} Area level=village\n{AREA} Area\nG1 Group type=urban_medical_group"
    links = f"F1 MEMBER_OF G1\nF1 SERVES {village}"
    assert coverage.gaps(network(nodes, links, **COMPLETE)).status[AREA] == status
    assert coverage.served(network(nodes, links)).status[AREA] == "unknown"


def test_a_county_served_only_in_parts_is_unknown():
    """A service stated for a township says nothing certain about the whole county."""
    net = network(BASE + "331001000000 Area", f"F1 SERVES {AREA}\nF1 MEMBER_OF G1", **COMPLETE)
    assert coverage.served(net, level="county").status["331001000000"] == "unknown"


def test_an_unknown_level_is_refused():
    with pytest.raises(OptionError, match="township"):
        coverage.served(network(BASE), level="parish")


def test_two_groups_in_one_area_overlap():
    """Members of two groups in one area are a finding; a quasi unit is not asked about."""
    net = network(
        BASE + "331001400000 Area",
        f"""
        F1 SERVES {AREA}
        F2 SERVES {AREA}
        F1 MEMBER_OF G1
        F2 MEMBER_OF G2
        F1 SERVES 331001400000
        F2 SERVES 331001400000
    """,
    )
    answer = coverage.overlaps(net)
    assert answer.frame[["area", "group", "facilities", "status"]].values.tolist() == [
        [AREA, "G1|G2", "F1|F2", "overlap"]
    ]
    assert (answer.share.met, answer.share.total) == (0, 1)
    assert answer.excluded["area"].tolist() == ["331001400000"]


def test_one_facility_in_two_groups_overlaps_too():
    """The area of a facility that belongs to two groups has two groups."""
    answer = coverage.overlaps(network(BASE, f"F1 SERVES {AREA}\nF1 MEMBER_OF G1\nF1 MEMBER_OF G2"))
    assert answer.frame["group"].tolist() == ["G1|G2"]


def test_no_overlap_needs_complete_lists():
    """With undeclared lists a second group may exist, so one group alone is unknown."""
    links = f"F1 SERVES {AREA}\nF1 MEMBER_OF G1"
    assert coverage.overlaps(network(BASE, links)).status[AREA] == "unknown"
    assert coverage.overlaps(network(BASE, links, **COMPLETE)).share.met == 1


def test_ungrouped_by_kind_of_collective():
    """A member of an alliance alone is in no group, a lead is in its group, a closed facility is set apart."""
    net = network(
        BASE + "F3 Facility\nF4 Facility status=closed",
        "F1 LEADS G1\nF2 MEMBER_OF A1\nF3 MEMBER_OF G2",
        **COMPLETE,
    )
    assert coverage.ungrouped(net).frame["facility"].tolist() == ["F2"]
    assert coverage.ungrouped(net, collective="alliance").frame["facility"].tolist() == ["F1", "F3"]
    assert coverage.ungrouped(net).excluded["facility"].tolist() == ["F4"]
    assert coverage.ungrouped(net, collective="urban_medical_group").frame["facility"].tolist() == [
        "F1",
        "F2",
        "F3",
    ]
    with pytest.raises(OptionError, match="alliance"):
        coverage.ungrouped(net, collective="club")


def test_status_of_facilities_is_indexed_by_facility():
    """A map can colour facilities by the answer."""
    status = coverage.ungrouped(network(BASE, "F1 LEADS G1", **COMPLETE)).status
    assert status.to_dict() == {"F2": "ungrouped"}


def test_ungrouped_needs_complete_lists():
    """Without declared member lists nobody is found outside: unknown."""
    answer = coverage.ungrouped(network(BASE, "F1 MEMBER_OF G1"))
    assert answer.frame.empty
    assert answer.unknown["facility"].tolist() == ["F2"]
    assert (answer.share.met, answer.share.total) == (1, 1)


@pytest.mark.parametrize(
    ("links", "found", "unknown"),
    [
        ("F1 MEMBER_OF G1\nF1 MEMBER_OF G2", ["F1"], []),
        ("F1 LEADS G1\nF1 MEMBER_OF G2", ["F1"], []),
        ("F1 LEADS G1\nF1 MEMBER_OF G1", [], []),
        ("F1 MEMBER_OF G1\nF1 MEMBER_OF A1\nF1 MEMBER_OF A2", [], []),
        ("F1 MEMBER_OF G1\nF1 MEMBER_OF G2 valid_to=2023-12-31", [], []),
        ("F1 MEMBER_OF A1\nF1 MEMBER_OF A3", ["F1"], []),
        ("F1 MEMBER_OF A4\nF1 MEMBER_OF A5", [], ["F1"]),
    ],
)
def test_multiple(links, found, unknown):
    """Two groups of one kind are too many; an alliance's kind is its specialty, unknown where not stated."""
    more = """
        A3 Group type=specialty_alliance specialty=tcm
        A4 Group type=specialty_alliance
        A5 Group type=specialty_alliance
    """
    answer = coverage.multiple(network(BASE + more, links, **COMPLETE))
    assert answer.frame["facility"].tolist() == found
    assert answer.unknown["facility"].tolist() == unknown


def test_grid_contiguity_and_population():
    """Of three areas in a row, the two ends of a group that lacks the middle stand alone."""
    net = network(
        """
        331001001000 Area population=100
        331001002000 Area population=50
        331001003000 Area population=25
        331002001000 Area
        F1 Facility type=township_health_centre
        F2 Facility
        F3 Facility status=closed
        G1 Group type=county_medical_community
        G2 Group type=county_medical_community
    """,
        """
        331001001000 ADJACENT_TO 331001002000
        331001003000 ADJACENT_TO 331001002000
        F1 SERVES 331001001000
        F1 SERVES 331001003000
        F2 SERVES 331001002000
        F2 SERVES 331002001000
        F1 MEMBER_OF G1
        F2 MEMBER_OF G2
        F3 MEMBER_OF G2
    """,
        **COMPLETE,
    )
    rows = coverage.grid(net).frame.set_index("group")
    assert rows.loc["G1", "isolated"] == "331001001000|331001003000"
    assert rows.loc["G2", "isolated"] == "331001002000"
    assert rows["components"].fillna(-1).to_dict() == {"G1": 2, "G2": -1}
    assert rows.loc["G1", "parts"] == "331001001000|331001003000"
    assert rows["population"].fillna(-1).to_dict() == {"G1": 125, "G2": -1}
    assert rows["adjacency_unknown"].to_dict() == {"G1": 0, "G2": 1}
    assert rows["districts"].to_dict() == {"G1": "331001", "G2": "331001|331002"}
    assert rows["split_districts"].to_dict() == {"G1": "331001", "G2": "331001"}
    assert rows["facilities"].to_dict() == {"G1": 1, "G2": 1}
    assert rows["type_not_stated"].to_dict() == {"G1": 0, "G2": 1}


def test_a_single_area_is_not_isolated():
    """A group of one area has no other area to touch."""
    net = network(
        f"{BASE} 331001002000 Area",
        f"""
        {AREA} ADJACENT_TO 331001002000
        F1 SERVES {AREA}
        F1 MEMBER_OF G1
    """,
        **COMPLETE,
    )
    row = coverage.grid(net).frame.set_index("group").loc["G1"]
    assert (row["areas"], row["adjacency_unknown"]) == (1, 0)
    assert row.isna()["isolated"]


def test_a_gap_names_its_ground():
    """The note beside a gap says who declared the lists complete, when and where."""
    answer = judged(
        "F1 MEMBER_OF G1",
        links__complete="complete",
        links__complete_by="the bureau",
        links__complete_clause="II.1",
    )
    assert any("the bureau" in note and "II.1" in note for note in answer.notes)


VILLAGES = """
    331001001000 Area
    331001001001 Area
    331001001002 Area
    331001001003 Area
    331001400001 Area
    331001002001 Area
    S1 Facility type=village_clinic area=331001001001
    S2 Facility type=community_health_station
    S3 Facility type=village_clinic area=331001001003 status=closed
"""


def test_stations_by_township():
    """2 of 3 village units of the township have a station at work: by place, or by a link."""
    net = network(VILLAGES, "S2 SERVES 331001001002", **COMPLETE)
    answer = coverage.stations(net)
    rows = answer.frame.set_index("area")
    assert rows.loc["331001001000", ["met", "total", "status", "without"]].tolist() == [
        2,
        3,
        "some",
        "331001001003",
    ]
    assert rows.loc["331001002000", ["met", "total", "status"]].tolist() == [0, 1, "none"]
    assert (answer.share.met, answer.share.total, answer.share.unit) == (2, 4, "villages")
    assert answer.excluded["area"].tolist() == ["331001400001"]


def test_an_area_without_a_level_may_be_one_village_more():
    """Two of four villages have a station; X may be a fifth, with one or without."""
    net = network(
        VILLAGES + "X Area", "S2 SERVES 331001001002", **COMPLETE, areas__complete="complete"
    )
    bounds = coverage.stations(net).to_dict()["bounds"]
    assert bounds == {"met": [2, 3], "total": [4, 5]}


def test_a_station_without_a_village_may_be_anywhere():
    """While one station states no place, no village is certain to have none."""
    answer = coverage.stations(network(VILLAGES, **COMPLETE))
    assert (answer.share.met, answer.share.total) == (1, 1)
    assert len(answer.unknown) == 3
    placed = network(
        VILLAGES.replace(
            "S2 Facility type=community_health_station",
            "S2 Facility type=community_health_station area=331001001000",
        ),
        **COMPLETE,
    )
    assert coverage.stations(placed).unknown["area"].tolist() == ["331001001002", "331001001003"]


def test_a_clinic_may_serve_the_next_village_while_links_are_open():
    """One clinic may serve two villages: without declared links only a county without any has a gap."""
    placed = VILLAGES.replace("health_station", "health_station area=331001001002")
    answer = coverage.stations(network(placed, facilities__complete="complete"))
    assert (answer.share.met, answer.share.total) == (2, 2)
    assert answer.unknown["area"].tolist() == ["331001001003", "331001002001"]
    assert (answer.as_listed.met, answer.as_listed.total) == (2, 4)
    bare = "\n".join(line for line in VILLAGES.splitlines() if "Facility" not in line)
    none = coverage.stations(network(bare, facilities__complete="complete"))
    assert (none.share.met, none.share.total) == (0, 4)


@pytest.mark.parametrize(
    ("stated", "unknown"),
    [
        # it is known to be something else
        ("type=general_hospital area=331001001003", []),
        # it may be the station of 003
        ("area=331001001003", ["331001001003"]),
        # it may be that of any village of its township; 001 and 002 have one
        ("area=331001001000", ["331001001003"]),
        # it may be anywhere
        ("", ["331001001003", "331001002001"]),
    ],
)
def test_a_facility_without_a_type_may_be_a_station(stated, unknown):
    """Silence on the type is no gap; a code that says what it is settles it, as a type does."""
    served = "S2 SERVES 331001001002"
    net = network(f"{VILLAGES}\nF9 Facility {stated}", served, **COMPLETE)
    answer = coverage.stations(net)
    assert answer.unknown["area"].tolist() == unknown
    assert answer.total == answer.judged + len(unknown) + len(answer.excluded)
    coded = network(f"{VILLAGES}\nF9 Facility ws218=A100 {stated}", served, **COMPLETE)
    assert coverage.stations(coded).unknown["area"].tolist() == []


def test_the_grid_counts_a_type_that_only_the_code_states():
    """B100 is one type; A100 may be a general hospital or a regional centre, so it counts as none."""
    net = network(
        """
        F1 Facility ws218=B100
        F2 Facility ws218=A100
        F3 Facility
        G1 Group type=urban_medical_group
    """,
        "F1 MEMBER_OF G1\nF2 MEMBER_OF G1\nF3 MEMBER_OF G1",
        **COMPLETE,
    )
    row = coverage.grid(net).frame.iloc[0]
    assert (row["community_health_centre"], row["type_not_stated"]) == (1, 2)
    assert "general_hospital" not in row


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_areas_the_note_reads_as_every_problem_does(lang):
    """Sentence, advice and code are set as `check` sets them: "100%).Run" had no space."""
    with speaking(lang):
        assert coverage.served(network("F1 Facility")).notes[0] == str(problem("E052"))


def test_verbs_with_findings_exist():
    """The verbs that give exit code 1 are functions of the module."""
    assert set(coverage.FINDINGS) == {"gaps", "overlaps", "ungrouped", "multiple"}
    assert set(coverage.FINDINGS) < set(coverage.__all__)
