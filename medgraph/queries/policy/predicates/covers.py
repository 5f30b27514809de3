"""Test that the ends of a path show every one of some values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.states import NO, UNKNOWN
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.paths import Reached, walk
from medgraph.queries.policy.facts.value_sets import COUNTIES
from medgraph.queries.policy.predicates.keys import last_relation
from medgraph.queries.policy.predicates.tested import Part, Tested, as_tested
from medgraph.queries.policy.predicates.wording import there

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


class _Shown(NamedTuple):
    """What shows a value: the `state` of the way there, the `row` of its last link, its `end`."""

    state: int
    row: int
    end: int


def covers(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test that the ends of `path` show every one of `values` in `attribute` (five kinds of
    centre, 11 departments).
    """
    path, values = part["path"], values_of(audited, part["values"])
    best = _best_of(audited, part, values, _ways(audited, part, subjects))
    held = finished(audited, path, subjects.positions).tolist()
    wanted = [(subject, value) for subject in range(len(subjects)) for value in values]
    found = [best.get(key) or _not_found(held[key[0]]) for key in wanted]
    relation = f"links.{last_relation(path)}"
    return as_tested(
        [subject for subject, _ in wanted],
        [shown.state for shown in found],
        len(subjects),
        node=[shown.end for shown in found],
        row=[shown.row for shown in found],
        label=[value for _, value in wanted],
        need=relation,
        why=there(),
        lacking=relation,
    )


def _not_found(held: bool) -> _Shown:
    return _Shown(NO if held else UNKNOWN, -1, -1)


def _ways(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Reached:
    ways = walk(audited, subjects.positions, part["path"], classes=bool(part.get("classes")))
    if to := part.get("to"):
        ways = ways._replace(state=np.minimum(ways.state, audited.states(to, ways.end)))
    return ways.kept(ways.state > NO)


def _best_of(
    audited: AuditedNetwork, part: Part, values: list[str], ways: Reached
) -> dict[tuple[int, str], _Shown]:
    """Return for each (subject, value) the surest way to an end that shows it."""
    best: dict[tuple[int, str], _Shown] = {}
    texts = audited.texts(part["attribute"], ways.end)
    columns = [column.tolist() for column in ways]
    for subject, end, row, state, text in zip(*columns, texts, strict=True):
        way = _Shown(state, row, end)
        for value in _shown_by(text, values, like=bool(part.get("like"))):
            best[subject, value] = max(best.get((subject, value), way), way)
    return best


def _shown_by(text: str | None, values: list[str], *, like: bool) -> Iterable[str]:
    """Return the values that a text shows; with `like`, those that it begins with."""
    if not text:
        return []
    if like:
        return [value for value in values if text.startswith(value)]
    pieces = text.split("|")
    return [value for value in values if value in pieces]


def values_of(audited: AuditedNetwork, values: Any) -> list[str]:
    """Return a list as it is; for `@counties` the counties whose townships the network holds."""
    if values != COUNTIES:
        return list(values)
    areas, level_unknown = audited.day.areas("township")
    townships = areas[~level_unknown]
    return sorted(set(audited.column("county").take(pa.array(townships)).drop_null().to_pylist()))
