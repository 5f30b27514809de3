"""Find what somebody meant who misspelt a word of a list."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 0.6  # so much alike is a word that is worth suggesting
_NEAR = 0.5  # so much alike is one of several
_SHORT = 5  # in a word of so few signs two slips would make another word


def nearest(text: str, words: Iterable[str]) -> str | None:
    """Return the word that is most like `text`, None where none is.

    >>> nearest("atleast", ["at_most", "at_least"]), nearest("zzz", ["at_most"])
    ('at_least', None)
    """
    found = difflib.get_close_matches(text, list(words), 1, cutoff=_ALIKE)
    return found[0] if found else None


MOST_NAMED = 3


def nearest_few(text: str, words: Iterable[str]) -> list[str]:
    """Return the few words that are most like `text`, the nearest first.

    >>> nearest_few("数据截止", ["标题", "数据截止日", "单位"])
    ['数据截止日']
    """
    by_form = {fold(word): word for word in words}
    near = difflib.get_close_matches(fold(text), list(by_form), MOST_NAMED, cutoff=_NEAR)
    return [by_form[form] for form in near]


def misspelt(text: str, words: Iterable[str]) -> str | None:
    """Return the word that `text` misses by a slip or two, None where it is a word of its own.

    >>> misspelt("levle", ["level", "type"]), misspelt("charter", ["level", "type"])
    ('level', None)
    """
    folded = fold(text)
    most = 1 if len(folded) <= _SHORT else 2
    for word in words:
        if slips(folded, fold(word), most) <= most:
            return word
    return None


def slips(one: str, other: str, most: int) -> int:
    """Count the signs to add, drop, change or swap with the next; more than `most` is one more.

    >>> slips("surgrey", "surgery", 2), slips("park", "house", 2)
    (1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, sign in enumerate(one, 1):
        last, before, row = before, row, [place]
        for at, theirs in enumerate(other, 1):
            slips = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (sign != theirs))
            if last and at > 1 and (sign, one[place - 2]) == (other[at - 2], theirs):
                slips = min(slips, last[at - 2] + 1)
            row.append(slips)
    return min(row[-1], most + 1)
