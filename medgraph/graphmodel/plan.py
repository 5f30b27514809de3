"""Hold a plan: a named list of changes to one network, each with who wants it and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from medgraph.errors import ChangeError, UnknownIdError

if TYPE_CHECKING:
    from medgraph.graphmodel.changes import Change
    from medgraph.graphmodel.network import MedicalNetwork


@dataclass(frozen=True)
class Step:
    """One change of a plan.

    Parameters
    ----------
    change
        What changes.
    by
        The office or role that wants it; no person.
    reason
        Why, in its own words.
    at
        When it was put into the plan, as ISO 8601.
    """

    change: Change
    by: str = ""
    reason: str = ""
    at: str = ""


class Conflict(NamedTuple):
    """A step of a plan that a network does not allow: its number from 1, and why."""

    number: int
    step: Step
    reason: str


class Carried(NamedTuple):
    """A network after those steps of a plan that it allows, and those that it does not."""

    network: MedicalNetwork
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Plan:
    """A named list of changes on a base.

    Parameters
    ----------
    name
        What the plan is called.
    base
        The fingerprint of the network that it was made for.
    steps
        The changes in their order.

    Examples
    --------
    >>> import medgraph as mg
    >>> from medgraph.graphmodel.fingerprint import fingerprint
    >>> net = mg.samples.taizhou()
    >>> plan = Plan("north", fingerprint(net), (Step(mg.changes.Move("TZ-P34", "G2")),))
    >>> plan.on(net).conflicts
    ()
    """

    name: str
    base: str
    steps: tuple[Step, ...] = ()

    def on(self, net: MedicalNetwork) -> Carried:
        """Return a network after the steps, its base or a newer one; what it refuses is named."""
        conflicts = []
        for number, step in enumerate(self.steps, 1):
            try:
                net = net.applying([step.change])
            except (ChangeError, UnknownIdError) as error:
                conflicts.append(Conflict(number, step, str(error)))
        return Carried(net, tuple(conflicts))
