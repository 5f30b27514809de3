"""Measure the network map beside stock pyvis: `python -m benchmarks.maps [--seconds 60]`.

Taizhou, 1,000 nodes, and a province of 17,000 facilities. Printed, never asserted: size of the
file, first contentful paint, and frames a second while zooming and panning, in headless Chromium
without a network, and on a flight into a county, over its neighbours and back, with its longest
frame: the median of `--tries`. Beside what the clock says stands what the page's own thread was
at work for (`open_cpu_s`, `cpu_ms` a frame), which other work on the machine does not change: below
18 ms there are 55 frames a second where a core is free. `--first` lets the browser go before all
other work of the machine (for root, on Linux), so that the clock tells of the page. Stock pyvis is
stopped after `--seconds`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

from medgraph.board.maps import MAPS
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.queries import coverage
from medgraph.visuals import tile_map
from tests.browser import browser, opened

_PAINT = "() => (performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"
# Nearer and farther again from the scale at which the picture opens, levels opening and closing.
_FRAMES = """() => new Promise(done => {
    let n = 0; const start = performance.now(), scale = medgraphNetwork.getScale();
    (function frame() {
        n += 1;
        const t = performance.now() - start;
        medgraphNetwork.moveTo({scale: scale * Math.pow(4, Math.sin(t / 600))});
        if (t < 4000) requestAnimationFrame(frame); else done([n, t]);
    })(); })"""

# To and fro in what fills the view three times.
_PAN = """() => new Promise(done => {
    const network = medgraphNetwork, from = network.getViewPosition(), scale = network.getScale() * 3;
    let n = 0; const start = performance.now();
    (function frame() {
        n += 1;
        const t = performance.now() - start;
        network.moveTo({scale, position: {x: from.x + 500 / scale * Math.sin(t / 333), y: from.y + 300 / scale * Math.sin(t / 444)}});
        if (t < 4000) { requestAnimationFrame(frame); return; }
        network.moveTo({scale: scale / 3, position: from});
        setTimeout(() => done(n / t * 1000), 500);
    })(); })"""

# Into the first county whose kind there is, on over as far as three more, and out again.
_FLIGHT = """() => new Promise(done => {
    const map = medgraphMap, network = medgraphNetwork, start = performance.now();
    const levels = map.levels.filter(level => level.kind === 'county' || level.kind === 'group');
    const county = levels[0], from = network.getViewPosition(), far = network.getScale();
    const canvas = document.getElementById('canvas');
    const near = Math.min(canvas.clientWidth / county.wide, canvas.clientHeight / county.high) / 2;
    const gaps = []; let last = start;
    (function frame() {
        const now = performance.now(), passed = (now - start) / 5000;
        gaps.push(now - last);
        last = now;
        const inside = Math.min(1, passed / 0.4), along = Math.max(0, Math.min(1, (passed - 0.4) / 0.4));
        const x = county.x + 6 * county.wide * along, out = Math.max(0, (passed - 0.8) / 0.2);
        network.moveTo({scale: far * Math.pow(near / far, inside - out),
            position: {x: from.x + (x - from.x) * inside, y: from.y + (county.y - from.y) * inside}});
        if (passed < 1) requestAnimationFrame(frame); else done([gaps.length / (now - start) * 1000, Math.max(...gaps)]);
    })(); })"""


def first_facilities(net: MedicalNetwork, count: int) -> MedicalNetwork:
    """Return `net` with its first `count` nodes that are no area, and the links among them."""
    nodes, edges = net.nodes(), net.edges()
    kept = nodes[nodes["kind"] != "Area"].iloc[:count]
    among = edges["source"].isin(kept.index) & edges["target"].isin(kept.index)
    return MedicalNetwork.from_frames(kept, edges[among].drop(columns="id"), dict(net.meta))


def measured(
    started: Any, path: Path, tries: int, *, frames: bool, first: bool = False
) -> dict[str, Any]:
    """Open a file so many times; return its size and requests, and the median of the rest."""
    rows = pd.DataFrame([_tried(started, path, frames=frames, first=first) for _ in range(tries)])
    middle = {name: statistics.median(column) for name, column in rows.items()}
    return {"MB": round(path.stat().st_size / 1e6, 2)} | middle


def _tried(started: Any, path: Path, *, frames: bool, first: bool = False) -> dict[str, Any]:
    """Open a file once: first paint, the work of the page's thread, frames a second, requests."""
    with opened(started, path) as one:
        if first:
            go_first()
        clock = one.page.context.new_cdp_session(one.page)
        clock.send("Performance.enable", {"timeDomain": "threadTicks"})
        one.page.reload()
        one.page.wait_for_timeout(500)
        row = {
            "paint_s": round(one.page.evaluate(_PAINT) / 1000, 2),
            "open_cpu_s": round(_worked(clock), 2),
        }
        if frames:
            before = _worked(clock)
            count, milliseconds = one.page.evaluate(_FRAMES)
            row["frames_per_s"] = round(count / milliseconds * 1000)
            row["cpu_ms"] = round((_worked(clock) - before) * 1000 / count, 1)
            row["pan_per_s"] = round(one.page.evaluate(_PAN))
            row["flight_per_s"], row["longest_ms"] = map(round, one.page.evaluate(_FLIGHT))
        return row | {"requests": len(one.requests)}


