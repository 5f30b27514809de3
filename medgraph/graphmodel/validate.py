"""Check tables against the schema: frames in, problems out; never raises on bad data, never drops a row.

`faults` finds, over whole columns at once, which rows are wrong; `listed` turns faults into sentences with
places. Whoever knows the cells of a file (a loader) gives `listed` its own way to name a place.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import codes, schema
from medgraph.graphmodel.arrays.chunks import flat, mask_of, rows_of
from medgraph.graphmodel.arrays.lookups import entries_of, is_among, places, positions, rows_with
from medgraph.graphmodel.arrays.strings import are_distinct
from medgraph.graphmodel.origin import Origin
from medgraph.words.say import Problem, language, problem
from medgraph.words.vocabularies import FACILITY_TYPES, VOCABULARIES, label, word

LISTED = 1_000
# A plan may name a specialty or a title that our list has not; everything else decides what a row means.
OPEN_VOCABULARIES = frozenset({"specialty", "title"})
# Without these put right there is no network at all; other errors only keep a file from being loaded.
STRUCTURAL = frozenset({"E010", "E011", "E031", "E040", "E042"})
_NONE = np.empty(0, np.int64)
_LEVELS = 16  # areas and branches are hardly nested deeper


@dataclass(frozen=True)
class Fault:
    """One kind of fault in `part` (nodes, edges): its `rows`, the `field` at fault, what to say of a row.

    `involved` are further rows that cannot stand while the fault stands.
    """

    code: str
    part: str
    field: str
    rows: np.ndarray
    said: Callable[[int], dict[str, str]]
    involved: np.ndarray = field(default_factory=lambda: _NONE)

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E")


Place = Callable[[str, int, str], str]


def check(nodes: pa.Table, edges: pa.Table) -> list[Problem]:
    """Return every problem of canonical tables, with the place that a row's origin states, else its id.

    Of one code the first 1,000 are listed; a last problem of that code says how many more there are.
    """
    return listed(faults(nodes, edges), origin_place(nodes, edges))


def origin_place(nodes: pa.Table, edges: pa.Table) -> Place:
    """Return the way to name a place by what a row's origin states, else by its id and field."""

    def place(part: str, row: int, field: str) -> str:
        table = nodes if part == "nodes" else edges
        origin = Origin.parse(_text(table, "origin", row)).place
        return origin or ".".join(
            filter(None, (_text(table, "id", row) or f"{part}[{row + 1}]", field))
        )

    return place


def listed(found: Iterable[Fault], place: Place) -> list[Problem]:
    """Return the problems of `found` in its order, at most 1,000 of each code and then their number."""
    problems: list[Problem] = []
    counted: dict[str, int] = {}
    for fault in found:
        room = max(0, LISTED - counted.get(fault.code, 0))
        counted[fault.code] = counted.get(fault.code, 0) + len(fault.rows)
        for row in fault.rows[:room].tolist():
            problems.append(
                problem(fault.code, place=place(fault.part, row, fault.field), **fault.said(row))
            )
    for code, count in counted.items():
        if count > LISTED:
            more = problem("W000", value=code, count=count - LISTED, all=count)
            problems.append(
                Problem(
                    code, "error" if code.startswith("E") else "warning", "", "", more.message, ""
                )
            )
    return problems


def faults(nodes: pa.Table, edges: pa.Table) -> Iterator[Fault]:
    """Find everything wrong with canonical tables; text may be dictionaries, and each entry is judged once."""
    yield from _missing(nodes, "nodes", ("id", "kind"))
    for table, rows in _by_kind(nodes):
        yield from _missing(nodes, "nodes", tuple(n for n in table.required if n != "id"), rows)
    yield from _missing(edges, "edges", ("source", "relation", "target"))
    yield from consistency(nodes, edges)


def _by_kind(nodes: pa.Table) -> Iterator[tuple[schema.Table, np.ndarray]]:
    """Every table of the schema that has nodes here, with the mask of their rows."""
    kinds = [table.kind for table in schema.NODE_TABLES]
    kind = positions(nodes["kind"], pa.array(kinds, pa.string()), np.int8)
    for number in np.unique(kind[kind >= 0]).tolist():
        yield schema.NODE_TABLES[number], kind == number


