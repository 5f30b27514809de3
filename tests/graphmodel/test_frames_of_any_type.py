"""Columns as other programs write them: categories, bytes, lists, long texts, days in any type."""

from __future__ import annotations

import datetime
import decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import medgraph as mg
from medgraph.errors import OptionError
from medgraph.loaders import load

PLAIN = {"id": ["A", "B"], "kind": ["Facility"] * 2, "name": ["x", "y"], "odd": ["1", "2"]}
LINKS = {"source": ["A"], "relation": ["REFERS_UP_TO"], "target": ["B"]}
TEXTS = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.string_view())


def of_type(values, type_, encoded):
    """These texts as a column of a type, as a dictionary where that is asked for."""
    raw = [text.encode() for text in values] if "binary" in str(type_) else values
    column = pa.array(raw, type_)
    return column.dictionary_encode() if encoded else column


def kept(folder, nodes):
    """Write these nodes and a link as a network in Parquet."""
    for part, table in (("nodes", nodes), ("links", pa.table(LINKS))):
        ours = table.replace_schema_metadata({"medgraph.version": "1"})
        pq.write_table(ours, folder / f"{part}.parquet")


@pytest.mark.parametrize("encoded", [False, True])
@pytest.mark.parametrize("type_", TEXTS, ids=str)
@pytest.mark.parametrize("name", PLAIN)
def test_texts_of_every_type_are_texts(tmp_path, name, type_, encoded):
    table = pa.table({**PLAIN, name: of_type(PLAIN[name], type_, encoded)})
    assert mg.MedicalNetwork.from_frames(table).tables[0][name].to_pylist() == PLAIN[name]
    if "view" in str(type_):  # a Parquet file holds none
        return
    kept(tmp_path, table)
    assert load(tmp_path).require().tables[0][name].to_pylist() == PLAIN[name]


def test_bytes_that_are_no_text_are_told_by_their_cell(tmp_path):
    table = pa.table({**PLAIN, "odd": pa.array([b"1", b"\xff"])})
    with pytest.raises(OptionError, match=r"2.*odd"):
        mg.MedicalNetwork.from_frames(table)
    kept(tmp_path, table)
    assert any("odd" in str(found) for found in load(tmp_path).problems)


@pytest.mark.parametrize("encoded", [False, True])
@pytest.mark.parametrize(
    "value", [True, 7, 1.5, 2.0, datetime.date(2023, 10, 25), decimal.Decimal("1.50")]
)
def test_a_frame_and_a_file_say_the_same_of_what_is_no_text(tmp_path, value, encoded):
    column = pa.array([value, None])
    table = pa.table({**PLAIN, "odd": column.dictionary_encode() if encoded else column})
    kept(tmp_path, table)
    net = mg.MedicalNetwork.from_frames(table)
    assert load(tmp_path).require().tables[0]["odd"].equals(net.tables[0]["odd"])


def test_a_list_that_pandas_read_from_a_file_is_several():
    cell = np.array(["儿科", None, "产科"], object)
    frame = pd.DataFrame({**PLAIN, "specialties": [cell, np.array([], object)]})
    net = mg.MedicalNetwork.from_frames(frame)
    assert net.tables[0]["specialties"].to_pylist() == ["儿科|产科", None]


@pytest.mark.parametrize("make", [pd.DataFrame, lambda columns: pa.table(dict(columns))])
def test_a_list_of_texts_is_several(make):
    net = mg.MedicalNetwork.from_frames(make({**PLAIN, "specialties": [["儿科", "产科"], []]}))
    assert net.nodes()["specialties"].tolist()[0] == "儿科|产科"


def test_categories_are_texts():
    frame = pd.DataFrame(PLAIN).astype("category")
    assert mg.MedicalNetwork.from_frames(frame).tables[0]["id"].to_pylist() == ["A", "B"]
