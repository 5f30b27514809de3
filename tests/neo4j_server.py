"""A real Neo4j for the tests: Community edition from Maven Central, run beside the tests and never shipped.

The jars are fetched once into a cache. A server lives in a fresh home on a free port of the loopback address.
`NEO4J_URI` in the environment uses that server instead (with `NEO4J_USERNAME` and `NEO4J_PASSWORD`). All tests
with the mark `xdist_group("neo4j")` run in one worker (`--dist loadgroup`), so one server serves them all.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import pytest

VERSION = "5.26.28"
USER, PASSWORD = "neo4j", "only-for-tests"
_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>medgraph</groupId><artifactId>store-server</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version>
</dependency></dependencies></project>
"""
_SETTINGS = {
    "server.bolt.listen_address": "127.0.0.1:{port}",
    "server.bolt.advertised_address": "127.0.0.1:{port}",
    "dbms.security.auth_enabled": "true",
    "server.memory.pagecache.size": "256m",
    "server.http.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "db.tx_log.preallocate": "false",
    "db.logs.query.enabled": "OFF",
    "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
}
_SETTINGS_4 = {
    "dbms.connector.bolt.listen_address": "127.0.0.1:{port}",
    "dbms.security.auth_enabled": "true",
    "dbms.connector.bolt.advertised_address": "127.0.0.1:{port}",
    "dbms.connector.http.enabled": "false",
    "dbms.memory.pagecache.size": "64m",
}
# A server that lives for minutes is not worth compiling well: a third less of the processor than Java's own choice.
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
LONG_LIVED = ("-XX:+UseParallelGC",)


