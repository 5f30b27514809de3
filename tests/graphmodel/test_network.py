"""A network never changes, knows its days, finds its nodes by name, and refuses what is wrong."""

from __future__ import annotations

import datetime
import json
import pickle
import tempfile
from pathlib import Path

import networkx as nx
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import medgraph as mg
from medgraph.errors import OptionError, SourceError, TooLargeError, UnknownIdError
from medgraph.graphmodel import network
from medgraph.graphmodel.network import MedicalNetwork
from tests.graphmodel.small_network import small
from tests.strategies import DAYS, networks

MODEST = settings(max_examples=30)


# -- laws on generated networks ------------------------------------------------------------------


@MODEST
@given(networks())
def test_networkx_and_back(net):
    """A networkx copy holds all that the network holds, meta and origins included."""
    assert MedicalNetwork.from_networkx(net.to_networkx()) == net
    assert MedicalNetwork.from_networkx(net.to_networkx(days_as_text=False)) == net
    assert MedicalNetwork.from_networkx(net.to_networkx(ascii_names=False)) == net


WRITERS = {
    "graphml": (nx.write_graphml_xml, lambda path: nx.read_graphml(path, force_multigraph=True)),
    "gexf": (nx.write_gexf, nx.read_gexf),
    "gml": (nx.write_gml, nx.read_gml),
    "json": (
        lambda graph, path: path.write_text(json.dumps(nx.node_link_data(graph, edges="edges"))),
        lambda path: nx.node_link_graph(json.loads(path.read_text()), edges="edges"),
    ),
    "pickle": (
        lambda graph, path: path.write_bytes(pickle.dumps(graph)),
        lambda path: pickle.loads(path.read_bytes()),
    ),
}


@pytest.mark.parametrize("form", WRITERS)
def test_networkx_writes_the_copy(form, tmp_path):
    """Days, shares, columns of one's own and dotted statements survive the writers of networkx itself."""
    nodes = [
        {"id": "F", "kind": "Facility", "name": "甲院", "beds": 3, "lon": 121.5, "自定列": "a"},
        {"id": "G", "kind": "Group", "name": "一集团", "type": "urban_medical_group"},
    ]
    nodes[1]["valid_from"] = datetime.date(2020, 1, 1)
    links = [{"source": "F", "relation": "LEADS", "target": "G", "valid_to": "2030-12-31"}]
    meta = {"links.complete": "complete", "data_day": "2024-01-01"}
    net = MedicalNetwork.from_frames(pd.DataFrame(nodes), pd.DataFrame(links), meta)
    write, read = WRITERS[form]
    graph = net.to_networkx()
    write(graph, tmp_path / "graph")
    again = read(tmp_path / "graph")
    wanted = {id: {**data} for id, data in graph.nodes(data=True)}
    found = {
        id: {key: value for key, value in data.items() if key in wanted[id]}
        for id, data in again.nodes(data=True)
    }
    assert found == wanted
    if form != "gexf":  # whose reader adds labels and a mode
        assert MedicalNetwork.from_networkx(again) == net


@settings(max_examples=10)
@given(networks())
def test_networkx_writes_whatever_a_network_holds(net):
    """Columns of any name, those of networkx's own arguments included; no option is needed."""
    graph = net.to_networkx()
    with tempfile.TemporaryDirectory() as folder:
        for form, (write, read) in WRITERS.items():
            path = Path(folder) / form
            write(graph, path)
            again = read(path)
            assert len(again) == len(net.tables[0])
            if form != "gexf":
                assert MedicalNetwork.from_networkx(again) == net


def test_networkx_writes_a_real_plan_as_gml(taizhou, tmp_path):
    """Its declarations have dotted names, its truth values come back as 1 and 0."""
    nx.write_gml(taizhou.to_networkx(), tmp_path / "plan.gml")
    assert MedicalNetwork.from_networkx(nx.read_gml(tmp_path / "plan.gml")) == taizhou


def test_attributes_have_their_own_names_where_that_is_asked():
    nodes = [{"id": "F", "kind": "Facility", "name": "甲院", "自定列": "a", "beds": 3}]
    net = MedicalNetwork.from_frames(pd.DataFrame(nodes), None)
    assert net.to_networkx(ascii_names=False).nodes["F"]["自定列"] == "a"
    packed = net.to_networkx().nodes["F"]
    assert (packed["beds"], json.loads(packed["medgraph_more"])) == (3, {"自定列": "a"})


@MODEST
@given(networks())
def test_frames_and_back(net):
    """The frames that users get hold all that the network holds."""
    edges = net.edges().drop(columns="id" if "id" not in net.tables[1].column_names else [])
    assert MedicalNetwork.from_frames(net.nodes(), edges, net.meta) == net


