"""Find the numbers a plan sets itself: shares to reach, indicators with their weights, days and phases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("kind", "value", "unit", "what", "start", "end")

_SHARE = re.compile(
    r"(?P<what>[^，,。；;、\n\d]{0,24})(?P<value>\d{1,3}(?:\.\d+)?)[%％]"
    "(?P<bound>以上|以下|左右)?"
)
_DAY = re.compile(
    r"(?P<value>20\d{2}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?P<bound>[年]?[上中下]旬|底前?|末|前)?)"
    "(?P<what>[，,]?[^，,。；;、\n（）()]{0,24})"
)
_PHASE = re.compile(
    r"(?P<what>[^，,。；;\n（(）)]{2,12}阶段)[（(](?P<value>20\d{2}年[^）)\n]{1,24})[）)]"
)
_SECTION = re.compile(
    r"^[^\S\n]*[一二三四五六七八九十]+、(?P<what>[^\n（(]{2,30})[（(](?:最高)?(?P<value>\d{1,4})分[）)]",
    re.MULTILINE,
)
_NUMBER_LINE = re.compile(r"\d{1,3}")


def targets(text: str) -> pd.DataFrame:
    """Return the numbers and targets of a repaired plan text, in the order of the text.

    Kinds: `share` (per cent, with 以上 or 左右 in `unit`), `day` (and what it is the day of), `phase` (name and
    days), `section` (of a table of indicators, in points), `indicator` (its number in `unit`, its weight in points,
    None where it has none).

    Columns: kind, value, unit, what, start, end (span in the text).
    """
    import pandas as pd

    rows = [
        (
            "share",
            found["value"],
            "%" + (found["bound"] or ""),
            found["what"].strip(),
            *found.span(),
        )
        for found in _SHARE.finditer(text)
    ]
    phases = list(_PHASE.finditer(text))
    rows += [("phase", found["value"], "", found["what"], *found.span()) for found in phases]
    begun = {found.start("value") for found in phases}
    rows += [
        ("day", found["value"], "", found["what"].strip("，,"), found.start(), found.end("value"))
        for found in _DAY.finditer(text)
        if found.start() not in begun
    ]
    rows += [
        ("section", found["value"], "分", found["what"], *found.span())
        for found in _SECTION.finditer(text)
    ]
    rows += _indicators(text)
    return pd.DataFrame(sorted(rows, key=lambda row: row[4]), columns=list(COLUMNS), dtype=object)


def _indicators(text: str) -> list[tuple]:
    """The rows of a table whose cells stand line by line: a number that counts up, words, and a weight.

    The weight is the last line that is only a number before the next number of the count.
    """
    if "权重" not in text:
        return []
    lines = [
        (found.group().strip(), *found.span())
        for found in re.finditer(r"[^\n]+", text)
        if found.group().strip()
    ]
    begin = next(i for i, line in enumerate(lines) if "权重" in line[0])
    rows, open_row, wanted = [], None, 1
    for cell, start, end in lines[begin + 1 :]:
        if cell.startswith("附件"):
            break
        if (
            _NUMBER_LINE.fullmatch(cell)
            and int(cell) == wanted
            and (open_row is None or open_row[3])
        ):
            rows += [open_row] if open_row else []
            open_row, wanted = ["indicator", None, str(wanted), "", start, end], wanted + 1
        elif open_row and _NUMBER_LINE.fullmatch(cell) and open_row[1] is None:
            open_row[1], open_row[5] = cell, end
        elif open_row and not open_row[3]:
            open_row[3], open_row[5] = cell, end
    return [tuple(row) for row in [*rows, *([open_row] if open_row else [])]]
