"""Take in the files that somebody drops on the board, and open those that were worked on before."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.board.journal import SUFFIX
from medgraph.board.workers import answer_of
from medgraph.errors import OptionError
from medgraph.loaders import registry, samples
from medgraph.suffixes import SNAPSHOT, XLSX
from medgraph.whole_files import write_whole
from medgraph.words.invisible import visible
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.loaders.loaded import Loaded

MOST_BYTES = 64 << 20  # of one file
_SECONDS, _MEGABYTES = 180, 6_000  # for reading one
_MOST_FILES = 40  # of a folder: tables of one network
_LONGEST_NAME = 200  # bytes: with the end of a journal it stays within what systems take
_FORBIDDEN = set('\\/:*?"<>|')
_WORKER = "medgraph.board.reading_worker"


@dataclass(frozen=True)
class Taken:
    """What came of a file: its account for the page, and the network as it was read."""

    account: dict[str, Any]
    loaded: Loaded | None


class WorkFolder:
    """The folder of a board: files that were dropped, read in a process that can be ended."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when a file comes."""
        self.folder = folder

    def receive(self, name: str, content: bytes) -> str:
        """Keep a file under its own name, or that with a number; return the name it has now."""
        safe = safe_name(name)
        path = self.folder / safe
        number = 1
        while path.exists() and path.read_bytes() != content:
            number += 1
            path = self.folder / f"{Path(safe).stem} ({number}){Path(safe).suffix}"
        if not path.exists():
            write_whole(path, content)
        return path.name

    def receive_into(self, folder: str, name: str, content: bytes) -> str:
        """Keep a file of a folder that was dropped; return the name that the folder has now.

        Raise OptionError where there are too many files in it.
        """
        place = self.folder / safe_name(folder)
        if place.is_file() or (place.is_dir() and len([*place.iterdir()]) >= _MOST_FILES):
            raise OptionError(say("board.bad_name"))
        place.mkdir(exist_ok=True)
        write_whole(place / safe_name(name), content)
        return place.name

    def sample(self) -> str:
        """Write the sample, unless it is there, and return its name."""
        path = self.folder / f"{say('board.sample_name')}{XLSX}"
        if not path.exists():
            registry.write(samples.taizhou(), path)
        return path.name

    def recent(self) -> list[str]:
        """Return the names of the files that have plans, the last one first."""
        journals = sorted(
            self.folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True
        )
        names = [path.name.removesuffix(SUFFIX) for path in journals]
        return [name for name in names if (self.folder / name).exists()]

    def path(self, name: str) -> Path:
        """Return the path of a file, or of a folder of tables; raise OptionError for any other."""
        path = self.folder / name
        is_bare = name not in ("", "..") and Path(name).name == name
        if not is_bare or not path.exists():
            raise OptionError(say("no_file", path=name))
        return path

    def read(self, name: str, answers: Mapping[str, str] | None = None) -> Taken:
        """Read a file after these answers to its questions.

        Raise SourceError where reading takes too long or wants too much.
        """
        source = self.path(name)
        with tempfile.TemporaryDirectory() as folder:
            given, snapshot = Path(folder) / "answers", Path(folder) / f"read{SNAPSHOT}"
            given.write_text(json.dumps(dict(answers or {})), encoding="utf-8")
            arguments = [str(source), str(given), str(snapshot), language()]
            limits = {"seconds": _SECONDS, "megabytes": _MEGABYTES}
            account = answer_of(_WORKER, arguments, name, **limits)
            if "error" in account:
                return Taken({**account, "name": name}, None)
            loaded = registry.load(snapshot)
        rows = {key: account.pop(key) for key in ("rows_in", "loaded", "left_out")}
        return Taken({**account, "name": name}, replace(loaded, **rows))


def safe_name(name: str) -> str:
    """Return a name that leads to no other folder and that every system takes.

    Raise OptionError where nothing of it is left, or it is too long.
    """
    kept = "".join(sign for sign in visible(name) if sign not in _FORBIDDEN and sign >= " ").strip(
        " ."
    )
    if not kept or len(kept.encode()) > _LONGEST_NAME:
        raise OptionError(say("board.bad_name"))
    return kept
