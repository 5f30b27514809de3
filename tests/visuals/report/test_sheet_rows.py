"""The rows of a workbook: as the library would write them, and text whatever the text is."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from medgraph.visuals.report.sheet_rows import SheetRows

ROWS = [
    ("H1", 58, 0.1, -3, 123456789012345.0),
    ("=1+1", "https://example.org", "", " two  spaces ", "第一行\n第二行"),
    ("<b>&amp;\"'</b>", "_x0041_", "\x00\x07\ufffe", "𠀀医院", "@SUM(A1)"),
    (None, True, float("nan"), 1e15, "0012"),
]


def book_of(rows, folder):
    """A workbook of one sheet with a heading, and with these rows put in."""
    book, kept = io.BytesIO(), SheetRows(folder)
    with xlsxwriter.Workbook(book, {"constant_memory": True, "tmpdir": str(folder)}) as set_:
        sheet = set_.add_worksheet()
        sheet.write_row(0, 0, ["heading"] * len(rows[0]))
        kept.keep(1, 2, rows)
        sheet.write_blank(len(rows), 0, None, set_.add_format({"text_wrap": True}))
    return kept.put_into(book)


def by_the_library(rows):
    """The same workbook, written cell by cell."""
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"constant_memory": True}) as set_:
        sheet, look = set_.add_worksheet(), set_.add_format({"text_wrap": True})
        sheet.write_row(0, 0, ["heading"] * len(rows[0]))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                is_number = isinstance(value, int | float) and not isinstance(value, bool)
                if is_number and abs(value) < 1e15:
                    sheet.write_number(number, column, value, look)
                else:
                    sheet.write_string(number, column, str(value), look)
    return book.getvalue()


def sheet_of(book):
    return zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()


def test_rows_are_what_the_library_writes(tmp_path):
    """Numbers, texts, blanks, control characters and looks stand in the sheet letter for letter."""
    assert sheet_of(book_of(ROWS, tmp_path)) == sheet_of(by_the_library(ROWS))


@pytest.mark.parametrize(
    "text",
    [" a", "a ", "\u3000a", "a\t", "\xa0a", "a&b", "_x0041_", "\ue000 a", "a \ue000", "\x07", ""],
)
def test_one_odd_text_among_plain_ones_is_written_as_the_library_does(tmp_path, text):
    """Plain texts are put together without a look at each; a single other one must not be among them."""
    rows = [("甲院",), (text,), ("a b",)]
    assert sheet_of(book_of(rows, tmp_path)) == sheet_of(by_the_library(rows))


def test_text_that_looks_like_markup_is_text(tmp_path):
    """What begins and ends as the library's own markup does is no markup and breaks no sheet."""
    hostile = "<r><t>他院</t></r>", "<r>&</r>", "</t></is></c>"
    read = openpyxl.load_workbook(io.BytesIO(book_of([hostile], tmp_path))).active
    assert [cell.value for cell in read[2]] == [*hostile]


def test_a_long_text_says_that_it_is_cut(tmp_path):
    """A cell holds 32,767 units of UTF-16; a longer text ends with an ellipsis."""
    long = "医" * 40_000, "𠀀" * 20_000, "医" * 32_000
    read = openpyxl.load_workbook(io.BytesIO(book_of([long], tmp_path))).active
    texts = [cell.value for cell in read[2]]
    assert [text[-1] for text in texts] == ["…", "…", "医"]
    assert all(len(text.encode("utf-16-le")) <= 2 * 32_767 for text in texts)
