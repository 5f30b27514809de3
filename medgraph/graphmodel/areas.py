"""Decide what an area is: its level and kind, whether a quasi unit, what holds it, its county.

What an area states comes first; what it leaves out follows from its statistical code: two, four,
six, nine or twelve digits name a province, city, county, township or village, and the third segment
of a township's code tells its kind. What neither says is null, never guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.errors import OptionError
from medgraph.graphmodel.arrays.chunks import mask_of
from medgraph.graphmodel.codes import DIGITS as DIGITS
from medgraph.graphmodel.codes import TOWNSHIP_KINDS
from medgraph.words.say import say
from medgraph.words.vocabularies import AREA_LEVELS

if TYPE_CHECKING:
    from medgraph.graphmodel.arrays.types import Mask, Positions
    from medgraph.graphmodel.index import Index

Texts: TypeAlias = Any
"""A pyarrow array of text; pyarrow ships no types."""

LEVEL_OF_KIND = {
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
ABOVE_COUNTY = ("province", "city")
_ABOVE = {"village": "township", "township": "county", "county": "city", "city": "province"}
_CODE = r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$"
_NO_TEXT = pa.scalar(None, pa.string())


def one_of_levels(level: str) -> str:
    """Return `level`; raise OptionError where it is no level of areas."""
    if level not in AREA_LEVELS:
        allowed = ", ".join(AREA_LEVELS)
        raise OptionError(say("not_one_of", what="level", value=level, allowed=allowed))
    return level


def full_codes(ids: Texts) -> Texts:
    """Return area codes as 12 digits, shorter ones filled with zeros; null for what is no code.

    >>> full_codes(pa.array(["331003", "G1"])).to_pylist()
    ['331003000000', None]
    """
    is_code = pc.match_substring_regex(ids, pattern=_CODE)
    return pc.if_else(is_code, pc.utf8_rpad(ids, 12, "0"), _NO_TEXT)


def level_of_codes(codes: Texts) -> Texts:
    """Return the level that a 12-digit code belongs to by its zeros; null for null.

    >>> level_of_codes(pa.array(["331003000000", "331003003000", None])).to_pylist()
    ['county', 'township', None]
    """
    level = pc.if_else(codes.is_valid(), pa.scalar("village"), _NO_TEXT)
    for name in ("township", "county", "city", "province"):
        zeros = "0" * (12 - DIGITS[name])
        level = pc.if_else(pc.ends_with(codes, zeros), pa.scalar(name), level)
    return level


def codes_at(index: Index, areas: Positions) -> Texts:
    """Return the 12-digit codes of these areas; null where an id is no code."""
    return full_codes(index.ids.take(pa.array(areas)))


def kinds(index: Index, areas: Positions) -> Texts:
    """Return the kind of these areas: as stated, else by a township's code; else null."""
    stated = pc.coalesce(_texts(index, "area_kind", areas), _texts(index, "type", areas))
    return pc.coalesce(stated, _kinds_by_code(codes_at(index, areas)))


def _texts(index: Index, column: str, positions: Positions) -> Texts:
    return index.take(column, positions).cast(pa.string())


def _kinds_by_code(codes: Texts) -> Texts:
    is_township = pc.equal(level_of_codes(codes), "township")
    segment = pc.if_else(is_township, pc.utf8_slice_codeunits(codes, 6, 9), _NO_TEXT)
    found = pa.nulls(len(codes), pa.string())
    for kind, (least, greatest) in TOWNSHIP_KINDS.items():
        inside = pc.and_(pc.greater_equal(segment, least), pc.less_equal(segment, greatest))
        found = pc.if_else(pc.fill_null(inside, False), pa.scalar(kind), found)
    return found


def quasi_units(index: Index, areas: Positions) -> Mask:
    """Return a mask: areas that are quasi units or lie in one, by their kind or by their code."""
    least, greatest = TOWNSHIP_KINDS["quasi_unit"]
    segment = pc.utf8_slice_codeunits(codes_at(index, areas), 6, 9)
    by_code = pc.and_(pc.greater_equal(segment, least), pc.less_equal(segment, greatest))
    by_kind = pc.equal(kinds(index, areas), "quasi_unit")
    found: Mask = mask_of(by_code) | mask_of(by_kind)
    return found


