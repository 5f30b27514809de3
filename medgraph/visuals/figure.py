"""Hold one finished picture and save it: one file, UTF-8, no request to anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.errors import OptionError
from medgraph.notebook import InNotebook, whole
from medgraph.suffixes import HTML, PDF, PNG, SVG
from medgraph.visuals import typesetting
from medgraph.visuals.page import pages
from medgraph.whole_files import write_whole
from medgraph.words.say import say

if TYPE_CHECKING:
    import os
    from collections.abc import Callable


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

    def to_html(self) -> str:
        """Return the picture as one whole HTML page that asks for nothing from anywhere.

        Examples
        --------
        >>> Figure("one", {"shown": 1, "all": 1}, svg="<svg></svg>").to_html()[:15]
        '<!DOCTYPE html>'
        """
        if self.page:
            return self.page
        drawing = pages.trusted(self.svg)
        return pages.render("figure", title=self.title, lang=self.lang, drawing=drawing)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the picture, whole or not at all, and return the path.

        The suffix of `path` says how: `.html`, and of a drawing `.svg`, `.png` and `.pdf`; the last
        two need the extra `report` and a Chinese font.

        Raises
        ------
        OptionError
            For another suffix, and for those of a drawing where the picture is a page.
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
        path = Path(path)
        formats = self._formats()
        if path.suffix.lower() not in formats:
            allowed = ", ".join(formats)
            raise OptionError(say("not_one_of", what="path", value=path.name, allowed=allowed))
        return write_whole(path, formats[path.suffix.lower()]())

    def content(self, suffix: str) -> bytes:
        """Return what a file of this suffix would hold; see `save`.

        Examples
        --------
        >>> Figure("one", {"shown": 1, "all": 1}, svg="<svg></svg>").content(".svg")
        b'<svg></svg>'
        """
        return self._formats()[suffix]()

    def _formats(self) -> dict[str, Callable[[], bytes]]:
        def page() -> bytes:
            return self.to_html().encode("utf-8")

        if not self.svg:
            return dict.fromkeys(HTML, page)
        return {
            **dict.fromkeys(HTML, page),
            SVG: lambda: self.svg.encode("utf-8"),
            PNG: lambda: typesetting.picture(self.svg),
            PDF: lambda: typesetting.picture_pdf(self.svg),
        }

    def _repr_html_(self) -> str:
        if not self.page:
            return whole(self.svg)
        return pages.piece("frame", page=self.page, title=self.title)

    def _faces(self) -> dict[str, str]:
        drawn = {"image/svg+xml": self.svg} if self.svg else {}
        return super()._faces() | drawn

    def __repr__(self) -> str:
        return f"<Figure {self.title}: {self.counts['shown']}/{self.counts['all']}>"
