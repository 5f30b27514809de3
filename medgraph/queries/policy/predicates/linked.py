"""Test where the links of each element lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.elements import Elements, elements
from medgraph.queries.policy.facts.group_leads import group_leads
from medgraph.queries.policy.facts.own_counties import in_own_county
from medgraph.queries.policy.facts.pairs import pair_keys
from medgraph.queries.policy.facts.paths import Reached, path_of, turned, walk
from medgraph.queries.policy.predicates.keys import last_relation, surest_pairs
from medgraph.queries.policy.predicates.tested import Part, Tested, of_elements
from medgraph.queries.policy.predicates.wording import needs_to_belong
from medgraph.words.say import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


class _Ends(NamedTuple):
    """Per element: how many distinct ends are `certain` and `possible`, and a link's `row` that
    shows one; `unnamed` where some end is only reached by a placeholder, or is one.
    """

    certain: Positions
    possible: Positions
    row: Positions
    by_plan: Mask
    unnamed: Mask


def linked(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Count where each element's links lead along `path`: `>USES_CENTRE`, `<SERVES` (against),
    `-TELEMEDICINE`.

    `ends` = "subject", "lead", "group_lead" (of the groups of a facility or of a team's units),
    "own_county" (in a county where its units lie or serve) or a path from the subject wants such an
    end; `to` conditions on the end, `having` on the last link;
    an element holds if it has `ends_at_least` (1), `ends_at_most` distinct ends. Not found is NO
    where the relation is complete.
    """
    asked = elements(audited, part, subjects)
    ways = _wanted_ways(audited, part, subjects, asked)
    ends = _ends_of(len(asked.node), ways)
    held = _held(audited, part, subjects, asked)
    held[_of_any_number(audited, ways)] = False
    state = _counted(ends, held, part.get("ends_at_least", 1), part.get("ends_at_most"))
    relation = f"links.{last_relation(part['path'])}"
    return of_elements(
        asked,
        state,
        len(subjects),
        row=ends.row,
        by_plan=ends.by_plan,
        lacking=relation,
        need_to_belong=needs_to_belong(audited, part, asked),
        need=_need(audited, ends, relation, part),
        why=_why(ends, held, state),
    )


def _wanted_ways(
    audited: AuditedNetwork, part: Part, subjects: Subjects, asked: Elements
) -> Reached:
    """Return the ways from each element, with the state of how they meet `to`, `ends` and
    `having`.
    """
    ways = walk(audited, asked.node, part["path"], classes=bool(part.get("classes")))
    state = ways.state
    if to := part.get("to"):
        state = np.minimum(state, audited.states(to, ways.end))
    if (ends := part.get("ends")) == "own_county":
        inside = in_own_county(audited, subjects, asked.subject[ways.start], ways.end)
        state = np.minimum(state, inside)
    elif ends:
        subject = asked.subject[ways.start]
        found = pair_keys(audited, subject, ways.end)
        allowed, possible, closed = _keys_of(audited, subjects, ends)
        other = np.where(closed[subject], NO, UNKNOWN)
        other = np.where(np.isin(found, possible), np.maximum(other, UNKNOWN), other)
        state = np.where(np.isin(found, allowed), state, np.minimum(state, other))
    if having := part.get("having"):
        state = np.minimum(state, audited.link_states(having, ways.row))
    return ways._replace(state=state)


def _keys_of(
    audited: AuditedNetwork, subjects: Subjects, ends: str | list[str]
) -> tuple[Positions, Positions, Mask]:
    """Return the ends that a subject allows for certain, those that it may, and of which subjects
    these are all.
    """
    size = len(subjects)
    if ends == "subject":
        own = pair_keys(audited, np.arange(size), subjects.positions)
        return own, own, np.ones(size, bool)
    if ends == "group_lead":
        leads = group_leads(audited, subjects.positions)
        keys = pair_keys(audited, leads.start, leads.lead)
        # a team of no stated group may be of any
        placed = np.isin(np.arange(size), leads.start)
        return keys[leads.state == YES], keys, leads.whole & placed
    path = path_of(ends)
    ways = walk(audited, subjects.positions, path, classes=True)
    keys = pair_keys(audited, ways.start, ways.end)
    return keys[ways.state == YES], keys, finished(audited, path, subjects.positions)


def _ends_of(size: int, ways: Reached) -> _Ends:
    """Count the distinct ends of each element; the best way to an end is the one that counts."""
    row, by_plan, unnamed = np.full(size, -1), np.zeros(size, bool), np.zeros(size, bool)
    ways = ways.kept(ways.state > NO)
    if not len(ways.start):
        return _Ends(np.zeros(size, int), np.zeros(size, int), row, by_plan, unnamed)
    ways = surest_pairs(ways)
    row[ways.start[::-1]] = ways.row[::-1]
    by_plan[ways.start[::-1]] = ways.by_plan[::-1]
    unnamed[ways.start[ways.unnamed]] = True
    certain = np.bincount(ways.start[ways.state == YES], minlength=size)
    return _Ends(certain, np.bincount(ways.start, minlength=size), row, by_plan, unnamed)


def _of_any_number(audited: AuditedNetwork, ways: Reached) -> Positions:
    """The elements that lead to a placeholder: nobody knows to how many ends."""
    return ways.start[ways.unnamed & audited.index.is_class[ways.end] & (ways.state > NO)]


def _held(audited: AuditedNetwork, part: Part, subjects: Subjects, asked: Elements) -> Mask:
    """Return a mask over the elements: all their ways are known, seen from here or from the
    subject.
    """
    path = part["path"]
    one_step = len(path) == 1
    held = finished(audited, path, asked.node, counts_leads=one_step)
    if part.get("ends") == "subject" and one_step and len(asked.node):
        back = finished(audited, [turned(path[0])], subjects.positions, counts_leads=True)
        held |= back[asked.subject]
    return held


def _counted(ends: _Ends, held: Mask, least: int, most: int | None) -> States:
    enough, too_few = ends.certain >= least, (ends.possible < least) & held
    found = np.select([enough, too_few], [YES, NO], UNKNOWN)
    if most is not None:
        too_many, few = ends.certain > most, (ends.possible <= most) & held
        found = np.minimum(found, np.select([too_many, few], [NO, YES], UNKNOWN))
    return found.astype(np.int8)


def _need(audited: AuditedNetwork, ends: _Ends, relation: str, part: Part) -> NDArray[np.object_]:
    """Name what is missing: where an end is possible the column asked for, else the day of opening.

    Else, and where nobody named who the end is, the links.
    """
    columns = audited.lacking_column(part.get("having", {}), ends.row).tolist()
    waiting = [f"{relation}.{one}" if one else "facilities.valid_from" for one in columns]
    stated = (ends.possible > ends.certain) & ~ends.unnamed
    return np.where(stated, waiting, relation).astype(object)


def _why(ends: _Ends, held: Mask, state: States) -> NDArray[np.object_]:
    texts = {count: say("policy_ends", count=count) for count in np.unique(ends.certain).tolist()}
    why = np.array([texts[count] for count in ends.certain.tolist()], object)
    unknown = state == UNKNOWN
    why[unknown & ~held] = say("policy_table_open")
    why[unknown & (ends.possible > ends.certain)] = say("policy_end_open")
    why[unknown & ends.unnamed] = say("policy_unnamed")
    return why
