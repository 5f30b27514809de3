"""Weigh what stops of facilities cost: facilities, township centres and residents behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from medgraph.graphmodel.arrays.joins import equi_join, semi_join, unique_pairs
from medgraph.queries.resilience.losses import LEAD, PATH, STAFF
from medgraph.words.say import language, say
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day
    from medgraph.queries.resilience.losses import Losses

# The sentences for what is lost; a kind of shared centre has its word in the vocabulary.
_SENTENCES = {PATH: "loses_referral_path", LEAD: "loses_lead", STAFF: "loses_staff"}


def by_stop(day: Day, found: Sequence[Losses]) -> pd.DataFrame:
    """Return a row per stopped facility and kind of loss, the heaviest first."""
    around = _Around.of(day)
    weighed = _heaviest_first([_weighed(day, losses, around) for losses in found])
    stopped, sure = weighed.pop("stopped"), weighed.pop("sure")
    named = {"facility": day.ids(stopped), "name": day.names(stopped)}
    columns = named | {name: column.tolist() for name, column in weighed.items()}
    rows = zip(*columns.values(), strict=True)
    statements = [_statement(dict(zip(columns, row, strict=True))) for row in rows]
    status = np.where(sure, "critical", "may_be_critical")
    return pd.DataFrame({**named, **weighed, "status": status, "statement": statements})


def _heaviest_first(parts: Sequence[Mapping[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    """All rows in one, those of whose stop most people, townships and facilities lose first."""
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    _, loses = np.unique(whole["loses"], return_inverse=True)
    weights = [-whole[name] for name in ("facilities", "townships", "population")]
    order = np.lexsort([loses, whole["stopped"], *weights])
    return {name: column[order] for name, column in whole.items()}


@dataclass(frozen=True)
class _Stops:
    """The stopped facilities of one kind of loss: their positions, and the one `of` each loss."""

    position: Positions
    of: Positions

    def __len__(self) -> int:
        return len(self.position)

    def count(self, of: Positions) -> Positions:
        """Return how often each stop occurs."""
        return np.bincount(of, minlength=len(self))

    def total(self, of: Positions, amounts: Positions) -> Positions:
        """Return the sum of the amounts of each stop."""
        return np.bincount(of, amounts, minlength=len(self)).astype(np.int64)


@dataclass(frozen=True)
class _Around:
    """What is around every node: the number of its county, and its area (-1: none is stated).

    `townships` counts the township centres at work in each county.
    """

    county: Positions
    townships: Positions
    area: Positions

    @classmethod
    def of(cls, day: Day) -> _Around:
        """Look around every node of the day."""
        counties, county = np.unique(day.county, return_inverse=True)
        at_work = day.primary.certain & day.working.certain
        townships = np.bincount(county[at_work], minlength=len(counties))
        return cls(county, townships, day.index.positions(day.index.values("parent")))


def _weighed(day: Day, losses: Losses, around: _Around) -> dict[str, NDArray[Any]]:
    """Facilities, townships and residents behind every stop of one kind of loss, as columns."""
    stops = _Stops(*np.unique(losses.stopped, return_inverse=True))
    is_township = day.primary.certain[losses.loser]
    stop, area = _areas_lost(day, losses, stops, around)
    residents, is_stated = _residents(day, area)
    return {
        "stopped": stops.position,
        "sure": stops.count(stops.of[losses.closed[losses.loser]]) > 0,
        "loses": np.full(len(stops), losses.kind, object),
        "facilities": stops.count(stops.of),
        "townships": stops.count(stops.of[is_township]),
        "of_townships": _townships_around(
            around, losses.loser[is_township], stops.of[is_township], stops
        ),
        "population": stops.total(stop, residents),
        "areas_unstated": stops.count(stop[~is_stated]),
    }


def _townships_around(
    around: _Around, centres: Positions, of: Positions, stops: _Stops
) -> Positions:
    """Township centres at work in the counties of the township centres that lose, for each stop."""
    stop, county = unique_pairs(of, around.county[centres], len(around.townships))
    return stops.total(stop, around.townships[county])


# -- areas and residents --------------------------------------------------------------------------


def _areas_lost(
    day: Day, losses: Losses, stops: _Stops, around: _Around
) -> tuple[Positions, Positions]:
    """(stop, area): whom nobody serves any more with what is lost, an area inside another apart.

    An area that the stopped facility alone serves is no loss of those who depend on it.
    """
    server, area = day.services
    has_it = losses.had[server] & day.working.certain[server]
    server, area = server[has_it], area[has_it]
    size = max(len(day), 1)
    loss, service = equi_join(losses.loser, server)
    by_losers = stops.of[loss].astype(np.int64) * size + area[service]
    stop, service = equi_join(stops.position, server)
    by_stopped = stop * size + area[service]
    touched, servers_gone = np.unique(np.append(by_losers, by_stopped), return_counts=True)
    servers = np.bincount(area, minlength=size)[touched % size]
    lost = touched[(servers_gone == servers) & semi_join(touched, np.sort(by_losers))]
    stop, area = np.divmod(lost, size)
    parent = around.area[area]
    is_inside = (parent >= 0) & semi_join(stop * size + parent, lost)
    return stop[~is_inside], area[~is_inside]


def _residents(day: Day, area: Positions) -> tuple[Positions, Mask]:
    """The residents of these areas, 0 where not stated, and where they are stated."""
    stated = day.index.take("population", area)
    residents = pc.fill_null(stated.cast("float64"), 0.0).to_numpy(zero_copy_only=False)
    return residents, stated.is_valid().to_numpy(zero_copy_only=False)


# -- in words -------------------------------------------------------------------------------------


def _statement(stop: Mapping[str, Any]) -> str:
    """What a stop means, in the words of the field."""
    return say(
        "critical_townships" if stop["townships"] else "critical_facilities",
        name=stop["name"],
        what=_thing(stop["loses"]),
        townships=stop["townships"],
        total=stop["of_townships"],
        facilities=stop["facilities"],
        people=_people(stop["population"], stop["areas_unstated"]),
    )


def _thing(loses: str) -> str:
    """What is lost, in words."""
    key = _SENTENCES.get(loses)
    return say(key) if key else label("centre_type", loses, language())


def _people(population: int, areas_unstated: int) -> str:
    """How many residents are concerned, and whether that is the least; empty where nobody is."""
    if not areas_unstated:
        return say("critical_people", population=population) if population else ""
    key = "critical_people_least" if population else "critical_people_unknown"
    return say(key, population=population)
