"""What the page gives away is what its name says: PNG, SVG, PDF, CSV, XLSX, and the sheet of paper."""

from __future__ import annotations

import csv
import io
import struct

import openpyxl
import pytest

from medgraph.loaders import samples
from medgraph.visuals import network_map
from tests.browser import exported, opened

RESIZE = "([id, value]) => { document.getElementById(id).value = value; }"


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    path = network_map(samples.taizhou(), lang="zh").save(tmp_path_factory.mktemp("map") / "x.html")
    with opened(chromium, path) as one:
        yield one.page


def test_png_is_twice_and_four_times_as_large(page):
    """The picture is drawn again at its size, not blown up, and Word sets both as wide as on the screen."""
    docx = pytest.importorskip("docx")
    sizes = []
    for times in ("2", "4"):
        page.evaluate(RESIZE, ["times", times])
        png = exported(page, "#png")
        sizes.append(struct.unpack(">II", png[16:24]))
        shape = docx.Document().add_picture(io.BytesIO(png))
        assert shape.width.inches * 96 * int(times) == pytest.approx(sizes[-1][0], rel=0.01)
    assert sizes[1] == tuple(2 * side for side in sizes[0])
    assert sizes[0][0] >= 3000


@pytest.mark.parametrize(("paper", "points"), [("A4", 842), ("A3", 1191), ("A2", 1684)])
def test_pdf_is_one_sheet_of_the_size_chosen(page, paper, points):
    """One page, as wide or high as the paper, with the picture on it."""
    from pypdf import PdfReader

    page.evaluate(RESIZE, ["sheet", paper])
    pages = PdfReader(io.BytesIO(exported(page, "#pdf"))).pages
    assert len(pages) == 1
    assert max(float(side) for side in pages[0].mediabox[2:]) == points
    assert len(pages[0].images) == 1


@pytest.mark.parametrize("paper", ["A4", "A2"])
def test_what_is_printed_is_one_sheet_of_the_size_chosen(page, paper):
    """The page states the size of its paper."""
    from pypdf import PdfReader

    page.evaluate(RESIZE, ["sheet", paper])
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(pages) == 1
    assert max(map(float, pages[0].mediabox[2:])) == pytest.approx(
        {"A4": 842, "A2": 1684}[paper], abs=2
    )


def test_tables_hold_what_is_shown(page):
    """Each node that passes the filters is a row; no text becomes a formula."""
    shown = page.evaluate(
        "() => medgraphMap.nodes.filter(n => medgraphMap.visible[n.number]).map(n => n.id)"
    )
    rows = list(csv.reader(io.StringIO(exported(page, "#csv").decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == shown
    book = openpyxl.load_workbook(io.BytesIO(exported(page, "#xlsx")))
    assert book.sheetnames == ["节点", "关系", "说明"]
    cells = list(book["节点"].iter_rows(values_only=True))
    assert [row[0] for row in cells[1:]] == shown
    assert len(list(book["关系"].iter_rows())) == 81
    assert book["说明"]["A1"].value.startswith("台州市")


def test_hostile_tables_stay_text(chromium, hostile, tmp_path):
    """Names that look like formulas are texts in both."""
    with opened(chromium, network_map(hostile).save(tmp_path / "x.html")) as one:
        book = openpyxl.load_workbook(io.BytesIO(exported(one.page, "#xlsx")))
        for sheet in book:
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        rows = csv.reader(io.StringIO(exported(one.page, "#csv").decode("utf-8-sig")))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+"))]


def test_columns_to_colour_by_are_told_apart_and_have_our_own_names(chromium, tmp_path):
    """Taizhou has two columns that are called 专科, and attributes of rules that have a Chinese name."""
    path = network_map(samples.taizhou(), lang="zh").save(tmp_path / "x.html")
    with opened(chromium, path) as one:
        called = one.page.locator("#colour-by option").all_inner_texts()
    assert len(called) == len(set(called))
    assert {"组建期限", "年度节点", "实施阶段", "专科 specialty", "专科 specialties"} <= set(called)
