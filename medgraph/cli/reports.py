"""`medgraph report`: what was asked of a source, as a page, a workbook, a PDF and a Word file."""

from __future__ import annotations

import contextlib
import gc
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.beside import ledger_beside, statements_beside, toml_beside, waivers_beside
from medgraph.cli.console import note, progress
from medgraph.cli.language import command, option
from medgraph.cli.options import (
    AREA,
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
from medgraph.suffixes import XLSX
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.graphmodel.left_rows import LeftNodes
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded
    from medgraph.queries.policy import Audit
    from medgraph.queries.results import Answer
    from medgraph.visuals.report import ReportContents
    from medgraph.visuals.report.since import Earlier

NO_PACK = "none"
_FOR_ALL, _FOR_EACH = "html,xlsx", "docx,pdf,xlsx"
_NOT_IN_FILES = re.compile(r'[\x00-\x1f\\/:*?"<>|]+')
_LONGEST_NAME = 60


@command(help="help.report")
@together(
    source_options,
    option("--output", type=click.Path(file_okay=False), help="help.report_output"),
    option("--format", "formats", help="help.report_format"),
    option("--pack", "packs", multiple=True, help="help.report_pack"),
    option("--annex", is_flag=True, help="help.report_annex"),
    AREA,
    option("--group", help="help.report_group"),
    option("--since", help="help.report_since"),
    option("--each", type=click.Choice(["group"]), help="help.report_each"),
    WAIVERS,
    STATEMENTS,
    LEDGER,
    PARAMETERS,
    AS_OF,
)
def report(
    source: str,
    output: str | None,
    formats: str | None,
    mapping: str | None,
    lenient: bool,
    group: str | None,
    each: str | None,
    **asked: Any,
) -> None:
    """Write the report of a source, or the pages of its groups, into a folder."""
    if group and each:
        raise OptionError(say("report.one_or_each"))
    wanted = _formats(formats or (_FOR_EACH if each else _FOR_ALL))
    target = Path(output) if output else _beside(source)
    with _not_collecting():
        loaded = load(source, mapping=mapping, lenient=lenient)
        if not (group or each):
            write_report_of(loaded, source, target, wanted, **asked)
            return
        pages = pages_of(loaded, source, **asked)
    write_letters(pages, target, wanted, group=group)  # each leaves cycles behind in Word


@contextlib.contextmanager
def _not_collecting() -> Iterator[None]:
    """Keep Python from looking for cycles: it would walk the millions of values of a report."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


def _formats(typed: str) -> tuple[str, ...]:
    from medgraph.visuals.report import FORMATS

    wanted = tuple(part.strip() for part in typed.split(",") if part.strip())
    unknown = sorted(set(wanted) - set(FORMATS))
    if unknown:
        allowed = ", ".join(FORMATS)
        raise OptionError(say("not_one_of", what="--format", value=unknown[0], allowed=allowed))
    return wanted


def _beside(source: str) -> Path:
    path = Path(source)
    return path / "report" if path.is_dir() else path.with_name(f"{path.stem}_report")


def load(source: str, *, mapping: str | None = None, lenient: bool = False) -> Loaded:
    """Read a source with the account of its rows."""
    loaded = load_source(source, mapping=mapping, lenient=lenient)
    note_guess(loaded)
    return loaded


def write_report_of(
    loaded: Loaded, source: str, target: Path, formats: Sequence[str], **asked: Any
) -> Path:
    """Write the report of what was loaded and return its first file.

    `asked` is what `pages_of` takes.
    """
    from medgraph.visuals.report import write_report

    pages = pages_of(loaded, source, **asked)
    if not pages.annex:
        pages = pages.without_questions()
        pages = pages if "xlsx" in formats else pages.without_rows()
    with progress(say("writing", target=target)):
        written = write_report(pages, target, formats=formats)
    for path in written:
        note(say("written", path=path))
    return written[0]


def pages_of(
    loaded: Loaded,
    source: str,
    *,
    as_of: Any = None,
    packs: Sequence[str] = (),
    answers: dict[str, Answer] | None = None,
    annex: bool = False,
    area: str | None = None,
    since: str | None = None,
    **beside: Any,
) -> ReportContents:
    """Ask, audit and gather what a report of what was loaded says, in `area` where one is given.

    `beside` are the tables of an audit.
    """
    from medgraph.graphmodel.arrays.unused_memory import release_unused
    from medgraph.graphmodel.left_rows import with_doubts
    from medgraph.queries import policy
    from medgraph.visuals.report import contents

    net = loaded.require()
    if area:
        net = net.within(area)
    with progress(say("asking", query="report")):
        if answers is None:
            answers = report_answers(with_doubts(net, loaded.left_nodes), as_of=as_of)
        audit, why_not = audited(
            net,
            packs,
            as_of=as_of,
            **loaded.left,
            **beside,
        )
        asked = policy.ask(audit) if audit is not None else None
        release_unused()
        used = [pack.id for pack in audit.packs] if audit is not None else [NO_PACK]
        earlier = _earlier(since, used, area, beside) if since else None
        return contents(
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
            area=area or "",
            earlier=earlier,
        )


def _earlier(
    source: str, packs: Sequence[str], area: str | None, beside: dict[str, Any]
) -> Earlier:
    """The findings of last time, on the day of that data; all else is as it is asked now."""
    from medgraph.graphmodel.left_rows import with_doubts
    from medgraph.shown_places import shown_place
    from medgraph.visuals.report.findings import findings
    from medgraph.visuals.report.since import Earlier

    loaded = load(source)
    net = loaded.require()
    if area:
        net = net.within(area)
    answers = report_answers(with_doubts(net, loaded.left_nodes))
    audit, _ = audited(net, packs, **loaded.left, **beside)
    return Earlier(findings(net, answers, audit), net.day(), shown_place(source))


def write_letters(
    pages: ReportContents, target: Path, formats: Sequence[str], *, group: str | None = None
) -> None:
    """Write the page of a group, or those of all, each with its sheet to fill in beside it."""
    from medgraph.loaders.workbooks import question_sheet
    from medgraph.visuals.report.letters import SETTERS, letter, page_of, questions_of
    from medgraph.whole_files import write_whole

    chosen = [page_of(pages, group)] if group else list(pages.groups)
    names = _names([page.short for page in chosen])
    for page, name in zip(chosen, names, strict=True):
        laid_out = letter(pages, page)
        with progress(say("writing", target=target / name)):
            for kind in formats:
                if kind in SETTERS:
                    write_whole(target / f"{name}.{kind}", SETTERS[kind](laid_out))
            asked = questions_of(pages, page) if "xlsx" in formats else None
            if asked is not None and len(asked):
                question_sheet.write(asked, target / f"{name}{XLSX}")
    note(say("report.letters_written", count=len(chosen), path=target))


def _names(titles: Sequence[str]) -> list[str]:
    """A file's name for each group: its own as files may be called, numbered where two share it."""
    found: list[str] = []
    for title in titles:
        plain = _NOT_IN_FILES.sub(" ", title).strip(" .")[:_LONGEST_NAME] or "-"
        number, name = 1, plain
        while name.casefold() in map(str.casefold, found):
            number += 1
            name = f"{plain} {number}"
        found.append(name)
    return found


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
    from medgraph.queries.policy.fitting_packs import default_packs

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
    from medgraph.visuals.report.audits import why_no_audit

    if NO_PACK in packs:
        return say("report.no_pack")
    has_day = bool(packs) or as_of is not None or net.data_day is not None
    return why_no_audit(has_packs=bool(chosen), has_day=has_day)


COMMANDS = (report,)
