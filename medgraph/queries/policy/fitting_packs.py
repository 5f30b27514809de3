"""Choose the packs that fit a network: by the types of its groups, and by where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medgraph.queries.policy.facts.audited_network import AuditedNetwork
from medgraph.queries.policy.facts.subjects import subjects_of
from medgraph.queries.policy.packs.reading import load, shipped

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.network import MedicalNetwork

# The national pack for each type of group.
NATIONAL = {"urban_medical_group": "urban-2023", "county_medical_community": "county-2023"}


def default_packs(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> list[str]:
    """Return the national pack of each type of group that an audit of the day would ask."""
    day = AuditedNetwork(net, net.day(as_of))
    asked = {type_: subjects_of(day, {"kind": ["Group"], "type": type_}) for type_ in NATIONAL}
    return [NATIONAL[type_] for type_, groups in asked.items() if len(groups)]


def local_packs(net: MedicalNetwork) -> list[str]:
    """Return the shipped packs of a province, city or district in which the whole network lies.

    That is where its facilities are, of those whose area is stated.

    >>> import medgraph as mg
    >>> local_packs(mg.samples.taizhou())
    ['taizhou-2023']
    """
    has_area = net.index.values("area").is_valid().to_numpy(zero_copy_only=False)
    placed = net.index.is_kind("Facility") & has_area
    if not placed.any():
        return []
    return [name for name in shipped() if _covers(load(name).areas, net, placed)]


def _covers(places: Sequence[str], net: MedicalNetwork, placed: Mask) -> bool:
    """Whether all that is placed somewhere is in one of these places."""
    inside = [net.in_area(place)[placed] for place in places]
    return bool(inside) and bool(np.logical_or.reduce(inside).all())
