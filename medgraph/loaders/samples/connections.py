"""Link the nodes of a made-up country: referrals, sharing, and what belongs where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from medgraph.loaders.samples.facilities import TERTIARY

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.loaders.samples.country import Country

# First and last day of the postings.
YEAR = ("2025-01-01", "2025-12-31")
TITLES = ("attending", "associate_chief")
ROLES = ("clinical",)
_POSTING: dict[str, Any] = {
    "staff": 1,
    "title": 0,
    "role": 0,
    "days_per_week": 3.0,
    "valid_from": np.datetime64(YEAR[0]),
    "valid_to": np.datetime64(YEAR[1]),
}
_RECOGNISED_ITEMS = 220
_OF_CLINICS = 2  # the type of shared centre that clinics use


def connect(country: Country) -> None:
    """Add every link of a sound country."""
    _refer(country)
    _share(country)
    _post(country)
    _recognise(country)
    _belong(country)


# -- referrals -------------------------------------------------------------------------------------


def _refer(country: Country) -> None:
    counts, facilities = country.counts, country.facilities
    clinics, stations = np.arange(counts.clinics), np.arange(counts.stations)
    centres = country.centre(np.arange(counts.townships))
    country.refer(country.clinic(clinics), country.centre(facilities.clinic_township))
    country.refer(
        country.station(stations),
        country.centre(facilities.station_township),
        back=stations < counts.down_stations,
    )
    country.refer(centres, country.hospital(country.township_group))
    country.refer(centres, country.hospital(_second_hospital(country)))
    _refer_between_hospitals(country)
    _refer_to_second_centres(country, clinics[: counts.second_clinics])


def _second_hospital(country: Country) -> Positions:
    """The second hospital of each township: a member of its group, else the other lead."""
    lead, groups = country.township_group, country.counts.groups
    of_members = country.facilities.hospital_group[groups:]  # ascending
    first = np.searchsorted(of_members, lead)
    has_member = np.searchsorted(of_members, lead, side="right") > first
    return np.where(has_member, groups + first, lead ^ 1)


def _refer_between_hospitals(country: Country) -> None:
    """Hospitals that are not tertiary refer to their lead, leads to the other one of the county."""
    counts, facilities = country.counts, country.facilities
    is_tertiary = facilities.level[: counts.hospitals] == TERTIARY
    low = np.arange(counts.hospitals)[~is_tertiary]
    high = np.where(low < counts.groups, low ^ 1, facilities.hospital_group[low])
    country.refer(country.hospital(low), country.hospital(high))


def _refer_to_second_centres(country: Country, clinics: Positions) -> None:
    """Let clinics refer, one way, to the next centre of their county too."""
    if not len(clinics):
        return
    county = country.areas.township_county
    is_last = np.append(county[1:] != county[:-1], True)
    home = country.facilities.clinic_township[clinics]
    beside = np.where(is_last[home], home - 1, home + 1)
    country.refer(country.clinic(clinics), country.centre(beside), back=False)


# -- sharing ---------------------------------------------------------------------------------------


def _share(country: Country) -> None:
    """Let facilities use the shared centres of their groups, which the leads host."""
    counts, facilities = country.counts, country.facilities
    townships, hospitals = np.arange(counts.townships), np.arange(counts.hospitals)
    for type in range(counts.centre_types):
        _use(country, country.centre(townships), country.township_group, type)
    for type in range(counts.centre_types):
        left = max(0, counts.hospital_uses - type * counts.hospitals)
        users = hospitals[:left]
        _use(country, country.hospital(users), facilities.hospital_group[users], type)
    clinics = country.clinic(np.arange(counts.clinics))
    _use(country, clinics, country.township_group[facilities.clinic_township], _OF_CLINICS)
    host = country.centre_set * (counts.groups // counts.centre_sets)
    shared = country.shared_centre(np.arange(len(host)))
    country.links.add("HOSTS_CENTRE", country.hospital(host), shared)


def _use(country: Country, users: Positions, groups: Positions, type: int) -> None:
    """Let users use the shared centre of a type of their groups."""
    country.links.add("USES_CENTRE", users, country.centre_used_by(groups, type))


def _post(country: Country) -> None:
    """Let leads post staff to centres, and second hospitals to the first of them."""
    townships = np.arange(country.counts.townships)
    lead = country.hospital(country.township_group)
    country.links.add("DISPATCHES", lead, country.centre(townships), **_POSTING)
    more = townships[: country.counts.second_postings]
    second = country.hospital(_second_hospital(country)[more])
    posting = _POSTING | {"title": 1}
    country.links.add("DISPATCHES", second, country.centre(more), **posting)


def _recognise(country: Country) -> None:
    """Telemedicine, and results that leads and centres recognise both ways; not in the nation."""
    if not country.counts.villages:
        return
    lead = country.hospital(country.township_group)
    centres = country.centre(np.arange(country.counts.townships))
    links = country.links
    links.add("TELEMEDICINE", lead, centres)
    links.add("RECOGNISES_RESULTS", lead, centres, items=_RECOGNISED_ITEMS)
    links.add("RECOGNISES_RESULTS", centres, lead, items=_RECOGNISED_ITEMS)


# -- belonging -------------------------------------------------------------------------------------


def _belong(country: Country) -> None:
    _lead_and_join(country)
    _serve(country)
    areas = country.areas
    below = np.flatnonzero(areas.parent >= 0)
    country.links.add("PART_OF", below, areas.parent[below])


def _lead_and_join(country: Country) -> None:
    """Leads and members of the groups."""
    counts, links, facilities = country.counts, country.links, country.facilities
    groups, townships = np.arange(counts.groups), np.arange(counts.townships)
    clinics = np.arange(counts.clinics)
    members = np.arange(counts.groups, counts.hospitals)
    stations = np.arange(counts.stations)[: counts.member_stations]
    of_township = country.township_group
    links.add("LEADS", country.hospital(groups), country.group(groups))
    for member, group in (
        (country.hospital(members), facilities.hospital_group[members]),
        (country.centre(townships), of_township),
        (country.clinic(clinics), of_township[facilities.clinic_township]),
        (country.station(stations), of_township[facilities.station_township[stations]]),
    ):
        links.add("MEMBER_OF", member, country.group(group))


def _serve(country: Country) -> None:
    """The areas that facilities serve, the centres that run clinics, the teams of groups."""
    counts, links, areas = country.counts, country.links, country.areas
    clinics = country.clinic(np.arange(counts.clinics))
    centres = country.centre(np.arange(counts.townships))
    links.add("RUN_BY", clinics, country.centre(country.facilities.clinic_township))
    links.add("SERVES", centres, areas.townships)
    if counts.villages:
        links.add("SERVES", clinics, areas.villages)
    if counts.teams:
        teams = np.arange(counts.teams)
        links.add("STATIONED_IN", country.team(teams), country.group(teams))
