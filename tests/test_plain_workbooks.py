"""A text in a workbook is the text that it was, whatever it begins and ends with."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest

from medgraph.file_properties import TIMELESS, properties
from medgraph.loaders.workbooks import openpyxl_book
from medgraph.plain_workbooks import plain_frames, plain_workbook
from medgraph.visuals.table_file import table_xlsx

MARKED = (
    "<r>a</r>",
    "<r></r>",
    "<r><t>bold</t></r>",
    "<r><t>never closed</r>",
    "<r>1 & 2 < 3\n</r>",
    "<r>",
    " <r>a</r>",
    "=1+1",
    "https://medgraph.example",
    "007",
)


def texts_of(file):
    """Return every text of the first sheet of a workbook."""
    sheet = openpyxl.load_workbook(file, rich_text=False).worksheets[0]
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("options", [{}, {"in_memory": True}, {"constant_memory": True}])
def test_a_text_that_looks_like_markup_is_a_text(options):
    file = io.BytesIO()
    with plain_workbook(file, properties("t"), **options) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for row, text in enumerate(MARKED):
            sheet.write_string(row, 0, text)
            sheet.write(row, 1, text, bold)
    assert texts_of(file) == [text for text in MARKED for _ in range(2)]


def test_frames_hold_it_too(tmp_path):
    target = tmp_path / "frames.xlsx"
    with plain_frames(target, TIMELESS) as book:
        pd.DataFrame({"<r>head</r>": MARKED}).to_excel(book, index=False)
    assert texts_of(target) == ["<r>head</r>", *MARKED]


def test_the_table_behind_a_picture_holds_it_too():
    table = table_xlsx(pd.DataFrame({"name": MARKED}), "<r>title</r>")
    assert texts_of(io.BytesIO(table))[1:] == list(MARKED)


def application_of(file):
    """Return the application that a workbook says it is made by."""
    with zipfile.ZipFile(file) as parts:
        return re.findall(
            "<Application>(.*?)</Application>", parts.read("docProps/app.xml").decode()
        )


@pytest.mark.parametrize("options", [{}, {"in_memory": True}, {"constant_memory": True}])
def test_a_workbook_names_medgraph_as_its_application(options):
    file = io.BytesIO()
    with plain_workbook(file, TIMELESS, **options) as book:
        book.add_worksheet()
    assert application_of(file) == ["medgraph"]


def test_a_workbook_of_frames_names_it_too(tmp_path):
    target = tmp_path / "frames.xlsx"
    with plain_frames(target, TIMELESS) as book:
        pd.DataFrame({"head": MARKED}).to_excel(book, index=False)
    assert application_of(target) == ["medgraph"]


def test_a_copy_of_a_workbook_names_it_too(tmp_path):
    target = tmp_path / "copy.xlsx"
    openpyxl_book.save(openpyxl.Workbook(), target)
    assert application_of(target) == ["medgraph"]
