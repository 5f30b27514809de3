"""Match names as people write them: one normal form, a few rules, and a stated confidence.

No edit distance: 第一人民医院 and 第二人民医院 differ by one character and are two hospitals.
Either a rule says why two names mean one node, or there is no match; what is merely alike is
suggested (`Names.nearest`), never taken.
"""

from __future__ import annotations

import difflib
import heapq
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import codes
from medgraph.graphmodel.made_ids import titled
from medgraph.graphmodel.name_forms import (
    TAIL,
    bare,
    differ_by_area,
    ending,
    may_abbreviate,
    normal,
    normal_of_all,
    shared_signs,
)
from medgraph.words import name_writing
from medgraph.words.invisible import visible
from medgraph.words.joining import bracketed, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Entries = Iterable[tuple[str, int]]

__all__ = ["ANY", "CERTAIN", "CONFIDENCE", "STATED", "Match", "Names", "bare", "ending", "normal"]

# How sure each rule is; a rule that comes first wins.
CONFIDENCE = {
    "id": 1.0,
    "code": 1.0,
    "name": 1.0,
    "id_writing": 0.98,
    "writing": 0.98,
    "alias": 0.95,
    "brackets": 0.9,
    "ending": 0.85,
    "area": 0.8,
    "ambiguous": 0.0,
    "none": 0.0,
}
STATED = CONFIDENCE["alias"]  # what a table states: an id, a code, a name, in whatever writing
CERTAIN = CONFIDENCE["ending"]  # the same name, written in full or short
ANY = CONFIDENCE["area"]

COLUMNS = ("id", "name", "kind", "area", "uscc", "institution_code", "short_name", "aliases")
_SHOWN = 10
_SUGGESTED = 3
_COMPARED = 50  # so many names that share the most characters are compared closely


# -- what a text means ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Match:
    """What `text` means: found (`id`), several (`candidates`), or none.

    `how` is the rule that decided, `confidence` how sure it is, from 0 to 1. `elsewhere` is a node
    of a kind that was not asked for, which the text names while none of those asked for fits.
    """

    text: str
    id: str | None
    confidence: float
    how: str
    candidates: tuple[str, ...] = ()
    elsewhere: str | None = None


