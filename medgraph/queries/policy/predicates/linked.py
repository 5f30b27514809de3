"""Tests of links: who is joined to whom, what a set of links covers, and the shape they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from medgraph.queries.policy.facts.audited_network import NO, UNKNOWN, YES, View
from medgraph.queries.policy.facts.subjects import (
    PATHS,
    Subjects,
    Tested,
    as_tested,
    distinct,
    elements,
    finished,
)
from medgraph.queries.policy.predicates.value import predicate
from medgraph.words.say import say


def _relations(path: list[str]) -> list[str]:
    return [relation for step in path for relation in step[1:].split("|")]


def _need(path: list[str]) -> str:
    return f"links.{_relations(path)[-1]}"


def _pairs(view: View, subjects: Subjects, of: str, *, classes: bool = False) -> np.ndarray:
    """Keys of (subject, node) for the lead or the units of every subject."""
    which, node, _, _ = view.walk(subjects.positions, PATHS[of], classes=classes)
    return _key(view, which, node)


def _key(view: View, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.asarray(a, np.int64) * (len(view.index) + 1) + b


@predicate(
    path=list, ends=str, to=dict, having=dict, ends_at_least=int, ends_at_most=int, distinct_by=str
)
def linked(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Count where each element's links lead along `path`: `>USES_CENTRE`, `<SERVES` (against), `-TELEMEDICINE`.

    `ends` = "subject" or "lead" wants that end; `to` conditions on the end, `having` on the last link; an element
    holds if it has `ends_at_least` (1), `ends_at_most` distinct ends. Not found is NO where the relation is complete.
    """
    which, node, whole = elements(view, part, subjects)
    path = part["path"]
    at, end, row, state = view.walk(node, path, classes=bool(part.get("classes")))
    if to := part.get("to"):
        state = np.minimum(state, view.states(to, end))
    if wanted := part.get("ends"):
        keys = (
            _key(view, np.arange(len(subjects)), subjects.positions)
            if wanted == "subject"
            else _pairs(view, subjects, wanted)
        )
        state = np.where(np.isin(_key(view, which[at], end), keys), state, NO)
    if having := part.get("having"):
        state = np.minimum(state, view.link_states(having, row))
    yes, maybe, best = _ends(view, len(node), at, end, row, state)
    held = finished(view, path, node)
    if part.get("ends") == "subject" and len(path) == 1 and len(node):
        held |= finished(
            view, [{">": "<", "<": ">"}.get(path[0][0], "-") + path[0][1:]], subjects.positions
        )[which]
    found = _counted(yes, maybe, held, part.get("ends_at_least", 1), part.get("ends_at_most"))
    return as_tested(
        which,
        found,
        len(subjects),
        node=node,
        row=best,
        whole=whole,
        lacking=_need(path),
        need=np.where(maybe > yes, _waiting(path, part), _need(path)).astype(object),
        why=_why(yes, maybe, held, found),
    )


def _waiting(path: list[str], part: Mapping[str, Any]) -> str:
    columns = [*part.get("having", {})]
    return f"{_need(path)}.{columns[0]}" if columns else "facilities.valid_from"


def _ends(view: View, size: int, at, end, row, state):
    """Count distinct certain and possible ends of each element, and pick one link that shows it."""
    yes, maybe, best = np.zeros(size, int), np.zeros(size, int), np.full(size, -1)
    kept = state > NO
    at, end, row, state = at[kept], end[kept], row[kept], state[kept]
    if len(at):
        order = np.lexsort((-state, end, at))
        at, end, row, state = at[order], end[order], row[order], state[order]
        first = np.ones(len(at), bool)
        first[1:] = (at[1:] != at[:-1]) | (end[1:] != end[:-1])
        at, row, state = at[first], row[first], state[first]
        yes, maybe = np.bincount(at[state == YES], minlength=size), np.bincount(at, minlength=size)
        best[at[::-1]] = row[::-1]
    return yes, maybe, best


def _counted(
    yes: np.ndarray, maybe: np.ndarray, held: np.ndarray, least: int, most: int | None
) -> np.ndarray:
    found = np.where(yes >= least, YES, np.where((maybe < least) & held, NO, UNKNOWN))
    if most is not None:
        upper = np.where(yes > most, NO, np.where((maybe <= most) & held, YES, UNKNOWN))
        found = np.minimum(found, upper)
    return found.astype(np.int8)


