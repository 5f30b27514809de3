"""Keep a compiled network in one file, `.mgz`, and open it by memory map: a nation in milliseconds.

After the word MEDGRAPH come the length and the checksum of the header, the header (JSON: version,
meta, sections with their checksums) and the sections, each beginning at a multiple of 64 bytes:
the nodes in the order of the index, the positions of all sources and targets, sorted by relation,
and for each relation an Arrow table of the columns that it uses. Nothing is compiled when the file
is opened again.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph._version import __version__
from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel.canonical import packed
from medgraph.graphmodel.index import Index
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.loaded import Loaded
from medgraph.whole_files import replacing
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.graphmodel.arrays.types import Positions

VERSION = 1
_WORD = b"MEDGRAPH"
_HEAD = len(_WORD) + 8  # behind the word: the length and the checksum of the header, 4 bytes each
_ALIGNED = 64
# As long as any section's place, length and checksum: the header does not grow when they are known.
_WIDEST = [1 << 50, 1 << 50, 1 << 32]
_ENDS = ("source", "target")
_NO_LINKS = pa.table({name: pa.array([], pa.string()) for name in ("source", "relation", "target")})


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Open a snapshot; what was sound when it was written is sound, so nothing is left out."""
    net = read_snapshot(source)
    rows = sum(len(table) for table in net.packed_tables)
    return Loaded(net, (), rows, rows, 0)


def write(net: MedicalNetwork, target: Path, *, made_from: str | Path | None = None) -> None:
    """Write a snapshot; what was there before is whole until the new is complete."""
    source = made_from if made_from and Path(made_from).exists() else None
    with replacing(target) as new:
        write_snapshot(net, new, source=source)


def restate(
    net: MedicalNetwork, source: Path, stated: Mapping[str, str | None], target: Path
) -> str:
    """Write the snapshot of `net` again with these statements; return its place.

    It stays made from what it was made from, and is refused once that has changed.
    """
    _, header = _opened(source)
    with replacing(target) as new:
        _write_traced(net.with_meta(**stated), new, header["source"])
    return str(target)


# -- the file -------------------------------------------------------------------------------------


def read_snapshot(source: str | Path) -> MedicalNetwork:
    """Open a snapshot.

    Raise SourceError where it is no snapshot, of another version, damaged, or older than what it
    was made from; the sentence says what to do.
    """
    path = Path(source)
    content, header = _opened(path)
    _not_stale(path, header)
    parts = {}
    for name, (at, length, checksum) in header["sections"].items():
        parts[name] = content.slice(at, length)
        if zlib.crc32(parts[name]) != checksum:
            raise SourceError(say("snapshot_damaged", path=path))
    return _network(parts, header)


def write_snapshot(
    net: MedicalNetwork, target: str | Path, *, source: str | Path | None = None
) -> None:
    """Write a snapshot; of `source`, the file or folder it was read from, size and time are kept.

    A snapshot whose source has changed since is refused when it is opened. Raise TargetError.
    """
    _write_traced(net, Path(target), _trace(Path(source)) if source else None)


def _write_traced(net: MedicalNetwork, target: Path, trace: Mapping[str, Any] | None) -> None:
    parts, rows = _parts(net)
    header: dict[str, Any] = {
        "version": VERSION,
        "medgraph": __version__,
        "meta": dict(net.meta),
        "rows": rows,
        "source": trace,
        "sections": dict.fromkeys(parts, _WIDEST),
    }
    at = _aligned(_HEAD + len(json.dumps(header)))
    for name, part in parts.items():
        header["sections"][name] = [at, len(part), zlib.crc32(part)]
        at = _aligned(at + len(part))
    text = json.dumps(header).encode()
    sizes = len(text).to_bytes(4, "little") + zlib.crc32(text).to_bytes(4, "little")
    with target.open("wb") as file:
        file.write(_WORD + sizes + text)
        for name, part in parts.items():
            place, _, _ = header["sections"][name]
            file.write(b"\0" * (place - file.tell()))
            file.write(part)


