"""Read and write Pajek's `.net`, by way of networkx.

It holds ids, kinds, names and types of nodes, relations, and minutes as the weight of a link.
"""

from __future__ import annotations

import re
import urllib.parse
from typing import TYPE_CHECKING, Any

from medgraph.loaders.capacity import Capacity, Kept, Losses, keep
from medgraph.loaders.graphs.graph_rows import UNDIRECTED, load_graph
from medgraph.loaders.graphs.pajek_lines import checked_lines
from medgraph.loaders.parsers import parsing
from medgraph.loaders.registers.meaning import read_meaning
from medgraph.whole_files import replacing
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

CAN_HOLD = Capacity(node_fields=frozenset({"type"}), link_fields=frozenset({"minutes"}), meta=False)
OURS = b"% medgraph\n"  # a comment, by which our own files are known
_BEGINNING = 4096
# Other ways to write links, which networkx reads as something else.
_LISTS = re.compile(rb"^\s*\*(?:arcslist|edgeslist|matrix)", re.IGNORECASE | re.MULTILINE)
_MARK = re.compile(rb"\A\s*(?:%[^\n]*\n\s*)*\*(?:network|vertices)", re.IGNORECASE)
# Pajek ends a text at a quotation mark, and a line at its end; a per cent sign stands for such.
_SPECIAL = re.compile(r"[%\"'\\]|[^\S ]|\A | \Z")
_DRAWN = frozenset({"id", "x", "y", "shape"})


def is_pajek(path: Path) -> bool:
    """Whether a file begins as Pajek's do."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _MARK.match(file.read(_BEGINNING)) is not None


def part_held(net: MedicalNetwork) -> Kept:
    """Return the part of a network that Pajek's files say, and what they do not."""
    return keep(net, CAN_HOLD)


def load(source: Path, *, mapping: Path | None = None, lenient: bool = False) -> Loaded:
    """Read a graph of Pajek; see `medgraph.loaders.registry.load`."""
    import networkx as nx

    meaning = read_meaning(mapping)
    with parsing("not_pajek", source):
        if _LISTS.search(source.read_bytes()):
            raise ValueError(say("pajek_lists"))
        lines, left = checked_lines(source)
        graph: Any = nx.parse_pajek(iter(lines.arcs))
        edges = nx.parse_pajek(iter(lines.edges))
        graph.add_edges_from(
            (*ends, {**data, UNDIRECTED: True}) for *ends, data in edges.edges(data=True)
        )
        graph = nx.relabel_nodes(graph, {id: urllib.parse.unquote(id) for id in graph})
    for _, data in graph.nodes(data=True):
        _replace(data, {key: value for key, value in data.items() if key not in _DRAWN})
    for *_, data in graph.edges(data=True):
        _replace(data, data)
        if "relation" in data:  # one of ours: its weight is no minutes but where it says so
            data.pop("weight", None)
            data |= {"minutes": float(data["minutes"])} if "minutes" in data else {}
    return load_graph(graph, None, source, meaning, lenient=lenient, left=left)


def _replace(data: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Put values in the place of those of a node or link, their texts as they were."""
    plain = {
        key: urllib.parse.unquote(value) if isinstance(value, str) else value
        for key, value in values.items()
    }
    data.clear()
    data.update(plain)


def write(net: MedicalNetwork, target: Path) -> Losses | None:
    """Write a network for Pajek, and return what its files cannot say."""
    import networkx as nx

    kept = part_held(net)
    graph: Any = nx.MultiDiGraph()
    nodes, links = kept.network.tables
    for row in nodes.to_pylist():
        said = {name: _quoted(str(value)) for name, value in row.items() if value is not None}
        graph.add_nodes_from([(said.pop("id"), said)])
    for row in links.to_pylist():
        ends = [_quoted(row[end]) for end in ("source", "target")]
        said = {"relation": row["relation"]}
        if (minutes := row.get("minutes")) is not None:
            said |= {"minutes": repr(minutes), "weight": minutes}
        graph.add_edges_from([(*ends, said)])
    with replacing(target) as path, path.open("wb") as file:
        file.write(OURS)
        nx.write_pajek(graph, file)
    return kept.told(target)


def _quoted(text: str) -> str:
    return _SPECIAL.sub(lambda found: urllib.parse.quote(found[0], safe=""), text)
