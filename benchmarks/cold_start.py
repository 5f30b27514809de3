"""Time the command line from a cold start, beside a bare `python -c "import pandas"`.

    python benchmarks/cold_start.py [--runs N] [--json FILE]

Prints the medians of wall clock and processor time; Taizhou is written to a folder of CSV first.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = str(Path(scratch) / "taizhou")
        subprocess.run([*_MEDGRAPH, "sample", "taizhou", folder], check=True, capture_output=True)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "python -c 'import pandas'": [sys.executable, "-c", "import pandas"],
            "medgraph --help": [*_MEDGRAPH, "--help"],
            "medgraph coverage served": [*_MEDGRAPH, "coverage", "served", folder],
            "medgraph info": [*_MEDGRAPH, "info", folder],
        }
        seconds = {name: _median(command, arguments.runs) for name, command in commands.items()}
    print("| command | median seconds | median processor seconds |\n|---|---|---|")
    for name, (wall, cpu) in seconds.items():
        print(f"| `{name}` | {wall:.2f} | {cpu:.2f} |")
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(seconds, indent=1), encoding="utf-8")
    return 0


_MEDGRAPH = [sys.executable, "-m", "medgraph"]


def _median(command: list[str], runs: int) -> tuple[float, float]:
    """Wall clock and processor time of a command; the second does not grow when others use the machine."""
    walls, cpus = [], []
    for _ in range(runs):
        begin, used = time.perf_counter(), _children()
        done = subprocess.run(command, capture_output=True, check=False)
        walls.append(time.perf_counter() - begin)
        cpus.append(_children() - used)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}:\n{done.stderr.decode()}")
    return statistics.median(walls), statistics.median(cpus)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
