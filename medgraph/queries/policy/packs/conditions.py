"""Check condition trees: their keys at every depth, the attributes they name, their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel import schema
from medgraph.queries.policy.facts.ledger import RECORD
from medgraph.queries.policy.facts.value_sets import SETS
from medgraph.queries.policy.packs.kind_words import in_words
from medgraph.queries.policy.predicates.parameters import LEAF, LINKED, Attribute, Kind, Leaf, Tree
from medgraph.words.attributes import ATTRIBUTES, unit_of
from medgraph.words.nearness import misspelt
from medgraph.words.numerals import read_exact
from medgraph.words.quantities import AMOUNT, COUNT, DAYS, POINTS, SHARE, quantity
from medgraph.words.say import Problem, say
from medgraph.words.vocabularies import KINDS, VOCABULARIES, word

if TYPE_CHECKING:
    from medgraph.queries.policy.packs.places import Place

Faults = Iterator[Problem]
Check = Callable[[Kind, Any, "Place"], Faults]

JOINING = ("all", "any", "not")
_RESERVED = (*JOINING, "linked", *LEAF.keys)
_DEEPEST = 12  # no clause needs more conditions inside one another
# Columns that the model derives, and their vocabularies.
_DERIVED = {"kind": None, "area_kind": "area_kind", "county": None, "city": None, "province": None}
_NAME = re.compile(r"[^\s@$]+(@(\d{4}|year))?")
_NUMBERS = ("integer", "number")


# -- trees -----------------------------------------------------------------------------------------


def tree_faults(check: Check, tree: Tree, value: Any, place: Place) -> Faults:
    """Yield what is wrong with conditions on nodes or links."""
    if not isinstance(value, Mapping) or _depth(place) > _DEEPEST:
        yield place.not_one_of(value, [in_words(tree)])
    elif not value and not tree.may_be_empty:
        yield place.problem("E089", what=place.name, allowed=in_words(tree))
    elif tree.needs_kind and "kind" not in value:
        yield place.problem("E082", "kind")
    else:
        inner = replace(
            tree, needs_kind=False, linked=False, may_be_empty=False, kind=_kind(tree, value)
        )
        for key, wanted in value.items():
            if key == "linked" and tree.linked:
                yield from check(LINKED, wanted, place.at(key))
            else:
                yield from _branch(check, inner, key, wanted, place.at(key))


def _depth(place: Place) -> int:
    return sum(key in JOINING for key in place.path)


def _kind(tree: Tree, value: Mapping[str, Any]) -> str:
    """Return the kind that conditions are about, where they say one."""
    stated = value.get("kind", tree.kind)
    if isinstance(stated, list) and len(stated) == 1:
        stated = stated[0]
    return stated if isinstance(stated, str) else ""


def _branch(check: Check, tree: Tree, key: str, wanted: Any, place: Place) -> Faults:
    if tree.only and key not in tree.only:
        yield replace(place, path=place.path[:-1]).unknown_key(key, tree.only)
    elif key in ("all", "any"):
        if not isinstance(wanted, list) or not wanted:
            yield place.not_one_of(wanted, [f"[{in_words(tree)}, …]"])
            return
        for number, inner in enumerate(wanted):
            yield from tree_faults(check, tree, inner, place.at(number))
    elif key == "not":
        yield from tree_faults(check, tree, wanted, place)
    elif _is_no_attribute(key, tree, place):
        yield replace(place, path=place.path[:-1]).unknown_key(key, (*JOINING, *LEAF.keys))
    else:
        yield from attribute_faults(Attribute(tree.of), key, place)
        yield from leaf_faults(check, key, wanted, place, tree)


def _is_no_attribute(key: str, tree: Tree, place: Place) -> bool:
    """Is a key one that stands elsewhere in conditions (`at_least`), or a slip of one?"""
    if key in _RESERVED:
        return True
    is_known = key in _types(tree.of) or key in place.own
    return not is_known and misspelt(key, _RESERVED) is not None


# -- attributes ------------------------------------------------------------------------------------


def attribute_faults(kind: Attribute, name: Any, place: Place) -> Faults:
    """Yield what is wrong with the name of a column; one by a slip or two is refused."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield place.not_one_of(name, [in_words(kind)])
        return
    bare = name.partition("@")[0]
    known = (*_types(kind.of), *place.own)
    if place.filled or bare in known:
        if kind.number and _types(kind.of).get(bare, "number") not in _NUMBERS:
            yield place.not_one_of(name, [in_words(kind)])
    elif meant := misspelt(bare, (*known, *_RESERVED)):
        yield place.problem("E091", name, meant=meant)


@cache
def _types(of: str) -> Mapping[str, str]:
    """Return the columns that are known, with their types; a free attribute may hold numbers."""
    free = dict.fromkeys(ATTRIBUTES, "number")
    if of == "links":
        return {**free, **schema.link_types()}
    return {**free, **dict.fromkeys(_DERIVED, "text"), **schema.field_types()}


