"""Choose how a node of the network map looks: its shape by its role, its colour by whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medgraph.visuals import style

if TYPE_CHECKING:
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


def looks_of(scene: NetworkScene) -> dict[str, style.Look]:
    """Return the look of each value, or of each group where nothing is coloured by value.

    Classes of numbers grow darker.
    """
    if scene.is_scale:
        marks = tuple(style.MARKS)
        return {
            key: style.Look(style.SEQUENCE[number], style.tint(style.SEQUENCE[number]), marks[0])
            for number, key in enumerate(scene.values)
        }
    keys = scene.values or tuple(sorted(scene.owners))
    return {key: style.look(number) for number, key in enumerate(keys)}


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
