"""Find the pairs of two lists that may be one facility: of large lists those that share a key.

A pair is a candidate where both share a key: a code, a name in whatever writing, a part of a name
within the county, a point nearby. A key that very many share says nothing and brings no pair; a
name that they share brings one for each of them, so that nobody takes them for nameless.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, cycle, islice
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from medgraph.graphmodel.arrays.joins import equi_join, unique_pairs
from medgraph.graphmodel.coordinates import EARTH_RADIUS_KM
from medgraph.queries.reconcile.listed import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.queries.reconcile.listed import Listed

    Pairs = tuple[Positions, Positions]

_ALL_PAIRS = 250_000  # so many are simply all compared
_MOST_OF_A_KEY = 400  # pairs that one key may bring
_END = 3  # letters at the beginning and end of a word
_SIGNS = 3  # of which one may be left out
_NEAR_KM = 1.0
_NEAREST = 6


def candidates(one: Listed, other: Listed) -> Pairs:
    """Return the rows of either list in every candidate pair, each pair once."""
    if len(one) * len(other) <= _ALL_PAIRS:
        return any_pairs(len(one), len(other))
    found = [*_by_keys(one, other), _nearby(one, other)]
    rows, others = (np.concatenate([pair[side] for pair in found]) for side in (0, 1))
    return unique_pairs(rows, others, max(len(one), len(other)))


def any_pairs(size: int, other_size: int) -> Pairs:
    """Return a sample of all pairs, always the same one; of small lists it is all pairs."""
    if size * other_size <= _ALL_PAIRS:
        every = np.arange(size * other_size)
        return every // max(other_size, 1), every % max(other_size, 1)
    draw = np.random.default_rng(0)
    return draw.integers(size, size=_ALL_PAIRS), draw.integers(other_size, size=_ALL_PAIRS)


def _by_keys(one: Listed, other: Listed) -> Iterator[Pairs]:
    for name in one.codes:
        yield _sharing(_codes(one, name), _codes(other, name))
    for keys in (
        *(_names, _stems_in_county, _sounds_in_county),
        *(_signs_in_county, _nameless_in_county, _stems),
    ):
        yield _sharing(keys(one), keys(other))
    for mine, theirs in ((_stems_in_county, _shortened), (_shortened, _stems_in_county)):
        yield _sharing(mine(one), theirs(other))
    for mine, theirs in (
        (_names_in_county, _names_in_county),
        (_names, _placeless),
        (_placeless, _names),
    ):
        yield _each_with_one(mine(one), theirs(other))


def _each_with_one(one: Iterable[tuple[int, str]], other: Iterable[tuple[int, str]]) -> Pairs:
    """A pair for each that shares a key with anybody, however many do."""
    sides: list[dict[str, list[int]]] = [defaultdict(list), defaultdict(list)]
    for side, keys in zip(sides, (one, other), strict=True):
        for row, key in keys:
            side[key].append(row)
    mine, theirs = sides
    found: list[tuple[int, int]] = []
    for key in mine.keys() & theirs.keys():
        longer = max(len(mine[key]), len(theirs[key]))
        found += islice(zip(cycle(mine[key]), cycle(theirs[key]), strict=False), longer)
    pairs = np.array(found, np.int32).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _sharing(one: Iterable[tuple[int, str]], other: Iterable[tuple[int, str]]) -> Pairs:
    """The pairs that share a key; keys of too many pairs are left out."""
    mine, theirs = list(one), list(other)
    left, right = numbered([key for _, key in mine], [key for _, key in theirs])
    size = 1 + max(left.max(initial=0), right.max(initial=0))
    counts = [np.bincount(side, minlength=size) for side in (left, right)]
    few = counts[0] * counts[1] <= _MOST_OF_A_KEY
    rows = [np.array([row for row, _ in side], np.int32) for side in (mine, theirs)]
    kept = [few[side] for side in (left, right)]
    at, there = equi_join(left[kept[0]], right[kept[1]])
    return rows[0][kept[0]][at], rows[1][kept[1]][there]


def _codes(side: Listed, name: str) -> Iterator[tuple[int, str]]:
    return ((row, code) for row, code in enumerate(side.codes[name]) if code)


def _names(side: Listed) -> Iterator[tuple[int, str]]:
    for row, keys in enumerate(zip(side.writings, side.keys, side.other_keys, strict=True)):
        for key in {keys[0], keys[1], *keys[2]} - {""}:
            yield row, key


def _names_in_county(side: Listed) -> Iterator[tuple[int, str]]:
    return ((row, f"{side.counties[row]} {key}") for row, key in _names(side) if side.counties[row])


def _placeless(side: Listed) -> Iterator[tuple[int, str]]:
    """The names of those that state no area: they may lie anywhere."""
    return ((row, key) for row, key in _names(side) if not side.counties[row])


def _stems_in_county(side: Listed) -> Iterator[tuple[int, str]]:
    for row, (parts, county) in enumerate(zip(side.parts, side.counties, strict=True)):
        if parts.stem and county:
            yield row, f"{county} {parts.stem}"


def _sounds_in_county(side: Listed) -> Iterator[tuple[int, str]]:
    for row, county in enumerate(side.counties):
        for sound in {side.sounds[row], side.stem_sounds[row]} - {""}:
            if county:
                yield row, f"{county} {sound}"


def _shortened(side: Listed) -> Iterator[tuple[int, str]]:
    """What Chinese names are called within the county, without one of their signs each time."""
    for row, (parts, county) in enumerate(zip(side.parts, side.counties, strict=True)):
        stem = parts.stem
        if county and len(stem) >= _SIGNS and not stem.isascii():
            for short in {stem[:at] + stem[at + 1 :] for at in range(len(stem))}:
                yield row, f"{county} {short}"


def _signs_in_county(side: Listed) -> Iterator[tuple[int, str]]:
    """Two signs that stand together in what a facility is called, or a word of it."""
    for row, (parts, county) in enumerate(zip(side.parts, side.counties, strict=True)):
        if county:
            for piece in {*pieces(parts.stem), *_ends(parts.stem)}:
                yield row, f"{county} {piece}"


def _ends(stem: str) -> Iterator[str]:
    """How the words of a Latin name begin and end: a slip spoils one of the two."""
    for word in stem.split() if stem.isascii() else ():
        if len(word) > _END:
            yield f"{word[:_END]}-"
            yield f"-{word[-_END:]}"


def _nameless_in_county(side: Listed) -> Iterator[tuple[int, str]]:
    """What is called by number and kind alone here may have its county's name there."""
    for row, (parts, county) in enumerate(zip(side.parts, side.counties, strict=True)):
        if county and parts.kind:
            yield row, f"{county} {parts.number} {parts.kind}"


