"""Test the staff sent to each element, or by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.facts.group_leads import GroupLeads, group_leads
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
    pairs = zip(chosen.subject.tolist(), _of_each(posts, chosen.node, part), strict=True)
    for subject, near in pairs:
        mine = posts.of(near if leads is None else _by_lead(posts, near, subject, leads))
        state = _served(mine, part, year_begins)
        shown.append(_shown(mine, part, state, held=bool(held[subject])))
    states, rows, needs = columns_of(shown, 3)
    return of_elements(
        chosen,
        states,
        len(subjects),
        row=rows,
        need=needs,
        need_to_belong=needs_to_belong(audited, part, chosen),
        lacking=datum(audited, chosen.node, "id", part),
        why=[_why(state, need) for state, need in zip(states, needs, strict=True)],
    )


def _shown(posts: Postings, part: Part, state: int, *, held: bool) -> tuple[int, int, str]:
    """The state of an element, the row of the posting that shows it, and what would decide it.

    That is an empty cell of a posting that may suffice, else that all postings are listed.
    """
    row = int(posts.row[0]) if len(posts.row) else -1
    if state == NO and not held:
        return UNKNOWN, row, "links.DISPATCHES"
    needs = posts.needs(days="days_per_week" in part)
    cells = np.flatnonzero(needs != "links.DISPATCHES")
    if state != UNKNOWN or not len(cells):
        return state, row, "links.DISPATCHES"
    return state, int(posts.row[cells[0]]), str(needs[cells[0]])


def _why(state: int, need: str) -> str:
    if state == UNKNOWN:
        return why_open(need)
    return say("policy_posted" if state == YES else "policy_not_posted")


def _of_each(posts: Postings, node: Positions, part: Part) -> list[Positions]:
    """Return for each node the postings to it, or by it (`sender`)."""
    near = posts.source if part.get("sender") else posts.target
    order = np.argsort(near, kind="stable")
    low = np.searchsorted(near[order], node, "left").tolist()
    high = np.searchsorted(near[order], node, "right").tolist()
    return [order[begin:end] for begin, end in zip(low, high, strict=True)]


def _by_lead(posts: Postings, chosen: Positions, subject: int, leads: GroupLeads) -> Positions:
    """Return the postings by those who lead for certain."""
    own = leads.lead[(leads.start == subject) & (leads.state == YES)]
    mine: Positions = chosen[np.isin(posts.source[chosen], own)]
    return mine


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
