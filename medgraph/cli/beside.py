"""Read what lies beside the data of an audit: tables of waivers and statements, parameters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError, SourceError
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork


def table_beside(path: str | None) -> pd.DataFrame | None:
    """Read a table beside the data: CSV or a sheet of Excel, all cells as text."""
    return None if path is None else _titled(path)[1]


def ledger_beside(path: str | None, net: MedicalNetwork) -> pd.DataFrame | None:
    """Read a ledger beside the data: its lines, or the score sheet of a scheme."""
    from medgraph.loaders.workbooks import score_sheet
    from medgraph.queries.policy import scoring

    if path is None:
        return None
    title, table = _titled(path)
    scheme = score_sheet.scheme_of(table.columns)
    if scheme is None:
        return table
    lines = score_sheet.lines_of(table, scheme, file=Path(path).name, title=title)
    return scoring.as_ledger(lines, scheme, net)


def _titled(path: str) -> tuple[str, pd.DataFrame]:
    """Read the first sheet of a workbook with its title, or a CSV, which has none."""
    from zipfile import BadZipFile

    from medgraph.loaders.workbooks import score_sheet

    try:
        return score_sheet.first_sheet(Path(path))
    except SourceError as error:  # a whole sentence that names the file
        raise OptionError(str(error)) from error
    except (ValueError, KeyError, BadZipFile) as error:
        raise OptionError(say("bad_table", path=path, reason=error)) from error


def toml_beside(path: str | None) -> dict[str, Any] | None:
    """Read a TOML file beside the data."""
    import tomllib

    if path is None:
        return None
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OptionError(say("bad_table", path=path, reason=error)) from error