def levels(index: Index, areas: Positions) -> Texts:
    """Return the level of these areas: as stated, else by kind, else by code; else null."""
    stated_kind = pc.coalesce(_texts(index, "area_kind", areas), _texts(index, "type", areas))
    by_kind = pa.array([LEVEL_OF_KIND[kind] for kind in LEVEL_OF_KIND])
    place = pc.index_in(stated_kind, value_set=pa.array(list(LEVEL_OF_KIND)))
    return pc.coalesce(
        _texts(index, "level", areas), by_kind.take(place), level_of_codes(codes_at(index, areas))
    )


def areas_of_level(index: Index, level: str) -> tuple[Positions, Mask]:
    """Return the areas that are or may be of `level`, and a mask: whose level is not known.

    A word that is no level says nothing. Raise OptionError where `level` is none of the levels.
    """
    one_of_levels(level)
    areas: Positions = np.flatnonzero(index.is_kind("Area")).astype(np.int32)
    found = levels(index, areas)
    unknown = ~mask_of(pc.is_in(found, value_set=pa.array(list(AREA_LEVELS))))
    here = mask_of(pc.equal(found, level)) | unknown
    return areas[here], unknown[here]


def parents(index: Index, areas: Positions) -> Texts:
    """Return the id of what holds each of these areas: as stated, by PART_OF, or by its code."""
    stated = pc.coalesce(_texts(index, "parent", areas), _parents_by_link(index, areas))
    return pc.coalesce(stated, _parents_by_code(codes_at(index, areas)))


def _parents_by_link(index: Index, areas: Positions) -> Texts:
    links = index.links("PART_OF")
    parent = np.full(len(index), -1, np.int32)
    parent[links.source[::-1]] = links.target[::-1]  # the first of several links counts
    above = parent[areas]
    return index.ids.take(pa.array(above, mask=above < 0)).cast(pa.string())


def _parents_by_code(codes: Texts) -> Texts:
    level = level_of_codes(codes)
    found = pa.nulls(len(codes), pa.string())
    for below, above in _ABOVE.items():
        cut = pc.utf8_rpad(pc.utf8_slice_codeunits(codes, 0, DIGITS[above]), 12, "0")
        found = pc.if_else(pc.fill_null(pc.equal(level, below), False), cut, found)
    return found


def places(index: Index) -> Texts:
    """Return the id of the area in which every node stands; an area stands in itself."""
    own = pa.array(index.is_kind("Area"))
    return pc.if_else(own, index.ids, index.values("area").cast(pa.string()))


def counties(index: Index) -> Texts:
    """Return for every node the six digits of the county it stands in; null where no code says."""
    return _beginnings(index, DIGITS["county"])


def counties_held(index: Index) -> list[str]:
    """Return the six digits of each county in which a node stands.

    A province or city that is an area of its own stands in none.
    """
    own = np.flatnonzero(index.is_kind("Area"))
    is_wider = mask_of(pc.is_in(levels(index, own), value_set=pa.array(ABOVE_COUNTY)))
    stands = np.full(len(index.ids), fill_value=True)
    stands[own[is_wider]] = False
    return sorted(set(counties(index).filter(pa.array(stands)).drop_null().to_pylist()))


def cities(index: Index) -> Texts:
    """Return for every node the four digits of the city it stands in; null where no code says."""
    return _beginnings(index, DIGITS["city"])


def provinces(index: Index) -> Texts:
    """Return for every node the two digits of the province it stands in.

    Null where no code says.
    """
    return _beginnings(index, DIGITS["province"])


def _beginnings(index: Index, digits: int) -> Texts:
    begins = pc.utf8_slice_codeunits(places(index), 0, digits)
    return pc.if_else(pc.match_substring_regex(begins, f"^[0-9]{{{digits}}}$"), begins, _NO_TEXT)
