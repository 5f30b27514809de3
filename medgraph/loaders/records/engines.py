"""The engines that count records out of core: DuckDB, and Spark. One class each, in one table.

Both hand out tables of Ibis, so that everything else about records is written once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

# Where Spark puts the text of a line with too few or too many fields.
_BROKEN = "_broken"
# DuckDB keeps the lines that it skipped in these tables, once it has read a file.
_REJECTS_KEPT = "select count(*) from duckdb_tables() where table_name = 'reject_errors'"
_REJECTED_LINES = (
    "select count(*) from (select distinct s.file_path, e.line from reject_errors e "
    "join reject_scans s using (scan_id, file_id))"
)


class Engine(Protocol):
    """What reads and counts records."""

    backend: Any

    def __init__(self, *, memory: str, master: str, folder: str) -> None:
        """Connect; `folder` is for its own files."""

    def read_csv(self, files: Sequence[str], header: Sequence[str]) -> ir.Table:
        """Read files of text as one table; lines with too few or too many fields are no rows."""

    def malformed(self) -> int:
        """Count the lines that are no rows; ask after the rows were read."""


class DuckDB:
    """DuckDB in this process, with `memory` at most; what is more goes to `folder`."""

    def __init__(self, *, memory: str, master: str, folder: str) -> None:
        try:
            import ibis
        except ImportError as error:
            raise _not_installed("records") from error
        self.backend = ibis.duckdb.connect(
            memory_limit=memory,
            temp_directory=folder,
            preserve_insertion_order=False,
        )

    def read_csv(self, files: Sequence[str], header: Sequence[str]) -> ir.Table:
        """Read files of text as one table; lines with too few or too many fields are no rows."""
        return self.backend.read_csv(
            list(files),
            all_varchar=True,
            header=True,
            delim=",",
            quote='"',
            escape='"',
            ignore_errors=True,
            store_rejects=True,
            names=list(header),
        )

    def malformed(self) -> int:
        """Count the lines that are no rows; ask after the rows were read."""
        return self._ask(_REJECTED_LINES) if self._ask(_REJECTS_KEPT) else 0

    def _ask(self, sql: str) -> int:
        return int(self.backend.raw_sql(sql).fetchall()[0][0])


class Spark:
    """Spark at `master`, a Spark master URL."""

    _SETTINGS = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        # a line with too few or too many fields is found only if no column is skipped
        "spark.sql.csv.parser.columnPruning.enabled": "false",
    }
    _LOCAL_SETTINGS = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "8",
    }

    def __init__(self, *, memory: str, master: str, folder: str) -> None:
        try:
            import ibis
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise _not_installed("spark") from error
        settings = self._SETTINGS
        if master.startswith("local"):
            settings = settings | self._LOCAL_SETTINGS
        builder = SparkSession.builder.master(master).appName("medgraph")
        for name, value in settings.items():
            builder = builder.config(name, value)
        self.backend = ibis.pyspark.connect(builder.getOrCreate())
        self._with_broken: ir.Table | None = None

    def read_csv(self, files: Sequence[str], header: Sequence[str]) -> ir.Table:
        """Read files of text as one table; lines with too few or too many fields are no rows."""
        table = self.backend.read_csv(
            list(files),
            header=True,
            inferSchema=False,
            schema=", ".join(f"`{name}` string" for name in (*header, _BROKEN)),
            mode="PERMISSIVE",
            escape='"',
            columnNameOfCorruptRecord=_BROKEN,
            enforceSchema=True,
        )
        self._with_broken = table
        return table.filter(table[_BROKEN].isnull()).drop(_BROKEN)

    def malformed(self) -> int:
        """Count the lines that are no rows."""
        table = self._with_broken
        if table is None:
            return 0
        marked = table.mutate(is_broken=table[_BROKEN].notnull())
        # A column of the file has to be read: of the broken ones alone Spark reads no line.
        column = marked[next(name for name in table.columns if name != _BROKEN)]
        counts = marked.group_by("is_broken").aggregate(rows=marked.count(), last=column.max())
        frame = counts.execute()
        return int(frame.loc[frame["is_broken"], "rows"].sum())


def _not_installed(extra: str) -> OptionError:
    return OptionError(say("records.not_installed", extra=extra))


ENGINES: dict[str, type[Engine]] = {"duckdb": DuckDB, "spark": Spark}
