"""Run a module in a process of its own, with bounds of time and memory.

What such a process does to itself costs its caller a sentence. On Unix the bounds are those of
`resource`; on Windows a job object holds the process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from medgraph.loaders import windows_job

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
# How a process ends that the system stops for its seconds of processor; Windows has no such end.
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0) or None


class OutOfBounds(Exception):  # noqa: N818  # it says what happened, as StopIteration does
    """A process took longer or wanted more than it was given, or did not live to its end."""

    def __init__(self, *, by_time: bool) -> None:
        super().__init__("time" if by_time else "memory")
        self.by_time = by_time


def run_module(module: str, arguments: Sequence[str], seconds: int, megabytes: int) -> bytes:
    """Run a module of this package as a program, and return what it wrote to stdout.

    Raise OutOfBounds where it ended otherwise than well.
    """
    size = megabytes << 20
    bounds = [str(seconds), str(size)]
    line = [sys.executable, "-I", "-X", "utf8", "-c", _BEGIN, _folder(), module, *bounds]
    with subprocess.Popen(
        [*line, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        job = _job(process, size) if os.name == "nt" else None
        try:
            written, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise OutOfBounds(by_time=True) from error
        finally:
            process.kill()
            del job
    if process.returncode:
        raise OutOfBounds(by_time=process.returncode == _OUT_OF_TIME)
    return bytes(written)


def _folder() -> str:
    """The folder in which this package lies, for a process that inherits no path."""
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _job(process: subprocess.Popen[bytes], size: int) -> Any:
    """Put a process of Windows into a job with this much memory; the job ends with its handle."""
    return windows_job.Job(int(getattr(process, "_handle")), size)  # noqa: B009
