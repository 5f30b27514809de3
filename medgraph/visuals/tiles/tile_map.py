"""Draw the tile map: one square for each township, near to where it lies; a gap is a tile of its own."""

from __future__ import annotations

from medgraph.visuals.tiles.tile_drawing import tile_map

__all__ = ["tile_map"]
