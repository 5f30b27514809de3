"""Read the sheets of an old workbook (.xls), in a process of its own that has limits.

The format lets a few kilobytes ask for many gigabytes, and a parser that gets none ends its whole
process. So this module is run as one, and prints what it read as JSON.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.loaders.bounded import OutOfBounds, run_module
from medgraph.loaders.workbooks.cell_texts import is_cut, text_of
from medgraph.loaders.workbooks.ods_merges import Area, merged_of_ods
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SECONDS = 20
_MEGABYTES = 900
_NONE_OF_THESE, _ENCRYPTED = "none", "encrypted"


@dataclass(frozen=True)
class OldSheet:
    """One sheet: texts by row, merged ranges and cells with cut digits, all counted from 0."""

    name: str
    rows: list[list[str | None]]
    merged: list[tuple[int, int, int, int]]
    hidden: bool
    lost: list[tuple[int, int]]


def old_sheets(path: Path) -> list[OldSheet]:
    """Return the sheets of an old workbook; raise SourceError where it is none or past a limit."""
    try:
        found = json.loads(run_module(__name__, [str(path)], _SECONDS, _MEGABYTES))
    except OutOfBounds as error:
        raise SourceError(say("past_limit", path=path, limit=error.said())) from error
    if isinstance(found, str):
        key = "foreign_encrypted" if found == _ENCRYPTED else "file_is_broken"
        raise SourceError(say(key, path=path))
    return [
        OldSheet(
            name, rows, [(a, b, c, d) for a, b, c, d in merged], hidden, [(r, c) for r, c in lost]
        )
        for name, rows, merged, hidden, lost in found
    ]


# -- in the process of its own --------------------------------------------------------------------


def _print_sheets(path: str) -> None:
    """Print the sheets as JSON, or the word for why there are none."""
    import python_calamine

    try:
        # Not from the path: its suffix may say something else than the content.
        content = Path(path).read_bytes()
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        merged = merged_of_ods(content)
        found: Any = [_as_list(_sheet(book, meta, merged)) for meta in book.sheets_metadata]
    except python_calamine.CalamineError as error:
        is_secret = isinstance(error, python_calamine.PasswordError) or "assword" in str(error)
        found = _ENCRYPTED if is_secret else _NONE_OF_THESE
    sys.stdout.write(json.dumps(found))


def _as_list(sheet: OldSheet) -> list[Any]:
    return [getattr(sheet, field.name) for field in fields(sheet)]


def _sheet(book: Any, meta: Any, merged: Mapping[str, Sequence[Area]]) -> OldSheet:
    import python_calamine

    sheet = book.get_sheet_by_name(meta.name)
    values = sheet.to_python(skip_empty_area=False)
    height, width = len(values), max(map(len, values), default=0)
    ranges = sheet.merged_cell_ranges or merged.get(meta.name, ())
    return OldSheet(
        meta.name,
        [[None if value == "" else text_of(value) for value in row] for row in values],
        [
            (top, left, min(bottom, height), min(right, width))
            for (top, left), (bottom, right) in ranges
            if top < height and left < width
        ],
        meta.visible != python_calamine.SheetVisibleEnum.Visible,
        [(r, c) for r, row in enumerate(values) for c, value in enumerate(row) if is_cut(value)],
    )


if __name__ == "__main__":
    _print_sheets(sys.argv[1])
