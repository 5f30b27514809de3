"""Lay out the levels of the network map: province, city, county, group, members.

A small network is one block of circles. A large one is a block for each county, the counties of a
city stand together, and so do the cities; every node keeps its place whatever is open or closed.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from medgraph.graphmodel.areas import ABOVE_COUNTY
from medgraph.graphmodel.codes import DIGITS
from medgraph.visuals.network.circles import Circles, Outline, Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ONE_BLOCK = 400  # nodes that are drawn in one block, all levels open
_APART = {"county": 260.0, "city": 300.0, "province": 800.0}
_SCREEN = 1.5  # what a picture has on a screen, beside its panel: how many times as wide as high
_TALLEST = 1.35


@dataclass(frozen=True)
class Level:
    """One level that can be closed to a single node: what it is, where it lies, what holds it.

    `id` is that of a group, or the digits of an area; `parent` is the number of the level that
    holds it, -1 for none. `kind` is province, city, county, group, or beside: what is in no group.
    """

    id: str
    kind: str
    parent: int
    outline: Outline


@dataclass
class Layout:
    """The place of every node, the levels, and the number of the level that holds each node."""

    places: Places = field(default_factory=dict)
    levels: list[Level] = field(default_factory=list)
    inside: dict[str, int] = field(default_factory=dict)
    size: tuple[float, float] = (1400.0, 900.0)


@dataclass
class _Block:
    """A part of the picture that is laid out by itself: places, and levels numbered within it."""

    places: Places
    levels: list[Level]
    inside: dict[str, int]
    size: tuple[float, float]


@dataclass(frozen=True)
class Drawn:
    """What decides the layout: as of `Circles`, and the county (six digits) of each node."""

    roles: Mapping[str, str]
    owners: Mapping[str, str]
    alliance_members: Mapping[str, list[str]]
    run_by: Mapping[str, str]
    counties: Mapping[str, str]
    partners: frozenset[str] = frozenset()

    def laid_out(self) -> Layout:
        """Return the layout of all: one block, or blocks by county."""
        county = self._county_of_each() if len(self.roles) > ONE_BLOCK else {}
        if len(set(county.values())) < 2:
            block = self._block(self.roles, beside=len(self.roles) > ONE_BLOCK)
            block = _drawn_out(block)
            return Layout(block.places, block.levels, block.inside, block.size)
        held: dict[str, list[str]] = {}
        for id in self.roles:
            held.setdefault(county.get(id, ""), []).append(id)
        blocks = {code: self._block(ids, beside=True) for code, ids in _last_without(held)}
        levels = {code: _as_level(code, "county", [block]) for code, block in blocks.items()}
        for kind in reversed(ABOVE_COUNTY):
            levels = _joined_by(kind, levels)
        whole = _together(list(levels.values()), _APART["city"])
        return Layout(whole.places, whole.levels, whole.inside, whole.size)

    def _county_of_each(self) -> dict[str, str]:
        """The county in which each node is drawn: that of its group, which most members are in."""
        votes: dict[str, Counter[str]] = {}
        for id, owner in self.owners.items():
            if self.counties.get(id):
                weight = 10**6 if id == owner else 1
                votes.setdefault(owner, Counter())[self.counties[id]] += weight
        of_group = {
            owner: min(found, key=lambda code: (-found[code], code))
            for owner, found in votes.items()
        }
        return {
            id: of_group.get(self.owners.get(id, ""), self.counties.get(id, ""))
            for id in self.roles
        }

    def _block(self, ids: Iterable[str], *, beside: bool) -> _Block:
        """Some of the nodes in circles; with `beside` what is in no group is a level, too."""
        roles = {id: self.roles[id] for id in ids}
        owners = {id: self.owners[id] for id in roles if self.owners.get(id) in roles}
        circles = Circles(roles, owners, self.alliance_members, self.run_by, self.partners)
        places, size = circles.placed()
        levels: list[Level] = []
        numbers: dict[str, int] = {}
        for id, outline in circles.outlines.items():
            if id or beside:
                numbers[id] = len(levels)
                levels.append(Level(id, "group" if id else "beside", -1, outline))
        inside = {id: numbers.get(owners.get(id, ""), -1) for id in roles}
        if not beside:
            inside = {id: number if id in owners else -1 for id, number in inside.items()}
        return _Block(places, levels, inside, size)


def _drawn_out(block: _Block) -> _Block:
    """A block wider than a screen, drawn out in height as far as circles look like circles."""
    wide, high = block.size
    times = min(_TALLEST, wide / high / _SCREEN)
    if times <= 1:
        return block
    places = {id: (x, round(y * times, 1)) for id, (x, y) in block.places.items()}
    levels = [replace(level, outline=level.outline.drawn_out(times)) for level in block.levels]
    return _Block(places, levels, block.inside, (wide, high * times))


def _last_without(held: Mapping[str, list[str]]) -> list[tuple[str, list[str]]]:
    """The nodes by county, those of no county last."""
    return sorted(held.items(), key=lambda item: (not item[0], item[0]))


def _joined_by(kind: str, blocks: Mapping[str, _Block]) -> dict[str, _Block]:
    """The blocks by the beginning of their codes; a level of one block alone adds none."""
    held: dict[str, list[_Block]] = {}
    for code, block in blocks.items():
        held.setdefault(code[: DIGITS[kind]], []).append(block)
    if len(held.keys() - {""}) < 2:
        return dict(blocks)
    return {code: _as_level(code, kind, some) for code, some in held.items()}


def _as_level(code: str, kind: str, blocks: Sequence[_Block]) -> _Block:
    """Some blocks as one, with a level around them; what has no code has none."""
    block = blocks[0] if len(blocks) == 1 else _together(blocks, _APART[kind])
    if not code:
        return block
    wide, high = block.size
    margin = _APART["county"] / 2
    around = Level(
        code, kind, -1, Outline(wide / 2, high / 2, wide / 2 + margin, high / 2 + margin)
    )
    levels = [
        around,
        *(
            Level(one.id, one.kind, one.parent + 1 if one.parent >= 0 else 0, one.outline)
            for one in block.levels
        ),
    ]
    inside = {id: number + 1 for id, number in block.inside.items()}
    return _Block(block.places, levels, inside, block.size)


def _together(blocks: Sequence[_Block], gap: float) -> _Block:
    """Blocks in rows, about twice as wide as high."""
    area = sum((wide + gap) * (high + gap) for wide, high in (one.size for one in blocks))
    room = max(math.sqrt(area * 2.2), *(one.size[0] for one in blocks), 1.0)
    whole = _Block({}, [], {}, (0.0, 0.0))
    left = top = row_high = widest = 0.0
    for block in blocks:
        wide, high = block.size
        if left and left + wide > room:
            left, top, row_high = 0.0, top + row_high + gap, 0.0
        _add(whole, block, left, top)
        row_high, left = max(row_high, high), left + wide + gap
        widest = max(widest, left - gap)
    whole.size = widest, top + row_high
    return whole


def _add(whole: _Block, block: _Block, right: float, down: float) -> None:
    """Take a block into another one, at its place."""
    first = len(whole.levels)
    for id, (x, y) in block.places.items():
        whole.places[id] = (round(x + right, 1), round(y + down, 1))
    for one in block.levels:
        parent = one.parent + first if one.parent >= 0 else -1
        whole.levels.append(Level(one.id, one.kind, parent, one.outline.moved(right, down)))
    for id, number in block.inside.items():
        whole.inside[id] = number + first if number >= 0 else -1
