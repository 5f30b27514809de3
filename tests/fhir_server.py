"""A real FHIR server for the tests: HAPI FHIR JPA from Maven Central, run beside the tests and never shipped.

The jars are fetched once, and `tests/hapi` is compiled, into a cache; a server starts once for a run of the tests,
on a free port of the loopback address, with its data in memory. It also validates what we write (`errors_of`). All
tests with the mark `xdist_group("fhir")` run in one worker, so one server serves them all.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.neo4j_server import free_port

HAPI = Path(__file__).parent / "hapi"
_START = 600  # seconds: cold jars on a busy machine


class Server:
    """One HAPI on this machine, at `base`."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}/fhir"
        self.address = f"fhir+{self.base}"
        self._console = home / "console.txt"
        classes = compiled()
        jars = (classes / "jars.txt").read_text(encoding="utf-8").strip()
        options = ["-Xmx1200m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
        path = os.pathsep.join([str(classes / "target/classes"), jars])
        with self._console.open("wb") as log:
            self.process = subprocess.Popen(
                ["java", *options, "-cp", path, "Hapi", str(self.port)], stdout=log, stderr=log
            )
        until = time.monotonic() + _START
        while b"READY" not in self._console.read_bytes():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(self._console.read_text(encoding="utf-8")[-3000:])
            time.sleep(0.5)

    def errors_of(self, text: str) -> list[str]:
        """Return what HAPI's validator finds wrong with a resource."""
        url = f"http://127.0.0.1:{self.port}/check"
        with urllib.request.urlopen(
            urllib.request.Request(url, text.encode()), timeout=300
        ) as told:
            return told.read().decode().splitlines()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def compiled() -> Path:
    """The folder of the compiled server and of the list of its jars; made where the cache does not hold it."""
    sources = [HAPI / "pom.xml", HAPI / "Hapi.java"]
    mark = hashlib.sha256(b"".join(file.read_bytes() for file in sources)).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "medgraph"
    folder = cache / f"hapi-{mark}"
    if not (folder / "whole").exists():
        (folder / "src/main/java").mkdir(parents=True, exist_ok=True)
        shutil.copy(sources[0], folder)
        shutil.copy(sources[1], folder / "src/main/java")
        goals = ["compile", "dependency:build-classpath", "-Dmdep.outputFile=jars.txt"]
        subprocess.run(
            ["mvn", "-q", "-B", *goals], cwd=folder, check=True, capture_output=True, timeout=1800
        )
        (folder / "whole").touch()
    return folder


def missing() -> str:
    """What a server needs and this machine lacks, in words; an empty text where nothing is missing."""
    tools = [name for name in ("java", "mvn") if shutil.which(name) is None]
    return f"no {' and no '.join(tools)}: the tests of FHIR need Java 17 and Maven" if tools else ""


@pytest.fixture(scope="session")
def fhir_server(tmp_path_factory):
    """A server that runs while the tests do; without Java and Maven a skip, or a failure where it is required."""
    if reason := missing():
        if os.environ.get("MEDGRAPH_REQUIRE_FHIR"):
            pytest.fail(reason)
        pytest.skip(reason)
    server = Server(tmp_path_factory.mktemp("hapi"))
    try:
        yield server
    finally:
        server.stop()
