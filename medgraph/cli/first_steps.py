"""The first minute: `medgraph demo`, and `medgraph report` over a source."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.common import emit, lang_option, note, progress, source_options
from medgraph.cli.parameters import Day
from medgraph.errors import OptionError
from medgraph.messages import say

if TYPE_CHECKING:
    from medgraph.queries.results import Answer

REPORT_FORMATS = ("html", "xlsx")


@click.command(help=say("help.demo"))
@click.argument("directory", type=click.Path(file_okay=False), default="demo")
@click.option("--no-open", is_flag=True, help=say("help.no_open"))
@lang_option
def demo(directory: str, no_open: bool) -> None:
    from medgraph.loaders import registry, samples

    with progress(say("writing", target=directory)):
        registry.write(samples.taizhou(), directory)
    page = _report(directory, Path(directory) / "report", REPORT_FORMATS, spoken=True)
    emit(say("demo_next", page=page, directory=directory) + "\n")
    if not no_open:
        webbrowser.open(page.resolve().as_uri())


@click.command(help=say("help.report"))
@source_options
@click.option("--output", type=click.Path(file_okay=False), help=say("help.report_output"))
@click.option("--format", "formats", default="html,xlsx", show_default=True, help=say("help.report_format"))
@click.option("--as-of", type=Day(), help=say("help.as_of"))
@lang_option
def report(source: str, output: str | None, formats: str, **reading: Any) -> None:
    wanted = tuple(part.strip() for part in formats.split(",") if part.strip())
    if unknown := sorted(set(wanted) - set(REPORT_FORMATS)):
        raise OptionError(say("not_one_of", what="--format", value=unknown[0], allowed=", ".join(REPORT_FORMATS)))
    _report(source, Path(output) if output else _beside(source), wanted, **reading)


def _beside(source: str) -> Path:
    path = Path(source)
    return path / "report" if path.is_dir() else path.with_name(f"{path.stem}_report")


def _report(source: str, target: Path, formats: tuple[str, ...], *, spoken: bool = False, mapping: str | None = None,
            lenient: bool = False, as_of: Any = None) -> Path:
    """Write the report of a source and return its first page."""
    from medgraph.loaders import registry
    from medgraph.visuals.report import contents, write_report

    with progress(say("reading", source=source)):
        loaded = registry.load(source, mapping=mapping, lenient=lenient)
    net = loaded.require()
    with progress(say("asking", query="report")):
        answers = coverage_answers(net, as_of=as_of)
    if spoken:
        emit(summary(net, answers) + "\n")
    with progress(say("writing", target=target)):
        pages = contents(net, answers, rows_in=loaded.rows_in, loaded=loaded.loaded, left_out=loaded.left_out,
                         left_rows=loaded.left_rows, problems=loaded.problems, source=source)
        written = write_report(pages, target, formats=formats)
    for path in written:
        note(say("written", path=path))
    return written[0]


def coverage_answers(net: Any, *, as_of: Any = None) -> dict[str, Answer]:
    """Return the answers that a report shows, by the name of their query."""
    from medgraph.queries import coverage

    asked = {"served": coverage.served, "overlaps": coverage.overlaps, "ungrouped": coverage.ungrouped,
             "multiple": coverage.multiple, "grid": coverage.grid}
    return {f"coverage.{name}": query(net, as_of=as_of) for name, query in asked.items()}


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
        say("demo_share", met=served.share.met, total=served.share.total, unknown=len(served.unknown)),
        say("demo_gaps", count=len(gaps), names=_names(gaps)),
        *(say("demo_twice", area=name, count=count)
          for name, count in zip(twice["name"], twice["centres"], strict=True)),
        say("demo_excluded", count=len(served.excluded), names=_names(served.excluded)),
        say("demo_ungrouped", count=len(ungrouped), names=_names(ungrouped)),
    ]
    return "\n".join([repr(net), *lines])


def _names(rows: Any) -> str:
    key = "area" if "area" in rows.columns else "facility"
    return "、".join(f"{name}（{id}）" for id, name in zip(rows[key], rows["name"], strict=True))


COMMANDS = (demo, report)
