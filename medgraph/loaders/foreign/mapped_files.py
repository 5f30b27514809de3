"""Read other people's files by a small TOML that says what their columns mean; see docs/mapping.md."""

from __future__ import annotations

import json
import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.loaders.loaded import LeftRow, Loaded
from medgraph.loaders.tabular.assembly import Intake
from medgraph.loaders.tabular.csv_text import decode, rows_of
from medgraph.loaders.tabular.sheets import FREE, Sheet, file_name, known_header, letter
from medgraph.suffixes import CSV, JSON, TEXT
from medgraph.words.columns import SHORTCUTS
from medgraph.words.say import Problem, problem, say

_TABLE_KEYS = {"file", "table", "fields", "header", "columns", "records", "same", "skip", "rest"}
_FIELD_KEYS = {"column", "columns", "value", "words", "unless", "template"}


@dataclass
class Records:
    """The records of one file under the names of their columns; `labels` name the columns in places."""

    file: str
    columns: dict[str, list[str | None]]
    labels: dict[str, str]
    numbers: list[int]
    keyed: bool

    def place(self, row: int, column: str) -> str:
        if self.keyed:
            return f"{self.file}[{self.numbers[row]}].{self.labels[column]}"
        return f"{self.file}!{self.labels[column]}{self.numbers[row]}"


@dataclass
class Mapped:
    """Records under the model's names: values by field, the column each field came from, records merged in."""

    table: schema.Table
    records: Records
    values: dict[str, list[str | None]]
    origin: dict[str, str]
    kept: list[int]
    named: set[str]
    weights: dict[int, int] = field(default_factory=dict)


def load(source: Path, *, mapping: Path, lenient: bool = False) -> Loaded:
    """Read `source` (a folder or one file) as the TOML file `mapping` says.

    A record counts as a row once for each table that it feeds. Records that mean the same thing become one
    row; where they contradict one another, the first counts and a problem names both values.
    """
    rules = _rules(mapping)
    notes: list[Problem] = []
    left: list[LeftRow] = []
    unused: dict[str, set[str]] = {}
    tables = [
        table
        for rule in rules["table"]
        for table in _mapped(rule, source, mapping, notes, left, unused)
    ]
    if not tables:
        raise SourceError(say("mapping_no_file", path=mapping, source=source))
    notes += [
        problem("W083", place=file, value="、".join(sorted(columns)))
        for file, columns in unused.items()
        if columns
    ]
    for name in {t.table.name for t in tables}:
        _merge([t for t in tables if t.table.name == name], notes)
    weights = np.array([t.weights.get(row, 1) for t in tables for row in t.kept], np.int64)
    stated = {key: str(value) for key, value in rules.get("meta", {}).items()}
    intake = Intake([_sheet(t) for t in tables], stated, notes=notes, weights=weights, left=left)
    return intake.load(lenient=lenient)


# -- the rules -------------------------------------------------------------------------------------


def _rules(path: Path) -> dict[str, Any]:
    try:
        rules = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(say("mapping_not_toml", path=path, reason=error)) from error
    if not isinstance(rules.get("table"), list):
        raise SourceError(say("mapping_no_table", path=path))
    for rule in rules["table"]:
        _known(path, rule, _TABLE_KEYS)
        table = schema.table_named(str(rule.get("table", "")))
        if table is None or not isinstance(rule.get("fields"), dict):
            raise SourceError(say("mapping_no_table", path=path))
        for spec in rule["fields"].values():
            if isinstance(spec, dict):
                _known(path, spec, _FIELD_KEYS)
    return rules


