"""Say what a format can hold, keep that much of a network, and count what is lost.

A format whose files hold less than a network states it once, as a `Capacity`. Its writer writes
what `keep` leaves, so that what is lost is never counted apart from what is written.

Without the column that says that a fact is over, planned or one placeholder for several, the fact
would read as one that holds: then it is not written at all. What lacks rows or values is no longer
declared complete, or who is not in the file would be taken for somebody who is not there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import canonical, holds, mask, with_ends
from medgraph.graphmodel.completeness import without_declarations
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.headings import in_words
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.tabular.accounting import owner_of_list
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.arrays.types import Mask

_NODE = ("id", "kind", "name")
_LINK = ("source", "relation", "target")
_LINKS = f"{schema.LINKS.name}."
_DAYS = frozenset({"valid_from", "valid_to"})
_TELLING = frozenset({"status", "is_class", *_DAYS})


@dataclass(frozen=True)
class Capacity:
    """What the files of a format can hold; None stands for all there is.

    The id, the kind and the name of a node, and the ends and the relation of a link, are held by
    every format, and `meta` is whether it has a place for what is stated of the whole.
    """

    kinds: frozenset[str] | None = None
    relations: frozenset[str] | None = None
    node_fields: frozenset[str] | None = None
    link_fields: frozenset[str] | None = None
    meta: bool = True


@dataclass(frozen=True)
class Loss:
    """What a file does not hold, as `links.SERVES` or `facilities.beds`, and how many of it."""

    what: str
    count: int


@dataclass(frozen=True)
class Losses:
    """All that the file written at `target` does not hold of the network."""

    target: str
    rows: tuple[Loss, ...] = ()

    @property
    def findings(self) -> tuple[str, ...]:
        """A line for each thing that is lost."""
        return tuple(
            say("lost_line", what=in_words(row.what), count=row.count) for row in self.rows
        )

    def to_dict(self) -> dict[str, Any]:
        """Return what is lost as plain values."""
        return {"lossy": [{"what": row.what, "count": row.count} for row in self.rows]}

    def __bool__(self) -> bool:
        return bool(self.rows)

    def __str__(self) -> str:
        count = sum(row.count for row in self.rows)
        return say("lost", target=self.target, count=count, kinds=len(self.rows))


class Kept(NamedTuple):
    """The part of a network that a format can hold, and what is lost."""

    network: MedicalNetwork
    losses: tuple[Loss, ...]

    def told(self, target: Any) -> Losses | None:
        """Return what a file lacks; None where it lacks nothing."""
        return Losses(str(target), self.losses) if self.losses else None


def keep(
    net: MedicalNetwork, can: Capacity, *, nodes: Mask | None = None, links: Mask | None = None
) -> Kept:
    """Return what of a network a format can hold, and count all that it cannot.

    `nodes` and `links` are the rows that the format has a place for, where not every one of these
    kinds and relations has.
    """
    all_nodes, all_links = net.tables
    held = _held(all_nodes["kind"], can.kinds, nodes) & _true_nodes(net, can.node_fields)
    kept_nodes = all_nodes.filter(pa.array(held))
    fits = _held(all_links["relation"], can.relations, links) & _true_links(net, can.link_fields)
    kept_links = with_ends(all_links.filter(pa.array(fits)), kept_nodes["id"].combine_chunks())
    lost: Counter[str] = Counter()
    lost.update(_of_tables(all_nodes))
    lost.subtract(_of_tables(kept_nodes))
    lost.update(_of_relations(all_links))
    lost.subtract(_of_relations(kept_links))
    slim_nodes, dropped = _without(kept_nodes, _NODE, can.node_fields)
    lost.update(_values(kept_nodes, dropped, "kind", _table_of))
    slim_links, dropped = _without(kept_links, _LINK, can.link_fields)
    lost.update(_values(kept_links, dropped, "relation", _links_of))
    if not can.meta:
        lost[schema.META.name] = len(net.meta)
    short = [*_short_tables(lost), *_short_lists(all_links, kept_links, slim_nodes["id"], can)]
    network = MedicalNetwork(
        canonical(slim_nodes, schema.field_types()),
        canonical(slim_links, schema.link_types()),
        without_declarations(net.meta, short) if can.meta else {},
    )
    return Kept(network, tuple(Loss(what, count) for what, count in lost.items() if count))


def _short_tables(lost: Counter[str]) -> list[str]:
    """The tables of nodes, and their columns, of which something is lost."""
    return [what for what, count in lost.items() if count and not what.startswith(_LINKS)]


def _short_lists(links: pa.Table, kept: pa.Table, ids: pa.ChunkedArray, can: Capacity) -> list[str]:
    """The lists of links that lack some: of those relations that no file holds, all of them.

    A list whose owner is not in the file is asked of nobody there.
    """
    lacking = _lists_of(links)
    lacking.subtract(_lists_of(kept))
    there = set(ids.to_pylist())
    unheld = set() if can.relations is None else {*schema.ENDS} - can.relations
    short = [
        f"{_LINKS}{relation}.{owner}"
        for (relation, owner), count in lacking.items()
        if count and relation not in unheld and owner in there
    ]
    return [*(f"{_LINKS}{relation}" for relation in sorted(unheld)), *sorted(short)]


def _lists_of(links: pa.Table) -> Counter[tuple[str, str | None]]:
    """How many links stand in each list: by relation, and whose list it is."""
    ends = zip(*(links[name].to_pylist() for name in ("relation", "source", "target")), strict=True)
    return Counter((relation, owner_of_list(relation, *pair)) for relation, *pair in ends)


def _held(column: pa.ChunkedArray, can: frozenset[str] | None, rows: Mask | None) -> Mask:
    """Which rows there is a place for."""
    held = np.ones(len(column), bool) if rows is None else rows
    if can is None:
        return held
    among: Mask = np.asarray(pc.is_in(column, value_set=pa.array(sorted(can), pa.string())))
    return held & among


def _true_nodes(net: MedicalNetwork, can: frozenset[str] | None) -> Mask:
    """Which nodes surely are at work, each one of its own, where the fields held cannot say it."""
    true = np.ones(len(net.tables[0]), bool)
    if can is None or can >= _TELLING:
        return true
    day = Day(net)
    true[net.index.order] = day.at_work.certain & ~day.placeholder
    return true


def _true_links(net: MedicalNetwork, can: frozenset[str] | None) -> Mask:
    """Which links hold by their own days, where the fields held cannot say them."""
    if can is None or can >= _DAYS:
        return np.ones(len(net.tables[1]), bool)
    return mask(holds(net.tables[1], net.day()))


def _without(
    table: pa.Table, always: tuple[str, ...], can: frozenset[str] | None
) -> tuple[pa.Table, list[str]]:
    """A table with the columns that there is a place for, and the names of the others."""
    if can is None:
        return table, []
    dropped = [name for name in table.column_names if name not in can and name not in always]
    return table.drop_columns(dropped), dropped


def _table_of(kind: str) -> str:
    return schema.TABLE_OF_KIND[kind].name


def _links_of(relation: str) -> str:
    return f"{schema.LINKS.name}.{relation}"


def _of_tables(nodes: pa.Table) -> Counter[str]:
    return Counter(map(_table_of, nodes["kind"].to_pylist()))


def _of_relations(links: pa.Table) -> Counter[str]:
    return Counter(map(_links_of, links["relation"].to_pylist()))


def _values(table: pa.Table, columns: Iterable[str], by: str, called: Any) -> Counter[str]:
    """How many values stand in columns, by the kind or relation of the row."""
    lost: Counter[str] = Counter()
    for name in columns:
        stated = table.filter(pc.is_valid(table[name]))[by].to_pylist()
        lost.update(f"{called(word)}.{name}" for word in stated)
    return lost
