"""Join words as the language of now does: lists, clauses, brackets, what is said of what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medgraph.words.punctuation import COLON, LIST_COMMA, SEMICOLON
from medgraph.words.say import pick

if TYPE_CHECKING:
    from collections.abc import Iterable

_CODE_BEHIND = re.compile(r"\s?[(（][a-z_@0-9]+[)）]")
# What stands in brackets behind words, as `bracketed` sets it, and where one may begin.
BRACKETED = re.compile(r"\s?\((?P<en>[^()\s]+)\)|（(?P<zh>[^（）\s]+)）\s?")
BRACKET = re.compile("[(（]")
# What marks a difference in a picture.
ADDED, REMOVED, CHANGED = "＋", "－", "△"


def listed(parts: Iterable[str]) -> str:
    """Return words as a list.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     listed(["a", "b"])
    'a、b'
    """
    return pick(zh=LIST_COMMA, en=", ").join(parts)


def clauses(parts: Iterable[str]) -> str:
    """Return clauses as one sentence without its end."""
    return pick(zh=SEMICOLON, en="; ").join(parts)


def bracketed(words: Any, more: Any) -> str:
    """Return words with a number or an id in brackets behind them."""
    return pick(zh=f"{words}（{more}）", en=f"{words} ({more})")


def said_of(subject: Any, words: Any) -> str:
    """Return what is said of a subject: a label and its value, a name and its state."""
    return pick(zh=f"{subject}{COLON}{words}", en=f"{subject}: {words}")


def title_without_ends(title: str) -> str:
    """Return a title without the stops at its ends that an empty part of it leaves."""
    return title.strip(" ·：:")


def without_code(words: str) -> str:
    """Return words without the name in code that stands in brackets behind one of them.

    >>> without_code("章程（charter）"), without_code("charter (charter)")
    ('章程', 'charter')
    """
    return _CODE_BEHIND.sub("", words)
