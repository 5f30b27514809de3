"""Where in a pack a value stands, and what is known there: for problems that name the line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from medgraph.words.nearness import nearest
from medgraph.words.say import Problem, problem, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from medgraph.queries.policy.packs.lines import Path

_SHOWN = 80  # so many signs of a wrong value are said


@dataclass(frozen=True)
class Place:
    """A place in a pack: the `path` to it, and how a sentence says it (`line_of`).

    `parameters` may stand there as `$name`; `own` are the attributes that the pack names itself.
    `filled`: parameters have been filled in, so that a list may be empty and an attribute is known.
    """

    line_of: Callable[[Path, Any], str]
    path: Path = ()
    parameters: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    filled: bool = False

    def at(self, key: str | int) -> Place:
        """Return the place of a key, or of an item."""
        return replace(self, path=(*self.path, key))

    def knowing(self, parameters: Iterable[str]) -> Place:
        """Return the same place where these parameters may stand."""
        return replace(self, parameters=frozenset(parameters))

    @property
    def name(self) -> str:
        """The key that leads here."""
        return next((key for key in reversed(self.path) if isinstance(key, str)), "")

    def problem(self, code: str, value: Any = "", **values: Any) -> Problem:
        """Make a problem of the value that stands here."""
        shown = str(value)
        shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
        return problem(code, place=self.line_of(self.path, value), value=shown, **values)

    def unknown_key(self, key: str, allowed: Iterable[str]) -> Problem:
        """Say that a key is not known here, which one may be meant, and which are allowed."""
        known = sorted(allowed)
        values = {"allowed": ", ".join(known), "meant": _meant(key, known)}
        return self.at(key).problem("E081", key, **values)

    def not_one_of(self, value: Any, allowed: Iterable[str], near: str | None = None) -> Problem:
        """Say that a value is not allowed here, which one may be meant, and which are."""
        known = [str(word) for word in allowed]
        meant = say("policy_meant", word=near) if near else _meant(str(value), known)
        return self.problem("E083", value, what=self.name, allowed=", ".join(known), meant=meant)


def _meant(text: str, words: list[str]) -> str:
    found = nearest(text, words)
    return say("policy_meant", word=found) if found else ""
