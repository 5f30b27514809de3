"""Take in what is stated of a whole network, one statement after another, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.words.declarations import COMPLETENESS
from medgraph.words.say import Problem, problem
from medgraph.words.vocabularies import META_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping


class Statements(dict[str, str]):
    """What is stated of a whole network, and the cells that state it: of the key, of the value."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, tuple[str, str]] = {}

    def state(self, key: str, value: str, places: tuple[str, str], notes: list[Problem]) -> None:
        """Take a statement in; two that contradict one another leave a declaration in doubt."""
        before = self.get(key, value)
        if before != value and is_declaration(key):
            first = self.places[key][1]
            notes.append(problem("W092", place=places[1], value=value, first=before, at=first))
            value = f"{before} / {value}"
        elif before != value and key in META_KEYS:
            first = self.places[key][1]
            notes.append(problem("W098", place=places[1], value=value, first=before, at=first))
        self[key] = value
        self.places[key] = places

    def called(self, names: Mapping[str, str], notes: list[Problem]) -> Statements:
        """Return the same statements with other keys where `names` has one: key -> key."""
        found = Statements()
        for key, value in self.items():
            found.state(names.get(key, key), value, self.places[key], notes)
        return found

    @classmethod
    def of(
        cls, stated: Mapping[str, str], places: Mapping[str, tuple[str, str]] | None = None
    ) -> Statements:
        """Return what a mapping states; of what has no place in a table, the key is the place."""
        found = cls()
        found.update(stated)
        found.places = {key: (f"{schema.META.name}.{key}",) * 2 for key in stated}
        found.places |= places or {}
        return found


def is_declaration(key: str) -> bool:
    """Whether a key states something of a declaration of completeness."""
    return key.rpartition(".")[2] in COMPLETENESS
