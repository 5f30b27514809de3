"""A plan is a small file beside the file it changes, and a source like any other."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medgraph as mg
from medgraph.errors import ChangeError, SourceError, TargetError
from medgraph.graphmodel.change_values import change, plain_change
from medgraph.graphmodel.fingerprint import fingerprint
from medgraph.graphmodel.plan import Plan, Step
from medgraph.loaders import registry
from medgraph.loaders.plan_file import read_plan, write_plan
from medgraph.words.say import speaking

DAY = datetime.date(2024, 1, 1)
OF_EACH_KIND = (
    mg.changes.Move("TZ-P34", "G2", DAY),
    mg.changes.Join("TZ-P34", "A1"),
    mg.changes.End("TZ-P08", relation="MEMBER_OF", on=DAY),
    mg.changes.Succeed("TZ-P07", ("TZ-P09",), how="merged into", carry=True),
    mg.changes.Link("TZ-H04", "REFERS_UP_TO", "TZ-H03", values={"minutes": 20, "valid_to": DAY}),
    mg.changes.Fill("TZ-P34", "status", "suspended"),
    mg.changes.Declare("links.DISPATCHES", "health commission", DAY),
)


@pytest.fixture
def folder(tmp_path):
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    return tmp_path


def write(folder, *changes, name="north"):
    base = fingerprint(mg.read(folder / "roster.mgz"))
    plan = Plan(name, base, tuple(Step(one, "commission", "near") for one in changes))
    write_plan(plan, "roster.mgz", folder / "north.plan.json")
    return folder / "north.plan.json"


def test_a_plan_read_as_a_source_is_its_base_after_the_changes(folder):
    path = write(folder, *OF_EACH_KIND)
    read, base = mg.read(path), mg.samples.taizhou()
    assert read.meta["title"].endswith("north")
    assert read.with_meta(title=base.meta.get("title")) == base.applying(OF_EACH_KIND)


def test_a_plan_comes_back_as_it_was_written(folder):
    kept = read_plan(write(folder, *OF_EACH_KIND))
    assert kept.source == "roster.mgz"
    assert [step.change for step in kept.plan.steps] == list(OF_EACH_KIND)
    assert {(step.by, step.reason) for step in kept.plan.steps[:-1]} == {("commission", "near")}


def test_each_step_is_a_row_and_one_that_cannot_be_made_is_named(folder):
    path = write(folder, mg.changes.Move("TZ-P34", "G4"), mg.changes.Move("TZ-P33", "G2"))
    strict, lenient = registry.load(path), registry.load(path, lenient=True)
    rows = sum(len(table) for table in mg.samples.taizhou().tables)
    assert strict.network is None
    assert [(found.code, found.place) for found in strict.errors] == [
        ("E200", "north.plan.json!第1项")
    ]
    assert (lenient.rows_in, lenient.loaded, lenient.left_out) == (rows + 2, rows + 1, 1)
    assert set(lenient.require().edges("MEMBER_OF")["target"][-1:]) == {"G2"}


def test_a_base_that_has_changed_is_told(folder):
    path = write(folder, mg.changes.Move("TZ-P34", "G2"))
    mg.write(mg.samples.taizhou().ended("TZ-P07"), folder / "roster.mgz")
    assert [found.code for found in registry.load(path).problems] == ["W200"]


@pytest.mark.parametrize("name", ["", "../roster.mgz", "gone.xlsx", "north.plan.json", "."])
def test_a_plan_names_a_file_beside_it_alone(folder, name):
    path = write(folder, mg.changes.Move("TZ-P34", "G2"))
    data = json.loads(path.read_text(encoding="utf-8"))
    data["base"]["source"] = name
    path.write_text(json.dumps(data), encoding="utf-8")
    with speaking("en"), pytest.raises(SourceError, match="beside"):
        mg.read(path)


def test_a_network_is_not_written_over_a_plan(folder):
    path = write(folder, mg.changes.Move("TZ-P34", "G2"))
    before = path.read_bytes()
    with pytest.raises(TargetError):
        mg.write(mg.samples.taizhou(), path)
    assert path.read_bytes() == before


PLAIN = plain_change(OF_EACH_KIND[0])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.sampled_from(OF_EACH_KIND), st.data())
def test_whatever_stands_in_a_change_is_read_or_refused_in_words(one, data):
    """A value of another type, a key too many or too few: a change of this kind, or a ChangeError."""
    values = plain_change(one)
    key = data.draw(st.sampled_from([*values, "more"]))
    values[key] = data.draw(ANYTHING)
    try:
        made = change(values)
    except ChangeError:
        return
    assert change(plain_change(made)) == made
