"""Compare the rows of candidate pairs, field by field: each comparison is one of a few levels.

Names and places are one field each, however much is known of them, so that nothing counts twice.
A level of -1 is what one list does not say; it weighs nothing.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from medgraph.graphmodel.coordinates import EARTH_RADIUS_KM
from medgraph.graphmodel.name_parts import NameParts
from medgraph.queries.reconcile.candidates import pieces
from medgraph.queries.reconcile.listed import Listed, numbered
from medgraph.queries.reconcile.rarity import name_rarity
from medgraph.words import name_comparing as words
from medgraph.words.nearness import slips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.queries.reconcile.candidates import Pairs

UNKNOWN = -1


class Name(IntEnum):
    """How two names agree, the surest first."""

    SAME = 0  # the same signs
    WRITTEN = 1  # the same parts, however written
    OTHER = 2  # a second name, alias or short name of either
    KIND = 3  # one leaves out its kind, or is of a kind that the other goes over to
    SOUND = 4  # sounds the same, or a letter is amiss
    SIGN = 5  # one leaves out a sign of three or more: 刘家湾, 刘湾
    SHORT = 6  # one leaves out a part of what it is called, or all of it
    ALIKE = 7  # much the same
    DIFFERENT = 8
    AGAINST = 9  # the same but for a number, a branch, a kind: two facilities


class Distance(IntEnum):
    """How far apart two points are."""

    POINT = 0  # within 300 m
    NEAR = 1  # within 1.5 km
    AROUND = 2  # within 5 km
    FAR = 3


class Town(IntEnum):
    """How two townships agree, where points are not known."""

    SAME = 0
    COUNTY = 1
    ELSEWHERE = 2


class County(IntEnum):
    """How two counties agree, or two areas of another country, where no more is known."""

    SAME = 0
    CITY = 1
    ELSEWHERE = 2


class Kind(IntEnum):
    """How two stated types agree."""

    SAME = 0
    DIFFERENT = 1


class Code(IntEnum):
    """How stated codes agree."""

    SAME = 0
    SHARED = 1  # the same, which others have too
    DIFFERENT = 2


class Address(IntEnum):
    """How two addresses agree."""

    SAME = 0
    ALIKE = 1
    DIFFERENT = 2


LEVELS = {
    "name": Name,
    "distance": Distance,
    "town": Town,
    "county": County,
    "type": Kind,
    "code": Code,
    "address": Address,
}
FIELDS = tuple(LEVELS)
_POINT_KM, _NEAR_KM, _AROUND_KM = 0.3, 1.5, 5.0
_SLIP, _HALF = 0.3, 0.5
_SIGNS = 3  # of which one may be left out
_LONG = 10  # a text of so many letters may have two slips
_AT_ONCE = 500_000
_CITY_DIGITS, _COUNTY_DIGITS, _TOWN_DIGITS = 4, 6, 9


class Comparison:
    """The levels of every field for each pair.

    `km` is how far apart points are, NaN where that is unknown; `rarity` is how likely a facility
    is called as the first of the pair by chance, as a logarithm.
    """

    def __init__(self, one: Listed, other: Listed, pairs: Pairs) -> None:
        self.pairs = pairs
        self.km = _distance(one, other, pairs)
        self.rarity = name_rarity(one, other)[pairs[0]]
        self.levels: dict[str, Positions] = {
            "name": _names(one, other, pairs),
            **_places(one, other, pairs, self.km),
            "type": _types(one, other, pairs),
            "code": _codes(one, other, pairs),
            "address": _addresses(one, other, pairs),
        }

    def __len__(self) -> int:
        return len(self.pairs[0])

    @property
    def namesakes(self) -> Mask:
        """The pairs that are called the same, or nearly, and that no place keeps apart."""
        levels = self.levels
        called_so = (levels["name"] != UNKNOWN) & (levels["name"] <= Name.SOUND)
        is_near = levels["distance"] <= Distance.AROUND
        is_here = (levels["town"] <= Town.SAME) & (levels["county"] <= County.SAME)
        found: Mask = called_so & is_near & is_here
        return found

    def only(self, places: Positions) -> Comparison:
        """Return the comparison of some of the pairs."""
        kept = object.__new__(Comparison)
        kept.pairs = self.pairs[0][places], self.pairs[1][places]
        kept.km, kept.rarity = self.km[places], self.rarity[places]
        kept.levels = {field: levels[places] for field, levels in self.levels.items()}
        return kept


# -- names ---------------------------------------------------------------------------------------


def _names(one: Listed, other: Listed, pairs: Pairs) -> Positions:
    rows, others = pairs
    writing = numbered(one.writings, other.writings)
    key = numbered(one.keys, other.keys)
    level = np.full(len(rows), Name.DIFFERENT, np.int8)
    parts = _Parts(one, other, pairs)
    level[parts.alike] = Name.ALIKE
    level[parts.is_short & parts.agree] = Name.SHORT
    level[parts.lacks_a_sign & parts.agree] = Name.SIGN
    level[parts.sounds & parts.agree] = Name.SOUND
    level[parts.same_stem & parts.agree] = Name.KIND
    level[parts.near & parts.against] = Name.AGAINST
    sounds_whole = _equal_sounds(one.sounds, other.sounds, pairs)
    level[sounds_whole & parts.same_branch] = Name.SOUND
    level[_share_a_name(one, other, pairs)] = Name.OTHER
    level[(key[0][rows] == key[1][others]) & (key[0][rows] >= 0)] = Name.WRITTEN
    level[writing[0][rows] == writing[1][others]] = Name.SAME
    level[parts.named_apart & (level < Name.DIFFERENT)] = Name.AGAINST
    # a Chinese name says nothing of an English one
    level[(level == Name.DIFFERENT) & _in_other_signs(one, other, pairs)] = UNKNOWN
    return level


def _in_other_signs(one: Listed, other: Listed, pairs: Pairs) -> Mask:
    """One name is in Chinese signs, the other in Latin letters."""
    chinese = [
        np.array([bool(words.CHINESE.search(name)) for name in side.names], bool)
        for side in (one, other)
    ]
    found: Mask = chinese[0][pairs[0]] != chinese[1][pairs[1]]
    return found


class _Parts:
    """What the parts of both names have to do with each other, a mask over the pairs each."""

    def __init__(self, one: Listed, other: Listed, pairs: Pairs) -> None:
        rows, others = pairs
        ids = {name: _part(one, other, name) for name in NameParts._fields}
        mine = {name: columns[0][rows] for name, columns in ids.items()}
        theirs = {name: columns[1][others] for name, columns in ids.items()}
        same = {name: mine[name] == theirs[name] for name in ids}
        relation = _kind_relations(one, other, ids["kind"])[mine["kind"], theirs["kind"]]
        likeness = _likeness(one, other, pairs)
        both = (mine["stem"] >= 0) & (theirs["stem"] >= 0)
        neither = (mine["stem"] < 0) & (theirs["stem"] < 0)
        same_stem = same["stem"] & both
        plausible = both & ~same_stem & (likeness > 0)
        slipped = _slipped(one, other, pairs, plausible & (likeness >= _SLIP))
        self.sounds = _equal_sounds(one.stem_sounds, other.stem_sounds, pairs) | slipped
        self.lacks_a_sign = _lacks_a_sign(one, other, pairs, plausible & (likeness >= _SLIP))
        contained = _contained(one, other, pairs, plausible)
        one_is_nameless = ~both & ~neither & (relation == _SAME_KIND)
        # number and branch are the same, and so may be the kind
        self.agree = same["number"] & same["branch"] & (relation >= _MAY_BE)
        self.same_stem, self.same_branch = same_stem, same["branch"]
        self.is_short = contained | one_is_nameless
        self.near = same_stem | neither | self.sounds
        self.against = ~same["number"] | ~same["branch"] | (relation == _NOT)
        self.alike = both & ((likeness >= _HALF) | (same_stem & (relation == _OTHER_WORDS)))
        self.named_apart = _named_apart(mine, theirs)


def _part(one: Listed, other: Listed, name: str) -> list[Positions]:
    return numbered(*([getattr(parts, name) for parts in side.parts] for side in (one, other)))


def _named_apart(mine: dict[str, Positions], theirs: dict[str, Positions]) -> Mask:
    """Both names put a place before them, and not the same one."""
    apart = np.zeros(len(mine["city"]), bool)
    for name in ("city", "county"):
        apart |= (mine[name] >= 0) & (theirs[name] >= 0) & (mine[name] != theirs[name])
    return apart


# What two kinds have to do with each other.
_NOT, _OTHER_WORDS, _MAY_BE, _SAME_KIND = -1, 0, 1, 2


def _kind_relations(one: Listed, other: Listed, kinds: list[Positions]) -> NDArray[np.int8]:
    """A table of what every two kinds have to do with each other; the last is that of no kind."""
    names: dict[int, str] = {}
    for side, column in zip((one, other), kinds, strict=True):
        names.update(zip(column.tolist(), (parts.kind for parts in side.parts), strict=True))
    size = max(names, default=-1) + 2
    table = np.full((size, size), _MAY_BE, np.int8)
    for (mine, kind), (theirs, their_kind) in product(names.items(), repeat=2):
        table[mine, theirs] = _relation(kind, their_kind)
    return table


@cache
def _relation(kind: str, other: str) -> int:
    """The same, may be the same, or not; Latin words of kinds that differ say little."""
    if kind == other:
        return _SAME_KIND
    if not kind or not other or frozenset((kind, other)) in words.RELATED_KINDS:
        return _MAY_BE
    if kind.isascii() and other.isascii():
        mine, theirs = {*kind.split()}, {*other.split()}
        return _MAY_BE if mine <= theirs or theirs <= mine else _OTHER_WORDS
    return _NOT


def _share_a_name(one: Listed, other: Listed, pairs: Pairs) -> Mask:
    """A further name of either is a name of the other."""
    rows, others = pairs
    if not any(one.other_keys) and not any(other.other_keys):
        return np.zeros(len(rows), bool)
    has = [np.array([bool(keys) for keys in side.other_keys], bool) for side in (one, other)]
    found = np.zeros(len(rows), bool)
    for at in np.flatnonzero(has[0][rows] | has[1][others]):
        row, there = rows[at], others[at]
        mine = {one.keys[row], *one.other_keys[row]} - {""}
        found[at] = not mine.isdisjoint((other.keys[there], *other.other_keys[there]))
    return found


def _likeness(one: Listed, other: Listed, pairs: Pairs) -> Floats:
    """How much the pieces of both stems have in common (Dice), from 0 to 1."""
    stems = [[parts.stem for parts in side.parts] for side in (one, other)]
    known: dict[str, int] = {}
    matrices, sizes = [], []
    for side in stems:
        row, column = [], []
        for number, stem in enumerate(side):
            for piece in set(_signs(stem)):
                row.append(number)
                column.append(known.setdefault(piece, len(known)))
        matrices.append((row, column, len(side)))
    tables = [
        sparse.csr_matrix(
            (np.ones(len(row), np.float32), (row, column)), (size, max(len(known), 1))
        )
        for row, column, size in matrices
    ]
    sizes = [np.asarray(table.sum(axis=1)).ravel() for table in tables]
    found = np.zeros(len(pairs[0]))
    for begin in range(0, len(found), _AT_ONCE):
        rows, others = (side[begin : begin + _AT_ONCE] for side in pairs)
        common = np.asarray(tables[0][rows].multiply(tables[1][others]).sum(axis=1)).ravel()
        found[begin : begin + _AT_ONCE] = (
            2 * common / np.maximum(sizes[0][rows] + sizes[1][others], 1)
        )
    return found


def _signs(stem: str) -> Sequence[str]:
    """The pieces by which stems are alike: signs and pairs of them, three letters of a word."""
    if not stem.isascii():
        return list(pieces(stem))
    text = f" {stem} "
    return [text[at : at + 3] for at in range(len(text) - 2)] if stem else []


def _equal_sounds(mine: list[str], theirs: list[str], pairs: Pairs) -> Mask:
    """Chinese texts that are spelt the same in pinyin: 金清, 金青."""
    columns = numbered(mine, theirs)
    left, right = columns[0][pairs[0]], columns[1][pairs[1]]
    alike: Mask = (left == right) & (left >= 0)
    return alike


def _slipped(one: Listed, other: Listed, pairs: Pairs, where: Mask) -> Mask:
    """Latin stems that differ by a slip; one Chinese sign makes another place: 上王, 下王."""
    found = np.zeros(len(pairs[0]), bool)
    for at in np.flatnonzero(where):
        mine, theirs = one.parts[pairs[0][at]].stem, other.parts[pairs[1][at]].stem
        if mine.isascii() and theirs.isascii():
            most = 1 if len(mine) < _LONG else 2
            found[at] = slips(mine, theirs, most) <= most
    return found


def _lacks_a_sign(one: Listed, other: Listed, pairs: Pairs, where: Mask) -> Mask:
    """Chinese stems of which one has a sign more, and three at least."""
    found = np.zeros(len(pairs[0]), bool)
    mine, theirs = ([parts.stem for parts in side.parts] for side in (one, other))
    lengths = [np.array([len(stem) for stem in side], np.int32) for side in (mine, theirs)]
    left, right = lengths[0][pairs[0]], lengths[1][pairs[1]]
    is_one_more = (np.abs(left - right) == 1) & (np.maximum(left, right) >= _SIGNS)
    for at in np.flatnonzero(where & is_one_more):
        found[at] = bool(sign_left_out(mine[pairs[0][at]], theirs[pairs[1][at]]))
    return found


def sign_left_out(one: str, other: str) -> str:
    """Return the one sign that one of two Chinese texts has more than the other; empty if none.

    >>> sign_left_out("刘家湾", "刘湾"), sign_left_out("王", "上王"), sign_left_out("刘湾", "王")
    ('家', '上', '')
    """
    short, long = sorted((one, other), key=len)
    if len(long) != len(short) + 1 or long.isascii():
        return ""
    at = next((at for at, sign in enumerate(short) if sign != long[at]), len(short))
    return long[at] if long[at + 1 :] == short[at:] else ""


def _contained(one: Listed, other: Listed, pairs: Pairs, where: Mask) -> Mask:
    """One stem ends the other, or has fewer of its words: 台州恩泽, 恩泽."""
    rows, others = pairs
    found = np.zeros(len(rows), bool)
    mine, theirs = ([parts.stem for parts in side.parts] for side in (one, other))
    lengths = [np.array([len(stem) for stem in side], np.int32) for side in (mine, theirs)]
    shorter = np.minimum(lengths[0][rows], lengths[1][others])
    for at in np.flatnonzero(where & (shorter >= 2) & (lengths[0][rows] != lengths[1][others])):
        short, long = sorted((mine[rows[at]], theirs[others[at]]), key=len)
        if short.isascii():
            found[at] = set(short.split()) < set(long.split())
        else:
            found[at] = long.endswith(short)
    return found


# -- places --------------------------------------------------------------------------------------


def _distance(one: Listed, other: Listed, pairs: Pairs) -> Floats:
    rows, others = pairs
    lon = [np.radians(one.lon[rows]), np.radians(other.lon[others])]
    lat = [np.radians(one.lat[rows]), np.radians(other.lat[others])]
    across = np.sin((lat[1] - lat[0]) / 2) ** 2
    along = np.sin((lon[1] - lon[0]) / 2) ** 2
    haversine = across + np.cos(lat[0]) * np.cos(lat[1]) * along
    km: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(haversine, 0, 1)))
    return km


def _places(one: Listed, other: Listed, pairs: Pairs, km: Floats) -> dict[str, Positions]:
    """The finest of distance, township and county that both lists say; the others are unknown."""
    sides = (one, other)
    town = _same_of(pairs, *([_town(area) for area in side.areas] for side in sides))
    county = _same_of(pairs, *(side.counties for side in sides))
    city = _same_of(pairs, *([_city(code) for code in side.counties] for side in sides))
    has_point, has_town, has_county = ~np.isnan(km), town[1], county[1]
    steps = [_POINT_KM, _NEAR_KM, _AROUND_KM]
    distance = np.where(has_point, np.searchsorted(steps, km), UNKNOWN)
    in_town = np.select([town[0], county[0]], [Town.SAME, Town.COUNTY], Town.ELSEWHERE)
    in_county = np.select([county[0], city[0]], [County.SAME, County.CITY], County.ELSEWHERE)
    by_town = ~has_point & has_town
    by_county = ~has_point & ~has_town & has_county
    return {
        "distance": distance.astype(np.int8),
        "town": np.where(by_town, in_town, UNKNOWN).astype(np.int8),
        "county": np.where(by_county, in_county, UNKNOWN).astype(np.int8),
    }


def _same_of(pairs: Pairs, mine: Sequence[str], theirs: Sequence[str]) -> tuple[Mask, Mask]:
    """Whether the texts of both rows are the same, and whether both are there."""
    columns = numbered(mine, theirs)
    left, right = columns[0][pairs[0]], columns[1][pairs[1]]
    known = (left >= 0) & (right >= 0)
    return known & (left == right), known


def _city(county: str) -> str:
    return county[:_CITY_DIGITS] if county.isdigit() else county


def _town(code: str) -> str:
    """The township of a code of China; empty where it names none."""
    if not code.isdigit() or not code[_COUNTY_DIGITS:_TOWN_DIGITS].strip("0"):
        return ""
    return code[:_TOWN_DIGITS]


# -- the rest ------------------------------------------------------------------------------------


def _types(one: Listed, other: Listed, pairs: Pairs) -> Positions:
    return _equal(one.types, other.types, pairs, Kind.SAME, Kind.DIFFERENT)


def _equal(
    mine: Sequence[str], theirs: Sequence[str], pairs: Pairs, same: int, different: int
) -> Positions:
    columns = numbered(mine, theirs)
    left, right = columns[0][pairs[0]], columns[1][pairs[1]]
    level = np.where(left == right, same, different).astype(np.int8)
    level[(left < 0) | (right < 0)] = UNKNOWN
    return level


def _codes(one: Listed, other: Listed, pairs: Pairs) -> Positions:
    """One code that is the same is enough; a code that others have too is that of a parent."""
    rows, others = pairs
    level = np.full(len(rows), UNKNOWN, np.int8)
    for name in one.codes:
        columns = numbered(one.codes[name], other.codes[name])
        left, right = columns[0][rows], columns[1][others]
        known = (left >= 0) & (right >= 0)
        level[known & (level == UNKNOWN)] = Code.DIFFERENT
        same = known & (left == right)
        size = 1 + max(columns[0].max(initial=0), columns[1].max(initial=0))
        counts = [np.bincount(column[column >= 0], minlength=size) for column in columns]
        shared = (counts[0] > 1) | (counts[1] > 1)
        level[same & (level != Code.SAME)] = Code.SHARED
        level[same & ~shared[np.maximum(left, 0)]] = Code.SAME
    return level


def _addresses(one: Listed, other: Listed, pairs: Pairs) -> Positions:
    rows, others = pairs
    level = _equal(one.addresses, other.addresses, pairs, Address.SAME, Address.DIFFERENT)
    post = _equal(one.postcodes, other.postcodes, pairs, Address.SAME, Address.DIFFERENT)
    for at in np.flatnonzero(level == Address.DIFFERENT):
        level[at] = _address_level(one.addresses[rows[at]], other.addresses[others[at]])
    agrees = (post == Address.SAME) & (level != Address.SAME)
    level[agrees] = np.where(level[agrees] == UNKNOWN, Address.ALIKE, level[agrees])
    level[(level == UNKNOWN) & (post == Address.DIFFERENT)] = Address.DIFFERENT
    return level


def _address_level(one: str, other: str) -> int:
    """The same but for the areas before it; the same street with another number is another."""
    mine, theirs = (words.ADDRESS_AREAS.sub("", text) or text for text in (one, other))
    if mine == theirs:
        return Address.SAME
    numbers = [words.HOUSE_NUMBER.findall(text) for text in (mine, theirs)]
    streets = [words.HOUSE_NUMBER.sub("", text) for text in (mine, theirs)]
    short, long = sorted(streets, key=len)
    if numbers[0] == numbers[1] and short and short in long:
        return Address.SAME
    is_silent = not numbers[0] or not numbers[1]
    return Address.ALIKE if is_silent and short and short in long else Address.DIFFERENT
