"""Write the rows of a workbook as text: cell by cell they take ten times as long.

The library sets each sheet with a blank cell where its last row will be, and so knows how long the
sheet is and how its cells look. The rows are kept beside the book and put in when it is set.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.utility import xl_col_to_name

from medgraph.words.all_at_once import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_UNITS = 32_000  # of UTF-16; Excel holds 32,767 of them in a cell
_LARGEST = 1e15
_PART = "xl/worksheets/sheet{}.xml"  # of the workbook's archive
_LOOK = "\0"  # stands for the number of the look, which the library gives when it sets the book
_CHUNK = 1 << 20
_NUMBERS = (int, float)
_LEVEL = 3  # of compression: one more takes twice the time, and no less room
_AT_ONCE = 5_000  # rows put together
_TEXT, _TEXT_END = ' t="inlineStr"><is><t>', "</t></is>"
_SPECIAL = re.compile("[&<>_\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SPECIAL_IN_COLUMN = r"[&<>_\x00-\x08\x0b-\x1f\x{FFFE}\x{FFFF}]"  # the same, as Arrow writes it
# Signs and blanks that most texts do without, and a blank at the end of one of many.
_SIGNS = "&<>_"
_UNUSUAL = re.compile(
    r"[\x00-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufffe\uffff]"
)
_ENDS_BLANK = (f" {BETWEEN}", f"{BETWEEN} ")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")


class _Kept(NamedTuple):
    """The rows of a sheet in their file, and the number of the row that they take the place of."""

    file: Path
    last: int


class SheetRows:
    """The rows of the sheets of one workbook, in files of a folder until they are put in."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which must be empty and the caller's own."""
        self._folder = folder
        self._kept: dict[str, _Kept] = {}

    def keep(self, sheet: int, first: int, rows: Iterable[tuple[Any, ...]]) -> None:
        """Keep rows for the numbered sheet, the first of them with the number `first`."""
        file = self._folder / f"{sheet}.rows"
        following, left = first, iter(rows)
        with file.open("wb") as kept:
            while some := list(islice(left, _AT_ONCE)):
                kept.write(_rows(following, some))
                following += len(some)
        self._kept[_PART.format(sheet)] = _Kept(file, following - 1)

    def put_into(self, book: BinaryIO) -> bytes:
        """Return a workbook with the rows that were kept for its sheets."""
        target = io.BytesIO()
        with (
            zipfile.ZipFile(book) as set_,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as whole,
        ):
            for name in set_.namelist():
                with whole.open(name, "w", force_zip64=True) as part:
                    self._write(part, set_.read(name), self._kept.get(name))
        return target.getvalue()

    def _write(self, part: Any, xml: bytes, kept: _Kept | None) -> None:
        """Write a part of the workbook; in a sheet its rows stand where the blank cell is."""
        if kept is None:
            part.write(xml)
            return
        number = b"%d" % kept.last
        blank = re.search(b'<row r="%b"><c r="A%b" s="([0-9]+)"/></row>' % (number, number), xml)
        if blank is None:
            raise ValueError(f"no blank cell in row {kept.last}")
        part.write(xml[: blank.start()])
        with kept.file.open("rb") as rows:
            while chunk := rows.read(_CHUNK):
                part.write(chunk.replace(_LOOK.encode(), blank[1]))
        part.write(xml[blank.end() :])


@cache
def _letters(columns: int) -> list[str]:
    return [xl_col_to_name(column) for column in range(columns)]


def _rows(first: int, rows: Sequence[tuple[Any, ...]]) -> pa.Buffer:
    """Rows as a sheet holds them, put together column by column."""
    numbers = pa.array([str(number) for number in range(first, first + len(rows))])
    parts: list[Any] = ['<row r="', numbers, '">']
    columns = list(zip(*rows, strict=True))
    for letters, values in zip(_letters(len(columns)), columns, strict=True):
        parts += [f'<c r="{letters}', numbers, f'" s="{_LOOK}"', *_contents(values), "</c>"]
    joined = pc.binary_join_element_wise(*parts, "</row>", "")
    return joined.buffers()[-1]  # the texts one behind the other


def _contents(values: Sequence[Any]) -> tuple[Any, ...]:
    """What the cells of a column hold, in parts; what is no plain text is told one by one."""
    if not set(map(type, values)) <= {str}:
        values = [_text_or_number(value) for value in values]
    texts = pa.array([_text_of(value) for value in values], pa.string())
    if not texts.null_count and _are_plain(values):
        return _TEXT, texts, _TEXT_END
    is_special = pc.or_(
        pc.match_substring_regex(texts, _SPECIAL_IN_COLUMN),
        pc.not_equal(texts, pc.utf8_trim_whitespace(texts)),
    )
    is_long = pc.greater(pc.utf8_length(texts), _UNITS // 2)
    one_by_one = pc.fill_null(pc.or_(is_special, is_long), True)
    told = pc.binary_join_element_wise(_TEXT, texts, _TEXT_END, "")
    places = np.flatnonzero(one_by_one).tolist()
    others = pa.array([_content(values[place]) for place in places], pa.string())
    return (pc.replace_with_mask(told, one_by_one, others),)


def _are_plain(texts: Sequence[str]) -> bool:
    """Whether none of the texts needs more than to be put into its cell."""
    if max(map(len, texts)) > _UNITS // 2:
        return False
    joined = f"{BETWEEN}{BETWEEN.join(texts)}{BETWEEN}"
    return not (
        any(sign in joined for sign in _SIGNS)
        or any(blank in joined for blank in _ENDS_BLANK)
        or _UNUSUAL.search(joined)
    )


def _text_or_number(value: Any) -> str | int | float:
    return value if type(value) is str or isinstance(value, _NUMBERS) else str(value)


def _text_of(value: str | float) -> str | None:
    return value if isinstance(value, str) else None


def _content(value: Any) -> str:
    """Numbers as numbers, everything else as text, never as a formula."""
    if not isinstance(value, str) and is_number(value):
        return f"><v>{value:.16G}</v>"
    text = in_cell(value)
    if _SPECIAL.search(text):
        text = _escaped(text)
    if text != text.strip():
        return f' t="inlineStr"><is><t xml:space="preserve">{text}{_TEXT_END}'
    return f"{_TEXT}{text}{_TEXT_END}"


def _escaped(text: str) -> str:
    """Return a text as a sheet holds it: what no XML holds as its code, as `_x0007_`."""
    text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_cell(value: Any) -> str:
    """Return a value as the text of a cell; what is too long for one ends with an ellipsis.

    >>> in_cell(1.5), len(in_cell("长" * 40_000)), in_cell("长" * 40_000)[-2:]
    ('1.5', 32000, '长…')
    """
    text = str(value)
    if 2 * len(text) <= _UNITS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _UNITS:
        return text
    return units[: 2 * (_UNITS - 1)].decode("utf-16-le", "ignore") + "…"


def is_number(value: Any) -> bool:
    """Whether Excel can hold the value as a number without losing a digit; NaN is none."""
    if isinstance(value, str | bool) or not isinstance(value, int | float):
        return False
    return abs(value) < _LARGEST
