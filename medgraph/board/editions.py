"""Notice that a source, a file or a store, was written anew since it was read."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from medgraph.errors import MedGraphError
from medgraph.loaders import registry

if TYPE_CHECKING:
    from pathlib import Path

_EVERY = 10  # seconds between two looks at a store


class Watch:
    """A source as it was when it was read: a file, a folder of tables, the address of a store."""

    def __init__(self, source: Path, address: str = "") -> None:
        """Note how the source is now."""
        self._source = source
        self._address = address
        self._looked = time.monotonic()
        self._read = self._last = self._now()

    @property
    def is_outdated(self) -> bool:
        """Whether the source was written anew; what cannot be looked at just now is as it was."""
        if self._address and time.monotonic() - self._looked < _EVERY:
            return bool(self._last != self._read)
        self._looked = time.monotonic()
        self._last = self._now() or self._last
        return bool(self._last != self._read)

    def _now(self) -> Any:
        try:
            if self._address:
                return registry.format_of_source(self._address).code.edition(self._address)
            is_folder = self._source.is_dir()
            files = sorted(self._source.iterdir()) if is_folder else [self._source]
            return tuple(
                (file.name, found.st_mtime_ns, found.st_size)
                for file in files
                if file.is_file() and (found := file.stat())
            )
        except (MedGraphError, OSError):
            return None
