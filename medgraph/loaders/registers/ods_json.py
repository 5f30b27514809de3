"""Read the records of NHS ODS as its interface gives them (ORD, JSON).

A list of one may be an object. Of the two kinds of days the operational ones count here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.loaders.loaded import LeftRow
from medgraph.loaders.parsers import parsing
from medgraph.loaders.registers import ods_terms as terms
from medgraph.loaders.registers.ods_terms import Organisation, Relation, Succession
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Row = dict[str, Any]

_OPERATIONAL, _LEGAL = "Operational", "Legal"
_READ = {
    *("Name", "Date", "OrgId", "Status", "LastChangeDate", "orgRecordClass", "GeoLoc", "Roles"),
    *("Rels", "Succs", "PrimaryRoleId", "PostCode", "OrgRecordClass", "refOnly"),
}
_ADDRESS = ("AddrLn1", "AddrLn2", "AddrLn3", "Town", "County", "Country")


def read_records(path: Path) -> tuple[list[Organisation], list[LeftRow]]:
    """Return the organisations of a file, and what in it is none."""
    found, left = [], []
    for place, record in _records(path):
        one = _organisation(record, path.name, place)
        if one is None:
            left.append(LeftRow(f"{path.name}!{place}", say("ods_no_organisation")))
        else:
            found.append(one)
    return found, left


def _records(path: Path) -> Iterator[tuple[str, Any]]:
    """Each record with its place: of one object, a list, or a line each."""
    with parsing("not_json", path):
        text = path.read_text(encoding="utf-8-sig")
        try:
            data = json.loads(text)
        except ValueError:
            data = [json.loads(line) for line in text.splitlines() if line.strip()]
    if isinstance(data, dict) and "Organisations" in data:
        data = data["Organisations"]
    for number, record in enumerate(_many(data)):
        inner = record.get("Organisation", record) if isinstance(record, dict) else record
        if not isinstance(inner, dict):
            raise SourceError(say("not_ods", path=path, place=f"[{number}]"))
        yield f"[{number}]", inner


def _many(found: Any) -> list[Any]:
    """A list as it is, one thing as a list of it, nothing as none."""
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _inside(found: Any, outer: str, inner: str) -> list[Row]:
    """The objects of a list within a list: `Roles.Role`, `Rels.Rel`, `Succs.Succ`."""
    listed = [one.get(inner) for one in _many(_member(found, outer)) if isinstance(one, dict)]
    return [row for one in listed for row in _many(one) if isinstance(row, dict)]


def _member(found: Any, key: str) -> Any:
    return found.get(key) if isinstance(found, dict) else None


def _code(found: Any) -> str | None:
    """The code of an organisation: `OrgId.extension`, or `OrgId` itself in a short list."""
    org = _member(found, "OrgId")
    code = _member(org, "extension") if isinstance(org, dict) else org
    return str(code) if isinstance(code, str | int) and not isinstance(code, bool) else None


def _days(found: Any, kind: str) -> tuple[str | None, str | None]:
    """The first and the last day of a kind; None where they are open."""
    for one in _many(_member(found, "Date")):
        if _member(one, "Type") == kind:
            return _text(_member(one, "Start")), _text(_member(one, "End"))
    return None, None


def _span(found: Any) -> tuple[str | None, str | None]:
    """The operational days of a thing, else the legal ones."""
    operational = _days(found, _OPERATIONAL)
    return operational if any(operational) else _days(found, _LEGAL)


def _text(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


def _organisation(record: Row, file: str, place: str) -> Organisation | None:
    code = _code(record)
    if code is None:
        return None
    roles = _inside(record, "Roles", "Role")
    primary = next((str(role.get("id")) for role in roles if role.get("primaryRole")), "")
    primary = primary or str(record.get("PrimaryRoleId") or "")
    kind = terms.kind_of_role(primary)
    start, end = _days(record, _OPERATIONAL)
    fields: dict[str, str | None] = {
        "name": _text(record.get("Name")),
        "type": _type(kind, [str(role.get("id")) for role in roles]),
        "status": _status(record, end) if kind == "Facility" else None,
        "valid_from": start,
        "valid_to": end,
        "ods_role": primary or None,
        "ods_roles": "|".join(_role_text(role) for role in roles) or None,
        "ods_class": _text(record.get("orgRecordClass") or record.get("OrgRecordClass")),
        "ods_changed": _text(record.get("LastChangeDate")),
        **dict(zip(("legal_from", "legal_to"), _days(record, _LEGAL), strict=True)),
        **_address(record),
    }
    return Organisation(
        code,
        kind,
        {name: value for name, value in fields.items() if value is not None},
        file,
        place,
        tuple(_relations(record, place)),
        tuple(_successions(record, code, file, place)),
        {
            key: 1
            for key, value in record.items()
            if key not in _READ and value not in ([], {}, None)
        },
        odd_status=_odd_status(record),
    )


def _type(kind: str, roles: list[str]) -> str | None:
    """What an organisation is by its roles; of most, no role says what we ask."""
    if kind == "Group":
        return terms.NETWORK_TYPE
    is_practice = kind == "Facility" and terms.PRACTICE_ROLE in roles
    return terms.PRACTICE_TYPE if is_practice else None


def _status(record: Row, end: str | None) -> str | None:
    """Open where it is active; closed where it is not and no last day says since when."""
    said = str(record.get("Status")).lower()
    if said == "active":
        return "open"
    return "closed" if end is None and said == "inactive" else None


def _odd_status(record: Row) -> str:
    """A status that ODS does not have; empty where there is none."""
    said = record.get("Status")
    return "" if said is None or str(said).lower() in ("active", "inactive") else str(said)


def _role_text(role: Row) -> str:
    start, end = _span(role)
    return f"{role.get('id')} {start or ''}/{end or ''}"


def _address(record: Row) -> dict[str, str | None]:
    location = _member(record.get("GeoLoc"), "Location")
    lines = [str(location[key]) for key in _ADDRESS if _member(location, key)] if location else []
    postcode = _member(location, "PostCode") or record.get("PostCode")
    return {
        "address": ", ".join(lines) or None,
        "postcode": _text(postcode),
        "uprn": _text(_member(location, "UPRN")),
    }


def _relations(record: Row, place: str) -> Iterator[Relation]:
    for number, found in enumerate(_inside(record, "Rels", "Rel")):
        start, end = _span(found)
        yield Relation(
            str(found.get("id")),
            _code(found.get("Target")) or "",
            f"{place}.Rels[{number}]",
            start,
            end,
            is_active=str(found.get("Status", "Active")).lower() == "active",
        )


def _successions(record: Row, code: str, file: str, place: str) -> Iterator[Succession]:
    for number, found in enumerate(_inside(record, "Succs", "Succ")):
        other = _code(found.get("Target")) or ""
        legal, operational = _days(found, _LEGAL)[0], _days(found, _OPERATIONAL)[0]
        type_ = str(found.get("Type"))
        old, new = (code, other) if type_.lower() == "successor" else (other, code)
        odd = "" if type_.lower() in ("successor", "predecessor") else type_
        yield Succession(old, new, legal or operational, file, f"{place}.Succs[{number}]", odd)
