"""Serve the board: the page, its state, changes to it, and news of them to all who look."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from medgraph.board import exports
from medgraph.board.desk import StaleError, desk_of
from medgraph.board.doors import Doors, Keys, body_of
from medgraph.board.page import page, start_page
from medgraph.board.requests import Asks, called
from medgraph.board.work_folder import MOST_BYTES
from medgraph.errors import MedGraphError, OptionError
from medgraph.words.say import say, speaking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from medgraph.board.desk import Desk
    from medgraph.board.work_folder import Taken, WorkFolder
    from medgraph.loaders.loaded import Loaded

_MOST_SENT = 1 << 20  # bytes of one request that changes something
_MINUTE = 60  # seconds
_SLOWEST = 30  # seconds to send it
_MOST_AT_ONCE = 64  # requests that change something and wait for their turn
_MOST_A_MINUTE = 3_000  # requests that change something
_SLOWEST_FILE = 300  # seconds to send a file
_LOOKS_EVERY = 2  # seconds, for what another board wrote into the same journal
_NEWS_EVERY = 15  # seconds, so that a connection that is gone is noticed
_LANGUAGES = ("zh", "en")


class Board:
    """The desk that is open, if one is, and those who look at it."""

    def __init__(
        self, folder: WorkFolder, desk: Desk | None = None, *, lang: str, begin_with: str = ""
    ) -> None:
        """Take the folder of the board, a desk, and the language to begin with.

        `begin_with` is a file of the folder that the first page reads at once.
        """
        self.folder = folder
        self.lang = lang
        self.begin_with = begin_with
        self.keys = Keys()
        self._asks = Asks(desk) if desk else None
        self.seen = time.monotonic()
        self._taken: dict[str, Taken] = {}
        self._waiting = 0
        self._latest: deque[float] = deque(maxlen=_MOST_A_MINUTE)  # when something was done
        self._changed = asyncio.Condition()
        self._looking = 0

    @property
    def idle(self) -> float:
        """Seconds since the last page was closed; none while one is open."""
        return 0.0 if self._looking else time.monotonic() - self.seen

    @property
    def asks(self) -> Asks:
        """What can be asked of the desk that is open; raise OptionError where none is."""
        if self._asks is None:
            raise OptionError(say("board.nothing_open"))
        return self._asks

    # -- routes ------------------------------------------------------------------------------------

    def app(self, hosts: tuple[str, ...] = ()) -> ASGIApp:
        """Return the application behind its doors."""
        routes = [
            Route("/", self._page),
            *(Route(f"/{name}", self._get(name)) for name in _ASKED),
            *(Route(f"/{name}", self._post(name), methods=["POST"]) for name in _DONE),
            Route("/upload", self._upload, methods=["POST"]),
            Route("/news", self._news),
            Route("/export/{kind}", self._export),
        ]
        handlers: Any = {500: self._own_fault}
        app = Starlette(routes=routes, exception_handlers=handlers)
        return Doors(app, self.keys, hosts)

    async def _own_fault(self, request: Request, error: Exception) -> Response:
        """Say that the program is at fault; the one who looks after it sees where."""
        with speaking(self._language(request)):
            return _refused(say("board.own_fault", kind=type(error).__name__), 500)

    async def _page(self, request: Request) -> Response:
        self.seen = time.monotonic()
        lang, token = self._language(request), self.keys.page

        def made() -> tuple[str, str]:
            if self._asks is not None:
                return page(self._asks.desk.base, lang, token)
            return start_page(self.folder.recent(), lang, token, self.begin_with)

        text, policy = await run_in_threadpool(_speaking, lang, made)
        return HTMLResponse(text, headers={"Content-Security-Policy": policy})

    def _get(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        """A route that answers a question about the desk."""

        async def answer(request: Request) -> Response:
            given = {key: value for key, value in request.query_params.items() if key != "lang"}
            return await self._answered(request, lambda: called(_ASKED[name], self.asks, **given))

        return answer

    def _post(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        """A route that does something with values that come as JSON."""

        async def do(request: Request) -> Response:
            if self._waiting >= _MOST_AT_ONCE or self._are_too_many():
                with speaking(self._language(request)):
                    return _refused(say("board.too_many"), 429)
            try:
                body = await asyncio.wait_for(body_of(request, _MOST_SENT), _SLOWEST)
                values = json.loads(body)
            except (ValueError, TimeoutError, RecursionError):
                return _refused(say("board.unreadable"), 400)
            if not isinstance(values, dict):
                return _refused(say("board.unreadable"), 400)
            self._waiting += 1
            try:
                found = await self._answered(request, lambda: _DONE[name](self, values))
            finally:
                self._waiting -= 1
            await self._tell()
            return found

        return do

    def _are_too_many(self) -> bool:
        """Whether as much was done in the last minute as is done at the most; count one more."""
        now = time.monotonic()
        if len(self._latest) == _MOST_A_MINUTE and now - self._latest[0] < _MINUTE:
            return True
        self._latest.append(now)
        return False

    async def _upload(self, request: Request) -> Response:
        """Keep a file that somebody dropped, and read it."""
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            return _refused(say("board.too_large", most=MOST_BYTES >> 20), 413)
        try:
            reading = body_of(request, MOST_BYTES)
            content = await asyncio.wait_for(reading, _SLOWEST_FILE)
        except ValueError:
            return _refused(say("board.too_large", most=MOST_BYTES >> 20), 413)
        except TimeoutError:
            return _refused(say("board.unreadable"), 400)
        name = request.query_params.get("name", "")

        def taken() -> dict[str, Any]:
            return self._read(self.folder.receive(name, content), {})

        return await self._answered(request, taken)

    # -- the folder ----------------------------------------------------------------------------

    def answer(self, values: dict[str, Any]) -> dict[str, Any]:
        """Read a file after answers to its questions."""
        answers = values.get("answers")
        if not isinstance(answers, dict):
            raise OptionError(say("board.unreadable"))
        texts = {str(key): str(text) for key, text in answers.items()}
        return self._read(_name(values), texts)

    def _read(self, name: str, answers: dict[str, str]) -> dict[str, Any]:
        taken = self.folder.read(name, answers)
        self._taken = {name: taken}
        return taken.account

    def sample(self, values: dict[str, Any]) -> dict[str, Any]:
        """Have the sample in the folder."""
        return {"name": self.folder.sample()}

    def open(self, values: dict[str, Any]) -> dict[str, Any]:
        """Open the desk of a file."""
        name = _name(values)
        # What was read is used once: the file may change until next time.
        taken = self._taken.pop(name, None) or self.folder.read(name)
        if taken.loaded is None:
            raise OptionError(str(taken.account["error"]))
        source = self.folder.path(str(taken.account["source"]))
        desk = desk_of(source, lambda path: self._loaded(path, taken))
        self.leave({})
        self._asks = Asks(desk)
        return {"source": source.name}

    def _loaded(self, path: Path, taken: Taken) -> Loaded:
        """What was read of a file of the folder; of another than the one taken it is read now."""
        found = taken if path.name == taken.account["source"] else self.folder.read(path.name)
        if found.loaded is None:
            raise OptionError(str(found.account["error"]))
        return found.loaded

    def leave(self, values: dict[str, Any]) -> dict[str, Any]:
        """Close the desk, and go back to the first page."""
        asks, self._asks = self._asks, None
        self.begin_with = ""
        if asks is not None:
            asks.desk.close()
        return {}

    async def _export(self, request: Request) -> Response:
        kind = request.path_params["kind"]
        plan = request.query_params.get("plan", "")

        def make() -> exports.File:
            return exports.export(self.asks, plan, kind)

        lang = self._language(request)
        try:
            found: exports.File = await run_in_threadpool(_speaking, lang, make)
        except (MedGraphError, OSError) as error:
            return _refused(str(error), 422)
        return Response(found.content, media_type=found.media, headers=found.headers)

    async def _answered(self, request: Request, ask: Callable[[], Any]) -> Response:
        """The answer as JSON; what cannot be done is a sentence."""
        lang = self._language(request)
        try:
            found = await run_in_threadpool(_speaking, lang, ask)
        except StaleError as stale:
            return JSONResponse({"error": str(stale), "since": list(stale.since)}, 409)
        except (MedGraphError, OSError) as error:
            return _refused(str(error), 422)
        return JSONResponse(found)

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang", "")
        return asked if asked in _LANGUAGES else self.lang

    # -- news --------------------------------------------------------------------------------------

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _news(self, request: Request) -> Response:
        return StreamingResponse(self._versions(request), media_type="text/event-stream")

    async def _versions(self, request: Request) -> AsyncIterator[str]:
        """The number of the last entry, now and whenever it grows, as server-sent events."""
        self._looking += 1
        try:
            told = -1
            said = time.monotonic()
            while not await request.is_disconnected():
                version = await run_in_threadpool(self._version)
                if version != told or time.monotonic() - said > _NEWS_EVERY:
                    yield f"data: {version}\n\n" if version != told else ": still here\n\n"
                    told, said = version, time.monotonic()
                with contextlib.suppress(TimeoutError):
                    async with self._changed:
                        await asyncio.wait_for(self._changed.wait(), _LOOKS_EVERY)
        finally:
            self._looking -= 1
            self.seen = time.monotonic()

    def _version(self) -> int:
        return self._asks.desk.version if self._asks else 0


def _name(values: dict[str, Any]) -> str:
    name = values.get("name")
    if not isinstance(name, str):
        raise OptionError(say("board.unreadable"))
    return name


# What is asked of the desk by its path, and what is done by values that come as JSON.
_ASKED: dict[str, Callable[..., Any]] = {
    "state": Asks.state,
    "picture": Asks.picture,
    "effects": Asks.effects,
    "compare": Asks.compare,
    "log": Asks.log,
}
_DONE: dict[str, Callable[[Board, dict[str, Any]], Any]] = {
    "do": lambda board, values: board.asks.do(values),
    "answer": Board.answer,
    "sample": Board.sample,
    "open": Board.open,
    "leave": Board.leave,
}


def _speaking(lang: str, make: Callable[[], Any]) -> Any:
    with speaking(lang):
        return make()


def _refused(sentence: str, status: int) -> Response:
    return JSONResponse({"error": sentence}, status)