def _worked(clock: Any) -> float:
    """For how many seconds of processor time the page's main thread was at work."""
    metrics = clock.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def go_first() -> None:
    """Let what this process has started, the browser, run before all other work of the machine."""
    started = [str(os.getpid())]
    for one in started:
        for thread in Path(f"/proc/{one}/task").iterdir():
            started += (thread / "children").read_text(encoding="ascii").split()
    for one in started[1:]:
        for thread in Path(f"/proc/{one}/task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), -20)


def ours(started: Any, net: MedicalNetwork, path: Path, tries: int, first: bool) -> dict[str, Any]:
    """Draw the network map as the command does, with all findings, ways and losses."""
    began = time.process_time()
    figure = MAPS["network"](net, as_of=None)
    made = {"picture": "network_map", "made_s": round(time.process_time() - began, 1)}
    return made | measured(started, figure.save(path), tries, frames=True, first=first)


def stock(started: Any, net: MedicalNetwork, path: Path, seconds: float) -> dict[str, Any]:
    """Draw the same with pyvis as it comes, its library inlined; stop it after so many seconds."""
    from pyvis.network import Network

    graph = Network(directed=True, cdn_resources="in_line")
    for id, name in net.nodes().query("kind != 'Area'")["name"].items():
        graph.add_node(str(id), label=name)
    ids = set(graph.node_ids)
    for source, target in net.edges()[["source", "target"]].itertuples(index=False):
        if source in ids and target in ids:
            graph.add_edge(source, target)
    path.write_text(graph.generate_html(), encoding="utf-8")
    row: dict[str, Any] = {"MB": round(path.stat().st_size / 1e6, 2)}
    began = time.perf_counter()
    try:
        with opened(started, path) as one:
            one.page.evaluate(
                "() => { window.settled = false; network.once('stabilizationIterationsDone',"
                "() => { window.settled = true; }); }"
            )
            one.page.wait_for_function("() => window.settled", timeout=seconds * 1000)
            settled = round(time.perf_counter() - began, 1)
            return row | {"settled_s": settled, "requests": len(one.requests)}
    except Exception as error:  # on a busy machine it does not even load in half a minute
        stopped = round(time.perf_counter() - began)
        return row | {"settled_s": f"stopped at {stopped} s ({type(error).__name__})"}


def main() -> None:
    """Print one row for each picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--tries", type=int, default=3)
    parser.add_argument("--first", action="store_true")
    options = parser.parse_args()
    taizhou, province = samples.taizhou(), synthetic(scale="province")
    thousand = first_facilities(province, 1000)
    rows = []
    with tempfile.TemporaryDirectory() as folder, browser() as started:
        for name, net in (("Taizhou", taizhou), ("1,000 nodes", thousand)):
            rows.append(
                {"data": name}
                | ours(started, net, Path(folder) / "ours.html", options.tries, options.first)
            )
            found = stock(started, net, Path(folder) / "pyvis.html", options.seconds)
            rows.append({"data": name, "picture": "stock pyvis"} | found)
        facilities = f"province, {province.counts()['facilities']:,} facilities"
        rows.append(
            {"data": facilities}
            | ours(started, province, Path(folder) / "ours.html", options.tries, options.first)
        )
        began = time.process_time()
        path = tile_map(province, color_by=coverage.served(province).status).save(
            Path(folder) / "tiles.html"
        )
        made = {
            "data": facilities,
            "picture": "tile_map (counties)",
            "made_s": round(time.process_time() - began, 1),
        }
        rows.append(made | measured(started, path, options.tries, frames=False))
    print(pd.DataFrame(rows).astype(object).fillna("").to_string(index=False))


if __name__ == "__main__":
    main()
