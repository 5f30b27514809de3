"""Say what the sheets of somebody else's workbook mean: the mapping, as a value and as a TOML file."""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.loaders.foreign.cell_values import factor_of
from medgraph.loaders.foreign.header import plain_title
from medgraph.words.columns import ROSTER_TITLES
from medgraph.words.say import say
from medgraph.words.vocabularies import VOCABULARIES

KINDS = ("facilities", "groups", "matrix", "skip")
# Each key of a file and how its value is written; the part says which keys may stand together.
_TABLE, _LIST, _ROWS = (dict, '{ "a" = "b" }'), (list, '["a", "b"]'), (list, "[7, 9]")
_ROW, _TEXT, _FLAG = (int, "7"), (str, '"a"'), (bool, "true / false")
_KEYS: dict[str, tuple[Any, str]] = {
    "sheet": (list, "[[sheet]]"),
    "words": _TABLE,
    "names": _TABLE,
    "meta": _TABLE,
    "area": (str | list, '"331002"'),
    "confirmed": _FLAG,
    "complete": _FLAG,
}
_SHEET_KEYS: dict[str, tuple[Any, str]] = {
    "name": _TEXT,
    "kind": _TEXT,
    "header": (int | list, "3 / [3, 5]"),
    "first": _ROW,
    "last": _ROW,
    "skip": _ROWS,
    "fill_down": _LIST,
    "hidden": (str | bool, '"read" / "skip"'),
    "constants": _TABLE,
    "sheet_name": _TEXT,
    "columns": _TABLE,
}
_COLUMN_KEYS: dict[str, tuple[Any, str]] = {
    "to": _TEXT,
    "unit": _TEXT,
    "date": _TEXT,
    "list": _FLAG,
    "values": _TABLE,
    "relation": _TEXT,
}
# What a column may state beside the fields of a facility; what may hold for a whole sheet.
_LINKS = frozenset({"relation", "skip", ""})
_NOT_FOR_ALL = frozenset(
    {"name", "lead", "members", "role", "alliance", "serves", "area", "relation", "serial", "skip"}
)


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
    `sheet_name` is the field that the name of the sheet states; `fill_down` names columns that are not among `columns`.
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
    fill_down: tuple[str, ...] = ()


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
        exact = next((s for s in self.sheets if s.name.strip() == name.strip()), None)
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
    return MessyMapping(
        sheets=[_sheet(path, s) for s in given.get("sheet", ())],
        words=_texts(given.get("words")),
        names=_texts(given.get("names")),
        area=tuple([area] if isinstance(area, str) else map(str, area)),
        complete=given.get("complete", False),
        confirmed=given.get("confirmed", True),
        meta=_texts(given.get("meta")),
    )


def _sheet(path: Path, given: Any) -> SheetRule:
    if not isinstance(given, Mapping):
        raise _wrong(path, "sheet", given, "[[sheet]]")
    _known(path, given, _SHEET_KEYS)
    columns = [_column(path, at, spec) for at, spec in given.get("columns", {}).items()]
    rule = SheetRule(
        name=given.get("name", "*"),
        kind=given.get("kind", "facilities"),
        header=_rows(path, given.get("header")),
        first=given.get("first"),
        last=given.get("last"),
        skip=tuple(given.get("skip", ())),
        constants=_texts(given.get("constants")),
        hidden={True: "read", False: "skip"}.get(given.get("hidden"), given.get("hidden", "read")),
        sheet_name=given.get("sheet_name", ""),
        columns=columns,
        fill_down=filled_down(columns, map(str, given.get("fill_down", ()))),
    )
    for key, value, allowed in (
        ("kind", rule.kind, KINDS),
        ("hidden", rule.hidden, ("read", "skip")),
    ):
        if value not in allowed:
            raise _wrong(path, key, value, " / ".join(allowed))
    for key, fields in (
        ("constants", rule.constants),
        ("sheet_name", [rule.sheet_name] if rule.sheet_name else []),
    ):
        if unknown := [f for f in fields if not may_hold_for_all(f)]:
            raise _wrong(path, key, unknown[0], "group / county / ownership / …")
    numbers = [*(rule.header or ()), rule.first or 1, rule.last or 1, *rule.skip]
    if any(type(number) is not int or number < 1 for number in numbers):
        raise _wrong(path, "header / first / last / skip", numbers, "1, 2, 3, …")
    return rule


def _column(path: Path, at: str, given: Any) -> Column:
    spec = given if isinstance(given, Mapping) else {"to": given}
    _known(path, spec, _COLUMN_KEYS)
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
    for key, value, holds in (
        ("to", column.to, is_meaning(column.to)),
        ("unit", column.unit, factor_of(column.unit)),
        ("date", column.date, column.date in ("", "first", "last")),
        ("relation", relation, not relation or relation in VOCABULARIES["relation"]),
    ):
        if not holds:
            raise _wrong(path, key, value, _MEANT[key])
    return column


