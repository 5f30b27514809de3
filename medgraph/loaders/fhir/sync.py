"""Keep a network in step with a server: what changed since the last time, deletions among it.

Beside the network lies its memory: every state of every resource that was received, as Bundles of
type history, one on each line. A sync adds what is new to the memory, and makes the network of the
whole memory anew; so one that was killed loses nothing, and one that is repeated changes nothing.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph import suffixes
from medgraph.errors import OptionError, TargetError
from medgraph.loaders.fhir import terms
from medgraph.loaders.fhir.client import RefusedError, Server, server_of
from medgraph.loaders.fhir.elements import part, parts, text
from medgraph.loaders.fhir.history import lives
from medgraph.loaders.fhir.live import PAGE, current_pages, offered_pages
from medgraph.loaders.fhir.reading import load_content
from medgraph.loaders.fhir.resources import Content, add, read_content
from medgraph.loaders.parsers import parsing
from medgraph.whole_files import replacing
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medgraph.loaders.fhir.resources import Resource
    from medgraph.loaders.loaded import Loaded

_OVERLAP = datetime.timedelta(minutes=1)
_MEMORY = ".sync"


@dataclass(frozen=True)
class Synced:
    """What a sync received, how much of it was new, how many deletions; and what it makes."""

    server: str
    loaded: Loaded
    received: int
    fresh: int
    deleted: int

    def told(self, target: str) -> str:
        """Return the sentence that counts what a sync did."""
        counts = {"received": self.received, "fresh": self.fresh, "deleted": self.deleted}
        return say("fhir_synced", server=self.server, target=target, **counts)


def memory_of(target: str | Path) -> Path:
    """Return the file beside a network that keeps what was received."""
    path = Path(target)
    return path.with_name(f"{path.name}{_MEMORY}{suffixes.NDJSON}")


def sync(address: str, target: str | Path, *, since: str | None = None) -> Synced:
    """Receive what changed at a server into the memory of `target`, and read the memory.

    The first time all that is there is read. `since` is a day or an instant; without it, the day
    of the server at the last time, less a minute. Raise SourceError, TargetError, OptionError.
    """
    server = Server(server_of(address))
    memory = memory_of(target)
    old = memory.read_text(encoding="utf-8") if memory.is_file() else ""
    known = read_content(memory) if old else Content()
    received = Received()
    if not old:
        received.take(current_pages(server))
    else:
        begin = _instant(since) if since else _last_time(old, server, memory)
        _receive_changes(server, begin, known, received)
    seen = {_state(entry_of(one)) for one in _bundles(old)}
    fresh = [entry for entry in received.entries if _state(entry_of(entry)) not in seen]
    if fresh or not old:
        line = _line(server.base, received.day, fresh)
        with replacing(memory) as new:
            new.write_text(old + line, encoding="utf-8", newline="\n")
    content = read_content(memory)
    content.server = server.base
    deleted = sum(_is_deletion(entry) for entry in fresh)
    loaded = load_content(content)
    return Synced(server.base, loaded, len(received.entries), len(fresh), deleted)


class Received:
    """Entries that a server sent, and its day when the first of them was asked for."""

    def __init__(self) -> None:
        self.entries: list[Resource] = []
        self.day: str | None = None

    def take(self, pages: Iterable[tuple[Resource, str | None]]) -> None:
        """Take all entries of pages; the day is that of the first page of all."""
        for page, told in pages:
            self.day = self.day or told
            self.entries += parts(page, "entry")


def _receive_changes(server: Server, begin: str, known: Content, received: Received) -> None:
    """Receive what changed: from the history where there is one, else by comparison."""
    for type_ in terms.DIRECTORY:
        try:
            received.take(server.pages(f"{type_}/_history?_since={begin}&_count={PAGE}"))
        except RefusedError as refused:
            if refused.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
                raise
            received.take(offered_pages(server, f"{type_}?_lastUpdated=ge{begin}&_count={PAGE}"))
            received.entries += _deletions(server, type_, known)


def _deletions(server: Server, type_: str, known: Content) -> Iterator[Resource]:
    """What was there and is no longer, by a comparison of all ids."""
    there = {
        text(part(entry, "resource").get("id"))
        for page, _ in offered_pages(server, f"{type_}?_elements=id&_count={PAGE}")
        for entry in parts(page, "entry")
    }
    for life in lives(known.entries).values():
        if life.type == type_ and not life.is_deleted and life.id not in there:
            version = life.states[-1].version or ""
            request = {"method": "DELETE", "url": f"{type_}/{life.id}"}
            deletion: Resource = {"request": request}
            if version.isdecimal():  # the next one: a server counts a deletion as a version
                deletion["response"] = {"status": "200", "etag": f'W/"{int(version) + 1}"'}
            yield deletion


def _line(server: str, day: str | None, entries: list[Resource]) -> str:
    """What was received at one time, as it is kept."""
    bundle: Resource = {
        "resourceType": "Bundle",
        "type": "history",
        "meta": {"lastUpdated": day} if day else {},
        "link": [{"relation": "self", "url": server}],
        "entry": entries,
    }
    return json.dumps(bundle, ensure_ascii=False) + "\n"


def _bundles(old: str) -> Iterator[Resource]:
    for line in old.splitlines():
        yield from parts(json.loads(line), "entry")


def _last_time(old: str, server: Server, memory: Path) -> str:
    """When the server was asked last, less the overlap; raise TargetError for another server."""
    with parsing("not_json", memory):
        bundle = json.loads(old.splitlines()[-1])
        there = next(text(link.get("url")) for link in parts(bundle, "link"))
        told = text(part(bundle, "meta").get("lastUpdated")) or ""
        at = datetime.datetime.fromisoformat(told)
    if there != server.base:
        said = {"path": memory.name, "there": there, "server": server.base}
        raise TargetError(say("fhir_sync_other", **said))
    return _in_query((at if at.tzinfo else at.replace(tzinfo=datetime.UTC)) - _OVERLAP)


def _instant(since: str) -> str:
    """A day or an instant that somebody gave, as a server takes it; raise OptionError."""
    try:
        at = datetime.datetime.fromisoformat(since)
    except ValueError:
        raise OptionError(say("W253", value=since)) from None
    return _in_query(at if at.tzinfo else at.replace(tzinfo=datetime.UTC))


def _in_query(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def entry_of(one: Resource) -> Content:
    """Return an entry of a Bundle as the reader sees it."""
    content = Content()
    add(content, {"resourceType": "Bundle", "entry": [one]}, "")
    return content


def _state(content: Content) -> tuple[str, str, str | None, str | None, bool]:
    entry = content.entries[0]
    return entry.type, entry.id, entry.version, entry.updated, entry.deleted


def _is_deletion(entry: Resource) -> bool:
    return text(part(entry, "request").get("method")) == "DELETE"
