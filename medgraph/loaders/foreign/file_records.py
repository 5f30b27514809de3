"""Read the records of somebody's CSV or JSON file, each value with its place."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.loaders.tabular.csv_text import sound_rows_of
from medgraph.loaders.tabular.sheets import file_name, letter
from medgraph.suffixes import JSON
from medgraph.text_files import decode
from medgraph.words.invisible import signs_in, visible
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from medgraph.loaders.foreign.file_rules import TableRule

Texts = list[str | None]


@dataclass(frozen=True)
class Records:
    """The records of one file: their texts by column, and their numbers in the file, from 1.

    `labels` name the columns in places. Records are `keyed` where the file names their values;
    `unseen` are the places of texts from which signs that nobody sees were taken, and the texts.
    """

    file: str
    columns: dict[str, Texts]
    labels: dict[str, str]
    numbers: list[int]
    keyed: bool
    unseen: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return len(self.numbers)

    def place(self, row: int, column: str) -> str:
        """Return the address of a value."""
        number, label = self.numbers[row], self.labels[column]
        return f"{self.file}[{number}].{label}" if self.keyed else f"{self.file}!{label}{number}"

    def row_place(self, row: int) -> str:
        """Return the address of a record."""
        number = self.numbers[row]
        return f"{self.file}[{number}]" if self.keyed else f"{self.file}!{number}"


def read_records(path: Path, rule: TableRule) -> Records:
    """Return the records of a file as its rule says; raise SourceError where it has none."""
    text, _ = decode(path.read_bytes(), path)
    if path.suffix.lower() == JSON:
        return _seen(_of_json(path, text, rule.records))
    return _seen(_of_csv(path, text, rule))


def _seen(records: Records) -> Records:
    """The records with the visible signs alone, of names and of texts; each text is held once."""
    unseen = [(records.file, name) for name in records.columns if signs_in(name)]
    columns: dict[str, Texts] = {}
    for name, texts in records.columns.items():
        seen = {text: visible(text).strip() or None for text in set(texts) if text}
        hiding = {text for text in seen if signs_in(text)}
        if hiding:
            unseen += [
                (visible(records.place(row, name)), text)
                for row, text in enumerate(texts)
                if text in hiding
            ]
        columns[visible(name).strip()] = [text and seen[text] for text in texts]
    labels = {visible(name).strip(): visible(label) for name, label in records.labels.items()}
    return replace(records, columns=columns, labels=labels, unseen=tuple(unseen))


def _of_csv(path: Path, text: str, rule: TableRule) -> Records:
    rows = sound_rows_of(text, path)
    body_begins = 1 if rule.header else 0
    numbers = [number for number, row in enumerate(rows, 1) if number > body_begins and any(row)]
    names = _column_names(rows, rule)
    columns = {
        name: [_text(rows[number - 1], column) for number in numbers]
        for column, name in enumerate(names)
    }
    labels = {name: letter(column) for column, name in enumerate(names)}
    return Records(file_name(path), columns, labels, numbers, keyed=False)


def _column_names(rows: Sequence[Sequence[str]], rule: TableRule) -> list[str]:
    """The names of the columns: those of the rule, or the header, else their letters."""
    names = list(rule.columns)
    if not names and rule.header and rows:
        names = list(rows[0])
    width = max(map(len, rows), default=0)
    return names + [letter(column) for column in range(len(names), width)]


def _text(row: Sequence[str], column: int) -> str | None:
    return row[column].strip() or None if column < len(row) else None


def _of_json(path: Path, text: str, where: str) -> Records:
    """A list of records, at the dotted path `where`; a value inside a value is called `a.b`."""
    try:
        found = json.loads(text)
        for key in filter(None, where.split(".")):
            found = found[key]
        flat = [dict(_flat(record)) for record in found]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(say("mapping_no_records", path=path, value=where or "[]")) from error
    names = dict.fromkeys(name for record in flat for name in record)
    columns = {name: [record.get(name) for record in flat] for name in names}
    labels = {name: name for name in names}
    return Records(file_name(path), columns, labels, list(range(1, len(flat) + 1)), keyed=True)


def _flat(record: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str | None]]:
    """The values of a record as texts, those inside another value under a dotted name."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, _json_text(value)


def _json_text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, list):
        return "|".join(map(str, value)) or None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip() or None
