"""Write a network into a store: a first load in batches that appears at last, an increment in one transaction.

A session is given; every text comes from `store_layout`. What a load changes is decided in `store_merging`.
"""

from __future__ import annotations

import datetime
import functools
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import TargetError, WithheldError
from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import mask
from medgraph.loaders.store import layout as layout
from medgraph.loaders.store import merging as merging
from medgraph.loaders.store.merging import Report, Stored
from medgraph.progress import advance
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

_BATCH = 10_000


def mark() -> str:
    """Return what tells one write from every other, to know it again on the server."""
    return uuid.uuid4().hex


@dataclass
class Load:
    """One network on its way into a store, as `dataset` states it."""

    net: MedicalNetwork
    network: str
    dataset: str
    texts: layout.Texts
    accept_endings: int | None = None
    dry_run: bool = False

    def __post_init__(self) -> None:
        self.nodes, self.links = self.net.tables
        self.last = self.net.day() - datetime.timedelta(days=1)
        self.span = layout.span(self.network)
        self.mark = mark()
        self.total = len(self.nodes) + len(self.links)
        self.hashes = {"nodes": layout.hashes(self.nodes), "links": layout.hashes(self.links)}
        self.keys = {"nodes": self.nodes["id"].to_pylist(), "links": layout.link_keys(self.links)}
        meta = repr(sorted(self.net.meta.items())).encode()
        self.digest = f"{self._sum()}-{layout.digest(meta)}"

    def _sum(self) -> str:
        with np.errstate(over="ignore"):
            return "-".join(f"{len(h)}-{h.view(np.uint64).sum():x}" for h in self.hashes.values())

    def report(self, **counts: Any) -> Report:
        return Report(self.network, self.dataset, dry_run=self.dry_run, **counts)

    def creations(
        self, part: str, chosen: np.ndarray | None = None
    ) -> Iterator[tuple[str, list[list]]]:
        """The texts that create rows, each with its rows: by kind of node, by relation of links."""
        table, by = (self.nodes, "kind") if part == "nodes" else (self.links, "relation")
        places = np.arange(len(table)) if chosen is None else chosen
        for name in pc.unique(table[by].take(pa.array(places))).to_pylist():
            rows = places[mask(pc.equal(table[by].take(pa.array(places)), name))]
            some = table.take(pa.array(rows))
            keys = [self.keys[part][row] for row in rows.tolist()]
            ahead = (
                [keys]
                if part == "nodes"
                else [some["source"].to_pylist(), some["target"].to_pylist(), keys]
            )
            make = self.texts.create_nodes if part == "nodes" else self.texts.create_links
            used, free, lists = layout.rows_of(
                part, some, [*ahead, self.hashes[part][rows].tolist()]
            )
            yield make(name, used, free), lists


# -- a first load --------------------------------------------------------------------------------------


def first(load: Load, session: Any, lock: Any, commit: Callable[[], None]) -> Report:
    """Load a network that is not there: a small one in `lock`, a transaction that is open all the while.

    A large one goes in batches, each in a transaction of `session`; what an earlier load left behind is deleted
    first. The network itself appears with the last commit, that of `lock`.
    """
    traces = session.run(load.texts.traces, network=load.network).single()[0]
    if traces or load.total > _BATCH:
        session.execute_write(_run, load.texts.begin, network=load.network)
        run = functools.partial(session.execute_write, _run)
    else:
        run = functools.partial(_run, lock)
    lock.run(load.texts.begin, network=load.network).consume()  # another first load waits here
    if (
        lock.run(load.texts.look, network=load.network).peek() is not None
    ):  # somebody else has been faster
        raise Overtaken
    if traces:
        clean(load, session)
    _create(load, run)
    lock.run(load.texts.dataset, values=_dataset(load, 1)).consume()
    lock.run(load.texts.create, values=_network(load, 1, [load.dataset], load.net.meta)).consume()
    lock.run(load.texts.done, network=load.network).consume()
    commit()
    return load.report(added=load.total, version=1)


def _create(load: Load, run: Callable[..., Any]) -> None:
    done = 0
    for part in ("nodes", "links"):
        for text, rows in load.creations(part):
            for at in range(0, len(rows), _BATCH):
                made = run(text, rows=rows[at : at + _BATCH], owners=[load.dataset], **load.span)
                _all_there(made, rows[at : at + _BATCH])
                done += len(rows[at : at + _BATCH])
                advance(done, load.total)


class Overtaken(Exception):  # noqa: N818 - no error: the load goes on as an increment
    """Another writer has loaded the network in the meantime."""


def clean(load: Load, session: Any) -> None:
    """Delete what a load that broke off left behind, in batches."""
    while session.execute_write(_single, load.texts.clean, size=_BATCH, **load.span):
        pass
    session.execute_write(_run, load.texts.clean_datasets, **load.span)


def _run(transaction: Any, text: str, **values: Any) -> Any:
    """Run a text and return what the server counted."""
    return transaction.run(text, values).consume().counters


