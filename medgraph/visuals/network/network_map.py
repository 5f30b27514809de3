"""Draw the network to be clicked: leads in the middle, members around them, every layer of relations.

pyvis builds the data of nodes and edges; the page is our own template with vis-network inlined, because
pyvis' templates fetch from the network and let names become code (see CONTRIBUTING).
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from medgraph.errors import TooLargeError
from medgraph.graphmodel.canonical import frame
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals import style, svg
from medgraph.visuals.figure import Figure
from medgraph.visuals.headings import heading, state_label
from medgraph.visuals.network.network_scene import (
    LAYER_COLOURS,
    LAYERS,
    SHOWN_AT_FIRST,
    NetworkScene,
    Node,
    network_scene,
)
from medgraph.visuals.page import pages
from medgraph.words.say import language, say, speaking
from medgraph.words.vocabularies import RELATIONS, VOCABULARIES

LIMIT = 5000

# role -> shape of vis-network, shape of our own SVG, size
SHAPES = {
    "group": ("box", "square", 22),
    "alliance": ("box", "square", 18),
    "lead": ("star", "star", 18),
    "hospital": ("square", "square", 10),
    "primary": ("dot", "circle", 10),
    "station": ("dot", "circle", 4),
    "class": ("hexagon", "circle", 8),
    "gap": ("dot", "circle", 18),
    "SharedCentre": ("triangle", "triangle", 8),
    "Team": ("triangleDown", "triangle", 9),
}
_OTHER = ("diamond", "diamond", 9)
_VOCABULARIES = {
    "kind": ("kind",),
    "type": ("facility_type", "group_type", "centre_type", "team_type", "area_kind"),
    "level": ("level", "area_level"),
    "specialty": ("specialty",),
    "specialties": ("specialty",),
} | {name: (name,) for name in ("status", "admin_level", "ownership", "basis")}
_FILLED_IN_THE_PAGE = {name: f"{{{name}}}" for name in ("shown", "total", "links", "all", "count")}


def network_map(
    net: MedicalNetwork,
    *,
    color_by: pd.Series | None = None,
    problems: Mapping[str, str] | None = None,
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw every node that is no area, and every link between them, as one page that works offline.

    `color_by` holds a word by node id: one that names a problem (gap, FAIL, ungrouped, ...) marks the node
    in red, any other word gives the colour instead of the group. `problems` holds what is wrong in words
    by node id; an area among them is drawn as a node of its own. Positions are computed here, not by
    forces. Counts: nodes and links drawn, of all that hold on the day; links to areas are counted apart.
    Raise TooLargeError beyond 5,000 nodes: draw areas instead (`tile_map`), or one area.
    """
    with speaking(lang or language()):
        day = net.day(as_of)
        scene = network_scene(
            net, color_by, dict({} if problems is None else problems), day, language()
        )
        if len(scene.nodes) > LIMIT:
            raise TooLargeError(
                say("network_too_large_to_draw", nodes=len(scene.nodes), limit=LIMIT)
            )
        title = say("network_map_title", title=scene.title).strip(" :：")
        counts = {
            "shown": len(scene.nodes),
            "all": len(scene.nodes),
            "links": len(scene.links),
            "links_to_areas": scene.to_areas,
            "problems": sum(bool(node.problem) for node in scene.nodes),
        }
        return Figure(
            title,
            counts,
            svg=_drawing(scene, title),
            page=_page(net.as_of(day), scene, title),
            lang=language(),
        )


# -- looks -------------------------------------------------------------------------------------


def _looks(scene: NetworkScene) -> dict[str, style.Look]:
    keys = scene.values or tuple(sorted(scene.owners))
    return {key: style.look(i) for i, key in enumerate(keys)}


