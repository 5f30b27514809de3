"""State how a network lies in Neo4j: labels, keys, hashes, and the Cypher texts, which are all constants.

A text is made of labels and field names of the schema and of the prefix of the address, which is checked; what comes
from data goes into parameters, names of free attributes too.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema

LAYOUT = 2
_MANY = 1_000
SEPARATOR = "\x1f"
END = "\x20"  # the sign after the separator: all keys of a network lie between the two
OWN = ("network", "key", "hash", "owners", "held_by", "statements")
ENDS = ("source", "relation", "target")
NODE_FIELDS = tuple(dict.fromkeys(f.name for t in schema.NODE_TABLES for f in t.fields))
LINK_FIELDS = tuple(f.name for f in schema.LINKS.fields if f.name not in ENDS)
FIELDS = {"nodes": ("kind", *NODE_FIELDS), "links": LINK_FIELDS}
TYPES = {"nodes": schema.field_types(), "links": schema.link_types()}


def stored_name(part: str, column: str) -> str:
    """The property that holds a column: its own name, or `@` and its name where that would be one of ours."""
    if column in FIELDS[part]:
        return column
    return f"@{column}" if column in (*OWN, "") or column.startswith("@") else column


def column_name(name: str) -> str:
    return name[1:] if name.startswith("@") else name


# -- keys and hashes -----------------------------------------------------------------------------------


def link_keys(links: pa.Table) -> list[str]:
    """Return what tells a link from every other of the network, from one load to the next.

    Its ends, relation and own id, or specialty and first day; links that share all that are numbered in the order
    of their hashes, whatever the order of the rows.
    """
    first_day = _text(links, "valid_from")
    own = pc.coalesce(
        _text(links, "id"),
        pc.binary_join_element_wise(
            pc.fill_null(_text(links, "specialty"), ""), pc.fill_null(first_day, ""), SEPARATOR
        ),
    )
    keys = pc.binary_join_element_wise(*(_text(links, name) for name in ENDS), own, SEPARATOR)
    if pc.count_distinct(keys).as_py() == len(keys):
        return keys.to_pylist()
    return _numbered(keys.to_pylist(), hashes(links).tolist())


def _text(table: pa.Table, name: str) -> pa.ChunkedArray | pa.Array:
    return (
        table[name].cast(pa.string())
        if name in table.column_names
        else pa.nulls(len(table), pa.string())
    )


def _numbered(keys: list[str], marks: list[int]) -> list[str]:
    twins: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        twins.setdefault(key, []).append(row)
    for key, rows in twins.items():
        for number, row in enumerate(sorted(rows, key=marks.__getitem__)[1:], 2):
            keys[row] = f"{key}{SEPARATOR}{number}"
    return keys


def hashes(table: pa.Table) -> np.ndarray:
    """Return a number for every row that changes with its content, and not with the order of columns."""
    total = np.zeros(len(table), np.uint64)
    with np.errstate(over="ignore"):
        for name in table.column_names:
            column = table[name].combine_chunks().dictionary_encode()
            if isinstance(column, pa.ChunkedArray):
                column = column.combine_chunks()
            marks = np.array(
                [0, *(_mark(name, value) for value in column.dictionary.to_pylist())], np.uint64
            )
            total += marks[np.asarray(column.indices.cast(pa.int64()).fill_null(-1)) + 1]
    return total.view(np.int64)


def _mark(name: str, value: Any) -> int:
    text = f"{name}\x00{value.isoformat() if isinstance(value, datetime.date) else value!r}"
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )


# -- texts ---------------------------------------------------------------------------------------------


class Texts:
    """The Cypher texts for one prefix of labels."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        names = {"network": "Network", "dataset": "Dataset", "loading": "Loading", "node": "Node"}
        self.labels = {name: prefix + label for name, label in names.items()}
        net, data, loading = (f"`{self.labels[n]}`" for n in ("network", "dataset", "loading"))
        node = self.node = f"`{self.labels['node']}`"
        self.networks = f"MATCH (net:{net}) RETURN net.name ORDER BY net.name"
        self.lock = f"MATCH (net:{net} {{name: $network}}) SET net.version = net.version RETURN properties(net)"
        self.look = f"MATCH (net:{net} {{name: $network}}) RETURN properties(net)"
        self.state = f"MATCH (net:{net} {{name: $network}}) SET net = $values"
        self.create = f"CREATE (net:{net}) SET net = $values"
        self.datasets = f"MATCH (d:{data}) WHERE d.key STARTS WITH $start RETURN properties(d)"
        self.dataset = f"MERGE (d:{data} {{key: $values.key}}) SET d = $values"
        self.traces = f"MATCH (l:{loading} {{name: $network}}) RETURN count(l)"
        self.begin = f"MERGE (l:{loading} {{name: $network}}) SET l.since = datetime()"
        self.done = f"MATCH (l:{loading} {{name: $network}}) DELETE l"
        between = "WHERE n.key > $start AND n.key < $end"
        self.clean = (
            f"MATCH (n:{node}) {between} WITH n LIMIT $size DETACH DELETE n RETURN count(*)"
        )
        self.clean_datasets = f"MATCH (d:{data}) WHERE d.key STARTS WITH $start DELETE d"
        self.sizes = f"MATCH (n:{node}) {between} RETURN count(*)"
        owned = f"MATCH (n:{node}) WHERE n.held_by IN [$start + $dataset, $start] AND $dataset IN n.owners"
        self.owned_nodes = f"{owned} RETURN n.id, n.hash, size(n.owners), toString(n.valid_to)"
        self.owned_links = (
            f"{owned} MATCH (n)-[r]->(:{node}) WHERE r.network = $network AND $dataset IN r.owners "
            "RETURN r.key, r.hash, size(r.owners), toString(r.valid_to), n.id, type(r)"
        )
        shared = f"MATCH (n:{node}) WHERE n.held_by = $start AND $dataset IN n.owners"
        self.shared_nodes = f"{shared} RETURN n.id, properties(n)"
        self.shared_links = (
            f"{shared} MATCH (n)-[r]->(:{node}) WHERE r.network = $network AND $dataset IN r.owners "
            "AND size(r.owners) > 1 RETURN r.key, properties(r)"
        )
        self.known_nodes = f"UNWIND $rows AS row MATCH (n:{node} {{key: $start + row}}) RETURN n.id"
        self.full_nodes = (
            f"UNWIND $rows AS row MATCH (n:{node} {{key: $start + row}}) "
            "RETURN n.id, elementId(n), properties(n)"
        )
        self.change_nodes = (
            f"UNWIND $rows AS row MATCH (n:{node} {{key: $start + row[0]}}) SET n += row[1]"
        )
        self.change_links = (
            "UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row[0] SET r += row[1]"
        )
        nodes = ", ".join(_shown("n", "nodes", name) for name in FIELDS["nodes"])
        links = ", ".join(_shown("r", "links", name) for name in LINK_FIELDS)
        page = f"MATCH (n:{node}) WHERE n.key > $after AND n.key < $end WITH n ORDER BY n.key LIMIT $size"
        more = "[k IN keys({0}) WHERE NOT k IN $known | [k, {0}[k]]]"
        self.page_nodes = f"{page} RETURN max(n.key), collect([{nodes}, {more.format('n')}])"
        self.page_links = (
            f"MATCH (n:{node}) WHERE n.key > $after AND n.key <= $last MATCH (n)-[r]->(t:{node}) "
            f"WHERE r.network = $network RETURN collect([n.id, type(r), t.id, {links}, "
            f"{more.format('r')}])"
        )
        self.constraints = [
            f"CREATE CONSTRAINT `{prefix or 'plain'}_{label}_{name}` IF NOT EXISTS "
            f"FOR (n:`{self.labels[label]}`) REQUIRE n.{name} IS UNIQUE"
            for label, name in (
                ("node", "key"),
                ("network", "name"),
                ("loading", "name"),
                ("dataset", "key"),
            )
        ]
        self.index = f"CREATE INDEX `{prefix or 'plain'}_node_held_by` IF NOT EXISTS FOR (n:{node}) ON (n.held_by)"

    def kind(self, kind: str) -> str:
        if kind not in schema.TABLE_OF_KIND:
            raise ValueError(kind)
        return f"`{self.prefix}{kind}`"

    def create_nodes(self, kind: str, columns: Iterable[str], free: bool) -> str:
        """Rows: id, hash, the values of `columns`, and a map of the free attributes where there are any."""
        values, last = _values(columns, 2)
        return (
            f"UNWIND $rows AS row CREATE (n:{self.node}:{self.kind(kind)} {{network: $network, "
            f"key: $start + row[0], id: row[0], hash: row[1], owners: $owners, held_by: $start + $owners[0], "
            f"kind: '{kind}'{values}}})" + (f" SET n += row[{last}]" if free else "")
        )

    def create_links(self, relation: str, columns: Iterable[str], free: bool) -> str:
        """Rows: source, target, key, hash, the values of `columns`, and a map where there are free attributes."""
        values, last = _values(columns, 4)
        return (
            f"UNWIND $rows AS row MATCH (s:{self.node} {{key: $start + row[0]}}) "
            f"MATCH (t:{self.node} {{key: $start + row[1]}}) "
            f"CREATE (s)-[r:{_relation(relation)} {{network: $network, key: row[2], hash: row[3], "
            f"owners: $owners{values}}}]->(t)" + (f" SET r += row[{last}]" if free else "")
        )

    def full_links(self, relation: str) -> str:
        """Rows: source and key; what is there of them."""
        return (
            f"UNWIND $rows AS row MATCH (s:{self.node} {{key: $start + row[0]}})-[r:{_relation(relation)}]->"
            f"(:{self.node}) WHERE r.key = row[1] AND r.network = $network "
            "RETURN r.key, elementId(r), properties(r)"
        )

    def relabel(self, kind: str) -> str:
        others = "".join(f":{self.kind(k)}" for k in schema.TABLE_OF_KIND if k != kind)
        return (
            f"UNWIND $rows AS row MATCH (n:{self.node} {{key: $start + row}}) "
            f"REMOVE n{others} SET n:{self.kind(kind)}"
        )


