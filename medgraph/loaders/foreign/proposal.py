"""Propose what the sheets of an unknown workbook mean; a person confirms it in 对照."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from medgraph.graphmodel import codes
from medgraph.graphmodel import matching as names
from medgraph.graphmodel.register import county_codes
from medgraph.graphmodel.register import names as register_names
from medgraph.loaders.foreign.facilities import is_full_name, is_group_name
from medgraph.loaders.foreign.header import ACROSS, Header, find_header, plain_title
from medgraph.loaders.foreign.list_cells import split
from medgraph.loaders.foreign.mapping import Column, MessyMapping, SheetRule
from medgraph.loaders.foreign.sheet_rows import total_label
from medgraph.loaders.tabular.cells import WrongError, day
from medgraph.loaders.tabular.sheets import letter
from medgraph.loaders.workbooks.grid import Grid
from medgraph.suffixes import CSV
from medgraph.words.vocabularies import NO_TICKS, TICKS, word

_PLACED = ("serves", "area", "county")
_FILLED = frozenset({"group", "lead", "alliance", "county", "area"})
_DAY = re.compile(r"(\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?)")
_COUNTY = re.compile(r"[\u3400-\u9fff]{1,6}?(?:自治县|县|区|市|旗)")
_SAMPLE = 200


def guess(grids: Sequence[Grid]) -> MessyMapping:
    """Return a mapping that reads what can be read; unconfirmed, with candidates where a header is unclear."""
    rules = [_sheet(grid) for grid in grids]
    mapping = MessyMapping(sheets=rules, area=_area(grids, rules), meta=_meta(grids, rules))
    known_counties = _county_names(mapping.area)
    for grid, rule in zip(grids, rules, strict=True):
        title = grid.name.split("/")[-1].removesuffix(CSV)
        if (
            rule.kind == "facilities"
            and names.normal(title) in known_counties
            and not _has(rule, "county")
        ):
            rule.sheet_name = "county"
        elif rule.kind == "facilities" and is_group_name(title) and not _has(rule, "group"):
            rule.sheet_name = "group"
    return mapping


def _sheet(grid: Grid) -> SheetRule:
    if not grid.rows:
        return SheetRule(grid.name, kind="skip")
    header = find_header(grid)
    if not header.found:
        return SheetRule(grid.name, hidden=_hidden(grid), candidates=header.candidates or ("—",))
    columns = columns_of(grid, header)
    kind = _kind(grid, header, columns)
    return SheetRule(
        grid.name,
        kind=kind,
        header=(header.first + 1, header.last + 1),
        hidden=_hidden(grid),
        columns=columns,
    )


def _hidden(grid: Grid) -> str:
    return "skip" if grid.hidden else "read"


def columns_of(grid: Grid, header: Header) -> list[Column]:
    """Return what each column probably means, in their order; an unknown title means nothing."""
    columns, seen = [], set()
    for number, title in enumerate(header.titles):
        values = _values(grid, header, number)
        if not title.written and not values:
            continue
        to, relation = title.known, ""
        if to == ACROSS or (not to and _ticks(values)):
            to, relation = _across(title.written, values)
        if to in seen and to not in ("relation", "skip"):
            to = ""
        seen.add(to)
        # two columns of one meaning: the second is not read, a person may say so
        fill = "ask" if to in _FILLED and _has_gaps(grid, header, number) else "no"
        columns.append(
            Column(
                letter(number),
                to or "",
                title=title.written,
                unit=title.unit,
                relation=relation,
                fill=fill,
            )
        )
    if any(c.to == "group" for c in columns):  # who leads a group need be said but once
        for column in columns:
            column.fill = "no" if column.to == "lead" else column.fill
    return columns


def _values(grid: Grid, header: Header, column: int) -> list[str]:
    rows = grid.rows[header.last + 1 : header.last + 1 + _SAMPLE]
    return [row[column] for row in rows if column < len(row) and row[column] is not None]


def _ticks(values: Sequence[str]) -> bool:
    marks = [v for v in values if v in TICKS or v in NO_TICKS]
    return bool(values) and len(marks) * 10 >= len(values) * 7


def _across(title: str, values: Sequence[str]) -> tuple[str, str]:
    """What a column of a matrix ties its rows to: a group, a centre, or the facilities it names."""
    plain = plain_title(title.split("/")[-1])
    if word("centre_type", plain):
        return ("relation", "USES_CENTRE") if _ticks(values) else ("", "")
    if is_group_name(plain):
        return "relation", "MEMBER_OF"
    relation = word("relation", plain)
    named = sum(is_full_name(v) for v in values)
    return ("relation", relation) if relation and named * 2 > len(values) else ("", "")


def _has_gaps(grid: Grid, header: Header, column: int) -> bool:
    """Whether blanks stand below a value in rows that say something else."""
    merged = {
        row
        for top, left, bottom, _ in grid.merged
        if left == column
        for row in range(top + 1, bottom + 1)
    }
    seen = False
    for number, row in enumerate(grid.rows[header.last + 1 :], header.last + 1):
        if row[column] is not None:
            seen = True
        elif (
            seen
            and number not in merged
            and sum(t is not None for t in row) > 1
            and not total_label(grid, number)
        ):
            return True
    return False


def _kind(grid: Grid, header: Header, columns: Sequence[Column]) -> str:
    has = {c.to for c in columns}
    if "name" in has and sum(c.to == "relation" for c in columns) > 1:
        return "matrix"
    if "name" not in has and "members" in has and ("group" in has or "lead" in has):
        members = next(n for n, t in enumerate(header.titles) if t.known == "members")
        several = [v for v in _values(grid, header, members) if _is_list(v)]
        return "groups" if several or "type" in has else "facilities"
    if "members" in has and "lead" in has and "name" in has and "group" not in has:
        return "groups"
    return (
        "facilities"
        if "name" in has or "members" in has
        else "skip"
        if not has & {"group", "lead"}
        else "groups"
    )


def _is_list(text: str) -> bool:
    try:
        return len(split(text).parts) > 1
    except ValueError:
        return True


def _has(rule: SheetRule, to: str) -> bool:
    return any(c.to == to for c in rule.columns)


# -- what holds for the whole ----------------------------------------------------------------------


def _area(grids: Sequence[Grid], rules: Sequence[SheetRule]) -> tuple[str, ...]:
    """The counties a workbook speaks of: those of its area codes, else those its cells and sheets name."""
    counties: dict[str, None] = {}
    wanted: dict[str, None] = {}
    stated: dict[str, None] = {}
    for grid, rule in zip(grids, rules, strict=True):
        numbers = {n for n, c in enumerate(rule.columns) if c.to in (*_PLACED, "name", "members")}
        columns = {_number(rule.columns[n].at): rule.columns[n].to for n in numbers}
        for row in grid.rows[rule.header[1] if rule.header else 0 :]:
            for column, to in columns.items():
                text = row[column] if column < len(row) else None
                if text is None:
                    continue
                if (
                    to in _PLACED
                    and re.fullmatch(r"\d{6}|\d{9}|\d{12}", text)
                    and not codes.area_code_fault(text)
                ):
                    counties[text[:6]] = None
                named = _COUNTY.findall(unicodedata.normalize("NFKC", text)[:24])
                (stated if to == "county" else wanted).update(dict.fromkeys(named))
        wanted[grid.name.split("/")[-1].removesuffix(CSV)] = None
    counties |= dict.fromkeys(_unique_counties(stated if counties else stated | wanted))
    return tuple(sorted(counties))


def _number(at: str) -> int:
    number = 0
    for sign in at:
        number = number * 26 + ord(sign) - 64
    return number - 1


def _unique_counties(wanted: dict[str, None]) -> list[str]:
    """The counties whose name only one in the nation has."""
    found = {name: places for name in wanted if len(places := county_codes(name)) == 1}
    return [places[0] for places in found.values()]


def _county_names(area: Sequence[str]) -> set[str]:
    return {
        names.normal(name) for name in register_names([code + "000000" for code in area]).values()
    }


def _meta(grids: Sequence[Grid], rules: Sequence[SheetRule]) -> dict[str, str]:
    """What the lines above a header state: a title, and the day of the data."""
    meta: dict[str, str] = {}
    for grid, rule in zip(grids, rules, strict=True):
        above = [
            text
            for row in grid.rows[: rule.header[0] - 1 if rule.header else 0]
            for text in row
            if text
        ]
        if above and "title" not in meta and rule.kind != "skip":
            meta["title"] = " ".join(above[0].split())
        for text in above:
            if (
                found := _DAY.search(unicodedata.normalize("NFKC", text))
            ) and "data_day" not in meta:
                try:
                    meta["data_day"] = day(found[1].replace(" ", "")).isoformat()
                except WrongError:
                    continue
    return meta
