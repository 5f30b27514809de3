"""Syncing with servers that are not as one would like: without history, busy, endless, lying."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from medgraph.cli.app import main
from medgraph.errors import OptionError, SourceError, TargetError
from medgraph.loaders import read
from medgraph.loaders.fhir import client
from medgraph.loaders.fhir.client import server_of
from medgraph.loaders.fhir.sync import memory_of, sync
from tests.loaders.fhir.test_directories import organization, said


class Stub:
    """A server with resources by type and id; without history it hides what was deleted."""

    def __init__(self):
        self.resources, self.days, self.now = {}, {}, "2024-05-01T10:00:00Z"
        self.busy = self.asked = 0
        self.broken = None
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                stub.asked += 1
                status, body, headers = stub.answer(urlsplit(self.path))
                content = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}/fhir"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, resource, version=1):
        meta = {"versionId": str(version), "lastUpdated": self.now}
        self.resources[resource["resourceType"], resource["id"]] = {**resource, "meta": meta}

    def answer(self, asked):
        if self.busy:
            self.busy -= 1
            return 503, {}, {"Retry-After": "0"}
        if self.broken is not None:
            return self.broken
        if "_history" in asked.path:
            return 404, {"resourceType": "OperationOutcome"}, {}
        type_ = asked.path.rpartition("/")[2]
        query = parse_qs(asked.query)
        since = query.get("_lastUpdated", ["ge"])[0].removeprefix("ge")
        found = [
            one
            for (own, _), one in sorted(self.resources.items())
            if own == type_ and one["meta"]["lastUpdated"] >= since
        ]
        first = int(query.get("page", ["0"])[0])
        links = []
        if first + 2 < len(found):  # two on each page
            further = f"{self.base}/{type_}?{asked.query.split('&page')[0]}&page={first + 2}"
            links = [{"relation": "next", "url": further}]
        entries = [{"resource": one} for one in found[first : first + 2]]
        page = {"resourceType": "Bundle", "type": "searchset", "link": links, "entry": entries}
        return 200, page | {"meta": {"lastUpdated": self.now}}, {}


@pytest.fixture
def stub(monkeypatch):
    server = Stub()
    monkeypatch.setattr(client.Server, "_wait", 0.01, raising=False)
    yield server
    server.server.shutdown()
    server.server.server_close()


def test_without_history(stub, tmp_path):
    """All pages are read; what is gone is found by comparison, ended on the day of the sync, and comes back."""
    for number in range(5):
        stub.put(organization(f"A{number}", "prov"))
    stub.busy = 2
    out = tmp_path / "net.mgz"
    first = sync(f"fhir+{stub.base}", out)
    assert sorted(first.loaded.require().nodes().index) == [f"A{number}" for number in range(5)]
    stub.now = "2024-05-03T10:00:00Z"
    del stub.resources["Organization", "A1"]
    stub.put(organization("A2", "prov", name="new"), 2)
    second = sync(f"fhir+{stub.base}", out)
    assert (second.fresh, second.deleted) == (2, 1)
    nodes = second.loaded.require().nodes()
    assert said(nodes.loc[["A1", "A2"]], "name", "valid_to", "confidence") == [
        ("A1", "2024-05-03", "low"),
        ("new", "", ""),
    ]
    assert nodes.loc["A1", "note"]
    stub.now = "2024-05-09T10:00:00Z"
    third = sync(f"fhir+{stub.base}", out)
    assert third.fresh == 0
    assert third.loaded.require() == second.loaded.require()  # the day of an ending does not move
    stub.put(organization("A1", "prov"), 3)
    again = sync(f"fhir+{stub.base}", out).loaded.require().nodes().loc["A1"]
    assert again["note"]
    assert str(again.get("valid_to")) in ("NaT", "None", "nan")


def test_the_command(stub, tmp_path, capsys):
    """The network is written beside its memory; another server is refused there."""
    stub.put(organization("A", "prov"))
    out = tmp_path / "net.json"
    with pytest.raises(SystemExit) as ended:
        main(["sync", f"fhir+{stub.base}", str(out)])
    assert ended.value.code == 0
    assert list(read(out).nodes().index) == ["A"]
    assert list(read(memory_of(out)).nodes().index) == ["A"]
    other = f"fhir+http://localhost:{stub.server.server_port}/fhir"
    with pytest.raises(TargetError, match="127"):
        sync(other, out)
    with pytest.raises(OptionError, match="soon"):
        sync(f"fhir+{stub.base}", out, since="soon")


@pytest.mark.parametrize(
    ("answer", "match"),
    [
        ((200, b"<html>", {}), "FHIR"),
        ((200, {"resourceType": "Patient"}, {}), "FHIR"),
        ((200, b"[" * 100_000, {}), "FHIR"),
        ((401, {"issue": [{"diagnostics": "who are you"}]}, {}), "who are you"),
        ((302, {}, {"Location": "http://elsewhere.invalid/"}), "302"),
        (
            (
                200,
                {
                    "resourceType": "Bundle",
                    "link": [{"relation": "next", "url": "http://elsewhere.invalid/x"}],
                },
                {},
            ),
            "elsewhere",
        ),
        (
            (
                200,
                {
                    "resourceType": "Bundle",
                    "link": [{"relation": "next", "url": "Organization?_count=200"}],
                },
                {},
            ),
            "127",
        ),
    ],
)
def test_answers_that_are_none(stub, answer, match):
    """What is no answer, refuses, leads elsewhere or has no end is a sentence."""
    stub.broken = answer
    with pytest.raises(SourceError, match=match):
        read(f"fhir+{stub.base}")


def test_nobody_there(tmp_path):
    """A server that is not there is a sentence, and nothing is written."""
    with pytest.raises(SourceError, match="127"):
        sync("fhir+http://127.0.0.1:9/fhir", tmp_path / "net.mgz")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "address",
    [
        "fhir+http://",
        "fhir+http://me:secret@a/b",
        "fhir+http://a:x/",
        "fhir+http://a/b?c",
        "http://a",
    ],
)
def test_no_address(address):
    """An address with a password, or that is none, is refused without being repeated."""
    with pytest.raises(SourceError) as refused:
        server_of(address)
    assert "secret" not in str(refused.value)
