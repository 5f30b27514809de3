"""Against a real server (HAPI): what is written comes back, changes are received, nobody is overwritten."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from medgraph.cli.app import main
from medgraph.errors import TargetError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import read, write
from medgraph.loaders.fhir.sync import sync
from tests.strategies import networks

pytestmark = pytest.mark.xdist_group("fhir")


def ask(server, method, path, body=None):
    """Send a request of somebody else to the server, and return what it answers."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/fhir+json"}
    request = urllib.request.Request(f"{server.base}/{path}", data, headers, method=method)
    with urllib.request.urlopen(request, timeout=120) as told:
        return json.loads(told.read() or b"{}")


def as_stated(net):
    """A network with what its origins said before a server was named in front of them."""
    nodes, links = net.nodes().reset_index(), net.edges().drop(columns="id")
    for table in (nodes, links):
        table["origin"] = table["origin"].str.replace(r"^fhir:\S*( < )?", "", regex=True)
    return MedicalNetwork.from_frames(nodes, links, net.meta)


def _facts(net):
    """What is stated of each node, where it came from apart."""
    rows = net.tables[0].drop_columns("origin").to_pylist()
    return {
        row["id"]: {name: value for name, value in row.items() if value is not None} for row in rows
    }


@pytest.fixture(scope="module")
def filled(fhir_server, taizhou):
    """The server with Taizhou in it."""
    report = write(taizhou, fhir_server.address)
    assert (report.created, report.updated, report.same) == (708, 0, 0)
    return fhir_server


def test_what_is_written_comes_back(filled, taizhou):
    """Read back, the network is the same; its origins name server and version before what they said."""
    net = read(filled.address)
    assert as_stated(net) == MedicalNetwork.from_frames(
        taizhou.nodes().reset_index(), taizhou.edges().drop(columns="id"), taizhou.meta
    )
    assert (
        net.nodes()
        .loc["TZ-H01", "origin"]
        .startswith(f"fhir:{filled.base}#Organization/TZ-H01/_history/1+Location/TZ-H01/_history/1")
    )
    assert write(net, filled.address).same == 708  # and nothing is sent again


def test_changes_are_received(filled, tmp_path):
    """Two are changed and one is deleted at the server: exactly these differ after a sync."""
    out = tmp_path / "net.mgz"
    sync(filled.address, out)
    write(sync(filled.address, out).loaded.require(), out)
    before = read(out)
    for id_, name in (("TZ-P01", "Renamed One"), ("TZ-P02", "Renamed Two")):
        told = ask(filled, "GET", f"Organization/{id_}")
        ask(filled, "PUT", f"Organization/{id_}", {**told, "name": name})
    ask(filled, "DELETE", "Organization/TZ-P03")
    synced = sync(filled.address, out)
    assert (synced.fresh, synced.deleted) == (3, 1)
    after = synced.loaded.require()
    old, new = (_facts(net) for net in (before, after))
    assert {id_ for id_ in old | new if old.get(id_) != new.get(id_)} == {
        "TZ-P01",
        "TZ-P02",
        "TZ-P03",
    }
    assert [new[id_]["name"] for id_ in ("TZ-P01", "TZ-P02")] == ["Renamed One", "Renamed Two"]
    gone = after.nodes().loc["TZ-P03"]
    assert gone["confidence"] == "low"
    assert str(gone["valid_to"]) > "2020"
    again = sync(filled.address, out)
    assert (again.fresh, again.loaded.require()) == (0, after)


def test_what_changed_meanwhile_is_not_overwritten(filled, tmp_path):
    """What somebody changed since it was read is refused in a sentence, and stays."""
    net = read(filled.address)
    told = ask(filled, "GET", "Organization/TZ-H02")
    ask(filled, "PUT", "Organization/TZ-H02", {**told, "name": "Somebody Else"})
    nodes = net.nodes().reset_index()
    nodes.loc[nodes["id"] == "TZ-H02", "name"] = "Ours"
    changed = MedicalNetwork.from_frames(nodes, net.edges().drop(columns="id"), net.meta)
    with pytest.raises(TargetError, match="Organization/TZ-H02"):
        write(changed, filled.address)
    assert ask(filled, "GET", "Organization/TZ-H02")["name"] == "Somebody Else"


