"""What many tests need: the shared reference data, where it is at hand, and the sample."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from medgraph.loaders import samples

# How long one example takes says nothing on a machine that does other things too.
settings.register_profile("medgraph", deadline=None)
settings.load_profile("medgraph")

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
