"""Take tables in: read cells, make ids, find what references mean, check, account for every row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from medgraph.graphmodel import coordinates, schema, validate
from medgraph.graphmodel.canonical import canonical
from medgraph.graphmodel.stated_successions import with_links_handed_on
from medgraph.loaders.tabular.accounting import Accounts, account
from medgraph.loaders.tabular.recognised_codes import with_recognised_codes
from medgraph.loaders.tabular.references import References
from medgraph.loaders.tabular.repeated_rows import once
from medgraph.loaders.tabular.resolved_ids import with_area_ids, with_end_ids, with_made_ids
from medgraph.loaders.tabular.shortcut_links import add_shortcut_links
from medgraph.loaders.tabular.source_rows import Places, ReadRows, SourceRows, with_origins
from medgraph.loaders.tabular.typed_rows import header_problems, missing_columns, typed_rows
from medgraph.words.say import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.validate import TableFault
    from medgraph.loaders.loaded import LeftRow, Loaded
    from medgraph.loaders.tabular.sheets import Sheet

T = TypeVar("T")

_NODE_COLUMNS = ("id", "kind", "name")
_LINK_COLUMNS = ("source", "relation", "target")


class Intake:
    """Read the sheets of one source.

    `weights` says how many records of the source each row of the sheets counts for, `left` which
    were left out before, `stated_at` in which cells what `meta` states stands. Where `lost_values`
    are given, those of the notes that cost a value alone, such a fault keeps nothing from loading.
    """

    def __init__(
        self,
        sheets: Iterable[Sheet],
        meta: Mapping[str, str] | None = None,
        *,
        notes: Iterable[Problem] = (),
        other_words: Mapping[str, str] | None = None,
        weights: Positions | None = None,
        left: Sequence[LeftRow] = (),
        stated_at: Mapping[str, tuple[str, str]] | None = None,
        lost_values: Iterable[Problem] | None = None,
    ) -> None:
        given = SourceRows(sheets)
        counted = np.ones(len(given), np.int64) if weights is None else weights
        self.source, self.weights, told = once(given, counted)
        self.meta = dict(meta or {})
        self.notes = [*notes, *told]
        self.other_words = dict(other_words or {})
        self.left = tuple(left)
        self.stated_at = dict(stated_at or {})
        self.lost_values = lost_values
        self.faults: list[TableFault] = []

    def load(self, *, lenient: bool = False) -> Loaded:
        """Return the network with its problems and the account of its rows."""
        nodes, links = ReadRows("nodes"), ReadRows("edges")
        for number, sheet in enumerate(self.source.sheets):
            self._read(number, sheet, links if sheet.table.kind is None else nodes)
        node_table, link_table = self._joined(nodes, links)
        self.faults += validate.consistency(node_table, link_table)
        places = Places(self.source, (nodes, links))
        accounts = Accounts(
            units={"nodes": nodes.units, "edges": links.units},
            weights=self.weights,
            place=places,
            left_before=self.left,
            unit_place=self.source.place,
            order=places.order,
            stated_at=self.stated_at,
        )
        loaded = account(
            node_table,
            link_table,
            self.meta,
            validate.told_once(self.faults),
            accounts,
            notes=self.notes,
            lost_values=self.lost_values,
            lenient=lenient,
        )
        if loaded.network is None:
            return loaded
        network, told = with_links_handed_on(loaded.network)
        return replace(loaded, network=network, problems=(*loaded.problems, *told))

    def _read(self, number: int, sheet: Sheet, part: ReadRows) -> None:
        """Add the rows of one sheet to the nodes or the links."""
        self.notes += header_problems(sheet)
        self.faults += missing_columns(sheet, part)
        rows = self._kept(typed_rows(sheet, part, self.other_words))
        part.add(rows, self.source.units(number))

    def _joined(self, nodes: ReadRows, links: ReadRows) -> tuple[pa.Table, pa.Table]:
        """The tables of nodes and links, every reference an id, every row with its origin."""
        node_table = nodes.table(_NODE_COLUMNS)
        for name in ("area", "parent"):
            node_table = self._kept(with_area_ids(node_table, name))
        node_table = self._kept(with_recognised_codes(node_table))
        node_table = self._kept(with_made_ids(node_table))
        references = References(node_table)
        self.faults += add_shortcut_links(self.source, node_table, links, references)
        link_table, faults, how = with_end_ids(links.table(_LINK_COLUMNS), references)
        self.faults += faults
        node_table = with_origins(node_table, nodes, self.source, "name", {})
        link_table = with_origins(link_table, links, self.source, "source", how)
        return (
            canonical(self._in_wgs84(node_table), schema.field_types()),
            canonical(link_table, schema.link_types()),
        )

    def _in_wgs84(self, nodes: pa.Table) -> pa.Table:
        """Turn points of another declared coordinate system into WGS-84, and note how many."""
        nodes, converted = coordinates.to_wgs84(nodes)
        for crs, rows in converted.items():
            self.notes.append(problem("W064", value=crs, count=len(rows)))
        return nodes

    def _kept(self, found: tuple[T, list[TableFault]]) -> T:
        """Note the faults of a step and return what it made."""
        made, faults = found
        self.faults += faults
        return made
