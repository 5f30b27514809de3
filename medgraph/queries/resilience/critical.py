"""What breaks when a facility stops: who loses what, which stops cost most, and how to repair the network."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.dominators import dominator_tree
from medgraph.graphmodel.arrays.joins import equi_join
from medgraph.graphmodel.day import Day
from medgraph.queries.answers import answer, define, frame_of, left_out
from medgraph.queries.resilience.repair import actions, repair
from medgraph.queries.results import Answer
from medgraph.words.say import language, say
from medgraph.words.vocabularies import CENTRE_TYPES, label

if TYPE_CHECKING:
    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork

__all__ = ["actions", "critical", "dependents", "repair"]

PATH, LEAD, STAFF = "referral_path", "lead", "staff"


@dataclass(frozen=True)
class Losses:
    """Who loses one thing if whom stops: pairs of positions (`loser`, `stopped`), and who `had` it at all."""

    kind: str
    loser: np.ndarray
    stopped: np.ndarray
    had: np.ndarray


def dependents(
    net: MedicalNetwork, facility: str, *, as_of: datetime.date | str | None = None
) -> Answer:
    """Say who loses what if `facility` stops: the way up, each shared service, dispatched staff, the lead.

    A facility loses a thing where every source of it goes through the one that stops: every way of up-referral
    to the lead of a group or a tertiary hospital; every host of a shared centre of that kind that it uses; everybody
    who sends it staff; every lead of its groups.

    Parameters
    ----------
    net
        The network.
    facility
        The id of the facility that stops.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per facility and loss: `facility`, `name`, `type`, `loses` (referral_path, lead, staff, telemedicine or
        a kind of centre), `status` loses, `reason`. Notes give each loss as a sentence with townships and residents.
        The share is that of facilities at work, the stopped one apart, that lose something.
    """
    day = Day(net, as_of)
    net._known(facility, "Facility")
    stop = day.index.position(facility)
    found = [_only(losses, stop) for losses in _all_losses(day)]
    reason = say("depends_on", name=day.names([stop])[0])
    loser = np.concatenate([losses.loser for losses in found])
    frame = frame_of(
        {
            "facility": day.ids(loser),
            "name": day.names(loser),
            "type": day.index.take("type", loser).to_pylist(),
            "loses": [losses.kind for losses in found for _ in losses.loser],
            "status": "loses",
            "reason": reason,
        }
    )
    others = day.index.is_kind("Facility")
    others[stop] = False
    definition = define(day, "dependents_numerator", "dependents_denominator", "facilities")
    return answer(
        day,
        "resilience.dependents",
        definition,
        frame,
        judged=int((others & day.working.certain).sum()),
        met=len(np.unique(loser)),
        excluded=left_out(day, others),
        notes=_summary(day, found)["statement"].to_list(),
    )


def critical(
    net: MedicalNetwork,
    *,
    loses: str | None = None,
    top: int | None = None,
    as_of: datetime.date | str | None = None,
) -> Answer:
    """Rank all facilities by what is lost if each stops, one at a time.

    The same as `dependents` for every facility at once: for ways of referral by the dominators of the referral
    network (exact, on networks with loops too), for the rest by counting sources.

    Parameters
    ----------
    net
        The network.
    loses
        One kind of loss (referral_path, lead, staff, telemedicine, imaging, ...); without it, all.
    top
        Only the first so many rows.
    as_of
        The day; default: the data day.

    Returns
    -------
    Answer
        A row per facility and kind of loss, the heaviest first: `facility`, `name`, `loses`, `facilities` (all that
        lose it), `townships` (township and community centres among them) of `of_townships` (those at work in their
        counties), `population` (residents of areas that nobody else serves with it), `areas_unstated` (such
        areas without a population), `status` critical, `statement`. The share is that of facilities at work on which
        somebody depends.
    """
    day = Day(net, as_of)
    found = _all_losses(day, loses)
    frame = _summary(day, found)
    on_whom = frame["facility"].nunique()
    definition = define(day, "critical_numerator", "critical_denominator", "facilities")
    return answer(
        day,
        "resilience.critical",
        definition,
        frame.head(top) if top is not None else frame,
        judged=int(day.working.certain.sum()),
        met=on_whom,
        excluded=left_out(day, day.index.is_kind("Facility")),
    )


# -- losses ------------------------------------------------------------------------------------


def _all_losses(day: Day, only: str | None = None) -> list[Losses]:
    """Every kind of loss that the network can suffer, or the one asked for."""
    sources: dict[str, Callable[[], Losses]] = {
        PATH: lambda: _path_losses(day),
        LEAD: lambda: _single(day, LEAD, *_leads(day)),
        STAFF: lambda: _single(day, STAFF, *_staff(day)),
    }
    for kind in _centre_kinds(day):
        sources[kind] = lambda kind=kind: _single(day, kind, *_services(day, kind))
    if only is not None and only not in sources:
        raise OptionError(say("not_one_of", what="loses", value=only, allowed=", ".join(sources)))
    return [make() for kind, make in sources.items() if only in (None, kind)]


def _only(losses: Losses, stop: int) -> Losses:
    hit = losses.stopped == stop
    return Losses(losses.kind, losses.loser[hit], losses.stopped[hit], losses.had)


def _path_losses(day: Day) -> Losses:
    """Who loses every way up to the lead of a group or a tertiary hospital."""
    from scipy import sparse

    links = day.links("REFERS_UP_TO")
    good = day.working.certain[links.source] & day.working.certain[links.target]
    size = (len(day.index), len(day.index))
    up = sparse.coo_array(
        (np.ones(int(good.sum()), np.int8), (links.source[good], links.target[good])), size
    ).tocsr()
    facility, collective, lead = day.memberships
    goal = np.zeros(size[0], bool)
    goal[facility[lead & day.group.certain[collective]]] = True
    level = pc.starts_with(pc.fill_null(day.index.values("level"), ""), "3").to_numpy(
        zero_copy_only=False
    )
    goal = (goal | level) & day.working.certain
    found = dominator_tree(up, up.T.tocsr(), np.flatnonzero(goal))
    losers, stopped = [], []
    below = np.flatnonzero(found.dominator >= 0)
    above = found.dominator[below]
    while len(below):
        losers.append(below)
        stopped.append(above)
        above = found.dominator[above]
        below, above = below[above >= 0], above[above >= 0]
    return Losses(PATH, _joined(losers), _joined(stopped), found.depth > 0)


def _single(day: Day, kind: str, user: np.ndarray, source: np.ndarray) -> Losses:
    """Who has `kind` from one source alone; a facility that is its own source depends on nobody."""
    good = day.working.certain[user] & day.working.certain[source]
    pairs = np.unique(user[good].astype(np.int64) * len(day.index) + source[good])
    user, source = pairs // max(len(day.index), 1), pairs % max(len(day.index), 1)
    first = np.append(True, user[1:] != user[:-1])[: len(user)]
    last = np.append(first[1:], True)[: len(user)]
    alone = first & last & (user != source)
    had = np.zeros(len(day.index), bool)
    had[user] = True
    return Losses(kind, user[alone], source[alone], had)


def _leads(day: Day) -> tuple[np.ndarray, np.ndarray]:
    facility, collective, lead = day.memberships
    of_group = day.group.certain[collective]
    return _through(
        facility[of_group],
        collective[of_group],
        collective[lead & of_group],
        facility[lead & of_group],
    )


def _staff(day: Day) -> tuple[np.ndarray, np.ndarray]:
    links = day.links("DISPATCHES")
    elsewhere = links.source != links.target
    return links.target[elsewhere], links.source[elsewhere]


def _centre_kinds(day: Day) -> list[str]:
    types = day.index.values("type").filter(day.index.is_kind("SharedCentre")).unique().to_pylist()
    found = {t or "other" for t in types}
    if len(day.links("TELEMEDICINE")):
        found.add("telemedicine")
    return sorted(found)


def _services(day: Day, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Users of the shared centres of `kind` at work, and the hosts of these; a host uses its own."""
    of_kind = pc.equal(pc.fill_null(day.index.values("type"), "other"), kind).to_numpy(
        zero_copy_only=False
    )
    centre = day.index.is_kind("SharedCentre") & day.at_work.certain & of_kind
    users, hosts = day.links("USES_CENTRE"), day.links("HOSTS_CENTRE")
    hosting, using = centre[hosts.target], centre[users.target]
    user, source = _through(
        users.source[using], users.target[using], hosts.target[hosting], hosts.source[hosting]
    )
    ends = [user, hosts.source[hosting]], [source, hosts.source[hosting]]
    if kind == "telemedicine":
        lines = day.links("TELEMEDICINE")
        ends[0].extend((lines.source, lines.target))
        ends[1].extend((lines.target, lines.source))
    return np.concatenate(ends[0]), np.concatenate(ends[1])


