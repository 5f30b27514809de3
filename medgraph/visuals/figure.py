"""Hold one finished picture and save it: one file, UTF-8, no request to anywhere."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from medgraph.errors import OptionError, TargetError
from medgraph.notebook import InNotebook, whole
from medgraph.suffixes import HTML, SVG
from medgraph.visuals.page import pages
from medgraph.words.say import say


@dataclass(frozen=True)
class Figure(InNotebook):
    """One picture: its `title`, what it counts, and its drawing as `svg` or as a whole `page` of HTML.

    `counts` says how much is shown of all there is (`shown`, `all`), and how much of that is in which state.
    """

    title: str
    counts: dict[str, int]
    svg: str = ""
    page: str = ""
    lang: str = "zh"

    def to_html(self) -> str:
        """Return the picture as one whole HTML page that asks for nothing from anywhere."""
        if self.page:
            return self.page
        return pages.render(
            "figure", title=self.title, lang=self.lang, drawing=pages.trusted(self.svg)
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the picture to `path` (`.svg` or `.html`), whole or not at all, and return the path.

        Raise OptionError for another suffix, TargetError where the file cannot be written.
        """
        path = Path(path)
        formats = dict.fromkeys(HTML, self.to_html) | ({SVG: lambda: self.svg} if self.svg else {})
        if path.suffix.lower() not in formats:
            raise OptionError(
                say("not_one_of", what="path", value=path.name, allowed=", ".join(formats))
            )
        return write_whole(path, formats[path.suffix.lower()]().encode("utf-8"))

    def _repr_html_(self) -> str:
        if not self.page:
            return whole(self.svg)
        return pages.piece("frame", page=self.page, title=self.title)

    def _faces(self) -> dict[str, str]:
        return super()._faces() | ({"image/svg+xml": self.svg} if self.svg else {})

    def __repr__(self) -> str:
        return f"<Figure {self.title}: {self.counts['shown']}/{self.counts['all']}>"


def write_whole(path: Path, content: bytes) -> Path:
    """Write `content` beside `path` and put it in its place in one step; the old file is whole until then."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        with contextlib.suppress(OSError):
            os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise TargetError(
            say("cannot_write", path=path, why=error.strerror or str(error))
        ) from error
    return path
