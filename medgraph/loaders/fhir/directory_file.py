"""Read and write a directory in FHIR as a file: a Bundle, or NDJSON, a resource on each line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from medgraph import suffixes
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.capacity import Kept, Loss
from medgraph.loaders.fhir.losses import LossCount
from medgraph.loaders.fhir.reading import load_content
from medgraph.loaders.fhir.resources import read_content, recognises
from medgraph.loaders.fhir.shapes import shape_named
from medgraph.loaders.fhir.writing import Writing
from medgraph.whole_files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medgraph.loaders.capacity import Losses
    from medgraph.loaders.fhir.resources import Resource
    from medgraph.loaders.loaded import Loaded

__all__ = ["load", "part_held", "recognises", "write"]

# A Bundle names where its resources lie; a file lies at no server.
_NOWHERE = "https://medgraph.invalid/fhir"


def load(source: Path, *, keep_source: bool = False, lenient: bool = False) -> Loaded:
    """Read a Bundle of any type, NDJSON, or a folder of them."""
    return load_content(read_content(source, keep_source=keep_source), lenient=lenient)


def part_held(net: MedicalNetwork) -> Kept:
    """Return what such a file says of a network: all but the pseudonyms of persons."""
    nodes, links = net.tables
    if "person" not in links.column_names:
        return Kept(net, ())
    persons = len(links) - links["person"].null_count
    without = MedicalNetwork(nodes, links.drop_columns("person"), net.meta)
    return Kept(without, (Loss("links.person", persons),) if persons else ())


def write(net: MedicalNetwork, target: Path, *, shape: str | None = None) -> Losses | None:
    """Write a network; return what FHIR cannot say of it, None where it says all."""
    losses = LossCount(target.name)
    writing = Writing(net, shape_named(shape), losses)
    resources = writing.resources()
    is_lines = target.suffix.lower() == suffixes.NDJSON
    pieces = _lines(resources) if is_lines else _bundle(resources, writing.today.isoformat())
    with replacing(target) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
    return losses.told()


def _lines(resources: Iterator[Resource]) -> Iterator[str]:
    for resource in resources:
        yield _json(resource) + "\n"


def _bundle(resources: Iterator[Resource], day: str) -> Iterator[str]:
    """A transaction that any server takes as it is, an entry on each line."""
    yield f'{{"resourceType": "Bundle", "type": "transaction", "timestamp": "{day}T00:00:00Z",'
    yield ' "entry": ['
    between = "\n"
    for resource in resources:
        url = f"{resource['resourceType']}/{resource['id']}"
        entry = {
            "fullUrl": f"{_NOWHERE}/{url}",
            "resource": resource,
            "request": {"method": "PUT", "url": url},
        }
        yield between + _json(entry)
        between = ",\n"
    yield "]}\n"


def _json(value: Resource) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
