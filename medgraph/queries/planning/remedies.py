"""How a cell of the obligation matrix can become met: each remedy is a set of candidate links."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from medgraph.queries.planning.candidates import surely
from medgraph.queries.sharing.evidence import ends_of_ways_up
from medgraph.queries.sharing.obligations import CENTRE_KINDS
from medgraph.words.vocabularies import PHYSICIANS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.graphmodel.day import Day
    from medgraph.queries.planning.candidates import Among, Candidate

# The numbers of the candidates that have to be added.
Remedy: TypeAlias = frozenset[int]
NOTHING: Remedy = frozenset()  # what holds already needs no new link
_LONGEST_WAY_UP = 4
_POSTING = "DISPATCHES"
# The far ends of the links at a node, each with what that link needs.
Ends: TypeAlias = dict[int, Remedy]
# The links of a relation in the order of their ends on one side, and the other end of each.
_Met: TypeAlias = "tuple[Positions, Positions]"
_OUT, _INTO = "out", "into"


class Remedies:
    """All remedies for a cell by links that hold and candidates, the smallest first.

    A remedy that contains another is left out; ways up of more than four links are not considered.
    `among` picks who counts as at work, as a centre of the kind and so on: who surely is, or who
    may be.
    """

    def __init__(self, day: Day, candidates: Sequence[Candidate], among: Among = surely) -> None:
        self.day = day
        self.among = among
        self._working = among(day.at_work)
        self._met: dict[tuple[str, str], _Met] = {}
        self._ends: dict[tuple[str, str, int], Ends] = {}
        self._added: dict[tuple[str, str, int], Ends] = {}
        for number, candidate in enumerate(candidates):
            if candidate.relation != _POSTING or candidate.title in PHYSICIANS:
                self._add(candidate, frozenset({number}))
        self.goal = among(ends_of_ways_up(day))

    def _add(self, candidate: Candidate, remedy: Remedy) -> None:
        relation, source, target = candidate.relation, candidate.source, candidate.target
        self._added.setdefault((_OUT, relation, source), {})[target] = remedy
        self._added.setdefault((_INTO, relation, target), {})[source] = remedy

    def ends(self, side: str, relation: str, here: int) -> Ends:
        """Return the far ends of the links out of a node, or into it; looked for when asked."""
        key = (side, relation, here)
        if key not in self._ends:
            held = self._held(side, relation, here)
            self._ends[key] = held | {
                there: remedy
                for there, remedy in self._added.get(key, {}).items()
                if there not in held
            }
        return self._ends[key]

    def _held(self, side: str, relation: str, here: int) -> Ends:
        """The far ends of links that hold; of postings none, as their titles say what they meet."""
        if relation == _POSTING:
            return {}
        nodes, others = self._links_met(side, relation)
        begin, end = np.searchsorted(nodes, [here, here + 1])
        return dict.fromkeys(others[begin:end].tolist(), NOTHING)

    def _links_met(self, side: str, relation: str) -> _Met:
        if (side, relation) not in self._met:
            links = self.day.links(relation)
            ends = (links.source, links.target)
            here, there = ends if side == _OUT else ends[::-1]
            order = np.argsort(here, kind="stable")
            self._met[side, relation] = here[order], there[order]
        return self._met[side, relation]

    def of(self, facility: int, obligation: str) -> list[Remedy]:
        """Return the remedies for `obligation` at `facility`, the smallest first."""
        found = set(_REMEDIES[obligation](self, facility))
        kept: list[Remedy] = []
        for remedy in sorted(found, key=lambda links: (len(links), sorted(links))):
            if not any(other <= remedy for other in kept):
                kept.append(remedy)
        return kept

    def targets(self, relation: str, here: int) -> Iterator[tuple[int, Remedy]]:
        """Return the targets at work of the links from `here`, with what each link needs."""
        return self._at_work(_OUT, relation, here)

    def sources(self, relation: str, here: int) -> Iterator[tuple[int, Remedy]]:
        """Return the sources at work of the links to `here`, with what each link needs."""
        return self._at_work(_INTO, relation, here)

    def _at_work(self, side: str, relation: str, here: int) -> Iterator[tuple[int, Remedy]]:
        for there, remedy in self.ends(side, relation, here).items():
            if self._working[there]:
                yield there, remedy

    def groups(self, facility: int, relation: str = "MEMBER_OF") -> Iterator[tuple[int, Remedy]]:
        """Return the groups that a facility belongs to, or those that it LEADS."""
        for group, remedy in self.targets(relation, facility):
            if self.among(self.day.group)[group]:
                yield group, remedy


# -- one function for each obligation ------------------------------------------------------------


def _lead(links: Remedies, facility: int) -> Iterator[Remedy]:
    for group, belonging in links.groups(facility):
        for _, led in links.sources("LEADS", group):
            yield belonging | led
    for _, leading in links.groups(facility, "LEADS"):
        yield leading


def _centre(links: Remedies, facility: int, kind: str) -> Iterator[Remedy]:
    of_kind = links.among(links.day.centre(kind))
    for centre, using in links.targets("USES_CENTRE", facility):
        if of_kind[centre]:
            for _, hosted in links.sources("HOSTS_CENTRE", centre):
                yield using | hosted
    for centre, hosting in links.targets("HOSTS_CENTRE", facility):
        if of_kind[centre]:
            yield hosting


def _up_referral(links: Remedies, facility: int) -> Iterator[Remedy]:
    return _ways_up(links, facility, NOTHING, (facility,))


def _ways_up(
    links: Remedies, here: int, needed: Remedy, passed: tuple[int, ...]
) -> Iterator[Remedy]:
    for there, step in links.targets("REFERS_UP_TO", here):
        if links.goal[there]:
            yield needed | step
        elif there not in passed and len(passed) < _LONGEST_WAY_UP:
            yield from _ways_up(links, there, needed | step, (*passed, there))


def _from_source(links: Remedies, facility: int, relation: str) -> Iterator[Remedy]:
    for _, remedy in links.sources(relation, facility):
        yield remedy


def _team(links: Remedies, facility: int) -> Iterator[Remedy]:
    teams = links.among(links.day.public_health_team)
    for place, inside in ((facility, NOTHING), *links.groups(facility)):
        for team, stationed in links.sources("STATIONED_IN", place):
            if teams[team]:
                yield inside | stationed


def _telemedicine(links: Remedies, facility: int) -> Iterator[Remedy]:
    for side in (links.targets, links.sources):
        for _, line in side("TELEMEDICINE", facility):
            yield line
    yield from _centre(links, facility, "telemedicine")


def _recognition(links: Remedies, facility: int) -> Iterator[Remedy]:
    for side in (links.targets, links.sources):
        for other, remedy in side("RECOGNISES_RESULTS", facility):
            if other != facility:
                yield remedy
    for group, inside in links.groups(facility):
        within = links.ends(_OUT, "RECOGNISES_RESULTS", group).get(group)
        if within is not None:
            yield inside | within


def _stations(links: Remedies, facility: int) -> Iterator[Remedy]:
    stations = links.among(links.day.station)
    for station, run in links.sources("RUN_BY", facility):
        if stations[station]:
            yield run


_REMEDIES: dict[str, Callable[[Remedies, int], Iterable[Remedy]]] = {
    "lead": _lead,
    **{kind: partial(_centre, kind=kind) for kind in CENTRE_KINDS},
    "up_referral": _up_referral,
    "down_referral": partial(_from_source, relation="REFERS_DOWN_TO"),
    "physician": partial(_from_source, relation=_POSTING),
    "team": _team,
    "telemedicine": _telemedicine,
    "recognition": _recognition,
    "stations": _stations,
}
