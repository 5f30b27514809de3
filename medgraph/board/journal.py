"""Keep every change of every plan in an append-only journal beside the source.

The journal is one SQLite file. Each entry holds the hash of the entry before it, so that one that
was changed, taken out or moved is found; how long the chain is, is noted in a file apart, so that a
journal that was cut off is found too. An entry is on the disk before anybody is told of it.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import sqlite3
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from medgraph.board.network_shares import is_on_a_share
from medgraph.errors import OptionError, SourceError, TargetError
from medgraph.whole_files import write_whole
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SUFFIX = ".board"
_HEAD = ".head"
_FIRST = ""  # what stands before the first entry
_WAIT = 10  # seconds for another process that is writing
_LAYOUT = """
CREATE TABLE IF NOT EXISTS entries (
  number INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, plan TEXT NOT NULL,
  kind TEXT NOT NULL, body TEXT NOT NULL, before TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
"""
_COLUMNS = "number, at, who, plan, kind, body, before, hash"


@dataclass(frozen=True)
class Entry:
    """One entry: what was done to which plan, by which office or role, and when.

    `body` is what was done, as plain values; `before` is the hash of the entry before this one.
    """

    number: int
    at: str
    who: str
    plan: str
    kind: str
    body: dict[str, Any]
    before: str
    hash: str = ""

    def digest(self) -> str:
        """Return the hash that this entry must have."""
        parts = [self.number, self.at, self.who, self.plan, self.kind, self.body, self.before]
        text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Verified:
    """The entries of a journal, and what is wrong with their chain, in sentences."""

    entries: tuple[Entry, ...]
    faults: tuple[str, ...]


class Journal:
    """The journal of one source, open for writing.

    One thread at a time is at the file: to close it while another reads ends the interpreter.
    """

    def __init__(self, path: Path) -> None:
        """Open the journal at `path`, or begin it.

        Raise TargetError where nothing can be written there, SourceError where the file is none.
        """
        self.path = path
        self._lock = threading.RLock()
        self._is_closed = False
        with _in_words(path):
            self._file = sqlite3.connect(
                path, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            # A log beside the file works on a local disk alone.
            mode = "DELETE" if is_on_a_share(path) else "WAL"
            self._file.execute(f"PRAGMA journal_mode = {mode}")
            self._file.execute("PRAGMA synchronous = FULL")
            self._file.executescript(_LAYOUT)
        self._opened = self._on_the_disk()

    def append(self, plan: str, kind: str, body: dict[str, Any], *, who: str) -> Entry:
        """Write one entry, have it on the disk, and return it.

        Raise TargetError where it cannot be written: then nothing of it is there.
        """
        with self._at_the_file():
            with self._transaction():
                self._refuse_if_gone()
                last = self._last()
                number, before = (last.number + 1, last.hash) if last else (1, _FIRST)
                at = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
                unsigned = Entry(number, at, who, plan, kind, body, before)
                new = replace(unsigned, hash=unsigned.digest())
                row = (number, at, who, plan, kind, _text(body), before, new.hash)
                self._file.execute(
                    f"INSERT INTO entries ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?)", row
                )
            self._note_head(new)
        return new

    def entries(self, *, after: int = 0) -> list[Entry]:
        """Return the entries behind the one with a number, in their order."""
        with self._at_the_file():
            query = f"SELECT {_COLUMNS} FROM entries WHERE number > ? ORDER BY number"
            return [_entry(row) for row in self._file.execute(query, (after,))]

    def close(self) -> None:
        """Close the file; what is asked of it afterwards raises OptionError."""
        with self._lock:
            self._is_closed = True
            self._file.close()

    @contextlib.contextmanager
    def _at_the_file(self) -> Iterator[None]:
        """Have the file alone, while it is open."""
        with self._lock, _in_words(self.path):
            if self._is_closed:
                raise OptionError(say("board.nothing_open"))
            yield

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._file.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._file.execute("ROLLBACK")
            raise

    def _refuse_if_gone(self) -> None:
        """Raise TargetError where the file was taken away: nobody would find what is written."""
        if self._on_the_disk() != self._opened:
            raise TargetError(say("board.journal_gone", path=self.path))

    def _on_the_disk(self) -> tuple[int, int] | None:
        """Which file lies at the path now; None where there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _last(self) -> Entry | None:
        query = f"SELECT {_COLUMNS} FROM entries ORDER BY number DESC LIMIT 1"
        row = self._file.execute(query).fetchone()
        return _entry(row) if row else None

    def _note_head(self, last: Entry) -> None:
        """Note apart how long the chain is; a note that is behind is no fault, see `verify`.

        A note that does not fit the chain stays: it tells of what was cut off or changed.
        """
        if not self._fits_its_note():
            return
        noted = {"number": last.number, "hash": last.hash}
        with contextlib.suppress(TargetError):
            write_whole(head_of(self.path), json.dumps(noted).encode())

    def _fits_its_note(self) -> bool:
        """Whether the entry that was noted last is there, as it was."""
        try:
            number, hash_ = _noted(head_of(self.path))
        except (OSError, ValueError):
            return True
        query = "SELECT hash FROM entries WHERE number = ?"
        row = self._file.execute(query, (number,)).fetchone()
        return row is not None and row[0] == hash_


def journal_of(source: Path) -> Path:
    """Return where the journal of a source lies: beside it."""
    return source.with_name(source.name + SUFFIX)


def head_of(journal: Path) -> Path:
    """Return where the length of a journal is noted."""
    return journal.with_name(journal.name + _HEAD)


def verify(path: Path) -> Verified:
    """Read a journal from the disk and check its chain, its end included.

    Raise SourceError where there is no journal.
    """
    if not path.is_file():
        raise SourceError(say("board.no_journal", path=path))
    address = f"{path.absolute().as_uri()}?mode=ro"
    with _in_words(path), contextlib.closing(sqlite3.connect(address, uri=True)) as file:
        rows = file.execute(f"SELECT {_COLUMNS} FROM entries ORDER BY number").fetchall()
    entries = [_entry(row) for row in rows]
    return Verified(tuple(entries), (*_broken(entries), *_cut_off(entries, head_of(path))))


def _broken(entries: Sequence[Entry]) -> Iterator[str]:
    before = _FIRST
    for expected, entry in enumerate(entries, 1):
        if entry.number != expected:
            yield say("board.journal_gap", expected=expected, found=entry.number)
            return
        if entry.hash != entry.digest():
            yield say("board.journal_changed", number=entry.number)
        if entry.before != before:
            yield say("board.journal_out_of_order", number=entry.number)
        before = entry.hash


def _cut_off(entries: Sequence[Entry], head: Path) -> Iterator[str]:
    """What the note of the length says against the entries; there is none before the first."""
    if not head.is_file():
        if entries:
            yield say("board.journal_no_head", path=head.name)
        return
    try:
        number, hash_ = _noted(head)
    except (OSError, ValueError):
        yield say("board.journal_no_head", path=head.name)
        return
    if number > len(entries):
        yield say("board.journal_cut", noted=number, found=len(entries))
    elif number < 1 or entries[number - 1].hash != hash_:
        yield say("board.journal_changed", number=number)


def _noted(head: Path) -> tuple[int, str]:
    """The number and the hash that are noted; raise ValueError where the note says none."""
    noted = json.loads(head.read_text(encoding="utf-8"))
    try:
        return int(noted["number"]), str(noted["hash"])
    except (KeyError, TypeError) as error:
        raise ValueError(head) from error


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def _entry(row: Sequence[Any]) -> Entry:
    """An entry as its row holds it; what is no JSON any more is kept as a text of its own."""
    number, at, who, plan, kind, body, before, hash_ = row
    try:
        values = json.loads(body)
    except ValueError:
        values = None
    kept = values if isinstance(values, dict) else {"": body}
    return Entry(number, at, who, plan, kind, kept, before, hash_)


@contextlib.contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Say why a journal cannot be read or written: a full disk, a folder that cannot be written."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise TargetError(say("board.journal_fails", path=path, reason=error)) from error
        raise SourceError(say("board.not_a_journal", path=path, reason=error)) from error
