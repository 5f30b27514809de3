"""See a network as a rule sees it: on its day, with a ledger laid over it, knowing what is complete.

Attributes that no field names are read as text: `charter`, `insurance.covers`, a yearly value as `visits@2023`.
A value with `|` in it is a list. Nothing here decides; predicates do.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import canonical
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.words.say import say
from medgraph.words.vocabularies import HOSPITAL_TYPES, PRIMARY_TYPES, STATION_TYPES, word

if TYPE_CHECKING:
    import pandas as pd

NO, UNKNOWN, YES = 0, 1, 2  # ordered, so that "and" is the least and "or" the greatest
RECORD = "Record"  # the kind of a ledger's subject that is no node of the network
SETS = {
    "@primary": PRIMARY_TYPES,
    "@hospital": HOSPITAL_TYPES,
    "@station": STATION_TYPES,
    "@township_centre": frozenset({"township_health_centre", "central_township_health_centre"}),
    "@level2": frozenset({"2", "2A", "2B"}),
    "@level3": frozenset({"3", "3A", "3B"}),
    "@level2up": frozenset({"2", "2A", "2B", "3", "3A", "3B"}),
}
_SEGMENTS = (
    (1, 99, "subdistrict"),
    (100, 199, "town"),
    (200, 399, "township"),
    (400, 599, "quasi_unit"),
)


def number(text: Any) -> Fraction | None:
    """Read a number exactly: `1/3`, `0.9`, `90%`, 12; None where it is none.

    >>> number("1/3"), number("90%"), number("many")
    (Fraction(1, 3), Fraction(9, 10), None)
    """
    if text is None:
        return None
    text = str(text).strip().replace(",", "").replace("％", "%")
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def date(text: Any) -> datetime.date | None:
    """Read an ISO day; None where it is none."""
    if isinstance(text, datetime.date):
        return text
    try:
        return datetime.date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def one_of(wanted: Iterable[str] | str) -> Callable[[str], bool]:
    """Return a test: is any part of a text (parts stand between `|`) one of `wanted`? `@primary` names a set."""
    given = [wanted] if isinstance(wanted, str) else wanted
    allowed = {value for text in given for value in SETS.get(str(text), (str(text),))}
    if not allowed & {"yes", "no"}:
        return lambda text: bool(allowed.intersection(text.split("|")))
    return lambda text: text in allowed or word("boolean", text) in allowed


def within(value: Fraction | None, limits: Mapping[str, Any]) -> bool | None:
    """Compare a number with its limits exactly; None where it is no number."""
    if value is None:
        return None
    tests = {
        "at_least": value.__ge__,
        "at_most": value.__le__,
        "more_than": value.__gt__,
        "less_than": value.__lt__,
        "exactly": value.__eq__,
    }
    return all(tests[name](number(limit)) for name, limit in limits.items() if name in tests)


def _state(answer: bool | None) -> int:
    return UNKNOWN if answer is None else YES if answer else NO


def with_ledger(net: MedicalNetwork, ledger: pd.DataFrame | None) -> MedicalNetwork:
    """Return the network with a ledger (`subject`, `item`, `value`, `period`, `origin`) laid over its nodes.

    A subject that is no node becomes a record of its own; a period makes the item `item@period`.
    Raise OptionError where a column is missing, or a subject's item is stated twice with two values.
    """
    if ledger is None or not len(ledger):
        return net
    if lost := {"subject", "item", "value"} - set(ledger.columns):
        raise OptionError(say("policy_ledger_columns", lost=", ".join(sorted(lost))))
    rows: dict[str, dict[str, str]] = {}
    for row in ledger.astype(object).where(ledger.notna(), None).to_dict("records"):
        period = row.get("period")
        item = f"{row['item']}@{period}" if period else str(row["item"])
        known = rows.setdefault(str(row["subject"]), {})
        value = None if row["value"] is None else str(row["value"])
        if known.get(item, value) != value:
            raise OptionError(say("policy_ledger_twice", subject=row["subject"], item=item))
        known[item] = value
        known.setdefault("ledger_origin", str(row.get("origin") or "") or None)
    return _overlaid(net, rows)


def _overlaid(net: MedicalNetwork, rows: dict[str, dict[str, str]]) -> MedicalNetwork:
    nodes, edges = net.tables
    new = [s for s in rows if net.index.position(s) < 0]
    types = schema.field_types()
    if new:
        added = pa.Table.from_pylist([{"id": s, "kind": RECORD, "name": s} for s in new])
        nodes = pa.concat_tables([nodes, added], promote_options="default")
    ids = nodes["id"].to_pylist()
    columns = {name: nodes[name] for name in nodes.column_names}
    for item in dict.fromkeys(item for values in rows.values() for item in values):
        old = columns[item].to_pylist() if item in columns else [None] * len(ids)
        laid = [
            rows[i][item] if i in rows and rows[i].get(item) is not None else was
            for i, was in zip(ids, old, strict=True)
        ]
        wanted = schema.ARROW_TYPES[types.get(item, "text")]
        plain = pa.array([None if v is None else str(v) for v in laid], pa.string())
        columns[item] = plain.cast(wanted)
    return MedicalNetwork(canonical(pa.table(columns), types), edges, net.meta)


class View:
    """A network on `day` as predicates read it; `left_out` rows of its source could not be loaded."""

    def __init__(self, net: MedicalNetwork, day: datetime.date, *, left_out: int = 0) -> None:
        self.whole = net
        self.net = net.as_of(day)
        self.day = day
        self.left_out = left_out
        self.index = self.net.index
        self._columns: dict[str, pa.Array] = {}
        self._sorted: dict[tuple[str, bool], tuple[np.ndarray, np.ndarray, np.ndarray]] = {}

    # -- nodes -----------------------------------------------------------------------------------

    def column(self, name: str) -> pa.Array:
        """Return a node column; `county`, `city`, `province`, `area_kind` are derived where not stated."""
        if name not in self._columns:
            made = {
                "county": lambda: self._prefix(6),
                "city": lambda: self._prefix(4),
                "province": lambda: self._prefix(2),
                "area_kind": self._area_kind,
            }.get(name)
            self._columns[name] = made() if made else self.index.values(name)
        return self._columns[name]

    @cached_property
    def place(self) -> pa.Array:
        """The area code of every node: its own for an area, else the area it stands in."""
        return pc.if_else(
            pa.array(self.index.is_kind("Area")),
            self.index.ids,
            self.index.values("area").cast(pa.string()),
        )

    def _prefix(self, length: int) -> pa.Array:
        return pc.utf8_slice_codeunits(self.place, 0, length)

    def _area_kind(self) -> pa.Array:
        stated = pc.coalesce(
            self.index.values("type").cast(pa.string()),
            self.index.values("area_kind").cast(pa.string()),
        )
        segment = pc.utf8_slice_codeunits(self.index.ids, 6, 9)
        known = {f"{n:03d}": kind for low, high, kind in _SEGMENTS for n in range(low, high + 1)}
        township = pc.and_(
            pc.equal(pc.utf8_length(self.index.ids), 12), pc.ends_with(self.index.ids, "000")
        )
        at = pc.index_in(pc.if_else(township, segment, ""), value_set=pa.array(list(known)))
        made = pa.array(list(known.values())).take(at)
        return pc.if_else(pa.array(self.index.is_kind("Area")), pc.coalesce(stated, made), None)

    @cached_property
    def operating(self) -> np.ndarray:
        """A mask over positions: at work on the day."""
        return self.index.operating(self.day)

    @cached_property
    def waiting(self) -> np.ndarray:
        """A mask over positions: planned and without an opening day that has come: nobody can say yet."""
        return ~self.operating & self.index.has("status", "planned")

    @cached_property
    def kinds(self) -> list[str]:
        return self.index.values("kind").to_pylist()

    def table_of(self, kind: str) -> str:
        """Return the name of the table in which nodes of `kind` stand."""
        table = schema.TABLE_OF_KIND.get(kind)
        return table.name if table else "ledger"

    def datum(self, positions: np.ndarray, attribute: str) -> str:
        """Name the column that lacks a value, as people supply it: `facilities.level`."""
        kind = (
            self.index.take("kind", positions[:1]).to_pylist()[0] if len(positions) else "Facility"
        )
        return f"{self.table_of(kind)}.{attribute}"

    # -- three-valued tests of attributes --------------------------------------------------------

    def states(self, test: Mapping[str, Any], positions: np.ndarray) -> np.ndarray:
        """Return YES, NO or UNKNOWN (not stated) per position for a condition tree."""
        found = np.full(len(positions), YES, np.int8)
        for key, wanted in test.items():
            found = np.minimum(found, self._one(key, wanted, positions))
        return found

    def _one(self, key: str, wanted: Any, positions: np.ndarray) -> np.ndarray:
        if key == "all":
            return np.minimum.reduce([self.states(t, positions) for t in wanted])
        if key == "any":
            return np.maximum.reduce([self.states(t, positions) for t in wanted])
        if key == "not":
            return (YES - self.states(wanted, positions)).astype(np.int8)
        if isinstance(wanted, Mapping):
            return self.compared(key, wanted, positions)
        return self.mapped(key, one_of(wanted), positions)

    def compared(
        self, attribute: str, limits: Mapping[str, Any], positions: np.ndarray
    ) -> np.ndarray:
        """Test numbers against `at_least`, `at_most`, `more_than`, `less_than`, or presence (`known`)."""
        if limits.get("known"):
            return self.mapped(attribute, lambda text: True, positions)
        return self.mapped(attribute, lambda text: within(number(text), limits), positions)

    def mapped(
        self, attribute: str, test: Callable[[str], bool | None], positions: np.ndarray
    ) -> np.ndarray:
        """Apply `test` to each distinct value once; None and null are not stated.

        Null counts as "does not hold" only where that very column is declared complete.
        """
        column = (
            self.column(attribute).cast(pa.string()).take(pa.array(positions)).dictionary_encode()
        )
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        answers = [test(text) for text in column.dictionary.to_pylist()]
        lookup = np.array([*map(_state, answers), self._silence(attribute, positions)], np.int8)
        return lookup[pc.fill_null(column.indices, len(answers)).to_numpy()]

    def _silence(self, attribute: str, positions: np.ndarray) -> int:
        declared = self.net.meta.get(f"{self.datum(positions, attribute)}.complete") == "complete"
        return NO if declared and not self.left_out else UNKNOWN

    # -- links -----------------------------------------------------------------------------------

    def _by_tail(self, relation: str, reverse: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        key = (relation, reverse)
        if key not in self._sorted:
            links = self.index.links(relation)
            tail, head = (links.target, links.source) if reverse else (links.source, links.target)
            order = np.argsort(tail, kind="stable")
            self._sorted[key] = tail[order], head[order], links.row[order]
        return self._sorted[key]

    def step(self, starts: np.ndarray, step: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Follow one step from each start: `>MEMBER_OF|LEADS` along links, `<SERVES` against them, `-` either way.

        Returns aligned arrays: which start, the node reached, the row of the link.
        """
        parts = [
            self._follow(starts, relation, reverse)
            for relation in step[1:].split("|")
            for reverse in {">": (False,), "<": (True,)}.get(step[0], (False, True))
        ]
        return tuple(np.concatenate(arrays) for arrays in zip(*parts, strict=True))  # type: ignore[return-value]

    def _follow(self, starts: np.ndarray, relation: str, reverse: bool):
        tail, head, row = self._by_tail(relation, reverse)
        low, high = np.searchsorted(tail, starts, "left"), np.searchsorted(tail, starts, "right")
        count = high - low
        which = np.repeat(np.arange(len(starts)), count)
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        at = np.repeat(low, count) + offset
        return which, head[at], row[at]

    def walk(self, starts: np.ndarray, path: Iterable[str], *, classes: bool = False):
        """Follow a path of steps; returns which start, end node, last row, and YES or UNKNOWN (through what waits).

        A way through a closed facility is none. Placeholders are passed only with `classes`.
        """
        which, here = np.arange(len(starts)), np.asarray(starts)
        state, row = np.full(len(starts), YES, np.int8), np.full(len(starts), -1)
        state[self.waiting[here]] = UNKNOWN
        for step in path:
            at, here, row = self.step(here, step)
            which, state = which[at], state[at].copy()
            kept = self.operating[here] | self.waiting[here]
            if not classes:
                kept &= ~self.index.is_class[here]
            state[self.waiting[here]] = UNKNOWN
            which, here, row, state = which[kept], here[kept], row[kept], state[kept]
        return which, here, row, state

    def link_column(self, name: str, rows: np.ndarray) -> pa.Array:
        """Return a link column for these rows of the link table as text; null where no link has it."""
        edges = self.net.tables[1]
        if name not in edges.column_names:
            return pa.nulls(len(rows), pa.string())
        return edges[name].take(pa.array(rows)).combine_chunks().cast(pa.string())

    def link_states(self, test: Mapping[str, Any], rows: np.ndarray) -> np.ndarray:
        """Return YES, NO or UNKNOWN per link row for `{column: [values]}` or `{column: {at_least: n}}`."""
        found = np.full(len(rows), YES, np.int8)
        for name, wanted in test.items():
            check = (
                one_of(wanted)
                if not isinstance(wanted, Mapping)
                else (lambda text, limits=wanted: within(number(text), limits))
            )
            column = self.link_column(name, rows).dictionary_encode()
            answers = [check(text) for text in column.dictionary.to_pylist()]
            lookup = np.array([*map(_state, answers), UNKNOWN], np.int8)
            found = np.minimum(found, lookup[pc.fill_null(column.indices, len(answers)).to_numpy()])
        return found

    # -- completeness ----------------------------------------------------------------------------

    def complete(self, relation: str, ids: Iterable[str] = ()) -> bool:
        """Say whether all links of `relation` are there (for these ends, where each has its own declaration)."""
        if self.left_out:
            return False
        ids = list(ids)
        own = any(key.startswith(f"links.{relation}.") for key in self.net.meta)
        if own and ids:
            return all(self.net.completeness(f"links.{relation}.{id}") for id in ids)
        return bool(self.net.completeness(f"links.{relation}"))

    def complete_for(self, relation: str, positions: np.ndarray) -> np.ndarray:
        """Return a mask: for which of these ends all links of `relation` are declared to be there."""
        if self.left_out:
            return np.zeros(len(positions), bool)
        whole = bool(self.net.completeness(f"links.{relation}"))
        found = np.full(len(positions), whole)
        marked = {
            key.split(".")[2]
            for key in self.net.meta
            if key.startswith(f"links.{relation}.")
            and key.count(".") == 3
            and key.endswith(".complete")
        }
        for id in marked:
            found[positions == self.index.position(id)] = bool(
                self.net.completeness(f"links.{relation}.{id}")
            )
        return found
