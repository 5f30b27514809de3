"""Let in who has the token, from this machine, by this page; bound what anybody may send."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class Keys:
    """The token of the address, which becomes a cookie, and that of the page."""

    def __init__(self) -> None:
        """Make both anew: they hold as long as the server runs."""
        self.token = secrets.token_urlsafe(32)
        self.page = secrets.token_urlsafe(32)


class Doors:
    """An ASGI application behind its doors; all that is refused is one plain sentence.

    The host must be this machine, so that no name of another leads here; every request needs the
    cookie, and one that changes something comes from the page itself: by its origin and token.
    """

    def __init__(self, app: ASGIApp, keys: Keys, hosts: Iterable[str] = ()) -> None:
        """Take the application to stand before, and further hosts that are allowed."""
        self.app = app
        self.keys = keys
        self.hosts = {*_LOCAL, *hosts}

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
        await self.app(scope, receive, _with_headers(send))

    def _refused(self, scope: Scope, headers: dict[str, str]) -> Response | None:
        """What to answer instead of the application; None where a request may come in."""
        host = headers.get("host", "")
        if _name_of(host) not in self.hosts:
            return _sentence(say("board.wrong_host"), 400)
        if scope["method"] == "GET" and scope["path"] == "/":
            return self._at_the_front(scope, headers)
        if not self._has_cookie(headers):
            return _sentence(say("board.no_token"), 403)
        if scope["method"] not in ("GET", "HEAD") and not self._is_from_page(headers, host):
            return _sentence(say("board.not_from_page"), 403)
        return None

    def _at_the_front(self, scope: Scope, headers: dict[str, str]) -> Response | None:
        """The token of the address becomes a cookie once; then the address has none."""
        query = dict(
            part.partition("=")[::2] for part in scope["query_string"].decode("latin-1").split("&")
        )
        if hmac.compare_digest(query.get("token", "").encode(), self.keys.token.encode()):
            found = RedirectResponse("/", 303)
            found.set_cookie(COOKIE, self.keys.token, httponly=True, samesite="strict", path="/")
            return found
        return None if self._has_cookie(headers) else _sentence(say("board.no_token"), 403)

    def _has_cookie(self, headers: dict[str, str]) -> bool:
        pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
        found = next((value for name, _, value in pairs if name == COOKIE), "")
        return hmac.compare_digest(found.encode("latin-1"), self.keys.token.encode())

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
