"""Place the nodes of the network map: a circle for each group, beside them what is in none.

The lead is near the middle of its circle, members are around it, their stations outside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Places: TypeAlias = dict[str, tuple[float, float]]
"""The x and y of each node, by its id."""

MEMBER_ROLES = ("hospital", "primary", "other", "class")  # on the rings, in this order
_STEP = 100  # room for one member with its name on a ring
_ON_A_RING = 40
_BETWEEN_RINGS = 90
_BETWEEN_CIRCLES = 60
_ROW = 70  # in the columns beside the circles
_COLUMN = 190
_STATION = 18  # room for a station beside the circles
_FREE = 0.34  # the part of a turn, above and below, in which no spoke runs: the lead stands there
_BESIDE_RANKS = {"lead": 0, "hospital": 1, "primary": 2, "other": 3, "station": 4, "class": 5}
_LAST = 6
_FEW_MEMBERS = 8  # an alliance of so many stands in the band between the circles


@dataclass(frozen=True)
class Outline:
    """Where a group, or a level of the picture, lies: its middle and half its width and height."""

    x: float
    y: float
    wide: float
    high: float

    def moved(self, right: float, down: float) -> Outline:
        """Return the same outline elsewhere."""
        return Outline(self.x + right, self.y + down, self.wide, self.high)

    def drawn_out(self, times: float) -> Outline:
        """Return the outline in a picture that is so many times as high."""
        return Outline(self.x, self.y * times, self.wide, self.high * times)


@dataclass
class Circles:
    """What decides the place of a node: role, group, alliance, and what runs a station.

    `partners` are those that cooperate with groups without being in one.
    Once `placed`, `outlines` are the circles of the groups, and under an empty id what is in none.
    """

    roles: Mapping[str, str]
    owners: Mapping[str, str]
    alliance_members: Mapping[str, list[str]]
    run_by: Mapping[str, str]
    partners: frozenset[str] = frozenset()
    outlines: dict[str, Outline] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._own: dict[str, list[str]] = {}
        for id, owner in self.owners.items():
            if id != owner and id in self.roles:
                self._own.setdefault(owner, []).append(id)

    def placed(self) -> tuple[Places, tuple[float, float]]:
        """Return the place of every node, and how wide and high all of it is."""
        places, right, bottom = self.in_rows()
        rest = [id for id in self.roles if id not in places]
        left = right + 80 if places else 0.0
        beside = self.beside(rest, left, max(bottom, 600.0))
        if beside:
            self.outlines[""] = _outline_of(beside)
        places |= beside
        wide = max((x for x, _ in places.values()), default=0) + 160
        high = max((y for _, y in places.values()), default=0) + 60
        rounded = {id: (round(x, 1), round(y, 1)) for id, (x, y) in places.items()}
        return rounded, (wide, max(high, bottom, 700.0))

    def in_rows(self) -> tuple[Places, float, float]:
        """Return the places in all circles, which are set in rows, and where they end.

        The alliances stand in a band in the middle, so that their lines to the groups are short
        and cross one another as little as may be.
        """
        groups = sorted(id for id, role in self.roles.items() if role == "group")
        circles = [(group, *self.circle(group)) for group in groups]
        per_row = max(1, math.ceil(math.sqrt(len(circles))))
        rows = [circles[start : start + per_row] for start in range(0, len(circles), per_row)]
        band = self.band() if rows else []
        places: Places = {}
        top = right = 0.0
        for number, row in enumerate(rows):
            if number == (len(rows) + 1) // 2 or (number == 0 and len(rows) == 1):
                places, top, right = self._add_row(band, places, top, right, middle=right)
            places, top, right = self._add_row(row, places, top, right)
        return places, right, top

    def _add_row(
        self,
        row: list[tuple[str, Places, float]],
        places: Places,
        top: float,
        right: float,
        *,
        middle: float = 0.0,
    ) -> tuple[Places, float, float]:
        """Return the places with one more row of circles, and where they end."""
        if not row:
            return places, top, right
        high = max(radius for _, _, radius in row)
        room = sum(2 * radius for _, _, radius in row) + _BETWEEN_CIRCLES * (len(row) - 1)
        gap = _BETWEEN_CIRCLES + max(0.0, middle - room) / (len(row) + 1)
        left = gap - _BETWEEN_CIRCLES
        for id, own, radius in row:
            places |= _moved(own, left + radius, top + high)
            if self.roles.get(id) == "group":
                self.outlines[id] = Outline(left + radius, top + high, radius, radius)
            left += 2 * radius + gap
        return places, top + 2 * high + _BETWEEN_CIRCLES, max(right, left - gap)

    def band(self) -> list[tuple[str, Places, float]]:
        """Return each alliance of few members with those drawn with it, as a star, and partners."""
        taken: set[str] = set()
        found = []
        for alliance in sorted(id for id, role in self.roles.items() if role == "alliance"):
            members = [
                id
                for id in sorted(set(self.alliance_members.get(alliance, ())))
                if id in self.roles and id not in self.owners and id not in taken
            ]
            if len(members) > _FEW_MEMBERS:
                continue
            taken.update(members)
            own: Places = {alliance: (0.0, 0.0)}
            for number, id in enumerate(members):
                side = -1 if number % 2 else 1
                own[id] = (side * 130.0, (number // 2 - (len(members) - 1) // 4) * 70.0)
            found.append((alliance, own, 170.0 if members else 90.0))
        alone = sorted(self.partners & self.roles.keys() - self.owners.keys() - taken)
        placed = {id for id, *_ in found}
        return [*found, *((id, {id: (0.0, 0.0)}, 90.0) for id in alone if id not in placed)]

    def circle(self, group: str) -> tuple[Places, float]:
        """Return the places of all that is drawn with a group, around 0, 0, and their radius."""
        own = self.drawn_with(group)
        leads = sorted(id for id in own if self.roles[id] == "lead")
        members = sorted(
            (id for id in own if self.roles[id] in MEMBER_ROLES),
            key=lambda id: (MEMBER_ROLES.index(self.roles[id]), id),
        )
        stations = [id for id in own if self.roles[id] == "station"]
        inner = sorted(set(own) - {*leads, *members, *stations})
        by_member = self.stations_by_member(stations, members)
        places = {group: (0.0, 0.0)} | _in_a_line(leads, _STEP, -88.0) | _in_a_line(inner, 46, 58.0)
        places |= _rings(members, by_member)
        places |= _outside(by_member.get("", []), _radius(places))
        return places, _radius(places) + 60

    def drawn_with(self, group: str) -> list[str]:
        """Return what is drawn with a group, without the group itself."""
        return self._own.get(group, [])

    def stations_by_member(
        self, stations: Iterable[str], members: Iterable[str]
    ) -> dict[str, list[str]]:
        """Return stations by the member that runs them; what nobody runs has an empty id."""
        known = set(members)
        found: dict[str, list[str]] = {}
        for id in sorted(stations):
            above = self.run_by.get(id, "")
            found.setdefault(above if above in known else "", []).append(id)
        return found

    def beside(self, ids: list[str], left: float, high: float) -> Places:
        """Return the places of what belongs to no group, in columns; stations close together.

        Gaps come first, then alliances, each above its members, then facilities, then the rest.
        """
        gaps = [id for id in ids if self.roles[id] == "gap"]
        stations = sorted(id for id in ids if self.roles[id] == "station")
        apart = {*gaps, *stations}
        ordered = dict.fromkeys([*self.alliances_first(ids), *sorted(ids, key=self.beside_rank)])
        others = [id for id in ordered if id not in apart]
        room = [""] if gaps else []  # between gaps and the rest
        rows = max(10, int(high // _ROW))
        places: Places = {}
        column = 0
        for number, id in enumerate([*gaps, *room, *others]):
            column, row = divmod(number, rows)
            if id:
                places[id] = (left + 100 + float(_COLUMN) * column, 30 + float(_ROW) * row)
        if places:
            left += float(_COLUMN) * (column + 1)
        per_column = max(rows * _ROW // _STATION, math.ceil(math.sqrt(len(stations))))
        for number, id in enumerate(stations):
            column, row = divmod(number, per_column)
            places[id] = (left + 60 + _STATION * float(column), 30 + _STATION * float(row))
        return places

    def alliances_first(self, ids: list[str]) -> list[str]:
        """Return the alliances, each with its members that are drawn beside the circles."""
        waiting = set(ids)
        order: list[str] = []
        for alliance in sorted(id for id in ids if self.roles[id] == "alliance"):
            members = sorted(set(self.alliance_members.get(alliance, ())) & waiting)
            order += [alliance, *members]
        return order

    def beside_rank(self, id: str) -> tuple[int, str, str]:
        """Return by what nodes beside the circles are ordered."""
        role = self.roles[id]
        return _BESIDE_RANKS.get(role, _LAST), role, id


def _moved(places: Places, right: float, down: float) -> Places:
    return {id: (right + x, down + y) for id, (x, y) in places.items()}


def _radius(places: Places) -> float:
    return max(math.hypot(x, y) for x, y in places.values())


def _at(angle: float, radius: float) -> tuple[float, float]:
    return radius * math.cos(angle), radius * math.sin(angle)


def _in_a_line(ids: list[str], step: float, y: float) -> Places:
    """Nodes in one line, its middle at 0."""
    middle = (len(ids) - 1) / 2
    return {id: ((number - middle) * step, y) for number, id in enumerate(ids)}


def _outline_of(places: Places) -> Outline:
    """Return what holds all of some places."""
    xs, ys = zip(*places.values(), strict=True)
    wide, high = (max(xs) - min(xs)) / 2, (max(ys) - min(ys)) / 2
    return Outline(min(xs) + wide, min(ys) + high, wide + 80, high + 50)


def _rings(members: list[str], stations: Mapping[str, list[str]]) -> Places:
    """Members on rings around the middle, each with its stations outside.

    Two sides of a ring hold them; above and below the middle, where the lead and the shared
    centres stand, no spoke runs.
    """
    places: Places = {}
    per_ring = min(len(members), _ON_A_RING)
    around = 2 * math.pi * (1 - 2 * _FREE / math.pi)  # of a ring, without its free parts
    radius = float(max(170, round(per_ring * _STEP / around)))
    for start in range(0, len(members), _ON_A_RING):
        ring = members[start : start + _ON_A_RING]
        shift = 0.25 if start else 0.0  # outer rings are set into the gaps of the first
        for number, id in enumerate(ring):
            angle = _spoke((number + 0.5 + shift) / (len(ring) + 2 * shift))
            places[id] = _at(angle, radius)
            places |= _fan(stations.get(id, []), angle, radius, len(ring))
        radius += _BETWEEN_RINGS
    return places


def _spoke(turn: float) -> float:
    """Return the angle of a part of a turn, clockwise from above, the free parts left out."""
    half, within = divmod(2 * turn, 1)
    return -math.pi / 2 + half * math.pi + _FREE + within * (math.pi - 2 * _FREE)


def _fan(stations: list[str], angle: float, radius: float, members: int) -> Places:
    """Stations in rows outside their centre, no wider than its share of the ring."""
    per_row = max(2, int(2 * math.pi * (radius + 60) / max(members, 6) / 17))
    places: Places = {}
    for number, id in enumerate(stations):
        row, column = divmod(number, per_row)
        far = radius + 72 + 17 * row
        inside = min(per_row, len(stations) - row * per_row)
        places[id] = _at(angle + (column - (inside - 1) / 2) * 16 / far, far)
    return places


def _outside(stations: list[str], outer: float) -> Places:
    """Stations that no member runs, on rings around all that is drawn."""
    per_ring = max(1, int(2 * math.pi * (outer + 40) / 18))
    places: Places = {}
    for number, id in enumerate(stations):
        ring, place = divmod(number, per_ring)
        places[id] = _at(2 * math.pi * place / per_ring, outer + 40 + 18 * ring)
    return places
