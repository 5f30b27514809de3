"""Who ends up where, and over whom: catchments of the leads, and the facilities that most paths cross."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.canonical import frame
from medgraph.queries.answers import register_of, stamps_of
from medgraph.queries.referrals.journeys import Journeys
from medgraph.queries.referrals.legs import ReferralDay
from medgraph.queries.referrals.question import Question
from medgraph.queries.referrals.routes import Goals, cheapest
from medgraph.queries.referrals.verdicts import left_out, reason_left_out
from medgraph.queries.results import Answer, Definition, Share
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork

_CROSSED = (
    "facility",
    "name",
    "status",
    "through",
    "ending",
    "share",
    "population",
    "areas_without_population",
)
_CATCHMENT = (
    "facility",
    "name",
    "status",
    "lead",
    "lead_name",
    "minutes",
    "steps",
    "nearest",
    "nearest_name",
    "nearest_minutes",
    "nearest_steps",
    "reason",
)


def bottlenecks(
    net: MedicalNetwork,
    *,
    specialty: str | None = None,
    level: str | None = None,
    top: int | None = None,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Return the facilities that most paths cross, with the population behind them.

    One cheapest path per facility, as in `paths` (up). `through`: paths of other facilities that pass on from
    here; `ending`: paths that end here; share: both, of all paths found. `population`: residents of the
    township-level areas whose facilities' paths cross here, each area once; areas without a stated population are
    counted beside it. A facility that no path crosses is judged and left out of the frame; `top` keeps the first.

    Frame: facility, name, through, ending, share, population, areas_without_population.
    """
    day = ReferralDay(net, as_of)
    question = Question(specialty=specialty, level=level)
    everybody, reasons = left_out(day, question)
    asked = everybody[reasons[everybody] == ""]
    journeys = Journeys(day, question, asked)
    found = np.flatnonzero(
        journeys.kind <= 2
    )  # reached, by a skipped level too, or without a way back
    who, node = _crossings(journeys, found)
    inner = node != journeys.goal[who]
    through = np.bincount(node[inner], minlength=len(day))
    ending = np.bincount(node[~inner], minlength=len(day))
    crossed = np.flatnonzero(through + ending)
    crossed = crossed[np.argsort(-(through + ending)[crossed], kind="stable")][:top]
    residents, silent = _behind(day, journeys.start[who], node, crossed)
    table = pa.table(
        [
            day.texts("id", crossed),
            day.texts("name", crossed),
            pa.array(["crossed"] * len(crossed), pa.string()),
            pa.array(through[crossed]),
            pa.array(ending[crossed]),
            pa.array((through + ending)[crossed] / max(len(found), 1)),
            residents,
            pa.array(silent),
        ],
        names=list(_CROSSED),
    )
    at_work = day.at_work.certain[everybody] & ~day.placeholder[everybody]
    return Answer(
        query="referrals.bottlenecks",
        as_of=day.date,
        frame=frame(table, keep=_CROSSED),
        definition=_definition(day, "bottlenecks", "facilities"),
        total=len(everybody),
        judged=int(at_work.sum()),
        stamps=stamps_of(day.net),
        excluded=reason_left_out(day, everybody[~at_work], reasons),
        notes=(say("referral.paths_found", found=len(found), asked=len(asked)),),
    )


