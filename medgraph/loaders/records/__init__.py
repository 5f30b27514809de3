"""Records of referrals and encounters, counted into flows; and travel times beside them."""

from medgraph.loaders.records.encounters import from_encounters
from medgraph.loaders.records.kept_flows import append_flows, read_flows
from medgraph.loaders.records.referrals import read_records

__all__ = ["append_flows", "from_encounters", "read_flows", "read_records"]
