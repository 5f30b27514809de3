"""See a network as a rule sees it: on its day, with a ledger laid over it, knowing what is
complete.

Attributes that no field names are read as text: `charter`, `insurance.covers`, a yearly value as
`visits@2023`.
A value with `|` in it is a list. Nothing here decides a rule; its predicates do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import areas, schema
from medgraph.graphmodel.arrays.chunks import encoded as flat_dictionary
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.explicit import expanded_links
from medgraph.graphmodel.per_cent import is_in_per_cent
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.conditions import (
    Test,
    as_test,
    attributes,
    is_known_test,
    leaves,
    text_states,
    tree_states,
)
from medgraph.queries.policy.facts.contradictions import Contradiction, cell_of, same_value
from medgraph.queries.policy.facts.ledger import ASKED, RECORD
from medgraph.queries.policy.facts.value_sets import resolved
from medgraph.words.accepted_names import is_called, is_known_name
from medgraph.words.attributes import UNIT_OF, WORDS_OF, titled_columns
from medgraph.words.quantities import NUMBER, quantity
from medgraph.words.stated import is_plain_answer, stated
from medgraph.words.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.graphmodel.index import Index
    from medgraph.graphmodel.network import MedicalNetwork

T = TypeVar("T")

AREA_KIND = "area_kind"  # what kind an area is: its column `type`, with the vocabulary of this name
OF_YEAR = "@year"  # an attribute of the year of the audit: `expert_visits@year`
_NAMES = frozenset(("id", "kind", "name", "area", "parent", "origin", ASKED))  # taken as they are
_REGIONS = {"county": areas.counties, "city": areas.cities, "province": areas.provinces}


class AuditedNetwork:
    """A network on `day` as predicates read it.

    `left_out` rows of its source could not be loaded; `contradictions` are what is stated in two
    ways; `units` say what attributes of packs count in.
    """

    def __init__(
        self,
        net: MedicalNetwork,
        date: datetime.date,
        *,
        left_out: int = 0,
        contradictions: Sequence[Contradiction] = (),
        units: Mapping[str, str] | None = None,
    ) -> None:
        self.whole = net
        self.net = net.as_of(date)
        self.date = date
        self.day = Day(self.net, date, left_out=left_out)
        self.left_out = left_out
        self._stated_twice = tuple(contradictions)
        self.index = self.net.index
        self.read: set[str] = set()  # the attributes that a rule has asked for
        self._units = {**UNIT_OF, **(units or {})}
        self._columns: dict[str, Any] = {}
        self._differing: dict[str, Mask] = {}  # by column: the year's value and the undated differ
        self._open_cells: dict[str, Mask] = {}
        self._types: dict[frozenset[str], States] = {}
        self._sorted: dict[tuple[str, bool], tuple[Positions, Positions, Positions]] = {}
        self._made_once: dict[str, Any] = {}

    def with_whole_tables(self, registers: Iterable[str] = ()) -> AuditedNetwork:
        """Return the same network as if every table, and these registers, were complete."""
        whole = self.whole.as_listed(*registers)
        return AuditedNetwork(
            whole, self.date, contradictions=self._stated_twice, units=self._units
        )

    def over(self, net: MedicalNetwork) -> AuditedNetwork:
        """Return another network as rules see it on the same day, beside the same ledger."""
        return AuditedNetwork(
            net,
            self.date,
            left_out=self.left_out,
            contradictions=self._stated_twice,
            units=self._units,
        )

    @property
    def ids(self) -> list[str]:
        """The ids of all nodes: one by one they take long, and of many findings each is asked."""
        return self.once("ids", lambda: self.index.ids.to_pylist())

    @property
    def origins(self) -> list[str | None]:
        """Where each node comes from."""
        return self.once("origins", lambda: self.index.values("origin").to_pylist())

    def once(self, key: str, make: Callable[[], T]) -> T:
        """Return what `make` works out; of one key it is worked out once."""
        if key not in self._made_once:
            self._made_once[key] = make()
        found: T = self._made_once[key]
        return found

    # -- nodes -----------------------------------------------------------------------------------

    def column(self, name: str) -> Any:
        """Return a node column; a cell that says that something is not known is null.

        `county`, `city` and `province` are cut from the area code, `area_kind` and the `level` of
        areas are derived where they are not stated. `name@year` is the value of the year of the
        audit, or one without a year where no other year is stated.
        """
        self.read.add(name)
        if name not in self._columns:
            self._columns[name] = self._made(name)
        return self._columns[name]

    def _made(self, name: str) -> Any:
        if name in _REGIONS:
            return _REGIONS[name](self.index)
        if name == AREA_KIND:
            return self.stated_only(self._of_areas(areas.kinds))
        if name == "level":
            own = self.stated_only(self.index.values(name).cast(pa.string()))
            return pc.coalesce(own, self._of_areas(areas.levels))
        if name.endswith(OF_YEAR):
            return self._of_year(name)
        if name in _NAMES:
            return self.index.values(name)
        if name == "type" and self.day.untyped_centre.any():
            stored, untyped = self._as_stored(name), pa.array(self.day.untyped_centre)
            return pc.if_else(untyped, pa.scalar(None, stored.type), stored)
        own = self._as_stored(name)
        if "@" in name or self._this_year(name) not in self._items_of(name):
            return own
        return self._of_this_year(name, name, own)

    def _as_stored(self, name: str) -> Any:
        self.read.add(name)
        return self.stated_only(self._column_called(name))

    def _of_areas(self, derived: Callable[[Index, Positions], Any]) -> Any:
        own = np.flatnonzero(self.index.is_kind("Area"))
        place = np.full(len(self.index), -1)
        place[own] = np.arange(len(own))
        return derived(self.index, own).take(pa.array(place, mask=place < 0))

    def _of_year(self, column: str) -> Any:
        name = column.removesuffix(OF_YEAR)
        self.read.add(f"{name}@*")
        dated = np.zeros(len(self.index), bool)
        for other in self._items_of(name) - {self._this_year(name)}:
            dated |= self.column(other).is_valid().to_numpy(zero_copy_only=False)
            dated |= self._said_twice(other)
        always = self._as_stored(name).cast(pa.string())
        undated = pc.if_else(pa.array(dated), pa.scalar(None, pa.string()), always)
        return self._of_this_year(column, name, undated)

    def _items_of(self, name: str) -> set[str]:
        """The attribute with the years for which a table states it, or two lines of a ledger do."""
        items = {*self._named_columns, *(found.item for found in self._stated_twice)}
        return {item for item in items if item.startswith(f"{name}@")}

    @cached_property
    def _named_columns(self) -> tuple[str, ...]:
        """The attributes that have a column, in the order of the columns."""
        titled = {column: name for name, column in self._titles.items()}
        return tuple(titled.get(column, column) for column in self.index.table.column_names)

    def _of_this_year(self, column: str, name: str, undated: Any) -> Any:
        """Return the values of the year of the audit, else those without a year.

        Where the two differ, neither counts, as where either is stated in two ways.
        """
        dated = self.column(self._this_year(name)).cast(pa.string()).to_pylist()
        pairs = list(zip(dated, undated.cast(pa.string()).to_pylist(), strict=True))
        self._differing[column] = np.array([_differ(*pair) for pair in pairs], bool)
        for place in np.flatnonzero(self._differing[column]).tolist():
            self._note(place, self._this_year(name), pairs[place])
        values = [now if now is not None else always for now, always in pairs]
        return pa.array(values, pa.string(), mask=self._said_twice(column))

    def _note(self, place: int, item: str, pair: tuple[str, str]) -> None:
        """Note of a node that two statements of one thing differ."""
        id = str(self.index.ids[place].as_py())
        origin = self.index.take("origin", np.array([place])).to_pylist()[0]
        columns = (item, item.partition("@")[0])
        cells = [cell_of(origin, self.stored_as(column)) for column in columns]
        self._found_twice[id, item] = Contradiction(id, item, pair, (cells[0], cells[1]))

    @cached_property
    def _found_twice(self) -> dict[tuple[str, str], Contradiction]:
        """By node and item what was found to be stated in two ways when it was read."""
        return {}

    @property
    def contradictions(self) -> list[Contradiction]:
        """What is stated in two ways: in the ledger, and in what was read so far."""
        told = {(found.subject, found.item) for found in self._stated_twice}
        more = [found for key, found in self._found_twice.items() if key not in told]
        return [*self._stated_twice, *more]

    def _said_twice(self, column: str) -> Mask:
        """A mask over positions: of which nodes an attribute is stated in two ways."""
        items = self.items_behind(column)
        ids = [found.subject for found in self._stated_twice if found.item in items]
        found = np.zeros(len(self.index), bool)
        at = self.index.positions(ids).astype(np.int64)
        found[at[at >= 0]] = True
        return found | self._differing.get(column, found)

    def items_behind(self, name: str) -> tuple[str, ...]:
        """Name the items of tables and ledger from which a column is read.

        `visits@year` and `visits` both come from that of the year and from that without one.
        """
        bare = name.removesuffix(OF_YEAR)
        return (bare,) if "@" in bare else (self._this_year(bare), bare)

    def _this_year(self, name: str) -> str:
        return f"{name}@{self.date.year}"

    def _column_called(self, name: str) -> Any:
        """Return the column of this name, else the one that has it as a title: 县域就诊率(%)."""
        return self.index.values(self.stored_as(name))

    def stored_as(self, name: str) -> str:
        """Name the column that holds an attribute: its own, else one that has it as a title."""
        return self._titles.get(name, name)

    @cached_property
    def _titles(self) -> dict[str, str]:
        """By name of an attribute the free column that has its Chinese name, or (%) behind it."""
        return titled_columns(self.index.table.column_names)

    def stated_only(self, column: Any) -> Any:
        """Make null what says that something is not known: 待定, 不详, n/a."""
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            return column
        encoded = flat_dictionary(column)
        texts = [stated(text) for text in encoded.dictionary.to_pylist()]
        return pa.array(texts, pa.string()).take(encoded.indices)

    def unit(self, name: str) -> str:
        """Return what the numbers of an attribute count in: share, count, points, …"""
        bare = name.partition("@")[0]
        if bare in self._units:
            return self._units[bare]
        return NUMBER

    def per_cent(self, name: str) -> bool:
        """Tell whether every column that states an attribute is declared to be in per cent."""
        stored = map(self.stored_as, self.items_behind(name))
        held = [column for column in stored if self._is_column(column)]
        return bool(held) and all(is_in_per_cent(self.net, column) for column in held)

    def _is_column(self, name: str) -> bool:
        return name in self.index.table.column_names

    def texts(self, name: str, positions: Positions) -> list[str | None]:
        """Return the texts of a column at these positions; None where a position is -1."""
        places = pa.array(positions, mask=np.asarray(positions) < 0)
        found: list[str | None] = self.column(name).cast(pa.string()).take(places).to_pylist()
        return found

    def numbers(
        self, name: str, positions: Positions, *, otherwise: str = NUMBER
    ) -> list[Fraction | None]:
        """Return the numbers of a column at these positions, read in its unit.

        Where nobody states one, it is `otherwise`.
        """
        unit, per_cent = self.unit(name), self.per_cent(name)
        unit = otherwise if unit == NUMBER else unit
        texts = self.texts(name, positions)
        read = {text: quantity(text, unit, per_cent=per_cent) for text in set(texts)}
        return [read[text] for text in texts]

    def attributes_beginning(self, prefix: str) -> list[str]:
        """Name the attributes that begin with `prefix` and have a column, or a line of a ledger."""
        self.read.add(f"{prefix}*")
        asked = self.column(ASKED).cast(pa.string()).drop_null().unique().to_pylist()
        lines = (item for items in asked for item in items.split("|"))
        return [n for n in dict.fromkeys((*self._named_columns, *lines)) if n.startswith(prefix)]

    @cached_property
    def place(self) -> Any:
        """The area code of every node: its own for an area, else the area it lies in."""
        own = areas.places(self.index)
        only = self.day.counties_named
        if len(only) != 1 or RECORD not in self.kinds:
            return own
        # where there is one county, a task of the ledger without an area can be of no other
        record = pa.array([kind == RECORD for kind in self.kinds])
        county = pa.scalar(next(iter(only)) + "000000")
        return pc.if_else(pc.and_(record, own.is_null()), county, own)

    @cached_property
    def asked(self) -> Mask:
        """A mask over positions: who may be asked; no placeholder, and nobody that is closed."""
        found: Mask = (self.operating | self.waiting) & ~self.index.is_class
        return found

    @property
    def operating(self) -> Mask:
        """A mask over positions: at work on the day for certain."""
        return self.day.at_work.certain

    @cached_property
    def waiting(self) -> Mask:
        """A mask over positions: nobody can say yet whether at work, or planned for a later day."""
        found: Mask = self.day.at_work.unknown | self.day.waiting
        return found

    @cached_property
    def kinds(self) -> list[str]:
        """The kind of every node, by position."""
        found: list[str] = self.index.values("kind").to_pylist()
        return found

    # -- three-valued tests ----------------------------------------------------------------------

    def states(
        self, tree: Mapping[str, Any], positions: Positions, *, choosing: bool = False
    ) -> States:
        """Return YES, NO or UNKNOWN (not stated) per position for a condition tree.

        Where the tree is `choosing` who is asked, `{known = true}` is a NO of what is not stated.
        """
        return tree_states(
            tree,
            len(positions),
            lambda name, wanted: self._leaf(name, wanted, positions, choosing=choosing),
        )

    def _leaf(self, name: str, wanted: Any, positions: Positions, *, choosing: bool) -> States:
        if choosing and is_known_test(wanted):
            return self._known(name, wanted, positions)
        if name == "type" and not isinstance(wanted, Mapping):
            return self._of_types(resolved(wanted), positions)
        if name == "name" and not isinstance(wanted, Mapping):
            return self._named(list(wanted), positions)
        return self.tested(name, self.test_of(name, wanted), positions)

    def test_of(self, name: str, wanted: Any) -> Test:
        """Return the test of an attribute, which knows its vocabulary and its unit."""
        return as_test(
            wanted,
            known=words_of(name),
            unit=self.unit(name),
            per_cent=self.per_cent(name),
        )

    def tested(self, attribute: str, test: Test, positions: Positions) -> States:
        """Test one attribute of each node.

        What is not stated "does not hold" only where that very column is declared complete, and
        nothing says that it is not known.
        """
        column = self.column(attribute).take(pa.array(positions))
        found = text_states(column, test, silence=self._silence(attribute, positions))
        return self._opened(found, self._left_open(attribute)[positions])

    def _silence(self, attribute: str, positions: Positions) -> int:
        declared = self.day.declared_column(self._table(positions), attribute)
        return NO if declared else UNKNOWN

    def _opened(self, states: States, mask: Mask) -> States:
        """Leave open what silence alone would deny."""
        return np.where(mask & (states == NO), UNKNOWN, states).astype(np.int8)

    def _known(self, name: str, wanted: Any, positions: Positions) -> States:
        """Who states an attribute; a cell or a line that names no value leaves it open.

        A no to a question is stated as a yes is.
        """
        column = self.column(name).take(pa.array(positions))
        is_known = self.test_of(name, wanted)
        found = text_states(
            column, lambda text: is_plain_answer(text) or is_known(text), silence=NO
        )
        return self._opened(found, self._left_open(name)[positions])

    def named(self, name: str, positions: Positions) -> Mask:
        """Return a mask: of whom an attribute is named, even if by what says nothing."""
        written = self._column_called(name).take(pa.array(positions)).is_valid()
        left_open = self._left_open(name)[positions]
        found: Mask = written.to_numpy(zero_copy_only=False) | left_open
        return found

    def _left_open(self, name: str) -> Mask:
        """A mask over positions: of which nodes an attribute is said to be unknown.

        A cell says 待定, a ledger names the attribute without a value, or two statements differ.
        """
        if name not in self._open_cells:
            empty = np.array(self.column(name).is_null())
            named = self._named_in_ledger(name)
            for item in self.items_behind(name):
                if self._is_column(self.stored_as(item)):
                    named |= _is_filled(self._column_called(item))
            self._open_cells[name] = self._said_twice(name) | (empty & named)
        return self._open_cells[name]

    def _named_in_ledger(self, name: str) -> Mask:
        """A mask over positions: of which nodes a line of the ledger names an attribute."""
        pattern = rf"\|{re.escape(name.removesuffix(OF_YEAR))}(@\d+)?\|"
        found = pc.match_substring_regex(self.column(ASKED).cast(pa.string()), pattern)
        return np.array(pc.fill_null(found, False))

    def _of_types(self, types: frozenset[str], positions: Positions) -> States:
        """Of which type: a facility by its type, else its WS 218 code; others by their type."""
        if types not in self._types:
            test = as_test(sorted(types), known=words_of("type"))
            raw = text_states(self.column("type"), test)
            own = self.day.of_type(*sorted(types)).states
            facility = self.index.is_kind("Facility")
            self._types[types] = np.where(facility, own, raw).astype(np.int8)
        found: States = self._types[types][positions]
        return found

    def _named(self, names: list[str], positions: Positions) -> States:
        """Whose name is, or means, one of these; a name that nothing knows may be another's."""
        texts = self.texts("name", positions)
        read = {text: self._name_state(text, names) for text in set(texts)}
        return np.array([read[text] for text in texts], np.int8)

    def _name_state(self, text: str | None, names: list[str]) -> int:
        if text is None:
            return UNKNOWN
        if any(is_called(text, name) for name in names):
            return YES
        return NO if is_known_name(text) else UNKNOWN

    def lacking(self, tree: Mapping[str, Any], position: int) -> str:
        """Name the first attribute of a tree that leaves one node undecided."""
        at = np.array([position])
        for name in attributes(tree):
            wanted = _wanted_of(tree, name)
            if wanted is not None and self._leaf(name, wanted, at, choosing=False)[0] == UNKNOWN:
                return name
        return next(iter(attributes(tree)), "id")

    def link_states(self, tree: Mapping[str, Any], rows: Positions) -> States:
        """Return YES, NO or UNKNOWN (not stated) per row of the link table for a condition tree."""
        return tree_states(
            tree, len(rows), lambda name, wanted: self._link_leaf(name, wanted, rows)
        )

    def _link_leaf(self, name: str, wanted: Any, rows: Positions) -> States:
        return text_states(self.link_column(name, rows), self.test_of(name, wanted))

    def lacking_column(self, tree: Mapping[str, Any], rows: Positions) -> NDArray[np.object_]:
        """Return the first column of a condition that leaves each link open; empty for none."""
        found = np.full(len(rows), "", object)
        for name, wanted in reversed([*tree.items()]):
            found[self.link_states({name: wanted}, rows) == UNKNOWN] = name
        return found

    # -- links -----------------------------------------------------------------------------------

    def link_column(self, name: str, rows: Positions) -> Any:
        """Return a link column for these rows of the link table as text; null where no link has
        it.
        """
        return self.stated_only(self.day.link_values(name, rows).cast(pa.string()))

    def links_by_tail(
        self, relation: str, *, reverse: bool
    ) -> tuple[Positions, Positions, Positions]:
        """Return tail, head and row of the links of a relation in the order of their tails.

        The tail is the source; with `reverse`, the target.
        """
        key = (relation, reverse)
        if key not in self._sorted:
            links = self.index.links(relation)
            tail, head = (links.target, links.source) if reverse else (links.source, links.target)
            order = np.argsort(tail, kind="stable")
            self._sorted[key] = tail[order], head[order], links.row[order]
        return self._sorted[key]

    @cached_property
    def expanded(self) -> Mask:
        """A mask over the rows of the link table: links that a plan only implies."""
        return expanded_links(self.net.tables[1])

    # -- what data is called ---------------------------------------------------------------------

    def datum(self, positions: Positions, attribute: str) -> str:
        """Name the column that lacks a value, as people supply it: `facilities.level`."""
        return f"{self._table(positions)}.{attribute}"

    def _table(self, positions: Positions) -> str:
        """Name the table of these nodes, that of facilities where there are none."""
        if not len(positions):
            return table_of("Facility")
        return table_of(self.index.take("kind", positions[:1]).to_pylist()[0])


