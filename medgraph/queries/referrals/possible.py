"""Say who may arrive after all, however what is not known turns out.

Whoever has no legal way over what is listed surely has none only where no leg that may be legal, no
leg that nobody lists and no facility that may be a goal could make one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medgraph.graphmodel.arrays.paths import leading_to
from medgraph.graphmodel.states import Fact
from medgraph.queries.referrals.both_ways import BothWays
from medgraph.queries.referrals.question import Question, by_alliance, in_group, own_leads
from medgraph.queries.referrals.routes import Goals, cheapest

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.queries.referrals.legs import Legs, ReferralDay


class _PossibleGoals(NamedTuple):
    """Where each start may end: in its `own` goals, and those of the mask `free` in `anybody`."""

    own: Goals
    free: Mask
    anybody: Mask


def may_arrive(day: ReferralDay, question: Question, start: Positions) -> Mask:
    """Return a mask over starts: who may get to a goal and, on the way up, back again."""
    goals = _possible_goals(day, question, start)
    there = _may_travel(day, question, question.direction, start, goals)
    if question.direction == "down":
        return there.possible
    both = there & _may_travel(day, question, "down", start, goals)
    found = both.unknown
    listed = np.flatnonzero(both.certain)
    if not len(listed):
        return found
    up, down = (question.legs(day, direction).possible for direction in ("up", "down"))
    both_ways = BothWays(up, down, len(day), start[listed])
    own, _ = both_ways.pairs(goals.own.of(listed, len(start)))
    found[listed[own]] = True
    free = goals.free[listed]
    if free.any():
        found[listed[free & both_ways.any_of(goals.anybody)]] = True
    return found


def may_get_there(day: ReferralDay, question: Question, start: Positions) -> Mask:
    """Return a mask over starts: who may have a way in the direction asked for."""
    goals = _possible_goals(day, question, start)
    return _may_travel(day, question, question.direction, start, goals).possible


def may_arrive_nearby(day: ReferralDay, question: Question, start: Positions) -> Mask:
    """Return a mask over starts: who may get to a specialty in the own group or by an alliance."""
    fits = question.fits(day).possible
    own = in_group(day, start, fits)
    by_lead = by_alliance(day, start, fits, question.specialty or "")
    free = ~day.membership_known[start] | (not day.alliances_known)
    goals = _PossibleGoals(own.plus(by_lead), free, fits)
    return _may_travel(day, question, "up", start, goals).possible


def may_go_on_unlisted(day: ReferralDay, question: Question, start: Positions) -> Mask:
    """Return a mask over starts: who gets to where a leg that nobody lists may lead on."""
    legs = question.legs(day, question.direction).possible
    return _may_leave(day, question, question.direction, legs)[start]


def _possible_goals(day: ReferralDay, question: Question, start: Positions) -> _PossibleGoals:
    if question.is_default:
        return _possible_leads(day, start)
    everybody = np.ones(len(start), bool)
    return _PossibleGoals(Goals.nowhere(), everybody, question.fits(day).possible)


def _possible_leads(day: ReferralDay, start: Positions) -> _PossibleGoals:
    """The leads of the own groups; anybody who may lead one where the lists are open."""
    able = day.in_service.possible
    free = ~day.membership_known[start] | (not day.leads_known)
    return _PossibleGoals(own_leads(day, start, able), free, day.leading.possible & able)


def _may_travel(
    day: ReferralDay, question: Question, direction: str, start: Positions, goals: _PossibleGoals
) -> Fact:
    """Who may have a way in a direction: yes over listed legs alone, unknown over others too."""
    legs = question.legs(day, direction).possible
    listed: Mask = cheapest(legs, len(day), start, goals.own).found
    listed |= goals.free & leading_to(legs.lower, legs.upper, goals.anybody)[start]
    has_goal = goals.free & _may_be_any(day, goals.anybody)
    if goals.own.pairs is not None:
        has_goal[goals.own.pairs[0]] = True
    unlisted = has_goal & _may_leave(day, question, direction, legs)[start]
    return Fact.of(listed & ~unlisted, unknown=listed | unlisted)


def _may_leave(day: ReferralDay, question: Question, direction: str, legs: Legs) -> Mask:
    """The nodes from which the legs lead to one that may have more legs than are listed."""
    open_ended = day.may_have_more_legs(direction, question.specialty)
    return leading_to(legs.lower, legs.upper, open_ended)


def _may_be_any(day: ReferralDay, goals: Mask) -> bool:
    return bool(goals.any()) or not day.declared_table("facilities")
