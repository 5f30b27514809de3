"""The medical network: two tidy tables, typed and dated, that never change."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError, TooLargeError, UnknownIdError
from medgraph.graphmodel import matching
from medgraph.graphmodel.building import (
    checked_tables,
    graph_of_tables,
    meta_of_graph,
    tables_of_graph,
)
from medgraph.graphmodel.canonical import canonical_meta, edge_ids, frame, with_ends
from medgraph.graphmodel.changing import ChangingNetwork
from medgraph.graphmodel.completeness import all_declared, with_open_lists
from medgraph.graphmodel.kept import TABLES, note
from medgraph.graphmodel.notebook_view import network_html
from medgraph.graphmodel.parts import touched
from medgraph.words.say import say, speaking
from medgraph.words.stamps import SAMPLE, stamps_of
from medgraph.words.vocabularies import KINDS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx
    import pandas as pd

_NETWORKX_LIMIT = 200_000
_NETWORKX_BYTES = 5_000  # measured: 4.8 GB for a million nodes with their links


class MedicalNetwork(ChangingNetwork):
    """Hold facilities, groups, areas and the other kinds, and every relation between them.

    A network never changes; every change returns a new one. Build one with `from_frames`,
    `from_networkx` or `medgraph.read`. A fact holds from `valid_from` to `valid_to`, both days
    included (as in a FHIR Period); an open end is null.

    Parameters
    ----------
    nodes, edges
        Arrow tables that are canonical already: nothing is checked.
    meta
        What is stated of the whole: title, data_day, register, edition, completeness, stamp.
    index
        The compiled form of these tables, where it is there already.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.samples.taizhou()
    <MedicalNetwork 4 groups, 3 alliances, 58 facilities, 43 areas; data day 2023-10-25>
    """

    # -- nodes and links -------------------------------------------------------------------------

    def nodes(self, kind: str | None = None) -> pd.DataFrame:
        """Return the nodes (of one `kind`) as a frame indexed by `id`, without empty columns.

        Raises
        ------
        OptionError
            Where there is no such kind.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.samples.taizhou().nodes("Group").loc["G1", "type"]
        'urban_medical_group'
        """
        table = self.tables[0]
        if kind is not None:
            table = table.filter(pc.equal(table["kind"], _one_of("kind", kind, KINDS)))
        return frame(table).set_index("id")

    def edges(self, relation: str | None = None) -> pd.DataFrame:
        """Return the links (of one `relation`) as a frame: id, source, relation, target, the rest.

        A link without an id of its own gets one made of its ends, relation, specialty and first
        day. Columns that are empty are left out.

        Raises
        ------
        OptionError
            Where there is no such relation.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.samples.taizhou().edges("LEADS")[["id", "source", "target"]].head(2)
                        id  source target
        0  TZ-H01|LEADS|G1  TZ-H01     G1
        1  TZ-H02|LEADS|G2  TZ-H02     G2
        """
        table, ids = self.tables[1], self._edge_ids
        if relation is not None:
            chosen = pc.equal(table["relation"], _one_of("relation", relation, RELATIONS))
            table, ids = table.filter(chosen), ids.filter(chosen)
        if "id" in table.column_names:
            table = table.drop_columns("id")
        return frame(table.add_column(0, "id", ids), keep=("id", "source", "relation", "target"))

    @cached_property
    def _edge_ids(self) -> pa.ChunkedArray:
        return edge_ids(self.tables[1])

    # -- names -----------------------------------------------------------------------------------

    def find(self, reference: str, *, kind: str | None = None, area: str | None = None) -> str:
        """Return the id that `reference` means: an id, a code, a full name, short name or alias.

        A name may be written in other characters, without its brackets, or with another word for
        the same ending (`Names.match`); a name that is only alike is never taken.

        Parameters
        ----------
        reference
            What somebody wrote.
        kind
            The kind of node that is meant, such as `Facility`; None for any.
        area
            A code or its beginning: only nodes inside are meant.

        Returns
        -------
        The id of the one node that is meant.

        Raises
        ------
        UnknownIdError
            Where several fit: it lists them. Where none fits: it names the nearest three.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou()
        >>> net.find("台州市第一人民医院"), net.find("臺州市 第一人民醫院", kind="Facility")
        ('TZ-H03', 'TZ-H03')
        """
        reference = str(reference)  # a number is an id as well
        if self.index.position(reference) >= 0:
            return reference
        note(TABLES)
        known = self._names if area is None else self.names(area=area)
        kinds = () if kind is None else (kind,)
        match = known.match(reference, kinds=kinds, at_least=matching.CERTAIN)
        if match.id is not None:
            return match.id
        if match.candidates:
            rows = self.index.order[self.index.positions(match.candidates)]
            listed = [match.candidates[place] for place in np.argsort(rows)]
            raise UnknownIdError(
                say(
                    "ambiguous",
                    value=reference,
                    count=len(listed),
                    candidates=known.described(listed),
                )
            )
        nearest = known.described(known.nearest(reference, kinds=kinds))
        key = "unknown_name" if nearest else "unknown_id"
        raise UnknownIdError(say(key, value=reference, nearest=nearest))

    def names(self, *, kind: str | None = None, area: str | None = None) -> matching.Names:
        """Return the names of the nodes of `kind` (None: all) inside `area`, ready to be matched.

        Parameters
        ----------
        kind
            The kind of node, such as `Facility`; None for all.
        area
            A code or its beginning; None for everywhere.

        Returns
        -------
        The names, in the order of the index; `names.match(text)` says what a text means.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.samples.taizhou().names(kind="Facility").match("新桥镇卫生院").id
        'TZ-P07'
        """
        kept = np.ones(len(self.index), bool)
        if kind is not None:
            kept &= self.index.is_kind(_one_of("kind", kind, KINDS))
        if area is not None:
            kept &= self.in_area(area)
        rows = self.index.order[kept]
        nodes = self.tables[0]
        columns = [name for name in matching.COLUMNS if name in nodes.column_names]
        return matching.Names.of_table(nodes.select(columns).take(pa.array(rows)))

    @cached_property
    def _names(self) -> matching.Names:
        return self.names()

    # -- what it looks like ----------------------------------------------------------------------

    def __repr__(self) -> str:
        """Say groups, alliances, facilities, areas and day; classes are no facilities."""
        counts = self.counts()
        shown = ("groups", "alliances", "facilities", "areas")
        held = ", ".join(f"{counts[word]} {word}" for word in shown if counts[word])
        day = f"; data day {self.data_day}" if self.data_day else ""
        if self.meta.get("stamp") == SAMPLE:  # a sample of real facts needs no warning
            return f"<MedicalNetwork {held or 'empty'}{day}>"
        with speaking("en"):  # as the rest of it
            stamps = "".join(f"; {stamp}" for stamp in stamps_of(self.meta))
        return f"<MedicalNetwork {held or 'empty'}{day}{stamps}>"

    def _repr_html_(self) -> str:
        return network_html(self.meta, self.packed_tables, repr(self))

    # -- a part of it ----------------------------------------------------------------------------

    def within(self, area: str) -> Self:
        """Return the part in `area` with all that it touches, however far away that is.

        `area` is a code or its beginning. Kept are the facilities that serve it or are linked with
        one in it, their groups, teams and centres, who leads or hosts these, and everybody
        further up the way that patients are referred; and the nodes of which not all links are
        declared to be listed while those of others are, because one of these may lead there.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.samples.taizhou().within("331003")
        <MedicalNetwork 4 groups, 3 alliances, 29 facilities, 19 areas; data day 2023-10-25>
        """
        return type(self)(*self._around(area, self.tables[1]), self.meta)

    def as_listed(self, *registers: str) -> Self:
        """Return the network as it is if every table lists all there is, whatever it declares.

        What is declared of single columns stays: a table that lists every facility need not state
        everything of each.

        Parameters
        ----------
        *registers
            Registers that count as complete too, as `facilities.licensed`.

        Examples
        --------
        >>> import medgraph as mg
        >>> bool(mg.samples.taizhou().as_listed().completeness("links.DISPATCHES"))
        True
        """
        return self._made(self.index, meta=all_declared(self.meta, *registers))

    def _around(self, area: str, edges: pa.Table) -> tuple[pa.Table, pa.Table]:
        """The nodes in `area`, what they touch, the links among them."""
        nodes = self.tables[0]
        inside = np.empty(len(nodes), bool)
        inside[self.index.order] = self.in_area(area)
        groups = nodes["id"].filter(pc.equal(nodes["kind"], "Group")).to_pylist()
        open_lists = with_open_lists(self.meta, groups)
        kept = nodes.filter(pa.array(touched(nodes, edges, inside, open_lists)))
        return kept, with_ends(edges, kept["id"])

    # -- in and out ------------------------------------------------------------------------------

    @classmethod
    def from_frames(
        cls,
        nodes: pd.DataFrame | pa.Table,
        edges: pd.DataFrame | pa.Table | None = None,
        meta: Mapping[str, str] | None = None,
    ) -> Self:
        """Build a network from frames.

        Columns that the schema does not name are kept as text.

        Parameters
        ----------
        nodes
            Columns `id` (or as the index), `kind`, `name` and the rest.
        edges
            Columns `source`, `relation`, `target` and the rest.
        meta
            What is stated of the whole.

        Raises
        ------
        SourceError
            With all problems, where an id or a required value is missing, an id that of two nodes,
            a word unknown, or a link dangles or joins kinds that cannot be joined.

        Warns
        -----
        UserWarning
            Where nodes are the same, word for word: they are one.

        Examples
        --------
        >>> import pandas as pd
        >>> import medgraph as mg
        >>> nodes = [["F1", "Facility", "甲镇卫生院"], ["F2", "Facility", "甲县人民医院"]]
        >>> links = [["F1", "REFERS_UP_TO", "F2"]]
        >>> mg.MedicalNetwork.from_frames(
        ...     pd.DataFrame(nodes, columns=["id", "kind", "name"]),
        ...     pd.DataFrame(links, columns=["source", "relation", "target"]),
        ... )
        <MedicalNetwork 2 facilities>
        """
        return cls(*checked_tables(nodes, edges), canonical_meta(meta or {}))

    @classmethod
    def from_networkx(cls, graph: nx.Graph[Any]) -> Self:
        """Build a network from a networkx graph.

        Nodes have a key, which is the id, and attributes `kind` and `name`; edges have `relation`.
        Attributes of the graph become statements about the whole.

        Raises
        ------
        SourceError
            As `from_frames` does.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou()
        >>> mg.MedicalNetwork.from_networkx(net.to_networkx()).counts() == net.counts()
        True
        """
        return cls.from_frames(*tables_of_graph(graph), meta_of_graph(graph))

    def to_networkx(
        self,
        *,
        area: str | None = None,
        relations: Iterable[str] | None = None,
        whole: bool = False,
        days_as_text: bool = True,
        ascii_names: bool = True,
    ) -> nx.MultiDiGraph[Any]:
        """Return a plain `networkx.MultiDiGraph` copy; edges are keyed by their ids.

        The writers of networkx itself write it: GraphML, GEXF, GML, JSON and pickle.

        Parameters
        ----------
        area
            A code or its beginning: only the nodes there and what they link to.
        relations
            Only links of these relations; None for all.
        whole
            Build a graph of more than 200,000 nodes, too.
        days_as_text
            Give days as ISO text (default), which every writer takes; else as `datetime.date`.
        ascii_names
            Keep what GML cannot name (all but ASCII letters, digits and `_`) and what networkx
            means something else by (`label`, `weight`, ...) as JSON in one attribute,
            `medgraph_more`, which `from_networkx` reads back (default). False: every attribute
            under its own name, for work in networkx.

        Raises
        ------
        OptionError
            Where there is no such relation.
        TooLargeError
            Where there are more than 200,000 nodes, without `whole`.

        Examples
        --------
        >>> import medgraph as mg
        >>> graph = mg.samples.taizhou().to_networkx(relations=["LEADS"])
        >>> graph.number_of_edges(), graph["TZ-H01"]["G1"]["TZ-H01|LEADS|G1"]["relation"]
        (8, 'LEADS')
        """
        nodes, edges = self.tables
        if relations is not None:
            wanted = [_one_of("relation", relation, RELATIONS) for relation in relations]
            chosen = pc.is_in(edges["relation"], value_set=pa.array(wanted, pa.string()))
            edges = edges.filter(chosen)
        if area is not None:
            nodes, edges = self._around(area, edges)
        if len(nodes) > _NETWORKX_LIMIT and not whole:
            gigabytes = round(len(nodes) * _NETWORKX_BYTES / 1e9, 1)
            raise TooLargeError(say("networkx_too_large", nodes=len(nodes), gigabytes=gigabytes))
        return graph_of_tables(
            nodes, edges, self.meta, days_as_text=days_as_text, ascii_names=ascii_names
        )


def _one_of(what: str, value: str, allowed: Iterable[str]) -> str:
    if value not in allowed:
        raise OptionError(say("not_one_of", what=what, value=value, allowed=", ".join(allowed)))
    return value
