"""`medgraph draft`: from the prose of a plan to a draft roster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.console import emit, note, progress
from medgraph.cli.language import command, option
from medgraph.cli.options import OUTPUT_REQUIRED
from medgraph.suffixes import HTML
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    import pyarrow as pa

    from medgraph.loaders.plans.draft import Draft

_SHOWN = 60  # characters of a sentence that was not understood
_STATUSES = ("same", "similar", "new", "missing")


@command(help="help.draft")
@click.argument("text", type=click.Path(dir_okay=False))
@option("--areas", required=True, help="help.draft_areas")
@OUTPUT_REQUIRED
@option("--against", help="help.draft_against")
def draft(text: str, areas: str, output: str, against: str | None) -> None:
    """Read the prose of a plan into a draft roster, and write a page to check it."""
    from medgraph.loaders import registry
    from medgraph.loaders.plans import against_roster, draft_workbook
    from medgraph.loaders.plans.documents import read_plan
    from medgraph.loaders.plans.draft import draft as drafted
    from medgraph.visuals.draft_page import draft_page

    with progress(say("reading", source=text)):
        read = drafted(read_plan(text), _areas(areas), file=Path(text).name)
    compared = against_roster.against(read.network, registry.read(against)) if against else None
    summary = say("draft_read", sentences=len(read.sentences), **read.fates)
    emit(f"{read.network!r}\n{summary}\n")
    _emit_lines(_remarks(read))
    _emit_lines(_targets(read))
    if compared is not None:
        _emit_lines(_compared(compared))
    draft_workbook.write_draft(read, output, compared=compared)
    page = draft_page(
        read.sentences,
        read.network,
        title=Path(text).name,
        summary=summary,
        facts=draft_workbook.facts(read, compared),
    )
    shown = page.save(Path(output).with_suffix(HTML[0]))
    note(say("written", path=output))
    note(say("written", path=shown))


def _emit_lines(lines: Iterable[str]) -> None:
    for line in lines:
        emit(f"{line}\n")


def _areas(areas: str) -> pa.Table:
    """Return the township-level areas of codes between commas, or of a source with a register."""
    from medgraph.loaders.plans.planned_areas import areas_of_codes

    return _areas_of_source(areas) if Path(areas).exists() else areas_of_codes(areas.split(","))


def _areas_of_source(source: str) -> pa.Table:
    import pyarrow.compute as pc

    from medgraph.loaders import registry

    nodes, _ = registry.read(source).tables
    table = nodes.filter(pc.equal(nodes["kind"], "Area")).drop_columns("kind")
    return table.rename_columns({"type": "kind"}) if "type" in table.column_names else table


def _compared(rows: pd.DataFrame) -> list[str]:
    """Return the lines of the comparison that are not simply the same, after how many are what."""
    counts = {status: int((rows["status"] == status).sum()) for status in _STATUSES}
    different = rows[rows["status"] != "same"].itertuples()
    return [say("draft_against", **counts), *(_compared_line(row) for row in different)]


def _compared_line(row: Any) -> str:
    return say(
        "draft_against_line",
        status=row.status,
        draft=row.draft_name or "-",
        roster=row.roster_name or "-",
        score=row.score,
        how=row.how,
    )


def _remarks(read: Draft) -> list[str]:
    """Return what a person has to look at: repairs, counts, places, sentences not understood."""
    return [*_repairs(read), *_wrong_counts(read), *_unplaced(read), *_not_understood(read)]


def _repairs(read: Draft) -> list[str]:
    repairs = [f"{say(f'plan_mend_{kind}')} {n}" for kind, n in read.repaired.counts.items()]
    counts = say("list_comma").join(repairs)
    return [say("draft_repairs", counts=counts)] if counts else []


def _wrong_counts(read: Draft) -> list[str]:
    """Return a line for each number that the plan states and its list does not bear out."""
    return [
        say("draft_count", clause=clause, stated=count.stated, read=count.read, tail=count.tail)
        for clause, count in read.counts
        if not count.holds
    ]


def _unplaced(read: Draft) -> list[str]:
    names = say("list_comma").join(read.unplaced)
    return [say("draft_unplaced", names=names)] if read.unplaced else []


def _not_understood(read: Draft) -> list[str]:
    return [
        say("draft_not_understood_line", clause=sentence.clause, text=sentence.text[:_SHOWN])
        for sentence in read.sentences
        if sentence.status == "not_understood"
    ]


def _targets(read: Draft) -> list[str]:
    """Return the numbers the plan sets itself: shares, days, phases, and points of indicators."""
    from medgraph.loaders.plans.targets import targets

    found = targets(read.repaired.text)
    single = found[found["kind"].isin(("share", "day", "phase"))].itertuples()
    indicators = found[found["kind"] == "indicator"]
    lines = [_target_line(row) for row in single]
    if len(indicators):
        points = int(indicators["value"].dropna().astype(int).sum())
        lines.append(say("draft_indicators", count=len(indicators), points=points))
    return lines


def _target_line(row: Any) -> str:
    kind = say(f"plan_target_{row.kind}")
    return say("draft_target", kind=kind, what=row.what, value=row.value, unit=row.unit)


COMMANDS = (draft,)
