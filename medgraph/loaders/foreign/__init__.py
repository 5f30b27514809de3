"""Read workbooks that were not made for us: guess or be told what they mean, and account for every cell."""

from medgraph.loaders.foreign.tidy import (
    EditedError,
    OriginalGoneError,
    accounted,
    came_from,
    default_target,
    load,
    never_onto,
    save_mapping,
    tidy,
)

__all__ = [
    "EditedError",
    "OriginalGoneError",
    "accounted",
    "came_from",
    "default_target",
    "load",
    "never_onto",
    "save_mapping",
    "tidy",
]
