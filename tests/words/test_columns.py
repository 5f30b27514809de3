"""The columns of tables: one table of titles for `check`, `tidy`, mappings and templates."""

from __future__ import annotations

import pytest

from medgraph.graphmodel import schema
from medgraph.loaders import foreign, load, write
from medgraph.loaders.foreign.header import known_title, plain_title
from medgraph.loaders.tabular.sheets import known_header
from medgraph.words.columns import FACILITIES, ROSTER_TITLES, SHORTCUTS
from medgraph.words.say import speaking

# What a column may state for both: a field of a facility, or a shortcut of one or of a group.
SHARED = dict.fromkeys(SHORTCUTS["facilities"], "facilities")
SHARED |= dict.fromkeys(SHORTCUTS["groups"], "groups")
SHARED |= {field.name: "facilities" for field in FACILITIES}


@pytest.mark.parametrize("name", [name for name in ROSTER_TITLES if name in SHARED])
def test_every_title_that_tidy_knows_is_known_to_check(name):
    """A title means to `check` what it means to `tidy`."""
    table = SHARED[name]
    assert {title: known_header(table, title) for title in ROSTER_TITLES[name]} == dict.fromkeys(
        ROSTER_TITLES[name], name
    )


def test_every_title_that_check_knows_is_known_to_tidy():
    """A title of a facility's field means to `tidy` what it means to `check`."""
    for title, name in schema.headers("facilities").items():
        known = known_title(plain_title(title))
        counts_rows = known == "serial" and name == "id"  # 编号 in somebody else's list
        assert known == name or counts_rows, title


def test_open_beds_are_beds_to_check(shared):
    """开放床位, which `tidy` always read as beds, is no unknown column to `check`."""
    loaded = load(shared / "data/cases/one-rule/titles")
    assert [p.code for p in loaded.problems if p.code == "W033"] == []
    assert loaded.require().nodes("Facility")["beds"].tolist() == [200]


def test_a_roster_of_groups_by_its_usual_title(tmp_path):
    """A sheet of groups whose names stand under 集团, as rosters have it, is read."""
    (tmp_path / "集团.csv").write_text("集团,类型\n甲医共体,医共体\n", encoding="utf-8")
    assert load(tmp_path).require().nodes("Group")["name"].tolist() == ["甲医共体"]


@pytest.mark.parametrize(
    "title",
    ["visit_rate", "县域就诊率", "县域就诊率（%）", "visit_rate@2023", "aspect.运行管理", "备住"],
)
def test_a_column_that_rules_read_is_known(tmp_path, title):
    """A column of the shipped packs' attributes is kept in silence, any other is told."""
    text = f"名称,类型,{title}\n甲医共体,医共体,92.5%\n"
    (tmp_path / "集团.csv").write_text(text, encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded.require().nodes("Group")[title].tolist() == ["92.5%"]
    told = [(p.place, p.value) for p in loaded.problems if p.code == "W033"]
    assert told == ([("集团.csv!C1", title)] if title == "备住" else [])


def test_links_have_no_attributes_of_rules(tmp_path):
    """Rules read them of nodes: in the table of links such a column would be read by nobody."""
    (tmp_path / "集团.csv").write_text("编号,名称,类型\nG1,甲,医共体\n", encoding="utf-8")
    text = "source,relation,target,章程\nG1,SUCCEEDED_BY,G1,有\n"
    (tmp_path / "links.csv").write_text(text, encoding="utf-8")
    assert "W033" in [p.code for p in load(tmp_path).problems]


def test_the_sample_is_written_in_known_columns(taizhou, tmp_path):
    write(taizhou, tmp_path / "a")
    assert load(tmp_path / "a").problems == ()


def test_a_title_that_may_mean_two_is_taken_for_neither_and_asked(tmp_path):
    """区划 of a facility: where it stands, or whom it serves."""
    (tmp_path / "facilities.csv").write_text("名称,区划\n城关卫生院,城关镇\n", "utf-8")
    with speaking("zh"):
        told = [found for found in load(tmp_path).problems if found.code == "W034"]
    assert "所在区划、服务辖区" in told[0].message
    (tmp_path / "facilities.csv").unlink()
    (tmp_path / "名单.csv").write_text("机构名称,床位数,区划\n温岭市城关卫生院,9,城关镇\n", "utf-8")
    with speaking("zh"):
        reading = foreign.tidy(tmp_path / "名单.csv", tmp_path / "t.xlsx")
        asked = next(one for one in foreign.questions(reading) if one.kind == "column")
    assert asked.offered == ("所在区划", "服务辖区", "不用")


def test_a_column_without_a_title_is_told(tmp_path):
    """Its cells are not read: how many, and the first of them."""
    (tmp_path / "facilities.csv").write_text("名称,床位,\n甲院,30,备用\n乙院,20,\n", "utf-8")
    told = [found for found in load(tmp_path).problems if found.code == "W040"]
    assert [(found.place, found.value) for found in told] == [("facilities.csv!C1", "备用")]
