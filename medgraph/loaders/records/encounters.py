"""Derive transfers from stays, and count them into flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.errors import OptionError
from medgraph.graphmodel.flow_table import FlowTable
from medgraph.loaders.records.days import as_day
from medgraph.loaders.records.flows import count_flows, flow_notes, rejected
from medgraph.loaders.records.portions import by_persons
from medgraph.loaders.records.source import opened
from medgraph.loaders.records.temporary_disk import OF_STAY
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.types as ir

_FIRST_SIGN = "!"  # every blank comes before it
_OVERLAPS = ("truncate", "drop")
_COLUMNS = ("person", "to", "admitted", "discharged")
_OF_A_STAY = ("specialty", "encounter", "residence", "place", "kind")
_READ = (*_COLUMNS, *_OF_A_STAY)


def from_encounters(
    source: str | Path,
    *,
    window: int = 7,
    overlap: str = "truncate",
    engine: str = "duckdb",
    master: str = "local[*]",
    memory: str = "2GB",
    mapping: str | Path | None = None,
) -> FlowTable:
    r"""Derive transfers from stays and count them into flows.

    A transfer is a discharge and the next admission of one pseudonym at another facility, at most
    `window` days later; a stay discharged and another begun on one day is a transfer of 0 days, and
    the next stay at the same facility is none. Columns: person, facility (or `to`), admitted,
    discharged; specialty, encounter and residence are those of the stay that was left. Stays are
    put in the order of admission, discharge and facility, those that are alike in that by their
    other columns, and only the next stay counts. A stay without person, facility or days, or that
    ends before it begins, is not counted but listed.

    Parameters
    ----------
    source
        What holds stays, as `read_records` takes it.
    window
        The most days between discharge and admission.
    overlap
        What is done with stays that overlap: `truncate` ends the earlier one at the later
        admission, a transfer of 0 days; `drop` counts no transfer between them.
    engine
        `duckdb`, in this process, or `spark`.
    master
        The URL of a Spark master, or `sc://HOST:PORT` of a Spark Connect server.
    memory
        The most to be used, three quarters of it by DuckDB; what is more goes to disk, where it is
        looked for beforehand.
    mapping
        A TOML file whose `[records.columns]` says which column of the file each of ours is.

    Returns
    -------
    FlowTable
        The flows, the stays that were not counted by reason, and how many stays were read.

    Raises
    ------
    SourceError
        For a source that is not there or lacks a column, and for a column that would hold a
        person's identity.
    OptionError
        For an unknown rule of overlaps, a negative window, or an unknown engine.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import medgraph as mg
    >>> source = Path(tempfile.mkdtemp()) / "stays.csv"
    >>> rows = ["person,facility,admitted,discharged"]
    >>> rows += ["p1,A,2023-01-01,2023-01-05", "p1,B,2023-01-06,2023-01-09"]
    >>> _ = source.write_text("\n".join(rows))
    >>> table = mg.records.from_encounters(source)
    >>> table.frame[["from", "to", "month", "count"]].to_dict("records")
    [{'from': 'A', 'to': 'B', 'month': '2023-01', 'count': 1}]
    """
    if overlap not in _OVERLAPS or window < 0:
        allowed = ", ".join(_OVERLAPS)
        raise OptionError(say("not_one_of", what="overlap", value=overlap, allowed=allowed))
    with opened(
        source,
        engine,
        master,
        memory,
        reads=_READ,
        needs=_COLUMNS,
        mapping=mapping,
        of_row=OF_STAY,
    ) as records:
        stays = _with_days_and_reason(records.table)
        faults, read = _rows_by_reason(stays)
        malformed = records.malformed()
        sound = stays.filter(stays.reason.isnull())
        flows = count_flows(
            *(_transfers(some, window, overlap) for some in by_persons(sound, records.portions))
        )
    rule = say(f"records.overlap_{overlap}")
    note = say("records.encounters_note", window=window, overlap=rule)
    notes = (note, *records.notes, *flow_notes(flows, source))
    return FlowTable(flows.frame, rejected(faults, malformed), read + malformed, notes=notes)


def _with_days_and_reason(stays: ir.Table) -> ir.Table:
    """The stays with admission and discharge as days, and why they are not counted."""
    import ibis

    stays = stays.mutate(admitted=as_day(stays, "admitted"), discharged=as_day(stays, "discharged"))
    has_no_person = _is_blank(stays.person.cast("string"))
    has_no_facility = _is_blank(stays.to)
    has_no_days = stays.admitted.isnull() | stays.discharged.isnull()
    reason = ibis.cases(
        (has_no_person, "no_person"),
        (has_no_facility, "no_to"),
        (has_no_days, "bad_date"),
        (stays.discharged < stays.admitted, "discharge_before_admission"),
    )
    return stays.mutate(reason=reason)


def _is_blank(text: ir.StringValue) -> ir.BooleanValue:
    """Whether a text is missing or only blanks; what begins with none is not looked at further."""
    return text.isnull() | ((text < _FIRST_SIGN) & (text.strip() == ""))


def _rows_by_reason(stays: ir.Table) -> tuple[dict[str, int], int]:
    """How many stays are not counted for which reason, and how many stays there are."""
    counts = stays.group_by("reason").aggregate(rows=stays.count()).execute()
    faulty = counts.dropna(subset="reason")
    faults = dict(zip(faulty["reason"], faulty["rows"], strict=True))
    return faults, int(counts["rows"].sum())


def _transfers(stays: ir.Table, window: int, overlap: str) -> ir.Table:
    """The stays that end in a transfer, as records: from, to, day, month, n."""
    import ibis

    # Stays of one day at one facility: which is left last must not depend on the order of rows.
    ties = [name for name in _OF_A_STAY if name in stays.columns]
    order = ibis.window(group_by="person", order_by=["admitted", "discharged", "to", *ties])
    stays = stays.mutate(
        next_to=stays.to.lead().over(order), next_admitted=stays.admitted.lead().over(order)
    )
    gap = stays.next_admitted.delta(stays.discharged, unit="day")
    is_transfer = (stays.next_to != stays.to) & (gap <= window)
    if overlap == "drop":
        is_transfer = is_transfer & (gap >= 0)
    found = stays.filter(is_transfer)
    day = ibis.least(found.discharged, found.next_admitted)
    one = ibis.literal(1, "int64")
    found = found.mutate(**{"from": found.to}, day=day, n=one)
    return found.mutate(to=found.next_to, month=found.day.truncate("M"))
