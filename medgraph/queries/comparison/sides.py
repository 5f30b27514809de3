"""See two networks side by side, each on its day, and follow what has become of their nodes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

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
    """Two networks, each on its day."""

    before: MedicalNetwork
    after: MedicalNetwork
    day_before: datetime.date
    day_after: datetime.date

    @cached_property
    def held_before(self) -> MedicalNetwork:
        """The facts that hold on the earlier day."""
        return self.before.as_of(self.day_before)

    @cached_property
    def held_after(self) -> MedicalNetwork:
        """The facts that hold on the later day."""
        return self.after.as_of(self.day_after)

    def name(self, id: str) -> str:
        """Return the name of a node, the later one first; an id that is in neither network."""
        for net in (self.after, self.before):
            if net.index.position(id) >= 0:
                return net.name(id)
        return id

    @cached_property
    def successors(self) -> dict[str, list[str]]:
        """What each node that is gone has become: its successors, in the later network."""
        if not len(self.after.index.links("SUCCEEDED_BY")):
            return {}
        there = set(self.held_after.index.ids.to_pylist())
        gone = set(self.held_before.index.ids.to_pylist()) - there
        succeeded = gone & set(self.after.edges("SUCCEEDED_BY")["source"])
        return {
            id: [heir for heir in self.after.successors(id, on=self.day_after) if heir in there]
            for id in sorted(succeeded)
        }

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
        """Of `follows` those whose successor was not there before: another name, no merger."""
        there = self.held_before.index
        return {old: heir for old, heir in self.follows.items() if there.position(heir) < 0}


def as_text(value: Any) -> str:
    """Return a value of a field as text, a day as in ISO 8601; empty where there is none."""
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return str(value)
