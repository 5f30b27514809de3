"""Choose the national packs that fit the groups of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.queries.policy.facts.audited_network import AuditedNetwork
from medgraph.queries.policy.facts.subjects import subjects_of

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.network import MedicalNetwork

# The national pack for each type of group; a province's or city's own is asked for by name.
NATIONAL = {"urban_medical_group": "urban-2023", "county_medical_community": "county-2023"}


def default_packs(net: MedicalNetwork, *, as_of: datetime.date | str | None = None) -> list[str]:
    """Return the national pack of each type of group that an audit of the day would ask."""
    day = AuditedNetwork(net, net.day(as_of))
    asked = {type_: subjects_of(day, {"kind": ["Group"], "type": type_}) for type_ in NATIONAL}
    return [NATIONAL[type_] for type_, groups in asked.items() if len(groups)]
