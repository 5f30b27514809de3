"""A snapshot opens compiled, equals what was written, and is refused where it is damaged or out of date."""

import os

import numpy as np
import pyarrow as pa
import pytest

import medgraph as mg
from medgraph.errors import SourceError, TargetError
from medgraph.loaders.declare import declare
from medgraph.loaders.formats import snapshot
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.words.vocabularies import RELATIONS


def test_what_was_written_is_opened(tmp_path):
    """A real plan, made-up networks, one without links and an empty one come back equal."""
    whole = synthetic(defects=["closed_target", "loop"])
    for net in (
        mg.samples.taizhou(),
        whole,
        mg.MedicalNetwork.from_frames(whole.tables[0]),
        mg.MedicalNetwork.from_frames(None),
        synthetic(nodes=500),
    ):
        mg.write(net, tmp_path / "net.mgz")
        assert mg.read(tmp_path / "net.mgz") == net


def test_what_was_compiled_is_what_the_tables_say(tmp_path):
    """Positions, links and minutes of a snapshot are those that its own tables compile to."""
    mg.write(synthetic(nodes=2_000), tmp_path / "net.mgz")
    opened = mg.read(tmp_path / "net.mgz")
    fresh = mg.MedicalNetwork(*opened.tables, opened.meta)
    assert opened.index.ids.equals(fresh.index.ids)
    for relation in RELATIONS:
        for one, other in zip(
            vars(opened.index.links(relation)).values(),
            vars(fresh.index.links(relation)).values(),
            strict=True,
        ):
            assert np.array_equal(one, other)
        assert (
            opened.index.link_values(relation, "minutes").to_pylist()
            == fresh.index.link_values(relation, "minutes").to_pylist()
        )


def test_an_opened_network_can_be_changed(tmp_path):
    """Changes work on an opened snapshot as on the network it was made from."""
    net = synthetic()
    mg.write(net, tmp_path / "net.mgz")
    opened = mg.read(tmp_path / "net.mgz")
    id = net.tables[0]["id"][250].as_py()
    assert opened.without(id) == net.without(id)
    assert opened.ended(id).as_of("2025-08-01") == net.ended(id).as_of("2025-08-01")


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.01, 0.3, 0.6, 0.99, 0.9999])
def test_a_damaged_byte_is_recognised(tmp_path, share):
    """One byte turned anywhere that holds data is refused, with what to do."""
    file = tmp_path / "net.mgz"
    mg.write(synthetic(), file)
    content = bytearray(file.read_bytes())
    content[int(share * len(content))] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(SourceError, match="convert"):
        snapshot.read_snapshot(file)


@pytest.mark.parametrize("kept", [0, 5, 12, 500, 40_000])
def test_a_cut_file_is_recognised(tmp_path, kept):
    """A file cut short anywhere is refused, with what to do."""
    file = tmp_path / "net.mgz"
    mg.write(synthetic(), file)
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(SourceError, match="convert"):
        snapshot.read_snapshot(file)


def test_a_changed_source_makes_a_snapshot_stale(tmp_path):
    """A snapshot that knows its source is refused once that has changed, and fine again when made anew."""
    net = synthetic()
    mg.write(net, tmp_path / "net.parquet")
    mg.write(net, tmp_path / "net.mgz", made_from=tmp_path / "net.parquet")
    assert mg.read(tmp_path / "net.mgz") == net
    os.utime(tmp_path / "net.parquet" / "links.parquet", (1, 1))
    with pytest.raises(SourceError, match="convert"):
        mg.read(tmp_path / "net.mgz")
    snapshot.write_snapshot(net, tmp_path / "net.mgz", source=tmp_path / "net.parquet")
    assert mg.read(tmp_path / "net.mgz") == net


