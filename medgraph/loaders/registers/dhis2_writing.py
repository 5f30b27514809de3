"""Make the metadata of DHIS2 out of a network.

Areas and facilities become one tree of units, groups of facilities become groups of units, and
what DHIS2 has no element for goes into attribute values of ours.
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import present
from medgraph.graphmodel.outline import outline_of
from medgraph.loaders.capacity import Kept, Loss, keep
from medgraph.loaders.registers import dhis2_terms as terms
from medgraph.loaders.tabular.sheets import FREE
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.network import MedicalNetwork

    Row = dict[str, Any]

_WGS84 = "WGS-84"
_SAID = {"id", "kind", "name"}  # by elements that every unit has
_VALUE_TYPES = {"integer": "INTEGER", "number": "NUMBER", "boolean": "BOOLEAN", "date": "DATE"}


def metadata_of(net: MedicalNetwork) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """Return the metadata that says a network, and what it cannot say."""
    kept = part_held(net)
    nodes, links = (table.to_pylist() for table in kept.network.tables)
    writing = _Writing([present(row) for row in nodes], links, kept.network.meta)
    return writing.metadata(), (*kept.losses, *writing.points_left_out())


def part_held(net: MedicalNetwork) -> Kept:
    """Return the part of a network that the metadata of DHIS2 says, and what it does not."""
    return keep(net, terms.CAN_HOLD, links=_with_a_place(net))


def _with_a_place(net: MedicalNetwork) -> Mask:
    """The links that the tree and the groups have a place for: one parent, a group once."""
    nodes, links = net.tables
    kinds = dict(zip(nodes["id"].to_pylist(), nodes["kind"].to_pylist(), strict=True))
    ends = list(
        zip(*(links[name].to_pylist() for name in ("source", "relation", "target")), strict=True)
    )
    leads = {(source, target) for source, relation, target in ends if relation == "LEADS"}
    taken: set[tuple[str, ...]] = set()
    held = np.zeros(len(ends), bool)
    for place, (source, relation, target) in enumerate(ends):
        if relation == "PART_OF":
            key: tuple[str, ...] = (relation, source)
            fits = kinds.get(source) == kinds.get(target) == "Facility"
        else:
            key = (relation, source, target)
            fits = relation != "MEMBER_OF" or (source, target) not in leads
        held[place] = fits and key not in taken
        taken |= {key} if fits else set()
    return held


class _Writing:
    """A network on its way into metadata; attributes are noted as they are needed."""

    def __init__(self, nodes: list[Row], links: list[Row], meta: Mapping[str, str]) -> None:
        self.meta = dict(meta)
        self.rows = {row["id"]: row for row in nodes}
        self.by_relation: dict[str, list[Row]] = defaultdict(list)
        for link in links:
            self.by_relation[link["relation"]].append(link)
        self.served: dict[str, list[str]] = defaultdict(list)
        for link in self.by_relation["SERVES"]:
            self.served[link["source"]].append(link["target"])
        self.hosts = {link["source"]: link["target"] for link in self.by_relation["PART_OF"]}
        self.uids = _distinct_uids(self.rows.values())
        self.used: dict[str, Row] = {}
        self.sets: dict[str, Row] = _kept(self.meta, terms.KEPT_SETS)
        self.levels: dict[str, Row] = _kept(self.meta, terms.KEPT_LEVELS)

    def metadata(self) -> dict[str, Any]:
        """Return the lists of an import, in its order."""
        units = [row for row in self.rows.values() if row["kind"] != "Group"]
        groups = [row for row in self.rows.values() if row["kind"] == "Group"]
        paths = {row["id"]: self._path(row["id"]) for row in units}
        made_units = self._units(units, paths)
        made_groups = self._groups(groups)
        own_sets = [*self._sets_of_groups(groups, made_groups), self._set_of_statements()]
        field_groups, field_sets = self._sets_of_fields(units)
        depth = max(map(len, paths.values()), default=0)
        system = {"date": f"{day}T00:00:00.000"} if (day := self.meta.get("data_day")) else {}
        lists = (
            list(self.used.values()),
            sorted(made_units, key=lambda unit: unit["level"]),  # parents before their children
            [self._level(number) for number in range(1, depth + 1)],
            [*made_groups, *field_groups],
            [*field_sets, *own_sets],
        )
        return {terms.SYSTEM: system, **dict(zip(terms.LISTS, lists, strict=True))}

    def points_left_out(self) -> Iterator[Loss]:
        """Count the points that are in no system of degrees that a map of DHIS2 shows."""
        for table in (schema.FACILITIES, schema.AREAS):
            rows = [row for row in self.rows.values() if row["kind"] == table.kind]
            count = sum(
                "lon" in row and _point(row) is None and not outline_of(row.get("boundary"))
                for row in rows
            )
            if count:
                yield Loss(f"{table.name}.geometry", count)

    # -- units and their tree ----------------------------------------------------------------------

    def _parent(self, id: str) -> str | None:
        """The unit above: the facility that it is part of, else its area, or the area above."""
        row = self.rows[id]
        named = row.get("parent" if row["kind"] == "Area" else "area")
        is_area = named in self.rows and self.rows[named]["kind"] == "Area"
        return self.hosts.get(id) or (named if is_area else None)

    def _path(self, id: str) -> list[str]:
        """The units from the top down to this one; a ring of areas is cut where it closes."""
        path = [id]
        while (above := self._parent(path[-1])) is not None and above not in path:
            path.append(above)
        return path[::-1]

    def _units(self, rows: list[Row], paths: Mapping[str, list[str]]) -> list[Row]:
        short: set[str] = set()
        return [self._unit(row, paths[row["id"]], short) for row in rows]

    def _unit(self, row: Row, path: list[str], short: set[str]) -> Row:
        *above, _ = path
        said, stated = set(_SAID), dict(row)
        unit: Row = {
            "id": self.uids[row["id"]],
            "code": _code(row),
            "name": row["name"][: terms.MOST_NAME],
            "shortName": _distinct(row.get("short_name") or row["name"], short, terms.MOST_SHORT),
            "level": len(path),
            "path": "".join(f"/{self.uids[id]}" for id in path),
            "openingDate": _moment(row.get("valid_from")),
        }
        if above:
            unit["parent"] = {"id": self.uids[above[-1]]}
        if (last := row.get("valid_to")) is not None:
            unit["closedDate"] = _moment(last)
        if (outline := outline_of(row.get("boundary"))) is not None:
            unit["geometry"] = outline
        elif (point := _point(row)) is not None:
            unit["geometry"] = {"type": "Point", "coordinates": point}
            said |= {"lon", "lat", "crs"}
        if "name_en" in row:
            english = {"property": "NAME", "locale": "en", "value": row["name_en"]}
            unit["translations"] = [english]
        said |= {"name_en", "valid_to", "valid_from", *self._sets_for(row)}
        if self._said_by_tree(row, above):
            said |= {"parent" if row["kind"] == "Area" else "area"}
        values = {name: value for name, value in stated.items() if name not in said}
        unit["attributeValues"] = self._values(row, unit, values)
        return unit

    def _said_by_tree(self, row: Row, above: list[str]) -> bool:
        """Whether the tree says the area of a facility, or what is above an area."""
        named = row.get("parent" if row["kind"] == "Area" else "area")
        return bool(above) and above[-1] == named

    def _values(self, row: Row, made: Row, fields: Mapping[str, Any]) -> list[Row]:
        """What of a node no element says, as attribute values."""
        given = {terms.KIND: row["kind"]}
        given |= {_attribute_name(name): value for name, value in fields.items()}
        if made["id"] != row["id"]:
            given[f"{terms.OWN}id"] = row["id"]
        if made["name"] != row["name"]:
            given[f"{terms.OWN}name"] = row["name"]
        if str(row.get("valid_from")) == terms.NO_DAY:
            given[f"{terms.OWN}valid_from"] = row["valid_from"]
        if served := self.served.get(row["id"]):
            given[terms.SERVES] = json.dumps(served, ensure_ascii=False)
        return [self._value(name, value) for name, value in given.items()]

    def _value(self, name: str, value: Any) -> Row:
        """An attribute value; its attribute is noted."""
        uid = terms.uid_of(f"attribute {name}")
        if name not in self.used:
            type_ = schema.field_types().get(name.removeprefix(terms.OWN), "text")
            self.used[name] = {
                "id": uid,
                "name": name,
                "shortName": _distinct(name, _shorts(self.used), terms.MOST_SHORT),
                "valueType": _VALUE_TYPES.get(type_, "LONG_TEXT"),
                "mandatory": False,
                "unique": False,
                "organisationUnitAttribute": True,
                "organisationUnitGroupAttribute": True,
                "organisationUnitGroupSetAttribute": True,
            }
        return {"attribute": {"id": uid}, "value": _as_text(value)}

    def _level(self, number: int) -> Row:
        kept = self.levels.get(str(number), {})
        name = kept.get("name", f"Level {number}")
        return {"id": kept.get("id") or terms.uid_of(f"level {number}"), "name": name} | {
            "level": number
        }

    # -- groups and their sets ---------------------------------------------------------------------

    def _groups(self, rows: list[Row]) -> list[Row]:
        names: set[str] = set()
        short: set[str] = set()
        leads, members = (
            _sources_by_target(self.by_relation[word]) for word in ("LEADS", "MEMBER_OF")
        )
        made = []
        for row in rows:
            id = row["id"]
            group: Row = {
                "id": self.uids[id],
                "code": _code(row),
                "name": _distinct(row["name"], names, terms.MOST_NAME),
                "shortName": _distinct(
                    row.get("short_name") or row["name"], short, terms.MOST_SHORT
                ),
                terms.UNITS: self._references(dict.fromkeys([*leads[id], *members[id]])),
            }
            values = {name: value for name, value in row.items() if name not in _SAID}
            group["attributeValues"] = self._values(row, group, values)
            if leads[id]:
                text = json.dumps(leads[id], ensure_ascii=False)
                group["attributeValues"].append(self._value(terms.LEAD, text))
            made.append(group)
        return made

    def _sets_of_groups(self, rows: list[Row], made: list[Row]) -> Iterator[Row]:
        """One exclusive set for each type of groups, where no unit is in two of them."""
        by_type: dict[str, list[Row]] = defaultdict(list)
        for row, group in zip(rows, made, strict=True):
            by_type[row.get("type", "")].append(group)
        for type_, groups in by_type.items():
            units = [unit["id"] for group in groups for unit in group[terms.UNITS]]
            if type_ and len(units) == len(set(units)):
                name = f"{label('group_type', type_, 'en')} (medgraph)"
                yield _group_set(f"{terms.GROUPS_OF}{type_}", name, groups)

    def _set_of_statements(self) -> Row:
        """A set without groups, of which all is stated that is stated of the whole."""
        made = _group_set(terms.META, "medgraph: statements", [])
        text = json.dumps(self.meta, ensure_ascii=False)
        return {**made, "attributeValues": [self._value(terms.META, text)]}

    def _sets_for(self, row: Row) -> set[str]:
        """The fields of a node that sets of groups say."""
        fields = set(self.sets) & set(row)
        return fields | (
            set(terms.SETS_OF_FIELDS) & set(row) if row["kind"] == "Facility" else set()
        )

    def _sets_of_fields(self, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        """The groups and sets that say the types, levels and owners of facilities."""
        groups, sets = [], []
        units: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in rows:
            for name in self._sets_for(row):
                units[name, str(row[name])].append(row["id"])
        names = {group["name"]: group for group in self._named_groups()}
        for field in sorted({field for field, _ in units}):
            kept = self.sets.get(field, {})
            code = f"{terms.OWN}{field}"
            own = [
                _group_of_value(code, field, value, ids, kept, names)
                for (of, value), ids in units.items()
                if of == field
            ]
            groups += (own := [self._with_value(group) for group in own])
            title = kept.get("name") or terms.SETS_OF_FIELDS.get(field, field)
            made = _group_set(kept.get("code") or code, title, own, id=kept.get("id"))
            sets.append({**made, "attributeValues": [self._value(terms.FIELD, field)]})
        return groups, sets

    def _with_value(self, group: Row) -> Row:
        """A group of the units that have a value, which it states."""
        value = self._value(terms.VALUE, group["value"])
        rest = {key: found for key, found in group.items() if key != "value"}
        return {
            **rest,
            terms.UNITS: self._references(group[terms.UNITS]),
            "attributeValues": [value],
        }

    def _named_groups(self) -> list[Row]:
        return [row for row in self.rows.values() if row["kind"] == "Group"]

    def _references(self, ids: Iterable[str]) -> list[Row]:
        return [{"id": self.uids[id]} for id in ids]


def _kept(meta: dict[str, str], key: str) -> dict[str, Row]:
    """What the statements of a network keep of the register that was read; none where damaged."""
    try:
        found = json.loads(meta.get(key, "{}"))
    except ValueError:
        return {}
    is_sound = isinstance(found, dict) and all(isinstance(one, dict) for one in found.values())
    return found if is_sound else {}


def _distinct_uids(rows: Iterable[Row]) -> dict[str, str]:
    """The id of DHIS2 for each node: that which it had there, or one made of its own."""
    uids: dict[str, str] = {}
    taken: set[str] = set()
    for row in rows:
        known = row.get(terms.UID_FIELD, "")
        uid = known if terms.is_uid(known) and known not in taken else terms.uid_of(row["id"])
        if uid in taken:
            uid = terms.uid_of(f"id {row['id']}")
        taken.add(uid)
        uids[row["id"]] = uid
    return uids


def _group_of_value(
    code: str, field: str, value: str, ids: list[str], kept: Row, taken: Mapping[str, Row]
) -> Row:
    """The group of the units that have a value in a field."""
    known = kept.get("groups", {}).get(value, {})
    vocabulary = field_vocabulary(field)
    name = known.get("name") or (label(vocabulary, value, "en") if vocabulary else value)
    if not known and (name in taken or field not in terms.SETS_OF_FIELDS):
        name = f"{field}: {name}"
    name = name[: terms.MOST_NAME]
    made = f"{code}:{value}"
    uid = known.get("id") or terms.uid_of(f"group {made}")
    own_code = known.get("code") or (made if len(made) <= terms.MOST_CODE else uid)
    short = name if len(name) <= terms.MOST_SHORT else uid
    return {"id": uid, "code": own_code, "name": name, "shortName": short} | {
        "value": value,
        terms.UNITS: ids,
    }


def field_vocabulary(field: str) -> str | None:
    """Return the vocabulary of a field of facilities; None where it takes any text."""
    found = schema.FACILITIES.field(field)
    return found.vocabulary if found and found.vocabulary in VOCABULARIES else None


def _group_set(code: str, name: str, groups: list[Row], *, id: str | None = None) -> Row:
    uid = id or terms.uid_of(f"set {code}")
    return {
        "id": uid,
        "code": code if len(code) <= terms.MOST_CODE else uid,
        "name": name,
        "shortName": name if len(name) <= terms.MOST_SHORT else uid,
        "compulsory": False,
        "dataDimension": True,
        "includeSubhierarchyInAnalytics": False,
        terms.GROUPS: [{"id": group["id"]} for group in groups],
    }


def _sources_by_target(links: Iterable[Row]) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        found[link["target"]].append(link["source"])
    return found


def _attribute_name(field: str) -> str:
    if field.startswith(FREE):
        return f"{terms.LIKE_OURS}{field.removeprefix(FREE)}"
    return f"{terms.OWN if field in schema.field_types() else terms.FREE}{field}"


def _code(row: Row) -> str:
    """The code of a unit: the one that it had there, else its id where that is short enough."""
    code = str(row.get(terms.CODE_FIELD) or row["id"])
    return code if len(code) <= terms.MOST_CODE else terms.uid_of(code)


def _distinct(text: str, taken: set[str], most: int) -> str:
    """A text of at most so many characters that is not taken yet; it is taken then."""
    found, number = text[:most], 1
    while found in taken:
        number += 1
        end = f" ({number})"
        found = text[: most - len(end)] + end
    taken.add(found)
    return found


def _shorts(attributes: Mapping[str, Row]) -> set[str]:
    return {attribute["shortName"] for attribute in attributes.values()}


def _moment(day: datetime.date | None) -> str:
    return f"{day.isoformat() if day else terms.NO_DAY}T00:00:00.000"


def _point(row: Row) -> list[float] | None:
    """The degrees of a unit where they are those that DHIS2 shows."""
    is_known = row.get("crs") == _WGS84 and "lon" in row and "lat" in row
    return [row["lon"], row["lat"]] if is_known else None


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
