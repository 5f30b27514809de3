"""The address by which `docs/neo4j.md` first named the store keeps working."""

import pytest

from medgraph.loaders import neo4j_store
from medgraph.loaders.store import neo4j_store as moved


@pytest.mark.parametrize("name", moved.__all__)
def test_the_store_is_found_under_its_first_name(name):
    assert name in neo4j_store.__all__
    assert getattr(neo4j_store, name) is getattr(moved, name)