# -- leaves ----------------------------------------------------------------------------------------


def leaf_faults(
    check: Check, name: str, wanted: Any, place: Place, tree: Tree | None = None
) -> Faults:
    """Yield what is wrong with what an attribute must be: values of its vocabulary, or limits."""
    tree = tree or Tree()
    words = _words_of(name, tree)
    if isinstance(wanted, Mapping):
        yield from _limit_faults(check, name, wanted, place, tree)
    elif isinstance(wanted, list):
        if not wanted and not place.filled:
            yield place.problem("E089", what=name, allowed=in_words(Leaf()))
        for value in wanted:
            yield from _value_faults(check, value, words, place)
    else:
        yield from _value_faults(check, wanted, words, place)


def _limit_faults(
    check: Check, name: str, wanted: Mapping[str, Any], place: Place, tree: Tree
) -> Faults:
    """A word has no limits: that of `kind` is stated as such, any other may be asked if known."""
    yield from check(LEAF, wanted, place)
    type_ = _types(tree.of).get(name.partition("@")[0], "number")
    is_word = type_ not in _NUMBERS and name not in ATTRIBUTES
    if name == "kind" or (is_word and wanted.keys() & LEAF.keys.keys() - {"known"}):
        yield place.not_one_of(dict(wanted), [in_words(Leaf())])
    yield from unit_faults(name, wanted, place)


def unit_faults(name: str, limits: Mapping[str, Any], place: Place) -> Faults:
    """Yield the limits that are no numbers of the attribute's unit: 60 of a share is no share.

    What a pack calls its own has the unit that the pack says.
    """
    unit = None if name.partition("@")[0] in place.own else unit_of(name)
    if unit is None:
        return
    for key, limit in limits.items():
        if read_exact(limit) is not None and quantity(str(limit), _comparable(unit)) is None:
            yield place.at(key).problem("E087", limit, what=key, allowed=_in_unit(unit, limit))


def _comparable(unit: str) -> str:
    """The unit of what numbers of a unit are held against: 2.5 visits are a limit, and no count."""
    return AMOUNT if unit in (COUNT, DAYS) else unit


def _in_unit(unit: str, limit: Any) -> str:
    if unit == SHARE:
        return say("kind_share_of", value=limit)
    return say("kind_points" if unit == POINTS else "kind_plain_number")


def _value_faults(check: Check, value: Any, words: frozenset[str] | None, place: Place) -> Faults:
    if not isinstance(value, str) or value == "":
        yield place.not_one_of(value, [in_words(Leaf())])
    elif value.startswith("$"):
        yield from check(Leaf(), value, place)
    elif value.startswith("@"):
        if value not in SETS or (words and not words >= SETS[value]):
            fitting = [name for name, held in SETS.items() if not words or words >= held]
            yield place.not_one_of(value, fitting or sorted(words or ()))
    elif words is not None and value not in words:
        allowed = [*sorted(words), *(name for name, held in SETS.items() if words >= held)]
        yield place.not_one_of(value, allowed, _meant(value, words))


def _meant(text: str, words: frozenset[str]) -> str | None:
    """Return the word of a vocabulary for a text in Chinese, or for a synonym."""
    readings = (word(vocabulary, text) for vocabulary in VOCABULARIES)
    return next((found for found in readings if found in words), None)


def _words_of(name: str, tree: Tree) -> frozenset[str] | None:
    """Return the values that a column can hold, None where they are free."""
    if name == "kind" and tree.of == "nodes":
        return frozenset({*KINDS, RECORD})
    found = _vocabularies(name, tree)
    if not found:
        return None
    return frozenset(term for vocabulary in found for term in _terms(vocabulary))


def _terms(vocabulary: str) -> Iterable[str]:
    """Return the words of a vocabulary; for yes and no also what people write."""
    if vocabulary != "boolean":
        return VOCABULARIES[vocabulary]
    terms = VOCABULARIES[vocabulary].values()
    return [text for term in terms for text in (term.word, term.zh, *term.also)]


def _vocabularies(name: str, tree: Tree) -> list[str]:
    """Return the vocabularies of a column: of the table of its kind, else of any table."""
    if tree.of == "links":
        return _of_tables(name, [schema.LINKS])
    if name == "area_kind":
        return ["area_kind"]
    own = schema.TABLE_OF_KIND.get(tree.kind)
    if own and own.field(name):
        return _of_tables(name, [own])
    return _of_tables(name, schema.NODE_TABLES)


def _of_tables(name: str, tables: Iterable[schema.Table]) -> list[str]:
    fields = (table.field(name) for table in tables)
    return [field.vocabulary for field in fields if field and field.vocabulary]
