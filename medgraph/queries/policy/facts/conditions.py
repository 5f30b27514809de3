"""Condition trees: `{type = ["@primary"], any = [{beds = {at_least = 20}}, {not = {level =
["1"]}}]}`.

A tree holds the attributes it asks for; `all`, `any` and `not` join trees. Each leaf compares the
text of one attribute with values or limits, and is YES, NO or UNKNOWN where nothing is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.deciding import state_of
from medgraph.queries.policy.facts.limits import within
from medgraph.queries.policy.facts.value_sets import one_of
from medgraph.words.numerals import read_exact
from medgraph.words.quantities import NUMBER, SHARE, quantity
from medgraph.words.stated import yes_or_no

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import States

Test = Callable[[str], bool | None]
Leaf = Callable[[str, Any], "States"]


def tree_states(tree: Mapping[str, Any], size: int, leaf: Leaf) -> States:
    """Return the states of `size` rows; `leaf` gives those of one attribute under one test."""
    found = np.full(size, YES, np.int8)
    for key, wanted in tree.items():
        found = np.minimum(found, _branch(key, wanted, size, leaf))
    return found


def _branch(key: str, wanted: Any, size: int, leaf: Leaf) -> States:
    if key == "all":
        return _reduced(np.minimum, [tree_states(tree, size, leaf) for tree in wanted])
    if key == "any":
        return _reduced(np.maximum, [tree_states(tree, size, leaf) for tree in wanted])
    if key == "not":
        return (YES - tree_states(wanted, size, leaf)).astype(np.int8)
    return leaf(key, wanted)


def _reduced(rule: np.ufunc, states: list[States]) -> States:
    found: States = rule.reduce(states)
    return found


def is_known_test(wanted: Any) -> bool:
    """Tell whether a leaf asks only whether something is stated: `{known = true}`."""
    return isinstance(wanted, Mapping) and bool(wanted.get("known"))


def as_test(
    wanted: Any,
    *,
    known: Collection[str] = (),
    unit: str = NUMBER,
    per_cent: bool = False,
) -> Test:
    """Return the test that a leaf asks for: values, limits of a number, or `{known = true}`.

    `known` are the words of the attribute's vocabulary, `unit` what its numbers count in.
    """
    if not isinstance(wanted, Mapping):
        return one_of(wanted, known)
    if unit == NUMBER and any(str(limit).endswith("%") for limit in wanted.values()):
        unit = SHARE
    if wanted.get("known"):
        return lambda text: _understood(text, unit, per_cent=per_cent)
    return lambda text: within(quantity(text, unit, per_cent=per_cent), wanted)


def _understood(text: str, unit: str, *, per_cent: bool) -> bool | None:
    """True where a text says something of this unit; None where it is not understood."""
    if unit == NUMBER:
        return not _says_none(text)
    return True if quantity(text, unit, per_cent=per_cent) is not None else None


def _says_none(text: str) -> bool:
    """Does a text say that there is none: 无, 没有, 暂无? A number is no such word."""
    return yes_or_no(text) is False and read_exact(text) is None


def leaves(tree: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a condition tree asks, at whatever depth: an attribute, and what of it."""
    for key, wanted in tree.items():
        if key in ("all", "any"):
            for inner in wanted:
                yield from leaves(inner)
        elif key == "not":
            yield from leaves(wanted)
        else:
            yield key, wanted


def attributes(tree: Mapping[str, Any]) -> Iterator[str]:
    """Yield the attributes that a condition tree reads."""
    for name, _ in leaves(tree):
        yield name


def text_states(column: Any, test: Test, *, silence: int = UNKNOWN) -> States:
    """Test each distinct text of a column once; `silence` is the state of what is not stated."""
    encoded = column.cast(pa.string()).dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    states = [state_of(test(text)) for text in encoded.dictionary.to_pylist()]
    lookup = np.array([*states, silence], np.int8)
    found: States = lookup[pc.fill_null(encoded.indices, len(states)).to_numpy()]
    return found


__all__ = [
    "NO",
    "UNKNOWN",
    "YES",
    "Test",
    "as_test",
    "attributes",
    "is_known_test",
    "text_states",
    "tree_states",
]
