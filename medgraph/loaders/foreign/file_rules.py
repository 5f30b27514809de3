"""Read the TOML that says what the columns of data files mean; see docs/mapping.md."""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_TABLE_KEYS = {
    "file",
    "table",
    "fields",
    "header",
    "columns",
    "records",
    "same",
    "skip",
    "rest",
    "version",
    "deleted",
}
_FIELD_KEYS = {
    "column",
    "columns",
    "value",
    "words",
    "unless",
    "template",
    "add_prefix",
    "strip_prefix",
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
    try:
        given = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(say("mapping_not_toml", path=path, reason=error)) from error
    if not isinstance(given.get("table"), list):
        raise SourceError(say("mapping_no_table", path=path))
    tables = tuple(_table_rule(path, table) for table in given["table"])
    return FileRules(tables, {key: str(value) for key, value in given.get("meta", {}).items()})


def _table_rule(path: Path, given: Mapping[str, Any]) -> TableRule:
    _refuse_unknown(path, given, _TABLE_KEYS)
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
        skip=given.get("skip", {}),
        rest=given.get("rest", False),
        same=tuple(given.get("same", ())),
        version=given.get("version", False),
        deleted=given.get("deleted", {}),
    )


def _field_rule(path: Path, given: Any) -> FieldRule:
    """The rule of a field: a column, a list of columns, or a table with more."""
    if isinstance(given, list):
        return FieldRule(tuple(given))
    if not isinstance(given, dict):
        return FieldRule((str(given),))
    _refuse_unknown(path, given, _FIELD_KEYS)
    columns = given.get("columns") or ([given["column"]] if "column" in given else [])
    template = given.get("template")
    in_template = [name for _, name, *_ in string.Formatter().parse(template or "") if name]
    return FieldRule(
        (*columns, *in_template),
        value=str(given["value"]) if "value" in given else None,
        template=template,
        words=given.get("words", {}),
        unless=given.get("unless", ()),
        strip_prefix=str(given.get("strip_prefix", "")),
        add_prefix=str(given.get("add_prefix", "")),
    )


def _refuse_unknown(path: Path, given: Mapping[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(set(given) - allowed):
        known = ", ".join(sorted(allowed))
        raise SourceError(say("mapping_unknown_key", path=path, value=unknown[0], allowed=known))