def consistency(nodes: pa.Table, edges: pa.Table) -> Iterator[Fault]:
    """Find what is wrong with the values that are there."""
    yield from _double_ids(nodes)
    yield from _words(nodes, edges)
    for part, table in (("nodes", nodes), ("edges", edges)):
        yield from _dates(table, part)
        yield from _amounts(table, part)
    yield from _codes(nodes)
    yield from _points(nodes)
    yield from _links(nodes, edges)


def told_once(found: Iterable[Fault]) -> list[Fault]:
    """Leave out what follows from another fault: a system of coordinates that is no word is not also absent."""
    found = list(found)
    wrong = [
        fault.rows
        for fault in found
        if fault.code == "E031" and fault.field == "crs" and fault.part == "nodes"
    ]
    if not wrong:
        return found
    kept = [
        replace(fault, rows=np.setdiff1d(fault.rows, np.concatenate(wrong)))
        if fault.code == "W063"
        else fault
        for fault in found
    ]
    return [fault for fault in kept if len(fault.rows) or len(fault.involved)]


# -- one row at a time ---------------------------------------------------------------------------


def _missing(table: pa.Table, part: str, names: tuple[str, ...], among=None) -> Iterator[Fault]:
    for name in names:
        if name in table.column_names and not table[name].null_count:
            continue
        empty = (
            mask_of(table[name].is_null())
            if name in table.column_names
            else np.ones(len(table), bool)
        )
        empty = empty if among is None else empty & among
        yield from _fault(
            "E011", part, name, empty, lambda row, name=name: {"column": schema.title(name)}
        )


def _double_ids(nodes: pa.Table) -> Iterator[Fault]:
    ids = flat(nodes["id"])
    if are_distinct(ids):
        return
    counted = pc.value_counts(ids.drop_null())
    double = counted.filter(pc.greater(counted.field("counts"), 1)).field("values")
    if not len(double):
        return
    all_rows = rows_of(pc.is_in(nodes["id"], value_set=double))
    ids = nodes["id"].take(pa.array(all_rows)).to_pylist()
    first: dict[str, int] = {}
    later = [
        row
        for row, id in zip(all_rows.tolist(), ids, strict=True)
        if first.setdefault(id, row) != row
    ]
    yield Fault(
        "E010",
        "nodes",
        "id",
        np.array(later, np.int64),
        lambda row: {
            "value": str(_text(nodes, "id", row)),
            "count": str(ids.count(_text(nodes, "id", row))),
        },
        all_rows,
    )


def _words(nodes: pa.Table, edges: pa.Table) -> Iterator[Fault]:
    yield from _outside(nodes, "nodes", "kind", "kind")
    for table, rows in _by_kind(nodes):
        for f in table.fields:
            if f.vocabulary and f.type != "boolean" and f.name in nodes.column_names:
                yield from _outside(nodes, "nodes", f.name, f.vocabulary, rows)
    for f in schema.LINKS.fields:
        if f.vocabulary and f.type != "boolean" and f.name in edges.column_names:
            yield from _outside(edges, "edges", f.name, f.vocabulary)


def _outside(table: pa.Table, part: str, name: str, vocabulary: str, among=None) -> Iterator[Fault]:
    """Values of a column that are no word of `vocabulary`; in an open one, only other readings of its words."""
    wrong = ~is_among(table[name], pa.array(VOCABULARIES[vocabulary], pa.string()), or_null=True)
    wrong = wrong if among is None else wrong & among
    rows = rows_of(wrong)
    code = "W031" if vocabulary in OPEN_VOCABULARIES else "E031"
    yield from _fault(
        code, part, name, rows, lambda row: unknown_word(vocabulary, _text(table, name, row) or "")
    )


