"""Hold one finished picture and save it: one file, UTF-8, no request to anywhere."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.errors import OptionError
from medgraph.notebook import InNotebook, whole
from medgraph.suffixes import CSV, HTML, PDF, PNG, SVG, XLSX
from medgraph.visuals import typesetting
from medgraph.visuals.arguments import check_kind
from medgraph.visuals.headings import heading
from medgraph.visuals.page import pages
from medgraph.visuals.table_file import table_csv, table_xlsx
from medgraph.visuals.widget import MapWidget
from medgraph.whole_files import write_whole
from medgraph.words.say import say, speaking

if TYPE_CHECKING:
    from collections.abc import Callable


_PPI = 160  # of a PNG at the scale 1, 1,000 points wide
_LARGEST_SCALE = 8
_FILTERS = ("district", "group", "level", "state")
_MOST_ROWS = 2000  # of the table beneath a drawing; its file has them all


@dataclass(frozen=True)
class Figure(InNotebook):
    """Hold one picture: a drawing, or a whole page with a script of its own.

    A notebook shows it; `save` writes it as one file.

    Attributes
    ----------
    title
        What the picture is called, in its language.
    counts
        How much is shown of all there is (`shown`, `all`), and how much of that is in which state.
    svg
        The drawing; empty where the page cannot be drawn.
    page
        The whole page of HTML; empty where the drawing is all there is.
    lang
        Language of the words, `zh` or `en`.
    table
        The table behind the picture, a row for what it draws; None where it has none.

    Examples
    --------
    >>> import medgraph as mg
    >>> figure = mg.visuals.swimlane(mg.samples.taizhou(), lang="en")
    >>> figure.counts["all"], figure.lang, figure.page
    (129, 'en', '')
    """

    title: str
    counts: dict[str, int]
    svg: str = ""
    page: str = ""
    lang: str = "zh"
    table: pd.DataFrame | None = field(default=None, compare=False, repr=False)

    def to_html(self) -> str:
        """Return the picture as one whole HTML page that asks for nothing from anywhere.

        Examples
        --------
        >>> Figure("one", {"shown": 1, "all": 1}, svg="<svg></svg>").to_html()[:15]
        '<!DOCTYPE html>'
        """
        if self.page:
            return self.page
        with speaking(self.lang):
            return pages.render("figure", title=self.title, lang=self.lang, **self._on_page())

    def _on_page(self) -> dict[str, Any]:
        """What the page of a drawing holds: it, its filters, and the table beneath."""
        table = pd.DataFrame() if self.table is None else self.table
        shown = table.head(_MOST_ROWS).astype(object)
        shown = shown.where(shown.notna(), "")
        filters = [name for name in _FILTERS if name in table.columns]
        return {
            "drawing": pages.trusted(self.svg),
            "filters": [(name, say(f"figure_{name}")) for name in filters],
            "headings": [heading(str(column)) for column in table.columns],
            "rows": shown.to_numpy().tolist(),
            "row_filters": [
                dict(zip(filters, row, strict=True)) for row in shown[filters].to_numpy().tolist()
            ],
            "all_rows": len(table),
            "say": say,
        }

    def save(self, path: str | os.PathLike[str], *, scale: float = 1) -> Path:
        """Write the picture, whole or not at all, and return the path.

        The suffix of `path` says how: `.html`, and of a drawing `.svg`, `.png` and `.pdf`; the last
        two need the extra `report` and a Chinese font. `.csv` and `.xlsx` are the table behind it.

        Parameters
        ----------
        path
            Where to write.
        scale
            How many times as large a PNG is, up to 8; 2 and 4 are for print.

        Raises
        ------
        OptionError
            For another suffix, for those of a drawing where the picture is a page, and for a scale
            that is none.
        TargetError
            Where the file cannot be written, or no font has its letters.

        Examples
        --------
        >>> import tempfile
        >>> figure = Figure("one", {"shown": 1, "all": 1}, svg="<svg></svg>")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     figure.save(Path(folder) / "one.svg").read_text(encoding="utf-8")
        '<svg></svg>'
        """
        check_kind("path", path, (str, os.PathLike), "path")
        check_kind("scale", scale, (int, float), "number")
        path = Path(path)
        formats = self._formats()
        if path.suffix.lower() not in formats:
            allowed = ", ".join(formats)
            raise OptionError(say("not_one_of", what="path", value=path.name, allowed=allowed))
        if not 0 < scale <= _LARGEST_SCALE:
            raise OptionError(say("figure_scale", scale=scale, most=_LARGEST_SCALE))
        if path.suffix.lower() == PNG:
            return write_whole(path, typesetting.picture(self.svg, ppi=_PPI * scale))
        return write_whole(path, formats[path.suffix.lower()]())

    def content(self, suffix: str) -> bytes:
        """Return what a file of this suffix would hold; see `save`.

        Examples
        --------
        >>> Figure("one", {"shown": 1, "all": 1}, svg="<svg></svg>").content(".svg")
        b'<svg></svg>'
        """
        formats = self._formats()
        if suffix not in formats:
            allowed = ", ".join(formats)
            raise OptionError(say("not_one_of", what="suffix", value=suffix, allowed=allowed))
        return formats[suffix]()

    def _formats(self) -> dict[str, Callable[[], bytes]]:
        def page() -> bytes:
            return self.to_html().encode("utf-8")

        if not self.svg:
            return dict.fromkeys(HTML, page)
        return self._tables() | {
            **dict.fromkeys(HTML, page),
            SVG: lambda: self.svg.encode("utf-8"),
            PNG: lambda: typesetting.picture(self.svg),
            PDF: lambda: typesetting.picture_pdf(self.svg, title=self.title),
        }

    def _tables(self) -> dict[str, Callable[[], bytes]]:
        table = self.table
        if table is None:
            return {}

        def workbook() -> bytes:
            with speaking(self.lang):
                return table_xlsx(table, self.title)

        return {CSV: lambda: table_csv(table), XLSX: workbook}

    def widget(self, *, height: int = 720) -> MapWidget:
        """Return the picture as a widget for a notebook, which knows what is selected in it.

        `widget.select()` are the ids. It needs the extra `notebook` and a kernel; a figure shows
        itself without either, as the last line of a cell.

        Parameters
        ----------
        height
            How high it is in the cell, in pixels: 200 to 4,000.

        Raises
        ------
        OptionError
            Where the extra is not installed, and for a height that is none.

        Examples
        --------
        >>> Figure("one", {"shown": 1, "all": 1}, svg="<svg></svg>").widget(height=400).select()
        []
        """
        return MapWidget(self.to_html(), self.title, height)

    def _repr_html_(self) -> str:
        if not self.page:
            return whole(self.svg)
        return pages.piece("frame", page=self.page, title=self.title)

    def _faces(self) -> dict[str, str]:
        drawn = {"image/svg+xml": self.svg} if self.svg else {}
        return super()._faces() | drawn

    def __repr__(self) -> str:
        return f"<Figure {self.title}: {self.counts['shown']}/{self.counts['all']}>"
