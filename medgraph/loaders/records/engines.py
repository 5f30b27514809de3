"""The engines that count records out of core: DuckDB, and Spark. One class each, in one table.

Both hand out tables of Ibis, so that everything else about records is written once.
"""

from __future__ import annotations

import glob
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from medgraph.errors import OptionError
from medgraph.loaders.records.object_store import reaching, stored_files
from medgraph.loaders.records.temporary_disk import own_memory
from medgraph.suffixes import PARQUET
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

# Where Spark puts the text of a line with too few or too many fields.
_BROKEN = "_broken"
_PATTERN = re.compile(r"[\\{}\[\]*?]")  # what Spark takes for a part of a pattern
# How pyspark remembers, for the whole process, that sessions are those of a server.
_OF_SERVER = "SPARK_CONNECT_MODE_ENABLED"
# DuckDB keeps the lines that it skipped in these tables, once it has read a file.
_REJECTS_KEPT = "select count(*) from duckdb_tables() where table_name = 'reject_errors'"
_REJECTED_LINES = (
    "select count(*) from (select distinct s.file_path, e.line from reject_errors e "
    "join reject_scans s using (scan_id, file_id))"
)


class Engine(Protocol):
    """What reads and counts records.

    Below a folder `root`, where there is one, names of folders state columns: date=2023-10-05.
    """

    backend: Any
    reads_addresses: bool

    def __init__(self, *, memory: str, master: str, folder: str) -> None:
        """Connect; `folder` is for its own files."""

    def read_csv(
        self, files: Sequence[Path], header: Sequence[str], root: Path | None = None
    ) -> ir.Table:
        """Read files of text as one table; lines with too few or too many fields are no rows."""

    def read_parquet(self, files: Sequence[Path], root: Path | None = None) -> ir.Table:
        """Read files of Parquet as one table."""

    def read_address(self, address: str) -> ir.Table:
        """Read what lies at an address of an object store."""

    def malformed(self) -> int:
        """Count the lines that are no rows; ask after the rows were read."""

    def close(self) -> None:
        """Let go of what the engine holds."""


class DuckDB:
    """DuckDB in this process, within `memory`; what is more goes to `folder`."""

    reads_addresses = False  # of texts: they are brought here first

    def __init__(self, *, memory: str, master: str, folder: str) -> None:
        try:
            import ibis
        except ImportError as error:
            raise _not_installed("records") from error
        self.backend = ibis.duckdb.connect(
            memory_limit=f"{own_memory(memory)}B",
            temp_directory=folder,
            preserve_insertion_order=False,
        )

    def read_csv(
        self, files: Sequence[Path], header: Sequence[str], root: Path | None = None
    ) -> ir.Table:
        """Read files of text as one table; lines with too few or too many fields are no rows."""
        return self.backend.read_csv(
            self._named(files),
            all_varchar=True,
            header=True,
            delim=",",
            quote='"',
            escape='"',
            ignore_errors=True,
            store_rejects=True,
            names=list(header),
            **self._partitions(root),
        )

    def read_parquet(self, files: Sequence[Path], root: Path | None = None) -> ir.Table:
        """Read files of Parquet as one table."""
        return self.backend.read_parquet(self._named(files), **self._partitions(root))

    def read_address(self, address: str) -> ir.Table:
        """Read what lies at an address of an object store."""
        with reaching(address):
            self.backend.con.register("at_address", stored_files(address).dataset())
        return self.backend.table("at_address")

    @staticmethod
    def _named(files: Sequence[Path]) -> list[str]:
        """Names as they are, though they may look like patterns: records[1].csv."""
        return [glob.escape(str(file)) for file in files]

    @staticmethod
    def _partitions(root: Path | None) -> dict[str, bool]:
        return {"hive_partitioning": root is not None, "hive_types_autocast": False}

    def malformed(self) -> int:
        """Count the lines that are no rows; ask after the rows were read."""
        return self._ask(_REJECTED_LINES) if self._ask(_REJECTS_KEPT) else 0

    def close(self) -> None:
        """Close the connection."""
        self.backend.disconnect()

    def _ask(self, sql: str) -> int:
        return int(self.backend.raw_sql(sql).fetchall()[0][0])


