"""Notice that a source was written anew since it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Edition = tuple[tuple[str, int, int], ...]


def edition(source: Path) -> Edition:
    """Return what tells one state of a file, or of the tables of a folder, from the next.

    It is empty where the source cannot be looked at just now, as while it is written.
    """
    try:
        files = sorted(source.iterdir()) if source.is_dir() else [source]
        return tuple(
            (file.name, found.st_mtime_ns, found.st_size)
            for file in files
            if file.is_file() and (found := file.stat())
        )
    except OSError:
        return ()
