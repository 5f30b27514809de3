"""Questions in the shell: `ask` says what to ask and writes the sheets, `fill` reads them back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.audits import audit_options_but_pack, audited
from medgraph.cli.console import emit, note, progress
from medgraph.cli.formats import ANSWER_FORMATS, CODED_FORMATS, Format, deliver
from medgraph.cli.language import command, option
from medgraph.cli.options import OUTPUT, format_option, together
from medgraph.cli.saving import never_onto_work
from medgraph.cli.sources import load_source, never_onto_source, note_report
from medgraph.errors import OptionError, TargetError
from medgraph.json_text import json_text
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.cli.narrowing import Shown
    from medgraph.loaders.fill import Filled
    from medgraph.queries.results import Answer

_SHOWN = 40  # rows of a kind that the shell lists; the sheet and JSON hold all
_PART = {"township": "township", "group": "member_of"}


@command(help="help.ask")
@together(
    audit_options_but_pack,
    option("--pack", multiple=True, help="help.ask_pack"),
    option("--by", type=click.Choice(list(_PART)), help="help.ask_by"),
    format_option(ANSWER_FORMATS),
    OUTPUT,
)
def ask(
    source: str,
    pack: tuple[str, ...],
    by: str | None,
    format_: str | None,
    output: str | None,
    **asked: Any,
) -> None:
    """Say which answers would decide most verdicts; as a workbook, a sheet to fill in."""
    from medgraph.cli.narrowing import Narrowing
    from medgraph.queries import policy

    is_folder = bool(by and output and format_ is None and not Path(output).suffix)
    if (
        by
        and not is_folder
        and "xlsx" not in (format_, Path(output or "").suffix.lower().lstrip("."))
    ):
        raise OptionError(say("ask_by_needs_sheet"))
    if output:
        never_onto_source(source, output)
    if output and not is_folder:
        never_onto_work(output)
        _never_onto_answers(output)
    packs = pack or _national(source, asked)
    found = audited(source, pack=packs, **asked)
    with progress(say("asking", query="ask")):
        answer = policy.ask(found)
    if by and output and is_folder:
        _write_folder(answer, output, _PART[by])
        return
    shown = Narrowing().of_answer(answer)
    deliver(shown, _formats(by), format_, output, stamps=answer.stamps)


def _write_folder(answer: Answer, folder: str, by: str) -> None:
    """Write a workbook for each township or group, to be sent out."""
    from medgraph.loaders.workbooks import question_sheet

    written = question_sheet.write_folder(answer.frame, folder, by=by)
    for line in (*answer.stamps, say("ask_written", count=len(written), path=folder)):
        note(line)


def _never_onto_answers(output: str) -> None:
    """Raise TargetError where a sheet somebody has begun to fill in would be asked anew."""
    from medgraph.loaders.workbooks import question_sheet

    if question_sheet.has_answers(output):
        raise TargetError(say("ask_answered", path=output))


def _national(source: str, asked: dict[str, Any]) -> tuple[str, ...]:
    """The national packs of the groups that are there."""
    from medgraph.queries.policy.fitting_packs import default_packs

    reading = {name: asked[name] for name in ("mapping", "lenient")}
    net = load_source(source, **reading).require()
    found = default_packs(net, as_of=asked["as_of"])
    if not found:
        raise OptionError(say("ask_no_pack"))
    return tuple(found)


def _formats(by: str | None) -> dict[str, Format[Shown]]:
    def write_sheets(shown: Shown, path: str) -> None:
        from medgraph.loaders.workbooks import question_sheet

        question_sheet.write(shown.frame, path, by=_PART[by] if by else "")

    return {"table": Format(_lines), **CODED_FORMATS, "xlsx": Format(write=write_sheets)}


def _lines(shown: Shown) -> str:
    answer = shown.answer
    rows = [say("ask_line", **row) for row in answer.to_dict()["rows"]]
    lines = [*answer.stamps, answer.headline, *_first(rows)]
    if len(answer.unknown):
        lines.append(say("ask_open", count=len(answer.unknown)))
        lines += _first([f"  {row.finding}  {row.reason}" for row in answer.unknown.itertuples()])
    return "".join(f"{line}\n" for line in lines)


def _first(lines: Sequence[str]) -> list[str]:
    """The first of many lines, and how many more there are."""
    rest = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([say("fill_more", count=rest)] if rest > 0 else [])]


@command(help="help.fill")
@together(
    click.argument("source"),
    click.argument("files", nargs=-1, required=True),
    format_option(["table", "json"]),
    option("--output", type=click.Path(), help="help.fill_output"),
)
def fill(source: str, files: tuple[str, ...], format_: str | None, output: str | None) -> int:
    """Read filled sheets back into a source; exit 1 where an answer is refused."""
    from medgraph.loaders.fill import fill as fill_in

    with progress(say("reading", source=source)):
        done = fill_in(source, files, output=output)
    emit(json_text(done.to_dict()) if format_ == "json" else _account(done))
    note_report(done.report)
    if done.target:
        note(say("written", path=done.target))
    return int(bool(done.refused))


def _account(done: Filled) -> str:
    counts = {"filled": len(done.filled), "refused": len(done.refused), "open": len(done.open)}
    lines = [say("fill_account", total=done.total, **counts)]
    if done.changes:
        changes = [say("fill_change", **change._asdict()) for change in done.changes]
        lines += [
            say("fill_changed", count=len(changes)),
            *(f"  {line}" for line in _first(changes)),
        ]
    if done.silent:
        lines.append(say("fill_silent", files=say("list_comma").join(done.silent)))
    if done.missing:
        parts = say("list_comma").join(done.missing)
        lines.append(say("fill_missing", count=len(done.missing), parts=parts))
    refused = [
        say("fill_line", place=place, question=question, reason=reason)
        for place, question, reason in done.refused
    ]
    still_open = [say("fill_line", place=p, question=q, reason="").rstrip() for p, q in done.open]
    for key, rows in (("fill_refused", refused), ("fill_open", still_open)):
        if rows:
            lines += [say(key, count=len(rows)), *(f"  {line}" for line in _first(rows))]
    return "".join(f"{line}\n" for line in lines)


COMMANDS = (ask, fill)
