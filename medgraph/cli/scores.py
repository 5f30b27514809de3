"""Score sheets in the shell: `score`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from medgraph.cli.common import emit, lang_option, note
from medgraph.suffixes import CSV, XLSX
from medgraph.words.say import say


@click.command(help=say("help.score"))
@click.argument("sheet", type=click.Path(dir_okay=False))
@click.option(
    "--scheme",
    type=click.Choice(["henan", "judgement", "xinjiang"]),
    required=True,
    help=say("help.score_scheme"),
)
@click.option("--candidate", "candidates", multiple=True, help=say("help.score_candidate"))
@click.option("--template", is_flag=True, help=say("help.score_template"))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help=say("help.format"),
)
@click.option("--output", type=click.Path(dir_okay=False), help=say("help.output"))
@lang_option
def score(
    sheet: str,
    scheme: str,
    candidates: tuple[str, ...],
    template: bool,
    format_: str,
    output: str | None,
) -> None:
    from medgraph.loaders.workbooks import score_sheet

    if template:
        score_sheet.template(sheet, scheme)
        note(say("written", path=sheet))
        return
    found = _judged(score_sheet.read(sheet, scheme), scheme, candidates)
    if output and Path(output).suffix.lower() == XLSX:
        score_sheet.write({scheme: found}, output)
        note(say("written", path=output))
    elif output:
        from medgraph.cli.saving import write_text

        write_text(
            _text(found, Path(output).suffix.lower().lstrip(".")),
            output,
            bom=output.endswith(CSV),
        )
        note(say("written", path=output))
    else:
        emit(_text(found, format_))


def _judged(frame: Any, scheme: str, candidates: tuple[str, ...]) -> Any:
    from medgraph.queries.policy import scoring

    if scheme == "xinjiang":
        return scoring.xinjiang(frame, candidates=candidates)
    return scoring.henan(frame) if scheme == "henan" else scoring.judgement(frame)


def _text(found: Any, format_: str) -> str:
    from medgraph.queries.results import records

    if format_ == "json":
        return json.dumps(records(found), ensure_ascii=False, indent=1) + "\n"
    if format_ == "csv":
        return found.to_csv(index=False, lineterminator="\n")
    return found.to_string(index=False) + "\n"


COMMANDS = (score,)
