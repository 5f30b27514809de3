"""The metadata of DHIS2 as a format: organisation units, their levels, groups and group sets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from medgraph.loaders.capacity import Losses
from medgraph.loaders.json_content import has_key
from medgraph.loaders.registers.dhis2_reading import read_metadata
from medgraph.loaders.registers.dhis2_writing import metadata_of, part_held
from medgraph.whole_files import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.loaded import Loaded

_UNITS = rb'"organisationUnits"\s*:\s*\['


def is_dhis2(path: Path) -> bool:
    """Whether a JSON file holds organisation units."""
    return has_key(path, _UNITS)


def load(
    source: Path,
    *,
    mapping: Path | None = None,
    facility_level: int | None = None,
    lenient: bool = False,
) -> Loaded:
    """Read what a server exports as metadata; see `medgraph.loaders.registry.load`."""
    return read_metadata(source, mapping=mapping, facility_level=facility_level, lenient=lenient)


def write(net: MedicalNetwork, target: Path) -> Losses | None:
    """Write what an import of metadata takes, and return what it cannot say."""
    metadata, losses = metadata_of(net)
    with replacing(target) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(metadata, file, ensure_ascii=False, indent=1, allow_nan=False)
        file.write("\n")
    return Losses(str(target), losses) if losses else None


__all__ = ["is_dhis2", "load", "part_held", "write"]
