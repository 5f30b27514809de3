"""Count records of referrals into flows, out of core, on DuckDB or on Spark.

The counting is written once, in Ibis; the engine decides where it runs. Records never become nodes
or links: what comes back is one row for each flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.flow_table import FlowTable
from medgraph.loaders.records.days import as_day
from medgraph.loaders.records.flows import count_flows, flow_notes, rejected
from medgraph.loaders.records.following import follow_persons
from medgraph.loaders.records.source import opened
from medgraph.loaders.records.temporary_disk import OF_FOLLOWED
from medgraph.words.numerals import FULL_WIDTH, PLAIN_WIDTH
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    import ibis.expr.types as ir

_READ = (
    *("to", "from", "date", "arrived", "kind", "specialty", "encounter", "residence", "place"),
    *("count", "person"),
)
_TEXTS_NAMED = 5
_MOST = 10**12  # patients in one row; more would be no count, and their sums no whole numbers


def read_records(
    source: str | Path,
    *,
    engine: str = "duckdb",
    master: str = "local[*]",
    memory: str = "2GB",
    follow: int | None = None,
    mapping: str | Path | None = None,
) -> FlowTable:
    r"""Read records of referrals and count them into flows.

    A flow is all records of one month that go from one facility to another and are of one kind,
    specialty, encounter, residence and place. Columns have Chinese or English titles. `to` is
    required; `from`, `date` (a day, year first), `kind` (up, down, transfer), `specialty`,
    `encounter`, `residence`, `place`, and `count` (else each row counts 1) are used where they are
    there; a note names the other columns, which are not read. A row without `to`, or with a day
    or a count that is none is not counted but listed by reason; one without `from` counts, from
    unknown.

    Parameters
    ----------
    source
        A file of records with a header: CSV (UTF-8, UTF-16 or GB18030; `.csv.gz` too), a workbook
        or Parquet; or files of one of them with the same columns: a folder, also with folders by
        day (`date=2023-10-05`, `2023-10`), a pattern (`2023-*.csv`), or an address of an object
        store (`s3://bucket/records`), with the credentials of the environment.
    engine
        `duckdb`, in this process, or `spark`.
    master
        The URL of a Spark master, or `sc://HOST:PORT` of a Spark Connect server.
    memory
        The most to be used, three quarters of it by DuckDB; what is more goes to disk, where it is
        looked for beforehand.
    follow
        A number of days. With `person` (a pseudonym), returns and double transfers within so many
        days are found; with `arrived` (an ISO day), delays.
    mapping
        A TOML file whose `[records.columns]` says which column of the file each of ours is, and
        `[records.words.kind]` what the words of one mean.

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
        For an unknown engine, or one that is not installed; for too little memory or temporary
        disk, and for an address that holds a password.

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
    with opened(
        source,
        engine,
        master,
        memory,
        reads=_READ,
        needs=("to",),
        mapping=mapping,
        of_row=0 if follow is None else OF_FOLLOWED,
    ) as records:
        rows = _with_day_and_count(records.table)
        flows = count_flows(rows)
        malformed = records.malformed()
        links = None
        if follow is not None:
            links = follow_persons(rows, follow, portions=records.portions)
        notes = (
            *records.notes,
            *flow_notes(flows, source),
            *_unread_texts(rows, flows.faults, records.places),
        )
        if "count" not in records.table.columns:
            notes += (say("records.each_counts_one"),)
    return FlowTable(
        flows.frame, rejected(flows.faults, malformed), flows.rows + malformed, links, follow, notes
    )


def _unread_texts(
    rows: ir.Table,
    faults: Mapping[str, int],
    places: Callable[[str, Collection[str]], Mapping[str, str]],
) -> Iterator[str]:
    """Name the days and counts that could not be read, those of most rows first, and where."""
    for reason, column, value in (("bad_date", "date", "day"), ("bad_count", "count", "n")):
        if not faults.get(reason):
            continue
        text = rows[column].cast("string").strip()
        wrong = rows.mutate(text=text).filter(rows[value].isnull() & (text.length() > 0))
        counted = wrong.group_by("text").aggregate(rows=wrong.count())
        order = [counted["rows"].desc(), counted["text"]]
        texts = counted.order_by(order).limit(_TEXTS_NAMED).execute()["text"]
        if len(texts):
            at = places(column, set(texts))
            shown = say("list_comma").join(_shown(text, at.get(text, "")) for text in texts)
            yield say(f"records.{reason}", texts=shown)


def _shown(text: str, place: str) -> str:
    """A text in quotes, and where it stands first, where that is known."""
    quoted = say("records.quoted", text=text)
    return say("records.quoted_at", quoted=quoted, place=place) if place else quoted


def _with_day_and_count(table: ir.Table) -> ir.Table:
    """The rows with `day`, `n` and, where they are dated, `month`; their faults show as nulls."""
    import ibis

    is_dated = "date" in table.columns
    day = as_day(table, "date") if is_dated else ibis.null("date")
    count = _whole(table["count"]) if "count" in table.columns else ibis.literal(1, "int64")
    rows = table.mutate(day=day, n=ibis.cases(((count > 0) & (count <= _MOST), count)))
    return rows.mutate(month=rows.day.truncate("M")) if is_dated else rows


def _whole(count: ir.Column) -> ir.IntegerValue:
    """Whole numbers as such; null for all others, which an engine would round."""
    import ibis

    if count.type().is_integer():
        return count.cast("int64")
    if count.type().is_numeric():
        number = count.cast("float64")
        return ibis.cases((number == number.floor(), number.try_cast("int64")))
    text = count.cast("string").translate(FULL_WIDTH, PLAIN_WIDTH).strip()
    has_thousands = text.re_search(r"^[0-9]{1,3}(,[0-9]{3})+([.]0*)?$")
    text = ibis.ifelse(has_thousands, text.replace(",", ""), text)
    is_whole = text.re_search(r"^[0-9]+([.]0*)?$")
    return ibis.cases((is_whole, text.try_cast("float64").try_cast("int64")))
