"""Write down what the page of the network map draws: columns of texts and numbers, not rows.

A province has 17,000 facilities: a column holds each of its words once, so that the page stays
small. pyvis holds the nodes and edges; the page takes their columns apart again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.canonical import frame
from medgraph.graphmodel.codes import FULL_LENGTH
from medgraph.graphmodel.schema import field_types
from medgraph.visuals import style
from medgraph.visuals.figure_day import figure_day, other_day
from medgraph.visuals.headings import heading, said, state_label
from medgraph.visuals.network.asked import told
from medgraph.visuals.network.columns import columns_of
from medgraph.visuals.network.finding_data import finding_words, findings_data
from medgraph.visuals.network.history import history_data
from medgraph.visuals.network.journey_data import journey_words, losses_data, ways_data
from medgraph.visuals.network.looks import (
    OTHER_SHAPE,
    SHAPES,
    colours_of,
    legend_of,
    looks_of,
    numbers_of,
)
from medgraph.visuals.network.network_scene import LAYER_COLOURS, LAYERS, SHOWN_AT_FIRST
from medgraph.visuals.node_names import area_names, stamps, unit_of
from medgraph.words.joining import said_of
from medgraph.words.languages import LANGUAGES
from medgraph.words.pinyin import letter_sounds, pinyin, spelled_by
from medgraph.words.say import language, say, speaking
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.visuals.network.asked import Asked
    from medgraph.visuals.network.network_scene import DrawnLink, DrawnNode, NetworkScene

# column -> the vocabularies whose words it holds
_VOCABULARIES = {
    "kind": ("kind",),
    "type": ("facility_type", "group_type", "centre_type", "team_type", "area_kind"),
    "level": ("level", "area_level"),
    "specialty": ("specialty",),
    "specialties": ("specialty",),
} | {name: (name,) for name in ("status", "admin_level", "ownership", "basis")}
_TEXT_TYPES = ("id", "text", "list")
_IN_THE_PAGE = (
    *("shown", "total", "links", "all", "count", "inside", "depth", "name"),
    *("minutes", "steps", "day", "begins", "ends", "layers", "column", "unit"),
)
_FILLED_IN_THE_PAGE = {name: f"{{{name}}}" for name in _IN_THE_PAGE}
_PAGE_WORDS = (
    "search",
    "groups",
    "numbered",
    "layers",
    "only_problems",
    "fit",
    "png",
    "svg",
    "pdf",
    "csv",
    "xlsx",
    "sheet_nodes",
    "sheet_links",
    "sheet_facts",
    "print",
    "problems",
    "record",
    "links",
    "none",
    "shown",
    "selected",
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
    "ways",
    "way_to",
    "way_lead",
    "way_specialty",
    "way_level",
    "way_up",
    "way_down",
    "way_total",
    "way_unknown_minutes",
    "way_minutes",
    "way_steps",
    "way_missing",
    "ways_left_out",
    "stops",
    "stops_none",
    "stops_show",
    "show_way",
    "filter_all",
    "filter_severity",
    "filter_query",
    "filter_group",
    "filter_county",
    "filter_pack",
    "action",
    "frame",
    "around",
    "around_links",
    "around_all",
    "days",
    "day_play",
    "day_pause",
    "day_before",
    "day_after",
    "day_against",
    "day_beside",
    "day_previous",
    "day_begins",
    "day_ends",
    "day_moves",
    "day_links",
    "day_answers",
    "days_left_out",
    "colour_by",
    "size_by",
    "size_even",
    "by_given",
    "by_group",
    "by_county",
    "by_role",
    "by_severity",
    "by_minutes",
    "by_dependents",
    "not_stated",
    "classes",
    "others",
)
_NOT_TOLD = ("tile_x", "tile_y", "id", "name", "kind")
_ENDS = ("source", "target", "relation", "id")
_DAYS = ("valid_from", "valid_to")


def page_data(
    scene: NetworkScene, titles: Mapping[str, str], every: Mapping[str, Asked]
) -> dict[str, Any]:
    """Return all that the page holds, as plain values; titles and what was asked by language."""
    net, asked = scene.net, every[language()]
    stated = (*scene.stamps, unit_of(net))
    drawn = (*scene.nodes, *scene.others)
    numbers = {node.id: number for number, node in enumerate(drawn)}
    ordered = sorted(
        (*scene.links, *scene.other_links), key=lambda link: (numbers[link.source], link.row)
    )
    letters = letter_sounds(node.name for node in drawn)
    nodes, links = _nodes(net, scene, drawn, letters), _links(net, ordered, numbers)
    words, here = {}, language()
    states = [node.problem for node in scene.nodes if node.problem]
    for lang in LANGUAGES:  # the page can be read in each
        as_told = told(asked, every.get(lang, asked), states, lang)
        with speaking(lang):
            words[lang] = {
                "told": as_told
                | {titles[here]: titles[lang]}
                | dict(zip(stated, (*stamps(net), unit_of(net)), strict=True)),
                "day": figure_day(scene.day, scene.data_day),
                "otherDay": other_day(scene.data_day),
            } | (
                _words(nodes, links, scene)
                | journey_words(asked.ways, asked.losses)
                | finding_words(asked.findings or ())
            )
    return {
        "title": titles[language()],
        "lang": language(),
        "tags": {code: row.tag for code, row in LANGUAGES.items()},
        "day": scene.day.isoformat(),
        "stamps": scene.stamps,
        "facts": scene.facts,
        "nodes": nodes,
        "edges": links,
        "letters": letters,
        "levels": _levels(scene),
        "ways": ways_data(asked.ways, numbers) if asked.ways else None,
        "losses": losses_data(asked.losses, numbers) if asked.losses else None,
        "findings": None if asked.findings is None else findings_data(asked.findings, numbers),
        "counties": _counties(net, scene),
        "texts": _texts(nodes["record"]),
        "words": words,
        "sizes": {role: shape.size for role, shape in SHAPES.items()} | {"": OTHER_SHAPE.size},
        "layers": [
            {"id": layer, "colour": LAYER_COLOURS[layer], "on": layer in SHOWN_AT_FIRST}
            for layer in LAYERS
        ],
        "legend": [
            {"id": key, "label": words, "colour": colour} for key, words, colour in legend_of(scene)
        ],
        "numbers": numbers_of(scene),
        "shades": style.SHADES,
        "paper": style.PAPER,
        "sequence": style.SEQUENCE,
        "byValue": bool(scene.values),
        "isScale": scene.is_scale,
        "toAreas": scene.to_areas,
        "every": scene.every,
        "history": scene.history
        and history_data(scene.history, numbers, [link.row for link in ordered]),
    }


def _nodes(
    net: MedicalNetwork,
    scene: NetworkScene,
    drawn: Sequence[DrawnNode],
    letters: Mapping[str, str],
) -> dict[str, Any]:
    from pyvis.node import Node

    looks, by_value = looks_of(scene), bool(scene.values)
    ids = [node.id for node in drawn]
    spelled = pinyin([node.name for node in drawn])
    rows = []
    for node, sound in zip(drawn, spelled, strict=True):
        fill, border = colours_of(node, looks, by_value=by_value)
        built = Node(
            node.id,
            SHAPES.get(node.role, OTHER_SHAPE).in_page,
            node.label,
            name=node.name,
            sound=None if sound == spelled_by(letters, node.name) else sound,
            kind=node.kind,
            role=node.role,
            owner=node.value if by_value else node.owner,
            group=node.owner or None,
            problem=state_label(node.problem) if node.problem else None,
            standing=node.standing or None,
            layer=node.layer or None,
            inside=node.inside,
            county=node.county or None,
            fill=fill,
            border=border,
            x=node.x,
            y=node.y,
        )
        rows.append(built.options)
    return columns_of(rows) | {"record": columns_of(_node_records(net, ids))}


def _links(
    net: MedicalNetwork, ordered: Sequence[DrawnLink], numbers: Mapping[str, int]
) -> dict[str, Any]:
    from pyvis.edge import Edge

    rows = [
        Edge(
            numbers[link.source],
            numbers[link.target],
            what=f"{link.relation} {link.layer}",
            turn=link.turn,
        ).options
        for link in ordered
    ]
    records = _link_records(net, [link.row for link in ordered])
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


def _texts(record: Mapping[str, Any]) -> list[str]:
    """The columns that are names and never numbers, whatever stands in them."""
    types = field_types()
    return sorted(name for name in record if types.get(name) in _TEXT_TYPES)


def _counties(net: MedicalNetwork, scene: NetworkScene) -> dict[str, str]:
    """The names of the counties that nodes stand in, by their six digits."""
    codes = {
        node.county: node.county.ljust(FULL_LENGTH, "0") for node in scene.nodes if node.county
    }
    called = area_names(net, codes.values(), language())
    return {county: called.get(code, county) for county, code in sorted(codes.items())}


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
    columns = sorted(
        {"id", "kind", "source", "relation", "target", *nodes["record"], *links["record"]} - {""}
    )
    relations = sorted({link.relation for link in (*scene.links, *scene.other_links)})
    return {
        "ui": {key: say(f"network.{key}", **_FILLED_IN_THE_PAGE) for key in _PAGE_WORDS}
        | {"comma": say("list_comma"), "said_of": said_of("{subject}", "{words}")},
        "layers": {layer: say(f"layer.{layer}") for layer in LAYERS},
        "relations": {word: label("relation", word, lang) for word in relations},
        "columns": {column: heading(column) for column in columns},
        "values": {column: _labels(names) for column, names in _VOCABULARIES.items()},
        "units": {column: said("network.unit.", column, "") for column in columns},
    }


def _labels(vocabularies: Iterable[str]) -> dict[str, str]:
    """The labels of all words of these vocabularies in the language of now."""
    return {
        word: label(name, word, language()) for name in vocabularies for word in VOCABULARIES[name]
    }
