"""One engine's run of the national workload, in a process of its own: `engines.py ENGINE FOLDER`.

Prints JSON. Each engine is written as its users would, with the fastest call it has for the question.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from workload import Clock

# engine -> its module; of each only its own library is loaded.
ENGINES = {
    "medgraph": "engine_medgraph",
    "floor": "engine_floor",
    "networkx": "engine_networkx",
    "igraph": "engine_igraph",
    "rustworkx": "engine_rustworkx",
}


def main() -> None:
    engine, folder = sys.argv[1], Path(sys.argv[2])
    clock = Clock()
    if engine == "medgraph-checked":
        checked = importlib.import_module(ENGINES["medgraph"]).checked
        done = {"snapshot_mb": checked(folder, clock)["mb"]}
    else:
        done = {"answers": importlib.import_module(ENGINES[engine]).run(folder, clock)}
    measured = {
        "seconds": clock.seconds,
        "cpu_seconds": clock.cpu,
        "peak_mb": clock.peak,
        "start_mb": clock.start,
        "peak_mb_after": clock.peaks,
    }
    print(json.dumps({**done, **measured}))


if __name__ == "__main__":
    main()
