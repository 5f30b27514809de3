"""Say who ends up where, and over whom: catchments of the leads, and the most crossed places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.canonical import frame
from medgraph.queries.answers import answer, define, named_out
from medgraph.queries.as_listed import told_as_listed
from medgraph.queries.columns import numbers_of, whole_column
from medgraph.queries.referrals.journeys import NO_RETURN, Journeys
from medgraph.queries.referrals.legs import ReferralDay
from medgraph.queries.referrals.possible import may_go_on_unlisted
from medgraph.queries.referrals.question import Question
from medgraph.queries.referrals.routes import Goals, Routes, cheapest
from medgraph.queries.referrals.verdicts import Asked
from medgraph.words.say import say

if TYPE_CHECKING:
    import datetime

    import pandas as pd

    from medgraph.graphmodel.areas import Texts
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer, Definition

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


@told_as_listed
def bottlenecks(
    net: MedicalNetwork,
    *,
    specialty: str | None = None,
    level: str | None = None,
    top: int | None = None,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Rank the facilities that most paths cross, with the population behind them.

    One cheapest path per facility counts, as in `paths` upwards. A facility that no path crosses is
    judged, and left out of the frame. There is no share of the whole.

    Parameters
    ----------
    net
        The network.
    specialty
        A specialty to get to, as in `path`.
    level
        A hospital level to get to, as `3A`; `3` is every tertiary hospital.
    top
        How many to show; default: all.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per facility: facility, name, status (crossed), through (paths of others that pass on
        from here), ending (paths that end here), share (both, of all paths found), population
        (residents of the township-level areas whose facilities' paths cross here, each area once),
        areas_without_population.

    Raises
    ------
    OptionError
        An option is not in its vocabulary.

    Examples
    --------
    >>> import medgraph as mg
    >>> frame = mg.referrals.bottlenecks(mg.samples.taizhou(), top=2).frame
    >>> frame[["facility", "through", "ending"]].values.tolist()
    [['TZ-H03', 0, 19], ['TZ-H01', 0, 15]]
    """
    day = ReferralDay(net, as_of)
    question = Question(specialty=specialty, level=level)
    asked = Asked.of(day, question)
    journeys = Journeys(day, question, asked.surely)
    arrived = journeys.kind <= NO_RETURN
    found = int(arrived.sum())
    return answer(
        day,
        "referrals.bottlenecks",
        _definition(day, "bottlenecks"),
        frame(_crossed(journeys, arrived, top), keep=_CROSSED),
        judged=int((day.asked & day.working.certain).sum()),
        excluded=named_out(day, day.asked & ~day.working.certain),
        notes=(say("referral.paths_found", found=found, asked=len(journeys.start)),),
    )


def _crossed(journeys: Journeys, arrived: Mask, top: int | None) -> pa.Table:
    """Return the facilities that the paths of those who arrive cross, most crossed first."""
    day = journeys.day
    who, node = _crossings(journeys, arrived)
    inner = node != journeys.goal[who]
    through = np.bincount(node[inner], minlength=len(day))
    ending = np.bincount(node[~inner], minlength=len(day))
    every = through + ending
    crossed = np.flatnonzero(every)
    crossed = crossed[np.argsort(-every[crossed], kind="stable")][:top]
    residents, silent = _behind(day, journeys.start[who], node, crossed)
    columns = [
        day.texts("id", crossed),
        day.texts("name", crossed),
        whole_column("crossed", len(crossed)),
        pa.array(through[crossed]),
        pa.array(ending[crossed]),
        pa.array(every[crossed] / max(int(arrived.sum()), 1)),
        residents,
        pa.array(silent),
    ]
    return pa.table(columns, names=list(_CROSSED))


def _crossings(journeys: Journeys, arrived: Mask) -> tuple[Positions, Positions]:
    """Return pairs (start, position above it on its path) of the starts that arrive."""
    who, node = [np.zeros(0, int)], [np.zeros(0, int)]
    for rest, routes in journeys.parts:
        here = routes.found & (journeys.goal[rest] == routes.goal)
        counts = arrived[rest] & here
        for one, link in routes.hops:
            mine = counts[one]
            who.append(rest[one[mine]])
            node.append(routes.legs.upper[link[mine]])
    return np.concatenate(who), np.concatenate(node)


def _behind(
    day: ReferralDay, start: Positions, node: Positions, wanted: Positions
) -> tuple[Texts, Positions]:
    """Return the residents behind each of `wanted`, and how many areas state no population."""
    size = len(day)
    source, area = day.services
    pair, at = equi_join(start, source)
    keys = np.unique(node[pair].astype(np.int64) * size + _townships(day)[area[at]])
    crossed, township = keys // size, keys % size
    people = numbers_of(day.index, "population")[township]
    stated = np.isfinite(people)
    total = np.bincount(crossed[stated], people[stated], minlength=size)[wanted]
    known = np.bincount(crossed[stated], minlength=size)[wanted] > 0
    silent = np.bincount(crossed[~stated], minlength=size)[wanted]
    return pa.array(total.astype(np.int64), mask=~known), silent


