"""Run a command on a terminal of its own, and return what stood on it."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import subprocess
import termios
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
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=cwd, env=env
    )
    os.close(theirs)
    return _watched(process, ours, question, answer)


def interrupted_on_a_terminal(
    command: Sequence[str], *, cwd: Path, after: bytes
) -> tuple[int, bytes]:
    """Run `command` as the job of its terminal; press Ctrl-C some moments after it shows `after`.

    Return its exit code, and the bytes it showed.
    """
    ours, theirs = pty.openpty()

    def own_terminal() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a run in the background ignores it

    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=own_terminal,
    )
    os.close(theirs)
    shown = _watched(process, ours, after, b"\x03")
    return process.returncode, shown


def _watched(process: subprocess.Popen[bytes], ours: int, question: bytes, answer: bytes) -> bytes:
    """What a process shows until it ends; some moments after `question`, `answer` is typed."""
    shown = b""
    with process:
        while some := _read(ours):
            shown += some
            if question and question in shown:
                question = b""
                threading.Timer(0.5, os.write, (ours, answer)).start()
    os.close(ours)
    return shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other side has closed
        return b""
