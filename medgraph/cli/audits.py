"""The audit in the shell: `audit`, `rules`, `explain`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.beside import ledger_beside, statements_beside, toml_beside, waivers_beside
from medgraph.cli.console import emit, note, progress
from medgraph.cli.formats import (
    FRAME_FORMATS,
    Format,
    deliver,
    frame_csv,
)
from medgraph.cli.language import command, option
from medgraph.cli.options import (
    AS_OF,
    BASIS,
    LEDGER,
    LENIENT,
    MAPPING,
    OUTPUT,
    PARAMETERS,
    STATEMENTS,
    WAIVERS,
    format_option,
    source_options,
    together,
)
from medgraph.cli.saving import write_text
from medgraph.cli.sources import load_source, note_reading
from medgraph.errors import OptionError
from medgraph.json_text import json_pieces, json_text
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from medgraph.queries.policy import Audit

# What an audit rests on: packs, statements, ledger, parameters, day, and the choice of rules.
audit_options_but_pack = together(
    source_options,
    AS_OF,
    BASIS,
    option("--ignore", multiple=True, help="help.audit_ignore"),
    option("--select", multiple=True, help="help.audit_select"),
    PARAMETERS,
    LEDGER,
    STATEMENTS,
    WAIVERS,
)
audit_options = together(
    audit_options_but_pack,
    option("--pack", multiple=True, required=True, help="help.audit_pack"),
)
AUDIT_FORMATS = ("table", "csv", "json", "xlsx", "html")


@command(help="help.audit")
@together(
    audit_options,
    format_option(AUDIT_FORMATS),
    OUTPUT,
    option("--run", "run_folder", type=click.Path(file_okay=False), help="help.audit_run"),
    option("--calendar", "dated", is_flag=True, help="help.audit_calendar"),
    option("--verify", type=click.Path(dir_okay=False), help="help.audit_verify"),
)
def audit(
    source: str,
    format_: str | None,
    output: str | None,
    run_folder: str | None,
    dated: bool,
    verify: str | None,
    mapping: str | None,
    **asked: Any,
) -> int:
    """Audit a source, and keep or verify the run where that is asked for."""
    from medgraph.queries import policy

    found = audited(source, mapping=mapping, **asked)
    if run_folder:
        _keep(found, source, mapping, Path(run_folder))
    if verify:
        emit(f"{policy.verify(verify, found, sources=[source], mapping=mapping)}\n")
        return 0
    if dated:
        deliver(found.calendar, CALENDAR_FORMATS, format_, output)
        return int((found.calendar["verdict"] == "FAIL").any())
    deliver(found, _formats(source), format_, output)
    return int(found.failed)


def _calendar_lines(found: pd.DataFrame) -> str:
    from medgraph.queries.policy.calendar import in_lines

    return in_lines(found)


CALENDAR_FORMATS = {**FRAME_FORMATS, "table": Format(_calendar_lines)}


def _formats(source: str) -> dict[str, Format[Audit]]:
    """Return the formats of an audit of `source`, a row each."""

    def write_page(found: Audit, path: str) -> None:
        from medgraph.cli.reports import report_answers
        from medgraph.loaders.workbooks.originals import originals
        from medgraph.visuals.audit_page import audit_page
        from medgraph.visuals.report.contents import findings_beside

        beside = findings_beside(found, lambda net: report_answers(net, as_of=found.as_of))
        audit_page(found, original=originals(source), findings=beside).save(path)

    return {
        "table": Format(lambda found: f"{found}\n"),
        "csv": Format(pieces=lambda found: frame_csv(found.findings), bom=True),
        "json": Format(
            pieces=lambda found: json_pieces(found.about() | {"findings": found.each_finding()})
        ),
        "xlsx": Format(write=_write_workbook),
        "html": Format(write=write_page),
    }


def _as_json(found: Audit) -> Iterator[str]:
    return json_pieces(found.about() | {"findings": found.each_finding()})


def _write_workbook(found: Audit, path: str) -> None:
    from medgraph.cli.audit_words import write_audit_workbook

    write_audit_workbook(found, path)


@command(help="help.rules")
@together(
    click.argument("pack", required=False),
    format_option(FRAME_FORMATS),
    option("--check", is_flag=True, help="help.rules_check"),
    option("--schema", is_flag=True, help="help.rules_schema"),
)
def rules(pack: str | None, format_: str | None, check: bool, schema: bool) -> int:
    """List the rules of a pack, or of all; or try them on their examples."""
    from medgraph.queries import policy

    if schema:
        emit(policy.schema())
        return 0
    if check:
        return _checked(pack, format_)
    formats = {**FRAME_FORMATS, "table": Format(_rule_lines)}
    deliver(policy.rules(pack), formats, format_, None)
    return 0


def _checked(pack: str | None, format_: str | None) -> int:
    """Try rules on their examples; 1 where one comes out otherwise, or has none."""
    from medgraph.queries import policy

    tried = policy.try_examples(pack)
    beside = _sentences_line(pack) if pack else ""
    table = Format[Any](lambda found: _trial_lines(found) + beside)
    deliver(tried, {**FRAME_FORMATS, "table": table}, format_, None)
    return int((tried["outcome"] != "right").any())


def _trial_lines(tried: pd.DataFrame) -> str:
    lines = []
    examples = tried[tried["outcome"] != "unsourced"]
    for row in tried.itertuples():
        said = say(f"trial_{row.outcome}", wanted=row.wanted, reason=row.reason)
        verdict = str(row.verdict or "-")
        lines.append(f"{row.rule:7} {row.example:8} {verdict:8} {said}\n")
    right, count = (examples["outcome"] == "right").sum(), len(examples)
    return "".join(lines) + say("trials", rules=tried["rule"].nunique(), right=right, count=count)


def _sentences_line(pack: str) -> str:
    """Say how many sentences of its document a pack names, and what becomes of them."""
    from medgraph.queries import policy
    from medgraph.queries.policy.packs.sentences import KINDS

    kinds = [sentence.kind for sentence in policy.load(pack).sentences]
    counts = {kind: kinds.count(kind) for kind in KINDS}
    return say("trial_sentences", count=len(kinds), **counts) if kinds else ""


def _rule_lines(rules: pd.DataFrame) -> str:
    return "".join(map(_rule_line, rules.itertuples()))


def _rule_line(row: Any) -> str:
    kind, grade = say(f"rule_kind.{row.kind}"), say(f"grade.{row.grade}")
    return f"{row.rule:7} {kind:11} {grade:10} {row.statement}\n"


@command(help="help.explain")
@together(
    click.argument("subject", metavar="RULE|FINDING"),
    option("--source", help="help.explain_source"),
    option("--pack", multiple=True, help="help.audit_pack"),
    format_option(("table", "json")),
    MAPPING,
    LENIENT,
    LEDGER,
    PARAMETERS,
    AS_OF,
    BASIS,
)
def explain(
    subject: str,
    source: str | None,
    pack: tuple[str, ...],
    format_: str | None,
    **asked: Any,
) -> None:
    """Explain a rule, or a finding with its records."""
    from medgraph.queries import policy

    as_json = format_ == "json"
    if "/" not in subject:
        if as_json:
            emit(json_text(policy.described(subject, pack)))
        else:
            emit(f"{policy.describe(subject, pack)}\n")
        return
    if source is None:
        raise OptionError(say("explain_needs_source"))
    found = audited(source, pack=pack or (subject.split("/")[0],), **asked)
    explained = policy.explain(found, subject)
    if as_json:
        emit(json_text(explained.to_dict()))
        return
    emit(f"{explained}\n")
    for line in _as_in_source(explained.evidence, source):
        emit(line + "\n")


def _as_in_source(evidence: pd.DataFrame, source: str) -> list[str]:
    """Return for each record of the evidence its place in the source and the text there."""
    from medgraph.loaders.workbooks.originals import originals

    original = originals(source)
    places = zip(evidence["cell"], evidence["origin"], strict=True)
    texts = dict.fromkeys((cell, original(origin or "")) for cell, origin in places)
    return [say("policy_original", place=cell, text=text) for cell, text in texts if text]


def audited(
    source: str,
    *,
    pack: tuple[str, ...],
    mapping: str | None = None,
    lenient: bool = False,
    as_of: Any = None,
    basis: str | None = None,
    waivers: str | None = None,
    statements: str | None = None,
    ledger: str | None = None,
    parameters: str | None = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> Audit:
    """Read a source and audit it."""
    from medgraph.queries import policy

    loaded = load_source(source, mapping=mapping, lenient=lenient)
    net = loaded.require()
    note_reading(loaded)
    with progress(say("asking", query="audit")):
        return policy.audit(
            net,
            list(pack),
            as_of=as_of,
            basis=basis,
            **loaded.left,
            waivers=waivers_beside(waivers),
            statements=statements_beside(statements),
            ledger=ledger_beside(ledger, net),
            parameters=toml_beside(parameters),
            select=select,
            ignore=ignore,
        )


def _keep(found: Audit, source: str, mapping: str | None, folder: Path) -> None:
    """Write what a later run needs to verify this one."""
    from medgraph.queries import policy
    from medgraph.queries.policy.run_file import kept

    record = policy.run_record(found, sources=[source], mapping=mapping, command=sys.argv[1:])
    write_text(json_text(kept(record)), folder / "run.json")
    note(say("written", path=folder / "run.json"))


COMMANDS = (audit, rules, explain)
