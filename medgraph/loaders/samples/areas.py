"""Lay out the areas of a made-up country: provinces, cities, counties, townships, villages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.loaders.samples.owners import spread, within
from medgraph.loaders.samples.text_columns import digits, joined, of_owner
from medgraph.words import synthetic_names as names

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.loaders.samples.sizes import Counts

# The type and the level of an area of each kind.
TYPES = ("province", "city", "county", "subdistrict", "town", "village")
LEVELS = ("province", "city", "county", "township", "township", "village")
PROVINCE, CITY, COUNTY, SUBDISTRICT, TOWN, VILLAGE = range(6)
_PROVINCE_CODES = (
    *("33", "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64"),
    "65",
)
_FIRST_CITY = 60  # no city has a number as high
_FIRST_VILLAGE = 200
# Population of a township and of a village: at least, and less than.
_TOWNSHIP_PEOPLE = (8_000, 40_000)
_VILLAGE_PEOPLE = (400, 2_500)


class Areas:
    """The areas, level by level; in `parent` they are named by their place in that order."""

    def __init__(self, counts: Counts, rng: np.random.Generator) -> None:
        self.city_province = spread(counts.cities, counts.provinces)
        self.county_city = spread(counts.counties, counts.cities)
        self.township_county = spread(counts.townships, counts.counties)
        # every clinic has a village of its own, where there are villages
        self.village_township = spread(counts.clinics, counts.townships)[: counts.villages]
        self.number_in_county = within(self.township_county)
        self.is_subdistrict = self.number_in_county % 4 == 0

        sizes = [
            counts.provinces,
            counts.cities,
            counts.counties,
            counts.townships,
            counts.villages,
        ]
        self._start = np.cumsum([0, *sizes])
        self.counties = self._start[2] + np.arange(counts.counties)
        self.townships = self._start[3] + np.arange(counts.townships)
        self.villages = self._start[4] + np.arange(counts.villages)

        self.parent = self._parents(counts)
        self.kind = self._kinds(counts)
        levels = self._digits(counts)
        self.code = pa.concat_arrays([pc.utf8_rpad(level, 12, "0") for level in levels])
        self.name = self._names(levels)
        self.population = self._people(counts, rng)

    def __len__(self) -> int:
        return len(self.parent)

    def _parents(self, counts: Counts) -> Positions:
        return np.concatenate(
            [
                np.full(counts.provinces, -1),
                self.city_province,
                self._start[1] + self.county_city,
                self.counties[self.township_county],
                self.townships[self.village_township],
            ]
        )

    def _kinds(self, counts: Counts) -> Positions:
        return np.concatenate(
            [
                np.full(counts.provinces, PROVINCE),
                np.full(counts.cities, CITY),
                np.full(counts.counties, COUNTY),
                np.where(self.is_subdistrict, SUBDISTRICT, TOWN),
                np.full(counts.villages, VILLAGE),
            ]
        )

    def _digits(self, counts: Counts) -> list[pa.Array]:
        """The digits of each level's codes by the national structure, without the zeros behind."""
        in_province = _FIRST_CITY + within(self.city_province)
        in_city = 1 + within(self.county_city)
        in_county = np.where(
            self.is_subdistrict, self.number_in_county // 4 + 1, 100 + self.number_in_county
        )
        in_township = _FIRST_VILLAGE + within(self.village_township)

        province = pa.array(_PROVINCE_CODES[: counts.provinces])
        city = joined(of_owner(province, self.city_province), digits(in_province, 2))
        county = joined(of_owner(city, self.county_city), digits(in_city, 2))
        township = joined(of_owner(county, self.township_county), digits(in_county, 3))
        village = joined(of_owner(township, self.village_township), digits(in_township, 3))
        return [province, city, county, township, village]

    def _names(self, levels: list[pa.Array]) -> pa.Array:
        """The name of each area: its digits and its kind; below the county a number."""
        province, city, county, _, _ = levels
        county_name = joined(county, names.COUNTY)
        ending = np.where(self.is_subdistrict, names.SUBDISTRICT, names.TOWN)
        town_name = joined(
            of_owner(county_name, self.township_county),
            digits(self.number_in_county + 1, 2),
            pa.array(ending),
        )
        village_name = joined(
            of_owner(town_name, self.village_township),
            digits(within(self.village_township) + 1, 2),
            names.VILLAGE,
        )
        return pa.concat_arrays(
            [
                joined(province, names.PROVINCE),
                joined(city, names.CITY),
                county_name,
                town_name,
                village_name,
            ]
        )

    def _people(self, counts: Counts, rng: np.random.Generator) -> Positions:
        """The population of each area: drawn for townships and villages, summed up above them."""
        people = np.zeros(len(self.parent), np.int64)
        townships = slice(self._start[3], self._start[4])
        people[townships] = rng.integers(*_TOWNSHIP_PEOPLE, counts.townships)
        people[self._start[4] :] = rng.integers(*_VILLAGE_PEOPLE, counts.villages)
        for level in (4, 3, 2, 1):
            here = slice(self._start[level], self._start[level + 1])
            np.add.at(people, self.parent[here], people[here])
        return people
