"""Metadata of DHIS2 in and out: every object is accounted for, and what cannot be said is counted."""

from __future__ import annotations

import json

import pytest

import medgraph as mg
from medgraph.errors import SourceError
from medgraph.loaders import registry, write
from medgraph.loaders.registers import dhis2_terms as terms
from medgraph.loaders.registers.dhis2_writing import metadata_of, part_held
from medgraph.loaders.registry import load
from tests.loaders.registers.dhis2_country import MEANING, country


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("dhis2") / "metadata.json"
    path.write_text(json.dumps(country()), encoding="utf-8")
    path.with_suffix(".toml").write_text(MEANING, encoding="utf-8")
    return path


def test_a_country_without_a_mapping(file):
    """The deepest level is that of the facilities; every object is loaded, or left out with its reason."""
    loaded = registry.load(file)
    net = loaded.require()
    assert (net.counts()["facilities"], net.counts()["areas"]) == (800, 211)
    assert net.data_day.isoformat() == "2024-01-31"
    assert loaded.rows_in == loaded.loaded + loaded.left_out == 1011 + 25 + 1 + 1
    assert sum("dataElements" in row.place for row in loaded.left_rows) == 25
    assert [row.reason for row in loaded.left_rows if "NotInThere0" in row.reason]
    told = {problem.code: problem for problem in loaded.problems}
    assert "5" in told["I260"].message
    assert "Chiefdom = township" in told["I260"].message
    assert "811" in told["I261"].message  # 211 areas and three facilities in four
    assert "phoneNumber (800)" in told["I262"].message
    facilities = net.nodes("Facility")
    assert facilities.valid_from.notna().sum() == 200
    assert facilities.valid_to.notna().sum() == 16
    assert set(facilities["Facility Ownership"]) == {
        "Public facilities",
        "Private clinics",
        "Mission",
    }
    assert set(facilities[["lon", "lat", "crs"]].iloc[7]) == {-11.007, 8.007, "WGS-84"}
    assert net.nodes("Area").level.value_counts().to_dict() == {
        "township": 150,
        "county": 50,
        "city": 10,
        "province": 1,
    }


def test_a_country_with_a_mapping(file):
    """Sets become fields, or groups; an attribute becomes beds."""
    net = registry.read(file, mapping=file.with_suffix(".toml"))
    assert net.counts()["groups"] == 6
    assert len(net.edges("MEMBER_OF")) == sum(len(range(n, 800, 7)) for n in range(6))
    assert set(net.nodes("Facility").ownership) == {"public", "private", "other"}
    assert net.nodes("Facility").beds.sum() == sum(n % 40 for n in range(0, 800, 3))
    assert net.completeness("facilities").state == "complete"


def test_coverage_and_sharing_are_asked_of_a_country(file):
    """What a register does not state is unknown: neither 0 % nor 100 %; what it states is judged."""
    net = registry.read(file, mapping=file.with_suffix(".toml"))
    served = mg.coverage.served(net)
    assert (served.share, len(served.unknown)) == (None, 150)
    centres = mg.sharing.centres(net)
    assert len(centres.unknown) == centres.total == 6 * 5
    empty = mg.coverage.empty(net)
    sites = [unit for unit in country()["organisationUnits"] if unit["level"] == 5]
    homes = {site["parent"]["id"] for site in sites if "closedDate" not in site}
    assert (empty.share.met, empty.share.total) == (len(homes), 150)
    ungrouped = mg.coverage.ungrouped(net)
    assert (ungrouped.share.met, len(ungrouped.unknown)) == (672, 112)


def test_another_level_of_facilities(file):
    """With level 4 a chiefdom is a facility, and what is below it is a part of it."""
    net = registry.read(file, facility_level=4)
    assert net.counts()["facilities"] == 950
    assert len(net.edges("PART_OF")) == 800
    assert set(net.nodes("Area").level) == {"township", "county", "city"}


def test_a_country_goes_back_as_it_came(file, tmp_path):
    """Ids, levels, sets and their groups of the country are those that it had."""
    net = registry.read(file, mapping=file.with_suffix(".toml"))
    target = tmp_path / "back.dhis2.json"
    losses = registry.write(net, target)
    assert {row.what for row in losses.rows} == {"links.MEMBER_OF.origin"}
    assert registry.read(target) == part_held(net).network
    before, after = country(), json.loads(target.read_text(encoding="utf-8"))
    for name in (terms.UNITS, terms.LEVELS):
        assert {one["id"] for one in before[name]} == {one["id"] for one in after[name]}
        assert {one["name"] for one in before[name]} == {one["name"] for one in after[name]}
    kept = {one["id"]: one for one in after[terms.GROUP_SETS]}
    for found in before[terms.GROUP_SETS][:2]:
        assert kept[found["id"]]["name"] == found["name"]
        assert {one["id"] for one in found[terms.GROUPS]} == {
            one["id"] for one in kept[found["id"]][terms.GROUPS]
        }