def _townships(day: ReferralDay) -> Positions:
    """Return per position its township-level area, where the network holds one above it."""
    ids = day.index.ids
    nine_digits = pc.utf8_slice_codeunits(ids, 0, 9)
    township = pc.binary_join_element_wise(nine_digits, "000", "")
    is_area = pa.array(day.index.is_kind("Area"))
    found = day.index.positions(pc.if_else(is_area, township, ids))
    return np.where(found >= 0, found, np.arange(len(day)))


@told_as_listed
def regions(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> Answer:
    """Compare the lead of each facility's group with the lead that is nearest by legal links.

    Own: none is nearer than the lead of the own group. Other: another group's lead is strictly
    nearer, by minutes where both are known, else by steps. Share: facilities whose own lead is
    nearest, of those with a path to their own lead; the others are unknown, with the reason.

    Parameters
    ----------
    net
        The network.
    as_of
        The day asked about; default: the data day.

    Returns
    -------
    Answer
        A row per facility: facility, name, status (own, other), lead, lead_name, minutes, steps,
        nearest, nearest_name, nearest_minutes, nearest_steps, reason.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.referrals.regions(mg.samples.taizhou()).share
    Share(met=45, total=45, unit='facilities')
    """
    day = ReferralDay(net, as_of)
    asked = Asked.of(day, Question())
    journeys = Journeys(day, Question(), asked.surely)
    nearest = _nearest_leads(journeys)
    other = _nearer(journeys, nearest)
    sure = (journeys.kind <= NO_RETURN) & (journeys.goal >= 0)
    table = _catchments(journeys, nearest, other)
    doubtful = int((~other & sure & _may_be_nearer(journeys, nearest)).sum())
    return answer(
        day,
        "referrals.regions",
        _definition(day, "regions"),
        frame(table.filter(pa.array(sure)), keep=_CATCHMENT),
        judged=int(sure.sum()),
        met=int((~other & sure).sum()),
        may_be_unmet=doubtful,
        doubts=[(day.absence("REFERS_UP_TO"), doubtful)] if doubtful else (),
        unknown=_lost(table.filter(pa.array(~sure))),
        perhaps=asked.perhaps_rows(),
        lists=("facilities",),
        excluded=asked.excluded_rows(),
        notes=(say("referral.cost_note"),),
    )


def _nearest_leads(journeys: Journeys) -> Routes:
    """Return the cheapest route of each start to the lead at work of whatever group."""
    day = journeys.day
    leads = day.leads.facility
    goals = Goals(np.unique(leads[day.at_work.certain[leads]]))
    return cheapest(journeys.legs.legal, len(day), journeys.start, goals)


def _nearer(journeys: Journeys, nearest: Routes) -> Mask:
    """Return a mask over starts: another group's lead is strictly nearer than the own."""
    timed = np.isfinite(journeys.minutes) & np.isfinite(nearest.minutes)
    by_minutes, by_steps = nearest.minutes < journeys.minutes, nearest.steps < journeys.steps
    found: Mask = np.where(timed, by_minutes, by_steps)
    found &= nearest.found & (nearest.goal != journeys.goal)
    return found


def _may_be_nearer(journeys: Journeys, nearest: Routes) -> Mask:
    """Return a mask over starts: another lead may be nearer, over a leg that may be legal or that
    nobody lists.
    """
    day = journeys.day
    leads = np.flatnonzero(day.at_work.certain & day.leading.possible)
    found = cheapest(journeys.legs.possible, len(day), journeys.start, Goals(leads))
    other: Mask = found.goal != nearest.goal
    return other | may_go_on_unlisted(day, journeys.question, journeys.start)


def _catchments(journeys: Journeys, nearest: Routes, other: Mask) -> pa.Table:
    day = journeys.day
    goal = np.where(other, nearest.goal, journeys.goal)
    minutes = np.where(other, nearest.minutes, journeys.minutes)
    steps = np.where(other, nearest.steps, journeys.steps)
    lost = journeys.goal < 0
    reasons = pc.replace_with_mask(
        pa.nulls(len(lost), pa.string()),
        pa.array(lost),
        journeys.reasons(np.flatnonzero(lost)),
    )
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
            reasons,
        ],
        names=list(_CATCHMENT),
    )


def _lost(table: pa.Table) -> pd.DataFrame:
    found = frame(table, keep=_CATCHMENT)
    found["status"] = "unknown"
    return found


def _definition(day: ReferralDay, query: str) -> Definition:
    numerator, denominator = f"referral.{query}_numerator", f"referral.{query}_denominator"
    return define(day, numerator, denominator, "facilities", "referral.source")
