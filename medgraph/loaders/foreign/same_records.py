"""Make one row of the records that mean the same thing; what contradicts is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medgraph.graphmodel import schema
from medgraph.loaders.tabular.sheets import known_header
from medgraph.words.columns import SHORTCUTS
from medgraph.words.say import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.loaders.foreign.mapped_records import MappedRecords

_OTHER_VALUE, _FURTHER_VALUES = "W080", "W081"


class _Record(NamedTuple):
    """One record of a file."""

    mapped: MappedRecords
    row: int


def merge_same_records(tables: Sequence[MappedRecords], notes: list[Problem]) -> None:
    """Merge the records of one table with the same id, or without ids the same name.

    The first is kept, filled in with what the others state. Links are never merged.
    """
    if tables[0].table.kind is None:
        return
    first_of: dict[str, _Record] = {}
    for mapped in tables:
        keys = mapped.values.get("id") or mapped.values.get("name")
        kept = []
        for row in mapped.kept:
            record = _Record(mapped, row)
            key = keys[row] if keys else None
            first = first_of.get(key) if key else None
            if first is None:
                kept.append(row)
                if key:
                    first_of[key] = record
            else:
                _merge(first, record, notes)
        mapped.kept = kept


def _merge(first: _Record, record: _Record, notes: list[Problem]) -> None:
    weights = first.mapped.weights
    weights[first.row] = weights.get(first.row, 1) + 1
    for name in record.mapped.values:
        _merge_field(first, record, name, notes)


def _merge_field(first: _Record, record: _Record, name: str, notes: list[Problem]) -> None:
    """Fill in a field, add to a list; of two values of one field the first counts."""
    blank: list[str | None] = [None] * len(first.mapped.records)
    texts = first.mapped.values.setdefault(name, blank)
    first.mapped.origin.setdefault(name, "")
    old, new = texts[first.row], record.mapped.values[name][record.row]
    if new is None or old == new:
        return
    if old is None:
        texts[first.row] = new
        return
    table = record.mapped.table.name
    field = record.mapped.table.field(known_header(table, name) or name)
    if field is not None and field.type != "list":
        _note(_OTHER_VALUE, old, new, record, name, notes)
        return
    parts = old.split("|")
    added = [part for part in new.split("|") if part not in parts]
    if added:
        texts[first.row] = "|".join([*parts, *added])
        is_attribute = field is None and name not in SHORTCUTS.get(table, {})
        if is_attribute:
            _note(_FURTHER_VALUES, old, new, record, name, notes)


def _note(code: str, old: str, new: str, record: _Record, name: str, notes: list[Problem]) -> None:
    mapped, row = record
    column = schema.title(name, mapped.table)
    place, subject = mapped.place(row, name), mapped.subject(row)
    notes.append(problem(code, place=place, value=new, first=old, column=column, subject=subject))
