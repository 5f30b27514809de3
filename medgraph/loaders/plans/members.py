"""Read the list of members in a sentence: single facilities, and classes of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from medgraph.loaders.tabular.list_grammar import Enumeration, read_list
from medgraph.words.plan_language import (
    CLASS_BEHIND_A_LIST,
    DISTRICT_ITSELF,
    FACILITY_ENDS,
    INSTITUTION,
    LEVEL_HEAD,
    LIST_JOINS,
    OF_THE_DISTRICT,
    WHOLE_ENDS,
)
from medgraph.words.punctuation import CLOSING_BRACKETS, LIST_COMMA, OPENING_BRACKETS

if TYPE_CHECKING:
    from medgraph.loaders.plans.sentence import Sentence

_read_list = lru_cache(maxsize=1024)(read_list)
# Stands for a comma that is no break of a list.
_KEPT_COMMA = "\0"


def members_of(sentence: Sentence) -> tuple[Enumeration, str | None]:
    """Return the list of members in a sentence and the class behind it, None where there is none.

    Raise ValueError where it is no list.
    """
    text = _without_open_end(sentence.part("LIST").strip())
    found = CLASS_BEHIND_A_LIST.search(text)
    if found is None:
        return _read_list(text), None
    members = text[: found.start()]
    return _read_list(members), found["name"].replace(OF_THE_DISTRICT, DISTRICT_ITSELF)


def _without_open_end(text: str) -> str:
    """A list without the bracket that closes what was opened before it.

    `某医共体（牵头医院：甲；成员单位：乙、丙）`
    """
    opened = sum(text.count(bracket) for bracket in OPENING_BRACKETS)
    closed = sum(text.count(bracket) for bracket in CLOSING_BRACKETS)
    if closed > opened and text.endswith(tuple(CLOSING_BRACKETS)):
        return text[:-1]
    return text


def looks_like_a_facility(name: str) -> bool:
    """Tell whether a name ends as names of facilities do.

    >>> looks_like_a_facility("乙镇卫生院"), looks_like_a_facility("负责服务")
    (True, False)
    """
    return bool(FACILITY_ENDS.search(name))


def is_of_a_level(name: str) -> bool:
    """Tell whether a name is that of a class: all facilities of a level, 市级 or 区、县两级."""
    return LEVEL_HEAD.match(name) is not None


def with_shared_ends(text: str) -> list[str]:
    """Name the kinds of facilities of a list in full, each with its level and its ending.

    >>> with_shared_ends("市、区两级妇幼保健、卫生监督及区级疾病预防控制机构")
    ['市、区两级妇幼保健机构', '市、区两级卫生监督机构', '区级疾病预防控制机构']
    """
    level, names = "", []
    for part in _parts(text):
        own_level = LEVEL_HEAD.match(part)
        level = own_level.group() if own_level else level
        name = part if own_level else level + part
        is_whole = name.endswith(WHOLE_ENDS) or not level
        names.append(name if is_whole else name + INSTITUTION)
    return names


def _parts(text: str) -> list[str]:
    """The names between the joins of a list; `市、区两级` is no join."""
    kept = LEVEL_HEAD.sub(lambda found: found.group().replace(LIST_COMMA, _KEPT_COMMA), text)
    parts = [part.strip().replace(_KEPT_COMMA, LIST_COMMA) for part in LIST_JOINS.split(kept)]
    return [part for part in parts if part]
