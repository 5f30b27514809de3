"""Time what the board does for one change: `python -m benchmarks.board [SCALE ...] [--changes N] [--page | --table]`.

Prints a table for each scale (`600`: a city of 648 facilities, `city`, `province`): for each kind of
change the processor time of the change itself, of all that it changes and of the picture, and how
often all of it is what the same costs in a network of which nothing is known yet, measured beside it.
`--page` starts the board of the scale as its user does, and times it: from a cold start until the
address is answered, first paint, size of the page, frames a second while a tile is dragged, memory;
with `--first` the browser goes before all other work of the machine (for root, on Linux).
`--table` times a table of 120,000 rows: laying it out, sorting by each column, narrowing, frames a second while it is
scrolled.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import medgraph as mg
from benchmarks.maps import go_first
from medgraph.board.effects import effects
from medgraph.board.picture import picture
from medgraph.board.table_columns import columns_of
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.samples.sizes import SCALES, Size
from medgraph.queries.comparison.asked import Asked
from medgraph.visuals.report.tables import ReportTable
from medgraph.words.say import speaking
from tests.board.served import Served
from tests.browser import browser

SCALES["600"] = Size(provinces=1, cities=1, counties=3)
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
_COUNT_FRAMES = """() => { window.frames_drawn = 0; window.since = performance.now();
    (function frame() { window.frames_drawn += 1; requestAnimationFrame(frame); })(); }"""
_FRAMES = "() => window.frames_drawn / (performance.now() - window.since) * 1000"
# Until the next frame is drawn: what is behind a click is done by then.
_DRAWN = "await new Promise(done => requestAnimationFrame(() => setTimeout(done)));"
_SORTED = f"""async () => {{ const found = [];
    for (const one of document.querySelectorAll('.rows th')) {{
        const began = performance.now();
        one.querySelector('button').click();
        {_DRAWN}
        found.push([one.getAttribute('data-column'), performance.now() - began]);
    }} return found; }}"""
_NARROWED = f"""async () => {{ const input = document.querySelector('.rows th input'), began = performance.now();
    input.value = '1'; input.dispatchEvent(new Event('input'));
    {_DRAWN}
    const took = performance.now() - began;
    input.value = ''; input.dispatchEvent(new Event('input'));
    return took; }}"""
_SCROLLED = """async () => { const box = document.querySelector('.rows'); let drawn = 0; const began = performance.now();
    while (performance.now() - began < 3000) {
        box.scrollTop += drawn % 10 ? 300 : 30000;
        await new Promise(requestAnimationFrame);
        drawn += 1;
    } return drawn / (performance.now() - began) * 1000; }"""
_ROWS = 120_000
_DRAGGED = 40  # places of the pointer


def timed(make: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    made = make()
    return made, (time.process_time() - began) * 1000


def changes(net: MedicalNetwork) -> dict[str, Iterator[mg.changes.Change]]:
    """Changes of every kind that a planner makes, without end."""
    facilities = net.nodes("Facility")
    groups = list(net.nodes("Group").index)
    member_of = net.edges("MEMBER_OF").set_index("source")["target"]
    centres = [
        id for id in member_of.index if facilities.loc[id, "type"] == "township_health_centre"
    ]
    lead = net.edges("LEADS")["source"].tolist()

    def moves() -> Iterator[mg.changes.Change]:
        for number, id in enumerate(centres):
            other = next(g for g in groups[number % len(groups) :] + groups if g != member_of[id])
            yield mg.changes.Move(id, other)

    return {
        "move": moves(),
        "link": (mg.changes.Link(id, "REFERS_UP_TO", lead[-1]) for id in centres),
        "posting": (
            mg.changes.Link(lead[0], "DISPATCHES", id, None, {"staff": 1}) for id in centres
        ),
        "fill": (mg.changes.Fill(id, "beds", "30") for id in centres),
        "suspend": (mg.changes.Fill(id, "status", "suspended") for id in centres),
        "declare": (
            mg.changes.Declare(f"links.{relation}", "卫健委", state=state)
            for relation in ("DISPATCHES", "SINKS_BEDS", "RECOGNISES_RESULTS")
            for state in ("partial", "complete")
        ),
    }


def answered(base: Asked, net: MedicalNetwork) -> tuple[float, float]:
    """Milliseconds of all that a plan changes, and of its picture."""
    after = Asked(net, base.day)
    _, told = timed(lambda: effects(base, after, base.default_packs))
    _, drawn = timed(lambda: picture(after))
    return told, drawn


def measure(scale: str, count: int) -> None:
    net = mg.samples.synthetic(scale=scale, seed=1)
    base = Asked(net, net.day())
    answered(base, net)  # the base is asked once, when it is opened
    print(f"\n{net!r}; medians of at most {count}, milliseconds of processor time\n")
    print("| change | itself | effects | picture | sum | times a full recomputation |")
    print("|---|---|---|---|---|---|")
    for kind, wanted in changes(net).items():
        rows, ratios, now = [], [], net
        for number, change in zip(range(count), wanted, strict=False):
            now, made = timed(lambda now=now, change=change: now.applying([change]))
            told, drawn = answered(base, now)
            rows.append((made, told, drawn, made + told + drawn))
            if number % max(count // 5, 1) == 0:
                anew = MedicalNetwork(*now.tables, dict(now.meta))
                ratios.append(sum(answered(base, anew)) / (told + drawn))
        made, told, drawn, both = (statistics.median(part) for part in zip(*rows, strict=True))
        times = 1 / statistics.median(ratios)
        print(f"| {kind} | {made:.1f} | {told:.0f} | {drawn:.0f} | {both:.0f} | {times:.2f} |")
    print(f"\npeak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure_page(scale: str, *, first: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "roster.mgz"
        mg.write(mg.samples.synthetic(scale=scale, seed=1), source)
        began = time.perf_counter()
        served = Served(source)
        answered_after, used = time.perf_counter() - began, _processor_seconds(served)
        try:
            with browser() as started:
                if first:
                    go_first()
                found = _dragged(started, served)
            plan = served.begin()
            served.ask("GET", f"/effects?plan={plan['id']}")
            size = len(served.ask("GET", "/")[2].encode()) / 1e6
            print(f"\n{scale}: address answered after {answered_after:.2f} s of wall clock", end="")
            print(f" ({used:.2f} s of processor time),", end=" ")
            print(f"page {size:.2f} MB, {found}, peak {_peak(served):.0f} MB")
        finally:
            served.stop()


def _dragged(started: Any, served: Served) -> str:
    """First paint of the board, and frames a second while a tile is dragged over the map."""
    page = started.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.goto(served.address)
    page.wait_for_selector("#map .tile", timeout=120_000)
    paint = page.evaluate(_PAINT) / 1000
    tile = page.locator("#map .tile").first.bounding_box()
    page.mouse.move(tile["x"] + 3, tile["y"] + 3)
    page.mouse.down()
    page.evaluate(_COUNT_FRAMES)
    for place in range(_DRAGGED):
        page.mouse.move(300 + 15 * place, 200 + 8 * place, steps=3)
    frames = page.evaluate(_FRAMES)
    return f"first paint {paint:.2f} s, {frames:.0f} frames a second"


def measure_table() -> None:
    """A table of the sample's board in place of whose answer comes one of many rows."""
    columns, took = timed(lambda: columns_of(_made_up(_ROWS)))
    answer = {
        **dict.fromkeys(("query", "asked", "accounted", "definition"), "made up"),
        **dict.fromkeys(("needs", "notes", "stamps"), ()),
        "rows": _ROWS,
        "columns": columns,
    }
    body = json.dumps(answer, ensure_ascii=False)
    told = f"laid out in {took:.0f} ms, {len(body.encode()) / 1e6:.1f} MB"
    print(f"\n{_ROWS} rows of {len(columns)} columns: {told}\n")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "roster.mgz"
        mg.write(mg.samples.taizhou(), source)
        served = Served(source)
        try:
            with browser() as started:
                page = started.new_context(viewport={"width": 1280, "height": 720}).new_page()
                page.route("**/ask?*", lambda route: route.fulfill(body=body))
                page.goto(served.address)
                page.wait_for_selector("#map .tile")
                page.click("#view-answers")
                page.wait_for_selector('[data-verb="coverage.served"]')
                page.click('[data-verb="coverage.served"]')
                page.wait_for_selector(".rows tr.row td")
                print("| what | |\n|---|---|")
                for column, milliseconds in page.evaluate(_SORTED):
                    print(f"| sorted by {column} | {milliseconds:.0f} ms |")
                print(f"| narrowed | {page.evaluate(_NARROWED):.0f} ms |")
                print(f"| frames a second while scrolled | {page.evaluate(_SCROLLED):.0f} |")
        finally:
            served.stop()


