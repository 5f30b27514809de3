"""Write answers and tables into files, whole or not at all; text from the data stays text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.loaders.atomic import replacing

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.queries.results import Answer


def write_answer(answer: Answer, path: str, format_: str, text: str) -> None:
    """Write `answer` as csv, json, xlsx, or as its `text`."""
    import pandas as pd

    if format_ == "xlsx":
        said = answer.to_dict()
        about = {
            "query": said["query"],
            "as_of": said["as_of"],
            **said["definition"],
            **(said["share"] or {}),
            **said["accounted"],
            "stamps": " ".join(answer.stamps),
        }
        definition = pd.Series(about, name="value").rename_axis("key").reset_index()
        write_tables({"rows": answer.everything, "definition": definition}, path)
    elif format_ == "csv":
        write_text(as_csv(answer), path, bom=True)
    else:
        write_text(answer.to_json() + "\n" if format_ == "json" else text, path)


def as_csv(answer: Answer) -> str:
    """Return all rows of an answer; where it carries stamps each row does, in a last column `stamp`."""
    rows = answer.everything
    if answer.stamps:
        rows = rows.assign(stamp=" ".join(answer.stamps))
    return rows.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def write_text(text: str, path: str | Path, *, bom: bool = False) -> None:
    """Write UTF-8; `bom` for CSV, because Excel needs one."""
    with replacing(Path(path)) as target:
        target.write_text(text, encoding="utf-8-sig" if bom else "utf-8", newline="\n")


def write_tables(tables: Mapping[str, pd.DataFrame], path: str | Path) -> None:
    """Write one sheet per table, with a filter and a frozen header."""
    import pandas as pd

    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with (
        replacing(Path(path)) as target,
        pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs=options) as book,
    ):
        for name, frame in tables.items():
            frame.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
            book.sheets[name].autofilter(0, 0, max(len(frame), 1), max(len(frame.columns) - 1, 0))
