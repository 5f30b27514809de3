"""The connection breaks at a commit, with the commit done or not: the load asks what became of it, and ends or repeats.

A proxy stands between the driver and the real server. It reads only where a message ends, and cuts at COMMIT.
"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading

import pytest

from medgraph.graphmodel import changes
from medgraph.loaders import read, write
from medgraph.loaders.store import loads, neo4j_store
from tests.loaders.store.test_neo4j_crash import network
from tests.loaders.store.test_neo4j_store import LATER, name_in, net_of

pytestmark = pytest.mark.xdist_group("neo4j")
COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # a message of Bolt: its length, a structure of no fields, 0x12, its end


class Proxy(socketserver.ThreadingTCPServer):
    """Passes all on, but cuts at the `number`th COMMIT: before the server has it, or before its answer comes."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self, server: str, number: int, done: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        host, _, port = server.rpartition("//")[2].partition(":")
        self.server_place, self.left, self.done = (host, int(port)), number, done
        self.lock = threading.Lock()

    def cuts(self) -> bool:
        """Whether the COMMIT that is there now is the one to cut."""
        with self.lock:
            self.left -= 1
            return self.left == 0


class _Passing(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        with (
            socket.create_connection(self.server.server_place) as there,
            contextlib.suppress(OSError),
        ):
            self.cut = threading.Event()
            back = threading.Thread(target=self._back, args=(there,), daemon=True)
            back.start()
            while data := self.request.recv(65536):
                if data.endswith(COMMIT) and self.server.cuts():
                    self.cut.set()
                    if self.server.done:
                        there.sendall(data)
                        back.join(30)
                    break
                there.sendall(data)
            there.shutdown(
                socket.SHUT_RDWR
            )  # closing it is no sign for the server while `_back` waits there

    def _back(self, there: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while (
                data := there.recv(65536)
            ) and not self.cut.is_set():  # what comes after the cut is the answer
                self.request.sendall(data)


@pytest.fixture
def through(neo4j_server, store_url):
    """Give the address of the test's network through a proxy that cuts at some COMMIT."""
    with contextlib.ExitStack() as stack:

        def proxied(number: int, done: bool) -> tuple[Proxy, str]:
            proxy = stack.enter_context(Proxy(neo4j_server.uri, number, done))
            threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
            stack.callback(proxy.shutdown)
            # not neo4j://, which goes on to the address that the server states
            return (
                proxy,
                f"bolt://127.0.0.1:{proxy.server_address[1]}/neo4j?network={name_in(store_url)}",
            )

        yield proxied


BOTH = pytest.mark.parametrize("done", [False, True], ids=["not done", "done"])


@BOTH
def test_an_increment(through, store_url, done):
    """Done, it is not repeated; not done, it is: either way it is there once, and the report is that of one load."""
    write(net_of("甲", "乙"), store_url)
    proxy, url = through(1, done)
    report = neo4j_store.store(net_of("甲", "丙", day=LATER), url)
    assert proxy.left == (0 if done else -1)
    assert (report.added, report.ended, report.same, report.version) == (1, 1, 1, 2)
    assert read(store_url).as_of(LATER) == net_of("甲", "丙", day=LATER)


@BOTH
def test_a_small_first_load(through, store_url, done):
    """The same of a load that appears with its only commit."""
    proxy, url = through(1, done)
    report = neo4j_store.store(net_of("甲", "乙"), url)
    assert proxy.left == (0 if done else -1)
    assert (report.added, report.version) == (2, 1)
    assert read(store_url) == net_of("甲", "乙")


@BOTH
@pytest.mark.parametrize("number", range(1, 7))
def test_a_first_load_in_batches(through, store_url, monkeypatch, number, done):
    """Whichever commit it is, that of the mark, of two batches of nodes or of links, or the last: it ends by itself."""
    monkeypatch.setattr(loads, "BATCH", 100)
    net = network(7, 120)
    proxy, url = through(number, done)
    report = neo4j_store.store(net, url)
    assert proxy.left <= 0
    assert (report.added, report.version) == (239, 1)
    assert read(store_url) == net


@BOTH
def test_a_scenario(through, store_url, taizhou, done):
    """A scenario is kept as well, once."""
    write(taizhou, store_url)
    proxy, url = through(1, done)
    wanted = [changes.Move("TZ-P34", "G2")]
    report = neo4j_store.store_scenario(wanted, f"{url}-plan&base={name_in(store_url)}")
    assert proxy.left == (0 if done else -1)
    assert (report.added, report.version) == (1, 1)
    assert read(f"{store_url}-plan") == taizhou.applying(wanted)
