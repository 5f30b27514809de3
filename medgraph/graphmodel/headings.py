"""Name what data is about as people call it: a table, a column, a relation."""

from __future__ import annotations

import contextlib
import contextvars
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.words.attributes import ATTRIBUTES
from medgraph.words.say import language, pick, say
from medgraph.words.vocabularies import RELATIONS, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# A name, and up to two more behind it with points between them: `links.MEMBER_OF.G2`.
_NAMES = re.compile(r"(?<![\w.])(\w+)(?:\.([\w@*]+))?(?:\.([\w@*.]+))?")


# What the packs at hand call attributes of their own, in Chinese and in English.
_OF_PACKS: contextvars.ContextVar[Mapping[str, tuple[str, str]]] = contextvars.ContextVar(
    "medgraph_attributes_of_packs", default=MappingProxyType({})
)


@contextlib.contextmanager
def naming(attributes: Mapping[str, tuple[str, str]]) -> Iterator[None]:
    """Name these attributes too inside the `with` block: `{name: (in Chinese, in English)}`.

    >>> with naming({"canteen": ("食堂", "meals for patients")}):
    ...     attribute("canteen") == "canteen"
    False
    """
    token = _OF_PACKS.set({**_OF_PACKS.get(), **attributes})
    try:
        yield
    finally:
        _OF_PACKS.reset(token)


def _is_named(attribute: str) -> bool:
    return attribute in ATTRIBUTES or attribute in _OF_PACKS.get()


def attribute(name: str) -> str:
    """Name an attribute for people, in the language of now; one of a policy pack by both names.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     attribute("uscc"), attribute("charter"), attribute("other")
    ('统一社会信用代码', '章程（charter）', 'other')
    """
    bare = name.partition("@")[0]  # common_share@2023 is of one year
    title = schema.title(name)
    of_packs = _OF_PACKS.get()
    if bare in of_packs:
        zh, en = of_packs[bare]
        return say("attribute", name=pick(zh=zh, en=en), column=name)
    if bare not in ATTRIBUTES:
        return title
    return pick(zh=say("attribute", name=ATTRIBUTES[bare], column=name), en=title)


def in_words(datum: str) -> str:
    """Name missing data for people: sheet and column in Chinese, or as they are in English.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     in_words("facilities.level"), in_words("links.USES_CENTRE"), in_words("groups.charter")
    ('机构·等级', '关系·使用中心', '集团·章程（charter）')
    """
    return pick(zh=_in_chinese(datum), en=datum)


def plainly(datum: str) -> str:
    """Return what `in_words` says of data for people who never see its files.

    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     plainly("facilities.outpatient_slots"), plainly("links.USES_CENTRE")
    ('facilities: outpatient slots', 'links: uses centre')
    """
    said = relations_in_words(datum)
    return pick(zh=datum, en=said.replace(".", ": ", 1).replace("_", " "))


def _in_chinese(datum: str) -> str:
    head, colon, conditions = datum.partition(": ")
    table = schema.TABLES.get(head)
    named = _NAMES.sub(_chinese_names, head)
    if not colon:
        return named
    return named + colon + "; ".join(_condition(text, table) for text in conditions.split("; "))


def _condition(text: str, table: schema.Table | None) -> str:
    """A condition on an attribute, as `level=county`, in the words that people use for both."""
    name, sign, value = text.partition("=")
    field = table.field(name) if table else None
    if field is None:
        return attribute(name) + sign + value
    if not field.vocabulary:
        return field.zh + sign + value
    words = [label(field.vocabulary, one) for one in value.split("|")]
    return field.zh + sign + say("list_comma").join(words)


def _chinese_names(found: re.Match[str]) -> str:
    """`links.MEMBER_OF.G2` as people read it; what is no table stays as it is."""
    name, *rest = found.groups()
    if found[0] == "ledger":
        return say("ledger")
    table = schema.TABLES.get(name)
    if table is None:
        return found[0]
    if _is_named(".".join(filter(None, rest))):
        rest = [".".join(filter(None, rest))]
    parts = [_chinese_name(part, table) for part in rest if part]
    return "·".join([table.sheet, *([".".join(parts)] if parts else [])])


def _chinese_name(part: str, table: schema.Table) -> str:
    """What a relation, a field or an attribute is called."""
    if part in RELATIONS:
        return label("relation", part)
    field = table.field(part)
    return field.zh if field else attribute(part)


_RELATION = re.compile(rf"\b({'|'.join(sorted(RELATIONS, key=len, reverse=True))})\b")


def relations_in_words(text: str) -> str:
    """Return a sentence whose relations are named for people, in the language of now.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     relations_in_words("未填 USES_CENTRE")
    '未填 使用中心'
    """
    return _RELATION.sub(lambda found: label("relation", found[0], language()), text)
