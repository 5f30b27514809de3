"""The door to the store under the name that scripts know; the store is in `loaders/store/`."""

from medgraph.loaders.store.neo4j_store import (
    Report,
    Store,
    WithheldError,
    connect,
    load,
    store,
    store_scenario,
    write,
)

__all__ = [
    "Report",
    "Store",
    "WithheldError",
    "connect",
    "load",
    "store",
    "store_scenario",
    "write",
]