def test_a_race_is_refused_by_the_server(filled, monkeypatch):
    """What changes between the look and the transaction is refused by the server: 409 or 412."""
    from medgraph.loaders.fhir import live

    net = read(filled.address)
    seen = live._there

    def stale(server):
        found = seen(server)
        told = ask(filled, "GET", "Organization/TZ-H04")
        ask(filled, "PUT", "Organization/TZ-H04", {**told, "alias": [*told.get("alias", []), "x"]})
        return found

    monkeypatch.setattr(live, "_there", stale)
    nodes = net.nodes().reset_index()
    nodes.loc[nodes["id"] == "TZ-H04", "name"] = "Ours"
    changed = MedicalNetwork.from_frames(nodes, net.edges().drop(columns="id"), net.meta)
    with pytest.raises(TargetError, match="Organization/TZ-H04"):
        write(changed, filled.address)


def test_another_network_is_refused(filled, taizhou, capsys):
    """What was not read from the server does not go over what is there; exit 2 and a sentence."""
    nodes = taizhou.nodes().reset_index()
    nodes["name"] += "x"
    other = MedicalNetwork.from_frames(nodes, taizhou.edges().drop(columns="id"), taizhou.meta)
    with pytest.raises(TargetError, match="sync"):
        write(other, filled.address)


def test_killed_in_the_middle(filled, tmp_path):
    """A sync that is killed at any moment leaves what the next one ends right."""
    out = tmp_path / "net.fhir.json"
    command = [sys.executable, "-m", "medgraph", "sync", filled.address, str(out)]
    for seconds in (0.4, 1.0, 1.8):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        time.sleep(seconds)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with pytest.raises(SystemExit) as ended:
        main(["sync", filled.address, str(out)])
    assert ended.value.code == 0
    there, here = read(filled.address).nodes(), read(out).nodes()
    assert set(there.index) <= set(here.index)
    assert (there["name"] == here.loc[there.index, "name"]).all()


# -- the validator ---------------------------------------------------------------------------------


def _errors(server, bundle):
    """The errors of the validator, those apart that say that a code system of others is not known here."""
    found = server.errors_of(json.dumps(bundle))
    return [one for one in found if "CodeSystem is unknown" not in one]


def _sample(path, most):
    """A file that was written, with at most so many resources of each type."""
    bundle = json.loads(path.read_text("utf-8"))
    kept, counts = [], {}
    for entry in bundle["entry"]:
        type_ = entry["resource"]["resourceType"]
        counts[type_] = counts.get(type_, 0) + 1
        if counts[type_] <= most:
            kept.append(entry)
    return bundle | {"entry": kept}


@pytest.mark.parametrize("shape", ["mcsd", "plan-net"])
def test_the_validator_finds_no_error(fhir_server, taizhou, tmp_path, shape):
    """HAPI's validator finds no error in what we write of Taizhou."""
    write(taizhou, tmp_path / "a.fhir.json", shape=shape)
    assert not _errors(fhir_server, _sample(tmp_path / "a.fhir.json", 8))


# without a search for the smallest example, which would ask the server for minutes
@settings(max_examples=4, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(net=networks())
def test_hostile_values_are_valid(fhir_server, tmp_path_factory, net):
    """Nor in what we write of networks whose every text is hostile."""
    target = tmp_path_factory.mktemp("hostile") / "a.fhir.json"
    write(net, target)
    assert not _errors(fhir_server, json.loads(target.read_text("utf-8")))


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["mcsd", "plan-net"])
def test_all_of_it_is_valid(fhir_server, taizhou, shared, tmp_path, shape):
    """Nor in all of Taizhou, and in all of Plan-Net as we write it again."""
    plan_net = read(shared / "data/fhir_plannet_us/bundle_transaction.json")
    for net in (taizhou, plan_net):
        write(net, tmp_path / "a.fhir.json", shape=shape)
        assert not _errors(fhir_server, _sample(tmp_path / "a.fhir.json", 10_000))
