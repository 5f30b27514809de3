"""Hold the two tables of a network, what is stated of them as a whole, and their compiled form."""

from __future__ import annotations

import datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Self, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import ChangeError, OptionError, UnknownIdError
from medgraph.graphmodel.canonical import same, unpacked
from medgraph.graphmodel.completeness import Completeness, declaration
from medgraph.graphmodel.index import Index
from medgraph.graphmodel.kept import TABLES, Kept, NotedMeta, note
from medgraph.notebook import InNotebook
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from medgraph.graphmodel.arrays.types import Mask


T = TypeVar("T")
_LARGE = 20_000  # nodes: of a city at most, what several questions need is kept


class PackedTable:
    """A table whose columns of words and references may be dictionaries, and its plain form."""

    def __init__(self, packed: pa.Table) -> None:
        self.packed = packed

    @cached_property
    def plain(self) -> pa.Table:
        """The table with plain text in place of dictionaries; made when it is first needed."""
        return unpacked(self.packed)


class HeldTables(InNotebook):
    """Hold a node table and a link table that never change."""

    def __init__(
        self,
        nodes: pa.Table | PackedTable,
        edges: pa.Table | PackedTable,
        meta: Mapping[str, str] | None = None,
        *,
        index: Index | None = None,
    ) -> None:
        """Take over tables that are already canonical (see `canonical`); nothing is checked here.

        Parameters
        ----------
        nodes, edges
            The tables. Columns of text may be dictionaries: they stay so inside, and are plain
            text in `tables`.
        meta
            What is stated of the whole.
        index
            The compiled form of these tables, where it is there already.
        """
        self._node_table = nodes if isinstance(nodes, PackedTable) else PackedTable(nodes)
        self._link_table = edges if isinstance(edges, PackedTable) else PackedTable(edges)
        self._meta = MappingProxyType({} if meta is None else _plain(meta))
        self._index = index
        self._kept, self._own = Kept(), Kept()
        self._latest: tuple[datetime.date, Self] | None = None  # the latest day asked for

    def _made(
        self,
        index: Index,
        *,
        nodes: pa.Table | None = None,
        edges: pa.Table | None = None,
        meta: Mapping[str, str] | None = None,
        touched: Iterable[str] | None = None,
    ) -> Self:
        """A network made from this one; what is not given, or is the same, is taken over.

        `touched` names all that differs, so that what was worked out without it holds here, too;
        None where anything may differ.
        """
        made = type(self)(
            _replaced(self._node_table, nodes),
            _replaced(self._link_table, edges),
            self._meta if meta is None else meta,
            index=index,
        )
        if touched is not None and _go_on(self._stored, made._stored):
            made._kept = self._kept.after(touched)
        return made

    @property
    def kept(self) -> Kept:
        """What was worked out of this network, or of the one it was made from where it holds."""
        return self._kept

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what several questions about this network need, worked out for the first of them.

        It is not handed on to other networks: it may hold positions and rows. Of a large network it
        is worked out each time, because it would fill the memory.

        Parameters
        ----------
        key
            What it is called.
        make
            What works it out.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou()
        >>> net.once("how many", net.counts) is net.once("how many", net.counts)
        True
        """
        return make() if self.is_large else self._own.once(key, make)

    @property
    def is_large(self) -> bool:
        """Whether it is larger than a city, so that what is worked out of it fills the memory."""
        return len(self.index) > _LARGE

    def beside(self, other: Self) -> Self:
        """Return the network on the nodes of another, where it has the same: one is kept, not two.

        What was worked out of the nodes alone is then there for both.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou()
        >>> mg.samples.taizhou().beside(net).index.order is net.index.order
        True
        """
        nodes, edges = self._stored
        if nodes is other._stored[0] or not nodes.equals(other._stored[0]):
            return self
        index = other.index.with_links(edges)
        return type(self)(other._node_table, self._link_table, self._meta, index=index)

    @property
    def meta(self) -> Mapping[str, str]:
        """What is stated of the whole: title, data_day, register, edition, completeness, stamps."""
        return NotedMeta(self._meta)

    @property
    def index(self) -> Index:
        """The compiled form, for queries."""
        if self._index is None:
            self._index = Index(*self._stored)
        return self._index

    @property
    def tables(self) -> tuple[pa.Table, pa.Table]:
        """The node table and the link table as Arrow tables, for loaders and queries."""
        note(TABLES)
        return self._node_table.plain, self._link_table.plain

    @property
    def packed_tables(self) -> tuple[pa.Table, pa.Table]:
        """The two tables as they are kept: columns of words and references may be dictionaries."""
        note(TABLES)
        return self._stored

    @property
    def _stored(self) -> tuple[pa.Table, pa.Table]:
        """The same tables, for one who notes what is read of them."""
        return self._node_table.packed, self._link_table.packed

    @property
    def data_day(self) -> datetime.date | None:
        """The day to which the data is true, None where it is not stated."""
        text = self.meta.get("data_day")
        return datetime.date.fromisoformat(text) if text else None

    def day(self, as_of: datetime.date | str | None = None) -> datetime.date:
        """Return the day a question is asked for: `as_of`, else the data day, else today.

        Raises
        ------
        OptionError
            Where `as_of` is a text that is no day.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou()
        >>> net.day(), net.day("2024-01-01")
        (datetime.date(2023, 10, 25), datetime.date(2024, 1, 1))
        """
        if isinstance(as_of, str):
            try:
                return datetime.date.fromisoformat(as_of)
            except ValueError as error:
                raise OptionError(say("bad_day", value=as_of)) from error
        return as_of or self.data_day or datetime.date.today()

    def completeness(self, table: str) -> Completeness:
        """Return what is declared of a table: whether it holds all there is, by whom, when.

        `table` is a table or a part of one: `facilities`, `links`, `links.MEMBER_OF`,
        `links.MEMBER_OF.G2`. A part without a declaration of its own has that of its whole. What
        counts on a day, `Day.declaration_of` says.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou()
        >>> net.completeness("links.MEMBER_OF").state, net.completeness("links.MEMBER_OF.A1").state
        ('complete', 'partial')
        >>> bool(net.completeness("links.DISPATCHES"))
        False
        """
        return declaration(self.meta, table)

    def name(self, id: str) -> str:
        """Return the name of a node, or the id where it has none.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.samples.taizhou().name("TZ-H03")
        '台州市第一人民医院'
        """
        name: str | None = self.index.value("name", self.index.position(id))
        return name or id

    def counts(self) -> dict[str, int]:
        """Return how many groups, alliances, facilities, classes, areas and links there are.

        Placeholders are neither facilities nor groups; `classes` counts those that stand for
        facilities.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.samples.taizhou().counts()
        {'groups': 4, 'alliances': 3, 'facilities': 58, 'classes': 10, 'areas': 43, 'links': 354}
        """
        note(TABLES)
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
            "links": len(self._link_table.packed),
        }

    def in_area(self, area: str) -> Mask:
        """Return a mask over index positions: the areas and facilities inside `area`.

        `area` is a code or its beginning; trailing zeros mean all that is below it.

        Examples
        --------
        >>> import medgraph as mg
        >>> net = mg.samples.taizhou()
        >>> int(net.in_area("331003").sum()), int(net.in_area("331003000000").sum())
        (42, 42)
        """
        prefix = _prefix(area)
        is_area = pa.array(self.index.is_kind("Area"))
        place = pc.if_else(is_area, self.index.ids, self.index.values("area"))
        inside: Mask = pc.fill_null(pc.starts_with(place, prefix), False).to_numpy(
            zero_copy_only=False
        )
        return inside

    def __eq__(self, other: object) -> bool:
        """Hold two networks equal if they state the same facts, in whatever order."""
        if not isinstance(other, HeldTables):
            return NotImplemented
        return dict(self._meta) == dict(other._meta) and all(map(same, self.tables, other.tables))

    __hash__ = None  # type: ignore[assignment]

    def _known(self, id: str, kind: str | None = None) -> str:
        """The kind of a node; raise UnknownIdError, or ChangeError where it is not `kind`."""
        position = self.index.position(id)
        if position < 0:
            raise UnknownIdError(say("unknown_id", value=id))
        found: str = self.index.values("kind")[position].as_py()
        if kind is not None and found != kind:
            raise ChangeError(say("wrong_kind", id=id, found=found, wanted=kind))
        return found


def _replaced(held: PackedTable, table: pa.Table | None) -> PackedTable:
    return held if table is None or table is held.packed else PackedTable(table)


def _plain(meta: Mapping[str, str]) -> dict[str, str]:
    """What is stated of a whole, without anybody reading it."""
    return dict(meta._meta if isinstance(meta, NotedMeta) else meta)


def _go_on(one: tuple[pa.Table, pa.Table], two: tuple[pa.Table, pa.Table]) -> bool:
    """Whether the columns of two tables go on in two others, of the same plain types.

    A column that is new is empty but for what is touched.
    """
    pairs = ((_columns(here), _columns(there)) for here, there in zip(one, two, strict=True))
    return all(here.items() <= there.items() for here, there in pairs)


def _columns(table: pa.Table) -> dict[str, pa.DataType]:
    return {field.name: getattr(field.type, "value_type", field.type) for field in table.schema}


def _prefix(area: str) -> str:
    """The digits that the codes inside an area begin with: whole segments of 2, 2, 2, 3 and 3."""
    digits = area.rstrip("0") if len(area) == 12 else area
    segment = 2 if len(digits) < 6 else 3
    return digits + "0" * (-len(digits) % segment)


_SHOWN = 60  # letters of what was given instead


def require_network(given: object) -> None:
    """Raise OptionError where a question is given something else: a path, a name, a frame."""
    if not isinstance(given, HeldTables):
        shown = " ".join(str(given).split())[:_SHOWN]
        raise OptionError(say("no_network", type=type(given).__name__, value=shown))
