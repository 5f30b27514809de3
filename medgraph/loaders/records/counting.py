"""Count referral and encounter records into flows, out of core, on DuckDB or on Spark.

The aggregation is written once, in Ibis; the engine decides where it runs. Records never become nodes or links:
what comes back is one row per flow. Text files are UTF-8 CSV with a header; days are ISO days (2023-10-25).
"""

from __future__ import annotations

import contextlib
import csv
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError, SourceError
from medgraph.graphmodel.flow_table import FIELDS, KEYS, FlowTable
from medgraph.suffixes import CSV, PARQUET
from medgraph.words.say import problem, say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

# Columns that would hold a person's identity: refused by their folded name, before a single row is read.
_PERSONAL = re.compile(
    r"身份证|证件号|身份号|姓名|电话|手机|联系方式|住址|家庭地址|社保卡|医保卡|idcard|identity|^id(?:no|number)|nationalid|"
    r"^ssn|passport|^(?:full|patient|person|first|last|given|family)?name$|phone|mobile|^tel(?:no|number)?$|email|^address"
)
_ENGINES = ("duckdb", "spark")
_OVERLAPS = ("truncate", "drop")
_BROKEN = "_broken"


def read_records(
    source: str | Path,
    *,
    engine: str = "duckdb",
    master: str = "local[*]",
    memory: str = "2GB",
    follow: int | None = None,
) -> FlowTable:
    """Read referral records (CSV, Parquet, or a folder of one of them) and count them into flows.

    Columns (Chinese or English headers, see `FIELDS`): `to` is required; from, date, kind (up, down), specialty,
    encounter, residence, place, and `count` (else each row counts 1) are used where they are there. A row without
    `to`, with a kind but without `from`, with a day or a count that is none, is not counted but listed by reason.
    `follow` days: with `person` (a pseudonym), find returns and double transfers; with `arrived`, delays.
    `engine` is duckdb (with `memory` at most, spilling to disk) or spark (`master`: a Spark master URL). Raise
    SourceError for a personal column (refused by its name), OptionError for an unknown engine. Other columns are
    not read.
    """
    with _opened(source, engine, master, memory, needs=("to",)) as records:
        return _counted(records, _typed(records.table), follow)


def from_encounters(
    source: str | Path,
    *,
    window: int = 7,
    overlap: str = "truncate",
    engine: str = "duckdb",
    master: str = "local[*]",
    memory: str = "2GB",
) -> FlowTable:
    """Derive transfers from stays: discharge and next admission of one pseudonym elsewhere within `window` days.

    Columns: person, facility (or `to`), admitted, discharged; specialty, encounter and residence are those of the
    stay left. Stays are put in the order admission, discharge, facility; only the next stay counts. A stay
    discharged and another begun on one day is a transfer (0 days). Overlapping stays: `truncate` ends the earlier
    at the later admission (a transfer, 0 days), `drop` counts no transfer between them. The next stay at the same
    facility is no transfer. A stay without person, facility or days, or that ends before it begins, is listed.
    """
    if overlap not in _OVERLAPS or window < 0:
        raise OptionError(
            say("not_one_of", what="overlap", value=overlap, allowed=", ".join(_OVERLAPS))
        )
    with _opened(
        source, engine, master, memory, needs=("person", "to", "admitted", "discharged")
    ) as records:
        table = records.table
        stays = table.mutate(admitted=_day(table, "admitted"), discharged=_day(table, "discharged"))
        stays = stays.mutate(reason=_stay_fault(stays))
        transfers = _transfers(stays.filter(stays.reason.isnull()), window, overlap)
        kinds = stays.group_by("reason").aggregate(rows=stays.count()).execute()
        faulty = kinds.dropna(subset="reason")
        rejected = _rejects(
            dict(zip(faulty["reason"], faulty["rows"], strict=True)), records.malformed()
        )
        frame, _ = _split(_grouped(transfers))
        note = say(
            "records.encounters_note", window=window, overlap=say(f"records.overlap_{overlap}")
        )
        return FlowTable(frame, rejected, int(kinds["rows"].sum()) + records.broken, notes=(note,))


