"""Bring names into one form, and see what two names have to do with each other."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from medgraph.words import name_writing
from medgraph.words.all_at_once import all_at_once
from medgraph.words.invisible import visible
from medgraph.words.simplified import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BARE_ENDINGS = frozenset(
    word for word, _ in name_writing.ENDINGS
)  # such a name says nothing of its place
_BRACKETS = re.compile(r"\(([^()]*)\)")
TAIL = 4  # a name shorter than this says too little for an area to be put before it


@lru_cache(maxsize=100_000)
def normal(text: str) -> str:
    """Return a name in normal form: NFKC, simplified, one form of brackets, no blanks or stops.

    >>> normal("臺州市 第一人民醫院（東院）")
    '台州市第一人民医院(东院)'
    """
    form = _form(text)
    return text if form == text else form  # of a million names each is held once


def normal_of_all(texts: Sequence[str]) -> list[str]:
    """Return the normal form of each of many names.

    >>> normal_of_all(["臺州市 第一人民醫院", "甲院"])
    ['台州市第一人民医院', '甲院']
    """
    forms = all_at_once(_form, texts)
    return [text if form == text else form for text, form in zip(texts, forms, strict=True)]


def _form(text: str) -> str:
    folded = readable(visible(text)).translate(name_writing.ONE_WAY).casefold()
    return unicodedata.normalize("NFKC", name_writing.STOPS.sub("", folded))


def bare(text: str) -> str:
    """Return the normal form without brackets that do not name a branch.

    >>> bare("台州恩泽医疗中心(集团)恩泽医院"), bare("中心卫生院（分院）")
    ('台州恩泽医疗中心恩泽医院', '中心卫生院(分院)')
    """

    def of_branch(bracket: re.Match[str]) -> str:
        return bracket[0] if name_writing.BRANCH.search(bracket[1]) else ""

    name = normal(text)
    return _BRACKETS.sub(of_branch, name) if "(" in name else name


def ending(text: str) -> str:
    """Return the bare form with its ending written in one way.

    >>> ending("新前街道社卫中心")
    '新前街道社区卫生服务中心'
    """
    name = bare(text)
    for word, endings in name_writing.ENDINGS:
        for written in endings:
            if name.endswith(written):
                return name[: -len(written)] + word
    return name


# -- two names ---------------------------------------------------------------------------------


def differ_by_area(one: str, other: str) -> bool:
    """Whether the longer name is the shorter, which itself names a place, with areas before it."""
    short, long = sorted((one, other), key=len)
    before = long[: -len(short)] if short and long.endswith(short) else ""
    if len(short) < TAIL or not before or short in _BARE_ENDINGS:
        return False
    return name_writing.AREAS_BEFORE.fullmatch(before) is not None


def shared_signs(signs: set[str], names: Iterable[str]) -> float:
    """How much of their signs a text and the nearest of these names share (Dice)."""
    best = 0.0
    for name in names:
        common = len(signs.intersection(name))
        best = max(best, 2 * common / (len(signs) + len(name)) if common else 0.0)
    return best


def may_abbreviate(short: str, full: str) -> bool:
    """Whether `full` is `short` with signs put in, or a hospital of the same number."""
    if short == full:
        return False
    return _same_number(short, full) or _left_out(short, full)


def _same_number(short: str, full: str) -> bool:
    one = name_writing.NUMBERED_HOSPITAL.match(short)
    other = name_writing.NUMBERED_HOSPITAL.match(full)
    if one is None or other is None:
        return False
    return one[2] == other[2] and full.startswith(one[1][:1])


def _left_out(short: str, full: str) -> bool:
    """Whether `short` is `full` with signs left out before the last one."""
    if len(short) >= len(full) or len(short) < 2 or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(sign in rest for sign in short)
