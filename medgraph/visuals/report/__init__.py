"""The report: page one on one A4, then all that was found; as HTML, Excel, PDF and Word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.unused_memory import release_unused
from medgraph.suffixes import DOCX, HTML, PDF, XLSX
from medgraph.visuals.report import docx, html, pdf, xlsx
from medgraph.visuals.report.contents import ReportContents, contents
from medgraph.visuals.report.findings import Finding
from medgraph.visuals.report.letters import pages_of_groups
from medgraph.visuals.report.tables import ReportTable
from medgraph.whole_files import write_whole
from medgraph.words.say import say

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

__all__ = ["FORMATS", "Finding", "ReportContents", "ReportTable", "contents", "write_report"]

# format -> the file it is written to, and what sets it
_WRITERS: dict[str, tuple[str, Callable[[ReportContents], bytes]]] = {
    "html": (f"index{HTML[0]}", html.render),
    "xlsx": (f"findings{XLSX}", xlsx.render),
    "pdf": (f"report{PDF}", pdf.render),
    "docx": (f"report{DOCX}", docx.render),
}
FORMATS = tuple(_WRITERS)


def write_report(
    pages: ReportContents,
    directory: str | os.PathLike[str],
    *,
    formats: Sequence[str] = ("html", "xlsx"),
) -> list[Path]:
    """Write a report into a folder, each file whole or not at all, and return their paths.

    Parameters
    ----------
    pages
        What `contents` gathered; the files speak its language.
    directory
        The folder; it is made where it is not there.
    formats
        `html` is written to `index.html`, `xlsx` to `findings.xlsx`, `pdf` and `docx` to
        `report.pdf` and `report.docx`.

    Returns
    -------
    list of Path
        One path for each format; where an annex has more than 100 groups, a page for each is in
        the folder `groups` beside it. Where one of them cannot be set, no file is written.

    Raises
    ------
    OptionError
        For an unknown format, and where its library is not installed.
    TargetError
        Where a file cannot be written, and where there is no Chinese font to print with.

    Examples
    --------
    >>> import tempfile
    >>> import medgraph as mg
    >>> from medgraph.visuals.report import contents, write_report
    >>> net = mg.samples.taizhou()
    >>> pages = contents(net, {"coverage.served": mg.coverage.served(net)})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_report(pages, folder, formats=["html"])]
    ['index.html']
    """
    for name in formats:
        if name not in _WRITERS:
            allowed = ", ".join(_WRITERS)
            raise OptionError(say("not_one_of", what="formats", value=name, allowed=allowed))
    pages = replace(pages, has_workbook="xlsx" in formats)
    wanted = [writer for name, writer in _WRITERS.items() if name in formats]
    ready = [(file, _rendered(pages, render)) for file, render in wanted]
    written = [write_whole(Path(directory) / file, content) for file, content in ready]
    if "html" in formats and pages.annex and len(pages.groups) > html.SHOWN_GROUPS:
        for file, content in pages_of_groups(pages):
            write_whole(Path(directory) / file, content)
    return written


def _rendered(pages: ReportContents, render: Callable[[ReportContents], bytes]) -> bytes:
    release_unused()
    return render(pages)
