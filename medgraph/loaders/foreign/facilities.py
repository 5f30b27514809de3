"""Find whom a workbook means: facilities by full name, short name or a rule; groups by name; areas in the register."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.errors import SourceError
from medgraph.graphmodel import codes
from medgraph.graphmodel import matching as names
from medgraph.graphmodel.register import names as register_names
from medgraph.loaders.plans.places import type_of
from medgraph.loaders.tabular.cells import WrongError
from medgraph.words.say import say
from medgraph.words.vocabularies import FACILITY_ENDS, GROUP_ENDS, PRIMARY_TYPES, fold

if TYPE_CHECKING:
    import pyarrow as pa

_NUMERAL = re.compile(r"^(.*?)(?:第)?([一二三四五六七八九十]+)(?:人民|人)?医?院$")
_MANY = 10


@dataclass
class Facility:
    """A facility of the workbook: its id here, full name, short names, county code, and what it states of itself."""

    id: str
    name: str
    others: tuple[str, ...] = ()
    county: str = ""
    number: int = 0


@dataclass
class Directory:
    """The facilities of a workbook, found again by the names people use for them."""

    known: list[Facility] = field(default_factory=list)
    by_name: dict[str, list[Facility]] = field(default_factory=dict)
    by_id: dict[str, Facility] = field(default_factory=dict)
    given: dict[str, str] = field(
        default_factory=dict
    )  # what they call somebody -> full name, as a person said
    _by_ending: dict[str, list[int]] = field(default_factory=dict)
    _signs: dict[str, set[int]] = field(default_factory=dict)  # who has a sign in the name
    _found: dict[tuple[str, str], tuple[Facility | None, str]] = field(default_factory=dict)

    def add(
        self, name: str, others: tuple[str, ...] = (), county: str = "", area: str = ""
    ) -> Facility:
        """Enter a facility; whether it is there already says `same`."""
        id = f"Facility:{area}:{name}".replace("|", "/")
        twins = sum(f.id == id for f in self.by_name.get(names.normal(name), ()))
        found = Facility(
            f"{id}~{twins + 1}" if twins else id, name, others, county, len(self.known)
        )
        self.known.append(found)
        self.by_id[found.id] = found
        for text in dict.fromkeys((names.normal(name), *(names.normal(o) for o in others))):
            self.by_name.setdefault(text, []).append(found)
        for text in dict.fromkeys((names.bare(name), names.ending(name))):
            self._by_ending.setdefault(text, []).append(found.number)
        for sign in set(names.bare(name)):
            self._signs.setdefault(sign, set()).add(found.number)
        self._found.clear()
        return found

    def same(self, name: str, county: str = "") -> Facility | None:
        """The facility of exactly this name, as it is written in normal form, not in another county."""
        wanted = names.normal(name)
        return next(
            (
                f
                for f in self.by_name.get(wanted, ())
                if names.normal(f.name) == wanted
                and (f.county == county or not county or not f.county)
            ),
            None,
        )

    def find(self, text: str, county: str = "") -> tuple[Facility | None, str]:
        """Return whom `text` means and how it was found; None where it names somebody new.

        Raise WrongError: E044 where it may mean several, E176 where it is a short form nobody explained.
        """
        if (text, county) not in self._found:
            self._found[text, county] = self._find(self.given.get(fold(text), text), county)
        return self._found[text, county]

    def _find(self, text: str, county: str) -> tuple[Facility | None, str]:
        ways = {
            "name": [f.number for f in self.by_name.get(names.normal(text), ())],
            "brackets": self._by_ending.get(names.bare(text), ()),
            "ending": self._by_ending.get(names.ending(text), ()),
        }
        for how, found in ways.items():
            if found:
                return self._only(text, [self.known[n] for n in dict.fromkeys(found)], county), how
        nearby = self._nearby(text)
        if len(nearby) == 1 and _adds_area(text, nearby[0].name):
            return nearby[0], "area"
        if nearby:
            code = "E044" if len(nearby) > 1 else "E176"
            raise WrongError(code, self._candidates(text, nearby))
        if not is_full_name(text):
            raise WrongError("E176", {"value": text, "candidates": "—", "count": "0", "item": ""})
        return None, "new"

    def _only(self, text: str, found: list[Facility], county: str) -> Facility:
        near = [f for f in found if county and f.county == county] or found
        exact = [f for f in near if names.normal(f.name) == names.normal(text)]
        near = exact or near
        if len(near) > 1:
            raise WrongError("E044", self._candidates(text, near))
        return near[0]

    def _nearby(self, text: str) -> list[Facility]:
        """Those whose full name a short one may stand for: 二院 for 第二人民医院, or signs left out in between."""
        wanted = names.bare(text)
        number = _NUMERAL.match(wanted)
        found = []
        signs = number[2] if number else wanted
        having = sorted((self._signs.get(sign, set()) for sign in set(signs)), key=len)
        for place in sorted(set.intersection(*having)) if having else ():
            facility = self.known[place]
            full = names.bare(facility.name)
            other = _NUMERAL.match(full) if number else None
            numbered = (
                other is not None and other[2] == number[2] and full.startswith(number[1][:1])
            )
            if (
                full != wanted
                and (numbered or _left_out(wanted, full))
                and not _of_another_kind(text, facility.name)
            ):
                found.append(facility)
        return found

    def _candidates(self, text: str, found: list[Facility]) -> dict[str, str]:
        shown = "、".join(f.name for f in found[:_MANY]) + ("…" if found[_MANY:] else "")
        return {"value": text, "count": str(len(found)), "candidates": shown, "item": ""}


def _left_out(short: str, full: str) -> bool:
    """Whether `short` is `full` with signs left out, and too little differs to be sure it is somebody else."""
    if len(short) >= len(full) or len(short) < 2 or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(sign in rest for sign in short)


def _of_another_kind(text: str, full: str) -> bool:
    """Whether both are full names whose ends say different kinds: 中医院 is no 中心医院 with a sign left out.

    People do write 卫生院 for 中心卫生院: among primary facilities the end decides nothing.
    """
    one, other = type_of(text), type_of(full)
    return (
        is_full_name(text)
        and None not in (one, other)
        and one != other
        and not {one, other} <= PRIMARY_TYPES
    )


def _adds_area(short: str, full: str) -> bool:
    """Whether the full name is the short one behind the name of its county: 路桥区新桥镇卫生院."""
    one, other = names.ending(short), names.ending(full)
    rest = other[: -len(one)] if other.endswith(one) else ""
    return (
        len(one) >= 6
        and bool(re.fullmatch(r"[^省市区县]{1,7}(?:市|区|县|旗)", rest))
        and not one.startswith(("第", "人民", "中医", "妇"))
    )


def is_full_name(text: str) -> bool:
    """Whether a text looks like the full name of a facility.

    >>> is_full_name("路桥区中医院"), is_full_name("二院"), is_full_name("路北街道")
    (True, False, False)
    """
    bare = names.bare(text)
    return len(bare) >= 5 and bare.endswith(FACILITY_ENDS) and "," not in bare


# -- groups ----------------------------------------------------------------------------------------


def group_type(name: str) -> str | None:
    """Return the type that the end of a group's name says beyond doubt.

    >>> group_type("台州市立医院城市医疗集团"), group_type("恩泽集团")
    ('urban_medical_group', None)
    """
    plain = names.bare(name)
    return next((type for end, type in GROUP_ENDS.items() if plain.endswith(end)), None)


def is_group_name(text: str) -> bool:
    """Whether a text ends like the name of a group."""
    return names.bare(text).endswith(tuple(GROUP_ENDS))


# -- areas -----------------------------------------------------------------------------------------


class Places:
    """The townships of the area that a workbook covers, by code and by name."""

    def __init__(self, register: pa.Table) -> None:
        self.table = register
        self.codes = dict(
            zip(register["id"].to_pylist(), register["name"].to_pylist(), strict=True)
        )
        self.by_name: dict[str, list[str]] = {}
        for code, name in self.codes.items():
            self.by_name.setdefault(names.normal(name), []).append(code)
        counties = dict.fromkeys(code[:6] + "000000" for code in self.codes)
        self.counties = register_names(counties)

    def county(self, text: str) -> str:
        """Return the code of the county that a text begins with or is, empty where it is none of these."""
        plain = names.normal(text)
        ways = {name: code for code, name in self.counties.items()}
        for name, code in ways.items():
            if plain.startswith(name) or (len(name) > 2 and plain == name[:-1]):
                return code[:6]
        return next((code[:6] for name, code in ways.items() if f"市{name}" in plain[:12]), "")

    def find(self, text: str, county: str = "") -> str:
        """Return the code of the area a text means; raise WrongError: E044 several, E040 none."""
        full = codes.padded(text)
        if full in self.codes or full in self.counties:
            return full
        plain = names.normal(text)
        inside = self.county(plain)
        if inside:
            name = self.counties[inside + "000000"]
            at = plain.find(name)
            plain = plain[at + len(name) :] if at >= 0 and plain != name else plain
            county = inside
        if not plain or plain in map(names.normal, self.counties.values()):
            return next(
                code
                for code, name in self.counties.items()
                if names.normal(name) == names.normal(plain)
            )
        found = self.by_name.get(plain, [])
        found = [c for c in found if c[:6] == county] or ([] if inside else found)
        if len(found) > 1:
            shown = "、".join(f"{self.codes[c]}（{c}）" for c in found)
            raise WrongError(
                "E044", {"value": text, "count": str(len(found)), "candidates": shown, "item": ""}
            )
        if not found:
            raise WrongError("E040", {"value": text, "column": "", "name": ""})
        return found[0]


def register_of(area: tuple[str, ...]) -> pa.Table:
    """Return the townships of several areas, each once; raise SourceError for a code that the register has not."""
    import pyarrow as pa

    from medgraph.graphmodel.register import township_register

    tables = [township_register(code) for code in dict.fromkeys(area) if code]
    for code, table in zip(dict.fromkeys(filter(None, area)), tables, strict=True):
        if not len(table):
            raise SourceError(say("area_not_in_register", value=code))
    return pa.concat_tables(tables) if tables else township_register("-")
