"""The report: page one on one A4, then everything that was found, as a page and as a workbook."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from medgraph.errors import OptionError
from medgraph.messages import say
from medgraph.visuals.figure import write_whole
from medgraph.visuals.report.contents import ReportContents, contents
from medgraph.visuals.report.findings import Finding
from medgraph.visuals.report.tables import Table

__all__ = ["Finding", "ReportContents", "Table", "contents", "write_report"]


def write_report(pages: ReportContents, directory: str | os.PathLike[str], *,
                 formats: Sequence[str] = ("html", "xlsx")) -> list[Path]:
    """Write `index.html` and `findings.xlsx` into `directory`, each whole or not at all; return their paths.

    The files speak the language of the contents. Raise OptionError for an unknown format, TargetError
    where a file cannot be written.
    """
    from medgraph.visuals.report import html, xlsx

    writers = {"html": ("index.html", html.render), "xlsx": ("findings.xlsx", xlsx.render)}
    for name in formats:
        if name not in writers:
            raise OptionError(say("not_one_of", what="formats", value=name, allowed=", ".join(writers)))
    chosen = [writers[name] for name in writers if name in formats]
    return [write_whole(Path(directory) / file, render(pages)) for file, render in chosen]
