"""Set a table that somebody gave down as CSV, in a process of its own, line for line."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from medgraph.errors import MedGraphError
from medgraph.loaders.side_files.table_file import read_table_file
from medgraph.words.say import speaking


def main(source: Path, target: Path, lang: str) -> None:
    """Write the table of `source` to `target`, and print what went wrong, if anything did."""
    told: dict[str, str] = {}
    with speaking(lang):
        try:
            _set_down(source, target)
        except (MedGraphError, OSError) as error:
            told = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode("utf-8"))


def _set_down(source: Path, target: Path) -> None:
    """Write titles and rows; empty lines between them keep the number that each has."""
    found = read_table_file(source)
    rows = dict(zip(found.numbers, found.rows, strict=True))
    last = max(rows, default=found.title_row)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        for number in range(1, last + 1):
            row = found.titles if number == found.title_row else rows.get(number, ())
            lines.writerow(cell or "" for cell in row)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
