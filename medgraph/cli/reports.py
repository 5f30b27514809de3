"""`medgraph report`: what was asked of a source, as a page, a workbook, a PDF and a Word file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.beside import ledger_beside, statements_beside, toml_beside, waivers_beside
from medgraph.cli.console import note, progress
from medgraph.cli.language import command, option
from medgraph.cli.options import (
    AS_OF,
    LEDGER,
    PARAMETERS,
    STATEMENTS,
    WAIVERS,
    source_options,
    together,
)
from medgraph.cli.sources import load_source, note_guess
from medgraph.errors import OptionError
from medgraph.queries.verbs import BY_NAME
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.left_rows import LeftNodes
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded
    from medgraph.queries.policy import Audit
    from medgraph.queries.results import Answer

NO_PACK = "none"


@command(help="help.report")
@together(
    source_options,
    option("--output", type=click.Path(file_okay=False), help="help.report_output"),
    option(
        "--format", "formats", default="html,xlsx", show_default=True, help="help.report_format"
    ),
    option("--pack", "packs", multiple=True, help="help.report_pack"),
    option("--annex", is_flag=True, help="help.report_annex"),
    WAIVERS,
    STATEMENTS,
    LEDGER,
    PARAMETERS,
    AS_OF,
)
def report(
    source: str, output: str | None, formats: str, mapping: str | None, lenient: bool, **asked: Any
) -> None:
    """Write the report of a source into a folder."""
    from medgraph.visuals.report import FORMATS

    wanted = tuple(part.strip() for part in formats.split(",") if part.strip())
    unknown = sorted(set(wanted) - set(FORMATS))
    if unknown:
        allowed = ", ".join(FORMATS)
        raise OptionError(say("not_one_of", what="--format", value=unknown[0], allowed=allowed))
    loaded = load(source, mapping=mapping, lenient=lenient)
    target = Path(output) if output else _beside(source)
    write_report_of(loaded, source, target, wanted, **asked)


def _beside(source: str) -> Path:
    path = Path(source)
    return path / "report" if path.is_dir() else path.with_name(f"{path.stem}_report")


def load(source: str, *, mapping: str | None = None, lenient: bool = False) -> Loaded:
    """Read a source with the account of its rows."""
    loaded = load_source(source, mapping=mapping, lenient=lenient)
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
    annex: bool = False,
    **beside: Any,
) -> Path:
    """Write the report of what was loaded and return its first file.

    `beside` are the tables of an audit.
    """
    from medgraph.queries import policy
    from medgraph.visuals.report import contents, write_report

    net = loaded.require()
    with progress(say("asking", query="report")):
        answers = report_answers(net, as_of=as_of) if answers is None else answers
        audit, why_not = audited(
            net,
            packs,
            as_of=as_of,
            left_out=loaded.left_out,
            left_nodes=loaded.left_nodes,
            **beside,
        )
        asked = policy.ask(audit) if audit is not None else None
    with progress(say("writing", target=target)):
        pages = contents(
            net,
            answers,
            audit=audit,
            no_audit=why_not,
            asked=asked,
            rows_in=loaded.rows_in,
            loaded=loaded.loaded,
            left_out=loaded.left_out,
            left_rows=loaded.left_rows,
            problems=loaded.problems,
            source=source,
            annex=annex,
        )
        written = write_report(pages, target, formats=formats)
    for path in written:
        note(say("written", path=path))
    return written[0]


def report_answers(net: MedicalNetwork, *, as_of: Any = None) -> dict[str, Answer]:
    """Return the answers that a report shows, by the name of their query."""
    from medgraph.visuals.report.contents import REPORTED

    return {name: BY_NAME[name].ask(net, as_of=as_of) for name in REPORTED}


def audited(
    net: MedicalNetwork,
    packs: Sequence[str],
    *,
    as_of: Any = None,
    left_out: int = 0,
    left_nodes: LeftNodes | None = None,
    waivers: str | None = None,
    statements: str | None = None,
    ledger: str | None = None,
    parameters: str | None = None,
) -> tuple[Audit | None, str]:
    """Audit against the packs asked for, else the national ones; else say why there is no audit."""
    from medgraph.queries import policy
    from medgraph.queries.policy.national_packs import default_packs

    chosen = list(packs) or default_packs(net, as_of=as_of)
    why_not = _why_no_audit(net, packs, chosen, as_of)
    if why_not:
        return None, why_not
    audit = policy.audit(
        net,
        chosen,
        as_of=as_of,
        left_out=left_out,
        left_nodes=left_nodes,
        waivers=waivers_beside(waivers),
        statements=statements_beside(statements),
        ledger=ledger_beside(ledger, net),
        parameters=toml_beside(parameters),
    )
    return audit, ""


def _why_no_audit(
    net: MedicalNetwork, packs: Sequence[str], chosen: Sequence[str], as_of: Any
) -> str:
    """Return why nothing is audited; empty where something is."""
    if NO_PACK in packs:
        return say("report.no_pack")
    if not chosen:
        return say("report.no_group_pack")
    if as_of is None and net.data_day is None and not packs:
        return say("policy_no_day")
    return ""


COMMANDS = (report,)
