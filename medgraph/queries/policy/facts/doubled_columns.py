"""Make the columns of one attribute one: 章程 beside charter, 县域就诊率(%) beside 县域就诊率.

Where two of them state different values of a node, neither counts and both cells are named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import canonical
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.per_cent import is_in_per_cent
from medgraph.queries.policy.facts.contradictions import cell_of
from medgraph.queries.policy.facts.ledger import (
    Said,
    contradictions_in,
    facts_of,
    signed,
    text_or_none,
    typed,
)
from medgraph.words.attributes import attribute_of, is_attribute
from medgraph.words.stated import stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medgraph.queries.policy.facts.contradictions import Contradiction


def with_single_columns(net: MedicalNetwork) -> tuple[MedicalNetwork, list[Contradiction]]:
    """Return the network with one column for every attribute, and what two of them contradict."""
    nodes, edges = net.tables
    doubled = _doubled(nodes.column_names)
    if not doubled:
        return net, []
    ids, types = nodes["id"].to_pylist(), schema.field_types()
    columns = {name: nodes[name] for name in nodes.column_names}
    origins = nodes["origin"].to_pylist() if "origin" in columns else [None] * len(ids)
    said: dict[str, Said] = {id: {} for id in ids}
    for attribute, titles in doubled.items():
        kept = _kept(net, titles)
        texts = {title: _texts(net, columns.pop(title), title, kept) for title in titles}
        for place, id in enumerate(ids):
            cells = [(texts[title][place], title) for title in titles]
            said[id][attribute] = [
                (str(text), cell_of(origins[place], title))
                for text, title in cells
                if stated(text) is not None
            ]
        merged = [
            facts_of(said[id])[attribute] if said[id][attribute] else _named(texts, place)
            for place, id in enumerate(ids)
        ]
        columns[kept] = typed(merged, types.get(kept, "text"))
    single = MedicalNetwork(canonical(pa.table(columns), types), edges, net.meta)
    return single, list(contradictions_in(said))


def _texts(net: MedicalNetwork, column: Any, title: str, kept: str) -> list[str | None]:
    """Return the cells as texts; a share that its column calls per cent gets a sign of its own."""
    texts = [text_or_none(value) for value in column.to_pylist()]
    if not is_in_per_cent(net, title) or is_in_per_cent(net, kept):
        return texts
    return [text and signed(text) for text in texts]


def _named(texts: Mapping[str, Sequence[str | None]], place: int) -> str | None:
    """Return what a cell says in which nothing is stated: 待定, of whichever column."""
    return next((column[place] for column in texts.values() if column[place]), None)


def _doubled(columns: Iterable[str]) -> dict[str, list[str]]:
    """Return by attribute the columns that state it, where they are several.

    >>> _doubled(["beds", "章程", "charter", "备注", "备注(%)"])
    {'charter': ['章程', 'charter']}
    """
    found: dict[str, list[str]] = {}
    for column in columns:
        if is_attribute(column):
            found.setdefault(attribute_of(column), []).append(column)
    return {name: titles for name, titles in found.items() if len(titles) > 1}


def _kept(net: MedicalNetwork, titles: Sequence[str]) -> str:
    """Return the column that holds all: one that is not in per cent, for shares with a sign."""
    plain = [title for title in titles if not is_in_per_cent(net, title)]
    return (plain or titles)[0]
