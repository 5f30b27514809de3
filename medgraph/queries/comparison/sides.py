"""See two networks side by side, each on its day, and follow what has become of their nodes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from medgraph.graphmodel import kept

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.kept import Entry
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.comparison.asked import Asked
    from medgraph.queries.results import Answer

# What is kept of a record beside its facts, and does not make two records differ.
BOOKKEEPING = ("id", "valid_from", "valid_to", "origin")


class Difference(NamedTuple):
    """One difference: what of which node or link was `before`, and is `after`."""

    what: str
    change: str
    source: str
    kind: str = "real"
    relation: str = ""
    target: str = ""
    field: str = ""
    before: object = None
    after: object = None


class Compared(NamedTuple):
    """How many facts of one part were compared, and what differs among them."""

    facts: int
    differences: list[Difference]


@dataclass(frozen=True)
class Sides:
    """Two networks, each on its day.

    Where `differing` names the parts in which they differ (`differing_parts`), an answer that rests
    on none of them holds for both.
    """

    one: Asked
    other: Asked
    differing: frozenset[str] | None = None

    @property
    def before(self) -> MedicalNetwork:
        """The earlier network."""
        return self.one.net

    @property
    def after(self) -> MedicalNetwork:
        """The later network."""
        return self.other.net

    @property
    def day_before(self) -> datetime.date:
        """The day of the earlier network."""
        return self.one.day

    @property
    def day_after(self) -> datetime.date:
        """The day of the later network."""
        return self.other.day

    @property
    def held_before(self) -> MedicalNetwork:
        """The facts that hold on the earlier day."""
        return self.one.held

    @property
    def held_after(self) -> MedicalNetwork:
        """The facts that hold on the later day."""
        return self.other.held

    def ask(self, name: str, **options: Any) -> tuple[Answer, Answer]:
        """Return the answers of a question on either side."""
        before = self.one.entry(name, **options)
        if self._holds_after(before):
            return before.value, before.value
        return before.value, self.other.ask(name, **options)

    def _holds_after(self, entry: Entry) -> bool:
        """Whether what was worked out for the earlier side holds for the later."""
        if self.differing is None or self.day_before != self.day_after:
            return False
        return not entry.rests_on(self.differing)

    @property
    def relations(self) -> frozenset[str] | None:
        """The relations of which links may differ; None for all.

        A node that begins, ends or is succeeded takes links of every relation with it.
        """
        if self.differing is None or self.day_before != self.day_after or self.successors:
            return None
        if any(part.startswith(kept.column("")) for part in self.differing):
            return None
        start = kept.links("")
        parts = (part for part in self.differing if part.startswith(start))
        return frozenset(part.removeprefix(start) for part in parts)

    def name(self, id: str) -> str:
        """Return the name of a node, the later one first; an id that is in neither network."""
        if id not in self._names:
            nets = (net for net in (self.after, self.before) if net.index.position(id) >= 0)
            net = next(nets, None)
            self._names[id] = net.name(id) if net else id
        return self._names[id]

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names that were asked for so far."""
        return {}

    @cached_property
    def successors(self) -> dict[str, list[str]]:
        """What each node that is gone has become: its successors, in the later network.

        Where the later day comes first, the trail is read the other way: what a node was before.
        """
        gone = _missing(self.held_before, self.held_after)
        if self.day_after >= self.day_before:
            trail = _trail(self.after, self.day_after, gone)
            there = self.held_after.index
            return {
                old: [heir for heir in heirs if there.position(heir) >= 0]
                for old, heirs in trail.items()
            }
        earlier: dict[str, list[str]] = {}
        new = _missing(self.held_after, self.held_before)
        for old, heirs in _trail(self.before, self.day_before, new).items():
            for heir in heirs:
                if heir in gone:
                    earlier.setdefault(heir, []).append(old)
        return earlier

    @cached_property
    def heirs(self) -> set[str]:
        """Every node that is the successor of another."""
        return {heir for heirs in self.successors.values() for heir in heirs}

    @cached_property
    def follows(self) -> dict[str, str]:
        """The one node that each of those gone has become; nothing for a split."""
        return {old: heirs[0] for old, heirs in self.successors.items() if len(heirs) == 1}

    @cached_property
    def renamings(self) -> dict[str, str]:
        """Of `follows` those whose successor follows them alone and was not there before.

        That is another name; where two become one, also a new one, it is a merger.
        """
        there = self.held_before.index
        parents = Counter(heir for heirs in self.successors.values() for heir in heirs)
        return {
            old: heir
            for old, heir in self.follows.items()
            if parents[heir] == 1 and there.position(heir) < 0
        }


def _missing(one: MedicalNetwork, two: MedicalNetwork) -> set[str]:
    """The nodes of one network that the other has not."""
    if one.packed_tables[0] is two.packed_tables[0]:
        return set()
    ids = one.index.ids
    return {*ids.filter(pa.array(two.index.positions(ids) < 0)).to_pylist()}


def _trail(net: MedicalNetwork, day: datetime.date, ids: set[str]) -> dict[str, list[str]]:
    """What each of these nodes has become by a day, where it has been succeeded."""
    if not len(net.index.links("SUCCEEDED_BY")):
        return {}
    succeeded = ids & set(net.edges("SUCCEEDED_BY")["source"])
    return {id: net.successors(id, on=day) for id in sorted(succeeded)}


def change_of(before: object, after: object) -> str:
    """Return how what one side says, and the other, differ: None is of a side that says nothing."""
    if before is None:
        return "added"
    return "removed" if after is None else "changed"
