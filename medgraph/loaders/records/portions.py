"""Take persons in portions, so that what is put in their order fits on the temporary disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir


def by_persons(rows: ir.Table, portions: int) -> Iterator[ir.Table]:
    """Yield the rows of some persons after those of others, all rows of a person together.

    Rows without a person are in one of the portions.
    """
    if portions == 1 or "person" not in rows.columns:
        yield rows
        return
    number = (rows.person.cast("string").fill_null("").hash() % portions).abs()  # some are negative
    for place in range(portions):
        yield rows.filter(number == place)
