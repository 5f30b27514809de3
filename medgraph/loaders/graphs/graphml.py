"""Read and write GraphML, for Gephi and other programs that draw graphs; by way of networkx.

Gephi shows what is in `label`: the name. What is stated of the whole, the format's name and version
are one attribute of the graph.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from medgraph.loaders.formats import single_file
from medgraph.loaders.graphs.graph_rows import load_graph
from medgraph.loaders.parsers import parsing
from medgraph.loaders.registers.meaning import read_meaning
from medgraph.whole_files import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

_HEAD = "medgraph"
_BEGINNING, _MARK = 4096, b"<graphml"
# Names that Gephi or networkx uses itself: a user's own attribute of such a name gets `attr:`.
_TAKEN = frozenset({"label", "node_for_adding", "self"})
_OWN = "attr:"


def is_graphml(path: Path) -> bool:
    """Whether a file begins as GraphML does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _MARK in file.read(_BEGINNING)


def load(source: Path, *, mapping: Path | None = None, lenient: bool = False) -> Loaded:
    """Read a graph of ours, or of somebody else; see `medgraph.loaders.registry.load`."""
    import networkx as nx

    with parsing("not_graphml", source):
        graph: Any = nx.read_graphml(source, force_multigraph=True)
        found = json.loads(graph.graph.get(_HEAD, "null"))
    if found is None:
        return load_graph(graph, None, source, read_meaning(mapping), lenient=lenient)
    head = single_file.checked_head(found, source)
    nodes = [{**_ours(data), "id": id} for id, data in graph.nodes(data=True)]
    edges = [{**_ours(data), "source": s, "target": t} for s, t, data in graph.edges(data=True)]
    return single_file.load_rows(nodes, edges, head.get("meta") or {}, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> None:
    """Write a network as GraphML; one of more than 200,000 nodes is refused with TooLargeError."""
    import networkx as nx

    graph: Any = net.to_networkx(ascii_names=False)
    graph.graph.clear()
    graph.graph[_HEAD] = json.dumps(single_file.head(net), ensure_ascii=False)
    for id, data in graph.nodes(data=True):
        _replace(data, {**_theirs(data), "label": data.get("name", id)})
    for *_, data in graph.edges(data=True):
        _replace(data, _theirs(data))
    with replacing(target) as path:
        nx.write_graphml_xml(graph, path, encoding="utf-8")


def _replace(data: dict[str, Any], values: dict[str, Any]) -> None:
    data.clear()
    data.update(values)


def _theirs(row: dict[str, Any]) -> dict[str, Any]:
    """The attributes of a node or link by names that the other programs leave free."""
    return {_free_name(key): value for key, value in single_file.plain(row).items()}


def _free_name(key: str) -> str:
    return _OWN + key if key in _TAKEN or key.startswith(_OWN) else key


def _ours(row: dict[str, Any]) -> dict[str, Any]:
    return {key.removeprefix(_OWN): value for key, value in row.items() if key != "label"}