def _why(yes: np.ndarray, maybe: np.ndarray, held: np.ndarray, found: np.ndarray) -> np.ndarray:
    texts = {int(n): say("policy_ends", count=int(n)) for n in np.unique(yes)}
    why = np.array([texts[n] for n in yes.tolist()], object)
    why[(found == UNKNOWN) & ~held] = say("policy_table_open")
    why[(found == UNKNOWN) & (maybe > yes)] = say("policy_end_open")
    return why


@predicate(path=list, attribute=str, values=object, like=bool, to=dict)
def covers(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that the ends of `path` show every one of `values` in `attribute` (five kinds of centre, 11 departments)."""
    path, wanted = part["path"], _values(view, part["values"])
    which, end, row, state = view.walk(subjects.positions, path, classes=bool(part.get("classes")))
    if to := part.get("to"):
        state = np.minimum(state, view.states(to, end))
    held = finished(view, path, subjects.positions)
    texts = view.column(part["attribute"]).cast(pa.string()).take(pa.array(end)).to_pylist()
    best: dict[tuple[int, str], tuple[int, int, int]] = {}
    for s, text, st, r, e in zip(
        which.tolist(), texts, state.tolist(), row.tolist(), end.tolist(), strict=True
    ):
        for value in wanted if st > NO and text else ():
            if text.startswith(value) if part.get("like") else value in text.split("|"):
                best[s, value] = max(best.get((s, value), (NO, -1, -1)), (st, r, e))
    keys = [(s, value) for s in range(len(subjects)) for value in wanted]
    found = [best.get(k, (NO if held[k[0]] else UNKNOWN, -1, -1)) for k in keys]
    return as_tested(
        [s for s, _ in keys],
        [f[0] for f in found],
        len(subjects),
        node=[f[2] for f in found],
        row=[f[1] for f in found],
        label=np.array([v for _, v in keys], object),
        need=_need(path),
        why=(say("policy_not_there"), say("policy_table_open"), say("policy_there")),
        lacking=_need(path),
    )


def _values(view: View, values: Any) -> list[str]:
    """A list, or `@counties`: the counties whose townships the network holds."""
    if values != "@counties":
        return list(values)
    township = view.index.is_kind("Area") & view.index.has("level", "township")
    return sorted(set(view.column("county").take(pa.array(np.flatnonzero(township))).to_pylist()))


@predicate(relation=str, direction=str, hops=int)
def reaches(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that each element reaches its subject's lead (`up`), is reached from it (`down`), or either way.

    The way has at most `hops` links (2) and passes only units of the same subject.
    """
    which, node, whole = elements(view, {"of": "members", **part}, subjects)
    leads, units = _pairs(view, subjects, "lead"), _pairs(view, subjects, "units")
    step = {"up": ">", "down": "<"}.get(part.get("direction", "either"), "-") + part["relation"]
    state, shown = np.full(len(node), NO, np.int8), np.full(len(node), -1)
    at, here, sure = np.arange(len(node)), node, np.full(len(node), YES, np.int8)
    for _ in range(part.get("hops", 2)):
        by, here, row, reached = view.walk(here, [step])
        at, sure = at[by], np.minimum(sure[by], reached)
        key = _key(view, which[at], here)
        home = np.isin(key, leads)
        np.maximum.at(state, at[home], sure[home])
        shown[at[home][::-1]] = row[home][::-1]
        going = np.isin(key, units) & ~home
        at, here, sure = at[going], here[going], sure[going]
        if len(at):
            order = np.lexsort((-sure, here, at))
            first = np.unique(_key(view, at[order], here[order]), return_index=True)[1]
            at, here, sure = at[order][first], here[order][first], sure[order][first]
    held = finished(view, [step], node)
    state = np.where((state == NO) & ~held, UNKNOWN, state)
    return as_tested(
        which,
        state,
        len(subjects),
        node=node,
        row=shown,
        whole=whole,
        need=_need([step]),
        lacking="links.MEMBER_OF",
        why=(say("policy_no_way"), say("policy_table_open"), say("policy_way")),
    )


@predicate(relation=str, having=dict, selves=bool)
def pairs(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that every two elements of a subject are joined by `relation`, either way (`selves`: each with itself)."""
    which, node, whole = elements(view, part, subjects)
    links = view.index.links(part["relation"])
    state = np.full(len(links), YES, np.int8)
    if having := part.get("having"):
        state = view.link_states(having, links.row)
    known: dict[tuple[int, int], tuple[int, int]] = {}
    for a, b, st, row in zip(
        links.source.tolist(),
        links.target.tolist(),
        state.tolist(),
        links.row.tolist(),
        strict=True,
    ):
        key = (min(a, b), max(a, b))
        known[key] = max(known.get(key, (NO, -1)), (st, row))
    missing = NO if view.complete(part["relation"]) else UNKNOWN
    rows = []
    names = view.index.ids
    for subject in range(len(subjects)):
        mine = node[which == subject].tolist()
        for i, a in enumerate(mine):
            for b in mine[i if part.get("selves") else i + 1 :]:
                st, row = known.get((min(a, b), max(a, b)), (missing, -1))
                rows.append((subject, st, row, f"{names[a]}–{names[b]}"))
    columns = list(zip(*rows, strict=True)) or [[], [], [], []]
    return as_tested(
        columns[0],
        columns[1],
        len(subjects),
        row=np.array(columns[2], np.int64),
        label=np.array(columns[3], object),
        whole=whole,
        need=f"links.{part['relation']}",
        lacking=f"links.{part['relation']}",
        why=(say("policy_not_there"), say("policy_table_open"), say("policy_there")),
    )


@predicate(relations=list, except_to=dict, except_leads=dict)
def inside(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that links stay inside a group, except to (or from) certain ends or the leads of certain groups."""
    groups = np.flatnonzero(
        view.index.is_kind("Group") & view.index.has("type", *part["where"]["type"])
    )
    homes = _pairs(view, Subjects([], groups), "units", classes=True)
    home_of: dict[int, set[int]] = {}
    for key in homes.tolist():
        home_of.setdefault(key % (len(view.index) + 1), set()).add(key // (len(view.index) + 1))
    free = _free_ends(view, part)
    rows = []
    for relation in part["relations"]:
        links = view.index.links(relation)
        for a, b, row in zip(
            links.source.tolist(), links.target.tolist(), links.row.tolist(), strict=True
        ):
            shared = home_of.get(a, set()) & home_of.get(b, set())
            state = YES if shared or a in free or b in free else NO
            rows.append((state, row, f"{view.index.ids[a]}→{view.index.ids[b]}"))
    columns = list(zip(*rows, strict=True)) or [[], [], []]
    return as_tested(
        np.zeros(len(rows), int),
        columns[0],
        len(subjects),
        row=np.array(columns[1], np.int64),
        label=np.array(columns[2], object),
        lacking=f"links.{part['relations'][0]}",
        why=(say("policy_out_of_group"), "", say("policy_in_group")),
    )


def _free_ends(view: View, part: Mapping[str, Any]) -> set[int]:
    free: set[int] = set()
    every = np.arange(len(view.index))
    if to := part.get("except_to"):
        free |= set(every[view.states(to, every) == YES].tolist())
    if of := part.get("except_leads"):
        groups = every[view.index.is_kind("Group") & (view.states(of, every) == YES)]
        free |= set(view.walk(groups, PATHS["lead"])[1].tolist())
    return free


@predicate(relation=str, ends_in=dict)
def acyclic(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that links of `relation` make no circle and end only in leads or in nodes that `ends_in` allows."""
    from scipy.sparse.csgraph import connected_components

    links = view.index.links(part["relation"])
    matrix = view.index.csr(part["relation"])
    count, label = connected_components(matrix, directed=True, connection="strong")
    big = np.bincount(label, minlength=count) > 1
    touched = np.unique(np.concatenate([links.source, links.target]).astype(int))
    loops = np.zeros(len(view.index), bool)
    loops[links.source[links.source == links.target]] = True
    circle = (big[label] | loops)[touched]
    sink = ~np.isin(touched, links.source)
    allowed = np.isin(touched, view.index.links("LEADS").source) | (
        view.states(part["ends_in"], touched) == YES
    )
    state = np.where(circle | (sink & ~allowed), NO, YES)
    why = np.where(
        circle,
        say("policy_circle"),
        np.where(sink & ~allowed, say("policy_dead_end"), say("policy_so", what=part["relation"])),
    ).astype(object)
    subject, node = distinct(np.zeros(len(touched), int), touched, len(view.index))
    return as_tested(
        subject, state, len(subjects), node=node, why=why, lacking=f"links.{part['relation']}"
    )
