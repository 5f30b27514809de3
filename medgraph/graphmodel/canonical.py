"""Work on the two Arrow tables that a network holds: their one form, their rows on a day, their ids."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import ChangeError
from medgraph.graphmodel import schema
from medgraph.graphmodel.arrays.chunks import address
from medgraph.graphmodel.arrays.strings import surely_clean
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

# XML cannot carry these, so no format does.
_UNPRINTABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
_UNCLEAN = "[\r" + _UNPRINTABLE[1:]


def canonical(table: pa.Table, types: Mapping[str, str]) -> pa.Table:
    """Return `table` in the one form every format keeps: typed by `types`, else text; empty text is null.

    Text is stripped at both ends, its line ends are `\\n`, and characters that XML cannot carry are taken out.
    NaN and infinity are no numbers and become null. Columns without a value are dropped, required ones apart.
    """
    columns: dict[str, pa.ChunkedArray] = {}
    for name in table.column_names:
        wanted = schema.ARROW_TYPES[types.get(name, "text")]
        column = table[name]
        if wanted == pa.string():
            column = _clean_text(column)
        elif column.type != wanted:
            column = column.cast(wanted)
        if wanted == pa.float64() and not pc.all(pc.is_finite(column)).as_py():
            column = pc.if_else(pc.is_finite(column), column, pa.scalar(None, wanted))
        if name in _KEPT or column.null_count < len(column):
            columns[name] = column
    return pa.table(columns)


def canonical_meta(meta: Mapping[str, Any]) -> dict[str, str]:
    """Return statements about the whole as clean text; empty ones are none."""
    stated = {str(key): str(value) for key, value in meta.items() if value is not None}
    values = _clean(pa.chunked_array([pa.array(stated.values(), pa.string())])).to_pylist()
    return present(dict(zip(stated, values, strict=True)))


_KEPT = {"id", "kind", "name", "source", "relation", "target"}


def _clean_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as clean text; a dictionary whose entries are clean stays one."""
    if pa.types.is_dictionary(column.type):
        entries = {address(chunk.dictionary): chunk.dictionary for chunk in column.chunks}
        texts = pa.chunked_array(entries.values(), pa.string())
        if (cleaned := _clean(texts)) is texts or cleaned.equals(texts):
            return column
    return _clean(column if column.type == pa.string() else column.cast(pa.string()))


