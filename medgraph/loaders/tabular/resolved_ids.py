"""Turn what rows call one another into ids: made ids, areas by name, the ends of links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.arrays.chunks import flat
from medgraph.graphmodel.made_ids import SIGN, free_id
from medgraph.graphmodel.validate import TableFault
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.references import References, faults_by_code, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from medgraph.graphmodel.arrays.types import Positions

_NOTHING, _SEVERAL = "E040", "E044"
# Each end of a link, the other one, and where `schema.ENDS` has the kinds that may be there.
_ENDS = (("source", "target", 0), ("target", "source", 1))


def with_made_ids(nodes: pa.Table) -> tuple[pa.Table, list[TableFault]]:
    """Give an id, made of name and area, to every row that has none."""
    nameless = pc.and_(nodes["id"].is_null(), nodes["name"].is_valid())
    if not pc.any(nameless).as_py():
        return nodes, []
    has_area = "area" in nodes.column_names
    area = nodes["area"] if has_area else pa.nulls(len(nodes), pa.string())
    made = pc.binary_join_element_wise(nodes["name"], pc.fill_null(area, ""), SIGN)
    ids = pc.coalesce(nodes["id"], pc.replace_substring(made, "|", "/"))
    ids = _apart_by_kind(ids, nodes["kind"], nodes["id"])
    rows = np.flatnonzero(np.asarray(nameless))
    fault = TableFault("W012", "nodes", "id", rows, lambda row: {"value": str(ids[row].as_py())})
    return _with_column(nodes, "id", ids), [fault]


def _apart_by_kind(ids: Any, kinds: Any, given: Any) -> Any:
    """The ids, where those that were made are no longer those of another kind."""
    both = (
        pa.table({"id": ids, "kind": kinds}).group_by("id").aggregate([("kind", "count_distinct")])
    )
    shared = both.filter(pc.greater(both["kind_count_distinct"], 1))["id"]
    if not len(shared):
        return ids
    texts, kind_of = ids.to_pylist(), dict(zip(given.to_pylist(), kinds.to_pylist(), strict=True))
    for row in np.flatnonzero(np.asarray(pc.is_in(ids, value_set=shared))).tolist():
        kind = kinds[row].as_py()
        if given[row].as_py() is None:
            texts[row] = free_id(texts[row], kind, kind_of.get)
        kind_of.setdefault(texts[row], kind)
    return pa.chunked_array([pa.array(texts, pa.string())])


def with_area_ids(nodes: pa.Table, name: str) -> tuple[pa.Table, list[TableFault]]:
    """Let a column of areas hold ids: another length of a code, or a name, is looked up.

    What means several areas becomes empty; a code that is not listed stays, and `validate` judges
    it.
    """
    if name not in nodes.column_names:
        return nodes, []
    areas = nodes.filter(pc.equal(nodes["kind"], "Area"))
    known = pc.or_(nodes[name].is_null(), pc.is_in(nodes[name], value_set=areas["id"]))
    rows = np.flatnonzero(~np.asarray(known))
    if not len(rows):
        return nodes, []
    references = References(areas)
    given = flat(nodes[name])
    found: dict[int, str] = {}
    missed: dict[str, list[int]] = {}  # by code: there may be a million
    texts = given.take(pa.array(rows)).to_pylist()
    meaningful = references.meaningful(texts)
    for row, text in zip(rows.tolist(), texts, strict=True):
        code = _NOTHING
        if text in meaningful:
            try:
                found[row] = references.find(text, ("Area",))
                continue
            except WrongError as wrong:
                code = wrong.code
        if code == _SEVERAL or not _is_code(text):
            missed.setdefault(code, []).append(row)

    def wrong_with(row: int) -> WrongError:
        return references.wrong_with(given[row].as_py(), ("Area",))

    unclear = missed.get(_SEVERAL, ())
    faults = faults_by_code("nodes", name, missed, wrong_with)
    return _with_ids(nodes, name, found, unclear), faults


def _is_code(text: str) -> bool:
    return text.isalnum() and text.isascii()


def with_end_ids(
    links: pa.Table, references: References
) -> tuple[pa.Table, list[TableFault], dict[int, str]]:
    """Replace what is at the ends of links by ids; an end that means several becomes empty.

    Return also how links came about that were matched by name, by their rows.
    """
    faults: list[TableFault] = []
    how: dict[int, str] = {}
    unknown = {end: _unknown_rows(links[end], references) for end, _, _ in _ENDS}
    for end, other, side in _ENDS:
        if not len(unknown[end]):
            continue
        found: dict[int, str] = {}
        missed: dict[int, WrongError] = {}
        meaningful = references.meaningful(links[end].take(pa.array(unknown[end])).to_pylist())
        for row, text, relation, beyond in _rows(links, unknown[end], end, "relation", other):
            if text not in meaningful:  # it stays, and `validate` names it
                continue
            kinds = schema.ENDS[relation][side] if relation in schema.ENDS else ()
            try:
                found[row] = references.find(text, kinds, references.county_of(beyond))
            except WrongError as wrong:
                if wrong.code == _SEVERAL:  # what means nothing stays, and `validate` names it
                    missed[row] = wrong
        how |= dict.fromkeys(found, "matched by name")
        links = _with_ids(links, end, found, missed)
        faults += faults_of("edges", end, missed)
    return links, faults, how


def _unknown_rows(ends: Any, references: References) -> Positions:
    known = pc.is_in(ends, value_set=references.ids)
    return np.flatnonzero(np.asarray(pc.and_(ends.is_valid(), pc.invert(known))))


def _rows(table: pa.Table, rows: Positions, *names: str) -> Iterable[tuple[Any, ...]]:
    """Give some rows of a table: their numbers and the values of these columns."""
    chosen = pa.array(rows)
    columns = [table[name].take(chosen).to_pylist() for name in names]
    return zip(rows.tolist(), *columns, strict=True)


def _with_ids(
    table: pa.Table, name: str, found: Mapping[int, str], unclear: Iterable[int]
) -> pa.Table:
    """The table with the ids found in a column; what means several, `unclear`, is empty there."""
    texts = table[name].to_pylist()
    for row, id in found.items():
        texts[row] = id
    for row in unclear:
        texts[row] = None
    return _with_column(table, name, pa.array(texts, pa.string()))


def _with_column(table: pa.Table, name: str, values: Any) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, values)
