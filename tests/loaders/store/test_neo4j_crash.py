"""Server and client are killed in the middle of a load: readers see the old network whole or the new one whole."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import threading
import time

import pandas as pd
import pytest

from medgraph import errors
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import read, write
from medgraph.loaders.store import neo4j_store
from tests.neo4j_server import Server

pytestmark = pytest.mark.xdist_group("neo4j")

ONCE_AND_OFTEN = [1, pytest.param(20, marks=pytest.mark.slow)]
ROWS = 6_000  # with its links more than one batch


def network(number: int, rows: int = ROWS) -> MedicalNetwork:
    """A lead and its clinics; every row carries `number`."""
    ids = [f"F{i}" for i in range(rows)]
    nodes = pd.DataFrame({"id": ids, "kind": "Facility", "name": ids, "beds": number})
    links = pd.DataFrame(
        {"source": ids[1:], "relation": "RUN_BY", "target": ids[0], "minutes": float(number)}
    )
    return MedicalNetwork.from_frames(
        nodes, links, {"data_day": "2024-01-01", "title": str(number)}
    )


def numbers_in(net: MedicalNetwork) -> set[int]:
    """The numbers that the rows of a network carry: one, unless it is a mixture."""
    return {*net.nodes()["beds"], *net.edges()["minutes"].astype(int), int(net.meta["title"])}


@pytest.fixture
def fragile(neo4j_server, store_url):
    """The server of the tests, to be killed and started again."""
    if neo4j_server.process is None:
        pytest.skip("the server of $NEO4J_URI is not ours to kill")
    return neo4j_server


def _seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.mark.parametrize("times", ONCE_AND_OFTEN)
def test_the_server_is_killed_in_an_increment(fragile, times):
    """After a restart the network is the old or the new one, and the next load succeeds."""
    url = f"{fragile.uri}/neo4j?network=increment-{times}"
    write(network(0, 2000), url)
    took = _seconds(lambda: write(network(1, 2000), url))
    rng = random.Random(times)
    for number in range(2, 2 + times):
        _killing(
            fragile, lambda number=number: write(network(number, 2000), url), rng.uniform(0, took)
        )
        assert numbers_in(read(url)) in ({number - 1}, {number})
        write(network(number, 2000), url)
        assert read(url) == network(number, 2000)


@pytest.mark.parametrize("times", ONCE_AND_OFTEN)
def test_the_server_is_killed_in_a_first_load(fragile, times):
    """After a restart there is no network or a whole one; the next load cleans up and succeeds."""
    rng = random.Random(times)
    took = _seconds(lambda: write(network(0), f"{fragile.uri}/neo4j?network=measure-{times}"))
    for number in range(times):
        url = f"{fragile.uri}/neo4j?network=first-{times}-{number}"
        _killing(fragile, lambda url=url: write(network(7), url), rng.uniform(0, took))
        with contextlib.suppress(errors.SourceError):  # none at all
            assert read(url) == network(7)
        write(network(7), url)
        assert read(url) == network(7)


def _killing(server: Server, load, after: float) -> None:
    """Kill the server some seconds after a load began, and start it again; the load fails in words or succeeds."""
    caught: list[Exception] = []

    def run() -> None:
        try:
            load()
        except Exception as error:
            caught.append(error)

    loader = threading.Thread(target=run)
    loader.start()
    time.sleep(after)
    server.kill()
    server.start()
    loader.join(120)
    assert not loader.is_alive()
    assert all(isinstance(error, errors.MedGraphError) for error in caught), caught


_CLIENT = """import sys
from medgraph.loaders import read
from medgraph.loaders.store import neo4j_store
net = read(sys.argv[1])
with neo4j_store.connect(sys.argv[2]) as store:
    print("go", flush=True)
    store.store(net)
"""


@pytest.mark.parametrize("times", ONCE_AND_OFTEN)
@pytest.mark.parametrize("first", [True, False], ids=["first load", "increment"])
def test_the_client_is_killed(store_url, tmp_path, times, first):
    """Whenever the client is killed, readers see the old network or the new one; the next load succeeds."""
    rng = random.Random(times)
    write(network(1), tmp_path / "new.parquet")
    took = _seconds(lambda: write(network(0), store_url))
    for number in range(times):
        url = f"{store_url}-{number}"
        if not first:
            write(network(0), url)
        client = subprocess.Popen(
            [sys.executable, "-c", _CLIENT, str(tmp_path / "new.parquet"), url],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert client.stdout.readline() == b"go\n"
        time.sleep(rng.uniform(0, took))
        client.kill()
        client.wait()
        client.stdout.close()
        try:
            assert numbers_in(read(url)) in ({1}, {0})
        except errors.SourceError:
            assert first
        write(network(1), url)
        assert read(url) == network(1)


def test_a_reader_never_sees_a_mixture(store_url):
    """Somebody reads all the time while 20 increments change every row: each reading is of one increment."""
    write(network(0, 150), store_url)
    seen: list[set[int]] = []
    done = threading.Event()

    def look() -> None:
        with neo4j_store.connect(store_url) as store:
            while not done.is_set():
                seen.append(numbers_in(store.load().network))

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for number in range(1, 21):
            write(network(number, 150), store_url)
    finally:
        done.set()
        reader.join()
    assert all(len(numbers) == 1 for numbers in seen), seen
    assert len(seen) > 5


def test_two_writers_at_once_lose_nothing(store_url):
    """Datasets that are written at the same moment, the first time too, all arrive, one after the other."""
    datasets = {f"县{i}": network(i, 40 + i) for i in range(4)}
    faults: list[Exception] = []

    def run(name: str, net: MedicalNetwork) -> None:
        try:
            own = MedicalNetwork.from_frames(
                net.nodes().reset_index().assign(id=lambda f: name + f["id"]),
                None,
                {"data_day": "2024-01-01"},
            )
            neo4j_store.store(own, store_url, dataset=name)
        except Exception as error:
            faults.append(error)

    writers = [threading.Thread(target=run, args=pair) for pair in datasets.items()]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert len(read(store_url).nodes()) == 40 + 41 + 42 + 43
