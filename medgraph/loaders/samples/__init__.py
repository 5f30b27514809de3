"""Networks to try things on: a real city's plan, and made-up ones of any size."""

from medgraph.loaders.samples.shipped import taizhou, write_taizhou_plan, write_taizhou_ugly
from medgraph.loaders.samples.synthetic import synthetic

__all__ = ["synthetic", "taizhou", "write_taizhou_plan", "write_taizhou_ugly"]
