"""Serve the board: the page, its state, changes to it, and news of them to all who look."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from medgraph.board import audits, exports
from medgraph.board.desk import StaleError, desk_of
from medgraph.board.doors import MAY_EDIT, Doors, Keys, body_of
from medgraph.board.page import page, review_page, start_page
from medgraph.board.presence import Presence
from medgraph.board.presentation import presentation
from medgraph.board.requests import Asks, called
from medgraph.board.two_lists import TwoLists
from medgraph.board.work_folder import MOST_BYTES
from medgraph.errors import MedGraphError, OptionError
from medgraph.loaders import registry
from medgraph.words.say import say, speaking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from medgraph.board.desk import Desk
    from medgraph.board.work_folder import Taken, WorkFolder
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded
    from medgraph.visuals.figure import Figure

_MOST_SENT = 1 << 20  # bytes of one request that changes something
_MINUTE = 60  # seconds
_SLOWEST = 30  # seconds to send it
_MOST_AT_ONCE = 64  # requests that change something and wait for their turn
_MOST_A_MINUTE = 3_000  # requests that change something
_SLOWEST_FILE = 300  # seconds to send a file
_MOST_ASKED_AT_ONCE = 16  # questions that are worked out; changes and news have room beside them
_LOOKS_EVERY = 2  # seconds, for what another board wrote into the same journal
_NEWS_EVERY = 15  # seconds, so that a connection that is gone is noticed
_LANGUAGES = ("zh", "en")


class Board:
    """The desk that is open, if one is, and those who look at it."""

    def __init__(
        self,
        folder: WorkFolder,
        desk: Desk | None = None,
        *,
        lang: str,
        begin_with: str = "",
        keys: Keys | None = None,
        is_shared: bool = False,
    ) -> None:
        """Take the folder of the board, a desk, and the language to begin with.

        `begin_with` is a file of the folder that the first page reads at once. On one that is
        shared nobody closes the desk for the others, and it does not stop by itself.
        """
        self.folder = folder
        self.lang = lang
        self.begin_with = begin_with
        self.keys = keys or Keys()
        self.is_shared = is_shared
        self.presence = Presence()
        self._asks = Asks(desk) if desk else None
        self._lists: TwoLists | None = None
        self.seen = time.monotonic()
        self._taken: dict[str, Taken] = {}
        self._waiting = 0
        self._asking = asyncio.Semaphore(_MOST_ASKED_AT_ONCE)
        self._latest: deque[float] = deque(maxlen=_MOST_A_MINUTE)  # when something was done
        self._listening: set[asyncio.Event] = set()  # one for each page that waits for news
        self._looking = 0

    @property
    def idle(self) -> float:
        """Seconds since the last page was closed; none while one is open, or others may come."""
        return 0.0 if self._looking or self.is_shared else time.monotonic() - self.seen

    @property
    def asks(self) -> Asks:
        """What can be asked of the desk that is open; raise OptionError where none is."""
        if self._asks is None:
            raise OptionError(say("board.nothing_open"))
        return self._asks

    @property
    def lists(self) -> TwoLists:
        """The two lists that are reviewed; raise OptionError where none are."""
        if self._lists is None:
            raise OptionError(say("board.nothing_open"))
        return self._lists

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
            Route("/map/{kind}", self._map),
            Route("/audit", self._audit),
            Route("/present", self._present),
            Route("/workbook", self._workbook, methods=["POST"]),
            Route("/option-file", self._option_file, methods=["POST"]),
            Route("/review", self._review),
            Route("/review-file/{kind}", self._review_file),
            Route("/decisions", self._decisions, methods=["POST"]),
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
            may_edit = bool(request.scope[MAY_EDIT])
            if self._lists is not None:
                return review_page(lang, token, may_edit=may_edit)
            if self._asks is not None:
                shared = self.is_shared
                return page(self._asks.desk, lang, token, may_edit=may_edit, shared=shared)
            return start_page(self.folder.recent(), lang, token, self.begin_with)

        text, policy = await run_in_threadpool(_speaking, lang, made)
        return HTMLResponse(text, headers={"Content-Security-Policy": policy})

    def _get(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        """A route that answers a question about the desk."""

        async def answer(request: Request) -> Response:
            given = {key: value for key, value in request.query_params.items() if key != "lang"}
            async with self._asking:
                return await self._answered(
                    request, lambda: called(_ASKED[name], self.asks, **given)
                )

        return answer

    def _post(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        """A route that does something with values that come as JSON."""

        async def do(request: Request) -> Response:
            if self._waiting >= _MOST_AT_ONCE or self._are_too_many():
                with speaking(self._language(request)):
                    return _refused(say("board.too_many"), 429)
            values = await self._values(request)
            if isinstance(values, Response):
                return values
            self._waiting += 1
            try:
                found = await self._answered(request, lambda: _DONE[name](self, values))
            finally:
                self._waiting -= 1
            self._tell()
            return found

        return do

    async def _values(self, request: Request) -> dict[str, Any] | Response:
        """The values that come as JSON; the answer to a request that says none."""
        try:
            body = await asyncio.wait_for(body_of(request, _MOST_SENT), _SLOWEST)
            values = json.loads(body)
        except (ValueError, TimeoutError, RecursionError):
            return _refused(say("board.unreadable"), 400)
        return values if isinstance(values, dict) else _refused(say("board.unreadable"), 400)

    def _are_too_many(self) -> bool:
        """Whether as much was done in the last minute as is done at the most; count one more."""
        now = time.monotonic()
        if len(self._latest) == _MOST_A_MINUTE and now - self._latest[0] < _MINUTE:
            return True
        self._latest.append(now)
        return False

    async def _upload(self, request: Request) -> Response:
        """Keep a file that somebody dropped, and read it; one of a folder is only kept."""
        within = request.query_params.get("folder", "")

        def take(name: str, content: bytes) -> dict[str, Any]:
            if within:
                return {"name": self.folder.receive_into(within, name, content)}
            return self._read(self.folder.receive(name, content), {})

        return await self._received(request, take)

    async def _option_file(self, request: Request) -> Response:
        """Keep a file that an option of a question asks for."""
        kind = request.query_params.get("kind", "")
        return await self._received(
            request, lambda name, content: self.asks.answers.files.receive(name, content, kind)
        )

    async def _received(self, request: Request, take: Callable[[str, bytes], Any]) -> Response:
        """Take a file in whole, and answer what comes of it."""
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
        return await self._answered(request, lambda: take(name, content))

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
        latest = [*self._taken.items()][-1:]  # two lists are read one after the other
        self._taken = {**dict(latest), name: taken}
        return taken.account

    def sample(self, values: dict[str, Any]) -> dict[str, Any]:
        """Have the sample in the folder."""
        return {"name": self.folder.sample()}

    def open(self, values: dict[str, Any]) -> dict[str, Any]:
        """Open the desk of a file."""
        self._refuse_if_shared()
        name = _name(values)
        # What was read is used once: the file may change until next time.
        taken = self._taken.pop(name, None) or self.folder.read(name)
        if taken.loaded is None:
            raise OptionError(str(taken.account["error"]))
        source = self.folder.path(str(taken.account["source"]))
        desk = desk_of(source, lambda path: self._loaded(path, taken))
        self.close()
        self._asks = Asks(desk)
        return {"source": source.name}

    def reconcile(self, values: dict[str, Any]) -> dict[str, Any]:
        """Open the review of two lists."""
        self._refuse_if_shared()
        found = [self._list(values.get(side)) for side in ("before", "after")]
        lists = TwoLists(self.folder.folder, *found)
        self.close()
        self._taken = {}
        self._lists = lists
        return {"names": lists.names}

    def _list(self, name: Any) -> tuple[str, MedicalNetwork]:
        """A list of the folder: the name of the file that it was read from, and what it holds."""
        if not isinstance(name, str):
            raise OptionError(say("board.unreadable"))
        taken = self._taken.get(name) or self.folder.read(name)
        if taken.loaded is None:
            raise OptionError(str(taken.account["error"]))
        return str(taken.account["source"]), taken.loaded.require()

    def _loaded(self, path: Path, taken: Taken) -> Loaded:
        """What was read of a file of the folder; of another than the one taken it is read now."""
        found = taken if path.name == taken.account["source"] else self.folder.read(path.name)
        if found.loaded is None:
            raise OptionError(str(found.account["error"]))
        return found.loaded

    def leave(self, values: dict[str, Any]) -> dict[str, Any]:
        """Close the desk, and go back to the first page."""
        self._refuse_if_shared()
        self.close()
        return {}

    def _refuse_if_shared(self) -> None:
        """Raise OptionError where others look at what is open."""
        if self.is_shared and (self._asks is not None or self._lists is not None):
            raise OptionError(say("board.is_shared"))

    def renew(self, values: dict[str, Any]) -> dict[str, Any]:
        """Read the source anew; the plans stay, and each is carried over when somebody says so."""
        desk = self.asks.desk
        loaded = registry.load(desk.address) if desk.address else self._read_anew(desk.source.name)
        self._asks = Asks(desk.renewed(loaded))
        rows = {"rows_in": loaded.rows_in, "loaded": loaded.loaded, "left_out": loaded.left_out}
        return {"accounted": say("rows_accounted", **rows)}

    def _read_anew(self, name: str) -> Loaded:
        taken = self.folder.read(name)
        if taken.loaded is None:
            raise OptionError(str(taken.account["error"]))
        return taken.loaded

    def store(self, values: dict[str, Any]) -> dict[str, Any]:
        """Keep a plan as a scenario in the store of the source."""
        plan, name = values.get("plan"), _name(values)
        if not isinstance(plan, str):
            raise OptionError(say("board.unreadable"))
        return {"told": say("board.is_in_store", name=self.asks.desk.store(plan, name))}

    def close(self) -> None:
        """Close the desk, if one is open."""
        asks, self._asks, self._lists = self._asks, None, None
        self.begin_with = ""
        if asks is not None:
            asks.desk.close()

    async def _review(self, request: Request) -> Response:
        """The review of two lists, as the page shows it."""
        async with self._asking:
            return await self._answered(request, lambda: self.lists.state())

    async def _review_file(self, request: Request) -> Response:
        """The review as a workbook, or its decisions alone."""
        makers = {"workbook": TwoLists.workbook, "decisions": TwoLists.kept}
        make = makers.get(request.path_params["kind"])
        if make is None:
            return _refused(say("board.unreadable"), 404)
        return await self._file(request, lambda: make(self.lists))

    async def _decisions(self, request: Request) -> Response:
        """Take in the decisions of a review that was filled in elsewhere."""
        found = await self._received(request, lambda name, content: self.lists.take(name, content))
        self._tell()
        return found

    async def _export(self, request: Request) -> Response:
        kind = request.path_params["kind"]
        plan = request.query_params.get("plan", "")
        return await self._file(request, lambda: exports.export(self.asks, plan, kind))

    async def _workbook(self, request: Request) -> Response:
        """The table of an answer as a workbook, of some rows where they are named."""
        values = await self._values(request)
        if isinstance(values, Response):
            return values
        return await self._file(request, lambda: called(exports.answer, self.asks, **values))

    async def _file(self, request: Request, make: Callable[[], exports.File]) -> Response:
        """A file to take away; what cannot be made is a sentence."""
        lang = self._language(request)
        try:
            async with self._asking:
                found: exports.File = await run_in_threadpool(_speaking, lang, make)
        except (MedGraphError, OSError) as error:
            return _refused(str(error), 422)
        return Response(found.content, media_type=found.media, headers=found.headers)

    async def _map(self, request: Request) -> Response:
        """A map of a plan, or of the base, as a page of its own."""
        kind = request.path_params["kind"]
        plan = request.query_params.get("plan", "")
        given = request.query_params.get("given", "{}")
        return await self._shown(request, lambda: self.asks.map(kind, plan, given))

    async def _present(self, request: Request) -> Response:
        """A plan as slides, as a page of its own."""
        plan = request.query_params.get("plan", "")
        return await self._shown(
            request, lambda: presentation(self.asks, self.asks.desk.plan(plan))
        )

    async def _audit(self, request: Request) -> Response:
        """An audit as a page of its own, or as a workbook."""
        query = request.query_params
        plan, basis = query.get("plan", ""), query.get("basis") or None
        packs = [name for name in query.get("packs", "").split(",") if name]
        if query.get("format") == "xlsx":
            return await self._file(request, lambda: exports.audit(self.asks, plan, packs, basis))
        return await self._shown(
            request, lambda: audits.page_of(self.asks.audit(plan, packs, basis))
        )

    async def _shown(self, request: Request, make: Callable[[], Figure]) -> Response:
        """A picture as a page, in a box of its own: its script can ask this server for nothing."""
        lang = self._language(request)
        try:
            async with self._asking:
                found: Figure = await run_in_threadpool(_speaking, lang, make)
        except (MedGraphError, OSError) as error:
            return PlainTextResponse(f"{error}\n", 422)
        sandbox = "sandbox allow-scripts allow-downloads allow-popups"
        return HTMLResponse(found.to_html(), headers={"Content-Security-Policy": sandbox})

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

    def _tell(self) -> None:
        """Wake all who wait for news; nobody who goes away meanwhile can hold this up."""
        for one in self._listening:
            one.set()

    async def _news(self, request: Request) -> Response:
        page = request.query_params.get("page", "")
        try:
            if page:
                self.presence.come(page)
        except OptionError as error:
            return _refused(str(error), 422)
        self._tell()
        headers = {"X-Accel-Buffering": "no"}  # a proxy passes each event on at once
        events = self._events(request, page)
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    async def _events(self, request: Request, page: str) -> AsyncIterator[str]:
        """What is new, now and whenever it changes, as server-sent events.

        The number of the last entry is told to everybody; to a page that said its name also who
        else looks, and whether the source is of a newer edition.
        """
        self._looking += 1
        changed = asyncio.Event()
        self._listening.add(changed)
        try:
            told: dict[str, Any] = {}
            said = time.monotonic()
            while not await request.is_disconnected():
                news = await run_in_threadpool(self._news_of, page)
                fresh = {name: value for name, value in news.items() if told.get(name) != value}
                if fresh or time.monotonic() - said > _NEWS_EVERY:
                    yield "".join(itertools.starmap(_event, fresh.items())) or ": still here\n\n"
                    told, said = news, time.monotonic()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), _LOOKS_EVERY)
                changed.clear()
        finally:
            self._listening.discard(changed)
            self._looking -= 1
            self.seen = time.monotonic()
            self.presence.leave(page)

    def _news_of(self, page: str) -> dict[str, Any]:
        desk = self._asks.desk if self._asks else None
        seen = desk or self._lists
        try:
            news: dict[str, Any] = {"message": seen.version if seen else 0}
        except OptionError:  # somebody closed it meanwhile
            desk, news = None, {"message": 0}
        if page:
            news["others"] = self.presence.others(page)
            news["edition"] = [desk.print, desk.is_outdated] if desk else []
        return news


def _event(name: str, value: Any) -> str:
    """One event; `message` is what it is called where nothing else is said."""
    said = "" if name == "message" else f"event: {name}\n"
    return f"{said}data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _name(values: dict[str, Any]) -> str:
    name = values.get("name")
    if not isinstance(name, str):
        raise OptionError(say("board.unreadable"))
    return name


# What is asked of the desk by its path, and what is done by values that come as JSON.
_ASKED: dict[str, Callable[..., Any]] = {
    "state": Asks.state,
    "picture": Asks.picture,
    "places": Asks.places,
    "effects": Asks.effects,
    "findings": Asks.findings,
    "compare": Asks.compare,
    "log": Asks.log,
    "forms": Asks.forms,
    "ask": Asks.ask,
    "said": Asks.said,
}
_DONE: dict[str, Callable[[Board, dict[str, Any]], Any]] = {
    "do": lambda board, values: board.asks.do(values),
    "end": lambda board, values: board.asks.end(values),
    "answer": Board.answer,
    "sample": Board.sample,
    "open": Board.open,
    "leave": Board.leave,
    "reconcile": Board.reconcile,
    "decide": lambda board, values: board.lists.decide(values),
    "review-again": lambda board, values: board.lists.again(values),
    "join": lambda board, values: board.lists.join(values),
    "renew": Board.renew,
    "store": Board.store,
    "here": lambda board, values: board.presence.tell(values),
}


def _speaking(lang: str, make: Callable[[], Any]) -> Any:
    with speaking(lang):
        return make()


def _refused(sentence: str, status: int) -> Response:
    return JSONResponse({"error": sentence}, status)
