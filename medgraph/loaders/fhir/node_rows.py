"""Read nodes: an organization and its location as one row, whoever wrote them."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from medgraph.graphmodel.outline import outline_of
from medgraph.loaders.fhir import terms
from medgraph.loaders.fhir.elements import (
    codings,
    concept_text,
    day,
    extension,
    extension_value,
    flag,
    number,
    part,
    parts,
    text,
    texts,
)
from medgraph.words.say import problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from medgraph.loaders.fhir.elements import Element
    from medgraph.words.say import Problem

    Row = dict[str, Any]

TOLD = "told!"  # what an extension says was written where FHIR needs a value; no column is so named
LIST = "|"
_SHOWN = 40  # signs of what stands where a word should


def own_values(body: Element, url: str) -> Row | None:
    """Return the columns that our extension of a resource holds; None where there is none."""
    found = extension(body, url)
    if not found:
        return None
    values = ((text(one.get("url")), extension_value(one)) for one in parts(found, "extension"))
    return {
        TOLD if name == TOLD else unquote(name): value
        for name, value in values
        if name and isinstance(value, str | int | float)
    }


def own_id(body: Element) -> str | None:
    """Return the id that a resource had with us, where its own cannot be the same."""
    ids = (one for one in parts(body, "identifier") if one.get("system") == terms.ID)
    return next((said for one in ids if (said := text(one.get("value")))), None)


def node_row(
    kind: str, organization: Element, place: Element, *, is_exchange: bool, notes: NodeNotes
) -> Row:
    """Return the columns that an organization, a location or both state."""
    main = organization or place
    own = own_values(organization, terms.NODE)
    row: Row = {
        "kind": kind,
        "name": text(main.get("name")),
        **_other_names(main, own),
        **_identifiers(organization, place, notes),
        **_period(organization, notes),
        **_position(organization, place, notes),
        **(_boundary(place, notes) if kind == "Area" else {}),
    }
    if own is None:
        row |= _foreign(kind, organization, place, is_exchange=is_exchange, notes=notes)
    else:
        row |= dict(_own_types(organization))
    row |= _status(kind, organization, place, own, notes)
    return row | {
        name: value for name, value in (own or {}).items() if name not in (TOLD, "status")
    }


class NodeNotes:
    """What there is to say of the values of one node or link, at its `place`.

    It is `in_doubt` where what says whether it is there, or in use, could not be read.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.at("")

    def at(self, place: str) -> None:
        """Begin with what stands at this place."""
        self.place, self.in_doubt = place, False

    def read_word(self, body: Element, name: str, known: Collection[str]) -> str | None:
        """Return a coded element; of a word that FHIR does not have nothing, but a doubt."""
        said = text(body.get(name))
        if body.get(name) is None or said in known:
            return said
        self._doubt(name, body[name])
        return None

    def read_flag(self, body: Element, name: str) -> bool | None:
        """Return a truth value; of what is none nothing, but a doubt."""
        found = flag(body, name)
        if found is None and body.get(name) is not None:
            self._doubt(name, body[name])
        return found

    def _doubt(self, name: str, said: Any) -> None:
        self.say("W257", str(said)[:_SHOWN], element=name)
        self.in_doubt = True

    def say(self, code: str, value: str, **said: Any) -> None:
        """Note a problem at the place of now."""
        self.problems.append(problem(code, place=self.place, value=value, **said))


# -- elements that both shapes have ----------------------------------------------------------------


def _other_names(main: Element, own: Row | None) -> Row:
    aliases = texts(main, "alias")
    short = (own or {}).get("short_name")
    if short in aliases:
        aliases.reverse()
        aliases.remove(str(short))
        aliases.reverse()
    found: Row = {"aliases": LIST.join(aliases)} if aliases else {}
    for one in parts(part(main, "_name"), "extension"):
        if one.get("url") == terms.TRANSLATION:
            told = {text(sub.get("url")): extension_value(sub) for sub in parts(one, "extension")}
            if told.get("lang") == "en" and (said := text(told.get("content"))):
                found["name_en"] = said
    return found


def _identifiers(organization: Element, place: Element, notes: NodeNotes) -> Row:
    """Our codes by their systems; all others with their systems in one list."""
    found: Row = {}
    fields = {system: name for name, system in terms.IDENTIFIER_SYSTEMS.items()}
    listed: list[str] = []
    for one in (*parts(organization, "identifier"), *parts(place, "identifier")):
        system, value = text(one.get("system")), text(one.get("value"))
        if value is None or system == terms.ID:
            continue
        if not isinstance(one["value"], str):
            notes.say("W250", value)
        if system in fields:
            found[fields[system]] = value
        else:
            listed.append(f"{system} {value}" if system else value)
    if listed:
        found["identifiers"] = LIST.join(dict.fromkeys(listed))
    return found


def _period(organization: Element, notes: NodeNotes) -> Row:
    return period(part(extension(organization, terms.PERIOD), "valuePeriod"), notes)


