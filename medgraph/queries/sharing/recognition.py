"""Where results are recognised: inside every group, and between the groups of one prefecture."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer_by_status, define, frame_of, groups_left_out
from medgraph.queries.as_listed import told_as_listed
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

RELATION = "RECOGNISES_RESULTS"
_LISTS = ("groups", "links.MEMBER_OF", "links.LEADS")


@told_as_listed
def recognition(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Say where results are recognised: in every group, and between groups of one prefecture.

    Two groups are of one prefecture where members of both stand in it; where a member's place is
    not known, they may be. A link between two groups stands for both directions. Inside a group, a
    link from the group to itself stands for all pairs of its members; without one, the pairs of
    members are counted.
    Share: pairs recognised, of the pairs judged; a missing pair is unknown unless
    RECOGNISES_RESULTS is declared complete.

    Parameters
    ----------
    net
        The network.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per pair: `group`, `name`, `other`, `other_name`, `scope` (inside, between), `items`
        (the least stated number; empty: not stated), `pairs` of `pairs_possible` (members, inside),
        `status` (recognised, missing), `reason`, `clause`.

    Examples
    --------
    >>> import medgraph as mg
    >>> answer = mg.sharing.recognition(mg.samples.taizhou())
    >>> answer.judged + len(answer.unknown)
    10
    """
    day = Day(net, as_of)
    links = _Recognising(day)
    columns = ("group", "name", "status", "reason")
    pairs, perhaps = _group_pairs(day)
    rows = [_row(day, links, one, other) for one, other in pairs]
    unplaced = {"status": "unknown", "reason": say("recognition_unplaced")}
    unsure = [_row(day, links, one, other) | unplaced for one, other in perhaps]
    return answer_by_status(
        day,
        "sharing.recognition",
        define(day, "recognition_numerator", "recognition_denominator", "pairs"),
        frame_of(rows, columns),
        met="recognised",
        perhaps=frame_of(unsure, columns),
        excluded=groups_left_out(day),
        lists=_LISTS if _may_be_nearer(day, pairs, perhaps) else ("groups",),
    )


def _may_be_nearer(day: Day, *asked: list[tuple[int, int]]) -> bool:
    """Tell whether there are pairs of groups that only a further member could bring together."""
    groups = int(day.group.certain.sum())
    return sum(len(pairs) for pairs in asked) < groups * (groups + 1) // 2


class _Recognising:
    """The links of recognition of a day, by pair; a pair has no direction."""

    def __init__(self, day: Day) -> None:
        self.day = day
        links = day.links(RELATION)
        self.items = day.values(RELATION, "items").to_pylist()
        self.row = links.row
        self._links: dict[tuple[int, int], list[int]] = {}
        ends = zip(links.source.tolist(), links.target.tolist(), strict=True)
        self.others: dict[int, set[int]] = {}
        for place, (one, other) in enumerate(ends):
            self._links.setdefault(_pair(one, other), []).append(place)
            if one != other:
                self.others.setdefault(one, set()).add(other)
                self.others.setdefault(other, set()).add(one)

    def between(self, one: int, other: int) -> list[int]:
        """Return the places of the links that join two nodes, or a node to itself."""
        return self._links.get(_pair(one, other), [])

    @cached_property
    def listed(self) -> Mask:
        """A mask over the groups of the day: the links of recognition are declared complete."""
        groups = np.flatnonzero(self.day.group.certain)
        return self.day.mask(groups[self.day.declared(RELATION, for_=groups)])

    @cached_property
    def members_known(self) -> Mask:
        """A mask over the groups of the day: the members are declared complete."""
        groups = np.flatnonzero(self.day.group.certain)
        return self.day.mask(groups[self.day.members_known(groups)])


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one <= other else (other, one)


def _group_pairs(day: Day) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return every group with itself and with those of which members stand in its prefecture, and
    the other pairs of which one has a member of no known place, so that they may.
    """
    groups = np.flatnonzero(day.group.certain).tolist()
    placed, unplaced = _prefectures(day, groups)
    between = {pair for near in placed.values() for pair in combinations(near, 2)}
    perhaps = {_pair(one, other) for one in unplaced for other in groups if one != other}
    return [(group, group) for group in groups] + sorted(between), sorted(perhaps - between)


def _prefectures(day: Day, groups: list[int]) -> tuple[dict[int, list[int]], list[int]]:
    """Return the groups of each prefecture by four digits, and those with a member of which none
    is known, or without members: so that they may be of any.
    """
    of_group = day.group_memberships
    codes = day.county[of_group.facility] // 100
    stands = {*zip(codes.tolist(), of_group.collective.tolist(), strict=True)}
    placed: dict[int, list[int]] = {}
    for code, group in sorted(stands):
        placed.setdefault(code, []).append(group)
    unplaced = placed.pop(0, [])
    empty = set(groups) - set(of_group.collective.tolist())
    return placed, sorted({*unplaced, *empty})


def _row(day: Day, links: _Recognising, one: int, other: int) -> dict[str, Any]:
    """Return the row of one pair of groups, or of one group with itself."""
    found = links.between(one, other)
    numbers = [links.items[place] for place in found if links.items[place] is not None]
    pairs: tuple[int, int] | None = None
    met, every = bool(found), False
    if one == other:
        have, possible = _member_pairs(day, links, one)
        pairs = (possible, possible) if found else (have, possible)
        every = possible > 0 and have == possible
        met = met or (every and bool(links.members_known[one]))
    status, reason = _state(links, one, other, met, bool(numbers))
    if every and not met:
        status, reason = "unknown", say("recognition_more_members")
    clauses = day.link_column("clause", links.row[found[:1]])
    return {
        "group": day.id(one),
        "name": day.name(one),
        "other": day.id(other),
        "other_name": day.name(other),
        "scope": "inside" if one == other else "between",
        "items": min(numbers) if numbers else None,
        "pairs": pairs[0] if pairs else None,
        "pairs_possible": pairs[1] if pairs else None,
        "status": status,
        "reason": reason,
        "clause": clauses[0] if clauses else None,
    }


def _member_pairs(day: Day, links: _Recognising, group: int) -> tuple[int, int]:
    """Return how many pairs of members at work recognise each other, and how many there are."""
    inside = day.members_of(group)
    members = set(inside[day.working.certain[inside]].tolist())
    both_ways = sum(len(links.others[one] & members) for one in members & links.others.keys())
    return both_ways // 2, len(members) * (len(members) - 1) // 2


def _state(
    links: _Recognising, one: int, other: int, met: bool, has_items: bool
) -> tuple[str, str]:
    if met:
        return "recognised", "" if has_items else say("items_not_stated")
    if links.listed[one] and links.listed[other]:
        return "missing", say("recognition_missing")
    return "unknown", say("recognition_not_stated")
