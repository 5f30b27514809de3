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
    r"|^[ \t]*(?P<head>\[\[?[^\]\n]*\]\]?)"
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
        if len(path) == 2 and path[0] == "rules":
            return self._at(self._heads, int(path[1]))
        inner = self._first_inside(path)
        if inner is not None:
            return self._at(self._lines_of_keys.get(str(inner[-1]), []), self._turns[inner])
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
            later = [line for lines in self._lines_of_keys.values() for line in lines]
            end = min((line for line in later if line > begin), default=begin + 1)
            rows = self.text.splitlines()
            for line in range(begin, min(end, len(rows))):
                if shown in rows[line]:
                    return line
        return begin

    # -- keys in the order of the file -----------------------------------------------------------

    @cached_property
    def _turns(self) -> dict[Path, int]:
        """Which of the keys of the same name each key is, in the order of the file."""
        found: dict[Path, int] = {}
        counts: dict[str, int] = {}
        for path in _paths((), self.data):
            name = str(path[-1])
            found[path] = counts.get(name, 0)
            counts[name] = found[path] + 1
        return found

    @cached_property
    def _tokens(self) -> list[tuple[str, int, bool]]:
        """The keys of the text: name, line, and whether it is the head of a rule."""
        found = []
        for match in _TOKEN.finditer(self.text):
            line = self.text.count("\n", 0, match.end()) if match["head"] else None
            line = self.text.count("\n", 0, match.start()) if line is None else line
            found += [(name, line, bool(match["head"])) for name in _names(match)]
        return found

    @cached_property
    def _lines_of_keys(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for name, line, is_head in self._tokens:
            if not (is_head and name == "rules"):
                found.setdefault(name, []).append(line)
        return found

    @cached_property
    def _heads(self) -> list[int]:
        """The lines in which a rule begins."""
        rows = enumerate(self.text.splitlines())
        return [number for number, row in rows if row.strip().startswith("[[rules]]")]


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
    """Yield the way to every key of a value, in order; a list of rules has one key for all."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if path or key != "rules":
                yield (*path, key)
            yield from _paths((*path, key), inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _paths((*path, place), inner)
