"""Let in who has a token, by an allowed name, by this page; bound what anybody may send."""

from __future__ import annotations

import hmac
import json
import os
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from medgraph.errors import SourceError
from medgraph.text_files import read_json
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "medgraph_board"
PAGE_TOKEN = "x-medgraph-page"  # what only a page of ours knows to send
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
}
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


# Whether the one who asks may change something, in the scope of a request.
MAY_EDIT = "medgraph.may_edit"
# What somebody may send who only looks: where he looks, and which rows he wants as a workbook.
_OF_READERS = ("/here", "/workbook")
_LENGTH = 32  # bytes of a token


class Keys:
    """The tokens of the two addresses, which become cookies, and that of the page.

    With `token` the board is edited, with `reading` it is looked at.
    """

    def __init__(self, token: str = "", reading: str = "") -> None:
        """Take the tokens of the addresses, or make them anew: then they go with the server."""
        self.token = token or secrets.token_urlsafe(_LENGTH)
        self.reading = reading or secrets.token_urlsafe(_LENGTH)
        self.page = secrets.token_urlsafe(_LENGTH)

    def known(self, given: str) -> str | None:
        """Return the token that a text is, both compared in the same time; None if none."""
        found = [
            token
            for token in (self.token, self.reading)
            if hmac.compare_digest(given.encode(), token.encode())
        ]
        return found[0] if found else None


def kept_keys(path: Path) -> Keys:
    """Return the keys whose tokens are in a file, so that links outlive the server.

    The file is made where there is none, for its owner alone. Raise SourceError where it holds
    something else.
    """
    if not path.exists():
        keys = Keys()
        made = {"editing": keys.token, "reading": keys.reading}
        with open(path, "x", encoding="utf-8", opener=_for_its_owner) as file:
            json.dump(made, file, indent=1)
        return keys
    found = read_json(path)
    kept = found if isinstance(found, dict) else {}
    editing, reading = (str(kept.get(name, "")) for name in ("editing", "reading"))
    if min(len(editing), len(reading)) < _LENGTH or editing == reading:
        raise SourceError(say("board.no_links", path=path.name))
    return Keys(editing, reading)


def _for_its_owner(path: str, flags: int) -> int:
    """Open a file that nobody else may read, from its first moment."""
    return os.open(path, flags, 0o600)


class Doors:
    """An ASGI application behind its doors; all that is refused is one plain sentence.

    The host must be this machine, so that no name of another leads here; every request needs the
    cookie, and one that changes something comes from the page itself: by its origin and token.
    """

    def __init__(self, app: ASGIApp, keys: Keys, hosts: Iterable[str] = ()) -> None:
        """Take the application to stand before, and further hosts by whose names it is called."""
        self.app = app
        self.keys = keys
        self.hosts = {*_LOCAL, *(host.lower() for host in hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no WebSocket is served
            await _close(send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, _with_headers(send))
            return
        may_edit = self._token(headers) == self.keys.token
        await self.app({**scope, MAY_EDIT: may_edit}, receive, _with_headers(send))

    def _refused(self, scope: Scope, headers: dict[str, str]) -> Response | None:
        """What to answer instead of the application; None where a request may come in."""
        host = headers.get("host", "")
        if _name_of(host) not in self.hosts:
            return _sentence(say("board.wrong_host"), 400)
        if scope["method"] == "GET" and scope["path"] == "/":
            return self._at_the_front(scope, headers)
        token = self._token(headers)
        if token is None:
            return _sentence(say("board.no_token"), 403)
        if scope["method"] in ("GET", "HEAD"):
            return None
        if not self._is_from_page(headers, host):
            return _sentence(say("board.not_from_page"), 403)
        if token != self.keys.token and scope["path"] not in _OF_READERS:
            return JSONResponse({"error": say("board.only_looking")}, 403)
        return None

    def _at_the_front(self, scope: Scope, headers: dict[str, str]) -> Response | None:
        """A token of an address becomes a cookie once; then the address has none."""
        query = dict(
            part.partition("=")[::2] for part in scope["query_string"].decode("latin-1").split("&")
        )
        token = self.keys.known(query.get("token", ""))
        if token is not None:
            found = RedirectResponse("/", 303)
            is_encrypted = scope.get("scheme") == "https"  # as the proxy before us says
            found.set_cookie(
                COOKIE, token, httponly=True, samesite="strict", path="/", secure=is_encrypted
            )
            return found
        return None if self._token(headers) else _sentence(say("board.no_token"), 403)

    def _token(self, headers: dict[str, str]) -> str | None:
        """The token that is in the cookie; None where none is."""
        pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
        return self.keys.known(next((value for name, _, value in pairs if name == COOKIE), ""))

    def _is_from_page(self, headers: dict[str, str], host: str) -> bool:
        given = headers.get(PAGE_TOKEN, "")
        origin = headers.get("origin", "")
        is_own = not origin or urlsplit(origin).netloc == host
        is_same = headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
        knows = hmac.compare_digest(given.encode("latin-1"), self.keys.page.encode())
        return is_own and is_same and knows


def _name_of(host: str) -> str:
    """A host without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def _sentence(text: str, status: int) -> Response:
    return PlainTextResponse(text + "\n", status)


def _with_headers(send: Send) -> Send:
    """Send with the headers that every answer has."""

    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            extra = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return send_with


async def _close(send: Send) -> None:
    await send({"type": "websocket.close", "code": 1008})


async def body_of(request: Request, most: int) -> bytes:
    """Return what a request sends; raise ValueError where it is more than `most` bytes."""
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > most:
            raise ValueError(most)
    return bytes(found)
