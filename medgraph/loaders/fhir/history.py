"""Put the states of each resource in order: by version, never by their place in a file.

The versions of FHIR say when something was recorded, the days of a network when it holds: neither
is taken for the other.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.loaders.fhir.resources import Entry, Resource


@dataclass(slots=True)
class Life:
    """All states of one resource in their order, each once; `seen` counts how often it was stated.

    `undecided` where two states differ and nothing says which is the later.
    """

    type: str
    id: str
    states: list[Entry]
    seen: int
    undecided: bool = False

    @property
    def body(self) -> Resource | None:
        """The last body, also of what was deleted since; None where there never was one."""
        last = self.last
        return last.body if last else None

    @property
    def last(self) -> Entry | None:
        """The last state that has a body."""
        return next((one for one in reversed(self.states) if one.body is not None), None)

    @property
    def is_deleted(self) -> bool:
        """Whether the last state is that it was deleted."""
        return self.states[-1].deleted

    @property
    def was_born_again(self) -> bool:
        """Whether it was deleted, and created again under the same id."""
        return not self.is_deleted and any(one.deleted for one in self.states)

    @property
    def place(self) -> str:
        """Where it stands."""
        return (self.last or self.states[-1]).place


def lives(entries: Iterable[Entry]) -> dict[tuple[str, str], Life]:
    """Return the life of each resource by type and id."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.type, entry.id), []).append(entry)
    return {key: _life(key, states) for key, states in found.items()}


def _life(key: tuple[str, str], entries: list[Entry]) -> Life:
    if len(entries) == 1:
        return Life(*key, entries, 1)
    states, is_decided = _in_order(entries)
    is_decided = is_decided and not states[-1].why_not
    return Life(*key, states, len(entries), undecided=not is_decided)


def _in_order(entries: list[Entry]) -> tuple[list[Entry], bool]:
    """The states by version, else by when they were recorded; and whether that decides it."""
    for key in (_version, _recorded):
        keys = [key(entry) for entry in entries]
        if None not in keys:
            by_key: dict[Any, Entry] = {}
            for at, entry in zip(keys, entries, strict=True):
                first = by_key.setdefault(at, entry)
                if _says_other(first, entry):
                    return entries, False
            return [by_key[at] for at in sorted(by_key)], True
    first = entries[0]
    if any(_says_other(first, entry) for entry in entries):
        return entries, False
    return [first], True


def _says_other(one: Entry, other: Entry) -> bool:
    return one.deleted != other.deleted or one.body != other.body


def _version(entry: Entry) -> int | None:
    """The number of a version; None where it is none."""
    version = entry.version or ""
    is_number = version.isascii() and version.isdecimal() and len(version) < 20
    return int(version) if is_number else None


def _recorded(entry: Entry) -> datetime.datetime | None:
    """When a state was recorded; None where that is not said to the second."""
    try:
        at = datetime.datetime.fromisoformat(entry.updated or "")
    except ValueError:
        return None
    return at if at.tzinfo else None
