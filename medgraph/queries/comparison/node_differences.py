"""Compare the nodes of two networks: new ones, those gone or become others, changed fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medgraph.queries.comparison.other_records import other_nodes
from medgraph.queries.comparison.sides import BOOKKEEPING, Compared, Difference
from medgraph.queries.comparison.text_columns import as_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.comparison.sides import Sides

# The fields of a node that has a value in them, by name.
Fields = dict[str, Any]

_NAMES = ("name", "short_name", "aliases", "name_en")
_WORDS = {
    "Facility": "facility",
    "Area": "area",
    "Group": "group",
    "SharedCentre": "centre",
    "Team": "team",
    "Committee": "committee",
    "Department": "department",
    "Platform": "platform",
    "Authority": "authority",
}


def node_differences(sides: Sides) -> Compared:
    """Return nodes that one side alone has, and each field that differs of those on both.

    A renamed node is compared with what it has become, its names apart.
    """
    gone, new, doubtful = other_nodes(sides.held_before, sides.held_after, BOOKKEEPING)
    before = _fields_of(sides.held_before, [*gone, *doubtful])
    after = _fields_of(sides.held_after, [*new, *doubtful, *sides.heirs])
    found = [_gone(sides, id, before[id]) for id in sorted(gone)]
    found += [_added(id, after[id]) for id in sorted({*new} - sides.heirs)]
    for id in sorted(doubtful):
        found += _changed(id, before[id], after[id])
    for old, heir in sides.renamings.items():
        found += _changed(heir, before[old], after[heir], but=_NAMES)
    return Compared(len(sides.held_before.index) + len(new), found)


def _fields_of(net: MedicalNetwork, ids: Iterable[str]) -> dict[str, Fields]:
    """The fields with a value of these nodes, by id."""
    places = net.index.order[net.index.positions(sorted({*ids}))]
    rows = net.packed_tables[0].take(pa.array(places)).to_pylist()
    return {row["id"]: _stated(row) for row in rows}


def _stated(row: Fields) -> Fields:
    """The cells of a node with a value, its id apart."""
    return {name: cell for name, cell in row.items() if name != "id" and as_text(cell)}


def _added(id: str, fields: Fields) -> Difference:
    return Difference(_WORDS[fields["kind"]], "added", id, after=id)


def _gone(sides: Sides, id: str, fields: Fields) -> Difference:
    """How a node ended: for good, or into others."""
    what = _WORDS[fields["kind"]]
    heirs = sides.successors.get(id, [])
    if not heirs:
        return Difference(what, "removed", id, before=id)
    return Difference(
        what,
        _succession(sides, id, heirs),
        id,
        kind="structural",
        before=id,
        after="|".join(heirs),
    )


def _succession(sides: Sides, id: str, heirs: list[str]) -> str:
    """Whether a node was split, merged with others or into one that was there, or renamed."""
    if len(heirs) > 1:
        return "split"
    return "renamed" if id in sides.renamings else "merged"


def _changed(
    id: str, before: Fields, after: Fields, but: Collection[str] = ()
) -> Iterator[Difference]:
    """Every field that differs, those of `but` apart."""
    what = _WORDS[after["kind"]]
    for field in sorted(before.keys() | after.keys()):
        one, other = before.get(field), after.get(field)
        compared = field not in BOOKKEEPING and field not in but
        if compared and as_text(one) != as_text(other):
            yield Difference(what, "changed", id, field=field, before=one, after=other)
