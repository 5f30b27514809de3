"""What all single-file formats share: name and version in front, plain values, one way in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import present
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.validate import Fault
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.tabular.accounting import accept
from medgraph.words.say import say

_REQUIRED = {"nodes": ("id", "kind", "name"), "edges": ("source", "relation", "target")}
_EXPECTED = {"integer": "E012", "number": "E012", "date": "E013", "boolean": "E031"}


def head(net: MedicalNetwork) -> dict[str, Any]:
    """Return what every stored file states first: format, version and what is stated of the whole."""
    return {"format": schema.FORMAT_NAME, "version": schema.FORMAT_VERSION, "meta": dict(net.meta)}


def checked_head(found: Any, path: Path) -> dict[str, Any]:
    """Return the head of a file; raise SourceError where it is not medgraph's or of a later version."""
    if not isinstance(found, Mapping) or found.get("format") != schema.FORMAT_NAME:
        raise SourceError(say("not_our_format", path=path, name=schema.FORMAT_NAME))
    version = found.get("version")
    if type(version) is not int or not 1 <= version <= schema.FORMAT_VERSION:
        raise SourceError(
            say("wrong_version", path=path, version=version, known=schema.FORMAT_VERSION)
        )
    return dict(found)


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as JSON and XML can carry it: what is there, days as text."""
    return {
        key: value.isoformat() if isinstance(value, datetime.date) else value
        for key, value in present(dict(row)).items()
    }


def load_rows(
    nodes: list[dict], edges: list[dict], meta: Mapping[str, Any], *, lenient: bool = False
) -> Loaded:
    """Take in rows of plain values; a value that is none of its field is a problem with its place."""
    tables, found = {}, []
    for part, rows, types in (
        ("nodes", nodes, schema.field_types()),
        ("edges", edges, schema.link_types()),
    ):
        tables[part], wrong = typed(part, rows, types)
        found += wrong
    return accept(tables["nodes"], tables["edges"], meta, lenient=lenient, found=found)


def typed(part: str, rows: list[dict], types: Mapping[str, str]) -> tuple[pa.Table, list[Fault]]:
    """Return rows as a table of the schema's types, and a fault for every value that has another one."""
    columns, found = {}, []
    for name in dict.fromkeys([*_REQUIRED[part], *(str(key) for row in rows for key in row)]):
        type = types.get(name, "text")
        values, wrong = _values([row.get(name) for row in rows], type)
        columns[name] = pa.array(values, schema.ARROW_TYPES[type])
        if wrong:
            found.append(
                Fault(
                    _EXPECTED[type],
                    part,
                    name,
                    np.array(list(wrong)),
                    lambda row, wrong=wrong: {"value": wrong[row], "nearest": "true / false"},
                )
            )
    return pa.table(columns), found


def _values(values: Iterable[Any], type: str) -> tuple[list[Any], dict[int, str]]:
    read, wrong = [], {}
    for row, value in enumerate(values):
        try:
            read.append(None if value is None else _READ[type](value))
        except (TypeError, ValueError, OverflowError):
            read.append(None)
            wrong[row] = str(value)
    return read, wrong


def _integer(value: Any) -> int:
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or value != int(value)
        or abs(value) >= 2**63
    ):
        raise ValueError(value)
    return int(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(value)
    return float(value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _day(value: Any) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)


_READ = {
    "text": str,
    "id": str,
    "list": str,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _day,
}