class Spark:
    """Spark at `master`: the URL of a master, or `sc://HOST:PORT` of a Spark Connect server."""

    reads_addresses = True
    _SETTINGS = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    _LOCAL_SETTINGS = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "8",
    }
    # What a session can set at any time, on a server too.
    _OF_SESSION = {
        "spark.sql.session.timeZone": "UTC",
        # a line with too few or too many fields is found only if no column is skipped
        "spark.sql.csv.parser.columnPruning.enabled": "false",
        # 2023-10-05 and 330100 in the name of a folder are texts
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    }

    def __init__(self, *, memory: str, master: str, folder: str) -> None:
        try:
            import ibis
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise _not_installed("spark") from error
        self._mode_before = os.environ.get(_OF_SERVER)
        try:
            session = (
                _connected(SparkSession.builder, master)
                if master.startswith("sc://")
                else self._started(SparkSession.builder.master(master), master)
            )
        except BaseException:
            self._restore_mode()
            raise
        for name, value in self._OF_SESSION.items():
            session.conf.set(name, value)
        self.backend = ibis.pyspark.connect(session)
        self._session = session
        self._with_broken: ir.Table | None = None

    def _started(self, builder: Any, master: str) -> Any:
        settings = self._SETTINGS
        if master.startswith("local"):
            settings = settings | self._LOCAL_SETTINGS
        for name, value in settings.items():
            builder = builder.config(name, value)
        # Once a server was asked, pyspark starts no Spark of its own in this process.
        os.environ.pop(_OF_SERVER, None)
        return builder.appName("medgraph").getOrCreate()

    def read_csv(
        self, files: Sequence[Path], header: Sequence[str], root: Path | None = None
    ) -> ir.Table:
        """Read files of text as one table; lines with too few or too many fields are no rows."""
        return self._sound(self._named(files), header, self._partitions(root))

    def read_parquet(self, files: Sequence[Path], root: Path | None = None) -> ir.Table:
        """Read files of Parquet as one table."""
        return self._table(
            self._session.read.options(**self._partitions(root)).parquet(*self._named(files))
        )

    def read_address(self, address: str) -> ir.Table:
        """Read what lies at an address that the cluster knows."""
        if address.lower().endswith(PARQUET) or not Path(address).suffix:
            return self._table(self._session.read.parquet(address))
        header = self._session.read.csv(address, header=True).columns
        return self._sound([address], header, {})

    def _sound(self, files: list[str], header: Sequence[str], options: dict[str, str]) -> ir.Table:
        frame = self._session.read.options(**options).csv(
            files,
            header=True,
            inferSchema=False,
            schema=", ".join(f"`{name.replace('`', '``')}` string" for name in (*header, _BROKEN)),
            mode="PERMISSIVE",
            escape='"',
            columnNameOfCorruptRecord=_BROKEN,
            enforceSchema=True,
        )
        table = self._table(frame)
        self._with_broken = table
        return table.filter(table[_BROKEN].isnull()).drop(_BROKEN)

    def _table(self, frame: Any) -> ir.Table:
        name = f"records_{id(frame)}"
        frame.createOrReplaceTempView(name)
        return self.backend.table(name)

    @staticmethod
    def _named(files: Sequence[Path]) -> list[str]:
        """Names as they are, though they may look like patterns, from the root of the machine."""
        return [_PATTERN.sub(r"\\\g<0>", os.fspath(file.absolute())) for file in files]

    @staticmethod
    def _partitions(root: Path | None) -> dict[str, str]:
        return {} if root is None else {"basePath": os.fspath(root.absolute())}

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

    def close(self) -> None:
        """End the session, and let pyspark take sessions for what it took them for before."""
        try:
            self.backend.disconnect()
        finally:
            self._restore_mode()

    def _restore_mode(self) -> None:
        if self._mode_before is None:
            os.environ.pop(_OF_SERVER, None)
        else:
            os.environ[_OF_SERVER] = self._mode_before


def _connected(builder: Any, url: str) -> Any:
    """A session on a Spark Connect server."""
    try:
        return builder.remote(url).create()
    except ImportError as error:  # pyspark is there, what it speaks with is not
        raise _not_installed("spark") from error


def _not_installed(extra: str) -> OptionError:
    return OptionError(say("records.not_installed", extra=extra))


DUCKDB, SPARK = "duckdb", "spark"
ENGINES: dict[str, type[Engine]] = {DUCKDB: DuckDB, SPARK: Spark}
