"""Say who is drawn as what on a day, and with which group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.day import Day

# By which links a node is drawn with the group of another: which end is drawn with which.
_DRAWN_WITH = (
    ("RUN_BY", "source", "target"),
    ("PART_OF", "source", "target"),
    ("HOSTS_CENTRE", "target", "source"),
)


def node_roles(day: Day, faults: Collection[str]) -> dict[str, str]:
    """Return the role of every node that is no area, and `gap` for the areas that are a problem."""
    index = day.index
    is_area = index.is_kind("Area")
    positions = index.positions(list(faults))
    wrong = day.mask(positions[positions >= 0])
    drawn = np.flatnonzero(~is_area | wrong)
    found = _roles(day)[drawn]
    found[is_area[drawn]] = "gap"
    return dict(zip(day.ids(drawn), found.tolist(), strict=True))


def _roles(day: Day) -> np.ndarray:
    """The role of every node; the first that fits."""
    index = day.index
    is_facility, is_group = index.is_kind("Facility"), index.is_kind("Group")
    fitting: list[tuple[str, Mask]] = [
        ("class", day.placeholder & (is_facility | is_group)),
        ("group", day.group.certain),
        ("alliance", day.alliance.certain),
        ("lead", day.mask(day.leads.facility)),
        ("station", day.station.certain),
        ("hospital", day.hospital.certain),
        ("primary", day.primary.certain),
        ("other", is_facility),
    ]
    otherwise = np.array(index.values("kind").to_pylist(), dtype=object)
    masks = [mask for _, mask in fitting]
    return np.select(masks, [role for role, _ in fitting], default=otherwise)


def owners_of(day: Day, roles: Mapping[str, str]) -> dict[str, str]:
    """The group that each node is drawn with: its own, that of its host or of what runs it."""
    owners = {id: id for id, role in roles.items() if role == "group"}
    members = day.memberships.where(day.group.certain[day.memberships.collective])
    for member, group in _pairs(day, members.facility, members.collective):
        owners.setdefault(member, group)
    for relation, drawn, host in _DRAWN_WITH:
        links = day.links(relation)
        ends = {"source": links.source, "target": links.target}
        for one, other in _pairs(day, ends[drawn], ends[host]):
            if one in roles and other in owners:
                owners.setdefault(one, owners[other])
    return owners


def alliance_members(day: Day) -> dict[str, list[str]]:
    """The members of each alliance."""
    members = day.memberships.where(day.alliance.certain[day.memberships.collective])
    found: dict[str, list[str]] = {}
    for member, alliance in _pairs(day, members.facility, members.collective):
        found.setdefault(alliance, []).append(member)
    return found


def run_by(day: Day) -> dict[str, str]:
    """By what each station or branch is run."""
    found: dict[str, str] = {}
    for relation in ("PART_OF", "RUN_BY"):
        links = day.links(relation)
        found |= dict(_pairs(day, links.source, links.target))
    return found


def _pairs(day: Day, one: Positions, other: Positions) -> list[tuple[str, str]]:
    return list(zip(day.ids(one), day.ids(other), strict=True))
