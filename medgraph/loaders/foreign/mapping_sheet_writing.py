"""Write the mapping as the sheet 对照, with drop-downs for what the planner may edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.loaders.foreign.mapping_lines import lines_of
from medgraph.loaders.foreign.meanings import labels_offered
from medgraph.loaders.tabular.sheets import letter
from medgraph.loaders.workbooks.readers import CHOICES
from medgraph.loaders.workbooks.sheet_writing import fit_for_print, fit_rows
from medgraph.words.foreign_workbooks import MAPPING_SHEETS
from medgraph.words.languages import choose
from medgraph.words.say import language, say
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from medgraph.loaders.foreign.cell_account import CellAccount
    from medgraph.loaders.foreign.mapping import WorkbookMapping

_HEADS = {"theirs": 28, "ours": 28, "sheet": 18, "at": 8, "item": 14, "why": 70}  # and their widths
_KEPT = len(_HEADS)  # the column of what the next reading needs and nobody reads; hidden
_EDITED_COLUMN = 1
_WRAPPED = {"num_format": "@", "text_wrap": True, "valign": "top"}
_OFFERED = ("boolean", "sheet_kind", "layout", "fill", "hidden", "group_type", "day_left_out")


def write_mapping_sheet(book: Any, mapping: WorkbookMapping, account: CellAccount) -> None:
    """Add 对照 to a workbook that is being written, and a hidden sheet of the words it offers."""
    lang = language()
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True})
    text = book.add_format(_WRAPPED)
    edited = book.add_format({**_WRAPPED, "bg_color": "#FFF7D6"})
    tab = book.add_worksheet(choose(lang, MAPPING_SHEETS))
    tab.freeze_panes(1, 2)
    for column, (head, width) in enumerate(_HEADS.items()):
        tab.write_string(0, column, say(f"mapping_head_{head}"), bold)
        tab.set_column(column, column, width, text)
    tab.set_column(_KEPT, _KEPT, _HEADS["at"], text, {"hidden": True})
    fit_for_print(tab)
    ranges = _write_choices(book, lang)
    lines = lines_of(mapping, account, lang)
    fit_rows(tab, [line.cells for line in lines], list(_HEADS.values()))
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line.cells):
            tab.write_string(row, column, value, edited if column == _EDITED_COLUMN else text)
        if line.offered:
            tab.data_validation(row, 1, row, 1, _drop_down(ranges[line.offered]))


def _drop_down(source: str) -> dict[str, str]:
    """A list to choose from; another word gets a warning and is kept."""
    return {"validate": "list", "source": source, "error_type": "warning"}


def choices(lang: str) -> dict[str, list[str]]:
    """Return the words that the drop-downs offer, by the name of their list."""
    offered = {name: [label(name, word, lang) for word in VOCABULARIES[name]] for name in _OFFERED}
    return {"column": labels_offered(lang), **offered}


def _write_choices(book: Any, lang: str) -> dict[str, str]:
    """Write the hidden sheet of words; return the range of each list."""
    title = choose(lang, CHOICES)
    tab = book.add_worksheet(title)
    ranges = {}
    for column, (name, texts) in enumerate(choices(lang).items()):
        for row, text in enumerate(texts):
            tab.write_string(row, column, text)
        at = letter(column)
        ranges[name] = f"='{title}'!${at}$1:${at}${len(texts)}"
    tab.hide()
    return ranges
