"""Every format gives back what was written, origins included, and refuses what is not its own."""

from __future__ import annotations

import json

import networkx as nx
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from medgraph import errors
from medgraph.graphmodel.schema import ENDS, TABLES
from medgraph.loaders import read, write
from medgraph.loaders.registry import format_of_target, load
from tests.strategies import networks

TARGETS = {
    "csv": "net",
    "workbook": "net.xlsx",
    "nodelink": "net.json",
    "graphml": "net.graphml",
    "parquet": "net.parquet",
    "snapshot": "net.mgz",
    "fhir": "net.fhir.json",
    "fhir lines": "net.fhir.ndjson",
    "dhis2": "net.dhis2.json",
    "gexf": "net.gexf",
    "geopackage": "net.gpkg",
    "gml": "net.gml",
    "pajek": "net.net",
    "edges": "net.edges.csv",
    "edges of a workbook": "net.edges.xlsx",
}


@pytest.fixture(params=TARGETS, scope="module")
def target(request, tmp_path_factory):
    """A path that asks for one format."""
    return tmp_path_factory.mktemp(request.param) / TARGETS[request.param]


@settings(max_examples=20)
@given(net=networks())
def test_read_what_was_written(target, net):
    """What a format can hold of whatever network comes back, and all else is counted.

    The new file takes the place of the old one. Rows that come back and rows lost are all rows.
    """
    losses = write(net, target)
    found = read(target)
    assert found == part_held(target, net)
    lost = {row.what: row.count for row in losses.rows} if losses else {}
    rows = sum(
        n
        for what, n in lost.items()
        if what in TABLES.keys() - {"meta"} or what.removeprefix("links.") in ENDS
    )
    assert sum(map(len, found.tables)) + rows == sum(map(len, net.tables))
    if ".fhir" not in target.name:  # there an extension holds what FHIR itself cannot say
        assert bool(lost) == (found != net) or {*lost} <= {"facilities.geometry", "areas.geometry"}


def part_held(target, net):
    """All of a network, or what the files of a lossy format say of it."""
    found = format_of_target(target)
    return found.code.part_held(net).network if found.lossy else net


def test_the_sample(target, taizhou):
    """A whole plan goes through every format, with the account of its rows."""
    write(taizhou, target)
    loaded = load(target)
    assert loaded.network == part_held(target, taizhou)
    assert loaded.rows_in == loaded.loaded
    if ".fhir" not in target.name:  # which counts resources, not rows
        assert loaded.loaded == sum(map(len, loaded.network.tables))
    if loaded.network != taizhou or ".fhir" in target.name:
        return
    assert (loaded.rows_in, loaded.loaded, loaded.left_out) == (
        68 + 8 + 43 + 20 + 2 + 4 + 19 + 4 + 4 + 354,
    ) * 2 + (0,)


def test_networkx_reads_node_link(taizhou, tmp_path):
    """Node-link JSON is networkx's own form."""
    write(taizhou, tmp_path / "net.json")
    graph = nx.node_link_graph(
        json.loads((tmp_path / "net.json").read_text(encoding="utf-8")), edges="edges"
    )
    assert (len(graph), graph.number_of_edges()) == (172, 354)
    assert graph.nodes["331003003000"]["name"] == "西城街道"


def test_gephi_shows_names(taizhou, tmp_path):
    """GraphML has a label for every node, and days and numbers have types."""
    write(taizhou, tmp_path / "net.graphml")
    graph = nx.read_graphml(tmp_path / "net.graphml")
    assert graph.nodes["TZ-H02"]["label"] == "台州市中心医院"
    assert graph.nodes["331003003000"]["tile_x"] == 5


@pytest.mark.parametrize("version", [2, 0, "x", None, 1.5])
def test_another_version_is_refused(taizhou, tmp_path, version):
    """A file of a later or unknown version is refused in words, in every format that carries one."""
    for name in ("net.json", "net.graphml", "net.parquet"):
        write(taizhou, tmp_path / name)
        _restate(tmp_path / name, version)
        with pytest.raises(errors.SourceError, match=r"版本|version"):
            read(tmp_path / name)


