"""Know a JSON file of another system by its keys, without reading it whole into memory."""

from __future__ import annotations

import mmap
import re
from typing import TYPE_CHECKING

from medgraph.graphmodel.schema import FORMAT_NAME

if TYPE_CHECKING:
    from pathlib import Path

_BEGINNING = 4096  # bytes, in which our own files name their format
_OURS = re.compile(rb'"format"\s*:\s*"' + FORMAT_NAME.encode())
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def has_key(path: Path, pattern: bytes) -> bool:
    """Whether a file begins as JSON does, is none of ours, and holds this pattern of bytes."""
    if not path.is_file() or not path.stat().st_size:
        return False
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING).removeprefix(_BYTE_ORDER_MARK)
        if beginning.lstrip()[:1] not in (b"{", b"[") or _OURS.search(beginning):
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return re.search(pattern, content) is not None
