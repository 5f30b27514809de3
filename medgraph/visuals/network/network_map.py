"""Draw the network to be clicked: leads in the middle, members around them, relations by layer.

pyvis builds the data of nodes and edges; the page is our own template with vis-network inlined,
because pyvis' templates fetch from the network and let names become code (see CONTRIBUTING).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from medgraph.visuals import style, svg
from medgraph.visuals.arguments import check_map, texts_by_node
from medgraph.visuals.colouring import ColorBy, colour_series
from medgraph.visuals.figure import Figure
from medgraph.visuals.figure_day import figure_day
from medgraph.visuals.network.asked import asked_in_each_language
from medgraph.visuals.network.finding_data import problems_of
from medgraph.visuals.network.looks import OTHER_SHAPE, SHAPES, colours_of, legend_of, looks_of
from medgraph.visuals.network.network_scene import (
    LAYER_COLOURS,
    LIMIT_OF_LEVELS,
    SHOWN_AT_FIRST,
    Around,
    DrawnNode,
    NetworkScene,
    network_scene,
)
from medgraph.visuals.network.page_data import page_data
from medgraph.visuals.page import pages
from medgraph.words.joining import title_without_ends
from medgraph.words.languages import LANGUAGES
from medgraph.words.say import language, say, speaking

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.visuals.network.asked import Asked

    Findings = Iterable[tuple[int | str, Any]]

_GROUPS_NAMED = 24  # in the legend of the drawing
_NARROWEST = 900  # room for title and legend
_BESIDE = 120.0  # room for the name of a node at the edge
_ROOM = 98  # room for any other
_BOX = 200  # room for the name of a group, which stands between its members


def network_map(
    net: MedicalNetwork,
    *,
    color_by: ColorBy = None,
    problems: Mapping[str, str] | None = None,
    findings: Findings | Callable[[], Findings] | None = None,
    ways: Any = None,
    losses: Any = None,
    around: str | None = None,
    depth: int = 1,
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
        A Series by id or name, the name of a column of the nodes, or an answer (its status). A word
        that names a problem (gap, FAIL, ungrouped, ...) marks the node in red; any other gives the
        colour instead of the group, numbers in five classes. What matches no node is an error.
    problems
        What is wrong, in words, by node id; an area among them is drawn as a node of its own.
    findings
        What is wrong, as the report numbers it: pairs of a number and a finding (`numbered` of its
        findings). The list of the page is then this one, and `problems` are its subjects. They are
        in the language that they were made in; a function that makes them is asked for each, so
        that the list follows where the page changes its language. `ways` likewise.
    ways
        The way of every facility, as `queries.referrals.every_way` finds it: a click on a facility
        shows its own, or what breaks it.
    losses
        Who loses what if whom stops, as `queries.resilience.every_loss` finds it.
    around
        The id or name of a node: only what is near it is drawn.
    depth
        How many links away from it that is.
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
    OptionError
        `color_by` matches no node; `around` is no node of the picture, or `depth` less than 1.
    TooLargeError
        Beyond 40,000 nodes: draw areas instead (`tile_map`), or a part of the network.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.visuals.network_map(mg.samples.taizhou()).counts["problems"]
    0
    """
    check_map(lang, net, as_of=as_of)
    with speaking(lang or language()):
        asked = asked_in_each_language(ways, losses, findings)
        listed = asked[language()].findings
        if problems is None and listed is not None:
            problems = problems_of(net, listed)
        else:
            problems = texts_by_node(net, "problems", problems)
        day = net.day(as_of)
        scene = network_scene(
            net,
            colour_series(net, color_by),
            problems,
            day,
            language(),
            limit=LIMIT_OF_LEVELS,
            around=None if around is None else Around(around, depth),
            history=True,
        )
        titles = {}
        for one in LANGUAGES:
            with speaking(one):
                titles[one] = title_without_ends(say("network_map_title", title=scene.title))
        title = titles[language()]
        counts = {
            "shown": len(scene.nodes),
            "all": scene.every,
            "links": len(scene.links),
            "links_to_areas": scene.to_areas,
            "problems": sum(bool(node.problem) for node in scene.nodes),
        }
        page = _page(scene, titles, asked)
        drawing = _drawing(scene, title)
        return Figure(title, counts, drawing, page, language(), _table(scene))


def _table(scene: NetworkScene) -> pd.DataFrame:
    """The table behind the picture: a row for each node of the day."""
    rows = [
        {
            "id": node.id,
            "name": node.name,
            "kind": node.kind,
            "group": node.owner,
            "county": node.county,
            "status": node.problem,
        }
        for node in scene.nodes
    ]
    return pd.DataFrame(rows)


# -- the page ----------------------------------------------------------------------------------


def _page(scene: NetworkScene, titles: Mapping[str, str], asked: Mapping[str, Asked]) -> str:
    """The whole page, with the data that its script draws."""
    data = pages.trusted(_json(page_data(scene, titles, asked)))
    return pages.render("network", title=titles[language()], lang=language(), data=data)


