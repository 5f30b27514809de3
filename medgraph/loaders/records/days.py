"""Read a column of records as days."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def as_day(table: ir.Table, column: str) -> ir.DateValue:
    """Return a column as days: text only in the form 2023-10-25, anything else is null."""
    import ibis

    value = table[column]
    if value.type().is_string():
        return ibis.cases((value.like("____-__-__"), value.try_cast("date")))
    return value.cast("date")
