"""Set the report as a Word file in the style of official documents (公文, GB/T 9704-2012).

A4; margins 37, 35, 28 and 26 mm (above, below, left, right); 22 lines of 28 letters in size 3
(16 pt) Fangsong; the title in size 2 Xiaobiaosong; headings in Heiti, then in Kaiti. Where these
fonts are not installed, the file names others. Tables are smaller and off the grid of lines.
"""

from __future__ import annotations

import datetime
import io
import math
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from medgraph.file_properties import properties
from medgraph.visuals.report.paper import LINE_END, letters, paper
from medgraph.visuals.style import PROBLEM, SOFT_INK
from medgraph.visuals.typesetting import picture, require
from medgraph.words.joining import clauses, listed, said_of
from medgraph.words.official_documents import (
    BODY_FONT,
    HEADING_FONT,
    NUMBER_FONT,
    SUBHEADING_FONT,
    SUBSTITUTES,
    TITLE_FONT,
    heading_number,
)
from medgraph.words.say import pick, say, speaking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from medgraph.visuals.report.contents import ReportContents

TITLE, HEI, KAI, FANG = TITLE_FONT, HEADING_FONT, SUBHEADING_FONT, BODY_FONT
_LATIN = "Times New Roman"
# 二号、三号、小五、小四、四号
_SIZES = {"title": 22, "body": 16, "table": 8, "note": 12, "page": 14}
_LINE = 28.9  # points: 225 mm for 22 lines
_CLOSER = "-5"  # twentieths of a point: 28 letters of 16 points on 156 mm
_ROOM = 156  # mm between the margins
_HAIR = 1  # point; a line that takes no room
_PICTURE_HIGH = 205  # mm
_MAP_HIGH = 95  # mm, so that the first page holds it
_USUAL_FACTS, _IN_A_LINE = 4, 28  # lines of facts beside such a map, letters in a line
_LINE_HIGH = 10.2  # mm
_LEAST_MAP_HIGH = 40  # mm, whatever stands beside it: what is too much goes to the next page
_BLACK = "000000"
_BETWEEN_WORDS = re.compile(rf" {LINE_END}")
_PAGE = {  # mm
    "page_width": 210,
    "page_height": 297,
    "top_margin": 37,
    "bottom_margin": 35,
    "left_margin": 28,
    "right_margin": 26,
}
# mm; the page of a group is one page, and no official document
_LETTER = {**_PAGE, "top_margin": 22, "bottom_margin": 20}
_TABLE_LINE = 12  # points
_CLOSE_LINE = 10  # points: in Latin letters, and on the page of a group
# What follows the mark for the grid in the order that the format asks for.
_AFTER_THE_GRID = ("spacing", "ind", "jc", "vanish", "color", "sz", "szCs", "rPr")


def render(report: ReportContents, *, system_fonts: bool = True) -> bytes:
    """Return the report as the bytes of one Word file, its pictures in fonts of this machine."""
    return set_paper(paper(report), system_fonts=system_fonts)


def set_paper(laid_out: dict[str, Any], *, system_fonts: bool = True) -> bytes:
    """Return what `paper` laid out as the bytes of one Word file."""
    require("docx")
    with speaking(laid_out["lang"]):
        file = _File(laid_out, system_fonts)
        file.write()
        return file.bytes()


def document(title: str, lines: Sequence[str], table: dict[str, Any]) -> bytes:
    """Return a Word file of a title, lines of text, and one table, a block as `paper` makes it."""
    require("docx")
    file = _File({"title": title}, system_fonts=True)
    file.line(title, TITLE, _SIZES["title"], align="CENTER")
    for text in lines:
        file.text({"text": text})
    file.table(table)
    return file.bytes()


