"""The national workload that every engine runs: its words, its clock, its answers made comparable."""

from __future__ import annotations

import resource
import sys
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

CENTRES = ("laboratory", "imaging", "ecg", "pathology", "sterile_supply")
TOWNSHIP = ("township_health_centre", "central_township_health_centre", "community_health_centre")
TERTIARY = ("3A", "3B", "3")


class Clock:
    """Times steps by name: wall clock and processor time."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self.peak = 0.0
        self.peaks: dict[str, float] = {}
        self.start = 0.0  # when the first step begins: with all that is imported

    def __call__(self, step: str, work: Callable[[], Any]) -> Any:
        self.start = self.start or peak_mb()
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        self.seconds[step] = time.perf_counter() - wall
        self.cpu[step] = time.process_time() - cpu
        # Before the answers are made comparable, which is no part of the work.
        self.peaks[step] = self.peak = peak_mb()
        return result


def digest(rows: Iterable) -> int:
    """A number that two answers share if they hold the same rows, in whatever order."""
    return zlib.crc32("\n".join(sorted(map(str, rows))).encode())


def answers(groups, reached, minutes, losers, centres) -> dict[str, Any]:
    """The comparable answers.

    groups: pairs (centre, group); reached: clinics; minutes: clinic -> cost of the path found, summed along
    it; losers: facility -> count above 0; centres: facility -> bits.
    """
    return {
        "W2a": [len(groups), digest(f"{a} {b}" for a, b in groups)],
        "W2b": [len(reached), digest(reached)],
        "W3": [
            len(minutes),
            sum(minutes.values()),
            digest(f"{a} {float(m)}" for a, m in minutes.items()),
        ],
        "W4": [len(losers), sum(losers.values()), digest(f"{a} {n}" for a, n in losers.items())],
        "W5": [len(centres), digest(f"{a} {b}" for a, b in centres.items())],
    }


def plain_tables(folder: Path) -> tuple[dict, dict]:
    """The columns that the questions need, as Python lists."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    nodes = pq.read_table(folder / "nodes.parquet", columns=["id", "kind", "type", "level"])
    links = pq.read_table(
        folder / "links.parquet", columns=["source", "relation", "target", "minutes"]
    )
    plain = []
    for table in (nodes, links):
        columns = {
            n: table[n].cast(pa.string()) if pa.types.is_dictionary(table[n].type) else table[n]
            for n in table.column_names
        }
        plain.append({n: c.to_pylist() for n, c in columns.items()})
    return plain[0], plain[1]


def losing(dominator: dict, end) -> dict:
    """How many hang below each node of a dominator tree."""
    below: dict = {}
    for v, g in dominator.items():
        below.setdefault(g, []).append(v)
    order, waiting = [], list(below.get(end, ()))
    while waiting:
        v = waiting.pop()
        order.append(v)
        waiting.extend(below.get(v, ()))
    count: dict = {}
    for v in reversed(order):
        if dominator[v] != end:
            count[dominator[v]] = count.get(dominator[v], 0) + count.get(v, 0) + 1
    return count


def peak_mb() -> float:
    """The most memory this process has held, in MB.

    Linux counts what the starting process held into `ru_maxrss`; `VmHWM` begins anew with the program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6