def _crossings(journeys: Journeys, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs (start, position above it on its path) of the starts that arrive."""
    arrived = np.zeros(len(journeys.start), bool)
    arrived[found] = True
    who, node = [np.zeros(0, int)], [np.zeros(0, int)]
    for rest, routes in journeys.parts:
        for one, link in routes.hops:
            mine = (
                arrived[rest[one]]
                & routes.found[one]
                & (journeys.goal[rest[one]] == routes.goal[one])
            )
            who.append(rest[one[mine]])
            node.append(routes.legs.upper[link[mine]])
    return np.concatenate(who), np.concatenate(node)


def _behind(
    day: ReferralDay, start: np.ndarray, node: np.ndarray, wanted: np.ndarray
) -> tuple[pa.Array, np.ndarray]:
    """Return the residents behind each of `wanted`, and how many of their areas state no population."""
    source, area = day.links("SERVES").source, day.links("SERVES").target
    pair, at = equi_join(start, source)
    keys = np.unique(node[pair].astype(np.int64) * len(day) + _townships(day)[area[at]])
    crossed, area = keys // len(day), keys % len(day)
    people = pc.fill_null(day.index.values("population").cast(pa.float64()), np.nan).to_numpy(
        zero_copy_only=False
    )
    stated = np.isfinite(people[area])
    total = np.bincount(crossed[stated], people[area[stated]], minlength=len(day))[wanted]
    silent = np.bincount(crossed[~stated], minlength=len(day))[wanted]
    known = np.bincount(crossed[stated], minlength=len(day))[wanted] > 0
    return pa.array(total.astype(np.int64), mask=~known), silent


def _townships(day: ReferralDay) -> np.ndarray:
    """Return per position its township-level area, where it is an area below one that the network holds."""
    ids = day.index.ids
    code = pc.if_else(
        pa.array(day.index.is_kind("Area")),
        pc.binary_join_element_wise(pc.utf8_slice_codeunits(ids, 0, 9), "000", ""),
        ids,
    )
    found = day.index.positions(code)
    return np.where(found >= 0, found, np.arange(len(day)))


def regions(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Return who ends up where: each facility's own lead against the lead that is nearest by legal links.

    Status: own (none is nearer than the lead of its group), other (another group's lead is strictly nearer:
    fewer minutes where both are known, else fewer steps). Numerator: facilities whose own lead is nearest;
    denominator: facilities with a path to their own lead; the others are unknown, with the reason.

    Frame: facility, status, lead, minutes, steps, nearest, nearest_minutes, nearest_steps, reason.
    """
    day = ReferralDay(net, as_of)
    everybody, reasons = left_out(day, Question())
    out = reasons[everybody] != ""
    journeys = Journeys(day, Question(), everybody[~out])
    legal = journeys.legs.legal
    goals = Goals(np.unique(day.leads.facility[day.at_work.certain[day.leads.facility]]))
    nearest = cheapest(legal, len(day), journeys.start, goals)
    sure = (journeys.kind <= 2) & (journeys.goal >= 0)
    timed = np.isfinite(journeys.minutes) & np.isfinite(nearest.minutes)
    nearer = np.where(timed, nearest.minutes < journeys.minutes, nearest.steps < journeys.steps)
    other = nearer & nearest.found & (nearest.goal != journeys.goal)
    table = _catchments(journeys, nearest, other)
    shown = table.filter(pa.array(sure))
    met = int((~other & sure).sum())
    return Answer(
        query="referrals.regions",
        as_of=day.date,
        frame=frame(shown, keep=_CATCHMENT),
        definition=_definition(day, "regions", "facilities"),
        total=len(everybody),
        judged=len(shown),
        share=Share(met, len(shown), "facilities"),
        unknown=_lost(table.filter(pa.array(~sure))),
        excluded=reason_left_out(day, everybody[out], reasons),
        stamps=stamps_of(day.net),
        notes=(say("referral.cost_note"),),
    )


def _catchments(journeys: Journeys, nearest, other: np.ndarray) -> pa.Table:
    day = journeys.day
    goal = np.where(other, nearest.goal, journeys.goal)
    minutes = np.where(other, nearest.minutes, journeys.minutes)
    steps = np.where(other, nearest.steps, journeys.steps)
    reasons = [journeys.reason(int(i)) if journeys.goal[i] < 0 else None for i in range(len(goal))]
    return pa.table(
        [
            day.texts("id", journeys.start),
            day.texts("name", journeys.start),
            pa.array(np.where(other, "other", "own").tolist(), pa.string()),
            day.texts("id", journeys.goal),
            day.texts("name", journeys.goal),
            pa.array(journeys.minutes, mask=np.isnan(journeys.minutes)),
            pa.array(journeys.steps, mask=journeys.goal < 0),
            day.texts("id", goal),
            day.texts("name", goal),
            pa.array(minutes, mask=np.isnan(minutes)),
            pa.array(steps, mask=goal < 0),
            pa.array(reasons, pa.string()),
        ],
        names=list(_CATCHMENT),
    )


def _lost(table: pa.Table):
    found = frame(table, keep=_CATCHMENT)
    found["status"] = "unknown"
    return found


def _definition(day: ReferralDay, query: str, unit: str) -> Definition:
    return Definition(
        say(f"referral.{query}_numerator"),
        say(f"referral.{query}_denominator"),
        unit,
        register_of(day.net),
        say("referral.source"),
    )
