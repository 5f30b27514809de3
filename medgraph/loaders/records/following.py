"""Follow persons from record to record: how long they waited, and what became of those sent up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.loaders.records.days import as_day
from medgraph.words.record_titles import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir
    import pandas as pd

_WHOLE_NUMBERS = frozenset({"count", "delay_rows", "ups", "returned", "double"})


def follow_persons(rows: ir.Table, days: int) -> pd.DataFrame:
    """Return one row for each pair (from, to) and kind (up, down, empty), for rows with `day`, `n`.

    Columns: from, to, kind, count; with `arrived` delays in days (delay_rows, delay_median,
    delay_p90); with `person` what became of those sent up, within `days` (ups, returned, double).
    """
    rows = rows.filter(
        rows.n.notnull(), rows.day.notnull(), rows["from"].notnull(), rows.to.notnull()
    )
    rows = rows.mutate(direction=_direction(rows))
    measures: dict[str, Callable[[ir.Table], ir.Value]] = {"count": lambda table: table.n.sum()}
    if "arrived" in rows.columns:
        rows = _with_delay(rows)
        measures |= {
            "delay_rows": lambda table: table.delay.count(),
            "delay_median": lambda table: table.delay.quantile(0.5),
            "delay_p90": lambda table: table.delay.quantile(0.9),
        }
    if "person" in rows.columns:
        rows = _with_next(rows, days)
        measures |= {
            "ups": lambda table: table.is_up.sum(),
            "returned": lambda table: table.returned.sum(),
            "double": lambda table: table.double.sum(),
        }
    frame: pd.DataFrame = rows.group_by(["from", "to", "direction"]).aggregate(**measures).execute()
    frame = frame.rename(columns={"direction": "kind"})
    for column in _WHOLE_NUMBERS & set(frame.columns):
        frame[column] = frame[column].fillna(0).astype("int64")
    return frame.sort_values(["from", "to", "kind"], ignore_index=True)


def _direction(rows: ir.Table) -> ir.StringValue:
    """Up, down or the empty text, whatever language the record is in."""
    import ibis

    if "kind" not in rows.columns:
        return ibis.literal("")
    kind = rows.kind.strip().lower()
    is_up, is_down = kind.isin(KIND_WORDS["up"]), kind.isin(KIND_WORDS["down"])
    return ibis.cases((is_up, "up"), (is_down, "down"), else_="")


def _with_delay(rows: ir.Table) -> ir.Table:
    """Add the days from the referral to the arrival; null where the arrival is before it."""
    import ibis

    rows = rows.mutate(arrived=as_day(rows, "arrived"))
    delay = rows.arrived.delta(rows.day, unit="day")
    return rows.mutate(delay=ibis.cases((delay >= 0, delay)))


def _with_next(rows: ir.Table, days: int) -> ir.Table:
    """Add, by the person's next record: sent up; back down from there in time; sent further up."""
    import ibis

    order = ibis.window(group_by="person", order_by=["day", "from", "to"])
    rows = rows.mutate(
        next_from=rows["from"].lead().over(order),
        next_direction=rows.direction.lead().over(order),
        next_day=rows.day.lead().over(order),
    )
    is_up = (rows.direction == "up") & rows.person.notnull()
    is_next = rows.next_from == rows.to
    is_in_time = rows.next_day.delta(rows.day, unit="day") <= days
    followed = is_up & is_next & is_in_time
    return rows.mutate(
        is_up=is_up.cast("int64"),
        returned=_as_number(followed & (rows.next_direction == "down")),
        double=_as_number(followed & (rows.next_direction == "up")),
    )


def _as_number(flag: ir.BooleanValue) -> ir.IntegerValue:
    return flag.fill_null(False).cast("int64")