class _File:
    """One Word file while it is written."""

    def __init__(self, data: dict[str, Any], system_fonts: bool) -> None:
        import docx

        self.data, self.system_fonts = data, system_fonts
        self.file = docx.Document()
        self.numbers = [0, 0, 0]
        is_letter = data.get("letter", False)
        self.table_line = _CLOSE_LINE if is_letter else pick(zh=_TABLE_LINE, en=_CLOSE_LINE)
        _page(self.file, _LETTER if is_letter else _PAGE)
        _fonts(self.file)
        _say_who_made_it(self.file, data["title"])

    def bytes(self) -> bytes:
        target = io.BytesIO()
        self.file.save(target)
        return target.getvalue()

    def write(self) -> None:
        data = self.data
        self.line(data["title"], TITLE, _SIZES["title"], align="CENTER")
        self.line(" ".join([*data["stamps"]]), KAI, _SIZES["body"], align="CENTER")
        if data["letter"]:  # all on one page
            told = clauses(said_of(name, value) for name, value in data["facts"])
            self.text({"text": told, "note": True})
        else:
            for name, value in data["facts"]:
                self.line(said_of(name, value), FANG, _SIZES["body"])
        if data["headline"]:
            self.heading({"level": 1, "text": say("report.headline_word"), "new": False})
            self.text({"text": data["headline"]})
        if data["figures"]:
            self.figures(data)
        if data["accounted"]:
            self.text({"text": data["accounted"]})
        if data["map"]:
            more = self.lines_of_facts() - _USUAL_FACTS
            high = max(_LEAST_MAP_HIGH, _MAP_HIGH - _LINE_HIGH * more)
            self.picture({"svg": data["map"], "title": data["title"], "high": high})
        kinds: dict[str, Callable[[dict[str, Any]], None]] = {
            "heading": self.heading,
            "text": self.text,
            "facts": self.facts,
            "figures": self.figures,
            "picture": self.picture,
            "table": self.table,
        }
        for block in data["blocks"]:
            kinds[block["kind"]](block)
        self.line(data["made"], FANG, 12, align="RIGHT")

    def lines_of_facts(self) -> int:
        """How many lines the facts of page one take, one at the least for each that there is."""
        said = [said_of(name, value) for name, value in self.data["facts"]]
        return max(_USUAL_FACTS, sum(math.ceil(letters(fact) / _IN_A_LINE) for fact in said))

    def line(
        self,
        text: str,
        font: str,
        size: float,
        *,
        align: str = "",
        indent: bool = False,
        bold: bool = False,
        colour: str = "",
        keep: bool = False,
    ) -> Any:
        """One paragraph in one font; the text goes in as text."""
        paragraph = self.file.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = form.space_after = _points(0)
        form.line_spacing = _points(_LINE if size == _SIZES["body"] else size * 1.5)
        form.keep_with_next = keep
        if align:
            _align(paragraph, align)
        if indent:
            form.first_line_indent = _points(2 * size)
        _run(paragraph, text, font, size, bold=bold, colour=colour)
        return paragraph

    def heading(self, block: dict[str, Any]) -> None:
        level = block["level"] - 1
        self.numbers[level] += 1
        self.numbers[level + 1 :] = [0] * (2 - level)
        number = pick(zh=heading_number(level + 1, self.numbers[level]), en="")
        paragraph = self.line(
            number + block["text"],
            (HEI, KAI, FANG)[level],
            _SIZES["body"],
            indent=True,
            bold=level == 2,
            keep=True,
        )
        paragraph.style = self.file.styles[f"Heading {level + 1}"]
        paragraph.paragraph_format.page_break_before = block["new"]

    def text(self, block: dict[str, Any]) -> None:
        is_note = block.get("note", False)
        size = _SIZES["note" if is_note else "body"]
        keep = block.get("sticky", False)
        paragraph = self.line(block["text"], FANG, size, indent=True, keep=keep)
        if is_note:
            _off_grid(paragraph._p.get_or_add_pPr())

    def facts(self, block: dict[str, Any]) -> None:
        for name, value in block["facts"]:
            self.text({"text": said_of(name, value)})

    def figures(self, block: dict[str, Any]) -> None:
        self.text({"text": clauses(f"{words} {n}" for n, words, _ in block["figures"])})

    def picture(self, block: dict[str, Any]) -> None:
        """The picture as wide as the text, or as high as the page allows."""
        paragraph = self.file.add_paragraph()
        _align(paragraph, "CENTER")
        _off_grid(paragraph._p.get_or_add_pPr())
        drawn = picture(block["svg"], system_fonts=self.system_fonts)
        image = paragraph.add_run().add_picture(io.BytesIO(drawn))
        image._inline.docPr.set("descr", block["title"])
        shape = image.height / image.width
        wide = min(_ROOM, block.get("high", _PICTURE_HIGH) / shape)
        image.width, image.height = _millimetres(wide), _millimetres(wide * shape)

    def table(self, block: dict[str, Any]) -> None:
        rows = [block["headings"], *block["rows"]]
        table = self.file.add_table(len(rows), len(block["headings"]), style="Table Grid")
        table.autofit = False
        _narrow_margins(table)
        whole = sum(block["widths"])
        for column, width in zip(table.columns, block["widths"], strict=True):
            column.width = _millimetres(_ROOM * width / whole)
        rooms = [column.width.pt / _SIZES["table"] - 1 for column in table.columns]  # letters
        cells = table._cells  # one look-up; `table.cell` walks the table each time
        wide = len(block["headings"])
        for number, row in enumerate(rows):
            state = block["states"][number - 1] if number else "heading"
            for place, value in enumerate(row):
                cell = cells[number * wide + place]
                cell.width = table.columns[place].width
                text = _in_lines(value, rooms[place])
                _set_cell(cell, text, self.table_line, **_cell_look(state, place))
        _whole_rows(table)
        self._gap()

    def _gap(self) -> None:
        """What has to follow a table; at the end of a page it takes no room, and begins no page."""
        paragraph = self.line("", FANG, _HAIR)
        paragraph.paragraph_format.space_after = _points(12)
        _off_grid(paragraph._p.get_or_add_pPr())


def _in_lines(value: str | list[str], room: float) -> str:
    """A cell as one text; of names that fit on no one line, each begins a line: none is broken.

    Between words Word ends a line itself, and knows how wide its letters are.
    """
    if isinstance(value, str):
        return value
    if letters(listed(value)) <= room:
        return listed(value)
    return f"{say('list_comma').rstrip()}\n".join(_BETWEEN_WORDS.sub(" ", name) for name in value)


