"""Read text in traditional characters: to recognise a word in it, single characters are simplified.

What is recognised so is kept as it is written. Which line of a text is itself to be written in
simplified characters is told elsewhere: 乾 of 乾县 stays.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from opencc import OpenCC


@cache
def converter(way: str) -> OpenCC:
    """Return what converts texts: `t2s` to simplified characters, `s2t` to traditional ones."""
    from opencc import OpenCC

    return OpenCC(way)


class _Simplified(dict[int, str]):
    """The simplified form of a character; each is converted once, when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = converter("t2s").convert(chr(code))
        return self[code]


_SIMPLIFIED = _Simplified({code: chr(code) for code in range(128)})


def simple(text: str) -> str:
    """Return a text of the same length, to find words in: every character simplified.

    >>> simple("牽頭單位：乾縣人民醫院")
    '牵头单位：干县人民医院'
    """
    return text if text.isascii() else text.translate(_SIMPLIFIED)


def readable(text: str) -> str:
    """Return a text to be recognised: NFKC and simplified.

    >>> readable("合計（張）")
    '合计(张)'
    """
    return simple(unicodedata.normalize("NFKC", text))


def replaced(
    pattern: re.Pattern[str], text: str, instead: Callable[[re.Match[str], str], str]
) -> str:
    """Return a text with `instead(match, text)` where a pattern of simplified words matches.

    >>> import re
    >>> replaced(re.compile("医院|医"), "乾縣醫院", lambda found, text: text[found.start()])
    '乾縣醫'
    """
    parts, done = [], 0
    for found in pattern.finditer(simple(text)):
        parts += [text[done : found.start()], instead(found, text)]
        done = found.end()
    return "".join(parts) + text[done:]


def without(pattern: re.Pattern[str], text: str) -> str:
    """Return a text without what a pattern of simplified words finds in it.

    >>> import re
    >>> without(re.compile("（牵头）"), "乾縣人民醫院（牽頭）")
    '乾縣人民醫院'
    """
    return replaced(pattern, text, lambda found, written: "")


def ways_of_writing(text: str) -> dict[int, str]:
    """Return how a text writes each simplified character, for `str.translate`.

    Nothing where it writes one of them in two ways, so that what is read from it simplified could
    not be written as it stands there.

    >>> "宁溪卫生院".translate(ways_of_writing("寧溪、北洋衛生院")), ways_of_writing("乾县、干休所")
    ('寧溪衛生院', {})
    """
    pairs = set(zip(simple(text), text, strict=True))
    ways = {ord(sign): written for sign, written in pairs}
    return ways if len(ways) == len(pairs) else {}