def _known(path: Path, given: Mapping[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(set(given) - allowed):
        raise SourceError(
            say(
                "mapping_unknown_key",
                path=path,
                value=unknown[0],
                allowed=", ".join(sorted(allowed)),
            )
        )


def _mapped(
    rule: dict[str, Any],
    source: Path,
    mapping: Path,
    notes: list[Problem],
    left: list[LeftRow],
    unused: dict[str, set[str]],
) -> Iterator[Mapped]:
    """The records of every file that a rule speaks of, under the model's names."""
    table = schema.table_named(rule["table"])
    for path in _files(rule, source):
        records = _records(path, rule)
        read = {name: _Reading(spec, records, mapping) for name, spec in rule["fields"].items()}
        used = {c for r in read.values() for c in r.columns} | set(rule.get("skip", {}))
        rest = {c for c in records.columns if c not in used and any(records.columns[c])}
        if rule.get("rest"):  # each is kept as an attribute under its own name
            read.update(
                {
                    c: _Reading(c, records, mapping)
                    for c in records.columns
                    if c in rest and c not in read
                }
            )
            rest = set()
        unused[records.file] = unused.get(records.file, rest) & rest
        values = {name: r.values(notes) for name, r in read.items()}
        origin = {name: r.columns[0] if r.columns else "" for name, r in read.items()}
        kept = [
            row for row in range(len(records.numbers)) if not _skipped(row, records, rule, left)
        ]
        yield Mapped(table, records, values, origin, kept, set(rule["fields"]))


def _files(rule: dict[str, Any], source: Path) -> list[Path]:
    wanted = rule.get("file", "*")
    if source.is_dir():
        return sorted(p for p in source.glob(wanted) if p.suffix.lower() in (CSV, JSON, TEXT))
    return [source] if source.match(wanted) else []


def _skipped(row: int, records: Records, rule: dict[str, Any], left: list[LeftRow]) -> bool:
    for column, texts in rule.get("skip", {}).items():
        if column in records.columns and records.columns[column][row] in texts:
            left.append(
                LeftRow(
                    records.place(row, column),
                    say("mapping_skips", column=column, value=records.columns[column][row]),
                )
            )
            return True
    return False


class _Reading:
    """How one field is read: from a column, several columns, a constant or a template."""

    def __init__(self, spec: Any, records: Records, mapping: Path) -> None:
        forms = {dict: lambda: spec, list: lambda: {"columns": spec}}
        self.spec: dict[str, Any] = forms.get(type(spec), lambda: {"column": str(spec)})()
        self.records = records
        named = self.spec.get("columns") or ([self.spec["column"]] if "column" in self.spec else [])
        named = [
            *named,
            *(
                part
                for _, part, *_ in string.Formatter().parse(self.spec.get("template", ""))
                if part
            ),
        ]
        for column in named:
            if column not in records.columns:
                known = "、".join(records.columns)
                raise SourceError(
                    say(
                        "mapping_no_column",
                        path=mapping,
                        value=column,
                        file=records.file,
                        known=known,
                    )
                )
        self.columns: list[str] = list(named)

    def values(self, notes: list[Problem]) -> list[str | None]:
        """The texts of the field for every record."""
        size = len(self.records.numbers)
        if "value" in self.spec:
            return [str(self.spec["value"])] * size
        parts = [self.records.columns[c] for c in self.columns]
        if "template" in self.spec:
            return [
                self.spec["template"].format_map(
                    dict(zip(self.columns, [x or "" for x in row], strict=True))
                )
                for row in zip(*parts, strict=True)
            ]
        words, unless = self.spec.get("words", {}), self.spec.get("unless", ())
        joined = [
            "|".join(dict.fromkeys(x for x in row if x)) or None for row in zip(*parts, strict=True)
        ]
        for row, text in enumerate(joined):
            if text in unless:
                notes.append(
                    problem(
                        "W082",
                        place=self.records.place(row, self.columns[0]),
                        value=text,
                        column=self.columns[0],
                    )
                )
        return [
            None if text is None or text in unless else words.get(text, text) or None
            for text in joined
        ]


# -- the files -------------------------------------------------------------------------------------


def _records(path: Path, rule: dict[str, Any]) -> Records:
    text, _ = decode(path.read_bytes(), path)
    if path.suffix.lower() == JSON:
        return _json_records(path, text, rule.get("records", ""))
    rows = rows_of(text)
    width = max(map(len, rows), default=0)
    has_header = rule.get("header", True)
    names = list(rule.get("columns", ())) or (
        rows[0] if has_header and rows else [letter(i) for i in range(width)]
    )
    names += [letter(i) for i in range(len(names), width)]
    first = 1 if has_header else 0
    body = [(number, row) for number, row in enumerate(rows[first:], first + 1) if any(row)]
    columns = {
        name: [row[i].strip() or None if i < len(row) else None for _, row in body]
        for i, name in enumerate(names)
    }
    labels = {name: letter(i) for i, name in enumerate(names)}
    return Records(file_name(path), columns, labels, [number for number, _ in body], False)


def _json_records(path: Path, text: str, where: str) -> Records:
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
    return Records(
        file_name(path),
        columns,
        {name: name for name in names},
        list(range(1, len(flat) + 1)),
        True,
    )


def _flat(record: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str | None]]:
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        elif isinstance(value, list):
            yield before + key, "|".join(str(part) for part in value) or None
        elif isinstance(value, bool):
            yield before + key, "yes" if value else "no"
        else:
            yield before + key, None if value is None else str(value).strip() or None


# -- records that mean the same --------------------------------------------------------------------


def _merge(tables: list[Mapped], notes: list[Problem]) -> None:
    """Make one row of the records with the same id, or without ids the same name; links are never merged."""
    if tables[0].table.kind is None:
        return
    seen: dict[str, tuple[Mapped, int]] = {}
    for mapped in tables:
        keys = mapped.values.get("id") or mapped.values.get("name") or []
        kept = []
        for row in mapped.kept:
            key = keys[row] if keys else None
            if key is None or key not in seen:
                kept.append(row)
                seen.setdefault(key or f"\0{id(mapped)}{row}", (mapped, row))
                continue
            first, at = seen[key]
            first.weights[at] = first.weights.get(at, 1) + 1
            for name in mapped.values:
                _merge_field(first, at, mapped, row, name, notes)
        mapped.kept = kept


def _merge_field(
    first: Mapped, at: int, mapped: Mapped, row: int, name: str, notes: list[Problem]
) -> None:
    there = first.values.setdefault(name, [None] * len(first.records.numbers))
    first.origin.setdefault(name, "")
    old, new = there[at], mapped.values[name][row]
    if new is None or old == new:
        return
    if old is None:
        there[at] = new
        return
    described = mapped.table.field(known_header(mapped.table.name, name) or name)
    parts = old.split("|")
    added = [part for part in new.split("|") if part not in parts]
    several = described is None or described.type == "list"
    if several and not added:
        return
    if several:
        there[at] = "|".join([*parts, *added])
    is_shortcut = name in SHORTCUTS.get(mapped.table.name, {})
    if not several or (described is None and not is_shortcut):
        column = mapped.origin[name]
        place = mapped.records.place(row, column) if column else mapped.records.file
        notes.append(
            problem(
                "W081" if several else "W080",
                place=place,
                value=new,
                first=old,
                column=schema.title(name, mapped.table),
                subject=(mapped.values.get("name") or mapped.values["id"])[row],
            )
        )


def _sheet(mapped: Mapped) -> Sheet:
    records = mapped.records
    names = [
        name for name, values in mapped.values.items() if any(values[row] for row in mapped.kept)
    ]
    required = [
        name for name in mapped.values if name in mapped.table.required and name not in names
    ]
    names += required
    columns = tuple(
        pa.array([mapped.values[name][row] for row in mapped.kept], pa.string()) for name in names
    )
    labels = tuple(records.labels.get(mapped.origin[name], "") or name for name in names)
    header = tuple(_header(mapped, name) for name in names)
    return Sheet(
        mapped.table,
        records.file,
        records.file,
        header,
        columns,
        np.array([records.numbers[row] for row in mapped.kept], np.int64),
        keys=labels,
        lettered=not records.keyed,
    )


def _header(mapped: Mapped, name: str) -> str:
    """A field that the mapping names, or `attr:`: an attribute it names, or a column of theirs called like a field."""
    return (
        FREE + name
        if (name in mapped.named) == (known_header(mapped.table.name, name) is None)
        else name
    )
