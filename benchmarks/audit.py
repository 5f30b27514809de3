"""Audit a synthetic nation with a pack and print how long it takes and how much memory.

    python benchmarks/audit.py [--scale nation] [--pack county-2023] [--json FILE]

The network is made first and not timed; the index is built by the audit itself, so its cost is
inside.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import time
from pathlib import Path

from medgraph.loaders import samples
from medgraph.queries import policy


def main() -> None:
    """Run once and print one line per pack."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--scale", default="nation", choices=("county", "city", "province", "nation")
    )
    parser.add_argument("--pack", action="append")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()

    net = samples.synthetic(scale=given.scale)
    nodes, links = (len(table) for table in net.tables)
    machine = f"Python {platform.python_version()}, {platform.machine()}"
    print(f"{nodes:,} nodes, {links:,} links; {machine}")
    seconds = {}
    for pack in given.pack or ["county-2023"]:
        begin, used = time.perf_counter(), time.process_time()
        found = policy.audit(net, pack)
        seconds[pack] = round(time.perf_counter() - begin, 2)
        cpu = time.process_time() - used
        came_to = f"{len(found.findings):,} findings, {found.counts}"
        print(f"{pack}: {seconds[pack]} s ({cpu:.1f} s of processor), {came_to}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory with the network: {peak:,} MB")
    if given.json:
        given.json.write_text(
            json.dumps({"nodes": nodes, "links": links, "seconds": seconds, "peak_mb": peak})
        )


if __name__ == "__main__":
    main()