@MODEST
@given(networks(), st.randoms(use_true_random=False))
def test_order_means_nothing(net, random):
    """Two networks with the same rows in another order are equal."""
    nodes, edges = net.tables
    orders = (
        pa.array(random.sample(range(len(table)), len(table)), pa.int64())
        for table in (nodes, edges)
    )
    shuffled = [table.take(order) for table, order in zip((nodes, edges), orders, strict=True)]
    assert MedicalNetwork(*shuffled, net.meta) == net


@MODEST
@given(networks(), DAYS)
def test_as_of_twice_is_once(net, day):
    """Asking for the same day again changes nothing; every fact of a day is a fact of the whole."""
    once = net.as_of(day)
    assert once.as_of(day) == once
    assert set(once.nodes().index) <= set(net.nodes().index)
    assert len(once.edges()) <= len(net.edges())
    assert once.data_day == day


@MODEST
@given(networks(), DAYS, DAYS)
def test_open_facts_stay(net, one, other):
    """What has begun and has no last day holds on every later day."""
    early, late = sorted((one, other))
    nodes = net.as_of(early).nodes()
    if "valid_to" in nodes:
        nodes = nodes[nodes.valid_to.isna()]
    assert set(nodes.index) <= set(net.as_of(late).nodes().index)


@MODEST
@given(networks(), DAYS)
def test_no_link_dangles_on_any_day(net, day):
    """On every day both ends of every link are there."""
    then = net.as_of(day)
    edges, ids = then.edges(), set(then.nodes().index)
    assert {*edges.source, *edges.target} <= ids


@MODEST
@given(networks(), st.data())
def test_without(net, data):
    """Without a node: it and its links are gone, nothing else is."""
    ids = list(net.nodes().index)
    if not ids:
        return
    gone = data.draw(st.sampled_from(ids))
    rest, edges = net.without(gone), net.edges()
    assert set(rest.nodes().index) == set(ids) - {gone}
    assert len(rest.edges()) == len(edges[(edges.source != gone) & (edges.target != gone)])


@MODEST
@given(networks(), DAYS, st.data())
def test_ending_deletes_nothing(net, day, data):
    """Whatever ends, every row is still there, and every day before is as it was."""
    lasting = net.nodes()
    if "valid_to" in lasting:
        lasting = lasting[lasting.valid_to.isna()]
    if "valid_from" in lasting:
        lasting = lasting[lasting.valid_from.isna()]
    if lasting.empty:
        return
    id = data.draw(st.sampled_from(list(lasting.index)))
    ended = net.ended(id, on=day)
    assert (len(ended.nodes()), len(ended.edges())) == (len(net.nodes()), len(net.edges()))
    assert id not in ended.as_of(day).nodes().index
    before = day - datetime.timedelta(days=1)
    assert set(ended.as_of(before).nodes().index) == set(net.as_of(before).nodes().index)
    assert list(ended.as_of(before).edges().id.sort_values()) == list(
        net.as_of(before).edges().id.sort_values()
    )


@MODEST
@given(networks())
def test_edge_ids_are_unique(net):
    """Every link has an id of its own, twins too."""
    assert net.edges().id.is_unique


@MODEST
@given(networks())
def test_what_is_handed_out_is_a_copy(net):
    """Writing into a frame or a graph does not reach the network."""
    before = repr(net), [table.to_pylist() for table in net.tables]
    frame, graph = net.nodes(), net.to_networkx()
    frame.loc["new", "name"] = "x"
    graph.add_node("new", name="x")
    graph.graph["title"] = "x"
    assert (repr(net), [table.to_pylist() for table in net.tables]) == before
    with pytest.raises(TypeError):
        net.meta["title"] = "x"


# -- finding and refusing ------------------------------------------------------------------------


def test_find():
    """A reference means an id, then a name, then a short name or alias; kind and area narrow it."""
    net = small()
    assert net.find("F") == "F"
    assert net.find("一集团") == "G1"
    assert net.find("老甲") == net.find("甲院") == "F"
    assert net.find("甲卫生院", area="331002") == "E"
    with pytest.raises(UnknownIdError, match="甲卫生院（F）、甲卫生院（E）"):
        net.find("甲卫生院")
    with pytest.raises(UnknownIdError):
        net.find("甲", kind="Group")


@pytest.mark.parametrize(
    ("reference", "id"),
    [
        ("乙镇 中心卫生院", "B"),
        ("乙鎮中心衛生院", "B"),
        ("乙镇中心卫生院（公立）", "B"),
        ("乙镇中心乡镇卫生院", "B"),
        ("丙街社区卫生服务中心", "C"),
        ("丙街社卫中心", "C"),
        ("331002", "331002000000"),
        ("12330000470051726f", "B"),
    ],
)
def test_find_takes_a_name_however_it_is_written(reference, id):
    """Blanks, characters, brackets and endings do not hide a name; codes are found in any form."""
    assert written_in_full().find(reference) == id