def unknown_word(vocabulary: str, text: str) -> dict[str, str]:
    """Return what to say of a `text` that is no word of `vocabulary`: it, and the nearest word there is."""
    lang = language()
    if found := word(vocabulary, text):
        return {"value": text, "nearest": found}
    readings = {
        reading: w
        for w, t in VOCABULARIES[vocabulary].items()
        for reading in (t.zh, t.en, t.word, *t.also)
    }
    near = difflib.get_close_matches(text, readings, 1, cutoff=0.3)
    nearest = (
        label(vocabulary, readings[near[0]], lang)
        if near
        else " / ".join(label(vocabulary, w, lang) for w in list(VOCABULARIES[vocabulary])[:8])
    )
    return {"value": text, "nearest": nearest}


def _dates(table: pa.Table, part: str) -> Iterator[Fault]:
    if {"valid_from", "valid_to"} <= set(table.column_names):
        yield from _fault(
            "E050",
            part,
            "valid_to",
            pc.less(table["valid_to"], table["valid_from"]),
            lambda row: {
                "value": str(_text(table, "valid_to", row)),
                "begin": str(_text(table, "valid_from", row)),
            },
        )


_AMOUNTS = tuple(
    dict.fromkeys(
        f.name
        for t in schema.TABLES.values()
        for f in t.fields
        if f.type in ("integer", "number") and f.unit
    )
)


def _amounts(table: pa.Table, part: str) -> Iterator[Fault]:
    for name in _AMOUNTS:
        if name in table.column_names and name not in ("lon", "lat"):
            yield from _fault(
                "E015",
                part,
                name,
                pc.less(table[name], 0),
                lambda row, name=name: {"value": str(_text(table, name, row))},
            )


def _codes(nodes: pa.Table) -> Iterator[Fault]:
    is_area = mask_of(pc.equal(nodes["kind"], "Area"))
    judge = cache(codes.area_code_fault)  # the same codes are ids, areas and parents
    for name, rows in (("id", is_area), ("area", None), ("parent", None)):
        yield from _judged(nodes, name, judge, "E020", rows, codes.doubtful_area_codes)
    areas = np.flatnonzero(is_area)
    ids = nodes["id"].take(pa.array(areas))
    short = pc.and_(
        pc.match_substring_regex(ids, r"^\d+$"),
        pc.is_in(pc.utf8_length(ids), value_set=pa.array(codes.SHORT_LENGTHS, pa.int32())),
    )
    yield from _fault(
        "W020",
        "nodes",
        "id",
        areas[rows_of(short)],
        lambda row: {"value": str(_text(nodes, "id", row))},
    )
    yield from _judged(nodes, "uscc", codes.uscc_fault, "E021")
    yield from _judged(nodes, "institution_code", codes.institution_code_fault, "E022")
    if "ws218" in nodes.column_names:
        known = pa.array(
            sorted(codes.WS218 | {t.ws218 for t in FACILITY_TYPES.values() if t.ws218}), pa.string()
        )
        odd = ~is_among(nodes["ws218"], known, or_null=True)
        yield from _fault(
            "W023", "nodes", "ws218", odd, lambda row: {"value": str(_text(nodes, "ws218", row))}
        )


def _judged(
    nodes: pa.Table,
    name: str,
    judge: Callable[[str], str],
    code: str,
    among: np.ndarray | None = None,
    doubtful: Callable[[pa.Array], pa.Array] | None = None,
) -> Iterator[Fault]:
    """Codes that `judge` finds a fault with; every distinct code that is `doubtful` is judged once."""
    if name not in nodes.column_names:
        return
    rows = None if among is None else np.flatnonzero(among)
    column = nodes[name] if rows is None else nodes[name].take(pa.array(rows))
    texts = entries_of(column)
    texts = texts if doubtful is None else doubtful(texts)
    found = {text: why for text in texts.to_pylist() if text and (why := judge(text))}
    if found:
        bad = np.flatnonzero(is_among(column, pa.array(list(found), pa.string())))
        yield from _fault(
            code,
            "nodes",
            name,
            bad if rows is None else rows[bad],
            lambda row: {
                "value": str(_text(nodes, name, row)),
                "why": codes.explain(found[str(_text(nodes, name, row))]),
            },
        )


