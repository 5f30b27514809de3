"""The tile map: a square for each township, near to where it lies."""
