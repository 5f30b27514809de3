"""Read and write node-link JSON: one file, one line for each node and link, for networkx, D3 and scripts.

`json.load` and `networkx.node_link_graph(data, edges="edges")` read it too. It states its name and version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from medgraph.errors import SourceError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import atomic
from medgraph.loaders.formats import single_file as stored
from medgraph.loaders.loaded import Loaded
from medgraph.words.say import say


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read a file that `write` wrote; see `medgraph.loaders.registry.load`."""
    try:
        data = json.loads(source.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:  # what is no UTF-8 is a ValueError as well
        raise SourceError(say("not_json", path=source, reason=error)) from error
    head = stored.checked_head(data, source)
    parts = [head.get(name) for name in ("nodes", "edges")]
    if not all(
        isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in parts
    ):
        raise SourceError(say("not_our_format", path=source, name=head["format"]))
    meta = head.get("meta")
    return stored.load_rows(*parts, meta if isinstance(meta, dict) else {}, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> None:
    """Write a network as node-link JSON in UTF-8."""
    with atomic.replacing(target) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(net))


def _lines(net: MedicalNetwork) -> Iterator[str]:
    head = {**stored.head(net), "directed": True, "multigraph": True, "graph": {}}
    yield "{" + ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in head.items())
    for name, table in zip(("nodes", "edges"), net.tables, strict=True):
        yield f',\n"{name}": ['
        yield from _rows(table)
        yield "]"
    yield "}\n"


def _rows(table) -> Iterator[str]:
    between = "\n"
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield between + _json(stored.plain(row))
            between = ",\n"


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
