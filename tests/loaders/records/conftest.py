"""Spark, as the tests start it."""

from __future__ import annotations

import pytest

from tests.neo4j_server import SHORT_LIVED


@pytest.fixture(scope="module", autouse=True)
def short_lived_spark():
    """What Spark is started here lives for a minute; it counts the same in half the time of the processor."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", " ".join(SHORT_LIVED))
        yield
