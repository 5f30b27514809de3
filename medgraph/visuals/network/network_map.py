"""Draw the network to be clicked: leads in the middle, members around them, relations by layer.

pyvis builds the data of nodes and edges; the page is our own template with vis-network inlined,
because pyvis' templates fetch from the network and let names become code (see CONTRIBUTING).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from medgraph.graphmodel.canonical import frame
from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.figure_day import figure_day
from medgraph.visuals.headings import heading, state_label
from medgraph.visuals.network.network_scene import (
    LAYER_COLOURS,
    LAYERS,
    SHOWN_AT_FIRST,
    DrawnNode,
    NetworkScene,
    network_scene,
)
from medgraph.visuals.page import pages
from medgraph.words.joining import title_without_ends
from medgraph.words.languages import LANGUAGES
from medgraph.words.pinyin import pinyin
from medgraph.words.say import language, say, speaking
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork


class Shape(NamedTuple):
    """How a role is drawn: the shape in the page, the mark in the drawing, the size."""

    in_page: str
    in_drawing: str
    size: float


SHAPES = {
    "group": Shape("box", "square", 22),
    "alliance": Shape("box", "square", 18),
    "lead": Shape("star", "star", 18),
    "hospital": Shape("square", "square", 10),
    "primary": Shape("dot", "circle", 10),
    "station": Shape("dot", "circle", 4),
    "class": Shape("hexagon", "circle", 8),
    "gap": Shape("dot", "circle", 18),
    "SharedCentre": Shape("triangle", "triangle", 8),
    "Team": Shape("triangleDown", "triangle", 9),
}
_OTHER = Shape("diamond", "diamond", 9)
# column -> the vocabularies whose words it holds
_VOCABULARIES = {
    "kind": ("kind",),
    "type": ("facility_type", "group_type", "centre_type", "team_type", "area_kind"),
    "level": ("level", "area_level"),
    "specialty": ("specialty",),
    "specialties": ("specialty",),
} | {name: (name,) for name in ("status", "admin_level", "ownership", "basis")}
_FILLED_IN_THE_PAGE = {name: f"{{{name}}}" for name in ("shown", "total", "links", "all", "count")}
_PAGE_WORDS = (
    "search",
    "groups",
    "layers",
    "only_problems",
    "fit",
    "png",
    "svg",
    "print",
    "problems",
    "record",
    "links",
    "none",
    "shown",
    "other",
    "locate",
    "name",
    "fault",
    "language",
    "close",
    "skip",
    "to_areas",
    "sketch",
    "values",
)


def network_map(
    net: MedicalNetwork,
    *,
    color_by: pd.Series | None = None,
    problems: Mapping[str, str] | None = None,
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw every node that is no area, and every link between them, as one page that works offline.

    The page can be searched and clicked; layers and groups are switched on and off in it. Positions
    are computed here, not by forces.

    Parameters
    ----------
    net
        The network.
    color_by
        A word by node id. One that names a problem (gap, FAIL, ungrouped, ...) marks the node in
        red; any other gives the colour instead of the group.
    problems
        What is wrong, in words, by node id; an area among them is drawn as a node of its own.
    as_of
        The day of the picture; the data day of the network by default.
    lang
        Language in which the page opens, `zh` or `en`; that of now by default.

    Returns
    -------
    Figure
        Its `counts` are the nodes drawn (`shown`) of `all`, the `links` drawn between them,
        `links_to_areas` (counted, not drawn), and how many nodes are `problems`.

    Raises
    ------
    TooLargeError
        Beyond 5,000 nodes: draw areas instead (`tile_map`), or a part of the network.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.visuals.network_map(mg.samples.taizhou()).counts["problems"]
    0
    """
    with speaking(lang or language()):
        day = net.day(as_of)
        scene = network_scene(
            net, color_by, dict({} if problems is None else problems), day, language()
        )
        title = title_without_ends(say("network_map_title", title=scene.title))
        counts = {
            "shown": len(scene.nodes),
            "all": len(scene.nodes),
            "links": len(scene.links),
            "links_to_areas": scene.to_areas,
            "problems": sum(bool(node.problem) for node in scene.nodes),
        }
        page = _page(net.as_of(day), scene, title)
        return Figure(title, counts, svg=_drawing(scene, title), page=page, lang=language())


# -- looks -------------------------------------------------------------------------------------


def _looks(scene: NetworkScene) -> dict[str, style.Look]:
    keys = scene.values or tuple(sorted(scene.owners))
    return {key: style.look(i) for i, key in enumerate(keys)}


