"""The first minute: `medgraph demo`."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.common import emit, lang_option, progress
from medgraph.cli.reports import load, report_answers, write_report_of
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.results import Answer


@click.command(help=say("help.demo"))
@click.argument("directory", type=click.Path(file_okay=False), default="demo")
@click.option("--no-open", is_flag=True, help=say("help.no_open"))
@lang_option
def demo(directory: str, no_open: bool) -> None:
    from medgraph.loaders import registry, samples

    with progress(say("writing", target=directory)):
        registry.write(samples.taizhou(), directory)
    loaded = load(directory)
    answers = report_answers(loaded.require())
    emit(summary(loaded.require(), answers) + "\n")
    page = write_report_of(
        loaded, directory, Path(directory) / "report", ("html", "xlsx"), answers=answers
    )
    emit(say("demo_next", page=page, directory=directory) + "\n")
    if not no_open:
        webbrowser.open(page.resolve().as_uri())


def summary(net: Any, answers: dict[str, Answer]) -> str:
    """Return what a planner sees first: the counts, the share of areas, the gap, the facilities in no group."""
    served = answers["coverage.served"]
    rows = served.frame
    gaps = rows[rows["status"] == "gap"]
    centres = rows["facilities"].fillna("").str.split("|").str.len()
    twice = rows.assign(centres=centres)[(rows["status"] == "served") & (centres > 1)]
    ungrouped = answers["coverage.ungrouped"].frame
    counts = net.counts()
    lines = [
        say("demo_counts", **counts),
        say(
            "demo_share",
            met=served.share.met,
            total=served.share.total,
            unknown=len(served.unknown),
        ),
        say("demo_gaps", count=len(gaps), names=_names(gaps)),
        *(
            say("demo_twice", area=name, count=count)
            for name, count in zip(twice["name"], twice["centres"], strict=True)
        ),
        say("demo_excluded", count=len(served.excluded), names=_names(served.excluded)),
        say("demo_ungrouped", count=len(ungrouped), names=_names(ungrouped)),
    ]
    return "\n".join([repr(net), *lines])


def _names(rows: Any) -> str:
    key = "area" if "area" in rows.columns else "facility"
    return "、".join(f"{name}（{id}）" for id, name in zip(rows[key], rows["name"], strict=True))


COMMANDS = (demo,)