_MEANT = {
    "to": "name / group / lead / members / role / serves / beds / relation / skip / …",
    "unit": "百 / 千 / 万 / 百张 / …",
    "date": "first / last",
    "relation": "MEMBER_OF / USES_CENTRE / REFERS_UP_TO / …",
}


def filled_down(columns: Sequence[Column], names: Iterable[str]) -> tuple[str, ...]:
    """Mark the columns whose blanks mean the cell above, by letter, title or meaning; return the names of none."""
    left = []
    for name in names:
        meant = [
            c
            for c in columns
            if name in (c.at, c.to) or (c.title and plain_title(c.title) == plain_title(name))
        ]
        for column in meant:
            column.fill = "yes"
        left += [] if meant else [name]
    return tuple(left)


def is_meaning(to: str) -> bool:
    """Whether a column may state `to`."""
    return to in _LINKS or to in ROSTER_TITLES or schema.FACILITIES.field(to) is not None


def may_hold_for_all(field: str) -> bool:
    """Whether one value of a field may hold for every row of a sheet."""
    return is_meaning(field) and field not in _NOT_FOR_ALL


def _rows(path: Path, given: Any) -> tuple[int, int] | None:
    if given is None:
        return None
    numbers = [given] if isinstance(given, int) else given
    if not numbers:
        raise _wrong(path, "header", given, "3 / [3, 5]")
    return numbers[0], numbers[-1]


def _texts(given: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in (given or {}).items()}


def _known(path: Path, given: Mapping[str, Any], allowed: Mapping[str, tuple[Any, str]]) -> None:
    """Refuse a key that is none of these, and a value of another type than its key has."""
    if unknown := sorted(set(given) - set(allowed)):
        raise SourceError(
            say(
                "mapping_unknown_key",
                path=path,
                value=unknown[0],
                allowed=", ".join(sorted(allowed)),
            )
        )
    for key, value in given.items():
        types, example = allowed[key]
        if not isinstance(value, types) or (isinstance(value, bool) and types is int):
            raise _wrong(path, key, value, example)


def _wrong(path: Path, key: str, value: Any, allowed: str) -> SourceError:
    return SourceError(say("mapping_wrong_value", path=path, key=key, value=value, allowed=allowed))


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
    lines = [
        f"confirmed = {str(mapping.confirmed).lower()}",
        f"complete = {str(mapping.complete).lower()}",
        f"area = {_list(mapping.area)}",
    ]
    for name, table in (("words", mapping.words), ("names", mapping.names), ("meta", mapping.meta)):
        if table:
            lines += ["", f"[{name}]", *(f"{_text(k)} = {_text(v)}" for k, v in table.items())]
    for rule in mapping.sheets:
        lines += ["", "[[sheet]]", f"name = {_text(rule.name)}", f"kind = {_text(rule.kind)}"]
        if rule.header:
            lines.append(f"header = [{rule.header[0]}, {rule.header[1]}]")
        lines += [
            f"{key} = {value}"
            for key in ("first", "last")
            if (value := getattr(rule, key)) is not None
        ]
        lines += [f"skip = {list(rule.skip)}"] if rule.skip else []
        lines += [f'hidden = "{rule.hidden}"']
        lines += [f"sheet_name = {_text(rule.sheet_name)}"] if rule.sheet_name else []
        fills = [*(c.at for c in rule.columns if c.fill == "yes"), *rule.fill_down]
        lines += [f"fill_down = {_list(fills)}"] if fills else []
        lines += (
            ["[sheet.constants]", *(f"{_text(k)} = {_text(v)}" for k, v in rule.constants.items())]
            if rule.constants
            else []
        )
        lines += ["[sheet.columns]", *(f"{_text(c.at)} = {_spec(c)}" for c in rule.columns)]
    return "\n".join(lines) + "\n"


def _spec(column: Column) -> str:
    parts = [f"to = {_text(column.to)}"]
    parts += [
        f"{key} = {_text(value)}"
        for key in ("unit", "date", "relation")
        if (value := getattr(column, key))
    ]
    parts += [] if column.list else ["list = false"]
    if column.values:
        parts.append(
            "values = { "
            + ", ".join(f"{_text(k)} = {_text(v)}" for k, v in column.values.items())
            + " }"
        )
    return "{ " + ", ".join(parts) + " }"


def _list(texts: Any) -> str:
    return "[" + ", ".join(map(_text, texts)) + "]"


def _text(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)
