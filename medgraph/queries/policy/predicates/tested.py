"""Hold what a predicate found of each element, as aligned arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.words.say import say

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import ArrayLike, NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.facts.elements import Elements

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Value:
    """A number known to lie between `low` and `high` (None: no bound known), and how people read
    it; `why_not` says why what is stated decides nothing.
    """

    low: Fraction | None
    high: Fraction | None
    text: str = ""
    why_not: str = ""

    @property
    def exact(self) -> bool:
        """Whether the number is known."""
        return self.low is not None and self.low == self.high


@dataclass(frozen=True)
class Tested:
    """What a predicate found: aligned arrays, one row per element, and per subject what the set
    is worth.

    `subject` is the place of the subject; `asked` says whether the element belongs (YES or
    UNKNOWN), `state` whether it holds (YES, NO or UNKNOWN); `node` a position or -1, then `label`
    names the element; `row` is the link that shows it, or -1; `need` names the data
    that would decide an unknown one. `whole` says per subject whether all elements are known to
    be there, `closing` names the declaration that would say so; `values` replaces counting.
    `by_plan` marks what rests on a link that a plan only implies.
    """

    subject: Positions
    asked: States
    state: States
    node: Positions
    row: Positions
    label: NDArray[np.object_]
    why: NDArray[np.object_]
    need: NDArray[np.object_]
    whole: Mask
    values: Mapping[int, Value] = field(default_factory=dict)
    lacking: str = ""  # the data that is missing where a subject has no element at all
    closing: str = ""
    by_plan: Mask = field(default_factory=lambda: np.zeros(0, bool))

    def kept(self, mask: Mask) -> Tested:
        """Return the elements of a mask alone."""
        aligned = ("subject", "asked", "state", "node", "row", "label", "why", "need", "by_plan")
        return replace(self, **{name: getattr(self, name)[mask] for name in aligned})

    def with_values(self, values: Mapping[int, Value]) -> Tested:
        """Return the same elements with a number for each subject."""
        return replace(self, values=values)


class Reasons(NamedTuple):
    """Why an element came to its state: one text for each of NO, UNKNOWN, YES."""

    no: str
    unknown: str
    yes: str


def of_elements(
    chosen: Elements,
    state: ArrayLike,
    count: int,
    *,
    need: Any = "",
    need_to_belong: str | Sequence[str] = "",
    **columns: Any,
) -> Tested:
    """Make a `Tested` of elements, each with the state to which a test came.

    `need_to_belong` names the data that would say whether an element belongs at all. Of those that
    a placeholder stands for any number may hold; one of which none can is no element.
    """
    tested_so = np.asarray(state, np.int8)
    states = np.where(chosen.several, np.minimum(tested_so, UNKNOWN), tested_so).astype(np.int8)
    needs = _texts(need, states).copy()
    doubtful = (chosen.state == UNKNOWN) & (states != UNKNOWN) | chosen.several
    needs[doubtful] = _texts(need_to_belong, states)[doubtful]
    whole = chosen.whole.copy()
    whole[chosen.subject[chosen.several & (states > NO)]] = False
    tested = as_tested(
        chosen.subject,
        states,
        count,
        asked=chosen.state,
        node=columns.pop("node", chosen.node),
        whole=whole,
        closing=chosen.closing,
        need=needs,
        **columns,
    )
    why = np.where(chosen.several, say("policy_unnamed"), tested.why)
    return replace(tested, why=why).kept(~chosen.several | (states > NO))


def as_tested(
    subject: ArrayLike,
    state: ArrayLike,
    count: int,
    *,
    asked: ArrayLike = YES,
    node: ArrayLike = -1,
    row: ArrayLike = -1,
    label: Any = "",
    why: Any = "",
    need: Any = "",
    whole: ArrayLike = True,
    values: Mapping[int, Value] | None = None,
    lacking: str = "",
    closing: str = "",
    by_plan: ArrayLike = False,
) -> Tested:
    """Make a `Tested` for `count` subjects; a scalar stands for every row, `Reasons` for the
    state of each.
    """
    subjects = np.asarray(subject, np.int64)
    states = np.asarray(state, np.int8)
    size = len(subjects)
    belongs = np.broadcast_to(np.asarray(asked, np.int8), size)
    open_ones = (states == UNKNOWN) | (belongs == UNKNOWN)
    needs = np.where(open_ones, _texts(need, states), "")
    return Tested(
        subjects,
        belongs,
        states,
        np.broadcast_to(np.asarray(node, np.int64), size),
        np.broadcast_to(np.asarray(row, np.int64), size),
        _texts(label, states),
        _texts(why, states),
        needs,
        np.broadcast_to(np.asarray(whole, bool), count),
        values or {},
        lacking,
        closing,
        np.broadcast_to(np.asarray(by_plan, bool), size),
    )


def _texts(value: Any, states: States) -> NDArray[np.object_]:
    if isinstance(value, Reasons):
        by_state: NDArray[np.object_] = np.array(value, object)[states]
        return by_state
    if isinstance(value, str):
        return filled(len(states), value)
    return np.array(value, object)


def filled(size: int, text: str) -> NDArray[np.object_]:
    """Return a text so many times over: `np.full` would make as many copies of it.

    >>> [*filled(2, "areas")]
    ['areas', 'areas']
    """
    found = np.empty(size, object)
    found.fill(text)
    return found


def joined(parts: Sequence[Tested]) -> Tested:
    """Put the elements of several tests of the same subjects together."""
    return Tested(
        np.concatenate([part.subject for part in parts]),
        np.concatenate([part.asked for part in parts]),
        np.concatenate([part.state for part in parts]),
        np.concatenate([part.node for part in parts]),
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.label for part in parts]),
        np.concatenate([part.why for part in parts]),
        np.concatenate([part.need for part in parts]),
        whole=np.logical_and.reduce([part.whole for part in parts]),
        values={place: value for part in parts for place, value in part.values.items()},
        lacking=parts[-1].lacking,
        by_plan=np.concatenate([part.by_plan for part in parts]),
        closing=next((part.closing for part in parts if not part.whole.all()), ""),
    )


def columns_of(rows: Iterable[tuple[Any, ...]], count: int) -> list[list[Any]]:
    """Return rows as `count` columns, empty ones where there is no row."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(count)]