def _all_there(made: Any, rows: list) -> None:
    """Raise TargetError where fewer rows were created than sent: a link whose end is missing is passed in silence."""
    if made.nodes_created + made.relationships_created < len(rows):
        raise TargetError(say("store_loose_links"))


def _single(transaction: Any, text: str, **values: Any) -> Any:
    return transaction.run(text, values).single()[0]


def _dataset(load: Load, version: int) -> dict[str, Any]:
    meta = {f"meta.{name}": value for name, value in load.net.meta.items()}
    return {
        "key": load.network + layout.SEPARATOR + load.dataset,
        "network": load.network,
        "name": load.dataset,
        "version": version,
        "digest": load.digest,
        **meta,
    }


def _network(
    load: Load, version: int, datasets: list[str], meta: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "name": load.network,
        "format": schema.FORMAT_NAME,
        "format_version": layout.LAYOUT,
        "version": version,
        "write": load.mark,
        "datasets": datasets,
        **{f"meta.{n}": v for n, v in meta.items()},
    }


# -- an increment --------------------------------------------------------------------------------------


def increment(load: Load, transaction: Any) -> Report:
    """Send what changed, in one transaction that the caller commits; raise WithheldError."""
    there = transaction.run(load.texts.lock, network=load.network).single()[0]
    if there.get("base") is not None:
        raise TargetError(say("store_is_scenario", network=load.network, base=there["base"]))
    datasets = {d["name"]: d for (d,) in transaction.run(load.texts.datasets, load.span)}
    before = datasets.get(load.dataset)
    if before is not None and before["digest"] == load.digest:
        return load.report(
            same=load.total, version=there["version"], findings=_differing(load, transaction)
        )
    parts = [_Nodes(load, transaction), _Links(load, transaction)]
    report = load.report(version=there["version"] + 1)
    for part in parts:
        part.compare()
    _not_withheld(load, [part.found for part in parts], report)
    for part in parts:
        report = part.carry_out(report)
    version = there["version"] + 1
    transaction.run(load.texts.dataset, values=_dataset(load, version)).consume()
    _state(load, transaction, there, datasets, version)
    return report


def _differing(load: Load, transaction: Any) -> tuple[str, ...]:
    """Where owners differ now in what the dataset shares with others; these may have changed since it was loaded."""
    texts = {"nodes": load.texts.shared_nodes, "links": load.texts.shared_links}
    return tuple(
        said
        for part, text in texts.items()
        for key, stored in transaction.run(text, dataset=load.dataset, **load.span)
        for said in merging.findings(part, key, stored)
    )


def _state(
    load: Load,
    transaction: Any,
    there: Mapping[str, Any],
    datasets: Mapping[str, Mapping],
    version: int,
) -> None:
    """Write the version last, with what all datasets state of the whole."""
    names = list(dict.fromkeys([*there["datasets"], load.dataset]))
    said = [
        dict(load.net.meta) if name == load.dataset else stated(datasets[name]) for name in names
    ]
    values = _network(load, version, names, merging.merged_meta(said))
    transaction.run(load.texts.state, network=load.network, values=values).consume()


def stated(node: Mapping[str, Any]) -> dict[str, str]:
    """What a network or dataset node says of the whole."""
    return {name[5:]: value for name, value in node.items() if name.startswith("meta.")}


def _not_withheld(load: Load, found: list[merging.Difference], report: Report) -> None:
    ending, holding = sum(f.ending for f in found), sum(f.holding for f in found)
    if merging.withheld(ending, holding, load.accept_endings):
        report = replace(report, ended=ending, version=report.version - 1)
        sentence = say("store_withheld", dataset=load.dataset, ending=ending, holding=holding)
        raise WithheldError(sentence, report)