# -- opening ---------------------------------------------------------------------------------------


class _Records:
    """An opened source: `table` (columns renamed to ours) and how many lines had too few or too many fields."""

    def __init__(self, backend: Any, table: ir.Table) -> None:
        self._backend = backend
        self._whole = table
        self.table = (
            table.filter(table[_BROKEN].isnull()).drop(_BROKEN)
            if _BROKEN in table.columns
            else table
        )
        self.broken = 0

    def malformed(self) -> int:
        """Return the lines that are no rows; ask after the rows were read."""
        if _BROKEN in self._whole.columns:
            marked = self._whole.mutate(is_broken=self._whole[_BROKEN].notnull())
            counts = (
                marked.group_by("is_broken")
                .aggregate(rows=marked.count(), last=marked.to.max())
                .execute()
            )
            self.broken = int(counts.loc[counts["is_broken"], "rows"].sum())
        elif self._backend.name == "duckdb" and self._ask(
            "select count(*) from duckdb_tables() where table_name = 'reject_errors'"
        ):
            self.broken = self._ask(
                "select count(*) from (select distinct s.file_path, e.line from reject_errors e "
                "join reject_scans s using (scan_id, file_id))"
            )
        return self.broken

    def _ask(self, sql: str) -> int:
        return int(self._backend.raw_sql(sql).fetchall()[0][0])


@contextlib.contextmanager
def _opened(
    source: str | Path, engine: str, master: str, memory: str, *, needs: tuple[str, ...]
) -> Iterator[_Records]:
    """Open a source on an engine and rename its columns; the engine's own files are gone afterwards."""
    if engine not in _ENGINES:
        raise OptionError(
            say("not_one_of", what="engine", value=engine, allowed=", ".join(_ENGINES))
        )
    paths = _files(Path(source))
    names = _columns(paths)
    for column in needs:
        if column not in names.values():
            raise SourceError(
                say("records.no_column", column=column, also="、".join(FIELDS[column]))
            )
    with tempfile.TemporaryDirectory(prefix="medgraph-") as spill:
        backend = _spark(master) if engine == "spark" else _duckdb(memory, spill)
        try:
            table = _read(backend, paths, list(names))
            kept = {ours: theirs for theirs, ours in names.items() if ours}
            broken = {_BROKEN: _BROKEN} if _BROKEN in table.columns else {}
            yield _Records(
                backend,
                table.select(**{ours: table[theirs] for ours, theirs in (kept | broken).items()}),
            )
        finally:
            backend.disconnect()


def _duckdb(memory: str, spill: str) -> Any:
    try:
        import ibis
    except ImportError as error:
        raise OptionError(say("records.not_installed", extra="records")) from error
    return ibis.duckdb.connect(
        memory_limit=memory, temp_directory=spill, preserve_insertion_order=False
    )


def _spark(master: str) -> Any:
    try:
        import ibis
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise OptionError(say("records.not_installed", extra="spark")) from error
    builder = (
        SparkSession.builder.master(master).appName("medgraph").config("spark.ui.enabled", "false")
    )
    builder = builder.config("spark.sql.session.timeZone", "UTC").config("spark.log.level", "ERROR")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    # a line with too few or too many fields is found only if no column is skipped
    builder = builder.config("spark.sql.csv.parser.columnPruning.enabled", "false")
    if master.startswith("local"):
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config(
            "spark.driver.host", "127.0.0.1"
        )
        builder = builder.config("spark.sql.shuffle.partitions", "8")
    return ibis.pyspark.connect(builder.getOrCreate())


def _files(source: Path) -> list[Path]:
    if not source.exists():
        raise SourceError(say("records.no_file", path=source))
    paths = sorted(
        p
        for p in (source.iterdir() if source.is_dir() else [source])
        if p.suffix.lower() in (CSV, PARQUET)
    )
    if len({p.suffix.lower() for p in paths}) != 1:
        raise SourceError(say("records.no_records", path=source))
    return paths


