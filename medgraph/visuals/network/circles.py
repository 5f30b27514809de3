"""Place the nodes of the network map: a circle for each group, beside them what is in none.

The lead is near the middle of its circle, members are around it, their stations outside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
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
_BESIDE_RANKS = {"lead": 0, "hospital": 1, "primary": 2, "other": 3, "station": 4, "class": 5}
_LAST = 6


@dataclass
class Circles:
    """What decides the place of a node: role, group, alliance, and what runs a station."""

    roles: Mapping[str, str]
    owners: Mapping[str, str]
    alliance_members: Mapping[str, list[str]]
    run_by: Mapping[str, str]

    def placed(self) -> tuple[Places, tuple[float, float]]:
        """Return the place of every node, and how wide and high all of it is."""
        places, right, bottom = self.in_rows()
        rest = [id for id in self.roles if id not in places]
        places |= self.beside(rest, right + 80, max(bottom, 600.0))
        wide = max((x for x, _ in places.values()), default=0) + 160
        rounded = {id: (round(x, 1), round(y, 1)) for id, (x, y) in places.items()}
        return rounded, (wide, max(bottom, 700.0))

    def in_rows(self) -> tuple[Places, float, float]:
        """Return the places in all circles, which are set in rows, and where they end."""
        groups = sorted(id for id, role in self.roles.items() if role == "group")
        circles = [self.circle(group) for group in groups]
        per_row = max(1, math.ceil(math.sqrt(len(circles))))
        places: Places = {}
        top = right = 0.0
        for start in range(0, len(circles), per_row):
            row = circles[start : start + per_row]
            high, left = max(radius for _, radius in row), 0.0
            for own, radius in row:
                places |= _moved(own, left + radius, top + high)
                left += 2 * radius + _BETWEEN_CIRCLES
            top, right = top + 2 * high + _BETWEEN_CIRCLES, max(right, left)
        return places, right, top

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
        own = [id for id, owner in self.owners.items() if owner == group]
        return [id for id in own if id != group and id in self.roles]

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
        """Return the places of what belongs to no group, in columns.

        Gaps come first, then alliances, each above its members, then facilities, then the rest.
        """
        gaps = [id for id in ids if self.roles[id] == "gap"]
        ordered = dict.fromkeys([*self.alliances_first(ids), *sorted(ids, key=self.beside_rank)])
        others = [id for id in ordered if self.roles[id] != "gap"]
        room = [""] if gaps else []  # between gaps and the rest
        rows = max(10, int(high // _ROW))
        places: Places = {}
        for number, id in enumerate([*gaps, *room, *others]):
            column, row = divmod(number, rows)
            if id:
                places[id] = (left + 100 + 190.0 * column, 30 + float(_ROW) * row)
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


def _rings(members: list[str], stations: Mapping[str, list[str]]) -> Places:
    """Members on rings around the middle, each with its stations outside."""
    places: Places = {}
    radius = max(170.0, min(len(members), _ON_A_RING) * _STEP / (2 * math.pi))
    for start in range(0, len(members), _ON_A_RING):
        ring = members[start : start + _ON_A_RING]
        shift = 0.5 if start else 0.0  # members of outer rings are set into the gaps of the first
        for number, id in enumerate(ring):
            angle = -math.pi / 2 + 2 * math.pi * (number + shift) / len(ring)
            places[id] = _at(angle, radius)
            places |= _fan(stations.get(id, []), angle, radius, len(ring))
        radius += _BETWEEN_RINGS
    return places


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
