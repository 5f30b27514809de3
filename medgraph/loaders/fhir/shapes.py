"""State how the two shapes differ in which a directory is written: mCSD of IHE, and Plan-Net.

One file cannot be valid in both: mCSD forbids `network`, Plan-Net wants it and fixes `active`.
"""

from __future__ import annotations

from dataclasses import dataclass

from medgraph.errors import OptionError
from medgraph.words.say import say


@dataclass(frozen=True)
class Shape:
    """What a shape says in its own way.

    `can_end`: whether what is over is called inactive. `by_network`: whether the group of a member
    is its `network`. `has_mode`: whether a location has a `mode`. `wants_address`: whether every
    organization has an address, unknown ones too.
    """

    name: str
    can_end: bool
    by_network: bool
    has_mode: bool
    wants_address: bool


MCSD = Shape("mcsd", can_end=True, by_network=False, has_mode=True, wants_address=False)
PLAN_NET = Shape("plan-net", can_end=False, by_network=True, has_mode=False, wants_address=True)
SHAPES = {shape.name: shape for shape in (MCSD, PLAN_NET)}


def shape_named(name: str | None) -> Shape:
    """Return the shape of this name, mCSD where none is asked for; raise OptionError."""
    if name is None:
        return MCSD
    if name not in SHAPES:
        raise OptionError(say("fhir_shape", value=name, allowed=", ".join(SHAPES)))
    return SHAPES[name]
