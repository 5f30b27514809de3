"""The tests that rules are made of: each finds, per subject, a set of elements and whether each one holds.

A predicate takes (view, part, subjects) and returns a `Tested`; `ALLOWED` says which parameters it reads, so that
a pack that misspells one is refused. Here: tests of attributes; links, numbers and scores have modules of their own.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.queries.policy.facts.audited_network import NO, UNKNOWN, YES, View, date, number
from medgraph.queries.policy.facts.subjects import Subjects, Tested, as_tested, elements
from medgraph.words.say import say

Predicate = Callable[[View, Mapping[str, Any], Subjects], Tested]
PREDICATES: dict[str, Predicate] = {}
ALLOWED: dict[str, dict[str, type]] = {}
COMMON: dict[str, type] = {"of": object, "where": dict, "classes": bool, "unit": str}


def predicate(**parameters: type) -> Callable[[Predicate], Predicate]:
    """Register a predicate under its own name with the parameters it reads beside the common ones."""

    def register(function: Predicate) -> Predicate:
        name = function.__name__
        PREDICATES[name] = function
        ALLOWED[name] = {**COMMON, **parameters}
        return function

    return register


@predicate()
def exists(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Count the elements that are there (members of a type, groups of a city)."""
    which, node, whole = elements(view, part, subjects)
    return as_tested(
        which,
        np.full(len(which), YES),
        len(subjects),
        node=node,
        why=say("policy_there"),
        whole=whole,
        lacking=_table(view, part),
    )


