"""Change single cells of a workbook and leave every other byte of its content as it is.

A workbook that openpyxl saves loses what it does not know: charts, the shown values of formulas,
marks of Excel's own. So the XML of the one sheet is changed as text, and all else is copied.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from medgraph.errors import TargetError
from medgraph.loaders.tabular.sheets import letter
from medgraph.suffixes import XML
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    Cells = Mapping[tuple[int, int], str | None]  # (row from 1, column from 0) -> text; None: empty

_BOOK = "xl/workbook.xml"
_LINKS_OF_BOOK = "xl/_rels/workbook.xml.rels"
_TYPES = "[Content_Types].xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ID = re.compile(r"\}id$")
_ROW = re.compile(r'<row\b[^>]*?\br="(?P<number>\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_CELL = re.compile(r'<c\b[^>]*?\br="(?P<letters>[A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_STYLE = re.compile(r'\bs="(\d+)"')
_EMPTY_DATA = re.compile(r"<sheetData\s*/>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UNNUMBERED = re.compile(r"<(?:row|c)(?![^>]*\br=)[\s/>]")


def with_cells(source: Path, new: Path, sheet: str, cells: Cells) -> None:
    """Write `source` to `new` with these cells of the sheet `sheet` changed.

    Raise TargetError where the sheet is written in a form that cannot be changed so.
    """
    part = _part_of(source, sheet)
    with zipfile.ZipFile(source) as archive:
        xml = archive.read(part).decode("utf-8")
    if "<sheetData" not in xml or _UNNUMBERED.search(xml):
        raise TargetError(say("declare_not_editable", path=source))
    xml = _EMPTY_DATA.sub("<sheetData></sheetData>", xml)
    xml = re.sub(
        r"<dimension\b[^>]*/>", "", xml
    )  # says how far the sheet goes, and may be left out
    for (row, column), text in sorted(cells.items()):
        xml = _with_cell(xml, row, column, text, source)
    _copy(source, new, {part: xml})


def _with_cell(xml: str, row: int, column: int, text: str | None, source: Path) -> str:
    """The XML of a sheet with one cell changed; a new one looks like the one above it."""
    found = next((m for m in _ROW.finditer(xml) if int(m["number"]) == row), None)
    old = found[0] if found else f'<row r="{row}"></row>'
    if old.endswith("/>"):
        old = f"{old[:-2].rstrip()}></row>"
    style = _style(old, column) or _style(_row(xml, row - 1), column)
    new = _with_cell_in_row(old, column, _cell(row, column, text, style), source)
    if found:
        return xml[: found.start()] + new + xml[found.end() :]
    later = (m.start() for m in _ROW.finditer(xml) if int(m["number"]) > row)
    at = next(later, xml.index("</sheetData>"))
    return xml[:at] + new + xml[at:]


def _row(xml: str, row: int) -> str:
    return next((m[0] for m in _ROW.finditer(xml) if int(m["number"]) == row), "")


def _style(row: str, column: int) -> str:
    """The number of the format of a cell, empty where there is none."""
    cell = next((m[0] for m in _CELL.finditer(row) if m["letters"] == letter(column)), "")
    found = _STYLE.search(cell.partition(">")[0])
    return found[1] if found else ""


def _cell(row: int, column: int, text: str | None, style: str) -> str:
    look = f' s="{style}"' if style else ""
    at = f'<c r="{letter(column)}{row}"{look}'
    if text is None:
        return f"{at}/>"
    plain = escape(_CONTROL.sub("", text))
    return f'{at} t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'


def _with_cell_in_row(row: str, column: int, cell: str, source: Path) -> str:
    for found in _CELL.finditer(row):
        if found["letters"] == letter(column):
            if "<f" in found[0]:  # the list of formulas would name a cell without one
                raise TargetError(say("declare_not_editable", path=source))
            return row[: found.start()] + cell + row[found.end() :]
    later = (m.start() for m in _CELL.finditer(row) if _number(m["letters"]) > column)
    at = next(later, row.rindex("</row>"))
    return row[:at] + cell + row[at:]


def _number(letters: str) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1


# -- the parts of a workbook ----------------------------------------------------------------------


def _part_of(source: Path, sheet: str) -> str:
    """The name of the part that holds a sheet."""
    with zipfile.ZipFile(source) as archive:
        sheets = ET.fromstring(archive.read(_BOOK)).iter()
        links = ET.fromstring(archive.read(_LINKS_OF_BOOK))
    ids = [_link_id(element.attrib) for element in sheets if element.attrib.get("name") == sheet]
    targets = {link.attrib["Id"]: link.attrib["Target"] for link in links}
    target = targets[next(id for id in ids if id)]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _link_id(attributes: Mapping[str, str]) -> str:
    return next((value for name, value in attributes.items() if _ID.search(name)), "")


def with_sheet(source: Path, new: Path, sheet: str, rows: Sequence[Iterable[str]]) -> None:
    """Write `source` to `new` with one more sheet, behind all others, of rows of text."""
    with zipfile.ZipFile(source) as archive:
        names = set(archive.namelist())
        parts = {name: archive.read(name).decode("utf-8") for name in _KNOWN}
    number = next(n for n in range(1, 10_000) if f"xl/worksheets/sheet{n}{XML}" not in names)
    part = f"xl/worksheets/sheet{number}{XML}"
    parts[part] = _new_sheet(parts[_BOOK], rows)
    parts[_TYPES] = _before_end(
        parts[_TYPES], "Types", f'<Override PartName="/{part}" ContentType="{_SHEET_TYPE}"/>'
    )
    link = f'<Relationship Id="medgraph{number}" Type="{_type(parts)}" Target="/{part}"/>'
    parts[_LINKS_OF_BOOK] = _before_end(parts[_LINKS_OF_BOOK], "Relationships", link)
    parts[_BOOK] = _with_entry(parts[_BOOK], sheet, f"medgraph{number}", source)
    _copy(source, new, parts)


_KNOWN = (_BOOK, _LINKS_OF_BOOK, _TYPES)


def _new_sheet(book: str, rows: Sequence[Iterable[str]]) -> str:
    found = re.search(r'xmlns="([^"]+)"', book)
    space = found[1] if found else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    lines = [
        f'<row r="{number}">'
        + "".join(_cell(number, column, text, "") for column, text in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{space}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    )


def _type(parts: Mapping[str, str]) -> str:
    """How links to sheets are typed in this workbook."""
    found = re.search(r'Type="([^"]*/worksheet)"', parts[_LINKS_OF_BOOK])
    return found[1] if found else ""


def _with_entry(book: str, sheet: str, link: str, source: Path) -> str:
    """The list of sheets with one more; the sign before `id` is the one that the others have."""
    sign = re.search(r'<sheet\b[^>]*?\b(\w+):id="', book)
    space = sign and re.search(rf'\bxmlns:{sign[1]}="[^"]+"', book)
    if not sign or not space:
        raise TargetError(say("declare_not_editable", path=source))
    number = max(map(int, re.findall(r'\bsheetId="(\d+)"', book)), default=0) + 1
    named = f'name={quoteattr(sheet)} sheetId="{number}"'
    entry = f'<sheet {space[0]} {named} {sign[1]}:id="{link}"/>'
    return _before_end(book, "sheets", entry)


def _before_end(xml: str, element: str, text: str) -> str:
    at = xml.rindex(f"</{element}>")
    return xml[:at] + text + xml[at:]


def _copy(source: Path, new: Path, changed: Mapping[str, str]) -> None:
    """Copy a workbook with some of its parts replaced, or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as book:
        for entry in old.infolist():
            text = changed.get(entry.filename)
            book.writestr(entry, old.read(entry) if text is None else text.encode("utf-8"))
        for name in changed.keys() - set(old.namelist()):
            book.writestr(name, changed[name].encode("utf-8"))