def _aligned(place: int) -> int:
    return -(-place // _ALIGNED) * _ALIGNED


def _opened(path: Path) -> tuple[Any, dict[str, Any]]:
    """The content and the header of a snapshot; raise SourceError where it is none or damaged."""
    try:
        with pa.memory_map(str(path)) as file:
            content = file.read_buffer()
    except OSError as error:
        raise SourceError(say("snapshot_damaged", path=path)) from error
    start = content.slice(0, min(_HEAD, content.size)).to_pybytes()
    if start[: len(_WORD)] != _WORD:
        raise SourceError(say("snapshot_none", path=path))
    length, checksum = np.frombuffer(start[len(_WORD) :].ljust(8), "<u4").tolist()
    text = content.slice(_HEAD, length).to_pybytes() if _HEAD + length <= content.size else b""
    if not text or zlib.crc32(text) != checksum:
        raise SourceError(say("snapshot_damaged", path=path))
    header = json.loads(text)
    version = header["version"]
    if version != VERSION:
        raise SourceError(say("snapshot_version", path=path, version=version, known=VERSION))
    if any(at + size > content.size for at, size, _ in header["sections"].values()):
        raise SourceError(say("snapshot_damaged", path=path))
    return content, header


# -- its sections ---------------------------------------------------------------------------------


def _parts(net: MedicalNetwork) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """The sections by name, and from which to which row each relation has its links."""
    nodes, links = (packed(table) for table in net.packed_tables)
    ends = net.index.ends
    if any((end < 0).any() for end in ends):
        raise TargetError(say("snapshot_dangling"))
    parts: dict[str, Any] = {"nodes": _bytes(nodes.take(pa.array(net.index.order)))}
    attributes = links.drop_columns([*_ENDS, "relation"])
    rows = _rows_by_relation(net)
    for relation, own in rows.items():
        parts[f"links.{relation}"] = _bytes(_used_columns(attributes.take(pa.array(own))))
    order = np.concatenate([np.zeros(0, np.int32), *rows.values()])
    for name, positions in zip(_ENDS, ends, strict=True):
        parts[name] = positions[order].tobytes()
    return parts, _spans(rows)


def _rows_by_relation(net: MedicalNetwork) -> dict[str, Positions]:
    """The rows of the links of each relation, in the order of source and target."""
    relations = pc.unique(net.packed_tables[1]["relation"].cast(pa.string()))
    rows: dict[str, Positions] = {}
    for relation in relations.to_pylist():
        found = net.index.links(relation)
        rows[relation] = found.row[np.lexsort((found.target, found.source))]
    return rows


def _spans(rows: Mapping[str, Positions]) -> dict[str, list[int]]:
    """The first row of each relation, and that behind its last, where they follow one another."""
    spans: dict[str, list[int]] = {}
    first = 0
    for relation, own in rows.items():
        spans[relation] = [first, first + len(own)]
        first += len(own)
    return spans


def _used_columns(table: pa.Table) -> pa.Table:
    return table.select([c for c in table.column_names if table[c].null_count < len(table)])


def _network(parts: dict[str, Any], header: dict[str, Any]) -> MedicalNetwork:
    nodes = _table(parts["nodes"])
    ids = nodes["id"].combine_chunks()
    source, target = (np.frombuffer(parts[name], np.int32) for name in _ENDS)
    tables = []
    rows: dict[str, Positions] = {}
    for relation, (first, last) in header["rows"].items():
        rows[relation] = np.arange(first, last, dtype=np.int32)
        named = {
            "source": _references(source[first:last], ids),
            "target": _references(target[first:last], ids),
            "relation": _references(np.zeros(last - first, np.int8), [relation]),
        }
        used = _table(parts[f"links.{relation}"])
        tables.append(pa.table(named | {name: used[name] for name in used.column_names}))
    links = pa.concat_tables(tables, promote_options="permissive") if tables else _NO_LINKS
    index = Index.prepared(nodes, links, ends=(source, target), rows=rows)
    return MedicalNetwork(nodes, links, header["meta"], index=index)


def _references(places: Positions, values: Any) -> Any:
    """A column of `values` by their places, which are known to be right."""
    return pa.DictionaryArray.from_arrays(pa.array(places), values, safe=False)


def _bytes(table: pa.Table) -> Any:
    sink = pa.BufferOutputStream()
    table = table.unify_dictionaries().combine_chunks()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def _table(part: Any) -> pa.Table:
    return pa.ipc.open_file(pa.BufferReader(part)).read_all()


# -- what it was made from ------------------------------------------------------------------------


def _trace(source: Path) -> dict[str, Any]:
    """Where a source lies, and what tells that it has changed."""
    files = [source]
    if source.is_dir():
        files = sorted(file for file in source.rglob("*") if file.is_file())
    state = [[file.name, file.stat().st_size, file.stat().st_mtime_ns] for file in files]
    return {"path": str(source.resolve()), "state": zlib.crc32(json.dumps(state).encode())}


def _not_stale(path: Path, header: dict[str, Any]) -> None:
    """Refuse a snapshot whose source is there and has changed."""
    made_from = header["source"]
    if made_from is None:
        return
    source = Path(made_from["path"])
    if source.exists() and _trace(source) != made_from:
        raise SourceError(say("snapshot_stale", path=path, source=source))
