"""Other people's files load through a mapping, and nothing odd about them is lost."""

from __future__ import annotations

import json
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
        ('[[table]]\ntable = "facilities"\nfields.name = "Name"\nversion = "Vers"', "Vers"),
        ('[[table]]\ntable = "facilities"\nfields.name = "Name"\nskip.Knd = "x"', "Knd"),
        ('[[table]]\ntable = "facilities"\nfields.name = "Name"\ndeleted.Del = ["y"]', "Del"),
        ('[[table]]\ntable = "facilities"\nfields.name = "Name"\ndeleted.Name = 1', "deleted.Name"),
        ('[[table]]\ntable = "facilities"\nfields.name = { words = { a = "b" } }', "column"),
        ('[[table]]\ntable = "facilities"\nfields.name = []', "column"),
    ],
)
def test_a_wrong_mapping_is_one_sentence(tmp_path, text, said):
    """A mapping that cannot be read, or speaks of what is not there, is refused in a sentence."""
    (tmp_path / "a.csv").write_text("Name\n甲医院\n", encoding="utf-8")
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        load(tmp_path / "a.csv", mapping=tmp_path / "m.toml")


def test_one_text_that_says_deleted_need_not_be_a_list(tmp_path):
    """An empty cell is no part of it: who is not marked goes on."""
    (tmp_path / "a.csv").write_text("Name,Del\n甲医院,\n乙医院,yes\n丙医院,y\n", encoding="utf-8")
    rule = '[[table]]\ntable = "facilities"\nfields.name = "Name"\ndeleted.Del = "yes"'
    (tmp_path / "m.toml").write_text(rule, encoding="utf-8")
    nodes = load(tmp_path / "a.csv", mapping=tmp_path / "m.toml").require().nodes("Facility")
    assert nodes.loc[nodes["status"] == "closed", "name"].to_list() == ["乙医院"]


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


def mapped(tmp_path, data, rules, name="a.csv"):
    """What a file and its mapping come to."""
    (tmp_path / name).write_text(data, encoding="utf-8")
    (tmp_path / "m.toml").write_text(f'[[table]]\ntable = "facilities"\n{rules}', encoding="utf-8")
    return load(tmp_path / name, mapping=tmp_path / "m.toml")


SAME = "Name,Region\nRiver Post,East\nRiver Post,South\nHill Post,East\n"


def test_facilities_of_one_name_stay_apart(tmp_path):
    """Without id and area a name is no proof: three rows are three facilities, and the third is told."""
    loaded = mapped(tmp_path, SAME, 'fields.name = "Name"\nfields.region = "Region"')
    nodes = loaded.require().nodes()
    assert sorted(nodes["region"]) == ["East", "East", "South"]
    assert [p.place for p in loaded.problems if p.code == "W084"] == ["a.csv!A3"]


@pytest.mark.parametrize("rule", ['same = ["name"]', 'fields.area = { value = "331001001000" }'])
def test_what_is_merged_is_listed(tmp_path, rule):
    """Where the mapping says so, or the area agrees, rows are one: with their places."""
    loaded = mapped(tmp_path, SAME, f'fields.name = "Name"\nfields.region = "Region"\n{rule}')
    assert len(loaded.require().nodes()) == 2
    told = [p for p in loaded.problems if p.code == "I098"]
    assert len(told) == 1
    assert all(text in told[0].message for text in ("2", "a.csv!2", "a.csv!3"))


HISTORY = """{"entry": [
{"resource": {"id": "Org/o1", "name": "甲院"}, "on": "2023-01-01", "request": {"method": "POST"}},
{"resource": {"id": "Org/o2", "name": "旧名"}, "on": "2023-01-01", "request": {"method": "POST"}},
{"resource": {"id": "Org/o1"}, "on": "2024-03-01", "request": {"method": "DELETE"}},
{"resource": {"id": "Org/o2", "name": "新名"}, "on": "2024-01-01", "request": {"method": "PUT"}}
]}"""


@pytest.mark.parametrize("version", ["true", '"on"'])
def test_the_newest_version_counts_and_a_deletion_ends(tmp_path, version):
    rules = f"""
records = "entry"
version = {version}
deleted = {{ "request.method" = ["DELETE"] }}
fields.id = {{ column = "resource.id", strip_prefix = "Org/", add_prefix = "X-" }}
fields.name = "resource.name"
"""
    nodes = mapped(tmp_path, HISTORY, rules, "a.json").require().nodes()
    assert nodes["name"].to_dict() == {"X-o1": "甲院", "X-o2": "新名"}
    assert nodes["status"].dropna().to_dict() == {"X-o1": "closed"}


def test_a_deletion_ends_on_the_day_before_the_data_day(tmp_path):
    rules = """
records = "entry"
version = true
deleted = { "request.method" = ["DELETE"] }
fields.id = "resource.id"
fields.name = "resource.name"
[meta]
data_day = "2024-06-01"
"""
    nodes = mapped(tmp_path, HISTORY, rules, "a.json").require().nodes()
    assert str(nodes.loc["Org/o1", "valid_to"].date()) == "2024-05-31"


