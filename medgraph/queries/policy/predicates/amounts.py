"""Amounts: what is summed, averaged or counted for each subject, as a range where something is
missing.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from medgraph.graphmodel.headings import attribute as attribute_title
from medgraph.graphmodel.states import NO, UNKNOWN, YES
from medgraph.queries.policy.facts.completeness import finished
from medgraph.queries.policy.facts.elements import Elements, elements_summed
from medgraph.queries.policy.facts.pairs import pair_keys, pairs_of
from medgraph.queries.policy.facts.paths import PATHS, Reached, walk
from medgraph.queries.policy.predicates.keys import (
    OF_THE_RECORD,
    first_said,
    surest_pairs,
)
from medgraph.queries.policy.predicates.postings import Postings, people, postings
from medgraph.queries.policy.predicates.tested import (
    Part,
    Reasons,
    Tested,
    as_tested,
    columns_of,
    of_elements,
)
from medgraph.queries.policy.predicates.wording import (
    datum,
    equals,
    needs_to_belong,
    not_stated,
    why_open,
)
from medgraph.words.quantities import NUMBER, quantity
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from medgraph.graphmodel.arrays.types import Mask, Positions, States
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
    """Sum a column; what may not belong adds to the most alone."""
    chosen = elements_summed(audited, spec, subjects)
    known, tested = _column(audited, spec, subjects, chosen, spec["sum"])
    ranges = []
    for place, mine in enumerate(_by_subject(known, chosen, len(subjects))):
        least = _total(mine.certain)
        closed = bool(mine.certain) and mine.all_known and bool(chosen.whole[place])
        ranges.append(Range(least, least + _total(mine.possible) if closed else None))
    return Amount(ranges, tested)


def _mean(audited: AuditedNetwork, spec: Part, subjects: Subjects) -> Amount:
    """Average a column; what may not belong, or may be missing, leaves the mean open."""
    chosen = elements_summed(audited, spec, subjects)
    known, tested = _column(audited, spec, subjects, chosen, spec["mean"])
    ranges = []
    for place, mine in enumerate(_by_subject(known, chosen, len(subjects))):
        closed = mine.certain and not mine.possible and mine.all_known and chosen.whole[place]
        if not closed:
            ranges.append(Range(Fraction(0), None))
        else:
            mean = _total(mine.certain) / len(mine.certain)
            ranges.append(Range(mean, mean))
    return Amount(ranges, tested)


def _column(
    audited: AuditedNetwork, spec: Part, subjects: Subjects, chosen: Elements, name: str
) -> tuple[list[Fraction | None], Tested]:
    """Read the numbers of a column, and show each element with its own."""
    known = audited.numbers(name, chosen.node, otherwise=spec.get("unit", NUMBER))
    texts = audited.texts(name, chosen.node)
    need = datum(audited, chosen.node, name, spec)
    tested = of_elements(
        chosen,
        [UNKNOWN if value is None else YES for value in known],
        len(subjects),
        label=name,
        why=[_number_read(name, *pair) for pair in zip(texts, known, strict=True)],
        need=need,
        need_to_belong=needs_to_belong(audited, spec, chosen),
        lacking=need,
    )
    return known, tested


def _number_read(name: str, text: str | None, value: Fraction | None) -> str:
    """Say what a number is, or that it was not understood."""
    if text is not None and value is None:
        return say("policy_not_understood", what=equals(name, text))
    return equals(name, text)


class _Numbers(NamedTuple):
    """The numbers of one subject: of what surely belongs and of what may; not of placeholders."""

    certain: list[Fraction | None]
    possible: list[Fraction | None]

    @property
    def all_known(self) -> bool:
        return None not in self.certain and None not in self.possible


def _by_subject(known: Sequence[Fraction | None], chosen: Elements, count: int) -> list[_Numbers]:
    found = [_Numbers([], []) for _ in range(count)]
    columns = (chosen.subject.tolist(), chosen.certain.tolist(), chosen.several.tolist())
    for value, place, certain, several in zip(known, *columns, strict=True):
        if not several:
            (found[place].certain if certain else found[place].possible).append(value)
    return found


def _total(values: Sequence[Fraction | None]) -> Fraction:
    return sum((value for value in values if value is not None), Fraction(0))


# -- a count of elements -------------------------------------------------------------------------


def _count(audited: AuditedNetwork, spec: Part, subjects: Subjects) -> Amount:
    chosen = elements_summed(audited, spec, subjects)
    state = audited.states(spec["count"], chosen.node)
    need = datum(audited, chosen.node, next(iter(spec["count"]), "id"), spec)
    why = Reasons(
        say("policy_not_counted"), not_stated(need.partition(".")[2]), say("policy_counted")
    )
    tested = of_elements(
        chosen,
        state,
        len(subjects),
        need=need,
        need_to_belong=needs_to_belong(audited, spec, chosen),
        lacking=need,
        why=why,
    )
    sure = chosen.certain & ~chosen.several
    counts = [
        np.bincount(chosen.subject[mask], minlength=len(subjects)).tolist()
        for mask in ((state == YES) & sure, state > NO, sure)
    ]
    ranges = []
    for place, (certain, possible, asked) in enumerate(zip(*counts, strict=True)):
        closed = asked > 0 and bool(chosen.whole[place])
        ranges.append(Range(Fraction(certain), Fraction(possible) if closed else None))
    return Amount(ranges, tested)


# -- a column of links ---------------------------------------------------------------------------


def _over_links(audited: AuditedNetwork, spec: Part, subjects: Subjects) -> Amount:
    """Sum a column over the links of each subject's lead; a link without a number, or to nobody
    knows whom, is open.

    Only links to units of the subject at work count, not to the lead itself; the same row twice
    counts once.
    """
    step, name = f">{spec['links']}", spec["sum"]
    leads = surest_pairs(walk(audited, subjects.positions, PATHS["lead"]))
    ways = _links_that_fit(audited, spec, subjects, leads, step)
    numbers = _numbers(audited, name, ways)
    owner = leads.start[ways.start]
    held = finished(audited, [step], leads.end)
    alike = _alike(audited, name, ways)
    ranges = []
    for place in range(len(subjects)):
        mine = _each_once(numbers, alike, np.flatnonzero(owner == place).tolist())
        own_leads = held[leads.start == place]
        closed = len(own_leads) > 0 and bool(own_leads.all())
        least = sum((number.least for number in mine), Fraction(0))
        most = [number.most for number in mine]
        known = closed and None not in most
        ranges.append(Range(least, _total(most) if known else None))
    shown = _LinksShown(audited, spec, leads, ways)
    return Amount(ranges, shown.tested(subjects, _sure(numbers, alike), held))


def _links_that_fit(
    audited: AuditedNetwork, spec: Part, subjects: Subjects, leads: Reached, step: str
) -> Reached:
    ways = walk(audited, leads.end, [step], classes=True)
    state = np.minimum(ways.state, leads.state[ways.start])
    state = np.minimum(state, audited.link_states(spec.get("having", {}), ways.row))
    state = np.minimum(state, _to_own_units(audited, subjects, leads, ways))
    if to := spec.get("to"):
        state = np.minimum(state, audited.states(to, ways.end))
    ways = ways._replace(state=state.astype(np.int8))
    ways = ways.kept(ways.state > NO)
    return ways.kept(first_said(audited.net.tables[1], ways.row, leads.start[ways.start]))


def _to_own_units(
    audited: AuditedNetwork, subjects: Subjects, leads: Reached, ways: Reached
) -> States:
    """Who receives: a unit of the subject other than its lead, or a team of such a unit.

    A facility outside may yet be a member where the list of members is open; a team of which no
    unit is named may be of any group.
    """
    subject = leads.start[ways.start]
    own = pair_keys(audited, subject, ways.end)
    units = pairs_of(audited, subjects, "units")
    teams = _pairs_of_teams(audited, subjects)
    closed = finished(audited, PATHS["members"], subjects.positions)[subject]
    is_team = np.array([audited.kinds[end] == "Team" for end in ways.end.tolist()], bool)
    outside = np.where(closed & ~is_team, NO, UNKNOWN)
    found = np.where(np.isin(own, units) | np.isin(own, teams), YES, outside)
    to_lead = np.isin(own, pairs_of(audited, subjects, "lead"))
    return np.where(to_lead, NO, found).astype(np.int8)


def _pairs_of_teams(audited: AuditedNetwork, subjects: Subjects) -> Positions:
    """The numbers of (subject, team) for the teams that units of a subject lead or belong to."""
    path = ["<MEMBER_OF|LEADS", ">MEMBER_OF|LEADS"]
    ways = walk(audited, subjects.positions, path, classes=True)
    return pair_keys(audited, ways.start, ways.end)


def _alike(audited: AuditedNetwork, name: str, ways: Reached) -> list[int]:
    """Number the links by all that they say but for their number and days."""
    edges = audited.net.tables[1]
    apart = (*OF_THE_RECORD, name, "valid_from", "valid_to")
    columns = [column for column in edges.column_names if column not in apart]
    said = edges.select(columns).take(pa.array(ways.row)).to_pandas()
    found: list[int] = said.groupby(columns, dropna=False, sort=False).ngroup().tolist()
    return found


def _each_once(numbers: list[Range], alike: list[int], places: list[int]) -> list[Range]:
    """The ranges of some links; of links that differ in their number alone, at least the least.

    Two numbers for one thing contradict one another, or are two things: nobody knows.
    """
    by_what: dict[int, list[Range]] = {}
    for place in places:
        by_what.setdefault(alike[place], []).append(numbers[place])
    found = []
    for same in by_what.values():
        most = [number.most for number in same]
        total = None if None in most else _total(most)
        found.append(Range(min(number.least for number in same), total))
    return found


def _numbers(audited: AuditedNetwork, name: str, ways: Reached) -> list[Range]:
    """Read the number of each link; one that may not fit counts for the most alone."""
    unit = audited.unit(name)
    texts = audited.link_column(name, ways.row).to_pylist()
    found = []
    for text, state in zip(texts, ways.state.tolist(), strict=True):
        number = quantity(text, unit)
        sure = number if number is not None and state == YES else Fraction(0)
        found.append(Range(sure, number))
    return found


def _sure(numbers: list[Range], alike: list[int]) -> list[bool]:
    """Which links have one number, that nothing leaves open: two for one thing are none."""
    stated = Counter(alike)
    pairs = zip(numbers, alike, strict=True)
    return [
        number.most is not None and number.least == number.most and stated[what] == 1
        for number, what in pairs
    ]


class _LinksShown:
    """The links of leads with their numbers, then the leads of whom more links may be missing."""

    def __init__(self, audited: AuditedNetwork, spec: Part, leads: Reached, ways: Reached) -> None:
        self.audited, self.spec, self.leads, self.ways = audited, spec, leads, ways
        self.relation, self.name = f"links.{spec['links']}", spec["sum"]

    def tested(self, subjects: Subjects, sure: list[bool], held: Mask) -> Tested:
        """The links, of which those that are sure count."""
        silent = np.flatnonzero(~held)
        leads, ways = self.leads, self.ways
        lacking = self._open()
        needs, whys = zip(*lacking, strict=True) if lacking else ((), ())
        counted = say("policy_link_value", what=attribute_title(self.name))
        return as_tested(
            np.r_[leads.start[ways.start], leads.start[silent]],
            [YES if known else UNKNOWN for known in sure] + [UNKNOWN] * len(silent),
            len(subjects),
            node=np.r_[ways.end, leads.end[silent]],
            row=np.r_[ways.row, np.full(len(silent), -1)],
            label=self.name,
            need=[*needs, *[self.relation] * len(silent)],
            why=[
                *(counted if known else why for known, why in zip(sure, whys, strict=True)),
                *[say("policy_table_open")] * len(silent),
            ],
            lacking=self.relation,
        )

    def _open(self) -> list[tuple[str, str]]:
        """What each link lacks, and why it is open if it is: a condition, its end, its number."""
        having = self.spec.get("having", {})
        attribute = next(iter(having), "")
        open_condition = self.audited.link_states(having, self.ways.row) == UNKNOWN
        open_end = self.ways.state == UNKNOWN
        texts = self.audited.link_column(self.name, self.ways.row).to_pylist()
        found = []
        columns = (open_condition.tolist(), open_end.tolist(), texts)
        for no_condition, no_end, text in zip(*columns, strict=True):
            if no_condition:
                found.append((f"{self.relation}.{attribute}", not_stated(attribute)))
            elif no_end:
                found.append(("links.MEMBER_OF", say("policy_receiver_open")))
            else:
                found.append((f"{self.relation}.{self.name}", self._of_number(text)))
        return found

    def _of_number(self, text: str | None) -> str:
        if text is None:
            return not_stated(self.name)
        if quantity(text, self.audited.unit(self.name)) is None:
            return say("policy_not_understood", what=equals(self.name, text))
        return say("policy_two_numbers", what=attribute_title(self.name))


# -- people posted -------------------------------------------------------------------------------


def _people_posted(audited: AuditedNetwork, spec: Part, subjects: Subjects) -> Amount:
    """Count people posted for six months or more within the calendar year, to facilities inside
    each subject's area.

    To one that may lie elsewhere, or to a placeholder, they count for the most alone.
    """
    asked = spec["postings"]
    receiving = {"of": "within", "where": asked["to"]}
    posts = postings(audited, asked).filled
    long = posts.lasting(_MONTHS, since=audited.date.replace(month=1, day=1))
    sure = long & posts.certain
    chosen = elements_summed(audited, receiving, subjects)
    belong = np.array(needs_to_belong(audited, receiving, chosen), object)
    complete = audited.day.declared_whole("DISPATCHES")
    ranges: list[Range] = []
    rows: list[_PostShown] = []
    for place in range(len(subjects)):
        mine = chosen.subject == place
        doubtful = mine & (~chosen.certain | chosen.several)
        near = np.isin(posts.target, chosen.node[mine & ~doubtful])
        perhaps = np.isin(posts.target, chosen.node[mine]) & long
        counted = Fraction(int(people(posts.of(near & sure))))
        most = people(posts.of(perhaps), possible=True)
        lacking = dict(zip(chosen.node[doubtful].tolist(), belong[doubtful], strict=True))
        closed = complete and math.isfinite(most)
        ranges.append(Range(counted, Fraction(int(most)) if closed else None))
        rows += _posts_shown(posts, place, np.flatnonzero(perhaps), sure, lacking)
        if not complete:
            rows.append(_PostShown(place, UNKNOWN, -1, -1, "links.DISPATCHES"))
    subject, state, target, row, need = columns_of(rows, 5)
    tested = as_tested(
        subject,
        state,
        len(subjects),
        node=target,
        row=row,
        need=need,
        lacking="links.DISPATCHES",
        why=[
            say("policy_posted") if one == YES else why_open(what)
            for one, what in zip(state, need, strict=True)
        ],
    )
    return Amount(ranges, tested)


class _PostShown(NamedTuple):
    """A posting as it counts for the subject in one place, and what would decide it."""

    place: int
    state: int
    target: int
    row: int
    need: str


def _posts_shown(
    posts: Postings, place: int, chosen: Positions, sure: Mask, lacking: dict[int, str]
) -> Iterator[_PostShown]:
    """Show postings; one of nobody knows how many counts for one, or for any number.

    `lacking` names what would say of a receiver whether it lies in the area.
    """
    counted = sure & ~posts.uncounted
    for at, need in zip(chosen.tolist(), posts.of(chosen).needs(), strict=True):
        target = int(posts.target[at])
        state = YES if counted[at] and target not in lacking else UNKNOWN
        yield _PostShown(place, state, target, int(posts.row[at]), lacking.get(target, need))


# The first of these keys that an amount has decides: a `sum` over `links` is one of links.
_MEASURES: dict[str, Callable[[AuditedNetwork, Part, Subjects], Amount]] = {
    "links": _over_links,
    "postings": _people_posted,
    "count": _count,
    "sum": _sum,
    "mean": _mean,
}
