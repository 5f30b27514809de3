"""Count synthetic referral records, up to a billion, beside the same SQL written by hand.

    python benchmarks/records.py [--rows 10000000 ...] [--question flows ...] [--folder DIR]
        [--memory 4GB] [--rounds 1] [--engine duckdb|spark] [--master URL] [--keep]

The records are made by a seed in pieces of ten million, as a folder of Parquet with ids as texts,
and taken away afterwards unless `--keep`. Each run is a process of its own. Printed are its seconds,
its seconds of processor time (steadier on a busy machine), its peak memory (the operating system's
maximum resident set), the most temporary disk it held, the ratio of both sides, and over several
numbers of rows the straight line through the seconds. With Spark the other side is DuckDB: what
both found is compared to the last count.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd

PIECE = 10_000_000
DAYS = 365
WAYS = 4
# Records go along the links of a made-up province, a year in the order of its days. A person has
# four on average, all near one home: persons who were anywhere would make every transfer a flow of
# its own. The same columns are stays: admitted on `date`, discharged on `arrived`.
MAKE = """
copy (
  select w."from", w."to",
         date '2023-01-01' + (i * {days} // {rows})::int as "date",
         date '2023-01-01' + (i * {days} // {rows} + (h >> 17) % 9)::int as arrived,
         w.kind,
         case (h >> 21) % 2 when 0 then 'outpatient' else 'inpatient' end as encounter,
         w.residence,
         (1 + (h >> 22) % 3)::int as "count",
         'P' || p::text as person
  from (select i, hash(i + {seed} * 1000003) as h,
               hash(i + {seed} * 7919 + 1) % {persons} as p
        from range({start}, {stop}) as t(i))
  join ways as w on w.n = (hash(p) % {homes}) * {ways} + h % {ways}
) to '{path}' (format parquet, compression zstd)
"""
STAYS = """
[records.columns]
admitted = "date"
discharged = "arrived"
"""
SQL = {
    "flows": """
select "from", "to", date_trunc('month', "date") as month, kind, encounter, residence,
       count(*) as rows, sum("count") as n
from '{files}' group by all
""",
    "follow": """
with followed as (
  select *, arrived - "date" as delay,
         lead("from") over w as next_from, lead(kind) over w as next_kind,
         lead("date") over w - "date" <= 30 and kind = 'up' and next_from = "to" as in_time
  from '{files}' window w as (partition by person order by "date", "from", "to", kind)),
waited as (
  select "from", "to", kind, delay, sum("count") as n, count(delay) as known,
         count(*) filter (kind = 'up') as ups,
         count(*) filter (in_time and next_kind = 'down') as returned,
         count(*) filter (in_time and next_kind = 'up') as double
  from followed group by all),
placed as (
  select *, sum(known) over (partition by "from", "to", kind order by delay) as up_to,
         sum(known) over (partition by "from", "to", kind) as all_known
  from waited)
select "from", "to", kind, sum(n) as n, max(all_known) as delay_rows,
       min(delay) filter (up_to > (all_known - 1) * 0.5) as delay_median,
       min(delay) filter (up_to > (all_known - 1) * 0.9) as delay_p90,
       sum(ups) as ups, sum(returned) as returned, sum(double) as double
from placed group by "from", "to", kind
""",
    "window": """
with followed as (
  select *, lead("to") over w as next_to, lead("date") over w as next_admitted
  from '{files}' window w as (
    partition by person order by "date", arrived, "to", encounter, residence, kind))
select "to" as "from", next_to as "to", date_trunc('month', least(arrived, next_admitted)) as month,
       kind, encounter, residence, count(*) as n
from followed where next_to <> "to" and next_admitted - arrived <= 7 group by all
""",
}
SQL["shares"] = SQL["flows"]
BEFORE = {"follow": ["flows"]}  # who follows persons has counted the flows, too
SIDES = ("bare", "ours")


def bare(options: argparse.Namespace, files: Path):
    """Count with DuckDB's own SQL, with the memory limit of the other side."""
    import duckdb

    folder = tempfile.mkdtemp(prefix="bare-")
    settings = {"memory_limit": options.memory, "temp_directory": folder}
    with duckdb.connect(config=settings) as connection:
        connection.execute("set preserve_insertion_order = false")
        for question in (*BEFORE.get(options.side_question, ()), options.side_question):
            frame = connection.execute(SQL[question].format(files=f"{files}/*.parquet")).df()
    shutil.rmtree(folder)
    return {"lines": len(frame), "count": int(frame["n"].sum())}, None


def ours(options: argparse.Namespace, files: Path):
    """Count with medgraph: the same, and every row checked and accounted for; then what it found."""
    from medgraph.loaders.records import from_encounters, read_records

    question = options.side_question
    how = {"memory": options.memory, "engine": options.engine, "master": options.master}
    if question == "window":
        mapping = files.parent / "stays.toml"
        mapping.write_text(STAYS, "utf-8")
        table = from_encounters(files, mapping=mapping, **how)
    else:
        table = read_records(files, follow=30 if question == "follow" else None, **how)
    counted = table.frame if table.links is None else table.links
    found = {
        "lines": len(counted),
        "count": int(counted["count"].sum()),
        "rejected": table.read - table.counted,
    }
    if question == "shares":
        import medgraph

        found["shares"] = len(medgraph.flows.shares(province(), table).frame)
    return found, counted


def digest(frame) -> str:
    """Return what two equal tables have in common, whatever the order of their rows."""
    import pandas as pd

    texts = frame[sorted(frame.columns)].astype(object).fillna("").astype(str)
    return f"{pd.util.hash_pandas_object(texts, index=False).sum():016x}"


def province():
    """Return the network along whose links the records go."""
    import medgraph

    return medgraph.samples.synthetic(scale="province", seed=1)


def child(options: argparse.Namespace) -> None:
    """Run one side and print what it took; libraries are loaded before the clock starts."""
    import duckdb  # noqa: F401
    import pandas  # noqa: F401

    if options.side == "ours":
        import ibis

        ibis.duckdb.connect().disconnect()
        import medgraph.loaders.records  # noqa: F401
    disk = MostHeld(Path(tempfile.gettempdir()))
    start, worked = time.perf_counter(), time.process_time()
    files = files_of(options, options.rows[0])
    found, counted = (ours if options.side == "ours" else bare)(options, files)
    taken = {
        "seconds": round(time.perf_counter() - start, 2),
        "cpu": round(time.process_time() - worked, 2),
        "gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "disk": round(disk.end() / 1e9, 2),
    }
    same = {} if counted is None else {"digest": digest(counted)}
    print(json.dumps(taken | found | same))


class MostHeld:
    """Watch how many bytes a folder holds, and remember the most."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._most, self._ended = folder, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._ended.wait(1):
            self._most = max(self._most, sum(self._sizes()))

    def _sizes(self):
        for folder, _, names in os.walk(self._folder):
            for name in names:
                try:
                    yield os.stat(os.path.join(folder, name)).st_size
                except OSError:  # gone meanwhile
                    continue

    def end(self) -> int:
        """Return the most bytes."""
        self._ended.set()
        self._thread.join()
        return self._most


def main() -> None:
    """Make the records where they are not there yet, and run both sides in turn."""
    options = arguments()
    if options.side:
        child(options)
        return
    fitted: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for rows in options.rows:
        make(files_of(options, rows), rows, options.seed)
        for question in options.question:
            taken: dict[str, list[dict]] = {side: [] for side in options.sides}
            for _ in range(options.rounds):
                for side, runs in taken.items():
                    runs.append(run(side, question, rows, options))
                    print(rows, question, side, runs[-1], flush=True)
            report(taken, question, rows)
            for side, runs in taken.items():
                seconds = statistics.median(one["seconds"] for one in runs)
                fitted.setdefault((question, side), []).append((rows, seconds))
        if not options.keep:
            shutil.rmtree(files_of(options, rows))
    for (question, side), points in fitted.items():
        fit(f"{question}, {side}", points)


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000_000])
    parser.add_argument("--question", nargs="+", choices=SQL, default=list(SQL))
    parser.add_argument("--folder", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    parser.add_argument("--master", default="local[*]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=list(SIDES))
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--side-question", help=argparse.SUPPRESS)
    return parser.parse_args()


def files_of(options: argparse.Namespace, rows: int) -> Path:
    """Return the folder of so many records."""
    return options.folder / f"records-{rows}-{options.seed}"


def make(folder: Path, rows: int, seed: int = 1, *, days: int = DAYS) -> None:
    """Write the records in pieces; pieces that are there already are kept."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    ways = ways_of_homes()
    with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.register("ways", ways)
        for start in range(0, rows, PIECE):
            path = folder / f"part-{start // PIECE:04}.parquet"
            if path.exists():
                continue
            unfinished = path.with_suffix(".part")
            sql = MAKE.format(
                rows=rows,
                days=days,
                seed=seed,
                start=start,
                stop=min(start + PIECE, rows),
                persons=max(1, rows // 4),
                homes=len(ways) // WAYS,
                ways=WAYS,
                path=unfinished,
            )
            connection.execute(sql)
            unfinished.rename(path)


def ways_of_homes():
    """Return what the patients of each place go along: `WAYS` rows in a row, numbered by `n`.

    A patient goes up from home and back, and from there further up; where a place has fewer such
    links, they are taken again.
    """
    net = province()
    area = net.nodes("Facility")["area"].astype(str).to_dict()
    edges = net.edges()
    up, down = (
        by_source(edges[edges["relation"] == relation])
        for relation in ("REFERS_UP_TO", "REFERS_DOWN_TO")
    )
    rows = []
    for home, first in sorted(up.items()):
        links = [(home, place, "up") for place in first]
        links += [(place, home, "down") for place in first if home in down.get(place, ())]
        links += [(place, further, "up") for place in first for further in up.get(place, ())]
        rows += [(*links[k % len(links)], area.get(home, "")) for k in range(WAYS)]
    ways = pd.DataFrame(rows, columns=["from", "to", "kind", "residence"])
    return ways.assign(n=np.arange(len(ways)))


def by_source(links) -> dict[str, list[str]]:
    """Return where the links of each place lead."""
    return links.groupby("source")["target"].agg(list).to_dict()


def run(side: str, question: str, rows: int, options: argparse.Namespace) -> dict:
    """Run one side in a process of its own and return what it took."""
    command = [sys.executable, __file__, "--side", side, "--side-question", question]
    command += ["--rows", str(rows), "--folder", str(options.folder), "--seed", str(options.seed)]
    command += ["--memory", options.memory]
    if side == "ours":
        command += ["--engine", options.engine, "--master", options.master]
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=options.folder) as folder:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            env=os.environ | {"TMPDIR": folder},
        )
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1], "seconds": float("nan")}
    return json.loads(done.stdout.splitlines()[-1])