class Names:
    """The ids, codes and names of nodes, ready to be matched; more nodes can be added.

    A book (key -> places of the nodes that have it) is written when its rule is first needed.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.names: list[str] = []
        self._others: list[tuple[str, ...]] = []
        self._codes: list[tuple[str, ...]] = []
        self._kinds: list[str | None] = []
        self._areas: list[str | None] = []
        self._books: dict[str, _Book] = {}
        self._holding: dict[str, set[int]] = {}
        self._signed = 0

    @classmethod
    def of_table(cls, nodes: pa.Table) -> Names:
        """Return the names of a node table; of its columns only `id` must be there.

        A row without an id is left out: nothing can mean it.
        """
        names = cls()
        nodes = nodes.select([column for column in COLUMNS if column in nodes.column_names])
        nodes = nodes.filter(pc.greater(pc.utf8_length(nodes["id"].cast(pa.string())), 0))
        nothing: list[str | None] = [None] * len(nodes)

        def column(name: str) -> list[str | None]:
            return nodes[name].to_pylist() if name in nodes.column_names else nothing

        names.ids = nodes["id"].to_pylist()
        names.names = [name or "" for name in column("name")]
        names._kinds = column("kind")
        names._areas = column("area")
        names._codes = _texts_by_row(column("uscc"), column("institution_code"))
        names._others = _texts_by_row(column("short_name"), column("aliases"))
        return names

    def add(
        self,
        id: str,
        name: str,
        *,
        others: Iterable[str] = (),
        kind: str | None = None,
        area: str | None = None,
    ) -> None:
        """Enter one more node; `others` are its short names and aliases, `area` is a code."""
        self.ids.append(id)
        self.names.append(name)
        self._others.append(tuple(others))
        self._codes.append(())
        self._kinds.append(kind)
        self._areas.append(area)

    def __len__(self) -> int:
        return len(self.ids)

    def match(
        self, text: str, *, kinds: Sequence[str] = (), county: str = "", at_least: float = ANY
    ) -> Match:
        """Return what `text` means by the first rule that fits; several nodes at once are no match.

        Parameters
        ----------
        text
            What somebody wrote.
        kinds
            The kinds of node that may be meant; empty for all.
        county
            Six digits. Of several nodes those in the county are meant; a short name or alias
            means none of another county.
        at_least
            The confidence that a rule must have.

        Examples
        --------
        >>> names = Names()
        >>> names.add("F1", "甲镇卫生院", others=["甲院"])
        >>> names.match("甲院").id, names.match("甲鎮 衛生院").how, names.match("乙院").id
        ('F1', 'writing', None)
        """
        text = str(text)
        elsewhere: int | None = None
        if not self.ids:
            return Match(text, None, CONFIDENCE["none"], "none")
        for how in _rules_of(at_least):
            named = self._named(how, text)
            if not named:
                continue
            fitting = [place for place in named if not kinds or self._kinds[place] in kinds]
            if elsewhere is None and not fitting:
                elsewhere = named[0]
            if county:
                fitting = self._in_county(fitting, county, how, text)
            if fitting:
                return self._settled(text, how, fitting)
        other = None if elsewhere is None else self.ids[elsewhere]
        return Match(text, None, CONFIDENCE["none"], "none", elsewhere=other)

    def match_all(self, texts: Iterable[str], *, at_least: float = ANY) -> dict[str, Match]:
        """Return the match of every different text."""
        return {text: self.match(text, at_least=at_least) for text in dict.fromkeys(texts)}

    def may_be_named(self, texts: Sequence[str], *, at_least: float = ANY) -> set[str]:
        """Return those of many texts that `match` may find something for: for all others not.

        >>> names = Names()
        >>> names.add("F1", "甲镇卫生院")
        >>> names.may_be_named(["甲鎮衛生院", "乙院"])
        {'甲鎮衛生院'}
        """
        distinct = list(dict.fromkeys(texts))
        found: set[str] = set()
        for how in _rules_of(at_least):
            book = self._book(how)
            if not book:
                continue
            keys = _keys(how, distinct)
            found.update(text for text, key in zip(distinct, keys, strict=True) if key in book)
        return found

    def described(self, ids: Iterable[str]) -> str:
        """Return the nodes as one list of names with ids, of many only the first ten."""
        distinct = list(dict.fromkeys(ids))
        name_of = self._name_of
        shown = [_described(name_of.get(id) or id, id) for id in distinct[:_SHOWN]]
        return listed(shown) + ("…" if distinct[_SHOWN:] else "")

    # -- suggestions -----------------------------------------------------------------------------

    def nearest(
        self, text: str, *, kinds: Sequence[str] = (), count: int = _SUGGESTED
    ) -> tuple[str, ...]:
        """Return the ids of the nodes whose names are most like `text`, for a person to choose.

        Names that `text` may abbreviate come first, then those that share most with it.

        >>> names = Names()
        >>> names.add("F1", "甲县第一人民医院")
        >>> names.add("F2", "甲县第二人民医院")
        >>> names.add("F3", "乙镇卫生院")
        >>> names.nearest("甲县二院")
        ('F2', 'F1', 'F3')
        """
        wanted = normal(text)
        signs = set(wanted)
        shared = (
            (shared_signs(signs, self._written(place)), -place) for place in self._of_kinds(kinds)
        )
        close = [-place for part, place in heapq.nlargest(_COMPARED, shared) if part]
        close.sort(key=lambda place: (-self._likeness(wanted, place), place))
        abbreviated = [
            place for place in self._abbreviated(text) if not kinds or self._kinds[place] in kinds
        ]
        return tuple(dict.fromkeys(self.ids[place] for place in (*abbreviated, *close)))[:count]

    def abbreviated(self, text: str) -> tuple[str, ...]:
        """Return the ids whose full name `text` may abbreviate: 二院 for 第二人民医院."""
        return tuple(self.ids[place] for place in self._abbreviated(text))

    def _abbreviated(self, text: str) -> list[int]:
        short = bare(text)
        numbered = name_writing.NUMBERED_HOSPITAL.match(short)
        signs = set(numbered[2] if numbered else short)
        if not signs:
            return []
        book = self._signs()
        # The rarest first: a search costs what shares its rarest sign, not all names.
        holding = sorted((book.get(sign, set()) for sign in signs), key=len)
        places = sorted(set.intersection(*holding))
        return [place for place in places if may_abbreviate(short, bare(self.names[place]))]

    def _of_kinds(self, kinds: Sequence[str]) -> Iterable[int]:
        places = range(len(self.ids))
        return (place for place in places if self._kinds[place] in kinds) if kinds else places

    def _written(self, place: int) -> tuple[str, ...]:
        return (self.names[place], *self._others[place])

    def _likeness(self, wanted: str, place: int) -> float:
        alike = difflib.SequenceMatcher(None, wanted)
        ratios = []
        for written in self._written(place):
            alike.set_seq2(normal(written))
            ratios.append(alike.ratio())
        return max(ratios)

    # -- one rule --------------------------------------------------------------------------------

    def _named(self, how: str, text: str) -> Sequence[int]:
        """The places of the nodes that `text` names by this rule."""
        if how == "area":
            return self._by_area(ending(text))
        book = self._book(how)
        key = _RULES[how](text) if book else ""
        return book.get(key, ()) if key else ()

    def _book(self, how: str) -> dict[str, tuple[int] | list[int]]:
        """The book of a rule, in which all nodes are entered."""
        book = self._books.get(how)
        if book is None:
            book = self._books[how] = _Book({})
        if book.entered < len(self.ids):
            _enter(book.places, _ENTRIES[how](self, range(book.entered, len(self.ids))))
            book.entered = len(self.ids)
        return book.places

    def _signs(self) -> dict[str, set[int]]:
        """The places of the names that hold a sign, in which all nodes are entered."""
        for place in range(self._signed, len(self.ids)):
            for sign in set(bare(self.names[place])):
                self._holding.setdefault(sign, set()).add(place)
        self._signed = len(self.ids)
        return self._holding

    def _in_county(self, places: list[int], county: str, how: str, text: str) -> list[int]:
        """Those in the county, else those of no known county and those whose full name it is."""
        counties = {place: self._county(place) for place in places}
        inside = [place for place in places if counties[place] == county]
        if inside:
            return inside
        return [
            place for place in places if not counties[place] or self._is_full_name(how, text, place)
        ]

    def _is_full_name(self, how: str, text: str, place: int) -> bool:
        if how == "ending":
            return ending(text) == ending(self.names[place])
        return how != "alias"

    def _county(self, place: int) -> str:
        is_area = self._kinds[place] == "Area"
        return codes.county(self.ids[place] if is_area else self._areas[place])

    def _settled(self, text: str, how: str, places: list[int]) -> Match:
        ids = tuple(dict.fromkeys(self.ids[place] for place in places))
        if len(ids) == 1:
            return Match(text, ids[0], CONFIDENCE[how], how)
        return Match(text, None, CONFIDENCE["ambiguous"], "ambiguous", ids)

    def _by_area(self, name: str) -> list[int]:
        """Places of names that differ by areas before them: 新桥镇卫生院, 路桥区新桥镇卫生院."""
        found: list[int] = []
        for place in self._book("area").get(name[-TAIL:], ()):
            if any(differ_by_area(name, ending(other)) for other in self._written(place)):
                found.append(place)
        return found

    @property
    def _name_of(self) -> dict[str, str]:
        return dict(zip(self.ids, self.names, strict=True))


@dataclass
class _Book:
    """The places of the nodes by key, and how many nodes are entered."""

    places: dict[str, tuple[int] | list[int]]
    entered: int = 0


def _same(text: str) -> str:
    return text


def _plain(text: str) -> str:
    """An id as it is typed by whoever does not look closely: ｃ１ for C1."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", visible(text))
    plain = plain.strip().casefold()
    return text if plain == text else plain


