"""Say how far a long piece of work is, to whoever watches it: a bar in the shell, nobody in a script."""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Callable, Iterator

_WATCHER: contextvars.ContextVar[Callable[[int, int], None] | None] = contextvars.ContextVar("watcher", default=None)


def advance(done: int, total: int) -> None:
    """Tell that `done` of `total` pieces are ready."""
    if watcher := _WATCHER.get():
        watcher(done, total)


@contextlib.contextmanager
def watching(watcher: Callable[[int, int], None]) -> Iterator[None]:
    """Let `watcher(done, total)` hear of every step inside the `with` block.

    >>> with watching(lambda done, total: print(f"{done}/{total}")):
    ...     advance(1, 3)
    1/3
    """
    token = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(token)
