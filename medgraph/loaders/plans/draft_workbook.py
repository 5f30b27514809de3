"""Write a draft as a workbook to check: the network, and beside it what was read, counted, mended and compared."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.loaders import registry
from medgraph.loaders.plans.targets import targets
from medgraph.loaders.workbooks import workbook
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.loaders.plans.draft import Draft


def write_draft(read: Draft, target: str | Path, *, compared: pd.DataFrame | None = None) -> None:
    """Write the network of a draft; a workbook holds the sheets for people too, other formats the network alone.

    Sheets: every sentence with clause, span, fate, rule and how many links it gave; counts and names without an
    area; targets; every repair; and `compared`, a comparison with a roster, where there is one.
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
    beside = {
        say(f"plan_sheet_{name}"): rows.rename(columns=_heading) for name, rows in sheets.items()
    }
    workbook.write(read.network, Path(target), beside=beside)


def _heading(column: str) -> str:
    return say(f"plan_head_{column}")


def sentence_rows(read: Draft) -> pd.DataFrame:
    """One row for each sentence, so that none is lost. Columns: number, clause, span, fate, rule, links, text."""
    import pandas as pd

    links = Counter(read.network.edges()["span"]) if len(read.network.edges()) else Counter()
    rows = [
        (
            number,
            one.clause,
            span,
            say(f"draft_{one.status}"),
            one.forms,
            int(links[span]),
            one.text,
        )
        for number, one in enumerate(read.sentences, 1)
        for span in (f"{one.start}-{one.end}",)
    ]
    return pd.DataFrame(
        rows, columns=["number", "clause", "span", "fate", "rule", "links", "text"], dtype=object
    )


def count_rows(read: Draft) -> pd.DataFrame:
    """One row for each stated count, and for each facility without an area.

    Columns: clause, what, stated, read, holds.
    """
    import pandas as pd

    said = {True: say("plan_count_holds"), False: say("plan_count_fails")}
    rows = [
        (clause, count.tail, count.stated, count.read, said[count.holds])
        for clause, count in read.counts
    ]
    rows += [("", name, None, None, say("plan_count_unplaced")) for name in read.unplaced]
    return pd.DataFrame(rows, columns=["clause", "what", "stated", "read", "holds"], dtype=object)


def target_rows(read: Draft) -> pd.DataFrame:
    """One row for each number that the plan sets itself. Columns: kind, what, value, unit, span."""
    rows = targets(read.repaired.text)
    rows["kind"] = [say(f"plan_target_{kind}") for kind in rows["kind"]]
    rows["span"] = [f"{row.start}-{row.end}" for row in rows.itertuples()]
    return rows[["kind", "what", "value", "unit", "span"]]


def repair_rows(read: Draft) -> pd.DataFrame:
    """One row for each repair, and for what was only flagged. Columns: kind, line, before, after."""
    import pandas as pd

    rows = [
        (say(f"plan_mend_{one.kind}"), one.line, one.before, one.after)
        for one in (*read.repaired.changes, *read.repaired.flags)
    ]
    return pd.DataFrame(rows, columns=["kind", "line", "before", "after"], dtype=object)


def facts(read: Draft, compared: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables that stand above the sentences of the page to check, by title.

    Targets, counts, how many repairs of which kind, and what is not the same in the roster.
    """
    import pandas as pd

    mended = pd.DataFrame(
        [(say(f"plan_mend_{kind}"), times) for kind, times in read.repaired.counts.items()],
        columns=["kind", "value"],
        dtype=object,
    )
    tables = {"targets": target_rows(read), "counts": count_rows(read), "repairs": mended}
    if compared is not None:
        tables["comparison"] = compared[compared["status"] != "same"]
    return {
        say(f"plan_sheet_{name}"): rows.rename(columns=_heading) for name, rows in tables.items()
    }
