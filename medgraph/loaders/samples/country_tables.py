"""Write a made-up country down as the two tables of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders.samples import areas as area_kinds
from medgraph.loaders.samples.connections import ROLES, TITLES
from medgraph.loaders.samples.facilities import CLINIC, HOSPITAL, STATION
from medgraph.loaders.samples.text_columns import digits, joined
from medgraph.words import synthetic_names as names
from medgraph.words.stamps import SYNTHETIC

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from medgraph.graphmodel.arrays.types import Positions
    from medgraph.loaders.samples.country import Country

DATA_DAY = "2025-06-30"
# Of facilities, in the order of their kinds: type, name, letter in the code.
_FACILITIES = (
    ("general_hospital", names.HOSPITAL, "H"),
    ("township_health_centre", names.TOWN_CENTRE, "T"),
    ("community_health_centre", names.COMMUNITY_CENTRE, "T"),
    ("central_township_health_centre", names.CENTRAL_CENTRE, "T"),
    ("village_clinic", names.CLINIC, "V"),
    ("community_health_station", names.STATION, "W"),
)
_NUMBERED = (HOSPITAL, CLINIC, STATION)  # of which an area may have several
_LEVELS = ("3A", "2A", "1A", "0")
_COMPLETE = ("facilities", "groups", "areas", "centres", "teams", "links")


def network_of(country: Country, source: str, *, shuffled: bool) -> MedicalNetwork:
    """Return the network of a country; `shuffled`, its rows are in no order."""
    parts = [make(country) for make in (_areas, _facilities, _groups, _centres, _teams)]
    nodes = pa.concat_tables([part for part in parts if len(part)], promote_options="default")
    links = _links(country, nodes["id"].combine_chunks())
    if shuffled:
        rng = country.rng
        nodes = nodes.take(pa.array(rng.permutation(len(nodes))))
        links = links.take(pa.array(rng.permutation(len(links))))
    return MedicalNetwork(nodes.combine_chunks(), links.combine_chunks(), _meta(source))


def _meta(source: str) -> dict[str, str]:
    meta = {
        "title": names.NETWORK_TITLE,
        "unit": SYNTHETIC,
        "data_day": DATA_DAY,
        "register": "synthetic",
        "edition": DATA_DAY,
        "source": source,
        "stamp": SYNTHETIC,
    }
    for table in _COMPLETE:
        meta[f"{table}.complete"] = "complete"
        meta[f"{table}.complete_by"] = SYNTHETIC
        meta[f"{table}.complete_date"] = DATA_DAY
    return meta


# -- nodes -----------------------------------------------------------------------------------------


def _areas(country: Country) -> pa.Table:
    areas = country.areas
    count = len(areas)
    parent = pa.array(areas.parent, mask=areas.parent < 0)
    return pa.table(
        {
            "id": areas.code,
            "kind": pa.repeat("Area", count),
            "name": joined(names.SYNTHETIC, areas.name),
            "type": _words(area_kinds.TYPES, areas.kind),
            "level": _words(area_kinds.LEVELS, areas.kind),
            "parent": areas.code.take(parent),
            "population": pa.array(areas.population),
            "register": pa.repeat("synthetic", count),
            "edition": pa.repeat(DATA_DAY, count),
        }
    ).combine_chunks()


def _facilities(country: Country) -> pa.Table:
    facilities, areas = country.facilities, country.areas
    types, words, letters = zip(*_FACILITIES, strict=True)
    kind, home = facilities.kind, pa.array(facilities.area)
    count = len(facilities)
    serial = pa.array(facilities.serial)
    is_numbered = pa.array(np.isin(kind, _NUMBERED))
    number = pc.if_else(is_numbered, serial.cast(pa.string()), "")
    area_name = areas.name.take(home)
    return pa.table(
        {
            "id": _code(areas.code.take(home), _words(letters, kind), facilities.serial),
            "kind": pa.repeat("Facility", count),
            "name": joined(names.SYNTHETIC, area_name, number, _words(words, kind)),
            "type": _words(types, kind),
            "level": _words(_LEVELS, facilities.level),
            "ownership": pa.repeat("public", count),
            "status": _words(("open", "closed"), facilities.is_closed.astype(int)),
            "area": areas.code.take(home),
            "beds": pa.array(facilities.beds, mask=facilities.beds == 0),
            "lon": pa.array(facilities.point[:, 0]),
            "lat": pa.array(facilities.point[:, 1]),
            "crs": pa.repeat("WGS-84", count),
        }
    )


def _groups(country: Country) -> pa.Table:
    return _in_counties(
        country,
        country.facilities.group_county,
        kind="Group",
        letter="G",
        name=names.COMMUNITY,
        type="county_medical_community",
    )


def _teams(country: Country) -> pa.Table:
    return _in_counties(
        country,
        country.facilities.group_county[: country.counts.teams],
        kind="Team",
        letter="P",
        name=names.TEAM,
        type="public_health",
    )


def _in_counties(
    country: Country, counties: Positions, *, kind: str, letter: str, name: str, type: str
) -> pa.Table:
    """Nodes of which every county has two, numbered."""
    areas = country.areas
    home = pa.array(areas.counties[counties])
    serial = np.arange(len(counties)) % 2 + 1
    number = pa.array(serial).cast(pa.string())
    return pa.table(
        {
            "id": _code(areas.code.take(home), letter, serial),
            "kind": pa.repeat(kind, len(serial)),
            "name": joined(names.SYNTHETIC, areas.name.take(home), names.NUMBER, number, name),
            "type": pa.repeat(type, len(serial)),
        }
    )


def _centres(country: Country) -> pa.Table:
    areas = country.areas
    home = pa.array(areas.counties[country.centre_county])
    types, words = list(names.CENTRES), list(names.CENTRES.values())
    type, serial = country.centre_type, country.centre_serial
    name = joined(
        names.SYNTHETIC,
        areas.name.take(home),
        _words(words, type),
        pa.array(serial).cast(pa.string()),
        names.CENTRE,
    )
    return pa.table(
        {
            "id": _code(areas.code.take(home), "S", serial),
            "kind": pa.repeat("SharedCentre", len(type)),
            "name": name,
            "type": _words(types, type),
        }
    )


# -- links -----------------------------------------------------------------------------------------


def _links(country: Country, ids: pa.Array) -> pa.Table:
    parts = []
    for relation, columns in country.links.columns.items():
        values = {
            "source": ids.take(pa.array(columns["source"])),
            "relation": pa.repeat(relation, len(columns["source"])),
            "target": ids.take(pa.array(columns["target"])),
        }
        for name, make in _LINK_COLUMNS.items():
            if name in columns:
                values[name] = make(columns[name])
        parts.append(pa.table(values))
    return pa.concat_tables([part for part in parts if len(part)], promote_options="default")


def _day(values: NDArray[Any]) -> pa.Array:
    return pa.array(values.astype("datetime64[D]")).cast(pa.date32())


_LINK_COLUMNS: dict[str, Callable[[NDArray[Any]], pa.Array]] = {
    "minutes": lambda values: pa.array(values, pa.float64()),
    "items": lambda values: pa.array(values, pa.int64()),
    "staff": lambda values: pa.array(values, pa.int64()),
    "title": lambda values: _words(TITLES, values),
    "role": lambda values: _words(ROLES, values),
    "days_per_week": lambda values: pa.array(values, pa.float64()),
    "valid_from": _day,
    "valid_to": _day,
}


def _words(words: Any, number: Positions) -> pa.Array:
    """The word of each number."""
    return pa.array(words).take(pa.array(number))


def _code(area: pa.Array, letter: Any, serial: Positions) -> pa.Array:
    """18 characters: area code, letter of the kind, number within area and kind."""
    return joined(area, letter, digits(serial, 5))
