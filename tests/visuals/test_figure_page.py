"""The page of a drawing: it filters, comes nearer, has its table beneath, and can be taken away."""

from __future__ import annotations

import csv
import io
import struct

import openpyxl
import pandas as pd
import pytest

from medgraph.errors import OptionError
from medgraph.loaders import samples
from medgraph.queries import coverage, sharing
from medgraph.queries.sharing.obligations import OBLIGATIONS
from medgraph.visuals import geo_map, matrix, swimlane, tile_map
from medgraph.visuals.figure import Figure
from tests.browser import click, exported, opened

CHOOSE = """([id, value]) => { const select = document.getElementById(id);
    select.value = value; select.dispatchEvent(new Event('change')); }"""
FIT = """() => [document.querySelectorAll('#drawing [data-id]:not(.out)').length,
    [...document.querySelectorAll('#table tbody tr:not(.out)')].map(row => row.children[0].textContent)]"""
BOX = "() => document.querySelector('#drawing svg').getAttribute('viewBox').split(' ').map(Number)"


@pytest.fixture(scope="module")
def net():
    return samples.taizhou()


def figures(net) -> dict[str, Figure]:
    served = coverage.served(net)
    rows = sharing.matrix(net).frame.set_index("facility")
    groups = {str(id): str(group) for id, group in rows["group"].dropna().items()}
    return {
        "tiles": tile_map(net, color_by=served, lang="zh"),
        "swimlane": swimlane(net, lang="zh"),
        "matrix": matrix(net, rows[[*OBLIGATIONS]], by=groups, lang="zh"),
    }


@pytest.mark.parametrize("name", ["tiles", "swimlane", "matrix"])
def test_a_drawing_is_filtered_with_its_table(chromium, net, tmp_path, name):
    """By each of its filters: what fits stays, in the drawing as in the table; every row is a node of it."""
    figure = figures(net)[name]
    with opened(chromium, figure.save(tmp_path / "x.html")) as one:
        page = one.page
        count, rows = page.evaluate(FIT)
        assert rows == figure.table["id"].tolist()
        for by in [by for by in ("district", "group", "level", "state") if by in figure.table]:
            for value in page.evaluate(
                f"() => [...document.querySelectorAll('#by-{by} option')].map(o => o.value).filter(Boolean)"
            )[:2]:
                page.evaluate(CHOOSE, [f"by-{by}", value])
                fit = figure.table[
                    [value in str(cell).split("|") for cell in figure.table[by].fillna("")]
                ]
                shown, rows = page.evaluate(FIT)
                assert 0 < shown < count
                assert set(rows) <= set(fit["id"])
                page.evaluate(CHOOSE, [f"by-{by}", ""])
        one.verify()


def test_tiles_by_district_are_those_of_the_answer(chromium, net, tmp_path):
    """Huangyan has nineteen townships, of which one is a gap."""
    figure = tile_map(net, color_by=coverage.served(net), lang="zh")
    with opened(chromium, figure.save(tmp_path / "x.html")) as one:
        one.page.evaluate(CHOOSE, ["by-district", "黄岩区"])
        assert one.page.inner_text("#fits") == "符合 19/43"
        one.page.evaluate(CHOOSE, ["by-state", "空白"])
        assert one.page.evaluate(FIT) == [1, ["331003003000"]]


def test_nearer_by_button_key_and_wheel_and_from_the_table(chromium, net, tmp_path):
    """A row of the table, by Enter, brings its tile near and focuses it; 0 shows the whole."""
    with opened(chromium, tile_map(net, lang="zh").save(tmp_path / "x.html")) as one:
        page = one.page
        whole = page.evaluate(BOX)
        click(page, "#larger")
        nearer = page.evaluate(BOX)
        assert nearer[2] < whole[2]
        page.keyboard.press("0")
        assert page.evaluate(BOX) == whole
        page.mouse.move(700, 300)
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(100)
        assert page.evaluate(BOX)[2] < whole[2]
        page.evaluate("() => { document.getElementById('table').open = true; }")
        page.focus("#table tbody tr:nth-child(3)")
        page.keyboard.press("Enter")
        wanted = page.evaluate(
            "() => document.querySelector('#table tbody tr:nth-child(3) td').textContent"
        )
        assert page.evaluate("() => document.activeElement.getAttribute('data-id')") == wanted


def test_a_drawing_is_taken_away(chromium, net, tmp_path):
    """PNG, SVG, PDF, CSV and XLSX are what they say."""
    figure = tile_map(net, lang="zh")
    with opened(chromium, figure.save(tmp_path / "x.html")) as one:
        png = exported(one.page, "#png")
        assert png.startswith(b"\x89PNG")
        at = png.index(b"pHYs")
        assert struct.unpack(">II", png[at + 4 : at + 12]) == (7559, 7559)  # 192 an inch: 2x
        assert exported(one.page, "#svg").startswith(b"<svg")
        assert exported(one.page, "#pdf").startswith(b"%PDF")
        rows = list(csv.reader(io.StringIO(exported(one.page, "#csv").decode("utf-8-sig"))))
        assert len(rows) == 44
        book = openpyxl.load_workbook(io.BytesIO(exported(one.page, "#xlsx")))
        assert book.active.max_row == 44


def test_the_same_files_without_a_browser(net, tmp_path):
    """`save` writes the table behind the picture, and a PNG of any scale."""
    figure = tile_map(net, lang="zh")
    table = pd.read_csv(figure.save(tmp_path / "x.csv"), dtype=str)
    assert table["id"].tolist() == figure.table["id"].tolist()
    book = openpyxl.load_workbook(figure.save(tmp_path / "x.xlsx"))
    assert [cell.value for cell in book.active[1]][:2] == ["编号", "名称"]
    sizes = [
        struct.unpack(">II", figure.save(tmp_path / "x.png", scale=scale).read_bytes()[16:24])[0]
        for scale in (1, 2)
    ]
    assert sizes[1] == pytest.approx(2 * sizes[0], abs=2)
    for scale in (0, 9):
        with pytest.raises(OptionError, match=str(scale)):
            figure.save(tmp_path / "x.png", scale=scale)


@pytest.mark.parametrize("scale", [1, 2])
def test_word_takes_the_png_at_its_size(net, tmp_path, scale):
    """Eight bits, not interlaced, its dots per inch stated: 1,000 points wide at every scale."""
    docx = pytest.importorskip("docx")
    path = tile_map(net, lang="zh").save(tmp_path / "x.png", scale=scale)
    bits, _, _, _, interlaced = struct.unpack(">BBBBB", path.read_bytes()[24:29])
    assert (bits, interlaced) == (8, 0)
    document = docx.Document()
    shape = document.add_picture(str(path))
    assert shape.width.pt == pytest.approx(1000, rel=0.01)


def test_hostile_tables_stay_text(chromium, hostile, tmp_path):
    """No request, no error, no canary; nothing that a table holds becomes a formula."""
    figure = tile_map(hostile)
    with opened(chromium, figure.save(tmp_path / "x.html"), trusting=True) as one:
        one.verify()
        exported(one.page, "#csv")
        one.verify()
    book = openpyxl.load_workbook(figure.save(tmp_path / "x.xlsx"))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    rows = csv.reader(io.StringIO(figure.save(tmp_path / "x.csv").read_text("utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_points_have_a_table_too(tmp_path):
    """The map by coordinates lists its points."""
    net = samples.synthetic(scale="county")
    figure = geo_map(net)
    assert len(figure.table) == figure.counts["shown"]
    assert {"id", "name", "group", "lon", "lat"} <= set(figure.table)