def _made_up(rows: int) -> ReportTable:
    """Rows as an answer has them: codes, Chinese names, few groups, numbers, states, reasons."""
    names = ("facility", "name", "group", "minutes", "status", "reason")
    found = [
        (
            f"F{(7919 * n) % rows:06d}",
            f"第{(104729 * n) % rows}街道社区卫生服务中心",
            f"第{n % 12}医疗集团（G{n % 12}）",
            (7907 * n) % 10_007 / 100 if n % 50 else "",
            ("达标", "未达标", "缺数据")[n % 3],
            f"由第{n % 997}人民医院服务。",
        )
        for n in range(rows)
    ]
    return ReportTable("made up", "made up", names, tuple(found), columns=names)


def _peak(served: Served) -> float:
    """The most memory that the server has had, in MB."""
    status = Path(f"/proc/{served.process.pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def _processor_seconds(served: Served) -> float:
    fields = Path(f"/proc/{served.process.pid}/stat").read_text(encoding="utf-8").split()
    return (int(fields[13]) + int(fields[14])) / 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scales", nargs="*", default=["600"])
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--first", action="store_true")
    given = parser.parse_args()
    with speaking("zh"):
        if given.table:
            measure_table()
            return
        for scale in given.scales:
            if given.page:
                measure_page(scale, first=given.first)
            else:
                measure(scale, given.changes)


if __name__ == "__main__":
    main()
