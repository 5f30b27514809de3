"""Ask a synthetic nation what breaks, who gets nobody and who uses which centre; print seconds and memory.

    python benchmarks/sharing.py [--scale nation] [--json FILE]

The network is made and its index built first and timed apart; each question then runs once.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import time
from pathlib import Path


def main() -> None:
    """Run once and print one line per question."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--scale", default="nation", choices=("county", "city", "province", "nation")
    )
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()

    from medgraph.loaders import samples
    from medgraph.queries import resilience, sharing

    net = samples.synthetic(scale=given.scale)
    nodes, links = (len(table) for table in net.tables)
    print(
        f"{nodes:,} nodes, {links:,} links; Python {platform.python_version()}, {platform.machine()}"
    )
    questions = {
        "index": lambda: net.index.links("REFERS_UP_TO"),
        "critical": lambda: resilience.critical(net),
        "critical referral_path": lambda: resilience.critical(net, loses="referral_path"),
        "unsupported": lambda: sharing.unsupported(net),
        "centres": lambda: sharing.centres(net),
    }
    seconds = {}
    for name, ask in questions.items():
        begin, used = time.perf_counter(), time.process_time()
        ask()
        seconds[name] = round(time.perf_counter() - begin, 2)
        print(
            f"{name}: {seconds[name]} s ({time.process_time() - used:.1f} s of processor)",
            flush=True,
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory with the network: {peak:,} MB")
    if given.json:
        given.json.write_text(
            json.dumps({"nodes": nodes, "links": links, "seconds": seconds, "peak_mb": peak})
        )


if __name__ == "__main__":
    main()
