"""Read resources one by one: from a Bundle of any type, from NDJSON, from a folder of both.

A file is parsed entry by entry, and of each resource only the elements that are read are kept, so
that a directory of any size takes little memory. Elements that are not read are counted by path.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from medgraph import suffixes
from medgraph.loaders.fhir import terms
from medgraph.loaders.fhir.elements import part, parts, text
from medgraph.loaders.parsers import parsing
from medgraph.text_files import check_characters
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medgraph.loaders.fhir.elements import Element

    Resource = dict[str, Any]

_SHOWS = re.compile(rb'"resourceType"\s*:\s*"[A-Z]')
KEPT = "kept!"  # in a resource: what is not read of it; no element is so named
_LOOKED_AT = 1 << 16  # bytes at either end of a file
_BLANK = re.compile(r"[ \t\n\r]*")
_VERSION_IN_TAG = re.compile(r'^(?:W/)?"?(.*?)"?$')
_FILES = (suffixes.JSON, suffixes.NDJSON)


@dataclass(slots=True)
class Entry:
    """One resource as a source states it, or that it was deleted: then it has no `body`.

    `version` and `updated` are what the source says of this state, `url` where it lies in full.
    """

    type: str
    id: str
    body: Resource | None
    place: str
    version: str | None = None
    updated: str | None = None
    url: str | None = None
    deleted: bool = False
    seen: str | None = None  # the day of the bundle in which it stands, where nothing else is said
    why_not: str = ""  # why it cannot be read, where it cannot


@dataclass
class Content:
    """What a source holds: its entries, the day it states of itself, what was not read of it."""

    entries: list[Entry] = field(default_factory=list)
    timestamp: str | None = None
    not_read: Counter[str] = field(default_factory=Counter)
    server: str = ""
    keeps_source: bool = False  # whether what is not read stays with its resource, under `KEPT`


def recognises(path: Path) -> bool:
    """Tell whether a file, or a file of a folder, holds resources of FHIR."""
    if path.is_dir():
        return any(_shows_resource(file) for file in _files_in(path))
    return path.suffix.lower() not in _NEVER and _shows_resource(path)


_NEVER = (*suffixes.WORKBOOKS, *suffixes.OLD_WORKBOOKS, suffixes.CSV, suffixes.SNAPSHOT)


def _files_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in _FILES)


def _shows_resource(path: Path) -> bool:
    """Whether a file begins, or ends, as a resource does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
        if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return False
        if _SHOWS.search(head):
            return True
        file.seek(max(0, path.stat().st_size - _LOOKED_AT))
        return bool(_SHOWS.search(file.read()))


def read_content(source: Path, *, keep_source: bool = False) -> Content:
    """Read all resources of a file or folder; raise SourceError where it is no JSON."""
    content = Content(keeps_source=keep_source)
    for path in _files_in(source) if source.is_dir() else [source]:
        _read_file(path, content)
    return content


def _read_file(path: Path, content: Content) -> None:
    with parsing("not_json", path):
        said = path.read_text(encoding="utf-8-sig")
        at, number = _skip(said, 0), 0
        while at < len(said):
            number += 1
            at = _skip(said, _read_one(said, at, content, f"{path.name}[{number}]"))
        read = [(one.id, one.version, one.updated, one.url, one.body) for one in content.entries]
        check_characters(said, read)


def _read_one(said: str, at: int, content: Content, place: str) -> int:
    """Add the resource, or the entries of the Bundle, that begins here; return where it ends."""
    if not said.startswith("{", at):
        raise ValueError(say("fhir_no_resource", line=said.count("\n", 0, at) + 1))
    entries: list[Entry] = []
    head: Resource = {}
    at = _skip(said, at + 1)
    while not said.startswith("}", at):
        name, at = _DECODER.raw_decode(said, at)
        at = _skip(said, _past(said, at, ":"))
        if name == "entry" and said.startswith("[", at):
            for end, one in _listed(said, at):
                at = end
                if one is not _NOTHING:
                    given = one if isinstance(one, dict) else {}
                    entries += _entries(content, given, f"{place}.{len(entries) + 1}")
        else:
            head[name], at = _DECODER.raw_decode(said, at)
        at = _skip(said, at)
        if not said.startswith("}", at):
            at = _skip(said, _past(said, at, ","))
    if head.get("resourceType") == "Bundle":
        if head.get("entry") is not None:
            raise ValueError(say("fhir_entries_no_list"))
        told = _add_day(content, head)
        for entry in entries:
            entry.seen = entry.seen or told
        content.entries += entries
    else:  # a List has entries too, which are not read
        content.entries.append(_entry(content, {"resource": head}, place))
    return at + 1


def _listed(said: str, at: int) -> Iterator[tuple[int, Any]]:
    """The elements of the list that begins here, each with where it, or the list, ends."""
    at = _skip(said, at + 1)
    if said.startswith("]", at):
        yield at + 1, _NOTHING
        return
    while True:
        found, at = _DECODER.raw_decode(said, at)
        at = _skip(said, at)
        is_last = said.startswith("]", at)
        yield at + 1 if is_last else at, found
        if is_last:
            return
        at = _skip(said, _past(said, at, ","))


def _past(said: str, at: int, sign: str) -> int:
    at = _skip(said, at)
    if not said.startswith(sign, at):
        raise json.JSONDecodeError(f"Expecting {sign!r}", said, at)
    return at + 1


