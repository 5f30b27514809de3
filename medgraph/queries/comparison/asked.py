"""Ask questions of one network on one day, each of them once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.kept import Entry
from medgraph.graphmodel.left_rows import with_doubts
from medgraph.queries.comparison.text_columns import TextColumns
from medgraph.queries.policy.auditing import audit, verdicts
from medgraph.queries.policy.fitting_packs import default_packs, local_packs
from medgraph.queries.verbs import BY_NAME
from medgraph.words.say import language

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from medgraph.graphmodel.left_rows import LeftNodes
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.policy.auditing import Audit
    from medgraph.queries.results import Answer


class Asked:
    """A network on a day, and the answers that were asked for."""

    def __init__(
        self,
        net: MedicalNetwork,
        day: datetime.date,
        *,
        left_out: int = 0,
        left_nodes: LeftNodes | None = None,
    ) -> None:
        """Take a network, the day asked about, and what was left out of its source."""
        self.net = net
        self.day = day
        self.left: dict[str, Any] = {"left_out": left_out, "left_nodes": left_nodes}
        self._doubted = with_doubts(net, left_nodes)
        self._answers: dict[str, Entry] = {}
        self._audits: dict[str, Audit] = {}
        self._in_texts: dict[int, TextColumns] = {}

    def ask(self, name: str, **options: Any) -> Answer:
        """Return the answer of a question, such as `coverage.served`."""
        answer: Answer = self.entry(name, **options).value
        return answer

    def entry(self, name: str, **options: Any) -> Entry:
        """Return the answer of a question with what was read for it; of a large network anew."""
        if self.net.is_large:
            return Entry.of(lambda: self._verb_asked(name, options))
        key = repr((name, sorted(options.items())))
        if key not in self._answers:
            self._answers[key] = self._entry(name, options)
        return self._answers[key]

    def _entry(self, name: str, options: Mapping[str, Any]) -> Entry:
        """The answer, as it was before a change that touches nothing of what it rests on."""
        key = ("answer", name, repr(sorted(options.items())), self.day, language())
        found = self._doubted.kept.entry(key, lambda: self._verb_asked(name, options))
        if found.value.if_listed is None:
            return found
        # what holds if all tables are whole rests on more than was read
        verb, given = BY_NAME[name], {**options, "as_of": self.day}
        answer = replace(
            found.value, if_listed=lambda: verb.ask(self._doubted.as_listed(), **given)
        )
        return replace(found, value=answer)

    def _verb_asked(self, name: str, options: Mapping[str, Any]) -> Answer:
        return BY_NAME[name].ask(self._doubted, **options, as_of=self.day)

    def in_texts(self, answer: Answer) -> list[TextColumns]:
        """Return the frames of an answer of this network as texts, to be compared with others."""
        frames = (answer.frame, answer.unknown, answer.excluded)
        if self.net.is_large:
            return [*map(TextColumns, frames)]
        # what is kept holds its frame, so that no other one can have its id
        return [self._in_texts.setdefault(id(one), TextColumns(one)) for one in frames]

    def audit(self, packs: Sequence[Any]) -> Audit:
        """Return what packs say."""
        key = repr(list(packs))
        if key not in self._audits:
            self._audits[key] = audit(self.net, packs, as_of=self.day, **self.left)
        return self._audits[key]

    def verdicts(self, packs: Sequence[Any]) -> pd.DataFrame:
        """Return what each finding of packs comes to; of a large network without its words."""
        if self.net.is_large:
            return verdicts(self.net, packs, as_of=self.day)
        return self.audit(packs).findings

    @cached_property
    def held(self) -> MedicalNetwork:
        """The facts that hold on the day."""
        return self.net.as_of(self.day)

    @cached_property
    def default_packs(self) -> list[str]:
        """The national packs that fit the groups of the day."""
        return default_packs(self.net, as_of=self.day)

    @cached_property
    def local_packs(self) -> list[str]:
        """The packs of the place in which the network lies."""
        return local_packs(self.net)
