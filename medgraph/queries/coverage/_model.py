"""What coverage reads out of a network: levels of areas, who is in which group, what is declared complete."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.index import Index
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.schema import TABLES
from medgraph.queries.columns import unique_pairs
from medgraph.words.say import language, say
from medgraph.words.vocabularies import AREA_LEVELS, GROUP_TYPES, label

ALLIANCE = "specialty_alliance"
COLLECTIVES = ("group", "alliance", *GROUP_TYPES)
# How many digits of a code name an area of each level.
DIGITS = {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}
_LEVEL_OF_KIND = {
    "province": "province",
    "city": "city",
    "county": "county",
    "subdistrict": "township",
    "town": "township",
    "township": "township",
    "quasi_unit": "township",
    "village": "village",
    "community": "village",
}
_CODE = r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$"


def one_of(what: str, value: str, allowed) -> str:
    """Return `value`; raise OptionError where it is not allowed."""
    if value not in allowed:
        raise OptionError(say("not_one_of", what=what, value=value, allowed=", ".join(allowed)))
    return value


def codes(ids: pa.Array) -> pa.Array:
    """Return area codes as 12 digits, shorter ones filled with zeros; null for what is no code."""
    is_code = pc.match_substring_regex(ids, pattern=_CODE)
    return pc.if_else(is_code, pc.utf8_rpad(ids, 12, "0"), pa.scalar(None, pa.string()))


def level_of_codes(codes_: pa.Array) -> pa.Array:
    """Return the level that a 12-digit code belongs to by its zeros; null for null."""
    level = pc.if_else(codes_.is_valid(), pa.scalar("village"), pa.scalar(None, pa.string()))
    for name in ("township", "county", "city", "province"):
        zeros = "0" * (12 - DIGITS[name])
        level = pc.if_else(pc.ends_with(codes_, zeros), pa.scalar(name), level)
    return level


def area_kinds(index: Index, areas: np.ndarray) -> pa.Array:
    """Return the kind (subdistrict, town, quasi unit, ...) of these areas; null where it is not stated."""
    return pc.coalesce(index.take("area_kind", areas), index.take("type", areas))


def quasi_units(index: Index, areas: np.ndarray) -> np.ndarray:
    """Return a mask: which areas are quasi units, by kind or by a third code segment of 400 to 599."""
    segment = pc.utf8_slice_codeunits(codes(index.ids.take(pa.array(areas))), 6, 9)
    by_code = pc.and_(pc.greater_equal(segment, "400"), pc.less_equal(segment, "599"))
    by_kind = pc.equal(area_kinds(index, areas), "quasi_unit")
    return pc.or_(pc.fill_null(by_code, False), pc.fill_null(by_kind, False)).to_numpy(
        zero_copy_only=False
    )


def areas_of_level(index: Index, level: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the positions of the areas of `level` and of those whose level is not known, and which these are.

    An area's level is what it states, else what its kind says, else what its code says.
    """
    one_of("level", level, AREA_LEVELS)
    areas = np.flatnonzero(index.is_kind("Area")).astype(np.int32)
    chosen = pa.array(areas)
    by_kind = pc.index_in(area_kinds(index, areas), value_set=pa.array(list(_LEVEL_OF_KIND)))
    by_kind = pa.array(list(_LEVEL_OF_KIND.values())).take(by_kind)
    stated = pc.coalesce(
        index.take("level", areas), by_kind, level_of_codes(codes(index.ids.take(chosen)))
    )
    unknown = stated.is_null().to_numpy(zero_copy_only=False)
    here = pc.fill_null(pc.equal(stated, level), False).to_numpy(zero_copy_only=False) | unknown
    return areas[here], unknown[here]


def groups_of(index: Index, collective: str = "group") -> np.ndarray:
    """Return a mask over positions: the groups of a collective.

    `group` is every group that is not a specialty alliance, `alliance` only those, else one group type.
    A placeholder for groups that the source does not name is no group.
    """
    one_of("collective", collective, COLLECTIVES)
    group, alliance = index.is_kind("Group") & ~index.is_class, index.has("type", ALLIANCE)
    if collective == "group":
        return group & ~alliance
    return group & (alliance if collective == "alliance" else index.has("type", collective))


def memberships(index: Index, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (facility, group) as positions, each pair once, for members and leads of these groups.

    A class of facilities is no facility and stands in no pair. Pairs are sorted by facility.
    """
    links = [index.links(relation) for relation in ("LEADS", "MEMBER_OF")]
    source = np.concatenate([link.source for link in links])
    target = np.concatenate([link.target for link in links])
    kept = index.is_kind("Facility")[source] & ~index.is_class[source] & groups[target]
    return unique_pairs(source[kept], target[kept], len(index))


def undeclared(net: MedicalNetwork, *tables: str, groups: np.ndarray | None = None) -> str:
    """Return which of these tables are not declared complete, as one text; empty where all are.

    `groups`: MEMBER_OF is complete too where the member list of every one of these groups is.
    """
    lacking = []
    if groups is not None:
        ids = net.index.ids.filter(pa.array(groups)).to_pylist()
        lists = [f"links.MEMBER_OF.{id}" for id in ids] or ["links.MEMBER_OF"]
        partial = [name for name in lists if not net.completeness(name)]
        lacking += (
            partial
            if len(partial) < len(lists) and len(partial) <= 3
            else partial and ["links.MEMBER_OF"]
        )
    lacking += [table for table in tables if not net.completeness(table)]
    return "、".join(_told(table) for table in lacking)


def _told(table: str) -> str:
    """`links.MEMBER_OF.G2` as people read it: the sheet, the relation and the group; in English as it stands."""
    sheet, *rest = table.split(".")
    if language() != "zh":
        return table
    named = [TABLES[sheet].sheet, *(label("relation", part) for part in rest[:1]), *rest[1:]]
    return "“" + "·".join(named) + "”"
