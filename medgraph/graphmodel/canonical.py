"""Bring tables into the one form that a network holds; see their rows on a day, their ids."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import ChangeError, OptionError
from medgraph.graphmodel import schema
from medgraph.graphmodel.arrays.chunks import address
from medgraph.graphmodel.arrays.strings import surely_clean
from medgraph.words.days import read_day
from medgraph.words.invisible import INVISIBLE, LINE_ENDS, UNSEEN, encodable, visible
from medgraph.words.numerals import read_integer, read_number
from medgraph.words.say import say
from medgraph.words.stated import yes_or_no
from medgraph.words.workbook_words import CELL_ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from medgraph.graphmodel.arrays.types import Mask, Positions


def canonical(table: pa.Table, types: Mapping[str, str]) -> pa.Table:
    """Return `table` in the one form that every format keeps: typed by `types`, else text.

    Text is stripped at both ends, its lines end with a line feed, signs that nobody sees (also what
    XML cannot carry) are taken out, the rest is composed (NFC); empty text, and the error of a
    formula, is null. NaN and infinity are no numbers and become null. Columns without a value
    are dropped, required ones apart.
    """
    columns: dict[str, pa.ChunkedArray] = {}
    for name in table.column_names:
        column = table[name]
        if name == "id" and pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())  # each stands there once
        column = _typed(column, schema.ARROW_TYPES[types.get(name, "text")])
        if name in _KEPT or column.null_count < len(column):
            columns[name] = column
    return pa.table(columns)


def _typed(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    """A column as clean values of a type."""
    if wanted == pa.string():
        return _clean_text(column)
    if column.type != wanted:
        column = column.cast(wanted)
    if wanted != pa.float64():
        return column
    is_finite = pc.is_finite(column)
    if pc.all(is_finite).as_py():
        return column
    return pc.if_else(is_finite, column, pa.scalar(None, wanted))


def canonical_meta(meta: Mapping[str, Any]) -> dict[str, str]:
    """Return statements about the whole as clean text; empty ones are none."""
    stated = {
        visible(str(key)): encodable(str(value)) for key, value in meta.items() if value is not None
    }
    values = _clean(pa.chunked_array([pa.array(stated.values(), pa.string())])).to_pylist()
    return present(dict(zip(stated, values, strict=True)))


_KEPT = {"id", "kind", "name", "source", "relation", "target"}


def _clean_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as clean text; a dictionary whose entries are clean text stays one."""
    if pa.types.is_dictionary(column.type) and column.type.value_type == pa.string():
        entries = {address(chunk.dictionary): chunk.dictionary for chunk in column.chunks}
        texts = pa.chunked_array(entries.values(), pa.string())
        if _clean(texts).equals(texts):
            return column
    return _clean(column if column.type == pa.string() else column.cast(pa.string()))


