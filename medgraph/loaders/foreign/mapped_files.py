"""Read other people's data files by a small TOML that says what their columns mean.

See docs/mapping.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.errors import SourceError
from medgraph.graphmodel.unseen_signs import told
from medgraph.loaders.foreign.file_records import Records, read_records
from medgraph.loaders.foreign.file_rules import FileRules, TableRule, read_rules
from medgraph.loaders.foreign.mapped_records import (
    MappedRecords,
    map_records,
    refuse_missing_columns,
    unnamed_columns,
)
from medgraph.loaders.foreign.same_records import merge_same_records
from medgraph.loaders.loaded import LeftRow, Loaded
from medgraph.loaders.tabular.assembly import Intake
from medgraph.suffixes import CSV, JSON, TEXT
from medgraph.words.joining import listed
from medgraph.words.say import Problem, problem, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medgraph.graphmodel.arrays.types import Positions


def load(source: Path, *, mapping: Path, lenient: bool = False) -> Loaded:
    """Read `source` (a folder or one file) as the TOML file `mapping` says.

    A record counts as a row once for each table that it feeds. Records that mean the same thing
    become one row; where they contradict one another, the first counts and a problem names both.
    """
    rules = read_rules(mapping)
    files = list(_read(rules, source))
    if not files:
        raise SourceError(say("mapping_no_file", path=mapping, source=source))
    notes: list[Problem] = []
    left: list[LeftRow] = []
    for rule, records in files:
        refuse_missing_columns(records, rule, mapping)
    tables = [_map_and_skip(records, rule, notes, left) for rule, records in files]
    notes += [*_unused_columns(files), *_unseen(files)]
    for name in dict.fromkeys(mapped.table.name for mapped in tables):
        merge_same_records([one for one in tables if one.table.name == name], rules.meta, notes)
    intake = Intake(
        [mapped.sheet() for mapped in tables],
        rules.meta,
        notes=notes,
        weights=_weights(tables),
        left=left,
    )
    return intake.load(lenient=lenient)


def _read(rules: FileRules, source: Path) -> Iterator[tuple[TableRule, Records]]:
    """Each rule with each file that it speaks of; what several read in one way is read once."""
    known: dict[tuple[object, ...], Records] = {}
    for rule in rules.tables:
        for path in _files(rule, source):
            way = (path, rule.header, rule.columns, rule.records)
            if way not in known:
                known[way] = read_records(path, rule)
            yield rule, known[way]


def _files(rule: TableRule, source: Path) -> list[Path]:
    """The files that a rule speaks of."""
    if source.is_dir():
        found = source.glob(rule.file)
        return sorted(path for path in found if path.suffix.lower() in (CSV, JSON, TEXT))
    return [source] if source.match(rule.file) else []


def _map_and_skip(
    records: Records, rule: TableRule, notes: list[Problem], left: list[LeftRow]
) -> MappedRecords:
    """The records of a file in a table, without those that its rule skips."""
    mapped = map_records(records, rule, notes)
    mapped.kept = [row for row in mapped.kept if not _is_skipped(records, rule, row, left)]
    return mapped


def _is_skipped(records: Records, rule: TableRule, row: int, left: list[LeftRow]) -> bool:
    """Whether a record is no row of the table; it is listed as left out, with the reason."""
    for column, texts in rule.skip.items():
        text = (records.columns[column][row] or "") if column in records.columns else ""
        if text in texts:
            reason = say("mapping_skips", column=column, value=text)
            place = records.place(row, column) if column in records.labels else records.file
            left.append(LeftRow(place, reason))
            return True
    return False


def _unused_columns(files: list[tuple[TableRule, Records]]) -> list[Problem]:
    """Name the columns of each file that no rule reads."""
    unused: dict[str, set[str]] = {}
    for rule, records in files:
        unnamed = set() if rule.rest else set(unnamed_columns(records, rule))
        unused[records.file] = unused.get(records.file, unnamed) & unnamed
    return [
        problem("W083", place=file, value=listed(sorted(columns)))
        for file, columns in unused.items()
        if columns
    ]


def _unseen(files: list[tuple[TableRule, Records]]) -> Iterator[Problem]:
    """Tell once of each file where signs that nobody sees were taken out of it."""
    by_file = {records.file: records.unseen for _, records in files if records.unseen}
    for unseen in by_file.values():
        yield told(unseen[0][0], [text for _, text in unseen])


def _weights(tables: list[MappedRecords]) -> Positions:
    """Of how many records each row is made."""
    weights = [mapped.weights.get(row, 1) for mapped in tables for row in mapped.kept]
    return np.array(weights, np.int64)
