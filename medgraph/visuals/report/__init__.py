"""The report: page one on one A4, then everything that was found, as a page, a workbook, a PDF and a Word file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from medgraph.errors import OptionError
from medgraph.visuals.figure import write_whole
from medgraph.visuals.report.contents import ReportContents, contents
from medgraph.visuals.report.findings import Finding
from medgraph.visuals.report.tables import Table
from medgraph.words.say import say

__all__ = ["Finding", "ReportContents", "Table", "contents", "write_report"]


def write_report(
    pages: ReportContents,
    directory: str | os.PathLike[str],
    *,
    formats: Sequence[str] = ("html", "xlsx"),
) -> list[Path]:
    """Write the report into `directory`, each file whole or not at all; return their paths.

    `html` is `index.html`, `xlsx` is `findings.xlsx`, `pdf` and `docx` are `report.pdf` and `report.docx`. The files
    speak the language of the contents. Raise OptionError for an unknown format or where its library is not
    installed, TargetError where a file cannot be written or no Chinese font is there to print with.
    """
    from medgraph.visuals.report import docx, html, pdf, xlsx

    writers = {
        "html": ("index.html", html.render),
        "xlsx": ("findings.xlsx", xlsx.render),
        "pdf": ("report.pdf", pdf.render),
        "docx": ("report.docx", docx.render),
    }
    for name in formats:
        if name not in writers:
            raise OptionError(
                say("not_one_of", what="formats", value=name, allowed=", ".join(writers))
            )
    ready = [(file, render(pages)) for name, (file, render) in writers.items() if name in formats]
    return [write_whole(Path(directory) / file, content) for file, content in ready]