def _clean(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if all(surely_clean(chunk) for chunk in column.chunks):
        return column
    if pc.any(pc.match_substring(column, "\r")).as_py():
        column = pc.replace_substring(pc.replace_substring(column, "\r\n", "\n"), "\r", "\n")
    column = visible_column(column)
    column = pc.utf8_trim_whitespace(column)
    is_empty = pc.or_(pc.equal(column, ""), shows_error(column))
    if not pc.any(is_empty).as_py():
        return column
    return pc.if_else(is_empty, pa.scalar(None, pa.string()), column)


def visible_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column of text without what nobody sees, composed (NFC)."""
    if pc.any(has_invisible(column)).as_py():
        column = pc.replace_substring_regex(column, pattern=LINE_ENDS, replacement="\n")
        column = pc.replace_substring_regex(column, pattern=UNSEEN, replacement="")
    return pc.utf8_normalize(column, form="NFC")


def shows_error(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return which texts of a column are the error of a formula: what was meant is unknown."""
    return pc.is_in(column, value_set=pa.array(sorted(CELL_ERRORS), pa.string()))


def has_invisible(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return which texts of a column hold a sign that nobody sees."""
    return pc.fill_null(pc.match_substring_regex(column, pattern=INVISIBLE), False)


def as_arrow(source: pd.DataFrame | pa.Table | None, required: tuple[str, ...]) -> pa.Table:
    """Return a frame or table as a table that has the `required` columns, if need be all null."""
    if source is None:
        return pa.table({name: pa.array([], pa.string()) for name in required})
    table = _readable(source) if isinstance(source, pa.Table) else _of_frame(source, required)
    for name in required:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(len(table), pa.string()))
    return table


def _of_frame(frame: pd.DataFrame, required: tuple[str, ...]) -> pa.Table:
    """A frame as a table, with its index where that is a required column."""
    if not hasattr(frame, "to_dict") or not hasattr(frame, "columns"):
        raise OptionError(say("no_frame", type=type(frame).__name__))
    if frame.index.name in required:
        frame = frame.reset_index()
    values: pd.DataFrame = frame.astype(object).where(frame.notna(), None)
    rows: list[dict[str, Any]] = values.to_dict("records")  # type: ignore[assignment]
    return as_table(rows, [str(name) for name in frame.columns])


def _readable(table: pa.Table) -> pa.Table:
    """A table whose columns of another type than the schema's are read value by value."""
    types = {**schema.link_types(), **schema.field_types()}
    for place, field in enumerate(table.schema):
        type_ = types.get(field.name, "text")
        wanted = schema.ARROW_TYPES[type_]
        is_cast = wanted == pa.string() and not _is_read_one_by_one(field.type)
        if field.type != wanted and not is_cast:
            values = _of_type(field.name, table.column(place).to_pylist(), type_)
            table = table.set_column(place, field.name, values)
    return table


def _is_read_one_by_one(type_: pa.DataType) -> bool:
    """Whether Arrow would not write the values of this type as the text that they are."""
    if pa.types.is_dictionary(type_):
        return _is_read_one_by_one(type_.value_type)
    return bool(
        pa.types.is_floating(type_)
        or pa.types.is_nested(type_)
        or pa.types.is_binary(type_)
        or pa.types.is_large_binary(type_)
        or pa.types.is_fixed_size_binary(type_)
        or type_ in (pa.string_view(), pa.binary_view())
    )


def as_table(rows: list[dict[str, Any]], names: Iterable[str] = ()) -> pa.Table:
    """Return rows of Python values as a table; a column of mixed types becomes text."""
    keys = dict.fromkeys([*names, *(key for row in rows for key in row)])
    types = {**schema.link_types(), **schema.field_types()}
    columns = {}
    for key in keys:
        values = [row.get(key) for row in rows]
        columns[key] = _of_type(key, values, types.get(key, "text"))
    return pa.table(columns)


def _of_type(name: str, values: list[Any], type_: str) -> pa.Array:
    """Return values as a column of a type; raise OptionError for one that is none of it."""
    read: Callable[[Any], Any] = _READERS.get(type_, _text)
    found: list[Any] = []
    for row, value in enumerate(values, 1):
        try:
            found.append(None if value is None else read(value))
        except (TypeError, ValueError, OverflowError) as error:
            kind = say(f"type_{type_}")
            sentence = say("frame_value", row=row, column=name, value=value, type=kind)
            raise OptionError(sentence) from error
    return pa.array(found, schema.ARROW_TYPES[type_])


def _text(value: Any) -> str:
    """A value as text; a whole number is one, also where a missing neighbour made it a float."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return joined_text(value)


def joined_text(value: Any) -> str:
    """Return a value as text: several texts with `|` between them, bytes as UTF-8.

    Raise UnicodeDecodeError for bytes that are none.

    >>> joined_text(["a", "b"]), joined_text(b"a"), joined_text(1)
    ('a|b', 'a', '1')
    """
    if isinstance(value, bytes):
        value = value.decode()
    if isinstance(value, np.ndarray):  # as pandas reads a list from Parquet
        value = value.tolist()
    if isinstance(value, list | tuple):
        stated = [one for one in value if one is not None]
        if all(isinstance(one, str) for one in stated):
            value = "|".join(stated)
    return encodable(str(value))


def _integer(value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError(value)
    if isinstance(value, str):
        return read_integer(value)
    whole = int(value)
    if whole != value or abs(whole) >= _TOO_LARGE:
        raise ValueError(value)
    return whole


def _number(value: Any) -> float:
    if isinstance(value, bool):
        raise TypeError(value)
    return read_number(value) if isinstance(value, str) else float(value)


def _day(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else read_day(_text(value))


def _answer(value: Any) -> bool:
    """A yes or no, in words, as one, or as the 1 and 0 that programs without truth values write."""
    found = yes_or_no(value) if isinstance(value, str) else value
    if not isinstance(found, bool | np.bool_) and found not in (0, 1):
        raise TypeError(value)
    return bool(found)


_TOO_LARGE = 2**63
_READERS: dict[str, Callable[[Any], Any]] = {
    "integer": _integer,
    "number": _number,
    "date": _day,
    "boolean": _answer,
}


def edge_ids(edges: pa.Table) -> pa.ChunkedArray:
    """Return an id for every link: its own, else its ends, relation, specialty and first day.

    Ids that are equal are numbered from the second on.
    """
    parts = [edges["source"], edges["relation"], edges["target"]]
    for name in ("specialty", "valid_from"):
        if name in edges.column_names:
            parts.append(pc.fill_null(edges[name].cast(pa.string()), ""))
        else:
            parts.append(pa.scalar(""))
    made = pc.utf8_rtrim(pc.binary_join_element_wise(*parts, "|"), "|")
    if "id" in edges.column_names:
        made = pc.coalesce(edges["id"], made)
    return _numbered(made if isinstance(made, pa.ChunkedArray) else pa.chunked_array([made]))


def _numbered(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """The texts, of which twins have a number from the second on."""
    twins = _twins(texts)
    if not len(twins):
        return texts
    seen: dict[str, int] = {}
    numbered: list[str] = []
    for text in texts.take(pa.array(twins)).to_pylist():
        seen[text] = seen.get(text, 0) + 1
        numbered.append(text if seen[text] == 1 else f"{text}~{seen[text]}")
    is_twin = np.zeros(len(texts), bool)
    is_twin[twins] = True
    return pc.replace_with_mask(texts, pa.array(is_twin), pa.array(numbered, pa.string()))


def _twins(texts: pa.ChunkedArray) -> Positions:
    """The rows whose text another row has, too."""
    encoded = texts.dictionary_encode().unify_dictionaries()
    codes = np.concatenate(
        [np.zeros(0, np.int32), *(chunk.indices.to_numpy() for chunk in encoded.chunks)]
    )
    return np.flatnonzero((np.bincount(codes) > 1)[codes]) if len(codes) else codes


def frame(table: pa.Table, *, keep: tuple[str, ...] = ("id", "kind", "name")) -> pd.DataFrame:
    """Return a table as a pandas frame: text as `str`, days as datetime64, no empty columns."""
    kept = [c for c in table.column_names if c in keep or table[c].null_count < len(table)]
    if not len(table):
        return _without_rows(table.select(kept).schema.remove_metadata()).copy()
    return _as_frame(table.select(kept))


@cache
def _without_rows(columns: pa.Schema) -> pd.DataFrame:
    """The frame of these columns without rows, of which most answers have one."""
    return _as_frame(columns.empty_table())


def _as_frame(table: pa.Table) -> pd.DataFrame:
    import pandas as pd

    text = pd.StringDtype("pyarrow", na_value=float("nan"))
    nullable: dict[pa.DataType, Any] = {
        pa.string(): text,
        pa.int64(): pd.Int64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }
    # column by column: of a small table `Table.to_pandas` costs twice as much
    columns = {
        name: nullable[column.type].__from_arrow__(column)
        if column.type in nullable
        else column.to_pandas(date_as_object=False).array
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(len(table)))


def same(one: pa.Table, other: pa.Table) -> bool:
    """Return whether two tables hold the same rows, in whatever order."""
    return one.num_rows == other.num_rows and bool(_sorted(one).equals(_sorted(other)))


def _sorted(table: pa.Table) -> pa.Table:
    names = sorted(c for c in table.column_names if table[c].null_count < len(table))
    table = table.select(names).combine_chunks()
    if not names:
        return table
    return table.sort_by([(name, "ascending") for name in names]).combine_chunks()


def holds(table: pa.Table, day: datetime.date, *, planned: bool = False) -> pa.ChunkedArray:
    """Return a mask over rows: those that hold on `day`; with `planned`, also what is planned."""
    today = pa.scalar(day)
    held = pa.chunked_array([pa.repeat(True, len(table))])
    if "valid_from" in table.column_names:
        held = pc.fill_null(pc.less_equal(table["valid_from"], today), True)
        if planned and "status" in table.column_names:
            held = pc.or_(held, pc.fill_null(pc.equal(table["status"], "planned"), False))
    if "valid_to" in table.column_names:
        held = pc.and_(held, pc.fill_null(pc.greater_equal(table["valid_to"], today), True))
    return held


def mask(column: pa.ChunkedArray) -> Mask:
    """Return a column of yes and no as an array."""
    return np.array(column)


# Text that many rows share: a dictionary where a network is large, looked up once per entry.
_SHARED = {"kind", "relation", "register", "edition", "document", "clause"}


def packed(table: pa.Table) -> pa.Table:
    """Return the table with a dictionary in place of every column of words and of references."""
    fields = (field for one in schema.TABLES.values() for field in one.fields)
    shared = _SHARED | {field.name for field in fields if field.vocabulary or field.type == "id"}
    for number, name in enumerate(table.column_names):
        column = table.column(number)
        if name in shared - {"id"} and column.type == pa.string():
            table = table.set_column(number, name, column.combine_chunks().dictionary_encode())
    return table


def unpacked(table: pa.Table, *, but: tuple[str, ...] = ()) -> pa.Table:
    """Return the table with plain text in place of dictionaries, but those of the columns `but`."""
    for number, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type) and field.name not in but:
            table = table.set_column(
                number, field.name, table.column(number).cast(field.type.value_type)
            )
    return table


def with_ends(edges: pa.Table, ids: pa.ChunkedArray | pa.Array) -> pa.Table:
    """Return the links whose both ends are among `ids`."""
    source = pc.is_in(edges["source"], value_set=ids)
    target = pc.is_in(edges["target"], value_set=ids)
    return edges.filter(pc.and_(source, target))


def ending(
    table: pa.Table, chosen: pa.ChunkedArray, last: datetime.date, *, strict: bool = False
) -> pa.Table:
    """Return the table in which the chosen rows that still hold on `last` end with that day.

    Raises
    ------
    ChangeError
        With `strict`, where there are none.
    """
    end, begin = (_dates(table, name) for name in ("valid_to", "valid_from"))
    lasts = pc.fill_null(pc.greater(end, pa.scalar(last)), True)
    has_begun = pc.fill_null(pc.less_equal(begin, pa.scalar(last)), True)
    ends_now = pc.and_(pc.and_(chosen, lasts), has_begun)
    if strict and not pc.any(ends_now).as_py():
        first_without = last + datetime.timedelta(days=1)
        raise ChangeError(say("nothing_to_end", day=first_without.isoformat()))
    ended = pc.if_else(ends_now, pa.scalar(last), end)
    if "valid_to" in table.column_names:
        return table.set_column(table.column_names.index("valid_to"), "valid_to", ended)
    return table.append_column("valid_to", ended)


def _dates(table: pa.Table, name: str) -> pa.ChunkedArray | pa.Array:
    return table[name] if name in table.column_names else pa.nulls(len(table), pa.date32())


def present(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row that are there."""
    return {key: value for key, value in row.items() if value is not None}
