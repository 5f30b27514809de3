"""Read and write what is stated of a whole network, and the table of other people's words (对照)."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.sheets import FREE, Sheet
from medgraph.words.languages import choose
from medgraph.words.say import Problem, problem, say
from medgraph.words.vocabularies import META_KEYS, fold, label, word

WORDS_NAMES = ("对照", "words")
_PARTS = {
    "complete": "完整性",
    "complete_by": "完整性由谁声明",
    "complete_date": "完整性声明日",
    "complete_clause": "完整性条款",
}


def read(sheet: Sheet, notes: list[Problem]) -> dict[str, str]:
    """Return what a table of `key` and `value` states; Chinese and English keys and words are both read."""
    keys, values = (_column(sheet, name) for name in ("key", "value"))
    stated: dict[str, str] = {}
    for row, (text, value) in enumerate(zip(keys, values, strict=True)):
        if not text:
            continue
        key = key_of(text)
        if key == "format":
            _refuse_later(value or "", sheet.file)
            continue
        if value is None and not text.startswith(FREE):
            continue
        try:
            stated[key] = _value(key, value or "")
        except WrongError as wrong:
            place = sheet.place(row, sheet.column_of("value"))
            notes.append(problem(wrong.code, place=place, **wrong.said))
    return stated


def _refuse_later(text: str, file: str) -> None:
    """Refuse tables that a later medgraph wrote: what they mean may have changed."""
    name, _, version = text.partition(" ")
    if name == schema.FORMAT_NAME and version.isdecimal() and int(version) > schema.FORMAT_VERSION:
        raise SourceError(
            say("wrong_version", path=file, version=version, known=schema.FORMAT_VERSION)
        )


def _column(sheet: Sheet, name: str) -> list[str | None]:
    column = sheet.column_of(name)
    return [None] * len(sheet) if column is None else sheet.columns[column].to_pylist()


def _value(key: str, text: str) -> str:
    if key == "data_day":
        return cells.day(text).isoformat()
    if key.endswith(".complete"):
        return cells.worded("completeness")(text)
    return text


def key_of(text: str) -> str:
    """Return the key that a text means: `数据截止日` is data_day, `关系.成员.G2.完整性` links.MEMBER_OF.G2.complete.

    >>> key_of("数据截止日"), key_of("机构.完整性"), key_of("links.MEMBER_OF.complete")
    ('data_day', 'facilities.complete', 'links.MEMBER_OF.complete')
    """
    if text.startswith(FREE):
        return text.removeprefix(FREE)
    if found := word("meta", text):
        return found
    first, *middle = text.split(".")
    last = middle.pop() if middle else ""
    named = {fold(w): key for key, zh in _PARTS.items() for w in (key, zh)}
    table = schema.table_named(first)
    if fold(last) not in named or table is None:
        return text
    if middle:
        middle[0] = word("relation", middle[0]) or middle[0]
    return ".".join([table.name, *middle, named[fold(last)]])


def text_of(key: str, lang: str) -> str:
    """Return how a key is written for people, so that `key_of` reads it back."""
    shown = key
    first, *middle = key.split(".")
    if key in META_KEYS:
        shown = label("meta", key, lang)
    elif middle and middle[-1] in _PARTS and first in schema.TABLES:
        names = [label("relation", m, lang) if i == 0 else m for i, m in enumerate(middle[:-1])]
        parts = [schema.TABLES[first].sheet, *names, _PARTS[middle[-1]]]
        shown = choose(lang, {"zh": ".".join(parts), "en": key})
    return shown if key_of(shown) == key else FREE + key


def table(stated: Mapping[str, str], lang: str = "en") -> pa.Table:
    """Return the statements as a table of `key` and `value`, the name and version of the format first."""
    rows = {"format": f"{schema.FORMAT_NAME} {schema.FORMAT_VERSION}"}
    for key, value in stated.items():
        kept = key if key_of(key) == key and value else None
        rows[choose(lang, {"zh": None, "en": kept}) or _written(key, value, lang)] = value
    return pa.table(
        {"key": pa.array(rows, pa.string()), "value": pa.array(rows.values(), pa.string())}
    )


def _written(key: str, value: str, lang: str) -> str:
    text = text_of(key, lang)
    return text if value or text.startswith(FREE) else FREE + key


def words_of(sheet: Sheet) -> dict[str, str]:
    """Return other people's words and what they mean here, from the table 对照: 原词, 含义."""
    if len(sheet.columns) < 2:
        return {}
    items = sheet.columns[4].to_pylist() if len(sheet.columns) > 4 else [None] * len(sheet)
    pairs = zip(sheet.columns[0].to_pylist(), sheet.columns[1].to_pylist(), items, strict=True)
    # beside words, 对照 of a tidied workbook says what its sheets and columns mean
    return {
        fold(theirs): ours
        for theirs, ours, item in pairs
        if theirs and ours and word("mapping_item", item or "") in (None, "word")
    }
