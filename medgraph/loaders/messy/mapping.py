"""Say what the sheets of somebody else's workbook mean: the mapping, as a value and as a TOML file."""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from medgraph.errors import SourceError
from medgraph.loaders.messy.header import plain_title
from medgraph.messages import say

KINDS = ("facilities", "groups", "matrix", "skip")
FILLS = ("yes", "no", "ask")  # ask: proposed, and not believed before somebody says so
_SHEET_KEYS = {"name", "kind", "header", "first", "last", "skip", "fill_down", "hidden", "constants", "sheet_name",
               "columns"}
_COLUMN_KEYS = {"to", "unit", "date", "list", "values", "relation"}
_KEYS = {"sheet", "words", "names", "area", "confirmed", "complete", "meta"}


@dataclass
class Column:
    """What one column means. `at` is its letter or its title; `to` a field, `relation`, or `skip`.

    `unit` is the factor of its numbers, `date` what a date without its day means (first, last), `list` whether a
    cell holds several, `values` their words and ours, `relation` which link a name or tick in a cell makes.
    """

    at: str
    to: str
    title: str = ""
    unit: str = ""
    date: str = ""
    list: bool = True
    values: dict[str, str] = field(default_factory=dict)
    relation: str = ""
    fill: str = "no"


@dataclass
class SheetRule:
    """What a sheet means. Rows count from 1, as people see them; `name` may hold `*`.

    `header` is the first and the last row of titles; `first`, `last` bound the body; `skip` are rows to leave out;
    `hidden` says whether hidden rows (of a hidden sheet: all) are read; `constants` hold for every row;
    `sheet_name` is the field that the name of the sheet states.
    """

    name: str
    kind: str = "facilities"
    header: tuple[int, int] | None = None
    first: int | None = None
    last: int | None = None
    skip: tuple[int, ...] = ()
    hidden: str = "read"
    constants: dict[str, str] = field(default_factory=dict)
    sheet_name: str = ""
    columns: list[Column] = field(default_factory=list)
    candidates: tuple[str, ...] = ()


@dataclass
class MessyMapping:
    """What a whole workbook means. `confirmed`: a person has said so.

    `area` are the codes whose townships the network covers, `complete` whether the roster lists everything;
    `words` are their words and ours, `names` what they call somebody and the full name.
    """

    sheets: list[SheetRule] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    area: tuple[str, ...] = ()
    complete: bool = False
    confirmed: bool = False
    meta: dict[str, str] = field(default_factory=dict)
    source: str = ""
    made: str = ""  # what the tables were when 对照 was written beside them

    def rule(self, name: str) -> SheetRule | None:
        """Return the rule of a sheet: the one of that name, else the first whose pattern fits."""
        exact = next((s for s in self.sheets if s.name == name), None)
        return exact or next((s for s in self.sheets if fnmatch.fnmatchcase(name, s.name)), None)


def is_messy_mapping(path: Path) -> bool:
    """Whether a TOML file speaks of sheets (`[[sheet]]`) and not of the tables of a data set."""
    try:
        return "sheet" in tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False


def read_mapping(path: Path) -> MessyMapping:
    """Read a mapping file; raise SourceError that names what is wrong in it."""
    try:
        given = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(say("mapping_not_toml", path=path, reason=error)) from error
    _known(path, given, _KEYS)
    area = given.get("area", ())
    return MessyMapping(sheets=[_sheet(path, s) for s in given.get("sheet", ())], words=_texts(given.get("words")),
                        names=_texts(given.get("names")), area=tuple([area] if isinstance(area, str) else area),
                        complete=bool(given.get("complete")), confirmed=bool(given.get("confirmed", True)),
                        meta=_texts(given.get("meta")))


