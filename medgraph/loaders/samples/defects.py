"""Plant defects in a made-up country: each in a township of its own, so that none hides another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from medgraph.loaders.samples.facilities import SECONDARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medgraph.loaders.samples.country import Country

_EVERY = 20  # counties, the first included
_MINUTES_LONGER = 90


@dataclass(frozen=True)
class Defect:
    """A defect, and the number of the township in a county that it is planted in.

    `relation` is what the country has to have links of.
    """

    township: int
    plant_in: Callable[[Country, int], None]
    relation: str = ""

    def plant(self, country: Country) -> None:
        """Plant the defect in every twentieth county."""
        for township in _townships(country, self.township):
            self.plant_in(country, township)


def _townships(country: Country, number: int) -> Iterator[int]:
    """The townships of a number in their county; behind the last one the first is counted again."""
    counties = np.arange(0, country.counts.counties, _EVERY)
    owner = country.areas.township_county
    first = np.searchsorted(owner, counties)
    behind = np.searchsorted(owner, counties, side="right")
    for begin, end in zip(first, behind, strict=True):
        yield int(begin + number % (end - begin))


def _clinic(country: Country, township: int, number: int = 0) -> int:
    first = np.searchsorted(country.facilities.clinic_township, township)
    return int(country.clinic(int(first) + number))


def _stations_in_a_group(country: Country, township: int) -> list[int]:
    """The first station of a township that is in a group; in the nation not every one is."""
    stations = np.flatnonzero(country.facilities.station_township == township)
    nodes = map(int, country.station(stations))
    return [node for node in nodes if country.links.found("MEMBER_OF", node).any()][:1]


def _other_group(country: Country, township: int) -> int:
    return int(country.township_group[township]) ^ 1


# -- areas and groups ------------------------------------------------------------------------------


def _gap(country: Country, township: int) -> None:
    area = country.areas.townships[township]
    country.links.drop("SERVES", country.centre(township), area)


def _overlap(country: Country, township: int) -> None:
    other_lead = country.hospital(_other_group(country, township))
    country.links.add("SERVES", other_lead, country.areas.townships[township])


def _ungrouped(country: Country, township: int) -> None:
    for station in _stations_in_a_group(country, township):
        country.links.drop("MEMBER_OF", station)


def _multiple(country: Country, township: int) -> None:
    other = country.group(_other_group(country, township))
    for station in _stations_in_a_group(country, township):
        country.links.add("MEMBER_OF", station, other)


# -- referrals -------------------------------------------------------------------------------------


def _dead_end(country: Country, township: int) -> None:
    links, centre = country.links, country.centre(township)
    from_centre = links.found("REFERS_UP_TO", centre)
    above = links.columns["REFERS_UP_TO"]["target"][from_centre]
    links.drop("REFERS_UP_TO", centre)
    for hospital in above:
        links.drop("REFERS_DOWN_TO", hospital, centre)


def _level_skip(country: Country, township: int) -> None:
    lead = int(country.township_group[township])
    is_secondary = country.facilities.level[lead] == SECONDARY
    tertiary = lead ^ 1 if is_secondary else lead
    country.refer(_clinic(country, township), country.hospital(tertiary))


def _loop(country: Country, township: int) -> None:
    one, other = township, township + 1
    _dead_end(country, one)
    _dead_end(country, other)
    country.refer(country.centre(one), country.centre(other))
    country.refer(country.centre(other), country.centre(one))


def _up_without_down(country: Country, township: int) -> None:
    country.links.drop("REFERS_DOWN_TO", target=_clinic(country, township))


def _down_without_up(country: Country, township: int) -> None:
    country.links.drop("REFERS_UP_TO", _clinic(country, township, 1), country.centre(township))


def _out_of_group(country: Country, township: int) -> None:
    of_other = country.township_group == _other_group(country, township)
    there = int(np.flatnonzero(of_other)[-1])
    country.refer(_clinic(country, township, 2), country.centre(there))


def _asymmetric(country: Country, township: int) -> None:
    links = country.links
    to_clinic = links.found("REFERS_DOWN_TO", target=_clinic(country, township))
    longer = links.columns["REFERS_DOWN_TO"]["minutes"] + _MINUTES_LONGER
    links.change("REFERS_DOWN_TO", "minutes", to_clinic, longer)


def _closed_target(country: Country, township: int) -> None:
    """The closed hospital is numbered behind the facilities, so what is behind moves up by one."""
    facilities = country.facilities
    closed = int(country.group(0))
    country.links.make_room(closed)
    group = int(country.township_group[township])
    facilities.add_closed_hospital(
        county_area=country.areas.counties[facilities.group_county[group]],
        serial=90_000 + country.extra,
        point=facilities.point[group] + 0.01,
    )
    country.links.add("MEMBER_OF", closed, country.group(group))
    country.refer(country.centre(township), closed)


# -- sharing ---------------------------------------------------------------------------------------


def _expired_posting(country: Country, township: int) -> None:
    links = country.links
    to_centre = links.found("DISPATCHES", target=country.centre(township))
    links.change("DISPATCHES", "valid_from", to_centre, np.datetime64("2024-01-01"))
    links.change("DISPATCHES", "valid_to", to_centre, np.datetime64("2024-12-31"))


def _no_posting(country: Country, township: int) -> None:
    country.links.drop("DISPATCHES", target=country.centre(township))


def _no_centre(country: Country, township: int) -> None:
    imaging = country.centre_used_by(int(country.township_group[township]), 1)
    country.links.drop("USES_CENTRE", country.centre(township), imaging)


def _unattached(country: Country, township: int) -> None:
    country.links.drop("RUN_BY", _clinic(country, township))


def _no_telemedicine(country: Country, township: int) -> None:
    country.links.drop("TELEMEDICINE", target=country.centre(township))


DEFECTS = {
    "gap": Defect(0, _gap),
    "overlap": Defect(1, _overlap),
    "ungrouped": Defect(2, _ungrouped),
    "multiple": Defect(3, _multiple),
    "dead_end": Defect(4, _dead_end),
    "level_skip": Defect(5, _level_skip),
    "loop": Defect(7, _loop),
    "up_without_down": Defect(6, _up_without_down),
    "down_without_up": Defect(6, _down_without_up),
    "out_of_group": Defect(6, _out_of_group),
    "asymmetric": Defect(9, _asymmetric),
    "closed_target": Defect(9, _closed_target),
    "expired_posting": Defect(10, _expired_posting),
    "no_posting": Defect(11, _no_posting),
    "no_centre": Defect(12, _no_centre),
    "unattached": Defect(12, _unattached),
    "no_telemedicine": Defect(13, _no_telemedicine, "TELEMEDICINE"),
}
