"""The shared store on a real Neo4j: what goes in comes back, increments, owners, withheld endings, scenarios."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import neo4j_store, read, registry, samples, write
from tests.strategies import HOSTILE, networks

pytestmark = pytest.mark.xdist_group("neo4j")

DAY, LATER = "2024-01-01", "2024-02-01"


def net_of(*names, day=DAY, links=(), **values) -> MedicalNetwork:
    """Facilities of these names, with the same values, and the links RUN_BY between them."""
    import pandas as pd

    nodes = pd.DataFrame([{"id": n, "kind": "Facility", "name": n, **values} for n in names])
    edges = pd.DataFrame([{"source": s, "relation": "RUN_BY", "target": t} for s, t in links],
                         columns=["source", "relation", "target"])
    return MedicalNetwork.from_frames(nodes, edges, {"data_day": day})


@pytest.fixture
def session(neo4j_server):
    """A session of the bare driver, to look and to be somebody else."""
    import neo4j

    with (neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password)) as driver,
          driver.session(database="neo4j") as session):
        yield session


# -- there and back --------------------------------------------------------------------------------------


def test_the_sample(store_url, taizhou):
    """A whole plan goes in and comes back equal: days, origins, clauses; again changes nothing."""
    write(taizhou, store_url)
    loaded = registry.load(store_url)
    assert loaded.network == taizhou
    assert (loaded.rows_in, loaded.loaded, loaded.left_out) == (526, 526, 0)
    report = neo4j_store.store(taizhou, store_url)
    assert (report.added, report.changed, report.ended, report.same, report.version) == (0, 0, 0, 526, 1)


def test_the_synthetic_county(store_url):
    """The synthetic county comes back equal."""
    net = samples.synthetic(seed=1)
    write(net, store_url)
    assert read(store_url) == net


@pytest.mark.parametrize("count", [60, pytest.param(440, marks=pytest.mark.slow)])
def test_networks_come_back_equal(store_url, count):
    """`read(write(net)) == net` for made-up networks; each takes the place of the one before, nothing lost."""
    with neo4j_store.connect(store_url) as store:
        _hold_round_trips(store, count)


def _hold_round_trips(store, count):
    from dataclasses import replace

    names = iter(range(count * 10))
    where = store.where

    @settings(max_examples=count, database=None)
    @given(net=networks())
    def hold(net):
        store.where = replace(where, network=f"{where.network}-{next(names)}")
        store.store(net)
        assert store.load().network == net

    hold()


@pytest.mark.parametrize("text", [*HOSTILE, '"}) DETACH DELETE n //', "`}) DETACH DELETE n //", "\\u0027",
                                  "\\", "县`域"])
def test_hostile_text_stays_text(store_url, session, text):
    """A name, an id, a free attribute and its value that look like Cypher are text like any other."""
    if text != text.strip():
        return
    import pandas as pd

    before = session.run("MATCH (n) RETURN count(n)").single()[0]
    nodes = pd.DataFrame([{"id": text, "kind": "Facility", "name": text, f"a{text}": text, "owners": text}])
    net = MedicalNetwork.from_frames(nodes, None, {"title": text, text: text})
    write(net, store_url)
    assert read(store_url) == net
    assert session.run("MATCH (n) RETURN count(n)").single()[0] == before + 3  # the node, the dataset, the network
