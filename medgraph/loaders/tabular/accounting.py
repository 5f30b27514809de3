"""Account for every source row: what is loaded, what is left out, and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema, validate
from medgraph.graphmodel.canonical import canonical, canonical_meta
from medgraph.graphmodel.completeness import declaration, without_declarations
from medgraph.graphmodel.left_rows import LeftNodes
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.repeated_rows import each_once
from medgraph.graphmodel.unseen_signs import told_of
from medgraph.loaders.loaded import LeftRow, LeftRows, Loaded
from medgraph.loaders.tabular import declarations
from medgraph.loaders.tabular.cell_faults import without_wrong_cells
from medgraph.loaders.tabular.statements import Statements
from medgraph.words.say import Problem, say, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.checks.fault import Place, TableFault

_AHEAD = (-1, 0, 0)  # before all rows


@dataclass(frozen=True)
class Accounts:
    """The source rows behind the rows of nodes and edges.

    `units` names for every row of nodes and edges the source row it came from, which counts as many
    times as `weights` says. `place` names a cell by part, row and field, `unit_place` a source row.
    `order` has where in the source places are. `left_before` are rows that never came this far.
    `stated_at` names the cells, of the key and of the value, of what is stated of the whole.
    """

    units: Mapping[str, Positions]
    weights: Positions
    place: Place
    unit_place: Callable[[int], str]
    left_before: tuple[LeftRow, ...] = ()
    order: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    stated_at: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def rows_in(self) -> int:
        """The number of source rows."""
        return int(self.weights.sum()) + len(self.left_before)

    def unit(self, part: str, row: int) -> int:
        """Return the source row of a row."""
        return int(self.units[part][row])


def account(
    nodes: pa.Table,
    edges: pa.Table,
    meta: Mapping[str, str],
    faults: Sequence[TableFault],
    accounts: Accounts,
    *,
    notes: Iterable[Problem] = (),
    lost_values: Iterable[Problem] | None = None,
    lenient: bool = False,
) -> Loaded:
    """Return what is loaded of checked tables, with the problems in the order of the file.

    A fault of a single value costs its cell where the load is lenient, and where `lost_values` are
    given: those of the notes that cost no more than that. All others cost rows.
    """
    notes = [*notes]
    names = declarations.keys_with_ids(meta, nodes)
    meta = Statements.of(meta, accounts.stated_at).called(names, notes)
    notes += declarations.problems(meta, nodes)
    problems = _in_order(faults, accounts, notes)
    doubtful: frozenset[str] = frozenset()
    if lenient or lost_values is not None:
        nodes, edges, faults, doubtful = without_wrong_cells(nodes, edges, faults)
    reasons = _reasons(faults, accounts)
    mere = {*(lost_values or ())}
    is_sound = not any(found.severity == "error" for found in notes if found not in mere)
    if is_sound and not reasons.known.any():
        loaded = _loaded(MedicalNetwork(nodes, edges, meta), problems, accounts, reasons)
        doubts = LeftNodes(nodes.slice(0, 0), doubtful=doubtful) if doubtful else None
        return replace(loaded, left_nodes=doubts)
    if not lenient:
        return _nothing_loaded(problems, accounts, reasons)
    kept_nodes, kept_edges = _standing(nodes, edges, accounts, reasons)
    left_nodes = nodes.filter(pa.array(~kept_nodes))
    lost_edges = edges.filter(pa.array(~kept_edges))
    kept_ids = set(nodes["id"].filter(pa.array(kept_nodes)).to_pylist())
    short = _short_tables(left_nodes, lost_edges, accounts, kept_ids)
    net = MedicalNetwork(
        canonical(nodes.filter(pa.array(kept_nodes)), schema.field_types()),
        canonical(edges.filter(pa.array(kept_edges)), schema.link_types()),
        without_declarations(meta, short),
    )
    closes = tuple(name for name in _closed_by(left_nodes, accounts) if declaration(meta, name))
    loaded = _loaded(net, problems, accounts, reasons)
    return replace(loaded, left_nodes=LeftNodes(left_nodes, closes, doubtful))


def _short_tables(
    nodes: pa.Table, edges: pa.Table, accounts: Accounts, kept: set[str]
) -> tuple[str, ...]:
    """The tables, and the lists of links, that lack rows left out; all where one is of no table."""
    kinds = set(nodes["kind"].to_pylist())
    ends = set(zip(*(edges[end].to_pylist() for end in _LIST_OF), strict=True))
    relations = {relation for relation, *_ in ends}
    unknown = not kinds <= schema.TABLE_OF_KIND.keys() or not relations <= schema.ENDS.keys()
    if accounts.left_before or unknown:
        return (*schema.TABLES,)
    tables = (schema.TABLE_OF_KIND[kind].name for kind in kinds)
    lists = {one for link in ends for one in _lists_of(link, kept)}
    return (*sorted(tables), *sorted(lists))


def _closed_by(nodes: pa.Table, accounts: Accounts) -> list[str]:
    """The tables of nodes that are whole with these rows, which were left out; of links none is."""
    kinds = set(nodes["kind"].to_pylist())
    if accounts.left_before or not kinds <= schema.TABLE_OF_KIND.keys():
        return []
    return sorted(table.name for table in schema.NODE_TABLES)


_LIST_OF = ("relation", "source", "target")


def _lists_of(link: tuple[str, str | None, str | None], kept: set[str]) -> list[str]:
    """The lists that a link belongs to: that of where it begins, and that of where it leads.

    One whose end is not there may have been meant for any, so that the whole is open.
    """
    relation, *ends = link
    if any(end not in kept for end in ends):
        return [f"links.{relation}"]
    return [f"links.{relation}.{end}" for end in ends]


def owner_of_list(relation: str, source: str | None, target: str | None) -> str | None:
    """Return the node whose list a link stands in: its group, else where it begins."""
    return target if "Group" in schema.ENDS[relation][1] else source


def accept(
    nodes: pa.Table,
    edges: pa.Table,
    meta: Mapping[str, str],
    *,
    lenient: bool = False,
    notes: Iterable[Problem] = (),
    found: Iterable[TableFault] = (),
    left: Sequence[LeftRow] = (),
) -> Loaded:
    """Check tables that a format brought whole (JSON, GraphML, Parquet) and account for their rows.

    `found` are faults that the format itself saw, `left` rows of it that are no row of ours.
    """
    found = [*found]
    notes = [*notes, *told_of(nodes, edges)]
    nodes, edges = canonical(nodes, schema.field_types()), canonical(edges, schema.link_types())
    weights: Positions = np.ones(len(nodes), np.int64)
    if not found:  # the faults of a format name rows by their numbers, which must stay
        nodes, weights, told = each_once(nodes)
        notes = [*notes, *told]
    place = validate.origin_place(nodes, edges)
    size = len(nodes)

    def unit_place(unit: int) -> str:
        return place("nodes", unit, "") if unit < size else place("edges", unit - size, "")

    accounts = Accounts(
        units={"nodes": np.arange(size), "edges": np.arange(size, size + len(edges))},
        weights=np.concatenate([weights, np.ones(len(edges), np.int64)]),
        place=place,
        unit_place=unit_place,
        left_before=tuple(left),
    )
    faults = [*found, *validate.faults(nodes, edges)]
    return account(
        nodes, edges, canonical_meta(meta), faults, accounts, notes=notes, lenient=lenient
    )


# -- what comes of it -----------------------------------------------------------------------------


def _loaded(
    net: MedicalNetwork, problems: list[Problem], accounts: Accounts, reasons: Reasons
) -> Loaded:
    """A network and the account of its rows; those with a reason are not in it."""
    loaded = int(accounts.weights[~reasons.known].sum())
    rows_in = accounts.rows_in
    left_rows = _left_rows(accounts, reasons)
    return Loaded(net, tuple(problems), rows_in, loaded, rows_in - loaded, left_rows)


def _nothing_loaded(problems: list[Problem], accounts: Accounts, reasons: Reasons) -> Loaded:
    """The account of a source with errors: all rows are left out, the faulty ones are named."""
    rows_in = accounts.rows_in
    left_rows = _left_rows(accounts, reasons)
    return Loaded(None, tuple(problems), rows_in, 0, rows_in, left_rows)


def _left_rows(accounts: Accounts, reasons: Reasons) -> LeftRows:
    """The rows that never came so far, then those with a reason."""

    def row(unit: int) -> LeftRow:
        return LeftRow(accounts.unit_place(unit), reasons.why(unit))

    return LeftRows(accounts.left_before, np.flatnonzero(reasons.known), row)


def _in_order(
    faults: Sequence[TableFault], accounts: Accounts, notes: Iterable[Problem]
) -> list[Problem]:
    """The problems as they are in the file; notes of no place come first, other such last."""
    ahead = dict.fromkeys(notes)
    problems = [*ahead, *validate.listed(faults, accounts.place)]
    behind = (sum(map(len, accounts.units.values())) + 1, 0, 0)

    def key(found: Problem) -> tuple[int, int, int]:
        return accounts.order.get(found.place, _AHEAD if found in ahead else behind)

    return sorted(problems, key=key)


# -- why a row is left out ------------------------------------------------------------------------


class Reasons:
    """Why source rows cannot stay; of several reasons the first says it.

    Held by number, and said only where somebody asks: there may be millions.
    """

    def __init__(self, units: int) -> None:
        self._whys: list[Callable[[int], str]] = []
        self._number = np.full(units, -1, np.int32)
        self._row = np.zeros(units, np.int64)

    def add(self, units: Positions, rows: Positions, why: Callable[[int], str]) -> None:
        """Note for source rows, given with the rows made of them, what says why of such a row."""
        units, first = np.unique(units, return_index=True)
        is_new = self._number[units] < 0
        fresh = units[is_new]
        self._number[fresh] = len(self._whys)
        self._row[fresh] = rows[first[is_new]]
        self._whys.append(why)

    @property
    def known(self) -> Mask:
        """Which source rows have a reason."""
        return self._number >= 0

    def why(self, unit: int) -> str:
        """Say why a source row is left out."""
        why = self._whys[int(self._number[unit])]
        return str(why(int(self._row[unit])))


def _reasons(faults: Iterable[TableFault], accounts: Accounts) -> Reasons:
    """Why source rows cannot stay."""
    reasons = Reasons(len(accounts.weights))
    for fault in faults:
        if not fault.is_error:
            continue
        units = accounts.units[fault.part]
        reasons.add(units[fault.rows], fault.rows, _because(fault))
        reasons.add(units[fault.involved], fault.involved, _because_of_first(fault, accounts))
    return reasons


def _because(fault: TableFault) -> Callable[[int], str]:
    """What says the fault of a row."""

    def why(row: int) -> str:
        return f"{sentence(fault.code, **fault.said(row))} [{fault.code}]"

    return why


def _because_of_first(fault: TableFault, accounts: Accounts) -> Callable[[int], str]:
    """What says that a row is left out with the first that the fault is of."""
    if not len(fault.rows):
        return _because(fault)
    first = int(fault.rows[0])
    return lambda row: say(
        "left_with", place=accounts.place(fault.part, first, fault.field), code=fault.code
    )


def _standing(
    nodes: pa.Table, edges: pa.Table, accounts: Accounts, reasons: Reasons
) -> tuple[Mask, Mask]:
    """Leave out what hangs on a row left out, until nothing does; return which rows stay.

    `reasons` are completed.
    """
    node_units, edge_units = accounts.units["nodes"], accounts.units["edges"]
    while True:
        kept, kept_edges = ~reasons.known[node_units], ~reasons.known[edge_units]
        hanging = kept_edges & ~_joins(edges, nodes["id"].filter(pa.array(kept)))
        if not hanging.any():
            return kept, kept_edges
        rows = np.flatnonzero(hanging)
        reasons.add(edge_units[rows], rows, _because_hanging(edges))


def _joins(edges: pa.Table, ids: pa.Array) -> Mask:
    """Whether both ends of each link are among `ids`."""
    both = pc.and_(
        pc.is_in(edges["source"], value_set=ids), pc.is_in(edges["target"], value_set=ids)
    )
    return np.asarray(both)


def _because_hanging(edges: pa.Table) -> Callable[[int], str]:
    def why(row: int) -> str:
        source, target = (edges[end][row].as_py() for end in ("source", "target"))
        return say("left_hanging", source=source, target=target)

    return why
