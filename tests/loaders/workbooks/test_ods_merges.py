"""Merged cells of an .ods hold for their range, as those of other workbooks do."""

from __future__ import annotations

import zipfile

from medgraph.loaders.workbooks.ods_merges import merged_of_ods
from medgraph.loaders.workbooks.readers import read_grids

HEAD = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">
<office:body><office:spreadsheet><table:table table:name="名单">"""
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def cell(text, more=""):
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


COVERED = "<table:covered-table-cell/>"
BLANK_ROWS = row("<table:table-cell/>", more='table:number-rows-repeated="2"')
ROWS = (
    row(cell("名单", 'table:number-columns-spanned="2"'), COVERED)
    + BLANK_ROWS
    + row(cell("医共体"), cell("机构名称"))
    + row(cell("甲医共体", 'table:number-rows-spanned="2"'), cell("甲县石桥镇卫生院"))
    + row(COVERED, cell("甲县清河镇卫生院"))
)


def ods(tmp_path, content=HEAD + ROWS + TAIL):
    path = tmp_path / "a.ods"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
        archive.writestr("content.xml", content)
    return path


def test_merged_cells_of_an_ods(tmp_path):
    """Repeated rows count, and so do covered cells."""
    grid = read_grids(ods(tmp_path))[0]
    assert grid.rows[3] == ["医共体", "机构名称"]
    assert grid.merged == [(0, 0, 0, 1), (4, 0, 5, 0)]


def test_what_is_no_ods_has_none(tmp_path):
    """Other bytes, other packages, and a content that breaks off."""
    assert merged_of_ods(b"text") == {}
    other = tmp_path / "b.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("xl/workbook.bin", "")
    assert merged_of_ods(other.read_bytes()) == {}
    broken = ods(tmp_path, HEAD + ROWS).read_bytes()
    assert len(merged_of_ods(broken)["名单"]) == 2
