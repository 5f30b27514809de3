"""Read and write a mapping of a workbook as a TOML file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from medgraph.loaders.foreign.mapping import (
    KINDS,
    Column,
    SheetRule,
    WorkbookMapping,
    fill_down,
)
from medgraph.loaders.foreign.meanings import is_meaning, may_hold_for_all
from medgraph.loaders.foreign.titles import plain_title
from medgraph.loaders.foreign.toml_keys import Keys, refuse_unknown, wrong_value
from medgraph.text_files import read_toml
from medgraph.words.foreign_workbooks import UNITS_IN_TOML
from medgraph.words.numerals import factor_of
from medgraph.words.record_titles import SIDE_FILES
from medgraph.words.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from pathlib import Path

# Each key of a file: the type of its value, and how that is written.
_TABLE, _TEXTS, _ROWS = (dict, '{ "a" = "b" }'), (list, '["a", "b"]'), (list, "[7, 9]")
_ROW, _TEXT, _FLAG = (int, "7"), (str, '"a"'), (bool, "true / false")
_KEYS: Keys = {
    "sheet": (list, "[[sheet]]"),
    "words": _TABLE,
    "names": _TABLE,
    "meta": _TABLE,
    "answers": _TABLE,
    "area": (str | list, '"331002"'),
    "confirmed": _FLAG,
    "complete": _FLAG,
    **dict.fromkeys(SIDE_FILES, _TABLE),  # of files beside the workbook
}
_SHEET_KEYS: Keys = {
    "name": _TEXT,
    "kind": _TEXT,
    "layout": _TEXT,
    "header": (int | list, "3 / [3, 5]"),
    "first": _ROW,
    "last": _ROW,
    "skip": _ROWS,
    "fill_down": _TEXTS,
    "hidden": (str | bool, '"read" / "skip"'),
    "constants": _TABLE,
    "sheet_name": _TEXT,
    "columns": _TABLE,
}
_COLUMN_KEYS: Keys = {
    "to": _TEXT,
    "unit": _TEXT,
    "date": _TEXT,
    "list": _FLAG,
    "values": _TABLE,
    "relation": _TEXT,
}
_HIDDEN = ("read", "skip")
_DATES = ("", "first", "last")
_TO_ALLOWED = "name / group / lead / members / role / serves / beds / relation / skip / …"


# -- reading ---------------------------------------------------------------------------------------


def is_workbook_mapping(path: Path) -> bool:
    """Whether a TOML file speaks of sheets (`[[sheet]]`) and not of the tables of a data set."""
    return "sheet" in read_toml(path)


def read_mapping(path: Path) -> WorkbookMapping:
    """Read a mapping file; raise SourceError that names what is wrong in it."""
    given = read_toml(path)
    refuse_unknown(path, given, _KEYS)
    area = given.get("area", ())
    return WorkbookMapping(
        sheets=[_sheet(path, sheet) for sheet in given.get("sheet", ())],
        words=_texts(given.get("words")),
        names=_texts(given.get("names")),
        area=(area,) if isinstance(area, str) else tuple(map(str, area)),
        complete=given.get("complete", False),
        confirmed=given.get("confirmed", True),
        meta=_texts(given.get("meta")),
        answers=_texts(given.get("answers")),
    )


def _sheet(path: Path, given: Any) -> SheetRule:
    if not isinstance(given, Mapping):
        raise wrong_value(path, "sheet", given, "[[sheet]]")
    refuse_unknown(path, given, _SHEET_KEYS)
    columns = [_column(path, at, spec) for at, spec in given.get("columns", {}).items()]
    rule = SheetRule(
        name=given.get("name", "*"),
        kind=given.get("kind", "facilities"),
        layout=given.get("layout", ""),
        header=_header_rows(path, given.get("header")),
        first=given.get("first"),
        last=given.get("last"),
        skip=tuple(given.get("skip", ())),
        constants=_texts(given.get("constants")),
        hidden=_hidden(given.get("hidden", "read")),
        sheet_name=given.get("sheet_name", ""),
        columns=columns,
        fill_down=fill_down(columns, map(str, given.get("fill_down", ()))),
    )
    _refuse_wrong(path, rule)
    return rule


def _header_rows(path: Path, given: Any) -> tuple[int, int] | None:
    if given is None:
        return None
    numbers = [given] if isinstance(given, int) else given
    if not numbers:
        raise wrong_value(path, "header", given, "3 / [3, 5]")
    return numbers[0], numbers[-1]


def _hidden(given: str | bool) -> str:
    if isinstance(given, bool):
        return "read" if given else "skip"
    return given


def _refuse_wrong(path: Path, rule: SheetRule) -> None:
    """Raise SourceError for a value that a sheet cannot have."""
    for key, value, words in (
        ("kind", rule.kind, KINDS),
        ("hidden", rule.hidden, _HIDDEN),
        ("layout", rule.layout, ("", *VOCABULARIES["layout"])),
    ):
        allowed = tuple(words)
        if value not in allowed:
            raise wrong_value(path, key, value, " / ".join(allowed))
    for key, field in (
        *(("constants", field) for field in rule.constants),
        ("sheet_name", rule.sheet_name),
    ):
        if field and not may_hold_for_all(field):
            raise wrong_value(path, key, field, "group / county / ownership / …")
    numbers = [*(rule.header or ()), rule.first or 1, rule.last or 1, *rule.skip]
    if any(type(number) is not int or number < 1 for number in numbers):
        raise wrong_value(path, "header / first / last / skip", numbers, "1, 2, 3, …")


def _column(path: Path, at: str, given: Any) -> Column:
    spec = given if isinstance(given, Mapping) else {"to": given}
    refuse_unknown(path, spec, _COLUMN_KEYS)
    relation = spec.get("relation", "")
    column = Column(
        at,
        spec.get("to", "relation" if relation else "skip"),
        unit=spec.get("unit", ""),
        date=spec.get("date", ""),
        list=spec.get("list", True),
        values=_texts(spec.get("values")),
        relation=relation,
    )
    is_relation = not relation or relation in VOCABULARIES["relation"]
    for key, value, holds, allowed in (
        ("to", column.to, is_meaning(column.to), _TO_ALLOWED),
        ("unit", column.unit, factor_of(column.unit) > 0, UNITS_IN_TOML),
        ("date", column.date, column.date in _DATES, "first / last"),
        ("relation", relation, is_relation, "MEMBER_OF / USES_CENTRE / REFERS_UP_TO / …"),
    ):
        if not holds:
            raise wrong_value(path, key, value, allowed)
    return column


def _texts(given: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in (given or {}).items()}


# -- writing ---------------------------------------------------------------------------------------


def write_mapping(mapping: WorkbookMapping) -> str:
    """Return a mapping as the text of a TOML file."""
    lines = [
        f"confirmed = {str(mapping.confirmed).lower()}",
        f"complete = {str(mapping.complete).lower()}",
        f"area = {_list(mapping.area)}",
    ]
    for name, table in (
        ("words", mapping.words),
        ("names", mapping.names),
        ("meta", mapping.meta),
        ("answers", mapping.answers),
    ):
        if table:
            lines += ["", f"[{name}]", *_pairs(table)]
    for rule in mapping.sheets:
        lines += ["", *_sheet_lines(rule)]
    return "\n".join(lines) + "\n"


def _sheet_lines(rule: SheetRule) -> Iterator[str]:
    yield "[[sheet]]"
    yield f"name = {_text(rule.name)}"
    yield f"kind = {_text(rule.kind)}"
    if rule.layout:
        yield f"layout = {_text(rule.layout)}"
    if rule.header:
        yield f"header = [{rule.header[0]}, {rule.header[1]}]"
    if rule.first is not None:
        yield f"first = {rule.first}"
    if rule.last is not None:
        yield f"last = {rule.last}"
    if rule.skip:
        yield f"skip = {list(rule.skip)}"
    yield f"hidden = {_text(rule.hidden)}"
    if rule.sheet_name:
        yield f"sheet_name = {_text(rule.sheet_name)}"
    keys = _keys_of(rule.columns)
    filled = [key for column, key in zip(rule.columns, keys, strict=True) if column.fill == "yes"]
    if filled or rule.fill_down:
        yield f"fill_down = {_list([*filled, *rule.fill_down])}"
    if rule.constants:
        yield "[sheet.constants]"
        yield from _pairs(rule.constants)
    yield "[sheet.columns]"
    for column, key in zip(rule.columns, keys, strict=True):
        yield f"{_text(key)} = {{ {', '.join(_column_parts(column))} }}"


def _keys_of(columns: Sequence[Column]) -> list[str]:
    """What to call each column: its title, which the next edition has too, else its letter."""
    titles = Counter(plain_title(column.title) for column in columns)
    return [
        column.title if column.title and titles[plain_title(column.title)] == 1 else column.at
        for column in columns
    ]


def _column_parts(column: Column) -> Iterator[str]:
    yield f"to = {_text(column.to)}"
    texts = {"unit": column.unit, "date": column.date, "relation": column.relation}
    yield from (f"{key} = {_text(value)}" for key, value in texts.items() if value)
    if not column.list:
        yield "list = false"
    if column.values:
        yield f"values = {{ {', '.join(_pairs(column.values))} }}"


def _pairs(table: Mapping[str, str]) -> Iterator[str]:
    return (f"{_text(key)} = {_text(value)}" for key, value in table.items())


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """A text as TOML writes it, which is how JSON does."""
    return json.dumps(text, ensure_ascii=False)
