"""Read and write decisions on two lists: a review that was filled in, CSV, JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.graphmodel.decisions import Decision
from medgraph.loaders.side_files.table_file import read_table_file
from medgraph.loaders.workbooks import review_sheet
from medgraph.loaders.workbooks.file_kinds import FileKind, kind_of_file
from medgraph.suffixes import JSON
from medgraph.text_files import read_json
from medgraph.whole_files import replacing
from medgraph.words.review_sheet import KEPT, NEEDED, heading_named
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Decision", "read", "write"]


def read(*paths: str | Path) -> list[Decision]:
    """Return the decisions of files; of two on the same facilities the later one holds.

    Parameters
    ----------
    *paths
        Reviews that were filled in (`.xlsx`), or tables of decisions (`.csv`, `.json`).

    Raises
    ------
    SourceError
        Where a file holds no decisions, or one that is none that there is.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import medgraph as mg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "decisions.json"
    ...     mg.decisions.write([mg.decisions.Decision("F1", "P7", "same", by="市卫健委")], file)
    ...     [one.by for one in mg.decisions.read(file)]
    ['市卫健委']
    """
    found: dict[tuple[str, str], Decision] = {}
    for path in paths:
        for one in _read(Path(path)):
            found.pop(one.ends, None)
            found[one.ends] = one
    return list(found.values())


def write(decisions: Iterable[Decision], path: str | Path) -> None:
    """Write decisions as JSON, for the next edition.

    Parameters
    ----------
    decisions
        The decisions.
    path
        The file.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import medgraph as mg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "decisions.json"
    ...     mg.decisions.write([], file)
    ...     mg.decisions.read(file)
    []
    """
    rows = [{name: getattr(one, name) for name in KEPT} for one in decisions]
    text = json.dumps({"decisions": rows}, ensure_ascii=False, indent=1)
    with replacing(Path(path)) as target:
        target.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _read(path: Path) -> list[Decision]:
    if not path.is_file():
        raise SourceError(say("no_source", path=path))
    if path.suffix.lower() == JSON:
        return _of_json(path)
    if kind_of_file(path) in (FileKind.TEXT, FileKind.EMPTY):
        return _of_table(path)
    return review_sheet.read(path)


def _of_json(path: Path) -> list[Decision]:
    held: Any = read_json(path)
    rows = held.get("decisions") if isinstance(held, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceError(say("reconcile.no_review", path=path))
    cells = [{name: str(row.get(name) or "") for name in KEPT} for row in rows]
    return [
        review_sheet.decision_of(row, f"{path.name} {number}")
        for number, row in enumerate(cells, 1)
        if row["decision"]
    ]


def _of_table(path: Path) -> list[Decision]:
    table = read_table_file(path)
    names = [heading_named(title) for title in table.titles]
    columns = {name: number for number, name in enumerate(names) if name}
    if not columns.keys() >= NEEDED:
        raise SourceError(say("reconcile.no_review", path=path))
    rows = [{name: (row[at] or "").strip() for name, at in columns.items()} for row in table.rows]
    return [
        review_sheet.decision_of(row, table.place(number, columns["decision"]))
        for number, row in enumerate(rows)
        if row["decision"]
    ]
