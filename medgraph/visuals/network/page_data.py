"""Write down what the page of the network map draws: columns of texts and numbers, not rows.

A province has 17,000 facilities: a column holds each of its words once, so that the page stays
small. pyvis holds the nodes and edges; the page takes their columns apart again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.canonical import frame
from medgraph.visuals import style
from medgraph.visuals.headings import heading, state_label
from medgraph.visuals.network.looks import OTHER_SHAPE, SHAPES, colours_of, looks_of
from medgraph.visuals.network.network_scene import LAYER_COLOURS, LAYERS, SHOWN_AT_FIRST
from medgraph.words.languages import LANGUAGES
from medgraph.words.pinyin import pinyin
from medgraph.words.say import language, say, speaking
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.visuals.network.network_scene import NetworkScene

# column -> the vocabularies whose words it holds
_VOCABULARIES = {
    "kind": ("kind",),
    "type": ("facility_type", "group_type", "centre_type", "team_type", "area_kind"),
    "level": ("level", "area_level"),
    "specialty": ("specialty",),
    "specialties": ("specialty",),
} | {name: (name,) for name in ("status", "admin_level", "ownership", "basis")}
_IN_THE_PAGE = ("shown", "total", "links", "all", "count", "inside", "depth", "name")
_FILLED_IN_THE_PAGE = {name: f"{{{name}}}" for name in _IN_THE_PAGE}
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
    "closed_levels",
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
    "detail",
    "detail_auto",
    "detail_county",
    "detail_group",
    "detail_all",
    "beside",
)
_NOT_TOLD = ("tile_x", "tile_y", "id", "name", "kind")
_ENDS = ("source", "target", "relation", "id")
_DAYS = ("valid_from", "valid_to")


def page_data(net: MedicalNetwork, scene: NetworkScene, title: str) -> dict[str, Any]:
    """Return all that the page holds, as plain values."""
    nodes, links = _nodes(net, scene), _links(net, scene)
    words = {}
    for lang in LANGUAGES:  # the page can be read in each
        with speaking(lang):
            words[lang] = _words(nodes, links, scene)
    return {
        "title": title,
        "lang": language(),
        "tags": {code: row.tag for code, row in LANGUAGES.items()},
        "day": scene.day.isoformat(),
        "stamps": scene.stamps,
        "facts": scene.facts,
        "nodes": nodes,
        "edges": links,
        "levels": _levels(scene),
        "words": words,
        "sizes": {role: shape.size for role, shape in SHAPES.items()} | {"": OTHER_SHAPE.size},
        "layers": [
            {"id": layer, "colour": LAYER_COLOURS[layer], "on": layer in SHOWN_AT_FIRST}
            for layer in LAYERS
        ],
        "legend": [
            {"id": key, "label": scene.owners.get(key, key), "colour": look.colour}
            for key, look in looks_of(scene).items()
        ],
        "palette": style.PALETTE,
        "sequence": style.SEQUENCE,
        "byValue": bool(scene.values),
        "toAreas": scene.to_areas,
    }


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return rows as `packed` columns, and under an empty name how many they are.

    >>> columns_of([{"kind": "Facility", "x": 1}, {"kind": "Facility", "x": 2}, {"kind": "Team"}])
    {'': 3, 'kind': {'words': ['Facility', 'Team'], 'codes': [0, 0, 1]}, 'x': [1, 2, None]}
    """
    names = dict.fromkeys(name for row in rows for name in row)
    columns: dict[str, Any] = {"": len(rows)}
    for name in names:
        values = [row.get(name) for row in rows]
        if any(value is not None for value in values):
            columns[name] = packed(values)
    return columns