def table_of(kinds: str | list[str]) -> str:
    """Return the name of the table in which nodes of a kind (the first of several) are rows."""
    table = schema.TABLE_OF_KIND.get(kinds if isinstance(kinds, str) else kinds[0])
    return table.name if table else "ledger"


@cache
def words_of(attribute: str) -> frozenset[str]:
    """Return the words that a column of this name may hold; none where it may hold any text."""
    tables = (*schema.NODE_TABLES, schema.LINKS)
    fields = [field for table in tables if (field := table.field(attribute))]
    names = {field.vocabulary for field in fields if field.vocabulary}
    if attribute == AREA_KIND:
        names.add(AREA_KIND)
    own = WORDS_OF.get(attribute, ())
    return frozenset((*own, *(word for name in names for word in VOCABULARIES[name])))


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and not same_value(one, other)


def _is_filled(column: Any) -> Mask:
    """A mask: cells that hold something, be it only that a value is not known."""
    text = pc.utf8_trim_whitespace(column.cast(pa.string()))
    return np.array(pc.fill_null(pc.not_equal(text, ""), False))


def _wanted_of(tree: Mapping[str, Any], attribute: str) -> Any:
    """Return what a tree asks of an attribute, at whatever depth it does so first."""
    return next((wanted for name, wanted in leaves(tree) if name == attribute), None)
