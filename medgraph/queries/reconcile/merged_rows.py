"""Make one row of two: what one lacks the other fills, what both state and differs is told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel import schema
from medgraph.graphmodel.name_forms import normal
from medgraph.graphmodel.origin import Origin
from medgraph.queries.comparison.link_differences import KEY
from medgraph.queries.comparison.text_columns import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Row = dict[str, Any]

# What is kept beside facts: two records do not differ by it.
_BESIDE = frozenset(
    ("id", "kind", "origin", "span", "confidence", "note", "basis", "document", "clause")
)
_POINT = ("lon", "lat", "crs")
_SAME_POINT = 0.003  # degrees, some 300 m
_LIST, _BETWEEN = "list", "|"
OTHER_ORIGIN, OTHER_ID = "origin_other", "id_other"
CONFLICTS = (
    *("source", "name", "relation", "target", "field", "before", "after"),
    *("place_before", "place_after", "kept", "status"),
)


class MergedRows:
    """The rows of two networks as those of one; `became` says which node each of the second is.

    `compared` counts the fields that both state of one thing, `conflicts` are those that differ.
    """

    def __init__(self, became: Mapping[str, str]) -> None:
        self.became = became
        self.compared = 0
        self.conflicts: list[Row] = []

    # -- nodes -----------------------------------------------------------------------------------

    def nodes(self, rows: Sequence[Row], more: Sequence[Row]) -> list[Row]:
        """Return the nodes of both, those of the first in their order, then what is new."""
        found = {row["id"]: dict(row) for row in rows}
        for row in more:
            id = self.became[row["id"]]
            mapped = self._mapped(row, schema.field_types(), but=("id",))
            if id not in found:
                found[id] = {**mapped, "id": id}
                continue
            self._fill(found[id], mapped, subject={"source": id, "name": found[id]["name"]})
            _also_called(found[id], row["name"])
            found[id][OTHER_ORIGIN] = row.get("origin")
            if row["id"] != id:
                found[id][OTHER_ID] = row["id"]
        return list(found.values())

    # -- links -----------------------------------------------------------------------------------

    def links(self, rows: Sequence[Row], more: Sequence[Row]) -> list[Row]:
        """Return the links of both; a link that both state is one."""
        found = [dict(row) for row in rows]
        by_key: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in found:
            by_key[_key(row)].append(row)
        for row in more:
            mapped = self._mapped(row, schema.link_types(), but=("id",))
            same = by_key.get(_key(mapped), [])
            if not same:
                mapped.pop("id", None)  # ids of links are of one network alone
                found.append(mapped)
                continue
            mine = same.pop(0)
            ends = {"source": mine["source"], "target": mine["target"]}
            self._fill(mine, mapped, subject={**ends, "name": "", "relation": mine["relation"]})
            mine[OTHER_ORIGIN] = row.get("origin")
        return found

    # -- one row ---------------------------------------------------------------------------------

    def _mapped(self, row: Row, types: Mapping[str, str], but: Iterable[str]) -> Row:
        """A row of the second network whose references are those of the joined one."""
        mapped = dict(row)
        for name, value in row.items():
            if types.get(name) == "id" and name not in but and value is not None:
                mapped[name] = self.became.get(value, value)
        return mapped

    def _fill(self, mine: Row, theirs: Row, subject: Row) -> None:
        """Take what `mine` does not state from `theirs`; tell what both state and differs."""
        if _is_point(mine) and _is_point(theirs):
            if _are_apart(mine, theirs):
                self._tell(mine, theirs, "lon", subject, before=_point(mine), after=_point(theirs))
            self.compared += 1
        elif _is_point(theirs):
            mine.update({name: theirs.get(name) for name in _POINT})
        for name, value in theirs.items():
            if name in _BESIDE or name in _POINT or value is None:
                continue
            if mine.get(name) is None:
                mine[name] = value
                continue
            self.compared += 1
            if schema.field_types().get(name) == _LIST:
                mine[name] = _both(mine[name], value)
            elif _differ(mine[name], value):
                self._tell(mine, theirs, name, subject, before=mine[name], after=value)

    def _tell(
        self, mine: Row, theirs: Row, field: str, subject: Row, *, before: Any, after: Any
    ) -> None:
        told = {
            **subject,
            "field": field,
            "before": as_text(before),
            "after": as_text(after),
            "place_before": Origin.parse(mine.get("origin")).place,
            "place_after": Origin.parse(theirs.get("origin")).place,
            "kept": "before",
            "status": "conflict",
        }
        self.conflicts.append({name: told.get(name, "") for name in CONFLICTS})


def _key(row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "") for name in KEY)


def _differ(one: Any, other: Any) -> bool:
    """Whether two values differ by more than their writing: 號, 号."""
    if isinstance(one, str) and isinstance(other, str):
        return normal(one) != normal(other)
    return as_text(one) != as_text(other)


def _both(one: str, other: str) -> str:
    """The items of two lists, each once."""
    return _BETWEEN.join(dict.fromkeys([*one.split(_BETWEEN), *other.split(_BETWEEN)]))


def _also_called(row: Row, name: str | None) -> None:
    """Keep the other name, so that the node is found by either."""
    known = (row["name"] or "", *(row.get("aliases") or "").split(_BETWEEN))
    if name and normal(name) not in map(normal, known):
        row["aliases"] = _BETWEEN.join(filter(None, (row.get("aliases"), name)))


def _is_point(row: Row) -> bool:
    return row.get("lon") is not None and row.get("lat") is not None


def _are_apart(mine: Row, theirs: Row) -> bool:
    return any(abs(mine[name] - theirs[name]) > _SAME_POINT for name in ("lon", "lat"))


def _point(row: Row) -> str:
    return f"{row['lon']:.5f}, {row['lat']:.5f}"
