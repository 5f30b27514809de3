"""Keep a network as a folder with two Parquet files: `nodes.parquet` and `links.parquet`.

The columns are those of the node and the link table, references and words as dictionaries; what is stated of
the whole stands in the files' metadata. The ends of links are numbers into the column `id` of the nodes, so that
reading need not look them up. A nation of a million facilities is 90 MB and read in less than a second.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.arrays.chunks import flat
from medgraph.graphmodel.canonical import packed
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.atomic import replacing_tables, tables_of
from medgraph.loaders.formats.single_file import checked_head
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.tabular.accounting import accept
from medgraph.suffixes import PARQUET
from medgraph.words.say import say

PARTS = ("nodes", "links")
# One dictionary for a whole column: ids are stored once, and looked up once.
_DICTIONARY_BYTES = 1 << 30
_ROWS_TOGETHER = 1 << 24
_ENDS = ("source", "target")
_DISTINCT = {"id", "name"}  # nearly every row has its own


def read_parquet(source: str | Path, *, validate: bool = True) -> MedicalNetwork:
    """Read a folder that `write` wrote.

    `validate=False` takes the tables over as they are: for files that medgraph itself wrote and nobody
    touched. Otherwise raise SourceError with every problem.
    """
    nodes, edges, meta = read_tables(Path(source))
    return (
        MedicalNetwork.from_frames(nodes, edges, meta)
        if validate
        else MedicalNetwork(nodes, edges, meta)
    )


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read and check the folder; every row is accounted for."""
    nodes, edges, meta = read_tables(source)
    return accept(nodes, edges, meta, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> None:
    """Write the folder; what was there before is whole until the new is complete."""
    with replacing_tables(target, PARQUET) as folder:
        write_tables(net, folder)


def read_tables(folder: Path) -> tuple[pa.Table, pa.Table, dict[str, str]]:
    """Return node table, link table and meta as they are stored; raise SourceError where that fails."""
    files = {file.stem: file for file in tables_of(folder, PARQUET)}
    tables = []
    for part in PARTS:
        path = files.get(part, folder / f"{part}{PARQUET}")
        try:
            with pq.ParquetFile(path, memory_map=True) as file:
                tables.append(file.read())
        except (OSError, pa.ArrowException) as error:
            raise SourceError(
                say("parquet_fails", path=path, reason=str(error).splitlines()[0])
            ) from error
    said = [table.schema.metadata or {} for table in tables]
    for part, stated in zip(PARTS, said, strict=True):
        name = schema.FORMAT_NAME if b"medgraph.version" in stated else None
        checked_head({"format": name, "version": _version(stated)}, folder / f"{part}{PARQUET}")
    nodes, edges = (table.replace_schema_metadata(None) for table in tables)
    return nodes, _sharing_ids(edges, nodes), json.loads(said[0].get(b"medgraph.meta", b"{}"))


def _version(stated: dict[bytes, bytes]) -> int | str:
    text = stated.get(b"medgraph.version", b"").decode(errors="replace")
    return int(text) if text.isdecimal() else text


def write_tables(net: MedicalNetwork, folder: Path) -> None:
    """Write the two files into a folder that is there."""
    said = {
        "medgraph.version": str(schema.FORMAT_VERSION),
        "medgraph.meta": json.dumps(dict(net.meta), ensure_ascii=False),
    }
    nodes, links = net.packed_tables
    for part, table in zip(PARTS, (nodes, _numbered(net) or links), strict=True):
        table = packed(table)
        worded = [
            f.name
            for f in table.schema
            if f.name not in _DISTINCT and not pa.types.is_floating(f.type)
        ]
        pq.write_table(
            table.replace_schema_metadata(said),
            folder / f"{part}{PARQUET}",
            compression="lz4",
            use_dictionary=worded,
            dictionary_pagesize_limit=_DICTIONARY_BYTES,
            row_group_size=_ROWS_TOGETHER,
        )


def _numbered(net: MedicalNetwork) -> pa.Table | None:
    """The links with the ids of the nodes as dictionary of either end; None where an end is none of them."""
    nodes, links = net.packed_tables
    ends = net.index.ends
    if any((end < 0).any() for end in ends) or pc.count_distinct(nodes["id"]).as_py() < len(nodes):
        return None
    ids = flat(nodes["id"])
    for name, positions in zip(_ENDS, ends, strict=True):
        rows = pa.array(net.index.order[positions].astype("int32"))
        links = links.set_column(
            links.column_names.index(name), name, pa.DictionaryArray.from_arrays(rows, ids)
        )
    return links


def _sharing_ids(edges: pa.Table, nodes: pa.Table) -> pa.Table:
    """The links with the very ids of the nodes as dictionaries, where theirs hold the same."""
    if "id" not in nodes.column_names:
        return edges
    ids = flat(nodes["id"])
    for name in _ENDS:
        column = edges[name] if name in edges.column_names else None
        if (
            column is not None
            and pa.types.is_dictionary(column.type)
            and all(chunk.dictionary.equals(ids) for chunk in column.chunks)
        ):
            chunks = [pa.DictionaryArray.from_arrays(chunk.indices, ids) for chunk in column.chunks]
            edges = edges.set_column(
                edges.column_names.index(name), name, pa.chunked_array(chunks, column.type)
            )
    return edges
