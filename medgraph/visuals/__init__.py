"""How it is shown: maps and reports, each one file that asks for nothing from anywhere."""

from medgraph.visuals.figure import Figure
from medgraph.visuals.flow_map import flow_map
from medgraph.visuals.front_plot import front_plot
from medgraph.visuals.geo_map import geo_map
from medgraph.visuals.matrix import matrix
from medgraph.visuals.network.network_map import network_map
from medgraph.visuals.swimlane import swimlane
from medgraph.visuals.tiles.tile_map import tile_map

# Not lazy: a submodule of the same name, once imported, would hide the function.
__all__ = [
    "Figure",
    "flow_map",
    "front_plot",
    "geo_map",
    "matrix",
    "network_map",
    "swimlane",
    "tile_map",
]
