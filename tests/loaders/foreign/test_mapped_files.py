"""Other people's files load through a mapping, and nothing odd about them is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from medgraph.errors import SourceError
from medgraph.loaders import load, read, write

MAPPINGS = Path(__file__).resolve().parents[3] / "docs" / "mappings"


@pytest.fixture(scope="module")
def nhs(shared):
    name = "nhs_england_ods_2022"
    return load(shared / "data" / name, mapping=MAPPINGS / f"{name}.toml")


@pytest.fixture(scope="module")
def hong_kong(shared):
    name = "hk_ha_clusters"
    return load(shared / "data" / name, mapping=MAPPINGS / f"{name}.toml")


def test_nhs_loads_with_every_record_accounted_for(nhs):
    """6,527 practices and 218 trusts; five tables from one file; rows in = loaded + left out."""
    counts = nhs.require().counts()
    # 1,255 codes of networks, one of which is U; 106 CCGs + 42 STPs + 7 regions
    assert (counts["facilities"], counts["groups"], counts["areas"]) == (
        6_527 + 218,
        1_254,
        106 + 42 + 7,
    )
    assert nhs.rows_in == 5 * 6_527 + 218
    assert (nhs.left_out, len(nhs.left_rows)) == (68, 68)


def test_nhs_practices_without_network_are_reported(nhs):
    """68 practices stand under U: each is named with its cell and loaded without a group."""
    found = [p for p in nhs.problems if p.code == "W082"]
    assert len(found) == 68
    assert found[0].place == "gp_pcn_ccg_stp_region_jan2022.csv!F227"
    members = set(nhs.require().edges("MEMBER_OF")["source"])
    practices = nhs.require().nodes("Facility").query("type == 'outpatient_clinic'").index
    assert len(set(practices) - members) == 68


def test_nhs_networks_that_span_ccgs_keep_all_of_them(nhs):
    """11 networks span several CCGs: each is named, and holds all its CCGs."""
    assert sum(p.code == "W081" for p in nhs.problems) == 11
    groups = nhs.require().nodes("Group")
    assert groups["ccg"].str.contains("|", regex=False).sum() == 11


def test_nhs_dates_are_days(nhs):
    """The trusts' dates, written 20171001, are days."""
    assert str(nhs.require().nodes().loc["R0A", "valid_from"].date()) == "2017-10-01"


def test_hong_kong_loads_with_names_in_three_scripts(hong_kong):
    """43 + 49 + 75 records become 7 clusters and their sites, each with its other names."""
    counts = hong_kong.require().counts()
    assert (counts["groups"], counts["links"]) == (7, counts["facilities"])
    # each record feeds the groups and the facilities
    assert hong_kong.rows_in == hong_kong.loaded == 2 * (43 + 49 + 75)
    site = hong_kong.require().nodes().loc[hong_kong.require().find("舂磡角慈氏護養院")]
    assert (site["name"], site["services"]) == (
        "舂磡角慈氏护养院",
        "hospital|specialist outpatient",
    )


def test_hong_kong_sites_in_two_files_with_other_coordinates(hong_kong):
    """Two sites have other coordinates in the second file: both values are named."""
    found = [p for p in hong_kong.problems if p.code == "W080"]
    assert Counter(p.place.split(".")[-1] for p in found) == {"longitude": 2, "latitude": 2}
    assert ("114.23643" in found[0].message, found[0].value) == (True, "114.23717")


def test_what_was_mapped_reads_back_equal(hong_kong, tmp_path):
    """A mapped network is a network like any other."""
    write(hong_kong.require(), tmp_path / "hk.xlsx")
    assert read(tmp_path / "hk.xlsx") == hong_kong.require()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[table", "TOML"),
        ("x = 1", "table"),
        ('[[table]]\ntable = "facilities"\nfields.name = "Nmae"', "Nmae"),
        ('[[table]]\ntable = "facilities"\nfile = "b.csv"\nfields.name = "Name"', "a.csv"),
        ('[[table]]\ntable = "facilities"\nfeilds.name = "Name"', "fields"),
        ('[[table]]\ntable = "facilities"\nfields.name = { column = "Name", word = 1 }', "word"),
    ],
)
def test_a_wrong_mapping_is_one_sentence(tmp_path, text, said):
    """A mapping that cannot be read, or speaks of what is not there, is refused in a sentence."""
    (tmp_path / "a.csv").write_text("Name\n甲医院\n", encoding="utf-8")
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        load(tmp_path / "a.csv", mapping=tmp_path / "m.toml")


def test_records_inside_json_objects(tmp_path):
    """A dotted path finds the records, and a dotted column a value inside one."""
    (tmp_path / "a.json").write_text(
        '{"d": {"list": [{"n": {"zh": "甲医院"}, "beds": 12, "tags": ["x", "y"]}]}}', "utf-8"
    )
    (tmp_path / "m.toml").write_text(
        '[[table]]\ntable = "facilities"\nrecords = "d.list"\nrest = true\nfields.name = "n.zh"\n'
        'fields.id = { template = "HK-{beds}" }',
        "utf-8",
    )
    facility = read(tmp_path / "a.json", mapping=tmp_path / "m.toml").nodes().loc["HK-12"]
    assert (facility["name"], facility["tags"]) == ("甲医院", "x|y")


def test_a_template_takes_a_value_inside_a_value(tmp_path):
    """A column whose name holds dots is filled in, and no attribute of its text is asked for."""
    (tmp_path / "a.json").write_text('[{"n": {"zh": "甲医院"}}]', "utf-8")
    (tmp_path / "m.toml").write_text(
        '[[table]]\ntable = "facilities"\nfields.name = { template = "{n.zh}分院" }', "utf-8"
    )
    nodes = read(tmp_path / "a.json", mapping=tmp_path / "m.toml").nodes()
    assert nodes["name"].tolist() == ["甲医院分院"]
