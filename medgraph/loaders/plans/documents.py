"""Read the text of a plan out of a TXT, HTML, DOCX or PDF file.

A row of a table is a line with tabs in it.
"""

from __future__ import annotations

import contextlib
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.suffixes import DOCX, HTML, PDF, TEXT
from medgraph.words.plan_text import AROUND_A_NAME, LINE_BEGINS, LINE_ENDS, RADICALS
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# A plan has some pages; what is larger is no plan. There may be pictures in it.
LARGEST = 20_000_000
_LARGEST_TEXT = 4_000_000  # a file that is text alone
_UNPACKED = 200_000_000  # what a DOCX may hold before it is taken for a bomb
_BLOCKS = (
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("section", "article", "blockquote", "dd", "dt", "pre"),
)
_WIDEST_SPAN = 100  # rows or columns that one cell of a table may cover
_FULL = 0.8  # of the longest usual line: what is shorter ends before the margin


def read_plan(path: str | Path) -> str:
    """Return the text of a plan, paragraph by paragraph.

    TXT and HTML may be in UTF-8, GB18030 or Big5; a PDF must hold text, not pictures of it. Rows of
    tables in HTML and DOCX have their cells between tabs; the text of a merged cell is repeated in
    every row and column that it covers. Lines that a PDF broke at the margin are joined. Raise
    SourceError.
    """
    path = Path(path)
    document = _DOCUMENTS.get(path.suffix.lower())
    if document is None:
        raise SourceError(say("plan_format", path=path, known=", ".join(_DOCUMENTS)))
    if not path.is_file():
        raise SourceError(say("no_source", path=path))
    if path.stat().st_size > document.largest:
        raise _too_large(path, document.largest)
    text = document.read(path)
    if not text.strip():
        raise SourceError(say("plan_empty", path=path))
    return text


def _too_large(path: Path, most: int) -> SourceError:
    return SourceError(say("plan_too_large", path=path, megabytes=most // 1_000_000))


# -- text ------------------------------------------------------------------------------------------


def _txt(path: Path) -> str:
    """The text in UTF-8 where it is that, else in what it looks like: GB18030 or Big5."""
    data = path.read_bytes()
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    return _decoded(data, path)


def _decoded(data: bytes, path: Path) -> str:
    import charset_normalizer

    likely = ["gb18030", "big5", "utf_16"]
    best = charset_normalizer.from_bytes(data, cp_isolation=likely).best()
    if best is None:
        raise SourceError(say("plan_encoding", path=path))
    return str(best)


# -- web pages -------------------------------------------------------------------------------------


def _html(path: Path) -> str:
    from bs4 import BeautifulSoup

    page = BeautifulSoup(path.read_bytes(), "html.parser")
    for tag in page(["script", "style", "noscript", "template"]):
        tag.decompose()
    for text in page.find_all(string=True):
        # a line break in the source is none on the page
        text.replace_with(re.sub(r"[\s\u00a0]+", " ", text))
    for table in page("table"):
        if table.find("table") is None:  # what holds another table only arranges the page
            table.replace_with("\n" + _lines(_html_rows(table)) + "\n")
    for tag in page(["br"]):
        tag.replace_with("\n")
    for tag in page([*_BLOCKS, "tr"]):
        tag.insert_before("\n")
        tag.append("\n")
    return re.sub(r" *\n *", "\n", page.get_text())


def _html_rows(table: Any) -> list[list[str]]:
    """The cells of a table; one with rowspan or colspan is in every row and column it covers."""
    rows: list[dict[int, str]] = []
    for number, row in enumerate(table("tr")):
        _lengthen(rows, number + 1)
        column = 0
        for cell in row(["td", "th"]):
            while column in rows[number]:
                column += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            covered = range(column, column + width)
            _lengthen(rows, number + height)
            for covered_row in rows[number : number + height]:
                covered_row.update(dict.fromkeys(covered, _cell(cell.get_text("\n"))))
            column += width
    return [_filled(row) for row in rows]


def _lengthen(rows: list[dict[int, str]], count: int) -> None:
    rows += [{} for _ in range(count - len(rows))]


def _filled(row: dict[int, str]) -> list[str]:
    """The cells of a row by column, empty where it has none."""
    last = max(row, default=-1)
    return [row.get(column, "") for column in range(last + 1)]


def _span(cell: Any, name: str) -> int:
    text = str(cell.get(name, "1")).strip()
    return max(1, min(int(text), _WIDEST_SPAN)) if text.isdecimal() else 1


# -- Word files ------------------------------------------------------------------------------------


def _docx(path: Path) -> str:
    try:
        if _unpacked_size(path) > _UNPACKED:
            raise _too_large(path, _UNPACKED)
        return _docx_text(path)
    except SourceError:
        raise
    except Exception as error:  # python-docx raises many kinds on a file that is no Word document
        raise SourceError(say("plan_unreadable", path=path)) from error


def _unpacked_size(path: Path) -> int:
    with zipfile.ZipFile(path) as packed:
        return sum(file.file_size for file in packed.infolist())


def _docx_text(path: Path) -> str:
    import docx
    from docx.table import Table as WordTable

    parts = []
    for part in docx.Document(str(path)).iter_inner_content():
        if isinstance(part, WordTable):
            parts.append(_lines([_cell(cell.text) for cell in row.cells] for row in part.rows))
        else:
            parts.append(part.text)
    return "\n".join(parts)


def _lines(rows: Iterable[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _cell(text: str) -> str:
    """The text of a cell in one line: names one below the other get `、` between them."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return LIST_COMMA.join(line.strip(AROUND_A_NAME) for line in lines if line)


# -- PDF -------------------------------------------------------------------------------------------


def _pdf(path: Path) -> str:
    import pypdf

    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    except Exception as error:  # pypdf raises many kinds on a file that is no PDF
        raise SourceError(say("plan_unreadable", path=path)) from error
    return unwrapped("\n".join(pages))


def unwrapped(text: str) -> str:
    r"""Join lines that were broken at the margin.

    Such a line is full and ends no sentence, and the next one begins with no new number.

    >>> unwrapped("牵头医院为甲县医院，成员单位包\n括乙镇卫生院。\n（二）其他。")
    '牵头医院为甲县医院，成员单位包括乙镇卫生院。\n（二）其他。'
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    full = _FULL * _usual_length(lines)
    joined: list[str] = []
    before = ""
    for line in lines:
        before_is_open = len(before) >= full and not before.endswith(LINE_ENDS)
        if before and before_is_open and not _begins(line):
            joined[-1] += line
        else:
            joined.append(line)
        before = line
    return "\n".join(joined)


def _usual_length(lines: list[str]) -> int:
    """The length that nine of ten lines do not exceed."""
    lengths = sorted(map(len, lines))
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _begins(line: str) -> bool:
    """Tell whether a line begins a paragraph: with a number, maybe a radical, or with a bullet."""
    return bool(LINE_BEGINS.match(line.translate(RADICALS)))


@dataclass(frozen=True)
class _Document:
    """How a kind of file is read, and the largest that is, in bytes."""

    read: Callable[[Path], str]
    largest: int = LARGEST


_DOCUMENTS = {
    TEXT: _Document(_txt, _LARGEST_TEXT),
    **dict.fromkeys(HTML, _Document(_html, _LARGEST_TEXT)),
    DOCX: _Document(_docx),
    PDF: _Document(_pdf),
}
