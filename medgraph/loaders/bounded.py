"""Run a module in a process of its own, with bounds of time and memory.

What such a process does to itself costs its caller a sentence. On Unix the bounds are those of
`resource`; on Windows a job object holds the process, from before its first step.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from medgraph.loaders import windows_job
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

# Sets its own bounds before it imports anything large, then becomes the module.
_BEGIN = """
import runpy, sys
folder, module, seconds, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
try:
    import resource
except ImportError:
    pass
else:
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
sys.path.insert(0, folder)
sys.argv = [module, *sys.argv[5:]]
runpy.run_module(module, run_name="__main__")
"""
_IS_WINDOWS = os.name == "nt"
# How a process ends that the system stops for its seconds of processor; ERROR_NOT_ENOUGH_QUOTA.
_OUT_OF_TIME = 1816 if _IS_WINDOWS else -signal.SIGXCPU
# By the clock it may take so many times as long: others use the processor, too.
_PATIENCE = 3
# No window flashes up, and the process waits until its job holds it.
_FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0) | (0x4 if _IS_WINDOWS else 0)


class OutOfBounds(Exception):  # noqa: N818  # it says what happened, as StopIteration does
    """A process took longer or wanted more than it was given, or did not live to its end."""

    def __init__(self, limit: str, most: int = 0) -> None:
        super().__init__(limit)
        self.limit, self.most = limit, most

    def said(self) -> str:
        """Return which limit it was, as a part of a sentence."""
        return say(f"limit_{self.limit}", most=self.most)


def run_module(module: str, arguments: Sequence[str], seconds: int, megabytes: int) -> bytes:
    """Run a module of this package as a program, and return what it wrote to stdout.

    `seconds` are those of the processor. Raise OutOfBounds where it ended otherwise than well, or
    where the system does not bound it.
    """
    size = megabytes << 20
    bounds = [str(seconds), str(size)]
    line = [sys.executable, "-I", "-X", "utf8", "-c", _BEGIN, _folder(), module, *bounds]
    job = None
    with subprocess.Popen(
        [*line, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_FLAGS,
    ) as process:
        try:
            job = _job(process, size, seconds) if _IS_WINDOWS else None
            written, _ = process.communicate(timeout=seconds * _PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise OutOfBounds("time", seconds) from error
        finally:
            process.kill()
            del job
    if process.returncode == _OUT_OF_TIME:
        raise OutOfBounds("time", seconds)
    if process.returncode:
        raise OutOfBounds("memory", megabytes)
    return bytes(written)


def _folder() -> str:
    """The folder in which this package lies, for a process that inherits no path."""
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _job(process: subprocess.Popen[bytes], size: int, seconds: int) -> windows_job.Job:
    """Put a process of Windows into a job with these bounds; the job ends with its handle."""
    try:
        return windows_job.Job(int(getattr(process, "_handle")), size, seconds)  # noqa: B009
    except OSError as error:
        raise OutOfBounds("process") from error
