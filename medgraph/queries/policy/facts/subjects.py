"""Say who is asked (subjects): all nodes of a kind that meet a condition, or the network as a
whole.

Who may meet it is asked too, and marked: a hospital whose level is not stated may be municipal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.made_ids import WHOLE
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.audited_network import table_of
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.paths import walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork

_NO_ATTRIBUTES = ("kind", "linked")


@dataclass(frozen=True)
class Subjects:
    """Who a rule asks: `ids`, positions (-1: the network as a whole), YES or UNKNOWN in `state`.

    `whole`: are these all there can be; `table`: the list that would say so.
    """

    ids: Sequence[str]
    positions: Positions
    state: States
    whole: bool = True
    table: str = ""

    def __len__(self) -> int:
        return len(self.positions)


def subjects_of(audited: AuditedNetwork, wanted: Mapping[str, Any] | str) -> Subjects:
    """Return whom `wanted` asks about: `"all"`, or conditions on attributes such as `{kind =
    ["Group"]}`.

    Placeholders and what is closed are never asked; what is planned and not yet at work may be.
    `linked = {path, to}` asks only who is linked so, `linked = {county}` who lies in a county that
    meets that: itself, or what is at the end of the `path`.
    """
    if isinstance(wanted, str):
        return Subjects([WHOLE], np.array([-1]), np.array([YES], np.int8))
    positions, state = _meeting(audited, wanted, audited.asked)
    unsure = audited.waiting[positions]
    state = np.where(unsure, np.minimum(state, UNKNOWN), state).astype(np.int8)
    ids = audited.index.ids.take(positions).to_pylist()
    table = table_of(wanted.get("kind", "Facility"))
    return Subjects(ids, positions, state, audited.day.declared_table(table), table)


def possible_nodes(
    audited: AuditedNetwork, wanted: Mapping[str, Any], *, placeholders: bool = False
) -> tuple[Positions, States]:
    """Return who is or may be at work and meets or may meet `wanted`, and how sure that is.

    With `placeholders` those may, too.
    """
    at_work = audited.day.at_work
    among = at_work.possible if placeholders else at_work.possible & ~audited.index.is_class
    positions, state = _meeting(audited, wanted, among, choosing=False)
    sure = np.where(audited.index.is_class[positions], UNKNOWN, at_work.states[positions])
    return positions, np.minimum(state, sure).astype(np.int8)


def _meeting(
    audited: AuditedNetwork, wanted: Mapping[str, Any], among: Mask, *, choosing: bool = True
) -> tuple[Positions, States]:
    positions = np.flatnonzero(among & _of_kind(audited, wanted.get("kind")))
    conditions = {name: value for name, value in wanted.items() if name not in _NO_ATTRIBUTES}
    state = audited.states(conditions, positions, choosing=choosing)
    if linked := wanted.get("linked"):
        state = np.minimum(state, _linked(audited, linked, positions))
    kept = state > NO
    return positions[kept], state[kept]


def _linked(audited: AuditedNetwork, wanted: Mapping[str, Any], positions: Positions) -> States:
    """Who is linked along a path to what `to` asks; unknown where more links may be missing."""
    path = wanted.get("path", [])
    ways = walk(audited, positions, path)
    state = np.minimum(ways.state, audited.states(wanted.get("to", {}), ways.end))
    silent = np.where(finished(audited, path, positions), NO, UNKNOWN)
    if "county" in wanted:
        state = np.minimum(state, _in_county(audited, wanted["county"], ways.end))
        silent[:] = UNKNOWN  # what is linked to nothing lies somewhere all the same
        silent[ways.start] = NO
    found = silent.astype(np.int8)
    np.maximum.at(found, ways.start, state.astype(np.int8))
    return found


def _in_county(audited: AuditedNetwork, wanted: Mapping[str, Any], positions: Positions) -> States:
    """Who lies in a county that meets conditions; unknown where no area is stated, or the county
    is not listed.
    """
    digits = audited.column("county")
    counties, _ = possible_nodes(audited, {"kind": ["Area"], "level": ["county"]})
    states = audited.states(wanted, counties, choosing=True).tolist()
    by_digits: dict[str, int] = {}
    for code, state in zip(digits.take(pa.array(counties)).to_pylist(), states, strict=True):
        by_digits[code] = max(state, by_digits.get(code, NO))
    own = digits.take(pa.array(positions)).to_pylist()
    return np.array([by_digits.get(code, UNKNOWN) for code in own], np.int8)


def _of_kind(audited: AuditedNetwork, kinds: str | list[str] | None) -> Mask:
    if not kinds:
        return np.ones(len(audited.index), bool)
    listed = [kinds] if isinstance(kinds, str) else kinds
    found: Mask = audited.index.has("kind", *listed)
    return found
