"""Plant defects in a made-up country: each in a township of its own, so that none hides another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from medgraph.loaders.samples.synthetic_country import HOSPITAL, SECONDARY, Layout

PLANT: dict[str, Callable[[Layout], None]] = {}


def _defect(township: int) -> Callable:
    """Register a defect, planted in the township of this number in every twentieth county, the first included."""

    def register(plant: Callable[[Layout, int], None]) -> Callable:
        def everywhere(layout: Layout) -> None:
            for place in _places(layout, township):
                plant(layout, place)

        PLANT[plant.__name__.strip("_")] = everywhere
        return plant

    return register


def _places(layout: Layout, number: int) -> Iterator[int]:
    first = np.searchsorted(layout.township_county, np.arange(0, layout.size.counties, 20))
    last = np.searchsorted(
        layout.township_county, np.arange(0, layout.size.counties, 20), side="right"
    )
    for begin, end in zip(first, last, strict=True):
        yield int(begin + number % (end - begin))


def _clinic(layout: Layout, township: int, number: int = 0) -> int:
    return int(np.searchsorted(layout.clinic_township, township)) + number


def _station(layout: Layout, township: int) -> int:
    return int(layout.station(np.searchsorted(layout.station_township, township)))


def _other_group(layout: Layout, township: int) -> int:
    return int(layout.township_group[township]) ^ 1


@_defect(0)
def _gap(layout: Layout, township: int) -> None:
    layout.drop("SERVES", layout.centre(township), layout.township_area[township])


@_defect(1)
def _overlap(layout: Layout, township: int) -> None:
    layout.add(
        "SERVES", layout.hospital(_other_group(layout, township)), layout.township_area[township]
    )


@_defect(2)
def _ungrouped(layout: Layout, township: int) -> None:
    layout.drop("MEMBER_OF", _station(layout, township))


@_defect(3)
def _multiple(layout: Layout, township: int) -> None:
    layout.add(
        "MEMBER_OF", _station(layout, township), layout.group(_other_group(layout, township))
    )


@_defect(4)
def _dead_end(layout: Layout, township: int) -> None:
    centre = layout.centre(township)
    above = layout.links["REFERS_UP_TO"]["target"][layout.found("REFERS_UP_TO", centre)]
    layout.drop("REFERS_UP_TO", centre)
    for hospital in above:
        layout.drop("REFERS_DOWN_TO", hospital, centre)


@_defect(5)
def _level_skip(layout: Layout, township: int) -> None:
    lead = int(layout.township_group[township])
    tertiary = lead if layout.facility_level[lead] != SECONDARY else lead ^ 1
    layout.refer(layout.clinic(_clinic(layout, township)), layout.hospital(tertiary))


@_defect(7)
def _loop(layout: Layout, township: int) -> None:
    one, other = township, township + 1
    for place in (one, other):
        _dead_end(layout, place)
    layout.refer(layout.centre(one), layout.centre(other))
    layout.refer(layout.centre(other), layout.centre(one))


@_defect(6)
def _up_without_down(layout: Layout, township: int) -> None:
    layout.drop("REFERS_DOWN_TO", target=layout.clinic(_clinic(layout, township)))


@_defect(6)
def _down_without_up(layout: Layout, township: int) -> None:
    layout.drop("REFERS_UP_TO", layout.clinic(_clinic(layout, township, 1)))


@_defect(6)
def _out_of_group(layout: Layout, township: int) -> None:
    there = int(np.flatnonzero(layout.township_group == _other_group(layout, township))[-1])
    layout.refer(layout.clinic(_clinic(layout, township, 2)), layout.centre(there))


@_defect(9)
def _asymmetric(layout: Layout, township: int) -> None:
    columns = layout.links["REFERS_DOWN_TO"]
    hit = layout.found("REFERS_DOWN_TO", target=layout.clinic(_clinic(layout, township)))
    columns["minutes"] = np.where(hit, columns["minutes"] + 90, columns["minutes"])


@_defect(9)
def _closed_target(layout: Layout, township: int) -> None:
    """The closed hospital is numbered behind the facilities, so all groups, centres and teams move up by one."""
    behind = layout.group(0)
    for columns in layout.links.values():
        for end in ("source", "target"):
            columns[end] = columns[end] + (columns[end] >= behind)
    group = int(layout.township_group[township])
    county = int(layout.group_county[group])
    for name, value in (
        ("facility_kind", HOSPITAL),
        ("facility_level", SECONDARY),
        ("facility_closed", True),
        ("facility_area", layout.county_area[county]),
        ("beds", 0),
        ("facility_serial", 90_000 + layout.extra),
    ):
        setattr(layout, name, np.append(getattr(layout, name), value))
    layout.point = np.vstack([layout.point, layout.point[group] + 0.01])
    layout.add("MEMBER_OF", behind, layout.group(group))
    layout.refer(layout.centre(township), behind)


@_defect(10)
def _expired_posting(layout: Layout, township: int) -> None:
    columns = layout.links["DISPATCHES"]
    hit = layout.found("DISPATCHES", target=layout.centre(township))
    for name, day in (("valid_from", "2024-01-01"), ("valid_to", "2024-12-31")):
        columns[name] = np.where(hit, np.datetime64(day), columns[name])


@_defect(11)
def _no_posting(layout: Layout, township: int) -> None:
    layout.drop("DISPATCHES", target=layout.centre(township))


@_defect(12)
def _no_centre(layout: Layout, township: int) -> None:
    layout.drop(
        "USES_CENTRE", layout.centre(township), layout.shared(layout.township_group[township], 1)
    )


@_defect(12)
def _unattached(layout: Layout, township: int) -> None:
    layout.drop("RUN_BY", layout.clinic(_clinic(layout, township)))


@_defect(13)
def _no_telemedicine(layout: Layout, township: int) -> None:
    layout.drop("TELEMEDICINE", target=layout.centre(township))
