"""Run the server of the board until it is stopped or nobody looks any more."""

from __future__ import annotations

import asyncio
import errno
import socket
import webbrowser
from typing import TYPE_CHECKING

import uvicorn

from medgraph.board.protocol import Protocol
from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from medgraph.board.server import Board

HERE = "127.0.0.1"
_IDLE = 10 * 60  # seconds without a page before it stops
_LOOKS_EVERY = 5  # seconds
_HEAD_WITHIN = 10  # seconds in which a request must say what it wants


def serve(
    board: Board,
    *,
    port: int,
    told: Callable[[str, str], None],
    opens: bool,
    host: str = HERE,
    names: Sequence[str] = (),
) -> None:
    """Serve a board at an address of this machine, by default to this machine alone.

    `told` gets two addresses once it is up, tokens included: to edit, and to look. `names` are
    further names by which the server is called. Raise OptionError where the port is taken, or the
    address is not of this machine.
    """
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    beginning = f"http://{shown}:{listening.getsockname()[1]}/?token="
    addresses = beginning + board.keys.token, beginning + board.keys.reading

    def begun() -> None:
        told(*addresses)
        if opens:
            webbrowser.open(addresses[0])

    asyncio.run(_run(board, listening, (shown, *names), begun))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        key = "board.port_taken" if error.errno == errno.EADDRINUSE else "board.no_such_host"
        raise OptionError(say(key, port=port, host=host)) from error
    return found


async def _run(
    board: Board, listening: socket.socket, names: Sequence[str], begun: Callable[[], None]
) -> None:
    config = uvicorn.Config(
        board.app(tuple(names)),
        http=Protocol,
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_HEAD_WITHIN,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not running.done():
        await asyncio.sleep(0.01)
    begun()
    while not running.done():
        await asyncio.wait([running], timeout=_LOOKS_EVERY)
        if board.idle > _IDLE:
            server.should_exit = True
    await running