def _code(text: str) -> str:
    return codes.padded(text.upper())


# What a rule looks up of a text, in the order of the rules.
_RULES: dict[str, Callable[[str], str]] = {
    "id": _same,
    "code": _code,
    "name": _same,
    "id_writing": _plain,
    "writing": normal,
    "alias": normal,
    "brackets": bare,
    "ending": ending,
    "area": ending,
}


def _keys(how: str, texts: Sequence[str]) -> Iterable[str]:
    """What a rule looks up of each of many texts."""
    if _RULES[how] is normal:
        return normal_of_all(texts)
    if how == "area":
        return (ending(text)[-TAIL:] for text in texts)
    return map(_RULES[how], texts)


@cache
def _rules_of(at_least: float) -> tuple[str, ...]:
    """The rules that are at least so sure."""
    return tuple(how for how in _RULES if CONFIDENCE[how] >= at_least)


def _entries_by_id(names: Names, places: range) -> Entries:
    return zip(names.ids[places.start :], places, strict=True)


def _entries_by_plain_id(names: Names, places: range) -> Entries:
    return ((_plain(names.ids[place] or ""), place) for place in places)


def _entries_by_code(names: Names, places: range) -> Entries:
    for place in places:
        if names._kinds[place] == "Area" and names.ids[place]:
            yield codes.padded(names.ids[place]), place
        for text in names._codes[place]:
            yield text.upper(), place


