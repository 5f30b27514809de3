"""Repair the text of a plan as it is found on the web; every change is reported, none is silent.

The order matters: damage of bytes first, because it hides notes; then inline phonetic notes; then
traditional to simplified; then what is no part of the plan.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from medgraph.loaders.plans.persons import persons
from medgraph.loaders.plans.traditional import simplified
from medgraph.words.personal_data import CONTACT, MAIL, PHONE
from medgraph.words.plan_text import (
    BOILERPLATE,
    CONTACT_DROPPED,
    LOST_DIGIT,
    MAIL_DROPPED,
    MISWRITTEN_PLACES,
    NAME_DROPPED,
    PHONE_DROPPED,
    PHONETIC_NOTE,
    PLACE_NAMES,
    RADICALS,
    SHIFT_HEAD,
    SHIFTED,
    SPAM,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

# A line shorter than this may well be in a plan twice.
_SHORTEST_BODY = 30


@dataclass(frozen=True)
class Change:
    """One repair: its `kind`, the `line` it was made in, the text before it and after it."""

    kind: str
    line: int
    before: str
    after: str


@dataclass(frozen=True)
class Repaired:
    """A repaired text with every change made to it; `flags` are doubts that changed nothing."""

    text: str
    changes: tuple[Change, ...]
    flags: tuple[Change, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many changes and flags there are of each kind."""
        return dict(Counter(change.kind for change in (*self.changes, *self.flags)))


def repair(text: str) -> Repaired:
    """Repair a plan text.

    Kinds of change: `radical` and `simplified` (one for each line), `byte_shift`, `phonetic`,
    `place_name`, `personal` (what it was is not kept), `spam`, `boilerplate`, `duplicate`;
    `lost_digit` is only flagged.
    """
    damaged = _DamagedText(_plain(text))
    damaged.each_line("radical", lambda line: line.translate(RADICALS))
    damaged.each_match("byte_shift", SHIFTED, _unshifted)
    damaged.each_match("phonetic", PHONETIC_NOTE, lambda found: "")
    _simplify(damaged)
    _drop_persons(damaged)
    _drop_lines(damaged)
    return Repaired(damaged.text, tuple(damaged.changes), _lost_digits(damaged.text))


def _plain(text: str) -> str:
    """The text with one kind of line break and no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")


class _DamagedText:
    """A text under repair, with the changes made to it so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.changes: list[Change] = []

    def each_line(self, kind: str, instead: Callable[[str], str]) -> None:
        """Put `instead(line)` in place of every line."""
        lines = self.text.split("\n")
        after = [instead(line) for line in lines]
        for number, (old, new) in enumerate(zip(lines, after, strict=True), start=1):
            if new != old:
                self.changes.append(Change(kind, number, old, new))
        self.text = "\n".join(after)

    def each_match(
        self, kind: str, pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]
    ) -> None:
        """Put `instead(match)` in place of every match; a record of the match is kept."""
        line = _LineCounter(self.text)

        def one(found: re.Match[str]) -> str:
            after = instead(found)
            if after != found.group():
                self.changes.append(Change(kind, line.at(found.start()), found.group(), after))
            return after

        self.text = pattern.sub(one, self.text)

    def drop(self, kind: str, spans: list[tuple[int, int]], instead: str) -> None:
        """Put `instead` in place of every span; of what was there nothing is kept."""
        line = _LineCounter(self.text)
        parts, done = [], 0
        for start, end in spans:
            self.changes.append(Change(kind, line.at(start), "", instead))
            parts += [self.text[done:start], instead]
            done = end
        self.text = "".join(parts) + self.text[done:]


class _LineCounter:
    """Number the lines of a text from 1, for places asked in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._seen = 1, 0

    def at(self, place: int) -> int:
        self._line += self._text.count("\n", self._seen, place)
        self._seen = place
        return self._line


def _unshifted(found: re.Match[str]) -> str:
    """Read the bytes again where they belong; leave alone what does not become a text."""
    run, closing = found.groups()
    swallowed_bracket = closing == "?"
    last = b"\x93" if swallowed_bracket else closing.encode("ascii")
    try:
        read = (b"\xbf" + run.encode("gbk") + last).decode("gbk")
    except UnicodeError:
        return found.group()
    head = SHIFT_HEAD.get(read[0])
    if head is None:
        return found.group()
    return head + read + ("(" if swallowed_bracket else "")


def _simplify(damaged: _DamagedText) -> None:
    """Write traditional lines in simplified characters, and place names as their places do."""
    damaged.each_line("simplified", simplified)
    damaged.each_match("place_name", MISWRITTEN_PLACES, lambda found: PLACE_NAMES[found.group()])


def _drop_persons(damaged: _DamagedText) -> None:
    """Take out names, numbers and addresses of persons.

    The record of earlier changes to a line that named a person loses its words too.
    """
    before = len(damaged.changes)
    _drop_matches(damaged, CONTACT, CONTACT_DROPPED)
    _drop_matches(damaged, MAIL, MAIL_DROPPED)
    damaged.drop("personal", persons(damaged.text), NAME_DROPPED)
    _drop_matches(damaged, PHONE, PHONE_DROPPED)
    touched = {change.line for change in damaged.changes[before:]}
    damaged.changes[:before] = [
        replace(change, before="", after="") if change.line in touched else change
        for change in damaged.changes[:before]
    ]


def _drop_matches(damaged: _DamagedText, pattern: re.Pattern[str], instead: str) -> None:
    spans = [found.span() for found in pattern.finditer(damaged.text)]
    damaged.drop("personal", spans, instead)


def _drop_lines(damaged: _DamagedText) -> None:
    """Take out spam, boilerplate and a body that is in the text twice."""
    seen: set[str] = set()
    kept = []
    for number, line in enumerate(damaged.text.split("\n"), start=1):
        bare = "".join(line.split())
        kind = _needless(bare, seen)
        if kind:
            damaged.changes.append(Change(kind, number, line, ""))
        kept.append("" if kind else line)
        seen.add(bare)
    damaged.text = "\n".join(kept)


def _needless(bare: str, seen: set[str]) -> str:
    """Why a line, without its blanks, is no part of the plan; empty where it is one."""
    if "_" in bare and SPAM.search(bare):
        return "spam"
    if BOILERPLATE.match(bare):
        return "boilerplate"
    if len(bare) >= _SHORTEST_BODY and bare in seen:
        return "duplicate"
    return ""


def _lost_digits(text: str) -> tuple[Change, ...]:
    """Flag the years that lost a digit; which one it was, nobody knows."""
    line = _LineCounter(text)
    return tuple(
        Change("lost_digit", line.at(found.start()), found.group(), found.group())
        for found in LOST_DIGIT.finditer(text)
    )
