"""Read what somebody's columns and words mean: a section of a mapping file, for one side file.

`[records.columns]` says which of their columns is ours, `[records.words.kind]` what their words of
our column mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.text_files import read_toml
from medgraph.words.record_titles import SIDE_FILES
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Collection

_KEYS = ("columns", "words")


@dataclass(frozen=True)
class ColumnMapping:
    """What the columns of a file mean: `columns` is our name -> the title that stands there.

    `words` is our column -> their word -> ours.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


AS_KNOWN = ColumnMapping()  # nothing is stated: titles and words are read as they are known


def column_mapping_in(
    path: str | Path | None, section: str, names: Collection[str]
) -> ColumnMapping:
    """Read the section of a mapping file that may speak of the network alone."""
    if path is None or section not in read_toml(Path(path)):
        return AS_KNOWN
    return read_column_mapping(path, section, names)


def is_of_side_files(path: str | Path) -> bool:
    """Whether a mapping file speaks of side files alone, and not of the network."""
    given = read_toml(Path(path))
    return bool(given) and set(given) <= set(SIDE_FILES)


def read_column_mapping(path: str | Path, section: str, names: Collection[str]) -> ColumnMapping:
    """Read the section of a mapping file; `names` are the columns that it may speak of.

    Raise SourceError for a file without the section, and for a key that means nothing.
    """
    given = read_toml(Path(path)).get(section)
    if not isinstance(given, Mapping):
        raise SourceError(say("mapping_no_section", path=path, section=section))
    _refuse_others(path, given, _KEYS)
    columns, words = (given.get(key, {}) for key in _KEYS)
    for key, table in (("columns", columns), ("words", words)):
        if not isinstance(table, Mapping):
            raise _wrong(path, f"{section}.{key}", table)
        _refuse_others(path, table, names)
    for name, title in columns.items():
        if not isinstance(title, str):
            raise _wrong(path, f"{section}.columns.{name}", title)
    for name, terms in words.items():
        if not isinstance(terms, Mapping) or not all(
            isinstance(ours, str) for ours in terms.values()
        ):
            raise _wrong(path, f"{section}.words.{name}", terms)
    return ColumnMapping(columns, words)


def _refuse_others(path: str | Path, given: Mapping[str, Any], allowed: Collection[str]) -> None:
    for key in given:
        if key not in allowed:
            known = ", ".join(sorted(allowed))
            raise SourceError(say("mapping_unknown_key", path=path, value=key, allowed=known))


def _wrong(path: str | Path, key: str, value: Any) -> SourceError:
    allowed = '{ a = "b" }'
    return SourceError(say("mapping_wrong_value", path=path, key=key, value=value, allowed=allowed))
