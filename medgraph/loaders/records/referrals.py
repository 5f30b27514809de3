"""Count records of referrals into flows, out of core, on DuckDB or on Spark.

The counting is written once, in Ibis; the engine decides where it runs. Records never become nodes
or links: what comes back is one row for each flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.flow_table import FlowTable
from medgraph.loaders.records.days import as_day
from medgraph.loaders.records.flows import count_flows, rejected
from medgraph.loaders.records.following import follow_persons
from medgraph.loaders.records.source import opened

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.types as ir


def read_records(
    source: str | Path,
    *,
    engine: str = "duckdb",
    master: str = "local[*]",
    memory: str = "2GB",
    follow: int | None = None,
) -> FlowTable:
    r"""Read records of referrals and count them into flows.

    A flow is all records of one month that go from one facility to another and are of one kind,
    specialty, encounter, residence and place. Columns have Chinese or English titles. `to` is
    required; `from`, `date` (an ISO day), `kind` (up, down, transfer), `specialty`, `encounter`,
    `residence`, `place`, and `count` (else each row counts 1) are used where they are there, and
    other columns are not read. A row without `to`, with a kind but without `from`, or with a day or
    a count that is none is not counted but listed by reason.

    Parameters
    ----------
    source
        A file of records, CSV in UTF-8 with a header or Parquet, or a folder of files of one of
        them with the same columns.
    engine
        `duckdb`, in this process, or `spark`.
    master
        The Spark master URL.
    memory
        The most that DuckDB may use; what is more goes to disk.
    follow
        A number of days. With `person` (a pseudonym), returns and double transfers within so many
        days are found; with `arrived` (an ISO day), delays.

    Returns
    -------
    FlowTable
        The flows, the rows that were not counted by reason, how many rows were read, and, with
        `follow`, one row for each pair of facilities.

    Raises
    ------
    SourceError
        For a source that is not there or has no column `to`, and for a column that would hold a
        person's identity, which its title gives away: no row is read.
    OptionError
        For an unknown engine, or one that is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import medgraph as mg
    >>> source = Path(tempfile.mkdtemp()) / "records.csv"
    >>> rows = ["from,to,date,kind", "A,B,2023-03-04,up", "A,B,2023-03-09,up", "A,,2023-03-09,up"]
    >>> _ = source.write_text("\n".join(rows))
    >>> table = mg.records.read_records(source)
    >>> table.frame[["from", "to", "month", "kind", "count"]].to_dict("records")
    [{'from': 'A', 'to': 'B', 'month': '2023-03', 'kind': 'up', 'count': 2}]
    >>> table.rejected.to_dict("records")
    [{'reason': 'no_to', 'rows': 1}]
    """
    with opened(source, engine, master, memory, needs=("to",)) as records:
        rows = _with_day_and_count(records.table)
        flows = count_flows(rows)
        malformed = records.malformed()
        links = follow_persons(rows, follow) if follow is not None else None
    return FlowTable(
        flows.frame, rejected(flows.faults, malformed), flows.rows + malformed, links, follow
    )


def _with_day_and_count(table: ir.Table) -> ir.Table:
    """The rows with `day`, `n` and, where they are dated, `month`; their faults show as nulls."""
    import ibis

    is_dated = "date" in table.columns
    day = as_day(table, "date") if is_dated else ibis.null("date")
    count = (
        table["count"].try_cast("int64") if "count" in table.columns else ibis.literal(1, "int64")
    )
    rows = table.mutate(day=day, n=ibis.cases((count > 0, count)))
    return rows.mutate(month=rows.day.truncate("M")) if is_dated else rows
