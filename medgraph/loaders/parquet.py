"""Keep a network as a folder with two Parquet files: `nodes.parquet` and `links.parquet`.

The columns are those of the node and the link table, references and words as dictionaries; what is stated of
the whole stands in the files' metadata. A nation of a million facilities is 70 MB and read in about a second.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.frames import packed
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.accounting import accept
from medgraph.loaders.atomic import replacing_tables, tables_of
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.stored import checked_head
from medgraph.messages import say

PARTS = ("nodes", "links")
# One dictionary for a whole column: ids are stored once, and looked up once.
_DICTIONARY_BYTES = 1 << 30
_ROWS_TOGETHER = 1 << 24


def read_parquet(source: str | Path, *, validate: bool = True) -> MedicalNetwork:
    """Read a folder that `write` wrote.

    `validate=False` takes the tables over as they are: for files that medgraph itself wrote and nobody
    touched. Otherwise raise SourceError with every problem.
    """
    nodes, edges, meta = read_tables(Path(source))
    return MedicalNetwork.from_frames(nodes, edges, meta) if validate else MedicalNetwork(nodes, edges, meta)


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read and check the folder; every row is accounted for."""
    nodes, edges, meta = read_tables(source)
    return accept(nodes, edges, meta, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> None:
    """Write the folder; what was there before is whole until the new is complete."""
    with replacing_tables(target, ".parquet") as folder:
        write_tables(net, folder)


def read_tables(folder: Path) -> tuple[pa.Table, pa.Table, dict[str, str]]:
    """Return node table, link table and meta as they are stored; raise SourceError where that fails."""
    files = {file.stem: file for file in tables_of(folder, ".parquet")}
    tables = []
    for part in PARTS:
        path = files.get(part, folder / f"{part}.parquet")
        try:
            tables.append(pq.read_table(path))
        except (OSError, pa.ArrowException) as error:
            raise SourceError(say("parquet_fails", path=path, reason=str(error).splitlines()[0])) from error
    said = [table.schema.metadata or {} for table in tables]
    for part, stated in zip(PARTS, said, strict=True):
        name = schema.FORMAT_NAME if b"medgraph.version" in stated else None
        checked_head({"format": name, "version": _version(stated)}, folder / f"{part}.parquet")
    nodes, edges = (table.replace_schema_metadata(None) for table in tables)
    return nodes, edges, json.loads(said[0].get(b"medgraph.meta", b"{}"))


def _version(stated: dict[bytes, bytes]) -> int | str:
    text = stated.get(b"medgraph.version", b"").decode(errors="replace")
    return int(text) if text.isdecimal() else text


def write_tables(net: MedicalNetwork, folder: Path) -> None:
    """Write the two files into a folder that is there."""
    said = {"medgraph.version": str(schema.FORMAT_VERSION),
            "medgraph.meta": json.dumps(dict(net.meta), ensure_ascii=False)}
    for part, table in zip(PARTS, net.packed_tables, strict=True):
        pq.write_table(packed(table).replace_schema_metadata(said), folder / f"{part}.parquet", compression="zstd",
                       dictionary_pagesize_limit=_DICTIONARY_BYTES, row_group_size=_ROWS_TOGETHER)
