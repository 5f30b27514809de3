"""Send what changed in a network that is in a store, in one transaction.

What becomes of a row is decided in `merging`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np
import pyarrow as pa

from medgraph.errors import TargetError, WithheldError
from medgraph.loaders.store import layout, merging
from medgraph.loaders.store.loads import batches, refuse_loose_links, run, stated
from medgraph.loaders.store.merging import Report, Stored
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.loaders.store.loads import Load
    from medgraph.loaders.store.merging import Properties


def increment(load: Load, transaction: Any) -> Report:
    """Send what changed, in one transaction that the caller commits; raise WithheldError."""
    there = transaction.run(load.cypher.lock, network=load.network).single()[0]
    if there.get("base") is not None:
        raise TargetError(say("store_is_scenario", network=load.network, base=there["base"]))
    datasets = {d["name"]: d for (d,) in transaction.run(load.cypher.datasets, load.span)}
    before = datasets.get(load.dataset)
    if before is not None and before["digest"] == load.digest:
        found = _differing(load, transaction)
        return load.report(same=load.total, version=there["version"], findings=found)
    version = there["version"] + 1
    parts = [_Nodes(load, transaction), _Links(load, transaction)]
    for part in parts:
        part.compare()
    _refuse_withheld(load, [part.found for part in parts], there["version"])
    report = load.report(version=version)
    for part in parts:
        report = part.carry_out(report)
    transaction.run(load.cypher.dataset, values=load.dataset_values(version)).consume()
    _state(load, transaction, there, datasets, version)
    return report


def _differing(load: Load, transaction: Any) -> tuple[str, ...]:
    """Where owners differ now in what the dataset shares with others.

    Others may have changed since it was loaded.
    """
    texts = {"nodes": load.cypher.shared_nodes, "links": load.cypher.shared_links}
    found: list[str] = []
    for part, text in texts.items():
        for key, stored in transaction.run(text, dataset=load.dataset, **load.span):
            found += merging.findings(part, key, stored)
    return tuple(found)


def _refuse_withheld(load: Load, found: list[merging.Difference], version: int) -> None:
    """Raise WithheldError where so many rows would end that the file may be truncated."""
    ending, holding = sum(f.ending for f in found), sum(f.holding for f in found)
    if merging.withheld(ending, holding, load.accept_endings):
        sentence = say("store_withheld", dataset=load.dataset, ending=ending, holding=holding)
        raise WithheldError(sentence, load.report(ended=ending, version=version))


def _state(
    load: Load,
    transaction: Any,
    there: Mapping[str, Any],
    datasets: Mapping[str, Mapping[str, Any]],
    version: int,
) -> None:
    """Write the version last, with what all datasets state of the whole."""
    names = list(dict.fromkeys([*there["datasets"], load.dataset]))
    own = dict(load.net.meta)
    metas = [own if name == load.dataset else stated(datasets[name]) for name in names]
    meta = merging.merged_meta(metas)
    values = load.network_values(version, names, meta)
    transaction.run(load.cypher.state, network=load.network, values=values).consume()


# -- nodes or links -------------------------------------------------------------------------------


class _Full(NamedTuple):
    """A row of the server: its element id and all its properties."""

    place: str
    stored: dict[str, Any]


class _Change(NamedTuple):
    """A row of the server, and what it is to become."""

    key: str
    full: _Full
    target: dict[str, Any]


class _Rows(ABC):
    """The nodes or links of an increment: what is there, what becomes of it."""

    part: ClassVar[str]
    owned: dict[str, Stored]
    found: merging.Difference

    def __init__(self, load: Load, transaction: Any) -> None:
        self.load, self.transaction = load, transaction
        self.rows = {key: row for row, key in enumerate(load.keys[self.part])}

    # what differs between nodes and links

    @property
    @abstractmethod
    def change_text(self) -> str:
        """The text that changes properties."""

    @abstractmethod
    def address(self, key: str, full: _Full) -> str:
        """Return what the text that changes a row finds it by."""

    @abstractmethod
    def kept(self, stored: Properties, owners: list[str]) -> dict[str, Any]:
        """Return what the layout adds to what is stated."""

    @abstractmethod
    def read_owned(self) -> dict[str, Stored]:
        """Return what the dataset stated before."""

    @abstractmethod
    def read_others(self, keys: list[str]) -> set[str]:
        """Return which of these keys are there, though the dataset did not state them."""

    @abstractmethod
    def read_full(self, keys: list[str]) -> dict[str, _Full]:
        """Return all of these rows."""

    # what is common

    def compare(self) -> None:
        """Find what becomes of each row."""
        load = self.load
        self.owned = self.read_owned()
        unknown = [key for key in self.rows if key not in self.owned]
        incoming = dict(zip(load.keys[self.part], load.hashes[self.part].tolist(), strict=True))
        others = self.read_others(unknown)
        self.found = merging.difference(incoming, self.owned, others, load.last)

    def carry_out(self, report: Report) -> Report:
        """Create, change and end; return the report with the counts."""
        found = self.found
        self._create(found.new)
        changed, findings = self._restate(found.look)
        self._drop(found.gone)
        return replace(
            report,
            added=report.added + len(found.new),
            changed=report.changed + changed,
            ended=report.ended + found.ending - found.released,
            released=report.released + found.released,
            same=report.same + found.same + len(found.look) - changed,
            findings=(*report.findings, *findings),
        )

    def _create(self, keys: list[str]) -> None:
        if not keys:
            return
        chosen = np.array([self.rows[key] for key in keys], np.int64)
        for text, rows in self.load.creations(self.part, chosen):
            refuse_loose_links(self._send(text, rows, owners=[self.load.dataset]), rows)

    def _send(self, text: str, rows: list[Any], **values: Any) -> Any:
        return run(self.transaction, text, rows=rows, **self.load.span, **values)

    def _restate(self, keys: list[str]) -> tuple[int, list[str]]:
        """Write what differs in rows that are there; return how many, and where owners differ."""
        load = self.load
        changes, findings = [], []
        chosen = pa.array([self.rows[key] for key in keys], pa.int64())
        wanted = load.tables[self.part].take(chosen).to_pylist()
        full = self.read_full(keys)
        for key, row in zip(keys, wanted, strict=True):
            properties = layout.properties(self.part, row)
            stored = full[key].stored
            target, differing = merging.restated(self.part, stored, load.dataset, properties)
            if len(target["owners"]) == 1:
                target["hash"] = int(load.hashes[self.part][self.rows[key]])
            findings += [merging.finding(key, found) for found in differing]
            changes.append(_Change(key, full[key], target))
        return self._write(changes), findings

    def _drop(self, keys: list[str]) -> None:
        """Let rows end that nobody states any more; others go on by what their owners state."""
        load = self.load
        changes = [
            _Change(key, full, merging.dropped(self.part, full.stored, load.dataset, load.last))
            for key, full in self.read_full(keys).items()
        ]
        self._write(changes)

    def _write(self, changes: list[_Change]) -> int:
        """Send the properties that differ; return how many rows they are of."""
        rows = []
        of_kind: dict[str, list[str]] = defaultdict(list)
        for key, full, target in changes:
            wanted = target | self.kept(full.stored, target["owners"])
            differing = _differing_properties(full.stored, wanted)
            if not differing:
                continue
            rows.append([self.address(key, full), differing])
            if "kind" in differing:
                of_kind[differing["kind"]].append(key)
        for batch in batches(rows):
            self._send(self.change_text, batch)
        for kind, keys in of_kind.items():
            self._send(self.load.cypher.relabel(kind), keys)
        return len(rows)

    def _ask(self, text: str, rows: list[Any]) -> Any:
        return self.transaction.run(text, rows=rows, **self.load.span) if rows else ()


class _Nodes(_Rows):
    """The nodes of an increment, which are found by their keys."""

    part = "nodes"

    @property
    def change_text(self) -> str:
        return self.load.cypher.change_nodes

    def address(self, key: str, full: _Full) -> str:
        return key

    def kept(self, stored: Properties, owners: list[str]) -> dict[str, Any]:
        network = stored["network"]
        held_by = layout.held_by(network, owners)
        return {"network": network, "key": stored["key"], "held_by": held_by}

    def read_owned(self) -> dict[str, Stored]:
        load = self.load
        rows = self.transaction.run(load.cypher.owned_nodes, dataset=load.dataset, **load.span)
        return {id: Stored(hash, owners, day) for id, hash, owners, day in rows}

    def read_others(self, keys: list[str]) -> set[str]:
        return {id for (id,) in self._ask(self.load.cypher.known_nodes, keys)}

    def read_full(self, keys: list[str]) -> dict[str, _Full]:
        rows = self._ask(self.load.cypher.full_nodes, keys)
        return {id: _Full(place, native(stored)) for id, place, stored in rows}


class _Links(_Rows):
    """The links of an increment, found from where they begin: a node of the same dataset."""

    part = "links"

    @property
    def change_text(self) -> str:
        return self.load.cypher.change_links

    def address(self, key: str, full: _Full) -> str:
        return full.place

    def kept(self, stored: Properties, owners: list[str]) -> dict[str, Any]:
        return {"network": stored["network"], "key": stored["key"]}

    def read_owned(self) -> dict[str, Stored]:
        load = self.load
        rows = self.transaction.run(load.cypher.owned_links, dataset=load.dataset, **load.span)
        return {key: Stored(*values) for key, *values in rows}

    def read_others(self, keys: list[str]) -> set[str]:
        return set(self.read_full(keys))

    def read_full(self, keys: list[str]) -> dict[str, _Full]:
        by_relation: dict[str, list[list[str]]] = defaultdict(list)
        for key in keys:
            source, relation = self._beginning(key)
            by_relation[relation].append([source, key])
        full: dict[str, _Full] = {}
        for relation, sources in by_relation.items():
            rows = self._ask(self.load.cypher.full_links(relation), sources)
            full |= {key: _Full(place, native(stored)) for key, place, stored in rows}
        return full

    def _beginning(self, key: str) -> tuple[str, str]:
        """The node that a link begins at, and its relation."""
        known = self.owned.get(key)
        if known is not None:
            return known.source, known.relation
        links, row = self.load.tables["links"], self.rows[key]
        return links["source"][row].as_py(), links["relation"][row].as_py()


def _differing_properties(stored: Properties, target: Properties) -> dict[str, Any]:
    """The properties to set so that `stored` becomes `target`; None takes one away."""
    names = dict.fromkeys([*stored, *target])
    return {name: target.get(name) for name in names if stored.get(name) != target.get(name)}


def native(row: Properties) -> dict[str, Any]:
    """Return properties with days as Python has them."""
    return {
        name: value.to_native() if hasattr(value, "to_native") else value
        for name, value in row.items()
    }
