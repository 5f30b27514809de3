"""Write an empty workbook to fill in: drop-down lists, an example row, a help sheet, areas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError, TargetError
from medgraph.graphmodel import schema
from medgraph.graphmodel.abolished_codes import townships_now
from medgraph.loaders.tabular import meta
from medgraph.loaders.workbooks import workbook
from medgraph.loaders.workbooks.drop_downs import FilledColumn, add_drop_downs, columns_of
from medgraph.loaders.workbooks.recognition import has_content, is_foreign, only_workbook
from medgraph.loaders.workbooks.sheet_writing import Book
from medgraph.whole_files import replacing
from medgraph.words.declarations import COMPLETENESS
from medgraph.words.joining import clauses, listed
from medgraph.words.languages import choose
from medgraph.words.say import language, say
from medgraph.words.vocabularies import META_KEYS, VOCABULARIES, label
from medgraph.words.workbook_words import EXAMPLE, EXAMPLES, SHEETS

if TYPE_CHECKING:
    import pyarrow as pa

_COMPLETENESS_ROWS = tuple(
    f"{part}.{what}" for part in ("facilities", "links.MEMBER_OF", "links") for what in COMPLETENESS
)
_META_ROWS = ("title", "unit", "data_day", "register", "edition", "source")
_HELP = {"help_sheet": 14, "help_column": 22, "help_needed": 8, "help_holds": 80}  # widths
_AREA_WORDS = {"kind": "area_kind", "level": "area_level"}


def template(path: str | Path, *, area: str | None = None) -> None:
    """Write the workbook to fill in, in the language of now; `area` (a code) has its townships.

    Raise OptionError where the register knows no such area, TargetError where `path` is no .xlsx,
    or is one that holds more than an empty template.
    """
    never_onto_filled(Path(path))
    areas = townships_now(area) if area else None
    if areas is not None and not len(areas):
        raise OptionError(say("area_not_in_register", value=area))
    lang = language()
    with replacing(path) as new:
        book = Book(new, lang, Path(path))
        for table in (*schema.NODE_TABLES, schema.LINKS):
            tab = _empty_table(book, table)
            if table is schema.AREAS and areas is not None:
                _fill_in_areas(book, tab, areas)
        _meta(book, areas)
        _help(book)
        heads = {
            table: [column.title(lang) for column in columns_of(table)]
            for table in schema.TABLES.values()
        }
        add_drop_downs(book.book, heads, lang)
        book.book.get_worksheet_by_name(schema.FACILITIES.title(lang)).activate()
        book.close()


def never_onto_filled(target: Path) -> None:
    """Raise TargetError where `target` is no .xlsx, or one that holds more than an empty template.

    The areas that a template came with are no filling in.
    """
    only_workbook(target)
    if not has_content(target):
        return
    if is_foreign(target):
        raise TargetError(say("target_of_others", path=target.name))
    there = workbook.load(target, lenient=True)
    areas = there.network.counts().get("areas", 0) if there.network else 0
    if there.rows_in > areas:
        raise TargetError(say("target_filled", path=target.name))


def _empty_table(book: Book, table: schema.Table) -> Any:
    """Add the sheet of a table: its headers and, for some, an example row."""
    tab = book.book.add_worksheet(table.title(book.lang))
    tab.freeze_panes(1, 2)
    example = EXAMPLES.get(table.name)
    for place, column in enumerate(columns_of(table)):
        head = book.styles["required" if column.is_required else "header"]
        tab.write_string(0, place, column.title(book.lang), head)
        style = book.styles["date" if column.is_date else "text"]
        tab.set_column(place, place, 30 if column.name == "name" else 15, style)
        if example:
            text = (
                choose(book.lang, EXAMPLE) if place == 0 else _example(column, example, book.lang)
            )
            tab.write_string(1, place, text, book.styles["example"])
    return tab


def _example(column: FilledColumn, example: dict[str, str], lang: str) -> str:
    text = example.get(column.name, "")
    return label(column.vocabulary, text, lang) if column.vocabulary in VOCABULARIES else text


def _fill_in_areas(book: Book, tab: Any, areas: pa.Table) -> None:
    names = [column.name for column in columns_of(schema.AREAS)]
    for name in areas.column_names:
        vocabulary = _AREA_WORDS.get(name)
        for row, value in enumerate(areas[name].to_pylist(), 1):
            text = label(vocabulary, value, book.lang) if vocabulary else value
            tab.write_string(row, names.index(name), text or "", book.styles["text"])


def _meta(book: Book, areas: pa.Table | None) -> None:
    """Add the sheet of what is stated of the whole; with areas, of which register they are."""
    tab = book.book.add_worksheet(schema.META.title(book.lang))
    text = book.styles["text"]
    tab.set_column(0, 0, 28, text)
    tab.set_column(1, 1, 50, text)
    for column, described in enumerate(schema.META.fields):
        tab.write_string(0, column, described.title(book.lang), book.styles["required"])
    known = {}
    if areas is not None:
        known = {name: areas[name][0].as_py() for name in ("register", "edition")}
    keys = [label("meta", key, book.lang) if key in META_KEYS else key for key in _META_ROWS]
    keys += [meta.text_of(key, book.lang) for key in _COMPLETENESS_ROWS]
    for row, key in enumerate(keys, 1):
        tab.write_string(row, 0, key, text)
    for row, key in enumerate(_META_ROWS, 1):
        if known.get(key):
            tab.write_string(row, 1, known[key], text)


def _help(book: Book) -> None:
    """One line for each column: what it holds, in which unit, and which words it takes."""
    tab = book.book.add_worksheet(choose(book.lang, SHEETS["help"]))
    for place, (key, width) in enumerate(_HELP.items()):
        tab.write_string(0, place, say(key), book.styles["header"])
        tab.set_column(place, place, width)
    lines = [(line,) for line in say("help_text").split("\n")]
    columns = [
        _help_line(table, column, book.lang)
        for table in schema.TABLES.values()
        for column in columns_of(table)
    ]
    for row, cells in enumerate((*lines, *columns), 1):
        for place, text in enumerate(cells):
            tab.write_string(row, place, text)


def _help_line(table: schema.Table, column: FilledColumn, lang: str) -> tuple[str, ...]:
    needed = say("yes") if column.is_required else ""
    return table.title(lang), f"{column.zh} {column.name}", needed, _holds(column, lang)


def _holds(column: FilledColumn, lang: str) -> str:
    if column.described is None:
        return say(f"help_shortcut_{column.name}")
    parts = [say(f"help_type_{column.described.type}")]
    if column.described.unit:
        parts.append(column.described.unit)
    if column.vocabulary in VOCABULARIES:
        words = (label(column.vocabulary, key, lang) for key in VOCABULARIES[column.vocabulary])
        parts.append(listed(words))
    return clauses(parts)
