"""`medgraph board` opens the planning board in the browser; `medgraph log` verifies its journal."""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.console import emit, note, say_error
from medgraph.cli.language import command, option
from medgraph.cli.options import format_option
from medgraph.cli.sources import is_foreign, load_source
from medgraph.errors import OptionError, SourceError
from medgraph.json_text import json_text
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from medgraph.board.desk import Desk
    from medgraph.board.server import Board


# All addresses of the machine: browsers call it by one of them, or by a name.
_EVERYWHERE = ("0.0.0.0", "::")


@command(help="help.board")
@click.argument("source", required=False, default=".")
@option("--no-open", is_flag=True, help="help.board_no_open")
@option("--port", type=click.IntRange(0, 65535), default=0, help="help.board_port")
@option("--host", help="help.board_host")
@option("--allow-host", "names", multiple=True, metavar="NAME", help="help.board_allow_host")
@option("--links", type=click.Path(dir_okay=False), help="help.board_links")
@option("--lenient", is_flag=True, help="help.lenient")
def board(
    source: str,
    no_open: bool,
    port: int,
    host: str | None,
    names: tuple[str, ...],
    links: str | None,
    lenient: bool,
) -> None:
    """Serve the board of a source, or of a folder of them, until it is stopped."""
    if find_spec("uvicorn") is None or find_spec("starlette") is None:
        raise OptionError(say("board.not_installed"))
    from medgraph.board.doors import Keys, kept_keys
    from medgraph.board.serving import HERE, serve

    keys = kept_keys(Path(links)) if links else Keys()
    if host in _EVERYWHERE and not names:
        raise OptionError(say("board.needs_names", host=host))
    is_shared = bool(names) or host not in (None, HERE)
    opened = _opened(source, lenient=lenient, keys=keys, is_shared=is_shared)

    def told(editing: str, looking: str) -> None:
        emit(f"{editing}\n")
        note(say("board.open_shared" if is_shared else "board.open_at"))
        note(say("board.look_at", address=looking))
        for name in names:
            by_name = (f"https://{name}/?{one.partition('?')[2]}" for one in (editing, looking))
            note(say("board.by_name", name=name, links=say("list_comma").join(by_name)))
        if is_shared and not names:
            note(say("board.not_encrypted"))

    try:
        serve(opened, port=port, told=told, opens=not no_open, host=host or HERE, names=names)
    finally:
        opened.close()


def _opened(source: str, *, lenient: bool, **sharing: Any) -> Board:
    """The board of a source; a folder of files, or somebody else's file, begins with a page."""
    from medgraph.board.desk import desk_of
    from medgraph.board.server import Board
    from medgraph.board.work_folder import WorkFolder

    if "://" in source:
        return Board(WorkFolder(Path.cwd()), _desk_of_store(source), lang=language(), **sharing)
    path = Path(os.path.abspath(source))  # `.` has no name of its own, beside which a journal lies
    if path.is_dir() and not _is_network(path):
        return Board(WorkFolder(path), lang=language(), **sharing)
    if path.is_file() and is_foreign(source):
        folder = WorkFolder(path.parent)
        return Board(folder, lang=language(), begin_with=path.name, **sharing)
    desk = desk_of(path, lambda file: load_source(str(file), lenient=lenient))
    return Board(WorkFolder(path.parent), desk, lang=language(), **sharing)


def _desk_of_store(source: str) -> Desk:
    """The desk of a network in a store; its journal lies in this folder, called so."""
    from medgraph.board.desk import Desk
    from medgraph.loaders.store.address import address

    where = address(source)
    if where.network is None:
        raise OptionError(say("board.name_network", address=where))
    if not (os.environ.get("NEO4J_PASSWORD") or os.environ.get("NEO4J_PASSWORD_FILE")):
        raise SourceError(say("store_no_password"))  # nobody is asked each time it looks there
    parts = (where.host, str(where.port), where.database or "", where.network)
    name = re.sub(r"[^\w.-]+", "-", " ".join(filter(None, parts)))
    return Desk(Path.cwd() / name, load_source(source), address=source)


def _is_network(folder: Path) -> bool:
    """Whether a folder holds the tables of one network, and not files of several."""
    from medgraph.loaders import registry

    try:
        return registry.format_of_source(folder) is not registry.FOREIGN
    except SourceError:
        return False


@command(help="help.log")
@click.argument("plan")
@format_option(["table", "json"])
def log(plan: str, format_: str | None) -> int:
    """List what a journal holds and verify its chain; exit 1 where it is broken."""
    from medgraph.board.journal import verify
    from medgraph.board.journals import journal_beside, told_entries

    path, only = journal_beside(Path(os.path.abspath(plan)))
    found = verify(path)
    lines = told_entries(path, found.entries, only=only)
    if format_ == "json":
        emit(json_text({"entries": lines, "faults": list(found.faults)}))
    else:
        emit("".join(say("board.log_line", **line) + "\n" for line in lines))
    for fault in found.faults:
        say_error(say("board.log_broken", fault=fault))
    if not found.faults:
        note(say("board.log_sound", count=len(found.entries)))
    return int(bool(found.faults))


COMMANDS = (board, log)
