"""Write a network as resources of FHIR R4: native elements where there are any, else an extension.

What an element of FHIR says exactly is said by it alone, so that a change at a server is read back.
All else is in one extension of each resource, with a sub-extension named like the column.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from medgraph.graphmodel.canonical import edge_ids, present
from medgraph.graphmodel.outline import outline_of
from medgraph.loaders.fhir import terms
from medgraph.loaders.fhir.node_rows import LIST, TOLD, status_told
from medgraph.words.vocabularies import SPECIALTIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.fhir.losses import LossCount
    from medgraph.loaders.fhir.node_rows import Row
    from medgraph.loaders.fhir.resources import Resource
    from medgraph.loaders.fhir.shapes import Shape

LIST_ID = "medgraph"
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_MADE = re.compile(r"mg-[0-9a-f]{40}")
_CODE = re.compile(r"[!-~]+")
_SYSTEM = re.compile(r"[!-~]*:[!-~]*")
_ENDPOINT = re.compile(r"([!-~]+) (\S+)(?: (\S.*))?")
_TRUE_POINTS = ("WGS-84", "CGCS2000")
_INTEGERS = 2**31  # beyond, FHIR has decimals alone
_AT_SERVER = re.compile(r"fhir:[^ ]*#[^ ]*(?: < )?")
_PAIRED = {"Facility": terms.FACILITY, "Area": terms.JURISDICTION}
_ROWS_AT_ONCE = 10_000


def fhir_id(id_: str) -> str:
    """Return the id of a resource for that of a node: the same, or one that is made of it.

    >>> fhir_id("TZ-H01"), fhir_id("a b")[:9]
    ('TZ-H01', 'mg-c8687a')
    """
    is_own = _ID.fullmatch(id_) and not _MADE.fullmatch(id_) and id_ != LIST_ID
    return id_ if is_own else made_id(id_)


def made_id(*parts: str) -> str:
    """Return the id of a resource that stands for these parts."""
    return "mg-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]


class Writing:
    """A network on its way into resources; `losses` counts what they cannot say."""

    def __init__(self, net: MedicalNetwork, shape: Shape, losses: LossCount) -> None:
        self.net, self.shape, self.losses = net, shape, losses
        self.today = net.data_day or datetime.date.today()
        nodes, links = net.tables
        self.ids = {id_: fhir_id(id_) for id_ in nodes["id"].to_pylist()}
        self.kinds = dict(zip(nodes["id"].to_pylist(), nodes["kind"].to_pylist(), strict=True))
        self.links = [_own_origin(present(row)) for row in links.to_pylist()]
        self.link_ids = edge_ids(links).to_pylist()
        self._mirror()

    def _mirror(self) -> None:
        """Look what elements of FHIR say beside affiliations: `partOf` and `coverageArea`."""
        self.parents: dict[str, list[str]] = {}
        self.covered: dict[str, list[str]] = {}
        plain: Counter[tuple[str, str]] = Counter()
        for row in self.links:
            if self._holds(row) and (pair := self._inner_and_outer(row)):
                self.parents.setdefault(pair[0], []).append(pair[1])
            if row["relation"] == "SERVES":
                plain[row["source"], row["target"]] += 1
                if self._holds(row):
                    self.covered.setdefault(row["source"], []).append(row["target"])
        self.once = {pair for pair, count in plain.items() if count == 1}

    def _inner_and_outer(self, row: Row) -> tuple[str, str] | None:
        source, target = row["source"], row["target"]
        if row["relation"] == "PART_OF" and self.kinds[source] == self.kinds[target]:
            return source, target
        if row["relation"] in ("HOSTS_CENTRE", "HOSTS_DEPARTMENT"):
            return target, source
        if row["relation"] == "GOVERNS" and self.shape.by_network:
            is_payer = self.kinds[source] == "Authority" and self.kinds[target] == "Group"
            return (target, source) if is_payer else None
        return None

    def _holds(self, row: Row) -> bool:
        first, last = row.get("valid_from"), row.get("valid_to")
        return (first is None or first <= self.today) and (last is None or last >= self.today)

    # -- all resources -----------------------------------------------------------------------------

    def resources(self) -> Iterator[Resource]:
        """Yield every resource, those first to which others refer."""
        self.written: list[str] = []
        for make in (self._endpoints, self._organization, self._location, self._services):
            for row in self._rows():
                for resource in make(row):
                    self.written.append(f"{resource['resourceType']}/{resource['id']}")
                    yield resource
        for row, id_ in zip(self.links, self.link_ids, strict=True):
            if not self._is_said_by_service(row):
                resource = self._affiliation(row, id_)
                self.written.append(f"OrganizationAffiliation/{resource['id']}")
                yield resource
        yield self._list()

    def _rows(self) -> Iterator[Row]:
        for batch in self.net.tables[0].to_batches(max_chunksize=_ROWS_AT_ONCE):
            for row in batch.to_pylist():
                yield _own_origin(present(row))

    # -- nodes -------------------------------------------------------------------------------------

    def _organization(self, given: Row) -> Iterator[Resource]:
        row = dict(given)
        id_, kind = row.pop("id"), row.pop("kind")
        identifiers = self._identifiers(id_, row)
        own: list[Resource] = []
        made: Resource = {"resourceType": "Organization", "id": self.ids[id_], "extension": own}
        made |= {"identifier": identifiers} if identifiers else {}
        made["active"] = self._is_active(row)
        made["type"] = self._types(kind, row)
        made |= _names(row)
        parents = self.parents.get(id_, [])
        if len(parents) == 1 and parents[0] != id_:
            made["partOf"] = self._reference("Organization", parents[0])
        if _endpoints_of(row):
            made["endpoint"] = [
                {"reference": f"Endpoint/{endpoint['id']}"} for endpoint in self._endpoints(given)
            ]
            del row["endpoints"]
        if self.shape.wants_address:
            made["address"] = [_address(row)]
        told = status_told(made, self._status(kind, row))
        row = self._without_location(id_, kind, row)
        row = _without_services(kind, row)
        own += _period(row)
        own.append(_extension(terms.NODE, row, **{TOLD: told}))
        yield made

    def _identifiers(self, id_: str, row: Row) -> list[Resource]:
        """The identifiers of a node, taken out of its row."""
        found = []
        if self.ids[id_] != id_:
            found.append({"system": terms.ID, "value": id_})
        for name, system in terms.IDENTIFIER_SYSTEMS.items():
            if name in row:
                number = {"system": system, "value": row.pop(name)}
                found.append(number)
        listed = _items(row.get("identifiers"))
        is_each_once = len(set(listed)) == len(listed)
        if listed and is_each_once and not any(_is_ours(item) for item in listed):
            del row["identifiers"]
            found += [_identifier(item) for item in listed]
        return found

    def _types(self, kind: str, row: Row) -> list[Resource]:
        """The kind of a node and its types, taken out of its row where they can be codes."""
        concepts = [_concept(terms.KIND, kind)]
        if kind in _PAIRED:
            concepts.append(_concept(terms.MCSD, _PAIRED[kind]))
        if self.shape.by_network and kind in ("Group", "Facility"):
            concepts.append(_concept(terms.PLAN_NET, "ntwk" if kind == "Group" else "fac"))
        for name, system in terms.TYPE_SYSTEMS.items():
            if name in row and _CODE.fullmatch(row[name]):
                concepts.append(_concept(system, row.pop(name)))
        return concepts

    def _is_active(self, row: Row) -> bool:
        is_at_work = terms.STATUSES.get(row.get("status", "open"), ("", True))[1]
        active = is_at_work and self._holds(row)
        if self.shape.can_end or (active and row.get("status") != "suspended"):
            return active
        self.losses.add("fhir_lost_ended")
        return True

    def _status(self, kind: str, row: Row) -> Resource:
        """The status of the location of a node, where it has one."""
        if kind not in _PAIRED:
            return {}
        if not self.shape.can_end:
            return {"status": "active"}
        said = terms.STATUSES.get(row.get("status", ""), ("active",))[0]
        return {"status": said if self._holds(row) else "inactive"}

    def _without_location(self, id_: str, kind: str, row: Row) -> Row:
        """A row without what its location says."""
        if kind not in _PAIRED:
            return row
        row = dict(row)
        if self._has_position(row):
            del row["lon"], row["lat"]
            if row["crs"] == _TRUE_POINTS[0]:
                del row["crs"]
        elif "lon" in row or "lat" in row:
            self.losses.add("fhir_lost_point", crs=row.get("crs", "?"))
        if _has_outline(row):
            del row["boundary"]
        if self._around(id_, kind, row):
            del row["parent" if kind == "Area" else "area"]
        return row

    def _has_position(self, row: Row) -> bool:
        return "lon" in row and "lat" in row and row.get("crs") in _TRUE_POINTS

    def _around(self, id_: str, kind: str, row: Row) -> str | None:
        """The area that the location of a node is in, where it is one of this network."""
        around: str | None = row.get("parent" if kind == "Area" else "area")
        return around if around and around != id_ and self.kinds.get(around) == "Area" else None

    def _location(self, row: Row) -> Iterator[Resource]:
        id_, kind = row["id"], row["kind"]
        if kind not in _PAIRED:
            return
        is_area = kind == "Area"
        role = terms.ROLE_CODES.get(row.get("type", ""), terms.OTHER_ROLE_CODE)
        made: Resource = {
            "resourceType": "Location",
            "id": self.ids[id_],
            **self._status(kind, row),
            "name": row["name"],
            **({"mode": "instance"} if self.shape.has_mode else {}),
            "type": [
                _concept(terms.MCSD, _PAIRED[kind]),
                _concept(terms.KIND, kind) if is_area else _concept(terms.ROLE_CODE, role),
            ],
            "physicalType": _concept(terms.PHYSICAL_TYPE, "jdn" if is_area else "si"),
            "managingOrganization": self._reference("Organization", id_),
        }
        if self._has_position(row):
            made["position"] = {"longitude": row["lon"], "latitude": row["lat"]}
        if is_area and _has_outline(row):
            made["extension"] = [_outline(row["boundary"])]
        if around := self._around(id_, kind, row):
            made["partOf"] = self._reference("Location", around)
        yield made

    def _endpoints(self, row: Row) -> Iterator[Resource]:
        for number, (type_, address, name) in enumerate(_endpoints_of(row)):
            is_known = type_ in terms.CONNECTION_TYPES
            system = terms.CONNECTION_TYPE if is_known else terms.ENDPOINT_TYPE
            yield {
                "resourceType": "Endpoint",
                "id": made_id("endpoint", row["id"], str(number)),
                "status": "active",
                "connectionType": {"system": system, "code": type_},
                **({"name": name} if name else {}),
                "payloadType": [_concept(terms.PAYLOAD_TYPE, "any")],
                "address": address,
            }

    # -- services ----------------------------------------------------------------------------------

    def _services(self, row: Row) -> Iterator[Resource]:
        id_, kind = row["id"], row["kind"]
        if kind == "SharedCentre":
            yield self._service(id_, kind, "centre", row["name"])
        if kind != "Facility":
            return
        for name in ("specialties", "services"):
            for number, item in enumerate(_items(row.get(name))):
                service = self._service(id_, kind, name, item, number)
                if name == "specialties":
                    service["specialty"] = [_specialty(item)]
                service["extension"] = [{"url": terms.PLACE, "valueInteger": number}]
                yield service
        if areas := self.covered.get(id_):
            service = self._service(id_, kind, "catchment", row["name"])
            covered = [self._reference("Location", area) for area in sorted(set(areas))]
            yield {**service, "coverageArea": covered}

    def _service(
        self, id_: str, kind: str, what: str, name: str, number: int | None = None
    ) -> Resource:
        parts = () if number is None else (str(number),)
        concept = {**_concept(terms.SERVICE, what), "text": name}
        return {
            "resourceType": "HealthcareService",
            "id": made_id(what, id_, *parts),
            "active": True,
            "providedBy": self._reference("Organization", id_),
            "category": [_concept(terms.SERVICE, what)],
            "type": [concept],
            "name": name,
            **({"location": [self._reference("Location", id_)]} if kind in _PAIRED else {}),
        }

    def _is_said_by_service(self, row: Row) -> bool:
        """Whether `coverageArea` of a service says all there is of a link."""
        is_bare = len(row) == 3 and row["relation"] == "SERVES"
        return is_bare and (row["source"], row["target"]) in self.once

    # -- links -------------------------------------------------------------------------------------

    def _affiliation(self, given: Row, id_: str) -> Resource:
        row = dict(given)
        source, relation, target = (row.pop(name) for name in ("source", "relation", "target"))
        if row.pop("person", None) is not None:
            self.losses.add("fhir_lost_person")
        active = self._holds(row)
        if not active and not self.shape.can_end:
            self.losses.add("fhir_lost_ended")
            active = True
        is_member = relation == "MEMBER_OF"
        end: Resource = {"organization": self._reference("Organization", target)}
        if is_member and self.shape.by_network:
            end = {"network": [end["organization"]]}
        made: Resource = {
            "resourceType": "OrganizationAffiliation",
            "id": made_id("link", id_),
            "active": active,
            **_period_of(row),
            **end,
            "participatingOrganization": self._reference("Organization", source),
            "code": [
                *([_concept(terms.ROLE, "member")] if is_member else []),
                _concept(terms.RELATION, relation),
            ],
        }
        if row.get("specialty") in SPECIALTIES:
            made["specialty"] = [_concept(terms.SPECIALTY, row.pop("specialty"))]
        if relation in ("HOSTS_CENTRE", "USES_CENTRE"):
            service = f"HealthcareService/{made_id('centre', target)}"
            made["healthcareService"] = [{"reference": service}]
        if row:
            made["extension"] = [_extension(terms.LINK, row)]
        return made

    # -- the whole ---------------------------------------------------------------------------------

    def _list(self) -> Resource:
        """What is stated of the whole, with the day of the data, and all resources."""
        stated: Row = dict(self.net.meta)
        day = self.net.data_day
        is_stated = day is not None and stated.get("data_day") == day.isoformat()
        if is_stated:
            del stated["data_day"]
        told = "stated" if is_stated else "unstated"
        made: Resource = {
            "resourceType": "List",
            "id": LIST_ID,
            "extension": [_extension(terms.META, stated, **{"day!": told})],
            "status": "current",
            "mode": "snapshot",
            "title": self.net.meta.get("title") or "medgraph",
            "date": self.today.isoformat(),
        }
        entries = [{"item": {"reference": name}} for name in sorted(self.written)]
        return made | ({"entry": entries} if entries else {})

    def _reference(self, type_: str, id_: str) -> Resource:
        return {"reference": f"{type_}/{self.ids[id_]}"}


# -- pieces ----------------------------------------------------------------------------------------


def _concept(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def _specialty(item: str) -> Resource:
    known = _concept(terms.SPECIALTY, item) if item in SPECIALTIES else {}
    return {**known, "text": item}


def _extension(url: str, row: Row, **told: str) -> Resource:
    """One extension with a sub-extension for each column."""
    listed = [{"url": name, "valueString": value} for name, value in told.items()]
    listed += [
        {"url": quote(name, safe=""), **_typed(value)} for name, value in sorted(row.items())
    ]
    return {"url": url, "extension": listed}


def _typed(value: Any) -> Resource:
    """A value under the name of its type."""
    match value:
        case bool():
            return {"valueBoolean": value}
        case int() if -_INTEGERS <= value < _INTEGERS:
            return {"valueInteger": value}
        case int() | float():
            return {"valueDecimal": value}
        case datetime.date():
            return {"valueDate": value.isoformat()}
    return {"valueString": value}


def _own_origin(row: Row) -> Row:
    """A row whose origin no longer names the server that it was read from."""
    if "origin" not in row:
        return row
    said = _AT_SERVER.sub("", row["origin"], count=1)
    rest = {name: value for name, value in row.items() if name != "origin"}
    return rest | ({"origin": said} if said else {})


def _items(listed: str | None) -> list[str]:
    """The items of a list that elements can hold one by one; none where one of them cannot."""
    items = listed.split(LIST) if listed else []
    return items if all(item and item == item.strip() for item in items) else []


def _is_ours(item: str) -> bool:
    return item.startswith(terms.BASE)


def _identifier(item: str) -> Resource:
    system, blank, value = item.partition(" ")
    if blank and _SYSTEM.fullmatch(system) and value == value.strip():
        return {"system": system, "value": value}
    return {"value": item}


def _has_outline(row: Row) -> bool:
    return outline_of(row.get("boundary")) is not None


def _outline(boundary: str) -> Resource:
    """The boundary of a location, as mCSD has it: GeoJSON in an attachment."""
    content = base64.b64encode(boundary.encode("utf-8")).decode("ascii")
    attachment = {"contentType": "application/geo+json", "data": content}
    return {"url": terms.BOUNDARY, "valueAttachment": attachment}


def _names(row: Row) -> Resource:
    """Name, other names and the English one, taken out of a row."""
    made: Resource = {"name": row.pop("name")}
    aliases = _items(row.get("aliases"))
    if aliases:
        del row["aliases"]
    if "short_name" in row:  # which of them it is, the extension says
        aliases = [*aliases, row["short_name"]]
    if aliases:
        made["alias"] = aliases
    if "name_en" in row:
        content = {"url": "content", "valueString": row.pop("name_en")}
        language = {"url": "lang", "valueCode": "en"}
        made["_name"] = {
            "extension": [{"url": terms.TRANSLATION, "extension": [language, content]}]
        }
    return made


def _address(row: Row) -> Resource:
    if "address" in row:
        return {"text": row["address"]}
    return {"extension": [{"url": terms.ABSENT, "valueCode": "unknown"}]}


def _endpoints_of(row: Row) -> list[tuple[str, str, str | None]]:
    """The endpoints of a row that can be resources: all, or none."""
    items = _items(row.get("endpoints"))
    found = [_ENDPOINT.fullmatch(item) for item in items]
    if len(set(items)) < len(items) or None in found:
        return []
    return [(one[1], one[2], one[3]) for one in found if one]


def _without_services(kind: str, row: Row) -> Row:
    """A row without the lists that services say."""
    said = [name for name in ("specialties", "services") if _items(row.get(name))]
    return {name: value for name, value in row.items() if kind != "Facility" or name not in said}


def _period_of(row: Row) -> Resource:
    """The days of a row as a period, taken out of it where FHIR allows them."""
    first, last = row.get("valid_from"), row.get("valid_to")
    if first and last and first > last:
        return {}
    days = {"start": row.pop("valid_from", None), "end": row.pop("valid_to", None)}
    stated = {name: at.isoformat() for name, at in days.items() if at}
    return {"period": stated} if stated else {}


def _period(row: Row) -> list[Resource]:
    stated = _period_of(row)
    return [{"url": terms.PERIOD, "valuePeriod": stated["period"]}] if stated else []
