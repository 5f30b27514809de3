"""Say who is asked (subjects), over what (elements), and hold what a predicate found of each element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from medgraph.queries.policy.facts.audited_network import UNKNOWN, YES, View

PATHS = {"members": ["<MEMBER_OF"], "lead": ["<LEADS"], "units": ["<MEMBER_OF|LEADS"]}
WHOLE = "all"  # the subject of a rule about the network as a whole


@dataclass(frozen=True)
class Subjects:
    """Who a rule asks: `ids` and positions (-1: the network as a whole)."""

    ids: Sequence[str]
    positions: np.ndarray

    def __len__(self) -> int:
        return len(self.positions)


@dataclass(frozen=True)
class Value:
    """A number known to lie between `low` and `high` (None: no bound known), and how people read it."""

    low: Fraction | None
    high: Fraction | None
    text: str = ""

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high


@dataclass(frozen=True)
class Tested:
    """What a predicate found: aligned arrays, one row per element, and per subject what the set is worth.

    `subject` indexes the subjects; `state` is YES, NO or UNKNOWN; `node` a position or -1, then `label` names the
    element; `row` is the link that shows it, or -1; `need` names the data that would decide an unknown one.
    `whole` says per subject whether all elements are known to be there; `values` replaces counting.
    """

    subject: np.ndarray
    state: np.ndarray
    node: np.ndarray
    row: np.ndarray
    label: np.ndarray
    why: np.ndarray
    need: np.ndarray
    whole: np.ndarray
    values: Mapping[int, Value] = field(default_factory=dict)
    lacking: str = ""  # the data that is missing where a subject has no element at all


def as_tested(
    subject,
    state,
    count: int,
    *,
    node=-1,
    row=-1,
    label="",
    why: Any = "",
    need: Any = "",
    whole: Any = True,
    values: Mapping[int, Value] | None = None,
    lacking: str = "",
) -> Tested:
    """Make a `Tested` for `count` subjects; scalars stand for every row; `why` may be (no, unknown, yes)."""
    subject, state = np.asarray(subject, np.int64), np.asarray(state, np.int8)
    size = len(subject)

    def texts(value: Any) -> np.ndarray:
        if isinstance(value, tuple):
            return np.array(value, object)[state]
        return value if isinstance(value, np.ndarray) else np.full(size, value, object)

    needs = texts(need)
    needs = np.where(state == UNKNOWN, needs, "")
    return Tested(
        subject,
        state,
        np.broadcast_to(np.asarray(node, np.int64), size),
        np.broadcast_to(np.asarray(row, np.int64), size),
        texts(label),
        texts(why),
        needs,
        np.broadcast_to(np.asarray(whole, bool), count),
        values or {},
        lacking,
    )


def subjects_of(view: View, wanted: Mapping[str, Any] | str) -> Subjects:
    """Return the subjects that `wanted` asks about: `"all"`, or conditions on attributes such as `{kind = ["Group"]}`.

    Placeholders and what is closed are never asked; what is planned is.
    """
    if wanted == WHOLE:
        return Subjects([WHOLE], np.array([-1]))
    positions = nodes_of(view, wanted, waiting=True)
    return Subjects(view.index.ids.take(positions).to_pylist(), positions)


def nodes_of(view: View, wanted: Mapping[str, Any], *, waiting: bool = False) -> np.ndarray:
    """Return the positions of nodes that certainly meet `wanted`, at work (or planned, with `waiting`)."""
    kinds = wanted.get("kind")
    mask = (
        view.index.has("kind", *([kinds] if isinstance(kinds, str) else kinds))
        if kinds
        else np.ones(len(view.index), bool)
    )
    mask &= ~view.index.is_class & (view.operating | view.waiting if waiting else view.operating)
    positions = np.flatnonzero(mask)
    return positions[
        view.states({k: v for k, v in wanted.items() if k != "kind"}, positions) == YES
    ]


def elements(
    view: View, part: Mapping[str, Any], subjects: Subjects
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (subject, node) pairs that `of` and `where` choose, and per subject whether they are all there."""
    of, where = part.get("of", "self"), part.get("where", {})
    if of == "self":
        which, node = np.arange(len(subjects)), subjects.positions
    elif of == "within":
        which, node = _within(view, subjects, where)
    elif of == "all":
        chosen = nodes_of(view, where)
        which, node = (
            np.repeat(np.arange(len(subjects)), len(chosen)),
            np.tile(chosen, len(subjects)),
        )
    else:
        path = PATHS.get(of, of) if isinstance(of, str) else of
        which, node, _, _ = view.walk(subjects.positions, path, classes=bool(part.get("classes")))
        kept = view.operating[node]
        which, node = which[kept], node[kept]
    if where and of not in ("within", "all"):
        kept = view.states(where, node) == YES
        which, node = which[kept], node[kept]
    if of != "self":
        which, node = distinct(which, node, len(view.index))
    return which, node, _complete(view, of, where, subjects)