_DECODER = json.JSONDecoder()
_NOTHING = object()  # of an empty list; null is an entry


def _skip(said: str, at: int) -> int:
    found = _BLANK.match(said, at)
    return found.end() if found else at


# -- bundles and entries ---------------------------------------------------------------------------


def add(content: Content, resource: Resource, place: str) -> None:
    """Add a resource, or all that a Bundle holds, to the content."""
    content.entries += _entries(content, {"resource": resource}, place)


def _entries(content: Content, one: Resource, place: str) -> list[Entry]:
    """The entry of a Bundle; of a Bundle that stands in it, all its entries."""
    inner = part(one, "resource")
    if inner.get("resourceType") != "Bundle":
        return [_entry(content, one, place)]
    _add_day(content, inner)
    return [
        entry
        for number, further in enumerate(parts(inner, "entry"), 1)
        for entry in _entries(content, further, f"{place}.{number}")
    ]


def _add_day(content: Content, bundle: Element) -> str | None:
    """Keep the latest day that a bundle states of itself, and return its own."""
    told = text(bundle.get("timestamp")) or text(part(bundle, "meta").get("lastUpdated"))
    if told and (content.timestamp is None or told > content.timestamp):
        content.timestamp = told
    return told


def _entry(content: Content, one: Resource, place: str) -> Entry:
    body = one.get("resource")
    body = body if isinstance(body, dict) else None
    request, response = part(one, "request"), part(one, "response")
    url = text(one.get("fullUrl"))
    method = text(request.get("method"))
    is_odd = method is not None and method not in terms.METHODS
    is_deletion = method == "DELETE"
    type_, id_, version = _named(text(request.get("url")) or url or "")
    if body is not None:
        type_ = text(body.get("resourceType")) or type_
        id_ = text(body.get("id")) or id_ or _last_part(url)
    if is_deletion and not id_:
        type_, id_, version = _named(url or "")
    meta = part(body, "meta")
    return Entry(
        type_,
        id_,
        None if is_deletion or is_odd or body is None else _slim(type_, body, content),
        f"{place} {type_}/{id_}" if type_ else place,
        text(meta.get("versionId")) or _of_tag(text(response.get("etag"))) or version,
        text(meta.get("lastUpdated")) or text(response.get("lastModified")),
        url,
        is_deletion,
        why_not=_why_not(method, is_whole=is_deletion or bool(type_ and body is not None)),
    )


def _why_not(method: str | None, *, is_whole: bool) -> str:
    """Why an entry says nothing; empty where it does."""
    if method is not None and method not in terms.METHODS:
        return say("fhir_left_method", value=method)
    return "" if is_whole else say("fhir_left_empty")


def _named(url: str) -> tuple[str, str, str | None]:
    """The type, id and version that a url ends with; empty where it names none."""
    path, _, version = url.partition("/_history/")
    type_, _, id_ = path.rpartition("/")
    type_ = type_.rpartition("/")[2]
    return (type_, id_, version or None) if type_[:1].isupper() else ("", "", version or None)


def _last_part(url: str | None) -> str:
    """The id that a full url ends with, also `urn:uuid:…`."""
    return re.split("[/:]", url)[-1] if url else ""


def _of_tag(tag: str | None) -> str | None:
    found = _VERSION_IN_TAG.match(tag) if tag else None
    return found[1] or None if found else None


def _slim(type_: str, body: Resource, content: Content) -> Resource:
    """A resource with the elements that are read; the others are counted by path."""
    read = terms.READ.get(type_)
    if read is None:
        return {}
    slim: Resource = {}
    rest: Resource = {}
    for name, value in body.items():
        if name in read:
            slim[name] = _slimmer(name, value)
        elif name not in terms.PASSED_OVER:
            content.not_read[f"{type_}.{name}"] += len(value) if isinstance(value, list) else 1
            rest[name] = value
    strange = [one for one in parts(body, "extension") if _is_strange(one)]
    content.not_read.update(f"{type_}.extension({_last_part(_url(one))})" for one in strange)
    if content.keeps_source:
        rest.pop(terms.NAMES_PERSONS, None)
        rest |= {"extension": strange} if strange else {}
        slim |= {KEPT: rest} if rest else {}
    return slim


def _is_strange(extension: Element) -> bool:
    return _url(extension) not in terms.EXTENSIONS_READ


def _url(extension: Element) -> str:
    return text(extension.get("url")) or "?"


# Of elements that stand in many resources, and are long: what is read inside of them.
_INSIDE = {
    "identifier": ("system", "value"),
    "telecom": ("system", "value"),
    "address": ("text", "line", "city", "state", "postalCode", "extension"),
    **dict.fromkeys(
        (
            *("managingOrganization", "partOf", "organization", "participatingOrganization"),
            *("network", "location", "healthcareService", "endpoint", "providedBy", "coverageArea"),
        ),
        ("reference",),
    ),
}


def _slimmer(name: str, value: Any) -> Any:
    """An element with what is read inside of it alone; what is no element stays as it is."""
    inside = _INSIDE.get(name)
    if inside is None:
        return value
    if isinstance(value, dict):
        return {key: value[key] for key in inside if key in value}
    return [_slimmer(name, one) for one in value] if isinstance(value, list) else value
