"""Write a draft as a workbook to check.

It holds the network, and beside it what was read, counted, repaired and compared.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.loaders import registry
from medgraph.loaders.plans.targets import targets
from medgraph.loaders.workbooks import workbook
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.loaders.plans.draft import Draft


def write_draft(read: Draft, target: str | Path, *, compared: pd.DataFrame | None = None) -> None:
    """Write the network of a draft, and in a workbook the sheets for people too.

    Sheets: every sentence with clause, span, fate, rule and how many links it gave; counts and
    names without an area; targets; every repair; and `compared`, a comparison with a roster, where
    there is one.
    """
    if registry.format_of_target(target).name != "workbook":
        registry.write(read.network, target)
        return
    sheets = {
        "sentences": sentence_rows(read),
        "counts": count_rows(read),
        "targets": target_rows(read),
        "repairs": repair_rows(read),
    }
    if compared is not None:
        sheets["comparison"] = compared
    registry.never_onto_other(target)
    workbook.write(read.network, Path(target), beside=_in_words(sheets))


def _in_words(sheets: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The sheets with titles and headings in the language of now."""
    return {
        say(f"plan_sheet_{name}"): rows.rename(columns=lambda column: say(f"plan_head_{column}"))
        for name, rows in sheets.items()
    }


def sentence_rows(read: Draft) -> pd.DataFrame:
    """Return one row for each sentence, so that none is lost.

    Columns: number, clause, span, fate, rule, links, text.
    """
    edges = read.network.edges()
    links = Counter(edges["span"]) if len(edges) else Counter()
    rows = []
    for number, sentence in enumerate(read.sentences, 1):
        fate = say(f"draft_{sentence.status}")
        given = int(links[sentence.span])
        rows.append(
            (
                number,
                sentence.clause,
                sentence.span,
                fate,
                sentence.forms,
                given,
                sentence.text,
            )
        )
    columns = ["number", "clause", "span", "fate", "rule", "links", "text"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def count_rows(read: Draft) -> pd.DataFrame:
    """Return one row for each stated count, and for each facility without an area.

    Columns: clause, what, stated, read, holds.
    """
    rows: list[tuple[str, str, int | None, int | None, str]] = []
    for clause, count in read.counts:
        holds = say("plan_count_holds") if count.holds else say("plan_count_fails")
        rows.append((clause, count.tail, count.stated, count.read, holds))
    for name in read.unplaced:
        rows.append(("", name, None, None, say("plan_count_unplaced")))
    columns = ["clause", "what", "stated", "read", "holds"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def target_rows(read: Draft) -> pd.DataFrame:
    """Return one row for each number that the plan sets itself.

    Columns: kind, what, value, unit, span.
    """
    rows = targets(read.repaired.text)
    rows["kind"] = [say(f"plan_target_{kind}") for kind in rows["kind"]]
    rows["span"] = [f"{row.start}-{row.end}" for row in rows.itertuples()]
    return rows[["kind", "what", "value", "unit", "span"]]


def repair_rows(read: Draft) -> pd.DataFrame:
    """Return one row for each repair, and for what was only flagged.

    Columns: kind, line, before, after.
    """
    repaired = read.repaired
    rows = [
        (say(f"plan_mend_{change.kind}"), change.line, change.before, change.after)
        for change in (*repaired.changes, *repaired.flags)
    ]
    return pd.DataFrame(rows, columns=["kind", "line", "before", "after"], dtype=object)


def facts(read: Draft, compared: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables above the sentences of the page to check, by title.

    Targets, counts, how many repairs of which kind, and what is not the same in the roster.
    """
    repairs = [(say(f"plan_mend_{kind}"), count) for kind, count in read.repaired.counts.items()]
    tables = {
        "targets": target_rows(read),
        "counts": count_rows(read),
        "repairs": pd.DataFrame(repairs, columns=["kind", "value"], dtype=object),
    }
    if compared is not None:
        tables["comparison"] = compared[compared["status"] != "same"]
    return _in_words(tables)
