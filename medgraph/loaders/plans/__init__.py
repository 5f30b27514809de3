"""The prose of a plan: read, repaired, its sentences turned into a draft network."""
