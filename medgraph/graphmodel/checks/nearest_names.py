"""Name the nodes whose names are most like one that is in no table."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from medgraph.graphmodel.matching import Names

# Each name is compared with all others: so many texts, of a network of so many nodes, in no time.
_MOST_TEXTS = 20
_MOST_NODES = 50_000


class NearestNames:
    """The three nodes that somebody may have meant, for the first texts that are asked for."""

    def __init__(self, names: Callable[[], Names], size: int) -> None:
        """Take what gives the names of `size` nodes; it is called when a text is asked for."""
        self._make = names
        self._size = size
        self._asked: dict[tuple[str, tuple[str, ...]], str] = {}

    @cached_property
    def _names(self) -> Names:
        return self._make()

    def said(self, text: str, kinds: Sequence[str] = ()) -> str:
        """Return a sentence that names them, with their ids; empty where nobody is alike."""
        key = text, tuple(kinds)
        if key not in self._asked:
            if len(self._asked) >= _MOST_TEXTS or self._size > _MOST_NODES:
                return ""
            self._asked[key] = self._said(text, kinds)
        return self._asked[key]

    def _said(self, text: str, kinds: Sequence[str]) -> str:
        found = self._names.nearest(text, kinds=kinds)
        return say("nearest_names", nearest=self._names.described(found)) if found else ""
