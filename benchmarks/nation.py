"""Run the national workload in medgraph, networkx, igraph and rustworkx, in one run, and compare the answers.

Beside them `floor`: bare pyarrow, numpy and scipy without a model, the least that the work can cost.

    python benchmarks/nation.py [--nodes N] [--json FILE] [--engines medgraph,networkx] [--folder DIR]

Every engine has a process of its own and reads the same Parquet files; imports are not timed. Steps:
load; compile (the referrals up, as each engine needs them); W2a the groups of each township centre;
W2b which village clinics reach a tertiary hospital by referral up; W3 the cheapest path of every village
clinic, with the path; W4 for every facility, how many lose every path if it stops; W5 which of five kinds of
shared centre each facility uses itself or through one it refers up to directly.
The others get only the columns that the questions need; medgraph reads everything.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

STEPS = ("load", "compile", "W2a", "W2b", "W3", "W4", "W5")
ENGINES = ("medgraph", "floor", "networkx", "igraph", "rustworkx")
ON_TOP = ("SERVES", "PART_OF", "HOSTS_CENTRE")


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(arguments.folder or scratch)
        counts = prepare(folder, arguments.nodes)
        asked = arguments.engines.split(",")
        engines = [e for e in asked if e == "floor" or importlib.util.find_spec(e)]
        runs = {engine: run(engine, folder) for engine in engines}
        checked = run("medgraph-checked", folder) if "medgraph" in engines else {}
    result = _result(counts, runs, checked)
    print(table(result))
    if arguments.json:
        Path(arguments.json).write_text(
            json.dumps(result, indent=1, ensure_ascii=False), encoding="utf-8"
        )
    return 0 if result["agree"] else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, default=1_000_000, help="nodes without township areas")
    parser.add_argument("--json", help="also write the result to this file")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--folder", help="keep the Parquet files here")
    return parser.parse_args()


def prepare(folder: Path, nodes: int) -> dict:
    """Write the network twice: the workload's relations, and with those that come on top."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from medgraph import MedicalNetwork, samples, write

    net = samples.synthetic(
        scale="nation", nodes=None if nodes == 1_000_000 else nodes, defects=("dead_end", "loop")
    )
    write(net, folder / "whole.parquet")
    table, links = net.tables
    work = links.filter(pc.invert(pc.is_in(links["relation"], value_set=pa.array(ON_TOP))))
    write(MedicalNetwork(table, work, net.meta), folder / "work.parquet")
    counted = {e["values"]: e["counts"] for e in pc.value_counts(links["relation"]).to_pylist()}
    kinds = pc.value_counts(pc.coalesce(table["type"], table["kind"])).to_pylist()
    return {
        "nodes": len(table),
        "links": len(work),
        "relations": counted,
        "kinds": {e["values"]: e["counts"] for e in kinds},
    }


def run(engine: str, folder: Path) -> dict:
    print(f"… {engine}", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "engines.py"), engine, str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{engine} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def _result(counts: dict, runs: dict[str, dict], checked: dict) -> dict:
    answers = [run["answers"] for run in runs.values()]
    return {
        **counts,
        "agree": all(a == answers[0] for a in answers),
        "answers": {engine: run["answers"] for engine, run in runs.items()},
        "seconds": {engine: run["seconds"] for engine, run in runs.items()},
        "cpu_seconds": {engine: run["cpu_seconds"] for engine, run in runs.items()},
        "peak_mb": {engine: run["peak_mb"] for engine, run in runs.items()},
        "checked": checked,
        "machine": machine(runs),
    }


def machine(packages) -> dict:
    """Return what the figures depend on."""
    import os

    names = ["numpy", "scipy", "pyarrow", "pandas", *(name for name in packages if name != "floor")]
    versions = {}
    for name in names:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "from the source tree"
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "versions": versions,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")),
        platform.processor(),
    )


def table(result: dict) -> str:
    """Return the result as a Markdown table: seconds of wall clock, and how many times longer than medgraph."""
    engines = list(result["seconds"])
    lines = [
        f"{result['nodes']:,} nodes, {result['links']:,} links; answers "
        f"{'agree' if result['agree'] else 'DIFFER'}",
        "",
    ]
    lines += [f"| step (seconds) | {' | '.join(engines)} |", "|---|" + "---|" * len(engines)]
    for step in STEPS:
        lines.append(f"| {step} | {' | '.join(_cell(result, e, step) for e in engines)} |")
    for title, key in (("sum", "seconds"), ("sum, processor time", "cpu_seconds")):
        sums = {e: sum(result[key][e][s] for s in STEPS) for e in engines}
        mine = sums.get("medgraph")
        ratio = {
            e: f" ({sums[e] / mine:.1f}×)" if mine and e != "medgraph" else "" for e in engines
        }
        lines.append(f"| {title} | {' | '.join(f'{sums[e]:.2f}{ratio[e]}' for e in engines)} |")
    lines.append(f"| peak MB | {' | '.join(str(round(result['peak_mb'][e])) for e in engines)} |")
    if checked := result.get("checked"):
        seconds = checked["seconds"]
        lines += [
            "",
            f"medgraph load with validation {seconds['load_checked']:.2f} s, without "
            f"{seconds['load']:.2f} s in the same process (peak {checked['peak_mb']:.0f} MB); with SERVES, "
            f"PART_OF, HOSTS_CENTRE on top: load {seconds['load_whole']:.2f} s, "
            f"compile these {seconds['compile_on_top']:.2f} s; snapshot: write "
            f"{seconds['snapshot_write']:.2f} s, {checked['snapshot_mb']:.0f} MB, "
            f"reopen to the first answer {seconds['snapshot_open']:.3f} s.",
        ]
    return "\n".join(lines)


def _cell(result: dict, engine: str, step: str) -> str:
    seconds = result["seconds"][engine][step]
    mine = result["seconds"].get("medgraph", {}).get(step)
    digits = 1 if mine and seconds < 10 * mine else 0
    ratio = f" ({seconds / mine:.{digits}f}×)" if mine and engine != "medgraph" else ""
    return f"{seconds:.3f}{ratio}"


if __name__ == "__main__":
    sys.exit(main())
