"""Memory that Arrow keeps of columns that nobody holds any more."""

from __future__ import annotations

import pyarrow as pa


def release_unused() -> None:
    """Give back to the system what Arrow keeps for itself; what is held stays as it is."""
    pa.default_memory_pool().release_unused()
