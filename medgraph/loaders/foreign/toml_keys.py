"""Check the keys of a mapping file and the types of their values, whichever kind it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

# Each key of a table: the type of its value, and how that is written.
Keys = Mapping[str, tuple[Any, str]]


def refuse_unknown(path: Path, given: Mapping[str, Any], allowed: Keys) -> None:
    """Raise SourceError for a key that is none of these, and a value of another type."""
    if unknown := sorted(set(given) - set(allowed)):
        known = ", ".join(sorted(allowed))
        raise SourceError(say("mapping_unknown_key", path=path, value=unknown[0], allowed=known))
    for key, value in given.items():
        types, example = allowed[key]
        is_flag_for_number = isinstance(value, bool) and types is int
        if not isinstance(value, types) or is_flag_for_number:
            raise wrong_value(path, key, value, example)


def wrong_value(path: Path, key: str, value: Any, allowed: str) -> SourceError:
    """Return the error of a value that a key cannot have."""
    return SourceError(say("mapping_wrong_value", path=path, key=key, value=value, allowed=allowed))
