"""Read and write what is stated of a whole network, and other people's words (对照)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.sheets import FREE
from medgraph.words.languages import choose
from medgraph.words.say import Problem, problem, say
from medgraph.words.vocabularies import META_KEYS, fold, label, word
from medgraph.words.workbook_words import COMPLETENESS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.loaders.tabular.sheets import Sheet

# What is stated of a table, however it is written.
_WHAT_IS_STATED = {fold(text): key for key, zh in COMPLETENESS.items() for text in (key, zh)}
_ITEM = 4  # the column of 对照 that says what a row is about


def read(sheet: Sheet, notes: list[Problem]) -> dict[str, str]:
    """Return what a table of `key` and `value` states, in Chinese or English."""
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
    """Return the key that a text means.

    >>> key_of("数据截止日"), key_of("机构.完整性"), key_of("links.MEMBER_OF.complete")
    ('data_day', 'facilities.complete', 'links.MEMBER_OF.complete')
    """
    if text.startswith(FREE):
        return text.removeprefix(FREE)
    if found := word("meta", text):
        return found
    first, *names = text.split(".")
    table = schema.table_named(first)
    what = _WHAT_IS_STATED.get(fold(names.pop())) if names else None
    if what is None or table is None:
        return text
    if names:
        names[0] = word("relation", names[0]) or names[0]
    return ".".join([table.name, *names, what])


def text_of(key: str, lang: str) -> str:
    """Return how a key is written for people, so that `key_of` reads it back."""
    shown = label("meta", key, lang) if key in META_KEYS else _completeness_text(key, lang)
    return shown if key_of(shown) == key else FREE + key


def _completeness_text(key: str, lang: str) -> str:
    """A key such as `links.MEMBER_OF.G2.complete` in the words of `lang`; any other as it is."""
    first, *names = key.split(".")
    what = names.pop() if names else ""
    if what not in COMPLETENESS or first not in schema.TABLES:
        return key
    if names:
        names[0] = label("relation", names[0], lang)
    zh = ".".join([schema.TABLES[first].sheet, *names, COMPLETENESS[what]])
    return choose(lang, {"zh": zh, "en": key})


def table(stated: Mapping[str, str], lang: str = "en") -> pa.Table:
    """Return the statements as a table of `key` and `value`, the format and its version first."""
    rows = {"format": f"{schema.FORMAT_NAME} {schema.FORMAT_VERSION}"}
    for key, value in stated.items():
        rows[_written(key, value, lang)] = value
    keys, values = pa.array(rows, pa.string()), pa.array(rows.values(), pa.string())
    return pa.table({"key": keys, "value": values})


def _written(key: str, value: str, lang: str) -> str:
    """The text of a key; one with an empty value is marked, so that reading keeps it."""
    text = text_of(key, lang)
    if value and key_of(key) == key:
        text = choose(lang, {"zh": text, "en": key})
    return text if value or text.startswith(FREE) else FREE + key


def words_of(sheet: Sheet) -> dict[str, str]:
    """Return other people's words and what they mean here, from the table 对照: 原词, 含义."""
    columns = [column.to_pylist() for column in sheet.columns]
    if len(columns) < 2:
        return {}
    # the 对照 of a tidied workbook says what its sheets and columns mean, too
    items = columns[_ITEM] if len(columns) > _ITEM else [None] * len(sheet)
    found: dict[str, str] = {}
    for theirs, ours, item in zip(columns[0], columns[1], items, strict=True):
        if theirs and ours and word("mapping_item", item or "") in (None, "word"):
            found[fold(theirs)] = ours
    return found
