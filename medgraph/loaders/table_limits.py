"""Hold a table to limits before it is made: a few bytes can ask for columns and cells without end.

A row of a text may end long before the header does; the table has all its cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.errors import SourceError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_COLUMNS = 2_000  # each of nodes or links is an attribute of all of them
MOST_CELLS = 50_000_000
_WIDEST = 16_384  # columns of a sheet of Excel, which writes them all where one cell is far off


def check_titles(source: Path, titles: Sequence[str]) -> None:
    """Raise SourceError where a table of these titles is past a limit; empty ones are no column."""
    refuse_beyond(_WIDEST, len(titles), "limit_columns", source)
    check_size(source, 0, sum(bool(title.strip()) for title in titles))


def check_size(source: Path, rows: int, columns: int, most_cells: int = MOST_CELLS) -> None:
    """Raise SourceError where a table of so many rows and columns is past a limit."""
    refuse_beyond(MOST_COLUMNS, columns, "limit_columns", source)
    refuse_beyond(most_cells, rows * columns, "limit_cells", source)


def refuse_beyond(most: int, found: int, what: str, source: Path) -> None:
    """Raise SourceError, with the sentence of a limit, where a file is past it."""
    if found > most:
        limit = say(what, found=f"{found:,}", most=f"{most:,}")
        raise SourceError(say("past_limit", path=source, limit=limit))
