"""Lay out the facilities of a made-up country: hospitals, then centres, clinics, stations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.loaders.samples.owners import rank_within, spread, within

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Positions
    from medgraph.loaders.samples.areas import Areas
    from medgraph.loaders.samples.sizes import Counts

HOSPITAL, TOWN_CENTRE, COMMUNITY_CENTRE, CENTRAL_CENTRE, CLINIC, STATION = range(6)
TERTIARY, SECONDARY, PRIMARY, UNGRADED = range(4)
_BEDS = {TERTIARY: 900, SECONDARY: 300, PRIMARY: 40, UNGRADED: 0}
_MORE_BEDS = 50  # at most, drawn


class Facilities:
    """The facilities, with their groups; a defect may add some behind the planned ones."""

    def __init__(self, counts: Counts, areas: Areas, rng: np.random.Generator) -> None:
        self.group_county = np.repeat(np.arange(counts.counties), 2)
        # The first hospitals lead their groups.
        others = spread(counts.hospitals - counts.groups, counts.groups)
        self.hospital_group = np.concatenate([np.arange(counts.groups), others])
        self.clinic_township = spread(counts.clinics, counts.townships)
        self.station_township = spread(counts.stations, counts.townships)

        self.kind = self._kinds(counts, areas)
        self.level = self._levels(counts)
        self.area = self._areas(counts, areas)
        self.serial = self._serials(counts)
        self.is_closed = np.zeros(len(self.kind), bool)
        self.beds = self._beds(rng)
        self.point = self._points(counts, areas, rng)

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def hospital_county(self) -> Positions:
        """The county of each planned hospital."""
        county: Positions = self.group_county[self.hospital_group]
        return county

    def _kinds(self, counts: Counts, areas: Areas) -> Positions:
        centres = np.where(areas.is_subdistrict, COMMUNITY_CENTRE, TOWN_CENTRE)
        centres[areas.number_in_county == 1] = CENTRAL_CENTRE
        return np.concatenate(
            [
                np.full(counts.hospitals, HOSPITAL),
                centres,
                np.full(counts.clinics, CLINIC),
                np.full(counts.stations, STATION),
            ]
        )

    def _levels(self, counts: Counts) -> Positions:
        """The first group of every county has a tertiary lead, the second while there are some."""
        leads = np.arange(counts.groups)
        first_to_second = np.concatenate([leads[0::2], leads[1::2]])
        hospitals = np.full(counts.hospitals, SECONDARY)
        hospitals[first_to_second[: counts.tertiary]] = TERTIARY
        return np.concatenate(
            [
                hospitals,
                np.full(counts.townships, PRIMARY),
                np.full(counts.clinics + counts.stations, UNGRADED),
            ]
        )

    def _areas(self, counts: Counts, areas: Areas) -> Positions:
        clinics = areas.villages if counts.villages else areas.townships[self.clinic_township]
        return np.concatenate(
            [
                areas.counties[self.hospital_county],
                areas.townships,
                clinics,
                areas.townships[self.station_township],
            ]
        )

    def _serials(self, counts: Counts) -> Positions:
        """The number of each facility within its area and kind, from 1."""
        clinics = np.zeros(counts.clinics, int) if counts.villages else within(self.clinic_township)
        return 1 + np.concatenate(
            [
                rank_within(self.hospital_county),
                np.zeros(counts.townships, int),
                clinics,
                within(self.station_township),
            ]
        )

    def _beds(self, rng: np.random.Generator) -> Positions:
        beds = np.array([_BEDS[level] for level in range(len(_BEDS))])[self.level]
        more = rng.integers(0, _MORE_BEDS, len(beds))
        return beds + np.where(beds > 0, more, 0)

    def _points(self, counts: Counts, areas: Areas, rng: np.random.Generator) -> Floats:
        """WGS-84 degrees: each facility near its county or its township.

        Counties are on a grid, townships around their county.
        """
        number = np.arange(counts.counties)
        county = np.column_stack([80 + 0.6 * (number % 70), 22 + 0.6 * (number // 70)])
        around = rng.uniform(-0.25, 0.25, (counts.townships, 2))
        township = county[areas.township_county] + around
        near = np.concatenate(
            [
                county[self.hospital_county],
                township,
                township[self.clinic_township],
                township[self.station_township],
            ]
        )
        return np.round(near + rng.uniform(-0.03, 0.03, near.shape), 5)

    def add_closed_hospital(self, county_area: int, serial: int, point: Floats) -> None:
        """Add a closed secondary hospital behind all others."""
        self.kind = np.append(self.kind, HOSPITAL)
        self.level = np.append(self.level, SECONDARY)
        self.area = np.append(self.area, county_area)
        self.serial = np.append(self.serial, serial)
        self.is_closed = np.append(self.is_closed, True)
        self.beds = np.append(self.beds, 0)
        self.point = np.vstack([self.point, point])
