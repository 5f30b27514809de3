"""Test the staff sent to each element, or by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.elements import elements
from medgraph.queries.policy.facts.paths import walk
from medgraph.queries.policy.predicates.postings import (
    Postings,
    a_year_before,
    day_number,
    people,
    postings,
)
from medgraph.queries.policy.predicates.tested import Part, Reasons, Tested, as_tested
from medgraph.queries.policy.predicates.wording import datum
from medgraph.words.numerals import read_exact
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects


def posted(audited: AuditedNetwork, part: Part, subjects: Subjects) -> Tested:
    """Test the staff sent: to each element `all_year` without a gap, or one for `months`, or now;
    or by it (`sender`).

    The year is the twelve months that end on the day of the audit; a post may be filled by
    several people in turn. A link without a first day, or whose title or role is not stated, is
    open.
    """
    which, node, whole = elements(audited, part, subjects)
    posts = postings(audited, part)
    held = audited.day.declared_whole("DISPATCHES")
    leads = _lead_pairs(audited, subjects) if part.get("from_lead") else None
    year_begins = day_number(a_year_before(audited.date)) + 1
    states, rows = [], []
    for subject, chosen in zip(which.tolist(), _of_each(posts, node, part), strict=True):
        mine = posts.of(chosen if leads is None else _by_lead(posts, chosen, subject, leads))
        state = _served(mine, part, year_begins)
        states.append(UNKNOWN if state == NO and not held else state)
        rows.append(int(mine.row[0]) if len(mine.row) else -1)
    return as_tested(
        which,
        states,
        len(subjects),
        node=node,
        row=rows,
        whole=whole,
        need="links.DISPATCHES",
        lacking=datum(audited, node, "id", part),
        why=Reasons(say("policy_not_posted"), say("policy_table_open"), say("policy_posted")),
    )


def _of_each(posts: Postings, node: Positions, part: Part) -> list[Positions]:
    """Return for each node the postings to it, or by it (`sender`)."""
    near = posts.source if part.get("sender") else posts.target
    order = np.argsort(near, kind="stable")
    low = np.searchsorted(near[order], node, "left").tolist()
    high = np.searchsorted(near[order], node, "right").tolist()
    return [order[begin:end] for begin, end in zip(low, high, strict=True)]


def _by_lead(
    posts: Postings, chosen: Positions, subject: int, leads: set[tuple[int, int]]
) -> Positions:
    kept = [(subject, source) in leads for source in posts.source[chosen].tolist()]
    mine: Positions = chosen[np.array(kept, bool)]
    return mine


def _lead_pairs(audited: AuditedNetwork, subjects: Subjects) -> set[tuple[int, int]]:
    """(subject, its lead): of a group, or of the groups that a facility belongs to."""
    positions = subjects.positions
    facility = np.array([p >= 0 and audited.kinds[p] == "Facility" for p in positions], bool)
    pairs: set[tuple[int, int]] = set()
    for mask, path in ((facility, [">MEMBER_OF", "<LEADS"]), (~facility, ["<LEADS"])):
        ways = walk(audited, positions[mask], path)
        places = np.flatnonzero(mask)[ways.start]
        pairs.update(zip(places.tolist(), ways.end.tolist(), strict=True))
    return pairs


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
        return _without_gap(posts, year_begins)
    if months := part.get("months"):
        return bool(posts.lasting(months).any())
    now = posts.of((posts.first <= posts.today) & (posts.last >= posts.today))
    if least := read_exact(part.get("days_per_week")):
        enough = now.days_per_week >= float(least)
        now = now.of(np.where(np.isnan(now.days_per_week), possible, enough))
    wanted: int = part.get("staff_at_least", 1)
    return people(now, possible=possible) >= wanted


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
