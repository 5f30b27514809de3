"""Time the command line from a cold start, beside a bare `python -c "import pandas"`.

    python benchmarks/cold_start.py [--runs N] [--json FILE]

Prints the median wall clock of each; Taizhou is written to a folder of CSV first.
"""

from __future__ import annotations

import argparse
import json
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
    print("| command | median seconds |\n|---|---|")
    for name, value in seconds.items():
        print(f"| `{name}` | {value:.2f} |")
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(seconds, indent=1), encoding="utf-8")
    return 0


_MEDGRAPH = [sys.executable, "-m", "medgraph"]


def _median(command: list[str], runs: int) -> float:
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - begin)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}:\n{done.stderr.decode()}")
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
