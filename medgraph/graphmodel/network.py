"""The medical network: two tidy tables, typed and dated, that never change."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import ChangeError, OptionError, SourceError, TooLargeError, UnknownIdError
from medgraph.graphmodel import changes, matching, schema
from medgraph.graphmodel.canonical import (
    as_arrow,
    as_table,
    canonical,
    canonical_meta,
    edge_ids,
    ending,
    frame,
    holds,
    mask,
    present,
    same,
    unpacked,
    with_ends,
)
from medgraph.graphmodel.completeness import Completeness, declaration
from medgraph.graphmodel.index import Index
from medgraph.notebook import InNotebook
from medgraph.words.say import say
from medgraph.words.vocabularies import KINDS, RELATIONS

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

SAMPLE_STAMP = "样本数据"
_NETWORKX_LIMIT = 200_000
_NETWORKX_BYTES = 5_000  # measured: 4.8 GB for a million nodes with their links


class MedicalNetwork(InNotebook):
    """Hold facilities, groups, areas and the other kinds, and every relation between them.

    A network never changes; every change returns a new one. Build one with `from_frames`,
    `from_networkx` or `medgraph.read`. A fact holds from `valid_from` to `valid_to`, both days
    included (as in a FHIR Period); an open end is null.
    """

    def __init__(
        self, nodes: pa.Table, edges: pa.Table, meta: Mapping[str, str] | None = None
    ) -> None:
        """Take over tables that are already canonical (see `canonical`); nothing is checked here.

        Columns of text may be dictionaries: they stay so inside, and are plain text in `tables`.
        """
        self._packed = nodes, edges
        self._meta = MappingProxyType(dict(meta or {}))

    # -- what it holds -------------------------------------------------------------------------

    @property
    def meta(self) -> Mapping[str, str]:
        """What is stated of the whole: title, data_day, register, edition, completeness, stamps."""
        return self._meta

    @cached_property
    def index(self) -> Index:
        """The compiled form, for queries."""
        return Index(*self._packed)

    @cached_property
    def _nodes(self) -> pa.Table:
        return unpacked(self._packed[0])

    @cached_property
    def _edges(self) -> pa.Table:
        return unpacked(self._packed[1])

    @property
    def tables(self) -> tuple[pa.Table, pa.Table]:
        """The node table and the link table as Arrow tables, for loaders and queries."""
        return self._nodes, self._edges

    @property
    def packed_tables(self) -> tuple[pa.Table, pa.Table]:
        """The two tables as they are kept: columns of words and references may be dictionaries."""
        return self._packed

    def nodes(self, kind: str | None = None) -> pd.DataFrame:
        """Return the nodes (of one `kind`) as a frame indexed by `id`, without columns that are empty."""
        table = self._nodes
        if kind is not None:
            _one_of("kind", kind, KINDS)
            table = table.filter(pc.equal(table["kind"], kind))
        return frame(table).set_index("id")

    def edges(self, relation: str | None = None) -> pd.DataFrame:
        """Return the links (of one `relation`) as a frame: id, source, relation, target and the rest.

        A link without an id of its own gets one made of its ends, relation, specialty and first day.
        """
        table = self._edges
        ids = self._edge_ids
        if relation is not None:
            _one_of("relation", relation, RELATIONS)
            chosen = pc.equal(table["relation"], relation)
            table, ids = table.filter(chosen), ids.filter(chosen)
        if "id" in table.column_names:
            table = table.drop_columns("id")
        return frame(table.add_column(0, "id", ids), keep=("id", "source", "relation", "target"))

    @cached_property
    def _edge_ids(self) -> pa.ChunkedArray:
        return edge_ids(self._edges)

    @property
    def data_day(self) -> datetime.date | None:
        """The day to which the data is true, None where it is not stated."""
        text = self._meta.get("data_day")
        return datetime.date.fromisoformat(text) if text else None

    def day(self, as_of: datetime.date | str | None = None) -> datetime.date:
        """Return the day a question is asked for: `as_of`, else the data day, else today."""
        if isinstance(as_of, str):
            try:
                return datetime.date.fromisoformat(as_of)
            except ValueError as error:
                raise OptionError(say("bad_day", value=as_of)) from error
        return as_of or self.data_day or datetime.date.today()

    def completeness(self, table: str) -> Completeness:
        """Return what is declared of a table: `facilities`, `links`, `links.MEMBER_OF`, `links.MEMBER_OF.G2`.

        A part without a declaration of its own has that of the whole it belongs to.
        """
        return declaration(self._meta, table)

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
        if self.index.position(reference) >= 0:
            return reference
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
        columns = [name for name in matching.COLUMNS if name in self._nodes.column_names]
        return matching.Names.of_table(self._nodes.select(columns).take(pa.array(rows)))

    @cached_property
    def _names(self) -> matching.Names:
        return self.names()

    def name(self, id: str) -> str:
        """Return the name of a node, or the id where it has none."""
        position = self.index.position(id)
        named = self.index.values("name")[position].as_py() if position >= 0 else None
        return named or id

    def __repr__(self) -> str:
        """Say groups, alliances, facilities, areas and day; classes are no facilities."""
        counts = self.counts()
        parts = [
            f"{counts[word]} {word}"
            for word in ("groups", "alliances", "facilities", "areas")
            if counts[word]
        ]
        day = f"; data day {self.data_day}" if self.data_day else ""
        stamp = self._meta.get("stamp", "")
        stamp = (
            f"; {stamp}" if stamp and stamp != SAMPLE_STAMP else ""
        )  # a sample of real facts needs no warning
        return f"<MedicalNetwork {', '.join(parts) or 'empty'}{day}{stamp}>"

    def _repr_html_(self) -> str:
        from medgraph.graphmodel.notebook_view import network_html

        return network_html(self)

    def counts(self) -> dict[str, int]:
        """Return how many groups, alliances, facilities, classes, areas and links there are.

        Placeholders are neither facilities nor groups; `classes` counts those that stand for facilities.
        """
        index = self.index
        group = index.is_kind("Group") & ~index.is_class
        alliance = group & index.has("type", "specialty_alliance")
        facility = index.is_kind("Facility")
        return {
            "groups": int((group & ~alliance).sum()),
            "alliances": int(alliance.sum()),
            "facilities": int((facility & ~index.is_class).sum()),
            "classes": int((facility & index.is_class).sum()),
            "areas": int(index.is_kind("Area").sum()),
            "links": len(self._packed[1]),
        }

    def __eq__(self, other: object) -> bool:
        """Hold two networks equal if they state the same facts, in whatever order."""
        if not isinstance(other, MedicalNetwork):
            return NotImplemented
        return (
            dict(self._meta) == dict(other._meta)
            and same(self._nodes, other._nodes)
            and same(self._edges, other._edges)
        )

    __hash__ = None  # type: ignore[assignment]

    # -- other days, other plans ---------------------------------------------------------------

    def as_of(self, day: datetime.date | str) -> MedicalNetwork:
        """Return the facts that hold on `day`; a planned facility stays, marked as planned."""
        day = self.day(day)
        nodes, edges = self._packed
        meta = {**self._meta, "data_day": day.isoformat()}
        nodes_hold, edges_hold = mask(holds(nodes, day, planned=True)), mask(holds(edges, day))
        if not nodes_hold.all():
            source, target = self.index.ends
            there = np.append(nodes_hold[self.index.order], False)
            edges_hold &= there[source] & there[target]
        if nodes_hold.all() and edges_hold.all():
            return self._like(nodes, edges, self.index, meta)
        return self._filtered(None if nodes_hold.all() else nodes_hold, edges_hold, meta)

    def _filtered(
        self, nodes_kept: np.ndarray | None, edges_kept: np.ndarray, meta: Mapping[str, str]
    ) -> MedicalNetwork:
        nodes, edges = self._packed
        nodes = nodes if nodes_kept is None else nodes.filter(pa.array(nodes_kept))
        edges = edges.filter(pa.array(edges_kept))
        index = self.index.changed(nodes, edges, kept_nodes=nodes_kept, kept_links=edges_kept)
        return self._like(nodes, edges, index, meta)

    def _like(
        self, nodes: pa.Table, edges: pa.Table, index: Index, meta: Mapping[str, str]
    ) -> MedicalNetwork:
        """A network made from this one, with what its index could take over."""
        new = MedicalNetwork(nodes, edges, meta)
        new.__dict__["index"] = index
        if nodes is self._packed[0] and "_nodes" in self.__dict__:
            new.__dict__["_nodes"] = self._nodes
        if edges is self._packed[1] and "_edges" in self.__dict__:
            new.__dict__["_edges"] = self._edges
        return new

    def with_meta(self, **values: str | None) -> MedicalNetwork:
        """Return the network with other statements about the whole; None takes one out."""
        meta = {k: v for k, v in {**self._meta, **values}.items() if v is not None}
        return self._like(*self._packed, self.index, meta)

    def without(self, id: str) -> MedicalNetwork:
        """Return the network as if `id` had never been (a question, not a fact: see `ended`)."""
        self._known(id)
        index = self.index
        position = index.position(id)
        source, target = index.ends
        kept = np.ones(len(index), bool)
        kept[index.order[position]] = False
        return self._filtered(kept, (source != position) & (target != position), self._meta)

    def moved(
        self, id: str, *, to_group: str, on: datetime.date | str | None = None
    ) -> MedicalNetwork:
        """Return the network in which `id` belongs to `to_group` instead of its group of the same kind.

        `on` is the first day in the new group (default: the data day); the old membership ends the day
        before. Raise UnknownIdError or ChangeError.
        """
        self._known(id, "Facility")
        self._known(to_group, "Group")
        day = self.day(on)
        old = self._memberships(id, to_group, day)
        if to_group in old:
            raise ChangeError(say("already_member", id=id, group=to_group))
        if not old:
            raise ChangeError(say("no_membership", id=id))
        net = self
        for group in old:
            net = net.ended(id, relation="MEMBER_OF", target=group, on=day)
        return net.joined(id, group=to_group, on=day)

    def _memberships(self, id: str, group: str, day: datetime.date) -> list[str]:
        """The groups of the same kind as `group` that `id` is a plain member of on `day`."""
        mine = self._edges.filter(
            pc.and_(
                pc.equal(self._edges["source"], id), pc.equal(self._edges["relation"], "MEMBER_OF")
            )
        )
        groups = mine.filter(holds(mine, day))["target"].to_pylist()
        wanted, *types = self.index.take("type", self.index.positions([group, *groups])).to_pylist()
        return [g for g, type in zip(groups, types, strict=True) if type == wanted]

    def joined(
        self, id: str, *, group: str, on: datetime.date | str | None = None, **values: Any
    ) -> MedicalNetwork:
        """Return the network in which `id` is a member of `group` too, from `on` (default: the data day)."""
        self._known(id, "Facility")
        self._known(group, "Group")
        return self.linked(id, "MEMBER_OF", group, on=on, **values)

    def linked(
        self,
        source: str,
        relation: str,
        target: str,
        *,
        on: datetime.date | str | None = None,
        **values: Any,
    ) -> MedicalNetwork:
        """Return the network with one more link, valid from `on` (default: the data day)."""
        _one_of("relation", relation, RELATIONS)
        kinds = self._known(source), self._known(target)
        if kinds[0] not in schema.ENDS[relation][0] or kinds[1] not in schema.ENDS[relation][1]:
            raise ChangeError(
                say("wrong_ends", relation=relation, source=kinds[0], target=kinds[1])
            )
        row = {
            "source": source,
            "relation": relation,
            "target": target,
            "valid_from": self.day(on),
            **values,
        }
        added = canonical(pa.Table.from_pylist([row]), schema.link_types())
        edges = pa.concat_tables([self._edges, added], promote_options="default")
        nodes = self._packed[0]
        return self._like(
            nodes, edges, self.index.changed(nodes, edges, added=relation), self._meta
        )

    def ended(
        self,
        id: str,
        *,
        relation: str | None = None,
        target: str | None = None,
        on: datetime.date | str | None = None,
    ) -> MedicalNetwork:
        """Return the network in which `id` and its links end, or only its links of `relation` to `target`.

        `on` (default: the data day) is the first day on which it no longer holds. Raise ChangeError where
        nothing that holds is found, or where a fact would end before it begins.
        """
        self._known(id)
        last = self.day(on) - datetime.timedelta(days=1)
        edges = self._edges
        if relation is None and target is None:
            hit = pc.or_(pc.equal(edges["source"], id), pc.equal(edges["target"], id))
            nodes = ending(self._nodes, pc.equal(self._nodes["id"], id), last, strict=True)
            return self._ended(nodes, ending(edges, hit, last))
        hit = pc.equal(edges["source"], id)
        for column, wanted in (("relation", relation), ("target", target)):
            if wanted is not None:
                hit = pc.and_(hit, pc.equal(edges[column], wanted))
        return self._ended(self._packed[0], ending(edges, hit, last, strict=True))

    def _ended(self, nodes: pa.Table, edges: pa.Table) -> MedicalNetwork:
        return self._like(nodes, edges, self.index.changed(nodes, edges), self._meta)

    def succeeded(
        self, old: str, *, by: str, on: datetime.date | str | None = None, how: str = "renamed"
    ) -> MedicalNetwork:
        """Return the network in which `old` ends and `by` follows it; ids are never used twice."""
        self._known(old)
        self._known(by)
        return self.ended(old, on=on).linked(old, "SUCCEEDED_BY", by, on=on, note=how)

    def successors(self, id: str, *, on: datetime.date | str | None = None) -> list[str]:
        """Return what `id` has become on `on`: itself while it lasts, else the ends of its trail."""
        self._known(id)
        day = self.day(on)
        trail = self._edges.filter(pc.equal(self._edges["relation"], "SUCCEEDED_BY"))
        trail = trail.filter(holds(trail, day))
        following: dict[str, list[str]] = {}
        for old, new in zip(trail["source"].to_pylist(), trail["target"].to_pylist(), strict=True):
            following.setdefault(old, []).append(new)
        found, seen, waiting = [], {id}, [id]
        while waiting:
            here = waiting.pop(0)
            if here not in following:
                found.append(here)
            for new in following.get(here, ()):
                if new not in seen:
                    seen.add(new)
                    waiting.append(new)
        return found

    def applying(self, wanted: Iterable[changes.Change]) -> MedicalNetwork:
        """Return the network after these changes, in their order."""
        net = self
        for change in wanted:
            match change:
                case changes.Move(id, to_group, on):
                    net = net.moved(id, to_group=to_group, on=on)
                case changes.Join(id, group, on):
                    net = net.joined(id, group=group, on=on)
                case changes.End(id, relation, target, on):
                    net = net.ended(id, relation=relation, target=target, on=on)
                case changes.Succeed(old, new, on, how):
                    net = net.succeeded(old, by=new, on=on, how=how)
                case changes.Link(source, relation, target, on, values):
                    net = net.linked(source, relation, target, on=on, **values)
                case _:
                    raise ChangeError(say("unknown_change", value=type(change).__name__))
        return net

    def _known(self, id: str, kind: str | None = None) -> str:
        position = self.index.position(id)
        if position < 0:
            raise UnknownIdError(say("unknown_id", value=id))
        found = self.index.values("kind")[position].as_py()
        if kind is not None and found != kind:
            raise ChangeError(say("wrong_kind", id=id, found=found, wanted=kind))
        return found

    # -- in and out ----------------------------------------------------------------------------

    @classmethod
    def from_frames(
        cls,
        nodes: pd.DataFrame | pa.Table,
        edges: pd.DataFrame | pa.Table | None = None,
        meta: Mapping[str, str] | None = None,
    ) -> MedicalNetwork:
        """Build a network from frames: nodes with `id`, `kind`, `name`; edges with `source`, `relation`, `target`.

        `id` may be the index. Columns that the schema does not name are kept as text. Raise SourceError
        with all problems where an id or a required value is missing, an id double, a word unknown, or a link
        dangles or joins kinds that cannot be joined.
        """
        from medgraph.graphmodel.validate import STRUCTURAL, check

        node_table = canonical(as_arrow(nodes, ("id", "kind", "name")), schema.field_types())
        edge_table = canonical(
            as_arrow(edges, ("source", "relation", "target")), schema.link_types()
        )
        problems = [p for p in check(node_table, edge_table) if p.code in STRUCTURAL]
        if problems:
            raise SourceError(
                say("cannot_build", count=len(problems), first=str(problems[0])), problems
            )
        return cls(node_table, edge_table, canonical_meta(meta or {}))

    def to_networkx(
        self,
        *,
        area: str | None = None,
        relations: Iterable[str] | None = None,
        whole: bool = False,
    ) -> nx.MultiDiGraph:
        """Return a plain `networkx.MultiDiGraph` copy; edges are keyed by their ids.

        `area` (a code; trailing zeros mean all below it) keeps the nodes there and what they link to;
        `relations` keeps links of these types. More than 200,000 nodes are built only with `whole=True`.
        """
        import networkx as nx

        nodes, edges = self._nodes, self._edges
        if relations is not None:
            wanted = [_one_of("relation", r, RELATIONS) for r in relations]
            edges = edges.filter(
                pc.is_in(edges["relation"], value_set=pa.array(wanted, pa.string()))
            )
        if area is not None:
            nodes, edges = self._around(area, edges)
        if len(nodes) > _NETWORKX_LIMIT and not whole:
            gigabytes = round(len(nodes) * _NETWORKX_BYTES / 1e9, 1)
            raise TooLargeError(say("networkx_too_large", nodes=len(nodes), gigabytes=gigabytes))
        graph = (
            nx.MultiDiGraph()
        )  # names of attributes are data, so they never become keyword arguments
        graph.graph.update(self._meta)
        graph.add_nodes_from((row.pop("id"), present(row)) for row in nodes.to_pylist())
        rows = zip(edges.to_pylist(), edge_ids(edges).to_pylist(), strict=True)
        graph.add_edges_from(
            (row.pop("source"), row.pop("target"), key, present(row)) for row, key in rows
        )
        return graph

    def within(self, area: str) -> MedicalNetwork:
        """Return the part in `area` (a code or its beginning) with the groups, centres and teams it links to."""
        return MedicalNetwork(*self._around(area, self._edges), self._meta)

    def _around(self, area: str, edges: pa.Table) -> tuple[pa.Table, pa.Table]:
        """The nodes in `area`, those without a place that they link to, and the links among them."""
        inside = self.in_area(area)
        ids = self.index.ids
        homeless = pc.and_(
            pc.invert(self.index.is_kind("Area")), self.index.values("area").is_null()
        )
        homeless = homeless.to_numpy(zero_copy_only=False)
        homes = ids.filter(pa.array(inside))
        from_here = edges.filter(pc.is_in(edges["source"], value_set=homes))["target"]
        to_here = edges.filter(pc.is_in(edges["target"], value_set=homes))["source"]
        near = pc.is_in(
            ids, value_set=pa.chunked_array([*from_here.chunks, *to_here.chunks], pa.string())
        )
        kept = ids.filter(pa.array(inside | (homeless & near.to_numpy(zero_copy_only=False))))
        nodes = self._nodes.filter(pc.is_in(self._nodes["id"], value_set=kept))
        return nodes, with_ends(edges, kept)

    def in_area(self, area: str):
        """Return a mask over index positions: areas and facilities inside `area` (a code prefix or a code)."""
        prefix = area.rstrip("0") if len(area) == 12 else area
        prefix += "0" * (-len(prefix) % 2) if len(prefix) < 6 else "0" * (-len(prefix) % 3)
        place = pc.if_else(
            pa.array(self.index.is_kind("Area")), self.index.ids, self.index.values("area")
        )
        return pc.fill_null(pc.starts_with(place, prefix), False).to_numpy(zero_copy_only=False)

    @classmethod
    def from_networkx(cls, graph: nx.Graph) -> MedicalNetwork:
        """Build a network from a networkx graph: nodes with `kind` and `name`, edges with `relation`."""
        nodes = [{**data, "id": id} for id, data in graph.nodes(data=True)]
        edges = [{**data, "source": s, "target": t} for s, t, data in graph.edges(data=True)]
        return cls.from_frames(as_table(nodes), as_table(edges), dict(graph.graph))


def _one_of(what: str, value: str, allowed: Iterable[str]) -> str:
    if value not in allowed:
        raise OptionError(say("not_one_of", what=what, value=value, allowed=", ".join(allowed)))
    return value
