"""Make a network of another day or another plan from a network: every change returns a new one."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import ChangeError, OptionError
from medgraph.graphmodel import changes, kept, register, schema
from medgraph.graphmodel.arrays.chunks import unlike
from medgraph.graphmodel.canonical import canonical, ending, holds, mask
from medgraph.graphmodel.carrying import (
    beginning,
    broken_off,
    carried_declarations,
    carried_links,
    told,
    without_links,
)
from medgraph.graphmodel.checks.fault import Part
from medgraph.graphmodel.checks.values import amounts, dates, words_of_links
from medgraph.graphmodel.codes import DIGITS, area_code_fault
from medgraph.graphmodel.completeness import (
    COMPLETE,
    PARTIAL,
    Completeness,
    is_part,
    lines_of,
    moved_to,
    with_declaration,
)
from medgraph.graphmodel.filled_tables import CELL, Given, with_answers
from medgraph.graphmodel.held_tables import HeldTables
from medgraph.graphmodel.node_order import DECIDE_ORDER
from medgraph.words.attributes import ATTRIBUTES
from medgraph.words.say import say
from medgraph.words.vocabularies import RELATIONS, VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.words.say import Problem

# What no change states anew: what a node is, and where it comes from.
_FIXED = ("id", "kind", "origin")
_ONE_DAY = datetime.timedelta(days=1)


def _made_for(edges: pa.Table, day: datetime.date) -> pa.ChunkedArray:
    """The links that another change added for this very day, so that they held on none yet.

    What was read from a source has an origin, and is ended, never taken back.
    """
    if "valid_from" not in edges.column_names:
        return pa.chunked_array([np.zeros(len(edges), bool)])
    begins = pc.fill_null(pc.equal(edges["valid_from"], pa.scalar(day)), False)
    if "origin" not in edges.column_names:
        return begins
    return pc.and_(begins, pc.is_null(edges["origin"]))


def _relations(edges: pa.Table, chosen: pa.Array | pa.ChunkedArray) -> list[str]:
    """How the links of these rows are noted, by relation."""
    return [
        kept.links(relation) for relation in edges["relation"].filter(chosen).unique().to_pylist()
    ]


def _other_columns(one: pa.Table, two: pa.Table) -> list[str]:
    """The columns of two tables of the same rows in which they differ."""
    return [
        name
        for name in two.column_names
        if name not in one.column_names or unlike(one[name], two[name]).any()
    ]


def _last_before(day: datetime.date) -> datetime.date:
    """The day before; raise ChangeError where the calendar has none."""
    if day == datetime.date.min:
        raise ChangeError(say("nothing_to_end", day=day))
    return day - _ONE_DAY


def _refuse_what_no_file_may_hold(part: Part) -> None:
    """Raise ChangeError where a changed row could not be read back from a file."""
    words = words_of_links(part) if part.name == "edges" else ()
    for fault in (*amounts(part), *dates(part), *words):
        if not fault.code.startswith("E"):
            continue  # a specialty or title of which our list knows nothing is kept
        value = part.text(fault.field, int(fault.rows[0])) or ""
        raise ChangeError(say("no_such_value", column=fault.field, value=value))


class ChangingNetwork(HeldTables):
    """Hold tables of which a change makes new ones; facts are ended, never deleted.

    A link that one change adds for a day and another takes back on the same day never held, and is
    no fact: a planner thinks again.
    """

    # -- other days ------------------------------------------------------------------------------

    def as_of(self, day: datetime.date | str) -> Self:
        """Return the facts that hold on `day`; a planned facility stays, marked as planned.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().ended("TZ-P07", on="2024-01-01")
        >>> [net.as_of(day).counts()["facilities"] for day in ("2023-12-31", "2024-01-01")]
        [58, 57]
        """
        day = self.day(day)
        kept.note(*map(kept.column, ("status", "valid_from", "valid_to")))
        if self._latest is None or self._latest[0] != day:
            self._latest = day, self._as_of(day)
        return self._latest[1]

    def _as_of(self, day: datetime.date) -> Self:
        meta = moved_to(self._meta, day)
        nodes_hold, edges_hold = self._holding(day)
        if nodes_hold.all() and edges_hold.all():
            return self._made(self.index, meta=meta)
        return self._filtered(None if nodes_hold.all() else nodes_hold, edges_hold, meta)

    def _holding(self, day: datetime.date) -> tuple[Mask, Mask]:
        """Masks over the tables: nodes that hold on a day, and links between them that do."""
        nodes, edges = self._stored
        nodes_hold, edges_hold = mask(holds(nodes, day, planned=True)), mask(holds(edges, day))
        if not nodes_hold.all():
            source, target = self.index.ends_of_links
            there = np.append(nodes_hold[self.index.order], False)
            edges_hold &= there[source] & there[target]
        return nodes_hold, edges_hold

    def link_rows_as_of(self, day: datetime.date | str) -> Positions:
        """Return for each row of the link table its row in that of `as_of(day)`, -1 for none.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().ended("TZ-P07", on="2024-01-01")
        >>> rows = net.link_rows_as_of("2024-01-01")
        >>> len(rows) - int((rows < 0).sum()) == len(net.as_of("2024-01-01").tables[1])
        True
        """
        kept.note(kept.TABLES)
        _, holding = self._holding(self.day(day))
        return np.where(holding, np.cumsum(holding) - 1, -1)

    def _filtered(
        self,
        nodes_kept: Mask | None,
        edges_kept: Mask,
        meta: Mapping[str, str],
        touched: Iterable[str] | None = None,
    ) -> Self:
        """The network of the rows that are kept, masks over the tables; None keeps all nodes."""
        nodes, edges = self._stored
        if nodes_kept is not None:
            nodes = nodes.filter(pa.array(nodes_kept))
        edges = edges.filter(pa.array(edges_kept))
        index = self.index.changed(nodes, edges, kept_nodes=nodes_kept, kept_links=edges_kept)
        return self._made(index, nodes=nodes, edges=edges, meta=meta, touched=touched)

    def successors(self, id: str, *, on: datetime.date | str | None = None) -> list[str]:
        """Return what `id` has become on `on`: itself while it lasts, else the ends of its trail.

        Parameters
        ----------
        id
            A node.
        on
            The day; None for the data day.

        Returns
        -------
        The ids of its successors, the nearest first.

        Raises
        ------
        UnknownIdError
            Where the network has no such node.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().succeeded("TZ-P07", by="TZ-P08", on="2024-01-01")
        >>> net.successors("TZ-P07"), net.successors("TZ-P07", on="2024-01-01")
        (['TZ-P07'], ['TZ-P08'])
        """
        self._known(id)
        following = self._trail(self.day(on))
        last: list[str] = []
        seen, waiting = {id}, [id]
        while waiting:
            here = waiting.pop(0)
            if here not in following:
                last.append(here)
            new = [one for one in following.get(here, ()) if one not in seen]
            seen.update(new)
            waiting.extend(dict.fromkeys(new))
        return last

    def _trail(self, day: datetime.date) -> dict[str, list[str]]:
        """What follows each node by the links of succession that hold on `day`."""
        edges = self.tables[1]
        links = edges.filter(pc.equal(edges["relation"], "SUCCEEDED_BY"))
        links = links.filter(holds(links, day))
        following: dict[str, list[str]] = {}
        for old, new in zip(links["source"].to_pylist(), links["target"].to_pylist(), strict=True):
            following.setdefault(old, []).append(new)
        return following

    # -- other plans -----------------------------------------------------------------------------

    def with_meta(self, /, **values: str | None) -> Self:
        """Return the network with other statements about the whole; None takes one out.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.samples.taizhou().with_meta(data_day="2024-01-01").data_day
        datetime.date(2024, 1, 1)
        """
        meta = {k: v for k, v in {**self.meta, **values}.items() if v is not None}
        return self._made(self.index, meta=meta, touched=map(kept.stated, values))

    def without(self, id: str) -> Self:
        """Return the network as if `id` had never been (a question, not a fact: see `ended`).

        Raises
        ------
        UnknownIdError
            Where the network has no such node.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.samples.taizhou().without("TZ-P07").counts()["facilities"]
        57
        """
        self._known(id)
        index = self.index
        position = index.position(id)
        source, target = index.ends
        kept = np.ones(len(index), bool)
        kept[index.order[position]] = False
        return self._filtered(kept, (source != position) & (target != position), self.meta)

    def moved(self, id: str, *, to_group: str, on: datetime.date | str | None = None) -> Self:
        """Return the network in which `id` belongs to `to_group`, not to its group of that kind.

        The old membership ends the day before `on`.

        Parameters
        ----------
        id
            A facility that is a member of a group of the same kind as `to_group`.
        to_group
            The new group.
        on
            The first day in the new group; None for the data day.

        Raises
        ------
        UnknownIdError
            Where the network has no such node.
        ChangeError
            Where `id` is in `to_group` already, or in no group of its kind.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().moved("TZ-P34", to_group="G2", on="2024-01-01")
        >>> links = net.edges("MEMBER_OF")
        >>> links.loc[links["source"] == "TZ-P34", "target"].tolist()
        ['G4', 'G2']
        """
        self._known(id, "Facility")
        self._known(to_group, "Group")
        day = self.day(on)
        old = self.groups_left(id, to_group=to_group, on=day)
        if to_group in old:
            raise ChangeError(say("already_member", id=id, group=to_group))
        if not old:
            raise ChangeError(say("no_membership", id=id))
        net = self
        for group in old:
            net = net.ended(id, relation="MEMBER_OF", target=group, on=day)
        return net.joined(id, group=to_group, on=day)

    def groups_left(
        self, id: str, *, to_group: str, on: datetime.date | str | None = None
    ) -> list[str]:
        """Return the groups that `id` leaves when it moves to `to_group`.

        They are those of the same kind as `to_group` that it is a plain member of; `to_group`
        itself is among them where it is there already.

        Parameters
        ----------
        id
            A facility.
        to_group
            The new group.
        on
            The first day in it; None for the data day.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.samples.taizhou().groups_left("TZ-P34", to_group="G2")
        ['G4']
        """
        day = self.day(on)
        edges = self.tables[1]
        is_mine = pc.and_(pc.equal(edges["source"], id), pc.equal(edges["relation"], "MEMBER_OF"))
        mine = edges.filter(is_mine)
        groups = mine.filter(holds(mine, day))["target"].to_pylist()
        wanted, *types = self.index.take(
            "type", self.index.positions([to_group, *groups])
        ).to_pylist()
        return [g for g, type in zip(groups, types, strict=True) if type == wanted]

    def joined(
        self, id: str, *, group: str, on: datetime.date | str | None = None, **values: Any
    ) -> Self:
        """Return the network in which `id` is a member of `group` too, whatever else it is in.

        Parameters
        ----------
        id
            A facility.
        group
            A group.
        on
            The first day of the membership; None for the data day.
        **values
            Further columns of the link, such as `document`.

        Raises
        ------
        UnknownIdError
            Where the network has no such node.
        ChangeError
            Where a node is of another kind.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().joined("TZ-P34", group="A1", document="2024/7")
        >>> net.edges("MEMBER_OF").iloc[-1][["source", "target", "document"]].tolist()
        ['TZ-P34', 'A1', '2024/7']
        """
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
    ) -> Self:
        """Return the network with one more link.

        Parameters
        ----------
        source, target
            The nodes that it joins.
        relation
            Its relation, such as `REFERS_UP_TO`.
        on
            The first day on which it holds; None for the data day.
        **values
            Further columns of the link, such as `minutes`.

        Raises
        ------
        OptionError
            Where the relation is unknown.
        UnknownIdError
            Where the network has no such node.
        ChangeError
            Where the relation cannot join nodes of these kinds, or a column holds what no file may.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().linked("TZ-H04", "REFERS_UP_TO", "TZ-H03", minutes=20)
        >>> net.counts()["links"]
        355
        """
        if relation not in RELATIONS:
            raise OptionError(
                say("not_one_of", what="relation", value=relation, allowed=", ".join(RELATIONS))
            )
        kinds = self._known(source), self._known(target)
        sources, targets = schema.ENDS[relation]
        if kinds[0] not in sources or kinds[1] not in targets:
            raise ChangeError(
                say("wrong_ends", relation=relation, source=kinds[0], target=kinds[1])
            )
        if source == target and kinds[0] == "Facility":
            raise ChangeError(say("linked_to_itself", id=source))
        link = {"source": source, "relation": relation, "target": target}
        row = {**link, "valid_from": self.day(on), **values}
        try:
            added = canonical(pa.Table.from_pylist([row]), schema.link_types())
        except (ValueError, TypeError, OverflowError, pa.ArrowException) as error:
            raise ChangeError(say("link_unreadable", reason=error)) from error
        _refuse_what_no_file_may_hold(Part("edges", added))
        nodes = self.packed_tables[0]
        edges = pa.concat_tables([self.tables[1], added], promote_options="default")
        index = self.index.changed(nodes, edges, added=relation)
        return self._made(index, edges=edges, touched=[kept.links(relation)])

    def ended(
        self,
        id: str,
        *,
        relation: str | None = None,
        target: str | None = None,
        on: datetime.date | str | None = None,
    ) -> Self:
        """Return the network in which `id` ends with its links, or only links from it do.

        Parameters
        ----------
        id
            A node.
        relation, target
            With either, only links from `id` of this relation, or to this node, end.
        on
            The first day on which it no longer holds; None for the data day.

        Raises
        ------
        UnknownIdError
            Where the network has no such node.
        ChangeError
            Where nothing that holds is found, or a fact would end before it begins.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().ended("TZ-P07", relation="MEMBER_OF", on="2024-01-01")
        >>> links = net.edges("MEMBER_OF")
        >>> links.loc[links["source"] == "TZ-P07", "valid_to"].dt.strftime("%Y-%m-%d").tolist()
        ['2023-12-31']
        """
        self._known(id)
        last = _last_before(self.day(on))
        if relation is None and target is None:
            return self._over(id, last, strict=True)
        edges = self.tables[1]
        chosen = pc.equal(edges["source"], id)
        for column, wanted in (("relation", relation), ("target", target)):
            if wanted is not None:
                chosen = pc.and_(chosen, pc.equal(edges[column], wanted))
        taken_back = mask(pc.and_(chosen, _made_for(edges, self.day(on))))
        if not taken_back.any():
            ended = ending(edges, chosen, last, strict=True)
            return self._with_tables(self._stored[0], ended, _relations(edges, chosen))
        net = self._filtered(None, ~taken_back, self.meta, _relations(edges, pa.array(taken_back)))
        rest = chosen.filter(pa.array(~taken_back))
        ended = ending(net.tables[1], rest, last)
        return net._with_tables(net._stored[0], ended, _relations(edges, chosen))

    def _over(self, id: str, last: datetime.date, *, strict: bool) -> Self:
        """The network in which a node and its links end with that day, where they still last."""
        nodes, edges = self.tables
        its_own = pc.or_(pc.equal(edges["source"], id), pc.equal(edges["target"], id))
        # What it followed stays true of it.
        its_own = pc.and_(its_own, pc.not_equal(edges["relation"], "SUCCEEDED_BY"))
        nodes = ending(nodes, pc.equal(nodes["id"], id), last, strict=strict)
        touched = {kept.column("valid_to"), *_relations(edges, its_own)}
        return self._with_tables(nodes, ending(edges, its_own, last), touched)

    def _with_tables(self, nodes: pa.Table, edges: pa.Table, touched: Iterable[str]) -> Self:
        """The network with other dates in its tables."""
        index = self.index.changed(nodes, edges)
        return self._made(index, nodes=nodes, edges=edges, touched=touched)

    def succeeded(
        self,
        old: str,
        *,
        by: str | Sequence[str],
        on: datetime.date | str | None = None,
        how: str = "renamed",
        carry: bool = False,
    ) -> Self:
        """Return the network in which `old` ends and `by` follows it; ids are never used twice.

        Parameters
        ----------
        old
            The node that ends, with its links.
        by
            The node that follows it, of the same kind; several where it is split.
        on
            The first day of the new state; None for the data day.
        how
            What happened: renamed, merged into, split from.
        carry
            Hand the links of `old` on to what follows it, from that day on. A successor that no
            link joins to anything yet begins on that day, and what is declared of the lists of
            `old` is declared of its own. A link that a successor has already stays as it is; of
            what `old` led, the first successor is the lead, unless there is one, and the others
            are members. `handed_on_otherwise` tells which.

        Raises
        ------
        UnknownIdError
            Where the network has no such node.
        ChangeError
            Where `old` does not hold, follows itself, or a node of this kind has no succession; and
            where links would be carried to what has ended, or is followed by another later on.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().succeeded("TZ-P07", by="TZ-P08", how="merged into")
        >>> net.edges("SUCCEEDED_BY")[["source", "target", "note"]].values.tolist()
        [['TZ-P07', 'TZ-P08', 'merged into']]
        """
        heirs = [by] if isinstance(by, str) else list(dict.fromkeys(by))
        for id in (old, *heirs):
            self._known(id)
        if not heirs or old in heirs:
            raise ChangeError(say("succeeds_itself", id=old))
        if carry and (broken := broken_off(*self.tables, heirs, self.day(on))):
            heir, last = broken
            raise ChangeError(say("carry_broken_off", old=old, heir=heir, last=last))
        net = self.ended(old, on=on)
        for heir in heirs:
            net = net.linked(old, "SUCCEEDED_BY", heir, on=on, note=how)
        return net._carried(self, old, heirs, self.day(on)) if carry else net

    def handed_on_otherwise(
        self, old: str, *, by: str | Sequence[str], on: datetime.date | str | None = None
    ) -> list[Problem]:
        """Return what `succeeded` with `carry` hands on otherwise than it is stated of `old`.

        Parameters
        ----------
        old
            The node that ends, with its links.
        by
            The node that follows it; several where it is split.
        on
            The first day of the new state; None for the data day.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().linked("TZ-P07", "REFERS_UP_TO", "TZ-H03", minutes=30)
        >>> net = net.linked("TZ-P08", "REFERS_UP_TO", "TZ-H03", minutes=20)
        >>> [told.value for told in net.handed_on_otherwise("TZ-P07", by="TZ-P08")]
        ['30']
        """
        heirs = [by] if isinstance(by, str) else [*by]
        found = carried_links(*self.tables, old, heirs, self.day(on)).otherwise
        return [told(each, old, self.name) for each in found]

    def handing_on(self, old: str, heirs: Sequence[str], *, on: datetime.date) -> Self:
        """Return the network in which the links of `old` are those of its heirs from that day on.

        That they follow it is stated already; `old` ends, where it still lasts.

        Parameters
        ----------
        old
            The node that ends, with its links.
        heirs
            The nodes that follow it.
        on
            The first day of the new state.

        Examples
        --------
        >>> import datetime
        >>> import medgraph as mg
        >>> day = datetime.date(2024, 1, 1)
        >>> net = mg.samples.taizhou().linked("TZ-P07", "SUCCEEDED_BY", "TZ-P08", on=day)
        >>> net = net.handing_on("TZ-P07", ["TZ-P08"], on=day)
        >>> net.as_of(day).counts()["facilities"]
        57
        """
        return self._over(old, on - _ONE_DAY, strict=False)._carried(self, old, heirs, on)

    def _carried(self, before: Self, old: str, heirs: Sequence[str], day: datetime.date) -> Self:
        """The network with the links that `old` had in `before`, handed on to its heirs."""
        new = without_links(before.tables[1], heirs)
        nodes, edges = self.tables
        links = carried_links(*before.tables, old, heirs, day).links
        if links:
            types = schema.link_types()
            added = canonical(pa.Table.from_pylist(links), types)
            edges = canonical(pa.concat_tables([edges, added], promote_options="default"), types)
        meta = {**self.meta, **carried_declarations(self.meta, old, new)}
        return type(self)(beginning(nodes, new, day), edges, meta)

    def filled(self, id: str, column: str, value: str) -> Self:
        """Return the network in which `value` stands in a column of the node `id`.

        Parameters
        ----------
        id
            A node.
        column
            A column of its table, such as `level`, or what policy packs ask of it, such as
            `sub_centre`; a status is one, too.
        value
            What is stated, as a table of the network holds it.

        Raises
        ------
        UnknownIdError
            Where the network has no such node.
        ChangeError
            Where its table has no such column, or the column no such value.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().filled("TZ-P34", "status", "suspended")
        >>> net.nodes("Facility").loc["TZ-P34", "status"]
        'suspended'
        """
        table = schema.TABLE_OF_KIND[self._known(id)]
        field = table.field(column)
        is_asked = field is not None or column in ATTRIBUTES
        if not is_asked or column in _FIXED:
            raise ChangeError(say("no_such_column", column=column, table=table.name))
        given = Given(CELL, table.name, column, id, value)
        if (table.name, column) == ("facilities", "area") and not self._is_area(value):
            raise ChangeError(say("no_such_area", value=value))
        if field and field.vocabulary and value not in VOCABULARIES[field.vocabulary]:
            raise ChangeError(say("no_such_value", column=column, value=value))
        try:
            nodes, edges, meta = with_answers(self.tables, self.meta, [given], self.day(None))
        except (ValueError, OverflowError) as error:
            raise ChangeError(say("no_such_value", column=column, value=value)) from error
        row = Part("nodes", nodes.filter(pc.equal(nodes["id"], id)))
        if row.text(column, 0) is None:  # nothing of it is left once it is clean
            raise ChangeError(say("no_such_value", column=column, value=value))
        _refuse_what_no_file_may_hold(row)
        if column in DECIDE_ORDER:  # rows of answers stand where a network read anew has them
            return type(self)(nodes, edges, meta)
        index = self.index.changed(nodes, edges)
        touched = map(kept.column, _other_columns(self.tables[0], nodes))
        return self._made(index, nodes=nodes, edges=edges, meta=meta, touched=touched)

    def _is_area(self, code: str) -> bool:
        """Whether an area of the network is called so, or one of the register that is shipped."""
        position = self.index.position(code)
        if position >= 0:
            return bool(self.index.is_kind("Area")[position])
        of_township = code[: DIGITS["township"]]  # the register names no villages
        return bool(register.names([of_township])) and not area_code_fault(code)

    def declared(
        self,
        part: str,
        *,
        by: str,
        on: datetime.date | str | None = None,
        state: str = "complete",
        clause: str = "",
    ) -> Self:
        """Return the network in which a table, or a part of one, is declared whole or partial.

        Parameters
        ----------
        part
            The table or part, such as `links.MEMBER_OF`.
        by
            The office that declares it; no person.
        on
            The day from which it counts; None for the data day.
        state
            `complete` or `partial`.
        clause
            The clause or document it rests on.

        Raises
        ------
        ChangeError
            Where there is no such part or state.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou().declared("links.DISPATCHES", by="health commission")
        >>> str(net.completeness("links.DISPATCHES").date)
        '2023-10-25'
        """
        if not by.strip():
            raise ChangeError(say("declared_by_nobody"))
        if state not in (COMPLETE, PARTIAL):
            allowed = f"{COMPLETE}, {PARTIAL}"
            raise ChangeError(say("not_one_of", what="state", value=state, allowed=allowed))
        if not is_part(part, self.packed_tables[0]):
            raise ChangeError(say("no_such_part", part=part))
        declared = Completeness(state, by, self.day(on).isoformat(), clause)
        meta = with_declaration(self.meta, part, declared)
        return self._made(self.index, meta=meta, touched=map(kept.stated, lines_of(part, declared)))

    def applying(self, wanted: Iterable[changes.Change]) -> Self:
        """Return the network after these changes (see `medgraph.changes`), in their order.

        Raises
        ------
        UnknownIdError
            Where the network has no such node.
        ChangeError
            Where a change cannot be made, or is none of `medgraph.changes`.

        Examples
        --------
        >>> import medgraph as mg
        >>> plan = [mg.changes.Move("TZ-P34", "G2"), mg.changes.Join("TZ-P34", "A1")]
        >>> mg.samples.taizhou().applying(plan).counts()["links"]
        356
        """
        net = self
        for change in wanted:
            match change:
                case changes.Move(id, to_group, on):
                    net = net.moved(id, to_group=to_group, on=on)
                case changes.Join(id, group, on):
                    net = net.joined(id, group=group, on=on)
                case changes.End(id, relation, target, on):
                    net = net.ended(id, relation=relation, target=target, on=on)
                case changes.Succeed(old, new, on, how, carry):
                    net = net.succeeded(old, by=new, on=on, how=how, carry=carry)
                case changes.Link(source, relation, target, on, values):
                    net = net.linked(source, relation, target, on=on, **values)
                case changes.Fill(id, column, value):
                    net = net.filled(id, column, value)
                case changes.Declare(part, by, on, state, clause):
                    net = net.declared(part, by=by, on=on, state=state, clause=clause)
                case _:
                    raise ChangeError(say("unknown_change", value=type(change).__name__))
        return net
