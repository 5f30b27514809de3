"""Say over what a rule asks its subjects (elements): themselves, members, what lies in their
area, or a path.

An element may belong for certain or perhaps: a member without a type may be a health centre, a
clinic without an area may lie in any county. And there may be more than are listed. A placeholder
("the stations of the area") is an element only where elements are counted: any number of those it
stands for may belong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import register as registers
from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.audited_network import table_of
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.pairs import at_lead
from medgraph.queries.policy.facts.paths import path_of, relations_of, walk
from medgraph.queries.policy.facts.subjects import Subjects, possible_nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork

COUNTS = frozenset({"at_least", "at_most", "exactly"})  # how many elements must hold
AREAS = "areas"  # the table that lists them
_MANY = 2_000_000  # so many pairs of a subject and what may lie in it are not written out


class Elements(NamedTuple):
    """Pairs of a `subject` (its place) and a `node`, and whether each belongs (YES or UNKNOWN).

    `whole`: per subject, whether these are all there can be; `closing` names the declaration that
    would say so. `several` marks placeholders, which stand for any number.
    """

    subject: Positions
    node: Positions
    state: States
    whole: Mask
    closing: str
    several: Mask

    @property
    def certain(self) -> Mask:
        """A mask: which elements surely belong."""
        found: Mask = self.state == YES
        return found


def elements(
    audited: AuditedNetwork,
    part: Mapping[str, Any],
    subjects: Subjects,
    *,
    placeholders: bool = False,
) -> Elements:
    """Return the elements that `of` and `where` of a rule's part choose for each subject.

    With `placeholders`, or where the part counts elements, those may belong, too.
    """
    counted = placeholders or bool(COUNTS & part.keys())
    of, where = part.get("of", "self"), part.get("where", {})
    if of == "self":
        return _selves(audited, where, subjects)
    if of in ("within", "all"):
        choose = _within if of == "within" else _all
        chosen = possible_nodes(audited, where, placeholders=counted)
        subject, node, state = choose(audited, subjects, *chosen)
        closing = part.get("register") or _table_of(where)
        whole = _listed_whole(audited, part, subjects, closing)
        several = audited.index.is_class[node]
        found = Elements(subject, node, state, whole & (len(subject) <= _MANY), closing, several)
    else:
        found = _along(audited, part, subjects, placeholders=counted)
    return _distinct(found, len(audited.index))


def elements_summed(
    audited: AuditedNetwork, part: Mapping[str, Any], subjects: Subjects
) -> Elements:
    """Return the elements of which an amount is made: a placeholder may add to it without end."""
    found = elements(audited, part, subjects, placeholders=True)
    whole = found.whole.copy()
    whole[found.subject[found.several]] = False
    return found._replace(whole=whole)


def _selves(audited: AuditedNetwork, where: Mapping[str, Any], subjects: Subjects) -> Elements:
    places, whole = np.arange(len(subjects)), np.ones(len(subjects), bool)
    state = np.full(len(subjects), YES, np.int8)
    if where:
        state = audited.states(where, subjects.positions)
    kept = state > NO
    several = np.zeros(int(kept.sum()), bool)
    return Elements(places[kept], subjects.positions[kept], state[kept], whole, "", several)


def _along(
    audited: AuditedNetwork, part: Mapping[str, Any], subjects: Subjects, *, placeholders: bool
) -> Elements:
    path = path_of(part["of"])
    classes = bool(part.get("classes"))
    ways = walk(audited, subjects.positions, path, classes=classes)
    several = audited.index.is_class[ways.end] & (not classes)
    if not placeholders:
        ways, several = ways.kept(~several), several[~several]
    state = np.minimum(ways.state, audited.day.at_work.states[ways.end])
    if where := part.get("where"):
        state = np.minimum(state, audited.states(where, ways.end))
    kept = state > NO
    if part.get("without") == "lead":
        kept &= ~at_lead(audited, subjects, ways)
    whole = finished(audited, path, subjects.positions)
    closing = f"links.{relations_of(path[0])[0]}"
    ways, state = ways.kept(kept), state[kept].astype(np.int8)
    return Elements(ways.start, ways.end, state, whole, closing, several[kept])


def _all(
    audited: AuditedNetwork, subjects: Subjects, chosen: Positions, state: States
) -> tuple[Positions, Positions, States]:
    count = len(subjects)
    places = np.repeat(np.arange(count), len(chosen))
    return places, np.tile(chosen, count), np.tile(state, count)


def _table_of(where: Mapping[str, Any]) -> str:
    kinds = where.get("kind", "Facility")
    return table_of(kinds)


def _listed_whole(
    audited: AuditedNetwork, part: Mapping[str, Any], subjects: Subjects, closing: str
) -> Mask:
    """A mask over the subjects: whether the list of what may be asked of them is complete."""
    whole = np.full(len(subjects), audited.day.declared_table(closing))
    if "register" not in part and _asks_townships(part.get("where", {})):
        whole |= _listed_by_register(audited, subjects, part["of"])
    return whole


def _asks_townships(where: Mapping[str, Any]) -> bool:
    return where.get("kind") in ("Area", ["Area"]) and list(where.get("level", ())) == ["township"]


def _listed_by_register(audited: AuditedNetwork, subjects: Subjects, of: str) -> Mask:
    """A mask: whose townships are all those that the shipped register lists for the counties."""
    if of == "all":
        return np.full(len(subjects), _all_by_register(audited))
    listed = audited.day.counties_listed_whole
    codes = audited.place.take(pa.array(subjects.positions)).to_pylist()
    return np.array([code_prefix(code) in listed for code in codes], bool)


def townships_listed(audited: AuditedNetwork) -> bool:
    """Tell whether the townships of the network are all there are, as declared or by register."""
    return audited.day.declared_table(AREAS) or _all_by_register(audited)


def _all_by_register(audited: AuditedNetwork) -> bool:
    listed = audited.day.counties_listed_whole
    return bool(listed) and listed >= audited.day.counties_named


def _within(
    audited: AuditedNetwork, subjects: Subjects, nodes: Positions, state: States
) -> tuple[Positions, Positions, States]:
    """Nodes in the area of each subject, by the digits of the code that are not closing zeros.

    What states no area, or one of a county that no register knows, may lie in any; what states a
    wider one may lie in any part of that.
    """
    places = audited.place.take(pa.array(nodes))
    codes = audited.place.take(pa.array(subjects.positions)).to_pylist()
    prefixes = [code_prefix(code) for code in codes]
    subject: list[Positions] = [nodes[:0]]
    found: list[Positions] = [nodes[:0]]
    sure = [state[:0]]
    for length in sorted({len(prefix) for prefix in prefixes if prefix}):
        mine = [i for i, prefix in enumerate(prefixes) if len(prefix) == length]
        at = pc.index_in(
            pc.utf8_slice_codeunits(places, 0, length),
            value_set=pa.array([prefixes[i] for i in mine]),
        )
        inside = at.is_valid().to_numpy(zero_copy_only=False)
        subject.append(np.array(mine)[at.drop_null().to_numpy()])
        found.append(nodes[inside])
        sure.append(state[inside])
    holders, vague = _vaguely_placed(audited, nodes, places, prefixes)
    subject.append(holders)
    found.append(vague)
    sure.append(np.full(len(vague), UNKNOWN, np.int8))
    anywhere = nodes[_without_place(audited, nodes, places)]
    count = min(len(subjects), _MANY // max(len(anywhere), 1) + 1)
    subject.append(np.repeat(np.arange(count), len(anywhere)))
    found.append(np.tile(anywhere, count))
    sure.append(np.full(len(anywhere) * count, UNKNOWN, np.int8))
    return np.concatenate(subject), np.concatenate(found), np.concatenate(sure)


def _vaguely_placed(
    audited: AuditedNetwork, nodes: Positions, places: pa.Array, prefixes: list[str]
) -> tuple[Positions, Positions]:
    """Pair subjects and nodes that state an area which holds that of the subject.

    A hospital of the city may stand in any of its counties; an area itself is as wide as it is.
    """
    stated = places.dictionary_encode()
    wide = pa.array([code_prefix(code) for code in stated.dictionary.to_pylist()], pa.string())
    own = wide.take(stated.indices)
    is_area = pa.array(audited.index.is_kind("Area")[nodes])
    subject: list[Positions] = [nodes[:0]]
    found: list[Positions] = [nodes[:0]]
    for length in sorted({len(prefix) for prefix in wide.to_pylist() if prefix}):
        narrower = [place for place, prefix in enumerate(prefixes) if len(prefix) > length]
        beginnings = pa.array([prefixes[place][:length] for place in narrower], pa.string())
        parts = beginnings.dictionary_encode()
        so_wide = pc.and_not(pc.equal(pc.utf8_length(own), length), is_area)
        among = np.flatnonzero(pc.fill_null(so_wide, False))
        holder = pc.fill_null(pc.index_in(own.take(among), value_set=parts.dictionary), -1)
        node, part = equi_join(holder.to_numpy(), parts.indices.to_numpy())
        subject.append(np.array(narrower, np.int64)[part])
        found.append(nodes[among[node]])
    return np.concatenate(subject), np.concatenate(found)


def _without_place(audited: AuditedNetwork, nodes: Positions, places: pa.Array) -> Mask:
    """A mask: nodes that state no area, or an area whose county is in no register."""
    counties = pc.utf8_slice_codeunits(pc.fill_null(places, ""), 0, 6)
    known = _known_counties(audited, counties.unique().to_pylist())
    found: Mask = ~pc.is_in(counties, value_set=pa.array(known, pa.string())).to_numpy(
        zero_copy_only=False
    )
    return found


def _known_counties(audited: AuditedNetwork, counties: list[str]) -> list[str]:
    """Of these the counties of the register or of the areas of the network."""
    own = {code[:6] for code in audited.index.ids.filter(_areas(audited)).to_pylist()}
    six = [county for county in counties if len(county) == 6]
    named = set(registers.names(six))
    return [c for c in six if c in own or c in named or c.ljust(12, "0") in named]


def _areas(audited: AuditedNetwork) -> pa.Array:
    return pa.array(audited.index.is_kind("Area"))


def code_prefix(code: str | None) -> str:
    """Return the digits of an area code that name the area: 2, 4, 6, 9 or 12 of them.

    >>> code_prefix("331002000000"), code_prefix("331000000000"), code_prefix("331002400000")
    ('331002', '3310', '331002400')
    """
    if not code:
        return ""
    bare = code.rstrip("0")
    return next((code[:n] for n in (2, 4, 6, 9, 12) if n >= len(bare)), code)


def _distinct(found: Elements, size: int) -> Elements:
    """Keep each (subject, node) pair once, in order, with its surest state; a node may be -1."""
    if not len(found.subject):
        return found
    key = np.asarray(found.subject, np.int64) * (size + 1) + found.node + 1
    order = np.lexsort((-found.state, key))
    first = np.ones(len(order), bool)
    first[1:] = key[order][1:] != key[order][:-1]
    kept = order[first]
    return found._replace(
        subject=found.subject[kept],
        node=found.node[kept],
        state=found.state[kept],
        several=found.several[kept],
    )