class _Nodes:
    """The nodes of an increment: what is there, what becomes of it."""

    part = "nodes"

    def __init__(self, load: Load, transaction: Any) -> None:
        self.load, self.transaction = load, transaction
        self.places = {key: row for row, key in enumerate(load.keys[self.part])}

    def compare(self) -> None:
        load = self.load
        self.owned = self._owned()
        unknown = [key for key in self.places if key not in self.owned]
        incoming = dict(zip(load.keys[self.part], load.hashes[self.part].tolist(), strict=True))
        self.found = merging.difference(incoming, self.owned, self._others(unknown), load.last)

    def carry_out(self, report: Report) -> Report:
        """Create, change and end; return the report with the counts."""
        found, load = self.found, self.load
        places = np.array([self.places[key] for key in found.new], np.int64)
        for text, rows in load.creations(self.part, places) if len(places) else ():
            for at in range(0, len(rows), _BATCH):
                _all_there(
                    self._send(text, rows[at : at + _BATCH], owners=[load.dataset]),
                    rows[at : at + _BATCH],
                )
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

    def _send(self, text: str, rows: list, **values: Any) -> Any:
        return _run(self.transaction, text, rows=rows, **self.load.span, **values)

    def _restate(self, keys: list[str]) -> tuple[int, list[str]]:
        """Write what differs in rows that are there; return how many, and where owners differ."""
        changes, findings = [], []
        table = self.load.nodes if self.part == "nodes" else self.load.links
        wanted = table.take(pa.array([self.places[key] for key in keys], pa.int64())).to_pylist()
        full = self._full(keys)
        for key, row in zip(keys, wanted, strict=True):
            place, stored = full[key]
            row = layout.properties(self.part, row)
            target, differing = merging.restated(self.part, stored, self.load.dataset, row)
            if len(target["owners"]) == 1:
                target["hash"] = int(self.load.hashes[self.part][self.places[key]])
            findings += [merging.finding(key, d) for d in differing]
            changes.append((key, place, stored, target))
        return self._write(changes), findings

    def _drop(self, keys: list[str]) -> None:
        full = self._full(keys)
        self._write(
            [
                (
                    key,
                    *full[key],
                    merging.dropped(self.part, full[key][1], self.load.dataset, self.load.last),
                )
                for key in keys
            ]
        )

    def _write(self, changes: list[tuple[str, str, dict, dict]]) -> int:
        """Send the properties that differ; return how many rows they are of."""
        rows, kinds = [], defaultdict(list)
        for key, place, stored, target in changes:
            delta = _delta(stored, target | self._kept(stored, target["owners"]))
            if delta:
                rows.append([self._address(key, place), delta])
                if "kind" in delta:
                    kinds[delta["kind"]].append(key)
        for at in range(0, len(rows), _BATCH):
            self._send(self._change, rows[at : at + _BATCH])
        for kind, some in kinds.items():
            self._send(self.load.texts.relabel(kind), some)
        return len(rows)

    # what differs between nodes and links

    @property
    def _change(self) -> str:
        return self.load.texts.change_nodes

    def _address(self, key: str, place: str) -> str:
        return key

    def _kept(self, stored: Mapping[str, Any], owners: list[str]) -> dict[str, Any]:
        network = stored["network"]
        return {
            "network": network,
            "key": stored["key"],
            "held_by": layout.held_by(network, owners),
        }

    def _owned(self) -> dict[str, Stored]:
        found = self.transaction.run(
            self.load.texts.owned_nodes, dataset=self.load.dataset, **self.load.span
        )
        return {id: Stored(hash, owners, day) for id, hash, owners, day in found}

    def _others(self, keys: list[str]) -> set[str]:
        found = (
            self.transaction.run(self.load.texts.known_nodes, rows=keys, **self.load.span)
            if keys
            else ()
        )
        return {id for (id,) in found}

    def _full(self, keys: list[str]) -> dict[str, tuple[str, dict[str, Any]]]:
        found = (
            self.transaction.run(self.load.texts.full_nodes, rows=keys, **self.load.span)
            if keys
            else ()
        )
        return {id: (place, native(stored)) for id, place, stored in found}


class _Links(_Nodes):
    """The links of an increment; they are found from where they begin, which is a node of the same dataset."""

    part = "links"

    @property
    def _change(self) -> str:
        return self.load.texts.change_links

    def _address(self, key: str, place: str) -> str:
        return place

    def _kept(self, stored: Mapping[str, Any], owners: list[str]) -> dict[str, Any]:
        return {"network": stored["network"], "key": stored["key"]}

    def _owned(self) -> dict[str, Stored]:
        found = self.transaction.run(
            self.load.texts.owned_links, dataset=self.load.dataset, **self.load.span
        )
        return {
            key: Stored(hash, owners, day, source, relation)
            for key, hash, owners, day, source, relation in found
        }

    def _others(self, keys: list[str]) -> set[str]:
        self.beyond = self._full(keys)
        return set(self.beyond)

    def _full(self, keys: list[str]) -> dict[str, tuple[str, dict[str, Any]]]:
        by_relation: dict[str, list[list[str]]] = defaultdict(list)
        for key in keys:
            source, relation = self._beginning(key)
            by_relation[relation].append([source, key])
        full = {}
        for relation, rows in by_relation.items():
            found = self.transaction.run(
                self.load.texts.full_links(relation), rows=rows, **self.load.span
            )
            full |= {key: (place, native(stored)) for key, place, stored in found}
        return full

    def _beginning(self, key: str) -> tuple[str, str]:
        if (known := self.owned.get(key)) is not None:
            return known.source, known.relation
        return tuple(
            self.load.links[name][self.places[key]].as_py() for name in ("source", "relation")
        )


def _delta(stored: Mapping[str, Any], target: Mapping[str, Any]) -> dict[str, Any]:
    """The properties to set so that `stored` becomes `target`; None takes one away."""
    names = dict.fromkeys([*stored, *target])
    return {name: target.get(name) for name in names if stored.get(name) != target.get(name)}


def native(row: Mapping[str, Any]) -> dict[str, Any]:
    """Properties with days as Python has them."""
    return {
        name: value.to_native() if hasattr(value, "to_native") else value
        for name, value in row.items()
    }