VERSIONS = """
version = "on"
deleted = { state = ["gone"] }
fields.id = "id"
fields.name = "name"
fields.valid_to = "to"
"""


def test_what_the_newest_version_leaves_empty_is_empty(tmp_path):
    """A facility that was closed and has opened again is open; a deletion need not say the rest."""
    data = (
        "id,name,to,state,on\nA,甲院,2022-01-01,,2023/9/1\nA,甲院,,,2023/10/1\n"
        "B,乙院,,,2023/9/1\nB,,2023-01-01,gone,2023/10/1\n"
    )
    nodes = mapped(tmp_path, data, VERSIONS).require().nodes()
    assert nodes["name"].to_dict() == {"A": "甲院", "B": "乙院"}
    assert nodes["valid_to"].dropna().astype(str).to_dict() == {"B": "2023-01-01"}


def test_the_newest_version_counts_in_whichever_file_it_stands(tmp_path):
    (tmp_path / "a-new.csv").write_text("id,name,to,state,on\nA,新名,,,v10\n", encoding="utf-8")
    (tmp_path / "b-old.csv").write_text("id,name,to,state,on\nA,旧名,,,v9\n", encoding="utf-8")
    rules = f'[[table]]\nfile = "*.csv"\ntable = "facilities"\n{VERSIONS}'
    (tmp_path / "m.toml").write_text(rules, encoding="utf-8")
    nodes = load(tmp_path, mapping=tmp_path / "m.toml").require().nodes()
    assert nodes["name"].to_dict() == {"A": "新名"}


def test_records_of_one_version_add_to_one_another(tmp_path):
    data = "id,name,what,on\nA,甲院,儿科,1\nA,甲院,产科,2\nA,甲院,眼科,2\n"
    rules = 'version = "on"\nfields.id = "id"\nfields.name = "name"\nfields.specialties = "what"'
    nodes = mapped(tmp_path, data, rules).require().nodes()
    assert nodes.loc["A", "specialties"] == "产科|眼科"


LINKS = """
[[table]]
table = "links"
version = "on"
{rule}
skip = {{ to = [""] }}
fields.source = "id"
fields.relation = {{ value = "REFERS_UP_TO" }}
fields.target = "to"
"""


@pytest.mark.parametrize(
    ("rule", "left"), [('same = ["source", "relation"]', ["C"]), ("", ["B", "C"])]
)
def test_a_link_of_an_older_version_does_not_stay(tmp_path, rule, left):
    """What is one link the mapping says; by default two between the same ends are."""
    data = "id,name,to,on\nA,甲院,B,1\nA,甲院,C,2\nA,甲院,C,3\nB,乙院,,1\nC,丙院,,1\n"
    nodes = 'version = "on"\nfields.id = "id"\nfields.name = "name"\n'
    loaded = mapped(tmp_path, data, nodes + LINKS.format(rule=rule))
    assert loaded.require().edges("REFERS_UP_TO")["target"].tolist() == left
    assert loaded.rows_in == 10 == loaded.loaded + loaded.left_out
    assert any("A REFERS_UP_TO C" in found.message for found in loaded.problems)


def test_a_group_that_is_deleted_nobody_says_when_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("id,state\nG,gone\n", encoding="utf-8")
    (tmp_path / "m.toml").write_text(
        '[[table]]\ntable = "groups"\ndeleted = { state = ["gone"] }\nfields.id = "id"\n'
        'fields.name = "id"\nfields.type = { value = "county_medical_community" }\n',
        encoding="utf-8",
    )
    with pytest.raises(SourceError, match=r"a\.csv!2.*G"):
        load(tmp_path / "a.csv", mapping=tmp_path / "m.toml")


def test_a_deletion_ends_a_facility_that_nothing_tells_from_its_namesakes(tmp_path):
    """Without id and area a row stands for itself: deleted, it has ended, and the other has not."""
    data = "name,state\n甲院,gone\n甲院,\n乙院,gone\n"
    rules = 'deleted = { state = ["gone"] }\nfields.name = "name"'
    nodes = mapped(tmp_path, data, rules).require().nodes()
    assert nodes["status"].fillna("").tolist() == ["closed", "", "closed"]


def test_a_template_takes_dotted_names_and_skip_an_empty_value(tmp_path):
    rules = """
records = "entry"
version = true
skip = { "resource.name" = [""] }
fields.id = "resource.id"
fields.name = { template = "{resource.name}（{request.method}）" }
"""
    loaded = mapped(tmp_path, HISTORY, rules, "a.json")
    assert set(loaded.require().nodes()["name"]) == {"甲院（POST）", "新名（PUT）"}
    assert [row.place for row in loaded.left_rows] == ["a.json[3].resource.name"]


