"""Read a directory from a live server, and write one there without overwriting what is newer."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from medgraph.errors import TargetError
from medgraph.loaders.capacity import Losses
from medgraph.loaders.fhir import terms
from medgraph.loaders.fhir.client import RefusedError, Server, server_of
from medgraph.loaders.fhir.elements import part, parts, text
from medgraph.loaders.fhir.losses import LossCount
from medgraph.loaders.fhir.reading import load_content
from medgraph.loaders.fhir.resources import Content, add
from medgraph.loaders.fhir.shapes import shape_named
from medgraph.loaders.fhir.writing import LIST_ID, Writing
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.fhir.resources import Resource
    from medgraph.loaders.loaded import Loaded

    Key = tuple[str, str]

PAGE = 200
_BATCH = 500
_NAMED = 5  # resources that a sentence names
_CHANGED = (HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED)
_NOT_OFFERED = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
_READ_AT = re.compile(r"fhir:([^ #]*)#(\S*)")
_VERSION = re.compile(r"([A-Za-z]+)/([^/]+)/_history/(.+)")


def load(source: str, *, keep_source: bool = False, lenient: bool = False) -> Loaded:
    """Read the directory as it is at a server now."""
    server = Server(server_of(source))
    content = Content(server=server.base, keeps_source=keep_source)
    for number, (page, told) in enumerate(current_pages(server), 1):
        add(content, page, f"{server.base}[{number}]")
        content.timestamp = content.timestamp or told
    return load_content(content, lenient=lenient)


def current_pages(server: Server) -> Iterator[tuple[Resource, str | None]]:
    """Yield all pages of what a server holds of a directory now."""
    for type_ in terms.DIRECTORY:
        query = f"_id={LIST_ID}&" if type_ == "List" else ""
        yield from offered_pages(server, f"{type_}?{query}_count={PAGE}")


def offered_pages(server: Server, path: str) -> Iterator[tuple[Resource, str | None]]:
    """Yield the pages of a search; none where a server does not know the type."""
    try:
        yield from server.pages(path)
    except RefusedError as refused:
        if refused.status not in _NOT_OFFERED:
            raise


# -- writing ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written(Losses):
    """What a load did at a server, and what FHIR cannot say."""

    created: int = 0
    updated: int = 0
    same: int = 0

    def __str__(self) -> str:
        told = {"created": self.created, "updated": self.updated, "same": self.same}
        done = say("fhir_written", server=self.target, **told)
        return f"{done}\n{super().__str__()}" if self.rows else done


def write(net: MedicalNetwork, target: str, *, shape: str | None = None) -> Written:
    """Put at a server what differs there; raise TargetError where somebody changed it meanwhile.

    Nothing is deleted there. What exists there is only replaced in the version that this network
    was read in, which its origins state.
    """
    server = Server(server_of(target))
    losses, done = LossCount(server.base), Counter[str]()
    resources = list(Writing(net, shape_named(shape), losses).resources())
    there = _there(server)
    known = _versions_read(net, server.base)
    entries: list[Resource] = []
    unread: list[str] = []
    stale: list[str] = []
    for resource in resources:
        key = (resource["resourceType"], resource["id"])
        name = "/".join(key)
        before = there.get(key)
        if before is None:
            done["created"] += 1
            entries.append(_put(resource))
            continue
        if _content_of(before) == _content_of(resource):
            done["same"] += 1
            continue
        version = text(part(before, "meta").get("versionId"))
        read = version if key[0] == "List" else known.get(key)
        if read is None:
            unread.append(name)
        elif read != version:
            stale.append(name)
        else:
            done["updated"] += 1
            entries.append(_put(resource, read))
    if stale:
        raise TargetError(say("fhir_changed_meanwhile", server=server.base, names=_named(stale)))
    if unread:
        raise TargetError(say("fhir_unread_there", server=server.base, names=_named(unread)))
    for first in range(0, len(entries), _BATCH):
        _send(server, entries[first : first + _BATCH])
    return Written(server.base, losses.rows, **done)


def _there(server: Server) -> dict[Key, Resource]:
    """All resources of a directory at a server, by type and id."""
    found: dict[Key, Resource] = {}
    for page, _ in current_pages(server):
        for entry in parts(page, "entry"):
            resource = entry.get("resource")
            if isinstance(resource, dict):
                key = (text(resource.get("resourceType")) or "", text(resource.get("id")) or "")
                found[key] = resource
    return found


def _versions_read(net: MedicalNetwork, server: str) -> dict[Key, str]:
    """The versions of resources at a server that the origins of a network state."""
    found: dict[Key, str] = {}
    for table in net.tables:
        if "origin" not in table.column_names:
            continue
        for origin in table["origin"].drop_null().unique().to_pylist():
            told = _READ_AT.match(origin)
            if told is None or told[1] != server:
                continue
            for named in told[2].split("+"):
                if one := _VERSION.fullmatch(named):
                    found[one[1], one[2]] = one[3]
    return found


def _content_of(resource: Resource) -> Any:
    """A resource without what the server adds to it."""
    return {name: value for name, value in resource.items() if name not in ("meta", "text")}


def _put(resource: Resource, version: str | None = None) -> Resource:
    url = f"{resource['resourceType']}/{resource['id']}"
    request = {"method": "PUT", "url": url}
    return {
        "resource": resource,
        "request": request if version is None else {**request, "ifMatch": f'W/"{version}"'},
    }


def _send(server: Server, entries: list[Resource]) -> None:
    """Send one transaction: all of it takes effect, or nothing."""
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    answer = server.post(bundle)
    if answer.status in _CHANGED:
        names = list(_changed_since(server, entries)) or [answer.reason]
        raise TargetError(say("fhir_changed_meanwhile", server=server.base, names=_named(names)))
    if answer.status >= HTTPStatus.BAD_REQUEST:
        said = {"server": server.base, "status": answer.status, "reason": answer.reason}
        raise TargetError(say("fhir_refused", **said))


def _changed_since(server: Server, entries: Iterable[Resource]) -> Iterator[str]:
    """Which of these resources are at a server in another version than they were read in."""
    for entry in entries:
        request = entry["request"]
        if "ifMatch" in request:
            meta = part(server.get(request["url"]).body, "meta")
            if f'W/"{text(meta.get("versionId"))}"' != request["ifMatch"]:
                yield request["url"]


def _named(names: list[str]) -> str:
    shown = say("list_comma").join(names[:_NAMED])
    return shown if len(names) <= _NAMED else say("fhir_more", names=shown, count=len(names))
