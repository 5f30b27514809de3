"""Read the form of a sentence by the grammar of plans; a sentence that fits no form states nothing.

The grammar is in `sentence_forms.lark`. Phrases between commas have forms of their own: they are
read behind a sentence that leaves a REST, or alone.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from lark import Lark, Token, Tree, UnexpectedInput

from medgraph.words.plan_language import OF_PHRASES, PHRASE_BREAK

# Longer sentences are no forms of a plan; the parser never gets them, so it stays fast on any text.
LONGEST = 1500
_SHORTEST = 4

Parts = dict[str, list[str]]
"""What a form captures, by the names LEAD, LIST, GROUP and so on, in the order of the text."""


class Form(NamedTuple):
    """A sentence or a phrase as it was read: the `name` of its form, and what that captures."""

    name: str
    parts: Parts


@cache
def _parser() -> Lark:
    grammar = resources.files(__package__) / "sentence_forms.lark"
    return Lark(
        grammar.read_text(encoding="utf-8"),
        parser="earley",
        lexer="dynamic",
        ambiguity="resolve",
        start=["sentence", "phrase"],
    )


def read_sentence(sentence: str) -> Form | None:
    """Return the form of a sentence, or None where it fits no form.

    >>> form = read_sentence("牵头医院为甲县人民医院，成员单位包括乙镇卫生院、丙镇卫生院")
    >>> form.name, form.parts["LEAD"], form.parts["LIST"]
    ('membership', ['甲县人民医院'], ['乙镇卫生院、丙镇卫生院'])
    """
    if not _SHORTEST <= len(sentence) <= LONGEST:
        return None
    return _read(sentence, "sentence")


def read_phrases(text: str) -> list[Form]:
    """Return the form of every phrase between commas that fits a form of a phrase.

    >>> read_phrases("方便群众，推动集团内和集团之间检查检验结果互认")
    [Form(name='recognises', parts={'SCOPE': ['推动集团内和集团之间']})]
    """
    phrases = [part.strip() for part in PHRASE_BREAK.split(text[:LONGEST])]
    forms = [_read(phrase, "phrase") for phrase in phrases if OF_PHRASES.search(phrase)]
    return [form for form in forms if form is not None]


def form_names() -> set[str]:
    """Return the names of all forms of sentences and phrases."""
    rules = {str(rule.origin.name) for rule in _parser().rules}
    return {name for name in rules if not name.startswith("_")} - {"sentence", "phrase"}


@lru_cache(maxsize=4096)  # boilerplate is in a text again and again
def _read(text: str, start: str) -> Form | None:
    try:
        tree = _parser().parse(text, start=start)
    except UnexpectedInput:
        return None
    form = tree.children[-1]
    assert isinstance(form, Tree)
    parts: Parts = {}
    for token in tree.scan_values(lambda value: isinstance(value, Token)):
        parts.setdefault(token.type, []).append(str(token))
    return Form(str(form.data), parts)