class Server:
    """One Neo4j on this machine: `start`, `stop`, `kill` (as `kill -9`), `start` again in the same home."""

    def __init__(
        self,
        home: Path,
        *,
        version: str = VERSION,
        heap: str = "1g",
        scheme: str = "bolt",
        compiled: tuple[str, ...] = SHORT_LIVED,
        **settings: str,
    ) -> None:
        self.home, self.version, self.heap, self.port = home, version, heap, free_port()
        self.compiled = compiled
        self.username, self.password, self.scheme = USER, PASSWORD, scheme
        self.process: subprocess.Popen | None = None
        known = _SETTINGS_4 if version.startswith("4.") else _SETTINGS
        lines = {k: v.format(port=self.port) for k, v in known.items()} | settings
        (home / "conf").mkdir(parents=True)
        (home / "conf/neo4j.conf").write_text(
            "".join(f"{k}={v}\n" for k, v in lines.items()), encoding="utf-8"
        )
        self._set_password()

    @property
    def uri(self) -> str:
        return f"neo4j://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to log in."""
        return {"NEO4J_USERNAME": self.username, "NEO4J_PASSWORD": self.password}

    def start(self, *, wait: float = 120) -> Server:
        """Start, and return once a login succeeds; raise where the server ends or stays silent."""
        entry = "org.neo4j.server.CommunityEntryPoint"
        with (self.home / "console.txt").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *self._java("-Xms256m", f"-Xmx{self.heap}", *self.compiled),
                    entry,
                    f"--home-dir={self.home}",
                    f"--config-dir={self.home / 'conf'}",
                ],
                stdout=log,
                stderr=log,
            )
        if wait:
            self.ready(wait)
        return self

    def ready(self, wait: float = 120) -> None:
        import neo4j

        until = time.monotonic() + wait
        while True:
            try:
                with (
                    neo4j.GraphDatabase.driver(
                        f"{self.scheme}://127.0.0.1:{self.port}",
                        auth=(self.username, self.password),
                    ) as driver,
                    driver.session(database="neo4j") as session,
                ):
                    session.run("RETURN 1").consume()  # `execute_query` would wait ever longer
                return
            except neo4j.exceptions.Neo4jError as error:
                if "DatabaseUnavailable" not in str(error.code) and "DatabaseNotFound" not in str(
                    error.code
                ):
                    raise
                reason = str(error)
            except neo4j.exceptions.DriverError:
                reason = "no answer"
            if self.process.poll() is not None or time.monotonic() > until:
                said = (self.home / "console.txt").read_text(encoding="utf-8")[-3000:]
                raise RuntimeError(f"{reason}: {said}")
            time.sleep(0.2)

    def stop(self) -> None:
        self._end(self.process.terminate if self.process else None)

    def kill(self) -> None:
        self._end(self.process.kill if self.process else None)

    def _end(self, how) -> None:
        if how is not None:
            how()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:  # on a full disk it cannot stop in good order
                self.process.kill()
                self.process.wait()
            self.process = None

    def _java(self, *options: str) -> list[str]:
        opened = (
            "java.nio",
            "java.io",
            "java.lang",
            "sun.nio.ch",
        )  # as its own script does, to preallocate files
        options += tuple(f"--add-opens=java.base/{part}=ALL-UNNAMED" for part in opened)
        return ["java", *options, "-cp", f"{jars(self.version)}/*"]

    def _set_password(self) -> None:
        """Set the password before the first start; its outcome is a file that other fresh homes may have, too."""
        made, kept = self.home / "data/dbms/auth.ini", jars(self.version).parent / "auth.ini"
        if kept.exists():
            made.parent.mkdir(parents=True)
            shutil.copy(kept, made)
            return
        places = {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        words = ["dbms"] if not self.version.startswith("4.") else []
        subprocess.run(
            [
                *self._java(*SHORT_LIVED),
                "org.neo4j.cli.AdminTool",
                *words,
                "set-initial-password",
                PASSWORD,
            ],
            env={**os.environ, **places},
            check=True,
            capture_output=True,
            timeout=120,
        )
        if made.exists():
            shutil.copy(made, kept)


class Given:
    """The server of $NEO4J_URI; it is neither started nor stopped here."""

    process = None

    def __init__(self) -> None:
        self.uri = os.environ["NEO4J_URI"].rstrip("/")
        self.username = os.environ.get("NEO4J_USERNAME", USER)
        self.password = os.environ.get("NEO4J_PASSWORD", "")
        self.environment = {"NEO4J_USERNAME": self.username, "NEO4J_PASSWORD": self.password}


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def missing() -> str:
    """What a server needs and this machine lacks, in words; an empty text where nothing is missing."""
    tools = [name for name in ("java", "mvn") if shutil.which(name) is None]
    return (
        f"no {' and no '.join(tools)}: the tests of the shared store need Java 17 and Maven"
        if tools
        else ""
    )


def jars(version: str = VERSION) -> Path:
    """The folder of the server's jars; fetched from Maven Central where the cache does not hold them."""
    cache = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        / "medgraph"
        / f"neo4j-{version}"
    )
    if not (cache / "whole").exists():
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "pom.xml").write_text(_POM.format(version=version), encoding="utf-8")
        subprocess.run(
            [
                "mvn",
                "-q",
                "-B",
                "-f",
                str(cache / "pom.xml"),
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                f"-DoutputDirectory={cache / 'lib'}",
            ],
            check=True,
            capture_output=True,
            timeout=900,
        )
        (cache / "whole").touch()
    return cache / "lib"


def skip_or_fail() -> None:
    """Skip the tests of the store where Java or Maven is missing; fail where MEDGRAPH_REQUIRE_NEO4J is set."""
    if reason := missing():
        if os.environ.get("MEDGRAPH_REQUIRE_NEO4J"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory):
    """A server that runs while the tests do, with its `uri`, `username` and `password`."""
    if os.environ.get("NEO4J_URI"):
        yield Given()
        return
    skip_or_fail()
    server = Server(tmp_path_factory.mktemp("neo4j") / "home").start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def store_url(neo4j_server, monkeypatch, request):
    """The address of a network that no other test uses; the credentials stand in the environment."""
    for name, value in neo4j_server.environment.items():
        monkeypatch.setenv(name, value)
    return f"{neo4j_server.uri}/neo4j?network={quote(request.node.name[:60])}-{time.monotonic_ns()}"
