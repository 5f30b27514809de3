"""Hand the links of a node on to those that follow it, from the day on which they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.completeness import MARK

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

# What tells two records of one relation between the same two nodes apart.
_TWIN = (
    "source",
    "relation",
    "target",
    "specialty",
    "service",
    "person",
    "period",
    "recipient",
    "valid_to",
)

# What adds up: a merger has the amounts of both, and of a split nobody knows how they are divided.
_AMOUNTS = ("staff", "slots", "beds")
_UNDIVIDED = (*_AMOUNTS, "person")


def carried_links(
    edges: pa.Table, old: str, heirs: Sequence[str], day: datetime.date
) -> list[dict[str, Any]]:
    """Return the links of `old` that hold on `day` or later, as those of each of its heirs.

    The trail of succession stays where it is; what an heir has already is not said twice, but for
    amounts, which add up. Where there are several heirs, nobody knows who has how much of them.
    """
    touches = pc.or_(pc.equal(edges["source"], old), pc.equal(edges["target"], old))
    heir_ids = pa.array([*heirs], pa.string())
    own = pc.or_(
        pc.is_in(edges["source"], value_set=heir_ids), pc.is_in(edges["target"], value_set=heir_ids)
    )
    there = {_twin(row) for row in edges.filter(own).to_pylist() if _has_begun(row, day)}
    found = []
    for row in edges.filter(touches).to_pylist():
        if row["relation"] == "SUCCEEDED_BY" or _is_over(row, day):
            continue
        begins = row.get("valid_from")
        for heir in heirs:
            ends = {end: heir if row[end] == old else row[end] for end in ("source", "target")}
            link = {**row, **ends, "valid_from": max(begins or day, day)}
            link |= {name: None for name in _UNDIVIDED if name in link and len(heirs) > 1}
            link.pop("id", None)
            is_new = _adds_up(link) or _twin(link) not in there
            if ends["source"] != ends["target"] and is_new:
                there.add(_twin(link))
                found.append(link)
    return found


def _adds_up(row: Mapping[str, Any]) -> bool:
    return any(row.get(name) is not None for name in _AMOUNTS)


def _twin(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in _TWIN)


def _has_begun(row: Mapping[str, Any], day: datetime.date) -> bool:
    begins = row.get("valid_from")
    return begins is None or begins <= day


def _is_over(row: Mapping[str, Any], day: datetime.date) -> bool:
    ends = row.get("valid_to")
    return ends is not None and ends < day


def carried_declarations(meta: Mapping[str, str], old: str, heirs: Sequence[str]) -> dict[str, str]:
    """Return what is declared of the lists of `old`, as said of each of its heirs."""
    return {
        f"{part.removesuffix(old)}{heir}{MARK}{detail}": value
        for key, value in meta.items()
        for part, mark, detail in [key.partition(MARK)]
        if mark and part.endswith(f".{old}")
        for heir in heirs
    }


def without_links(edges: pa.Table, heirs: Sequence[str]) -> list[str]:
    """Return those of the heirs that no link joins to anything yet: new names, new parts.

    That they follow something joins them to nothing.
    """
    edges = edges.filter(pc.not_equal(edges["relation"], "SUCCEEDED_BY"))
    joined = {*edges["source"].to_pylist(), *edges["target"].to_pylist()}
    return [heir for heir in heirs if heir not in joined]


def beginning(nodes: pa.Table, ids: Sequence[str], day: datetime.date) -> pa.Table:
    """Return the nodes, of which these begin on `day` where they state no first day."""
    column = "valid_from"
    stated = nodes[column] if column in nodes.column_names else pa.nulls(len(nodes), pa.date32())
    chosen = pc.and_(
        pc.is_in(nodes["id"], value_set=pa.array([*ids], pa.string())), pc.is_null(stated)
    )
    begins = pc.if_else(chosen, pa.scalar(day), stated)
    if column in nodes.column_names:
        return nodes.set_column(nodes.column_names.index(column), column, begins)
    return nodes.append_column(column, begins)