def _colours(node: Node, looks: dict[str, style.Look], *, by_value: bool) -> tuple[str, str]:
    """Fill and border of a node: red for problems alone."""
    look = looks.get(node.value if by_value else node.owner)
    if node.role == "gap":
        return style.PAPER, style.PROBLEM
    colour = look.colour if look else style.FAINT
    if node.role in ("group", "alliance"):
        fill = look.tint if look else style.PAPER
        return fill, style.PROBLEM if node.problem else colour
    return (
        style.PAPER if node.role == "class" else colour
    ), style.PROBLEM if node.problem else colour


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
    for lang in ("zh", "en"):
        with speaking(lang):
            words[lang] = _words(graph, scene)
    looks = _looks(scene)
    return {
        "title": title,
        "lang": language(),
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
            for key, look in looks.items()
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
    records = _records(net, [node.id for node in scene.nodes])
    spelled = _pinyin([node.name for node in scene.nodes])
    for node, record, sound in zip(scene.nodes, records, spelled, strict=True):
        fill, border = _colours(node, looks, by_value=by_value)
        shape, _, size = SHAPES.get(node.role, _OTHER)
        shown = _label(node)
        graph.add_node(
            str(node.id),
            label=shown or " ",
            shape=shape,
            size=size,
            x=node.x,
            y=node.y,
            kind=node.kind,
            role=node.role,
            owner=node.value if by_value else node.owner,
            problem=_fault(node),
            layer=node.layer,
            name=node.name,
            search=f"{node.name} {node.label} {node.id} {sound}".lower(),
            record=record,
            color={"background": fill, "border": border},
            borderWidth=3 if node.problem else 1.5,
        )
    _, edges = net.tables
    rows = frame(edges).astype(object)
    details = rows.where(rows.notna(), None).to_dict("records")
    for number, link in enumerate(scene.links):
        # straight into the list: add_edge looks through all edges each time
        graph.edges.append(
            Edge(
                link.source,
                link.target,
                True,
                id=f"e{number}",
                relation=link.relation,
                layer=link.layer,
                turn=link.turn,
                record={
                    k: str(v)[:10] if "valid" in k else str(v)
                    for k, v in details[link.row].items()
                    if v is not None and k not in ("source", "target", "relation", "id")
                },
            ).options
        )
    return graph


def _label(node: Node) -> str:
    """What stands at the node: as wide as the room between two nodes of a ring, in two lines where it is longer."""
    if node.role == "station":
        return ""
    if node.role in ("group", "alliance", "lead"):
        return style.fitted(node.label, 1, 16 if node.role == "group" else 9)
    if not node.owner:  # in the columns beside the circles
        return style.fitted(node.label, 1, 8.5)
    return "\n".join(filter(None, style.in_two_lines(node.label, 1, 4.8)))


def _fault(node: Node) -> str:
    return state_label(node.problem) if node.problem else ""


def _records(net: MedicalNetwork, ids: list[str]) -> list[dict[str, str]]:
    """The full record of each node as texts, without what is empty."""
    table = net.index.table.take(net.index.positions(ids))
    rows = table.to_pylist()
    return [
        {
            key: str(value)
            for key, value in row.items()
            if value is not None and key not in ("tile_x", "tile_y")
        }
        for row in rows
    ]


def _pinyin(texts: list[str]) -> list[str]:
    """Full pinyin and initials of each text for the search; empty where pypinyin is not installed."""
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        return [""] * len(texts)
    found = []
    for text in texts:
        parts = lazy_pinyin(text)
        found.append("".join(parts) + " " + "".join(part[:1] for part in parts))
    return found


def _words(graph: Any, scene: NetworkScene) -> dict[str, Any]:
    """Every word of the page in the language of now."""
    lang = language()
    ui = (
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
    columns = {key for node in graph.nodes for key in node["record"]} | {
        key for edge in graph.edges for key in edge["record"]
    }
    values = {
        column: {
            word: getattr(term, lang)
            for name in vocabularies
            for word, term in VOCABULARIES[name].items()
        }
        for column, vocabularies in _VOCABULARIES.items()
    }
    return {
        "ui": {key: say(f"network.{key}", **_FILLED_IN_THE_PAGE) for key in ui},
        "layers": {layer: say(f"layer.{layer}") for layer in LAYERS},
        "relations": {
            word: getattr(RELATIONS[word], lang)
            for word in sorted({link.relation for link in scene.links})
        },
        "columns": {column: heading(column) for column in sorted(columns)},
        "values": values,
    }


# -- the same as SVG ---------------------------------------------------------------------------


def _drawing(scene: NetworkScene, title: str) -> str:
    """The layers that are shown at first, as SVG, for print and for Word."""
    at = {node.id: node for node in scene.nodes if not node.layer}
    looks, by_value = _looks(scene), bool(scene.values)
    lines = [
        svg.element(
            "line",
            x1=at[link.source].x,
            y1=at[link.source].y,
            x2=at[link.target].x,
            y2=at[link.target].y,
            stroke=LAYER_COLOURS[link.layer],
            stroke_width=1,
            stroke_opacity=0.45,
        )
        for link in scene.links
        if link.layer in SHOWN_AT_FIRST and link.source in at and link.target in at
    ]
    marks = [_mark(node, *_colours(node, looks, by_value=by_value)) for node in at.values()]
    wide, high = scene.size
    shown = say("shown_of", shown=len(at), total=len(scene.nodes), unit=say("network.nodes"))
    words = " · ".join(
        (say("figure_day", day=scene.day.isoformat()), *scene.stamps, say("sketch"), shown)
    )
    head = svg.text(20, 34, title, size=24, weight="bold") + svg.text(
        20, 60, words, size=15, fill=style.SOFT_INK
    )
    body = svg.element("g", "".join(lines + marks), transform="translate(0 80)")
    return svg.document(
        wide, high + 100, title, svg.rect(0, 0, wide, high + 100, fill=style.PAPER) + head + body
    )


def _mark(node: Node, fill: str, border: str) -> str:
    _, shape, size = SHAPES.get(node.role, _OTHER)
    colour = style.PROBLEM if node.problem else style.INK
    if node.role in ("group", "alliance"):
        label = style.fitted(node.label, 15, 260)
        room = style.width(label, 15) + 20
        return svg.rect(
            node.x - room / 2, node.y - 15, room, 30, rx=5, fill=fill, stroke=border, stroke_width=2
        ) + svg.text(
            node.x, node.y + 5.5, label, size=15, anchor="middle", weight="bold", fill=colour
        )
    drawn = svg.mark(shape, node.x, node.y, size, fill=fill, stroke=border, stroke_width=3 / size)
    if node.role == "station":
        return drawn
    return drawn + svg.text(
        node.x,
        node.y + size + 14,
        style.fitted(node.label, 14, 98),
        size=14,
        anchor="middle",
        fill=colour,
        stroke=style.PAPER,
        stroke_width=3,
        paint_order="stroke",
    )
