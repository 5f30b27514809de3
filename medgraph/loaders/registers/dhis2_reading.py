"""Make a network out of the metadata of DHIS2, and account for every object in it."""

from __future__ import annotations

import datetime
import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.graphmodel.coordinates import is_nowhere
from medgraph.graphmodel.origin import Origin
from medgraph.loaders.formats import geojson, single_file
from medgraph.loaders.loaded import LeftRow
from medgraph.loaders.registers import dhis2_terms as terms
from medgraph.loaders.registers.dhis2_geometry import has_outline, outline_of, point_of
from medgraph.loaders.registers.dhis2_writing import field_vocabulary
from medgraph.loaders.registers.meaning import Meaning, SetMeaning, read_meaning
from medgraph.loaders.tabular.accounting import accept
from medgraph.loaders.tabular.sheets import FREE
from medgraph.words.personal_data import PERSON_TITLE
from medgraph.words.say import Problem, problem, say
from medgraph.words.vocabularies import fold, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from medgraph.loaders.loaded import Loaded

    Row = dict[str, Any]

# What is read of each unit; of everything else it is told how often it stood there.
_READ = {
    *("id", "code", "name", "shortName", "level", "path", "parent", "openingDate", "closedDate"),
    *("geometry", "coordinates", "featureType", "translations", "attributeValues"),
}
_SHOWN = 40  # signs of what stands where something else should
_LEVELS_FROM_BELOW = ("township", "county", "city", "province")
_READERS: dict[str, Any] = {
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def read_metadata(
    source: Path,
    *,
    mapping: Path | None = None,
    facility_level: int | None = None,
    lenient: bool = False,
) -> Loaded:
    """Read metadata; what is no unit, group or link of them is left out, object by object."""
    data = single_file.read_json(source, "not_json")
    if not isinstance(data, dict):
        raise SourceError(say("not_dhis2", path=source, reason=say("dhis2_no_object")))
    lists = {name: _objects(data.get(name), name, source) for name in terms.LISTS}
    reading = _Reading(source.name, lists, read_meaning(mapping), facility_level)
    nodes, wrong_nodes = single_file.typed("nodes", reading.nodes())
    edges, wrong_edges = single_file.typed("edges", reading.links())
    reading.leave_others(data)
    return accept(
        nodes,
        edges,
        reading.statements(data.get(terms.SYSTEM)),
        lenient=lenient,
        notes=reading.notes(),
        found=[*wrong_nodes, *wrong_edges],
        left=reading.left,
    )


def _objects(found: Any, name: str, source: Path) -> list[Row]:
    """A list of objects with an id; none where it is not there."""
    if found is None:
        return []
    is_list = isinstance(found, list) and all(isinstance(one, dict) for one in found)
    if not is_list or not all(isinstance(one.get("id"), str) for one in found):
        raise SourceError(say("not_dhis2", path=source, reason=say("dhis2_no_list", list=name)))
    return list(found)


class _Reading:
    """Metadata on its way into nodes and links, with what is left out and what is to be told."""

    def __init__(
        self, file: str, lists: Mapping[str, list[Row]], meaning: Meaning, level: int | None
    ) -> None:
        self.file = file
        self.meaning = meaning
        self.units = lists[terms.UNITS]
        self.groups = lists[terms.GROUPS]
        self.sets = lists[terms.GROUP_SETS]
        self.level_names = {row.get("level"): row for row in lists[terms.LEVELS]}
        self.attribute_names = {
            row["id"]: str(row.get("name", row["id"])) for row in lists[terms.ATTRIBUTES]
        }
        self.left: list[LeftRow] = []
        self.unread: Counter[str] = Counter()
        self.odd: list[Problem] = []
        self.unnamed: Counter[str] = Counter()
        self.fillers = 0
        self.outlines: dict[str, Any] = {}
        self.by_uid = {unit["id"]: unit for unit in self.units}
        self.given = {one["id"]: self._given(one) for one in (*self.units, *self.groups)}
        self.depths = {unit["id"]: self._depth(unit) for unit in self.units}
        self.facility_level = level or meaning.facility_level or self._deepest()
        self.area_levels = dict(meaning.area_levels) or self._levels_from_below()
        self.kinds = {unit["id"]: self._kind(unit) for unit in self.units}
        self.kept_sets: dict[str, Row] = {}
        self.values: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        self.group_types: dict[str, str] = {}
        self._read_sets()

    # -- what stands where -------------------------------------------------------------------------

    def _given(self, one: Row) -> dict[str, str]:
        """The attribute values of an object by the names of the attributes."""
        found = {}
        for value in self._objects(one, "attributeValues"):
            uid = _reference(value.get("attribute"))
            if uid is None:
                self._note_odd(one, "attributeValues.attribute", value.get("attribute"))
            elif value.get("value") is not None:
                self.unnamed[uid] += uid not in self.attribute_names
                found[self.attribute_names.get(uid, uid)] = str(value["value"])
        return found

    def _objects(self, one: Row, name: str) -> list[Row]:
        """The objects of a list of a unit or group; what is none is told."""
        found = one.get(name)
        objects = _dicts(found)
        if found is not None and not isinstance(found, list):
            self._note_odd(one, name, found)
        elif isinstance(found, list) and len(objects) < len(found):
            self._note_odd(one, name, next(it for it in found if not isinstance(it, dict)))
        return objects

    def _note_odd(self, one: Row, name: str, value: Any) -> None:
        """Tell of an element that is not as DHIS2 writes it, and is not read."""
        shown = json.dumps(value, ensure_ascii=False)[:_SHOWN]
        self.odd.append(problem("W261", f"{self.file} {one['id']}", shown, element=name))

    def _depth(self, unit: Row) -> int:
        """The level of a unit: as it says, by its path, or by the units above it."""
        level = unit.get("level")
        if isinstance(level, int) and not isinstance(level, bool) and level > 0:
            return level
        if level is not None:
            self._note_odd(unit, "level", level)
        if isinstance(unit.get("path"), str):
            return str(unit["path"]).strip("/").count("/") + 1
        seen = {unit["id"]}
        above = self._parent(unit)
        while above is not None and above["id"] not in seen:
            seen.add(above["id"])
            above = self._parent(above)
        return len(seen)

    def _parent(self, unit: Row) -> Row | None:
        uid = _reference(unit.get("parent"))
        return self.by_uid.get(uid) if uid is not None else None

    def _note_odd_elements(self, unit: Row) -> None:
        """Tell of a name, a parent or a place that is none."""
        name, above, place = (unit.get(key) for key in ("name", "parent", "geometry"))
        if name is not None and not isinstance(name, str):
            self._note_odd(unit, "name", name)
        if above is not None and self._parent(unit) is None:
            self._note_odd(unit, "parent", _reference(above) or above)
        is_read = bool(point_of(unit)) or has_outline(unit)
        stated = place or unit.get("coordinates")
        if stated and not is_read:
            self._note_odd(unit, "geometry", stated)

    def _point(self, unit: Row) -> Row:
        """Where a unit lies; 0, 0 is told, and nowhere."""
        point = point_of(unit)
        if not is_nowhere(point):
            return point
        self.odd.append(problem("W265", f"{self.file} {unit['id']}", str(unit.get("name"))))
        return {}

    def _deepest(self) -> int:
        foreign = (self.depths[uid] for uid in self.by_uid if terms.KIND not in self.given[uid])
        return max(foreign, default=0)

    def _levels_from_below(self) -> dict[int, str]:
        """The level above the facilities is that of townships, and so on upwards."""
        numbers = range(self.facility_level - 1, 0, -1)
        return dict(zip(numbers, _LEVELS_FROM_BELOW, strict=False))

    def _kind(self, unit: Row) -> str:
        own = self.given[unit["id"]].get(terms.KIND)
        if own is not None:
            return own
        return "Facility" if self.depths[unit["id"]] >= self.facility_level else "Area"

    def _id(self, uid: str) -> str:
        return self.given.get(uid, {}).get(f"{terms.OWN}id", uid)

    def _origin(self, name: str, number: int) -> str:
        return str(Origin(self.file, name, f"[{number}]", "typed"))

    # -- sets of groups ----------------------------------------------------------------------------

    def _read_sets(self) -> None:
        """Find out which groups are groups of facilities, and which give units a value."""
        by_uid = {group["id"]: group for group in self.groups}
        in_sets: set[str] = set()
        for found in self.sets:
            own = self._given(found)
            meaning = self._meaning_of(found)
            groups = [by_uid[uid] for uid in _references(found.get(terms.GROUPS)) if uid in by_uid]
            in_sets |= {group["id"] for group in groups}
            if meaning.groups:
                self.group_types |= {group["id"]: meaning.groups for group in groups}
                continue
            field = own.get(terms.FIELD) or meaning.field or _free_name(_text(found, "name"))
            for group in groups:
                if self.given[group["id"]].get(terms.KIND) is None:
                    self._read_value(found, group, field, meaning, is_own=terms.FIELD in own)
        for group in self.groups:
            is_group = self._is_group(group)
            if group["id"] not in in_sets and not is_group:
                self._add_value(group, terms.LOOSE_GROUPS, _text(group, "name"))

    def _meaning_of(self, found: Row) -> SetMeaning:
        names = [str(found.get(key)) for key in ("id", "code", "name")]
        known = self.meaning.group_sets
        return next((known[name] for name in names if name in known), SetMeaning())

    def _is_group(self, group: Row) -> bool:
        own = self.given[group["id"]]
        return group["id"] in self.group_types or own.get(terms.KIND) == "Group"

    def _read_value(
        self, found: Row, group: Row, field: str, meaning: SetMeaning, *, is_own: bool
    ) -> None:
        """Give the units of a group the value that it stands for."""
        name = _text(group, "name")
        value = self.given[group["id"]].get(terms.VALUE)
        if value is None:
            value = meaning.words.get(name) or _our_word(field, name)
        self._add_value(group, field, value)
        if not is_own:
            kept = self.kept_sets.setdefault(field, {**_named(found), "groups": {}})
            kept["groups"][value] = _named(group)

    def _add_value(self, group: Row, field: str, value: str) -> None:
        for number, uid in enumerate(self._units_of(group)):
            if uid not in self.by_uid:
                self._leave(terms.GROUPS, group, number, uid)
                continue
            self.values[uid].setdefault(field, []).append(value)

    def _units_of(self, group: Row) -> list[str]:
        """The ids of the units of a group."""
        found = self._objects(group, terms.UNITS)
        return [uid for one in found if (uid := _reference(one)) is not None]

    def _leave(self, name: str, group: Row, number: int, uid: str) -> None:
        place = f"{self.file}!{name}[{group['id']}].{terms.UNITS}[{number}]"
        self.left.append(LeftRow(place, say("dhis2_no_unit", value=uid)))

    # -- nodes -------------------------------------------------------------------------------------

    def nodes(self) -> list[Row]:
        """Return a row for each unit, and for each group that is a group of facilities."""
        units = [self._unit(number, unit) for number, unit in enumerate(self.units)]
        groups = [
            self._group(number, group)
            for number, group in enumerate(self.groups)
            if self._is_group(group)
        ]
        return [*units, *groups]

    def _unit(self, number: int, unit: Row) -> Row:
        uid = unit["id"]
        own = self.given[uid]
        self._note_odd_elements(unit)
        row: Row = {"id": self._id(uid), "kind": self.kinds[uid], "name": unit.get("name")}
        row |= {field: "|".join(values) for field, values in self.values[uid].items()}
        row |= self._days(unit)
        row |= self._point(unit)
        row |= self._outlined(unit)
        row |= _translated(unit)
        row |= self._above(unit)
        self.unread.update(key for key in unit if key not in _READ and unit[key] not in ([], {}))
        if terms.KIND not in own:
            row |= self._of_another(number, unit, row)
        return {**row, **self._by_attributes(own), **_uid_of_another(uid, row["id"])}

    def _outlined(self, unit: Row) -> Row:
        """The boundary of an area and a point inside it; of one of ours attributes say both."""
        if terms.KIND in self.given[unit["id"]] or not has_outline(unit):
            return {}
        shape = outline_of(unit)
        if shape is None or self.kinds[unit["id"]] != "Area":
            self.unread["geometry"] += 1
            return {}
        self.outlines[unit["id"]] = shape
        return geojson.placed(shape)

    def _days(self, unit: Row) -> Row:
        days = {
            "valid_from": _day(unit.get("openingDate")),
            "valid_to": _day(unit.get("closedDate")),
        }
        if days["valid_from"] == terms.NO_DAY:
            self.fillers += 1
            days["valid_from"] = None
        return {name: day for name, day in days.items() if day is not None}

    def _above(self, unit: Row) -> Row:
        """What the tree says of a unit: the area of a facility, the area above an area."""
        above = self._parent(unit)
        if self.kinds[unit["id"]] == "Area":
            missing = _reference(unit.get("parent")) if above is None else None
            return {"parent": self._id(above["id"])} if above else _stated("parent", missing)
        is_foreign = terms.KIND not in self.given[unit["id"]]
        seen: set[str] = set()
        while above is not None and self.kinds[above["id"]] != "Area" and is_foreign:
            if above["id"] in seen:
                return {}
            seen.add(above["id"])
            above = self._parent(above)
        is_area = above is not None and self.kinds[above["id"]] == "Area"
        return {"area": self._id(above["id"])} if above is not None and is_area else {}

    def _of_another(self, number: int, unit: Row, row: Row) -> Row:
        """What is read of a unit that is none of ours."""
        depth = self.depths[unit["id"]]
        more = {
            "origin": self._origin(terms.UNITS, number),
            terms.CODE_FIELD: unit.get("code"),
            terms.LEVEL_FIELD: self.level_names.get(depth, {}).get("name"),
        }
        if unit.get("shortName") != row["name"]:
            more["short_name"] = unit.get("shortName")
        if row["kind"] == "Area":
            more["level"] = self.area_levels.get(depth)
        return {name: value for name, value in more.items() if value is not None}

    def _group(self, number: int, group: Row) -> Row:
        own = self.given[group["id"]]
        row: Row = {"id": self._id(group["id"]), "kind": "Group", "name": group.get("name")}
        if terms.KIND not in own:
            row["type"] = self.group_types.get(group["id"])
            row["origin"] = self._origin(terms.GROUPS, number)
            row |= _stated(terms.CODE_FIELD, group.get("code"))
        return {**row, **self._by_attributes(own), **_uid_of_another(group["id"], row["id"])}

    def _by_attributes(self, given: Mapping[str, str]) -> Row:
        """What attribute values say of a node, by our names."""
        row: Row = {}
        for name, text in given.items():
            if name in (terms.KIND, terms.LEAD, terms.SERVES, terms.VALUE, f"{terms.OWN}id"):
                continue
            if not name.startswith(terms.OWN) and PERSON_TITLE.fullmatch(fold(name)):
                self.unread[name] += 1
                continue
            field = self._field_of(name)
            read = _READERS.get(schema.field_types().get(field, ""), str)
            try:
                row[field] = read(text)
            except (KeyError, ValueError):
                row[field] = text  # which is then told as no value of the field
        return row

    def _field_of(self, name: str) -> str:
        if name.startswith(terms.LIKE_OURS):
            return f"{FREE}{name.removeprefix(terms.LIKE_OURS)}"
        if name.startswith(terms.FREE):
            return name.removeprefix(terms.FREE)
        if name.startswith(terms.OWN):
            return name.removeprefix(terms.OWN)
        return self.meaning.attributes.get(name) or _free_name(name)

    # -- links -------------------------------------------------------------------------------------

    def links(self) -> list[Row]:
        """Return a row for each facility in another, and for each member, lead and area served."""
        return [*self._parts(), *self._memberships(), *self._served(), *self._borders()]

    def _borders(self) -> Iterator[Row]:
        """The borders between areas of one level, of which outlines are given."""
        by_level: defaultdict[int, list[str]] = defaultdict(list)
        for uid in self.outlines:
            by_level[self.depths[uid]].append(uid)
        for uids in by_level.values():
            nodes = [{"id": self._id(uid)} for uid in uids]
            yield from geojson.borders(nodes, [self.outlines[uid] for uid in uids], self.file)

    def _parts(self) -> Iterator[Row]:
        for number, unit in enumerate(self.units):
            above = self._parent(unit)
            if above is None or {self.kinds[unit["id"]], self.kinds[above["id"]]} != {"Facility"}:
                continue
            yield self._link(unit, "PART_OF", self._id(above["id"]), number)

    def _link(self, unit: Row, relation: str, target: str, number: int) -> Row:
        link = {"source": self._id(unit["id"]), "relation": relation, "target": target}
        if terms.KIND not in self.given[unit["id"]]:
            link["origin"] = self._origin(terms.UNITS, number)
        return link

    def _memberships(self) -> Iterator[Row]:
        for number, group in enumerate(self.groups):
            if not self._is_group(group):
                continue
            own = self.given[group["id"]]
            leads = _texts(own.get(terms.LEAD))
            ends = {"target": self._id(group["id"])}
            if terms.KIND not in own:
                ends["origin"] = self._origin(terms.GROUPS, number)
            for place, uid in enumerate(self._units_of(group)):
                if self.kinds.get(uid) != "Facility":
                    self._leave(terms.GROUPS, group, place, uid)
                    continue
                relation = "LEADS" if self._id(uid) in leads else "MEMBER_OF"
                yield {"source": self._id(uid), "relation": relation, **ends}

    def _served(self) -> Iterator[Row]:
        for number, unit in enumerate(self.units):
            for area in _texts(self.given[unit["id"]].get(terms.SERVES)):
                yield self._link(unit, "SERVES", area, number)

    # -- what is told ------------------------------------------------------------------------------

    def leave_others(self, data: Mapping[str, Any]) -> None:
        """Note every object of the lists that are nothing here: data elements, users, and so on."""
        known = {*terms.LISTS, terms.SYSTEM}
        for name, found in data.items():
            if name in known or not isinstance(found, list):
                continue
            reason = say("dhis2_other", list=name)
            self.left += [
                LeftRow(f"{self.file}!{name}[{number}]", reason) for number in range(len(found))
            ]

    def statements(self, system: Any) -> dict[str, str]:
        """Return what is stated of the whole: by us, by the mapping, and by the export itself."""
        stated: dict[str, str] = {}
        if isinstance(system, dict) and (day := _day(system.get("date"))):
            stated["data_day"] = day
        for found in self.sets:
            stated |= _object(self._given(found).get(terms.META))
        if self.kept_sets:
            stated[terms.KEPT_SETS] = json.dumps(self.kept_sets, ensure_ascii=False)
        is_foreign = any(terms.KIND not in self.given[unit["id"]] for unit in self.units)
        levels = {str(number): _named(row) for number, row in self.level_names.items()}
        if is_foreign and levels:
            stated[terms.KEPT_LEVELS] = json.dumps(levels, ensure_ascii=False)
        return stated | dict(self.meaning.meta)

    def notes(self) -> list[Problem]:
        """Return what was taken for what, and what was not read."""
        found = []
        if self._deepest():
            levels = [
                f"{self.level_names.get(number, {}).get('name', number)} = {level}"
                for number, level in sorted(self.area_levels.items())
            ]
            listed = say("list_comma").join(levels)
            found.append(problem("I260", self.file, str(self.facility_level), levels=listed or "-"))
        if self.fillers:
            found.append(problem("I261", self.file, terms.NO_DAY, count=self.fillers))
        found += dict.fromkeys(self.odd)
        if unnamed := {uid: count for uid, count in self.unnamed.items() if count}:
            counts = [f"{uid} ({count})" for uid, count in sorted(unnamed.items())]
            found.append(problem("W262", self.file, say("list_comma").join(counts)))
        if self.unread:
            counts = [f"{name} ({count})" for name, count in sorted(self.unread.items())]
            found.append(problem("I262", self.file, say("list_comma").join(counts)))
        return found


# -- values of other people's JSON -----------------------------------------------------------------


def _dicts(found: Any) -> list[Row]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _reference(found: Any) -> str | None:
    """The id that a reference names; None where it is none."""
    uid = found.get("id") if isinstance(found, dict) else None
    return uid if isinstance(uid, str) else None


def _references(found: Any) -> list[str]:
    return [uid for one in _dicts(found) if (uid := _reference(one)) is not None]


def _text(found: Row, key: str) -> str:
    return str(found.get(key) or found["id"])


def _named(found: Row) -> Row:
    return {key: str(found[key]) for key in ("id", "name", "code") if found.get(key)}


def _stated(name: str, value: Any) -> Row:
    return {} if value is None else {name: value}


def _uid_of_another(uid: str, id: str) -> Row:
    """The id of DHIS2 beside one of ours, where it is not the one that we would make."""
    return {} if uid in (id, terms.uid_of(id)) else {terms.UID_FIELD: uid}


def _day(found: Any) -> str | None:
    """The day of a moment; None where there is none, any other text as it is, to be told."""
    if not found:
        return None
    text = str(found)[:10]
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        return str(found)


def _texts(found: str | None) -> list[str]:
    """The texts of a list in JSON; none where it is no list."""
    try:
        listed = json.loads(found or "[]")
    except ValueError:
        return []
    return [str(one) for one in listed] if isinstance(listed, list) else []


def _object(found: str | None) -> dict[str, str]:
    try:
        stated = json.loads(found or "{}")
    except ValueError:
        return {}
    if not isinstance(stated, dict):
        return {}
    return {str(key): str(value) for key, value in stated.items()}


def _translated(unit: Row) -> Row:
    """The name in English beside one in another language; a Chinese one becomes the name."""
    names = {
        str(one.get("locale", ""))[:2]: one.get("value")
        for one in _dicts(unit.get("translations"))
        if one.get("property") == "NAME" and one.get("value")
    }
    row: Row = {}
    if "en" in names:
        row["name_en"] = names["en"]
    if "zh" in names:
        row |= {"name": names["zh"], "name_en": names.get("en", unit.get("name"))}
    return row


def _free_name(name: str) -> str:
    """The name of a free attribute: one that is called as a column of ours is gets `attr:`."""
    tables: Iterable[schema.Table] = (schema.FACILITIES, schema.AREAS, schema.GROUPS)
    taken = any(fold(name) in schema.headers(table.name) for table in tables)
    return f"{FREE}{name}" if taken or name in single_file.REQUIRED["nodes"] else name


def _our_word(field: str, text: str) -> str:
    """Our word for a text of a field that has a vocabulary; any other text as it is."""
    vocabulary = field_vocabulary(field)
    return (word(vocabulary, text) if vocabulary else None) or text