def _points(nodes: pa.Table) -> Iterator[Fault]:
    if "lon" not in nodes.column_names and "lat" not in nodes.column_names:
        return
    lon, lat = (
        nodes[n] if n in nodes.column_names else pa.nulls(len(nodes), pa.float64())
        for n in ("lon", "lat")
    )

    def said(row: int) -> dict[str, str]:
        return {"value": f"{lon[row].as_py()}, {lat[row].as_py()}"}

    half = pc.xor(lon.is_valid(), lat.is_valid())
    yield from _fault("E060", "nodes", "lon", half, said)
    metres = _any(pc.greater(pc.abs(lon), 1000), pc.greater(pc.abs(lat), 1000))
    yield from _fault("E061", "nodes", "lon", metres, said)
    off = _any(pc.greater(pc.abs(lon), 180), pc.greater(pc.abs(lat), 90))
    zero = pc.and_(_any(pc.equal(lon, 0)), _any(pc.equal(lat, 0)))
    impossible = pc.and_(pc.or_(off, zero), pc.invert(metres))
    yield from _fault("E062", "nodes", "lon", impossible, said)
    crs = nodes["crs"] if "crs" in nodes.column_names else pa.nulls(len(nodes), pa.string())
    stated = _any(pc.and_(lon.is_valid(), lat.is_valid()))
    silent = pc.and_(pc.and_(stated, crs.is_null()), pc.invert(pc.or_(impossible, metres)))
    yield from _fault("W063", "nodes", "lon", silent, said)


def _any(*masks):
    """Null is no fault."""
    whole = pc.fill_null(masks[0], False)
    for mask in masks[1:]:
        whole = pc.or_(whole, pc.fill_null(mask, False))
    return whole


# -- rows that speak of other rows ---------------------------------------------------------------


@dataclass(frozen=True)
class _Ends:
    """The links as numbers: rows of both ends in the node table, the relation's place in the schema; -1 is unknown."""

    source: np.ndarray
    target: np.ndarray
    relation: np.ndarray

    @classmethod
    def of_tables(cls, nodes: pa.Table, edges: pa.Table) -> _Ends:
        source, target = places(nodes["id"], edges["source"], edges["target"])
        return cls(
            source,
            target,
            positions(edges["relation"], pa.array([*schema.ENDS], pa.string()), np.int8),
        )

    def __getitem__(self, end: str) -> np.ndarray:
        return self.source if end == "source" else self.target

    @cached_property
    def known(self) -> np.ndarray:
        return (self.source >= 0) & (self.target >= 0)

    def of(self, relation: str) -> np.ndarray:
        """Rows of the links of `relation` whose ends are both there."""
        return np.flatnonzero((self.relation == [*schema.ENDS].index(relation)) & self.known)


def _links(nodes: pa.Table, edges: pa.Table) -> Iterator[Fault]:
    ends = _Ends.of_tables(nodes, edges)
    for end in ("source", "target"):
        lost = np.flatnonzero(ends[end] < 0)
        lost = lost[edges[end].take(pa.array(lost)).is_valid().to_numpy()]
        yield from _fault(
            "E040",
            "edges",
            end,
            lost,
            lambda row, end=end: {
                "value": str(_text(edges, end, row)),
                "column": schema.title(end, schema.LINKS),
            },
        )
    yield from _wrong_ends(nodes, edges, ends)
    yield from _two_leads(nodes, edges, ends)
    yield from _leads_that_are_members(nodes, edges, ends)
    yield from _cycles(nodes, ends)
    yield from _areas_unlisted(nodes)


def _areas_unlisted(nodes: pa.Table) -> Iterator[Fault]:
    """Where areas are listed: facilities in an area that is neither listed nor above a listed one."""
    is_area = mask_of(pc.equal(nodes["kind"], "Area"))
    if "area" not in nodes.column_names or not is_area.any():
        return
    ids = nodes["id"].filter(pa.array(is_area))
    above = [
        pc.binary_join_element_wise(
            pc.utf8_slice_codeunits(ids, 0, length), "0" * (12 - length), ""
        )
        for length in codes.SHORT_LENGTHS
    ]
    known = pa.chunked_array(
        [
            chunk
            for column in (ids, *map(pc.unique, above))
            for chunk in (column.chunks if isinstance(column, pa.ChunkedArray) else [column])
        ]
    )
    lost = np.flatnonzero(~is_among(nodes["area"], known, or_null=True))
    there = nodes["area"].take(pa.array(lost))
    impossible = [
        code
        for code in pc.unique(there.cast(pa.string())).to_pylist()
        if codes.area_code_fault(code)
    ]
    lost = lost[~is_among(there, pa.array(impossible, pa.string()))]
    yield from _fault(
        "W041", "nodes", "area", lost, lambda row: {"value": str(_text(nodes, "area", row))}
    )


