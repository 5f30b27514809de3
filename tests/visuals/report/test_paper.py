"""The report on paper: PDF and Word hold what the page holds, as text, in letters that can be read."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn

from medgraph.cli.reports import audited, report_answers
from medgraph.errors import OptionError, TargetError
from medgraph.queries import policy
from medgraph.queries.policy.fitting_packs import default_packs
from medgraph.visuals import typesetting
from medgraph.visuals.report import contents, pdf, write_report, xlsx
from medgraph.visuals.report import docx as word
from medgraph.visuals.report.paper import ROWS
from medgraph.words.say import say, speaking
from tests.browser import CANARIES

# Each of these is code to typst, to Word or to a spreadsheet.
CODE = (
    '#panic("ran")',
    '#read("/etc/hostname")',
    "$x^2$",
    "*bold* _it_ `raw` @ref <label>",
    "\\u{41}",
    "=1+1",
    '=HYPERLINK("http://canary.invalid","x")',
    "+1-1",
    "@SUM(A1)",
    "{ PAGE }",
    "<w:br/>",
)


@pytest.fixture(scope="module")
def pages(taizhou):
    """Taizhou's report with both audits, in Chinese."""
    with speaking("zh"):
        return contents(
            taizhou,
            report_answers(taizhou),
            audit=policy.audit(taizhou, ["urban-2023", "taizhou-2023"]),
            rows_in=526,
            loaded=526,
            source="台州.xlsx",
            annex=True,
        )


@pytest.fixture(scope="module")
def coded(county):
    """A county whose every name is code."""
    nodes = county.nodes().reset_index()
    nodes["name"] = [CODE[i % len(CODE)] for i in range(len(nodes))]
    net = type(county).from_frames(nodes, county.edges(), dict(county.meta) | {"title": CODE[0]})
    with speaking("zh"):
        return contents(net, report_answers(net), source=CODE[5], annex=True)


def words_of(content: bytes) -> str:
    """All letters of a PDF, without blanks and without the places where a word may break."""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return "".join(text.replace("\u200b", "").split())


def paragraphs(file) -> list[str]:
    cells = [cell.text for table in file.tables for cell in table._cells]
    return [p.text for p in file.paragraphs] + cells


def test_pdf_holds_what_the_page_holds(pages):
    """Headline, findings, verdicts and groups stand in the PDF; it is A4, and its title is the report's."""
    content = pdf.render(pages)
    read = pypdf.PdfReader(io.BytesIO(content))
    text = words_of(content)
    assert "".join(pages.headline.split()) in text
    for table in pages.audit.tables[:1]:
        assert all(str(row[0]) in text for row in table.rows[:ROWS])
    assert all("".join(page.title.split()) in text for page in pages.groups)
    assert [round(float(v)) for v in read.pages[0].mediabox[2:]] == [595, 842]
    assert read.metadata.title == pages.title


def test_code_in_names_is_text_in_the_pdf(coded, hostile):
    """What is code to typst is set as the text it is; no link, no script and no form is in the file."""
    content = pdf.render(coded)
    assert all("".join(code.split()) in words_of(content) for code in CODE[:6])
    with speaking("zh"):
        bad = pdf.render(contents(hostile, report_answers(hostile), source=CANARIES[0], annex=True))
    for file in (content, bad):
        assert not any(word in file for word in (b"/JavaScript", b"/URI", b"/Launch", b"/AcroForm"))


def test_what_follows_a_table_in_word_begins_no_page(coded):
    """A table may fill its page: the paragraph that has to follow it is no line high."""
    body = docx.Document(io.BytesIO(word.render(coded))).element.body
    behind = [table.getnext() for table in body.iter(qn("w:tbl"))]
    lines = [one.pPr.find(qn("w:spacing")).get(qn("w:line")) for one in behind]
    assert lines
    assert all(int(line) <= 30 for line in lines)  # twentieths of a point


def test_code_in_names_is_text_in_word(coded, hostile):
    """Names stand in Word as they are; the only fields are the numbers of the pages, and there is no link."""
    with speaking("zh"):
        bad = contents(hostile, report_answers(hostile), source=CANARIES[0], annex=True)
    for found, expected in ((coded, CODE[0]), (bad, CANARIES[0])):
        file = docx.Document(io.BytesIO(word.render(found)))
        assert any(expected in text for text in paragraphs(file))
        xml = file.element.xml + file.sections[0].footer._element.xml
        assert re.findall(r'fldSimple w:instr="(\w+)"', xml) == ["PAGE", "NUMPAGES"]
        assert "w:instrText" not in xml
        assert "w:hyperlink" not in xml


def test_word_keeps_to_the_style_of_official_documents(pages):
    """A4 with the margins of GB/T 9704; Xiaobiaosong, Heiti, Kaiti and Fangsong where they belong; headings 一、."""
    file = docx.Document(io.BytesIO(word.render(pages)))
    section = file.sections[0]
    sizes = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 35, 28, 26]
    fonts = {
        p.text: p.runs[0]._element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia"))
        for p in file.paragraphs
        if p.text
    }
    assert fonts[pages.title] == "方正小标宋简体"
    assert fonts["一、结论"] == "黑体"
    assert fonts[pages.headline] == "仿宋_GB2312"
    assert next(font for text, font in fonts.items() if text.startswith("（一）")) == "楷体_GB2312"
    headings = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert [h[:2] for h in headings[:3]] == ["一、", "二、", "三、"]


def test_no_chinese_font_is_an_error_that_names_one(pages):
    """Without a Chinese font neither PDF nor Word is written, and the sentence says what to install."""
    for write in (pdf.render, word.render):
        with pytest.raises(TargetError, match="fonts-noto-cjk"):
            write(pages, system_fonts=False)


