"""Say over what a rule asks its subjects (elements): themselves, members, what lies in their
area, or a path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.states import YES
from medgraph.queries.policy.facts.audited_network import table_of
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.paths import path_of, walk
from medgraph.queries.policy.facts.subjects import Subjects, nodes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork


class Elements(NamedTuple):
    """Pairs of a `subject` (its place) and a `node`; `whole`: per subject, whether all of them
    are known.
    """

    subject: Positions
    node: Positions
    whole: Mask


def elements(audited: AuditedNetwork, part: Mapping[str, Any], subjects: Subjects) -> Elements:
    """Return the elements that `of` and `where` of a rule's part choose for each subject."""
    of, where = part.get("of", "self"), part.get("where", {})
    if of == "self":
        places, whole = np.arange(len(subjects)), np.ones(len(subjects), bool)
        return Elements(*_meeting(audited, where, places, subjects.positions), whole)
    if of in ("within", "all"):
        choose = _within if of == "within" else _all
        subject, node = choose(audited, subjects, where)
        whole = np.full(len(subjects), _listed_whole(audited, where))
    else:
        path = path_of(of)
        ways = walk(audited, subjects.positions, path, classes=bool(part.get("classes")))
        ways = ways.kept(audited.operating[ways.end])
        subject, node = _meeting(audited, where, ways.start, ways.end)
        whole = finished(audited, path, subjects.positions)
    return Elements(*distinct(subject, node, len(audited.index)), whole)


def _meeting(
    audited: AuditedNetwork, where: Mapping[str, Any], subject: Positions, node: Positions
) -> tuple[Positions, Positions]:
    if not where:
        return subject, node
    kept = audited.states(where, node) == YES
    return subject[kept], node[kept]


def _all(
    audited: AuditedNetwork, subjects: Subjects, where: Mapping[str, Any]
) -> tuple[Positions, Positions]:
    chosen = nodes_of(audited, where)
    return np.repeat(np.arange(len(subjects)), len(chosen)), np.tile(chosen, len(subjects))


def _listed_whole(audited: AuditedNetwork, where: Mapping[str, Any]) -> bool:
    kinds = where.get("kind", "Facility")
    tables = [table_of(kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    return all(audited.day.declared_table(table) for table in tables)


def _within(
    audited: AuditedNetwork, subjects: Subjects, where: Mapping[str, Any]
) -> tuple[Positions, Positions]:
    """Nodes in the area of each subject, by the digits of the code that are not closing zeros."""
    nodes = nodes_of(audited, where)
    places = audited.place.take(pa.array(nodes))
    codes = audited.place.take(pa.array(subjects.positions)).to_pylist()
    prefixes = [code_prefix(code) for code in codes]
    subject, found = [np.array([], np.int64)], [np.array([], np.int64)]
    for length in sorted({len(prefix) for prefix in prefixes if prefix}):
        mine = [i for i, prefix in enumerate(prefixes) if len(prefix) == length]
        at = pc.index_in(
            pc.utf8_slice_codeunits(places, 0, length),
            value_set=pa.array([prefixes[i] for i in mine]),
        )
        subject.append(np.array(mine)[at.drop_null().to_numpy()])
        found.append(nodes[at.is_valid().to_numpy(zero_copy_only=False)])
    return np.concatenate(subject), np.concatenate(found)


def code_prefix(code: str | None) -> str:
    """Return the digits of an area code that name the area: 2, 4, 6, 9 or 12 of them.

    >>> code_prefix("331002000000"), code_prefix("331000000000"), code_prefix("331002400000")
    ('331002', '3310', '331002400')
    """
    if not code:
        return ""
    bare = code.rstrip("0")
    return next((code[:n] for n in (2, 4, 6, 9, 12) if n >= len(bare)), code)


def distinct(subject: Positions, node: Positions, size: int) -> tuple[Positions, Positions]:
    """Keep each (subject, node) pair once, in order; a node may be -1."""
    if not len(subject):
        return subject, node
    key = np.unique(np.asarray(subject, np.int64) * (size + 1) + node + 1)
    return key // (size + 1), key % (size + 1) - 1
