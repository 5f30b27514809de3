"""Say a mapping as the lines of the sheet 对照, in the planner's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medgraph.graphmodel import schema
from medgraph.loaders.foreign.meanings import label_of
from medgraph.loaders.foreign.open_questions import ASKED_BY, VOCABULARY_OF
from medgraph.words.joining import clauses
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.say import say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.loaders.foreign.cell_account import CellAccount
    from medgraph.loaders.foreign.mapping import Column, SheetRule, WorkbookMapping


class Line(NamedTuple):
    """A line of 对照: their words, ours (to be edited), where it holds, what it settles, and why.

    `kept` is what the next reading needs and nobody reads; `offered` is the list of words that the
    second cell offers, empty where there is none.
    """

    theirs: str
    ours: str
    sheet: str = ""
    at: str = ""
    item: str = ""
    why: str = ""
    kept: str = ""
    offered: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the cells of the line."""
        return self[:7]


def lines_of(mapping: WorkbookMapping, account: CellAccount, lang: str) -> list[Line]:
    """Return the lines of 对照: the whole, every sheet, words, names, and what is open."""
    return [
        *_whole_lines(mapping, lang),
        *(line for rule in mapping.sheets for line in _sheet_lines(rule, lang)),
        *(Line(theirs, ours, item=_item("word", lang)) for theirs, ours in mapping.words.items()),
        *(Line(theirs, ours, item=_item("name", lang)) for theirs, ours in mapping.names.items()),
        *_answer_lines(mapping, lang),
        *_open_lines(account, lang),
    ]


def _item(key: str, lang: str) -> str:
    return label("mapping_item", key, lang)


def _yes_or_no(value: bool, lang: str) -> str:
    return label("boolean", "yes" if value else "no", lang)


def _whole_lines(mapping: WorkbookMapping, lang: str) -> Iterator[Line]:
    """The lines that hold for the whole workbook."""

    def line(key: str, ours: str, kept: str = "", offered: str = "") -> Line:
        item = _item(key, lang)
        return Line(item, ours, "", "", item, say(f"mapping_why_{key}"), kept, offered)

    yield line("file", mapping.source, kept=mapping.made)
    yield line("confirmed", _yes_or_no(mapping.confirmed, lang), offered="boolean")
    yield line("area", LIST_COMMA.join(mapping.area))
    yield line("complete", _yes_or_no(mapping.complete, lang), offered="boolean")
    for key, value in mapping.meta.items():
        yield Line(label("meta", key, lang), value, item=_item("meta", lang))


def _sheet_lines(rule: SheetRule, lang: str) -> Iterator[Line]:
    """The lines of one sheet: what its rows are, which of them are read, and its columns."""

    def line(key: str, ours: str, why: str = "", offered: str = "") -> Line:
        item = _item(key, lang)
        return Line(item, ours, rule.name, "", item, why, offered=offered)

    candidates = clauses(rule.candidates)
    why = say("mapping_why_candidates", candidates=candidates) if candidates else ""
    kind = line("sheet", label("sheet_kind", rule.kind, lang), why, "sheet_kind")
    yield kind._replace(theirs=rule.name)
    if rule.layout:
        layout = label("layout", rule.layout, lang)
        yield line("layout", layout, rule.layout_why, "layout")._replace(kept=layout)
    yield line("header", _header_rows(rule), say("mapping_why_header"))
    yield line("rows", _data_rows(rule), say("mapping_why_rows"))
    yield line("skip", LIST_COMMA.join(map(str, rule.skip)), say("mapping_why_skip"))
    yield line("hidden", label("hidden", rule.hidden, lang), offered="hidden")
    states = label_of(rule.sheet_name or "skip", "", lang)
    yield line("sheet_name", states, say("mapping_why_sheet_name"), "column")
    for field, value in rule.constants.items():
        yield line("constant", value)._replace(theirs=label_of(field, "", lang))
    for column in rule.columns:
        yield from _column_lines(rule.name, column, lang)


def _header_rows(rule: SheetRule) -> str:
    return "-".join(str(number) for number in dict.fromkeys(rule.header or ()))


def _data_rows(rule: SheetRule) -> str:
    return f"{rule.first or ''}-{rule.last or ''}" if rule.first or rule.last else ""


def _column_lines(sheet: str, column: Column, lang: str) -> Iterator[Line]:
    """What a column means, what else may be said of it, and their words in it."""
    theirs = column.title or column.at
    meaning = label_of(column.to, column.relation, lang)
    why = "" if column.to else say("mapping_why_unknown")
    yield Line(theirs, meaning, sheet, column.at, _item("column", lang), why, offered="column")
    for key, ours, offered in _details(column, lang):
        why = say(f"mapping_why_{key}")
        yield Line(theirs, ours, sheet, column.at, _item(key, lang), why, offered=offered)
    for their_word, our_word in column.values.items():
        yield Line(their_word, our_word, sheet, column.at, _item("word", lang))


def _details(column: Column, lang: str) -> Iterator[tuple[str, str, str]]:
    """What else may be said of a column: item of 对照, what holds now, and the words offered."""
    field = schema.FACILITIES.field(column.to)
    type = field.type if field else ""
    if column.fill != "no":
        yield "fill", label("fill", column.fill, lang), "fill"
    if column.date or type == "date":
        usual = "last" if column.to == "valid_to" else "first"
        yield "date", label("day_left_out", column.date or usual, lang), "day_left_out"
    if column.unit or type in ("integer", "number"):
        yield "unit", column.unit, ""
    if not column.list or column.to in ("name", "members"):
        yield "list", _yes_or_no(column.list, lang), "boolean"


def _answer_lines(mapping: WorkbookMapping, lang: str) -> Iterator[Line]:
    """The answers that no other line holds."""
    for key, ours in mapping.answers.items():
        kind, sheet, subject = key.split(":", 2)
        name = VOCABULARY_OF.get(kind)
        said = label(name, ours, lang) if name else ours
        yield Line(subject, said, sheet, "", _item("answer", lang), kept=kind)


def _open_lines(account: CellAccount, lang: str) -> list[Line]:
    """One line for each name and word that nobody knows yet; the planner fills the second cell."""
    lines: dict[tuple[str, str], Line] = {}
    for found in account.problems:
        kind = ASKED_BY.get(found.code)
        if kind is None:
            continue
        key = "name" if kind == "name" else "word"  # the type of a group is a word, too
        sheet, _, at = found.place.rpartition("!")
        offered = VOCABULARY_OF.get(kind, "")
        line = Line(found.value, "", sheet, at, _item(key, lang), found.message, offered=offered)
        lines.setdefault((key, found.value), line)
    return list(lines.values())