def _sheet(path: Path, given: Mapping[str, Any]) -> SheetRule:
    _known(path, given, _SHEET_KEYS)
    kind = str(given.get("kind", "facilities"))
    if kind not in KINDS:
        raise SourceError(say("mapping_unknown_key", path=path, value=kind, allowed=", ".join(KINDS)))
    header = given.get("header")
    columns = [_column(path, at, spec) for at, spec in given.get("columns", {}).items()]
    for at in given.get("fill_down", ()):
        for column in columns:
            if at in (column.at, column.to):
                column.fill = "yes"
    return SheetRule(name=str(given.get("name", "*")), kind=kind, header=_rows(header), first=given.get("first"),
                     last=given.get("last"), skip=tuple(given.get("skip", ())),
                     hidden="skip" if given.get("hidden") in ("skip", False) else "read",
                     constants=_texts(given.get("constants")), sheet_name=str(given.get("sheet_name", "")),
                     columns=columns)


def _column(path: Path, at: str, given: Any) -> Column:
    if not isinstance(given, Mapping):
        return Column(at, str(given))
    _known(path, given, _COLUMN_KEYS)
    relation = str(given.get("relation", ""))
    return Column(at, str(given.get("to", "relation" if relation else "skip")), unit=str(given.get("unit", "")),
                  date=str(given.get("date", "")), list=bool(given.get("list", True)),
                  values=_texts(given.get("values")), relation=relation)


def _rows(given: Any) -> tuple[int, int] | None:
    if given is None:
        return None
    numbers = [given] if isinstance(given, int) else list(given)
    return int(numbers[0]), int(numbers[-1])


def _texts(given: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in (given or {}).items()}


def _known(path: Path, given: Mapping[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(set(given) - allowed):
        raise SourceError(say("mapping_unknown_key", path=path, value=unknown[0], allowed=", ".join(sorted(allowed))))


def column_number(at: str, titles: list[str]) -> int | None:
    """Return which column `at` means: a title, or else a letter."""
    wanted = plain_title(at)
    for number, title in enumerate(titles):
        if title and wanted in (plain_title(title), plain_title(title.split("/")[-1])):
            return number
    if not re.fullmatch(r"[A-Z]{1,3}", at):
        return None
    number = 0
    for sign in at:
        number = number * 26 + ord(sign) - 64
    return number - 1


def write_mapping(mapping: MessyMapping) -> str:
    """Return a mapping as the text of a TOML file."""
    lines = [f"confirmed = {str(mapping.confirmed).lower()}", f"complete = {str(mapping.complete).lower()}",
             f"area = {_list(mapping.area)}"]
    for name, table in (("words", mapping.words), ("names", mapping.names), ("meta", mapping.meta)):
        if table:
            lines += ["", f"[{name}]", *(f"{_text(k)} = {_text(v)}" for k, v in table.items())]
    for rule in mapping.sheets:
        lines += ["", "[[sheet]]", f"name = {_text(rule.name)}", f"kind = {_text(rule.kind)}"]
        if rule.header:
            lines.append(f"header = [{rule.header[0]}, {rule.header[1]}]")
        lines += [f"{key} = {value}" for key in ("first", "last") if (value := getattr(rule, key)) is not None]
        lines += [f"skip = {list(rule.skip)}"] if rule.skip else []
        lines += [f'hidden = "{rule.hidden}"']
        lines += [f"sheet_name = {_text(rule.sheet_name)}"] if rule.sheet_name else []
        fills = [c.at for c in rule.columns if c.fill == "yes"]
        lines += [f"fill_down = {_list(fills)}"] if fills else []
        lines += ["[sheet.constants]", *(f"{_text(k)} = {_text(v)}" for k, v in rule.constants.items())] \
            if rule.constants else []
        lines += ["[sheet.columns]", *(f"{_text(c.at)} = {_spec(c)}" for c in rule.columns)]
    return "\n".join(lines) + "\n"


def _spec(column: Column) -> str:
    parts = [f"to = {_text(column.to)}"]
    parts += [f"{key} = {_text(value)}" for key in ("unit", "date", "relation") if (value := getattr(column, key))]
    parts += [] if column.list else ["list = false"]
    if column.values:
        parts.append("values = { " + ", ".join(f"{_text(k)} = {_text(v)}" for k, v in column.values.items()) + " }")
    return "{ " + ", ".join(parts) + " }"


def _list(texts: Any) -> str:
    return "[" + ", ".join(map(_text, texts)) + "]"


def _text(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)
