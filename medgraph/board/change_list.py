"""Write the list of changes of a plan for an office: as a sheet, and as an official document."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from medgraph.board.told import change_told
from medgraph.file_properties import properties
from medgraph.plain_workbooks import plain_workbook
from medgraph.visuals.report.docx import document
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.board.plans import PlanOnBoard
    from medgraph.graphmodel.network import MedicalNetwork

_HEADINGS = ("number", "what", "day", "by", "reason", "at")
_WIDTHS = (6, 60, 12, 20, 40, 22)


def change_list_xlsx(net: MedicalNetwork, plan: PlanOnBoard) -> bytes:
    """Return a workbook with a row per change."""
    content = io.BytesIO()
    about = properties(say("board.list_title", name=plan.name))
    with plain_workbook(content, about, in_memory=True) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(say("board.list_sheet"))
        sheet.freeze_panes(1, 0)
        for place, (name, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
            sheet.write_string(0, place, say(f"board.list_{name}"), bold)
            sheet.set_column(place, place, width)
        for number, row in enumerate(_rows(net, plan), 1):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value, text)
    return content.getvalue()


def change_list_docx(net: MedicalNetwork, plan: PlanOnBoard) -> bytes:
    """Return the list as a Word file in the style of official documents (GB/T 9704)."""
    rows = _rows(net, plan)
    table = {
        "headings": [say(f"board.list_{name}") for name in _HEADINGS[:5]],
        "rows": [list(row[:5]) for row in rows],
        "widths": _WIDTHS[:5],
        "states": [""] * len(rows),
    }
    base = say("board.list_base", source=plan.name, base=plan.base)
    return document(say("board.list_title", name=plan.name), [base], table)


def _rows(net: MedicalNetwork, plan: PlanOnBoard) -> list[tuple[str, ...]]:
    """The changes in their order, as texts."""
    default = net.day(None)
    return [
        (
            str(number),
            change_told(net, step.change),
            str(getattr(step.change, "on", None) or default),
            step.by,
            step.reason,
            step.at,
        )
        for number, step in enumerate(plan.plan.steps, 1)
    ]
