"""Read the tables beside an audit: waivers, statements on findings, and ledgers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.loaders.side_files.declared_columns import Column, declared_in, read_declared
from medgraph.words.record_titles import LEDGER_TITLES, STATEMENT_TITLES, WAIVER_TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from medgraph.loaders.side_files.table_file import TableFile
    from medgraph.words.say import Problem


def _columns(titles: Mapping[str, tuple[str, ...]], *optional: str) -> tuple[Column, ...]:
    """Columns of text that may be empty: what must be filled, the question knows."""
    return tuple(
        Column(name, also, needed=name not in optional, filled=False)
        for name, also in titles.items()
    )


_WAIVERS = _columns(WAIVER_TITLES, "pack")
_STATEMENTS = _columns(STATEMENT_TITLES)
_LEDGER = _columns(LEDGER_TITLES, "period", "origin")


def read_waivers(path: str | Path, notes: list[Problem]) -> pd.DataFrame:
    """Read waivers: rule, subject, reason, office, expires, and pack where it is needed."""
    return read_declared(Path(path), _WAIVERS, notes).frame


def read_statements(path: str | Path, notes: list[Problem]) -> pd.DataFrame:
    """Read statements: finding, statement, decision, office, date."""
    return read_declared(Path(path), _STATEMENTS, notes).frame


def ledger_of(table: TableFile, notes: list[Problem]) -> pd.DataFrame:
    """Return the lines of a ledger: subject, item, value, and period and origin where stated."""
    return declared_in(table, _LEDGER, notes).frame
