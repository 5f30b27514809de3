"""One sentence of a plan: where it is, what became of it, and what it states."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medgraph.loaders.plans.sentence_grammar import Form, Parts

USED, NO_RELATION, NOT_UNDERSTOOD = "used", "no_relation", "not_understood"


@dataclass(frozen=True)
class Sentence:
    """One sentence: its `clause` (二(一)1(1)), its span in the repaired text, its fate, its form.

    `parts` are what the form captures. `phrases` are the forms of the phrases between its commas,
    each with what the sentence captures too.
    """

    text: str
    clause: str
    start: int
    end: int
    status: str
    form: str = ""
    parts: Parts = field(default_factory=dict, compare=False)
    heading: str = ""
    phrases: tuple[Form, ...] = field(default=(), compare=False)

    @property
    def span(self) -> str:
        """The places of its first character and of the one behind its last, as `120-154`."""
        return f"{self.start}-{self.end}"

    @property
    def readings(self) -> list[Sentence]:
        """The sentence once for each form that it fits."""
        own = [self] if self.form else []
        return own + [replace(self, form=form, parts=parts) for form, parts in self.phrases]

    @property
    def forms(self) -> str:
        """The names of the forms, with `+` between them."""
        return "+".join(reading.form for reading in self.readings)

    def part(self, name: str) -> str:
        """What the form captures first under `name`; empty where it captures nothing."""
        return self.parts.get(name, [""])[0]

    def without_form(self, status: str) -> Sentence:
        """The sentence as one that fits no form, with the fate `status`."""
        return replace(self, status=status, form="", phrases=())