def test_taizhou_keeps_what_it_can_say(taizhou, tmp_path):
    """Groups, members, leads and areas served come back; referrals and postings are listed by count."""
    target = tmp_path / "taizhou.dhis2.json"
    losses = registry.write(taizhou, target)
    found = registry.read(target)
    assert found.counts()["groups"] == 4
    assert mg.coverage.served(found).share == mg.coverage.served(taizhou).share
    lost = {row.what: row.count for row in losses.rows}
    for relation in ("REFERS_UP_TO", "COOPERATES_WITH"):
        assert lost[f"links.{relation}"] == len(taizhou.edges(relation))
    assert lost["authorities"] == len(taizhou.nodes("Authority"))
    assert lost["links.MEMBER_OF.origin"]


def test_what_dhis2_asks_of_an_import(taizhou):
    """Ids are built as there, names are short enough and distinct, references lead somewhere, paths are whole."""
    made, _ = metadata_of(taizhou)
    ids = [one["id"] for name in terms.LISTS for one in made[name]]
    assert len(ids) == len(set(ids))
    assert all(terms.is_uid(uid) for uid in ids)
    by_uid = {one["id"]: one for one in made[terms.UNITS]}
    for unit in made[terms.UNITS]:
        above = by_uid.get(unit.get("parent", {}).get("id"), {"path": "", "level": 0})
        assert unit["path"] == f"{above['path']}/{unit['id']}"
        assert unit["level"] == above["level"] + 1
        assert unit["openingDate"]
    for name in terms.LISTS:
        short = [one["shortName"] for one in made[name] if "shortName" in one]
        assert len(short) == len(set(short))
        assert all(len(text) <= 50 for text in short)
        codes = [one["code"] for one in made[name] if "code" in one]
        assert len(codes) == len(set(codes))
    known = set(ids)
    for group in made[terms.GROUPS]:
        assert {one["id"] for one in group[terms.UNITS]} <= known
    for found in made[terms.GROUP_SETS]:
        units = [
            unit["id"]
            for group in made[terms.GROUPS]
            if {"id": group["id"]} in found[terms.GROUPS]
            for unit in group[terms.UNITS]
        ]
        assert len(units) == len(set(units))  # a set is exclusive


def test_an_id_is_always_the_same():
    assert (
        terms.uid_of("331003003000") == terms.uid_of("331003003000") != terms.uid_of("331003004000")
    )


@pytest.mark.parametrize(
    "content",
    [
        '{"organisationUnits": [1]}',
        '{"organisationUnits": [{"name": "no id"}]}',
        '[{"organisationUnits": []}]',
        '{"organisationUnits": [',
        '{"organisationUnits": [], "organisationUnitGroups": {}}',
    ],
)
def test_what_is_no_metadata_is_refused(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.json"):
        registry.read(path)


def test_an_attribute_that_names_a_person_is_not_read(tmp_path):
    """Whoever is in charge, and how to reach him, is no matter of a network; it is told that it was there."""
    units = [
        {
            "id": "A",
            "name": "a",
            "attributeValues": [{"attribute": {"id": "p"}, "value": "0570 1234567"}],
        }
    ]
    names = [{"id": "p", "name": "Mobile phone"}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"attributes": names, "organisationUnits": units}), encoding="utf-8")
    loaded = registry.load(path)
    assert "0570" not in str(loaded.require().nodes().to_dict())
    assert any("Mobile phone (1)" in problem.message for problem in loaded.problems)


def test_outlines_of_areas(tmp_path):
    """A boundary is kept, and what shares it is a neighbour; what is no outline is counted."""
    pytest.importorskip("shapely")

    def box(west):
        ring = [[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]
        return {"type": "Polygon", "coordinates": [ring]}

    units = [
        {"id": "A", "name": "a", "level": 1, "geometry": box(0)},
        {"id": "B", "name": "b", "level": 1, "geometry": box(1)},
        {"id": "C", "name": "c", "level": 1, "geometry": {"type": "Polygon", "coordinates": "x"}},
        {"id": "F", "name": "f", "level": 2, "parent": {"id": "A"}, "geometry": box(0)},
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"organisationUnits": units}), encoding="utf-8")
    loaded = registry.load(path)
    net = loaded.require()
    assert json.loads(net.nodes("Area").boundary["A"])["type"] == "Polygon"
    assert net.nodes("Area").loc["B", ["lon", "lat"]].tolist() == [1.5, 0.5]
    assert set(net.edges("ADJACENT_TO")[["source", "target"]].to_numpy().ravel()) == {"A", "B"}
    assert any("geometry (2)" in problem.message for problem in loaded.problems)
    target = tmp_path / "b.dhis2.json"
    losses = registry.write(net, target)
    assert {row.what for row in losses.rows} == {"links.ADJACENT_TO"}
    assert registry.read(target) == part_held(net).network
    made = {one["name"]: one for one in json.loads(target.read_text("utf-8"))[terms.UNITS]}
    assert made["a"]["geometry"]["type"] == "Polygon"


