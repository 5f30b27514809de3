"""Take in the files that options ask for: travel times, roads, counts, links, costs, records.

A file is set down as CSV by a process of its own, so that a workbook that is a bomb costs a
sentence; whoever gave it gets a key, and no path comes from anybody. Records are kept as they come,
and counted by such a process.
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
from medgraph.board.workers import answer_of
from medgraph.errors import OptionError, SourceError
from medgraph.loaders.records.flow_files import taken_up
from medgraph.loaders.side_files.option_files import READERS, ROADS
from medgraph.queries.verbs import Kind
from medgraph.suffixes import CSV
from medgraph.words.joining import listed
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.flow_table import FlowTable
    from medgraph.words.say import Problem

_KEPT = 30  # files; the oldest goes
_SECONDS, _MEGABYTES = 60, 3_000
_WORKER = "medgraph.board.table_worker"
_COUNTING_SECONDS = 240
_COUNTER = "medgraph.board.records_worker"
_AS_THEY_COME = {Kind.RECORDS.name, Kind.RECORDS_MAPPING.name, Kind.BOUNDARIES.name}
# The kinds of values that are files.
FILES = {*READERS, *_AS_THEY_COME}


class OptionFiles:
    """The files that were given, in a folder that goes with the board."""

    def __init__(self) -> None:
        """Make the folder when the first file comes."""
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._kept: OrderedDict[str, Path] = OrderedDict()

    def receive(self, name: str, content: bytes, kind: str = "") -> dict[str, str]:
        """Keep a file for a kind of value and return its key; raise SourceError if it is no table.

        What records hold is seen when they are counted.
        """
        safe = safe_name(name)
        is_kept_so = kind.upper() in _AS_THEY_COME
        about = f"{safe}\0{is_kept_so}\0".encode()
        key = hashlib.sha256(about + content).hexdigest()[:32]
        if key not in self._kept:
            keep = self._kept_so if is_kept_so else self._set_down
            self._kept[key] = keep(safe, content, self._place(key))
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            _, oldest = self._kept.popitem(last=False)
            shutil.rmtree(oldest.parent, ignore_errors=True)
        return {"key": key, "name": safe}

    def read(self, kind: str, keys: Sequence[str]) -> Any:
        """Return what the files under these keys hold for a kind of value; of some the path.

        Raise OptionError for a key that nobody was given, SourceError where a file holds none.
        """
        found = self._paths(keys)
        if kind != ROADS and len(found) > 1:
            raise OptionError(say("board.no_option_file"))
        if kind in _AS_THEY_COME:
            return found[0]
        notes: list[Problem] = []
        if kind != ROADS:
            return READERS[kind](found[0], notes=notes)
        with tempfile.TemporaryDirectory() as folder:
            for path in found:
                shutil.copy(path, folder)
            return READERS[kind](folder, notes=notes)

    def flows(
        self, keys: Sequence[str], mapping: Sequence[str], **options: int | str | None
    ) -> FlowTable:
        """Return what the records under these keys are counted into, by a process of its own.

        `mapping` is the key of the file that says what their columns mean, if there is one. Raise
        OptionError for a key that nobody was given, SourceError where they cannot be counted.
        """
        if not keys:
            raise OptionError(say("board.no_records"))
        paths = self._paths(keys)
        with tempfile.TemporaryDirectory(prefix="medgraph-") as folder:
            given, target = Path(folder) / "records", Path(folder) / "flows"
            given.mkdir()
            target.mkdir()
            for number, path in enumerate(paths):
                is_there = (given / path.name).exists()
                shutil.copy(path, given / (f"{number} {path.name}" if is_there else path.name))
            source = given if len(paths) > 1 else given / paths[0].name
            meant = [shutil.copy(path, folder) for path in self._paths(mapping)] if mapping else []
            told = json.dumps({**options, "mapping": meant[0] if meant else None})
            names = listed([path.name for path in paths])
            _run(_COUNTER, [str(source), str(target), told, language()], names, _COUNTING_SECONDS)
            return taken_up(target)

    def _paths(self, keys: Sequence[str]) -> list[Path]:
        """The files under keys; raise OptionError for one that nobody was given."""
        found = [self._kept.get(str(key)) for key in keys]
        if not found or None in found:
            raise OptionError(say("board.no_option_file"))
        return [path for path in found if path is not None]

    def _place(self, key: str) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="medgraph-")
        folder = Path(self._folder.name) / key
        folder.mkdir(exist_ok=True)
        return folder

    def _kept_so(self, name: str, content: bytes, folder: Path) -> Path:
        """Keep a file as it comes."""
        target = folder / name
        target.write_bytes(content)
        return target

    def _set_down(self, name: str, content: bytes, folder: Path) -> Path:
        """Have a file as CSV, by a process that can be ended."""
        target = folder / f"{Path(name).stem}{CSV}"
        with tempfile.TemporaryDirectory() as given:
            source = Path(given) / name
            source.write_bytes(content)
            _run(_WORKER, [str(source), str(target), language()], name, _SECONDS)
        return target


def _run(worker: str, arguments: Sequence[str], name: str, seconds: int) -> None:
    """Have a worker do its part; raise SourceError where it cannot, or is past a limit."""
    told = answer_of(worker, arguments, name, seconds=seconds, megabytes=_MEGABYTES)
    if "error" in told:
        raise SourceError(told["error"])
