"""Check links: whether their ends are there and can be joined; who leads and is led."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.arrays.chunks import mask_of
from medgraph.graphmodel.arrays.lookups import places, positions
from medgraph.graphmodel.checks.nearest_names import NearestNames
from medgraph.graphmodel.matching import Names
from medgraph.words.say import language
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.checks.fault import Part, TableFault

    Span: TypeAlias = tuple[int, int]

_RELATIONS = [*schema.ENDS]
_KINDS = [*schema.TABLE_OF_KIND]
_SAME_KIND = ("PART_OF", "SUCCEEDED_BY")  # these join only nodes of one kind
_BEFORE_ALL, _AFTER_ALL = -(10**9), 10**9  # days that stand for open ends


@dataclass(frozen=True)
class LinkEnds:
    """The links as numbers: rows of both ends in the node table, the relation's; -1 is unknown."""

    source: Positions
    target: Positions
    relation: Positions

    @classmethod
    def of_tables(cls, nodes: pa.Table, edges: pa.Table) -> LinkEnds:
        """Look up the ends and relations of a link table."""
        source, target = places(nodes["id"], edges["source"], edges["target"])
        known = pa.array(_RELATIONS, pa.string())
        return cls(source, target, positions(edges["relation"], known, np.int8))

    @cached_property
    def known(self) -> Mask:
        """A mask over links: those with both ends."""
        return (self.source >= 0) & (self.target >= 0)

    def of(self, relation: str) -> Positions:
        """Rows of the links of `relation` whose ends are both there."""
        return np.flatnonzero((self.relation == _RELATIONS.index(relation)) & self.known)


def lost_ends(nodes: Part, edges: Part, ends: LinkEnds) -> Iterator[TableFault]:
    """Find links to nodes that are not there."""
    near = NearestNames(lambda: Names.of_table(nodes.table), len(nodes))
    for side, (name, place) in enumerate((("source", ends.source), ("target", ends.target))):
        lost = np.flatnonzero(place < 0)
        is_stated = edges.table[name].take(pa.array(lost)).is_valid().to_numpy()

        def said(row: int, name: str = name, side: int = side) -> dict[str, str]:
            title = schema.title(name, schema.LINKS)
            text = str(edges.text(name, row))
            kinds = schema.ENDS.get(edges.text("relation", row) or "", ((), ()))[side]
            return {"value": text, "column": title, "nearest": near.said(text, kinds)}

        yield from edges.fault_at("E040", name, lost[is_stated], said)


def wrong_ends(nodes: Part, edges: Part, ends: LinkEnds) -> Iterator[TableFault]:
    """Find links between kinds that their relation does not join."""
    size = len(_KINDS) + 1
    kind = positions(nodes.table["kind"], pa.array(_KINDS, pa.string()), np.int8)
    kind = np.append(kind, np.int8(-1)).astype(np.int16)
    source, target = kind[ends.source], kind[ends.target]
    relation = ends.relation.astype(np.int16) % len(_ALLOWED)
    place = relation * size**2 + (source % size) * size + target % size
    rows = np.flatnonzero(~_ALLOWED.ravel()[place])

    def said(row: int) -> dict[str, str]:
        name = str(edges.text("relation", row))
        return {
            "value": name,
            "relation": label("relation", name, language()),
            "source": label("kind", _KINDS[source[row]], language()),
            "target": label("kind", _KINDS[target[row]], language()),
        }

    yield from edges.fault_at("E042", "relation", rows, said)


def _allowed() -> Mask:
    """Whether a relation may join two kinds; what is unknown has its own fault and may do all."""
    allowed = np.zeros((len(_RELATIONS) + 1, len(_KINDS) + 1, len(_KINDS) + 1), bool)
    allowed[-1], allowed[:, -1], allowed[:, :, -1] = True, True, True
    for number, (name, (sources, targets)) in enumerate(schema.ENDS.items()):
        for source in sources:
            for target in targets:
                may = name not in _SAME_KIND or source == target
                allowed[number, _KINDS.index(source), _KINDS.index(target)] = may
    return allowed


_ALLOWED = _allowed()


def two_leads(nodes: Part, edges: Part, ends: LinkEnds) -> Iterator[TableFault]:
    """Find groups with two leads on one day; leads that follow one another are none too many."""
    rows = ends.of("LEADS")
    is_group = mask_of(pc.equal(nodes.table["kind"], "Group"))
    rows = rows[is_group[ends.target[rows]]]
    _, group, counts = np.unique(ends.target[rows], return_inverse=True, return_counts=True)
    span = _span(edges)
    leads: dict[int, list[int]] = {}
    clashes: dict[int, int] = {}  # the row of a lead -> that of the earlier lead it clashes with
    for row in rows[counts[group] > 1].tolist():
        earlier = leads.setdefault(int(ends.target[row]), [])
        for other in earlier:
            is_another = ends.source[other] != ends.source[row]
            if is_another and _overlap(span(other), span(row)):
                clashes.setdefault(row, other)
        earlier.append(row)

    def said(row: int) -> dict[str, str]:
        return {
            "value": nodes.label(ends.source[row]),
            "group": nodes.label(ends.target[row]),
            "other": nodes.label(ends.source[clashes[row]]),
        }

    late = np.array(sorted(clashes), np.int64)
    involved = np.array(sorted({*clashes, *clashes.values()}), np.int64)
    yield from edges.fault_at("E043", "source", late, said, involved)


def leads_that_are_members(nodes: Part, edges: Part, ends: LinkEnds) -> Iterator[TableFault]:
    """Find facilities that are a plain member of what they lead on the same days."""
    leads = ends.of("LEADS")
    leading: dict[tuple[int, int], list[int]] = {}
    for row in leads.tolist():
        pair = int(ends.source[row]), int(ends.target[row])
        leading.setdefault(pair, []).append(row)
    is_leader = np.zeros(len(nodes), bool)
    is_leader[ends.source[leads]] = True
    members = ends.of("MEMBER_OF")
    span = _span(edges)
    both: list[int] = []
    for row in members[is_leader[ends.source[members]]].tolist():
        own = leading.get((int(ends.source[row]), int(ends.target[row])), ())
        if any(_overlap(span(row), span(lead)) for lead in own):
            both.append(row)

    def said(row: int) -> dict[str, str]:
        return {"value": nodes.label(ends.source[row]), "group": nodes.label(ends.target[row])}

    yield from edges.fault_at("W045", "source", np.array(both, np.int64), said)


def _span(edges: Part) -> Callable[[int], Span]:
    """A function: row of a link -> its first and last day as numbers, open ends far away."""
    first, last = (edges.column(name, pa.date32()) for name in ("valid_from", "valid_to"))
    first, last = first.cast(pa.int32()), last.cast(pa.int32())

    def span(row: int) -> Span:
        begin, end = first[row].as_py(), last[row].as_py()
        return (_BEFORE_ALL if begin is None else begin, _AFTER_ALL if end is None else end)

    return span


def _overlap(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
