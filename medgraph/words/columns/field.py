"""One column of a table: its name, its titles, its type and unit."""

from __future__ import annotations

from dataclasses import dataclass

from medgraph.words.languages import choose


@dataclass(frozen=True)
class Field:
    """One column: its `name`, Chinese title, `type`, vocabulary, unit, and what else it is called.

    `header` is what CSV calls it, where that is another word than the name of the node's column.
    """

    name: str
    zh: str
    type: str = "text"
    vocabulary: str | None = None
    required: bool = False
    unit: str | None = None
    also: tuple[str, ...] = ()
    header: str | None = None

    @property
    def heading(self) -> str:
        """The English title, as CSV writes it."""
        return self.header or self.name

    def title(self, lang: str) -> str:
        """Return the title in `lang`."""
        return choose(lang, {"zh": self.zh, "en": self.heading})
