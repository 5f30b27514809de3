"""Find the line of a pack in which something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Path = tuple[str | int, ...]  # the way to a value: ("rules", 0, "where", "type")

# A text or a comment, so that what stands in it is no key; a text before `=` or `.` is a key.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|#[^\n]*'
    r'|(?P<quoted>"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')(?=(?P<joined>[ \t]*[=.])?)'
    r"|^[ \t]*(?P<head>\[\[?[^\]\n]*\]\]?)(?=[ \t]*(?:#|\r?$))"
    r"|(?P<bare>[\w-]+)(?=[ \t]*[=.][^\n])",
    re.DOTALL | re.MULTILINE,
)
_NAME = re.compile(r'"[^"]*"|\'[^\']*\'|[^.\s]+')


@dataclass(frozen=True)
class PackLines:
    """The lines of a pack, and what it holds; `file` is its name in sentences."""

    text: str
    file: str
    data: Mapping[str, Any]

    def place(self, path: Path, value: Any = None) -> str:
        """Return file and line of a key, and where its value takes several lines, of `value`."""
        begin = self._line(path)
        return f"{self.file}:{self._line_of_value(begin, value) + 1}"

    def _line(self, path: Path) -> int:
        """Return the line of the key that a path ends in, or of what holds it."""
        if path in self._heads:
            return self._heads[path]
        inner = self._first_inside(path)
        if inner is not None:
            lines = self._lines_of_keys.get((self._block(inner), str(inner[-1])), [])
            return self._at(lines, self._turns[inner])
        if not path:
            return 0
        return self._line(path[:-1])

    def _first_inside(self, path: Path) -> Path | None:
        """Return the path itself where it ends in a key, or of a table the first key in it."""
        if path in self._turns:
            return path
        if not path or isinstance(path[-1], str):
            return None
        return next((one for one in self._turns if one[: len(path)] == path), None)

    def _at(self, lines: list[int], turn: int) -> int:
        return lines[min(turn, len(lines) - 1)] if lines else 0

    def _line_of_value(self, begin: int, value: Any) -> int:
        """Return the line of a value between its key and the next one."""
        shown = str(value)
        if isinstance(value, str) and shown:
            rows = self.text.splitlines()
            later = [line for lines in self._lines_of_keys.values() for line in lines]
            end = min((line for line in later if line > begin), default=len(rows))
            for line in range(begin, end):
                if shown in rows[line]:
                    return line
        return begin

    # -- keys in the order of the file -----------------------------------------------------------

    @cached_property
    def _turns(self) -> dict[Path, int]:
        """Which of the keys of the same name each key is, in the order of its block."""
        found: dict[Path, int] = {}
        counts: dict[tuple[Path, str], int] = {}
        for path in _paths((), self.data):
            key = (self._block(path), str(path[-1]))
            found[path] = counts.get(key, 0)
            counts[key] = found[path] + 1
        return found

    def _block(self, path: Path) -> Path:
        """Return the part of the file that a path lies in: that of its head, if it has one."""
        return next((path[:size] for size in (2, 1) if path[:size] in self._heads), ())

    @cached_property
    def _tokens(self) -> list[tuple[str, int, Path]]:
        """The keys of the text: name, line, and in which block; an item begins with its head."""
        found: list[tuple[str, int, Path]] = []
        block: Path = ()
        items: dict[str, int] = {}
        for match in _TOKEN.finditer(self.text):
            at = match.end() if match["head"] else match.start()
            line, names = self.text.count("\n", 0, at), list(_names(match))
            if match["head"]:
                first = names.pop(0)
                if match["head"].startswith("[[") and not names:
                    items[first] = items.get(first, -1) + 1
                block = (first, items[first]) if first in items else (first,)
                if not names:
                    found.append(("", line, block))
            found += [(name, line, block) for name in names]
        return found

    @cached_property
    def _lines_of_keys(self) -> dict[tuple[Path, str], list[int]]:
        found: dict[tuple[Path, str], list[int]] = {}
        for name, line, block in self._tokens:
            found.setdefault((block, name), []).append(line)
        return found

    @cached_property
    def _heads(self) -> dict[Path, int]:
        """The line in which each block begins: `[words]`, the third `[[rules]]`."""
        found: dict[Path, int] = {}
        for _, line, block in self._tokens:
            found.setdefault(block, line)
        found.pop((), None)
        return found


def _names(match: re.Match[str]) -> Iterator[str]:
    """Yield the keys that a token is: all of a head, one of a key, none of a text or comment."""
    if match["head"]:
        for name in _NAME.findall(match["head"].strip("[]")):
            yield name.strip("\"'")
    elif match["bare"]:
        yield match["bare"]
    elif match["quoted"] and match["joined"]:
        yield match["quoted"][1:-1]


def _paths(path: Path, value: Any) -> Iterator[Path]:
    """Yield the way to every key of a value, in order."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*path, key)
            yield from _paths((*path, key), inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _paths((*path, place), inner)
