"""Read the sheet 对照 back into a mapping, with what the planner has edited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from medgraph.errors import SourceError
from medgraph.loaders.foreign.mapping import Column, SheetRule, WorkbookMapping
from medgraph.loaders.foreign.meanings import (
    labels_for_all,
    labels_offered,
    may_hold_for_all,
    meaning_of,
)
from medgraph.loaders.foreign.open_questions import VOCABULARY_OF
from medgraph.words import foreign_workbooks as words
from medgraph.words.numerals import factor_of
from medgraph.words.say import language, pick, say
from medgraph.words.vocabularies import MAPPING_ITEMS, VOCABULARIES, label, word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


_CELLS = 7  # of a line; what the last keeps stood where the place does in older workbooks


class _UnknownWordError(ValueError):
    """A word in 对照 that nobody knows, and those that are allowed there."""

    def __init__(self, value: str, allowed: Sequence[str]) -> None:
        super().__init__(value)
        self.value, self.allowed = value, allowed


class _Line(NamedTuple):
    """A line of 对照 as it is read: `key` is what it settles."""

    key: str
    theirs: str
    ours: str
    sheet: str
    at: str


def read_mapping_sheet(
    rows: Sequence[Sequence[str | None]], workbook: str = ""
) -> WorkbookMapping | None:
    """Return the mapping that the rows of a sheet 对照 state, None where it is no such sheet.

    Raise SourceError that names the row of a word that nobody knows.
    """
    mapping = WorkbookMapping()
    rules: dict[str, SheetRule] = {}
    for number, row in enumerate(rows[1:], 2):
        try:
            line = _line(row)
            if line is not None:
                _read_line(line, mapping, rules)
        except _UnknownWordError as error:
            raise SourceError(
                say(
                    "mapping_sheet_word",
                    workbook=workbook,
                    sheet=pick(**words.MAPPING_SHEETS),
                    row=number,
                    value=error.value,
                    allowed=" / ".join(error.allowed),
                )
            ) from error
    mapping.sheets = list(rules.values())
    return mapping if mapping.source else None


def _line(row: Sequence[str | None]) -> _Line | None:
    """The line that a row states; None where it settles nothing."""
    texts = [str(text or "").strip() for text in row[:_CELLS]]
    theirs, ours, sheet, at, item, _why, kept = texts + [""] * (_CELLS - len(texts))
    if not item:
        return None
    key = word("mapping_item", item)
    if key is None:
        raise _UnknownWordError(item, [term.zh for term in MAPPING_ITEMS.values()])
    is_open = key in ("word", "name") and not ours
    return None if is_open else _Line(key, theirs, ours, sheet, kept or at)


def _read_line(line: _Line, mapping: WorkbookMapping, rules: dict[str, SheetRule]) -> None:
    if line.key in _WHOLE:
        _WHOLE[line.key](mapping, line)
        return
    if line.key == "word" and _column_at(rules.get(line.sheet), line.at) is None:
        mapping.words[line.theirs] = line.ours
        return
    rule = rules.setdefault(line.sheet, SheetRule(line.sheet, kind="skip"))
    if line.key in _SHEET:
        _SHEET[line.key](rule, line)
        return
    column = _column_at(rule, line.at)
    if column is not None:
        _COLUMN[line.key](column, line)


def _column_at(rule: SheetRule | None, at: str) -> Column | None:
    columns = rule.columns if rule is not None else []
    return next((column for column in columns if column.at == at), None)


def _one_of(vocabulary: str, text: str) -> str:
    """Return our word; raise _UnknownWordError."""
    found = word(vocabulary, text)
    if found is None:
        allowed = [label(vocabulary, own, language()) for own in VOCABULARIES[vocabulary]]
        raise _UnknownWordError(text, allowed)
    return found


def _is_yes(text: str) -> bool:
    return _one_of("boolean", text) == "yes"


# -- lines that hold for the whole workbook --------------------------------------------------------


def _set_file(mapping: WorkbookMapping, line: _Line) -> None:
    mapping.source, mapping.made = line.ours, line.at


def _set_area(mapping: WorkbookMapping, line: _Line) -> None:
    mapping.area = tuple(part for part in re.split(r"[^0-9]+", line.ours) if part)


def _set_meta(mapping: WorkbookMapping, line: _Line) -> None:
    if line.ours:
        mapping.meta[word("meta", line.theirs) or line.theirs] = line.ours


def _set_confirmed(mapping: WorkbookMapping, line: _Line) -> None:
    mapping.confirmed = bool(line.ours) and _is_yes(line.ours)


def _set_complete(mapping: WorkbookMapping, line: _Line) -> None:
    mapping.complete = bool(line.ours) and _is_yes(line.ours)


def _set_name(mapping: WorkbookMapping, line: _Line) -> None:
    mapping.names[line.theirs] = line.ours


def _set_answer(mapping: WorkbookMapping, line: _Line) -> None:
    vocabulary = VOCABULARY_OF.get(line.at)
    answer = _one_of(vocabulary, line.ours) if vocabulary and line.ours else line.ours
    if answer:
        mapping.answers[f"{line.at}:{line.sheet}:{line.theirs}"] = answer


_WHOLE: dict[str, Callable[[WorkbookMapping, _Line], None]] = {
    "file": _set_file,
    "area": _set_area,
    "meta": _set_meta,
    "confirmed": _set_confirmed,
    "complete": _set_complete,
    "name": _set_name,
    "answer": _set_answer,
}


# -- lines of a sheet ------------------------------------------------------------------------------


def _set_kind(rule: SheetRule, line: _Line) -> None:
    rule.kind = _one_of("sheet_kind", line.ours)


def _set_layout(rule: SheetRule, line: _Line) -> None:
    """The layout; where it differs from the one beside it, a person has just said another."""
    rule.layout = _one_of("layout", line.ours)
    rule.is_changed = bool(line.at) and rule.layout != word("layout", line.at)


def _set_header(rule: SheetRule, line: _Line) -> None:
    numbers = _row_numbers(line.ours)
    rule.header = (numbers[0], numbers[-1]) if numbers else None


def _set_rows(rule: SheetRule, line: _Line) -> None:
    _row_numbers(line.ours)
    first, _, last = words.FIRST_AND_LAST.sub("-", line.ours).partition("-")
    rule.first = int(first) if first.strip() else None
    rule.last = int(last) if last.strip() else None


def _set_skip(rule: SheetRule, line: _Line) -> None:
    rule.skip = _rows_listed(line.ours)


def _set_hidden(rule: SheetRule, line: _Line) -> None:
    rule.hidden = _one_of("hidden", line.ours)


def _set_sheet_name(rule: SheetRule, line: _Line) -> None:
    to = _meaning_for_all(line.ours)
    rule.sheet_name = "" if to == "skip" else to


def _set_constant(rule: SheetRule, line: _Line) -> None:
    rule.constants[_meaning_for_all(line.theirs)] = line.ours


def _add_column(rule: SheetRule, line: _Line) -> None:
    to, relation = meaning_of(line.ours)
    if line.ours and not to:
        raise _UnknownWordError(line.ours, labels_offered(language()))
    title = "" if line.theirs == line.at else line.theirs
    rule.columns.append(Column(line.at, to, title=title, relation=relation))


_SHEET: dict[str, Callable[[SheetRule, _Line], None]] = {
    "sheet": _set_kind,
    "layout": _set_layout,
    "header": _set_header,
    "rows": _set_rows,
    "skip": _set_skip,
    "hidden": _set_hidden,
    "sheet_name": _set_sheet_name,
    "constant": _set_constant,
    "column": _add_column,
}


def _meaning_for_all(text: str) -> str:
    """What the name of a sheet, or a constant, states; raise _UnknownWordError."""
    to = meaning_of(text)[0]
    if to != "skip" and not may_hold_for_all(to):
        raise _UnknownWordError(text, labels_for_all(language()))
    return to


def _row_numbers(text: str) -> list[int]:
    """Return the numbers of rows in a text; raise _UnknownWordError for anything else in it."""
    found = re.findall(r"\d+", text)
    if "0" in found or words.NOT_ROW_NUMBERS.search(text):
        raise _UnknownWordError(text, words.ROW_NUMBERS_ALLOWED)
    return [int(number) for number in found]


def _rows_listed(text: str) -> tuple[int, ...]:
    """Return the rows that a text lists: 3、7-9."""
    _row_numbers(text)
    rows: list[int] = []
    for part in words.ROW_BREAK.split(words.ROW_RANGE.sub("-", text)):
        span = re.findall(r"\d+", part)
        if span:
            rows += range(int(span[0]), int(span[-1]) + 1)
    return tuple(rows)


# -- lines of a column -----------------------------------------------------------------------------


def _add_word(column: Column, line: _Line) -> None:
    column.values[line.theirs] = line.ours


def _set_unit(column: Column, line: _Line) -> None:
    if line.ours and not factor_of(line.ours):
        raise _UnknownWordError(line.ours, words.UNITS_ALLOWED)
    column.unit = line.ours


def _set_list(column: Column, line: _Line) -> None:
    column.list = not line.ours or _is_yes(line.ours)


def _set_fill(column: Column, line: _Line) -> None:
    if line.ours:
        column.fill = _one_of("fill", line.ours)


def _set_date(column: Column, line: _Line) -> None:
    if line.ours:
        column.date = _one_of("day_left_out", line.ours)


_COLUMN: dict[str, Callable[[Column, _Line], None]] = {
    "word": _add_word,
    "unit": _set_unit,
    "list": _set_list,
    "fill": _set_fill,
    "date": _set_date,
}
