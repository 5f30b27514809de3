"""Say what a kind of parameter is, in the language of now: for problems, schema and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.queries.policy.predicates import parameters as kinds
from medgraph.queries.policy.predicates.parameters import MOST
from medgraph.words.say import say
from medgraph.words.sentences.gathering import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medgraph.queries.policy.predicates.parameters import Kind


def in_words(kind: Kind) -> str:
    """Return what a value of this kind is.

    >>> from medgraph.queries.policy.predicates.parameters import Listed, Whole
    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     in_words(Listed(Whole(1, 10)))
    'list of whole number, 1–10'
    """
    return _WORDS[type(kind)](kind)


def meaning(name: str, form: str = "") -> str:
    """Return what a parameter means, in the form that reads it.

    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     meaning("limits"), meaning("limits", "trend")
    ('the limits', 'the least growth')
    """
    own = f"parameter_{form}_{name}"
    return say(own if own in CATALOGUE else f"parameter_{name}")


def _named(key: str) -> Callable[[Any], str]:
    return lambda kind: say(key)


def _text(kind: kinds.Text) -> str:
    return say("kind_name" if kind.name else "kind_text")


def _whole(kind: kinds.Whole) -> str:
    if kind.most == MOST:
        following = range(kind.least, kind.least + 3)
        return say("kind_whole", range=", ".join(map(str, following)) + ", …")
    return say("kind_whole", range=f"{kind.least}–{kind.most}")


def _number(kind: kinds.Number) -> str:
    if kind.text:
        return say("kind_share")
    if kind.most is not None:
        return say("kind_number_to", most=kind.most)
    return say("kind_positive" if kind.positive else "kind_number")


def _choice(kind: kinds.Choice) -> str:
    return ", ".join(str(word).lower() if word is True else str(word) for word in kind.words)


def _word(kind: kinds.Word) -> str:
    return say("kind_word", vocabulary=kind.vocabulary)


def _attribute(kind: kinds.Attribute) -> str:
    return say("kind_number_column" if kind.number else "kind_attribute")


def _tree(kind: kinds.Tree) -> str:
    if kind.only:
        return "{ " + ", ".join(f"{name} = […]" for name in kind.only) + " }"
    return say("kind_tree_links" if kind.of == "links" else "kind_tree")


def _listed(kind: kinds.Listed) -> str:
    return say("kind_listed", of=in_words(kind.each))


def _either(kind: kinds.Either) -> str:
    return say("kind_either", one=in_words(kind.one), other=in_words(kind.other))


def _keyed(kind: kinds.Keyed) -> str:
    return f"{{ {in_words(kind.key)} = {in_words(kind.value)} }}"


def _record(kind: kinds.Record) -> str:
    return "{ " + ", ".join(kind.keys) + " }"


def _variants(kind: kinds.Variants) -> str:
    return say("kind_variants", forms=", ".join(kind.forms))


_WORDS: Mapping[type, Callable[[Any], str]] = {
    kinds.Text: _text,
    kinds.Pair: _named("kind_pair"),
    kinds.Anything: _named("kind_anything"),
    kinds.Flag: _named("kind_flag"),
    kinds.Whole: _whole,
    kinds.Number: _number,
    kinds.Day: _named("kind_day"),
    kinds.AreaCode: _named("kind_area_code"),
    kinds.Choice: _choice,
    kinds.Word: _word,
    kinds.Attribute: _attribute,
    kinds.Declaration: _named("kind_declaration"),
    kinds.Path: _named("kind_path"),
    kinds.Tree: _tree,
    kinds.Leaf: _named("kind_leaf"),
    kinds.Listed: _listed,
    kinds.Either: _either,
    kinds.Keyed: _keyed,
    kinds.Record: _record,
    kinds.Variants: _variants,
}