@pytest.mark.parametrize("target", [None, "other.mgz"])
def test_a_snapshot_declared_in_stays_made_from_its_source(tmp_path, target):
    """What is declared in it does not make it newer than the source that has changed since."""
    net = synthetic()
    mg.write(net, tmp_path / "net.parquet")
    mg.write(net, tmp_path / "net.mgz", made_from=tmp_path / "net.parquet")
    written = tmp_path / (target or "net.mgz")
    declare(tmp_path / "net.mgz", "派驻", "complete", by="市卫健委", output=target and written)
    assert mg.read(written).completeness("links.DISPATCHES").by == "市卫健委"
    os.utime(tmp_path / "net.parquet" / "links.parquet", (1, 1))
    with pytest.raises(SourceError, match="convert"):
        mg.read(written)


def test_another_version_is_refused(tmp_path, monkeypatch):
    """A snapshot of another version of the format is not guessed at."""
    monkeypatch.setattr(snapshot, "VERSION", 99)
    mg.write(synthetic(), tmp_path / "net.mgz")
    monkeypatch.undo()
    with pytest.raises(SourceError, match="99"):
        mg.read(tmp_path / "net.mgz")


def test_links_to_nowhere_are_not_compiled(tmp_path):
    """A network whose links point to ids that are not there makes no snapshot."""
    nodes, edges = synthetic().tables
    with pytest.raises(TargetError):
        mg.write(mg.MedicalNetwork(nodes.slice(300), edges), tmp_path / "net.mgz")
    assert not (tmp_path / "net.mgz").exists()


def crafted(tmp_path, net, **changes):
    """Write a snapshot whose sections and header are changed and whose checksums fit."""
    parts, rows = snapshot._parts(net)
    header = {"rows": rows, **changes.pop("header", {})}
    with pytest.MonkeyPatch.context() as patch:
        changed = parts | {name.replace("__", "."): part for name, part in changes.items()}
        patch.setattr(snapshot, "_parts", lambda _: (changed, header["rows"]))
        snapshot.write_snapshot(net, tmp_path / "crafted.mgz")
    return tmp_path / "crafted.mgz"


def test_a_place_that_is_not_there_is_refused(tmp_path):
    """Ends behind the last node or before the first, and rows of links that are not there, are no places."""
    net = mg.samples.taizhou()
    parts, rows = snapshot._parts(net)
    ends = np.frombuffer(parts["source"], np.int32)
    assert mg.read(crafted(tmp_path, net)) == net
    for wrong in (len(net.tables[0]), -1, 2**31 - 1):
        bad = ends.copy()
        bad[3] = wrong
        with pytest.raises(SourceError, match="convert"):
            mg.read(crafted(tmp_path, net, source=bad.tobytes()))
    relation, (first, last) = next(iter(rows.items()))
    for span in ([first, last + 1], [1, last], [last, first], [0, 2**40], ["0", last], None):
        with pytest.raises(SourceError, match="convert"):
            mg.read(crafted(tmp_path, net, header={"rows": {**rows, relation: span}}))


def test_an_index_into_a_dictionary_that_is_not_there_is_refused(tmp_path):
    """What the Arrow tables of a snapshot point to is there, or the file is damaged."""
    net = mg.samples.taizhou()
    nodes = pa.ipc.open_file(pa.BufferReader(snapshot._parts(net)[0]["nodes"])).read_all()
    kinds = nodes["kind"].combine_chunks().dictionary_encode()
    wild = pa.DictionaryArray.from_arrays(
        pa.array([10_000] * len(nodes), pa.int32()), kinds.dictionary, safe=False
    )
    sink = pa.BufferOutputStream()
    table = nodes.set_column(nodes.column_names.index("kind"), "kind", wild)
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    with pytest.raises(SourceError, match="convert"):
        mg.read(crafted(tmp_path, net, nodes=sink.getvalue()))


def test_no_path_of_the_machine_is_in_a_snapshot(tmp_path):
    """Where the source lies is told as seen from the snapshot."""
    net = synthetic()
    (tmp_path / "out").mkdir()
    mg.write(net, tmp_path / "net.parquet")
    mg.write(net, tmp_path / "out" / "net.mgz", made_from=tmp_path / "net.parquet")
    content = (tmp_path / "out" / "net.mgz").read_bytes()
    assert str(tmp_path).encode() not in content
    assert b'"../net.parquet"' in content
