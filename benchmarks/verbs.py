"""Print what each verb costs on a county, a city, a province and a nation, as a user runs it.

    python -m benchmarks.verbs [--scale SCALE]... [--only WORD]... [--folder FOLDER]

Every question of the table of verbs that needs no further argument, and the other commands that
read one network, run in a process of their own; what they print goes to a file. Every format that
is written is read again. Seconds are those of the processor, start and reading included; one with
`!` could not be run (exit code 2: too large, or it ended in LONGEST seconds). The exponent is the
slope of log(seconds beyond those of the quickest run) over log(nodes) from the province to the
nation. Before each scale a loop of 20 million additions is timed: what a second was worth.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from medgraph import suffixes
from medgraph.queries.verbs import VERBS

SCALES = ("county", "city", "province", "nation")
LONGEST = 600  # seconds; what takes longer is ended
_NEED_MORE = {"referrals.load", "coverage.access", "dispatch.coverage"}
_MB = 1024
PACK = "county-2023"
FORMS = (suffixes.PARQUET, suffixes.SNAPSHOT, suffixes.JSON, "", suffixes.XLSX, *suffixes.FHIR)
FORMS += (suffixes.DHIS2, *suffixes.EDGE_LISTS, suffixes.GRAPHML, suffixes.GEXF, suffixes.GML)
FORMS += (suffixes.PAJEK, suffixes.GEOJSON, suffixes.GEOPACKAGE, suffixes.SHAPEFILE)
_COUNTY_DIGITS = 6
_FINE = (0, 1)  # 1: there are findings
_NO_MORE = 0.05  # seconds that are no difference


@dataclass(frozen=True)
class Cost:
    """What one run came to: its exit code, seconds of the processor, MB at the peak, MB printed."""

    code: int
    seconds: float
    peak: float
    printed: float


def commands(source: Path, scratch: Path) -> dict[str, list[str]]:
    """Return what is run on a source, by what it is called in the table."""
    net, moved = str(source), str(_moved(source))
    told = json.loads(_beside(source).read_text("utf-8"))
    move = ["move", net, told["facility"], "--to-group", told["group"]]
    return {
        "info": ["info", net],
        "check": ["check", net],
        **_questions(net, told["facility"]),
        **_audits(net, scratch),
        "explain": ["explain", told["finding"], "--source", net, "--pack", PACK],
        **_conversions(net, scratch),
        **_maps(net, moved, told["county"], scratch),
        "move": [*move, "--output", str(scratch / "again.mgz")],
        "compare, itself": ["compare", net, net, "--format", "csv"],
        "compare, one moved": ["compare", net, moved, "--format", "csv"],
        "report": ["report", net, "--output", str(scratch / "report")],
    }


def _questions(net: str, facility: str) -> dict[str, list[str]]:
    found = {}
    for verb in VERBS:
        words = [verb.noun, verb.function.replace("_", "-"), net]
        if verb.subject is not None:
            found[f"{verb.noun} {verb.function}, one"] = [*words, facility]
        elif verb.name not in _NEED_MORE:
            found[f"{verb.noun} {verb.function}"] = [*words, "--format", "csv"]
    return found


def _audits(net: str, scratch: Path) -> dict[str, list[str]]:
    found = {}
    for form in ("table", "csv", "json", "xlsx", "html"):
        words = ["audit", net, "--pack", PACK, "--format", form]
        is_file = form in ("xlsx", "html")
        more = ["--output", str(scratch / f"audit.{form}")] if is_file else []
        found[f"audit, {form}"] = [*words, *more]
    return found


def _conversions(net: str, scratch: Path) -> dict[str, list[str]]:
    found = {}
    for form in FORMS:
        target, back = str(scratch / f"net{form}"), str(scratch / "back.parquet")
        found[f"convert, to {form or 'CSV'}"] = ["convert", net, target]
        found[f"convert, from {form or 'CSV'}"] = ["convert", target, back]
    return found


def _maps(net: str, moved: str, county: str, scratch: Path) -> dict[str, list[str]]:
    target = ["--output", str(scratch / "map.html")]
    found = {}
    for kind in ("tiles", "matrix", "network", "swimlane", "geo"):
        found[f"map {kind}"] = ["map", kind, net, *target]
        found[f"map {kind}, a county"] = ["map", kind, net, "--area", county, *target]
    found["map compare"] = ["map", "compare", net, moved, *target]
    return found


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
    """Write a network of a scale, and beside it one with a township moved; return its nodes.

    In a process of its own: the peak of a process counts what the one that began it held.
    """
    if not _beside(source).exists():
        words = [sys.executable, "-m", "benchmarks.verbs", "--make", scale, "--folder"]
        subprocess.run([*words, str(source.parent)], check=True)
    return int(json.loads(_beside(source).read_text("utf-8"))["nodes"])


def make(scale: str, source: Path) -> None:
    """Do so in this process, and note what single facility, group and finding are asked about."""
    import medgraph

    net = medgraph.samples.synthetic(scale=scale)
    medgraph.write(net, source)
    groups, members = net.nodes("Group"), net.edges("MEMBER_OF")
    centres = net.nodes("Facility").query("type == 'township_health_centre'").index
    facility = centres[len(centres) // 2]
    old = members.loc[members["source"] == facility, "target"].iloc[0]
    alike = groups.index[groups["type"] == groups.loc[old, "type"]]
    county = facility[:_COUNTY_DIGITS]
    group = next(id for id in alike if id != old and id.startswith(county))
    medgraph.write(net.moved(facility, to_group=group), _moved(source))
    told = {
        "nodes": len(net.tables[0]),
        "facility": facility,
        "group": group,
        "county": county.ljust(12, "0"),
        "finding": f"{PACK}/GO-02/{facility}",
    }
    _beside(source).write_text(json.dumps(told), "utf-8")


def _moved(source: Path) -> Path:
    return source.with_stem(f"{source.stem}-moved")


def _beside(source: Path) -> Path:
    return source.with_suffix(".told")


def loop() -> float:
    """Return the seconds of the processor that 20 million additions take."""
    start, total = time.process_time(), 0
    for number in range(20_000_000):
        total += number
    return time.process_time() - start


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
    parser.add_argument("--only", action="append", help="a word that the name of a command holds")
    parser.add_argument("--folder", type=Path, help="keep the networks here, and take those there")
    parser.add_argument("--make", choices=SCALES, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.make:
        make(arguments.make, arguments.folder / f"{arguments.make}.mgz")
        return
    scales = arguments.scale or list(SCALES)
    costs: dict[str, dict[str, Cost]] = {}
    sizes = {}
    with tempfile.TemporaryDirectory() as own:
        for scale in scales:
            source = (arguments.folder or Path(own)) / f"{scale}.mgz"
            sizes[scale] = made(scale, source)
            print(f"  {scale}: the loop takes {loop():.2f} s", file=sys.stderr)
            scratch = Path(own) / scale
            scratch.mkdir()
            for name, words in commands(source, scratch).items():
                if any(word in name for word in arguments.only or [""]):
                    costs.setdefault(name, {})[scale] = run(words)
                    print(f"  {scale} {name}: {costs[name][scale]}", file=sys.stderr, flush=True)
            shutil.rmtree(scratch)
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
