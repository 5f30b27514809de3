"""Hold a change as a value: move, join, end, succeed, link; `net.applying(changes)` carries them out.

A change ends facts and adds facts; it deletes none. `on` is the first day on which the new state holds,
so the old one ends the day before; without `on` it is the network's data day.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Move:
    """Take a facility out of its group of the same kind as `to_group`, and put it into `to_group`."""

    id: str
    to_group: str
    on: datetime.date | None = None


@dataclass(frozen=True)
class Join:
    """Put a facility into `group`, whatever else it belongs to."""

    id: str
    group: str
    on: datetime.date | None = None


@dataclass(frozen=True)
class End:
    """End a node with its links, or, with `relation` and `target`, links from `id` alone."""

    id: str
    relation: str | None = None
    target: str | None = None
    on: datetime.date | None = None


@dataclass(frozen=True)
class Succeed:
    """Let `new` follow `old` (merged into, split from, renamed): `old` ends, the trail stays."""

    old: str
    new: str
    on: datetime.date | None = None
    how: str = "renamed"


@dataclass(frozen=True)
class Link:
    """Add one link with its attributes (`minutes`, `document`, ...)."""

    source: str
    relation: str
    target: str
    on: datetime.date | None = None
    values: dict[str, Any] = field(default_factory=dict)


Change = Move | Join | End | Succeed | Link
