"""Find the line of a pack in which something is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class PackLines:
    """The lines of a pack; `file` is its name in sentences."""

    text: str
    file: str

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def _starts(self) -> list[int]:
        """The lines in which a rule begins."""
        heads = (line.strip().startswith("[[rules]]") for line in self._lines)
        return [number for number, is_head in enumerate(heads) if is_head]

    def place(self, turn: int | None, *words: str) -> str:
        """Return file and line of the first of `words` that the rule of this turn (None: the
        head) holds.
        """
        lines = self._of_rule(turn)
        for word in words:
            whole_word = re.compile(rf"(?<![\w$]){re.escape(word)}(?!\w)")
            for number in lines:
                if whole_word.search(self._lines[number]):
                    return f"{self.file}:{number + 1}"
        return f"{self.file}:{lines.start + 1}"

    def _of_rule(self, turn: int | None) -> range:
        bounds = [*self._starts, len(self._lines)]
        if turn is None or turn >= len(self._starts):
            return range(bounds[0])
        return range(bounds[turn], bounds[turn + 1])
