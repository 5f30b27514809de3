"""Write a file so that a kill in the middle leaves the old one whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from medgraph.errors import TargetError
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

# How the name begins of what Excel leaves beside a workbook that is open.
LOCK_FILE = "~$"
NEW = ".medgraph-"  # how the names of files begin that are being written


@contextlib.contextmanager
def replacing(target: str | Path) -> Iterator[Path]:
    """Give the path of a new file beside `target`, which it replaces when the block ends well.

    Raise TargetError where the folder cannot be written to or another program holds `target` open.
    """
    target = Path(target)
    refuse_held(target)
    with faults_in_words(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=NEW, suffix=target.suffix, dir=target.parent)
        os.close(handle)
        new = Path(name)
        try:
            yield new
            flush(new)
            new.chmod(_mode(target))
            os.replace(new, target)
        finally:
            new.unlink(missing_ok=True)


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
