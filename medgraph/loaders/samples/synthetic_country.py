"""Lay a made-up country out as arrays of integers: who stands where, and who is linked to whom.

Nodes are numbered areas, facilities (hospitals, centres, clinics, stations), groups, shared centres, teams.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

CENTRE_TYPES = ("laboratory", "imaging", "ecg", "pathology", "sterile_supply", "pharmacy")
PROVINCES = (
    "33",
    "11",
    "12",
    "13",
    "14",
    "15",
    "21",
    "22",
    "23",
    "31",
    "32",
    "34",
    "35",
    "36",
    "37",
    "41",
    "42",
    "43",
    "44",
    "45",
    "46",
    "50",
    "51",
    "52",
    "53",
    "54",
    "61",
    "62",
    "63",
    "64",
    "65",
)
PROVINCE, CITY, COUNTY, SUBDISTRICT, TOWN, VILLAGE = range(6)
HOSPITAL, TOWN_CENTRE, COMMUNITY_CENTRE, CENTRAL_CENTRE, CLINIC, STATION = range(6)
TERTIARY, SECONDARY, PRIMARY, UNGRADED = range(4)
# First and last day of the postings.
YEAR = ("2025-01-01", "2025-12-31")


@dataclass(frozen=True)
class Size:
    """How many of everything; None: as many as a sound county has."""

    provinces: int
    cities: int
    counties: int
    townships: int | None = None
    clinics: int | None = None
    stations: int | None = None
    hospitals: int | None = None
    tertiary: int | None = None
    centre_types: int = 6
    villages: bool = True
    shuffled: bool = False
    member_stations: int | None = None
    down_stations: int | None = None
    second_clinics: int = 0
    second_postings: int = 0
    hospital_uses: int | None = None

    def scaled(self, factor: float) -> Size:
        """Return the size times `factor`, never without a county, a hospital for each group, a centre."""
        counts = {
            f.name: max(1, round(value * factor))
            for f in dataclasses.fields(self)
            if f.name != "centre_types"
            and not isinstance(value := getattr(self, f.name), bool)
            and value
        }
        counts["provinces"] = min(counts["provinces"], counts["cities"])
        counts["cities"] = min(counts["cities"], counts["counties"])
        counts["townships"] = max(counts["townships"], 2 * counts["counties"])
        counts["tertiary"] = max(counts["tertiary"], counts["counties"])
        return dataclasses.replace(self, **counts)


class Layout:
    """The arrays of one made-up country; `links` is relation -> aligned columns, node numbers in source, target."""

    def __init__(self, size: Size, rng: np.random.Generator) -> None:
        self.size = size
        self.rng = rng
        self.links: dict[str, dict[str, np.ndarray]] = {}
        self._areas()
        self._facilities()
        self._groups()
        self._places()
        self._referrals()
        self._sharing()
        self._belonging()

    # -- nodes ---------------------------------------------------------------------------------

    def _areas(self) -> None:
        size = self.size
        self.townships = size.townships or 14 * size.counties
        self.clinics = size.clinics or 12 * self.townships
        county_city = _spread(size.counties, size.cities)
        self.township_county = _spread(self.townships, size.counties)
        self.clinic_township = _spread(self.clinics, self.townships)
        self.township_number = _within(self.township_county)
        subdistrict = self.township_number % 4 == 0
        counts = [
            size.provinces,
            size.cities,
            size.counties,
            self.townships,
            self.clinics * size.villages,
        ]
        start = np.cumsum([0, *counts])
        self.county_area = start[2] + np.arange(size.counties)
        self.township_area = start[3] + np.arange(self.townships)
        self.village_area = start[4] + np.arange(counts[4])
        city_province = _spread(size.cities, size.provinces)
        villages = self.clinic_township[: counts[4]]
        self.area_parent = np.concatenate(
            [
                np.full(size.provinces, -1),
                city_province,
                start[1] + county_city,
                self.county_area[self.township_county],
                self.township_area[villages],
            ]
        )
        self.area_kind = np.concatenate(
            [
                np.full(counts[0], PROVINCE),
                np.full(counts[1], CITY),
                np.full(counts[2], COUNTY),
                np.where(subdistrict, SUBDISTRICT, TOWN),
                np.full(counts[4], VILLAGE),
            ]
        )
        self._codes(city_province, county_city, subdistrict, villages)
        self._population(counts[4], start)

    def _codes(self, city_province, county_city, subdistrict, villages) -> None:
        """12-digit codes by the national structure, with city numbers that no city has."""
        province = pa.array(PROVINCES[: self.size.provinces])
        city = _join(
            province.take(pa.array(city_province)), _number(60 + _within(city_province), 2)
        )
        county = _join(city.take(pa.array(county_city)), _number(1 + _within(county_city), 2))
        segment = self.township_number // 4 + 1
        segment = np.where(subdistrict, segment, 100 + self.township_number)
        township = _join(county.take(pa.array(self.township_county)), _number(segment, 3))
        village = _join(township.take(pa.array(villages)), _number(200 + _within(villages), 3))
        self.area_code = pa.concat_arrays(
            [pc.utf8_rpad(part, 12, "0") for part in (province, city, county, township, village)]
        )
        towns = _join(
            county.take(pa.array(self.township_county)),
            "县",
            _number(self.township_number + 1, 2),
            pa.array(np.where(subdistrict, "街道", "镇")),
        )
        self.area_name = pa.concat_arrays(
            [
                _join(province, "省"),
                _join(city, "市"),
                _join(county, "县"),
                towns,
                _join(towns.take(pa.array(villages)), _number(_within(villages) + 1, 2), "村"),
            ]
        )

    def _population(self, villages: int, start: np.ndarray) -> None:
        people = np.zeros(len(self.area_parent), np.int64)
        people[start[3] : start[4]] = self.rng.integers(8_000, 40_000, self.townships)
        people[start[4] :] = self.rng.integers(400, 2_500, villages)
        for level in (4, 3, 2, 1):
            here = slice(start[level], start[level + 1])
            np.add.at(people, self.area_parent[here], people[here])
        self.population = people

    def _facilities(self) -> None:
        size = self.size
        self.group_county = np.repeat(np.arange(size.counties), 2)
        groups = len(self.group_county)
        self.hospitals = max(size.hospitals or 6 * size.counties, groups)
        tertiary = min(size.tertiary or groups, groups)
        self.stations = size.stations or 2 * self.townships
        self.station_township = _spread(self.stations, self.townships)
        # The first hospitals lead: the first group of every county has a tertiary lead, the second while they last.
        self.hospital_group = np.concatenate(
            [np.arange(groups), _spread(self.hospitals - groups, groups)]
        )
        level = np.full(self.hospitals, SECONDARY)
        leads = np.concatenate([np.arange(0, groups, 2), np.arange(1, groups, 2)])[:tertiary]
        level[leads] = TERTIARY
        centre_kind = np.where(self.township_number % 4 == 0, COMMUNITY_CENTRE, TOWN_CENTRE)
        centre_kind[self.township_number == 1] = CENTRAL_CENTRE
        self.facility_kind = np.concatenate(
            [
                np.full(self.hospitals, HOSPITAL),
                centre_kind,
                np.full(self.clinics, CLINIC),
                np.full(self.stations, STATION),
            ]
        )
        self.facility_level = np.concatenate(
            [
                level,
                np.full(self.townships, PRIMARY),
                np.full(self.clinics + self.stations, UNGRADED),
            ]
        )
        clinic_home = (
            self.village_area if size.villages else self.township_area[self.clinic_township]
        )
        self.facility_area = np.concatenate(
            [
                self.county_area[self.group_county[self.hospital_group]],
                self.township_area,
                clinic_home,
                self.township_area[self.station_township],
            ]
        )
        county = self.group_county[self.hospital_group]
        self.facility_serial = 1 + np.concatenate(
            [
                _rank_within(county),
                np.zeros(self.townships, int),
                np.zeros(self.clinics, int) if size.villages else _within(self.clinic_township),
                _within(self.station_township),
            ]
        )
        self.facility_closed = np.zeros(len(self.facility_kind), bool)
        beds = np.concatenate(
            [
                np.where(level == TERTIARY, 900, 300),
                np.full(self.townships, 40),
                np.zeros(self.clinics + self.stations, int),
            ]
        )
        self.beds = beds + np.where(beds > 0, self.rng.integers(0, 50, len(beds)), 0)
        self.first_facility = len(self.area_parent)

    def _groups(self) -> None:
        size = self.size
        in_county = np.bincount(self.township_county, minlength=size.counties)
        second = self.township_number >= (in_county[self.township_county] + 1) // 2
        self.township_group = 2 * self.township_county + second
        # Small networks have the shared centres of each group, the nation those of each county.
        sets = len(self.group_county) if size.villages else size.counties
        self.centre_set = np.repeat(np.arange(sets), size.centre_types)
        self.centre_county = self.centre_set // (sets // size.counties)
        self.centre_type = np.tile(np.arange(size.centre_types), sets)
        self.centre_serial = 1 + _within(self.centre_county)
        self.teams = len(self.group_county) if size.villages else 0

    @property
    def extra(self) -> int:
        """Facilities that a defect added behind the planned ones."""
        return (
            len(self.facility_kind) - self.hospitals - self.townships - self.clinics - self.stations
        )

    def hospital(self, number):
        return self.first_facility + np.asarray(number)

    def centre(self, township):
        """The township centre of `township`."""
        return self.hospital(self.hospitals) + np.asarray(township)

    def clinic(self, number):
        return self.centre(self.townships) + np.asarray(number)

    def station(self, number):
        return self.clinic(self.clinics) + np.asarray(number)

    def group(self, number):
        return self.station(self.stations) + self.extra + np.asarray(number)

    def shared(self, group, type):
        """The shared centre of `type` that `group` uses."""
        sets = np.asarray(group) if self.size.villages else np.asarray(group) // 2
        return self.group(len(self.group_county)) + sets * self.size.centre_types + np.asarray(type)

    def team(self, number):
        return self.group(len(self.group_county)) + len(self.centre_type) + np.asarray(number)

    def _places(self) -> None:
        """WGS-84 degrees: counties on a grid, townships around their county, units around their township."""
        county = np.arange(self.size.counties)
        county = np.column_stack([80 + 0.6 * (county % 70), 22 + 0.6 * (county // 70)])
        around = self.rng.uniform(-0.25, 0.25, (self.townships, 2))
        township = county[self.township_county] + around
        near = [self.group_county[self.hospital_group], self.clinic_township, self.station_township]
        point = np.concatenate([county[near[0]], township, township[near[1]], township[near[2]]])
        self.point = np.round(point + self.rng.uniform(-0.03, 0.03, point.shape), 5)

    # -- links ---------------------------------------------------------------------------------

    def add(self, relation: str, source, target, **columns) -> None:
        """Add links; a column given as one value holds for all of them."""
        new = {"source": np.atleast_1d(source), "target": np.atleast_1d(target)}
        new |= {name: np.broadcast_to(value, len(new["source"])) for name, value in columns.items()}
        old = self.links.get(relation)
        self.links[relation] = (
            new if old is None else {n: np.concatenate([old[n], new[n]]) for n in old}
        )

    def drop(self, relation: str, source=None, target=None) -> None:
        """Take out the links of `relation` from `source` and to `target`, where given."""
        columns = self.links[relation]
        keep = ~self.found(relation, source, target)
        self.links[relation] = {name: values[keep] for name, values in columns.items()}

    def found(self, relation: str, source=None, target=None) -> np.ndarray:
        """Return a mask over the links of `relation`."""
        columns = self.links[relation]
        hit = np.ones(len(columns["source"]), bool)
        for end, wanted in (("source", source), ("target", target)):
            if wanted is not None:
                hit &= columns[end] == wanted
        return hit

    def minutes(self, one, other) -> np.ndarray:
        """Whole minutes by straight line at 30 km/h, five at least."""
        one = self.point[np.asarray(one) - self.first_facility]
        other = self.point[np.asarray(other) - self.first_facility]
        return np.ceil(5 + np.hypot(*(one - other).T) * 111 * 2)

    def refer(self, low, high, up: bool = True, down: bool | np.ndarray = True) -> None:
        """Add referrals between `low` and `high`, up, down or both ways, with the same minutes."""
        low, high = np.atleast_1d(low), np.atleast_1d(high)
        minutes = self.minutes(low, high)
        if up:
            self.add("REFERS_UP_TO", low, high, minutes=minutes)
        back = np.broadcast_to(down, len(low))
        self.add("REFERS_DOWN_TO", high[back], low[back], minutes=minutes[back])

    def _referrals(self) -> None:
        clinics, stations = np.arange(self.clinics), np.arange(self.stations)
        townships, hospitals = np.arange(self.townships), np.arange(self.hospitals)
        self.refer(self.clinic(clinics), self.centre(self.clinic_township))
        down = stations < (
            self.stations if self.size.down_stations is None else self.size.down_stations
        )
        self.refer(self.station(stations), self.centre(self.station_township), down=down)
        leads = self.township_group
        self.refer(self.centre(townships), self.hospital(leads))
        members = len(self.group_county) + leads
        other = np.where(members < self.hospitals, members, leads ^ 1)
        self.refer(self.centre(townships), self.hospital(other))
        low = hospitals[self.facility_level[: self.hospitals] != TERTIARY]
        is_lead = low < len(self.group_county)
        self.refer(
            self.hospital(low), self.hospital(np.where(is_lead, low ^ 1, self.hospital_group[low]))
        )
        self._second_ways(clinics[: self.size.second_clinics])

    def _second_ways(self, clinics: np.ndarray) -> None:
        """Clinics that may also refer to the next centre of their county."""
        if not len(clinics):
            return
        home = self.clinic_township[clinics]
        last = np.append(self.township_county[1:] != self.township_county[:-1], True)
        beside = np.where(last[home], home - 1, home + 1)
        self.refer(self.clinic(clinics), self.centre(beside), down=False)

    def _sharing(self) -> None:
        size = self.size
        townships = np.arange(self.townships)
        for type in range(size.centre_types):
            self.add("USES_CENTRE", self.centre(townships), self.shared(self.township_group, type))
        uses = (
            self.hospitals * size.centre_types if size.hospital_uses is None else size.hospital_uses
        )
        for type in range(size.centre_types):
            some = np.arange(self.hospitals)[: max(0, uses - type * self.hospitals)]
            self.add(
                "USES_CENTRE", self.hospital(some), self.shared(self.hospital_group[some], type)
            )
        clinics = np.arange(self.clinics)
        self.add(
            "USES_CENTRE",
            self.clinic(clinics),
            self.shared(self.township_group[self.clinic_township], 2),
        )
        number = np.arange(len(self.centre_type))
        host = self.centre_set if size.villages else 2 * self.centre_set
        self.add("HOSTS_CENTRE", self.hospital(host), self.shared(0, 0) + number)
        posting = {
            "staff": 1,
            "title": 0,
            "role": 0,
            "days_per_week": 3.0,
            "valid_from": np.datetime64(YEAR[0]),
            "valid_to": np.datetime64(YEAR[1]),
        }
        self.add(
            "DISPATCHES", self.hospital(self.township_group), self.centre(townships), **posting
        )
        more = townships[: size.second_postings]
        other = len(self.group_county) + self.township_group[more]
        other = np.where(other < self.hospitals, other, self.township_group[more] ^ 1)
        self.add("DISPATCHES", self.hospital(other), self.centre(more), **(posting | {"title": 1}))
        if size.villages:
            lead = self.hospital(self.township_group)
            self.add("TELEMEDICINE", lead, self.centre(townships))
            self.add("RECOGNISES_RESULTS", lead, self.centre(townships), items=220)
            self.add("RECOGNISES_RESULTS", self.centre(townships), lead, items=220)

    def _belonging(self) -> None:
        size, groups = self.size, np.arange(len(self.group_county))
        clinics, townships = np.arange(self.clinics), np.arange(self.townships)
        stations = np.arange(self.stations)[
            : self.stations if size.member_stations is None else size.member_stations
        ]
        members = np.arange(len(groups), self.hospitals)
        self.add("LEADS", self.hospital(groups), self.group(groups))
        self.add("MEMBER_OF", self.hospital(members), self.group(self.hospital_group[members]))
        self.add("MEMBER_OF", self.centre(townships), self.group(self.township_group))
        self.add(
            "MEMBER_OF", self.clinic(clinics), self.group(self.township_group[self.clinic_township])
        )
        self.add(
            "MEMBER_OF",
            self.station(stations),
            self.group(self.township_group[self.station_township[stations]]),
        )
        self.add("RUN_BY", self.clinic(clinics), self.centre(self.clinic_township))
        self.add("SERVES", self.centre(townships), self.township_area)
        if size.villages:
            self.add("SERVES", self.clinic(clinics), self.village_area)
            self.add("STATIONED_IN", self.team(groups), self.group(groups))
        below = np.flatnonzero(self.area_parent >= 0)
        self.add("PART_OF", below, self.area_parent[below])


def _spread(count: int, over: int) -> np.ndarray:
    """`count` things dealt evenly to `over` owners, in order."""
    return np.arange(count) * over // max(count, 1)


def _within(owner: np.ndarray) -> np.ndarray:
    """The number of each thing within its owner; owners come in order."""
    start = np.searchsorted(owner, np.arange(owner.max(initial=-1) + 1))
    return np.arange(len(owner)) - start[owner]


def _rank_within(owner: np.ndarray) -> np.ndarray:
    """The number of each thing within its owner; owners come in any order."""
    order = np.argsort(owner, kind="stable")
    rank = np.empty(len(owner), int)
    rank[order] = _within(owner[order])
    return rank


def _number(values: np.ndarray, width: int) -> pa.Array:
    return pc.utf8_lpad(pa.array(values).cast(pa.string()), width, "0")


def _join(*parts) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")
