"""Read and write GML, which Gephi, Cytoscape, igraph and yEd read, by way of networkx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medgraph.loaders.graphs.graph_rows import HEAD, graph_of, head_of, load_graph
from medgraph.loaders.parsers import parsing
from medgraph.loaders.registers.meaning import read_meaning
from medgraph.whole_files import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

_NAME = re.compile(r"[A-Za-z][0-9A-Za-z]*(?:_[0-9A-Za-z]+)*", re.ASCII)
_TAKEN = frozenset({"id", "label", "source", "target", "key", "graphics"})
_TEXTS_OF_ITS_OWN = frozenset({"()", "[]", "_networkx_list_start"})
_LARGEST = 2**31
_BEGINNING = 4096
_GRAPH = re.compile(rb"(?:^|\s)graph\s*\[", re.ASCII)


def is_gml(path: Path) -> bool:
    """Whether a file begins as GML does, which is no markup."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    return beginning.lstrip()[:1].isalpha() and _GRAPH.search(beginning) is not None


def load(source: Path, *, mapping: Path | None = None, lenient: bool = False) -> Loaded:
    """Read a graph; see `medgraph.loaders.registry.load`."""
    import networkx as nx

    meaning = read_meaning(mapping)
    with parsing("not_gml", source):
        graph: Any = nx.read_gml(source, label="id")
        labelled = {id: data.get("label", id) for id, data in graph.nodes(data=True)}
        is_one_to_one = len(set(map(str, labelled.values()))) == len(labelled)
        if is_one_to_one:
            graph = nx.relabel_nodes(graph, {id: str(label) for id, label in labelled.items()})
    return load_graph(graph, graph.graph.get(HEAD), source, meaning, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> None:
    """Write a network as GML; one of more than 200,000 nodes is refused with TooLargeError.

    The label of a node is its id, because GML tells nodes apart by numbers and labels alone.
    """
    import networkx as nx

    graph = graph_of(net, _fits)
    for _, data in graph.nodes(data=True):
        data.pop("label")
    graph.graph[HEAD] = head_of(net)
    with replacing(target) as path:
        nx.write_gml(graph, path)


def _fits(name: str, value: Any) -> bool:
    """Whether GML keeps an attribute as it is; it knows no truth values and no long numbers."""
    if name in _TAKEN or not _NAME.fullmatch(name) or isinstance(value, bool):
        return False
    if isinstance(value, str):
        return value not in _TEXTS_OF_ITS_OWN
    return not isinstance(value, int) or abs(value) < _LARGEST
