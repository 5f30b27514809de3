"""Keep the facilities of a workbook, and find them again by the names people use for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.graphmodel.made_ids import made_id
from medgraph.graphmodel.matching import Names, bare, ending, normal
from medgraph.loaders.foreign.county_names import is_in_every_county
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words import foreign_workbooks as words
from medgraph.words.joining import listed
from medgraph.words.lexicon import FACILITY_ENDS, facility_type
from medgraph.words.vocabularies import PRIMARY_TYPES, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 10
_SHORTEST_FULL_NAME = 5
_SHORTEST_BEHIND_COUNTY = 6
SEVERAL, UNEXPLAINED = "E044", "E176"


@dataclass
class Facility:
    """A facility of the workbook: its id here, full name, short names, and code of its county."""

    id: str
    name: str
    others: tuple[str, ...] = ()
    county: str = ""


Found = tuple[Facility | None, str]
"""Who is meant, None for somebody new; and how that was found."""


@dataclass
class Directory:
    """The facilities of a workbook by name; `given` is what a person has said a name stands for.

    `formers` are names of the last edition: who is renamed keeps its id.
    """

    given: dict[str, str] = field(default_factory=dict)
    formers: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, Facility] = field(default_factory=dict)
    _by_name: dict[str, list[Facility]] = field(default_factory=dict)
    _by_ending: dict[str, list[Facility]] = field(default_factory=dict)
    _names: Names = field(default_factory=Names)
    _found: dict[tuple[str, str], Found] = field(default_factory=dict)

    def add(
        self,
        name: str,
        others: tuple[str, ...] = (),
        county: str = "",
        area: str = "",
        of_file: str = "",
        stated_id: str = "",
    ) -> Facility:
        """Enter a facility; whether it is there already is what `same` says.

        Its id is the one that its row states, else one that is made; `of_file` is the county that
        only its file says.
        """
        if former := self.formers.get(normal(name)):
            others = (*others, former)
        found = Facility(stated_id or self._new_id(name, area or of_file), name, others, county)
        self.by_id[found.id] = found
        for text in dict.fromkeys(map(normal, (name, *others))):
            self._by_name.setdefault(text, []).append(found)
        for text in dict.fromkeys((bare(name), ending(name))):
            self._by_ending.setdefault(text, []).append(found)
        self._names.add(found.id, name)
        self._found.clear()
        return found

    def _new_id(self, name: str, place: str) -> str:
        called = self.formers.get(normal(name), name)
        id = made_id(called, place)
        namesakes = self._by_name.get(normal(name), ())
        twins = [facility for facility in namesakes if facility.id == id]
        return f"{id}~{len(twins) + 1}" if twins else id

    def same(self, name: str, county: str = "") -> Facility | None:
        """Return the facility of exactly this full name, in normal form, not in another county."""
        wanted = normal(name)
        for facility in self._by_name.get(wanted, ()):
            may_be_here = not county or facility.county in ("", county)
            if may_be_here and normal(facility.name) == wanted:
                return facility
        return None

    def told_apart(self, facility: Facility) -> str:
        """Return the name of a facility, or its id where another one is called so, too."""
        namesakes = self._by_name.get(normal(facility.name), ())
        return facility.id if len(namesakes) > 1 else facility.name

    def find(self, text: str, county: str = "") -> Found:
        """Return whom `text` means and how it was found; None where it names somebody new.

        Raise WrongError: E044 where it may mean several, E176 where it is a short form that nobody
        has explained.
        """
        key = (text, county)
        if key not in self._found:
            self._found[key] = self._find(self.given.get(fold(text), text), county)
        return self._found[key]

    def _find(self, text: str, county: str) -> Found:
        for how, named in (
            ("name", self._by_name.get(normal(text))),
            ("brackets", self._by_ending.get(bare(text))),
            ("ending", self._by_ending.get(ending(text))),
        ):
            near = _near(text, named or (), county)
            if near:
                return self._only(text, near, county), how
        abbreviated = self.abbreviated(text, county)
        if len(abbreviated) == 1 and _adds_county(text, abbreviated[0].name):
            return abbreviated[0], "area"
        if abbreviated:
            code = SEVERAL if len(abbreviated) > 1 else UNEXPLAINED
            raise _unsure(code, text, abbreviated)
        if not is_full_name(text):
            nobody = {"candidates": words.NONE_KNOWN, "count": "0", "item": ""}
            raise WrongError(UNEXPLAINED, {"value": text, **nobody})
        return None, "new"

    def _only(self, text: str, named: Sequence[Facility], county: str) -> Facility:
        """The one that is meant: in the county before elsewhere, by full name before short."""
        distinct = list({facility.id: facility for facility in named}.values())
        inside = [facility for facility in distinct if county and facility.county == county]
        near = inside or distinct
        exact = [facility for facility in near if normal(facility.name) == normal(text)]
        meant = exact or near
        if len(meant) > 1:
            raise _unsure(SEVERAL, text, meant)
        return meant[0]

    def abbreviated(self, text: str, county: str = "") -> list[Facility]:
        """Return those whose full name `text` may abbreviate, but for those of another kind.

        Those in the same county go before all others.
        """
        facilities = [self.by_id[id] for id in self._names.abbreviated(text)]
        may_be = [one for one in facilities if not _is_of_another_kind(text, one.name)]
        inside = [one for one in may_be if county and one.county == county]
        return inside or _near(text, may_be, county)


def _near(text: str, named: Sequence[Facility], county: str) -> list[Facility]:
    """Those who may be meant in a county: what every county has is nobody in another one."""
    if not county or not is_in_every_county(text):
        return list(named)
    return [facility for facility in named if facility.county in ("", county)]


def _unsure(code: str, text: str, found: Sequence[Facility]) -> WrongError:
    """What is wrong with a name that may mean several."""
    names = tuple(facility.name for facility in found)
    are_many = len(names) > _SHOWN
    candidates = listed(names[:_SHOWN]) + (words.AND_MORE if are_many else "")
    said = {"value": text, "count": str(len(names)), "candidates": candidates, "item": ""}
    return WrongError(code, said, () if are_many else names)


def _is_of_another_kind(text: str, full: str) -> bool:
    """Whether both are full names that end on different kinds: 中医院 abbreviates no 中心医院.

    People do write 卫生院 for 中心卫生院: among primary facilities the end decides nothing.
    """
    one, other = facility_type(text), facility_type(full)
    if one is None or other is None or one == other:
        return False
    return is_full_name(text) and not {one, other} <= PRIMARY_TYPES


def _adds_county(short: str, full: str) -> bool:
    """Whether the full name is the short one behind the name of its county: 路桥区新桥镇卫生院."""
    name, full_name = ending(short), ending(full)
    if len(name) < _SHORTEST_BEHIND_COUNTY or name.startswith(words.NAMES_OF_MANY):
        return False
    if not full_name.endswith(name):
        return False
    before = full_name.removesuffix(name)
    return words.COUNTY_BEFORE_NAME.fullmatch(before) is not None


def is_full_name(text: str) -> bool:
    """Whether a text looks like the full name of a facility.

    >>> is_full_name("路桥区中医院"), is_full_name("二院"), is_full_name("路北街道")
    (True, False, False)
    >>> is_full_name("协和医院"), is_full_name("人民医院")
    (True, False)
    >>> is_full_name("全县各乡镇卫生院"), is_full_name("甲镇卫生院和乙镇卫生院")
    (False, False)
    """
    name = bare(text)
    if words.MANY_AT_ONCE.match(name) or words.MAY_BE_TWO.search(name):
        return False
    if words.HOSPITAL_OF_TWO_SIGNS.fullmatch(name):
        return True
    has_an_end = len(name) >= _SHORTEST_FULL_NAME and name.endswith(FACILITY_ENDS)
    return has_an_end and "," not in name
