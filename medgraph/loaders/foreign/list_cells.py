"""Split a cell that names several: separators outside brackets, shared heads and tails, counts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from medgraph.loaders.foreign.facilities import is_full_name
from medgraph.loaders.tabular.list_grammar import Count, read_list
from medgraph.words import foreign_workbooks as words
from medgraph.words.simplified import simple, ways_of_writing, without

_NOTE = re.compile(r"\(([^()]*)\)$")


@dataclass(frozen=True)
class Part:
    """One name of a cell: its full `name`, as `written`, and the notes in brackets behind it."""

    name: str
    written: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Split:
    """The names of a cell, the counts it states, and whether it says that others follow (等)."""

    parts: tuple[Part, ...]
    counts: tuple[Count, ...] = ()
    open_ended: bool = False


@lru_cache(maxsize=65_536)
def split(text: str) -> Split:
    """Split the text of a cell; raise ValueError where it cannot be read.

    >>> [p.name for p in split("院桥、宁溪、北洋3个中心卫生院").parts]
    ['院桥中心卫生院', '宁溪中心卫生院', '北洋中心卫生院']
    >>> [p.name for p in split("甲医院/乙医院（三级、公立）").parts]
    ['甲医院', '乙医院']
    >>> [p.name for p in split("院橋、寧溪2個中心衛生院").parts]
    ['院橋中心衛生院', '寧溪中心衛生院']
    """
    stripped = unicodedata.normalize("NFKC", text).strip().strip(words.STOPS)
    plain = without(words.BROKEN_NAME, _without_inner_brackets(_without_mark(stripped)))
    outside_brackets = re.sub(r"\([^()]*\)", "", plain)
    if not words.COUNTED_LIST.search(simple(outside_brackets)):
        named = [name for piece in pieces(plain) for name in _numbered(piece)]
        return Split(tuple(_part(name) for name in named if name))
    ways = ways_of_writing(plain)
    found = read_list(_for_grammar(simple(plain) if ways else plain))
    parts = tuple(
        Part(
            item.name.translate(ways),
            item.written.translate(ways),
            tuple(note.translate(ways) for note in item.notes),
        )
        for item in found.items
    )
    return Split(parts, found.counts, found.open_ended)


def _without_mark(text: str) -> str:
    """The text without the mark of a person or a number to call behind the name of a facility.

    >>> _without_mark("甲镇卫生院 ***"), _without_mark("黄岩区***")
    ('甲镇卫生院', '黄岩区***')
    """
    name = words.HIDDEN_MARK.sub("", text)
    return name if is_full_name(name) else text


def names_of(text: str) -> list[str]:
    """Return the names in the text of a cell, none where it cannot be read.

    >>> names_of("甲镇卫生院；乙镇卫生院"), names_of("甲镇卫生院等2家")
    (['甲镇卫生院', '乙镇卫生院'], ['甲镇卫生院'])
    """
    try:
        return [part.name for part in split(text).parts]
    except ValueError:
        return []


def is_list(text: str) -> bool:
    """Whether a cell names several, or cannot be read."""
    try:
        return len(split(text).parts) > 1
    except ValueError:
        return True


def _numbered(piece: str) -> list[str]:
    """The names of a piece that numbers and blanks keep apart, as line breaks would.

    >>> _numbered("甲镇卫生院 2.乙镇卫生院"), _numbered("甲县 人民医院")
    (['甲镇卫生院', '乙镇卫生院'], ['甲县 人民医院'])
    """
    names = words.BETWEEN_NUMBERED.split(piece)
    return [words.ITEM_NUMBER.sub("", name).strip() for name in names]


def _without_inner_brackets(text: str) -> str:
    """The text with other signs for brackets inside brackets: a note ends at its outer bracket.

    >>> _without_inner_brackets("甲医院(含站点(2个))")
    '甲医院(含站点〔2个〕)'
    """
    depth = 0
    signs = []
    for sign in text:
        if sign == ")" and depth > 0:
            depth -= 1
        signs.append(words.INNER_BRACKETS.get(sign, sign) if depth > 0 else sign)
        if sign == "(":
            depth += 1
    return "".join(signs)


def _for_grammar(text: str) -> str:
    """The text as the grammar of lists reads it: single separators, no numbers before items."""
    lines = (words.TRAILING_BREAKS.sub("", piece) for piece in pieces(text, "/\n"))
    joined = ",".join(line for line in lines if line)
    return words.REPEATED_BREAKS.sub(r"\1", joined)


def pieces(text: str, breaks: str = words.LIST_BREAKS) -> list[str]:
    """Cut a text at separators outside brackets; numbers before the pieces go."""
    found = []
    depth = begin = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign in breaks and depth <= 0:
            found.append(text[begin:place])
            begin = place + 1
    found.append(text[begin:])
    return [words.ITEM_NUMBER.sub("", piece).strip() for piece in found]


def _is_of_name(bracket: str) -> bool:
    """Whether a bracket says which branch is meant; another facility it names is a second sign."""
    said = simple(bracket)
    is_apart = words.OTHER_BOARD.search(said) or words.WITH_OTHERS.search(said)
    return bool(words.BRANCH.search(said)) and not is_apart


def _part(piece: str) -> Part:
    """A name with its notes; a bracket that names a branch, or stands inside, is of the name."""
    notes: list[str] = []
    name = piece
    while (found := _NOTE.search(name)) and not _is_of_name(found[1]):
        notes.insert(0, found[1])
        name = name[: found.start()].strip()
    if not name:
        return Part(piece, piece)
    return Part(name, piece, tuple(notes))
