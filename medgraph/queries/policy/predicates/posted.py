"""Test the staff sent to each element, or by it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.elements import Elements, elements
from medgraph.queries.policy.facts.group_leads import GroupLeads, group_leads
from medgraph.queries.policy.facts.pairs import pair_keys
from medgraph.queries.policy.predicates.postings import (
    Postings,
    a_year_before,
    day_number,
    people,
    postings,
)
from medgraph.queries.policy.predicates.tested import (
    Part,
    Tested,
    columns_of,
    of_elements,
)
from medgraph.queries.policy.predicates.wording import datum, needs_to_belong, why_open
from medgraph.words.numerals import read_exact
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


_LONG_TERM = 6  # months
_WORKING_WEEK = 5  # days


def posted(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test the staff sent: to each element `all_year` without a gap, or one for `months`, or
    `long_term`, or now; or by it (`sender`).

    The year is the twelve months that end on the day of the audit; a post may be filled by
    several people in turn. `months` are those of a posting that served in that year; long term is
    six months or more until today (发布会 2024-06-18), and less leaves it open. A posting of zero
    people is none. A link without a first day, or whose title or role is not stated, is open, as
    is a whole year of less than five days a week.
    """
    chosen = elements(audited, part, subjects)
    posts = postings(audited, part).filled
    leads = group_leads(audited, subjects.positions) if part.get("from_lead") else None
    held = np.full(len(subjects), audited.day.declared_whole("DISPATCHES"))
    if leads is not None:
        held &= leads.whole
        held[leads.start[leads.state != YES]] = False
    year_begins = day_number(a_year_before(audited.date)) + 1
    shown = []
    each = _of_each(audited, posts, chosen, part, leads)
    for near, is_held in zip(each, held[chosen.subject].tolist(), strict=True):
        mine = posts.of(near)
        state = _served(mine, part, year_begins)
        shown.append(_shown(mine, part, state, held=is_held))
    states, rows, needs = columns_of(shown, 3)
    reasons = {told: _why(*told) for told in set(zip(states, needs, strict=True))}
    return of_elements(
        chosen,
        states,
        len(subjects),
        row=rows,
        need=needs,
        need_to_belong=needs_to_belong(audited, part, chosen),
        lacking=datum(audited, chosen.node, "id", part),
        why=[reasons[told] for told in zip(states, needs, strict=True)],
    )


def _shown(posts: Postings, part: Part, state: int, *, held: bool) -> tuple[int, int, str]:
    """The state of an element, the row of the posting that shows it, and what would decide it.

    That is an empty cell of a posting that may suffice, else that all postings are listed.
    """
    row = int(posts.row[0]) if len(posts.row) else -1
    if state == NO and not held:
        return UNKNOWN, row, "links.DISPATCHES"
    if state != UNKNOWN:
        return state, row, "links.DISPATCHES"
    needs = posts.needs(days="days_per_week" in part)
    cells = np.flatnonzero(needs != "links.DISPATCHES")
    if not len(cells):
        return state, row, "links.DISPATCHES"
    return state, int(posts.row[cells[0]]), str(needs[cells[0]])


def _why(state: int, need: str) -> str:
    if state == UNKNOWN:
        return why_open(need)
    return say("policy_posted" if state == YES else "policy_not_posted")


def _of_each(
    audited: AuditedNetwork,
    posts: Postings,
    chosen: Elements,
    part: Part,
    leads: GroupLeads | None,
) -> list[Positions]:
    """Return for each element the postings to it, or by it (`sender`).

    Where `leads` are given, those alone that come from who leads its subject for certain.
    """
    near = posts.source if part.get("sender") else posts.target
    element, place = equi_join(chosen.node, near)
    if leads is not None:
        own = pair_keys(audited, leads.start, leads.lead)[leads.state == YES]
        sent = pair_keys(audited, chosen.subject[element], posts.source[place])
        by_lead = np.isin(sent, own)
        element, place = element[by_lead], place[by_lead]
    ends = np.searchsorted(element, np.arange(len(chosen.node) + 1)).tolist()
    return [place[begin:end] for begin, end in itertools.pairwise(ends)]


def _served(posts: Postings, part: Part, year_begins: int) -> int:
    """YES where the certain postings suffice, UNKNOWN where only the open ones would make it so,
    else NO.
    """
    if not len(posts.source):
        return NO
    if _suffice(posts.of(posts.certain), part, year_begins, possible=False):
        return YES
    return UNKNOWN if _suffice(posts, part, year_begins, possible=True) else NO


def _suffice(posts: Postings, part: Part, year_begins: int, *, possible: bool) -> bool:
    if part.get("all_year"):
        return _without_gap(posts if possible else _full_time(posts), year_begins)
    if months := part.get("months"):
        of_the_year = posts.last >= year_begins
        return bool((posts.lasting(months) & of_the_year).any())
    now = posts.of((posts.first <= posts.today) & (posts.last >= posts.today))
    if part.get("long_term"):
        return bool(len(now.first)) if possible else bool(now.lasting(_LONG_TERM).any())
    if least := read_exact(part.get("days_per_week")):
        enough = now.days_per_week >= float(least)
        now = now.of(np.where(np.isnan(now.days_per_week), possible, enough))
    wanted: int = part.get("staff_at_least", 1)
    return people(now, possible=possible) >= wanted


def _full_time(posts: Postings) -> Postings:
    """The postings that are not stated to be for some days of the week alone."""
    part_time = posts.days_per_week < _WORKING_WEEK  # false where no days are stated
    return posts.of(~part_time)


def _without_gap(posts: Postings, year_begins: int) -> bool:
    """Do the postings follow one another from the first day of the year until today?"""
    first = np.maximum(posts.first, year_begins)
    last = np.minimum(posts.last, posts.today)
    reached = year_begins - 1
    for begin, end in sorted(zip(first.tolist(), last.tolist(), strict=True)):
        if begin > reached + 1:
            return False
        reached = max(reached, end)
    return reached >= posts.today
