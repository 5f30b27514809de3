"""Read the titles of columns: what each one is known to mean, and the unit that it states."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.loaders.foreign.group_names import is_group_name
from medgraph.words import foreign_workbooks as words
from medgraph.words.columns import ROSTER_TITLES
from medgraph.words.lexicon import facility_type
from medgraph.words.numerals import factor_of
from medgraph.words.simplified import readable
from medgraph.words.vocabularies import CENTRE_TYPES, fold, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medgraph.loaders.workbooks.grid import Grid

# What a matrix may have across, beside the known titles.
ACROSS = "across"
_LONGEST = 40  # a title is short; a sentence is none
_SHORTEST_GROUP = 4
_LEAST = 2  # known titles that make a row one of titles
_ROLES = words.LEAD_ROLES | words.MEMBER_ROLES
_UNIT_BEHIND_STROKE = re.compile(r"/([^/]+)$")


@dataclass(frozen=True)
class Title:
    """The title of a column: as `written`, what it is `known` to mean, and the unit it states."""

    written: str
    known: str = ""
    unit: str = ""


_UNTITLED = Title("")


def titles_of(grid: Grid, first: int, last: int) -> tuple[Title, ...]:
    """Return the title of every column: the texts of its header rows joined.

    A merged cell counts for its whole range.
    """
    rows = _spread(grid, first, last)
    titles = [_UNTITLED] * grid.width
    # A remark far to the right makes a sheet of thousands of columns: most of them hold nothing.
    for column in {column for row in rows for column, text in enumerate(row) if text}:
        titles[column] = _title([row[column] for row in rows])
    for column in _under_merged(grid, first, last):
        if known_title(plain_title(rows[-1][column] or "")) == ACROSS:
            titles[column] = replace(titles[column], known=ACROSS)
    return tuple(titles)


def _spread(grid: Grid, first: int, last: int) -> list[list[str | None]]:
    """The texts of rows, those of merged cells in every cell of their range."""
    rows = [row + [None] * (grid.width - len(row)) for row in grid.rows[first : last + 1]]
    for top, left, bottom, right in grid.merged:
        if not first <= top <= last or left >= len(grid.rows[top]):
            continue
        text = grid.rows[top][left]
        if text is None:
            continue
        end = min(right + 1, grid.width)
        for row in range(top, min(bottom, last) + 1):
            rows[row - first][left:end] = [text] * (end - left)
    return rows


def _under_merged(grid: Grid, first: int, last: int) -> Iterable[int]:
    """The columns under a title that is merged over several: 城市医疗集团 over names of groups."""
    for top, left, bottom, right in grid.merged:
        if first <= top and bottom < last and right > left:
            yield from range(left, min(right + 1, grid.width))


def _title(parts: Sequence[str | None]) -> Title:
    """The title that the texts above a column make."""
    named = list(dict.fromkeys(part for part in parts if part))
    if not named or any(len(part) > _LONGEST for part in named):
        return _UNTITLED
    written = "/".join(re.sub(r"\s+", "", part) for part in named)
    units = filter(None, map(unit_of, reversed(named)))
    return Title(written, _meaning(named), next(units, ""))


def _meaning(named: Sequence[str]) -> str:
    """What the parts of a title mean: all of them together, else the lowest that is known."""
    plain = [part for part in map(plain_title, named) if part]
    readings = ["".join(plain), *reversed(plain)]
    known = [meaning for meaning in map(known_title, readings) if meaning]
    fields = [meaning for meaning in known if meaning != ACROSS]
    if known:
        return (fields or known)[0]
    return known_title(fold(named[0])) if len(named) == 1 else ""


def plain_title(text: str) -> str:
    r"""Return a title for comparison: NFKC, without blanks, line breaks, brackets and their text.

    >>> plain_title("床 位 数\n（张）")
    '床位数'
    """
    without_brackets = words.BRACKET.sub("", fold(text))
    return _UNIT_BEHIND_STROKE.sub(_unless_unit, without_brackets).strip(words.END_OF_TITLE)


def _unless_unit(found: re.Match[str]) -> str:
    return "" if factor_of(found[1]) else found[0]


def is_of_clinics(written: str) -> bool:
    """Return whether a title speaks of village clinics alone.

    >>> is_of_clinics("村卫生室名称"), is_of_clinics("机构名称")
    (True, False)
    """
    plain = words.AROUND_TITLE.sub("", plain_title(written.split("/")[-1]))
    return facility_type(plain) == "village_clinic"


def unit_of(text: str) -> str:
    """Return the factor that a title states in brackets or behind a stroke, empty where none.

    >>> unit_of("床位数（百张）"), unit_of("职工数/百人"), unit_of("床位数（张）")
    ('百张', '百人', '')
    """
    for in_bracket in words.UNIT_IN_BRACKET.findall(readable(text)):
        unit: str = words.UNIT_LABEL.sub("", in_bracket)
        if factor_of(unit) > 1:
            return unit
    return ""


@cache
def _known_titles() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, titles in ROSTER_TITLES.items():
        for text in titles:
            found.setdefault(fold(text), name)
            found.setdefault(plain_title(text), name)
    for text, name in schema.headers("facilities").items():
        found.setdefault(text, name)
    return found


def known_title(plain: str) -> str:
    """Return what a plain title means: a field, `across` for what a matrix has, else empty."""
    known = _known_titles()
    found = known.get(plain) or known.get(words.AROUND_TITLE.sub("", plain))
    if found:
        return found
    is_relation = word("relation", plain) is not None
    is_centre = word("centre_type", plain) in CENTRE_TYPES
    is_group = len(plain) >= _SHORTEST_GROUP and is_group_name(plain)
    return ACROSS if is_relation or is_centre or is_group else ""


def known_in(row: Sequence[str | None]) -> dict[int, str]:
    """Return what the texts of a row mean as titles, by column; nothing where it has none.

    牵头 and 成员 are titles, but stand in cells, too.
    """
    texts = {column: text for column, text in enumerate(row) if text}
    known: dict[int, str] = {}
    for column, text in texts.items():
        meaning = known_title(plain_title(text))
        if meaning not in ("", ACROSS):
            known[column] = meaning
    only_roles = all(fold(texts[column]) in _ROLES for column in known)
    is_header = len(set(known.values())) >= _LEAST and len(known) * 2 >= len(texts)
    return known if is_header and not only_roles else {}
