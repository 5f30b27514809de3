"""Find the header of a sheet: the row, or two or three joined rows, with the most known titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from medgraph.graphmodel import schema
from medgraph.loaders.foreign.cell_values import factor_of
from medgraph.loaders.workbooks.grid import Grid, address
from medgraph.words.columns import ROSTER_TITLES
from medgraph.words.vocabularies import (
    CENTRE_TYPES,
    GROUP_ENDS,
    LEAD_ROLES,
    MEMBER_ROLES,
    fold,
    word,
)

_WITHIN = 30
_JOINED = 3
_LEAST = 2
_LONGEST = 40  # a title is short; a sentence is none
_BRACKET = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_UNIT = re.compile(r"/([^/]+)$")
# What a matrix may have across, beside the known titles.
ACROSS = "across"


@dataclass(frozen=True)
class Title:
    """The title of a column: as `written`, what it is `known` to mean (empty: nothing), and the unit it states."""

    written: str
    known: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Header:
    """Rows `first` to `last` (from 0) and their titles by column; `candidates` where it could not be decided."""

    first: int = -1
    last: int = -1
    titles: tuple[Title, ...] = ()
    candidates: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        return self.first >= 0


def find_header(grid: Grid) -> Header:
    """Return the header of a sheet; without rows, but with the candidates, where there is a tie or too little."""
    scored = _scored(grid)
    if not scored:
        return Header(candidates=_filled_rows(grid))
    scored.sort(key=lambda s: s[:3], reverse=True)
    hits, count, first, titles = scored[0]
    best = Header(-first, -first - count - 1, titles)
    if hits < _LEAST:
        return Header(candidates=tuple(dict.fromkeys(_shown(grid, -s[2]) for s in scored))[:3])
    rivals = [
        s for s in scored if s[0] == hits and not _overlap(s, scored[0]) and not _same(s[3], titles)
    ]
    if rivals:
        return Header(
            candidates=tuple(dict.fromkeys(_shown(grid, -s[2]) for s in (scored[0], *rivals)))[:3]
        )
    return header_at(grid, _first(grid, best.first, best.last), _last(grid, best.first, best.last))


def _scored(grid: Grid) -> list[tuple[int, int, int, tuple[Title, ...]]]:
    """The rows, and the rows joined, that have known titles; joined ones only where that makes more of them known."""
    scored = []
    for first in range(min(_WITHIN, len(grid.rows))):
        most = 0
        for count in range(1, min(_JOINED, len(grid.rows) - first) + 1):
            last = first + count - 1
            if not any(grid.rows[last]):
                break
            most = max(most, _hits(titles_of(grid, last, last), joined=False))
            titles = titles_of(grid, first, last)
            hits = _hits(titles, joined=count > 1)
            if hits > most or (hits and count == 1):
                scored.append((hits, -count, -first, titles))
    return scored


def header_at(grid: Grid, first: int, last: int) -> Header:
    """Return the header that stands in these rows."""
    return Header(first, last, titles_of(grid, first, last))


def titles_of(grid: Grid, first: int, last: int) -> tuple[Title, ...]:
    """The title of every column: the texts of its header rows joined, a merged one counted for its whole range."""
    texts = [list(row) + [None] * (grid.width - len(row)) for row in grid.rows[first : last + 1]]
    for top, left, bottom, right in grid.merged:
        if top > last or bottom < first:
            continue
        if top >= first and (value := grid.rows[top][left] if left < len(grid.rows[top]) else None):
            for row in range(top, min(bottom, last) + 1):
                texts[row - first][left : right + 1] = [value] * (min(right + 1, grid.width) - left)
    titles = [_title([row[c] for row in texts]) for c in range(grid.width)]
    for top, left, bottom, right in grid.merged:
        if (
            first <= top and bottom < last and right > left
        ):  # 城市医疗集团 over the names of several
            for column in range(left, min(right + 1, grid.width)):
                if known_title(plain_title(texts[-1][column] or "")) == ACROSS:
                    titles[column] = replace(titles[column], known=ACROSS)
    return tuple(titles)


def _title(parts: Sequence[str | None]) -> Title:
    named = list(dict.fromkeys(p for p in parts if p))
    if not named or any(len(p) > _LONGEST for p in named):
        return Title("")
    unit = next((u for p in reversed(named) if (u := unit_of(p))), "")
    plain = [p for p in map(plain_title, named) if p]
    written = "/".join(re.sub(r"\s+", "", p) for p in named)
    ways = ["".join(plain), *reversed(plain)]
    meant = [k for text in ways if (k := known_title(text))]
    known = next((k for k in meant if k != ACROSS), meant[0] if meant else "")
    if not known and len(named) == 1:
        known = known_title(fold(named[0]))
    return Title(written, known, unit)


def plain_title(text: str) -> str:
    """Return a title for comparison: NFKC, without blanks, line breaks, brackets and what stands in them.

    >>> plain_title("床 位 数\\n（张）")
    '床位数'
    """
    return _UNIT.sub(
        lambda found: "" if factor_of(found[1]) else found[0], _BRACKET.sub("", fold(text))
    ).strip(":：*")


def unit_of(text: str) -> str:
    """Return the factor that a title states in brackets or behind a stroke, an empty text where it states none.

    >>> unit_of("床位数（百张）"), unit_of("职工数/百人"), unit_of("床位数（张）")
    ('百张', '百人', '')
    """
    inside = re.findall(
        r"[(\[【/]([^()\[\]【】/]*)(?:[)\]】]|$)", unicodedata.normalize("NFKC", text)
    )
    units = (re.sub(r"\s|单位[:：]?", "", u) for u in inside)
    return next((u for u in units if factor_of(u) > 1), "")


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, titles in ROSTER_TITLES.items():
        for text in titles:
            found.setdefault(fold(text), name)
            found.setdefault(plain_title(text), name)
    for text, name in schema.headers("facilities").items():
        found.setdefault(text, name)
    return found


def known_title(plain: str) -> str:
    """Return what a plain title means: a field, `across` for what a matrix has across, else an empty text."""
    if found := _known().get(plain) or _known().get(re.sub("^(?:所属|所在|隶属)|名称$", "", plain)):
        return found
    if word("relation", plain):
        return ACROSS
    if word("centre_type", plain) and word("centre_type", plain) in CENTRE_TYPES:
        return ACROSS
    return ACROSS if len(plain) > 3 and plain.endswith(tuple(GROUP_ENDS)) else ""


def _hits(titles: tuple[Title, ...], *, joined: bool) -> int:
    """How many meanings are known; one group alone in joined rows is probably the data below a header."""
    across = {_named_across(t) for t in titles if t.known == ACROSS}
    return len({t.known for t in titles if t.known not in ("", ACROSS)}) + (
        len(across) if len(across) > joined else 0
    )


def known_in(row: Sequence[str | None]) -> dict[int, str]:
    """Return what the texts of a row are known to mean as titles, by column; nothing where it is no row of titles."""
    texts = {c: t for c, t in enumerate(row) if t}
    known = {
        c: k for c, t in texts.items() if (k := known_title(plain_title(t))) not in ("", ACROSS)
    }
    roles = all(
        fold(texts[c]) in LEAD_ROLES | MEMBER_ROLES for c in known
    )  # 牵头 and 成员 stand in cells too
    return (
        known
        if not roles and len(set(known.values())) >= _LEAST and len(known) * 2 >= len(texts)
        else {}
    )


def _named_across(title: Title) -> str:
    """The group or service that a title of a matrix names: one that is merged over several columns counts once."""
    pieces = title.written.split("/")
    return next(
        (piece for piece in pieces if known_title(plain_title(piece)) == ACROSS), title.written
    )


def _overlap(one: tuple, other: tuple) -> bool:
    spans = [set(range(-s[2], -s[2] - s[1])) for s in (one, other)]
    return bool(spans[0] & spans[1])


def _same(one: tuple[Title, ...], other: tuple[Title, ...]) -> bool:
    """Whether two headers are one, repeated."""
    pieces = {piece for t in one for piece in t.written.split("/")}
    return {t.known for t in one if t.known} == {t.known for t in other if t.known} or all(
        piece in pieces for t in other if t.known for piece in t.written.split("/")
    )


def _first(grid: Grid, first: int, last: int) -> int:
    """The header begins above, where several titles are merged over the columns that they gather."""
    while first > 0 and last - first < _JOINED - 1:
        over = [m for m in grid.merged if m[0] == m[2] == first - 1 and m[3] > m[1]]
        if len(over) < 2:
            break
        first -= 1
    return first


def _last(grid: Grid, first: int, last: int) -> int:
    """The header goes on below: through cells merged down, and rows of units or of column numbers."""
    last = max(
        [
            last,
            *(
                bottom
                for top, _, bottom, _ in grid.merged
                if first <= top <= last and bottom - top < 3
            ),
        ]
    )
    while (
        last + 1 < len(grid.rows) and last - first < _JOINED and _is_unit_row(grid.rows[last + 1])
    ):
        last += 1
    return last


def _is_unit_row(row: Sequence[str | None]) -> bool:
    texts = [unicodedata.normalize("NFKC", t) for t in row if t]
    digits = [int(t) for t in texts if re.fullmatch(r"\d{1,2}", t)]
    signs = all(re.fullmatch(r"\([^()]{1,4}\)|[甲乙丙丁]|\d{1,2}", t) for t in texts)
    return (
        len(texts) > 1
        and signs
        and digits
        == list(range(digits[0] if digits else 0, len(digits) + (digits[0] if digits else 0)))
        and (not digits or (digits[0] == 1 and len(digits) > 2))
    )


def _filled_rows(grid: Grid) -> tuple[str, ...]:
    rows = [r for r, row in enumerate(grid.rows[:_WITHIN]) if sum(t is not None for t in row) > 1]
    return tuple(_shown(grid, r) for r in rows[:3])


def _shown(grid: Grid, row: int) -> str:
    texts = [t for t in grid.rows[row] if t][:4]
    return f"{grid.name}!{address(row, None)}（{'、'.join(t[:12] for t in texts)}）"