def report(taken: dict[str, list[dict]], question: str, rows: int) -> None:
    """Print whether both sides found the same, and the ratios of the medians."""
    if any("failed" in one for runs in taken.values() for one in runs) or len(taken) < len(SIDES):
        return
    found = {(one["lines"], one["count"]) for runs in taken.values() for one in runs}
    print(f"{rows} records, {question}; the same found: {len(found) == 1}")
    for what in ("seconds", "cpu", "gigabytes", "disk"):
        mine, theirs = (
            statistics.median(one[what] for one in taken[side]) for side in ("ours", "bare")
        )
        ratio = f"{mine / theirs:.2f}" if theirs else "-"
        print(f"{what}: ours {mine}, bare {theirs}, ratio {ratio}", flush=True)


def fit(title: str, points: list[tuple[int, float]]) -> None:
    """Print the straight line through the seconds of several numbers of rows."""
    known = [(rows, seconds) for rows, seconds in points if seconds == seconds]
    if len(known) < 2:
        return
    rows, seconds = np.array(known).T
    slope, start = np.polyfit(rows / 1e7, seconds, 1)
    each = ", ".join(f"{n:.0e}: {s:.1f} s" for n, s in known)
    print(f"{title}: {start:.1f} s + {slope:.2f} s for each ten million ({each})")


if __name__ == "__main__":
    main()
