"""Read and write GEXF, the format of Gephi, by way of networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.loaders.graphs.graph_rows import graph_of, head_of, load_graph
from medgraph.loaders.parsers import parsing
from medgraph.loaders.registers.meaning import read_meaning
from medgraph.whole_files import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

# Attributes that GEXF or networkx means something by.
_TAKEN = frozenset(
    {
        *("id", "label", "pid", "start", "end", "parents", "slices", "spells", "viz"),
        *("key", "networkx_key", "weight", "for", "mode"),
    }
)
_OF_LINKS = frozenset({"id", "key", "networkx_key"})
_BEGINNING, _MARK = 4096, b"<gexf"
_LARGEST = 2**31


def is_gexf(path: Path) -> bool:
    """Whether a file begins as GEXF does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _MARK in file.read(_BEGINNING)


def load(source: Path, *, mapping: Path | None = None, lenient: bool = False) -> Loaded:
    """Read a graph of Gephi; see `medgraph.loaders.registry.load`."""
    import networkx as nx

    meaning = read_meaning(mapping)
    with parsing("not_gexf", source):
        graph: Any = nx.read_gexf(source)
    head = graph.graph.get("name")
    for *_, data in graph.edges(data=True):  # which networkx and Gephi give to every link
        for name in _OF_LINKS:
            data.pop(name, None)
    return load_graph(graph, head, source, meaning, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> None:
    """Write a network as GEXF; one of more than 200,000 nodes is refused with TooLargeError."""
    import networkx as nx

    graph = graph_of(net, _fits)
    graph.graph["name"] = head_of(net)
    with replacing(target) as path:
        nx.write_gexf(graph, path, encoding="utf-8")


def _fits(name: str, value: Any) -> bool:
    """Whether GEXF keeps an attribute as it is: a text without ends of lines, a plain number.

    The `type` of a link is directed or not.
    """
    if name in _TAKEN or name == "type" or ":" in name:
        return False
    if isinstance(value, str):
        return value == value.strip() and not set(value) & {"\n", "\t", "\r"}
    return not isinstance(value, int) or isinstance(value, bool) or abs(value) < _LARGEST
