"""Lay a made-up country out as arrays of integers: what is where, and who is linked to whom.

Nodes are numbered: areas, facilities (hospitals, centres, clinics, stations), groups, shared
centres, teams.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from medgraph.loaders.samples.areas import Areas
from medgraph.loaders.samples.facilities import Facilities
from medgraph.loaders.samples.links import Links
from medgraph.loaders.samples.owners import within

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Floats, Mask, Positions
    from medgraph.loaders.samples.sizes import Size

    Numbers: TypeAlias = int | Positions

_SHORTEST_MINUTES = 5
_KM_PER_DEGREE = 111
_MINUTES_PER_KM = 2  # 30 km/h


class Country:
    """The areas, facilities, groups, shared centres and teams of one country, and its `links`."""

    def __init__(self, size: Size, rng: np.random.Generator) -> None:
        counts = size.counts()
        self.counts = counts
        self.rng = rng
        self.areas = Areas(counts, rng)
        self.facilities = Facilities(counts, self.areas, rng)
        self.links = Links()
        self.township_group = self._township_groups()
        # Small countries have shared centres for each group, the nation for each county.
        self.centre_set = np.repeat(np.arange(counts.centre_sets), counts.centre_types)
        self.centre_type = np.tile(np.arange(counts.centre_types), counts.centre_sets)
        self.centre_county = self.centre_set // (counts.centre_sets // counts.counties)
        self.centre_serial = 1 + within(self.centre_county)

    def _township_groups(self) -> Positions:
        """Half of the townships of a county are in its first group, the rest in its second."""
        county = self.areas.township_county
        in_county = np.bincount(county, minlength=self.counts.counties)
        first_half = (in_county[county] + 1) // 2
        group: Positions = 2 * county + (self.areas.number_in_county >= first_half)
        return group

    # -- the numbers of nodes ------------------------------------------------------------------

    @property
    def extra(self) -> int:
        """Facilities that a defect added behind the planned ones."""
        return len(self.facilities) - self.counts.facilities

    def hospital(self, number: Numbers) -> Positions:
        """The node of a hospital; the first of them lead the groups of the same number."""
        return len(self.areas) + _positions(number)

    def centre(self, township: Numbers) -> Positions:
        """The node of the centre of a township."""
        return self.hospital(self.counts.hospitals) + _positions(township)

    def clinic(self, number: Numbers) -> Positions:
        """The node of a clinic."""
        return self.centre(self.counts.townships) + _positions(number)

    def station(self, number: Numbers) -> Positions:
        """The node of a station."""
        return self.clinic(self.counts.clinics) + _positions(number)

    def group(self, number: Numbers) -> Positions:
        """The node of a group."""
        return self.station(self.counts.stations) + self.extra + _positions(number)

    def shared_centre(self, number: Numbers) -> Positions:
        """The node of a shared centre."""
        return self.group(self.counts.groups) + _positions(number)

    def centre_used_by(self, group: Numbers, type: Numbers) -> Positions:
        """The node of the shared centre of a type that a group uses."""
        groups_of_set = self.counts.groups // self.counts.centre_sets
        number = _positions(group) // groups_of_set * self.counts.centre_types
        return self.shared_centre(number + _positions(type))

    def team(self, number: Numbers) -> Positions:
        """The node of a team."""
        return self.shared_centre(len(self.centre_type)) + _positions(number)

    # -- referrals -----------------------------------------------------------------------------

    def minutes(self, one: Positions, other: Positions) -> Floats:
        """Whole minutes between facilities, by straight line."""
        points = self.facilities.point
        apart = points[one - len(self.areas)] - points[other - len(self.areas)]
        kilometres = np.hypot(*apart.T) * _KM_PER_DEGREE
        minutes: Floats = np.ceil(_SHORTEST_MINUTES + kilometres * _MINUTES_PER_KM)
        return minutes

    def refer(self, low: Numbers, high: Numbers, *, back: bool | Mask = True) -> None:
        """Let `low` refer up to `high`, and `high` down to it where `back`, in the same minutes."""
        low, high = np.atleast_1d(low), np.atleast_1d(high)
        minutes = self.minutes(low, high)
        self.links.add("REFERS_UP_TO", low, high, minutes=minutes)
        down = np.broadcast_to(back, len(low))
        self.links.add("REFERS_DOWN_TO", high[down], low[down], minutes=minutes[down])


def _positions(number: Numbers) -> Positions:
    positions: Positions = np.asarray(number)
    return positions
