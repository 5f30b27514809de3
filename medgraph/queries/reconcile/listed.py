"""What is compared of the facilities of a list: names taken apart, places, types, codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel import codes, register
from medgraph.graphmodel.abolished_codes import abolished
from medgraph.graphmodel.name_forms import normal
from medgraph.graphmodel.name_parts import NameParts, latin_words, names_within, parts_of
from medgraph.words import name_comparing as words
from medgraph.words.pinyin import pinyin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

    from medgraph.graphmodel.arrays.types import Floats, Positions

    Texts = Sequence[str | None]

_BETWEEN = "|"
_CODES = ("uscc", "institution_code", "organisation_code")


@dataclass(frozen=True, eq=False)
class Listed:
    """The facilities of one list, a row each; an empty text is what the list does not say."""

    ids: list[str]
    names: list[str]
    parts: list[NameParts]
    others: list[tuple[str, ...]]
    areas: list[str]
    types: list[str]
    codes: dict[str, list[str]]
    addresses: list[str]
    postcodes: list[str]
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def writings(self) -> list[str]:
        """The names in normal form."""
        return [normal(name) for name in self.names]

    @cached_property
    def outside(self) -> list[str]:
        """The names in normal form without their brackets."""
        return [words.BRACKETS.sub("", text) for text in self.writings]

    @cached_property
    def sounds(self) -> list[str]:
        """How Chinese names sound without their brackets: 金清 and 金青 alike; empty for others."""
        return _spelt(self.outside)

    @cached_property
    def stem_sounds(self) -> list[str]:
        """How that sounds which a facility is called."""
        return _spelt([parts.stem for parts in self.parts])

    @cached_property
    def keys(self) -> list[str]:
        """What is the same however a name is written."""
        return [parts.key for parts in self.parts]

    @cached_property
    def other_keys(self) -> list[tuple[str, ...]]:
        """The same of short names, aliases, and names within names."""
        return [tuple(key for o in names if (key := parts_of(o).key)) for names in self.others]

    @cached_property
    def counties(self) -> list[str]:
        """The county of each, as it is now; for places without a code of China the area itself."""
        known: dict[str, str] = {"": ""}
        for area in self.areas:
            if area not in known:
                known[area] = _county_now(area)
        return [known[area] for area in self.areas]


def _spelt(texts: list[str]) -> list[str]:
    signs = sorted({sign for text in texts for sign in text if not sign.isascii()})
    sound = dict(zip(signs, pinyin(signs), strict=True))
    return [
        "" if text.isascii() else " ".join(sound.get(sign, sign) for sign in text) for text in texts
    ]


def _county_now(area: str) -> str:
    county = codes.county(area)
    gone = abolished(county) if county else None
    if gone is not None and len(gone.heirs) == 1:
        return gone.heirs[0]
    return county or area


def listed(nodes: pa.Table, area_names: dict[str, str]) -> Listed:
    """Return what is compared of a table of facilities; `area_names` are those of its areas."""
    names = _texts(nodes, "name")
    areas = [_area(text, area_names) for text in _texts(nodes, "area")]
    columns = ("short_name", "name_en", "aliases")
    aliases = zip(*(_texts(nodes, column) for column in columns), names, strict=True)
    return Listed(
        ids=nodes["id"].to_pylist(),
        names=names,
        parts=_parts(names, areas, area_names),
        others=[
            tuple(filter(None, (short, english, *more.split(_BETWEEN), *names_within(name))))
            for short, english, more, name in aliases
        ],
        areas=areas,
        types=_texts(nodes, "type"),
        codes={name: [text.upper() for text in _texts(nodes, name)] for name in _CODES},
        addresses=[_address(text) for text in _first(nodes, words.ADDRESS_COLUMNS)],
        postcodes=["".join(text.split()).upper() for text in _first(nodes, words.POSTCODE_COLUMNS)],
        lon=_degrees(nodes, "lon"),
        lat=_degrees(nodes, "lat"),
    )


def _parts(names: list[str], areas: list[str], area_names: dict[str, str]) -> list[NameParts]:
    """The parts of each name, without the county that it lies in: 黄岩宁溪 in 黄岩区 is 宁溪."""
    counties = {area: county for area in set(areas) if (county := codes.county(area))}
    called = register.names(set(counties.values()))
    for area, name in area_names.items():
        if register.level_of(codes.padded(area)) == "county" and codes.county(area):
            called[codes.county(area)] = name
    short = {county: words.AREA_END.sub("", normal(name)) for county, name in called.items()}
    found = []
    for name, area in zip(names, areas, strict=True):
        parts = parts_of(name)
        before = short.get(counties.get(area, ""), "")
        stem = parts.stem.removeprefix(before) if before else parts.stem
        found.append(parts._replace(stem=stem) if len(stem) > 1 else parts)
    return found


def _area(text: str, names: dict[str, str]) -> str:
    """A code with all its digits; of another country's area its name, which lists share."""
    if text.isdigit():
        return codes.padded(text)
    return normal(names.get(text) or text)


def _address(text: str) -> str:
    if not text or words.CHINESE.search(text):
        return normal(text)
    return " ".join(latin_words(text))


def _first(nodes: pa.Table, names: Iterable[str]) -> list[str]:
    """The texts of the first of these columns that the table has."""
    found = next((name for name in names if name in nodes.column_names), "")
    return _texts(nodes, found)


def _texts(nodes: pa.Table, name: str) -> list[str]:
    if name not in nodes.column_names:
        return [""] * len(nodes)
    return ["" if text is None else str(text) for text in nodes[name].to_pylist()]


def _degrees(nodes: pa.Table, name: str) -> Floats:
    if name not in nodes.column_names:
        return np.full(len(nodes), np.nan)
    values = nodes[name].to_pylist()
    return np.array([np.nan if value is None else float(value) for value in values], float)


def numbered(*columns: Sequence[str]) -> list[Positions]:
    """Return columns of texts as whole numbers that are equal where the texts are; empty is -1.

    >>> [part.tolist() for part in numbered(["a", "", "b"], ["b", "c"])]
    [[0, -1, 1], [1, 2]]
    """
    known: dict[str, int] = {"": -1}
    found: list[Positions] = []
    for column in columns:
        rows = [known.setdefault(text, len(known) - 1) for text in column]
        found.append(np.array(rows, np.int32))
    return found
