"""Records of referrals and encounters, counted into flows; and travel times beside them."""

from medgraph.loaders.records.encounters import from_encounters
from medgraph.loaders.records.referrals import read_records

__all__ = ["from_encounters", "read_records"]
