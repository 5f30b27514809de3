"""Take a graph of whatever program as rows of nodes and links, and give a network as such a graph.

A graph that we wrote says of each node its kind and of each link its relation. One of somebody else
says neither: a mapping does, or the relation alone where it joins one kind only.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.building import ARGUMENTS, MORE
from medgraph.loaders.formats import single_file
from medgraph.words.say import problem, say
from medgraph.words.vocabularies import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import LeftRow, Loaded
    from medgraph.loaders.registers.meaning import Meaning
    from medgraph.words.say import Problem

    Row = dict[str, Any]

HEAD = "medgraph"  # what a graph states of its format and of the whole
LABEL = "label"  # what other programs show of a node
UNDIRECTED = "undirected!"  # of a link, while it is read; no column is so named
_EITHER_WAY = frozenset({"ADJACENT_TO", "COOPERATES_WITH"})  # as much the one's as the other's


def graph_of(net: MedicalNetwork, fits: Callable[[str, Any], bool]) -> Any:
    """Return a network as a graph of plain values; what does not fit is packed into one attribute.

    Raise TooLargeError for more than 200,000 nodes.
    """
    graph: Any = net.to_networkx(ascii_names=False)
    graph.graph.clear()
    for id, data in graph.nodes(data=True):
        _replace(data, {**_packed(data, fits), LABEL: data.get("name", id)})
    for *_, data in graph.edges(data=True):
        _replace(data, _packed(data, fits))
    return graph


def head_of(net: MedicalNetwork) -> str:
    """Return as one text what is stated of the whole, with the name and version of the format."""
    return json.dumps(single_file.head(net), ensure_ascii=False)


def _replace(data: Row, values: Row) -> None:
    data.clear()
    data.update(values)


def _packed(row: Mapping[str, Any], fits: Callable[[str, Any], bool]) -> Row:
    plain = single_file.plain(dict(row))
    taken = ARGUMENTS | {MORE, LABEL}
    named = {key: value for key, value in plain.items() if key not in taken and fits(key, value)}
    rest = {key: value for key, value in plain.items() if key not in named}
    return {**named, MORE: json.dumps(rest, ensure_ascii=False)} if rest else named


def load_graph(
    graph: Any,
    head: str | None,
    path: Path,
    meaning: Meaning,
    *,
    lenient: bool,
    left: Sequence[LeftRow] = (),
) -> Loaded:
    """Return what is loaded of a graph that networkx has read; `head` is what it says of itself."""
    nodes = [{**_unpacked(data), "id": str(id)} for id, data in graph.nodes(data=True)]
    edges = [
        {**_unpacked(data), "source": str(source), "target": str(target)}
        for source, target, data in graph.edges(data=True)
    ]
    if not graph.is_directed():
        edges = [{**edge, UNDIRECTED: True} for edge in edges]
    stated = _stated(head, path)
    return load_rows(nodes, edges, stated, path, meaning, lenient=lenient, left=left)


def load_rows(
    nodes: list[Row],
    edges: list[Row],
    stated: Mapping[str, str],
    path: Path,
    meaning: Meaning,
    *,
    lenient: bool,
    left: Sequence[LeftRow] = (),
) -> Loaded:
    """Return what is loaded of rows, once each says its kind and its relation.

    `left` are rows that are no nodes and no links.
    """
    links = [_link(edge, meaning, path) for edge in edges]
    kinds = _kinds_of_ends(links)
    rows = [_node(node, meaning, kinds, path) for node in nodes]
    notes = _directed(links, path)
    meta = {**stated, **meaning.meta}
    return single_file.load_rows(rows, links, meta, lenient=lenient, left=left, notes=notes)


def _directed(links: list[Row], path: Path) -> list[Problem]:
    """Tell of links that state no direction, though their relation has one: it is in doubt."""
    undirected = [link for link in links if link.pop(UNDIRECTED, False)]
    doubtful = [link for link in undirected if link["relation"] not in _EITHER_WAY]
    for link in doubtful:
        link["confidence"] = "low"
    counts = Counter(link["relation"] for link in doubtful)
    return [
        problem("W263", str(path.name), relation, count=count) for relation, count in counts.items()
    ]


def _stated(head: str | None, path: Path) -> dict[str, str]:
    """What a graph of ours states of the whole; nothing where it is somebody else's."""
    try:
        found = json.loads(head or "null")
    except ValueError:
        return {}
    if not isinstance(found, dict) or "format" not in found:
        return {}
    meta = single_file.checked_head(found, path).get("meta")
    return {str(key): str(value) for key, value in meta.items()} if isinstance(meta, dict) else {}


def _unpacked(data: Mapping[str, Any]) -> Row:
    """The attributes by the names that they had before they were packed."""
    row = {str(key): value for key, value in data.items() if key not in (MORE, LABEL)}
    if LABEL in data:
        row.setdefault("name", data[LABEL])
    try:
        more = json.loads(data.get(MORE, "{}"))
    except (TypeError, ValueError):
        return row
    return row | more if isinstance(more, dict) else row


def _link(edge: Row, meaning: Meaning, path: Path) -> Row:
    """A link with its relation; what its weight means, the mapping says."""
    stated = edge.get("relation") or meaning.relation
    if not stated:
        raise SourceError(say("graph_no_relation", path=path))
    named = {**edge, "relation": word("relation", str(stated)) or str(stated)}
    if meaning.weight and "weight" in edge:
        named[meaning.weight] = named.pop("weight")
    return named


def _kinds_of_ends(links: list[Row]) -> dict[str, str]:
    """The kind of each node by the relations that join one kind only."""
    found: dict[str, str] = {}
    for link in links:
        ends = schema.ENDS.get(link["relation"], ((), ()))
        for end, kinds in zip(("source", "target"), ends, strict=True):
            if len(kinds) == 1:
                found.setdefault(link[end], kinds[0])
    return found


def _node(node: Row, meaning: Meaning, kinds: Mapping[str, str], path: Path) -> Row:
    """A node with its kind and a name, which is its id where it has none."""
    kind = node.get("kind") or meaning.kind or kinds.get(node["id"])
    if not kind:
        raise SourceError(say("graph_no_kind", path=path, value=node["id"]))
    return {**node, "kind": kind, "name": node.get("name") or node["id"]}


def ends_of(edges: list[Row]) -> Iterator[Row]:
    """Yield the id of each node that a list of links names, once."""
    for id in dict.fromkeys(str(edge[end]) for edge in edges for end in ("source", "target")):
        yield {"id": id}
