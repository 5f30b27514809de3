"""Files of every kind that Excel and WPS write, under any suffix, by what is in them."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest

from medgraph.errors import SourceError
from medgraph.loaders import load
from medgraph.loaders.workbooks.readers import read_grids
from medgraph.words.say import speaking
from tests.loaders.workbooks import xlsb

HEAD = ["机构名称", "医共体名称", "床位"]
ROWS = [["甲县石桥镇卫生院", "甲县医共体", "30"], ["甲县高桥镇卫生院", "甲县医共体", "40"]]
CELLS = [HEAD, *ROWS]

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{charset}">
<style>td {{mso-number-format:"@"}}</style></head><body><table border=1>
<tr><td colspan=3>甲县医共体名册</td></tr><tr>{head}</tr>
<tr><td>甲县石桥镇卫生院<td rowspan=2>甲县医共体</td><td>30</tr>
<tr><td>甲县高桥镇&#21355;生院</td><td>40</td></tr></table></body></html>"""


def page(charset):
    head = "".join(f"<th>{title}</th>" for title in HEAD)
    return PAGE.format(charset=charset, head=head).encode(charset)


def workbook(path):
    book = openpyxl.Workbook()
    for row in CELLS:
        book.active.append(row)
    book.save(path)
    return path.read_bytes()


def binary(path):
    """As Excel saves it under .xlsb; LibreOffice opens it, too."""
    xlsb.write(path, "名册", CELLS)
    return path.read_bytes()


def ods():
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for row in CELLS
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    return (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="名册">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )


MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def ods_file(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ods())
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return path.read_bytes()


def text(separator, encoding):
    return "\n".join(separator.join(row) for row in CELLS).encode(encoding)


XML = """<?xml version="1.0" encoding="{charset}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名册"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">甲县医共体名册</Data></Cell></Row>
<Row>{head}</Row><Row ss:Index="4"><Cell><Data ss:Type="String">甲县石桥镇卫生院</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">甲县医共体</Data></Cell>
<Cell><Data ss:Type="Number">30</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">甲县高桥镇卫生院</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">40</Data></Cell></Row></Table></Worksheet></Workbook>"""


def xml(charset):
    head = "".join(f'<Cell><Data ss:Type="String">{title}</Data></Cell>' for title in HEAD)
    return XML.format(charset=charset, head=head).encode(charset)


CONTENTS = {
    "workbook": workbook,
    "binary workbook": binary,
    "ods": ods_file,
    "page in GB": lambda path: page("gb18030"),
    "page in UTF-8": lambda path: page("utf-8"),
    "page in UTF-16": lambda path: page("utf-16"),
    "xml in UTF-8": lambda path: xml("utf-8"),
    "xml in GB": lambda path: xml("gb18030"),
    "tabs in GB": lambda path: text("\t", "gb18030"),
    "tabs in UTF-16": lambda path: text("\t", "utf-16"),
    "commas": lambda path: text(",", "utf-8-sig"),
}
SUFFIXES = [".xls", ".et", ".ods", ".xlsb", ".xml", ".txt", ".csv", ".xlsx"]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("content", CONTENTS)
def test_a_table_is_read_whatever_the_suffix_says(content, suffix, tmp_path):
    """The texts of the rows are there, and both facilities come out."""
    path = tmp_path / f"名册{suffix}"
    path.write_bytes(CONTENTS[content](tmp_path / "made"))
    grids = [grid for grid in read_grids(path) if grid.rows]
    assert len(grids) == 1
    texts = [[cell for cell in row if cell] for row in grids[0].rows]
    assert HEAD in texts
    net = load(path).require()
    names = set(net.nodes().query("kind == 'Facility'")["name"])
    assert names == {row[0] for row in ROWS}


def test_a_cell_that_spans_rows_of_a_page_is_merged(tmp_path):
    """So its text counts for the rows below, as in a workbook."""
    path = tmp_path / "名册.xls"
    path.write_bytes(page("utf-8"))
    assert (2, 1, 3, 1) in read_grids(path)[0].merged
    links = load(path).require().edges()
    assert (links["relation"] == "MEMBER_OF").sum() == 2


SECRET = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"


def encrypted_ods(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", SECRET)
        archive.writestr("content.xml", "xx")
    return path.read_bytes()


UNREADABLE = {
    "empty": (lambda path: b"", "空文件"),
    "truncated": (lambda path: workbook(path)[:900], "没有传完"),
    "encrypted": (
        lambda path: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "密码",
    ),
    "encrypted ods": (encrypted_ods, "密码"),
    "damaged old": (lambda path: b"\xd0\xcf\x11\xe0" + b"x" * 900, "损坏"),
    "document": (lambda path: b"%PDF-1.4 ...", "文档"),
    "page without a table": (lambda path: b"<html><body>login</body></html>", "没有表格"),
    "xml": (lambda path: b'<?xml version="1.0"?><records/>', "XML"),
    "torn xml": (lambda path: xml("utf-8")[:-40], "没有传完"),
    "xml with entities": (
        lambda path: xml("utf-8").replace(b"<Workbook", b"<!DOCTYPE x []><Workbook"),
        "没有传完",
    ),
    "xml far away": (
        lambda path: xml("utf-8").replace(b'"4"', b'"1048577"'),
        "没有传完",
    ),
}


@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".et", ".ods"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_named_with_what_to_do(name, suffix, tmp_path):
    """One sentence that says which of them it is, never a traceback."""
    content, words = UNREADABLE[name]
    path = tmp_path / f"名册{suffix}"
    path.write_bytes(content(tmp_path / "made"))
    with speaking("zh"), pytest.raises(SourceError, match=words):
        load(path)


@pytest.mark.parametrize("name", ["roster.xls", "roster.et", "roster.txt", "roster"])
def test_a_template_is_read_under_any_name(tmp_path, name):
    """What is in a file says that it is ours, in `check` as in `tidy`."""
    from medgraph.errors import OptionError
    from medgraph.loaders import foreign, samples, write

    write(samples.taizhou(), tmp_path / "roster.xlsx")
    wanted = load(tmp_path / "roster.xlsx").require().counts()
    path = (tmp_path / "roster.xlsx").rename(tmp_path / name)
    assert load(path).require().counts() == wanted
    with pytest.raises((OptionError, SourceError)):
        foreign.tidy(path, tmp_path / "out.xlsx")
