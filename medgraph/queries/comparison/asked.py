"""Ask questions of one network on one day, each of them once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from medgraph.queries.policy.auditing import audit
from medgraph.queries.policy.national_packs import default_packs
from medgraph.queries.verbs import BY_NAME
from medgraph.words.say import language

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.policy.auditing import Audit
    from medgraph.queries.results import Answer


class Asked:
    """A network on a day, and the answers that were asked for."""

    def __init__(self, net: MedicalNetwork, day: datetime.date) -> None:
        """Take a network and the day asked about."""
        self.net = net
        self.day = day
        self._answers: dict[str, Answer] = {}
        self._audits: dict[str, Audit] = {}

    def ask(self, name: str, **options: Any) -> Answer:
        """Return the answer of a question, such as `coverage.served`."""
        key = repr((name, sorted(options.items())))
        if key not in self._answers:
            self._answers[key] = self._ask(name, options)
        return self._answers[key]

    def _ask(self, name: str, options: Mapping[str, Any]) -> Answer:
        """The answer, as it was before a change that touches nothing of what it rests on."""
        verb, given = BY_NAME[name], {**options, "as_of": self.day}
        key = ("answer", name, repr(sorted(options.items())), self.day, language())
        found = self.net.kept.once(key, lambda: verb.ask(self.net, **given))
        if found.if_listed is None:
            return found
        # what holds if all tables are whole rests on more than was read
        return replace(found, if_listed=lambda: verb.ask(self.net.as_listed(), **given))

    def audit(self, packs: Sequence[Any]) -> Audit:
        """Return what packs say."""
        key = repr(list(packs))
        if key not in self._audits:
            self._audits[key] = audit(self.net, packs, as_of=self.day)
        return self._audits[key]

    @cached_property
    def held(self) -> MedicalNetwork:
        """The facts that hold on the day."""
        return self.net.as_of(self.day)

    @cached_property
    def default_packs(self) -> list[str]:
        """The national packs that fit the groups of the day."""
        return default_packs(self.net, as_of=self.day)
