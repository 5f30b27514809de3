"""Turn whatever somebody else's parser raises on a broken file into one sentence."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from medgraph.errors import MedGraphError, SourceError
from medgraph.parser_faults import told
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def parsing(sentence: str, path: Path) -> Iterator[None]:
    """Raise SourceError with this sentence for anything that a parser raises inside the block.

    Only calls of parsers belong inside: what they raise on hostile content nobody lists, and a
    fault of our own must not look like one of the file.
    """
    try:
        yield
    except (MedGraphError, MemoryError, PermissionError):
        raise
    except Exception as error:
        raise SourceError(say(sentence, path=path, reason=told(error))) from error
