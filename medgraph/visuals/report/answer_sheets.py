"""Lay an answer out as the sheets of a workbook that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.graphmodel.headings import relations_in_words
from medgraph.visuals.headings import said
from medgraph.visuals.report.tables import accounted
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.visuals.report.tables import ReportTable


def answer_sheets(
    answer: Any, table: ReportTable, remarks: Sequence[str] = ()
) -> dict[str, pd.DataFrame]:
    """Return the rows as one sheet, and as another what they are shares of.

    `table` has those rows of the answer that are wanted; `remarks` are on their choice.
    """
    about = {
        say("sheet.asked"): title_of(answer),
        **{say(f"sheet.{name}"): text for name, text in answer.definition.to_dict().items()},
        say("sheet.accounted"): accounted(answer),
        say("sheet.needs"): relations_in_words(" ".join(answer.needs_in_words)),
        say("sheet.notes"): " ".join([*answer.stamps, *answer.notes, *remarks]),
    }
    filled = {name: text for name, text in about.items() if text}
    definition = pd.DataFrame(filled.items(), columns=[say("sheet.what"), say("sheet.text")])
    return {say("sheet.rows"): frame_of_table(table), say("sheet.definition"): definition}


def title_of(answer: Any) -> str:
    """Return what was asked, in words, and as of which day."""
    asked = said("answer.", answer.query, answer.query)
    return say("asked_as_of", asked=asked, day=answer.as_of.isoformat())


def frame_of_table(table: ReportTable) -> pd.DataFrame:
    """Return a table as people read it as a frame."""
    return pd.DataFrame(list(table.rows), columns=list(table.headings), dtype=object)
