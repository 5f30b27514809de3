"""How large a made-up country is: the scales there are, and how many of everything each has."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from medgraph.words.synthetic_names import CENTRES


@dataclass(frozen=True)
class Counts:
    """How many of everything a country has."""

    provinces: int
    cities: int
    counties: int
    townships: int
    villages: int
    groups: int
    hospitals: int
    tertiary: int
    clinics: int
    stations: int
    centre_types: int
    centre_sets: int  # one for each group, or one for each county
    teams: int
    member_stations: int  # stations in a group
    down_stations: int  # stations that their centre refers back to
    second_clinics: int  # clinics that refer to a second centre
    second_postings: int  # centres that a second hospital sends staff to
    hospital_uses: int  # shared centres that hospitals use, over all hospitals

    @property
    def facilities(self) -> int:
        """All facilities."""
        return self.hospitals + self.townships + self.clinics + self.stations


@dataclass(frozen=True)
class Size:
    """How many of everything is asked for; None: as many as sound counties have."""

    provinces: int
    cities: int
    counties: int
    townships: int | None = None
    clinics: int | None = None
    stations: int | None = None
    hospitals: int | None = None
    tertiary: int | None = None
    centre_types: int = len(CENTRES)
    villages: bool = True
    shuffled: bool = False
    member_stations: int | None = None
    down_stations: int | None = None
    second_clinics: int = 0
    second_postings: int = 0
    hospital_uses: int | None = None

    def scaled(self, factor: float) -> Size:
        """Return the size times `factor`, never without a county, a centre, or what it needs."""
        counts = {
            name: max(1, round(value * factor))
            for name, value in dataclasses.asdict(self).items()
            if value and name not in ("centre_types", "villages", "shuffled")
        }
        counts["provinces"] = min(counts["provinces"], counts["cities"])
        counts["cities"] = min(counts["cities"], counts["counties"])
        counts["townships"] = max(counts["townships"], 2 * counts["counties"])
        counts["tertiary"] = max(counts["tertiary"], counts["counties"])
        return dataclasses.replace(self, **counts)

    def counts(self) -> Counts:
        """Return the counts, with those of sound counties where none is asked for."""
        groups = 2 * self.counties
        townships = self.townships or 14 * self.counties
        clinics = self.clinics or 12 * townships
        stations = self.stations or 2 * townships
        hospitals = max(self.hospitals or 6 * self.counties, groups)
        return Counts(
            provinces=self.provinces,
            cities=self.cities,
            counties=self.counties,
            townships=townships,
            villages=clinics if self.villages else 0,
            groups=groups,
            hospitals=hospitals,
            tertiary=min(self.tertiary or groups, groups),
            clinics=clinics,
            stations=stations,
            centre_types=self.centre_types,
            centre_sets=groups if self.villages else self.counties,
            teams=groups if self.villages else 0,
            member_stations=_asked_or(self.member_stations, stations),
            down_stations=_asked_or(self.down_stations, stations),
            second_clinics=self.second_clinics,
            second_postings=self.second_postings,
            hospital_uses=_asked_or(self.hospital_uses, hospitals * self.centre_types),
        )


def _asked_or(asked: int | None, sound: int) -> int:
    return sound if asked is None else asked


# The small ones have all that a sound county has, the nation the counts of its benchmark.
SCALES = {
    "county": Size(provinces=1, cities=1, counties=1),
    "city": Size(provinces=1, cities=1, counties=8),
    "province": Size(provinces=1, cities=10, counties=80),
    "nation": Size(
        provinces=31,
        cities=340,
        counties=2_800,
        townships=38_000,
        clinics=600_000,
        stations=301_229,
        hospitals=38_000,
        tertiary=3_800,
        centre_types=5,
        villages=False,
        shuffled=True,
        member_stations=35_600,
        down_stations=20_800,
        second_clinics=318_571,
        second_postings=20_000,
        hospital_uses=155_000,
    ),
}