def _json(value: Any) -> str:
    """JSON that cannot end its script element: no `<`, `>`, `&`, no line separators."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


# -- the same as a drawing -----------------------------------------------------------------------


def _drawing(scene: NetworkScene, title: str) -> str:
    """The layers that are shown at first, as SVG, for print and for Word."""
    at = {node.id: node for node in scene.nodes if not node.layer}
    looks, by_value = looks_of(scene), bool(scene.values)
    lines = [
        _line(at[link.source], at[link.target], LAYER_COLOURS[link.layer])
        for link in scene.links
        if link.layer in SHOWN_AT_FIRST and link.source in at and link.target in at
    ]
    labels = _apart(at.values())
    marks = [
        _mark(node, labels[node.id], *colours_of(node, looks, by_value=by_value))
        for node in at.values()
    ]
    left, top, wide, high = _extent(at.values())
    legend, bottom = svg.legend(_entries(scene), 20, 92, wide - 40, size=15)
    below = bottom + 20
    shown = say("shown_of", shown=len(at), total=scene.every, unit=say("network.nodes"))
    day = figure_day(scene.day, scene.data_day)
    words = " · ".join([day, *scene.stamps, say("sketch"), shown])
    paper = svg.rect(0, 0, wide, high + below + 20, fill=style.PAPER)
    head = svg.text(20, 34, title, size=24, weight="bold")
    facts = svg.text(20, 60, words, size=15, fill=style.SOFT_INK)
    body = svg.element(
        "g", "".join(lines + marks), transform=f"translate({-left:g} {below - top:g})"
    )
    return svg.document(wide, high + below + 20, title, paper + head + facts + legend + body)


def _apart(nodes: Iterable[DrawnNode]) -> dict[str, str]:
    """The label of each node, cut to its room; to more of it where two names would read alike."""
    labels: dict[str, str] = {}
    taken: dict[str, str] = {}
    for node in nodes:
        room, size = (_BOX, 15) if node.role in ("group", "alliance") else (_ROOM, 14)
        words = style.cut_within(node.label, size, room)
        while taken.get(words, node.label) != node.label:
            room += size
            words = style.cut_within(node.label, size, room)
        labels[node.id] = words
        taken[words] = node.label
    return labels


def _extent(nodes: Iterable[DrawnNode]) -> tuple[float, float, float, float]:
    """Left and top of what is drawn with its names, and how wide and high it is."""
    places = [(node.x, node.y) for node in nodes] or [(0.0, 0.0)]
    xs, ys = zip(*places, strict=True)
    wide, high = max(xs) - min(xs) + 2 * _BESIDE, max(ys) - min(ys) + _BESIDE
    spare = max(0.0, _NARROWEST - wide)
    return min(xs) - _BESIDE - spare / 2, min(ys) - _BESIDE / 2, wide + spare, high


def _entries(scene: NetworkScene) -> Iterator[svg.LegendEntry]:
    """What colours and lines mean; of many groups each has its name in the picture alone."""
    named = legend_of(scene)
    if scene.values or len(named) <= _GROUPS_NAMED:
        for _, words, colour in named:
            yield svg.LegendEntry(svg.box(colour, colour), words)
        if any(not (node.value if scene.values else node.owner) for node in scene.nodes):
            words = say("network.not_stated" if scene.values else "network.other")
            yield svg.LegendEntry(svg.box(style.FAINT, style.FAINT), words)
    for layer in SHOWN_AT_FIRST:
        yield svg.LegendEntry(_stroke(LAYER_COLOURS[layer]), say(f"layer.{layer}"))


def _stroke(colour: str) -> svg.Swatch:
    return lambda x, y: svg.rect(x, y - 2, 22, 4, fill=colour)


def _line(start: DrawnNode, end: DrawnNode, colour: str) -> str:
    ends = {"x1": start.x, "y1": start.y, "x2": end.x, "y2": end.y}
    return svg.element("line", **ends, stroke=colour, stroke_width=1, stroke_opacity=0.45)


def _mark(node: DrawnNode, label: str, fill: str, border: str) -> str:
    ink = style.PROBLEM if node.problem else style.INK
    if node.role in ("group", "alliance"):
        return _box(node, label, fill, border, ink)
    shape = SHAPES.get(node.role, OTHER_SHAPE)
    look = {"fill": fill, "stroke": border, "stroke_width": 3 / shape.size}
    drawn = svg.mark(shape.in_drawing, node.x, node.y, shape.size, **look)
    if node.role == "station":
        return drawn
    return drawn + svg.text(
        node.x,
        node.y + shape.size + 14,
        label,
        size=14,
        anchor="middle",
        fill=ink,
        stroke=style.PAPER,
        stroke_width=3,
        paint_order="stroke",
    )


def _box(node: DrawnNode, words: str, fill: str, border: str, ink: str) -> str:
    """A group or alliance: its name in a box as wide as the name."""
    room = style.width(words, 15) + 20
    look = {"rx": 5, "fill": fill, "stroke": border, "stroke_width": 2}
    frame = svg.rect(node.x - room / 2, node.y - 15, room, 30, **look)
    return frame + svg.text(
        node.x, node.y + 5.5, words, size=15, anchor="middle", weight="bold", fill=ink
    )
