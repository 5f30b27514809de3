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

    @property
    def rows(self) -> tuple[Loss, ...]:
        """What is not said, and how many of it."""
        return tuple(Loss(what, count) for what, count in self.counts.items())

    def told(self) -> Losses | None:
        """Return what the file lacks; None where it lacks nothing."""
        return Losses(self.target, self.rows) if self.counts else None
