"""The columns of tables: one table of titles for `check`, `tidy`, mappings and templates."""

from __future__ import annotations

import pytest

from medgraph.graphmodel import schema
from medgraph.loaders import load
from medgraph.loaders.foreign.header import known_title, plain_title
from medgraph.loaders.tabular.sheets import known_header
from medgraph.words.columns import FACILITIES, ROSTER_TITLES, SHORTCUTS

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
