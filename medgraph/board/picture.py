"""Describe what the board draws: tiles, groups and their facilities, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.day import Day
from medgraph.visuals.headings import type_label
from medgraph.visuals.node_names import short_names
from medgraph.visuals.style import look
from medgraph.visuals.tiles.tile_scene import TileScene, tile_scene
from medgraph.words.say import language

if TYPE_CHECKING:
    from medgraph.queries.comparison.asked import Asked


def picture(asked: Asked) -> dict[str, Any]:
    """Return the tiles with their states, the groups with their looks, and all facilities."""
    scene = scene_of(asked)
    day = Day(asked.net, asked.day)
    return {
        "title": scene.title,
        "day": scene.day.isoformat(),
        "data_day": scene.data_day.isoformat() if scene.data_day else None,
        "stamps": list(scene.stamps),
        "register": scene.register,
        "counties": scene.counties,
        "groups": _groups(scene),
        "tiles": _tiles(scene),
        "facilities": _facilities(day),
        "ends": asked.net.kept.once(("ends", asked.day), lambda: _ends(day)),
    }


def scene_of(asked: Asked) -> TileScene:
    """Return the scene of the tile map, coloured by who is served."""
    status = asked.ask("coverage.served").status
    return tile_scene(asked.net, status, asked.day, language())


def _groups(scene: TileScene) -> list[dict[str, Any]]:
    found = []
    for number, group in enumerate(scene.groups):
        drawn = look(number)
        found.append(
            {
                "id": group.id,
                "name": group.name,
                "leads": list(group.leads),
                "areas": group.areas,
                "facilities": group.facilities,
                "colour": drawn.colour,
                "tint": drawn.tint,
                "mark": drawn.mark,
            }
        )
    return found


def _tiles(scene: TileScene) -> list[dict[str, Any]]:
    return [
        {
            "id": tile.id,
            "name": tile.name,
            "short": tile.short_name,
            "county": tile.county,
            "x": tile.x,
            "y": tile.y,
            "state": tile.state,
            "groups": list(dict.fromkeys(tile.groups)),
            "leads": list(tile.leads),
            "villages": list(tile.villages),
        }
        for tile in scene.tiles
    ]


def _facilities(day: Day) -> list[dict[str, Any]]:
    """Every named facility of the day, with its group, its areas and whether it leads."""
    plain = day.index.facts_on(day.date).once(("plain", language()), lambda: _plain(day))
    groups = _by_facility(day, *day.group_memberships[:2])
    areas = _by_facility(day, *day.services)
    leading = set(day.leads.facility.tolist())
    return [
        {
            **one,
            "groups": groups.get(position, []),
            "areas": areas.get(position, []),
            "leads": position in leading,
        }
        for position, one in plain.items()
    ]


def _plain(day: Day) -> dict[int, dict[str, str]]:
    """What the facilities state themselves, by position: no link changes it."""
    positions = np.flatnonzero(day.facility.possible & day.exists)
    ids, named = day.ids(positions), day.names(positions)
    called = short_names(day.net, ids, language())
    types = day.index.take("type", positions).to_pylist()
    statuses = day.index.take("status", positions).to_pylist()
    rows = zip(positions.tolist(), ids, named, types, statuses, strict=True)
    return {
        position: {
            "id": id,
            "name": name,
            "short": called[id],
            "type": type_label(type_) if type_ else "",
            "status": status or "open",
        }
        for position, id, name, type_, status in rows
    }


def _ends(day: Day) -> list[dict[str, str]]:
    """Every node of the day that a link may lead to, with its kind."""
    positions = np.flatnonzero(day.exists)
    kinds = day.index.take("kind", positions).to_pylist()
    rows = zip(day.ids(positions), day.names(positions), kinds, strict=True)
    return [{"id": id, "name": name, "kind": kind} for id, name, kind in rows]


def _by_facility(day: Day, facilities: Any, others: Any) -> dict[int, list[str]]:
    """The others of each facility, each once, in their order."""
    found: dict[int, dict[str, None]] = {}
    for facility, other in zip(facilities.tolist(), day.ids(others), strict=True):
        found.setdefault(facility, {})[other] = None
    return {facility: list(mine) for facility, mine in found.items()}
