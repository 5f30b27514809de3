"""Write a file so that a kill in the middle leaves the old one whole."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.errors import TargetError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

# How the name begins of what Excel leaves beside a workbook that is open.
LOCK_FILE = "~$"
NEW = ".medgraph-"  # how the names of files begin that are being written
_WRITER = re.compile(rf"{re.escape(NEW)}(\d+)-")
_DAY = 24 * 60 * 60  # seconds


@contextlib.contextmanager
def replacing(target: str | Path) -> Iterator[Path]:
    """Give the path of a new file beside `target`, which it replaces when the block ends well.

    Raise TargetError where the folder cannot be written to or another program holds `target` open.
    """
    target = Path(target)
    refuse_held(target)
    with faults_in_words(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        remove_left_over(target.parent)
        handle, name = tempfile.mkstemp(
            prefix=own_prefix(), suffix=target.suffix, dir=target.parent
        )
        os.close(handle)
        new = Path(name)
        try:
            yield new
            flush(new)
            new.chmod(_mode(target))
            os.replace(new, target)
        finally:
            new.unlink(missing_ok=True)


def own_prefix() -> str:
    """Return how the names begin of what this process writes, so that others leave it alone."""
    return f"{NEW}{os.getpid()}-"


def remove_left_over(folder: Path) -> None:
    """Remove from a folder what a process that was killed while it wrote has left there."""
    for path in folder.glob(f"{NEW}*"):
        writer = _WRITER.match(path.name)
        if writer is None or _is_at_work(int(writer[1]), path):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


def _is_at_work(process: int, path: Path) -> bool:
    """Whether the writer of a file may still be alive, on this machine or on another.

    A number may have been given anew, and a shared folder is written to from elsewhere: what is
    older than a day is left over in any case, and what is younger only where we can tell.
    """
    try:
        is_old = time.time() - path.stat().st_mtime > _DAY
    except OSError:
        return True
    return not is_old and (os.name == "nt" or _lives(process))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def write_whole(path: Path, content: bytes) -> Path:
    """Write `content` to `path`, whole or not at all, and return the path."""
    with replacing(path) as new:
        new.write_bytes(content)
    return path


def refuse_held(target: Path) -> None:
    """Refuse a workbook that Excel or LibreOffice has open: their lock file lies beside it."""
    for lock in (f"{LOCK_FILE}{target.name}", f".~lock.{target.name}#"):
        if (target.parent / lock).exists():
            raise TargetError(say("target_held", path=target))


@contextlib.contextmanager
def faults_in_words(target: Path) -> Iterator[None]:
    """Say in the language of now why `target` cannot be written: a TargetError."""
    try:
        yield
    except TargetError:
        raise
    except PermissionError as error:
        raise TargetError(say("target_held", path=target)) from error
    except OSError as error:
        reason = error.strerror or error
        raise TargetError(say("target_fails", path=target, reason=reason)) from error


def flush(file: Path) -> None:
    """Have the content of a file on the disk before its name is given to it."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _mode(target: Path) -> int:
    """The rights of the old file, or those a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
