"""What can go wrong with a store is one sentence and exit code 2: no traceback, no credential anywhere."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from medgraph import errors
from medgraph.cli import main
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import read, write
from medgraph.loaders.store import neo4j_store
from tests.loaders.store.test_neo4j_crash import network
from tests.loaders.store.test_neo4j_store import net_of
from tests.neo4j_server import PASSWORD, Server, free_port, skip_or_fail
from tests.terminal import on_a_terminal

pytestmark = pytest.mark.xdist_group("neo4j")
WRONG = "geheim-und-falsch"


@pytest.fixture
def refused(capsys, monkeypatch, tmp_path):
    """Run a conversion into a store in the shell; give what it says, after holding it to the rules of an error."""
    write(net_of("甲"), tmp_path / "net")

    def run(url: str, *, source: Path | None = None) -> str:
        with pytest.raises(SystemExit) as stop:
            main(["convert", str(source or tmp_path / "net"), url, "--lang", "en"])
        said = capsys.readouterr()
        assert stop.value.code == 2, said
        assert said.out == ""
        assert len(said.err.strip().splitlines()) == 1, said.err
        assert not any(word in said.err for word in ("Traceback", PASSWORD, WRONG))
        return said.err

    return run


def test_a_wrong_password(store_url, refused, monkeypatch):
    """A wrong password is told as such, with the names of the variables."""
    monkeypatch.setenv("NEO4J_PASSWORD", WRONG)
    assert "NEO4J_PASSWORD" in refused(store_url)


def test_no_password(store_url, refused, monkeypatch, tmp_path):
    """Without a password nothing is tried; it may stand in a file."""
    password = os.environ["NEO4J_PASSWORD"]
    monkeypatch.delenv("NEO4J_PASSWORD")
    assert "NEO4J_PASSWORD_FILE" in refused(store_url)
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "none"))
    assert "none" in refused(store_url)
    (tmp_path / "password").write_text("\n", encoding="utf-8")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "password"))
    assert "empty" in refused(store_url)
    (tmp_path / "password").write_text(
        f"{password}\r\n", encoding="utf-8-sig"
    )  # as Notepad saves it
    write(net_of("甲"), store_url)
    assert read(store_url) == net_of("甲")


def test_a_password_is_asked_for_on_a_terminal(store_url):
    """The question stands still until it is answered, whatever else moves there; the answer is never shown."""
    write(net_of("甲"), store_url)
    env = {name: value for name, value in os.environ.items() if name != "NEO4J_PASSWORD"} | {
        "COLUMNS": "200"
    }
    question, password = b"Password of neo4j: ", os.environ["NEO4J_PASSWORD"].encode()
    shown = on_a_terminal(
        [sys.executable, "-m", "medgraph", "info", store_url, "--lang", "en"],
        env=env,
        question=question,
        answer=password + b"\n",
    )
    after = shown.partition(question)[2]
    assert after.startswith(b"\r\n")
    assert b"Facility" in after or b"facilities" in after
    assert password not in shown


@pytest.mark.parametrize(
    "url",
    [
        "neo4j://me:{}@localhost/neo4j",
        "bolt://me:{}@localhost:1?network=x",
        "ftp://me:{}@localhost/neo4j",
        "neo4jj://me:a b{}@localhost",
        "neo4j:/me:{}@localhost",
        "Bolt:me:{}@localhost",
        "neo4j://me:a/{}@localhost",
        "bolt+s:///me:{}@localhost",
    ],
)
def test_a_password_in_the_address(refused, url, tmp_path, monkeypatch):
    """A password in an address is refused and not repeated, in a mistyped one too; nothing is written anywhere."""
    monkeypatch.chdir(tmp_path)
    refused(url.format(WRONG))
    assert [path.name for path in tmp_path.iterdir()] == ["net"]


@pytest.mark.parametrize(
    "url",
    [
        "neo4j://",
        "neo4j://h/a/b",
        "neo4j://h?netwrok=x",
        "neo4j://h:x",
        "neo4j://h#x",
        "neo4j://h?network=",
        "neo4j://h?network=a&network=b",
        "neo4j://h?prefix=m-g",
        "bolt://h?prefix=M%60",
    ],
)
def test_no_address(refused, url):
    """What is no address is told how one reads."""
    assert "neo4j://host:7687/database?network=NAME" in refused(url)


def test_no_server(store_url, refused):
    """Where nobody listens, the sentence names the place."""
    for scheme in ("neo4j", "bolt", "bolt+s"):
        assert f"Nobody answers at {scheme}://127.0.0.1:" in refused(
            f"{scheme}://127.0.0.1:{free_port()}/neo4j"
        )


def test_the_wrong_database(store_url, refused):
    """A database that is not there is named."""
    assert "“nowhere”" in refused(store_url.replace("/neo4j?", "/nowhere?"))


def test_a_foreign_constraint(store_url, refused, neo4j_server):
    """Somebody's own constraint on :Facility does not concern labels of ours; without a prefix it is told."""
    import neo4j

    if neo4j_server.process is None:
        pytest.skip("the server of $NEO4J_URI gets no constraints on labels of others")
    auth = (neo4j_server.username, neo4j_server.password)
    with (
        neo4j.GraphDatabase.driver(neo4j_server.uri, auth=auth) as driver,
        driver.session() as session,
    ):
        session.run("CREATE CONSTRAINT foreign FOR (f:Facility) REQUIRE f.name IS UNIQUE").consume()
        session.run("CREATE (:Facility {name: '甲', mine: true})").consume()
        try:
            write(net_of("甲"), store_url)
            assert "?prefix=" in refused(store_url + "-plain&prefix=")
            assert session.run("MATCH (f:Facility) RETURN properties(f)").values() == [
                [{"name": "甲", "mine": True}]
            ]
        finally:
            session.run("MATCH (f:Facility) DELETE f").consume()
            session.run("DROP CONSTRAINT foreign").consume()


