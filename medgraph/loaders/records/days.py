"""Read a column of records as days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.words.days import DAY_PATTERNS

if TYPE_CHECKING:
    import ibis.expr.types as ir

_YEAR, _MONTH, _DAY = 1, 2, 3  # the groups of the patterns


def as_day(table: ir.Table, column: str) -> ir.DateValue:
    """Return a column as days: text as people write one, year first; anything else is null."""
    import ibis

    value = table[column]
    if not value.type().is_string():
        return value.cast("date")
    text = value.strip()
    written = (_written(text, f"^(?:{pattern})$") for pattern in DAY_PATTERNS)
    is_iso = text.like("____-__-__")
    return ibis.coalesce(ibis.cases((is_iso, text)), *written).try_cast("date")


def _written(text: ir.StringValue, pattern: str) -> ir.StringValue:
    """The ISO day that a text is by a pattern, null where it does not fit."""
    import ibis

    year, month, day = (text.re_extract(pattern, group) for group in (_YEAR, _MONTH, _DAY))
    iso = year + "-" + month.lpad(2, "0") + "-" + day.lpad(2, "0")
    return ibis.cases((text.re_search(pattern), iso))