def _stems(side: Listed) -> Iterator[tuple[int, str]]:
    return ((row, parts.stem) for row, parts in enumerate(side.parts) if parts.stem)


def pieces(stem: str) -> Iterable[str]:
    """Return the pieces of what a facility is called: words, or pairs of signs and single ones.

    >>> list(pieces("park queens")), list(pieces("宁溪"))
    (['park', 'queens'], ['宁溪', '宁', '溪'])
    """
    if stem.isascii():
        return stem.split()
    pairs = (stem[at : at + 2] for at in range(len(stem) - 1))
    return chain(pairs, stem)


def _nearby(one: Listed, other: Listed) -> Pairs:
    """The nearest few within a kilometre."""
    mine, theirs = (np.flatnonzero(~np.isnan(side.lon + side.lat)) for side in (one, other))
    nothing = np.zeros(0, np.int32)
    if not len(mine) or not len(theirs):
        return nothing, nothing
    tree = cKDTree(_on_sphere(other, theirs))
    answer = tree.query(_on_sphere(one, mine), _NEAREST, distance_upper_bound=_NEAR_KM)
    distance, found = (np.asarray(part) for part in answer)
    at, place = np.nonzero(np.isfinite(distance))
    return mine[at].astype(np.int32), theirs[found[at, place]].astype(np.int32)


def _on_sphere(side: Listed, rows: Positions) -> Floats:
    lon, lat = np.radians(side.lon[rows]), np.radians(side.lat[rows])
    level = np.cos(lat)
    return EARTH_RADIUS_KM * np.stack(
        [level * np.cos(lon), level * np.sin(lon), np.sin(lat)], axis=1
    )
