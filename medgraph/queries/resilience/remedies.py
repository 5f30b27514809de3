"""The ways in which a cell of the obligation matrix can become met, as sets of candidate links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medgraph.graphmodel.day import Day
from medgraph.queries.resilience.candidates import Candidate
from medgraph.queries.sharing.obligations import CENTRE_KINDS, PHYSICIANS

Way = frozenset[int]
STANDS: Way = frozenset()  # what holds already needs no new link
_LONGEST_WAY_UP = 4


class Ways:
    """All ways to meet a cell by links that hold and candidates; ways that contain another are left out.

    Ways up of more than four links are not considered.
    """

    def __init__(self, day: Day, candidates: Sequence[Candidate]) -> None:
        self.day = day
        self.index = day.index
        self.operating = day.at_work.certain
        self.out: dict[tuple[str, int], dict[int, Way]] = {}
        self.into: dict[tuple[str, int], dict[int, Way]] = {}
        for relation in (
            "LEADS",
            "MEMBER_OF",
            "HOSTS_CENTRE",
            "USES_CENTRE",
            "REFERS_UP_TO",
            "REFERS_DOWN_TO",
            "STATIONED_IN",
            "TELEMEDICINE",
            "RECOGNISES_RESULTS",
            "RUN_BY",
        ):
            links = day.links(relation)
            for s, t in zip(links.source.tolist(), links.target.tolist(), strict=True):
                self._put(relation, s, t, STANDS)
        for i, c in enumerate(candidates):
            if c.relation != "DISPATCHES" or c.title in PHYSICIANS:
                self._put(c.relation, c.source, c.target, frozenset({i}))
        self.type = self.index.values("type").to_pylist()
        self.goal = day.at_work.certain & self.day.hospital.certain
        self.goal[day.links("LEADS").source] = True

    def _put(self, relation: str, source: int, target: int, way: Way) -> None:
        for side, here, there in ((self.out, source, target), (self.into, target, source)):
            known = side.setdefault((relation, here), {})
            if known.get(there) != STANDS:
                known[there] = way

    def of(self, facility: int, obligation: str) -> list[Way]:
        """Return the ways to meet `obligation` at `facility`, the smallest first."""
        if obligation in CENTRE_KINDS:
            found = self._centre(facility, obligation)
        else:
            found = getattr(self, f"_{obligation}")(facility)
        kept: list[Way] = []
        for way in sorted(set(found), key=lambda w: (len(w), sorted(w))):
            if not any(other <= way for other in kept):
                kept.append(way)
        return kept

    def _ends(self, side: dict, relation: str, here: int) -> Iterator[tuple[int, Way]]:
        """The other ends of the links at `here` that are at work, with what each link needs."""
        for there, way in side.get((relation, here), {}).items():
            if self.operating[there]:
                yield there, way

    def _groups(self, f: int) -> Iterator[tuple[int, Way]]:
        for group, way in self._ends(self.out, "MEMBER_OF", f):
            if self.day.group.certain[group]:
                yield group, way

    def _lead(self, f: int) -> Iterator[Way]:
        for group, way in self._groups(f):
            yield from (way | led for _, led in self._ends(self.into, "LEADS", group))
        yield from (
            way for group, way in self._ends(self.out, "LEADS", f) if self.day.group.certain[group]
        )

    def _centre(self, f: int, kind: str) -> Iterator[Way]:
        for centre, way in self._ends(self.out, "USES_CENTRE", f):
            if self.type[centre] == kind:
                yield from (
                    way | hosted for _, hosted in self._ends(self.into, "HOSTS_CENTRE", centre)
                )
        yield from (
            way
            for centre, way in self._ends(self.out, "HOSTS_CENTRE", f)
            if self.type[centre] == kind
        )

    def _up_referral(self, f: int) -> Iterator[Way]:
        def on(here: int, way: Way, seen: tuple[int, ...]) -> Iterator[Way]:
            for there, step in self._ends(self.out, "REFERS_UP_TO", here):
                if self.goal[there]:
                    yield way | step
                elif there not in seen and len(seen) < _LONGEST_WAY_UP:
                    yield from on(there, way | step, (*seen, there))

        return on(f, STANDS, (f,))

    def _down_referral(self, f: int) -> Iterator[Way]:
        return (way for _, way in self._ends(self.into, "REFERS_DOWN_TO", f))

    def _physician(self, f: int) -> Iterator[Way]:
        return (way for _, way in self._ends(self.into, "DISPATCHES", f))

    def _team(self, f: int) -> Iterator[Way]:
        for place, inside in ((f, STANDS), *self._groups(f)):
            yield from (
                inside | way
                for team, way in self._ends(self.into, "STATIONED_IN", place)
                if self.type[team] == "public_health"
            )

    def _telemedicine(self, f: int) -> Iterator[Way]:
        for side in (self.out, self.into):
            yield from (way for _, way in self._ends(side, "TELEMEDICINE", f))
        yield from self._centre(f, "telemedicine")

    def _recognition(self, f: int) -> Iterator[Way]:
        for side in (self.out, self.into):
            yield from (
                way for there, way in self._ends(side, "RECOGNISES_RESULTS", f) if there != f
            )
        for group, inside in self._groups(f):
            own = self.out.get(("RECOGNISES_RESULTS", group), {}).get(group)
            if own is not None:
                yield inside | own

    def _stations(self, f: int) -> Iterator[Way]:
        stations = self.day.station.certain
        return (way for there, way in self._ends(self.into, "RUN_BY", f) if stations[there])