def test_a_table_that_only_joins_need_give_no_names(tmp_path):
    (tmp_path / "beds.csv").write_text("id,beds\nA,12\nB,30\n", encoding="utf-8")
    (tmp_path / "names.csv").write_text("id,name\nA,甲院\nB,乙院\n", encoding="utf-8")
    (tmp_path / "m.toml").write_text(
        '[[table]]\nfile = "beds.csv"\ntable = "facilities"\nfields.id = "id"\nfields.beds = "beds"\n'
        '[[table]]\nfile = "names.csv"\ntable = "facilities"\nfields.id = "id"\nfields.name = "name"\n',
        encoding="utf-8",
    )
    nodes = load(tmp_path, mapping=tmp_path / "m.toml").require().nodes()
    assert nodes["name"].to_dict() == {"A": "甲院", "B": "乙院"}
    assert nodes["beds"].to_dict() == {"A": 12, "B": 30}


def test_a_free_column_called_as_one_of_our_words_is_kept(tmp_path):
    """`kind` of a node is taken; theirs is kept beside it, and comes back out of every format."""
    data = "code,name,kind,level,id\nA,甲院,public,gold,7\n"
    loaded = mapped(tmp_path, data, 'rest = true\nfields.id = "code"\nfields.name = "name"')
    net = loaded.require()
    assert not [found for found in loaded.problems if found.code == "W033"]  # it was asked for
    kept = net.nodes().loc["A", ["attr:kind", "attr:level", "attr:id"]].to_dict()
    assert kept == {"attr:kind": "public", "attr:level": "gold", "attr:id": "7"}
    for target in ("x.json", "folder", "x.xlsx"):
        write(net, tmp_path / target)
        assert read(tmp_path / target).nodes().loc["A", [*kept]].to_dict() == kept


@pytest.mark.slow
def test_every_record_of_a_large_register_is_accounted_for(tmp_path):
    """100,000 rows with repeated names, versions and deletions: in = loaded + left out; merged rows are listed."""
    lines = ["id,name,state,version"]
    for number in range(100_000):
        one = number % 60_000
        state = "skip" if number % 97 == 0 else ("gone" if number % 31 == 0 else "")
        lines.append(f"R{one},第{one % 900}院,{state},{number}")
    rules = """
version = "version"
deleted = { state = ["gone"] }
skip = { state = ["skip"] }
fields.id = "id"
fields.name = "name"
"""
    loaded = mapped(tmp_path, "\n".join(lines), rules)
    nodes = loaded.require().nodes()
    listed = [p for p in loaded.problems if p.code == "I098"]
    kept = [line.split(",") for line in lines[1:] if ",skip," not in line]
    assert loaded.rows_in == 100_000 == loaded.loaded + loaded.left_out
    assert len(nodes) == len({row[0] for row in kept})
    assert len(listed) == loaded.loaded - len(nodes)  # none has more than two
    (total,) = (found.message for found in loaded.problems if found.code == "I100")
    assert str(2 * len(listed)) in total
    assert str(len(listed)) in total
    last = {row[0]: row for row in sorted(kept, key=lambda row: int(row[3]))}
    assert (nodes["status"] == "closed").sum() == sum(row[2] == "gone" for row in last.values())


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_signs_that_nobody_sees_are_taken_out_and_told(tmp_path, suffix):
    """Of headers and of texts, before anything is looked up or matched."""
    head, rows = ("Na\u200bme", "Group"), (("甲医院\u200b", "东区"), ("乙医院", "东区\ufeff"))
    text = "\n".join(",".join(row) for row in (head, *rows))
    if suffix == ".json":
        text = json.dumps([dict(zip(head, row, strict=True)) for row in rows])
    (tmp_path / f"list{suffix}").write_text(text, "utf-8")
    (tmp_path / "m.toml").write_text(
        '[[table]]\ntable = "facilities"\nfields.name = "Name"\n'
        '[[table]]\ntable = "groups"\nfields.name = "Group"\n'
        'fields.type = { value = "urban_medical_group" }\n',
        "utf-8",
    )
    loaded = load(tmp_path / f"list{suffix}", mapping=tmp_path / "m.toml")
    assert sorted(loaded.require().nodes()["name"]) == ["东区", "乙医院", "甲医院"]
    told = [found for found in loaded.problems if found.code == "W071"]
    assert len(told) == 1
    assert "U+200B U+FEFF" in told[0].message


def test_an_open_quote_is_refused_with_its_line(tmp_path):
    (tmp_path / "list.csv").write_text('Name,Kind\nA,x\n"B,x\nC,x\n', "utf-8")
    (tmp_path / "m.toml").write_text(
        '[[table]]\ntable = "facilities"\nfields.name = "Name"\n', "utf-8"
    )
    with pytest.raises(SourceError, match="3"):
        load(tmp_path / "list.csv", mapping=tmp_path / "m.toml")
