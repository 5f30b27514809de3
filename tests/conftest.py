"""What many tests need: the shared reference data, where it is at hand, and the sample."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from medgraph.loaders import samples
from tests import chromium86
from tests import fhir_server as fhir_fixtures
from tests import neo4j_server as neo4j_fixtures
from tests.browser import browser

# How long one example takes says nothing on a machine that does other things too. `make test` tries
# the same examples every time, so that a change alone decides whether it lands; `make test-slow` tries new ones.
settings.register_profile("medgraph", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "medgraph"))

fhir_server = fhir_fixtures.fhir_server
neo4j_server, store_url = neo4j_fixtures.neo4j_server, neo4j_fixtures.store_url

collect_ignore = ["typed_calls"]  # for mypy to read, not to run
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data: $MEDGRAPH_SHARED, or `shared` beside the project."""
    folder = Path(os.environ.get("MEDGRAPH_SHARED") or ROOT.parent / "shared")
    if not (folder / "policy").is_dir():
        pytest.skip(f"no reference data at {folder}; set MEDGRAPH_SHARED")
    return folder


@pytest.fixture(scope="session")
def taizhou():
    """The sample network; it never changes, so one is enough."""
    return samples.taizhou()


@pytest.fixture(
    scope="session", params=["installed", pytest.param("chromium-86", marks=pytest.mark.slow)]
)
def chromium(request):
    """One browser for all tests of a process: the installed one, and in `make test-slow` the oldest one we support."""
    with browser(chromium86.folder() if request.param == "chromium-86" else None) as started:
        yield started


def pytest_terminal_summary(terminalreporter):
    """Say at the end that the shared store was not tested, and why."""
    if any(
        "shared store need" in str(report.longrepr)
        for report in terminalreporter.stats.get("skipped", ())
    ):
        terminalreporter.write_line(f"NOT TESTED: {neo4j_fixtures.missing()}")
