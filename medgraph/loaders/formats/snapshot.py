"""Keep a compiled network in one file, `.mgz`, and open it by memory map: a nation in milliseconds.

After the word MEDGRAPH come the length and the checksum of the header, the header (JSON: version,
meta, sections with their checksums) and the sections, each beginning at a multiple of 64 bytes:
the nodes in the order of the index, the positions of all sources and targets, sorted by relation,
and for each relation an Arrow table of the columns that it uses. Nothing is compiled when the file
is opened again.
"""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph._version import __version__
from medgraph.errors import SourceError, TargetError
from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import canonical_meta, packed
from medgraph.graphmodel.index import Index
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.parsers import parsing
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
    made_from = _made_from(source, header)
    trace = made_from and {"path": _relative(made_from, target), "state": header["source"]["state"]}
    with replacing(target) as new:
        _write_traced(net.with_meta(**stated), new, trace or None)
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
    with parsing("snapshot_damaged", path):
        return _network(parts, header)


def write_snapshot(
    net: MedicalNetwork, target: str | Path, *, source: str | Path | None = None
) -> None:
    """Write a snapshot; of `source`, the file or folder it was read from, size and time are kept.

    A snapshot whose source has changed since is refused when it is opened. Raise TargetError.
    """
    target = Path(target)
    _write_traced(net, target, _trace(Path(source), target) if source else None)


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
    with parsing("snapshot_damaged", path):
        header = dict(json.loads(text))
    version = header.get("version")
    if version != VERSION:
        raise SourceError(say("snapshot_version", path=path, version=version, known=VERSION))
    with parsing("snapshot_damaged", path):
        for at, size, checksum in header["sections"].values():
            _refuse(not (_is_count(at) and _is_count(size) and _is_count(checksum)))
            _refuse(at + size > content.size)
    return content, header


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _refuse(broken: bool) -> None:
    """Raise ValueError where what a file states of itself cannot be."""
    if broken:
        raise ValueError


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
    """The network, once every number in the file is known to be a place that there is."""
    nodes = _table(parts["nodes"], schema.field_types())
    ids = nodes["id"].combine_chunks()
    _refuse(bool(ids.null_count) or pc.count_distinct(ids).as_py() < len(ids))
    source, target = (np.frombuffer(parts[name], np.int32) for name in _ENDS)
    for ends in (source, target):
        _refuse(len(ends) > 0 and not 0 <= ends.min() <= ends.max() < len(ids))
    tables = []
    rows: dict[str, Positions] = {}
    ready = 0
    for relation, (first, last) in header["rows"].items():
        _refuse(first != ready or not first <= last <= len(source) == len(target))
        ready = last
        rows[relation] = np.arange(first, last, dtype=np.int32)
        named = {
            "source": _references(source[first:last], ids),
            "target": _references(target[first:last], ids),
            "relation": _references(np.zeros(last - first, np.int8), [relation]),
        }
        used = _table(parts[f"links.{relation}"], schema.link_types())
        _refuse(bool(named.keys() & set(used.column_names)))
        tables.append(pa.table(named | {name: used[name] for name in used.column_names}))
    _refuse(ready != len(source))
    links = pa.concat_tables(tables, promote_options="permissive") if tables else _NO_LINKS
    index = Index.prepared(nodes, links, ends=(source, target), rows=rows)
    return MedicalNetwork(nodes, links, canonical_meta(header["meta"]), index=index)


def _references(places: Positions, values: Any) -> Any:
    """A column of `values` by their places, which are known to be right."""
    return pa.DictionaryArray.from_arrays(pa.array(places), values, safe=False)


def _bytes(table: pa.Table) -> Any:
    sink = pa.BufferOutputStream()
    table = table.unify_dictionaries().combine_chunks()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def _table(part: Any, types: Mapping[str, str]) -> pa.Table:
    """A section as a table whose every offset and index is in its range, its types the schema's."""
    table = pa.ipc.open_file(pa.BufferReader(part)).read_all()
    table.validate(full=True)
    _refuse(len(set(table.column_names)) < len(table.column_names))
    for field in table.schema:
        wanted = schema.ARROW_TYPES[types.get(field.name, "text")]
        is_words = pa.types.is_dictionary(field.type) and field.type.value_type == wanted
        _refuse(field.type != wanted and not is_words)
    return table


# -- what it was made from ------------------------------------------------------------------------


def _trace(source: Path, target: Path) -> dict[str, Any]:
    """Where a source lies, as seen from the snapshot, and what tells that it has changed."""
    return {"path": _relative(source, target), "state": _state(source)}


def _state(source: Path) -> int:
    files = sorted(source.iterdir()) if source.is_dir() else [source]
    state = [
        [file.name, file.stat().st_size, file.stat().st_mtime_ns]
        for file in files
        if file.is_file()
    ]
    return zlib.crc32(json.dumps(state).encode())


def _relative(source: Path, target: Path) -> str:
    """The path of a source from the folder of a snapshot; none of the machine's folders is in it.

    On another drive there is no such path: then the snapshot does not know its source.
    """
    try:
        return Path(os.path.relpath(source.resolve(), target.resolve().parent)).as_posix()
    except ValueError:
        return ""


def _made_from(path: Path, header: Mapping[str, Any]) -> Path | None:
    """The source of a snapshot, where it states one by a relative path that is there."""
    stated = header.get("source")
    if not isinstance(stated, dict) or not isinstance(stated.get("path"), str):
        return None
    if not stated["path"] or Path(stated["path"]).is_absolute() or "\0" in stated["path"]:
        return None
    source = Path(os.path.normpath(path.resolve().parent / stated["path"]))
    return source if source.exists() else None


def _not_stale(path: Path, header: Mapping[str, Any]) -> None:
    """Refuse a snapshot whose source is there and has changed."""
    source = _made_from(path, header)
    if source is not None and _state(source) != header["source"].get("state"):
        raise SourceError(say("snapshot_stale", path=path, source=header["source"]["path"]))