def _columns(paths: list[Path]) -> dict[str, str | None]:
    """Return header -> our name (None: not used), the same in every file; personal ones are refused."""
    headers = {path: _header(path) for path in paths}
    first = headers[paths[0]]
    for path, header in headers.items():
        if header != first:
            raise SourceError(say("records.other_header", path=path.name, first=paths[0].name))
    personal = [name for name in first if _PERSONAL.search(fold(name))]
    if personal:
        raise SourceError(
            say("records.personal", columns="、".join(personal)),
            [problem("E090", place=paths[0].name, value=name) for name in personal],
        )
    readings = {fold(word): ours for ours, also in FIELDS.items() for word in (ours, *also)}
    found = {name: readings.get(fold(name)) for name in first}
    used = [ours for ours in found.values() if ours]
    double = {ours for ours in used if used.count(ours) > 1}
    if double:
        raise SourceError(
            say(
                "records.double",
                columns="、".join(n for n, ours in found.items() if ours in double),
            )
        )
    return found


def _header(path: Path) -> list[str]:
    if path.suffix.lower() == PARQUET:
        import pyarrow.parquet as pq

        return pq.read_schema(path).names
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except UnicodeDecodeError as error:
        raise SourceError(say("records.not_utf8", path=path.name)) from error


def _read(backend: Any, paths: list[Path], header: list[str]) -> ir.Table:
    files = [str(path) for path in paths]
    if paths[0].suffix.lower() == PARQUET:
        return backend.read_parquet(files if len(files) > 1 else files[0])
    if backend.name == "duckdb":
        return backend.read_csv(
            files,
            all_varchar=True,
            header=True,
            delim=",",
            quote='"',
            escape='"',
            ignore_errors=True,
            store_rejects=True,
            names=header,
        )
    schema = ", ".join(f"`{name}` string" for name in (*header, _BROKEN))
    return backend.read_csv(
        files,
        header=True,
        inferSchema=False,
        schema=schema,
        mode="PERMISSIVE",
        escape='"',
        columnNameOfCorruptRecord=_BROKEN,
        enforceSchema=True,
    )


# -- counting --------------------------------------------------------------------------------------


def _day(table: ir.Table, column: str) -> ir.DateValue:
    """Return a column as days: text only in the form 2023-10-25, anything else is null."""
    import ibis

    value = table[column]
    if value.type().is_string():
        return ibis.cases((value.like("____-__-__"), value.try_cast("date")))
    return value.cast("date")


def _typed(table: ir.Table) -> ir.Table:
    """Return the rows with `day`, `month` and `n`, whose faults show as nulls."""
    import ibis

    day = _day(table, "date") if "date" in table.columns else ibis.null("date")
    n = table["count"].try_cast("int64") if "count" in table.columns else ibis.literal(1, "int64")
    typed = table.mutate(day=day, n=n)
    return typed.mutate(month=typed.day.truncate("M"), n=ibis.cases((typed.n > 0, typed.n)))


def _grouped(table: ir.Table) -> pa.Table:
    """Count rows by every key that is there; the words are cleaned afterwards, once per word and not per row."""
    keys = [key for key in KEYS if key in table.columns]
    counted = table.group_by(keys).aggregate(
        rows=lambda t: t.count(), good=lambda t: t.n.count(), count=lambda t: t.n.sum()
    )
    return _cleaned(counted.to_pyarrow())


def _cleaned(flows: pa.Table) -> pa.Table:
    """Return the flows with clean words and a `reason`; flows whose words become the same are one."""
    keys, merged = {}, False
    for key in KEYS:
        keys[key], fewer = _clean(flows, key)
        merged |= fewer
    numbers = {name: flows[name].cast(pa.int64()) for name in ("rows", "good", "count")}
    table = pa.table(
        {**keys, "reason": _fault(pa.table(keys), dated="month" in flows.column_names), **numbers}
    )
    if not merged:
        return table
    summed = table.group_by([*KEYS, "reason"]).aggregate([(name, "sum") for name in numbers])
    return summed.rename_columns([name.removesuffix("_sum") for name in summed.column_names])


