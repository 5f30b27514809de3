"""`medgraph draft`: from the prose of a plan to a draft roster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from medgraph.cli.common import emit, lang_option, note, progress
from medgraph.suffixes import HTML
from medgraph.words.say import say


@click.command(help=say("help.draft"))
@click.argument("text", type=click.Path(dir_okay=False))
@click.option("--areas", required=True, help=say("help.draft_areas"))
@click.option("--output", type=click.Path(), required=True, help=say("help.output"))
@click.option("--against", help=say("help.draft_against"))
@lang_option
def draft(text: str, areas: str, output: str, against: str | None) -> None:
    from medgraph.loaders import registry
    from medgraph.loaders.plans import against_roster as plan_against
    from medgraph.loaders.plans import draft as plan_draft
    from medgraph.loaders.plans import draft_workbook as plan_sheets
    from medgraph.loaders.plans.documents import read_plan
    from medgraph.visuals.draft_page import draft_page

    with progress(say("reading", source=text)):
        read = plan_draft.draft(read_plan(text), _areas(areas), file=Path(text).name)
    compared = plan_against.against(read.network, registry.read(against)) if against else None
    summary = say("draft_read", sentences=len(read.sentences), **read.fates)
    emit(f"{read.network!r}\n{summary}\n")
    for line in [
        *_remarks(read),
        *_targets(read),
        *([] if compared is None else _compared(compared)),
    ]:
        emit(line + "\n")
    plan_sheets.write_draft(read, output, compared=compared)
    page = draft_page(
        read.sentences,
        read.network,
        title=Path(text).name,
        summary=summary,
        facts=plan_sheets.facts(read, compared),
    )
    shown = page.save(Path(output).with_suffix(HTML[0]))
    note(say("written", path=output))
    note(say("written", path=shown))


def _areas(areas: str) -> Any:
    """The township-level areas of codes with commas between them, or of a source that holds a register."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from medgraph.errors import OptionError
    from medgraph.graphmodel.register import township_register
    from medgraph.loaders import registry

    if not Path(areas).exists():
        parts = {code.strip(): township_register(code.strip()) for code in areas.split(",")}
        for code, rows in parts.items():
            if not len(rows):
                raise OptionError(say("area_not_in_register", value=code))
        return pa.concat_tables(parts.values())
    nodes, _ = registry.read(areas).tables
    table = nodes.filter(pc.equal(nodes["kind"], "Area"))
    return table.drop_columns("kind").rename_columns(
        {"type": "kind"} if "type" in table.column_names else {}
    )


def _compared(rows: Any) -> list[str]:
    """The lines of the comparison with a roster that are not simply the same, and how many are."""
    counts = {
        status: int((rows["status"] == status).sum())
        for status in ("same", "similar", "new", "missing")
    }
    return [
        say("draft_against", **counts),
        *(
            say(
                "draft_against_line",
                status=row.status,
                draft=row.draft_name or "-",
                roster=row.roster_name or "-",
                score=row.score,
                how=row.how,
            )
            for row in rows[rows["status"] != "same"].itertuples()
        ),
    ]


def _remarks(read: Any) -> list[str]:
    """What a person has to look at: counts that do not hold, facilities without an area, sentences not understood."""
    counts = "、".join(
        f"{say(f'plan_mend_{kind}')} {times}" for kind, times in read.repaired.counts.items()
    )
    lines = [say("draft_repairs", counts=counts)] if counts else []
    lines += [
        say("draft_count", clause=clause, stated=count.stated, read=count.read, tail=count.tail)
        for clause, count in read.counts
        if not count.holds
    ]
    if read.unplaced:
        lines.append(say("draft_unplaced", names="、".join(read.unplaced)))
    lines += [
        say("draft_not_understood_line", clause=s.clause, text=s.text[:60])
        for s in read.sentences
        if s.status == "not_understood"
    ]
    return lines


def _targets(read: Any) -> list[str]:
    """The numbers the plan sets itself: shares, days, phases, and how many indicators of how many points."""
    from medgraph.loaders.plans.targets import targets

    found = targets(read.repaired.text)
    lines = [
        say(
            "draft_target",
            kind=say(f"plan_target_{row.kind}"),
            what=row.what,
            value=row.value,
            unit=row.unit,
        )
        for row in found[found["kind"].isin(("share", "day", "phase"))].itertuples()
    ]
    indicators = found[found["kind"] == "indicator"]
    if len(indicators):
        points = int(indicators["value"].dropna().astype(int).sum())
        lines.append(say("draft_indicators", count=len(indicators), points=points))
    return lines


COMMANDS = (draft,)
