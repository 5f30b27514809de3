"""A network never changes, knows its days, and a change ends facts instead of deleting them."""

from __future__ import annotations

import datetime

import networkx as nx
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.errors import ChangeError, OptionError, SourceError, TooLargeError, UnknownIdError
from medgraph.graphmodel import network
from medgraph.graphmodel.changes import End, Join, Link, Move, Succeed
from medgraph.graphmodel.network import MedicalNetwork
from tests.strategies import DAYS, networks

MODEST = settings(max_examples=30)


def small() -> MedicalNetwork:
    """Two groups and an alliance; F is in G1 since 2020, F was in G0 before."""
    nodes = [
        {
            "id": "F",
            "kind": "Facility",
            "name": "甲卫生院",
            "short_name": "甲院",
            "aliases": "老甲|甲所",
            "area": "331003003000",
        },
        {"id": "E", "kind": "Facility", "name": "甲卫生院", "area": "331002001000"},
        {
            "id": "P",
            "kind": "Facility",
            "name": "新院",
            "status": "planned",
            "valid_from": datetime.date(2030, 1, 1),
        },
        {
            "id": "G0",
            "kind": "Group",
            "name": "旧集团",
            "type": "urban_medical_group",
            "valid_to": datetime.date(2019, 12, 31),
        },
        {"id": "G1", "kind": "Group", "name": "一集团", "type": "urban_medical_group"},
        {"id": "G2", "kind": "Group", "name": "二集团", "type": "urban_medical_group"},
        {"id": "A1", "kind": "Group", "name": "联盟", "type": "specialty_alliance"},
    ]
    edges = [
        {
            "source": "F",
            "relation": "MEMBER_OF",
            "target": "G0",
            "valid_to": datetime.date(2019, 12, 31),
        },
        {
            "source": "F",
            "relation": "MEMBER_OF",
            "target": "G1",
            "valid_from": datetime.date(2020, 1, 1),
        },
        {"source": "F", "relation": "MEMBER_OF", "target": "A1"},
    ]
    return MedicalNetwork.from_frames(
        pd.DataFrame(nodes), pd.DataFrame(edges), {"data_day": "2023-10-25"}
    )


def groups_of(net: MedicalNetwork, id: str, day: str) -> set[str]:
    """The groups that `id` belongs to on `day`."""
    edges = net.as_of(day).edges("MEMBER_OF")
    return set(edges[edges.source == id].target)


# -- laws on generated networks ------------------------------------------------------------------


@MODEST
@given(networks())
def test_networkx_and_back(net):
    """A networkx copy holds all that the network holds, meta and origins included."""
    assert MedicalNetwork.from_networkx(net.to_networkx()) == net


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


# -- changes -------------------------------------------------------------------------------------


def test_moved():
    """A move ends the membership of the same kind the day before and leaves the alliance alone."""
    net = small()
    plan = net.moved("F", to_group="G2", on="2024-01-01")
    assert groups_of(plan, "F", "2023-12-31") == {"G1", "A1"}
    assert groups_of(plan, "F", "2024-01-01") == {"G2", "A1"}
    assert groups_of(plan, "F", "2019-06-01") == {"G0", "A1"}
    assert len(plan.edges()) == len(net.edges()) + 1
    assert groups_of(net, "F", "2024-01-01") == {"G1", "A1"}


def test_moved_on_the_data_day():
    """Without a day a change holds from the data day on."""
    assert groups_of(small().moved("F", to_group="G2"), "F", "2023-10-25") == {"G2", "A1"}
    assert groups_of(small().moved("F", to_group="G2"), "F", "2023-10-24") == {"G1", "A1"}


def test_moved_there_and_back():
    """A move back is a third membership; the days between keep theirs."""
    net = small().applying(
        [Move("F", "G2", datetime.date(2024, 1, 1)), Move("F", "G1", datetime.date(2025, 1, 1))]
    )
    assert [groups_of(net, "F", f"{year}-06-01") for year in (2023, 2024, 2025)] == [
        {"G1", "A1"},
        {"G2", "A1"},
        {"G1", "A1"},
    ]