def _entries_by_name(names: Names, places: range) -> Entries:
    return zip(names.names[places.start :], places, strict=True)


def _entries_by_writing(names: Names, places: range) -> Entries:
    return zip(normal_of_all(names.names[places.start :]), places, strict=True)


def _entries_by_alias(names: Names, places: range) -> Entries:
    for place in places:
        for other in names._others[place]:
            yield normal(other), place


def _entries_without_brackets(names: Names, places: range) -> Entries:
    return zip(map(bare, names.names[places.start :]), places, strict=True)


def _entries_by_ending(names: Names, places: range) -> Entries:
    for place in places:
        for written in names._written(place):
            yield ending(written), place


def _entries_by_tail(names: Names, places: range) -> Entries:
    for place in places:
        for written in names._written(place):
            yield ending(written)[-TAIL:], place


# What each book has of the nodes.
_ENTRIES: dict[str, Callable[[Names, range], Entries]] = {
    "id": _entries_by_id,
    "code": _entries_by_code,
    "name": _entries_by_name,
    "id_writing": _entries_by_plain_id,
    "writing": _entries_by_writing,
    "alias": _entries_by_alias,
    "brackets": _entries_without_brackets,
    "ending": _entries_by_ending,
    "area": _entries_by_tail,
}


def _enter(book: dict[str, tuple[int] | list[int]], entries: Entries) -> None:
    """Enter the places by key; most keys have one, and a tuple of one takes half of a list."""
    for key, place in entries:
        if not key:
            continue
        there = book.setdefault(key, (place,))
        if there[-1] == place:
            continue
        if isinstance(there, tuple):
            book[key] = [*there, place]
        else:
            there.append(place)


def _texts_by_row(*columns: list[str | None]) -> list[tuple[str, ...]]:
    """The texts of each row, those of a list (`a|b`) one by one."""
    filled = [column for column in columns if any(column)]
    if not filled:
        return [()] * len(columns[0])
    rows: list[tuple[str, ...]] = []
    for texts in zip(*filled, strict=True):
        parts = [part for text in texts if text for part in text.split("|")]
        rows.append(tuple(part for part in parts if part))
    return rows


def _described(name: str, id: str) -> str:
    """A node among others that are called so, too."""
    is_made = titled(name, id) is not None
    return id if is_made else bracketed(name, id)
