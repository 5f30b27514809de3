"""What a network holds, in words: how many of each, what is stated, which lists are whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.completeness import MARK, own_declaration
from medgraph.graphmodel.headings import in_words
from medgraph.words.say import language, say
from medgraph.words.stamps import stamps_of, stated
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.network import MedicalNetwork


def network_text(net: MedicalNetwork) -> str:
    """Return counts, statements and declarations, a line each."""
    return "".join(f"{line}\n" for line in (*_counts(net), *_statements(net), *_declarations(net)))


def in_short(net: MedicalNetwork) -> str:
    """Return what a network holds as one line: how many of each, its day and its stamp."""
    held = [
        say("told_line", what=say(f"counts.{name}"), text=count)
        for name, count in net.counts().items()
        if count
    ]
    day = label("meta", "data_day", language())
    dated = [say("told_line", what=day, text=net.data_day)] if net.data_day else []
    return say("comma").join([*held, *dated, *stamps_of(net.meta)])


def _counts(net: MedicalNetwork) -> Iterator[str]:
    for name, count in net.counts().items():
        yield say("told_line", what=say(f"counts.{name}"), text=count)


def _statements(net: MedicalNetwork) -> Iterator[str]:
    for key in net.meta:
        if MARK not in key:
            known = key in VOCABULARIES["meta"]
            what = label("meta", key, language()) if known else key
            yield say("told_line", what=what, text=stated(net.meta, key))


def _declarations(net: MedicalNetwork) -> Iterator[str]:
    for key, state in net.meta.items():
        if not key.endswith(MARK):
            continue
        part = key.removesuffix(MARK)
        said = label("completeness", state, language())
        text = own_declaration(net.meta, part).beside(said)
        yield say("declared_line", what=in_words(part), text=text)
