"""Read the text of a plan out of a TXT, HTML, DOCX or PDF file; a row of a table is a line with tabs in it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from medgraph.errors import SourceError
from medgraph.loaders.plans.text_repair import RADICALS
from medgraph.words.say import say

# A plan is some pages; what is larger is no plan, and reading it takes time for nothing. Pictures may be in it.
LARGEST = 20_000_000
_LARGEST_TEXT = 4_000_000  # a file that is text alone
_UNPACKED = 200_000_000  # what a DOCX may hold before it is taken for a bomb
_BLOCKS = (
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "blockquote",
    "dd",
    "dt",
    "pre",
)
# A line that ends in one of these is complete; a line that begins with a number or a bullet is a new one.
_ENDS = tuple("。；;：:！？!?")
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]|第.{1,3}[章节条]|[●•◆■▪○·*-])"
)
_FULL = 0.8  # of the longest usual line: what is shorter ends before the margin


def read_plan(path: str | Path) -> str:
    """Return the text of a plan, paragraph by paragraph.

    TXT and HTML may be in UTF-8, GB18030 or Big5; a PDF must hold text, not pictures of it. Rows of tables in HTML
    and DOCX have their cells between tabs; a merged cell stands in every row and column it covers. Lines that a
    PDF broke at the margin are joined. Raise SourceError.
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(say("plan_format", path=path, known=", ".join(_READERS)))
    if not path.is_file():
        raise SourceError(say("no_source", path=path))
    most = _LARGEST_TEXT if reader in (_txt, _html) else LARGEST
    if path.stat().st_size > most:
        raise SourceError(say("plan_too_large", path=path, megabytes=most // 1_000_000))
    text = reader(path)
    if not text.strip():
        raise SourceError(say("plan_empty", path=path))
    return text


def _txt(path: Path) -> str:
    return _decoded(path.read_bytes(), path)


def _decoded(data: bytes, path: Path) -> str:
    """UTF-8 where it is that, else what the characters look like: GB18030 or Big5."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        import charset_normalizer

        best = charset_normalizer.from_bytes(
            data, cp_isolation=["gb18030", "big5", "utf_16"]
        ).best()
        if best is None:
            raise SourceError(say("plan_encoding", path=path)) from None
        return str(best)


def _html(path: Path) -> str:
    from bs4 import BeautifulSoup

    page = BeautifulSoup(path.read_bytes(), "html.parser")
    for tag in page(["script", "style", "noscript", "template"]):
        tag.decompose()
    for text in page.find_all(string=True):
        text.replace_with(
            re.sub(r"[\s\u00a0]+", " ", text)
        )  # a line break in the source is none on the page
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
    """The cells of a table; one with rowspan or colspan stands in every row and column it covers."""
    rows: list[dict[int, str]] = []
    for number, row in enumerate(table("tr")):
        rows += [{} for _ in range(number + 1 - len(rows))]
        column = 0
        for cell in row(["td", "th"]):
            while column in rows[number]:
                column += 1
            deep, wide = (_span(cell, name) for name in ("rowspan", "colspan"))
            rows += [{} for _ in range(number + deep - len(rows))]
            for below in rows[number : number + deep]:
                below |= dict.fromkeys(range(column, column + wide), _cell(cell.get_text("\n")))
            column += wide
    return [[row.get(column, "") for column in range(max(row, default=-1) + 1)] for row in rows]


def _span(cell: Any, name: str) -> int:
    text = str(cell.get(name, "1")).strip()
    return max(1, min(int(text), 100)) if text.isdecimal() else 1


def _docx(path: Path) -> str:
    import docx
    from docx.table import Table

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(file.file_size for file in packed.infolist()) > _UNPACKED:
                raise SourceError(
                    say("plan_too_large", path=path, megabytes=_UNPACKED // 1_000_000)
                )
        parts = list(docx.Document(str(path)).iter_inner_content())
        return "\n".join(
            _lines([[_cell(cell.text) for cell in row.cells] for row in part.rows])
            if isinstance(part, Table)
            else part.text
            for part in parts
        )
    except SourceError:
        raise
    except Exception as error:  # python-docx raises many kinds on a file that is no Word document
        raise SourceError(say("plan_unreadable", path=path)) from error


def _lines(rows: Iterable[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _cell(text: str) -> str:
    """The text of a cell in one line: a list that stands one below the other has `、` between its names."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "、".join(line.strip("、，,") for line in lines if line)


def _pdf(path: Path) -> str:
    import pypdf

    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    except Exception as error:  # so does pypdf
        raise SourceError(say("plan_unreadable", path=path)) from error
    return unwrapped("\n".join(pages))


def unwrapped(text: str) -> str:
    """Join lines that were broken at the margin: full, without an end of a sentence, and followed by no new number.

    >>> unwrapped("牵头医院为甲县医院，成员单位包\\n括乙镇卫生院。\\n（二）其他。")
    '牵头医院为甲县医院，成员单位包括乙镇卫生院。\\n（二）其他。'
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    lengths = sorted(map(len, lines))
    margin = _FULL * (lengths[int(len(lengths) * 0.9)] if lengths else 0)
    joined: list[str] = []
    for line, before in zip(lines, ["", *lines], strict=False):
        broken = (
            before and len(before) >= margin and not before.endswith(_ENDS) and not _begins(line)
        )
        joined[-1:] = [joined[-1] + line] if broken else [*joined[-1:], line]
    return "\n".join(joined)


def _begins(line: str) -> bool:
    """Tell whether a line begins a paragraph: with a number, which may be a radical, or with a bullet."""
    return bool(_BEGINS.match(line.translate(RADICALS)))


_READERS: dict[str, Callable[[Path], str]] = {
    ".txt": _txt,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pdf": _pdf,
}
