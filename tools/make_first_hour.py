"""Make the pictures of docs/first-hour.md: `python -m tools.make_first_hour`.

Needs Chromium and a Chinese font. Every picture comes from the commands of that page: the ugly
workbook, 对照 before and after the three edits, the tables as they are filled, and the grid map as
it is printed.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl

from medgraph.visuals.page import pages
from tests.browser import browser, opened

PICTURES = Path(__file__).parent.parent / "docs" / "first-hour"
EDITS = {"已经核对": "是", "名册齐全": "是", "空白同上": "是"}
# What the page calls them; the whole page is in Chinese, as its reader's workbook is.
WORDS, MEANING, VALUE = "对照", 4, 1
_PAGE = """<!doctype html><meta charset=utf-8>
<style>
body { font: 14px "Noto Sans CJK SC", sans-serif; margin: 12px; background: #fff }
table { border-collapse: collapse }
td, th { border: 1px solid #bbb; padding: 3px 8px; max-width: 320px; overflow: hidden;
  white-space: nowrap; text-overflow: ellipsis }
th { background: #eee; font-weight: normal; color: #555 }
.edit { background: #fff7d6 }
.done { background: #ffd76a; font-weight: bold }
</style>
<table>
<tr><th></th>{% for letter in letters %}<th>{{ letter }}</th>{% endfor %}</tr>
{% for number, cells in rows %}
<tr><th>{{ number }}</th>{% for cell in cells %}
<td class="{{ cell.look }}" rowspan="{{ cell.down }}" colspan="{{ cell.across }}">
{{- cell.text -}}
</td>{% endfor %}</tr>
{% endfor %}
</table>"""


def medgraph(folder: Path, *words: str) -> None:
    """Run a command as a planner would."""
    subprocess.run(
        [sys.executable, "-m", "medgraph", *words, "--lang", "zh"], cwd=folder, check=True
    )


def edit(path: Path) -> int:
    """Make the three edits of the page in 对照, and return how many cells they were."""
    book, done = openpyxl.load_workbook(path), 0
    for row in book[WORDS].iter_rows(min_row=2):
        asked = row[MEANING].value
        if asked in EDITS:
            row[VALUE].value = EDITS[asked]
            done += 1
    book.save(path)
    return done


def page(
    path: Path, sheet: str, target: Path, *, rows: range, columns: int, edited: bool = False
) -> Path:
    """Write some rows of a sheet as a page that looks like a spreadsheet."""
    tab = openpyxl.load_workbook(path)[sheet]
    spans = _spans(tab, rows[-1])
    covered = _covered(spans)
    shown = [
        (
            row,
            [
                _cell(tab, row, column, spans.get((row, column), (1, 1)), edited=edited)
                for column in range(1, columns + 1)
                if (row, column) not in covered
            ],
        )
        for row in rows
    ]
    letters = [chr(ord("A") + column) for column in range(columns)]
    text = pages.environment().from_string(_PAGE).render(letters=letters, rows=shown)
    target.write_text(text, encoding="utf-8")
    return target


def _spans(tab: Any, last: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each merged cell how many rows and columns it spans of those shown."""
    return {
        (merged.min_row, merged.min_col): (
            min(merged.max_row, last) - merged.min_row + 1,
            merged.max_col - merged.min_col + 1,
        )
        for merged in tab.merged_cells.ranges
    }


def _covered(spans: dict[tuple[int, int], tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the cells that lie under a merged one."""
    under: set[tuple[int, int]] = set()
    for (top, left), (down, across) in spans.items():
        cells = itertools.product(range(top, top + down), range(left, left + across))
        under |= set(cells) - {(top, left)}
    return under


def _cell(
    tab: Any, row: int, column: int, span: tuple[int, int], *, edited: bool
) -> dict[str, Any]:
    """Return a cell as the template shows it."""
    value = tab.cell(row, column).value
    down, across = span
    look = _look(tab, row, column, edited=edited)
    return {"text": "" if value is None else value, "down": down, "across": across, "look": look}


def _look(tab: Any, row: int, column: int, *, edited: bool) -> str:
    """Return how a cell looks: one that the reader may fill, or one that was filled."""
    if tab.title != WORDS or row == 1 or column != VALUE + 1:
        return ""
    asked = tab.cell(row, MEANING + 1).value
    return "done" if edited and asked in EDITS else "edit"


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
                folder / "roster.xlsx", WORDS, folder / "2.html", rows=range(1, 20), columns=6
            ),
        }
        edit(folder / "roster.xlsx")
        shots["3-edited"] = page(
            folder / "roster.xlsx",
            WORDS,
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
