"""Hold the Cypher texts of a shared store, which are all constants of a prefix of labels.

A text is made of labels and field names of the schema and of the prefix of the address, which is
checked; what comes from data goes into parameters, names of free attributes too.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from medgraph.graphmodel import schema
from medgraph.loaders.store.layout import FIELDS, LINK_FIELDS, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

# The keys of one network lie between these two parameters.
_BETWEEN = "n.key > $start AND n.key < $end"
_OWN_LINK = "r.network = $network AND $dataset IN r.owners"
_FREE = "[k IN keys({0}) WHERE NOT k IN $known | [k, {0}[k]]]"
# What must be unique: kind of node of ours, property.
_UNIQUE = (("node", "key"), ("network", "name"), ("loading", "name"), ("dataset", "key"))


@cache
def cypher(prefix: str) -> Cypher:
    """Return the texts for one prefix of labels."""
    return Cypher(prefix)


class Cypher:
    """The Cypher texts for one prefix of labels; each names the parameters that it needs."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.node = self._label("Node")
        self._net = f"(net:{self._label('Network')} {{name: $network}})"
        self._loading = f"(l:{self._label('Loading')} {{name: $network}})"
        self._data = self._label("Dataset")

    def _label(self, name: str) -> str:
        return f"`{self.prefix}{name}`"

    def kind(self, kind: str) -> str:
        """Return the label of a kind of node; raise ValueError for one that is not known."""
        if kind not in schema.TABLE_OF_KIND:
            raise ValueError(kind)
        return self._label(kind)

    # -- networks and datasets -----------------------------------------------------------------

    @property
    def networks(self) -> str:
        """The names of all networks."""
        return f"MATCH (net:{self._label('Network')}) RETURN net.name ORDER BY net.name"

    @property
    def lock(self) -> str:
        """What is stated of a network, which nobody else may write from now on."""
        return f"MATCH {self._net} SET net.version = net.version RETURN properties(net)"

    @property
    def look(self) -> str:
        """What is stated of a network."""
        return f"MATCH {self._net} RETURN properties(net)"

    @property
    def state(self) -> str:
        """Let a network state other values."""
        return f"MATCH {self._net} SET net = $values"

    @property
    def create(self) -> str:
        """Let a network appear."""
        return f"CREATE (net:{self._label('Network')}) SET net = $values"

    @property
    def datasets(self) -> str:
        """What is stated of the datasets of a network."""
        return f"MATCH (d:{self._data}) WHERE d.key STARTS WITH $start RETURN properties(d)"

    @property
    def dataset(self) -> str:
        """Let a dataset state these values."""
        return f"MERGE (d:{self._data} {{key: $values.key}}) SET d = $values"

    # -- a first load --------------------------------------------------------------------------

    @property
    def traces(self) -> str:
        """Whether a first load was begun and not done."""
        return f"MATCH {self._loading} RETURN count(l)"

    @property
    def begin(self) -> str:
        """Leave the trace of a first load."""
        return f"MERGE {self._loading} SET l.since = datetime()"

    @property
    def done(self) -> str:
        """Take the trace away."""
        return f"MATCH {self._loading} DELETE l"

    @property
    def clean(self) -> str:
        """Delete some of the nodes of a network."""
        found = f"MATCH (n:{self.node}) WHERE {_BETWEEN}"
        return f"{found} WITH n LIMIT $size DETACH DELETE n RETURN count(*)"

    @property
    def clean_datasets(self) -> str:
        """Delete the datasets of a network."""
        return f"MATCH (d:{self._data}) WHERE d.key STARTS WITH $start DELETE d"

    # -- what a dataset states -----------------------------------------------------------------

    @property
    def _owned(self) -> str:
        held = "n.held_by IN [$start + $dataset, $start]"
        return f"MATCH (n:{self.node}) WHERE {held} AND $dataset IN n.owners"

    @property
    def owned_nodes(self) -> str:
        """The nodes that a dataset states: hash, number of owners, last day."""
        return f"{self._owned} RETURN n.id, n.hash, size(n.owners), toString(n.valid_to)"

    @property
    def owned_links(self) -> str:
        """The links that a dataset states, with where they begin."""
        return (
            f"{self._owned} MATCH (n)-[r]->(:{self.node}) WHERE {_OWN_LINK} "
            "RETURN r.key, r.hash, size(r.owners), toString(r.valid_to), n.id, type(r)"
        )

    @property
    def _shared(self) -> str:
        return f"MATCH (n:{self.node}) WHERE n.held_by = $start AND $dataset IN n.owners"

    @property
    def shared_nodes(self) -> str:
        """The nodes that a dataset and others state."""
        return f"{self._shared} RETURN n.id, properties(n)"

    @property
    def shared_links(self) -> str:
        """The links that a dataset and others state."""
        return (
            f"{self._shared} MATCH (n)-[r]->(:{self.node}) WHERE {_OWN_LINK} "
            "AND size(r.owners) > 1 RETURN r.key, properties(r)"
        )

    # -- rows by their keys --------------------------------------------------------------------

    @property
    def _each_node(self) -> str:
        return f"UNWIND $rows AS row MATCH (n:{self.node} {{key: $start + row}})"

    @property
    def known_nodes(self) -> str:
        """Which of these nodes are there."""
        return f"{self._each_node} RETURN n.id"

    @property
    def full_nodes(self) -> str:
        """All of these nodes."""
        return f"{self._each_node} RETURN n.id, elementId(n), properties(n)"

    def full_links(self, relation: str) -> str:
        """Return the text for all of some links; rows: source and key."""
        source = f"(s:{self.node} {{key: $start + row[0]}})"
        return (
            f"UNWIND $rows AS row MATCH {source}-[r:{_relation(relation)}]->(:{self.node}) "
            "WHERE r.key = row[1] AND r.network = $network "
            "RETURN r.key, elementId(r), properties(r)"
        )

    @property
    def change_nodes(self) -> str:
        """Change properties of nodes; rows: key, properties."""
        found = f"UNWIND $rows AS row MATCH (n:{self.node} {{key: $start + row[0]}})"
        return f"{found} SET n += row[1]"

    @property
    def change_links(self) -> str:
        """Change properties of links; rows: element id, properties."""
        found = "UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row[0]"
        return f"{found} SET r += row[1]"

    def relabel(self, kind: str) -> str:
        """Return the text that lets nodes be of another kind."""
        others = "".join(f":{self.kind(k)}" for k in schema.TABLE_OF_KIND if k != kind)
        return f"{self._each_node} REMOVE n{others} SET n:{self.kind(kind)}"

    # -- new rows ------------------------------------------------------------------------------

    def create_nodes(self, kind: str, columns: Iterable[str], free: bool) -> str:
        """Return the text that creates nodes.

        Rows: id, hash, the values of `columns`, and a map of the free attributes where there are
        any.
        """
        values, last = _values(columns, 2)
        own = (
            "network: $network, key: $start + row[0], id: row[0], hash: row[1], "
            f"owners: $owners, held_by: $start + $owners[0], kind: '{kind}'"
        )
        made = f"CREATE (n:{self.node}:{self.kind(kind)} {{{own}{values}}})"
        return f"UNWIND $rows AS row {made}" + (f" SET n += row[{last}]" if free else "")

    def create_links(self, relation: str, columns: Iterable[str], free: bool) -> str:
        """Return the text that creates links.

        Rows: source, target, key, hash, the values of `columns`, and a map where there are free
        attributes.
        """
        values, last = _values(columns, 4)
        own = "network: $network, key: row[2], hash: row[3], owners: $owners"
        return (
            f"UNWIND $rows AS row MATCH (s:{self.node} {{key: $start + row[0]}}) "
            f"MATCH (t:{self.node} {{key: $start + row[1]}}) "
            f"CREATE (s)-[r:{_relation(relation)} {{{own}{values}}}]->(t)"
        ) + (f" SET r += row[{last}]" if free else "")

    # -- reading page by page ------------------------------------------------------------------

    @property
    def sizes(self) -> str:
        """The number of nodes of a network."""
        return f"MATCH (n:{self.node}) WHERE {_BETWEEN} RETURN count(*)"

    @property
    def page_nodes(self) -> str:
        """The next nodes in the order of their keys, and the last of these keys."""
        page = f"MATCH (n:{self.node}) WHERE n.key > $after AND n.key < $end"
        values = ", ".join(_shown("n", "nodes", name) for name in FIELDS["nodes"])
        return (
            f"{page} WITH n ORDER BY n.key LIMIT $size "
            f"RETURN max(n.key), collect([{values}, {_FREE.format('n')}])"
        )

    @property
    def page_links(self) -> str:
        """The links that begin at the nodes of a page."""
        values = ", ".join(_shown("r", "links", name) for name in LINK_FIELDS)
        return (
            f"MATCH (n:{self.node}) WHERE n.key > $after AND n.key <= $last "
            f"MATCH (n)-[r]->(t:{self.node}) WHERE r.network = $network "
            f"RETURN collect([n.id, type(r), t.id, {values}, {_FREE.format('r')}])"
        )

    # -- constraints ---------------------------------------------------------------------------

    @property
    def constraints(self) -> list[str]:
        """What must be unique."""
        name = self.prefix or "plain"
        return [
            f"CREATE CONSTRAINT `{name}_{kind}_{column}` IF NOT EXISTS "
            f"FOR (n:{self._label(kind.title())}) REQUIRE n.{column} IS UNIQUE"
            for kind, column in _UNIQUE
        ]

    @property
    def index(self) -> str:
        """What an increment finds the nodes of its dataset by."""
        name = self.prefix or "plain"
        return (
            f"CREATE INDEX `{name}_node_held_by` IF NOT EXISTS FOR (n:{self.node}) ON (n.held_by)"
        )


def _shown(letter: str, part: str, name: str) -> str:
    is_day = TYPES[part].get(name) == "date"
    return f"toString({letter}.{name})" if is_day else f"{letter}.{name}"


def _values(columns: Iterable[str], first: int) -> tuple[str, int]:
    """The columns of a row as properties, counted from `first`, and the place behind them."""
    named = [f", {name}: row[{place}]" for place, name in enumerate(columns, first)]
    return "".join(named), first + len(named)


def _relation(name: str) -> str:
    if name not in schema.ENDS:
        raise ValueError(name)
    return f"`{name}`"
