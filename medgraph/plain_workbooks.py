"""Begin a workbook with xlsxwriter: every text stays the text that it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.file_properties import with_our_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

    import pandas as pd

# No text is ever a formula, a link or a number.
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# What begins and ends so is markup to xlsxwriter, which puts it into the sheet as it is.
_MARKUP = ("<r>", "</r>")


def plain_workbook(target: Path | BinaryIO, about: Mapping[str, Any], **options: Any) -> Any:
    """Return a workbook to write into and to close; `about` are its properties."""
    import xlsxwriter

    book = xlsxwriter.Workbook(target, {**_OPTIONS, **options})
    _prepare(book, about)
    return book


def plain_frames(target: Path, about: Mapping[str, Any]) -> pd.ExcelWriter[Any]:
    """Return what frames are written to, a sheet each."""
    import pandas as pd

    book = pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs={"options": _OPTIONS})
    _prepare(book.book, about)
    return book


def _prepare(book: Any, about: Mapping[str, Any]) -> None:
    book.worksheet_class = _plain_sheet()
    book._get_packager = _our_packager()
    book.set_properties(about)


@cache
def _plain_sheet() -> type:
    """The kind of sheet whose texts are texts."""
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    class PlainSheet(Worksheet):  # type: ignore[misc]
        """A sheet that writes a text that looks like markup in two parts, which no longer does."""

        def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
            begin, end = _MARKUP
            if not (string.startswith(begin) and string.endswith(end)):
                return int(super()._write_string(row, col, string, cell_format))
            parts = (string[:1], cell_format or Format(), string[1:])
            looks = (cell_format,) if cell_format else ()
            return int(self._write_rich_string(row, col, *parts, *looks))

    return PlainSheet


@cache
def _our_packager() -> type:
    """What packs the parts of a workbook, and says in them that medgraph wrote it."""
    from xlsxwriter.packager import Packager

    class OurPackager(Packager):  # type: ignore[misc]
        """It names medgraph as the application, where the library names Excel."""

        def _write_app_file(self) -> None:
            super()._write_app_file()
            part = self.filenames[-1][0]  # a buffer of a workbook in memory, else a path
            if isinstance(part, str):
                file = Path(part)
                file.write_bytes(with_our_name(file.read_bytes().decode("utf-8")).encode("utf-8"))
                return
            text = with_our_name(part.getvalue())
            part.seek(0)
            part.truncate()
            part.write(text)

    return OurPackager
