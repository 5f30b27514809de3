"""Write out every way in which what a small network does not say may turn out.

A space of worlds is a network in the words of the packs' examples, cells with the values that each
may have, rows that may be there or not, and spare rows that nobody ever wrote down. A partial view
leaves cells empty and lists open; its completions are whole worlds, in which nothing is open.
Nothing here knows how the engine bounds anything.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from medgraph.graphmodel import schema
from medgraph.queries.policy import audit
from medgraph.queries.policy.examples import Example, read_statements
from medgraph.queries.policy.packs import Pack, Rule

UNKNOWN = None
Cell = tuple[str, str]  # (id, column) of a node, or ("H1 SINKS_SLOTS M1", column) of a link
ENDS = ("source", "relation", "target")
TABLES = (*(table.name for table in schema.NODE_TABLES), "links")


class View(NamedTuple):
    """What is said of a world: a value (or none) of each cell, the rows listed, the open lists."""

    cells: tuple[Any, ...]
    rows: frozenset[int]
    open: frozenset[str]


@dataclass
class Space:
    """All worlds of one template under one rule."""

    pack: Pack
    rule: Rule
    base: str
    cells: Mapping[Cell, tuple[Any, ...]] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()  # those that may be open, `a+b` together; others are complete

    @cached_property
    def _verdicts(self) -> dict[tuple[tuple[Any, ...], frozenset[int]], dict[str, str]]:
        return {}

    def views(self) -> Iterator[View]:
        """Every view: each cell known or not, each row listed or not, each list open or not."""
        values = [(*domain, UNKNOWN) for domain in self.cells.values()]
        for cells in itertools.product(*values):
            for rows in _subsets(range(len(self.rows))):
                for opened in _subsets(self.lists):
                    yield View(cells, rows, frozenset("+".join(sorted(opened)).split("+")) - {""})

    def completions(self, view: View) -> Iterator[dict[str, str]]:
        """The verdicts of every whole world that a view may be of."""
        domains = [
            domain if said is UNKNOWN else (said,)
            for said, domain in zip(view.cells, self.cells.values(), strict=True)
        ]
        for rows in self._longer(view):
            for cells in itertools.product(*domains):
                key = cells, rows
                if key not in self._verdicts:
                    self._verdicts[key] = self.judge(View(cells, rows, frozenset()))
                yield self._verdicts[key]

    def _longer(self, view: View) -> Iterator[frozenset[int]]:
        """The listed rows with every choice of those that may be missing from open lists."""
        texts = [*self.rows, *self.spare]
        absent = [n for n in range(len(texts)) if n not in view.rows]
        addable = [n for n in absent if self._lists_of(texts[n]) <= view.open]
        for more in _subsets(addable):
            yield view.rows | more

    def _lists_of(self, text: str) -> set[str]:
        """The lists in which the statements of a row stand."""
        found = read_statements(text, self.pack.fixtures)
        tables = {schema.TABLE_OF_KIND[node["kind"]].name for node in found.nodes.values()}
        return tables | {f"links.{link['relation']}" for link in found.links}

    def judge(self, view: View) -> dict[str, str]:
        """The verdict on each subject as the engine gives it; nothing where it asks nobody."""
        whole = self._network(view)
        found = audit(
            whole.network,
            self.pack,
            select=[self.rule.id],
            ledger=whole.ledger,
            parameters=whole.parameters,
        )
        outcome = found.outcome(self.rule.id)
        if not outcome.parts:
            return {}
        return dict(zip(outcome.ids, outcome.verdicts.tolist(), strict=True))

    def _network(self, view: View) -> Example:
        texts = [*self.rows, *self.spare]
        text = "\n".join([self.base, *(texts[n] for n in sorted(view.rows))])
        made = read_statements(text, self.pack.fixtures)
        for (id, column), value in zip(self.cells, view.cells, strict=True):
            _row_called(made, id)[column] = value
        made.meta |= {f"{name}.complete": "complete" for name in TABLES}
        made.meta |= {f"{name}.complete": "partial" for name in view.open}
        return made


def _row_called(made: Example, id: str) -> dict[str, Any]:
    """Return the node of an id, or the first link called so."""
    if id in made.nodes:
        return made.nodes[id]
    return next(row for row in made.links if id.split() == [row[end] for end in ENDS])


def _subsets(items: Iterable[Any]) -> Iterator[frozenset[Any]]:
    listed = list(items)
    sizes = range(len(listed) + 1)
    return (frozenset(c) for n in sizes for c in itertools.combinations(listed, n))
