"""Kernels over arrays: paths, dominators, joins, lookups; they know positions and no field."""
