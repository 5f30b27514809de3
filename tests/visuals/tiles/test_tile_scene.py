"""The map shows every area that coverage accounts for, and serves it by the groups of the day alone."""

from __future__ import annotations

import datetime

import pytest

import medgraph as mg
from medgraph.queries import coverage
from medgraph.visuals import tile_map
from medgraph.visuals.report import contents
from medgraph.visuals.tiles.tile_scene import tile_scene
from tests.queries import networks

FACILITIES = """id,name,type,group,serves
H1,某县人民医院,general_hospital,,
C1,甲街道社区卫生服务中心,community_health_centre,G1,331099001000
C2,乙镇卫生院,township_health_centre,G1,331099100000
"""
GROUPS = "id,name,type\nG1,某县医共体,county_medical_community\n"
META = "key,value\ndata_day,2025-01-01\nlinks.MEMBER_OF.complete,complete\nlinks.SERVES.complete,complete\n"
BY_KIND = """id,name,kind
331099001000,甲街道,subdistrict
331099100000,乙镇,town
331099200000,丙乡,township
"""
BY_CODE = "id,name\n331099001000,甲街道\n331099100000,乙镇\n331099200000,丙乡\n"


def network(folder, *, areas: str = BY_KIND, groups: str = GROUPS, facilities: str = FACILITIES):
    tables = {"areas": areas, "facilities": facilities, "groups": groups, "meta": META}
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return mg.read(folder)


@pytest.mark.parametrize("areas", [BY_KIND, BY_CODE], ids=["by kind", "by code"])
def test_areas_without_a_stated_level_are_shown(tmp_path, areas):
    """A table of areas states id, name and kind at most: the map and page one show what coverage counts."""
    net = network(tmp_path, areas=areas)
    served = coverage.served(net)
    assert served.total == 3
    counts = {"shown": 3, "all": 3, "served": 2, "gap": 1}
    assert tile_map(net, color_by=served.status).counts == counts
    assert contents(net, {"coverage.served": served}).map.counts == counts
    assert tile_map(net).counts == {"shown": 3, "all": 3, "served": 2, "none": 1}


def test_villages_without_a_stated_level_are_dots(tmp_path):
    """Village units by their code alone are counted in their township, and no township themselves."""
    villages = "331099001001,第一村\n331099001002,第二村\n"
    facilities = FACILITIES + "S1,第一村卫生室,village_clinic,G1,331099001001\n"
    net = network(tmp_path, areas=BY_CODE + villages, facilities=facilities)
    figure = tile_map(net, lang="en")
    assert figure.counts["all"] == 3
    assert "1/2" in figure.svg


def test_a_station_that_stands_in_a_village_is_one(tmp_path):
    """A village clinic whose area is stated needs no SERVES: coverage counts it, and so does the map."""
    villages = "331099001001,第一村\n331099001002,第二村\n"
    facilities = "id,name,type,area\nS1,第一村卫生室,village_clinic,331099001001\n"
    net = network(tmp_path, areas=BY_CODE + villages, facilities=facilities)
    stations = coverage.stations(net)
    assert len(stations.unknown) == 1  # of two: facilities are not declared complete
    assert "1/2" in tile_map(net, lang="en").svg


@pytest.mark.parametrize("status", ["closed", "suspended"])
def test_a_group_that_is_closed_serves_nobody(tmp_path, status):
    """Coverage does not count it, so the map neither serves by it nor names it."""
    groups = f"id,name,type,status\nG1,某县医共体,county_medical_community,{status}\n"
    net = network(tmp_path, groups=groups)
    served = coverage.served(net).status
    assert not (served == "served").any()
    assert "served" not in tile_map(net).counts
    assert "某县医共体" not in tile_map(net, color_by=served, lang="zh").svg


def test_a_facility_serves_until_it_ends(tmp_path):
    """Facilities count on the day of the picture."""
    net = network(tmp_path).ended("C2", on="2025-06-30")
    assert tile_map(net, as_of="2025-06-29").counts["served"] == 2
    assert tile_map(net, as_of="2025-07-02").counts["served"] == 1


def test_an_area_that_another_county_takes_is_drawn_there():
    """That links say in which county an area lies, a change of them alone moves its tile."""
    net = networks.network(
        """
        A1 Area level=township
        A2 Area level=township
        A3 Area level=township
        C1 Area level=county
        C2 Area level=county
        F1 Facility area=A1
        """,
        """
        A1 PART_OF C1
        A2 PART_OF C1
        A3 PART_OF C2
        """,
    )
    day = datetime.date(2024, 1, 1)
    tile_scene(net, None, day, "zh")
    taken = net.ended("A2", relation="PART_OF").linked("A2", "PART_OF", "C2")
    anew = mg.MedicalNetwork(*taken.tables, dict(taken.meta))
    assert tile_scene(taken, None, day, "zh").tiles == tile_scene(anew, None, day, "zh").tiles
