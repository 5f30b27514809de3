"""Report how far a long piece of work is to whoever watches, such as a bar in the shell."""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")
Still = Callable[[], contextlib.AbstractContextManager[None]]

_WATCHER: contextvars.ContextVar[Callable[[int, int], None] | None] = contextvars.ContextVar(
    "watcher", default=None
)
_STOP: contextvars.ContextVar[Callable[[], bool] | None] = contextvars.ContextVar(
    "stop", default=None
)
_TOLD: contextvars.ContextVar[Callable[[str], None] | None] = contextvars.ContextVar(
    "told", default=None
)
_STILL: contextvars.ContextVar[Still] = contextvars.ContextVar(
    "still", default=contextlib.nullcontext
)


def advance(done: int, total: int) -> None:
    """Report that `done` of `total` pieces are ready."""
    watcher = _WATCHER.get()
    if watcher is not None:
        watcher(done, total)


def tell(text: str) -> None:
    """Report in words how far it is, such as the best that was found so far."""
    told = _TOLD.get()
    if told is not None:
        told(text)


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt where whoever watches wants the work to end, as Ctrl-C does."""
    stop = _STOP.get()
    if stop is not None and stop():
        raise KeyboardInterrupt


def still() -> contextlib.AbstractContextManager[None]:
    """Keep the display still inside the `with` block, because a question is asked there."""
    return _STILL.get()()


@contextlib.contextmanager
def watching(
    watcher: Callable[[int, int], None],
    still: Still = contextlib.nullcontext,
    *,
    told: Callable[[str], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Iterator[None]:
    """Let `watcher(done, total)` hear of every step inside the `with` block.

    `still` is what keeps its display still; `told(text)` hears what is reported in words, and
    `stop()` says whether the work is to end.

    >>> with watching(lambda done, total: print(f"{done}/{total}")):
    ...     advance(1, 3)
    1/3
    """
    with (
        _holding(_WATCHER, watcher),
        _holding(_STILL, still),
        _holding(_TOLD, told),
        _holding(_STOP, stop),
    ):
        yield


@contextlib.contextmanager
def _holding(variable: contextvars.ContextVar[T], value: T) -> Iterator[None]:
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)
