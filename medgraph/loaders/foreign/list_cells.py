"""Split a cell that names several: separators outside brackets, shared heads and tails, stated counts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from medgraph.loaders.tabular.list_grammar import Count, read_list

_BREAKS = "、,;/\n"
_NUMBERED = re.compile(r"^\s*(?:[(]?\d{1,2}[).、](?!\d)|[①-⑳])\s*")
_COUNTED = re.compile(
    r"等(?=$|[\d零一二三四五六七八九十两百、,;])|(?:\d+|[零一二三四五六七八九十两百]+)[个家所间]"
)
_NOTE = re.compile(r"\(([^()]*)\)$")
_BRANCH = re.compile(
    r"院区|分院|分部|分中心|[东西南北新老]院"
)  # a bracket that is part of the name


@dataclass(frozen=True)
class Part:
    """One name of a cell: its full `name`, as `written`, and the notes that stood in brackets behind it."""

    name: str
    written: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Split:
    """The names of a cell, the counts it states, and whether it says that it does not name all (等)."""

    parts: tuple[Part, ...]
    counts: tuple[Count, ...] = ()
    open_ended: bool = False


@lru_cache(maxsize=65_536)
def split(text: str) -> Split:
    """Split the text of a cell; raise ValueError where it cannot be read.

    >>> [p.name for p in split("院桥、宁溪、北洋3个中心卫生院").parts]
    ['院桥中心卫生院', '宁溪中心卫生院', '北洋中心卫生院']
    >>> [p.name for p in split("甲医院/乙医院（三级、公立）").parts]
    ['甲医院', '乙医院']
    """
    plain = _flat(unicodedata.normalize("NFKC", text).strip().strip("。."))
    if _COUNTED.search(re.sub(r"\([^()]*\)", "", plain)):
        found = read_list(_opened(plain))
        return Split(
            tuple(Part(i.name, i.written, i.notes) for i in found.items),
            found.counts,
            found.open_ended,
        )
    return Split(tuple(_part(piece) for piece in pieces(plain) if piece))


def _flat(text: str) -> str:
    """The text with the brackets inside brackets turned to 〔 〕: a note is read up to its outer bracket.

    >>> _flat("甲医院(含站点(2个))")
    '甲医院(含站点〔2个〕)'
    """
    depth, signs = 0, []
    for sign in text:
        depth -= sign == ")" and depth > 0
        signs.append({"(": "〔", ")": "〕"}.get(sign, sign) if depth > 0 else sign)
        depth += sign == "("
    return "".join(signs)


def _opened(text: str) -> str:
    """What the grammar of plans reads: its separators, each once, without numbers before the items."""
    lines = (re.sub(r"[、,;]+$", "", piece) for piece in pieces(text, "/\n"))
    return re.sub(r"([、,;])[、,;]+", r"\1", ",".join(line for line in lines if line))


def pieces(text: str, breaks: str = _BREAKS) -> list[str]:
    """Cut a text at separators that stand outside brackets."""
    found, depth, begin = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign in breaks and depth <= 0:
            found.append(text[begin:place])
            begin = place + 1
    return [_NUMBERED.sub("", piece).strip() for piece in [*found, text[begin:]]]


def _part(piece: str) -> Part:
    """A name with its notes; brackets with an ending behind them belong to the name."""
    notes: list[str] = []
    name = piece
    while (found := _NOTE.search(name)) and not _BRANCH.search(found[1]):
        notes.insert(0, found[1])
        name = name[: found.start()].strip()
    return Part(name or piece, piece, tuple(notes) if name else ())
