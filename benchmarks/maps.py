"""Measure the network map beside stock pyvis: `python -m benchmarks.maps [--seconds 60]`.

Taizhou, 1,000 nodes, and a province of 17,000 facilities. Printed, never asserted: size of the
file, first contentful paint, and frames a second while zooming, in headless Chromium without a
network. Stock pyvis is stopped after `--seconds` and reported as such.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.queries import coverage
from medgraph.queries.referrals.every_way import every_way
from medgraph.queries.resilience.every_loss import every_loss
from medgraph.visuals import network_map, tile_map
from tests.browser import browser, opened

_PAINT = "() => (performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"
# Nearer and farther again from the scale at which the picture opens, levels opening and closing.
_FRAMES = """() => new Promise(done => {
    let n = 0; const start = performance.now(), scale = medgraphNetwork.getScale();
    (function frame() {
        n += 1;
        const t = performance.now() - start;
        medgraphNetwork.moveTo({scale: scale * Math.pow(4, Math.sin(t / 600))});
        if (t < 4000) requestAnimationFrame(frame); else done(n / t * 1000);
    })(); })"""


def first_facilities(net: MedicalNetwork, count: int) -> MedicalNetwork:
    """Return `net` with its first `count` nodes that are no area, and the links among them."""
    nodes, edges = net.nodes(), net.edges()
    kept = nodes[nodes["kind"] != "Area"].iloc[:count]
    among = edges["source"].isin(kept.index) & edges["target"].isin(kept.index)
    return MedicalNetwork.from_frames(kept, edges[among].drop(columns="id"), dict(net.meta))


def measured(started: Any, path: Path, *, frames: bool) -> dict[str, Any]:
    """Open a file; return size in MB, first paint in seconds, frames a second, requests."""
    with opened(started, path) as one:
        one.page.wait_for_timeout(500)
        row = {
            "MB": round(path.stat().st_size / 1e6, 2),
            "paint_s": round(one.page.evaluate(_PAINT) / 1000, 2),
        }
        if frames:
            row["frames_per_s"] = round(one.page.evaluate(_FRAMES))
        return row | {"requests": len(one.requests)}


def ours(started: Any, net: MedicalNetwork, path: Path) -> dict[str, Any]:
    """Draw the network map with all ways and losses, as the command does."""
    began = time.perf_counter()
    figure = network_map(net, ways=every_way(net), losses=every_loss(net))
    made = {"picture": "network_map", "made_s": round(time.perf_counter() - began, 1)}
    return made | measured(started, figure.save(path), frames=True)


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
    seconds = parser.parse_args().seconds
    taizhou, province = samples.taizhou(), synthetic(scale="province")
    thousand = first_facilities(province, 1000)
    rows = []
    with tempfile.TemporaryDirectory() as folder, browser() as started:
        for name, net in (("Taizhou", taizhou), ("1,000 nodes", thousand)):
            rows.append({"data": name} | ours(started, net, Path(folder) / "ours.html"))
            found = stock(started, net, Path(folder) / "pyvis.html", seconds)
            rows.append({"data": name, "picture": "stock pyvis"} | found)
        facilities = f"province, {province.counts()['facilities']:,} facilities"
        rows.append({"data": facilities} | ours(started, province, Path(folder) / "ours.html"))
        began = time.perf_counter()
        path = tile_map(province, color_by=coverage.served(province).status).save(
            Path(folder) / "tiles.html"
        )
        made = {
            "data": facilities,
            "picture": "tile_map (counties)",
            "made_s": round(time.perf_counter() - began, 1),
        }
        rows.append(made | measured(started, path, frames=False))
    print(pd.DataFrame(rows).astype(object).fillna("").to_string(index=False))


if __name__ == "__main__":
    main()
