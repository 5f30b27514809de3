"""Say what a line of its own states: a group, its lead, its members, a count, or a section."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from medgraph.loaders.foreign.group_names import is_group_name
from medgraph.words import headings as words
from medgraph.words.foreign_workbooks import LEAD_ROLES, MEMBER_ROLES
from medgraph.words.numerals import read_chinese
from medgraph.words.simplified import simple, without
from medgraph.words.vocabularies import fold, word

_SHORTEST_GROUP = 4
_LONGEST_SECTION = 24


@dataclass(frozen=True)
class Heading:
    """What a line states. `numbering` is the kind of number before it, empty where it has none.

    `group` may be named in a title around it (`in_title`); `role` is what the rows below are;
    `is_section` says that it gathers facilities of a kind, whatever their group.
    """

    text: str
    group: str = ""
    in_title: bool = False
    lead: str = ""
    members: str = ""
    count: int | None = None
    role: str = ""
    numbering: str = ""
    is_section: bool = False

    @property
    def states_something(self) -> bool:
        """Whether it says what the rows below it are."""
        return bool(self.group or self.lead or self.members or self.role or self.is_section)


@lru_cache(maxsize=4096)
def heading_of(text: str) -> Heading:
    """Return what a line of its own states.

    >>> one = heading_of("一、第一医共体（11家）")
    >>> one.group, one.count, one.numbering
    ('第一医共体', 11, 'ordinal')
    >>> two = heading_of("牵头单位：甲县第一医院；成员单位：乙镇卫生院、丙镇卫生院")
    >>> two.lead, two.members
    ('甲县第一医院', '乙镇卫生院、丙镇卫生院')
    """
    numbering, plain = _without_number(unicodedata.normalize("NFKC", text).strip())
    before, labelled = _labelled(plain)
    found = _count(before) or _count(labelled.get("lead_tail", ""))
    count = _number(found["number"]) if found else None
    subject = _bare_subject(without(words.COUNT, before))
    group, in_title = _group(labelled.get("group") or subject)
    role = _role(subject or plain.strip(words.AROUND_HEADING))
    kind = bool(numbering) or word("facility_type", subject) is not None
    is_section = kind and not group and not labelled and len(plain) <= _LONGEST_SECTION
    return Heading(
        text,
        group,
        in_title,
        labelled.get("lead", ""),
        labelled.get("members", ""),
        count,
        role,
        numbering,
        is_section,
    )


def subject_of(text: str) -> str:
    """Return a text without the number of a section before it.

    >>> subject_of("一、甲县人民医院"), subject_of("甲县人民医院")
    ('甲县人民医院', '甲县人民医院')
    """
    numbering, plain = _without_number(unicodedata.normalize("NFKC", text).strip())
    return plain if numbering else text


def _without_number(text: str) -> tuple[str, str]:
    """The kind of number before a line, and the line without it."""
    for kind, pattern in words.SECTION_NUMBERS.items():
        found = pattern.match(simple(text))
        if found and found.end() <= len(text):
            return kind, text[found.end() :]
    return "", text


def _labelled(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the first label of a line, and what stands behind each."""
    found = list(words.LABEL.finditer(simple(text)))
    if not found:
        return text, {}
    ends = [*(one.start() for one in found[1:]), len(text)]
    stated: dict[str, str] = {}
    for label, end in zip(found, ends, strict=True):
        content = text[label.end() : end].strip(words.AROUND_HEADING + "(")
        key = str(label.lastgroup)
        if key != "members":
            cut = words.LEAD_BREAK.split(content, maxsplit=1)
            content = cut[0] if key == "group" else _lead_of(content)
            stated[f"{key}_tail"] = "".join(cut[1:])
        elif content.endswith(")") and content.count(")") > content.count("("):
            content = content[:-1]
        if content:
            stated[key] = content
    return text[: found[0].start()], stated


def _lead_of(content: str) -> str:
    """The name of a lead; a bracket that opens is closed, and what follows is no part of it."""
    depth = 0
    for place, sign in enumerate(content):
        if depth == 0 and words.LEAD_BREAK.match(content, place):
            return content[:place]
        depth += (sign == "(") - (sign == ")")
    return content


def _bare_subject(text: str) -> str:
    text = words.EMPTY_BRACKETS.sub("", text).strip(words.AROUND_HEADING)
    return text[:-1].rstrip(words.AROUND_HEADING) if text.endswith("(") else text


def _group(subject: str) -> tuple[str, bool]:
    """The group that a line names, and whether a title stands around it."""
    if words.NO_SUBJECT.search(subject):
        return "", False
    if is_group_name(subject) and len(subject) >= _SHORTEST_GROUP:
        return subject, False
    unspaced = re.sub(r"\s", "", subject)
    titled = words.GROUP_IN_TITLE.match(simple(unspaced))
    if titled is None or len(titled["group"]) < _SHORTEST_GROUP:
        return "", False
    return unspaced[: titled.end("group")], True


def _role(subject: str) -> str:
    folded = fold(subject)
    if folded in LEAD_ROLES:
        return words.LEAD_ROLE
    return words.MEMBER_ROLE if folded in MEMBER_ROLES else ""


def _count(text: str) -> re.Match[str] | None:
    return words.COUNT.search(simple(text))


def _number(text: str) -> int | None:
    try:
        return int(read_chinese(text))
    except ValueError:
        return None
