"""Write the questions of a workbook as a sheet, and take the answers that stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.graphmodel.register import county_codes
from medgraph.loaders.foreign import county_files
from medgraph.loaders.foreign.case_questions import CASE_OF
from medgraph.loaders.foreign.layouts import RECOGNISE
from medgraph.loaders.foreign.meanings import meaning_of
from medgraph.loaders.foreign.open_questions import VOCABULARY_OF, Question, questions_of
from medgraph.loaders.foreign.renamings import KIND as RENAMED
from medgraph.loaders.workbooks import openpyxl_book
from medgraph.loaders.workbooks.sheet_writing import fit_for_print, fit_rows
from medgraph.whole_files import replacing
from medgraph.words.foreign_workbooks import ROW_BREAK as AREA_BREAK
from medgraph.words.languages import choose
from medgraph.words.say import in_every_language, language, say
from medgraph.words.vocabularies import word
from medgraph.words.workbook_words import SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from medgraph.loaders.foreign.cell_account import CellAccount
    from medgraph.loaders.foreign.mapping import SheetRule, WorkbookMapping

# The columns of the sheet and their widths; the last says what an answer is to.
_COLUMNS = {"text": 60, "answer": 24, "offered": 40, "assumed": 26, "decides": 8, "places": 34}
_ANSWER = list(_COLUMNS).index("answer")
_LONGEST_LIST = 255  # what a drop-down holds when its words stand in it
_MOST_SHOWN = 12
_BETWEEN = " / "
_KEY_BREAK = "|"


def write_questions(book: Any, mapping: WorkbookMapping, account: CellAccount) -> None:
    """Add the sheet of questions to a workbook that is being written; without any, add none."""
    questions = questions_of(mapping, account)
    if not questions:
        return
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    answered = book.add_format({"num_format": "@", "bg_color": "#FFF7D6", "valign": "top"})
    tab = book.add_worksheet(choose(language(), SHEETS["to_answer"]))
    tab.freeze_panes(1, _ANSWER + 1)
    fit_for_print(tab)
    for column, (name, width) in enumerate(_COLUMNS.items()):
        tab.write_string(0, column, say(f"question_head_{name}"), bold)
        tab.set_column(column, column, width, text)
    key_column = len(_COLUMNS)
    tab.set_column(key_column, key_column, 10, text, {"hidden": True})
    for row, question in enumerate(questions, 1):
        _write_question(tab, row, question, text, answered)
        tab.write_string(row, key_column, key_of(question), text)
    shown = [
        (asked.text, "", _shown_choices(asked.offered), asked.assumed, "", asked.shown_places)
        for asked in questions
    ]
    fit_rows(tab, shown, list(_COLUMNS.values()))


def _write_question(tab: Any, row: int, question: Question, text: Any, answered: Any) -> None:
    tab.write_string(row, 0, question.text, text)
    tab.write_blank(row, _ANSWER, None, answered)
    tab.write_string(row, 2, _shown_choices(question.offered), text)
    tab.write_string(row, 3, question.assumed, text)
    if question.is_of_all:
        tab.write_string(row, 4, say("question_decides_all"), text)
    else:
        tab.write_number(row, 4, question.decides, text)
    tab.write_string(row, 5, question.shown_places, text)
    if question.offered and len(",".join(question.offered)) <= _LONGEST_LIST:
        listed = {"validate": "list", "source": list(question.offered), "error_type": "warning"}
        tab.data_validation(row, _ANSWER, row, _ANSWER, listed)


def _shown_choices(offered: Sequence[str]) -> str:
    """The answers to choose from; where they are many, how many the drop-down holds."""
    if len(offered) > _MOST_SHOWN:
        return say("question_in_drop_down", count=len(offered))
    return _BETWEEN.join(offered) or say("question_free")


def key_of(question: Question) -> str:
    """Return what an answer is to, as the hidden column of the sheet holds it."""
    return _KEY_BREAK.join((question.kind, question.sheet, question.subject))


# -- answers ---------------------------------------------------------------------------------------


def apply_answers(
    rows: Sequence[Sequence[str | None]], mapping: WorkbookMapping, workbook: str
) -> None:
    """Put the answers that stand in the sheet of questions into the mapping.

    Raise SourceError that names the row of a word that nobody knows there.
    """
    for number, row in enumerate(rows[1:], 2):
        texts = [str(text or "").strip() for text in row]
        if len(texts) <= len(_COLUMNS) or not texts[_ANSWER]:
            continue
        kind, sheet, subject = (*texts[len(_COLUMNS)].split(_KEY_BREAK, 2), "", "")[:3]
        apply = _APPLY.get(kind)
        if apply is None:
            continue
        answer = _our_word(kind, texts[_ANSWER])
        if not answer or not apply(mapping, sheet, subject, answer):
            raise SourceError(
                say(
                    "mapping_sheet_word",
                    workbook=workbook,
                    sheet=choose(language(), SHEETS["to_answer"]),
                    row=number,
                    value=texts[_ANSWER],
                    allowed=texts[2] or say("question_any_name"),
                )
            )


def write_answers(workbook: Path, answers: Mapping[str, str]) -> None:
    """Write answers, by the keys of their questions, into the sheet of questions of a workbook.

    Raise SourceError where the workbook asks nothing of that key.
    """
    book = openpyxl_book.opened(workbook, data_only=False)
    tab = book[choose(language(), SHEETS["to_answer"])]
    key_column = len(_COLUMNS)
    row_of = {str(row[key_column].value): row for row in tab.iter_rows(min_row=2)}
    for key, answer in answers.items():
        if key not in row_of:
            raise SourceError(say("question_unknown", workbook=workbook.name, key=key))
        cell = row_of[key][_ANSWER]
        cell.value = answer
        cell.data_type = "s"  # whatever it looks like
    with replacing(workbook) as new:
        openpyxl_book.save(book, new)


def _our_word(kind: str, text: str) -> str:
    """An answer as we call it; empty where it is none of the words that may be chosen."""
    if kind not in VOCABULARY_OF:
        return text
    return word(VOCABULARY_OF[kind], text) or ""


def _keep(kind: str) -> Callable[[WorkbookMapping, str, str, str], bool]:
    """Keep an answer that no line of 对照 holds, under what it is to."""

    def keep(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
        mapping.answers[f"{kind}:{sheet}:{subject}"] = answer
        _propose_again(mapping, sheet)
        return True

    return keep


def _keep_beside(kind: str) -> Callable[[WorkbookMapping, str, str, str], bool]:
    """Keep an answer that alters neither layout nor columns."""

    def keep(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
        mapping.answers[f"{kind}:{sheet}:{subject}"] = answer
        return True

    return keep


def _propose_again(mapping: WorkbookMapping, sheet: str) -> None:
    """Let the layout and columns of a sheet be proposed anew: an answer may add one."""
    rule = _rule(mapping, sheet)
    if rule is not None:
        rule.layout = mapping.answers.get(f"layout:{sheet}:", RECOGNISE)
        rule.is_changed = True


def _set_layout(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
    mapping.answers[f"layout:{sheet}:"] = answer
    rule = _rule(mapping, sheet)
    if rule is not None and rule.layout != answer:
        rule.layout, rule.is_changed = answer, True
    return rule is not None


def _set_name(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
    mapping.names[subject] = answer
    return True


def _set_word(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
    mapping.words[subject] = answer
    return True


def _set_fill(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
    rule = _rule(mapping, sheet)
    columns = [column for column in rule.columns if column.at == subject] if rule else []
    for column in columns:
        column.fill = answer
    return bool(columns)


def _set_column(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
    to, relation = meaning_of(answer)
    rule = _rule(mapping, sheet)
    columns = [column for column in rule.columns if column.at == subject] if rule else []
    for column in columns:
        column.to, column.relation = to, relation
    return bool(columns and to)


def _set_header(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
    rule = _rule(mapping, sheet)
    numbers = [int(number) for number in re.findall(r"\d+", answer)]
    if rule is None or not numbers or 0 in numbers:
        return False
    rule.header = (numbers[0], numbers[-1])
    return True


def _set_former(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
    """Keep what a facility was called in the last edition; its own name: it is a new one."""
    is_new = answer in in_every_language("question_no_former")
    mapping.answers[f"{RENAMED}::{subject}"] = subject if is_new else answer
    return True


def _set_area(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
    """Take the codes or the names of counties; a name that several have is none."""
    area = []
    for text in filter(None, map(str.strip, AREA_BREAK.split(answer))):
        found = [text] if text.isdigit() else county_codes(text)
        if len(found) != 1:
            return False
        area += found
    mapping.area = tuple(area)
    return bool(area)


def _set_county_of_file(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
    """Take the county that a file is of; its townships are covered, too."""
    mapping.answers[county_files.key_of(subject)] = answer
    found = county_codes(answer)
    mapping.area = tuple(dict.fromkeys([*mapping.area, *found[: len(found) == 1]]))
    return True


def _set_whole(name: str) -> Callable[[WorkbookMapping, str, str, str], bool]:
    def set_whole(mapping: WorkbookMapping, sheet: str, subject: str, answer: str) -> bool:
        setattr(mapping, name, answer == "yes")
        return True

    return set_whole


def _rule(mapping: WorkbookMapping, sheet: str) -> SheetRule | None:
    return next((rule for rule in mapping.sheets if rule.name == sheet), None)


_APPLY: dict[str, Callable[[WorkbookMapping, str, str, str], bool]] = {
    "line": _keep("line"),
    "title": _keep("title"),
    "colour": _keep("colour"),
    "facility": _keep_beside("facility"),
    **{kind: _keep_beside(kind) for kind in (*CASE_OF, *CASE_OF.values())},
    "layout": _set_layout,
    "name": _set_name,
    "type": _set_word,
    "word": _set_word,
    "fill": _set_fill,
    "column": _set_column,
    "header": _set_header,
    RENAMED: _set_former,
    "area": _set_area,
    county_files.KIND: _set_county_of_file,
    "complete": _set_whole("complete"),
    "confirmed": _set_whole("confirmed"),
}