def _clean(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if all(surely_clean(chunk) for chunk in column.chunks):
        return column
    if pc.any(pc.match_substring_regex(column, pattern=_UNCLEAN)).as_py():
        column = pc.replace_substring(pc.replace_substring(column, "\r\n", "\n"), "\r", "\n")
        column = pc.replace_substring_regex(column, pattern=_UNPRINTABLE, replacement="")
    column = pc.utf8_trim_whitespace(column)
    empty = pc.equal(column, "")
    return (
        pc.if_else(empty, pa.scalar(None, pa.string()), column) if pc.any(empty).as_py() else column
    )


def as_arrow(source: pd.DataFrame | pa.Table | None, required: tuple[str, ...]) -> pa.Table:
    if source is None:
        return pa.table({name: pa.array([], pa.string()) for name in required})
    if not isinstance(source, pa.Table):
        frame = source.reset_index() if source.index.name in required else source
        source = as_table(
            frame.astype(object).where(frame.notna(), None).to_dict("records"),
            [str(c) for c in frame.columns],
        )
    for name in required:
        if name not in source.column_names:
            source = source.append_column(name, pa.nulls(len(source), pa.string()))
    return source


def as_table(rows: list[dict], names: Iterable[str] = ()) -> pa.Table:
    """Rows of Python values as a table; a column of mixed types becomes text."""
    keys = dict.fromkeys([*names, *(key for row in rows for key in row)])
    types = {**schema.link_types(), **schema.field_types()}
    columns = {}
    for key in keys:
        values = [row.get(key) for row in rows]
        if types.get(key, "text") in ("text", "id", "list"):
            values = [None if v is None else str(v) for v in values]
        columns[key] = pa.array(values, schema.ARROW_TYPES[types.get(key, "text")])
    return pa.table(columns)


def edge_ids(edges: pa.Table) -> pa.ChunkedArray:
    """Return an id for every link: its own, or ends, relation, specialty and first day; twins are numbered."""
    parts = [edges["source"], edges["relation"], edges["target"]]
    parts += [
        pc.fill_null(edges[name].cast(pa.string()), "")
        if name in edges.column_names
        else pa.scalar("")
        for name in ("specialty", "valid_from")
    ]
    made = pc.utf8_rtrim(pc.binary_join_element_wise(*parts, "|"), "|")
    if "id" in edges.column_names:
        made = pc.coalesce(edges["id"], made)
    made = made if isinstance(made, pa.ChunkedArray) else pa.chunked_array([made])
    twins = _twins(made)
    if not len(twins):
        return made
    seen: dict[str, int] = {}
    numbered = []
    for text in made.take(pa.array(twins)).to_pylist():
        seen[text] = seen.get(text, 0) + 1
        numbered.append(text if seen[text] == 1 else f"{text}~{seen[text]}")
    mask = np.zeros(len(made), bool)
    mask[twins] = True
    return pc.replace_with_mask(made, pa.array(mask), pa.array(numbered, pa.string()))


def _twins(texts: pa.ChunkedArray) -> np.ndarray:
    """The rows whose text stands more than once."""
    encoded = texts.dictionary_encode().unify_dictionaries()
    codes = np.concatenate(
        [np.zeros(0, np.int32), *(chunk.indices.to_numpy() for chunk in encoded.chunks)]
    )
    return np.flatnonzero((np.bincount(codes) > 1)[codes]) if len(codes) else codes


def frame(table: pa.Table, *, keep: tuple[str, ...] = ("id", "kind", "name")) -> pd.DataFrame:
    """Return an Arrow table as a pandas frame: text as `str`, days as datetime64, without empty columns."""
    import pandas as pd

    text = pd.StringDtype("pyarrow", na_value=float("nan"))
    nullable = {pa.string(): text, pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    kept = [c for c in table.column_names if c in keep or table[c].null_count < len(table)]
    return table.select(kept).to_pandas(types_mapper=nullable.get, date_as_object=False)


def same(one: pa.Table, other: pa.Table) -> bool:
    if one.num_rows != other.num_rows:
        return False
    return _sorted(one).equals(_sorted(other))


def _sorted(table: pa.Table) -> pa.Table:
    names = sorted(c for c in table.column_names if table[c].null_count < len(table))
    table = table.select(names).combine_chunks()
    return (
        table.sort_by([(name, "ascending") for name in names]).combine_chunks() if names else table
    )


def holds(table: pa.Table, day: datetime.date, *, planned: bool = False) -> pa.ChunkedArray:
    """A mask over rows: those that hold on `day`; with `planned`, also what is only planned."""
    mask = None
    if "valid_from" in table.column_names:
        mask = pc.fill_null(pc.less_equal(table["valid_from"], pa.scalar(day)), True)
        if planned and "status" in table.column_names:
            mask = pc.or_(mask, pc.fill_null(pc.equal(table["status"], "planned"), False))
    if "valid_to" in table.column_names:
        lasting = pc.fill_null(pc.greater_equal(table["valid_to"], pa.scalar(day)), True)
        mask = lasting if mask is None else pc.and_(mask, lasting)
    return mask if mask is not None else pa.chunked_array([pa.repeat(True, len(table))])


def mask(column: pa.ChunkedArray) -> np.ndarray:
    """A column of yes and no as an array."""
    return np.array(column)


# Text that many rows share: kept as a dictionary where a network is large, looked up once per entry.
_SHARED = {"kind", "relation", "register", "edition", "document", "clause"}


def packed(table: pa.Table) -> pa.Table:
    """Return the table with a dictionary in place of every column of words and of references."""
    words = {
        f.name for t in schema.TABLES.values() for f in t.fields if f.vocabulary or f.type == "id"
    } - {"id"}
    for number, name in enumerate(table.column_names):
        if name in _SHARED | words and table.column(number).type == pa.string():
            table = table.set_column(
                number, name, table.column(number).combine_chunks().dictionary_encode()
            )
    return table


def unpacked(table: pa.Table, *, but: tuple[str, ...] = ()) -> pa.Table:
    """Return the table with plain text in place of dictionaries, those of the columns `but` apart."""
    for number, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type) and field.name not in but:
            table = table.set_column(
                number, field.name, table.column(number).cast(field.type.value_type)
            )
    return table


def with_ends(edges: pa.Table, ids: pa.ChunkedArray | pa.Array) -> pa.Table:
    """The links whose both ends are among `ids`."""
    both = pc.and_(
        pc.is_in(edges["source"], value_set=ids), pc.is_in(edges["target"], value_set=ids)
    )
    return edges.filter(both)


def ending(table: pa.Table, hit, last: datetime.date, *, strict: bool = False) -> pa.Table:
    """End the rows of `hit` that still hold on `last` or later."""
    old = (
        table["valid_to"] if "valid_to" in table.column_names else pa.nulls(len(table), pa.date32())
    )
    lasting = pc.fill_null(pc.greater(old, pa.scalar(last)), True)
    begins = (
        table["valid_from"]
        if "valid_from" in table.column_names
        else pa.nulls(len(table), pa.date32())
    )
    begun = pc.fill_null(pc.less_equal(begins, pa.scalar(last)), True)
    now = pc.and_(pc.and_(hit, lasting), begun)
    if strict and not pc.any(now).as_py():
        raise ChangeError(
            say("nothing_to_end", day=(last + datetime.timedelta(days=1)).isoformat())
        )
    ended = pc.if_else(now, pa.scalar(last), old)
    if "valid_to" in table.column_names:
        return table.set_column(table.column_names.index("valid_to"), "valid_to", ended)
    return table.append_column("valid_to", ended)


def present(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}
