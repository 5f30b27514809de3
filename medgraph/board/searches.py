"""Long searches that a page asked for: how far each is, and an end where the page wants it."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.progress import watching

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class _Search:
    said: str = ""
    end: threading.Event = field(default_factory=threading.Event)

    def tell(self, text: str) -> None:
        self.said = text


class Searches:
    """The searches that go on, by the key that the page gave each.

    >>> searches = Searches()
    >>> with searches.going("a"):
    ...     searches.said("a")
    ''
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._lock = threading.Lock()
        self._going: dict[str, _Search] = {}

    @contextlib.contextmanager
    def going(self, key: str) -> Iterator[None]:
        """Let what goes on inside the `with` block be watched and ended; without a key, nothing."""
        if not key:
            yield
            return
        search = _Search()
        with self._lock:
            self._going[key] = search
        try:
            with watching(_nobody, told=search.tell, stop=search.end.is_set):
                yield
        finally:
            with self._lock:
                self._going.pop(key, None)

    def said(self, key: str) -> str:
        """Return what a search told last; empty where none goes on under this key."""
        search = self._going.get(key)
        return "" if search is None else search.said

    def end(self, key: str) -> None:
        """Let a search end with the best that it has; nothing where it is over."""
        search = self._going.get(key)
        if search is not None:
            search.end.set()


def _nobody(_done: int, _total: int) -> None:
    """Hear of steps that no page shows."""
