"""Keep a network as a folder with two Parquet files: `nodes.parquet` and `links.parquet`.

The columns are those of the node and the link table, references and words as dictionaries; what is
stated of the whole is in the files' metadata. The ends of links are numbers into the column `id` of
the nodes, so that reading need not look them up. A nation of a million facilities is 90 MB and read
in less than a second.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.arrays.chunks import flat
from medgraph.graphmodel.canonical import canonical_meta, packed
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.atomic import replacing_tables, tables_of
from medgraph.loaders.formats.single_file import REQUIRED, checked_head, typed_column
from medgraph.loaders.parquet_file import read_parquet_file
from medgraph.loaders.parsers import parsing
from medgraph.loaders.tabular.accounting import accept
from medgraph.loaders.tabular.sheets import letter
from medgraph.suffixes import PARQUET
from medgraph.words.say import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.graphmodel.validate import TableFault
    from medgraph.loaders.loaded import Loaded

PARTS = ("nodes", "links")
# One dictionary for a whole column: ids are stored once, and looked up once.
_DICTIONARY_BYTES = 1 << 30
_ROWS_TOGETHER = 1 << 24
_ENDS = ("source", "target")
_DISTINCT = {"id", "name"}  # nearly every row has its own
_MOST_CELLS = 1_000_000_000  # columns of equal values take next to nothing
_VERSION, _META = "medgraph.version", "medgraph.meta"  # keys of the metadata


def read_parquet(source: str | Path, *, validate: bool = True) -> MedicalNetwork:
    """Read a folder that `write` wrote.

    `validate=False` takes the tables over as they are: for files that medgraph itself wrote and
    nobody touched. Otherwise raise SourceError with every problem.
    """
    nodes, edges, meta = read_tables(Path(source))
    if validate:
        return MedicalNetwork.from_frames(nodes, edges, meta)
    return MedicalNetwork(nodes, edges, meta)


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read and check the folder; every row is accounted for."""
    nodes, edges, meta = read_tables(source)
    nodes, wrong_nodes = _typed("nodes", nodes, schema.field_types())
    edges, wrong_edges = _typed("edges", edges, schema.link_types())
    return accept(nodes, edges, meta, lenient=lenient, found=[*wrong_nodes, *wrong_edges])


def _typed(
    part: str, table: pa.Table, types: Mapping[str, str]
) -> tuple[pa.Table, list[TableFault]]:
    """The table with every column of a type that becomes ours; a fault for each value of another.

    What somebody else has written may hold texts for numbers, or lists.
    """
    found: list[TableFault] = []
    for name in REQUIRED[part]:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(len(table), pa.string()))
    for place, name in enumerate(table.column_names):
        type_ = types.get(name, "text")
        wanted = schema.ARROW_TYPES[type_]
        if table.schema.types[place] in (wanted, pa.dictionary(pa.int32(), wanted)):
            continue
        try:
            table[name].cast(wanted)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            column, wrong = typed_column(part, name, table[name].to_pylist(), type_)
            table, found = table.set_column(place, name, column), [*found, *wrong]
    return table, found


# -- reading --------------------------------------------------------------------------------------


def read_tables(folder: Path) -> tuple[pa.Table, pa.Table, dict[str, str]]:
    """Return node table, link table and meta as they are stored; raise SourceError."""
    files = {file.stem: file for file in tables_of(folder, PARQUET)}
    paths = [files.get(part, folder / f"{part}{PARQUET}") for part in PARTS]
    tables = [read_parquet_file(path, _MOST_CELLS) for path in paths]
    for path, table in zip(paths, tables, strict=True):
        _refuse_repeated(table.column_names, path)
    stated = [_stated(table) for table in tables]
    for path, found in zip(paths, stated, strict=True):
        name = schema.FORMAT_NAME if _VERSION in found else None
        checked_head({"format": name, "version": _version(found)}, path)
    nodes, edges = (table.replace_schema_metadata(None) for table in tables)
    with parsing("parquet_fails", paths[0]):
        meta = canonical_meta(json.loads(stated[0].get(_META, "{}")))
    return nodes, _sharing_ids(edges, nodes), meta


def _refuse_repeated(names: list[str], path: Path) -> None:
    first: dict[str, int] = {}
    for place, name in enumerate(names):
        if first.setdefault(name, place) != place:
            at, other = (f"{path.name}!{letter(one)}" for one in (place, first[name]))
            raise SourceError(str(problem("E032", place=at, value=name, first=other)))


def _stated(table: pa.Table) -> dict[str, str]:
    """The metadata of a file as text."""
    found = table.schema.metadata or {}
    return {
        key.decode(errors="replace"): text.decode(errors="replace") for key, text in found.items()
    }


def _version(stated: dict[str, str]) -> int | str:
    text = stated.get(_VERSION, "")
    return int(text) if text.isdecimal() else text


def _sharing_ids(edges: pa.Table, nodes: pa.Table) -> pa.Table:
    """The links with the very ids of the nodes as dictionaries, where theirs hold the same."""
    if "id" not in nodes.column_names:
        return edges
    ids = flat(nodes["id"])
    for name in _ENDS:
        if name in edges.column_names and _has_dictionary(edges[name], ids):
            chunks = [
                pa.DictionaryArray.from_arrays(chunk.indices, ids) for chunk in edges[name].chunks
            ]
            shared = pa.chunked_array(chunks, edges[name].type)
            edges = edges.set_column(edges.column_names.index(name), name, shared)
    return edges


def _has_dictionary(column: Any, ids: Any) -> bool:
    if not pa.types.is_dictionary(column.type):
        return False
    return all(chunk.dictionary.equals(ids) for chunk in column.chunks)


# -- writing --------------------------------------------------------------------------------------


def write(net: MedicalNetwork, target: Path) -> None:
    """Write the folder; what was there before is whole until the new is complete."""
    with replacing_tables(target, PARQUET) as folder:
        write_tables(net, folder)


def write_tables(net: MedicalNetwork, folder: Path) -> None:
    """Write the two files into a folder that is there."""
    stated = {
        _VERSION: str(schema.FORMAT_VERSION),
        _META: json.dumps(dict(net.meta), ensure_ascii=False),
    }
    nodes, links = net.packed_tables
    for part, table in zip(PARTS, (nodes, _numbered(net) or links), strict=True):
        table = packed(table)
        pq.write_table(
            table.replace_schema_metadata(stated),
            folder / f"{part}{PARQUET}",
            compression="lz4",
            use_dictionary=[field.name for field in table.schema if _repeats(field)],
            dictionary_pagesize_limit=_DICTIONARY_BYTES,
            row_group_size=_ROWS_TOGETHER,
        )


def _repeats(field: Any) -> bool:
    """Whether the values of a column are few enough for a dictionary."""
    return field.name not in _DISTINCT and not pa.types.is_floating(field.type)


def _numbered(net: MedicalNetwork) -> pa.Table | None:
    """The links with the ids of the nodes as dictionary of either end; None if one is missing."""
    nodes, links = net.packed_tables
    ends = net.index.ends
    if any((end < 0).any() for end in ends) or pc.count_distinct(nodes["id"]).as_py() < len(nodes):
        return None
    ids = flat(nodes["id"])
    for name, positions in zip(_ENDS, ends, strict=True):
        rows = pa.array(net.index.order[positions].astype("int32"))
        numbered = pa.DictionaryArray.from_arrays(rows, ids)
        links = links.set_column(links.column_names.index(name), name, numbered)
    return links
