"""Amounts: what is summed, averaged or counted for each subject, as a range where something is
missing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.elements import Elements, elements
from medgraph.queries.policy.facts.paths import PATHS, Reached, walk
from medgraph.queries.policy.predicates.postings import Postings, people, postings
from medgraph.queries.policy.predicates.tested import (
    Part,
    Reasons,
    Tested,
    as_tested,
    columns_of,
)
from medgraph.queries.policy.predicates.wording import datum, equals, not_stated
from medgraph.words.numerals import read_exact
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.policy.facts.audited_network import AuditedNetwork
    from medgraph.queries.policy.facts.subjects import Subjects

_MONTHS = 6  # a posting counts that lasts so long


class Range(NamedTuple):
    """The least that an amount can be, and the most (None: no bound is known)."""

    least: Fraction
    most: Fraction | None


class Amount(NamedTuple):
    """The range of each subject, and the elements that it is made of."""

    ranges: list[Range]
    tested: Tested


def amount(audited: AuditedNetwork, spec: Part, subjects: Subjects) -> Amount:
    """Return per subject the least and the most that an amount can be, and what it is made of."""
    for key, measure in _MEASURES.items():
        if key in spec:
            return measure(audited, spec, subjects)
    raise ValueError(f"no amount: {dict(spec)}")


# -- a column of the elements --------------------------------------------------------------------


def _sum(audited: AuditedNetwork, spec: Part, subjects: Subjects) -> Amount:
    chosen = elements(audited, spec, subjects)
    known, tested = _column(audited, spec, subjects, chosen, spec["sum"])
    ranges = []
    for mine in _by_subject(known, chosen.subject, len(subjects)):
        closed = bool(mine) and None not in mine and not audited.left_out
        ranges.append(_range(mine, closed=closed))
    return Amount(ranges, tested)


def _mean(audited: AuditedNetwork, spec: Part, subjects: Subjects) -> Amount:
    chosen = elements(audited, spec, subjects)
    known, tested = _column(audited, spec, subjects, chosen, spec["mean"])
    ranges = []
    for mine in _by_subject(known, chosen.subject, len(subjects)):
        if not mine or None in mine:
            ranges.append(Range(Fraction(0), None))
        else:
            mean = _total(mine) / len(mine)
            ranges.append(Range(mean, mean))
    return Amount(ranges, tested)


def _column(
    audited: AuditedNetwork, spec: Part, subjects: Subjects, chosen: Elements, name: str
) -> tuple[list[Fraction | None], Tested]:
    """Read the numbers of a column, and show each element with its own."""
    texts = audited.texts(name, chosen.node)
    known = [read_exact(text) for text in texts]
    need = datum(audited, chosen.node, name, spec)
    tested = as_tested(
        chosen.subject,
        [UNKNOWN if value is None else YES for value in known],
        len(subjects),
        node=chosen.node,
        label=name,
        why=[equals(name, text) for text in texts],
        need=need,
        whole=chosen.whole,
        lacking=need,
    )
    return known, tested


def _by_subject(
    known: Sequence[Fraction | None], subject: Positions, count: int
) -> list[list[Fraction | None]]:
    found: list[list[Fraction | None]] = [[] for _ in range(count)]
    for value, place in zip(known, subject.tolist(), strict=True):
        found[place].append(value)
    return found


def _total(values: Sequence[Fraction | None]) -> Fraction:
    return sum((value for value in values if value is not None), Fraction(0))


def _range(values: Sequence[Fraction | None], *, closed: bool) -> Range:
    """The sum of what is known, which is also the most where nothing more can come."""
    total = _total(values)
    return Range(total, total if closed else None)


# -- a count of elements -------------------------------------------------------------------------


def _count(audited: AuditedNetwork, spec: Part, subjects: Subjects) -> Amount:
    which, node, whole = elements(audited, spec, subjects)
    state = audited.states(spec["count"], node)
    need = datum(audited, node, next(iter(spec["count"]), "id"), spec)
    why = Reasons(
        say("policy_not_counted"), not_stated(need.partition(".")[2]), say("policy_counted")
    )
    tested = as_tested(
        which, state, len(subjects), node=node, need=need, whole=whole, lacking=need, why=why
    )
    counts = [
        np.bincount(which[mask], minlength=len(subjects)).tolist()
        for mask in (state == YES, state > NO, state >= NO)
    ]
    ranges = []
    for certain, possible, asked in zip(*counts, strict=True):
        closed = asked > 0 and not audited.left_out
        ranges.append(Range(Fraction(certain), Fraction(possible) if closed else None))
    return Amount(ranges, tested)


# -- a column of links ---------------------------------------------------------------------------


def _over_links(audited: AuditedNetwork, spec: Part, subjects: Subjects) -> Amount:
    """Sum a column over the links of each subject's lead; a link without a number, or to nobody
    knows whom, is open.
    """
    step, name = f">{spec['links']}", spec["sum"]
    leads = walk(audited, subjects.positions, PATHS["lead"])
    ways = _links_that_fit(audited, spec, leads.end, step)
    known = _numbers(audited, name, ways)
    owner = leads.start[ways.start]
    held = finished(audited, [step], leads.end)
    ranges = []
    for place, mine in enumerate(_by_subject(known, owner, len(subjects))):
        own_leads = held[leads.start == place]
        closed = len(own_leads) > 0 and bool(own_leads.all()) and None not in mine
        ranges.append(_range(mine, closed=closed))
    return Amount(ranges, _links_shown(spec, subjects, leads, ways, known, held))


def _links_that_fit(audited: AuditedNetwork, spec: Part, leads: Positions, step: str) -> Reached:
    ways = walk(audited, leads, [step], classes=True)
    fits = audited.link_states(spec.get("having", {}), ways.row)
    ways = ways._replace(state=np.minimum(ways.state, fits))
    return ways.kept(ways.state > NO)


def _numbers(audited: AuditedNetwork, name: str, ways: Reached) -> list[Fraction | None]:
    """Read the number of each link; of one that may not fit it is not known."""
    texts = audited.link_column(name, ways.row).to_pylist()
    return [
        read_exact(text) if state == YES else None
        for text, state in zip(texts, ways.state.tolist(), strict=True)
    ]


def _links_shown(
    spec: Part,
    subjects: Subjects,
    leads: Reached,
    ways: Reached,
    known: list[Fraction | None],
    held: Mask,
) -> Tested:
    """Show the links with their numbers, then the leads of whom more links may be missing."""
    relation, name = f"links.{spec['links']}", spec["sum"]
    stated, silent = len(known), np.flatnonzero(~held)
    value = say("policy_link_value", what=attribute_title(name))
    return as_tested(
        np.r_[leads.start[ways.start], leads.start[silent]],
        [UNKNOWN if n is None else YES for n in known] + [UNKNOWN] * len(silent),
        len(subjects),
        node=np.r_[ways.end, leads.end[silent]],
        row=np.r_[ways.row, np.full(len(silent), -1)],
        label=name,
        need=[f"{relation}.{name}"] * stated + [relation] * len(silent),
        why=[value] * stated + [say("policy_table_open")] * len(silent),
        lacking=relation,
    )


# -- people posted -------------------------------------------------------------------------------


def _people_posted(audited: AuditedNetwork, spec: Part, subjects: Subjects) -> Amount:
    """Count people posted for six months or more within the calendar year, to facilities inside
    each subject's area.
    """
    asked = spec["postings"]
    posts = postings(audited, asked)
    long = posts.lasting(_MONTHS, since=audited.date.replace(month=1, day=1))
    sure = long & posts.certain
    which, node, _ = elements(audited, {"of": "within", "where": asked["to"]}, subjects)
    complete = audited.day.declared_whole("DISPATCHES")
    ranges: list[Range] = []
    rows: list[tuple[int, int, int, int]] = []
    for place in range(len(subjects)):
        near = np.isin(posts.target, node[which == place])
        counted = Fraction(int(people(posts.of(near & sure))))
        closed = complete and not (near & long & ~sure).any()
        ranges.append(Range(counted, counted if closed else None))
        rows += _posts_shown(posts, place, np.flatnonzero(near & long), sure)
        if not complete:
            rows.append((place, UNKNOWN, -1, -1))
    subject, state, target, row = columns_of(rows, 4)
    tested = as_tested(
        subject,
        state,
        len(subjects),
        node=target,
        row=row,
        need="links.DISPATCHES",
        lacking="links.DISPATCHES",
        why=Reasons("", say("policy_table_open"), say("policy_posted")),
    )
    return Amount(ranges, tested)


def _posts_shown(
    posts: Postings, place: int, chosen: Positions, sure: Mask
) -> list[tuple[int, int, int, int]]:
    states = np.where(sure[chosen], YES, UNKNOWN).tolist()
    targets, rows = posts.target[chosen].tolist(), posts.row[chosen].tolist()
    return [(place, *shown) for shown in zip(states, targets, rows, strict=True)]


# The first of these keys that an amount has decides: a `sum` over `links` is one of links.
_MEASURES: dict[str, Callable[[AuditedNetwork, Part, Subjects], Amount]] = {
    "links": _over_links,
    "postings": _people_posted,
    "count": _count,
    "sum": _sum,
    "mean": _mean,
}
