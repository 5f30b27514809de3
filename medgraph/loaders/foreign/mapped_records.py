"""Give the records of a file the names of the model, as a rule says."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.loaders.foreign.file_rules import FieldRule
from medgraph.loaders.tabular.sheets import FREE, Sheet, known_header
from medgraph.words.joining import listed
from medgraph.words.say import Problem, problem, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from medgraph.graphmodel import schema
    from medgraph.loaders.foreign.file_records import Records, Texts
    from medgraph.loaders.foreign.file_rules import TableRule


@dataclass
class MappedRecords:
    """Records under the model's names: texts by field, and the column that each field came from.

    `kept` are the rows that become rows of the table, `named` the fields that the rule names;
    `weights` says of how many records a row is made, where that is more than one; `rule` is what
    the records were read by, and `read` are the fields that it reads.
    """

    table: schema.Table
    records: Records
    values: dict[str, Texts]
    origin: dict[str, str]
    kept: list[int]
    named: set[str]
    rule: TableRule
    read: tuple[str, ...]
    weights: dict[int, int] = field(default_factory=dict)

    def place(self, row: int, name: str) -> str:
        """Return where the value of a field stands; the file alone for a constant."""
        column = self.origin[name]
        return self.records.place(row, column) if column else self.records.file

    def subject(self, row: int) -> str | None:
        """Return the name of a record, or its id where records have none; of a link its ends."""
        for name in ("name", "id"):
            if text := self.text(row, name):
                return text
        ends = [self.text(row, name) for name in ("source", "relation", "target")]
        return " ".join(filter(None, ends)) or None

    def text(self, row: int, name: str) -> str:
        """Return what a record states of a field; empty where it states nothing."""
        texts = self.values.get(name)
        return (texts[row] or "") if texts else ""

    def is_deleted(self, row: int) -> bool:
        """Whether a record says that what it is of has ended."""
        columns = self.records.columns
        return any(
            column in columns and (columns[column][row] or "") in texts
            for column, texts in self.rule.deleted.items()
        )

    def column(self, name: str) -> Texts:
        """Return the texts of a field, to be filled in; all empty where no rule reads it."""
        if name not in self.values:
            self.values[name] = [None] * len(self.records)
            self.origin.setdefault(name, "")
        return self.values[name]

    def set(self, row: int, name: str, text: str) -> None:
        """State a field of a record."""
        self.column(name)[row] = text
        self.named.add(name)

    def sheet(self) -> Sheet:
        """Return the kept rows as the assembly takes them in."""
        filled = [
            name for name, texts in self.values.items() if any(texts[row] for row in self.kept)
        ]
        required = [name for name in self.values if name in self.table.required]
        names = list(dict.fromkeys([*filled, *required]))
        return Sheet(
            self.table,
            self.records.file,
            self.records.file,
            tuple(self._header(name) for name in names),
            tuple(self._column(name) for name in names),
            np.array([self.records.numbers[row] for row in self.kept], np.int64),
            keys=tuple(self.records.labels.get(self.origin[name], "") or name for name in names),
            lettered=not self.records.keyed,
        )

    def _column(self, name: str) -> pa.Array:
        texts = self.values[name]
        return pa.array([texts[row] for row in self.kept], pa.string())

    def _header(self, name: str) -> str:
        """The name of a field that the rule names; of an attribute, however it is called."""
        is_field = known_header(self.table.name, name) is not None
        is_named = name in self.named
        return name if is_field and is_named else _free(name)


def map_records(records: Records, rule: TableRule, notes: list[Problem]) -> MappedRecords:
    """Return the records of a file under the model's names; texts that mean nothing are noted."""
    fields = dict(rule.fields)
    if rule.rest:
        for name in unnamed_columns(records, rule):
            fields[_free(name) if name in rule.fields else name] = FieldRule((name,))
    return MappedRecords(
        rule.table,
        records,
        {name: _values(records, one, notes) for name, one in fields.items()},
        {name: one.columns[0] if one.columns else "" for name, one in fields.items()},
        list(range(len(records))),
        set(rule.fields),
        rule,
        tuple(fields),
    )


def _free(name: str) -> str:
    """The name of an attribute, of whatever word of ours."""
    return FREE + name.removeprefix(FREE)


def unnamed_columns(records: Records, rule: TableRule) -> list[str]:
    """Return the columns that hold something and that no field of the rule is read from."""
    used = {column for one in rule.fields.values() for column in one.columns}
    used |= {*rule.skip, *rule.deleted, str(rule.version)}
    return [name for name, texts in records.columns.items() if name not in used and any(texts)]


def refuse_missing_columns(records: Records, rule: TableRule, mapping: Path) -> None:
    """Raise SourceError for a column of the rule that the file does not have.

    A mark that a record is deleted, or none of ours, may be on no record that has keys of its own.
    """
    named = [column for one in rule.fields.values() for column in one.columns]
    if not records.keyed:
        named += [*rule.skip, *rule.deleted]
        named += [rule.version] if isinstance(rule.version, str) else []
    for column in named:
        if column not in records.columns:
            known = listed(records.columns)
            raise SourceError(
                say(
                    "mapping_no_column",
                    path=mapping,
                    value=column,
                    file=records.file,
                    known=known,
                )
            )


def _values(records: Records, one: FieldRule, notes: list[Problem]) -> Texts:
    """The texts of one field for every record."""
    if one.value is not None:
        return [one.value] * len(records)
    columns = [records.columns[column] for column in one.columns]
    if one.template is not None:
        rows = list(zip(*columns, strict=True))
        rows = rows or [()] * len(records)  # a template of no column is the same for all
        return [_filled_in(one, row) for row in rows]
    joined = _joined(columns)
    ours = {text: _ours(one, text) for text in set(joined)}
    if not ours.keys().isdisjoint(one.unless):
        column = one.columns[0]
        for row, text in enumerate(joined):
            if text and text in one.unless:
                place = records.place(row, column)
                notes.append(problem("W082", place=place, value=text, column=column))
    return [ours[text] for text in joined]


def _joined(columns: Sequence[Texts]) -> list[str]:
    """What the columns say of each record, as one text."""
    if len(columns) == 1:
        return [text or "" for text in columns[0]]
    rows = zip(*columns, strict=True)
    return ["|".join(dict.fromkeys(filter(None, row))) for row in rows]


def _filled_in(one: FieldRule, row: Sequence[str | None]) -> str:
    """The text of a template; the name of a column may hold dots (`resource.id`)."""
    texts = {name: text or "" for name, text in zip(one.columns, row, strict=True)}
    parts = string.Formatter().parse(one.template or "")
    return "".join(before + texts.get(name or "", "") for before, name, *_ in parts)


def _ours(one: FieldRule, text: str) -> str | None:
    """Our word for their text; None where it means nothing."""
    if not text or text in one.unless:
        return None
    found = one.words.get(text, text)
    return one.add_prefix + found.removeprefix(one.strip_prefix) if found else None
