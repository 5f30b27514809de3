"""See a network as a rule sees it: on its day, with a ledger laid over it, knowing what is complete.

Attributes that no field names are read as text: `charter`, `insurance.covers`, a yearly value as `visits@2023`.
A value with `|` in it is a list. Nothing here decides a rule; its predicates do.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.queries.policy.facts.conditions import Test, text_states, tree_states
from medgraph.queries.policy.facts.states import NO, UNKNOWN

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.graphmodel.network import MedicalNetwork

_SEGMENTS = (
    (1, 99, "subdistrict"),
    (100, 199, "town"),
    (200, 399, "township"),
    (400, 599, "quasi_unit"),
)
_PREFIXES = {"county": 6, "city": 4, "province": 2}


class AuditedNetwork:
    """A network on `day` as predicates read it; `left_out` rows of its source could not be loaded."""

    def __init__(self, net: MedicalNetwork, day: datetime.date, *, left_out: int = 0) -> None:
        self.whole = net
        self.net = net.as_of(day)
        self.day = day
        self.left_out = left_out
        self.index = self.net.index
        self._columns: dict[str, Any] = {}
        self._sorted: dict[tuple[str, bool], tuple[Positions, Positions, Positions]] = {}

    # -- nodes -----------------------------------------------------------------------------------

    def column(self, name: str) -> Any:
        """Return a node column.

        `county`, `city` and `province` are cut from the area code, `area_kind` is derived where it is not stated.
        """
        if name not in self._columns:
            self._columns[name] = self._made(name)
        return self._columns[name]

    def _made(self, name: str) -> Any:
        if name in _PREFIXES:
            return pc.utf8_slice_codeunits(self.place, 0, _PREFIXES[name])
        return self._area_kind() if name == "area_kind" else self.index.values(name)

    def texts(self, name: str, positions: Positions) -> list[str | None]:
        """Return the texts of a column at these positions; None where a position is -1."""
        places = pa.array(positions, mask=np.asarray(positions) < 0)
        found: list[str | None] = self.column(name).cast(pa.string()).take(places).to_pylist()
        return found

    def columns_beginning(self, prefix: str) -> list[str]:
        """Name the columns that begin with `prefix`."""
        return [name for name in self.index.table.column_names if name.startswith(prefix)]

    @cached_property
    def place(self) -> Any:
        """The area code of every node: its own for an area, else the area it stands in."""
        return pc.if_else(
            pa.array(self.index.is_kind("Area")),
            self.index.ids,
            self.index.values("area").cast(pa.string()),
        )

    def _area_kind(self) -> Any:
        stated = pc.coalesce(
            self.index.values("type").cast(pa.string()),
            self.index.values("area_kind").cast(pa.string()),
        )
        segment = pc.utf8_slice_codeunits(self.index.ids, 6, 9)
        known = {f"{n:03d}": kind for low, high, kind in _SEGMENTS for n in range(low, high + 1)}
        township = pc.and_(
            pc.equal(pc.utf8_length(self.index.ids), 12), pc.ends_with(self.index.ids, "000")
        )
        at = pc.index_in(pc.if_else(township, segment, ""), value_set=pa.array(list(known)))
        made = pa.array(list(known.values())).take(at)
        return pc.if_else(pa.array(self.index.is_kind("Area")), pc.coalesce(stated, made), None)

    @cached_property
    def operating(self) -> Mask:
        """A mask over positions: at work on the day."""
        return self.index.operating(self.day)

    @cached_property
    def waiting(self) -> Mask:
        """A mask over positions: planned and without an opening day that has come: nobody can say yet."""
        return ~self.operating & self.index.has("status", "planned")

    @cached_property
    def kinds(self) -> list[str]:
        """The kind of every node, by position."""
        found: list[str] = self.index.values("kind").to_pylist()
        return found

    # -- three-valued tests ----------------------------------------------------------------------

    def states(self, tree: Mapping[str, Any], positions: Positions) -> States:
        """Return YES, NO or UNKNOWN (not stated) per position for a condition tree."""
        return tree_states(
            tree, len(positions), lambda name, test: self.tested(name, test, positions)
        )

    def tested(self, attribute: str, test: Test, positions: Positions) -> States:
        """Test one attribute of each node.

        What is not stated "does not hold" only where that very column is declared complete.
        """
        column = self.column(attribute).take(pa.array(positions))
        return text_states(column, test, silence=self._silence(attribute, positions))

    def _silence(self, attribute: str, positions: Positions) -> int:
        declared = self.net.meta.get(f"{self.datum(positions, attribute)}.complete") == "complete"
        return NO if declared and not self.left_out else UNKNOWN

    def link_states(self, tree: Mapping[str, Any], rows: Positions) -> States:
        """Return YES, NO or UNKNOWN (not stated) per row of the link table for a condition tree."""
        return tree_states(
            tree, len(rows), lambda name, test: text_states(self.link_column(name, rows), test)
        )

    # -- links -----------------------------------------------------------------------------------

    def link_column(self, name: str, rows: Positions) -> Any:
        """Return a link column for these rows of the link table as text; null where no link has it."""
        edges = self.net.tables[1]
        if name not in edges.column_names:
            return pa.nulls(len(rows), pa.string())
        return edges[name].take(pa.array(rows)).combine_chunks().cast(pa.string())

    def links_by_tail(
        self, relation: str, *, reverse: bool
    ) -> tuple[Positions, Positions, Positions]:
        """Return tail, head and row of the links of a relation in the order of their tails.

        The tail is the source; with `reverse`, the target.
        """
        key = (relation, reverse)
        if key not in self._sorted:
            links = self.index.links(relation)
            tail, head = (links.target, links.source) if reverse else (links.source, links.target)
            order = np.argsort(tail, kind="stable")
            self._sorted[key] = tail[order], head[order], links.row[order]
        return self._sorted[key]

    # -- what is complete, and what data is called -------------------------------------------------

    def complete(self, part: str) -> bool:
        """Return whether a table or a relation (`facilities`, `links.MEMBER_OF`) is declared complete."""
        return not self.left_out and bool(self.net.completeness(part))

    def complete_for(self, relation: str, positions: Positions) -> Mask:
        """Return a mask: for which of these ends all links of `relation` are declared to be there."""
        found = np.full(len(positions), self.complete(f"links.{relation}"))
        for id in self._ends_declared(relation):
            declared = self.complete(f"links.{relation}.{id}")
            found[positions == self.index.position(id)] = declared
        return found

    def _ends_declared(self, relation: str) -> set[str]:
        """Name the ends whose links of `relation` have a declaration of their own."""
        keys = [key.split(".") for key in self.net.meta]
        return {
            parts[2]
            for parts in keys
            if len(parts) == 4 and parts[:2] == ["links", relation] and parts[3] == "complete"
        }

    def datum(self, positions: Positions, attribute: str) -> str:
        """Name the column that lacks a value, as people supply it: `facilities.level`."""
        kind = "Facility"
        if len(positions):
            kind = self.index.take("kind", positions[:1]).to_pylist()[0]
        return f"{table_of(kind)}.{attribute}"


def table_of(kinds: str | list[str]) -> str:
    """Return the name of the table in which nodes of a kind (the first of several) stand."""
    table = schema.TABLE_OF_KIND.get(kinds if isinstance(kinds, str) else kinds[0])
    return table.name if table else "ledger"