def _clean(flows: pa.Table, key: str) -> tuple[pa.ChunkedArray | pa.Array, bool]:
    """Return a key as clean text, and whether two of its words became one.

    Stripped, empty is null; a month as 2023-10, a kind by its word.
    """
    if key not in flows.column_names:
        return pa.nulls(len(flows), pa.string()), False
    encoded = flows[key].combine_chunks().dictionary_encode()
    words = encoded.dictionary
    clean = (
        pc.strftime(words, "%Y-%m")
        if key == "month"
        else pc.utf8_trim_whitespace(words.cast(pa.string()))
    )
    if key == "kind":
        spoken = {said: kind for kind, all_said in _KINDS.items() for said in all_said}
        clean = pa.array(
            [word and spoken.get(word.lower(), word) for word in clean.to_pylist()], pa.string()
        )
    clean = pc.if_else(pc.equal(clean, ""), pa.scalar(None, pa.string()), clean)
    fewer = clean.null_count > 0 or pc.count_distinct(clean).as_py() < len(clean)
    same = words.type == pa.string() and clean.equals(words)
    return (flows[key] if same else clean.take(encoded.indices)), fewer


_KINDS = {
    "up": ["up", "上转", "向上转诊", "refers_up_to"],
    "down": ["down", "下转", "向下转诊", "refers_down_to"],
    "transfer": ["transfer", "转院", "平级转诊"],
}


def _fault(flows: pa.Table, *, dated: bool) -> pa.Array:
    """Return why the rows of a flow are not counted; null where they are, as far as their count is one."""
    cases = {
        "no_to": flows["to"].is_null(),
        "no_from": pc.and_(flows["from"].is_null(), flows["kind"].is_valid()),
    }
    if dated:
        cases = {"bad_date": flows["month"].is_null()} | cases
    return pc.case_when(
        pa.StructArray.from_arrays([_flat(mask) for mask in cases.values()], list(cases)),
        *(pa.scalar(reason) for reason in cases),
    )


