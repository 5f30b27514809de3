"""Write an answer into a file: csv, json, xlsx or the text of the table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medgraph.queries.results import Answer


def write_answer(answer: Answer, path: str, format_: str, text: str) -> None:
    """Write `answer` as `format_`; CSV gets a BOM, because Excel needs one; `text` is its table."""
    from medgraph.loaders.atomic import replacing

    with replacing(Path(path)) as target:
        if format_ == "xlsx":
            _write_xlsx(answer, target)
        elif format_ == "csv":
            answer.everything.to_csv(target, index=False, encoding="utf-8-sig", date_format="%Y-%m-%d")
        else:
            content = answer.to_json() + "\n" if format_ == "json" else text
            target.write_text(content, encoding="utf-8", newline="\n")


def _write_xlsx(answer: Answer, target: Path) -> None:
    """One sheet of rows with a filter, one with the definition and the account; all text stays text."""
    import pandas as pd

    said = answer.to_dict()
    about = {"query": said["query"], "as_of": said["as_of"], **said["definition"], **(said["share"] or {}),
             **said["accounted"], "stamps": " ".join(answer.stamps)}
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    rows = answer.everything
    with pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs=options) as book:
        rows.to_excel(book, sheet_name="rows", index=False, freeze_panes=(1, 0))
        book.sheets["rows"].autofilter(0, 0, max(len(rows), 1), max(len(rows.columns) - 1, 0))
        pd.Series(about, name="value").rename_axis("key").reset_index().to_excel(
            book, sheet_name="definition", index=False)
