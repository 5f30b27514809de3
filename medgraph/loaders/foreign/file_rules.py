"""Read the TOML that says what the columns of data files mean; see docs/mapping.md."""

from __future__ import annotations

import datetime
import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.loaders.foreign.toml_keys import Keys, refuse_unknown, wrong_value
from medgraph.text_files import read_toml
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# Each key of a file: the type of its value, and how that is written.
_TEXT, _TEXTS, _FLAG = (str, '"a"'), (list, '["a", "b"]'), (bool, "true / false")
_TABLE = (dict, '{ a = "b" }')
_TABLE_KEYS: Keys = {
    "file": _TEXT,
    "table": _TEXT,
    "fields": _TABLE,
    "header": _FLAG,
    "columns": _TEXTS,
    "records": _TEXT,
    "same": _TEXTS,
    "skip": (dict, '{ a = ["b"] }'),
    "rest": _FLAG,
    "version": (bool | str, 'true / "on"'),
    "deleted": (dict, '{ a = ["b"] }'),
}
_FIELD_KEYS: Keys = {
    "column": _TEXT,
    "columns": _TEXTS,
    "value": (str | int | float | bool | datetime.date, '"a" / 7'),
    "words": _TABLE,
    "unless": _TEXTS,
    "template": (str, '"{a} {b}"'),
    "add_prefix": _TEXT,
    "strip_prefix": _TEXT,
}
# As a version: the last in the file is the newest.
IN_FILE_ORDER = True


@dataclass(frozen=True)
class FieldRule:
    """How one field is read: from `columns`, which are joined, from a constant or a template.

    `words` are their words and ours; texts in `unless` mean nothing; a prefix is taken off before
    another is put on.
    """

    columns: tuple[str, ...] = ()
    value: str | None = None
    template: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    unless: Sequence[str] = ()
    strip_prefix: str = ""
    add_prefix: str = ""


@dataclass(frozen=True)
class TableRule:
    """How files are read into one table of the model.

    `file` is a name or pattern; `columns` name the columns of a CSV in place of its `header`;
    `records` is the path to the records of a JSON file; `skip` are texts by column that make a
    record no row of the table; `rest`: columns that no rule names are kept as attributes; `same`
    are the fields by which records are of one thing; `version` the column that says which of them
    is the newest, or that the last is; `deleted` texts by column that say that it has ended.
    """

    table: schema.Table
    fields: Mapping[str, FieldRule]
    file: str = "*"
    header: bool = True
    columns: tuple[str, ...] = ()
    records: str = ""
    skip: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rest: bool = False
    same: tuple[str, ...] = ()
    version: str | bool = False
    deleted: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class FileRules:
    """A whole mapping of data files: its tables, and what it states of the whole."""

    tables: tuple[TableRule, ...]
    meta: dict[str, str]


def read_rules(path: Path) -> FileRules:
    """Return the rules of a TOML file; raise SourceError that names what is wrong in it."""
    given = read_toml(path)
    if not isinstance(given.get("table"), list):
        raise SourceError(say("mapping_no_table", path=path))
    meta = given.get("meta", {})
    if not isinstance(meta, dict):
        raise wrong_value(path, "meta", meta, "[meta]")
    tables = tuple(_table_rule(path, table) for table in given["table"])
    return FileRules(tables, {key: str(value) for key, value in meta.items()})


def _table_rule(path: Path, given: Any) -> TableRule:
    if not isinstance(given, dict):
        raise SourceError(say("mapping_no_table", path=path))
    refuse_unknown(path, given, _TABLE_KEYS)
    table = schema.table_named(str(given.get("table", "")))
    if table is None or not isinstance(given.get("fields"), dict):
        raise SourceError(say("mapping_no_table", path=path))
    return TableRule(
        table,
        {name: _field_rule(path, spec) for name, spec in given["fields"].items()},
        file=given.get("file", "*"),
        header=given.get("header", True),
        columns=tuple(given.get("columns", ())),
        records=given.get("records", ""),
        skip=_texts_by_column(path, "skip", given.get("skip", {})),
        rest=given.get("rest", False),
        same=tuple(given.get("same", ())),
        version=given.get("version", False),
        deleted=_texts_by_column(path, "deleted", given.get("deleted", {})),
    )


def _field_rule(path: Path, given: Any) -> FieldRule:
    """The rule of a field: a column, a list of columns, or a table with more."""
    if given in ([], {}):
        raise wrong_value(path, "column", given, '"a"')
    if isinstance(given, list):
        return FieldRule(tuple(map(str, given)))
    if not isinstance(given, dict):
        return FieldRule((str(given),))
    refuse_unknown(path, given, _FIELD_KEYS)
    columns = given.get("columns") or ([given["column"]] if "column" in given else [])
    template = given.get("template")
    if not columns and template is None and "value" not in given:
        raise wrong_value(path, "column", given, '"a"')
    return FieldRule(
        (*map(str, columns), *_in_template(path, template)),
        value=str(given["value"]) if "value" in given else None,
        template=template,
        words=given.get("words", {}),
        unless=given.get("unless", ()),
        strip_prefix=str(given.get("strip_prefix", "")),
        add_prefix=str(given.get("add_prefix", "")),
    )


def _in_template(path: Path, template: str | None) -> list[str]:
    """The columns that a template is filled in from."""
    try:
        return [name for _, name, *_ in string.Formatter().parse(template or "") if name]
    except ValueError as error:
        raise wrong_value(path, "template", template, '"{a} {b}"') from error


def _texts_by_column(path: Path, key: str, given: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """The texts of each column that make a record no row, or one that ends: a list, or one."""
    for column, texts in given.items():
        if not isinstance(texts, list | str):
            raise wrong_value(path, f"{key}.{column}", texts, '["a", "b"]')
    return {column: [texts] if isinstance(texts, str) else texts for column, texts in given.items()}