def test_a_later_folder_of_csv_is_refused(taizhou, tmp_path):
    """The version stands in the table of statements, too."""
    write(taizhou, tmp_path / "net")
    meta = tmp_path / "net/meta.csv"
    meta.write_text(meta.read_text("utf-8").replace("medgraph 1", "medgraph 2"), encoding="utf-8")
    with pytest.raises(errors.SourceError, match=r"版本|version"):
        read(tmp_path / "net")


def _restate(path, version):
    """Let a stored file state another version."""
    if path.suffix == ".parquet":
        for file in path.glob("*.parquet"):
            table = pq.read_table(file)
            head = table.schema.metadata | {b"medgraph.version": str(version).encode()}
            pq.write_table(table.replace_schema_metadata(head), file)
    elif path.suffix == ".json":
        path.write_text(
            json.dumps(json.loads(path.read_text("utf-8")) | {"version": version}), encoding="utf-8"
        )
    else:
        graph = nx.read_graphml(path, force_multigraph=True)
        graph.graph = {
            "medgraph": json.dumps(json.loads(graph.graph["medgraph"]) | {"version": version})
        }
        nx.write_graphml_xml(graph, path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{"),
        ("a.json", b"[]"),
        ("a.json", b'{"nodes": [], "links": []}'),
        ("a.json", b"\xff\xfe\xff"),
        ("a.json", b'{"format": "medgraph", "version": 1, "nodes": [1], "edges": []}'),
        ("a.json", b'{"format": "medgraph", "version": 1}'),
        ("a.json", b"[" * 100_000),
        ("a.graphml", b"<graphml"),
        ("a.graphml", b"<a/>"),
        (
            "a.graphml",
            b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id="a"/></graph></graphml>',
        ),
    ],
)
def test_another_file_is_refused(tmp_path, name, content):
    """What is no file of ours is refused with a sentence that names it."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(errors.SourceError, match=name):
        read(tmp_path / name)


def test_half_a_parquet_folder_is_refused(taizhou, tmp_path):
    """A folder that lost one of its two files is no network without links."""
    write(taizhou, tmp_path / "net.parquet")
    (tmp_path / "net.parquet/links.parquet").unlink()
    with pytest.raises(errors.SourceError, match=r"links\.parquet"):
        read(tmp_path / "net.parquet")


def test_values_of_the_wrong_type_are_problems(tmp_path):
    """A number that is a word, a day that is none: each is named, none stops the reading of the others."""
    rows = [
        {"id": "A", "kind": "Facility", "name": "甲", "beds": "many", "valid_from": "2023-02-30"},
        {"id": "B", "kind": "Facility", "name": "乙", "beds": 30, "is_class": "maybe"},
        {"id": "C", "kind": "Facility", "name": "丙", "beds": 30.0},
    ]
    (tmp_path / "a.json").write_text(
        json.dumps(
            {
                "format": "medgraph",
                "version": 1,
                "nodes": rows,
                "edges": [{"source": "B", "relation": "RUN_BY", "target": "C"}],
            }
        ),
        encoding="utf-8",
    )
    loaded = load(tmp_path / "a.json")
    assert loaded.network is None
    assert {(p.code, p.value) for p in loaded.errors} == {
        ("E012", "many"),
        ("E013", "2023-02-30"),
        ("E031", "maybe"),
    }
    assert (loaded.rows_in, loaded.left_out) == (4, 4)
    lenient = load(tmp_path / "a.json", lenient=True)
    assert sorted(lenient.network.nodes().index) == ["A", "C"]  # a number and a day cost a cell
    assert lenient.left_nodes.doubtful == {"A"}
    assert (lenient.rows_in, lenient.loaded, lenient.left_out) == (4, 2, 2)
