"""The executors of a Spark cluster that this process started on this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from pathlib import Path

LOCAL_CLUSTER = "local-cluster[2,1,1024]"
_EXECUTOR = "CoarseGrainedExecutorBackend"


def executors():
    """Return the numbers of the processes below this one that are executors."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int(
                (folder / "stat").read_text().rpartition(")")[2].split()[1]
            )
    return [
        process for process in parents if _is_ours(process, parents) and _runs_executor(process)
    ]


def _is_ours(process, parents):
    while process in parents:
        process = parents[process]
        if process == os.getpid():
            return True
    return False


def _runs_executor(process):
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return any(word.endswith(_EXECUTOR.encode()) for word in words) and b"java" in words[0]


@contextlib.contextmanager
def one_executor_dies(*, after=0.5):
    """Kill the first executor that is at work inside the block; yield the list of those killed."""
    killed, ended = [], threading.Event()

    def kill():
        while not ended.wait(0.2):
            found = executors()
            if len(found) >= 2:
                time.sleep(after)
                os.kill(found[0], signal.SIGKILL)
                killed.append(found[0])
                return

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    try:
        yield killed
    finally:
        ended.set()
        thread.join()
