"""Keep what a library prints past Python out of stdout, where an answer is to be alone."""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STDOUT = 1  # the file descriptor


class _Silence:
    """How many blocks are silent now, and where stdout led before the first of them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.blocks = 0
        self.kept: int | None = None

    def begin(self) -> None:
        with self.lock:
            self.blocks += 1
            if self.blocks == 1:
                self.kept = _led_away()

    def end(self) -> None:
        with self.lock:
            self.blocks -= 1
            if not self.blocks and self.kept is not None:
                os.dup2(self.kept, _STDOUT)
                os.close(self.kept)
                self.kept = None


def _led_away() -> int | None:
    """Lead stdout nowhere, and return where it led; None where it is closed."""
    try:
        kept = os.dup(_STDOUT)
    except OSError:
        return None
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDOUT)
    os.close(nowhere)
    return kept


_SILENCE = _Silence()


@contextlib.contextmanager
def silent_stdout() -> Iterator[None]:
    """Let nothing that a library writes to the file of stdout get there inside the `with` block.

    Blocks of several threads may lie in one another: the last one to end opens it again.
    """
    _SILENCE.begin()
    try:
        yield
    finally:
        _SILENCE.end()