def _cell_look(state: str, place: int) -> dict[str, Any]:
    """How a cell of a row in this state is set: what is wrong begins in red."""
    if state == "bad" and place <= 1:
        return {"bold": True, "colour": PROBLEM}
    return {"bold": state == "heading", "colour": SOFT_INK if state == "apart" else ""}


def _run(
    paragraph: Any, text: str, font: str, size: float, *, bold: bool = False, colour: str = ""
) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = _LATIN, _points(size), bold
    run.font.color.rgb = _colour(colour.lstrip("#") or _BLACK)
    run._element.rPr.rFonts.set(_tag("eastAsia"), font)
    if size == _SIZES["body"]:
        _closer(run._element.get_or_add_rPr())
    return run


def _closer(properties: Any) -> None:
    """Set letters a little closer, so that as many fit on a line as the standard asks for."""
    properties.find(_tag("sz")).addprevious(_element("spacing", val=_CLOSER))


def _set_cell(cell: Any, text: str, line: float, *, bold: bool, colour: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = _points(0)
    paragraph.paragraph_format.line_spacing = _points(line)
    run = _run(paragraph, text, HEI if bold else FANG, _SIZES["table"], colour=colour)
    for settings in (paragraph._p.get_or_add_pPr(), run._element.get_or_add_rPr()):
        _off_grid(settings)


def _off_grid(properties: Any) -> None:
    """Take a paragraph or a run off the grid, in the place that the format's order asks for."""
    off = _element("snapToGrid", val="0")
    later = {_tag(name) for name in _AFTER_THE_GRID}
    following = next((child for child in properties if child.tag in later), None)
    if following is None:
        properties.append(off)
    else:
        following.addprevious(off)


def _narrow_margins(table: Any) -> None:
    margins = _element("tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(side, w="57", type="dxa"))  # 1 mm
    table._tbl.tblPr.find(_tag("tblLook")).addprevious(margins)


def _whole_rows(table: Any) -> None:
    """Let the first row head the table on every page, and no row break over two."""
    for number, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(_element("cantSplit"))
        if not number:
            properties.append(_element("tblHeader"))


def _say_who_made_it(file: Any, title: str) -> None:
    """Its properties, in place of those of the template, which the library made in 2013."""
    from docx.opc.constants import RELATIONSHIP_TYPE as KINDS

    about, now = properties(title), datetime.datetime.now(datetime.UTC)
    core, relations = file.core_properties, file.part.package.rels
    core.title, core.comments = about["title"], about["comments"]
    core.author = core.last_modified_by = about["author"]
    core.created = core.modified = now.replace(tzinfo=None)
    for id, relation in list(relations.items()):
        if relation.reltype in (KINDS.EXTENDED_PROPERTIES, KINDS.THUMBNAIL):
            del relations[id]


def _page(file: Any, sizes: Mapping[str, float]) -> None:
    """A4, its margins, 22 lines on a page of the standard, its number as — 1 / 4 —."""
    section = file.sections[0]
    for name, size in sizes.items():
        setattr(section, name, _millimetres(size))
    grid = section._sectPr.find(_tag("docGrid"))
    if grid is None:
        grid = _element("docGrid")
        section._sectPr.append(grid)
    grid.set(_tag("type"), "lines")
    grid.set(_tag("linePitch"), "578")
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    """The number of the page and of how many: — 1 / 4 —."""
    _align(paragraph, "CENTER")
    _run(paragraph, "— ", NUMBER_FONT, _SIZES["page"])
    paragraph._p.append(_element("fldSimple", instr="PAGE"))
    _run(paragraph, " / ", NUMBER_FONT, _SIZES["page"])
    paragraph._p.append(_element("fldSimple", instr="NUMPAGES"))
    _run(paragraph, " —", NUMBER_FONT, _SIZES["page"])


def _fonts(file: Any) -> None:
    """Name for each font of the standard its substitutes, and clear the looks of headings."""
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in SUBSTITUTES.items()
    )
    for part in file.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            end = b"</w:fonts>"
            part._blob = part.blob.replace(end, listed.encode("utf-8") + end)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = _LATIN, _points(_SIZES["body"])
    normal.element.get_or_add_rPr().rFonts.set(_tag("eastAsia"), FANG)
    for lang in file.styles.element.iter(_tag("lang")):
        lang.set(_tag("eastAsia"), "zh-CN")
    for level in (1, 2, 3):
        style = file.styles[f"Heading {level}"]
        style.font.color.rgb, style.font.italic = _colour(_BLACK), False


# -- what python-docx has for it -----------------------------------------------------------------


def _element(name: str, **values: str) -> Any:
    """An element of the format with these attributes."""
    from docx.oxml import OxmlElement

    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(_tag(key), value)
    return made


@cache
def _tag(name: str) -> str:
    """The name of an element or attribute with its namespace."""
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _align(paragraph: Any, side: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, side)


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _millimetres(size: float) -> Any:
    from docx.shared import Mm

    return Mm(size)


def _colour(digits: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(digits)
