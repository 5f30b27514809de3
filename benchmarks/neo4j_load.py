"""Measure the store on a real server: a load beside two others, a million nodes there and back, ninety counties.

    python benchmarks/neo4j_load.py [load] [million] [night] [--nodes N] [--sample N] [--json FILE]

`load`: 100,000 nodes with their links go in three ways in one run: one MERGE per row in auto-commit, with the
constraint in place (a sample of the rows); bare UNWIND batches of lists, without hashes, owners or a version; and
medgraph. `million`: 1,000,000 nodes in, and back, and equal. `night`: ninety counties of some 1,000 rows by
`load-all`, again with one row in a hundred changed, and again unchanged. Without a word: load and night.

The server is that of the tests (Java and Maven), or the one of $NEO4J_URI. Seconds are wall clock; processor time
is that of this process and, where the server was started here, of the server.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

sys.path.insert(0, str(Path(__file__).parent.parent))

from nation import machine

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import registry, samples
from tests.neo4j_server import LONG_LIVED, Given, Server

PARTS = ("load", "million", "night")
ONE, BARE, OURS = "MERGE, one by one (sample)", "UNWIND of lists, bare", "medgraph"
BATCH = 10_000


class Bench:
    """A server, what has been measured on it, and how processor time is read."""

    def __init__(self, uri: str, driver: neo4j.Driver, pid: int | None) -> None:
        self.uri, self.driver, self.pid = uri, driver, pid
        self.figures: dict[str, Any] = {}

    @contextlib.contextmanager
    def measured(self, name: str, rows: int) -> Iterator[None]:
        start, processor = time.perf_counter(), self._processor()
        yield
        seconds, processor = time.perf_counter() - start, self._processor() - processor
        self.figures[name] = {
            "rows": rows,
            "seconds": round(seconds, 2),
            "processor_seconds": round(processor, 2),
            "rows_per_second": round(rows / seconds),
        }
        print(
            f"{name}: {rows:,} rows, {seconds:.2f} s, processor {processor:.2f} s, {rows / seconds:,.0f} rows/s",
            flush=True,
        )

    def _processor(self) -> float:
        own = sum(os.times()[:4])
        if self.pid is None:
            return own
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return own + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def run(self, text: str, **parameters: Any) -> list[dict]:
        with self.driver.session() as session:
            return session.run(text, **parameters).data()


# -- the two other ways -------------------------------------------------------------------------------


def merge_one_by_one(bench: Bench, net: MedicalNetwork, sample: int) -> None:
    """One MERGE per row, each a transaction of its own: the loop that everybody writes first."""
    links = net.tables[1].slice(0, sample)
    ends = pa.concat_arrays([links[end].combine_chunks() for end in ("source", "target")])
    nodes = net.tables[0].filter(pc.is_in(net.tables[0]["id"], value_set=ends)).to_pylist()
    links = links.to_pylist()
    bench.run("CREATE CONSTRAINT bare_one IF NOT EXISTS FOR (n:BareOne) REQUIRE n.id IS UNIQUE")
    with bench.driver.session() as session, bench.measured(ONE, len(nodes) + len(links)):
        for node in nodes:
            session.run(
                "MERGE (n:BareOne {id: $row.id}) SET n += $row", row=_present(node)
            ).consume()
        for link in links:
            session.run(
                f"MATCH (a:BareOne {{id: $a}}), (b:BareOne {{id: $b}}) MERGE (a)-[r:{link['relation']}]->(b) "
                "SET r += $row",
                a=link["source"],
                b=link["target"],
                row=_present(link, "source", "target", "relation"),
            ).consume()


def _present(row: dict, *but: str) -> dict:
    return {name: value for name, value in row.items() if value is not None and name not in but}


def bare_lists(bench: Bench, net: MedicalNetwork) -> None:
    """UNWIND batches of lists, grouped by kind and relation, each batch a transaction: what the driver can do."""
    nodes, links = net.tables
    kinds = pc.unique(nodes["kind"]).to_pylist()
    for kind in kinds:
        bench.run(
            f"CREATE CONSTRAINT bare_{kind} IF NOT EXISTS FOR (n:Bare{kind}) REQUIRE n.id IS UNIQUE"
        )
    kind_of = nodes["kind"].combine_chunks()
    at = {
        end: kind_of.take(pc.index_in(links[end], value_set=nodes["id"]))
        for end in ("source", "target")
    }
    with bench.measured(BARE, len(nodes) + len(links)):
        for kind in kinds:
            rows = nodes.filter(pc.equal(nodes["kind"], kind))
            place, properties = _places(rows)
            _sent(bench, rows, f"CREATE (n:Bare{kind}) SET n = {properties}", place)
        for (relation, source, target), rows in _by_ends(links, at):
            place, properties = _places(rows, "source", "target", "relation")
            _sent(
                bench,
                rows,
                f"MATCH (a:Bare{source} {{id: {place['source']}}}) MATCH (b:Bare{target} "
                f"{{id: {place['target']}}}) CREATE (a)-[r:{relation}]->(b) SET r = {properties}",
                place,
            )


def _by_ends(
    links: pa.Table, at: dict[str, pa.Array]
) -> Iterator[tuple[tuple[str, str, str], pa.Table]]:
    key = pc.binary_join_element_wise(links["relation"], at["source"], at["target"], "|")
    for value in pc.unique(key).to_pylist():
        relation, source, target = value.split("|")
        yield (relation, source, target), links.filter(pc.equal(key, value))


def _places(rows: pa.Table, *but: str) -> tuple[dict[str, str], str]:
    """Where each column stands in a list, and the map of properties that takes them from there."""
    names = [name for name in rows.column_names if rows[name].null_count < len(rows)]
    place = {name: f"row[{number}]" for number, name in enumerate(names)}
    return place, "{" + ", ".join(
        f"{name}: {at}" for name, at in place.items() if name not in but
    ) + "}"


def _sent(bench: Bench, rows: pa.Table, text: str, names: Iterable[str]) -> None:
    with bench.driver.session() as session:
        for start in range(0, len(rows), BATCH):
            columns = [rows[name].slice(start, BATCH).to_pylist() for name in names]
            session.execute_write(
                lambda tx, part: tx.run(f"UNWIND $rows AS row {text}", rows=part).consume(),
                list(map(list, zip(*columns, strict=True))),
            )


# -- the night ----------------------------------------------------------------------------------------


RELATIONS = ("LEADS", "MEMBER_OF", "REFERS_UP_TO", "RUN_BY")


def county(number: int) -> MedicalNetwork:
    """One of ninety, of some 1,000 rows: the synthetic county with codes of its own; city and province are shared."""
    net = samples.synthetic(seed=1, scale="county")
    nodes, links = (_renamed(table, "336001", f"3360{number + 1:02d}") for table in net.tables)
    return MedicalNetwork(
        nodes, links.filter(pc.is_in(links["relation"], value_set=pa.array(RELATIONS))), net.meta
    )


def _renamed(table: pa.Table, old: str, new: str) -> pa.Table:
    for place, field in enumerate(table.schema):
        if field.type == pa.string():
            table = table.set_column(
                place, field.name, pc.replace_substring(table[field.name], old, new)
            )
    return table


def a_day_later(net: MedicalNetwork, seed: int) -> MedicalNetwork:
    """The county with one row in a hundred changed: beds of facilities, minutes of referrals."""
    nodes, links = net.tables
    rng = np.random.default_rng(seed)
    return MedicalNetwork(_shifted(nodes, "beds", rng), _shifted(links, "minutes", rng), net.meta)


def _shifted(table: pa.Table, column: str, rng: np.random.Generator) -> pa.Table:
    stated = np.flatnonzero(table[column].is_valid().to_numpy(zero_copy_only=False))
    hit = np.zeros(len(table), bool)
    hit[rng.choice(stated, min(len(stated), max(1, len(table) // 100)), replace=False)] = True
    changed = pc.if_else(pa.array(hit), pc.add(table[column], 1), table[column])
    return table.set_column(table.column_names.index(column), column, changed)


def night(bench: Bench, counties: int) -> None:
    """Load ninety files, change one row in a hundred of each, load them again, and once more unchanged."""
    today = [county(number) for number in range(counties)]
    tomorrow = [a_day_later(net, number) for number, net in enumerate(today)]
    rows = sum(len(table) for net in today for table in net.tables)
    uri = f"{bench.uri}/neo4j?network=night-{time.time_ns()}"
    with tempfile.TemporaryDirectory() as scratch:
        for name, nets in (
            ("night: first load", today),
            ("night: 1 % changed", tomorrow),
            ("night: nothing changed", tomorrow),
        ):
            for number, net in enumerate(nets):
                registry.write(net, Path(scratch) / f"county{number:02d}.xlsx")
            with bench.measured(name, rows):
                bench.figures[f"{name}, what"] = _told(scratch, uri)


def _told(folder: str, uri: str) -> dict[str, int]:
    """Run `medgraph load-all` as a shell would, and add up its log."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as log:
        done = subprocess.run(
            [sys.executable, "-m", "medgraph", "load-all", folder, uri, "--log", log.name],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(
                f"load-all: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        records = [
            json.loads(line) for line in Path(log.name).read_text(encoding="utf-8").splitlines()
        ]
    return {
        key: sum(record[key] for record in records)
        for key in ("added", "changed", "ended", "same", "findings")
    }


# -- loads --------------------------------------------------------------------------------------------


def load(bench: Bench, nodes: int, sample: int) -> None:
    """Three ways of one network, each under labels or a name of its own, on a server that is warm."""
    net = samples.synthetic(scale="nation", nodes=nodes)
    rows = sum(map(len, net.tables))
    for number in range(3):
        registry.write(county(number), f"{bench.uri}/neo4j?network=warm-{time.time_ns()}")
        for row in range(500):
            bench.run("MERGE (n:Warm {id: $id})", id=row)
    merge_one_by_one(bench, net, sample)
    bare_lists(bench, net)
    with bench.measured(OURS, rows):
        registry.write(net, f"{bench.uri}/neo4j?network=load-{time.time_ns()}")
    for name in ("seconds", "processor_seconds"):
        one, bare, mine = (
            bench.figures[way][name] / bench.figures[way]["rows"] for way in (ONE, BARE, OURS)
        )
        bench.figures[f"ratio by {name}"] = {
            "faster than one by one": one / mine,
            "of bare lists": mine / bare,
        }
        print(
            f"by {name}: {one / mine:.1f} times faster than one by one, {mine / bare:.2f} times bare lists"
        )


def million(bench: Bench) -> None:
    """A million nodes with their links in and back, and equal."""
    net = samples.synthetic(scale="nation")
    rows = sum(map(len, net.tables))
    uri = f"{bench.uri}/neo4j?network=million-{time.time_ns()}"
    with bench.measured("a million in", rows):
        registry.write(net, uri)
    with bench.measured("a million back", rows):
        back = registry.read(uri)
    bench.figures["a million equal"] = back == net
    print("equal:", back == net)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=["load", "night"])
    parser.add_argument(
        "--nodes", type=int, default=96_400, help="asked of the nation; townships come on top"
    )
    parser.add_argument(
        "--sample", type=int, default=3_000, help="links of the sample of single MERGEs"
    )
    parser.add_argument("--counties", type=int, default=90)
    parser.add_argument("--json", help="also write the figures to this file")
    arguments = parser.parse_args()
    with _bench() as bench:
        if "load" in arguments.parts:
            load(bench, arguments.nodes, arguments.sample)
        if "night" in arguments.parts:
            night(bench, arguments.counties)
        if "million" in arguments.parts:
            million(bench)
        bench.figures["machine"] = machine(["neo4j"])
    if arguments.json:
        Path(arguments.json).write_text(
            json.dumps(bench.figures, indent=1, ensure_ascii=False), encoding="utf-8"
        )
    return 0


@contextlib.contextmanager
def _bench() -> Iterator[Bench]:
    """A server with 2 GB of heap, and a driver that logs in as medgraph does."""
    with tempfile.TemporaryDirectory() as scratch:
        own = not os.environ.get("NEO4J_URI")
        home = Path(scratch) / "home"
        server = Server(home, heap="2g", compiled=LONG_LIVED).start() if own else Given()
        os.environ |= server.environment
        try:
            with neo4j.GraphDatabase.driver(
                server.uri,
                auth=(server.username, server.password),
                notifications_min_severity="OFF",
            ) as driver:
                yield Bench(server.uri, driver, server.process.pid if own else None)
        finally:
            if own:
                server.stop()


if __name__ == "__main__":
    sys.exit(main())