def _wrong_ends(nodes: pa.Table, edges: pa.Table, ends: _Ends) -> Iterator[Fault]:
    kinds = [*schema.TABLE_OF_KIND]
    allowed = np.zeros((len(schema.ENDS) + 1, len(kinds) + 1, len(kinds) + 1), bool)
    allowed[-1], allowed[:, -1], allowed[:, :, -1] = (
        True,
        True,
        True,
    )  # what is unknown has its own fault
    for r, (name, (sources, targets)) in enumerate(schema.ENDS.items()):
        for s in sources:
            for t in targets:
                allowed[r, kinds.index(s), kinds.index(t)] = (
                    name not in ("PART_OF", "SUCCEEDED_BY") or s == t
                )
    kind = np.append(positions(nodes["kind"], pa.array(kinds, pa.string()), np.int8), np.int8(-1))
    relation, first, second = (part.astype(np.int16) for part in (ends.relation, kind, kind))
    size = len(kinds) + 1
    place = (
        (relation % len(allowed)) * size**2
        + (first % size * size)[ends.source]
        + (second % size)[ends.target]
    )
    rows = np.flatnonzero(~allowed.ravel()[place])

    def said(row: int) -> dict[str, str]:
        shown = [
            label("kind", kinds[kind[ends[end][row]]], language()) for end in ("source", "target")
        ]
        name = str(_text(edges, "relation", row))
        return {
            "value": name,
            "relation": label("relation", name, language()),
            "source": shown[0],
            "target": shown[1],
        }

    yield from _fault("E042", "edges", "relation", rows, said)


def _span(edges: pa.Table) -> Callable[[int], tuple[int, int]]:
    """A function: row of a link -> its first and last day as numbers, open ends far away."""
    columns = [
        edges[n].cast(pa.int32()) if n in edges.column_names else None
        for n in ("valid_from", "valid_to")
    ]

    def span(row: int) -> tuple[int, int]:
        begin, end = (c[row].as_py() if c is not None else None for c in columns)
        return (-(10**9) if begin is None else begin, 10**9 if end is None else end)

    return span


def _two_leads(nodes: pa.Table, edges: pa.Table, ends: _Ends) -> Iterator[Fault]:
    """A group has one lead on any one day; leads that follow one another are none too many."""
    rows = ends.of("LEADS")
    is_group = mask_of(pc.equal(nodes["kind"], "Group"))
    rows = rows[is_group[ends["target"][rows]]]
    target = ends["target"][rows]
    _, inverse, counts = np.unique(target, return_inverse=True, return_counts=True)
    span = _span(edges)
    leads: dict[int, list[int]] = {}
    clashes: dict[int, int] = {}
    for row in rows[counts[inverse] > 1].tolist():
        group = int(ends["target"][row])
        for other in leads.setdefault(group, []):
            if ends["source"][other] != ends["source"][row] and _overlap(span(other), span(row)):
                clashes.setdefault(row, other)
        leads[group].append(row)

    def said(row: int) -> dict[str, str]:
        return {
            "value": _name(nodes, ends["source"][row]),
            "group": _name(nodes, ends["target"][row]),
            "other": _name(nodes, ends["source"][clashes[row]]),
        }

    yield from _fault(
        "E043",
        "edges",
        "source",
        np.array(sorted(clashes), np.int64),
        said,
        np.array(sorted({*clashes, *clashes.values()}), np.int64),
    )


