"""Take in the files that options ask for: travel times, roads, counts, links, costs.

A file is set down as CSV by a process of its own, so that a workbook that is a bomb costs a
sentence; whoever gave it gets a key, and no path comes from anybody.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.board.work_folder import safe_name
from medgraph.errors import OptionError, SourceError
from medgraph.loaders.bounded import OutOfBounds, run_module
from medgraph.loaders.side_files.option_files import READERS, ROADS
from medgraph.suffixes import CSV
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.words.say import Problem

_KEPT = 30  # files; the oldest goes
_SECONDS, _MEGABYTES = 60, 3_000
_WORKER = "medgraph.board.table_worker"


class OptionFiles:
    """The files that were given, as CSV in a folder that goes with the board."""

    def __init__(self) -> None:
        """Make the folder when the first file comes."""
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._kept: OrderedDict[str, Path] = OrderedDict()

    def receive(self, name: str, content: bytes) -> dict[str, str]:
        """Keep a file and return its key; raise SourceError where it is no table."""
        safe = safe_name(name)
        key = hashlib.sha256(safe.encode() + b"\0" + content).hexdigest()[:32]
        if key not in self._kept:
            self._kept[key] = self._set_down(safe, content, self._place(key))
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            _, oldest = self._kept.popitem(last=False)
            shutil.rmtree(oldest.parent, ignore_errors=True)
        return {"key": key, "name": safe}

    def read(self, kind: str, keys: Sequence[str]) -> Any:
        """Return what the files under these keys hold for a kind of value.

        Raise OptionError for a key that nobody was given, SourceError where a file holds none.
        """
        paths = [self._kept.get(str(key)) for key in keys]
        found = [path for path in paths if path is not None]
        if not found or len(found) < len(keys) or (kind != ROADS and len(found) > 1):
            raise OptionError(say("board.no_option_file"))
        notes: list[Problem] = []
        if kind != ROADS:
            return READERS[kind](found[0], notes=notes)
        with tempfile.TemporaryDirectory() as folder:
            for path in found:
                shutil.copy(path, folder)
            return READERS[kind](folder, notes=notes)

    def _place(self, key: str) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="medgraph-")
        folder = Path(self._folder.name) / key
        folder.mkdir(exist_ok=True)
        return folder

    def _set_down(self, name: str, content: bytes, folder: Path) -> Path:
        """Have a file as CSV, by a process that can be ended."""
        target = folder / f"{Path(name).stem}{CSV}"
        with tempfile.TemporaryDirectory() as given:
            source = Path(given) / name
            source.write_bytes(content)
            try:
                printed = run_module(
                    _WORKER, [str(source), str(target), language()], _SECONDS, _MEGABYTES
                )
            except OutOfBounds as error:
                most = _SECONDS if error.by_time else _MEGABYTES
                limit = say("limit_time" if error.by_time else "limit_memory", most=most)
                raise SourceError(say("past_limit", path=name, limit=limit)) from error
        told = json.loads(printed)
        if "error" in told:
            raise SourceError(told["error"])
        return target
