"""Judge journeys: the cheapest legal route of each facility, else the nearest counter-example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.joins import equi_join, semi_join
from medgraph.queries.columns import sentences_by
from medgraph.queries.referrals.both_ways import BothWays
from medgraph.queries.referrals.legs import LEGAL, SKIPS_LEVEL, TO_CLOSED, Legs, ReferralDay
from medgraph.queries.referrals.possible import may_arrive
from medgraph.queries.referrals.question import IN_DOUBT, INSIDE, OUTSIDE, Question
from medgraph.queries.referrals.routes import Goals, Routes, Tree, cheapest
from medgraph.words.say import language
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions

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
REACHED, LEVEL_SKIP, NO_RETURN = CODE["reached"], CODE["level_skip"], CODE["no_return"]


class Journeys:
    """Hold what came out for each of `start`: its verdict, its route, and where that breaks.

    `kind` is a code of KINDS, `way` one of WAYS; `goal`, `steps`, `stage` and `at` (the place of
    the counter-example) are -1 where there is none, `minutes` NaN where not known. `link` is the
    row of the link table that is at fault, -1 where a link is missing. `shut` is where the goal
    itself is not at work.
    """

    def __init__(self, day: ReferralDay, question: Question, start: Positions) -> None:
        self.day, self.question, self.start = day, question, start
        count = len(start)
        self.kind = np.full(count, CODE["dead_end"], np.int8)
        self.goal = np.full(count, -1)
        self.minutes = np.full(count, np.nan)
        self.steps = np.full(count, -1)
        self.way = np.full(count, -1)
        self.stage = np.full(count, -1)
        self.at = np.full(count, -1)
        self.link = np.full(count, -1)
        self.shut = np.zeros(count, bool)
        self.parts: list[tuple[Positions, Routes]] = []
        self.legs = question.legs(day, question.direction)
        self.stages = question.stages(day, start)
        self._judge()

    def _judge(self) -> None:
        self._travel(self.legs.legal, REACHED)
        if self.question.direction == "up":
            self._come_back()
        skipping = self.legs.flaw == SKIPS_LEVEL
        if skipping.any() and (self.goal < 0).any():
            self._travel(self.legs.where(skipping | (self.legs.flaw == LEGAL)), LEVEL_SKIP)
        lost = np.flatnonzero(self.goal < 0)
        if len(lost):
            self._diagnose(lost)

    # -- there -----------------------------------------------------------------------------------

    def _travel(self, legs: Legs, code: int) -> None:
        """Route those who have no goal yet over `legs`, stage by stage."""
        for stage, (way, goals) in enumerate(self.stages):
            rest = np.flatnonzero(self.goal < 0)
            if not len(rest):
                return
            own_goals = goals.of(rest, len(self.start))
            routes = cheapest(legs, len(self.day), self.start[rest], own_goals)
            self._write_down(rest, routes)
            found = rest[routes.found]
            self.kind[found] = code
            self.way[found] = way
            self.stage[found] = stage
            if code == LEVEL_SKIP and len(found):
                self._name_the_skip(rest, routes)
        self._tell_inside_from_outside()

    def _write_down(self, rest: Positions, routes: Routes) -> None:
        self.goal[rest] = routes.goal
        self.minutes[rest] = routes.minutes
        self.steps[rest] = routes.steps
        self.parts.append((rest, routes))

    def _tell_inside_from_outside(self) -> None:
        """Say it of each goal, unless the stages of the question already do."""
        if self.question.specialty is not None and self.question.to is None:
            return
        arrived = self.goal >= 0
        inside = self.day.in_one_group(self.start[arrived], self.goal[arrived])
        way = np.where(inside.certain, INSIDE, OUTSIDE)
        self.way[arrived] = np.where(inside.unknown, IN_DOUBT, way)

    def _name_the_skip(self, rest: Positions, routes: Routes) -> None:
        for who, link in routes.hops:
            skips = routes.legs.flaw[link] == SKIPS_LEVEL
            start, leg = rest[who[skips]], link[skips]
            self.at[start] = routes.legs.lower[leg]
            self.link[start] = routes.legs.row[leg]

    # -- and back --------------------------------------------------------------------------------

    def _come_back(self) -> None:
        """Find those who get up but not back: from no goal of theirs does a route lead down."""
        back = self.question.legs(self.day, "down").legal
        for rest, routes in self.parts:
            one_way = self._one_way(routes, back)
            doubtful = rest[routes.any_link(one_way)]
            if not len(doubtful):
                continue
            goals = Goals.own(np.arange(len(doubtful)), self.goal[doubtful])
            found = cheapest(back, len(self.day), self.start[doubtful], goals).found
            lost = doubtful[~found]
            self.kind[lost] = NO_RETURN
            self.at[lost] = self.goal[lost]
        self._go_elsewhere(back)
        self._tell_inside_from_outside()

    def _go_elsewhere(self, back: Legs) -> None:
        """Route those who get back from another goal than the nearest to that one."""
        lost = np.flatnonzero((self.kind == NO_RETURN) & self.day.mask(back.lower)[self.start])
        if not len(lost):
            return
        both_ways = BothWays(self.legs.legal, back, len(self.day), self.start[lost])
        for stage, (way, goals) in enumerate(self.stages):
            who, goal = both_ways.pairs(goals.of(lost, len(self.start)))
            mine = self.kind[lost[who]] == NO_RETURN
            rest, place = np.unique(who[mine], return_inverse=True)
            there_and_back = Goals.own(place, goal[mine])
            arrived = lost[rest]
            routes = cheapest(self.legs.legal, len(self.day), self.start[arrived], there_and_back)
            self._write_down(arrived, routes)
            self.kind[arrived], self.way[arrived], self.stage[arrived] = REACHED, way, stage
            self.at[arrived] = -1

    def _one_way(self, routes: Routes, back: Legs) -> Mask:
        """Return a mask over the legs of `routes`: no leg of `back` joins the same two places.

        Most places have one link back, so that only the others are looked up, and of them only
        those that some route takes.
        """
        size, legs = len(self.day), routes.legs
        last_back = np.full(size, -1, np.int32)
        last_back[back.lower] = back.upper
        one_way: Mask = last_back[legs.lower] != legs.upper
        link = np.flatnonzero(one_way & routes.touched)
        if len(link):
            pairs = np.sort(back.lower.astype(np.int64) * size + back.upper)
            asked = legs.lower[link].astype(np.int64) * size + legs.upper[link]
            one_way[link] = ~semi_join(asked, pairs)
        return one_way

    # -- what is wrong ---------------------------------------------------------------------------

    def _diagnose(self, lost: Positions) -> None:
        """Say where the chain of each lost start ends: at the nearest place without a way on."""
        start, tree = self.start[lost], self._tree_of_ends()
        end = tree.root[start]
        ends = end >= 0
        self.at[lost] = np.where(ends, end, start)
        self.kind[lost] = np.where(ends, CODE["dead_end"], CODE["loop"])
        here = np.flatnonzero(ends)
        routes = Routes(len(lost), self.legs.legal)
        no_minutes = np.full(len(here), np.nan)
        routes.take(here, end[here], no_minutes, tree.climb(start[here]))
        self.parts.append((lost, routes))
        self._name_the_end(lost[here])
        if self.question.is_default:
            self._name_the_leadless(lost)

    def _tree_of_ends(self) -> Tree:
        """The shortest legal chains to the facilities that have no legal link on."""
        day, legal = self.day, self.legs.legal
        onward = day.mask(legal.lower)
        ends = np.flatnonzero(day.any_facility & ~onward)
        every_link, one_step = np.arange(len(legal)), np.ones(len(legal))
        return Tree(legal, every_link, one_step, len(day), ends)

    def _name_the_end(self, lost: Positions) -> None:
        """Say what is wrong where the chains of these end."""
        end = self.at[lost]
        row = self._closed_ways()[end]
        self.link[lost] = row
        self.kind[lost[row >= 0]] = CODE["closed"]
        if self.question.specialty is not None:
            lacking = (row < 0) & ~self.day.below_hospital[end]
            self.kind[lost[lacking]] = CODE["lacks_specialty"]
        if self.question.to is not None:
            self._name_the_target(lost, self.question.to)

    def _closed_ways(self) -> Positions:
        """Per position the row of a link on to what is not at work, -1 where there is none.

        Where a specialty is asked for, only a link to one that has it matters.
        """
        shut = self.legs.where(self.legs.flaw == TO_CLOSED)
        shut = shut.where(self.day.at_work.certain[shut.lower])
        if self.question.specialty is not None:
            shut = shut.where(self.day.offers(self.question.specialty).certain[shut.upper])
        row = np.full(len(self.day), -1)
        row[shut.lower] = shut.row
        return row

    def _name_the_target(self, lost: Positions, to: str) -> None:
        """Blame the target itself where it does not fit what is asked."""
        if self.question.fits(self.day).certain.any():
            return
        target = self.question.target(self.day, to)
        open_target = bool(self.day.at_work.certain[target])
        self.at[lost] = target
        self.shut[lost] = not open_target
        self.kind[lost] = CODE["lacks_specialty" if open_target else "closed"]

    def _name_the_leadless(self, lost: Positions) -> None:
        """Name those whose group has no lead, or only one that is not at work."""
        memberships, leads = self.day.group_memberships, self.day.leads
        who, at = equi_join(self.start[lost], memberships.facility)
        pair, led_by = equi_join(memberships.collective[at], leads.collective)
        lead, one = leads.facility[led_by], who[pair]
        led = np.zeros(len(lost), bool)
        led[one] = True
        self.kind[lost[~led]] = CODE["no_lead"]
        has_open_lead = np.zeros(len(lost), bool)
        has_open_lead[one[self.day.at_work.certain[lead]]] = True
        shut = ~has_open_lead[one]
        start = lost[one[shut]]
        self.kind[start] = CODE["closed"]
        self.at[start] = lead[shut]
        self.shut[start] = True

    # -- reading ---------------------------------------------------------------------------------

    def chain(self, i: int) -> list[tuple[int, int, int]]:
        """Return the steps of one start as (from, to, row of the link), in the direction asked."""
        rest, routes = next((rest, routes) for rest, routes in reversed(self.parts) if i in rest)
        legs = routes.legs
        links = routes.chain(int(np.flatnonzero(rest == i)[0]))
        steps = [(int(legs.lower[k]), int(legs.upper[k]), int(legs.row[k])) for k in links]
        if self.question.direction == "up":
            return steps
        return [(upper, lower, row) for lower, upper, row in reversed(steps)]

    def certain(self) -> Mask:
        """Return a mask over starts: who surely arrives, or surely does not.

        What is not reached over what is listed is surely not only where nothing that may be, or
        that nobody lists, could make a way.
        """
        sure: Mask = self.kind == REACHED
        rest = np.flatnonzero(~sure)
        sure[rest] = ~may_arrive(self.day, self.question, self.start[rest])
        return sure

    def reason(self, i: int) -> str:
        """Return the counter-example in words, with what is not known about it."""
        return str(self.reasons(np.array([i]))[0].as_py() or "")

    def reasons(self, which: Positions) -> Texts:
        """Return the counter-example of each of these in words; null for those that arrive."""
        count, specialty = len(which), self.question.specialty
        kinds = self.kinds(which)
        broken = pa.array(self.kind[which] != REACHED)
        kinds = pc.if_else(pa.array(self.shut[which]), "shut", kinds)
        return sentences_by(
            "referral.",
            pc.if_else(broken, kinds, None),
            at=self.day.titles(self.at[which]),
            facility=self.day.titles(self.start[which]),
            specialty=pa.repeat(label("specialty", specialty, language()), count),
        )

    def kinds(self, which: Positions | slice = slice(None)) -> Texts:
        """Return the kind of each start, or of each of these, as a word."""
        return pa.array(KINDS).take(pa.array(self.kind[which]))
