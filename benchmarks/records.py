"""Count 50 million synthetic referral records into flows, beside bare DuckDB SQL in the same run.

    python benchmarks/records.py [--rows 50000000] [--folder DIR] [--rounds 3]

Each run is a process of its own. Printed are its seconds, its seconds of processor time (steadier
on a busy machine), its peak memory (the operating system's maximum resident set), and the ratio of
the medians. The records are made once, as Parquet with text ids, and kept in the folder.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

# Ten thousand places refer to a few hospitals each, over a year, in three kinds and two encounters.
MAKE = """
copy (
  select 'F' || lpad((i % 10000)::text, 12, '0') as "from",
         'H' || lpad(((i % 10000) // 40 * 3 + hash(i) % 3)::text, 12, '0') as "to",
         (date '2023-01-01' + (hash(i * 7 + 1) % 365)::int)::date as "date",
         case hash(i * 11 + 2) % 3 when 0 then 'down' else 'up' end as "kind",
         case hash(i * 13 + 3) % 2 when 0 then 'outpatient' else 'inpatient' end as "encounter",
         '33' || lpad((i % 10000 // 10)::text, 4, '0') || '001000' as "residence",
         (1 + hash(i * 17 + 4) % 3)::int as "count"
  from range({rows}) as t(i)
) to '{path}' (format parquet)
"""
BARE = """
select "from", "to", date_trunc('month', "date") as month, "kind", "encounter", "residence",
       count(*) as rows, sum("count") as "count"
from '{path}' group by all
"""


def bare(path: Path) -> dict:
    """Count with DuckDB's own SQL, with the memory limit and the threads of the other side."""
    import duckdb

    with duckdb.connect(
        config={"memory_limit": "2GB", "temp_directory": str(path.parent / "spill")}
    ) as connection:
        connection.execute("set preserve_insertion_order = false")
        frame = connection.execute(BARE.format(path=path)).df()
    return {"flows": len(frame), "count": int(frame["count"].sum())}


def ours(path: Path) -> dict:
    """Count with medgraph: the same, and every row checked and accounted for."""
    from medgraph.loaders.records import read_records

    table = read_records(path, memory="2GB")
    return {
        "flows": len(table.frame),
        "count": int(table.frame["count"].sum()),
        "rejected": table.read - table.counted,
    }


def child(side: str, path: Path) -> None:
    """Run one side and print what it took; libraries are loaded before the clock starts."""
    import duckdb  # noqa: F401
    import pandas  # noqa: F401

    if side == "ours":
        import ibis

        ibis.duckdb.connect().disconnect()
        import medgraph.loaders.records  # noqa: F401
    start, worked = time.perf_counter(), time.process_time()
    found = (ours if side == "ours" else bare)(path)
    taken = {
        "seconds": round(time.perf_counter() - start, 2),
        "cpu": round(time.process_time() - worked, 2),
        "gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
    }
    print(json.dumps(taken | found))


def main() -> None:
    """Make the records where they are not there yet, and run both sides in turn."""
    options = arguments()
    path = options.folder / f"records-{options.rows}.parquet"
    if options.side:
        child(options.side, path)
        return
    if not path.exists():
        make(path, options.rows)
    taken: dict[str, list[dict]] = {"bare": [], "ours": []}
    for _ in range(options.rounds):
        for side, runs in taken.items():
            runs.append(run(side, options))
            print(side, runs[-1], flush=True)
    report(taken, options.rows)


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000_000)
    parser.add_argument("--folder", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--side", choices=["bare", "ours"])
    return parser.parse_args()


def make(path: Path, rows: int) -> None:
    """Write the records."""
    import duckdb

    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.connect().execute(MAKE.format(rows=rows, path=path))


def run(side: str, options: argparse.Namespace) -> dict:
    """Run one side in a process of its own and return what it took."""
    command = [sys.executable, __file__, "--side", side]
    command += ["--rows", str(options.rows), "--folder", str(options.folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def report(taken: dict[str, list[dict]], rows: int) -> None:
    """Print whether both sides found the same, and the ratios of the medians."""
    found = {(one["flows"], one["count"]) for runs in taken.values() for one in runs}
    print(f"{rows} records; the same flows: {len(found) == 1}")
    for what in ("seconds", "cpu", "gigabytes"):
        ours, bare = (
            statistics.median(one[what] for one in taken[side]) for side in ("ours", "bare")
        )
        print(f"{what}: ours {ours}, bare {bare}, ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()
