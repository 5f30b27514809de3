"""An answer as people read it: headings and words in their language, nodes by their names.

CSV and JSON hold the codes, for scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.aligned_text import aligned
from medgraph.cli.saving import write_tables
from medgraph.graphmodel.headings import relations_in_words
from medgraph.visuals.headings import said
from medgraph.visuals.report.tables import accounted, answer_table, rows_table
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.cli.narrowing import Shown
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer
    from medgraph.visuals.report.tables import ReportTable

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


def title_of(answer: Answer) -> str:
    """Return what was asked, in words, and as of which day."""
    asked = said("answer.", answer.query, answer.query)
    return say("asked_as_of", asked=asked, day=answer.as_of.isoformat())


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


def frame_of_table(table: ReportTable) -> pd.DataFrame:
    """Return a table as people read it as a frame."""
    return pd.DataFrame(list(table.rows), columns=list(table.headings), dtype=object)


def write_answer_workbook(net: MedicalNetwork, shown: Shown, path: str) -> None:
    """Write the rows into one sheet, and into another what they are shares of."""
    answer = shown.answer
    about = {
        say("sheet.asked"): title_of(answer),
        **{say(f"sheet.{name}"): text for name, text in answer.definition.to_dict().items()},
        say("sheet.accounted"): accounted(answer),
        say("sheet.needs"): relations_in_words(" ".join(answer.needs_in_words)),
        say("sheet.notes"): " ".join([*answer.stamps, *answer.notes, *shown.notes]),
    }
    filled = {name: text for name, text in about.items() if text}
    definition = pd.DataFrame(filled.items(), columns=[say("sheet.what"), say("sheet.text")])
    rows = frame_of_table(answer_table(net, answer, shown))
    write_tables({say("sheet.rows"): rows, say("sheet.definition"): definition}, path)
