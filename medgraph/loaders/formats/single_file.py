"""Share what all single-file formats need: name and version in front, plain values, one way in."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import joined_text, present
from medgraph.graphmodel.validate import TableFault
from medgraph.loaders.parsers import parsing
from medgraph.loaders.table_limits import MOST_COLUMNS
from medgraph.loaders.tabular.accounting import accept
from medgraph.text_files import check_characters
from medgraph.words.invisible import encodable, visible
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import LeftRow, Loaded
    from medgraph.words.say import Problem

    Row = dict[str, Any]

REQUIRED = {"nodes": ("id", "kind", "name"), "edges": ("source", "relation", "target")}
_TYPES = {"nodes": schema.field_types, "edges": schema.link_types}
_WRONG_TYPE = {
    **dict.fromkeys(("text", "id", "list"), "E017"),
    **dict.fromkeys(("integer", "number"), "E012"),
    "date": "E013",
    "boolean": "E031",
}
_TOO_LARGE = 2**63


def head(net: MedicalNetwork) -> dict[str, Any]:
    """Return what every stored file states first: format, version, what is stated of the whole."""
    return {"format": schema.FORMAT_NAME, "version": schema.FORMAT_VERSION, "meta": dict(net.meta)}


def checked_head(found: Any, path: Path) -> dict[str, Any]:
    """Return the head of a file; raise SourceError for another's, or one of a later version."""
    if not isinstance(found, Mapping) or found.get("format") != schema.FORMAT_NAME:
        raise SourceError(say("not_our_format", path=path, name=schema.FORMAT_NAME))
    version, known = found.get("version"), schema.FORMAT_VERSION
    if type(version) is not int or not 1 <= version <= known:
        raise SourceError(say("wrong_version", path=path, version=version, known=known))
    return dict(found)


def read_json(path: Path, sentence: str) -> Any:
    """Return what a JSON file in UTF-8 holds; raise SourceError with this sentence."""
    with parsing(sentence, path):
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text)
        check_characters(text, data)
    return data


def plain(row: Row) -> Row:
    """Return a row as JSON and XML can carry it: what is there, days as text."""
    return {
        key: value.isoformat() if isinstance(value, datetime.date) else value
        for key, value in present(row).items()
    }


def load_rows(
    nodes: Sequence[Row],
    edges: Sequence[Row],
    meta: Mapping[str, Any],
    *,
    lenient: bool = False,
    left: Sequence[LeftRow] = (),
    notes: Sequence[Problem] = (),
) -> Loaded:
    """Take in rows of plain values; one that is no value of its field is a problem.

    `left` are rows that are none of ours, `notes` what there is to say beside.
    """
    node_table, wrong_nodes = typed("nodes", nodes)
    edge_table, wrong_edges = typed("edges", edges)
    found = [*wrong_nodes, *wrong_edges]
    return accept(
        node_table, edge_table, meta, lenient=lenient, found=found, left=left, notes=notes
    )


# -- values of the schema's types -----------------------------------------------------------------


def typed(part: str, rows: Sequence[Row]) -> tuple[pa.Table, list[TableFault]]:
    """Return rows as a table of the schema's types, and a fault for each value of another type."""
    names = dict.fromkeys([*REQUIRED[part], *(str(key) for row in rows for key in row)])
    if len(names) > MOST_COLUMNS:
        raise SourceError(say("too_many_attributes", found=len(names), most=MOST_COLUMNS))
    types = _TYPES[part]()
    columns: dict[str, Any] = {}
    found: list[TableFault] = []
    for name in names:
        values = [row.get(name) for row in rows]
        column, wrong = typed_column(part, name, values, types.get(name, "text"))
        columns[visible(str(name))] = column
        found += wrong
    return pa.table(columns), found


def typed_column(
    part: str, name: str, given: Sequence[Any], type_: str
) -> tuple[pa.Array, list[TableFault]]:
    """Return values as a column of one type of the schema, and the fault of those of another."""
    values, wrong = _values(given, _READ[type_])
    column = pa.array(values, schema.ARROW_TYPES[type_])
    if not wrong:
        return column, []
    return column, [TableFault(_WRONG_TYPE[type_], part, name, np.array(list(wrong)), _said(wrong))]


def _values(values: Iterable[Any], read: Callable[[Any], Any]) -> tuple[list[Any], dict[int, str]]:
    """Values as they are read, and by row those that cannot be."""
    found: list[Any] = []
    wrong: dict[int, str] = {}
    for row, value in enumerate(values):
        try:
            found.append(None if value is None else read(value))
        except (TypeError, ValueError, OverflowError):
            found.append(None)
            wrong[row] = encodable(str(value))
    return found, wrong


def _said(wrong: Mapping[int, str]) -> Callable[[int], dict[str, str]]:
    return lambda row: {"value": wrong[row], "nearest": "true / false"}


def _integer(value: Any) -> int:
    _refuse_no_number(value)
    whole = int(value)
    if value != whole or abs(whole) >= _TOO_LARGE:
        raise ValueError(value)
    return whole


def _number(value: Any) -> float:
    _refuse_no_number(value)
    return float(value)


def _refuse_no_number(value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _day(value: Any) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)


_READ: dict[str, Callable[[Any], Any]] = {
    "text": joined_text,
    "id": joined_text,
    "list": joined_text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _day,
}
