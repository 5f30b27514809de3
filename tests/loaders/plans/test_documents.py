"""The text of a plan comes out of TXT, HTML, DOCX and PDF alike, and so do the rows of its tables."""

from __future__ import annotations

import zipfile

import pytest

from medgraph.errors import SourceError
from medgraph.loaders.plans.documents import read_plan, unwrapped
from medgraph.loaders.plans.draft import draft

SENTENCE = (
    "甲县人民医院医共体。牵头医院为甲县人民医院，成员单位包括东山镇卫生院、西河镇中心卫生院2家。"
)
TABLE = (
    ("医共体名称", "牵头医院", "成员单位"),
    ("甲县人民医院医共体", "甲县人民医院", "东山镇卫生院、西河镇中心卫生院"),
    ("甲县中医院医共体", "甲县中医院", "北岭镇卫生院"),
)
MEMBERS = {
    ("东山镇卫生院", "甲县人民医院医共体"),
    ("西河镇中心卫生院", "甲县人民医院医共体"),
    ("北岭镇卫生院", "甲县中医院医共体"),
}


def members(path):
    net = draft(read_plan(path)).network
    names = net.nodes()["name"].to_dict()
    return {
        (names[s], names[t]) for s, t in net.edges("MEMBER_OF")[["source", "target"]].to_numpy()
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5"])
def test_encodings_are_told_apart(tmp_path, encoding):
    """The same sentence in four encodings; Big5 holds the traditional characters."""
    simple = "甲县人民医院牵头，联合东山镇卫生院、西河镇卫生院，组建甲县医共体，统一管理全县医疗卫生资源。"
    traditional = "甲縣人民醫院牽頭，聯合東山鎮衛生院、西河鎮衛生院，組建甲縣醫共體，統一管理全縣醫療衛生資源。"
    text = traditional if encoding == "big5" else simple
    (tmp_path / "plan.txt").write_bytes(f"{text}\n".encode(encoding))
    assert members(tmp_path / "plan.txt") == {
        ("东山镇卫生院", "甲县医共体"),
        ("西河镇卫生院", "甲县医共体"),
    }


def test_a_table_in_html(tmp_path):
    """Cells keep apart, and a line break in the source of the page breaks no sentence."""
    rows = "".join(
        "<tr>" + "".join(f"<td>\n <p>{cell}</p></td>" for cell in row) + "</tr>" for row in TABLE
    )
    page = f"<table><tr><td><p>如\n下：</p><table>{rows}</table></td></tr></table>"
    (tmp_path / "plan.html").write_text(page, "utf-8")
    assert members(tmp_path / "plan.html") == MEMBERS
    (tmp_path / "plan.html").write_text(
        f"<p>{SENTENCE[:20]}\n   {SENTENCE[20:]}</p><script>x</script>", "utf-8"
    )
    assert read_plan(tmp_path / "plan.html").split() == [SENTENCE[:20], SENTENCE[20:]]


def test_merged_cells_of_an_html_table_stand_in_all_their_rows(tmp_path):
    """One row for each member, with one cell for the group and one for its lead."""
    rows = (
        "<tr><th>医共体</th><th>牵头医院</th><th>成员单位</th></tr>"
        "<tr><td rowspan=2>甲县人民医院医共体</td><td rowspan=2>甲县人民医院</td><td>东山镇卫生院</td></tr>"
        "<tr><td>西河镇中心卫生院</td></tr>"
        "<tr><td>甲县中医院医共体</td><td>甲县中医院</td><td>北岭镇卫生院</td></tr>"
    )
    (tmp_path / "plan.html").write_text(f"<table>{rows}</table>", "utf-8")
    assert members(tmp_path / "plan.html") == MEMBERS


def test_tables_of_a_word_file_stand_where_they_are(tmp_path):
    """Paragraphs and tables in their order; members one below the other in a cell; merged cells in all rows."""
    import docx

    document = docx.Document()
    document.add_paragraph("一、组建。如下：")
    table = document.add_table(rows=4, cols=3)
    cells = [*TABLE[:1], (*TABLE[1][:2], "东山镇卫生院"), ("", "", "西河镇中心卫生院"), TABLE[2]]
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for column in (0, 1):
        table.cell(1, column).merge(table.cell(2, column))
    document.add_paragraph("二、其他。")
    document.save(tmp_path / "plan.docx")
    text = read_plan(tmp_path / "plan.docx")
    assert text.index("组建") < text.index("医共体名称") < text.index("二、其他")
    assert members(tmp_path / "plan.docx") == MEMBERS
    stacked = docx.Document()
    table = stacked.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, TABLE[0], strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, TABLE[1], strict=True):
        cell.text = text.replace("、", "\n")
    stacked.save(tmp_path / "stacked.docx")
    assert members(tmp_path / "stacked.docx") == {pair for pair in MEMBERS if "人民" in pair[1]}


def test_a_pdf_with_text(tmp_path, chromium):
    """Lines that the page breaks at its margin are one sentence again, and radicals are characters again."""
    page = chromium.new_page()
    page.set_content(
        f"<p style='width:200px'>一、组建。</p><p style='width:200px'>（一）{SENTENCE}</p>"
    )
    page.pdf(path=str(tmp_path / "plan.pdf"))
    page.close()
    assert members(tmp_path / "plan.pdf") == {pair for pair in MEMBERS if "人民" in pair[1]}


def test_lines_that_end_before_the_margin_stay_apart():
    lines = "甲县医共体\n牵头医院为甲县人民医院成员单位包括乙镇卫生院丙\n镇卫生院等。\n● 其他"
    assert unwrapped(lines) == lines.replace("丙\n镇", "丙镇")


def test_a_bomb_is_refused(tmp_path):
    """A Word file that unpacks to more than 200 MB is refused unread, and a text of 10 MB too."""
    with zipfile.ZipFile(tmp_path / "plan.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"word/{number}.xml", b"0" * 70_000_000)
    (tmp_path / "plan.txt").write_bytes("医".encode() * 3_500_000)
    for name in ("plan.docx", "plan.txt"):
        with pytest.raises(SourceError):
            read_plan(tmp_path / name)
