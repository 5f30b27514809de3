"""Find areas in the register: the townships of the counties that a workbook covers."""

from __future__ import annotations

from functools import cached_property

import pyarrow as pa

from medgraph.errors import SourceError
from medgraph.graphmodel import codes
from medgraph.graphmodel.matching import normal
from medgraph.graphmodel.register import names as register_names
from medgraph.graphmodel.register import township_register
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words import foreign_workbooks as words
from medgraph.words.joining import bracketed, listed
from medgraph.words.lexicon import FACILITY_ENDINGS, areas_named, types_of
from medgraph.words.say import say
from medgraph.words.vocabularies import PRIMARY_TYPES

_COUNTY_DIGITS = 6
# Of these facilities the name says which township they are of, longest end first.
_LOCAL_ENDS = tuple(
    end for end, type in types_of(FACILITY_ENDINGS).items() if type in PRIMARY_TYPES
)
_NAME_AND_CITY = 12  # a county stands among the first characters of a name


class CoveredAreas:
    """The townships of the counties that a workbook covers, by code and by name."""

    def __init__(self, register: pa.Table) -> None:
        self.register = register
        ids, names = register["id"].to_pylist(), register["name"].to_pylist()
        self._names: dict[str, str] = dict(zip(ids, names, strict=True))
        self._codes_by_name: dict[str, list[str]] = {}
        for code, name in self._names.items():
            self._codes_by_name.setdefault(normal(name), []).append(code)

    @cached_property
    def _counties(self) -> dict[str, str]:
        """The counties by code, with their names."""
        townships = dict.fromkeys(codes.padded(code[:_COUNTY_DIGITS]) for code in self._names)
        return register_names(townships)

    @cached_property
    def _county_codes(self) -> dict[str, str]:
        """The six digits of the counties by the normal form of their name."""
        return {normal(name): code[:_COUNTY_DIGITS] for code, name in self._counties.items()}

    def county(self, text: str) -> str:
        """Return the six digits of the county that a text is or begins with; empty where none."""
        plain = normal(text)
        for name, code in self._county_codes.items():
            is_short_name = len(name) > 2 and plain == name[:-1]
            if is_short_name or plain.startswith(name):
                return code
        for name, code in self._county_codes.items():
            if words.COUNTY_IN_CITY.format(county=name) in plain[:_NAME_AND_CITY]:
                return code
        return ""

    def named_for(self, facility: str, county: str = "") -> str:
        """Return the code of the one township that a primary facility is named for; empty: none."""
        plain = normal(facility)
        inside = self.county(plain)
        place = self._behind_county(plain, inside) if inside else plain
        end = next((end for end in _LOCAL_ENDS if place.endswith(end)), "")
        if not end:
            return ""
        wanted = map(normal, areas_named(place.removesuffix(end), end))
        called = {code for name in wanted for code in self._codes_by_name.get(name, ())}
        near = {code for code in called if code[:_COUNTY_DIGITS] == (inside or county)}
        found = near or called
        return found.pop() if len(found) == 1 else ""

    def is_township(self, code: str) -> bool:
        """Whether a code is that of a township which the workbook covers."""
        return code in self._names

    def name_of(self, code: str) -> str:
        """Return the name of a township."""
        return self._names.get(code, code)

    def find(self, text: str, county: str = "", *, only_here: bool = False) -> str:
        """Return the code of the area a text means; raise WrongError: E044 several, E040 none.

        A name that the `county` has not is looked up in the others, unless `only_here`.
        """
        code = codes.padded(text)
        if code in self._names or code in self._counties:
            return code
        name = normal(text)
        inside = self.county(name)
        if inside:
            name = self._behind_county(name, inside)
        if county_code := self._county_called(name):
            return county_code
        called = self._codes_by_name.get(name, [])
        near = [code for code in called if code[:_COUNTY_DIGITS] == (inside or county)]
        is_here = inside or (only_here and codes.padded(county) in self._counties)
        return self._only(text, near if near or is_here else called)

    def _behind_county(self, name: str, county: str) -> str:
        """What a name says behind that of its county; a county alone is itself."""
        county_name = normal(self._counties[codes.padded(county)])
        _, found, rest = name.partition(county_name)
        return rest if found and name != county_name else name

    def _county_called(self, name: str) -> str:
        for code, county_name in self._counties.items():
            if normal(county_name) == name:
                return code
        return ""

    def _only(self, text: str, found: list[str]) -> str:
        if not found:
            raise WrongError("E040", {"value": text, "column": "", "name": "", "nearest": ""})
        if len(found) > 1:
            shown = listed(bracketed(self._names[one], one) for one in found)
            several = {"count": str(len(found)), "candidates": shown, "item": ""}
            raise WrongError("E044", {"value": text, **several})
        return found[0]


def register_of(area: tuple[str, ...]) -> pa.Table:
    """Return the townships of several areas; raise SourceError for a code that has none."""
    tables = []
    for code in dict.fromkeys(filter(None, area)):
        table = township_register(code)
        if not len(table):
            raise SourceError(say("area_not_in_register", value=code))
        tables.append(table)
    return pa.concat_tables(tables) if tables else township_register("-")
