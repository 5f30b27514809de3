"""Judge journeys: the cheapest legal route of each facility, else the nearest counter-example."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.joins import equi_join, semi_join
from medgraph.queries.referrals.legs import SKIPS_LEVEL, TO_CLOSED, Legs, ReferralDay
from medgraph.queries.referrals.routes import Goals, Routes, Tree, cheapest
from medgraph.words.say import language, say
from medgraph.words.vocabularies import FACILITY_TYPES, LEVELS, SPECIALTIES, label

# Kinds of counter-examples; the place of a word is its code in Journeys.kind.
KINDS = (
    "reached",
    "level_skip",
    "no_return",
    "closed",
    "dead_end",
    "loop",
    "lacks_specialty",
    "no_lead",
)
CODE = {kind: code for code, kind in enumerate(KINDS)}
WAYS = ("inside", "alliance", "outside")


@dataclass(frozen=True)
class Question:
    """What is asked: where to (`to`, `specialty`, `level`; none: the lead of the own group), and how."""

    to: str | None = None
    specialty: str | None = None
    level: str | None = None
    direction: str = "up"
    within_group: bool = False

    def __post_init__(self) -> None:
        for what, value, allowed in (
            ("direction", self.direction, ("up", "down")),
            ("specialty", self.specialty, SPECIALTIES),
            ("level", self.level, LEVELS),
        ):
            if value is not None and value not in allowed:
                raise OptionError(
                    say("not_one_of", what=what, value=value, allowed=", ".join(allowed))
                )

    @property
    def is_default(self) -> bool:
        return self.to is None and self.specialty is None and self.level is None

    def fits(self, day: ReferralDay) -> np.ndarray:
        """Return a mask: facilities at work that the question may end in."""
        found = day.at_work.certain & day.index.is_kind("Facility") & ~day.placeholder
        if self.specialty is not None:
            found &= day.offers(self.specialty)
        if self.level is not None:
            level = day.index.values("level")
            high = pc.fill_null(pc.starts_with(level, self.level), False).to_numpy(
                zero_copy_only=False
            )
            found &= high | day.tertiary.certain if self.level == "3" else high
        if self.to is not None:
            found &= day.mask(np.array([_facility(day, self.to)]))
        return found

    def stages(self, day: ReferralDay, start: np.ndarray) -> list[tuple[int, Goals]]:
        """Return where to look, best first: the own group, an alliance that works with it, elsewhere."""
        if self.is_default:
            who, at = equi_join(start, day.group_memberships.facility)
            pair, lead = equi_join(day.group_memberships.collective[at], day.leads.collective)
            goal = day.leads.facility[lead]
            kept = day.at_work.certain[goal]
            return [(0, Goals.own(who[pair][kept], goal[kept]))]
        fits = self.fits(day)
        if self.specialty is None or self.to is not None:
            return [(2, Goals(np.flatnonzero(fits)))]
        return [
            (0, _in_group(day, start, fits)),
            (1, _by_alliance(day, start, fits, self.specialty)),
            (2, Goals(np.flatnonzero(fits))),
        ]


def _facility(day: ReferralDay, id: str) -> int:
    position = day.index.position(day.net.find(id))
    if not day.index.is_kind("Facility")[position]:
        raise OptionError(
            say(
                "wrong_kind",
                id=id,
                found=day.index.values("kind")[position].as_py(),
                wanted="Facility",
            )
        )
    return position


def _in_group(day: ReferralDay, start: np.ndarray, fits: np.ndarray) -> Goals:
    facility, group, _ = day.group_memberships
    mine = fits[facility]
    who, at = equi_join(start, facility)
    pair, other = equi_join(group[at], group[mine])
    return Goals.own(who[pair], facility[mine][other])


def _by_alliance(day: ReferralDay, start: np.ndarray, fits: np.ndarray, specialty: str) -> Goals:
    """The leads of alliances of that specialty that cooperate with a group of the start."""
    lead, alliance, _ = day.alliance_leads
    mine = fits[lead] & day.index.has("specialty", specialty)[alliance]
    cooperations = day.links("COOPERATES_WITH")
    source, group = cooperations.source, cooperations.target
    link, at = equi_join(source, alliance[mine])
    group, lead = group[link], lead[mine][at]
    facility, own, _ = day.group_memberships
    who, member = equi_join(start, facility)
    pair, partner = equi_join(own[member], group)
    return Goals.own(who[pair], lead[partner])


class Journeys:
    """What came out for each start: `kind` (code), `goal`, `minutes`, `steps`, `way`, and where it breaks: `at`.

    `link` is the row of the link table that is at fault, -1 where a link is missing.
    """

    def __init__(self, day: ReferralDay, question: Question, start: np.ndarray) -> None:
        self.day, self.question, self.start = day, question, start
        count = len(start)
        self.kind = np.full(count, CODE["dead_end"], np.int8)
        self.goal, self.steps, self.way, self.stage, self.at, self.link = (
            np.full(count, -1) for _ in range(6)
        )
        self.minutes = np.full(count, np.nan)
        self.shut = np.zeros(
            count, bool
        )  # where the goal itself is not at work, whatever links may be missing
        self.parts: list[tuple[np.ndarray, Routes]] = []
        self.legs = day.legs(
            question.direction, specialty=question.specialty, within_group=question.within_group
        )
        self.stages = question.stages(day, start)
        self._travel(self.legs.legal, CODE["reached"])
        if question.direction == "up":
            self._back()
        if (self.legs.flaw == SKIPS_LEVEL).any() and (self.goal < 0).any():
            self._travel(self.legs.where(self.legs.flaw != TO_CLOSED), CODE["level_skip"])
        lost = np.flatnonzero(self.goal < 0)
        if len(lost):
            self._diagnose(lost)

    def _travel(self, legs: Legs, code: int) -> None:
        for stage, (way, goals) in enumerate(self.stages):
            rest = np.flatnonzero(self.goal < 0)
            if not len(rest):
                return
            routes = cheapest(
                legs, len(self.day), self.start[rest], goals.of(rest, len(self.start))
            )
            who = rest[routes.found]
            self.goal[rest] = routes.goal
            self.minutes[rest], self.steps[rest] = routes.minutes, routes.steps
            self.kind[who], self.way[who], self.stage[who] = code, way, stage
            self.parts.append((rest, routes))
            if code == CODE["level_skip"] and len(who):
                self._at_skip(rest, routes)
        if self.question.specialty is None or self.question.to is not None:
            inside = self.day.same_group(self.start, np.maximum(self.goal, 0)) & (self.goal >= 0)
            self.way[self.goal >= 0] = np.where(inside[self.goal >= 0], 0, 2)

    def _at_skip(self, rest: np.ndarray, routes: Routes) -> None:
        for who, link in routes.hops:
            skips = routes.legs.flaw[link] == SKIPS_LEVEL
            self.at[rest[who[skips]]] = routes.legs.lower[link[skips]]
            self.link[rest[who[skips]]] = routes.legs.row[link[skips]]

    def _back(self) -> None:
        """Find those who get up but not back: no route of links down from where they arrived."""
        back = self.day.legs(
            "down", specialty=self.question.specialty, within_group=self.question.within_group
        ).legal
        size = len(self.day)
        one = np.full(
            size, -1, np.int32
        )  # most places have one link back: only the others are looked up
        one[back.lower] = back.upper
        for rest, routes in list(self.parts):
            legs = routes.legs
            alone = one[legs.lower] != legs.upper
            link = np.flatnonzero(alone & routes.touched)
            pairs = (
                np.sort(back.lower.astype(np.int64) * size + back.upper)
                if len(link)
                else back.lower
            )
            alone[link] = ~semi_join(
                legs.lower[link].astype(np.int64) * size + legs.upper[link], pairs
            )
            doubtful = rest[routes.any_link(alone)]
            if len(doubtful):
                goals = Goals.own(np.arange(len(doubtful)), self.goal[doubtful])
                found = cheapest(back, size, self.start[doubtful], goals).found
                lost = doubtful[~found]
                self.kind[lost], self.at[lost] = CODE["no_return"], self.goal[lost]

    def _diagnose(self, lost: np.ndarray) -> None:
        """Say where the chain of each lost start ends: at the nearest place without a legal link on."""
        day, legal = self.day, self.legs.legal
        start = self.start[lost]
        onward = day.mask(legal.lower)
        ends = np.flatnonzero(day.index.is_kind("Facility") & ~onward)
        tree = Tree(legal, np.arange(len(legal)), np.ones(len(legal)), len(day), ends)
        at = tree.root[start]
        self.at[lost] = np.where(at >= 0, at, start)
        self.kind[lost] = np.where(at >= 0, CODE["dead_end"], CODE["loop"])
        routes = Routes(len(lost), legal)
        here = np.flatnonzero(at >= 0)
        routes.take(here, at[here], np.full(len(here), np.nan), tree.climb(start[here]))
        self.parts.append((lost, routes))
        self._name_the_end(lost[here])
        if self.question.is_default:
            self._leadless(lost)

    def _name_the_end(self, lost: np.ndarray) -> None:
        at = self.at[lost]
        shut = self.legs.where(self.legs.flaw == TO_CLOSED)
        shut = shut.where(self.day.at_work.certain[shut.lower])
        if (
            self.question.specialty is not None
        ):  # a closed way on matters if it led to the specialty
            shut = shut.where(self.day.offers(self.question.specialty)[shut.upper])
        blocked = np.full(len(self.day), -1)
        blocked[shut.lower] = shut.row
        row = blocked[at]
        self.link[lost] = row
        self.kind[lost[row >= 0]] = CODE["closed"]
        if self.question.specialty is not None:
            hospital = self.day.is_lead | ~self.day.index.has("type", *_PRIMARY)
            self.kind[lost[(row < 0) & hospital[at]]] = CODE["lacks_specialty"]
        if self.question.to is not None and not self.question.fits(self.day).any():
            target = _facility(self.day, self.question.to)
            self.at[lost] = target
            self.shut[lost] = not self.day.at_work.certain[target]
            self.kind[lost] = CODE[
                "lacks_specialty" if self.day.at_work.certain[target] else "closed"
            ]

    def _leadless(self, lost: np.ndarray) -> None:
        """Name those whose group has no lead, or only one that is not at work."""
        who, at = equi_join(self.start[lost], self.day.group_memberships.facility)
        pair, lead = equi_join(self.day.group_memberships.collective[at], self.day.leads.collective)
        lead = self.day.leads.facility[lead]
        led = np.zeros(len(lost), bool)
        led[who[pair]] = True
        able = np.zeros(len(lost), bool)
        able[who[pair[self.day.at_work.certain[lead]]]] = True
        self.kind[lost[~led]] = CODE["no_lead"]
        shut = who[pair]
        chosen = led[shut] & ~able[shut]
        self.kind[lost[shut[chosen]]] = CODE["closed"]
        self.at[lost[shut[chosen]]] = lead[chosen]
        self.shut[lost[shut[chosen]]] = True

    # -- reading ---------------------------------------------------------------------------------

    def chain(self, i: int) -> list[tuple[int, int, int]]:
        """Return the steps of one start as (from, to, row of the link), in the direction asked."""
        rest, routes = next((rest, routes) for rest, routes in reversed(self.parts) if i in rest)
        legs = routes.legs
        steps = [
            (int(legs.lower[k]), int(legs.upper[k]), int(legs.row[k]))
            for k in routes.chain(int(np.flatnonzero(rest == i)[0]))
        ]
        if self.question.direction == "up":
            return steps
        return [(upper, lower, row) for lower, upper, row in reversed(steps)]

    def certain(self) -> np.ndarray:
        """Return a mask: proved, or a counter-example among links that are declared complete.

        A hospital whose specialties are not stated is not known to lack one.
        """
        up, down = (self._no_more_legs(f"REFERS_{way}_TO") for way in ("UP", "DOWN"))
        own = up if self.question.direction == "up" else down
        sure = (self.kind == CODE["reached"]) | (self.kind == CODE["level_skip"]) & own
        sure |= (self.kind == CODE["no_return"]) & down
        sure |= (self.kind > CODE["no_return"]) & own | self.shut
        leadless = self.kind == CODE["no_lead"]
        sure[leadless] = self.day.declared("LEADS", for_=self.start[leadless])
        if self.question.specialty is not None:
            stated = self.day.index.values("specialties").is_valid().to_numpy(zero_copy_only=False)
            sure &= (self.kind != CODE["lacks_specialty"]) | stated[self.at]
        return sure

    def _no_more_legs(self, relation: str) -> np.ndarray:
        """Return a mask over starts: no leg of `relation` that is not listed can lead on from there."""
        found: np.ndarray = ~self.day.reach_doubt(relation, self.legs)[self.start]
        return found

    def reason(self, i: int) -> str:
        """Return the counter-example in words, with what is not known about it."""
        kind = KINDS[self.kind[i]]
        if kind == "reached":
            return ""
        day = self.day
        specialty = label("specialty", self.question.specialty, language())
        return say(
            "referral.shut" if self.shut[i] else f"referral.{kind}",
            at=day.title(self.at[i]),
            facility=day.title(self.start[i]),
            specialty=specialty,
        )

    def kinds(self) -> pa.Array:
        return pa.array(KINDS).take(pa.array(self.kind))


_PRIMARY = tuple(
    type
    for type, term in FACILITY_TYPES.items()
    if term.fhir in ("CHC", "THC", "Clinic", "Station")
)
