"""Name what data is about as people call it: a table, a column, a relation."""

from __future__ import annotations

import re

from medgraph.graphmodel import schema
from medgraph.graphmodel.terms import RELATIONS, label
from medgraph.messages import language


def in_words(datum: str) -> str:
    """Name missing data for people: sheet and column in Chinese, or as they are in English.

    >>> from medgraph.messages import speaking
    >>> with speaking("zh"):
    ...     in_words("facilities.level"), in_words("links.USES_CENTRE"), in_words("groups.charter")
    ('机构·等级', '关系·使用中心', '集团·charter')
    """
    if language() != "zh":
        return datum
    return re.sub(r"(?<![\w.])(\w+)(?:\.([\w@*]+))?(?:\.([\w@*.]+))?", _in_words, datum)


def _in_words(found: re.Match[str]) -> str:
    table, *rest = found.groups()
    known = schema.TABLES.get(table)
    if known is None:
        return found[0]
    texts = [known.sheet]
    for name in filter(None, rest):
        field = known.field(name)
        texts.append(label("relation", name) if name in RELATIONS else field.zh if field else name)
    return "·".join([texts[0], ".".join(texts[1:])] if len(texts) > 1 else texts)


_RELATION = re.compile(rf"\b({'|'.join(sorted(RELATIONS, key=len, reverse=True))})\b")


def relations_in_words(text: str) -> str:
    """Return a sentence whose relations are named for people, in the language of now.

    >>> from medgraph.messages import speaking
    >>> with speaking("zh"):
    ...     relations_in_words("未填 USES_CENTRE")
    '未填 使用中心'
    """
    return _RELATION.sub(lambda found: label("relation", found[0], language()), text)
