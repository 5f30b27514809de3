"""One network on its way into a store: its rows, their keys and hashes, and how they are sent."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import TargetError
from medgraph.graphmodel import schema
from medgraph.loaders.store import layout
from medgraph.loaders.store.hashing import digest, hashes
from medgraph.loaders.store.merging import Report
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.store.cypher import Cypher

    Rows = list[list[Any]]

BATCH = 10_000  # rows that are sent at once
_META = "meta."  # before what is stated of the whole


def new_mark() -> str:
    """Return what tells one write from every other, to know it again on the server."""
    return uuid.uuid4().hex


@dataclass
class Load:
    """One network on its way into a store, as `dataset` states it."""

    net: MedicalNetwork
    network: str
    dataset: str
    cypher: Cypher
    accept_endings: int | None = None
    dry_run: bool = False

    def __post_init__(self) -> None:
        nodes, links = self.net.tables
        self.tables = {"nodes": nodes, "links": links}
        self.last = self.net.day() - datetime.timedelta(days=1)
        self.span = layout.span(self.network)
        self.mark = new_mark()
        self.total = len(nodes) + len(links)
        self.hashes = {part: hashes(table) for part, table in self.tables.items()}
        self.keys: dict[str, list[str]] = {
            "nodes": nodes["id"].to_pylist(),
            "links": layout.link_keys(links),
        }
        self.digest = digest(self.hashes.values(), self.net.meta)

    @property
    def is_large(self) -> bool:
        """Whether it is too large for one transaction."""
        return self.total > BATCH

    def report(self, **counts: Any) -> Report:
        """Return the report of this load."""
        return Report(self.network, self.dataset, dry_run=self.dry_run, **counts)

    def creations(self, part: str, chosen: Positions | None = None) -> Iterator[tuple[str, Rows]]:
        """Give the texts that create rows, each with a batch of its rows.

        There is one text for each kind of node or relation of links.
        """
        rows = np.arange(len(self.tables[part])) if chosen is None else chosen
        column = self.tables[part]["kind" if part == "nodes" else "relation"]
        names = column.take(pa.array(rows))
        for name in pc.unique(names).to_pylist():
            text, lists = self._creation(part, name, rows[np.asarray(pc.equal(names, name))])
            for batch in batches(lists):
                yield text, batch

    def _creation(self, part: str, name: str, rows: Positions) -> tuple[str, Rows]:
        """The text that creates rows of one kind or relation, and these rows."""
        some = self.tables[part].take(pa.array(rows))
        keys = [self.keys[part][row] for row in rows.tolist()]
        own_hashes = self.hashes[part][rows].tolist()
        if part == "nodes":
            used, free, lists = layout.rows_of(part, some, [keys, own_hashes])
            return self.cypher.create_nodes(name, used, free), lists
        ends = [some[end].to_pylist() for end in ("source", "target")]
        used, free, lists = layout.rows_of(part, some, [*ends, keys, own_hashes])
        return self.cypher.create_links(name, used, free), lists

    # -- what is stated of the whole -----------------------------------------------------------

    def dataset_values(self, version: int) -> dict[str, Any]:
        """Return the properties of the node of the dataset."""
        return {
            "key": self.network + layout.SEPARATOR + self.dataset,
            "network": self.network,
            "name": self.dataset,
            "version": version,
            "digest": self.digest,
            **with_prefix(self.net.meta),
        }

    def network_values(
        self, version: int, datasets: Sequence[str], meta: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return the properties of the node of the network."""
        return {
            "name": self.network,
            "format": schema.FORMAT_NAME,
            "format_version": layout.LAYOUT,
            "version": version,
            "write": self.mark,
            "datasets": list(datasets),
            **with_prefix(meta),
        }


def with_prefix(meta: Mapping[str, str]) -> dict[str, str]:
    """Return what is stated of the whole as properties of a network or dataset node."""
    return {_META + name: value for name, value in meta.items()}


def stated(node: Mapping[str, Any]) -> dict[str, str]:
    """Return what a network or dataset node states of the whole."""
    own = [name for name in node if name.startswith(_META)]
    return {name.removeprefix(_META): node[name] for name in own}


# -- sending --------------------------------------------------------------------------------------


def batches(rows: Rows) -> Iterator[Rows]:
    """Give rows so many at a time as are sent at once."""
    for at in range(0, len(rows), BATCH):
        yield rows[at : at + BATCH]


def run(transaction: Any, text: str, **values: Any) -> Any:
    """Run a text and return what the server counted."""
    return transaction.run(text, values).consume().counters


def refuse_loose_links(made: Any, rows: Rows) -> None:
    """Raise TargetError where fewer rows were created than sent.

    The server passes a link whose end is missing in silence.
    """
    if made.nodes_created + made.relationships_created < len(rows):
        raise TargetError(say("store_loose_links"))
