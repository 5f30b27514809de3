"""Print how time and memory of the national workload grow from 10^3 to 10^6 nodes.

    python benchmarks/growth.py [--runs N] [--json FILE]

Each size runs in a process of its own, `--runs` times; the least time counts. The exponent is the slope of
log(time) over log(nodes) between two sizes; memory is what the workload adds to a process that has only
imported its libraries.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from pathlib import Path

from nation import STEPS, prepare, run

SIZES = (1_000, 10_000, 100_000, 1_000_000)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    measured = [_measured(size, arguments.runs) for size in SIZES]
    print("| nodes | seconds | processor seconds | MB added |\n|---|---|---|---|")
    for m in measured:
        print(f"| {m['nodes']:,} | {m['seconds']:.3f} | {m['cpu_seconds']:.3f} | {m['mb']:.0f} |")
    exponents = {
        key: _slope(measured[1], measured[-1], key) for key in ("seconds", "cpu_seconds", "mb")
    }
    print(
        "\nexponents from 10^4 to 10^6: "
        + ", ".join(f"{key} {value:.2f}" for key, value in exponents.items())
    )
    if arguments.json:
        Path(arguments.json).write_text(
            json.dumps({"sizes": measured, "exponents": exponents}, indent=1), encoding="utf-8"
        )
    return 0


def _measured(size: int, runs: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as scratch:
        nodes = prepare(Path(scratch), size)["nodes"]
        done = [run("medgraph", Path(scratch)) for _ in range(runs)]
    measured = {"nodes": nodes}
    for key in ("seconds", "cpu_seconds"):
        measured[key] = min(sum(one[key][step] for step in STEPS) for one in done)
    measured["mb"] = min(one["peak_mb"] - one["start_mb"] for one in done)
    return measured


def _slope(small: dict[str, float], large: dict[str, float], key: str) -> float:
    return math.log(large[key] / small[key]) / math.log(large["nodes"] / small["nodes"])


if __name__ == "__main__":
    sys.exit(main())
