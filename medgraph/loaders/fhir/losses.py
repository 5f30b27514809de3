"""Count what FHIR cannot say of a network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from medgraph.loaders.capacity import Loss, Losses
from medgraph.words.say import say


@dataclass
class LossCount:
    """What was written at `target` without being said there, by what it is, and how many of it."""

    target: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, key: str, **said: Any) -> None:
        """Count one more of what the sentence `key` names."""
        self.counts[say(key, **said)] += 1

    def told(self) -> Losses | None:
        """Return what the file lacks; None where it lacks nothing."""
        rows = tuple(Loss(what, count) for what, count in self.counts.items())
        return Losses(self.target, rows) if rows else None
