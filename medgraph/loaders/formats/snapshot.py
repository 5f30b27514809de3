"""Keep a compiled network in one file, `.mgz`, and open it again by memory map: a nation in milliseconds.

After the word MEDGRAPH come the length and the checksum of the header, the header (JSON: version, meta,
sections with their checksums) and the sections, each beginning at a multiple of 64 bytes: the nodes in the
order of the index, the positions of all sources and targets, sorted by relation, and for each relation an
Arrow table of the columns that it uses. Nothing is compiled when the file is opened again.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph._version import __version__
from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel.canonical import packed
from medgraph.graphmodel.index import Index
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.atomic import replacing
from medgraph.loaders.loaded import Loaded
from medgraph.words.say import say

VERSION = 1
_WORD = b"MEDGRAPH"
_HEAD = len(_WORD) + 8
_ALIGNED = 64


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Open a snapshot; what was sound when it was written is sound, so nothing is left out."""
    net = read_snapshot(source)
    rows = sum(len(table) for table in net.packed_tables)
    return Loaded(net, (), rows, rows, 0)


def write(net: MedicalNetwork, target: Path, *, made_from: str | Path | None = None) -> None:
    """Write a snapshot; what was there before is whole until the new is complete."""
    with replacing(target) as new:
        write_snapshot(
            net, new, source=made_from if made_from and Path(made_from).exists() else None
        )


def read_snapshot(source: str | Path) -> MedicalNetwork:
    """Open a snapshot.

    Raise SourceError where it is no snapshot, of another version, damaged, or older than what it was made
    from; the sentence says what to do.
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
    """Write a snapshot; of `source`, the file or folder it was read from, size and time are kept beside it.

    A snapshot whose source has changed since is refused when it is opened. Raise TargetError.
    """
    parts, rows = _parts(net)
    header: dict[str, Any] = {
        "version": VERSION,
        "medgraph": __version__,
        "meta": dict(net.meta),
        "rows": rows,
        "source": _trace(Path(source)) if source else None,
        "sections": {key: [1 << 50, 1 << 50, 1 << 32] for key in parts},
    }
    at = -(-(_HEAD + len(json.dumps(header))) // _ALIGNED) * _ALIGNED
    for name, part in parts.items():
        header["sections"][name] = [at, len(part), zlib.crc32(part)]
        at = -(-(at + len(part)) // _ALIGNED) * _ALIGNED
    text = json.dumps(header).encode()
    with Path(target).open("wb") as file:
        file.write(
            _WORD + len(text).to_bytes(4, "little") + zlib.crc32(text).to_bytes(4, "little") + text
        )
        for name, part in parts.items():
            file.write(b"\0" * (header["sections"][name][0] - file.tell()))
            file.write(part)


def _opened(path: Path) -> tuple[pa.Buffer, dict[str, Any]]:
    try:
        with pa.memory_map(str(path)) as file:
            content = file.read_buffer()
    except OSError as error:
        raise SourceError(say("snapshot_damaged", path=path)) from error
    if content.slice(0, min(len(_WORD), content.size)).to_pybytes() != _WORD:
        raise SourceError(say("snapshot_none", path=path))
    length, checksum = np.frombuffer(
        content.slice(0, min(_HEAD, content.size)).to_pybytes()[len(_WORD) :].ljust(8), "<u4"
    ).tolist()
    text = content.slice(_HEAD, length).to_pybytes() if _HEAD + length <= content.size else b""
    if zlib.crc32(text) != checksum or not text:
        raise SourceError(say("snapshot_damaged", path=path))
    header = json.loads(text)
    if header["version"] != VERSION:
        raise SourceError(
            say("snapshot_version", path=path, version=header["version"], known=VERSION)
        )
    if any(at + size > content.size for at, size, _ in header["sections"].values()):
        raise SourceError(say("snapshot_damaged", path=path))
    return content, header


def _parts(net: MedicalNetwork) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """The sections by name, and from which to which row each relation stands."""
    nodes, links = (packed(table) for table in net.packed_tables)
    source, target = net.index.ends
    if len(source) and min(source.min(), target.min()) < 0:
        raise TargetError(say("snapshot_dangling"))
    parts: dict[str, Any] = {"nodes": _bytes(nodes.take(pa.array(net.index.order)))}
    rows, order, at = {}, [np.zeros(0, np.int32)], 0
    for relation in pc.unique(links["relation"].cast(pa.string())).to_pylist():
        found = net.index.links(relation)
        row = found.row[np.lexsort((found.target, found.source))]
        rows[relation] = [at, at := at + len(row)]
        order.append(row)
        used = links.drop_columns(["source", "target", "relation"]).take(pa.array(row))
        parts[f"links.{relation}"] = _bytes(
            used.select([c for c in used.column_names if used[c].null_count < len(used)])
        )
    for name, positions in (("source", source), ("target", target)):
        parts[name] = positions[np.concatenate(order)].tobytes()
    return parts, rows


def _network(parts: dict[str, pa.Buffer], header: dict[str, Any]) -> MedicalNetwork:
    nodes = _table(parts["nodes"])
    ids = nodes["id"].combine_chunks()
    ends = [np.frombuffer(parts[name], np.int32) for name in ("source", "target")]
    tables = []
    for relation, (start, stop) in header["rows"].items():
        named = {
            name: pa.DictionaryArray.from_arrays(pa.array(end[start:stop]), ids, safe=False)
            for name, end in zip(("source", "target"), ends, strict=True)
        }
        named["relation"] = pa.DictionaryArray.from_arrays(
            pa.array(np.zeros(stop - start, np.int8)), [relation]
        )
        used = _table(parts[f"links.{relation}"])
        tables.append(pa.table(named | {name: used[name] for name in used.column_names}))
    links = pa.concat_tables(tables, promote_options="permissive") if tables else _NO_LINKS
    rows = {relation: np.arange(*span, dtype=np.int32) for relation, span in header["rows"].items()}
    index = Index.prepared(nodes, links, ends=(ends[0], ends[1]), rows=rows)
    return MedicalNetwork(nodes, links, header["meta"], index=index)


_NO_LINKS = pa.table({name: pa.array([], pa.string()) for name in ("source", "relation", "target")})


def _bytes(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    table = table.unify_dictionaries().combine_chunks()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def _table(part: pa.Buffer) -> pa.Table:
    return pa.ipc.open_file(pa.BufferReader(part)).read_all()


def _trace(source: Path) -> dict[str, Any]:
    """Where a source lies, and what tells that it has changed."""
    files = sorted(f for f in source.rglob("*") if f.is_file()) if source.is_dir() else [source]
    state = [[f.name, f.stat().st_size, f.stat().st_mtime_ns] for f in files]
    return {"path": str(source.resolve()), "state": zlib.crc32(json.dumps(state).encode())}


def _not_stale(path: Path, header: dict[str, Any]) -> None:
    made_from = header["source"]
    if made_from is None or not (source := Path(made_from["path"])).exists():
        return
    if _trace(source) != made_from:
        raise SourceError(say("snapshot_stale", path=path, source=source))
