"""Score sheets in the shell: `score`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.beside import score_sheet_beside
from medgraph.cli.console import note
from medgraph.cli.formats import FRAME_FORMATS, Format, deliver, frame_table
from medgraph.cli.language import command, option
from medgraph.cli.options import format_option, together
from medgraph.cli.sources import never_onto_source
from medgraph.words.say import say
from medgraph.words.score_sheets import SCORE_SHEETS, ZONES

if TYPE_CHECKING:
    import pandas as pd


@command(help="help.score")
@together(
    click.argument("sheet", type=click.Path(dir_okay=False)),
    option(
        "--scheme", type=click.Choice(list(SCORE_SHEETS)), required=True, help="help.score_scheme"
    ),
    option("--candidate", "candidates", multiple=True, help="help.score_candidate"),
    option("--zones", type=click.IntRange(1), default=ZONES, help="help.score_zones"),
    option("--template", is_flag=True, help="help.score_template"),
    format_option(FRAME_FORMATS),
    option("--output", type=click.Path(dir_okay=False), help="help.output"),
)
def score(
    sheet: str,
    scheme: str,
    candidates: tuple[str, ...],
    zones: int,
    template: bool,
    format_: str | None,
    output: str | None,
) -> None:
    """Judge a score sheet, or write an empty one."""
    from medgraph.loaders.side_files import score_sheet

    if template:
        score_sheet.template(sheet, scheme)
        note(score_sheet.how_to_fill(scheme))
        note(say("written", path=sheet))
        return

    def write_workbook(found: pd.DataFrame, path: str) -> None:
        score_sheet.write({scheme: _for_people(found)}, path)

    if output:
        never_onto_source(sheet, output)
    lines = score_sheet_beside(sheet, scheme)
    found = _judged(lines, scheme, candidates=candidates, zones=zones)
    formats = {**FRAME_FORMATS, "table": Format(_table), "xlsx": Format(write=write_workbook)}
    deliver(found, formats, format_, output)


def _table(found: pd.DataFrame) -> str:
    return frame_table(_for_people(found)) if len(found) else say("score_empty") + "\n"


def _for_people(found: pd.DataFrame) -> pd.DataFrame:
    """Return what came out with titles and words in the language of now; not for CSV and JSON."""
    from medgraph.visuals.headings import said

    def word(value: Any) -> Any:
        return said("score.word.", value, value) if isinstance(value, str) else value

    return found.map(word).rename(columns=lambda name: said("score.", name, name))


def _judged(lines: pd.DataFrame, scheme: str, **options: Any) -> pd.DataFrame:
    from medgraph.queries.policy.scoring.schemes import SCHEMES

    return SCHEMES[scheme].judged(lines, **options)


COMMANDS = (score,)
