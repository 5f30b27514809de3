"""Choose how a node of the network map looks: its shape by its role, its colour by whose it is."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from medgraph.visuals import style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.visuals.network.network_scene import DrawnNode, NetworkScene


class Shape(NamedTuple):
    """How a role is drawn: the shape in the page, the mark in the drawing, the size."""

    in_page: str
    in_drawing: str
    size: float


SHAPES = {
    "group": Shape("square", "square", 12),
    "alliance": Shape("square", "square", 10),
    "lead": Shape("star", "star", 18),
    "hospital": Shape("square", "square", 10),
    "primary": Shape("dot", "circle", 10),
    "station": Shape("dot", "circle", 4),
    "class": Shape("hexagon", "circle", 8),
    "gap": Shape("dot", "circle", 18),
    "SharedCentre": Shape("triangle", "triangle", 8),
    "Team": Shape("triangleDown", "triangle", 9),
}
OTHER_SHAPE = Shape("diamond", "diamond", 9)
_NEAR = 6  # circles around one


def looks_of(scene: NetworkScene) -> dict[str, style.Look]:
    """Return the look of each value, or of each group where nothing is coloured by value.

    Classes of numbers grow darker. Of many groups no two that stand side by side share a colour.
    """
    if scene.is_scale:
        marks = tuple(style.MARKS)
        return {
            key: style.Look(style.SEQUENCE[number], style.tint(style.SEQUENCE[number]), marks[0])
            for number, key in enumerate(scene.values)
        }
    keys = scene.values or tuple(sorted(scene.owners))
    if len(keys) <= len(style.PALETTE):
        return {key: style.look(number) for number, key in enumerate(keys)}
    colours = _commonest(scene) if scene.values else _apart(keys, scene)
    return {
        key: style.Look(colour, style.tint(colour), "circle") for key, colour in colours.items()
    }


def numbers_of(scene: NetworkScene) -> dict[str, str]:
    """Return the number of each group where there are more groups than colours, else none."""
    groups = sorted(scene.owners)
    if scene.values or len(groups) <= len(style.SHADES):
        return {}
    return {group: str(number) for number, group in enumerate(groups, start=1)}


def legend_of(scene: NetworkScene) -> list[tuple[str, str, str]]:
    """Return what the legend names: the key, its words, its colour."""
    looks = looks_of(scene).items()
    return [(key, scene.owners.get(key, key), look.colour) for key, look in looks]


def _commonest(scene: NetworkScene) -> dict[str, str]:
    """A colour for each value, the commonest of too many; the rest stay grey."""
    if len(scene.values) <= len(style.SHADES):
        return _shades(scene.values)
    count = Counter(node.value for node in scene.nodes if node.value)
    ordered = sorted(scene.values, key=lambda value: (-count[value], value))
    return _shades(ordered[: len(style.SHADES)])


def _shades(keys: Sequence[str]) -> dict[str, str]:
    return dict(zip(keys, style.SHADES, strict=False))


def _apart(groups: Sequence[str], scene: NetworkScene) -> dict[str, str]:
    """A colour for each group that none of its neighbours has, the one used least so far."""
    if len(groups) <= len(style.SHADES):
        return _shades(groups)
    neighbours = _neighbours(
        {node.id: (node.x, node.y) for node in scene.nodes if node.id in scene.owners}
    )
    colours: dict[str, str] = {}
    used: Counter[str] = Counter()
    for group in groups:
        near = {colours[other] for other in neighbours.get(group, ()) if other in colours}
        free = [shade for shade in style.SHADES if shade not in near] or style.SHADES
        colours[group] = min(free, key=lambda shade: used[shade])
        used[colours[group]] += 1
    return colours


def _neighbours(places: Mapping[str, tuple[float, float]]) -> dict[str, set[str]]:
    """The groups whose circles stand nearest to that of each, both ways."""
    found: dict[str, set[str]] = {group: set() for group in places}
    for group, place in places.items():
        others = (other for other in places if other != group)
        for other in heapq.nsmallest(_NEAR, others, key=lambda one: math.dist(place, places[one])):
            found[group].add(other)
            found[other].add(group)
    return found


def colours_of(node: DrawnNode, looks: dict[str, style.Look], *, by_value: bool) -> tuple[str, str]:
    """Return fill and border of a node: red for problems alone."""
    if node.role == "gap":
        return style.PAPER, style.PROBLEM
    look = looks.get(node.value if by_value else node.owner)
    colour = look.colour if look else style.FAINT
    border = style.PROBLEM if node.problem else colour
    if node.role in ("group", "alliance"):
        return look.tint if look else style.PAPER, border
    return style.PAPER if node.role == "class" else colour, border