def period(stated: Element, notes: NodeNotes) -> Row:
    """Return the first and last day of a period; what is no day is told and unknown."""
    found: Row = {}
    for name, key in (("valid_from", "start"), ("valid_to", "end")):
        if stated.get(key) is None:
            continue
        at = day(stated[key], last=key == "end")
        if at is None:
            notes.say("W253", str(stated[key]))
            notes.in_doubt = True
        else:
            found[name] = at
    return found


def _position(organization: Element, place: Element, notes: NodeNotes) -> Row:
    """The point of a location, else that of an address."""
    stated = part(place, "position")
    found = point(stated)
    if found is None and stated:
        notes.say("W256", ", ".join(f"{name} {value}" for name, value in stated.items()))
    if found is None:
        for address in parts(organization, "address"):
            told = extension(address, terms.GEOLOCATION)
            values = {
                text(one.get("url")): extension_value(one) for one in parts(told, "extension")
            }
            found = found or point(values)
    return {} if found is None else {"lon": found[0], "lat": found[1], "crs": "WGS-84"}


def _boundary(place: Element, notes: NodeNotes) -> Row:
    """The outline of an area, which an attachment holds as GeoJSON."""
    stated = extension(place, terms.BOUNDARY)
    if not stated:
        return {}
    try:
        data = text(part(stated, "valueAttachment").get("data")) or ""
        said = base64.b64decode(data, validate=True).decode("utf-8-sig")
    except ValueError:
        said = ""
    found = outline_of(said)
    if found is None:
        notes.say("W255", text(place.get("id")) or "")
        return {}
    is_whole = json.loads(said) == found  # else it is the geometry of a Feature
    return {"boundary": said if is_whole else json.dumps(found, ensure_ascii=False)}


def point(position: Any) -> tuple[float, float] | None:
    """Return longitude and latitude of a position; None where one is missing or no number."""
    lon, lat = number(position.get("longitude")), number(position.get("latitude"))
    return None if lon is None or lat is None else (lon, lat)


# -- types and status ------------------------------------------------------------------------------


def _own_types(organization: Element) -> Iterator[tuple[str, str]]:
    names = {system: name for name, system in terms.TYPE_SYSTEMS.items()}
    for system, code in codings(organization, "type"):
        if system in names:
            yield names[system], code


def _foreign(
    kind: str, organization: Element, place: Element, *, is_exchange: bool, notes: NodeNotes
) -> Row:
    """What a directory of others says of types, address and telephone."""
    found: Row = {}
    codes = [code for _, code in codings(organization, "type")]
    roles = [code for _, code in codings(place, "type")]
    concepts = (*parts(organization, "type"), *parts(place, "type"))
    said = [code for code in (*codes, *roles) if code not in (terms.FACILITY, terms.JURISDICTION)]
    said = said or [told for one in concepts if (told := concept_text(one))]
    if said:
        found["type_found"] = ", ".join(dict.fromkeys(said))
    if kind == "Group":
        types = (terms.GROUP_TYPES[code] for code in codes if code in terms.GROUP_TYPES)
        found["type"] = "exchange" if is_exchange else next(types, "other")
    if (
        notes.read_word(place, "mode", terms.MODES) == "kind"
    ):  # a class of locations, and none of them
        found["is_class"] = True
    if kind == "Facility":
        known = [terms.FACILITY_TYPES[code] for code in roles if code in terms.FACILITY_TYPES]
        found |= {"type": known[0]} if known else {}
    for address in (*parts(place, "address"), *parts(organization, "address")):
        if line := _address(address):
            found.setdefault("address", line)
    for contact in (*parts(place, "telecom"), *parts(organization, "telecom")):
        if contact.get("system") == "phone" and (said_number := text(contact.get("value"))):
            found.setdefault("phone", said_number)
    return found


def _address(address: Element) -> str | None:
    names = ("city", "state", "postalCode")
    listed = (*texts(address, "line"), *(text(address.get(name)) for name in names))
    return text(address.get("text")) or ", ".join(one for one in listed if one) or None


def status_told(organization: Element, place: Element) -> str:
    """Return what the two halves say of whether a node is at work, in one word."""
    said = text(place.get("status")) or ""
    active = flag(organization, "active")
    return f"{said}/{'' if active is None else str(active).lower()}"


def _status(
    kind: str, organization: Element, place: Element, own: Row | None, notes: NodeNotes
) -> Row:
    """Our own word while nobody has changed what FHIR says; else what FHIR says."""
    told = status_told(organization, place)
    if own is not None and own.get(TOLD) == told:
        return {"status": own["status"]} if "status" in own else {}
    active = notes.read_flag(organization, "active")
    said = notes.read_word(place, "status", terms.STATUS_OF_LOCATION)
    if active is False:
        return {"status": "closed"}
    found = terms.STATUS_OF_LOCATION.get(said or "")
    if kind != "Facility":
        return {"status": found} if found in ("closed", "suspended") else {}
    if found is None and active and not notes.in_doubt:
        found = "open"
    return {"status": found} if found else {}
