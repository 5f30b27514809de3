"""Hold what a predicate found of each element, as aligned arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from medgraph.graphmodel.states import UNKNOWN

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import ArrayLike, NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions, States

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Value:
    """A number known to lie between `low` and `high` (None: no bound known), and how people read
    it.
    """

    low: Fraction | None
    high: Fraction | None
    text: str = ""

    @property
    def exact(self) -> bool:
        """Whether the number is known."""
        return self.low is not None and self.low == self.high


@dataclass(frozen=True)
class Tested:
    """What a predicate found: aligned arrays, one row per element, and per subject what the set
    is worth.

    `subject` is the place of the subject; `state` is YES, NO or UNKNOWN; `node` a position or -1,
    then `label` names the element; `row` is the link that shows it, or -1; `need` names the data
    that would decide an unknown one. `whole` says per subject whether all elements are known to
    be there; `values` replaces counting.
    """

    subject: Positions
    state: States
    node: Positions
    row: Positions
    label: NDArray[np.object_]
    why: NDArray[np.object_]
    need: NDArray[np.object_]
    whole: Mask
    values: Mapping[int, Value] = field(default_factory=dict)
    lacking: str = ""  # the data that is missing where a subject has no element at all

    def with_values(self, values: Mapping[int, Value]) -> Tested:
        """Return the same elements with a number for each subject."""
        return replace(self, values=values)


class Reasons(NamedTuple):
    """Why an element came to its state: one text for each of NO, UNKNOWN, YES."""

    no: str
    unknown: str
    yes: str


def as_tested(
    subject: ArrayLike,
    state: ArrayLike,
    count: int,
    *,
    node: ArrayLike = -1,
    row: ArrayLike = -1,
    label: Any = "",
    why: Any = "",
    need: Any = "",
    whole: ArrayLike = True,
    values: Mapping[int, Value] | None = None,
    lacking: str = "",
) -> Tested:
    """Make a `Tested` for `count` subjects; a scalar stands for every row, `Reasons` for the
    state of each.
    """
    subjects = np.asarray(subject, np.int64)
    states = np.asarray(state, np.int8)
    size = len(subjects)
    needs = np.where(states == UNKNOWN, _texts(need, states), "")
    return Tested(
        subjects,
        states,
        np.broadcast_to(np.asarray(node, np.int64), size),
        np.broadcast_to(np.asarray(row, np.int64), size),
        _texts(label, states),
        _texts(why, states),
        needs,
        np.broadcast_to(np.asarray(whole, bool), count),
        values or {},
        lacking,
    )


def _texts(value: Any, states: States) -> NDArray[np.object_]:
    if isinstance(value, Reasons):
        by_state: NDArray[np.object_] = np.array(value, object)[states]
        return by_state
    if isinstance(value, str):
        return np.full(len(states), value, object)
    return np.array(value, object)


def joined(parts: Sequence[Tested]) -> Tested:
    """Put the elements of several tests of the same subjects together."""
    if len(parts) == 1:
        return parts[0]
    return Tested(
        np.concatenate([part.subject for part in parts]),
        np.concatenate([part.state for part in parts]),
        np.concatenate([part.node for part in parts]),
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.label for part in parts]),
        np.concatenate([part.why for part in parts]),
        np.concatenate([part.need for part in parts]),
        whole=np.logical_and.reduce([part.whole for part in parts]),
        values={place: value for part in parts for place, value in part.values.items()},
        lacking=parts[-1].lacking,
    )


def columns_of(rows: Iterable[tuple[Any, ...]], count: int) -> list[list[Any]]:
    """Return rows as `count` columns, empty ones where there is no row."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(count)]