@pytest.mark.parametrize("reference", ["浙江省乙镇中心卫生院", "丁镇中心卫生院", "中心卫生院"])
def test_find_takes_no_name_that_is_only_alike(reference):
    """What no certain rule covers is refused, and the nearest are named, most like first."""
    with pytest.raises(
        UnknownIdError, match=r"最接近：乙镇中心卫生院（B）、丙街社区卫生服务中心（C）"
    ):
        written_in_full().find(reference, kind="Facility")


def test_find_takes_the_names_that_a_comparison_of_records_takes():
    """The certain rules of the one matcher decide in `find` as in a list of names."""
    net = written_in_full()
    for written in ("乙镇 中心卫生院", "乙鎮中心衛生院", "丙街社卫中心", "331002"):
        assert net.names().match(written).id == net.find(written)


def test_a_path_is_asked_by_the_name_that_flows_take(taizhou):
    """A question about one facility takes its name in any writing, as a comparison of flows does."""
    written = "臺州市第一人民醫院"
    assert mg.referrals.path(taizhou, written).frame.equals(
        mg.referrals.path(taizhou, "TZ-H03").frame
    )
    with pytest.raises(UnknownIdError, match="最接近"):
        mg.referrals.path(taizhou, "台州市第九人民医院")


def written_in_full() -> MedicalNetwork:
    nodes = [
        {"id": "B", "kind": "Facility", "name": "乙镇中心卫生院", "uscc": "12330000470051726F"},
        {"id": "C", "kind": "Facility", "name": "丙街社区卫生服务中心"},
        {"id": "331002000000", "kind": "Area", "name": "甲区"},
    ]
    return MedicalNetwork.from_frames(pd.DataFrame(nodes))


def test_double_ids_and_loose_ends_are_refused():
    """No network is built from frames that contradict themselves; every problem is named."""
    nodes = pd.DataFrame({"id": ["A", "A"], "kind": "Facility", "name": ["甲", "乙"]})
    edges = pd.DataFrame({"source": ["A"], "relation": ["RUN_BY"], "target": ["B"]})
    with pytest.raises(SourceError) as refused:
        MedicalNetwork.from_frames(nodes, edges)
    assert {p.code for p in refused.value.problems} >= {"E010", "E040"}


def test_the_same_row_of_a_frame_twice_is_one_and_told():
    """Word for word the same: one node, and a warning that names both rows."""
    nodes = pd.DataFrame({"id": ["A", "B", "A"], "kind": "Facility", "name": ["甲", "乙", "甲"]})
    with pytest.warns(UserWarning, match=r"nodes\[3\].*nodes\[1\]"):
        net = MedicalNetwork.from_frames(nodes)
    assert net.nodes().index.tolist() == ["A", "B"]


def test_unknown_words_are_refused():
    """A kind, relation or day that is none is an error that lists what there is."""
    net = small()
    for wrong in (
        lambda: net.nodes("Hospital"),
        lambda: net.edges("KNOWS"),
        lambda: net.as_of("yesterday"),
        lambda: net.to_networkx(relations=["KNOWS"]),
    ):
        with pytest.raises(OptionError):
            wrong()


def test_a_graph_too_large_is_refused(monkeypatch):
    """A networkx copy that would fill the memory is built only when asked for by name."""
    monkeypatch.setattr(network, "_NETWORKX_LIMIT", 3)
    with pytest.raises(TooLargeError):
        small().to_networkx()
    assert len(small().to_networkx(whole=True)) == 7


def test_to_networkx_of_a_part(taizhou):
    """An area's copy holds what lies there, what it links to that has no place, and the links among them."""
    graph = taizhou.to_networkx(area="331004", relations=["MEMBER_OF", "SERVES"])
    assert isinstance(graph, nx.MultiDiGraph)
    assert {"TZ-P07", "331004103000", "G1"} <= set(graph)
    assert not {"TZ-P11", "331002002000"} & set(graph)
    assert {data["relation"] for *_, data in graph.edges(data=True)} == {"MEMBER_OF", "SERVES"}


def test_completeness_falls_back():
    """A part without a declaration has that of the whole; nothing declared is not complete."""
    net = small().with_meta(
        **{"links.complete": "complete", "links.MEMBER_OF.G2.complete": "partial"}
    )
    assert net.completeness("links.MEMBER_OF.G1")
    assert not net.completeness("links.MEMBER_OF.G2")
    assert net.completeness("facilities").state is None


def test_meta_is_clean_text():
    """Statements about the whole are text without blanks at the ends; an empty one is none."""
    net = MedicalNetwork.from_frames(
        pd.DataFrame({"id": [], "kind": [], "name": []}),
        None,
        {"title": " a\r\nb ", "unit": "", "source": None, "count": 3},
    )
    assert dict(net.meta) == {"title": "a\nb", "count": "3"}


def test_repr_html_is_text():
    """What stands in the data never becomes markup."""
    net = small().with_meta(stamp="<script>alert(1)</script>")
    assert "<script" not in net._repr_html_()