def _colours(node: DrawnNode, looks: dict[str, style.Look], *, by_value: bool) -> tuple[str, str]:
    """Fill and border of a node: red for problems alone."""
    if node.role == "gap":
        return style.PAPER, style.PROBLEM
    look = looks.get(node.value if by_value else node.owner)
    colour = look.colour if look else style.FAINT
    border = style.PROBLEM if node.problem else colour
    if node.role in ("group", "alliance"):
        return look.tint if look else style.PAPER, border
    return style.PAPER if node.role == "class" else colour, border


# -- the page ----------------------------------------------------------------------------------


def _page(net: MedicalNetwork, scene: NetworkScene, title: str) -> str:
    """The whole page, with the data that its script draws."""
    data = pages.trusted(_json(_data(net, scene, title)))
    return pages.render("network", title=title, lang=language(), data=data)


def _json(value: Any) -> str:
    """JSON that cannot end its script element: no `<`, `>`, `&`, no line separators."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _data(net: MedicalNetwork, scene: NetworkScene, title: str) -> dict[str, Any]:
    graph = _graph(net, scene)
    words = {}
    for lang in LANGUAGES:  # the page can be read in each
        with speaking(lang):
            words[lang] = _words(graph, scene)
    return {
        "title": title,
        "lang": language(),
        "tags": {code: row.tag for code, row in LANGUAGES.items()},
        "day": scene.day.isoformat(),
        "stamps": scene.stamps,
        "facts": scene.facts,
        "nodes": graph.nodes,
        "edges": graph.edges,
        "words": words,
        "layers": [
            {"id": layer, "colour": LAYER_COLOURS[layer], "on": layer in SHOWN_AT_FIRST}
            for layer in LAYERS
        ],
        "legend": [
            {"id": key, "label": scene.owners.get(key, key), "colour": look.colour}
            for key, look in _looks(scene).items()
        ],
        "byValue": bool(scene.values),
        "toAreas": scene.to_areas,
    }


def _graph(net: MedicalNetwork, scene: NetworkScene) -> Any:
    """Nodes and edges as pyvis holds them; it is given texts alone, and never draws."""
    from pyvis.edge import Edge
    from pyvis.network import Network

    graph = Network(directed=True)
    looks, by_value = _looks(scene), bool(scene.values)
    records = _node_records(net, [node.id for node in scene.nodes])
    spelled = pinyin([node.name for node in scene.nodes])
    for node, record, sound in zip(scene.nodes, records, spelled, strict=True):
        fill, border = _colours(node, looks, by_value=by_value)
        shape = SHAPES.get(node.role, _OTHER)
        graph.add_node(
            node.id,
            label=_label(node) or " ",
            shape=shape.in_page,
            size=shape.size,
            x=node.x,
            y=node.y,
            kind=node.kind,
            role=node.role,
            owner=node.value if by_value else node.owner,
            problem=state_label(node.problem) if node.problem else "",
            standing=node.standing,
            layer=node.layer,
            name=node.name,
            search=f"{node.name} {node.label} {node.id} {sound}".lower(),
            record=record,
            color={"background": fill, "border": border},
            borderWidth=3 if node.problem else 1.5,
        )
    records = _link_records(net, [link.row for link in scene.links])
    for number, (link, record) in enumerate(zip(scene.links, records, strict=True)):
        more = {"relation": link.relation, "layer": link.layer, "turn": link.turn}
        edge = Edge(link.source, link.target, True, id=f"e{number}", **more, record=record)
        graph.edges.append(edge.options)  # add_edge would look through all edges each time
    return graph


def _label(node: DrawnNode) -> str:
    """The label of a node, as wide as the room between two nodes of a ring, or in two lines."""
    if node.role == "station":
        return ""
    if node.role in ("group", "alliance", "lead"):
        return style.fitted(node.label, 1, 16 if node.role == "group" else 9)
    if not node.owner:  # in the columns beside the circles
        return style.fitted(node.label, 1, 8.5)
    return "\n".join(filter(None, style.in_two_lines(node.label, 1, 4.8)))


def _node_records(net: MedicalNetwork, ids: list[str]) -> list[dict[str, str]]:
    """The full record of each node as texts, without what is empty."""
    rows = net.index.table.take(net.index.positions(ids)).to_pylist()
    return [_record(row, without=("tile_x", "tile_y")) for row in rows]


def _link_records(net: MedicalNetwork, rows: list[int]) -> list[dict[str, str]]:
    """The full record of each link as texts, without its ends; days without the time of day."""
    links = frame(net.tables[1]).astype(object)
    details = links.where(links.notna(), None).to_dict("records")
    ends = ("source", "target", "relation", "id")
    return [_record(details[row], without=ends) for row in rows]


def _record(row: Mapping[Any, Any], *, without: tuple[str, ...]) -> dict[str, str]:
    """A row as texts, without what is empty."""
    stated = {key: str(value) for key, value in row.items() if value is not None}
    return {
        key: text[:10] if key in ("valid_from", "valid_to") else text
        for key, text in stated.items()
        if key not in without
    }


def _words(graph: Any, scene: NetworkScene) -> dict[str, Any]:
    """Every word of the page in the language of now."""
    lang = language()
    records = [one["record"] for one in (*graph.nodes, *graph.edges)]
    columns = sorted({column for record in records for column in record})
    relations = sorted({link.relation for link in scene.links})
    return {
        "ui": {key: say(f"network.{key}", **_FILLED_IN_THE_PAGE) for key in _PAGE_WORDS},
        "layers": {layer: say(f"layer.{layer}") for layer in LAYERS},
        "relations": {word: label("relation", word, lang) for word in relations},
        "columns": {column: heading(column) for column in columns},
        "values": {column: _labels(names) for column, names in _VOCABULARIES.items()},
    }


def _labels(vocabularies: Iterable[str]) -> dict[str, str]:
    """The labels of all words of these vocabularies in the language of now."""
    return {
        word: label(name, word, language()) for name in vocabularies for word in VOCABULARIES[name]
    }


# -- the same as a drawing -----------------------------------------------------------------------


def _drawing(scene: NetworkScene, title: str) -> str:
    """The layers that are shown at first, as SVG, for print and for Word."""
    at = {node.id: node for node in scene.nodes if not node.layer}
    looks, by_value = _looks(scene), bool(scene.values)
    lines = [
        _line(at[link.source], at[link.target], LAYER_COLOURS[link.layer])
        for link in scene.links
        if link.layer in SHOWN_AT_FIRST and link.source in at and link.target in at
    ]
    marks = [_mark(node, *_colours(node, looks, by_value=by_value)) for node in at.values()]
    wide, high = scene.size
    shown = say("shown_of", shown=len(at), total=len(scene.nodes), unit=say("network.nodes"))
    day = figure_day(scene.day, scene.data_day)
    words = " · ".join([day, *scene.stamps, say("sketch"), shown])
    paper = svg.rect(0, 0, wide, high + 100, fill=style.PAPER)
    head = svg.text(20, 34, title, size=24, weight="bold")
    facts = svg.text(20, 60, words, size=15, fill=style.SOFT_INK)
    body = svg.element("g", "".join(lines + marks), transform="translate(0 80)")
    return svg.document(wide, high + 100, title, paper + head + facts + body)


def _line(start: DrawnNode, end: DrawnNode, colour: str) -> str:
    ends = {"x1": start.x, "y1": start.y, "x2": end.x, "y2": end.y}
    return svg.element("line", **ends, stroke=colour, stroke_width=1, stroke_opacity=0.45)


def _mark(node: DrawnNode, fill: str, border: str) -> str:
    ink = style.PROBLEM if node.problem else style.INK
    if node.role in ("group", "alliance"):
        return _box(node, fill, border, ink)
    shape = SHAPES.get(node.role, _OTHER)
    look = {"fill": fill, "stroke": border, "stroke_width": 3 / shape.size}
    drawn = svg.mark(shape.in_drawing, node.x, node.y, shape.size, **look)
    if node.role == "station":
        return drawn
    return drawn + svg.text(
        node.x,
        node.y + shape.size + 14,
        style.fitted(node.label, 14, 98),
        size=14,
        anchor="middle",
        fill=ink,
        stroke=style.PAPER,
        stroke_width=3,
        paint_order="stroke",
    )


def _box(node: DrawnNode, fill: str, border: str, ink: str) -> str:
    """A group or alliance: its name in a box as wide as the name."""
    words = style.fitted(node.label, 15, 260)
    room = style.width(words, 15) + 20
    look = {"rx": 5, "fill": fill, "stroke": border, "stroke_width": 2}
    frame = svg.rect(node.x - room / 2, node.y - 15, room, 30, **look)
    return frame + svg.text(
        node.x, node.y + 5.5, words, size=15, anchor="middle", weight="bold", fill=ink
    )
