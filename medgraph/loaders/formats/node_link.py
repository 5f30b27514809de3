"""Read and write node-link JSON: one file, one line for each node and link.

It is for networkx, D3 and scripts: `json.load` and `networkx.node_link_graph(data, edges="edges")`
read it too. It states its name and version.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeGuard

from medgraph.errors import SourceError
from medgraph.loaders.formats import single_file
from medgraph.whole_files import replacing
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

_ROWS_AT_ONCE = 10_000


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read a file that `write` wrote; see `medgraph.loaders.registry.load`."""
    data = single_file.read_json(source, "not_json")
    head = single_file.checked_head(data, source)
    nodes, edges, meta = head.get("nodes"), head.get("edges"), head.get("meta")
    if not _are_rows(nodes) or not _are_rows(edges):
        raise SourceError(say("not_our_format", path=source, name=head["format"]))
    stated = meta if isinstance(meta, dict) else {}
    return single_file.load_rows(nodes, edges, stated, lenient=lenient)


def _are_rows(found: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(found, list) and all(isinstance(row, dict) for row in found)


def write(net: MedicalNetwork, target: Path) -> None:
    """Write a network as node-link JSON in UTF-8."""
    with replacing(target) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(net))


def _lines(net: MedicalNetwork) -> Iterator[str]:
    head = {**single_file.head(net), "directed": True, "multigraph": True, "graph": {}}
    yield "{" + ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in head.items())
    for name, table in zip(("nodes", "edges"), net.tables, strict=True):
        yield f',\n"{name}": ['
        yield from _rows(table)
        yield "]"
    yield "}\n"


def _rows(table: pa.Table) -> Iterator[str]:
    between = "\n"
    for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE):
        for row in batch.to_pylist():
            yield between + _json(single_file.plain(row))
            between = ",\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
