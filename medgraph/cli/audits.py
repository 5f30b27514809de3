"""The audit in the shell: `audit`, `rules`, `explain`, `score`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.common import emit, lang_option, note, progress, source_options
from medgraph.cli.option_values import Day
from medgraph.errors import OptionError
from medgraph.suffixes import WORKBOOKS
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.queries.policy import Audit


def audit_options(command: Any) -> Any:
    """Add what an audit stands on: packs, day, waivers, statements, ledger, parameters, choice of rules."""
    for name, settings in (
        ("pack", {"multiple": True, "required": True}),
        ("waivers", {}),
        ("statements", {}),
        ("ledger", {}),
        ("parameters", {}),
        ("select", {"multiple": True}),
        ("ignore", {"multiple": True}),
        ("as-of", {"type": Day()}),
    ):
        help_key = "help.as_of" if name == "as-of" else f"help.audit_{name}"
        command = click.option(f"--{name}", help=say(help_key), **settings)(command)
    return source_options(command)


@click.command(help=say("help.audit"))
@audit_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "xlsx", "html"]),
    help=say("help.format"),
)
@click.option("--output", type=click.Path(), help=say("help.output"))
@click.option("--run", "run_folder", type=click.Path(file_okay=False), help=say("help.audit_run"))
@click.option("--verify", type=click.Path(dir_okay=False), help=say("help.audit_verify"))
@lang_option
def audit(
    source: str,
    format_: str | None,
    output: str | None,
    run_folder: str | None,
    verify: str | None,
    mapping: str | None,
    **asked: Any,
) -> int:
    found = audited(source, mapping=mapping, **asked)
    if run_folder:
        _keep(found, source, mapping, Path(run_folder))
    if verify:
        from medgraph.queries import policy

        verified = policy.verify(verify, found, sources=[source], mapping=mapping)
        emit(f"{verified}\n")
        return 0
    _show(found, format_, output, source)
    return int(found.failed)


@click.command(help=say("help.rules"))
@click.argument("pack", required=False)
@click.option(
    "--format", "format_", type=click.Choice(["table", "csv", "json"]), help=say("help.format")
)
@lang_option
def rules(pack: str | None, format_: str | None) -> None:
    from medgraph.queries import policy
    from medgraph.queries.results import records

    frame = policy.rules(pack)
    if format_ == "json":
        emit(json.dumps(records(frame), ensure_ascii=False, indent=1) + "\n")
    elif format_ == "csv":
        emit(frame.to_csv(index=False, lineterminator="\n"))
    else:
        for row in frame.itertuples():
            emit(f"{row.rule:7} {row.kind:11} {row.grade:10} {row.statement}\n")


@click.command(help=say("help.explain"))
@click.argument("subject", metavar="RULE|FINDING")
@click.option("--source", help=say("help.explain_source"))
@click.option("--pack", multiple=True, help=say("help.audit_pack"))
@click.option("--mapping", type=click.Path(dir_okay=False), help=say("help.mapping"))
@click.option("--lenient", is_flag=True, help=say("help.lenient"))
@click.option("--ledger", help=say("help.audit_ledger"))
@click.option("--parameters", help=say("help.audit_parameters"))
@click.option("--as-of", type=Day(), help=say("help.as_of"))
@lang_option
def explain(subject: str, source: str | None, pack: tuple[str, ...], **asked: Any) -> None:
    from medgraph.queries import policy

    if "/" not in subject:
        emit(policy.describe(subject) + "\n")
        return
    if source is None:
        raise OptionError(say("explain_needs_source"))
    found = audited(source, pack=pack or (subject.split("/")[0],), **asked)
    explained = policy.explain(found, subject)
    emit(f"{explained}\n")
    for row in _read_from(explained.evidence, source):
        emit(row + "\n")


def _read_from(evidence: Any, source: str) -> list[str]:
    """Where each record stands in the source, with the text that stands there."""
    from medgraph.loaders.workbooks.originals import originals

    original = originals(source)
    found = dict.fromkeys(
        (cell, original(origin or ""))
        for cell, origin in zip(evidence["cell"], evidence["origin"], strict=True)
    )
    return [say("policy_original", place=cell, text=text) for cell, text in found if text]


def audited(
    source: str,
    *,
    pack: tuple[str, ...],
    mapping: str | None = None,
    lenient: bool = False,
    as_of: Any = None,
    waivers: str | None = None,
    statements: str | None = None,
    ledger: str | None = None,
    parameters: str | None = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> Audit:
    """Read a source and audit it."""
    from medgraph.loaders import registry
    from medgraph.queries import policy

    with progress(say("reading", source=source)):
        loaded = registry.load(source, mapping=mapping, lenient=lenient)
    net = loaded.require()
    with progress(say("asking", query="audit")):
        return policy.audit(
            net,
            list(pack),
            as_of=as_of,
            left_out=loaded.left_out,
            waivers=table_beside(waivers),
            statements=table_beside(statements),
            ledger=table_beside(ledger),
            parameters=toml_beside(parameters),
            select=select,
            ignore=ignore,
        )


def table_beside(path: str | None) -> Any:
    """Read a table beside the data: CSV or a sheet of Excel, all cells as text."""
    if path is None:
        return None
    import pandas as pd

    read = pd.read_excel if Path(path).suffix.lower() in WORKBOOKS else pd.read_csv
    try:
        return read(path, dtype=str)
    except (ValueError, UnicodeDecodeError) as error:
        raise OptionError(say("bad_table", path=path, reason=error)) from error


def toml_beside(path: str | None) -> Any:
    """Read a TOML file beside the data."""
    import tomllib

    if path is None:
        return None
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OptionError(say("bad_table", path=path, reason=error)) from error


def _show(found: Audit, format_: str | None, output: str | None, source: str) -> None:
    wanted = format_ or (Path(output).suffix.lower().lstrip(".") if output else "table")
    if output is None and wanted in ("xlsx", "html"):
        raise OptionError(
            say("xlsx_needs_output") if wanted == "xlsx" else say("html_needs_output")
        )
    text = {
        "json": lambda: json.dumps(found.to_dict(), ensure_ascii=False, indent=1) + "\n",
        "csv": lambda: found.findings.to_csv(index=False, lineterminator="\n"),
    }.get(wanted, lambda: f"{found}\n")
    if output is None:
        emit(text())
        return
    from medgraph.cli.saving import write_tables, write_text

    if wanted == "xlsx":
        write_tables(
            {"rules": found.rules, "findings": found.findings, "missing": found.missing}, output
        )
    elif wanted == "html":
        from medgraph.loaders.workbooks.originals import originals
        from medgraph.visuals.audit_page import audit_page

        audit_page(found, original=originals(source)).save(output)
    else:
        write_text(text(), output, bom=wanted == "csv")
    note(say("written", path=output))


def _keep(found: Audit, source: str, mapping: str | None, folder: Path) -> None:
    from medgraph.cli.saving import write_text
    from medgraph.queries import policy

    record = policy.run_record(found, sources=[source], mapping=mapping, command=sys.argv[1:])
    write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", folder / "run.json")
    note(say("written", path=folder / "run.json"))


COMMANDS = (audit, rules, explain)
