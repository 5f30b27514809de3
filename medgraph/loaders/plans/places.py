"""Place the facilities of a plan: the area a name means, its district, the type of its ending."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel import register
from medgraph.words.lexicon import (
    AREA_ENDINGS,
    Use,
    any_of,
    areas_named,
    ends,
    facility_type,
)
from medgraph.words.plan_language import PRIVATE
from medgraph.words.punctuation import SEMICOLON
from medgraph.words.vocabularies import FACILITY_TYPES, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

# Zones run places that another district counts as its own.
_ZONE = re.compile(f"{any_of(ends(AREA_ENDINGS, Use.ZONE))}$")


def described(name: str, notes: Iterable[str] = ()) -> dict[str, Any]:
    """Return what a name and the notes behind it say of a facility.

    Type and WS 218 code are those of the ending, level and ownership those of the notes.

    >>> described("甲县人民医院", ["三级乙等"])
    {'type': 'general_hospital', 'ws218': 'A100', 'note': '三级乙等', 'level': '3B'}
    """
    notes = list(notes)
    type = facility_type(name)
    values: dict[str, Any] = {"type": type}
    if type:
        values["ws218"] = FACILITY_TYPES[type].ws218
    if notes:
        levels = [word("level", note) for note in notes]
        values["note"] = SEMICOLON.join(notes)
        values["level"] = next((level for level in levels if level), None)
    if any(PRIVATE in note for note in notes):
        values["ownership"] = "private"
    return values


class Register:
    """The township-level areas that a plan may mean, looked up by name within a district."""

    def __init__(self, areas: pa.Table | None) -> None:
        self.rows: list[dict[str, Any]] = areas.to_pylist() if areas is not None else []
        codes = dict.fromkeys(str(row["id"])[:6] for row in self.rows)
        self.districts = {name: code for code, name in register.names(codes).items()}

    def nodes(self) -> list[dict[str, Any]]:
        """The areas as nodes of a network."""
        return [_area(row) for row in self.rows]

    def place(self, written: str, tail: str, head: str) -> dict[str, Any] | None:
        """Return the one area that a name means, None where there is none or more than one.

        It has that name, or that name and 镇, 乡 (卫生院) or 街道 (社区卫生服务中心) behind it.
        """
        wanted = areas_named(written, tail)
        near = self._within(head)
        found = [row for row in near if row["name"] in wanted]
        if not found:  # 葭沚街道东山社区 lies in 葭沚街道
            found = [row for row in near if _begins_with(written, row["name"])]
        return found[0] if len(found) == 1 else None

    def _within(self, district: str) -> list[dict[str, Any]]:
        """The areas of a district; all of them where the register knows no such district."""
        code = self.districts.get(district)
        if code is None:
            return self.rows
        return [row for row in self.rows if str(row["id"]).startswith(code)]

    def district_of(self, area: str) -> str:
        """Return the name of the district that the code of an area lies in."""
        return next((name for name, code in self.districts.items() if area.startswith(code)), "")

    def is_zone(self, head: str) -> bool:
        """Tell whether the head of a name is a zone and no district of the register.

        >>> Register(None).is_zone("台州湾新区")
        True
        """
        return bool(_ZONE.search(head)) and head not in self.districts


def _begins_with(written: str, area: str) -> bool:
    return len(area) > 2 and written.startswith(area)


def _area(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the register as a node."""
    kept = ("level", "parent", "register", "edition")
    node = {"id": str(row["id"]), "kind": "Area", "name": row["name"], "type": row.get("kind")}
    return node | {name: row.get(name) for name in kept}
