"""See a network as a rule sees it: on its day, with a ledger laid over it, knowing what is
complete.

Attributes that no field names are read as text: `charter`, `insurance.covers`, a yearly value as
`visits@2023`.
A value with `|` in it is a list. Nothing here decides a rule; its predicates do.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.graphmodel import areas, schema
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.states import NO, UNKNOWN
from medgraph.queries.policy.facts.conditions import Test, text_states, tree_states

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.graphmodel.network import MedicalNetwork

_REGIONS = {"county": areas.counties, "city": areas.cities, "province": areas.provinces}


class AuditedNetwork:
    """A network on `day` as predicates read it; `left_out` rows of its source could not be
    loaded.
    """

    def __init__(self, net: MedicalNetwork, date: datetime.date, *, left_out: int = 0) -> None:
        self.whole = net
        self.net = net.as_of(date)
        self.date = date
        self.day = Day(self.net, date, left_out=left_out)
        self.left_out = left_out
        self.index = self.net.index
        self._columns: dict[str, Any] = {}
        self._sorted: dict[tuple[str, bool], tuple[Positions, Positions, Positions]] = {}

    # -- nodes -----------------------------------------------------------------------------------

    def column(self, name: str) -> Any:
        """Return a node column.

        `county`, `city` and `province` are cut from the area code, `area_kind` is derived where
        it is not stated.
        """
        if name not in self._columns:
            self._columns[name] = self._made(name)
        return self._columns[name]

    def _made(self, name: str) -> Any:
        if name in _REGIONS:
            return _REGIONS[name](self.index)
        return self._area_kinds() if name == "area_kind" else self.index.values(name)

    def _area_kinds(self) -> Any:
        own = np.flatnonzero(self.index.is_kind("Area"))
        place = np.full(len(self.index), -1)
        place[own] = np.arange(len(own))
        return areas.kinds(self.index, own).take(pa.array(place, mask=place < 0))

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
        """The area code of every node: its own for an area, else the area it lies in."""
        return areas.places(self.index)

    @property
    def operating(self) -> Mask:
        """A mask over positions: at work on the day for certain."""
        return self.day.at_work.certain

    @cached_property
    def waiting(self) -> Mask:
        """A mask over positions: nobody can say yet whether at work, or planned for a later day."""
        found: Mask = self.day.at_work.unknown | self.day.waiting
        return found

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
        declared = self.day.declared_column(self._table(positions), attribute)
        return NO if declared else UNKNOWN

    def link_states(self, tree: Mapping[str, Any], rows: Positions) -> States:
        """Return YES, NO or UNKNOWN (not stated) per row of the link table for a condition tree."""
        return tree_states(
            tree, len(rows), lambda name, test: text_states(self.link_column(name, rows), test)
        )

    # -- links -----------------------------------------------------------------------------------

    def link_column(self, name: str, rows: Positions) -> Any:
        """Return a link column for these rows of the link table as text; null where no link has
        it.
        """
        return self.day.link_values(name, rows).cast(pa.string())

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

    # -- what data is called ---------------------------------------------------------------------

    def datum(self, positions: Positions, attribute: str) -> str:
        """Name the column that lacks a value, as people supply it: `facilities.level`."""
        return f"{self._table(positions)}.{attribute}"

    def _table(self, positions: Positions) -> str:
        """Name the table of these nodes, that of facilities where there are none."""
        if not len(positions):
            return table_of("Facility")
        return table_of(self.index.take("kind", positions[:1]).to_pylist()[0])


def table_of(kinds: str | list[str]) -> str:
    """Return the name of the table in which nodes of a kind (the first of several) are rows."""
    table = schema.TABLE_OF_KIND.get(kinds if isinstance(kinds, str) else kinds[0])
    return table.name if table else "ledger"
