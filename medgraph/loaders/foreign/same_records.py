"""Make one row of the records that mean the same thing; what contradicts is named."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.made_ids import made_id
from medgraph.loaders.tabular.sheets import known_header
from medgraph.words.columns import SHORTCUTS
from medgraph.words.days import day_or_none
from medgraph.words.say import Problem, problem, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from medgraph.loaders.foreign.mapped_records import MappedRecords

_OTHER_VALUE, _FURTHER_VALUES, _NAMESAKE = "W080", "W081", "W084"
_MERGED, _ALL_MERGED = "I098", "I100"
_ONE_DAY = datetime.timedelta(days=1)
# What tells the links between two nodes apart.
_OF_A_LINK = ("source", "relation", "target", "specialty", "service", "person", "period")
_NUMBER, _DIGITS = re.compile(r"-?\d+(\.\d+)?"), re.compile(r"\d+")
_LONGEST_NUMBER = 30

# What a record is of: the texts of the fields that say so.
_Key = tuple[str, ...]


class _Record(NamedTuple):
    """One record of a file."""

    mapped: MappedRecords
    row: int


def merge_same_records(
    tables: Sequence[MappedRecords], meta: Mapping[str, str], notes: list[Problem]
) -> None:
    """Merge the records of one table that are of one thing, and note each that was merged.

    They are where the fields agree that the rule names in `same`; by default the id, else the name,
    of facilities within one area; of links the ends and what tells two between them apart.
    Facilities of one name that agree in no more stay apart. The first is kept, filled in with what
    the others state; a newer version takes its place. Links are merged where they are versions.
    """
    if not any(_may_be_several(mapped) for mapped in tables):
        return
    first_of: dict[_Key, _Record] = {}
    namesakes: Counter[str] = Counter()
    last_places: dict[_Key, list[_Record]] = {}
    kept = []
    for record in _oldest_first(tables):
        key = _key(record)
        first = first_of.get(key) if key else None
        if first is not None:
            _merge(first, record, last_places[key][-1], notes)
            last_places[key].append(record)
            continue
        kept.append(record)
        if key:
            first_of[key] = record
            last_places[key] = [record]
        else:
            _end_if_deleted(record, record, meta)
        _tell_namesakes_apart(record, namesakes, notes)
    _keep(kept, tables)
    _note_all_merged([len(records) for records in last_places.values()], tables, notes)
    for records in last_places.values():
        _note_merged(records, notes)
        _end_if_deleted(records[0], records[-1], meta)


def _may_be_several(mapped: MappedRecords) -> bool:
    """Whether records may be of one thing; two links are not, unless one is a version of it."""
    rule = mapped.rule
    return mapped.table.kind is not None or bool(rule.version or rule.deleted)


def _oldest_first(tables: Sequence[MappedRecords]) -> Iterator[_Record]:
    """The records of all files; in the places of versions the oldest come first."""
    records = [_Record(mapped, row) for mapped in tables for row in mapped.kept]
    if not any(_has_versions(mapped) for mapped in tables):
        return iter(records)
    versions = iter(sorted(filter(_is_dated, records), key=_age))
    return (next(versions) if _is_dated(record) else record for record in records)


def _is_dated(record: _Record) -> bool:
    """Whether a column says how new a record is."""
    return _has_versions(record.mapped)


def _has_versions(mapped: MappedRecords) -> bool:
    return mapped.rule.version in mapped.records.columns


def _age(record: _Record) -> tuple[float, str]:
    """How new a version is: numbers by their size, numbers within a text (of a day), too."""
    mapped, row = record
    text = mapped.records.columns[str(mapped.rule.version)][row] or ""
    if _NUMBER.fullmatch(text):
        return float(text), ""
    return 0.0, _DIGITS.sub(lambda found: found[0].zfill(_LONGEST_NUMBER), text)


def _keep(kept: Sequence[_Record], tables: Sequence[MappedRecords]) -> None:
    """Keep these records of the tables, in the order of the files."""
    rows: dict[int, list[int]] = {id(mapped): [] for mapped in tables}
    for record in kept:
        rows[id(record.mapped)].append(record.row)
    for mapped in tables:
        mapped.kept = sorted(rows[id(mapped)])


def _key(record: _Record) -> _Key:
    """What a record is of; nothing where that cannot be said."""
    mapped = record.mapped
    if not _may_be_several(mapped):
        return ()
    if mapped.rule.same:
        stated = tuple(_value(record, name) for name in mapped.rule.same)
        return stated if all(stated) else ()
    if mapped.table.kind is None:
        return tuple(_value(record, name) for name in _OF_A_LINK)
    if id := _value(record, "id"):
        return (id,)
    name, area = _value(record, "name"), _value(record, "area")
    if mapped.table.kind != "Facility":
        return ("", name) if name else ()
    return ("", name, area) if name and area else ()


def _value(record: _Record, name: str) -> str:
    return record.mapped.text(record.row, name)


def _tell_namesakes_apart(record: _Record, namesakes: Counter[str], notes: list[Problem]) -> None:
    """Give the second facility of a name, without id and area, an id of its own, and say so."""
    name = _value(record, "name")
    stated = _value(record, "id") or _value(record, "area") or record.mapped.rule.same
    if record.mapped.table.kind != "Facility" or stated or not name:
        return
    namesakes[name] += 1
    if (number := namesakes[name]) > 1:
        record.mapped.set(record.row, "id", made_id(f"{name}#{number}"))
        place = record.mapped.place(record.row, "name")
        notes.append(problem(_NAMESAKE, place=place, value=name))


def _note_all_merged(
    sizes: Sequence[int], tables: Sequence[MappedRecords], notes: list[Problem]
) -> None:
    """Say how many records became how many rows, where more than one row is made of several."""
    merged = [size for size in sizes if size > 1]
    if len(merged) > 1:
        place = say("list_comma").join(dict.fromkeys(mapped.table.name for mapped in tables))
        notes.append(problem(_ALL_MERGED, place=place, count=sum(merged), rows=len(merged)))


def _note_merged(records: Sequence[_Record], notes: list[Problem]) -> None:
    """Say which records became one row."""
    first, *others = records
    if not others:
        return
    places = [mapped.records.row_place(row) for mapped, row in records]
    subject = first.mapped.subject(first.row) or ""
    listed = say("list_comma").join(places)
    notes.append(
        problem(_MERGED, place=places[0], value=subject, count=len(records), places=listed)
    )


def _end_if_deleted(first: _Record, last: _Record, meta: Mapping[str, str]) -> None:
    """End what the last of its records says is deleted.

    It ends on the day stated, else the day before the data day; a facility without either is
    closed, and of anything else nobody knows what holds.
    """
    mapped, row = first
    if not last.mapped.is_deleted(last.row):
        return
    if day := _value(last, "valid_to"):
        mapped.set(row, "valid_to", day)
    elif data_day := day_or_none(meta.get("data_day")):
        mapped.set(row, "valid_to", (data_day - _ONE_DAY).isoformat())
    elif mapped.table.kind == "Facility":
        mapped.set(row, "status", "closed")
    else:
        place = last.mapped.records.row_place(last.row)
        raise SourceError(say("mapping_ended_when", place=place, value=mapped.subject(row) or ""))


def _merge(first: _Record, record: _Record, last: _Record, notes: list[Problem]) -> None:
    """Merge a record into the first of its thing, of which `last` was merged before it."""
    weights = first.mapped.weights
    weights[first.row] = weights.get(first.row, 1) + 1
    if _is_newer(record, last):
        for name in record.mapped.read:
            _take_over(first, record, name)
        return
    if first.mapped is not record.mapped:
        first.mapped.named |= record.mapped.named.intersection(record.mapped.read)
    for name in record.mapped.read:
        old, new = first.mapped.column(name)[first.row], record.mapped.values[name][record.row]
        if new is not None and new != old:
            _merge_field(first, record, name, old, new, notes)


def _is_newer(record: _Record, last: _Record) -> bool:
    """Whether a record is a later version than the last; of one version there may be several."""
    if not record.mapped.rule.version:
        return False
    are_dated = _is_dated(record) and _is_dated(last)
    return not are_dated or _age(record) > _age(last)


def _take_over(first: _Record, record: _Record, name: str) -> None:
    """Put what a newer version says in the place of the older; a deletion need not say all."""
    text = record.mapped.values[name][record.row]
    if text is not None or not record.mapped.is_deleted(record.row):
        first.mapped.column(name)[first.row] = text
        if name in record.mapped.named:
            first.mapped.named.add(name)


def _merge_field(
    first: _Record, record: _Record, name: str, old: str | None, new: str, notes: list[Problem]
) -> None:
    """Fill in a field, add to a list; of two values the first counts."""
    texts = first.mapped.column(name)
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