@predicate(test=dict)
def value(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test the attributes of each element against a condition tree (`any`, `all`, `not`, values, limits)."""
    which, node, whole = elements(view, part, subjects)
    state = view.states(part["test"], node)
    names = list(dict.fromkeys(attributes(part["test"])))
    shown, need = "、".join(map(attribute_title, names)), _lacking(view, node, state, names)
    return as_tested(
        which,
        state,
        len(subjects),
        node=node,
        whole=whole,
        lacking=_table(view, part),
        need=need,
        why=(
            say("policy_not_so", what=shown),
            not_stated(need.partition(".")[2]),
            say("policy_so", what=shown),
        ),
    )


@predicate(all=dict)
def flags(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test several attributes of each element, each an element of its own (`charter = ["yes"]`)."""
    which, node, whole = elements(view, part, subjects)
    parts = []
    for name, wanted in part["all"].items():
        state = view.states({name: wanted}, node)
        parts.append(
            as_tested(
                which,
                state,
                len(subjects),
                node=node,
                label=name,
                whole=whole,
                lacking=_datum(view, node, name, part),
                need=_datum(view, node, name, part),
                why=(
                    say("policy_not_so", what=attribute_title(name)),
                    not_stated(name),
                    say("policy_so", what=attribute_title(name)),
                ),
            )
        )
    return joined(parts)


@predicate(attribute=str, required=list)
def contains(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that a list attribute holds each of the `required` values."""
    which, node, whole = elements(view, part, subjects)
    name, parts = part["attribute"], []
    for wanted in part["required"]:
        state = view.mapped(name, lambda text, wanted=wanted: wanted in text.split("|"), node)
        parts.append(
            as_tested(
                which,
                state,
                len(subjects),
                node=node,
                label=wanted,
                whole=whole,
                lacking=_datum(view, node, name, part),
                need=_datum(view, node, name, part),
                why=(
                    say("policy_lacks", what=wanted),
                    not_stated(name),
                    say("policy_has", what=wanted),
                ),
            )
        )
    return joined(parts)


@predicate(attribute=str)
def same(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that an attribute has one value over all elements of a subject: the most frequent one is the measure."""
    which, node, whole = elements(view, part, subjects)
    name = part["attribute"]
    texts = view.column(name).cast(pa.string()).take(pa.array(node)).to_pylist()
    seen: dict[int, Counter[str]] = {}
    for subject, text in zip(which.tolist(), texts, strict=True):
        if text is not None:
            seen.setdefault(subject, Counter())[text] += 1
    measure = {
        s: sorted(c.items(), key=lambda pair: (-pair[1], pair[0]))[0][0] for s, c in seen.items()
    }
    state = np.array(
        [
            UNKNOWN if t is None else YES if t == measure[s] else NO
            for s, t in zip(which.tolist(), texts, strict=True)
        ],
        np.int8,
    )
    why = np.array([equals(name, t) for t in texts], object)
    return as_tested(
        which,
        state,
        len(subjects),
        node=node,
        why=why,
        whole=whole,
        need=_datum(view, node, name, part),
        lacking=_datum(view, node, name, part),
    )


@predicate(attribute=str, includes=str, any_of=dict)
def names(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test a list attribute that names nodes: it `includes` the lead or all members, or `any_of` them is so."""
    if "any_of" in part:
        return _names_any(view, part, subjects)
    attribute = part["attribute"]
    which, node, whole = elements(view, {**part, "of": part["includes"]}, subjects)
    ids = view.index.ids.take(pa.array(node)).to_pylist()
    lists = _lists(view, attribute, subjects.positions)
    state = np.array(
        [
            UNKNOWN if lists[s] is None else YES if id in lists[s] else NO
            for s, id in zip(which.tolist(), ids, strict=True)
        ],
        np.int8,
    )
    need = _datum(view, subjects.positions, attribute, part)
    return as_tested(
        which,
        state,
        len(subjects),
        node=node,
        whole=whole,
        need=need,
        lacking=need,
        why=(
            say("policy_not_named", what=attribute_title(attribute)),
            not_stated(attribute),
            say("policy_named", what=attribute_title(attribute)),
        ),
    )


def _names_any(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    attribute = part["attribute"]
    state = []
    for listed in _lists(view, attribute, subjects.positions):
        if listed is None:
            state.append(UNKNOWN)
            continue
        at = view.index.positions(sorted(listed))
        found = view.states(part["any_of"], at[at >= 0])
        state.append(max([*found.tolist(), NO if (at >= 0).all() else UNKNOWN]))
    need = _datum(view, subjects.positions, attribute, part)
    return as_tested(
        np.arange(len(subjects)),
        state,
        len(subjects),
        node=subjects.positions,
        label=attribute,
        need=need,
        lacking=need,
        why=(
            say("policy_not_named", what=attribute_title(attribute)),
            not_stated(attribute),
            say("policy_named", what=attribute_title(attribute)),
        ),
    )


def _lists(view: View, attribute: str, positions: np.ndarray) -> list[set[str] | None]:
    texts = (
        view.column(attribute)
        .cast(pa.string())
        .take(pa.array(positions, mask=positions < 0))
        .to_pylist()
    )
    return [None if text is None else set(text.split("|")) for text in texts]


@predicate(attributes=list, by=str, after=str)
def dated(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that a day (the first of `attributes` that is stated) lies not after `by` and not before `after`."""
    which, node, whole = elements(view, part, subjects)
    first, last = date(part.get("after")), date(part.get("by"))
    state, why = [], []
    columns = [
        view.column(name).cast(pa.string()).take(pa.array(node)).to_pylist()
        for name in part["attributes"]
    ]
    for texts in zip(*columns, strict=True):
        name, day = next(
            ((n, d) for n, t in zip(part["attributes"], texts, strict=True) if (d := date(t))),
            (part["attributes"][0], None),
        )
        held = day is not None and (first is None or day >= first) and (last is None or day <= last)
        state.append(UNKNOWN if day is None else YES if held else NO)
        why.append(equals(name, day))
    need = _datum(view, node, part["attributes"][0], part)
    return as_tested(
        which,
        state,
        len(subjects),
        node=node,
        why=np.array(why, object),
        need=need,
        lacking=need,
        whole=whole,
    )


@predicate(milestones=str, phases=str)
def ordered(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that milestones (days with `|`) stand in order and phases (`month..month`) follow without a gap."""
    which, node, whole = elements(view, part, subjects)
    parts = []
    for key, test in (("milestones", _rising), ("phases", _unbroken)):
        if name := part.get(key):
            state = view.mapped(name, test, node)
            need = _datum(view, node, name, part)
            parts.append(
                as_tested(
                    which,
                    state,
                    len(subjects),
                    node=node,
                    label=name,
                    whole=whole,
                    need=need,
                    lacking=need,
                    why=(
                        say("policy_not_so", what=attribute_title(name)),
                        not_stated(name),
                        say("policy_so", what=attribute_title(name)),
                    ),
                )
            )
    return joined(parts)


def _rising(text: str) -> bool | None:
    days = [date(piece) for piece in text.split("|")]
    if None in days:
        return None
    return all(a < b for a, b in itertools.pairwise(days))  # type: ignore[operator]


def _unbroken(text: str) -> bool | None:
    try:
        spans = [tuple(_month(end) for end in piece.split("..")) for piece in text.split("|")]
        return all(a <= b for a, b in spans) and all(
            b[0] == a[1] + 1 for a, b in itertools.pairwise(spans)
        )
    except ValueError:
        return None


def _month(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month)


@predicate(prefix=str)
def declared(view: View, part: Mapping[str, Any], subjects: Subjects) -> Tested:
    """Test that stated counts (`declared.<type>` on a group) equal the members of that type that are listed."""
    prefix = part.get("prefix", "declared.")
    columns = [name for name in view.index.table.column_names if name.startswith(prefix)]
    parts = []
    for name in columns:
        of_type = {**part, "of": "members", "where": {"type": [name[len(prefix) :]]}}
        which, _, whole = elements(view, of_type, subjects)
        listed = np.bincount(which, minlength=len(subjects))
        texts = view.column(name).cast(pa.string()).take(pa.array(subjects.positions)).to_pylist()
        asked = [i for i, text in enumerate(texts) if text is not None]
        stated = [number(texts[i]) for i in asked]
        state = [
            UNKNOWN if n is None else YES if n == listed[i] else NO
            for i, n in zip(asked, stated, strict=True)
        ]
        why = np.array(
            [say("policy_stated_listed", stated=texts[i], listed=int(listed[i])) for i in asked],
            object,
        )
        parts.append(
            as_tested(
                asked,
                state,
                len(subjects),
                node=subjects.positions[asked],
                label=name,
                why=why,
                need=f"groups.{name}",
                whole=whole,
            )
        )
    none = as_tested([], [], len(subjects), lacking=f"groups.{prefix}*")
    return joined([*parts, none])


def joined(parts: list[Tested]) -> Tested:
    """Put the elements of several tests of the same subjects together."""
    if len(parts) == 1:
        return parts[0]
    arrays = {
        name: np.concatenate([getattr(p, name) for p in parts])
        for name in ("subject", "state", "node", "row", "label", "why", "need")
    }
    return Tested(
        **arrays,
        whole=np.logical_and.reduce([p.whole for p in parts]),
        values={k: v for p in parts for k, v in p.values.items()},
        lacking=parts[-1].lacking,
    )


def attributes(test: Mapping[str, Any]):
    """Yield the attributes that a condition tree reads."""
    for key, wanted in test.items():
        if key in ("all", "any"):
            for piece in wanted:
                yield from attributes(piece)
        elif key == "not":
            yield from attributes(wanted)
        else:
            yield key


def not_stated(name: str) -> str:
    """Say that an attribute is not stated."""
    return say("policy_not_stated", what=attribute_title(name))


def equals(name: str, value: Any) -> str:
    """Say what an attribute is, or that it is not stated."""
    return f"{attribute_title(name)} = {say('policy_nothing') if value is None else value}"


def _lacking(view: View, node: np.ndarray, state: np.ndarray, names: list[str]) -> str:
    """Name the first attribute of `names` that the unknown elements lack."""
    open_ones = node[state == UNKNOWN]
    if not len(open_ones):
        return ""
    for name in names:
        if view.column(name).take(pa.array(open_ones)).null_count:
            return view.datum(open_ones, name)
    return view.datum(open_ones, names[-1])


def _datum(view: View, node: np.ndarray, name: str, part: Mapping[str, Any]) -> str:
    return f"{_table(view, part)}.{name}" if not len(node) else view.datum(node, name)


def _table(view: View, part: Mapping[str, Any]) -> str:
    if part.get("of") in ("members", "units"):
        return "links.MEMBER_OF"
    kinds = part.get("where", {}).get("kind", "Facility")
    return view.table_of(kinds if isinstance(kinds, str) else kinds[0])
