"""A file that asks for too much is a sentence in seconds, whatever it asks for."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile

import openpyxl
import pytest

from medgraph.errors import SourceError
from medgraph.loaders import bounded
from medgraph.loaders.workbooks import file_kinds, old_workbook, package_limits
from medgraph.loaders.workbooks.file_kinds import FileKind
from medgraph.loaders.workbooks.openpyxl_book import opened
from medgraph.loaders.workbooks.readers import read_grids
from medgraph.words.say import speaking

TEMPLATE_TEXT = "<mergeCells count='1'><mergeCell ref='{ref}'/></mergeCells>"


@pytest.fixture
def book(tmp_path):
    """A workbook of two rows."""
    made = openpyxl.Workbook()
    made.active.append(["名称", "床位"])
    made.active.append(["甲医院", 5])
    made.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def change(book, part, old, new):
    """Change one part of a workbook as text."""
    content = io.BytesIO(book.read_bytes())
    with zipfile.ZipFile(content) as archive, zipfile.ZipFile(book, "w") as target:
        for name in archive.namelist():
            text = archive.read(name)
            target.writestr(name, text.replace(old, new) if name == part else text)


RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
AGAIN = b'<sheet name="x" sheetId="7" r:id="rId1" xmlns:r="' + RELATIONS + b'"/>'
SHEET, LIST = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


@pytest.mark.parametrize("ref", ["A2:A1048576", "A2:XFD1048576", "B2:XFD2"])
def test_a_range_merged_beyond_the_texts_ends_with_them(book, ref):
    """A column merged to the end of the sheet is read at once, and holds for the rows there are."""
    change(book, SHEET, b"</sheetData>", b"</sheetData>" + TEMPLATE_TEXT.format(ref=ref).encode())
    began = time.monotonic()
    (grid,) = read_grids(book)
    assert time.monotonic() - began < 10
    assert grid.rows[1][0] == "甲医院"
    assert all(bottom <= 1048576 and right <= 16384 for _, _, bottom, right in grid.merged)


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (LIST, b"</sheets>", AGAIN * 5_000 + b"</sheets>", "sheets"),
        (LIST, b"</sheets>", AGAIN + b"</sheets>", "same part"),
        (SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', "entities"),
        (SHEET, b"</sheetData>", b"<row>" + b"<c/>" * 3_000 + b"</row></sheetData>", "cells"),
        (
            SHEET,
            b"</sheetData>",
            b'<row r="9000"><c r="AAA9000"><v>1</v></c></row></sheetData><mergeCells>'
            b'<mergeCell ref="A2:AAA9000"/></mergeCells>',
            "merged",
        ),
    ],
    ids=["sheets", "shared", "entities", "cells", "merged"],
)
def test_what_is_past_a_limit_is_refused(book, monkeypatch, part, old, new, said):
    """Sheets, parts that are several sheets, entities, cells, merged cells: each with its number."""
    monkeypatch.setattr(package_limits, "_MOST_CELLS", 2_000)
    change(book, part, old, new)
    with speaking("en"), pytest.raises(SourceError, match=said):
        opened(book, data_only=True)


def test_what_unpacks_without_end_is_refused(book, monkeypatch):
    """A part of zeros is not unpacked."""
    monkeypatch.setattr(package_limits, "_MOST_BYTES", 3 << 20)
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/zeros.xml", b"\0" * (5 << 20))
    with speaking("en"), pytest.raises(SourceError, match="MB"):
        opened(book, data_only=True)


def test_a_process_of_its_own_has_bounds():
    """What takes longer or wants more than it is given ends alone; what keeps to it is heard."""
    written = bounded.run_module("timeit", ["-n1", "-r1", "pass"], 20, 500)
    assert b"loop" in written
    with pytest.raises(bounded.OutOfBounds, match="time"):
        bounded.run_module("timeit", ["-n1", "-r1", "while True: pass"], 1, 500)
    with pytest.raises(bounded.OutOfBounds, match="memory"):
        bounded.run_module("timeit", ["-n1", "-r1", "bytearray(1 << 30)"], 20, 500)


def test_an_old_workbook_that_ends_its_process_is_a_sentence(tmp_path, monkeypatch):
    """What the parser does to its process costs a sentence."""
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    monkeypatch.setattr(old_workbook, "_MEGABYTES", 20)
    with speaking("en"), pytest.raises(SourceError, match="memory"):
        read_grids(tmp_path / "a.xls")


@pytest.mark.parametrize(
    "name", ["abort1.xls", "mergem.xlsx", "sheets.xlsx", "farm.xlsx", "laughs.xlsx"]
)
def test_the_hostile_workbooks(shared, name):
    """Each is an answer or a sentence, in seconds."""
    began = time.monotonic()
    with contextlib.suppress(SourceError):
        read_grids(shared / "data" / "cases" / "hostile" / name)
    assert time.monotonic() - began < 20


WIDE_ROW = "<tr>" + "<td colspan=1000>x</td>" * 10 + "</tr>"
FAR = {
    "a cell over all of a page": b"<table><tr><td rowspan=100000 colspan=100>x</table>",
    "a wide row above many": f"<table>{WIDE_ROW}{'<tr><td>y' * 5_000}</table>".encode(),
    "a text far to the right": b"a,b\n" + b"," * 10_000 + b"x\n" + b"a\n" * 10_000,
}


@pytest.mark.parametrize("name", FAR)
def test_a_text_table_that_would_be_too_large_is_refused(name, tmp_path):
    """A few kilobytes that say how large a table is make none of that size."""
    path = tmp_path / "名册.csv"
    path.write_bytes(FAR[name])
    began = time.monotonic()
    with speaking("en"), pytest.raises(SourceError, match=r"too (large|far)"):
        read_grids(path)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("start", [b"", b"<office:spreadsheet>"])
def test_a_part_is_not_unpacked_to_tell_what_a_file_is(start, tmp_path, monkeypatch):
    """The head of a part says enough; of a damaged one it is a sentence that the file is damaged."""
    monkeypatch.setattr(file_kinds, "_LONGEST_HEAD", 1 << 16)
    path = tmp_path / "名册.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", start + b"\0" * (1 << 20))
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"\0" * 100, b"\1" * 100, 1))
    assert file_kinds.kind_of_file(path) in (FileKind.XLSX, FileKind.OTHER_WORKBOOK)
    monkeypatch.setattr(file_kinds, "_LONGEST_HEAD", 1 << 24)
    assert file_kinds.kind_of_file(path) is FileKind.BROKEN
