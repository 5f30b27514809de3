"""Lay a table out for a page that sorts and narrows it: each column by its distinct values.

A page that knows the place of every value in the order of its column sorts a hundred thousand rows
by counting, and compares no text.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.visuals.report.tables import ReportTable


def columns_of(table: ReportTable) -> list[dict[str, Any]]:
    """Return the columns of a table, each with its distinct values in order and a place per row."""
    by_column = list(zip(*table.rows, strict=True)) or [()] * len(table.headings)
    return [
        {"name": name, "heading": heading, **_ordered(values)}
        for name, heading, values in zip(table.columns, table.headings, by_column, strict=True)
    ]


def _ordered(values: Sequence[Any]) -> dict[str, Any]:
    cells = [_cell(value) for value in values]
    distinct = sorted({*cells}, key=_order)
    place = {value: number for number, value in enumerate(distinct)}
    is_number = all(not isinstance(value, str) or not value for value in distinct)
    return {
        "is_number": is_number and any(value != "" for value in distinct),
        "values": distinct,
        "places": [place[cell] for cell in cells],
    }


def _cell(value: Any) -> int | float | str:
    """A value as JSON can say it; what is no finite number is a text."""
    is_finite = isinstance(value, int | float) and math.isfinite(value)
    return value if is_finite else str(value)


def _order(value: int | float | str) -> tuple[int, float, bytes]:
    """Numbers first, then texts as a Chinese dictionary has them, what is empty last."""
    if not isinstance(value, str):
        return 0, float(value), b""
    # in GB 18030 the frequent characters stand in the order of their pinyin
    return (1 if value else 2), 0.0, value.lower().encode("gb18030", "replace")
