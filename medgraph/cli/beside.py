"""Read what lies beside the data of an audit: tables of waivers and statements, parameters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError
from medgraph.suffixes import WORKBOOKS
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd


def table_beside(path: str | None) -> pd.DataFrame | None:
    """Read a table beside the data: CSV or a sheet of Excel, all cells as text."""
    if path is None:
        return None
    import pandas as pd

    read = pd.read_excel if Path(path).suffix.lower() in WORKBOOKS else pd.read_csv
    try:
        return read(Path(path), dtype=str)
    except (ValueError, UnicodeDecodeError) as error:
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