def _through(
    user: np.ndarray, middle: np.ndarray, key: np.ndarray, source: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Join users with sources over what stands between: (user, middle) with (key, source)."""
    mine, theirs = equi_join(middle, key)
    return user[mine], source[theirs]


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.zeros(0, np.int64), *parts]).astype(np.int64)


# -- what it means for townships and residents -------------------------------------------------


def _summary(day: Day, found: list[Losses]) -> pd.DataFrame:
    """A row per stopped facility and kind of loss, the heaviest first."""
    import pandas as pd

    parts = [_weighed(day, losses) for losses in found]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.sort_values(
        ["population", "townships", "facilities", "stopped", "loses"],
        ascending=[False, False, False, True, True],
        ignore_index=True,
    )
    stopped = frame.pop("stopped").to_numpy(np.int64)
    frame.insert(0, "facility", day.ids(stopped))
    frame.insert(1, "name", day.names(stopped))
    frame["status"] = "critical"
    frame["statement"] = [
        _statement(*row)
        for row in frame[
            [
                "name",
                "loses",
                "facilities",
                "townships",
                "of_townships",
                "population",
                "areas_unstated",
            ]
        ].itertuples(index=False)
    ]
    return frame


def _weighed(day: Day, losses: Losses) -> pd.DataFrame:
    """Facilities, townships and residents behind every stop of one kind of loss."""
    stopped, at, facilities = np.unique(losses.stopped, return_inverse=True, return_counts=True)
    primary = day.primary.certain[losses.loser]
    population, unstated = _residents(day, losses, len(stopped), at)
    return frame_of(
        {
            "stopped": stopped,
            "loses": [losses.kind] * len(stopped),
            "facilities": facilities,
            "townships": np.bincount(at[primary], minlength=len(stopped)),
            "of_townships": _in_counties(day, losses.loser, at, len(stopped)),
            "population": population,
            "areas_unstated": unstated,
        }
    )


def _in_counties(day: Day, loser: np.ndarray, at: np.ndarray, count: int) -> np.ndarray:
    """Township and community centres at work in the counties of those that lose, for each stop."""
    counties, code = np.unique(day.county, return_inverse=True)
    centres = np.bincount(code[day.primary.certain & day.working.certain], minlength=len(counties))
    township = day.primary.certain[loser]
    pairs = np.unique(at[township].astype(np.int64) * len(counties) + code[loser[township]])
    return np.bincount(
        pairs // max(len(counties), 1), centres[pairs % max(len(counties), 1)], count
    ).astype(np.int64)


def _residents(
    day: Day, losses: Losses, count: int, at: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Residents of the areas that nobody serves any more with what is lost; areas inside a lost one count once."""
    serves = day.links("SERVES")
    having = losses.had[serves.source] & day.working.certain[serves.source]
    server, area = serves.source[having], serves.target[having]
    size = max(len(day.index), 1)
    pairs = np.unique(server.astype(np.int64) * size + area)
    server, area = pairs // size, pairs % size
    needed = np.bincount(area, minlength=size)
    of, where = _through(np.arange(len(losses.loser)), losses.loser, server, area)
    stopped = np.unique(losses.stopped)
    own, own_area = _through(np.arange(count), stopped, server, area)
    lost, times = np.unique(
        np.append(at[of].astype(np.int64) * size + where, own.astype(np.int64) * size + own_area),
        return_counts=True,
    )
    hurt = np.isin(
        lost, at[of].astype(np.int64) * size + where
    )  # not only the stopped one's own areas
    lost = lost[(times == needed[lost % size]) & hurt]
    parent = day.index.positions(day.index.values("parent"))[lost % size]
    lost = lost[~((parent >= 0) & np.isin(lost // size * size + parent, lost))]
    residents = day.index.take("population", lost % size)
    known = residents.is_valid().to_numpy(zero_copy_only=False)
    number = pc.fill_null(residents.cast("float64"), 0.0).to_numpy(zero_copy_only=False)
    where = lost // size
    return np.bincount(where, number, count).astype(np.int64), np.bincount(
        where[~known], minlength=count
    )


def _statement(
    name: str,
    loses: str,
    facilities: int,
    townships: int,
    of_townships: int,
    population: int,
    unstated: int,
) -> str:
    """What a stop means, in the words of the field."""
    what = (
        label("centre_type", loses, language()) if loses in CENTRE_TYPES else say(f"loses_{loses}")
    )
    people = say("critical_people", population=population) if population else ""
    if unstated:
        people = say(
            "critical_people_least" if population else "critical_people_unknown",
            population=population,
        )
    key = "critical_townships" if townships else "critical_facilities"
    return say(
        key,
        name=name,
        what=what,
        townships=townships,
        total=of_townships,
        facilities=facilities,
        people=people,
    )