@pytest.mark.parametrize(
    ("id", "group", "error"),
    [
        ("F", "G1", ChangeError),  # it is there already
        ("E", "G1", ChangeError),  # it is in no group that it could leave
        ("F", "E", ChangeError),  # a facility is no group
        ("G2", "G1", ChangeError),
        ("nobody", "G1", UnknownIdError),
        ("F", "nowhere", UnknownIdError),
    ],
)
def test_a_move_that_means_nothing(id, group, error):
    """A move that cannot be is refused with a sentence."""
    with pytest.raises(error) as refused:
        small().moved(id, to_group=group)
    assert str(refused.value).endswith(("。", ".", "joined"))


def test_joined():
    """Joining adds a membership and ends none."""
    net = small().joined("E", group="G1", on="2024-01-01", document="某文件")
    assert groups_of(net, "E", "2023-12-31") == set()
    assert groups_of(net, "E", "2024-01-01") == {"G1"}
    assert net.edges("MEMBER_OF").document.dropna().tolist() == ["某文件"]


def test_linked_refuses_ends_of_the_wrong_kind():
    """A relation joins only the kinds it may join."""
    with pytest.raises(ChangeError):
        small().linked("G1", "REFERS_UP_TO", "F")
    with pytest.raises(OptionError):
        small().linked("F", "KNOWS", "E")


def test_ended_needs_something_to_end():
    """Ending what has not begun or is over already is refused."""
    with pytest.raises(ChangeError):
        small().ended("F", relation="MEMBER_OF", target="G0", on="2023-01-01")
    with pytest.raises(ChangeError):
        small().ended("P", on="2025-01-01")


def test_succeeded():
    """The old node ends, the new one follows, and a question for a later day finds it."""
    net = small().succeeded("E", by="F", on="2024-01-01", how="merged")
    assert net.successors("E", on="2023-12-31") == ["E"]
    assert net.successors("E", on="2024-01-01") == ["F"]
    assert "E" not in net.as_of("2024-01-01").nodes().index


def test_a_trail_of_successors_may_fork_and_close():
    """A split has two ends; a trail that comes back to itself ends all the same."""
    day = datetime.date(2024, 1, 1)
    split = small().applying(
        [Link("E", "SUCCEEDED_BY", "F", day), Link("E", "SUCCEEDED_BY", "P", day)]
    )
    assert set(split.successors("E", on=day)) == {"F", "P"}
    ring = split.applying([Link("F", "SUCCEEDED_BY", "E", day)])
    assert ring.successors("E", on=day) == ["P"]


def test_applying():
    """Changes are carried out in their order; what is no change is refused."""
    day = datetime.date(2024, 1, 1)
    net = small().applying(
        [
            Join("E", "G1", day),
            Move("E", "G2", datetime.date(2025, 1, 1)),
            End("F", "MEMBER_OF", "A1", day),
            Succeed("G1", "G2", datetime.date(2026, 1, 1)),
        ]
    )
    assert groups_of(net, "E", "2025-01-01") == {"G2"}
    assert groups_of(net, "F", "2024-01-01") == {"G1"}
    assert net.successors("G1", on="2026-01-01") == ["G2"]
    with pytest.raises(ChangeError):
        small().applying(["move"])


def test_a_planned_facility_stays_listed():
    """What is only planned is seen on every day, and at work from its opening day on."""
    net = small()
    assert "P" in net.as_of("2023-01-01").nodes().index
    at = net.index.position("P")
    assert not net.index.operating(datetime.date(2029, 12, 31))[at]
    assert net.index.operating(datetime.date(2030, 1, 1))[at]


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


def written_in_full() -> MedicalNetwork:
    nodes = [
        {"id": "B", "kind": "Facility", "name": "乙镇中心卫生院", "uscc": "12330000470051726F"},
        {"id": "C", "kind": "Facility", "name": "丙街社区卫生服务中心"},
        {"id": "331002000000", "kind": "Area", "name": "甲区"},
    ]
    return MedicalNetwork.from_frames(pd.DataFrame(nodes))


def test_double_ids_and_loose_ends_are_refused():
    """No network is built from frames that contradict themselves; every problem is named."""
    nodes = pd.DataFrame({"id": ["A", "A"], "kind": "Facility", "name": "甲"})
    edges = pd.DataFrame({"source": ["A"], "relation": ["RUN_BY"], "target": ["B"]})
    with pytest.raises(SourceError) as refused:
        MedicalNetwork.from_frames(nodes, edges)
    assert {p.code for p in refused.value.problems} >= {"E010", "E040"}


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
