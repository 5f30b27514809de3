"""Read and write what is stated of a whole network, and other people's words (对照)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import schema
from medgraph.graphmodel.completeness import COMPLETE, MARK, PARTIAL
from medgraph.graphmodel.named_tables import part_named
from medgraph.graphmodel.per_cent import STATES_UNIT
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.declarations import keys_with_ids
from medgraph.loaders.tabular.sheets import FREE, letter
from medgraph.words.declarations import COMPLETENESS, DECLARING, SOUNDS_DECLARED
from medgraph.words.languages import choose
from medgraph.words.nearness import nearest_few
from medgraph.words.say import Problem, language, problem, say
from medgraph.words.vocabularies import META_KEYS, fold, label, word
from medgraph.words.workbook_words import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from medgraph.loaders.tabular.sheets import Sheet
    from medgraph.loaders.tabular.statements import Statements

# What is stated of a table, however it is written.
_WHAT_IS_STATED = {fold(text): key for key, zh in COMPLETENESS.items() for text in (key, zh)}
_ITEM = 4  # the column of 对照 that says what a row is about


def read(sheet: Sheet, stated: Statements, notes: list[Problem]) -> None:
    """Add to `stated` what a table of `key` and `value` states, in Chinese or English."""
    sheet = _with_titles(sheet, notes)
    keys, values = (_column(sheet, name) for name in ("key", "value"))
    for row, (text, value) in enumerate(zip(keys, values, strict=True)):
        if not text:
            continue
        key = key_of(text)
        if key == "format":
            _refuse_later(value or "", sheet.file)
            continue
        if value is None and not text.startswith(FREE):
            continue
        columns = (sheet.column_of(name) for name in ("key", "value"))
        at_key, at_value = (sheet.place(row, column) for column in columns)
        if not text.startswith(FREE) and not _is_known(key):
            known = say("list_comma").join(_nearest_keys(text))
            notes.append(problem("W088", place=at_key, value=text, nearest=known))
        try:
            stated.state(key, _value(key, value or ""), (at_key, at_value), notes)
        except WrongError as wrong:
            notes.append(problem(wrong.code, place=at_value, **wrong.said))


_COLUMNS = ("key", "value")


def _with_titles(sheet: Sheet, notes: list[Problem]) -> Sheet:
    """The sheet with its first two columns as keys and values, where no titles say so.

    They are values and keys where the second has more of our keys. A first row that states
    something itself is a row, too.
    """
    if len(sheet.header) < len(_COLUMNS) or None not in map(sheet.column_of, _COLUMNS):
        return sheet
    notes.append(problem("W089", place=sheet.place(None, 0), value=sheet.header[0]))
    one, other = (
        _known_keys([title, *column.to_pylist()])
        for title, column in zip(sheet.header[:2], sheet.columns[:2], strict=True)
    )
    order = _COLUMNS[::-1] if other > one else _COLUMNS
    titles = (*order, *sheet.header[len(_COLUMNS) :])
    if not _known_keys(sheet.header[: len(_COLUMNS)]):
        return replace(sheet, header=titles)
    columns = (
        pa.array([title or None, *column.to_pylist()], pa.string())
        for title, column in zip(sheet.header, sheet.columns, strict=True)
    )
    rows = np.concatenate([[sheet.header_row], sheet.rows])
    return replace(sheet, header=titles, columns=tuple(columns), rows=rows)


def _known_keys(texts: Iterable[str | None]) -> int:
    return sum(_is_known(key_of(text)) for text in texts if text)


def _is_known(key: str) -> bool:
    """Whether a key is one of ours, or is judged as a declaration or as the unit of a value."""
    is_declared = key.rpartition(".")[2] in COMPLETENESS or bool(SOUNDS_DECLARED.search(key))
    return key in META_KEYS or key == "format" or is_declared or bool(STATES_UNIT.fullmatch(key))


def _nearest_keys(text: str) -> list[str]:
    """The keys that a text is like in any of their readings, as people call them; else all."""
    titles = {key: label("meta", key, language()) for key in META_KEYS}
    called = {f"{table}{MARK}": f"{table}{MARK}" for table in schema.TABLES}
    for key, term in META_KEYS.items():
        called |= dict.fromkeys((term.word, term.zh, term.en, *term.also), titles[key])
    near = dict.fromkeys(called[reading] for reading in nearest_few(text, called))
    return list(near or titles.values())


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
        return state_of(text)
    return _day_of_declaration(text) if key.endswith(".complete_date") else text


def state_of(text: str) -> str:
    """Return what a text says of a table: complete or partial; one that says neither as it is.

    >>> state_of("是"), state_of("已列全"), state_of("部分"), state_of("待定")
    ('complete', 'complete', 'partial', '待定')
    """
    answer = {"yes": COMPLETE, "no": PARTIAL}.get(word("boolean", text) or "")
    return word("completeness", text) or answer or text


def _day_of_declaration(text: str) -> str:
    """A whole day as all days are written; any other text as it is: `check` says so."""
    try:
        return cells.day(text).isoformat()
    except WrongError:
        return text


def key_of(text: str) -> str:
    """Return the key that a text means.

    >>> key_of("数据截止日"), key_of("机构.完整性"), key_of("links.MEMBER_OF.complete")
    ('data_day', 'facilities.complete', 'links.MEMBER_OF.complete')
    >>> key_of("成员 列全"), key_of("机构表是否已列全？"), key_of("members complete by")
    ('links.MEMBER_OF.complete', 'facilities.complete', 'links.MEMBER_OF.complete_by')
    """
    if text.startswith(FREE):
        return text.removeprefix(FREE)
    if found := word("meta", text):
        return found
    if fold(text) in map(fold, FORMAT.values()):
        return FORMAT["en"]
    return _key_of_declaration(text) or text


def _key_of_declaration(text: str) -> str | None:
    """The key that a text such as 机构.完整性 or 成员名单已列全 means."""
    parts = ((part_named(table), what) for table, what in _as_declared(text))
    return next((f"{part}.{what}" for part, what in parts if part), None)


def _as_declared(text: str) -> Iterator[tuple[str, str]]:
    """Of which table a text may state what: as `text_of` writes it, then as people do."""
    table, _, end = text.rpartition(".")
    if what := _WHAT_IS_STATED.get(fold(end)):
        yield table, what
    for what, form in DECLARING.items():
        if found := form.fullmatch(text):
            yield found["table"], what


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
    rows: dict[str, str | None] = {
        choose(lang, FORMAT): f"{schema.FORMAT_NAME} {schema.FORMAT_VERSION}"
    }
    for key, value in stated.items():
        rows[_written(key, value, lang)] = _value_text(key, value, lang)
    keys, values = pa.array(rows, pa.string()), pa.array(rows.values(), pa.string())
    return pa.table({"key": keys, "value": values})


def _written(key: str, value: str, lang: str) -> str:
    """The text of a key; one with an empty value is marked, so that reading keeps it."""
    text = text_of(key, lang)
    if value and key_of(key) == key:
        text = choose(lang, {"zh": text, "en": key})
    return text if value or text.startswith(FREE) else FREE + key


# -- changing what is stated ----------------------------------------------------------------------


def restated(
    sheet: Sheet, stated: Mapping[str, str | None], nodes: pa.Table
) -> tuple[dict[tuple[int, int], str | None], str]:
    """Return the cells by which a table states this too, and the place of the first value.

    A cell is named by its row from 1 and its column from 0. What the table states already, by the
    id of one of `nodes` or by its name, is written over; None empties the value and leaves the key,
    as a template has it. Raise TargetError where the table has no columns of keys and values.
    """
    key_column, value_column = (sheet.column_of(name) for name in ("key", "value"))
    if key_column is None or value_column is None:
        raise TargetError(say("declare_no_columns", path=sheet.file, sheet=sheet.name))
    cells: dict[tuple[int, int], str | None] = {}
    lang = language_of(sheet.name)
    free = int(max(sheet.rows, default=sheet.header_row)) + 1
    rows_of = _rows_by_key(sheet, key_column, nodes)
    for key, value in stated.items():
        rows = rows_of.get(key, [])
        if not rows and value is not None:
            rows, cells[free, key_column] = [free], text_of(key, lang)
            free += 1
        cells |= {(row, value_column): _value_text(key, value, lang) for row in rows}
    first = min((row for row, column in cells if column == value_column), default=free)
    return cells, f"{sheet.name}!{letter(value_column)}{first}"


def _rows_by_key(sheet: Sheet, key_column: int, nodes: pa.Table) -> dict[str, list[int]]:
    """The numbers of the rows that state each key."""
    texts = sheet.columns[key_column].to_pylist()
    keys = [key_of(text) if text else "" for text in texts]
    names = keys_with_ids(keys, nodes)
    found: dict[str, list[int]] = {}
    for row, key in zip(sheet.rows.tolist(), keys, strict=True):
        found.setdefault(names.get(key, key), []).append(row)
    return found


def _value_text(key: str, value: str | None, lang: str) -> str | None:
    return label("completeness", value, lang) if value and key.endswith(".complete") else value


def language_of(title: str) -> str:
    """Return the language of a table of statements, by what it is called: 说明 or `meta`."""
    return "zh" if schema.META.sheet in title else "en"


def new_lines(stated: Mapping[str, str | None], lang: str) -> list[tuple[str, str]]:
    """Return a table of statements as rows of text, its header first."""
    heads = [field.title(lang) for field in schema.META.fields]
    lines = [
        (text_of(key, lang), _value_text(key, value, lang) or "")
        for key, value in stated.items()
        if value is not None
    ]
    return [(heads[0], heads[1]), *lines]


# -- other people's words -------------------------------------------------------------------------


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
