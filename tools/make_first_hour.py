"""Make the pictures of docs/first-hour.md: `python -m tools.make_first_hour` (needs Chromium and a Chinese font).

Every picture comes from the commands of that page: the ugly workbook, 对照 before and after the three edits, the
tables as they are filled, and the grid map as it is printed.
"""

from __future__ import annotations

import html
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl

from tests.browser import browser, opened

PICTURES = Path(__file__).parent.parent / "docs" / "first-hour"
EDITS = {"已经核对": "是", "名册齐全": "是", "空白同上": "是"}
_STYLE = """body{font:14px "Noto Sans CJK SC",sans-serif;margin:12px;background:#fff}table{border-collapse:collapse}
td,th{border:1px solid #bbb;padding:3px 8px;max-width:320px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
th{background:#eee;font-weight:normal;color:#555}.edit{background:#fff7d6}.done{background:#ffd76a;font-weight:bold}"""


def medgraph(folder: Path, *words: str) -> None:
    """Run a command as a planner would."""
    subprocess.run(
        [sys.executable, "-m", "medgraph", *words, "--lang", "zh"], cwd=folder, check=True
    )


def edit(path: Path) -> int:
    """Make the three edits of the page in 对照, and return how many cells they were."""
    book, done = openpyxl.load_workbook(path), 0
    for row in book["对照"].iter_rows(min_row=2):
        if row[4].value in EDITS:
            row[1].value, done = EDITS[row[4].value], done + 1
    book.save(path)
    return done


def page(
    path: Path, sheet: str, target: Path, *, rows: range, columns: int, edited: bool = False
) -> Path:
    """Write some rows of a sheet as a page that looks like a spreadsheet."""
    tab = openpyxl.load_workbook(path)[sheet]
    spans = {
        (m.min_row, m.min_col): (
            min(m.max_row, rows[-1]) - m.min_row + 1,
            m.max_col - m.min_col + 1,
        )
        for m in tab.merged_cells.ranges
    }
    hidden = {
        (r, c)
        for (top, left), (down, across) in spans.items()
        for r in range(top, top + down)
        for c in range(left, left + across)
    } - set(spans)
    lines = ["<tr><th></th>" + "".join(f"<th>{chr(65 + c)}</th>" for c in range(columns)) + "</tr>"]
    for row in rows:
        cells = "".join(
            _cell(tab, row, c, spans, edited)
            for c in range(1, columns + 1)
            if (row, c) not in hidden
        )
        lines.append(f"<tr><th>{row}</th>{cells}</tr>")
    target.write_text(
        f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style><table>{''.join(lines)}</table>",
        encoding="utf-8",
    )
    return target


def _cell(tab: Any, row: int, column: int, spans: dict, edited: bool) -> str:
    value = tab.cell(row, column).value
    down, across = spans.get((row, column), (1, 1))
    said = tab.cell(row, 5).value if tab.title == "对照" else None
    shown = (
        ""
        if tab.title != "对照" or column != 2 or row == 1
        else "done"
        if edited and said in EDITS
        else "edit"
    )
    return (
        f'<td class="{shown}" rowspan="{down}" colspan="{across}">'
        f"{html.escape('' if value is None else str(value))}</td>"
    )


def main() -> None:
    """Run the five steps and take their pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, browser() as started:
        folder = Path(name)
        medgraph(folder, "sample", "taizhou-ugly", "ugly.xlsx")
        medgraph(folder, "tidy", "ugly.xlsx", "--output", "roster.xlsx")
        shots = {
            "1-ugly": page(
                folder / "ugly.xlsx", "附件1", folder / "1.html", rows=range(1, 34), columns=6
            ),
            "2-words": page(
                folder / "roster.xlsx", "对照", folder / "2.html", rows=range(1, 20), columns=6
            ),
        }
        edit(folder / "roster.xlsx")
        shots["3-edited"] = page(
            folder / "roster.xlsx",
            "对照",
            folder / "3.html",
            rows=range(1, 20),
            columns=6,
            edited=True,
        )
        medgraph(folder, "tidy", "roster.xlsx")
        shots["4-filled"] = page(
            folder / "roster.xlsx", "机构", folder / "4.html", rows=range(1, 16), columns=5
        )
        medgraph(folder, "map", "tiles", "roster.xlsx", "--output", "grid.html")
        shots["5-grid"] = folder / "grid.html"
        for shot, path in shots.items():
            with opened(started, path, size=(1123, 794)) as one:
                one.page.wait_for_timeout(300)
                one.page.screenshot(path=PICTURES / f"{shot}.png")


if __name__ == "__main__":
    main()
