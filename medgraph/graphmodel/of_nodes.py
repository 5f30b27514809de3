"""Keep what the nodes alone say on a day, so that networks with the same nodes work it out once.

Most changes of a plan leave the nodes as they are: a move, a link, a declaration. What a facility
is, who is at work and where it stands is then the same in every network of the plan.
"""

from __future__ import annotations

from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

import numpy as np

from medgraph.graphmodel.arrays.chunks import closed
from medgraph.graphmodel.states import Fact

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Hashable

    from medgraph.graphmodel.index import Index

T = TypeVar("T")
D = TypeVar("D", bound="_OfDay")
P = ParamSpec("P")


class _OfDay(Protocol):
    """What there is to know of a day: its date, and the nodes."""

    date: datetime.date
    index: Index


if TYPE_CHECKING:
    of_nodes = cached_property
else:

    class of_nodes(cached_property):  # noqa: N801 - it is used as cached_property is
        """A fact of a day that rests on the nodes alone."""

        def __get__(self, day, owner=None):
            if day is None:
                return self
            return _kept(day, self.func.__qualname__, lambda: self.func(day))


def each_of_nodes(
    fact: Callable[Concatenate[D, P], T],
) -> Callable[Concatenate[D, P], T]:
    """Return a fact with arguments that rests on the nodes alone, kept for each of them."""

    @wraps(fact)
    def kept(day: D, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (fact.__qualname__, *args, *kwargs.items())
        return cast("T", _kept(day, key, lambda: fact(day, *args, **kwargs)))

    return cast("Callable[Concatenate[D, P], T]", kept)


def _kept(day: _OfDay, key: Hashable, make: Callable[[], Any]) -> Any:
    return day.index.facts_on(day.date).once(key, lambda: _closed(make()))


def _closed(found: Any) -> Any:
    """The same, of which nobody can change an array."""
    if isinstance(found, np.ndarray):
        return closed(found)
    if isinstance(found, Fact):
        closed(found.states)
    if isinstance(found, tuple):
        for part in found:
            _closed(part)
    return found
