"""Take the name of a facility apart: areas, what it is called, its number, its kind, its branch.

Two lists of one place write one facility in two ways, and two facilities in almost the same way:
第一人民医院 and 第二人民医院. Taken apart, the parts that tell facilities apart are compared each
for itself.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from medgraph.graphmodel.name_forms import normal
from medgraph.words import name_comparing as words
from medgraph.words.nearness import slips
from medgraph.words.numerals import in_chinese

if TYPE_CHECKING:
    import re

_LONG = 5  # a word of fewer letters with one slip is another word


class NameParts(NamedTuple):
    """The parts of one name; an empty part is one that the name does not have.

    `stem` is what the facility is called, `city` and `county` are named before it.
    """

    stem: str
    number: str = ""
    kind: str = ""
    branch: str = ""
    city: str = ""
    county: str = ""

    @property
    def key(self) -> str:
        """What is the same however the name is written; empty where nothing tells it apart."""
        return "|".join(self[:4]) if self.stem or self.number else ""


@lru_cache(maxsize=400_000)
def parts_of(name: str) -> NameParts:
    """Return the parts of a name without its brackets, but for those that name a branch.

    >>> parts_of("台州市黄岩区第1人民医院(东院区)")[:4]
    ('黄岩', '一', '人民医院', '东院区')
    >>> parts_of("宁溪镇中心卫生院").key == parts_of("黄岩区宁溪卫生院").key
    True
    >>> parts_of("The Densham Surgery").key == parts_of("Surgery, Densham").key
    True
    """
    if words.CHINESE.search(name):
        return _chinese(normal(name))
    return _latin(name)


def names_within(name: str) -> tuple[str, ...]:
    """Return the further names that a name holds, in brackets or behind a stroke.

    >>> names_within("甲县人民医院(甲县妇幼保健院)"), names_within("甲县人民医院(东院区)")
    (('甲县妇幼保健院',), ())
    """
    if not words.CHINESE.search(name):
        return tuple(part for part in words.BRACKETS.findall(name) if len(part.split()) > 1)
    text = normal(name)
    found = [_without_former(inside) for inside in words.BRACKETS.findall(text)]
    found = [inside for inside in found if words.SECOND_NAME.match(inside)]
    outside = words.BRACKETS.sub("", text)
    pieces = [_without_former(piece) for piece in words.BETWEEN_NAMES.split(outside)[1:]]
    return (*found, *(piece for piece in pieces if piece))


def _without_former(text: str) -> str:
    for word in words.FORMER:
        text = text.removeprefix(word)
    return text.strip(words.COLONS)


# -- Chinese names -------------------------------------------------------------------------------


def _chinese(name: str) -> NameParts:
    branches = []

    def bracket(found: re.Match[str]) -> str:
        inside = _without_former(found[1])
        if words.BRANCH.fullmatch(inside) and not words.SECOND_NAME.match(inside):
            branches.append(inside)
        return ""

    text = words.BETWEEN_NAMES.split(words.BRACKETS.sub(bracket, name))[0]
    text = words.NUMBERED.sub(lambda found: in_chinese(int(found[0])), text)
    behind = words.BRANCH_BEHIND.match(text)
    if behind and not branches:
        text = behind[1]
        branches.append(behind[2])
    before, number, kind = _numbered(text)
    stem, city, county = _called(before)
    return NameParts(stem, number, kind, "".join(branches), city, county)


def _numbered(text: str) -> tuple[str, str, str]:
    """What stands before number and kind, the number, and the kind."""
    short = words.SHORT_NUMBERED.match(text)
    if short:
        return short[1], short[2], words.PEOPLES_HOSPITAL
    ending = words.KIND_BEHIND.search(text)
    if ending is None:
        return text, "", ""
    before, kind = text[: ending.start()], words.KINDS[ending[0]]
    if kind == words.HOSPITAL and before.endswith(words.OF_A_COUNTY):
        kind = words.PEOPLES_HOSPITAL  # the hospital of a county, however it is called
    numbered = words.NUMBER_BEHIND.search(before)
    if numbered:
        return before[: numbered.start()], numbered[1], kind
    return words.CENTRAL.sub("", before) if kind == words.HEALTH_CENTRE else before, "", kind


def _called(before: str) -> tuple[str, str, str]:
    """What a facility is called, and the city and the county that its name puts before it."""
    areas, at = [], 0
    while found := words.AREA.match(before, at):
        areas.append(found[0])
        at = found.end()
    stem = before[at:]
    if stem in words.OF_ITS_AREA and areas:
        stem = areas.pop()
    city = next((area for area in areas if words.CITY_END.search(area)), "")
    county = next((area for area in reversed(areas) if words.COUNTY_END.search(area)), "")
    plain = words.AREA_END.sub("", stem)
    stem = plain if len(plain) > 1 else stem  # 乌镇 is no 乌
    return "" if stem in words.OF_ITS_AREA else stem, city, county


# -- Latin names ---------------------------------------------------------------------------------


def latin_words(text: str) -> list[str]:
    """Return the words of a Latin text in full: no accents, no stops, no abbreviations.

    >>> latin_words("Hôpital St. Mary's Med Ctr")
    ['hopital', 'street', 'marys', 'medical', 'centre']
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    found = words.LATIN_WORD.findall(plain.replace("'", "").replace("’", ""))
    return [words.LATIN_FULL.get(word, word) for word in found]


def _latin(name: str) -> NameParts:
    found = [w for w in latin_words(words.BRACKETS.sub(" ", name)) if w not in words.LATIN_LEFT_OUT]
    parts: dict[str, set[str]] = {"stem": set(), "number": set(), "kind": set(), "branch": set()}
    for word in found:
        number = words.LATIN_NUMBERS.get(word, word)
        word = _spelt(word)
        if number.isdigit():
            parts["number"].add(number)
        else:
            parts[_part_of(word)].add(word)
    joined = {part: " ".join(sorted(texts)) for part, texts in parts.items()}
    return NameParts(**joined)


@lru_cache(maxsize=100_000)
def _spelt(word: str) -> str:
    """A misspelt word of a kind as it is spelt: surgrey is a surgery."""
    if len(word) < _LONG or word in words.LATIN_KINDS:
        return word
    near = (
        kind
        for kind in sorted(words.LATIN_KINDS)
        if len(kind) >= _LONG and abs(len(kind) - len(word)) <= 1 and len({*kind} ^ {*word}) <= 1
    )
    return next((kind for kind in near if slips(word, kind, 1) <= 1), word)


def _part_of(word: str) -> str:
    if word in words.LATIN_SIDES:
        return "branch"
    return "kind" if word in words.LATIN_KINDS else "stem"
