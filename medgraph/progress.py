"""Report how far a long piece of work is to whoever watches, such as a bar in the shell."""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Callable, Iterator

Still = Callable[[], contextlib.AbstractContextManager[None]]

_WATCHER: contextvars.ContextVar[Callable[[int, int], None] | None] = contextvars.ContextVar(
    "watcher", default=None
)
_STILL: contextvars.ContextVar[Still] = contextvars.ContextVar(
    "still", default=contextlib.nullcontext
)


def advance(done: int, total: int) -> None:
    """Report that `done` of `total` pieces are ready."""
    watcher = _WATCHER.get()
    if watcher is not None:
        watcher(done, total)


def still() -> contextlib.AbstractContextManager[None]:
    """Keep the display still inside the `with` block, because a question is asked there."""
    return _STILL.get()()


@contextlib.contextmanager
def watching(
    watcher: Callable[[int, int], None], still: Still = contextlib.nullcontext
) -> Iterator[None]:
    """Let `watcher(done, total)` hear of every step inside the `with` block.

    `still` is what keeps its display still.

    >>> with watching(lambda done, total: print(f"{done}/{total}")):
    ...     advance(1, 3)
    1/3
    """
    tokens = _WATCHER.set(watcher), _STILL.set(still)
    try:
        yield
    finally:
        _WATCHER.reset(tokens[0])
        _STILL.reset(tokens[1])
