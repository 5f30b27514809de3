"""Match names as people write them: one normal form, a few rules, and a stated confidence.

No edit distance: 第一人民医院 and 第二人民医院 differ by one character and are two hospitals.
Either a rule says why two names mean one node, or there is no match; what is merely alike is
suggested (`Names.nearest`), never taken.
"""

from __future__ import annotations

import difflib
import heapq
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from medgraph.graphmodel import codes
from medgraph.words import name_writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pyarrow as pa
    from opencc import OpenCC

# Endings that mean the same kind of facility, longest first.
_ENDINGS = (
    ("社区卫生服务中心", ("社区卫生服务中心", "卫生服务中心", "社卫中心", "社区卫生中心")),
    ("社区卫生服务站", ("社区卫生服务站", "卫生服务站", "社卫站")),
    ("中心卫生院", ("中心卫生院", "中心乡镇卫生院")),
    (
        "妇幼保健院",
        ("妇幼保健计划生育服务中心", "妇幼健康服务中心", "妇幼保健院", "妇幼保健所", "妇保院"),
    ),
    ("疾病预防控制中心", ("疾病预防控制中心", "疾控中心")),
    ("村卫生室", ("村卫生室", "村卫生所", "卫生室", "卫生所")),
    ("人民医院", ("人民医院",)),
    ("中医院", ("中医医院", "中医院")),
)
# How sure each rule is; a rule that comes first wins.
CONFIDENCE = {
    "id": 1.0,
    "code": 1.0,
    "name": 1.0,
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
_BARE_ENDINGS = frozenset(word for word, _ in _ENDINGS)  # such a name says nothing of its place
_SHOWN = 10
_SUGGESTED = 3
_COMPARED = 50  # so many names that share the most characters are compared closely
_TAIL = 4  # a name shorter than this says too little for an area to be put before it


# -- one form of a name --------------------------------------------------------------------------


@lru_cache(maxsize=100_000)
def normal(text: str) -> str:
    """Return a name in normal form: NFKC, simplified, one form of brackets, no blanks or stops.

    >>> normal("臺州市 第一人民醫院（東院）")
    '台州市第一人民医院(东院)'
    """
    simple = unicodedata.normalize("NFKC", text).translate(_SIMPLIFIED)
    folded = simple.translate(name_writing.VARIANT_CHARACTERS).translate(name_writing.BRACKETS)
    return unicodedata.normalize("NFKC", name_writing.STOPS.sub("", folded.casefold()))


class _Simplified(dict[int, str]):
    """The simplified form of a character; each is converted once, when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _simplifier().convert(chr(code))
        return self[code]


_SIMPLIFIED = _Simplified({code: chr(code) for code in range(128)})


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def bare(text: str) -> str:
    """Return the normal form without brackets that do not name a branch.

    >>> bare("台州恩泽医疗中心(集团)恩泽医院"), bare("中心卫生院（分院）")
    ('台州恩泽医疗中心恩泽医院', '中心卫生院(分院)')
    """

    def of_branch(bracket: re.Match[str]) -> str:
        return bracket[0] if name_writing.BRANCH.search(bracket[1]) else ""

    return re.sub(r"\(([^()]*)\)", of_branch, normal(text))


def ending(text: str) -> str:
    """Return the bare form with its ending written in one way.

    >>> ending("新前街道社卫中心")
    '新前街道社区卫生服务中心'
    """
    name = bare(text)
    for word, endings in _ENDINGS:
        for written in endings:
            if name.endswith(written):
                return name[: -len(written)] + word
    return name


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

    @classmethod
    def of_table(cls, nodes: pa.Table) -> Names:
        """Return the names of a node table; of its columns only `id` must be there."""
        names = cls()
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
        for how in _RULES:
            if CONFIDENCE[how] < at_least:
                break
            named = self._named(how, text)
            fitting = [place for place in named if not kinds or self._kinds[place] in kinds]
            if elsewhere is None and named and not fitting:
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

    def described(self, ids: Iterable[str]) -> str:
        """Return the nodes as one list of names with ids, of many only the first ten."""
        distinct = list(dict.fromkeys(ids))
        name_of = self._name_of
        shown = [
            name_writing.NAME_AND_ID.format(name=name_of.get(id) or id, id=id)
            for id in distinct[:_SHOWN]
        ]
        return name_writing.LIST_SEPARATOR.join(shown) + ("…" if distinct[_SHOWN:] else "")

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
        shared = ((_shared(signs, self._written(place)), -place) for place in self._of_kinds(kinds))
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
        holding = [set(self._book("sign").get(sign, ())) for sign in signs]
        if not holding:
            return []
        places = sorted(set.intersection(*holding))
        return [place for place in places if _may_abbreviate(short, bare(self.names[place]))]

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
        key = _RULES[how](text)
        return self._book(how).get(key, ()) if key else ()

    def _book(self, how: str) -> dict[str, list[int]]:
        """The book of a rule, in which all nodes are entered."""
        book = self._books.setdefault(how, _Book({}))
        keys_of = _ENTRIES[how]
        for place in range(book.entered, len(self.ids)):
            for key in keys_of(self, place):
                _enter(book.places, key, place)
        book.entered = len(self.ids)
        return book.places

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
        for place in self._book("area").get(name[-_TAIL:], ()):
            if any(_differ_by_area(name, ending(other)) for other in self._written(place)):
                found.append(place)
        return found

    @property
    def _name_of(self) -> dict[str, str]:
        return dict(zip(self.ids, self.names, strict=True))


@dataclass
class _Book:
    """The places of the nodes by key, and how many nodes are entered."""

    places: dict[str, list[int]]
    entered: int = 0


def _same(text: str) -> str:
    return text


def _code(text: str) -> str:
    return codes.padded(text.upper())


# What a rule looks up of a text, in the order of the rules.
_RULES: dict[str, Callable[[str], str]] = {
    "id": _same,
    "code": _code,
    "name": _same,
    "writing": normal,
    "alias": normal,
    "brackets": bare,
    "ending": ending,
    "area": ending,
}


def _codes_of(names: Names, place: int) -> Iterable[str]:
    if names._kinds[place] == "Area" and names.ids[place]:
        yield codes.padded(names.ids[place])
    for text in names._codes[place]:
        yield text.upper()


# What each book has of a node.
_ENTRIES: dict[str, Callable[[Names, int], Iterable[str]]] = {
    "id": lambda names, place: [names.ids[place]],
    "code": _codes_of,
    "name": lambda names, place: [names.names[place]],
    "writing": lambda names, place: [normal(names.names[place])],
    "alias": lambda names, place: map(normal, names._others[place]),
    "brackets": lambda names, place: [bare(names.names[place])],
    "ending": lambda names, place: map(ending, names._written(place)),
    "area": lambda names, place: [ending(one)[-_TAIL:] for one in names._written(place)],
    "sign": lambda names, place: set(bare(names.names[place])),
}


def _enter(places: dict[str, list[int]], key: str, place: int) -> None:
    if not key:
        return
    held = places.setdefault(key, [])
    if not held or held[-1] != place:
        held.append(place)


def _texts_by_row(*columns: list[str | None]) -> list[tuple[str, ...]]:
    """The texts of each row, those of a list (`a|b`) one by one."""
    rows: list[tuple[str, ...]] = []
    for texts in zip(*columns, strict=True):
        parts = [part for text in texts if text for part in text.split("|")]
        rows.append(tuple(part for part in parts if part))
    return rows


def _differ_by_area(one: str, other: str) -> bool:
    """Whether the longer name is the shorter, which itself names a place, with areas before it."""
    short, long = sorted((one, other), key=len)
    before = long[: -len(short)] if short and long.endswith(short) else ""
    if len(short) < _TAIL or not before or short in _BARE_ENDINGS:
        return False
    return name_writing.AREAS_BEFORE.fullmatch(before) is not None


def _shared(signs: set[str], names: Iterable[str]) -> float:
    """How much of their signs a text and the nearest of these names share (Dice)."""
    best = 0.0
    for name in names:
        common = len(signs.intersection(name))
        best = max(best, 2 * common / (len(signs) + len(name)) if common else 0.0)
    return best


def _may_abbreviate(short: str, full: str) -> bool:
    """Whether `full` is `short` with signs put in, or a hospital of the same number."""
    if short == full:
        return False
    return _same_number(short, full) or _left_out(short, full)


def _same_number(short: str, full: str) -> bool:
    one = name_writing.NUMBERED_HOSPITAL.match(short)
    other = name_writing.NUMBERED_HOSPITAL.match(full)
    if one is None or other is None:
        return False
    return one[2] == other[2] and full.startswith(one[1][:1])


def _left_out(short: str, full: str) -> bool:
    """Whether `short` is `full` with signs left out before the last one."""
    if len(short) >= len(full) or len(short) < 2 or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(sign in rest for sign in short)
