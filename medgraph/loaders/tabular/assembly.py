"""Take tables in: read every cell, make ids, find what references mean, check it all, account for every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import coordinates, schema, validate
from medgraph.graphmodel.canonical import canonical
from medgraph.graphmodel.origin import Origin
from medgraph.graphmodel.validate import Fault
from medgraph.loaders.loaded import LeftRow, Loaded
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.accounting import account
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.references import References, item
from medgraph.loaders.tabular.sheets import NO_ORIGIN, Sheet, letter
from medgraph.words.say import Problem, problem
from medgraph.words.vocabularies import fold

_NOBODY = np.empty(0, np.int64)
_LINK_SHORTCUTS = {
    "group": "MEMBER_OF",
    "alliance": "MEMBER_OF",
    "serves": "SERVES",
    "run_by": "RUN_BY",
    "part_of": "PART_OF",
    "lead": "LEADS",
    "members": "MEMBER_OF",
}
_LEAD_WORDS = frozenset(map(fold, ("牵头", "牵头医院", "牵头单位", "lead", "leads")))
_MEMBER_WORDS = frozenset(map(fold, ("成员", "成员单位", "member", "member of")))


@dataclass
class Part:
    """The rows of one kind of table, nodes or edges: where each comes from, and its values."""

    name: str
    tables: list[pa.Table] = field(default_factory=list)
    units: list[np.ndarray] = field(default_factory=list)
    columns: list[np.ndarray] = field(default_factory=list)

    def add(self, table: pa.Table, units: np.ndarray, columns: np.ndarray | None = None) -> None:
        self.tables.append(table)
        self.units.append(units)
        self.columns.append(np.full(len(table), -1) if columns is None else columns)

    @property
    def size(self) -> int:
        return sum(map(len, self.tables))

    def table(self, required: Sequence[str]) -> pa.Table:
        empty = pa.table({name: pa.array([], pa.string()) for name in required})
        return pa.concat_tables([empty, *self.tables], promote_options="default").combine_chunks()

    @property
    def unit(self) -> np.ndarray:
        return np.concatenate([np.empty(0, np.int64), *self.units])

    @property
    def column(self) -> np.ndarray:
        return np.concatenate([np.empty(0, np.int64), *self.columns])


class Intake:
    """Read the sheets of one source; a *unit* is one of their rows, numbered through all of them.

    `weights` says how many records of the source each unit stands for, `left` which were left out before.
    """

    def __init__(
        self,
        sheets: Iterable[Sheet],
        meta: Mapping[str, str] | None = None,
        *,
        notes: Iterable[Problem] = (),
        other_words: Mapping[str, str] | None = None,
        weights: np.ndarray | None = None,
        left: Sequence[LeftRow] = (),
    ) -> None:
        self.sheets = list(sheets)
        self.weights = weights
        self.left = tuple(left)
        self.meta = dict(meta or {})
        self.notes = list(notes)
        self.other_words = dict(other_words or {})
        self.offsets = np.cumsum([0, *map(len, self.sheets)])
        self.found: list[Fault] = []
        self._how: dict[int, str] = {}
        self._keys: dict[str, tuple[int, int, int]] = {}

    def load(self, *, lenient: bool = False) -> Loaded:
        """Return the network with its problems and the account of its rows."""
        nodes, edges = Part("nodes"), Part("edges")
        for number, sheet in enumerate(self.sheets):
            part = edges if sheet.table.kind is None else nodes
            self._headers(sheet, part)
            part.add(self._typed(sheet, part), self.offsets[number] + np.arange(len(sheet)))
        node_table = self._identified(nodes, nodes.table(("id", "kind", "name")))
        references = References(node_table)
        self._shortcuts(references, node_table, edges)
        edge_table = self._resolved(edges.table(("source", "relation", "target")), references)
        node_table = self._with_origin(node_table, nodes, "name")
        edge_table = self._with_origin(edge_table, edges, "source")
        node_table = canonical(self._converted(node_table), schema.field_types())
        edge_table = canonical(edge_table, schema.link_types())
        self.found = validate.told_once(
            [*self.found, *validate.consistency(node_table, edge_table)]
        )
        place = self._placing({"nodes": nodes, "edges": edges})
        units = {"nodes": nodes.unit, "edges": edges.unit}
        weights = np.ones(self.offsets[-1], np.int64) if self.weights is None else self.weights
        return account(
            node_table,
            edge_table,
            self.meta,
            self.found,
            place,
            units,
            weights,
            left_before=self.left,
            notes=self.notes,
            lenient=lenient,
            order=self._keys,
            unit_place=self._unit_place,
        )

    # -- cells -----------------------------------------------------------------------------------

    def _headers(self, sheet: Sheet, part: Part) -> None:
        """Name the columns that nobody knows, that stand twice, and that are missing."""
        for column in sheet.unknown:
            if sheet.columns[column].null_count < len(sheet):
                self.notes.append(
                    problem("W033", place=sheet.place(None, column), value=sheet.header[column])
                )
        seen: dict[str, int] = {}
        for column, (name, text) in enumerate(zip(sheet.fields, sheet.header, strict=True)):
            key = f"{name}{sheet.is_shortcut(column)}"
            if text and seen.setdefault(key, column) != column:
                self.notes.append(
                    problem(
                        "E032",
                        place=sheet.place(None, column),
                        value=text,
                        first=sheet.place(None, seen[key]),
                    )
                )
        for name in sheet.table.required:
            if sheet.column_of(name) is None and len(sheet):
                wanted = sheet.table.field(name)
                self.notes.append(
                    problem("E034", place=sheet.name, value=wanted.zh, column=wanted.heading)
                )
                self.found.append(
                    Fault(
                        "E034",
                        part.name,
                        name,
                        _NOBODY,
                        lambda row, wanted=wanted: {"value": wanted.zh, "column": wanted.heading},
                        part.size + np.arange(len(sheet)),
                    )
                )

    def _typed(self, sheet: Sheet, part: Part) -> pa.Table:
        offset = part.size
        types = schema.link_types() if part.name == "edges" else schema.field_types()
        columns: dict[str, pa.Array] = {}
        for number, name in enumerate(sheet.fields):
            if (
                sheet.is_shortcut(number)
                or name in columns
                or (name == "kind" and part.name == "nodes")
            ):
                continue
            text = sheet.columns[number]
            if not name:
                if text.null_count == len(text):
                    continue
                name = f"column_{letter(number)}"
            described = sheet.table.field(name)
            self._required(described, text, part.name, name, offset)
            type = types.get(name, "text")
            read = self._reader(described, type)
            if read is None:
                columns[name] = text
                continue
            columns[name], wrong = cells.typed(
                text, read, type, part=part.name, field=name, offset=offset
            )
            self.found += wrong
        if sheet.table.kind is not None:
            columns["kind"] = pa.repeat(sheet.table.kind, len(sheet))
        return pa.table(columns)

    def _reader(self, described: schema.Field | None, type: str) -> Callable | None:
        read = cells.reader(described, type)
        if read is None or not self.other_words or described is None or not described.vocabulary:
            return read
        return lambda text: read(cells.mapped(text, self.other_words))

    def _required(
        self, described: schema.Field | None, text: pa.Array, part: str, name: str, offset: int
    ) -> None:
        if described is not None and described.required and text.null_count:
            rows = np.flatnonzero(text.is_null().to_numpy(zero_copy_only=False)) + offset
            self.found.append(
                Fault(
                    "E011", part, name, rows, lambda row: {"column": schema.title(described.name)}
                )
            )

    # -- ids and references ------------------------------------------------------------------------

    def _identified(self, nodes: Part, table: pa.Table) -> pa.Table:
        """Give an id, made of kind, area and name, to every row that has none."""
        if "area" in table.column_names:
            table = self._areas(table, "area")
        if "parent" in table.column_names:
            table = self._areas(table, "parent")
        nameless = pc.and_(table["id"].is_null(), table["name"].is_valid())
        if not pc.any(nameless).as_py():
            return table
        area = table["area"] if "area" in table.column_names else pa.nulls(len(table), pa.string())
        made = pc.binary_join_element_wise(
            table["kind"], pc.fill_null(area, ""), table["name"], ":"
        )
        made = pc.replace_substring(made, "|", "/")
        ids = pc.coalesce(table["id"], made)
        rows = np.flatnonzero(np.asarray(nameless))
        self.found.append(
            Fault("W012", "nodes", "id", rows, lambda row: {"value": str(ids[row].as_py())})
        )
        return table.set_column(table.column_names.index("id"), "id", ids)

    def _areas(self, table: pa.Table, name: str) -> pa.Table:
        """Let a column of areas hold ids: another length of a code, or a name, is looked up."""
        areas = table.filter(pc.equal(table["kind"], "Area"))
        references = References(areas)
        known = pc.or_(table[name].is_null(), pc.is_in(table[name], value_set=areas["id"]))
        rows = np.flatnonzero(~np.asarray(known))
        if not len(rows):
            return table
        texts = table[name].to_pylist()
        missed: dict[int, WrongError] = {}
        for row in rows.tolist():
            try:
                texts[row] = references.find(texts[row], ("Area",))
            except WrongError as wrong:
                missed[row] = wrong
                if wrong.code == "E044":
                    texts[row] = None
        self._missed(
            "nodes",
            name,
            {
                row: w
                for row, w in missed.items()
                if w.code == "E044" or not texts[row].isalnum() or not texts[row].isascii()
            },
        )
        return table.set_column(table.column_names.index(name), name, pa.array(texts, pa.string()))

    def _missed(self, part: str, name: str, missed: Mapping[int, WrongError]) -> None:
        for code in sorted({w.code for w in missed.values()}):
            rows = np.array([row for row, w in missed.items() if w.code == code], np.int64)
            self.found.append(
                Fault(
                    code,
                    part,
                    name,
                    rows,
                    lambda row: {"column": schema.title(name), **missed[row].said},
                )
            )

    def _resolved(self, edges: pa.Table, references: References) -> pa.Table:
        """Replace what stands at the ends of links by ids; an end that means several things becomes empty."""
        unknown = {
            end: pc.and_(
                edges[end].is_valid(), pc.invert(pc.is_in(edges[end], value_set=references.ids))
            )
            for end in ("source", "target")
        }
        how: dict[int, str] = {}
        for number, (end, other) in enumerate((("source", "target"), ("target", "source"))):
            rows = np.flatnonzero(np.asarray(unknown[end]))
            if not len(rows):
                continue
            texts = edges[end].to_pylist()
            relations = edges["relation"].take(pa.array(rows)).to_pylist()
            counties = references.county_of(edges[other].take(pa.array(rows)).to_pylist())
            missed: dict[int, WrongError] = {}
            for row, relation, county in zip(rows.tolist(), relations, counties, strict=True):
                kinds = schema.ENDS[relation][number] if relation in schema.ENDS else ()
                try:
                    texts[row] = references.find(texts[row], kinds, county)
                    how[row] = "matched by name"
                except WrongError as wrong:
                    if wrong.code == "E044":
                        missed[row] = wrong
                        texts[row] = None
            self._missed("edges", end, missed)
            edges = edges.set_column(
                edges.column_names.index(end), end, pa.array(texts, pa.string())
            )
        self._how = how
        return edges

    # -- shortcuts -----------------------------------------------------------------------------------

    def _shortcuts(self, references: References, nodes: pa.Table, edges: Part) -> None:
        """Make links of the columns group, role, alliance, serves, run_by, part_of, lead and members."""
        stated = (
            {(s, r, t) for table in edges.tables for s, r, t in _ends(table)}
            if any(s.is_shortcut(c) for s in self.sheets for c in range(len(s.header)))
            else set()
        )
        at = 0
        for number, sheet in enumerate(self.sheets):
            if sheet.table.kind is None:
                continue
            for column, name in enumerate(sheet.fields):
                if sheet.is_shortcut(column) and name != "role":
                    ids = nodes["id"][at : at + len(sheet)].to_pylist()
                    self._links_of(number, column, ids, references, edges, stated)
            at += len(sheet)

    def _links_of(
        self,
        number: int,
        column: int,
        ids: list[str | None],
        references: References,
        edges: Part,
        stated: set[tuple],
    ) -> None:
        sheet = self.sheets[number]
        name = sheet.fields[column]
        made, wrong, roles = [], {}, {}
        first = edges.size
        for row, text in enumerate(sheet.columns[column].to_pylist()):
            if not text or ids[row] is None:
                continue
            parts = [p for p in cells.texts(text).split("|") if p]
            relation = _LINK_SHORTCUTS[name]
            try:
                relation = self._relation(sheet, row, name)
            except WrongError as missed:
                roles[first + len(made)] = missed
            for position, part in enumerate(parts, 1):
                try:
                    found = self._end(part, name, relation, ids[row], references)
                except WrongError as missed:
                    found = None if missed.code == "E044" else part
                    if found is None:
                        said = {
                            **missed.said,
                            "item": item(position, len(parts)),
                            "column": sheet.header[column],
                        }
                        wrong[first + len(made)] = WrongError("E044", said)
                ends = (found, ids[row]) if name in ("lead", "members") else (ids[row], found)
                if (ends[0], relation, ends[1]) in stated and found is not None:
                    continue
                stated.add((ends[0], relation, ends[1]))
                made.append(
                    (row, *ends, relation, "split from a list" if len(parts) > 1 else "typed")
                )
        if not made:
            return
        rows, sources, targets, relations, hows = zip(*made, strict=True)
        origins = [
            str(Origin(sheet.file, _sheet_name(sheet), _cell(sheet, row, column), how))
            for row, how in zip(rows, hows, strict=True)
        ]
        edges.add(
            pa.table(
                {
                    "source": pa.array(sources, pa.string()),
                    "relation": pa.array(relations, pa.string()),
                    "target": pa.array(targets, pa.string()),
                    "origin": pa.array(origins, pa.string()),
                }
            ),
            self.offsets[number] + np.array(rows, np.int64),
            np.full(len(rows), column),
        )
        self._missed("edges", "target", wrong)
        self._missed("edges", "role", roles)

    def _relation(self, sheet: Sheet, row: int, name: str) -> str:
        if name != "group":
            return _LINK_SHORTCUTS[name]
        role = next(
            (c for c, f in enumerate(sheet.fields) if f == "role" and sheet.is_shortcut(c)), None
        )
        said = sheet.columns[role][row].as_py() if role is not None else None
        if said and fold(said) in _LEAD_WORDS:
            return "LEADS"
        if said and fold(said) not in _MEMBER_WORDS:
            raise WrongError("E031", {"value": said, "nearest": "牵头 / 成员"})
        return "MEMBER_OF"

    def _end(self, text: str, name: str, relation: str, id: str, references: References) -> str:
        if text in references:
            return text
        sources, targets = schema.ENDS[relation]
        kinds = sources if name in ("lead", "members") else targets
        kinds = ("Group",) if name in ("group", "alliance") else kinds
        return references.find(text, kinds, references.county_of([id])[0])

    # -- the rest ----------------------------------------------------------------------------------

    def _with_origin(self, table: pa.Table, part: Part, key: str) -> pa.Table:
        """State where each row came from, where it does not say so itself."""
        given = (
            table["origin"] if "origin" in table.column_names else pa.nulls(len(table), pa.string())
        )
        rows = np.flatnonzero(np.asarray(given.is_null()))
        if len(rows):
            made = given.to_pylist()
            for row, text in zip(rows.tolist(), self._places_of(rows, part, key), strict=True):
                made[row] = text
            given = pa.chunked_array([pa.array(made, pa.string())])
        origin = pc.if_else(pc.equal(given, NO_ORIGIN), pa.scalar(None, pa.string()), given)
        if "origin" in table.column_names:
            return table.set_column(table.column_names.index("origin"), "origin", origin)
        return table.append_column("origin", origin)

    def _places_of(self, rows: np.ndarray, part: Part, key: str) -> Iterator[str]:
        """The origin of each row: its file, sheet and the cell of `key`."""
        how = self._how if part.name == "edges" else {}
        numbers = np.searchsorted(self.offsets, part.unit[rows], side="right") - 1
        locals_ = part.unit[rows] - self.offsets[numbers]
        for row, number, local in zip(
            rows.tolist(), numbers.tolist(), locals_.tolist(), strict=True
        ):
            sheet = self.sheets[number]
            column = sheet.column_of(key) or 0
            yield str(
                Origin(
                    sheet.file,
                    _sheet_name(sheet),
                    _cell(sheet, local, column),
                    how.get(row, "typed"),
                )
            )

    def _converted(self, nodes: pa.Table) -> pa.Table:
        """Turn points of another declared coordinate system into WGS-84, and say how many."""
        nodes, converted = coordinates.to_wgs84(nodes)
        for crs, rows in converted.items():
            self.notes.append(problem("W064", value=crs, count=len(rows)))
        return nodes

    def _sheet_of(self, unit: int) -> int:
        return int(np.searchsorted(self.offsets, unit, side="right")) - 1

    def _unit_place(self, unit: int) -> str:
        number = self._sheet_of(unit)
        return self.sheets[number].place(unit - int(self.offsets[number]), None)

    def _placing(self, parts: Mapping[str, Part]) -> Callable[[str, int, str], str]:
        units = {name: part.unit for name, part in parts.items()}
        columns = {name: part.column for name, part in parts.items()}

        def place(part: str, row: int, name: str) -> str:
            unit = int(units[part][row])
            number = self._sheet_of(unit)
            sheet = self.sheets[number]
            column = int(columns[part][row])
            found = column if column >= 0 else sheet.column_of(name)
            if (
                column >= 0
                and sheet.fields[column] == "group"
                and name in ("role", "source")
                and ("role" in sheet.fields)
            ):
                found = sheet.fields.index(
                    "role"
                )  # what is wrong with leading or being a member stands there
            local = unit - int(self.offsets[number])
            text = sheet.place(local, found)
            self._keys[text] = (number, local, -1 if found is None else found)
            return text

        return place


def _ends(table: pa.Table) -> Iterable[tuple]:
    columns = [
        table[n].to_pylist() if n in table.column_names else [None] * len(table)
        for n in ("source", "relation", "target")
    ]
    return zip(*columns, strict=True)


def _sheet_name(sheet: Sheet) -> str:
    return "" if sheet.name == sheet.file else sheet.name


def _cell(sheet: Sheet, row: int, column: int) -> str:
    if sheet.keys:
        return (
            f"{sheet.keys[column]}{sheet.rows[row]}" if sheet.lettered else f"[{sheet.rows[row]}]"
        )
    return f"{letter(column)}{sheet.rows[row]}"