def _flat(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _counted(records: _Records, rows: ir.Table, follow: int | None) -> FlowTable:
    rows = rows if "date" in records.table.columns else rows.drop("month")
    flows = _grouped(rows)
    sound, rejected = _split(flows)
    rejected = _rejects(rejected, records.malformed())
    links = _followed(rows, follow) if follow is not None else None
    read = int(pc.sum(flows["rows"]).as_py() or 0) + records.broken
    return FlowTable(sound, rejected, read, links, follow)


def _split(flows: pa.Table) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the flows that count, and the number of rows of each fault."""
    import pandas as pd

    faulty = pc.is_valid(flows["reason"])
    bad = flows.filter(faulty).group_by("reason").aggregate([("rows", "sum")])
    faults = dict(zip(bad["reason"].to_pylist(), bad["rows_sum"].to_pylist(), strict=True))
    sound = flows.filter(pc.invert(faulty))
    if len(sound):
        faults["bad_count"] = pc.sum(pc.subtract(sound["rows"], sound["good"])).as_py()
        sound = sound.filter(pc.greater(sound["good"], 0))
    text = pd.StringDtype("pyarrow", na_value=float("nan"))
    texts = {pa.string(): text, pa.large_string(): text}
    return sound.select([*KEYS, "count"]).to_pandas(types_mapper=texts.get), faults


def _rejects(faults: dict[str, int], malformed: int) -> pd.DataFrame:
    import pandas as pd

    rows = sorted(
        (reason, int(count))
        for reason, count in (faults | {"malformed_line": malformed}).items()
        if count
    )
    return pd.DataFrame(rows, columns=["reason", "rows"])


# -- following persons -------------------------------------------------------------------------------


def _followed(rows: ir.Table, days: int) -> pd.DataFrame:
    """Return one row per link: delays in days, and what became of those sent up, within `days`."""
    import ibis

    rows = rows.filter(
        rows.n.notnull(), rows.day.notnull(), rows["from"].notnull(), rows.to.notnull()
    )
    rows = rows.mutate(way=_way(rows))
    wanted = {"count": lambda t: t.n.sum()}
    if "arrived" in rows.columns:
        rows = rows.mutate(arrived=_day(rows, "arrived"))
        rows = rows.mutate(delay=rows.arrived.delta(rows.day, unit="day"))
        rows = rows.mutate(delay=ibis.cases((rows.delay >= 0, rows.delay)))
        wanted |= {
            "delay_rows": lambda t: t.delay.count(),
            "delay_median": lambda t: t.delay.quantile(0.5),
            "delay_p90": lambda t: t.delay.quantile(0.9),
        }
    if "person" in rows.columns:
        rows = _with_next(rows, days)
        wanted |= {
            "ups": lambda t: t.is_up.sum(),
            "returned": lambda t: t.returned.sum(),
            "double": lambda t: t.double.sum(),
        }
    frame = rows.group_by(["from", "to"]).aggregate(**wanted).execute()
    for column in {"count", "delay_rows", "ups", "returned", "double"} & set(frame.columns):
        frame[column] = frame[column].fillna(0).astype("int64")
    return frame.sort_values(["from", "to"], ignore_index=True)


def _way(rows: ir.Table) -> ir.StringValue:
    """Return up, down or the empty text, whatever language the record speaks."""
    import ibis

    if "kind" not in rows.columns:
        return ibis.literal("")
    kind = rows.kind.strip().lower()
    return ibis.cases(
        (kind.isin(_KINDS["up"]), "up"), (kind.isin(_KINDS["down"]), "down"), else_=""
    )


def _with_next(rows: ir.Table, days: int) -> ir.Table:
    """Add, by the person's next record: sent up; back down from there in time; sent further up in time."""
    import ibis

    order = ibis.window(group_by="person", order_by=["day", "from", "to"])
    rows = rows.mutate(
        next_from=rows["from"].lead().over(order),
        next_way=rows.way.lead().over(order),
        next_day=rows.day.lead().over(order),
    )
    up = (rows.way == "up") & rows.person.notnull()
    soon = up & (rows.next_from == rows.to) & (rows.next_day.delta(rows.day, unit="day") <= days)
    became = {
        name: (soon & (rows.next_way == way)).fill_null(False).cast("int64")
        for name, way in (("returned", "down"), ("double", "up"))
    }
    return rows.mutate(is_up=up.cast("int64"), **became)


def _stay_fault(stays: ir.Table) -> ir.StringValue:
    import ibis

    return ibis.cases(
        (stays.person.isnull() | (stays.person.cast("string").strip() == ""), "no_person"),
        (stays.to.isnull() | (stays.to.strip() == ""), "no_to"),
        (stays.admitted.isnull() | stays.discharged.isnull(), "bad_date"),
        (stays.discharged < stays.admitted, "discharge_before_admission"),
    )


def _transfers(stays: ir.Table, window: int, overlap: str) -> ir.Table:
    """Return the stays that end in a transfer, as records: from, to, day, n."""
    import ibis

    order = ibis.window(group_by="person", order_by=["admitted", "discharged", "to"])
    stays = stays.mutate(
        next_to=stays.to.lead().over(order), next_admitted=stays.admitted.lead().over(order)
    )
    gap = stays.next_admitted.delta(stays.discharged, unit="day")
    near = (stays.next_to != stays.to) & (gap <= window)
    found = stays.filter(near if overlap == "truncate" else near & (gap >= 0))
    left = ibis.least(found.discharged, found.next_admitted)
    found = found.drop("from") if "from" in found.columns else found
    found = found.mutate(**{"from": found.to}, day=left, n=ibis.literal(1, "int64"))
    return found.mutate(to=found.next_to, month=found.day.truncate("M"))
