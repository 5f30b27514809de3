"""Keep what was worked out of a network with what was read for it, and hand it on to its plans.

A change touches a column of the nodes, the links of a relation, a declaration. What was worked out
without reading any of these comes out the same after it, so that it is taken over and not worked
out again. Nobody has to say what a question rests on: each door to the tables notes what is read.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

TABLES = "tables"  # the tables as a whole: every change touches them
_ALL = "*"  # behind the beginning of what was read: everything that begins so

_READ: ContextVar[set[str] | None] = ContextVar("medgraph_read", default=None)


def column(name: str) -> str:
    """Return how a column of the nodes is noted."""
    return f"nodes.{name}"


def links(relation: str) -> str:
    """Return how the links of a relation are noted."""
    return f"links.{relation}"


def stated(key: str) -> str:
    """Return how what is stated of the whole under a key is noted."""
    return f"meta.{key}"


def note(*parts: str) -> None:
    """Note that these parts of a network are read."""
    read = _READ.get()
    if read is not None:
        read.update(parts)


@contextlib.contextmanager
def reading() -> Iterator[set[str]]:
    """Collect what is read inside; whoever reads outside has read it, too."""
    outer, own = _READ.get(), set[str]()
    token = _READ.set(own)
    try:
        yield own
    finally:
        _READ.reset(token)
        if outer is not None:
            outer |= own


@dataclass(frozen=True)
class Entry:
    """Something worked out, and the parts of the network that were read for it."""

    value: Any
    read: frozenset[str]

    @classmethod
    def of(cls, make: Callable[[], Any]) -> Entry:
        """Work it out, and note what is read."""
        with reading() as read:
            value = make()
        return cls(value, frozenset(read))

    def rests_on(self, touched: frozenset[str]) -> bool:
        """Whether any of these parts was read."""
        if not touched:
            return False
        if TABLES in self.read or not self.read.isdisjoint(touched):
            return True
        return any(part.startswith(start) for start in self._beginnings for part in touched)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(part.removesuffix(_ALL) for part in self.read if part.endswith(_ALL))


class Kept:
    """What was worked out of one network, by key."""

    def __init__(self, entries: Mapping[Hashable, Entry] | None = None) -> None:
        self._entries = dict(entries or {})

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` works out; of one key it is worked out once."""
        entry = self.entry(key, make)
        note(*entry.read)
        found: T = entry.value
        return found

    def entry(self, key: Hashable, make: Callable[[], Any]) -> Entry:
        """Return the same with what was read for it."""
        if key not in self._entries:
            self._entries[key] = Entry.of(make)
        return self._entries[key]

    def after(self, touched: Iterable[str]) -> Kept:
        """Return what holds after a change that touches these parts alone."""
        parts = frozenset(touched)
        entries = list(self._entries.items())
        return Kept({key: entry for key, entry in entries if not entry.rests_on(parts)})


class NotedMeta(Mapping[str, str]):
    """What is stated of a whole; whoever reads a key has it noted."""

    def __init__(self, meta: Mapping[str, str]) -> None:
        self._meta = meta

    def __getitem__(self, key: str) -> str:
        note(stated(key))
        return self._meta[key]

    def __iter__(self) -> Iterator[str]:
        note(stated(_ALL))
        return iter(self._meta)

    def __len__(self) -> int:
        note(stated(_ALL))
        return len(self._meta)

    def __repr__(self) -> str:
        return repr(self._meta)

    def beginning(self, start: str) -> list[str]:
        """Return the keys that begin so."""
        note(stated(start + _ALL))
        return [key for key in self._meta if key.startswith(start)]


def keys_beginning(meta: Mapping[str, str], start: str) -> list[str]:
    """Return the keys of what is stated of a whole that begin so."""
    if isinstance(meta, NotedMeta):
        return meta.beginning(start)
    return [key for key in meta if key.startswith(start)]
