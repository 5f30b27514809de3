"""Believe the links that a workbook states, unless they contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medgraph.graphmodel import schema
from medgraph.graphmodel.origin import Origin
from medgraph.loaders.foreign.cell_account import CellAccount
from medgraph.loaders.foreign.collected_rows import Tables
from medgraph.loaders.foreign.sheet_rows import Body
from medgraph.loaders.workbooks.grid import Grid, address

FILLED_DOWN = "filled down"


@dataclass
class Tie:
    """A link before it is believed: who (and the name), which relation, to what, and the cell that says so."""

    source: str
    relation: str
    target: str
    body: Body
    row: int
    column: int
    how: str = "typed"
    said: str = ""
    name: str = ""


def origin_of(grid: Grid, row: int, column: int, how: str) -> str:
    """Return where a fact came from, as every format keeps it."""
    return str(Origin(grid.file, grid.name, address(row, column), how))


def consistent(ties: Sequence[Tie], types: Mapping[str, str], account: CellAccount) -> list[Tie]:
    """Return the links without those of a facility in two groups of one type: nobody can say which is right."""
    where: dict[tuple[str, str], list[Tie]] = {}
    wrong: set[int] = set()
    for tie in ties:
        if tie.relation in ("MEMBER_OF", "LEADS") and types.get(tie.target) not in (
            None,
            "specialty_alliance",
        ):
            where.setdefault((tie.source, types[tie.target]), []).append(tie)
    for same in where.values():
        first = same[0]
        other = next((t for t in same if t.target != first.target), None)
        if other is None:
            continue
        for tie in same:
            against = other if tie.target == first.target else first
            account.wrong(
                tie.body.grid,
                tie.row,
                tie.column,
                "E173",
                value=tie.name,
                group=tie.said,
                other=against.said,
                place_of=against.body.grid.place(against.row, against.column),
            )
        wrong |= {id(tie) for tie in same}
    return [tie for tie in ties if id(tie) not in wrong]


def write_ties(ties: Sequence[Tie], tables: Tables) -> None:
    """Add the links to the tables, each once, with the cell that said it first and how it did."""
    first: dict[tuple[str, str, str], Tie] = {}
    for tie in ties:
        first.setdefault((tie.source, tie.relation, tie.target), tie)
    for (source, relation, target), tie in first.items():
        tables.add(
            schema.LINKS,
            tie.body.grid,
            tie.row,
            {
                "source": source,
                "relation": relation,
                "target": target,
                "origin": origin_of(tie.body.grid, tie.row, tie.column, tie.how),
            },
            tie.column,
        )
