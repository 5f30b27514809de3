"""Take frames as people have them: days as text, numbers as ids; what cannot be read names its cell."""

import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import medgraph as mg
from medgraph.errors import OptionError
from medgraph.words.say import speaking

from_frames = mg.MedicalNetwork.from_frames
DAY = datetime.date(2023, 1, 1)


def one(**values):
    return {"id": "F1", "kind": "Facility", "name": "甲县人民医院", **values}


def value_of(frame, name):
    return from_frames(frame).tables[0][name].to_pylist()[0]


@pytest.mark.parametrize(
    "written",
    [
        *("2023-01-01", "2023年1月1日", "20230101", 44927, 44927.0),
        *(DAY, datetime.datetime(2023, 1, 1, 9), pd.Timestamp(DAY), np.datetime64(DAY)),
    ],
)
def test_day_however_it_is_written(written):
    assert value_of(pd.DataFrame([one(valid_from=written)]), "valid_from") == DAY


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        *(("beds", "1,200", 1200), ("beds", 12.0, 12), ("beds", np.int64(3), 3)),
        *(("lon", "121.4", 121.4), ("is_class", "否", False), ("note", 12.0, "12")),
    ],
)
def test_value_however_it_is_written(name, written, meant):
    points = {"lon": "121.4", "lat": "28.6", "crs": "WGS-84"} if name == "lon" else {}
    assert value_of(pd.DataFrame([one(**{**points, name: written})]), name) == meant


@pytest.mark.parametrize(
    ("name", "written"),
    [
        *(("beds", 12.5), ("beds", "many"), ("beds", True), ("beds", 2**70)),
        *(("valid_from", "soon"), ("valid_from", True), ("is_class", 3), ("lon", "121°")),
    ],
)
def test_value_that_cannot_be_read_names_its_cell(name, written):
    frame = pd.DataFrame([one(), one(id="F2", **{name: written})])
    with speaking("en"), pytest.raises(OptionError, match=f"row 2 of the column {name}"):
        from_frames(frame)


def test_arrow_table_is_read_as_a_frame_is():
    rows = [one(valid_from="2023-01-01", beds="12")]
    assert value_of(pa.Table.from_pylist(rows), "valid_from") == DAY
    with pytest.raises(OptionError):
        from_frames(pa.Table.from_pylist([one(beds=12.5)]))


def test_numbers_are_ids_also_where_one_is_missing():
    """Pandas makes floats of whole numbers beside an empty cell."""
    nodes = pd.DataFrame([one(id=1), one(id=2)])
    links = pd.DataFrame([{"source": 1.0, "relation": "REFERS_UP_TO", "target": 2.0}])
    net = from_frames(nodes, links)
    assert net.tables[1]["target"].to_pylist() == ["2"]
    assert net.find(1) == "1"


@pytest.mark.parametrize("given", ["network.xlsx", [one()], 5, {"id": "F1"}])
def test_what_is_no_frame_is_said(given):
    with pytest.raises(OptionError, match=type(given).__name__):
        from_frames(given)


@pytest.mark.parametrize("given", ["network.xlsx", None, 5, pd.DataFrame(), ["甲县"]])
@pytest.mark.parametrize(
    "ask",
    [
        mg.coverage.gaps,
        mg.coverage.served,
        mg.dispatch.quota,
        lambda net: mg.referrals.path(net, "F1"),
        lambda net: mg.policy.audit(net, "urban-2023"),
    ],
)
def test_question_asked_of_something_else_says_so(ask, given):
    with pytest.raises(OptionError, match=type(given).__name__):
        ask(given)
