"""Believe the links that a workbook states, unless they contradict one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.graphmodel.origin import Origin
from medgraph.loaders.workbooks.grid import address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.loaders.foreign.cell_account import Cell, CellAccount
    from medgraph.loaders.foreign.collected_rows import CollectedRows

# How a link came out of its cell, as its origin states it.
TYPED = "typed"
SPLIT = "split from a list"
FILLED_DOWN = "filled down"
MATCHED = "matched by name"
ASSUMED = "assumed"


@dataclass
class StatedLink:
    """A link as a `cell` states it: `source` and `target` are ids, each with its name there.

    `attributes` are what else is stated of it; links that state any are each one of their own.
    """

    source: str
    source_name: str
    relation: str
    target: str
    target_name: str
    cell: Cell
    how: str = TYPED
    attributes: Mapping[str, str] = field(default_factory=dict)


def split_or_typed(count: int) -> str:
    """Return how one of `count` names came out of its cell."""
    return SPLIT if count > 1 else TYPED


def origin_of(cell: Cell, how: str) -> str:
    """Return where a fact came from, as every format keeps it."""
    where = address(*cell.grid.origin(cell.row, cell.column))
    return str(Origin(cell.grid.file, cell.grid.name, where, how))


def without_contradictions(
    links: Sequence[StatedLink], group_types: Mapping[str, str], account: CellAccount
) -> list[StatedLink]:
    """Return the links without those of a facility in two groups of one type.

    Nobody can tell which of the two is right. A facility may be in many specialty alliances.
    """
    memberships: dict[tuple[str, str], list[StatedLink]] = {}
    for link in links:
        type = group_types.get(link.target, "")
        if link.relation in ("MEMBER_OF", "LEADS") and type not in ("", "specialty_alliance"):
            memberships.setdefault((link.source, type), []).append(link)
    contradictory: set[int] = set()
    for same_type in memberships.values():
        if len({link.target for link in same_type}) > 1:
            _name_contradictions(same_type, account)
            contradictory |= {id(link) for link in same_type}
    return [link for link in links if id(link) not in contradictory]


def _name_contradictions(links: Sequence[StatedLink], account: CellAccount) -> None:
    """Name every link beside the first that states another group."""
    first = links[0]
    second = next(link for link in links if link.target != first.target)
    for link in links:
        other = second if link.target == first.target else first
        account.wrong(
            link.cell,
            "E173",
            value=link.source_name,
            group=link.target_name,
            other=other.target_name,
            place_of=other.cell.place,
        )


def add_links(links: Sequence[StatedLink], rows: CollectedRows) -> None:
    """Add the links to the rows, each once, with the cell that stated it first."""
    first: dict[tuple[str, ...], StatedLink] = {}
    for link in links:
        own_place = (link.cell.place,) if link.attributes else ()
        first.setdefault((link.source, link.relation, link.target, *own_place), link)
    for link in first.values():
        record = {
            **link.attributes,
            "source": link.source,
            "relation": link.relation,
            "target": link.target,
            "origin": origin_of(link.cell, link.how),
        }
        rows.add(schema.LINKS, link.cell, record)
