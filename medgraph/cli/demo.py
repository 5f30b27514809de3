"""The first minute: `medgraph demo`."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from medgraph.cli.console import emit, progress
from medgraph.cli.language import command, option
from medgraph.cli.reports import load, report_answers, write_report_of
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer


@command(help="help.demo")
@click.argument("directory", type=click.Path(file_okay=False), default="demo")
@option("--no-open", is_flag=True, help="help.no_open")
def demo(directory: str, no_open: bool) -> None:
    """Write the sample and its report, and open it."""
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


def summary(net: MedicalNetwork, answers: dict[str, Answer]) -> str:
    """Return what a planner sees first: counts, share of areas, gaps, facilities in no group."""
    served, ungrouped = answers["coverage.served"], answers["coverage.ungrouped"].frame
    gaps = served.frame[served.frame["status"] == "gap"]
    lines = [
        repr(net),
        say("demo_counts", **net.counts()),
        _share_line(served),
        say("demo_gaps", count=len(gaps), names=_names(gaps)),
        *_double_lines(served.frame),
        say("demo_excluded", count=len(served.excluded), names=_names(served.excluded)),
        say("demo_ungrouped", count=len(ungrouped), names=_names(ungrouped)),
    ]
    return "\n".join(lines)


def _share_line(served: Answer) -> str:
    share = served.share
    assert share is not None, "the sample declares its areas"
    return say("demo_share", met=share.met, total=share.total, unknown=len(served.unknown))


def _double_lines(rows: pd.DataFrame) -> list[str]:
    """Return a line for each area that several facilities of one group serve."""
    centres = rows["facilities"].fillna("").str.split("|").map(len)
    double = (rows["status"] == "served") & (centres > 1)
    found = zip(rows["name"][double], centres[double], strict=True)
    return [say("demo_twice", area=name, count=count) for name, count in found]


def _names(rows: pd.DataFrame) -> str:
    key = "area" if "area" in rows.columns else "facility"
    named = zip(rows[key], rows["name"], strict=True)
    return say("list_comma").join(say("name_and_id", name=name, id=id) for id, name in named)


COMMANDS = (demo,)
