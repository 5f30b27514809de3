"""`medgraph report`: everything that was asked of a source, as a page, a workbook, a PDF and a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.common import lang_option, note, note_guess, progress, source_options
from medgraph.cli.option_values import Day
from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.loaders.loaded import Loaded
    from medgraph.queries.results import Answer

FORMATS = ("html", "xlsx", "pdf", "docx")
NO_PACK = "none"
# The national pack for each type of group; a province's or city's own is asked for with --pack.
NATIONAL = {"urban_medical_group": "urban-2023", "county_medical_community": "county-2023"}


@click.command(help=say("help.report"))
@source_options
@click.option("--output", type=click.Path(file_okay=False), help=say("help.report_output"))
@click.option(
    "--format", "formats", default="html,xlsx", show_default=True, help=say("help.report_format")
)
@click.option("--pack", "packs", multiple=True, help=say("help.report_pack"))
@click.option("--waivers", help=say("help.audit_waivers"))
@click.option("--statements", help=say("help.audit_statements"))
@click.option("--ledger", help=say("help.audit_ledger"))
@click.option("--parameters", help=say("help.audit_parameters"))
@click.option("--as-of", type=Day(), help=say("help.as_of"))
@lang_option
def report(
    source: str, output: str | None, formats: str, mapping: str | None, lenient: bool, **asked: Any
) -> None:
    wanted = tuple(part.strip() for part in formats.split(",") if part.strip())
    if unknown := sorted(set(wanted) - set(FORMATS)):
        raise OptionError(
            say("not_one_of", what="--format", value=unknown[0], allowed=", ".join(FORMATS))
        )
    write_report_of(
        load(source, mapping=mapping, lenient=lenient),
        source,
        Path(output) if output else _beside(source),
        wanted,
        **asked,
    )


def _beside(source: str) -> Path:
    path = Path(source)
    return path / "report" if path.is_dir() else path.with_name(f"{path.stem}_report")


def load(source: str, *, mapping: str | None = None, lenient: bool = False) -> Loaded:
    """Read a source with the account of its rows."""
    from medgraph.loaders import registry

    with progress(say("reading", source=source)):
        loaded = registry.load(source, mapping=mapping, lenient=lenient)
    note_guess(loaded)
    return loaded


def write_report_of(
    loaded: Loaded,
    source: str,
    target: Path,
    formats: Sequence[str],
    *,
    as_of: Any = None,
    packs: Sequence[str] = (),
    answers: dict[str, Answer] | None = None,
    **beside: Any,
) -> Path:
    """Write the report of what was loaded and return its first file; `beside` are the tables of an audit."""
    from medgraph.visuals.report import contents, write_report

    net = loaded.require()
    with progress(say("asking", query="report")):
        answers = report_answers(net, as_of=as_of) if answers is None else answers
        audit, why_not = audited(net, packs, as_of=as_of, left_out=loaded.left_out, **beside)
    with progress(say("writing", target=target)):
        pages = contents(
            net,
            answers,
            audit=audit,
            no_audit=why_not,
            rows_in=loaded.rows_in,
            loaded=loaded.loaded,
            left_out=loaded.left_out,
            left_rows=loaded.left_rows,
            problems=loaded.problems,
            source=source,
        )
        written = write_report(pages, target, formats=formats)
    for path in written:
        note(say("written", path=path))
    return written[0]


def report_answers(net: Any, *, as_of: Any = None) -> dict[str, Answer]:
    """Return the answers that a report shows, by the name of their query."""
    from medgraph.queries import coverage, referrals, sharing

    asked = [
        (coverage, name)
        for name in ("served", "overlaps", "ungrouped", "multiple", "grid", "stations")
    ]
    asked += [(referrals, name) for name in ("broken", "specialties")]
    asked += [
        (sharing, name)
        for name in ("centres", "matrix", "cells", "unsupported", "exchange", "recognition")
    ]
    return {
        f"{noun.__name__.split('.')[-1]}.{name}": getattr(noun, name)(net, as_of=as_of)
        for noun, name in asked
    }


def audited(
    net: Any,
    packs: Sequence[str],
    *,
    as_of: Any = None,
    left_out: int = 0,
    waivers: str | None = None,
    statements: str | None = None,
    ledger: str | None = None,
    parameters: str | None = None,
) -> tuple[Any, str]:
    """Audit against the packs asked for, else the national ones of the groups there are; else say why there is none."""
    from medgraph.cli.audits import table_beside, toml_beside
    from medgraph.queries import policy

    if NO_PACK in packs:
        return None, say("report.no_pack")
    chosen = list(packs) or default_packs(net)
    if not chosen:
        return None, say("report.no_group_pack")
    if as_of is None and net.data_day is None and not packs:
        return None, say("policy_no_day")
    return policy.audit(
        net,
        chosen,
        as_of=as_of,
        left_out=left_out,
        waivers=table_beside(waivers),
        statements=table_beside(statements),
        ledger=table_beside(ledger),
        parameters=toml_beside(parameters),
    ), ""


def default_packs(net: Any) -> list[str]:
    """Return the national pack of each type of group that the network has."""
    index = net.index
    return [
        pack
        for type_, pack in NATIONAL.items()
        if (index.is_kind("Group") & ~index.is_class & index.has("type", type_)).any()
    ]


COMMANDS = (report,)
