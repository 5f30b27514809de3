"""Read the text of a plan out of a TXT, HTML, DOCX or PDF file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from medgraph.errors import SourceError
from medgraph.messages import say

# A plan is some pages; what is larger is no plan, and reading it takes time for nothing.
LARGEST = 20_000_000


def read_plan(path: str | Path) -> str:
    """Return the text of a plan, paragraph by paragraph.

    TXT and HTML may be in UTF-8, GB18030 or Big5; a PDF must hold text, not pictures of it. Raise SourceError.
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(say("plan_format", path=path, known=", ".join(_READERS)))
    if not path.is_file():
        raise SourceError(say("no_source", path=path))
    if path.stat().st_size > LARGEST:
        raise SourceError(say("plan_too_large", path=path, megabytes=LARGEST // 1_000_000))
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

        best = charset_normalizer.from_bytes(data, cp_isolation=["gb18030", "big5", "utf_16"]).best()
        if best is None:
            raise SourceError(say("plan_encoding", path=path)) from None
        return str(best)


def _html(path: Path) -> str:
    from bs4 import BeautifulSoup

    page = BeautifulSoup(path.read_bytes(), "html.parser")
    for tag in page(["script", "style", "noscript", "template"]):
        tag.decompose()
    for tag in page(["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"]):
        tag.append("\n")
    return page.get_text()


def _docx(path: Path) -> str:
    import docx

    try:
        document = docx.Document(str(path))
    except Exception as error:  # python-docx raises many kinds on a file that is no Word document
        raise SourceError(say("plan_unreadable", path=path)) from error
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def _pdf(path: Path) -> str:
    import pypdf

    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    except Exception as error:  # so does pypdf
        raise SourceError(say("plan_unreadable", path=path)) from error
    return "\n".join(pages)


_READERS: dict[str, Callable[[Path], str]] = {
    ".txt": _txt, ".html": _html, ".htm": _html, ".docx": _docx, ".pdf": _pdf,
}