def _leads_that_are_members(nodes: pa.Table, edges: pa.Table, ends: _Ends) -> Iterator[Fault]:
    leading: dict[tuple[int, int], list[int]] = {}
    for row in (leads := ends.of("LEADS")).tolist():
        leading.setdefault((int(ends.source[row]), int(ends.target[row])), []).append(row)
    leader = np.zeros(len(nodes), bool)
    leader[ends.source[leads]] = True
    members = ends.of("MEMBER_OF")
    span = _span(edges)
    both = [
        row
        for row in members[leader[ends.source[members]]].tolist()
        if any(
            _overlap(span(row), span(lead))
            for lead in leading.get((int(ends.source[row]), int(ends.target[row])), ())
        )
    ]
    yield from _fault(
        "W045",
        "edges",
        "source",
        np.array(both, np.int64),
        lambda row: {
            "value": _name(nodes, ends["source"][row]),
            "group": _name(nodes, ends["target"][row]),
        },
    )


def _cycles(nodes: pa.Table, ends: _Ends) -> Iterator[Fault]:
    """Rings of PART_OF among areas or facilities, and of the areas' own column `parent`."""
    rows = ends.of("PART_OF")
    for code, part, row, tail, head in _rings(
        rows, ends["source"][rows], ends["target"][rows], "edges", len(nodes)
    ):
        yield _ring(code, part, "target", row, tail, head, nodes)
    if "parent" in nodes.column_names:
        above = rows_with(nodes["parent"], nodes["id"])
        rows = np.flatnonzero(above >= 0)
        for code, part, row, tail, head in _rings(rows, rows, above[rows], "nodes", len(nodes)):
            yield _ring(code, part, "parent", row, tail, head, nodes)


def _rings(
    rows: np.ndarray, tail: np.ndarray, head: np.ndarray, part: str, size: int
) -> Iterator[tuple]:
    left = _in_rings(tail, head, size)
    rows, tail, head = rows[left], tail[left], head[left]
    if not len(rows):
        return
    from scipy import sparse

    met, number = np.unique([tail, head], return_inverse=True)
    number = number.reshape(2, -1)
    graph = sparse.coo_array(
        (np.ones(len(rows), np.int8), tuple(number)), shape=(len(met), len(met))
    )
    _, component = sparse.csgraph.connected_components(graph, directed=True, connection="strong")
    component = component[number]
    inside = component[0] == component[1]
    for ring in np.unique(component[0][inside]).tolist():
        chosen = inside & (component[0] == ring)
        yield "E046", part, rows[chosen], tail[chosen], head[chosen]


def _in_rings(tail: np.ndarray, head: np.ndarray, size: int) -> np.ndarray:
    """The places of links that may lie in a ring: those into dead ends are taken away, round after round."""
    left = np.arange(len(tail))
    for _ in range(_LEVELS):
        goes_on = np.zeros(size, bool)
        goes_on[tail[left]] = True
        kept = left[goes_on[head[left]]]
        if len(kept) == len(left):
            break
        left = kept
    return left


def _ring(
    code: str,
    part: str,
    name: str,
    rows: np.ndarray,
    tail: np.ndarray,
    head: np.ndarray,
    nodes: pa.Table,
) -> Fault:
    following = dict(zip(tail.tolist(), head.tolist(), strict=True))
    path = [int(tail[-1])]
    while len(path) <= min(len(following), 12) and following.get(path[-1]) not in (None, path[0]):
        path.append(following[path[-1]])
    shown = " → ".join(_name(nodes, p) for p in [*path, path[0]])
    return Fault(code, part, name, rows[-1:], lambda row: {"value": shown}, rows)


# -- helpers -------------------------------------------------------------------------------------


def _fault(
    code: str,
    part: str,
    name: str,
    wrong,
    said: Callable[[int], dict[str, str]],
    involved: np.ndarray = _NONE,
) -> Iterator[Fault]:
    """One fault where `wrong` (a mask or the rows themselves) holds anything."""
    rows = wrong if isinstance(wrong, np.ndarray) and wrong.dtype != bool else rows_of(wrong)
    if len(rows):
        yield Fault(code, part, name, rows, said, involved)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _text(table: pa.Table, name: str, row: int) -> str | None:
    value = table[name][row].as_py() if name in table.column_names else None
    return None if value is None else str(value)


def _name(nodes: pa.Table, position: int) -> str:
    return _text(nodes, "name", int(position)) or _text(nodes, "id", int(position)) or ""