# -- servers of a special kind -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strict_server(tmp_path_factory):
    """A server that speaks TLS only, with little memory for a transaction and, where root may mount, a small disk."""
    skip_or_fail()
    home = tmp_path_factory.mktemp("strict") / "disk"
    home.mkdir()
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=500m", "none", str(home)],
            check=False,
            capture_output=True,
        ).returncode
        == 0
    )
    certificates = home / "certificates"
    certificates.mkdir()
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-keyout",
            str(certificates / "private.key"),
            "-out",
            str(certificates / "public.crt"),
        ],
        check=True,
        capture_output=True,
    )
    policy = "dbms.ssl.policy.bolt"
    server = Server(
        home / "home",
        scheme="bolt+ssc",
        **{
            f"{policy}.enabled": "true",
            f"{policy}.base_directory": str(certificates),
            f"{policy}.private_key": "private.key",
            f"{policy}.public_certificate": "public.crt",
            f"{policy}.client_auth": "NONE",
            "server.bolt.tls_level": "REQUIRED",
            "db.memory.transaction.max": "64m",
            "db.tx_log.preallocate": "true",
            "db.tx_log.rotation.size": "128m",
        },
    )
    server.mounted = mounted
    server.start()
    yield server
    server.stop()
    if mounted:
        subprocess.run(["umount", str(home)], check=False)


@pytest.fixture
def strict(strict_server, monkeypatch):
    """Its address without a scheme."""
    for name, value in strict_server.environment.items():
        monkeypatch.setenv(name, value)
    return f"127.0.0.1:{strict_server.port}/neo4j"


@pytest.mark.slow
def test_a_server_that_speaks_tls_only(strict, refused):
    """Without TLS, or with a certificate that nobody vouches for, the sentence names the scheme that works."""
    for scheme in ("neo4j", "bolt"):
        assert "TLS only" in refused(f"{scheme}://{strict}")
        assert "+ssc" in refused(f"{scheme}+s://{strict}")
        write(net_of("甲"), f"{scheme}+ssc://{strict}?network={scheme}")
        assert read(f"{scheme}+ssc://{strict}?network={scheme}") == net_of("甲")


@pytest.mark.slow
def test_an_increment_that_does_not_fit(strict, refused, tmp_path):
    """An increment beyond the server's memory writes nothing and says what to do; as a new network it fits."""
    url = f"neo4j+ssc://{strict}?network=large"
    write(network(0, 10), url)
    write(network(0, 30_000), tmp_path / "new.parquet")
    assert "heap" in refused(url, source=tmp_path / "new.parquet")
    assert read(url) == network(0, 10)
    write(network(0, 30_000), url + "2")
    assert read(url + "2") == network(0, 30_000)


@pytest.mark.slow
def test_a_full_disk(strict, strict_server, refused, tmp_path):
    """A full disk is named as the cause; after space and a restart what was committed is there, and loads go on."""
    if not strict_server.mounted:
        pytest.skip("a small disk needs the right to mount")
    url, source = f"neo4j+ssc://{strict}?network=full", tmp_path / "new.parquet"
    write(network(0, 300), url)
    nodes = network(1, 2000).nodes().reset_index().assign(note="长" * 4000)
    new = MedicalNetwork.from_frames(nodes, None, {"data_day": "2024-01-01"})
    write(new, source)
    with contextlib.suppress(OSError), (strict_server.home / "filler").open("wb") as file:
        while True:
            file.write(b"0" * 65536)
            file.flush()
    number = _loads_until_refused(new, url)
    assert "No space left on device" in refused(url, source=source)
    subprocess.run(["mount", "-o", "remount,size=1g", str(strict_server.home.parent)], check=True)
    strict_server.stop()
    strict_server.start()
    assert read(url) == network(0, 300)
    assert all(read(f"{url}{done}") == new for done in range(number))
    with contextlib.suppress(
        errors.SourceError
    ):  # not there, or, if its commit was the last to succeed, whole
        assert read(f"{url}{number}") == new
    write(new, f"{url}{number}")
    assert read(f"{url}{number}") == new


def _loads_until_refused(net: MedicalNetwork, url: str) -> int:
    """Load under one name after the other; the server has some room in files that it made larger than need be."""
    for number in range(20):
        try:
            write(net, f"{url}{number}")
        except errors.TargetError:
            return number
    raise AssertionError("the disk is not full")


@pytest.mark.slow
def test_an_old_server(tmp_path, refused, monkeypatch):
    """A server of 4.4 is refused by its version, before anything is written."""
    skip_or_fail()
    server = Server(tmp_path / "old", version="4.4.44").start()
    try:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        for scheme in ("neo4j", "bolt"):
            assert "Neo4j/4.4.44" in refused(f"{scheme}://127.0.0.1:{server.port}/neo4j")
    finally:
        server.stop()


def test_no_name_is_made_up(store_url):
    """Where a database holds several networks, an address without a name lists them."""
    write(net_of("甲"), store_url)
    write(net_of("甲"), store_url + "2")
    with (
        neo4j_store.connect(store_url.partition("?")[0]) as store,
        pytest.raises(errors.SourceError, match=r"network="),
    ):
        store.load()
