"""Account for every source row: what is loaded, what is left out, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema, validate
from medgraph.graphmodel.canonical import canonical, canonical_meta
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.validate import Fault
from medgraph.loaders.loaded import LeftRow, Loaded
from medgraph.words.say import Problem, problem, say


def account(
    nodes: pa.Table,
    edges: pa.Table,
    meta: Mapping[str, str],
    found: Sequence[Fault],
    place: Callable[[str, int, str], str],
    units: Mapping[str, np.ndarray],
    weights: np.ndarray,
    *,
    left_before: tuple[LeftRow, ...] = (),
    notes: Iterable[Problem] = (),
    lenient: bool = False,
    order: Mapping[str, tuple] | None = None,
    unit_place: Callable[[int], str] | None = None,
) -> Loaded:
    """Return what is loaded of checked tables, with the problems in the order of the file.

    `units` names for every row of nodes and edges the source row it came from; a source row counts as many
    times as `weights` says. `left_before` are rows that never came this far.
    """
    rows_in = int(weights.sum()) + len(left_before)
    ahead = dict.fromkeys(notes)
    problems = [*ahead, *validate.listed(found, place)]
    last = (len(units["nodes"]) + len(units["edges"]) + 1, 0, 0)
    order = order if order is not None else {}
    problems.sort(key=lambda p: order.get(p.place, (-1, 0, 0) if p in ahead else last))
    reasons = _reasons(found, place, units)
    if not any(p.severity == "error" for p in problems):
        return Loaded(
            MedicalNetwork(nodes, edges, meta),
            tuple(problems),
            rows_in,
            rows_in - len(left_before),
            len(left_before),
            left_before,
        )
    where = unit_place or (lambda unit: place(*_row_of(unit, units), ""))
    if not lenient:
        rows = tuple(LeftRow(where(u), why()) for u, why in sorted(reasons.items()))
        return Loaded(None, tuple(problems), rows_in, 0, rows_in, left_before + rows)
    left = np.zeros(len(weights), bool)
    left[list(reasons)] = True
    kept_nodes, kept_edges = _standing(nodes, edges, units, left, reasons)
    rows = tuple(LeftRow(where(u), reasons[u]()) for u in np.flatnonzero(left).tolist())
    net = MedicalNetwork(
        canonical(nodes.filter(kept_nodes), schema.field_types()),
        canonical(edges.filter(kept_edges), schema.link_types()),
        meta,
    )
    loaded = int(weights[~left].sum())
    return Loaded(net, tuple(problems), rows_in, loaded, rows_in - loaded, left_before + rows)


def accept(
    nodes: pa.Table,
    edges: pa.Table,
    meta: Mapping[str, str],
    *,
    lenient: bool = False,
    notes: Iterable[Problem] = (),
    found: Iterable[Fault] = (),
) -> Loaded:
    """Check tables that a format brought whole (JSON, GraphML, Parquet) and account for their rows.

    `found` are faults that the format itself saw.
    """
    nodes, edges = canonical(nodes, schema.field_types()), canonical(edges, schema.link_types())
    units = {
        "nodes": np.arange(len(nodes)),
        "edges": np.arange(len(nodes), len(nodes) + len(edges)),
    }
    return account(
        nodes,
        edges,
        canonical_meta(meta),
        [*found, *validate.faults(nodes, edges)],
        validate.origin_place(nodes, edges),
        units,
        np.ones(len(nodes) + len(edges), np.int64),
        notes=notes,
        lenient=lenient,
    )


def _reasons(
    found: Iterable[Fault], place: Callable[[str, int, str], str], units: Mapping[str, np.ndarray]
) -> dict[int, Callable[[], str]]:
    """Why a source row cannot stand: unit -> a function that says it."""
    reasons: dict[int, Callable[[], str]] = {}
    for fault in found:
        if not fault.is_error:
            continue
        for row in fault.rows.tolist():
            reasons.setdefault(int(units[fault.part][row]), lambda f=fault, r=row: _reason(f, r))
        first = int(fault.rows[0]) if len(fault.rows) else -1
        for row in fault.involved.tolist():
            reasons.setdefault(
                int(units[fault.part][row]),
                lambda f=fault, r=first: (
                    _reason(f, r)
                    if r < 0
                    else say("left_with", place=place(f.part, r, f.field), code=f.code)
                ),
            )
    return reasons


def _reason(fault: Fault, row: int) -> str:
    found = problem(fault.code, **fault.said(row))
    return f"{found.message} [{found.code}]"


def _standing(
    nodes: pa.Table,
    edges: pa.Table,
    units: Mapping[str, np.ndarray],
    left: np.ndarray,
    reasons: dict[int, Callable[[], str]],
) -> tuple[pa.Array, pa.Array]:
    """Leave out what hangs on a row left out, until nothing does; return the masks of what stands."""
    while True:
        kept = pa.array(~left[units["nodes"]])
        ids = nodes["id"].filter(kept)
        standing = ~left[units["edges"]]
        hanging = standing & ~np.asarray(
            pc.and_(
                pc.is_in(edges["source"], value_set=ids), pc.is_in(edges["target"], value_set=ids)
            )
        )
        if not hanging.any():
            return kept, pa.array(standing)
        for row in np.flatnonzero(hanging).tolist():
            reasons.setdefault(
                int(units["edges"][row]),
                lambda r=row: say(
                    "left_hanging",
                    source=edges["source"][r].as_py(),
                    target=edges["target"][r].as_py(),
                ),
            )
        left[units["edges"][hanging]] = True


def _row_of(unit: int, units: Mapping[str, np.ndarray]) -> tuple[str, int]:
    size = len(units["nodes"])
    return ("nodes", unit) if unit < size else ("edges", unit - size)