def packed(values: list[Any]) -> Any:
    """Return a column that says nothing twice; the page reads it in `data.js`.

    One value for all is `all`; of few that are stated, `at` says where and `is` what; texts that
    repeat are `words` and their numbers, -1 for none; anything else is a list.

    >>> packed(["a", "a"]), packed([None, None, 7]), packed(["a", "b"])
    ({'all': 'a'}, {'at': [2], 'is': {'all': 7}}, ['a', 'b'])
    """
    at = [number for number, value in enumerate(values) if value is not None]
    if len(at) <= len(values) / 2:
        return {"at": at, "is": packed([values[number] for number in at]) if at else []}
    if len(at) == len(values) and values.count(values[0]) == len(values):
        return {"all": values[0]}
    words = dict.fromkeys(value for value in values if isinstance(value, str))
    if not words or 2 * len(words) > len(at) + 1:
        return values
    numbers = {word: number for number, word in enumerate(words)}
    return {"words": list(words), "codes": [numbers.get(value, -1) for value in values]}


def _nodes(net: MedicalNetwork, scene: NetworkScene) -> dict[str, Any]:
    from pyvis.node import Node

    looks, by_value = looks_of(scene), bool(scene.values)
    ids = [node.id for node in scene.nodes]
    spelled = pinyin([node.name for node in scene.nodes])
    rows = []
    for node, sound in zip(scene.nodes, spelled, strict=True):
        fill, border = colours_of(node, looks, by_value=by_value)
        built = Node(
            node.id,
            SHAPES.get(node.role, OTHER_SHAPE).in_page,
            node.label,
            name=node.name,
            sound=sound,
            kind=node.kind,
            role=node.role,
            owner=node.value if by_value else node.owner,
            group=node.owner or None,
            problem=state_label(node.problem) if node.problem else None,
            standing=node.standing or None,
            layer=node.layer or None,
            inside=node.inside,
            fill=fill,
            border=border,
            x=node.x,
            y=node.y,
        )
        rows.append(built.options)
    return columns_of(rows) | {"record": columns_of(_node_records(net, ids))}


def _links(net: MedicalNetwork, scene: NetworkScene) -> dict[str, Any]:
    from pyvis.edge import Edge

    numbers = {node.id: number for number, node in enumerate(scene.nodes)}
    rows = [
        Edge(
            numbers[link.source],
            numbers[link.target],
            what=f"{link.relation} {link.layer}",
            turn=link.turn,
        ).options
        for link in scene.links
    ]
    records = _link_records(net, [link.row for link in scene.links])
    return columns_of(rows) | {"record": columns_of(records)}


def _levels(scene: NetworkScene) -> dict[str, Any]:
    return columns_of(
        [
            {
                "id": level.id,
                "kind": level.kind,
                "name": level.name,
                "parent": level.parent,
                "x": level.x,
                "y": level.y,
                "wide": level.wide,
                "high": level.high,
            }
            for level in scene.levels
        ]
    )


def _node_records(net: MedicalNetwork, ids: list[str]) -> list[dict[str, str]]:
    """The full record of each node as texts, without what is empty."""
    rows = net.index.table.take(net.index.positions(ids)).to_pylist()
    return [_record(row, without=_NOT_TOLD) for row in rows]


def _link_records(net: MedicalNetwork, rows: list[int]) -> list[dict[str, str]]:
    """The full record of each link as texts, without its ends; days without the time of day."""
    links = frame(net.tables[1]).astype(object)
    details = links.where(links.notna(), None).to_dict("records")
    return [_record(details[row], without=_ENDS) for row in rows]


def _record(row: Mapping[Any, Any], *, without: tuple[str, ...]) -> dict[str, str]:
    """A row as texts, without what is empty."""
    return {
        key: str(value)[:10] if key in _DAYS else str(value)
        for key, value in row.items()
        if value is not None and key not in without
    }


def _words(
    nodes: Mapping[str, Any], links: Mapping[str, Any], scene: NetworkScene
) -> dict[str, Any]:
    """Every word of the page in the language of now."""
    lang = language()
    columns = sorted({"id", "kind", *nodes["record"], *links["record"]} - {""})
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
