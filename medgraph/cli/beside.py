"""Read what lies beside the data of an audit: tables of waivers and statements, parameters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from medgraph.cli.console import note

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.words.say import Problem

T = TypeVar("T")


def waivers_beside(path: str | None) -> pd.DataFrame | None:
    """Read a table of waivers, all cells as text."""
    from medgraph.loaders.side_files import audit_tables

    return None if path is None else told(audit_tables.read_waivers, path)


def statements_beside(path: str | None) -> pd.DataFrame | None:
    """Read a table of statements on findings, all cells as text."""
    from medgraph.loaders.side_files import audit_tables

    return None if path is None else told(audit_tables.read_statements, path)


def ledger_beside(path: str | None, net: MedicalNetwork) -> pd.DataFrame | None:
    """Read a ledger beside the data: its lines, or the score sheet of a scheme."""
    from medgraph.loaders.side_files import audit_tables, score_sheet
    from medgraph.loaders.side_files.table_file import read_table_file
    from medgraph.queries.policy import scoring
    from medgraph.words.workbook_words import SHEETS

    if path is None:
        return None
    table = read_table_file(Path(path), preferred=SHEETS["tasks"].values())
    scheme = score_sheet.scheme_of(table.titles)
    if scheme is None:
        return told(audit_tables.ledger_of, table)
    lines = told(score_sheet.lines_in, table, scheme)
    return scoring.as_ledger(lines, scheme, net)


def score_sheet_beside(path: str, scheme: str) -> pd.DataFrame:
    """Read the score sheet of a scheme."""
    from medgraph.loaders.side_files import score_sheet

    return told(score_sheet.read, path, scheme)


def toml_beside(path: str | None) -> dict[str, Any] | None:
    """Read a TOML file beside the data."""
    from medgraph.text_files import read_toml

    return None if path is None else read_toml(Path(path))


def told(read: Callable[..., T], *arguments: Any) -> T:
    """Read something beside the data, and say on stderr what of it was not read."""
    notes: list[Problem] = []
    found = read(*arguments, notes=notes)
    for each in notes:
        note(str(each))
    return found
