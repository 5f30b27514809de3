"""Follow persons from record to record: how long they waited, and what became of those sent up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.loaders.records.days import as_day
from medgraph.loaders.records.portions import by_persons
from medgraph.words.record_titles import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import ibis.expr.types as ir
    import pandas as pd

_PAIR = ("from", "to", "direction")
_QUANTILES = {"delay_median": 0.5, "delay_p90": 0.9}
_WHOLE_NUMBERS = frozenset({"count", "delay_rows", "ups", "returned", "double"})


def follow_persons(rows: ir.Table, days: int, *, portions: int = 1) -> pd.DataFrame:
    """Return one row for each pair (from, to) and kind (up, down, empty), for rows with `day`, `n`.

    Columns: from, to, kind, count; with `arrived` delays in days (delay_rows, delay_median,
    delay_p90); with `person` what became of those sent up, within `days` (ups, returned, double).
    Persons are taken in so many portions.
    """
    rows = rows.filter(
        rows.n.notnull(), rows.day.notnull(), rows["from"].notnull(), rows.to.notnull()
    )
    rows = rows.mutate(direction=_direction(rows))
    sums = {"count": "n"}
    if "person" in rows.columns:
        sums |= {"ups": "is_up", "returned": "returned", "double": "double"}
    has_delays = "arrived" in rows.columns
    keys = (*_PAIR, "delay") if has_delays else _PAIR
    counted = _together(
        [_counted(some, days, keys, sums) for some in by_persons(rows, portions)], keys
    )
    counted = _with_delays(counted, sums) if has_delays else counted.drop("rows")
    frame: pd.DataFrame = counted.execute()
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


def _counted(rows: ir.Table, days: int, keys: Iterable[str], sums: Mapping[str, str]) -> ir.Table:
    if "person" in rows.columns:
        rows = _with_next(rows, days)
    if "arrived" in rows.columns:
        rows = _with_delay(rows)
    return _summed(rows, keys, sums)


def _together(counted: Sequence[ir.Table], keys: Iterable[str]) -> ir.Table:
    """What was counted of several portions as one table; the next begins when one has ended."""
    import ibis

    first = counted[0]
    if len(counted) == 1:
        return first
    backend = first.get_backend()
    parts = [backend.create_table(f"counted_{place}", part) for place, part in enumerate(counted)]
    stacked = ibis.union(*parts)
    numbers = {name: stacked[name].sum() for name in stacked.columns if name not in keys}
    return stacked.group_by(keys).aggregate(**numbers)


def _with_delay(rows: ir.Table) -> ir.Table:
    """Add the days from the referral to the arrival; null where the arrival is before it."""
    import ibis

    rows = rows.mutate(arrived=as_day(rows, "arrived"))
    delay = rows.arrived.delta(rows.day, unit="day")
    return rows.mutate(delay=ibis.cases((delay >= 0, delay)))


def _summed(rows: ir.Table, keys: Iterable[str], sums: Mapping[str, str]) -> ir.Table:
    added = {name: rows[column].sum() for name, column in sums.items()}
    return rows.group_by(keys).aggregate(rows=rows.count(), **added)


def _with_delays(counted: ir.Table, sums: Iterable[str]) -> ir.Table:
    """One row for each pair, with its delays, of rows that were counted for each delay.

    How often each delay occurs is enough, and is little, however many records there are. A quantile
    that falls between two delays lies as far between them as its rank does.
    """
    import ibis

    known = ibis.ifelse(counted.delay.notnull(), counted.rows, 0)
    in_order = ibis.cumulative_window(group_by=_PAIR, order_by="delay")
    counted = counted.mutate(
        up_to=known.sum().over(in_order), delay_rows=known.sum().over(group_by=_PAIR)
    )
    quantiles: dict[str, ir.Value] = {}
    for name, share in _QUANTILES.items():
        rank = (counted.delay_rows - 1) * share
        lower, upper = (
            counted.delay.min(where=counted.up_to > place) for place in (rank.floor(), rank.ceil())
        )
        part = (rank - rank.floor()).max()  # the same in all rows of a pair
        quantiles[name] = lower + (upper - lower) * part
    added = {name: counted[name].sum() for name in sums}
    delay_rows = counted.delay_rows.max()
    return counted.group_by(_PAIR).aggregate(**added, delay_rows=delay_rows, **quantiles)


def _with_next(rows: ir.Table, days: int) -> ir.Table:
    """Add, by the person's next record: sent up; back down from there in time; sent further up."""
    import ibis

    order = ibis.window(group_by="person", order_by=["day", *_PAIR])
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
