"""Find the legal way of every facility at once, for a picture that shows the one asked for.

It is what `path` answers for each: its links, or the counter-example; one journey for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.queries.referrals.journeys import KINDS, LEVEL_SKIP, REACHED, Journeys
from medgraph.queries.referrals.legs import ReferralDay
from medgraph.queries.referrals.question import WAYS, Question
from medgraph.queries.referrals.verdicts import Asked, undeclared
from medgraph.words.vocabularies import LEVELS, SPECIALTIES

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping

    from medgraph.graphmodel.network import MedicalNetwork

MOST = 60_000  # ways of one picture; where there were more, only those to the own lead are found
JUDGED, UNKNOWN, EXCLUDED = "judged", "unknown", "excluded"


@dataclass(frozen=True)
class Way:
    """The way of one facility: its links, where it ends, and what breaks it.

    `links` are numbers of `EveryWay.links`; `kind` is reached or the kind of counter-example,
    `account` judged, unknown or excluded, with `why`. `way` says where it ends, as `paths` does;
    `broken` is the number of the link at fault, -1 where there is none; `at` is where it breaks.
    """

    facility: str
    kind: str
    account: str
    links: tuple[int, ...] = ()
    target: str | None = None
    way: str | None = None
    at: str | None = None
    broken: int = -1
    reason: str | None = None
    why: str | None = None


@dataclass(frozen=True)
class EveryWay:
    """The ways of every facility for each question, over `links`.

    A link is (source, relation, target, minutes); minutes are None where they are not stated.
    `left_out` are questions that were not asked, because their ways would be too many.
    """

    links: tuple[tuple[str, str, str, float | None], ...]
    ways: Mapping[Question, tuple[Way, ...]]
    left_out: tuple[Question, ...] = ()


@dataclass
class _Links:
    """Number the links that ways take, each once."""

    day: ReferralDay
    numbers: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def number(self, link: tuple[int, int, int]) -> int:
        return self.numbers.setdefault(link, len(self.numbers))

    def rows(self) -> Iterator[tuple[str, str, str, float | None]]:
        if not self.numbers:
            return
        source, target, row = map(np.array, zip(*self.numbers, strict=True))
        minutes = self.day.minutes(row)
        relations = self.day.link_column("relation", row)
        ends = self.day.ids(source), self.day.ids(target)
        for one, relation, other, time in zip(ends[0], relations, ends[1], minutes, strict=True):
            yield one, str(relation), other, None if np.isnan(time) else float(time)


def every_way(
    net: MedicalNetwork, *, as_of: datetime.date | str | None = None, most: int = MOST
) -> EveryWay:
    """Return the way of every facility up and down, to its lead, each specialty and each level.

    Of a network with more than `most` ways only those to the own lead.
    """
    day = ReferralDay(net, as_of)
    starts = np.flatnonzero(day.asked)
    asked = [Question(direction=direction) for direction in ("up", "down")]
    further = list(_further(day))
    fits = len(starts) * (len(asked) + len(further)) <= most
    links = _Links(day)
    ways = {
        question: tuple(_ways(day, question, starts, links))
        for question in (*asked, *(further if fits else ()))
    }
    return EveryWay(tuple(links.rows()), ways, () if fits else tuple(further))


def _further(day: ReferralDay) -> Iterator[Question]:
    """Yield the questions for each specialty and level that somebody has, up and down."""
    specialties = [word for word in SPECIALTIES if (day.offers(word).certain & day.asked).any()]
    levels = [word for word in LEVELS if (day.of_level(word).certain & day.asked).any()]
    for direction in ("up", "down"):
        yield from (Question(specialty=word, direction=direction) for word in specialties)
        yield from (Question(level=word, direction=direction) for word in levels)


def _ways(day: ReferralDay, question: Question, starts: Any, links: _Links) -> Iterator[Way]:
    journeys = Journeys(day, question, starts)
    asked = Asked.of(day, question)
    sure = journeys.certain()
    reasons = journeys.reasons(np.arange(len(starts))).to_pylist()
    open_lists = undeclared(journeys)
    chains = _chains(journeys)
    for i, position in enumerate(starts.tolist()):
        account, why = JUDGED, None
        if asked.excluded[position]:
            account, why = EXCLUDED, asked.excluded[position]
        elif asked.doubtful[position]:
            account, why = UNKNOWN, asked.doubtful[position]
        elif not sure[i]:
            account, why = UNKNOWN, f"{reasons[i]} {open_lists}"
        at, goal, way = int(journeys.at[i]), int(journeys.goal[i]), int(journeys.way[i])
        kind = int(journeys.kind[i])
        yield Way(
            facility=day.id(position),
            kind=KINDS[kind],
            account=account,
            links=tuple(links.number(link) for link in chains[i]),
            target=day.id(goal) if goal >= 0 else None,
            way=WAYS[way] if way >= 0 else None,
            at=day.id(at) if at >= 0 else None,
            broken=_broken(journeys, i, links) if kind not in (REACHED, LEVEL_SKIP) else -1,
            reason=reasons[i],
            why=why,
        )


def _broken(journeys: Journeys, i: int, links: _Links) -> int:
    """The number of the link at fault, -1 where one is missing."""
    day, row = journeys.day, int(journeys.link[i])
    if row < 0:
        return -1
    ends = [day.index.position(day.link_column(end, [row])[0]) for end in ("source", "target")]
    return links.number((ends[0], ends[1], row))


def _chains(journeys: Journeys) -> list[list[tuple[int, int, int]]]:
    """The links of each start as (from, to, row), as `Journeys.chain` gives them one by one."""
    found: list[list[tuple[int, int, int]]] = [[] for _ in journeys.start]
    for rest, routes in journeys.parts:
        part: list[list[tuple[int, int, int]]] = [[] for _ in rest]
        legs = routes.legs
        for who, link in routes.hops:
            ends = legs.lower[link].tolist(), legs.upper[link].tolist(), legs.row[link].tolist()
            for start, *step in zip(who.tolist(), *ends, strict=True):
                part[start].append((step[0], step[1], step[2]))
        for start, chain in zip(rest.tolist(), part, strict=True):
            found[start] = chain
    if journeys.question.direction == "up":
        return found
    return [[(upper, lower, row) for lower, upper, row in reversed(chain)] for chain in found]