def test_a_letter_that_no_font_has_is_its_code(pages):
    """A picture sign is written as its code, and the last line says which."""
    with speaking("en"):
        template = (
            "#let d = json(bytes(sys.inputs.data))\n#set text(font: d.fonts)\n#d.name #d.lost"
        )
        content = typesetting.set_pdf(template, {"name": "卫生院🏥"})
    assert words_of(content).startswith("卫生院[U+1F3E5]")
    assert words_of(content).endswith("U+1F3E5.")


def test_nothing_is_written_where_one_file_fails(pages, tmp_path, monkeypatch):
    """A report whose PDF cannot be set leaves no half of itself behind."""
    monkeypatch.setattr(typesetting, "CHINESE", ())
    monkeypatch.setattr(typesetting, "_settable", lambda *_: False)
    with pytest.raises(TargetError):
        write_report(pages, tmp_path, formats=("html", "pdf"))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_is_named(monkeypatch):
    """Where typst is not installed, one sentence says which extra to install."""
    with speaking("en"), pytest.raises(OptionError, match=r"medgraph\[report\]"):
        typesetting.require("typst_that_is_not_there")


@pytest.fixture
def office():
    """LibreOffice, or a word why it was not asked."""
    found = shutil.which("soffice")
    if not found:
        said = "no LibreOffice on this machine: the workbook was not opened"
        pytest.fail(said) if os.environ.get("MEDGRAPH_REQUIRE_OFFICE") == "1" else pytest.skip(said)
    return found


def converted(office, path, folder, to):
    """Let LibreOffice read a file and write it again."""
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder / f"{path.stem}.{to}"


def test_libreoffice_reads_the_same_totals(office, pages, coded, tmp_path):
    """Every sheet read back by LibreOffice holds the same cells; 38 areas are served and one is not; no formula."""
    for name, found in (("台州 报告", pages), ("code", coded)):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(xlsx.render(found))
        ours = openpyxl.load_workbook(path)
        theirs = openpyxl.load_workbook(converted(office, path, tmp_path / "out", "xlsx"))
        assert theirs.sheetnames == ours.sheetnames
        for sheet in ours:
            read = {
                cell.coordinate: cell
                for row in theirs[sheet.title].iter_rows()
                for cell in row
                if cell.value
            }
            assert {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value} == {
                at: cell.value for at, cell in read.items()
            }
            assert not any(cell.data_type == "f" or cell.hyperlink for cell in read.values())
    book = openpyxl.load_workbook(tmp_path / "out" / "台州 报告.xlsx")
    served = [row[4].value for row in book[pages.tables[0].title].iter_rows()]
    assert (served.count("有集团机构"), served.count("空白"), served.count("另列")) == (38, 1, 4)
    assert book[say("report.audit_rules")].max_row >= 46
    assert book[pages.tables[0].title].conditional_formatting


@pytest.mark.slow
def test_libreoffice_sets_the_word_file(office, pages, tmp_path):
    """LibreOffice sets 22 lines of 28 letters on a page, and the whole report without losing a heading."""
    from medgraph.visuals.report.docx import FANG, _File

    empty = {"title": "标题", "lang": "zh", "blocks": []}
    file = _File(empty, True)
    file.line("测" * 28 * 40, FANG, 16)
    (tmp_path / "lines.docx").write_bytes(file.bytes())
    page = (
        pypdf.PdfReader(converted(office, tmp_path / "lines.docx", tmp_path, "pdf"))
        .pages[0]
        .extract_text()
    )
    lines = [line.strip() for line in page.splitlines() if line.strip().startswith("测")]
    assert [len(line) for line in lines] == [28] * 22
    (tmp_path / "report.docx").write_bytes(word.render(pages))
    text = words_of(converted(office, tmp_path / "report.docx", tmp_path, "pdf").read_bytes())
    assert all("".join(page.title.split()) in text for page in pages.groups)


def test_default_packs_fit_the_groups(taizhou, county):
    """Urban groups are audited by the urban pack, county communities by theirs; `none` is said in the report."""
    audit, why = audited(taizhou, ())
    assert [p.id for p in audit.packs if p.rules] == ["urban-2023"]
    assert not why
    audit, _ = audited(county, ())
    assert [p.id for p in audit.packs if p.rules] == ["county-2023"]
    audit, why = audited(taizhou, ("none",))
    assert audit is None
    with speaking("zh"):
        alone = type(taizhou).from_frames(
            taizhou.nodes("Area").reset_index(), meta=dict(taizhou.meta)
        )
        assert "没有城市医疗集团" in audited(alone, ())[1]


def test_a_closed_group_asks_for_no_pack(taizhou):
    """No pack is taken for groups that have closed; one that is planned still has its pack."""
    nodes = taizhou.nodes("Group").reset_index()
    for status, packs in (("closed", []), ("planned", ["urban-2023"])):
        net = type(taizhou).from_frames(nodes.assign(status=status), meta=dict(taizhou.meta))
        assert default_packs(net) == packs


def test_what_asks_for_data_that_is_not_there_is_one_line(pages):
    """No cell is counted twice, though two answers list it, and what is absent is named once."""
    reasons = {reason: number for reason, number, _ in pages.needs}
    absent = [reason for reason in reasons if reason.startswith("缺这些数据")]
    assert len(absent) == 1
    assert "使用中心" in absent[0]
    cells = pages.answers["sharing.matrix"].unknown["reason"]
    of_centres = cells.str.contains("USES_CENTRE").sum()
    assert 240 <= of_centres <= reasons[absent[0]]
    open_rows = [len(one.unknown) for name, one in pages.answers.items() if name != "sharing.cells"]
    assert sum(reasons.values()) == sum(open_rows)
