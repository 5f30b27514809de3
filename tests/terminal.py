"""Run a command on a terminal of its own, and return what stood on it."""

from __future__ import annotations

import os
import pty
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path


def on_a_terminal(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    question: bytes = b"",
    answer: bytes = b"",
) -> bytes:
    """Run `command` with a pseudo-terminal as its three streams; return the bytes it showed.

    Some moments after it has shown `question`, `answer` is typed.
    """
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=cwd, env=env
    ) as process:
        os.close(theirs)
        shown = b""
        while some := _read(ours):
            shown += some
            if question and question in shown:
                question = b""
                threading.Timer(0.5, os.write, (ours, answer)).start()
        process.wait()
    os.close(ours)
    return shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other side has closed
        return b""
