"""Count what FHIR cannot say of a network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from medgraph.words.say import say


@dataclass
class Losses:
    """What was written at `target` without being said there, by what it is, and how many of it."""

    target: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, key: str, **said: Any) -> None:
        """Count one more of what the sentence `key` names."""
        self.counts[say(key, **said)] += 1

    @property
    def findings(self) -> tuple[str, ...]:
        """A line for each thing that is not said."""
        return tuple(
            say("fhir_lost_line", what=what, count=count) for what, count in self.counts.items()
        )

    def to_dict(self) -> dict[str, Any]:
        """Return what is lost as plain values."""
        return {"lossy": [{"what": what, "count": count} for what, count in self.counts.items()]}

    def __bool__(self) -> bool:
        return bool(self.counts)

    def __str__(self) -> str:
        count = sum(self.counts.values())
        return say("fhir_lost", target=self.target, count=count, kinds=len(self.counts))