def _within(
    view: View, subjects: Subjects, where: Mapping[str, Any]
) -> tuple[np.ndarray, np.ndarray]:
    """Nodes in the area of each subject, by the digits of the code that are not closing zeros."""
    import pyarrow as pa
    import pyarrow.compute as pc

    nodes = nodes_of(view, where)
    places = view.place.take(pa.array(nodes))
    found: list[tuple[np.ndarray, np.ndarray]] = []
    prefixes = [
        code_prefix(code) for code in view.place.take(pa.array(subjects.positions)).to_pylist()
    ]
    for length in sorted({len(p) for p in prefixes if p}):
        mine = [i for i, p in enumerate(prefixes) if len(p) == length]
        at = pc.index_in(
            pc.utf8_slice_codeunits(places, 0, length),
            value_set=pa.array([prefixes[i] for i in mine]),
        )
        hit = at.is_valid().to_numpy(zero_copy_only=False)
        found.append((np.array(mine)[at.drop_null().to_numpy()], nodes[hit]))
    if not found:
        return np.array([], np.int64), np.array([], np.int64)
    return tuple(np.concatenate(arrays) for arrays in zip(*found, strict=True))  # type: ignore[return-value]


def code_prefix(code: str | None) -> str:
    """Return the digits of an area code that name the area: 2, 4, 6, 9 or 12 of them.

    >>> code_prefix("331002000000"), code_prefix("331000000000"), code_prefix("331002400000")
    ('331002', '3310', '331002400')
    """
    if not code:
        return ""
    bare = code.rstrip("0")
    return next((code[:n] for n in (2, 4, 6, 9, 12) if n >= len(bare)), code)


def distinct(which: np.ndarray, node: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Keep each (subject, node) pair once, in order."""
    if not len(which):
        return which, node
    key = np.unique(np.asarray(which, np.int64) * (size + 1) + node + 1)
    return key // (size + 1), key % (size + 1) - 1


def _complete(view: View, of: Any, where: Mapping[str, Any], subjects: Subjects) -> np.ndarray:
    if of == "self":
        return np.ones(len(subjects), bool)
    if of in ("within", "all"):
        kinds = where.get("kind", "Facility")
        tables = [view.table_of(k) for k in ([kinds] if isinstance(kinds, str) else kinds)]
        held = not view.left_out and all(bool(view.net.completeness(t)) for t in tables)
        return np.full(len(subjects), held)
    path = PATHS.get(of, of) if isinstance(of, str) else of
    return finished(view, path, subjects.positions)


def finished(view: View, path: Sequence[str], starts: np.ndarray) -> np.ndarray:
    """Return a mask: from which starts all ways along `path` are declared to be known."""
    found = np.ones(len(starts), bool)
    for depth, step in enumerate(path):
        for relation in step[1:].split("|"):
            held = np.full(len(starts), _declared(view, relation))
            if depth == 0 and step[0] in "<-":
                held |= view.complete_for(relation, starts) | _is_led(view, relation, starts)
            found &= held
    return found


def _declared(view: View, relation: str) -> bool:
    """Is all of `relation` there? Of membership also where every urban or county group says so for itself.

    A group has one lead: where every group has one, no further LEADS link can be missing.
    """
    if view.complete(relation):
        return True
    if view.left_out or relation not in ("MEMBER_OF", "LEADS"):
        return False
    groups = np.flatnonzero(view.index.is_kind("Group"))
    if relation == "LEADS":
        return bool(len(groups)) and bool(_is_led(view, relation, groups).all())
    return bool(len(groups)) and bool(view.complete_for(relation, groups).all())


def _is_led(view: View, relation: str, positions: np.ndarray) -> np.ndarray:
    if relation != "LEADS" or view.left_out:
        return np.zeros(len(positions), bool)
    return np.isin(positions, view.index.links("LEADS").target) & (positions >= 0)
