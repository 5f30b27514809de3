"""Parquet keeps a network whole, checked or taken over as it is."""

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import medgraph as mg
from medgraph.errors import SourceError
from medgraph.loaders.formats import parquet
from medgraph.loaders.registry import load
from medgraph.loaders.samples.synthetic import synthetic


def test_what_was_written_is_read(tmp_path):
    """Checked or not, what comes back equals what was written, meta included."""
    for net in (mg.samples.taizhou(), synthetic(defects=["closed_target"])):
        mg.write(net, tmp_path / "net.parquet")
        assert mg.read(tmp_path / "net.parquet") == net
        assert parquet.read_parquet(tmp_path / "net.parquet", validate=False) == net


def test_references_are_stored_as_dictionaries(tmp_path):
    """Each id stands once in a column of references, however many links there are."""
    parquet.write(synthetic(), tmp_path / "net.parquet")
    stored = pq.read_table(tmp_path / "net.parquet" / "links.parquet")
    assert pa.types.is_dictionary(stored.schema.field("source").type)


def test_the_ends_of_links_are_numbers_of_the_nodes(tmp_path):
    """Both ends share the column of ids as their dictionary, so that reading looks nothing up."""
    net = synthetic()
    parquet.write(net, tmp_path / "net.parquet")
    nodes, links, _ = parquet.read_tables(tmp_path / "net.parquet")
    for end in ("source", "target"):
        assert links[end].chunk(0).dictionary.equals(nodes["id"].chunk(0))
    read = parquet.read_parquet(tmp_path / "net.parquet", validate=False)
    for mine, theirs in zip(read.index.ends, net.index.ends, strict=True):
        assert mine.tolist() == theirs.tolist()


def test_a_fault_is_found_only_by_checking(tmp_path):
    """A double id is refused by a checked reading, with the sentence of the check."""
    nodes, edges = synthetic().tables
    other = nodes.slice(0, 1)
    other = other.set_column(nodes.column_names.index("name"), "name", pa.array(["another"]))
    parquet.write(
        mg.MedicalNetwork(pa.concat_tables([nodes, other]), edges),
        tmp_path / "net.parquet",
    )
    with pytest.raises(SourceError, match="E010"):
        parquet.read_parquet(tmp_path / "net.parquet")
    with pytest.raises(SourceError):
        mg.read(tmp_path / "net.parquet")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda f: f.unlink(),
        lambda f: f.write_bytes(b"PAR1"),
        lambda f: f.write_bytes(f.read_bytes()[:-90]),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, spoil):
    """A missing, foreign or cut file is named."""
    parquet.write(synthetic(), tmp_path / "net.parquet")
    spoil(tmp_path / "net.parquet" / "links.parquet")
    with pytest.raises(SourceError, match=r"links\.parquet"):
        parquet.read_parquet(tmp_path / "net.parquet")


def test_a_newer_format_is_refused(tmp_path):
    """A file of a later version says so instead of being misread."""
    parquet.write(synthetic(), tmp_path / "net.parquet")
    file = tmp_path / "net.parquet" / "nodes.parquet"
    pq.write_table(pq.read_table(file).replace_schema_metadata({"medgraph.version": "99"}), file)
    with pytest.raises(SourceError, match="99"):
        parquet.read_parquet(tmp_path / "net.parquet")


def test_dictionaries_are_checked_like_text(tmp_path):
    """Unclean, dangling and unknown entries of dictionaries are found as in plain text."""
    nodes, edges = synthetic().tables
    targets = edges["target"].to_pylist()
    targets[:3] = ["nobody", f" {targets[1]}　", targets[2]]
    spoilt = edges.set_column(edges.column_names.index("target"), "target", pa.array(targets))
    parquet.write(mg.MedicalNetwork(nodes, spoilt), tmp_path / "net.parquet")
    found = parquet.load(tmp_path / "net.parquet")
    assert [p.code for p in found.problems] == ["E040"]
    lenient = parquet.load(tmp_path / "net.parquet", lenient=True)
    assert lenient.left_out == 1
    assert lenient.network == mg.MedicalNetwork(nodes, edges.slice(1))


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [
        ("beds", pa.array(["many"]), "E012"),
        ("beds", pa.array([[1]], pa.list_(pa.int64())), "E012"),
        ("beds", pa.array([b"\xff"]), "E012"),
        ("valid_from", pa.array(["soon"]), "E013"),
        ("is_class", pa.array(["perhaps"]), "E031"),
        ("specialties", pa.array([["x", "y"]]), ""),
        ("note", pa.array([{"a": 1}]), ""),
        ("note", pa.array([b"\xff"]), "E017"),
        ("note", pa.array([b"x"]), ""),
    ],
)
def test_columns_of_another_type_are_read_or_told(tmp_path, name, values, code):
    """What another program has written into our folder: lists, texts for numbers, bytes."""
    frame = pd.DataFrame([{"id": "H1", "kind": "Facility", "name": "甲医院"}])
    mg.write(mg.MedicalNetwork.from_frames(frame), tmp_path / "net.parquet")
    file = tmp_path / "net.parquet" / "nodes.parquet"
    table = pq.read_table(file)
    pq.write_table(table.append_column(name, values), file)
    loaded = load(tmp_path / "net.parquet")
    assert [found.code for found in loaded.errors] == [code] * bool(code)
    if name == "specialties":
        assert loaded.require().nodes()["specialties"].tolist() == ["x|y"]


@pytest.mark.parametrize("part", ["nodes", "links"])
def test_columns_that_are_missing_or_there_twice_are_told(tmp_path, part):
    mg.write(mg.samples.taizhou(), tmp_path / "net.parquet")
    file = tmp_path / "net.parquet" / f"{part}.parquet"
    whole = pq.read_table(file)
    for name in {"nodes": ("id", "kind", "name"), "links": ("source", "relation", "target")}[part]:
        pq.write_table(whole.drop_columns([name]), file)
        assert "E011" in {found.code for found in load(tmp_path / "net.parquet").errors}
    pq.write_table(whole.append_column(whole.column_names[1], whole.column(0)), file)
    with pytest.raises(SourceError, match="E032"):
        load(tmp_path / "net.parquet")
