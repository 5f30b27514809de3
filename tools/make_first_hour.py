"""Make the pictures of docs/first-hour.md: `python -m tools.make_first_hour`.

Needs Chromium and a Chinese font. Every picture comes from the commands of that page: the ugly
workbook, 请回答 before and after the three answers, 对照, the tables as they are filled, and the grid
map as it is printed. The answers are kept as docs/first-hour.toml, which the page reads with.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from medgraph.visuals.page import pages
from tests.browser import browser, opened

DOCS = Path(__file__).parent.parent / "docs"
PICTURES, MAPPING = DOCS / "first-hour", DOCS / "first-hour.toml"
# The sheets that people fill in, their column to fill, and what is said in every question.
QUESTIONS, WORDS, FILLED_IN, SAID = "请回答", "对照", 2, "是"
SIZES = {"2-questions": (1123, 190), "3-answers": (1123, 190)}  # of pictures that hold little
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


def answer(path: Path) -> None:
    """Answer each question of the page as it does: yes."""
    book = openpyxl.load_workbook(path)
    tab = book[QUESTIONS]
    for row in range(2, tab.max_row + 1):
        tab.cell(row, FILLED_IN).value = SAID
    book.save(path)


def page(path: Path, sheet: str, target: Path, *, rows: range, columns: int) -> Path:
    """Write some rows of a sheet, its hidden columns left out, as a page like a spreadsheet."""
    tab = openpyxl.load_workbook(path)[sheet]
    rows = range(rows.start, min(rows.stop, tab.max_row + 1))
    shown_columns = [
        column
        for column in range(1, columns + 1)
        if not tab.column_dimensions[get_column_letter(column)].hidden
    ]
    spans = _spans(tab, rows[-1])
    covered = _covered(spans)
    shown = [
        (
            row,
            [
                _cell(tab, row, column, spans.get((row, column), (1, 1)))
                for column in shown_columns
                if (row, column) not in covered
            ],
        )
        for row in rows
    ]
    letters = [get_column_letter(column) for column in shown_columns]
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


def _cell(tab: Any, row: int, column: int, span: tuple[int, int]) -> dict[str, Any]:
    """Return a cell as the template shows it."""
    value = tab.cell(row, column).value
    down, across = span
    look = _look(tab, row, column)
    return {"text": "" if value is None else value, "down": down, "across": across, "look": look}


def _look(tab: Any, row: int, column: int) -> str:
    """Return how a cell looks: one that the reader may fill, or an answer."""
    if tab.title not in (QUESTIONS, WORDS) or row == 1 or column != FILLED_IN:
        return ""
    is_answered = tab.title == QUESTIONS and tab.cell(row, column).value
    return "done" if is_answered else "edit"


def main() -> None:
    """Run the five steps and take their pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, browser() as started:
        folder = Path(name)
        medgraph(folder, "sample", "taizhou-ugly", "ugly.xlsx")
        medgraph(folder, "tidy", "ugly.xlsx", "--output", "roster.xlsx")
        roster = folder / "roster.xlsx"
        shots = {
            "1-ugly": page(
                folder / "ugly.xlsx", "附件1", folder / "1.html", rows=range(1, 34), columns=6
            ),
            "2-questions": page(roster, QUESTIONS, folder / "2.html", rows=range(1, 12), columns=6),
            "4-words": page(roster, WORDS, folder / "4.html", rows=range(1, 23), columns=6),
        }
        answer(roster)
        shots["3-answers"] = page(
            roster, QUESTIONS, folder / "3.html", rows=range(1, 12), columns=6
        )
        medgraph(folder, "tidy", "roster.xlsx", "--save-mapping", str(MAPPING))
        shots["5-filled"] = page(roster, "机构", folder / "5.html", rows=range(1, 16), columns=4)
        medgraph(folder, "map", "tiles", "roster.xlsx", "--output", "grid.html")
        shots["6-grid"] = folder / "grid.html"
        for shot, path in sorted(shots.items()):
            with opened(started, path, size=SIZES.get(shot, (1123, 794))) as one:
                one.page.wait_for_timeout(300)
                one.page.screenshot(path=PICTURES / f"{shot}.png")


if __name__ == "__main__":
    main()
