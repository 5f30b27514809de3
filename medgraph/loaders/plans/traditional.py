"""Write traditional text in simplified characters, and leave simplified text as it stands.

Simplified text has characters that a converter would take for traditional ones: 乾 and 於 are those
of 乾县 and 於潜镇. So a line is converted only where traditional characters prevail in it, and what
the register writes so stays so there, too.
"""

from __future__ import annotations

import re
from functools import cache

from medgraph.graphmodel import register
from medgraph.words.simplified import converter


def simplified(line: str) -> str:
    """Return a traditional line in simplified characters, any other as it is.

    >>> simplified("乾縣人民醫院牽頭"), simplified("乾县人民医院牵头，於潜镇后里村的台干在内")
    ('乾县人民医院牵头', '乾县人民医院牵头，於潜镇后里村的台干在内')
    """
    if not _is_traditional(line):
        return line
    converted = str(converter("t2s").convert(line))
    if len(converted) != len(line):
        return converted
    return _registered().sub(lambda found: _as_registered(found, line), converted)


def _is_traditional(line: str) -> bool:
    """Whether more characters are traditional alone than are simplified alone."""
    traditional = sum(_changes("t2s", sign) for sign in line)
    return traditional > sum(_changes("s2t", sign) for sign in line if not _changes("t2s", sign))


def _as_registered(found: re.Match[str], line: str) -> str:
    """The name in the register, where the line has the characters in which that differs."""
    converted, written = found.group(), line[found.start() : found.end()]
    name = _names()[converted]
    kept = zip(name, converted, written, strict=True)
    return name if all(sign in (plain, old) for sign, plain, old in kept) else converted


@cache
def _registered() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_names(), key=len, reverse=True))))


@cache
def _names() -> dict[str, str]:
    """Names of the register that the converter changes, by what it makes of them.

    Where the register has both, nobody knows which is meant.
    """
    names = register.every_name()
    text = "\n".join(sorted(names))
    pairs = zip(converter("t2s").convert(text).split("\n"), text.split("\n"), strict=True)
    return {plain: name for plain, name in pairs if plain not in names and len(plain) == len(name)}


@cache
def _changes(way: str, sign: str) -> bool:
    return bool(converter(way).convert(sign) != sign)
