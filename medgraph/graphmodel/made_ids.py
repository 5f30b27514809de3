"""Make ids for what has none: its name and the place that tells it from its namesakes.

The sign between them keeps a made id apart from the name itself, which may mean another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SIGN = "@"
WHOLE = "all"  # in the place of an id: the network as a whole, of which a rule may speak


def made_id(name: str, place: str = "") -> str:
    """Return the id of whoever has this name in a place.

    >>> made_id("城关镇卫生院", "331081"), made_id("第一医共体")
    ('城关镇卫生院@331081', '第一医共体@')
    """
    return f"{name}{SIGN}{place}".replace("|", "/")


def free_id(id: str, kind: str, kind_of: Callable[[str], str | None]) -> str:
    """Return an id that no node of another kind has, as `kind_of` says it.

    >>> free_id("恩泽集团@", "Group", {"恩泽集团@": "Facility"}.get)
    '恩泽集团@@'
    """
    while kind_of(id) not in (None, kind):
        id += SIGN
    return id


def titled(name: str, id: str) -> str | None:
    """Return what tells a node by a made id, which says its name; None for any other id.

    >>> titled("城关镇卫生院", "城关镇卫生院@331081"), titled("第一医共体", "第一医共体@")
    ('城关镇卫生院@331081', '第一医共体')
    """
    return id.rstrip(SIGN) if id.startswith(f"{name}{SIGN}") else None
