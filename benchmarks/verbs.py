"""Print what each verb costs on a county, a city, a province and a nation, as a user runs it.

    python -m benchmarks.verbs [--scale SCALE]... [--only WORD]...

Every question of the table of verbs that needs no further argument, and the other commands that
read one network, run in a process of their own; what they print goes to a file. Seconds are those
of the processor, start and reading included; one with `!` could not be run (exit code 2: too large,
or it ended in LONGEST seconds). The exponent is the slope of log(seconds beyond those of the
quickest run) over log(nodes) from the province to the nation.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from medgraph.queries.verbs import VERBS

SCALES = ("county", "city", "province", "nation")
LONGEST = 600  # seconds; what takes longer is ended
_NEED_MORE = {"referrals.load", "coverage.access", "dispatch.coverage"}
_MB = 1024
_FINE = (0, 1)  # 1: there are findings
_NO_MORE = 0.05  # seconds that are no difference


@dataclass(frozen=True)
class Cost:
    """What one run came to: its exit code, seconds of the processor, MB at the peak, MB printed."""

    code: int
    seconds: float
    peak: float
    printed: float


def commands(source: str, scratch: Path) -> dict[str, list[str]]:
    """Return what is run on a source, by what it is called in the table."""
    asked = {
        f"{verb.noun} {verb.function}": [verb.noun, verb.function.replace("_", "-"), source]
        for verb in VERBS
        if verb.subject is None and verb.name not in _NEED_MORE
    }
    questions = {name: [*words, "--format", "csv"] for name, words in asked.items()}
    audits = {
        f"audit, {form}": ["audit", source, "--pack", "county-2023", "--format", form]
        for form in ("csv", "json")
    }
    conversions = {
        f"convert, {form}": ["convert", source, str(scratch / f"net{form}")]
        for form in (".parquet", ".mgz", ".json", ".xlsx", "")
    }
    maps = {
        f"map {kind}": ["map", kind, source, "--output", str(scratch / "map.html")]
        for kind in ("tiles", "matrix", "network", "swimlane")
    }
    others = {"info": ["info", source], "check": ["check", source]}
    return others | questions | audits | conversions | maps


def run(words: list[str]) -> Cost:
    """Run a command in a process of its own."""
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "medgraph", *words],
            stdout=printed,
            stderr=subprocess.DEVNULL,
            preexec_fn=_end_in_time,
        )
        _, status, used = os.wait4(process.pid, 0)
        size = printed.seek(0, os.SEEK_END)
    seconds = used.ru_utime + used.ru_stime
    return Cost(os.waitstatus_to_exitcode(status), seconds, used.ru_maxrss / _MB, size / _MB**2)


def made(scale: str, source: Path) -> int:
    """Write a network of a scale and return its nodes; in a process of its own.

    The peak of a process counts what the one that began it held.
    """
    words = [sys.executable, "-m", "medgraph"]
    sample = ["sample", "synthetic", str(source), "--scale", scale]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*words, *sample], check=True, **quiet)
    info = [*words, "info", str(source), "--format", "json"]
    told = json.loads(subprocess.run(info, check=True, capture_output=True).stdout)
    return sum(count for what, count in told["counts"].items() if what != "links")


def _end_in_time() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))


def exponent(small: float, large: float, start: float, growth: float) -> str:
    """Return the slope from the province to the nation; a dash where one costs no more than start."""
    if small - start < _NO_MORE or large - start < _NO_MORE:
        return "-"
    return f"{math.log((large - start) / (small - start)) / math.log(growth):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", action="append", choices=SCALES)
    parser.add_argument("--only", help="a word that the name of the command holds")
    arguments = parser.parse_args()
    scales = arguments.scale or list(SCALES)
    costs: dict[str, dict[str, Cost]] = {}
    sizes = {}
    with tempfile.TemporaryDirectory() as folder:
        for scale in scales:
            source = Path(folder) / f"{scale}.mgz"
            sizes[scale] = made(scale, source)
            for name, words in commands(str(source), Path(folder)).items():
                if arguments.only is None or arguments.only in name:
                    costs.setdefault(name, {})[scale] = run(words)
                    print(f"  {scale} {name}: {costs[name][scale]}", file=sys.stderr)
    print(table(costs, sizes))


def table(costs: dict[str, dict[str, Cost]], sizes: dict[str, int]) -> str:
    """Return the costs as a table of Markdown, a row for each command."""
    heads = [*(f"{scale} s" for scale in sizes), "MB", "MB printed", "exponent"]
    lines = [f"| command | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    start = min(cost.seconds for found in costs.values() for cost in found.values())
    for name, found in costs.items():
        largest = list(found.values())[-1]
        told = [
            f"{cost.seconds:.1f}{'' if cost.code in _FINE else ' !'}" for cost in found.values()
        ]
        slope = "-"
        if {"province", "nation"} <= sizes.keys():
            seconds = [found[scale].seconds for scale in ("province", "nation")]
            slope = exponent(*seconds, start, sizes["nation"] / sizes["province"])
        row = [*told, f"{largest.peak:.0f}", f"{largest.printed:.0f}", slope]
        lines.append(f"| {name} | {' | '.join(row)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
