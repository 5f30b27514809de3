"""Say which county each file of a folder is of: what two counties call alike is not one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from medgraph.graphmodel import codes
from medgraph.graphmodel.matching import normal
from medgraph.graphmodel.register import county_codes
from medgraph.graphmodel.register import names as register_names
from medgraph.loaders.foreign.cell_account import Open
from medgraph.loaders.foreign.joined_rows import is_roster
from medgraph.loaders.foreign.proposed_scope import is_area_code
from medgraph.loaders.foreign.sheet_rows import sheet_title
from medgraph.words.foreign_workbooks import COUNTY, COUNTY_OF_FILE, UNREGISTERED_ENDS
from medgraph.words.say import say
from medgraph.words.simplified import simple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.loaders.foreign.cell_account import CellAccount
    from medgraph.loaders.foreign.covered_areas import CoveredAreas
    from medgraph.loaders.foreign.mapping import WorkbookMapping
    from medgraph.loaders.foreign.sheet_rows import SheetRows

KIND = "county_file"
_COUNTY_DIGITS = 6
_PLACES = ("area", "serves", "county")
_NAMES = ("name", "members", "lead", "run_by")


def key_of(file: str) -> str:
    """Return the key of the answer to which county a file is of."""
    return f"{KIND}::{file}"


def counties_of_files(
    sheets: Sequence[SheetRows],
    areas: CoveredAreas,
    mapping: WorkbookMapping,
    account: CellAccount,
) -> dict[str, str]:
    """Return the county of each of several files, as six digits or a name; none where one is all.

    A roster that names none is held apart from the others, and asked for; any other table is of
    whichever county has who it names.
    """
    by_file: dict[str, list[SheetRows]] = {}
    for sheet in sheets:
        by_file.setdefault(sheet.grid.file, []).append(sheet)
    if len(by_file) < 2:
        return {}
    named = {file: _counties_of(own, mapping) for file, own in by_file.items()}
    rosters = [file for file, own in by_file.items() if any(map(is_roster, own))]
    apart = set(rosters) if len(rosters) > 1 else set()
    known = [name for names in named.values() for name in sorted(names)]
    found: dict[str, str] = {}
    for file, names in named.items():
        name = "".join(names) if len(names) == 1 else ""
        found[file] = areas.county(name) or normal(name)
        if name:
            account.note(file, say("foreign_note_county_file", county=name))
        elif not names and file in apart:
            found[file] = file
            _ask(file, by_file[file], known, account)
        elif not names and len(set(known)) > 1:
            _ask(file, by_file[file], known, account, say("question_assumed_any_county"))
    return found


def _ask(
    file: str,
    own: Sequence[SheetRows],
    others: Sequence[str],
    account: CellAccount,
    assumed: str = "",
) -> None:
    asked = Open(KIND, "", file, file, [sheet.grid.name for sheet in own])
    asked.decides = sum(map(len, own))
    asked.offered, asked.assumed = tuple(dict.fromkeys(others)), assumed
    account.ask(asked)


# -- what speaks for a county ----------------------------------------------------------------------


def _counties_of(sheets: Sequence[SheetRows], mapping: WorkbookMapping) -> set[str]:
    """The counties of a file: as answered, else what its titles, its codes or its names say."""
    if said := mapping.answers.get(key_of(sheets[0].grid.file)):
        return {said}
    found = (set(evidence(sheets)) for evidence in (_in_titles, _in_codes, _in_names))
    return next(filter(None, found), set())


def _in_titles(sheets: Sequence[SheetRows]) -> Iterator[str]:
    """The counties in the names of the file and its sheets, and in the lines above its tables."""
    texts = [sheets[0].grid.file, *(sheet_title(sheet.grid) for sheet in sheets)]
    for sheet in sheets:
        above = sheet.grid.rows[: sheet.header.first]
        texts += [text for row in above for text in row if text is not None]
    found = [name for text in texts for name in _counties_in(unicodedata.normalize("NFKC", text))]
    registered = [name for name in found if county_codes(name)]
    return iter(registered or [name for name in found if simple(name).endswith(UNREGISTERED_ENDS)])


def _counties_in(text: str) -> Iterator[str]:
    """What a text may name as counties, as it writes them."""
    for found in COUNTY_OF_FILE.finditer(simple(text)):
        yield text[found.start() : found.end()]


def _in_codes(sheets: Sequence[SheetRows]) -> Iterator[str]:
    """The counties of the codes in the columns of areas, and those that a column names."""
    for sheet in sheets:
        coded = [text for text in _texts(sheet, _PLACES) if is_area_code(text)]
        yield from register_names([codes.padded(text[:_COUNTY_DIGITS]) for text in coded]).values()
        yield from (text for text in _texts(sheet, ("county",)) if text not in coded)


def _in_names(sheets: Sequence[SheetRows]) -> Iterator[str]:
    """The counties that names of facilities begin with."""
    for sheet in sheets:
        for text in _texts(sheet, _NAMES):
            written = unicodedata.normalize("NFKC", text)
            found = COUNTY.match(simple(written))
            if found and county_codes(found[0]):
                yield written[: found.end()]


def _texts(sheet: SheetRows, meanings: Sequence[str]) -> Iterator[str]:
    columns = [number for number, column in sheet.columns.items() if column.to in meanings]
    for column in columns:
        yield from (text for text in sheet.texts[column] if text is not None)
