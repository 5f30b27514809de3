"""Find which table, relation or part of one people mean: `成员`, `links.MEMBER_OF.G1`."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.graphmodel.completeness import LINKS
from medgraph.words.attributes import ATTRIBUTES
from medgraph.words.declarations import BETWEEN_NAMES, LIST_NOUN, RELATION_LISTS
from medgraph.words.languages import choose
from medgraph.words.relations import RELATIONS
from medgraph.words.say import language, say
from medgraph.words.vocabularies import KINDS, fold, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SUGGESTED = 3
_NEAR = 0.5


def part_named(text: str) -> str | None:
    """Return the table or part that a text means, None where it means none.

    The id behind a relation, and the name of a column that no table has, stay as they are.

    >>> part_named("成员"), part_named("机构表"), part_named("关系.成员.G1"), part_named("成员.G1")
    ('links.MEMBER_OF', 'facilities', 'links.MEMBER_OF.G1', 'links.MEMBER_OF.G1')
    >>> part_named("集团.章程"), part_named("members"), part_named("memmbers")
    ('groups.charter', 'links.MEMBER_OF', None)
    """
    first, rest = _cut(text.strip())
    table = _table(first)
    if table is None or (table.name == LINKS and rest):
        return _relation_part(rest if table else text.strip())
    return f"{table.name}.{_column(table, rest)}" if rest else table.name


def _cut(text: str) -> tuple[str, str]:
    """A text before and behind its first sign between names."""
    first, *rest = BETWEEN_NAMES.split(text, maxsplit=1)
    return first, rest[0] if rest else ""


def _table(text: str) -> schema.Table | None:
    for name in (text, LIST_NOUN.sub("", text)):
        found = schema.table_named(name) or _table_of_kind(name)
        if found is not None and found is not schema.META:
            return found
    return None


def _table_of_kind(text: str) -> schema.Table | None:
    """The table of a kind that is called so; a synonym may mean some of the kind alone."""
    kinds = (k for k in KINDS.values() if fold(text) in map(fold, (k.word, k.zh, k.en)))
    return next((schema.TABLE_OF_KIND[kind.word] for kind in kinds), None)


def _relation_part(text: str) -> str | None:
    first, rest = _cut(text)
    relation = _relation(first)
    if relation is None:
        return None
    return ".".join(filter(None, (LINKS, relation, rest)))


def _relation(text: str) -> str | None:
    for name in (text, LIST_NOUN.sub("", text)):
        found = word("relation", name) or RELATION_LISTS.get(name.casefold())
        if found:
            return found
    return None


def _column(table: schema.Table, text: str) -> str:
    """The name of a column, as the model or a policy pack calls it."""
    of_packs = {fold(zh): name for name, zh in ATTRIBUTES.items()}
    return schema.headers(table.name).get(fold(text)) or of_packs.get(fold(text)) or text


def called(part: str) -> str:
    """Return what people call a table or part, in the language of now; `part_named` reads it.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     called("facilities"), called("links.MEMBER_OF.G1")
    ('机构', '成员.G1')
    """
    table, relation, *rest = (*part.split(".", 2), "")
    names = _names_of_relations() if relation else _names_of_tables()
    found = next((said for said, word, _ in names if word == (relation or table)), part)
    return ".".join(filter(None, (found, *rest)))


def nearest_parts(text: str) -> str:
    """Return what is called most like a text, in the language of now: tables and relations.

    Behind the name of a table it is one of its columns.

    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     nearest_parts("facilites"), nearest_parts("facilities.bedss")
    ('facilities, committees, centres', 'facilities.beds, facilities.basis')
    """
    first, rest = _cut(text.strip())
    table = _table(first)
    if rest and table is not None and table.name != LINKS:
        return _nearest(rest, _columns(table)) or f"{table.name}.{rest}"
    names = _called()
    return _nearest(text, names) or _listed(names.values())


def _nearest(text: str, names: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(fold(text), names, _SUGGESTED, cutoff=_NEAR)
    return _listed(names[name] for name in near)


def _listed(names: Iterable[str]) -> str:
    return say("list_comma").join(list(dict.fromkeys(names))[:_SUGGESTED])


def _columns(table: schema.Table) -> dict[str, str]:
    """Each column of a table, and each that a policy pack asks for, by its names."""
    own = {
        fold(name): f"{table.name}.{field.name}"
        for field in table.fields
        for name in (field.name, field.zh)
    }
    of_packs = {
        fold(name): f"{table.name}.{key}" for key, zh in ATTRIBUTES.items() for name in (key, zh)
    }
    return of_packs | own


def _called() -> dict[str, str]:
    """What each table and relation is called in the language of now, by all its names."""
    all_names = (*_names_of_tables(), *_names_of_relations())
    return {fold(name): said for said, _, names in all_names for name in names}


def _names_of_tables() -> list[tuple[str, str, tuple[str, ...]]]:
    """What each table is called in the language of now, its own name, and all its names."""
    tables = [table for table in schema.TABLES.values() if table is not schema.META]
    return [(t.title(language()), t.name, (t.sheet, t.name)) for t in tables]


def _names_of_relations() -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (
            choose(language(), {"zh": r.zh, "en": f"{LINKS}.{r.word}"}),
            r.word,
            (r.zh, r.en, r.word, *r.also),
        )
        for r in RELATIONS
    ]
