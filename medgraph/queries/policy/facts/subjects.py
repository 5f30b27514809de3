"""Say who is asked (subjects): all nodes of a kind that meet a condition, or the network as a
whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.states import YES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork

WHOLE = "all"  # the subject of a rule about the network as a whole


@dataclass(frozen=True)
class Subjects:
    """Who a rule asks: `ids` and positions (-1: the network as a whole)."""

    ids: Sequence[str]
    positions: Positions

    def __len__(self) -> int:
        return len(self.positions)


def subjects_of(audited: AuditedNetwork, wanted: Mapping[str, Any] | str) -> Subjects:
    """Return whom `wanted` asks about: `"all"`, or conditions on attributes such as `{kind =
    ["Group"]}`.

    Placeholders and what is closed are never asked; what is planned is.
    """
    if isinstance(wanted, str):
        return Subjects([WHOLE], np.array([-1]))
    positions = _met(audited, wanted, audited.operating | audited.waiting)
    return Subjects(audited.index.ids.take(positions).to_pylist(), positions)


def nodes_of(audited: AuditedNetwork, wanted: Mapping[str, Any]) -> Positions:
    """Return the positions of nodes at work that certainly meet `wanted`."""
    return _met(audited, wanted, audited.operating)


def _met(audited: AuditedNetwork, wanted: Mapping[str, Any], among: Mask) -> Positions:
    mask = among & ~audited.index.is_class & _of_kind(audited, wanted.get("kind"))
    positions = np.flatnonzero(mask)
    conditions = {name: value for name, value in wanted.items() if name != "kind"}
    kept: Positions = positions[audited.states(conditions, positions) == YES]
    return kept


def _of_kind(audited: AuditedNetwork, kinds: str | list[str] | None) -> Mask:
    if not kinds:
        return np.ones(len(audited.index), bool)
    listed = [kinds] if isinstance(kinds, str) else kinds
    found: Mask = audited.index.has("kind", *listed)
    return found
