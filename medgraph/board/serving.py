"""Run the server of the board on this machine until it is stopped or nobody looks any more."""

from __future__ import annotations

import asyncio
import socket
import webbrowser
from typing import TYPE_CHECKING

import uvicorn

from medgraph.board.protocol import Protocol
from medgraph.errors import OptionError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from medgraph.board.server import Board

_HERE = "127.0.0.1"
_IDLE = 10 * 60  # seconds without a page before it stops
_LOOKS_EVERY = 5  # seconds
_HEAD_WITHIN = 10  # seconds in which a request must say what it wants


def serve(board: Board, *, port: int, told: Callable[[str], None], opens: bool) -> None:
    """Serve a board to this machine alone; `told` gets its address, token included, once it is up.

    Raise OptionError where the port is taken.
    """
    listening = _listen(port)
    address = f"http://{_HERE}:{listening.getsockname()[1]}/?token={board.keys.token}"

    def begun() -> None:
        told(address)
        if opens:
            webbrowser.open(address)

    asyncio.run(_run(board, listening, begun))


def _listen(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.bind((_HERE, port))
    except OSError as error:
        found.close()
        raise OptionError(say("board.port_taken", port=port)) from error
    return found


async def _run(board: Board, listening: socket.socket, begun: Callable[[], None]) -> None:
    config = uvicorn.Config(
        board.app(),
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