@cache
def texts(prefix: str) -> Texts:
    return Texts(prefix)


def _shown(letter: str, part: str, name: str) -> str:
    return f"toString({letter}.{name})" if TYPES[part].get(name) == "date" else f"{letter}.{name}"


def _values(columns: Iterable[str], first: int) -> tuple[str, int]:
    named = [f", {name}: row[{place}]" for place, name in enumerate(columns, first)]
    return "".join(named), first + len(named)


def _relation(name: str) -> str:
    if name not in schema.ENDS:
        raise ValueError(name)
    return f"`{name}`"


def span(network: str) -> dict[str, str]:
    """The keys between which a network lies."""
    return {"network": network, "start": network + SEPARATOR, "end": network + END}


def held_by(network: str, owners: Sequence[str]) -> str | None:
    """What an increment finds the nodes of its dataset by: the dataset that alone states one, or that several do."""
    return network + SEPARATOR + (owners[0] if len(owners) == 1 else "") if owners else None


# -- rows ----------------------------------------------------------------------------------------------


def rows_of(
    part: str, table: pa.Table, ahead: Iterable[list]
) -> tuple[tuple[str, ...], bool, list[list]]:
    """Return the schema's columns to send, whether there are free attributes, and the rows as lists, `ahead` first.

    A few rows come with all columns, so that few texts serve all loads and the server keeps their plans; many
    come with those in use.
    """
    ends = ("id", "kind") if part == "nodes" else ENDS
    filled = [name for name in table.column_names if table[name].null_count < len(table)]
    used = tuple(n for n in FIELDS[part] if n not in ends and (len(table) < _MANY or n in filled))
    free = [name for name in filled if name not in (*FIELDS[part], *ends)]
    columns = [
        *ahead,
        *(table[n].to_pylist() if n in filled else [None] * len(table) for n in used),
    ]
    if free:
        columns.append(
            _maps([stored_name(part, n) for n in free], [table[n].to_pylist() for n in free])
        )
    return used, bool(free), [list(row) for row in zip(*columns, strict=True)]


def _maps(names: list[str], columns: list[list]) -> list[dict[str, str]]:
    return [
        {n: v for n, v in zip(names, row, strict=True) if v is not None}
        for row in zip(*columns, strict=True)
    ]


def properties(part: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of one row of medgraph's: what is there, ends apart."""
    return {
        stored_name(part, name): value
        for name, value in row.items()
        if value is not None and (part == "nodes" or name not in ENDS)
    }


def digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
