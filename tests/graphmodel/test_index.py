"""The compiled form: its order, its matrices, and what a changed network takes over."""

import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from medgraph.graphmodel.index import Index
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.words.vocabularies import RELATIONS


def network(nodes, links):
    blank = dict.fromkeys(("area", "level"))
    rows = [{"kind": "Facility", "name": n["id"], **blank, **n} for n in nodes]
    return MedicalNetwork.from_frames(
        pa.Table.from_pylist(rows), pa.Table.from_pylist(links) if links else None
    )


def packed(net):
    """The same network with dictionaries in place of text."""

    def pack(table):
        for number, field in enumerate(table.schema):
            if field.type == pa.string() and field.name not in ("id", "name"):
                table = table.set_column(
                    number, field.name, table.column(number).dictionary_encode()
                )
        return table

    return MedicalNetwork(*(pack(t) for t in net.tables), net.meta)


def facts(net):
    """Everything that the index says, by ids."""
    index = net.index
    ids = index.ids.to_pylist()
    said = {
        "ids": ids,
        "kind": index.values("kind").to_pylist(),
        "level": index.values("level").to_pylist(),
    }
    for relation in RELATIONS:
        links = index.links(relation)
        said[relation] = sorted(
            (ids[s], ids[t], m)
            for s, t, m in zip(
                links.source,
                links.target,
                index.link_values(relation, "minutes").to_pylist(),
                strict=True,
            )
        )
        said[relation, "csr"] = (
            index.csr(relation, "minutes").toarray().sum(),
            index.csr(relation).sum(),
        )
    return said


def test_nodes_stand_by_area_level_and_id():
    """Nodes without a place first, then area by area: the area, tertiary to ungraded, then by id."""
    net = network(
        [
            {"id": "z"},
            {"id": "331002000000", "kind": "Area"},
            {"id": "b", "area": "331002000000", "level": "1A"},
            {"id": "c", "area": "331002000000"},
            {"id": "a", "area": "331002000000", "level": "1A"},
            {"id": "y", "area": "331002000000", "level": "3A"},
            {"id": "x", "area": "331001000000"},
        ],
        [],
    )
    assert net.index.ids.to_pylist() == ["z", "x", "331002000000", "y", "a", "b", "c"]


def test_a_matrix_counts_links_or_keeps_the_least_minutes():
    """Parallel links are counted, the least minutes kept; missing minutes are infinite, zero stays a link."""
    up = {"relation": "REFERS_UP_TO"}
    net = network(
        [{"id": "a"}, {"id": "b"}, {"id": "c"}],
        [
            {"source": "a", "target": "b", "minutes": 30.0, **up},
            {"source": "a", "target": "b", "minutes": 20.0, **up},
            {"source": "b", "target": "b", "minutes": 0.0, **up},
            {"source": "b", "target": "c", "minutes": None, **up},
        ],
    )
    assert net.index.csr("REFERS_UP_TO").toarray().tolist() == [[0, 2, 0], [0, 1, 1], [0, 0, 0]]
    minutes = net.index.csr("REFERS_UP_TO", "minutes")
    assert minutes.nnz == 3
    assert minutes.data.tolist() == [20.0, 0.0, np.inf]
    assert net.index.csr("REFERS_UP_TO", reverse=True).toarray().tolist() == [
        [0, 0, 0],
        [2, 1, 0],
        [0, 1, 0],
    ]


def test_ids_are_found_singly_and_by_the_thousand():
    """Few or many, each id has its position; what is not there has -1."""
    index = synthetic().index
    ids = index.ids.to_pylist()
    assert index.positions(ids).tolist() == list(range(len(ids)))
    assert index.positions([ids[5], "nobody", None, ids[0]]).tolist() == [5, -1, -1, 0]
    assert index.positions([*ids, "nobody"])[-1] == -1


def test_dictionaries_say_the_same_as_text():
    """A network whose words are dictionaries answers as the one of plain text, and equals it."""
    net = synthetic(defects=["closed_target"])
    assert facts(packed(net)) == facts(net)
    assert packed(net) == net
    assert (
        packed(net).index.has("level", "2A", "nobody").sum() == net.index.has("level", "2A").sum()
    )
    assert (
        packed(net).index.take("type", np.array([0, -1, 9])).to_pylist()
        == net.index.take("type", np.array([0, -1, 9])).to_pylist()
    )


def _clinic(net):
    return net.tables[0].filter(pc.equal(net.tables[0]["type"], "village_clinic"))["id"][3].as_py()


CHANGES = {
    "without": lambda net: net.without(_clinic(net)),
    "joined": lambda net: net.joined(_clinic(net), group=net.nodes("Group").index[1]),
    "moved": lambda net: net.moved(_clinic(net), to_group=net.nodes("Group").index[1]),
    "linked": lambda net: net.linked(
        _clinic(net), "REFERS_UP_TO", net.nodes("Facility").index[0], minutes=3.0
    ),
    "ended": lambda net: net.ended(_clinic(net)),
    "as_of": lambda net: net.as_of("2026-06-01"),
    "ended, as_of": lambda net: net.ended(_clinic(net), on="2025-05-01").as_of("2025-06-01"),
    "twice": lambda net: net.without(_clinic(net)).joined(
        _clinic(net.without(_clinic(net))), group=net.nodes("Group").index[1]
    ),
}


@pytest.mark.parametrize("form", [lambda net: net, packed], ids=["text", "dictionaries"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_network_compiles_to_what_its_tables_say(change, form):
    """What a changed network takes over is what it would have compiled from its own tables."""
    net = form(synthetic())
    facts(net)
    changed = CHANGES[change](net)
    fresh = MedicalNetwork(*changed.tables, changed.meta)
    assert facts(changed) == facts(fresh)
    assert facts(net) == facts(synthetic())
    assert changed == fresh


def test_a_changed_network_shares_what_did_not_change():
    """A join leaves the nodes and the other relations where they are."""
    net = synthetic()
    facts(net)
    joined = CHANGES["joined"](net)
    assert joined.index.order is net.index.order
    assert joined.index.ids is net.index.ids
    assert joined.index.links("RUN_BY") is net.index.links("RUN_BY")
    assert joined.index.csr("REFERS_UP_TO") is net.index.csr("REFERS_UP_TO")
    assert len(joined.index.links("MEMBER_OF")) == len(net.index.links("MEMBER_OF")) + 1


def test_facts_of_another_day_leave_the_index_as_it_is():
    """A day on which everything holds costs nothing."""
    net = synthetic()
    assert net.as_of(datetime.date(2025, 3, 1)).index is net.index


def test_an_empty_network_compiles():
    """Nothing in, nothing out, no error."""
    index = Index(*MedicalNetwork.from_frames(None).tables)
    assert len(index.ids) == 0
    assert index.csr("REFERS_UP_TO").shape == (0, 0)
