"""An answer as people read it: headings and words in their language, nodes by their names.

CSV and JSON hold the codes, for scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.aligned_text import aligned
from medgraph.graphmodel.headings import relations_in_words
from medgraph.loaders.workbooks.frames_workbook import write_frames
from medgraph.visuals.report.answer_sheets import answer_sheets, frame_of_table, title_of
from medgraph.visuals.report.tables import accounted, answer_table, rows_table
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.cli.narrowing import Shown
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

_SHOWN = 40  # rows of the frame that are printed, and
_SHOWN_BESIDE = 20  # of what is unknown or excluded; the files hold all


def answer_text(net: MedicalNetwork, shown: Shown) -> str:
    """Return an answer as aligned text in which Chinese characters count as two columns wide."""
    answer = shown.answer
    lines = [*answer.stamps, say("answer_line", asked=title_of(answer), result=accounted(answer))]
    lines += map(relations_in_words, answer.needs_in_words)
    if answer.definition.numerator:
        lines.append(answer.definition.in_words)
    lines += _lines(net, answer, shown.frame, _SHOWN)
    for name, part in (("unknown", shown.unknown), ("excluded", shown.excluded)):
        if len(part):
            lines += [say("part_title", part=say(name), count=len(part))]
            lines += _lines(net, answer, part, _SHOWN_BESIDE)
    return "".join(f"{line}\n" for line in [*lines, *answer.notes, *shown.notes])


def _lines(net: MedicalNetwork, answer: Answer, rows: pd.DataFrame, most: int) -> list[str]:
    """The first rows as aligned text, and how many more there are."""
    if rows.empty:
        return []
    shown = frame_of_table(rows_table(net, answer, rows.head(most)))
    lines = aligned(shown.map(_printed)).split("\n")
    more = len(rows) - len(shown)
    return [*lines, *([say("more_rows", count=more)] if more else [])]


def _printed(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def write_answer_workbook(net: MedicalNetwork, shown: Shown, path: str) -> None:
    """Write the rows into one sheet, and into another what they are shares of."""
    table = answer_table(net, shown.answer, shown)
    write_frames(answer_sheets(shown.answer, table, shown.notes), path)