def test_strange_units(tmp_path):
    """Rings of parents, days that are none, values of no attribute: each is told, none stops the reading of all."""
    units = [
        {"id": "A", "name": "a", "parent": {"id": "B"}, "openingDate": "soon"},
        {"id": "B", "name": "<b>", "parent": {"id": "A"}, "attributeValues": [{"value": 1}, 7]},
        {"id": "C", "parent": 3, "geometry": {"type": "Point", "coordinates": ["x", None]}},
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"organisationUnits": units}), encoding="utf-8")
    loaded = registry.load(path)
    assert loaded.network is None
    assert {problem.code for problem in loaded.errors} >= {"E011", "E013", "E046"}
    assert loaded.rows_in == loaded.left_out


def test_a_code_that_is_no_text_names_no_set(tmp_path):
    """Whatever stands there, the set is one that no mapping knows."""
    path = tmp_path / "m.dhis2.json"
    unit = {"id": "abcdefghij1", "name": "Post", "level": 1, "path": "/abcdefghij1"}
    sets = [{"id": "abcdefghij2", "name": "Types", "code": ["x"], "organisationUnitGroups": []}]
    content = {"organisationUnits": [unit], "organisationUnitGroupSets": sets}
    path.write_text(json.dumps(content), encoding="utf-8")
    assert registry.load(path).loaded == 1


def test_odd_elements_are_told_with_their_unit(tmp_path):
    """A level, a name, a parent, a point, a group or an attribute that DHIS2 does not write."""
    units = [
        {"id": "AAAAAAAAAA1", "name": "国", "level": 1},
        {"id": "AAAAAAAAAA2", "name": 5, "level": "2", "parent": {"id": "AAAAAAAAAA1"}},
        {"id": "AAAAAAAAAA3", "name": "丙", "level": True, "parent": {"id": "AAAAAAAAAA1"}},
        {"id": "AAAAAAAAAA4", "name": "丁", "level": 2, "parent": "AAAAAAAAAA1"},
        {"id": "AAAAAAAAAA5", "name": "戊", "level": 2, "parent": {"id": "elsewhere"}},
    ]
    units[2]["geometry"] = {"type": "Point", "coordinates": [10.0]}
    units[3]["attributeValues"] = [5, {"attribute": {"id": "ZZZZZZZZZZ9"}, "value": "x"}]
    groups = [{"id": "GGGGGGGGGG1", "name": "甲组", "organisationUnits": {"id": "AAAAAAAAAA2"}}]
    data = {"organisationUnits": units, "organisationUnitGroups": groups}
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    loaded = load(tmp_path / "a.json")
    told = {
        (one.place.split()[1][-1], one.message.split()[0])
        for one in loaded.problems
        if one.code == "W261"
    }
    assert told == {
        *(("2", "name"), ("2", "level"), ("3", "level"), ("3", "geometry"), ("4", "parent")),
        *(("5", "parent"), ("4", "attributeValues"), ("1", "organisationUnits")),
    }
    assert [one.value for one in loaded.problems if one.code == "W262"] == ["ZZZZZZZZZZ9 (1)"]
    assert len(loaded.network.nodes()) == 5


def test_an_attribute_called_like_a_field_has_one_sign(tmp_path):
    """Neither CSV nor DHIS2 doubles the sign before it, and both give it back."""
    unit = {"id": "AAAAAAAAAA1", "name": "甲", "level": 1}
    unit["attributeValues"] = [{"attribute": {"id": "BBBBBBBBBB1"}, "value": "12"}]
    data = {"organisationUnits": [unit], "attributes": [{"id": "BBBBBBBBBB1", "name": "beds"}]}
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    net = load(tmp_path / "a.json").network
    write(net, tmp_path / "csv")
    assert "attr:attr" not in (tmp_path / "csv/facilities.csv").read_text("utf-8-sig")
    write(net, tmp_path / "b.dhis2.json")
    assert "attr:attr" not in (tmp_path / "b.dhis2.json").read_text("utf-8")
    assert load(tmp_path / "csv").network == load(tmp_path / "b.dhis2.json").network == net


def test_a_unit_at_nought_nought_has_no_point(tmp_path):
    """Nobody filled in its point: it is told with its id, and all other units are read."""
    given = country()
    unit = next(one for one in given["organisationUnits"] if one["level"] == 5)
    unit["geometry"] = {"type": "Point", "coordinates": [0, 0]}
    path = tmp_path / "metadata.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    loaded = registry.load(path)
    assert [found.place for found in loaded.problems if found.code == "W265"] == [
        f"metadata.json {unit['id']}"
    ]
    assert loaded.require().nodes("Facility")["lon"].isna()[unit["id"]]
