"""Records of referrals and encounters, counted into flows; and travel times beside them."""

from medgraph.loaders.records.counting import from_encounters, read_records

__all__ = ["from_encounters", "read_records"]
