"""Read the layers of points and polygons of a file of whatever program: facilities and areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from medgraph.errors import SourceError, TargetError
from medgraph.loaders.formats import geojson
from medgraph.loaders.loaded import LeftRow
from medgraph.loaders.parsers import parsing
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded


def load(source: Path, *, lenient: bool = False) -> Loaded:
    """Read a shapefile; see `medgraph.loaders.registry.load`."""
    return read_layers(source, lenient=lenient)


def read_layers(source: Path, *, lenient: bool = False) -> Loaded:
    """Read all layers of a file that have geometries; a row of another is left out."""
    geopandas, pyogrio = _libraries()
    frames, left = [], []
    with parsing("not_geo_file", source):
        for name, kind in pyogrio.list_layers(source):
            if kind is None:
                count = int(pyogrio.read_info(source, layer=name)["features"])
                reason = say("geo_no_geometry", layer=name)
                left += [LeftRow(f"{source.name}!{name}[{row}]", reason) for row in range(count)]
            else:
                frames.append(geopandas.read_file(source, layer=name, engine="pyogrio"))
    return geojson.of_frames(frames, source.name, left=left, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> NoReturn:
    """Refuse: a shapefile cuts names and texts short. GeoPackage holds all of it."""
    raise TargetError(say("geo_read_only", path=target))


def _libraries() -> tuple[Any, Any]:
    try:
        import geopandas
        import pyogrio
    except ImportError as error:
        raise SourceError(say("geo_files_extra")) from error
    return geopandas, pyogrio
