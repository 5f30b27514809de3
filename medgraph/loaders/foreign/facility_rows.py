"""Enter the facilities that rows name, with what the rows state of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.errors import SourceError
from medgraph.graphmodel import schema
from medgraph.loaders.foreign.case_questions import YES, settled
from medgraph.loaders.foreign.cell_account import Cell
from medgraph.loaders.foreign.cell_names import names_in
from medgraph.loaders.foreign.cell_values import CODES, is_no_facility, read_value
from medgraph.loaders.foreign.county_names import is_in_every_county
from medgraph.loaders.foreign.facilities import UNEXPLAINED, Facility, is_full_name
from medgraph.loaders.foreign.joined_rows import JoinedRows
from medgraph.loaders.foreign.meanings import NO_ATTRIBUTES
from medgraph.loaders.foreign.row_places import Place, RowPlaces
from medgraph.loaders.foreign.stated_links import TYPED, origin_of, split_or_typed
from medgraph.loaders.foreign.titles import is_of_clinics
from medgraph.loaders.tabular.cell_faults import AT_WORK
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.cells import texts as listed_texts
from medgraph.loaders.tabular.references import item
from medgraph.loaders.tabular.sheets import letter
from medgraph.words.foreign_workbooks import (
    GRADE_END,
    NO_LEVEL_GRADE,
    NONE_KNOWN,
    SAFE_FACILITY_ENDS,
)
from medgraph.words.punctuation import SEMICOLON
from medgraph.words.say import say
from medgraph.words.simplified import simple
from medgraph.words.vocabularies import label, word

if TYPE_CHECKING:
    from medgraph.loaders.foreign.collected_rows import Record
    from medgraph.loaders.foreign.list_cells import Part
    from medgraph.loaders.foreign.mapping import Column
    from medgraph.loaders.foreign.reading_state import ReadingState
    from medgraph.loaders.foreign.sheet_rows import Row, SheetRows


@dataclass(frozen=True)
class _Stated:
    """What a row states of the facilities that it names: where they are, and more of a single one.

    Of several it states nothing more: whose it is, nobody can tell.
    """

    row: Row
    cell: Cell
    place: Place
    of_several: bool
    attributes: Record
    other_names: tuple[str, ...]

    @property
    def own_cell(self) -> Cell:
        """The cell of the row itself, also where the name is filled down."""
        return self.cell._replace(row=self.row.own)


class FacilityRows:
    """Enter the facilities of rows into the directory and the tables."""

    def __init__(self, state: ReadingState) -> None:
        self._state = state
        self.places = RowPlaces(state)
        self._joined = JoinedRows(state)

    def of_row(self, row: Row, *, joins: bool = False) -> list[Facility]:
        """Return the facilities that a row names, entered where they are new.

        One of statistics `joins` those that are known by then.
        """
        cell = row.name_cell
        if cell is None or is_no_facility(cell.text):
            return []
        parts = self._named(row.sheet, cell)
        if not parts:
            return []
        if len(parts) > 1:
            stated = _Stated(row, cell, self.places.of_row(row), True, {}, ())
        else:
            place = self.places.of_row(row, parts[0].name)
            others = self._other_names(row)
            stated = _Stated(row, cell, place, False, self._attributes(row), others)
        self._state.account.use(cell)
        entered = [
            self._join(stated, part) if joins else self._enter(stated, part) for part in parts
        ]
        found = [facility for facility in entered if facility is not None]
        if any((one.grid.name, one.row) in self._state.doubtful_rows for _, one in row.cells()):
            self._state.account.doubtful |= {facility.id for facility in found}
        return found

    def _named(self, sheet: SheetRows, cell: Cell) -> list[Part]:
        """The names in a cell; a date or a code is none, and of several each has to be full."""
        parts = names_in(self._state, sheet, cell)
        named = []
        for number, part in enumerate(parts, 1):
            where = item(number, len(parts))
            if not any(map(str.isalpha, part.name)):
                self._state.account.wrong(cell, "E178", part=where, value=part.written)
            elif len(parts) > 1 and not is_full_name(part.name):
                values = {"value": part.written, "item": where, "candidates": NONE_KNOWN}
                self._state.account.wrong(cell, UNEXPLAINED, part=where, **values)
            else:
                named.append(part)
        return named

    def _join(self, stated: _Stated, part: Part) -> Facility | None:
        """The facility that a row of statistics is about; None where a person has to say it."""
        joined = self._joined.find(stated.row.sheet, stated.cell, part, stated.place.county)
        if joined.is_open:
            return None
        if joined.facility is None:
            return self._add(stated, part, joined.how)
        self._compare(stated, joined.facility)
        return joined.facility

    def _enter(self, stated: _Stated, part: Part) -> Facility:
        known = self._state.directory.same(part.name, stated.place.county)
        known = known or self._twin(stated, part)
        if known is not None:
            self._compare(stated, known)
            return known
        return self._add(stated, part, split_or_typed(2 if stated.of_several else 1))

    def _twin(self, stated: _Stated, part: Part) -> Facility | None:
        """The one of this name in the file of another county, where a person says that it is."""
        is_one_of_many = bool(self._state.county_of_file(stated.cell.grid))
        if not is_one_of_many or is_in_every_county(part.name):
            return None
        twin = self._state.directory.same(part.name)
        if twin is None:
            return None
        mapping, account = self._state.mapping, self._state.account
        said = settled(mapping, account, "twins", "", part.name, stated.cell.place)
        return twin if said == YES else None

    def _add(self, stated: _Stated, part: Part, how: str) -> Facility:
        stated_id = stated.attributes.get("id", "")
        facility = self._state.directory.add(
            part.name, stated.other_names, *stated.place, stated_id=stated_id
        )
        record = self._record(stated, part, facility, how)
        name_column = letter(stated.cell.column)
        letters = {**stated.row.sheet.letters, "name": name_column, "id": name_column}
        rows = self._state.rows
        added = rows.add(schema.FACILITIES, stated.own_cell, record, letters)
        self._state.records[facility.id] = added
        self._state.cells[facility.id] = stated.own_cell
        return facility

    def _record(self, stated: _Stated, part: Part, facility: Facility, how: str) -> Record:
        """What the tables keep of a facility that a row names first."""
        record = {"id": facility.id, "name": part.name}
        record |= self._constants(stated.row.sheet) | stated.attributes
        if how != TYPED:
            record["origin"] = origin_of(stated.own_cell, how)
        if stated.place.area:
            record["area"] = stated.place.area
        if stated.other_names:
            record["short_name"] = stated.other_names[0]
        if stated.other_names[1:]:
            record["aliases"] = "|".join(stated.other_names[1:])
        if part.notes:
            own_note = [record["note"]] if record.get("note") else []
            record["note"] = SEMICOLON.join([*part.notes, *own_note])
        self._add_type(record)
        if is_of_clinics(stated.row.sheet.columns[stated.cell.column].title):
            record.setdefault("type", "village_clinic")
        return record

    def enter_named(self, row: Row, cell: Cell, part: Part, how: str) -> Facility:
        """Enter a facility that has no row of its own, but is named in full by a cell."""
        county = self.places.of_named(row, part.name)
        of_file = county if self._state.county_of_file(cell.grid) else ""
        facility = self._state.directory.add(part.name, (), county, of_file=of_file)
        record = {"id": facility.id, "name": part.name, "origin": origin_of(cell, how)}
        if part.notes:
            record["note"] = SEMICOLON.join(part.notes)
        self._add_type(record)
        self._state.records[facility.id] = self._state.rows.add(schema.FACILITIES, cell, record)
        self._state.cells[facility.id] = cell
        self._state.account.note(cell.place, say("foreign_note_new", name=part.name))
        return facility

    def _add_type(self, record: Record) -> None:
        """Add the type that a name says beyond doubt; of hospitals it says none."""
        name = record["name"]
        end = next((end for end in SAFE_FACILITY_ENDS if name.endswith(end)), None)
        type = word("facility_type", end) if end else None
        if type and "type" not in record:
            record["type"] = type
            self._state.typed_by_name.append(name)

    def _compare(self, stated: _Stated, known: Facility) -> None:
        """Take what is new from a second row of a facility, and name what contradicts the first."""
        row, account = stated.row, self._state.account
        sheet = row.sheet
        account.note(sheet.grid.place(row.own), say("foreign_note_again", name=known.name))
        record = self._state.records[known.id]
        for name, text in stated.attributes.items():
            first = record.setdefault(name, text)
            column = sheet.column(name)
            if first != text and column is not None:
                cell = Cell(sheet.grid, row.own, column, text)
                title = sheet.columns[column].title
                account.wrong(cell, "W080", first=first, column=title, subject=known.name)

    # -- what a row states -------------------------------------------------------------------------

    def _constants(self, sheet: SheetRows) -> Record:
        """What the mapping states of every facility of a sheet."""
        given = {**sheet.rule.constants, sheet.rule.sheet_name: sheet.title}
        record: Record = {}
        for name, text in given.items():
            if not name or name in NO_ATTRIBUTES:
                continue
            try:
                read, _ = read_value(name, text, words=self._state.words)
            except WrongError as error:
                wrong = error.said["value"]
                raise SourceError(
                    say("mapping_constant", sheet=sheet.grid.name, value=wrong)
                ) from error
            if read is not None:
                record[name] = read
        return record

    def _other_names(self, row: Row) -> tuple[str, ...]:
        """The short names and aliases that a row states."""
        others: list[str] = []
        for meaning in ("short_name", "aliases"):
            cell = row.cell(meaning)
            if cell is not None:
                others += filter(None, listed_texts(cell.text).split("|"))
                self._state.account.use(cell)
        return tuple(others)

    def _attributes(self, row: Row) -> Record:
        """What a row states of its facility, as our texts; what cannot be read is left out.

        A code is of one facility alone, and is not filled down.
        """
        record: Record = {}
        for known, cell in row.cells():
            is_code_of_another = known.to in CODES and row.is_filled_down(cell)
            if known.to in NO_ATTRIBUTES or is_code_of_another:
                continue
            read = self._value(known, cell)
            if read is not None:
                record.setdefault(known.to, read)
        self._add_grade(row, record)
        return record

    def _add_grade(self, row: Row, record: Record) -> None:
        """Join the grade in a column of its own to the level beside it: 三级 and 甲等."""
        cell = self._state.stated(row.cell("level_grade"))
        if cell is None:
            return
        level = label("level", record.get("level"), "zh")
        if level.endswith(GRADE_END):
            self._compare_grade(row, cell, level)
            return
        adds_nothing = NO_LEVEL_GRADE.fullmatch(simple(cell.text))
        graded = word("level", level if adds_nothing else level + cell.text)
        if graded is None:
            self._state.account.leave(cell, say("foreign_grade"), say("foreign_grade_advice"))
            return
        self._state.account.use(cell)
        record["level"] = graded

    def _compare_grade(self, row: Row, cell: Cell, level: str) -> None:
        """Take a grade that the level states already, and name one that contradicts it."""
        name = row.name_cell
        if cell.text[0] in level:
            self._state.account.use(cell)
        else:
            subject = "" if name is None else name.text
            column = row.sheet.title_of("level_grade")
            self._state.account.wrong(cell, "W080", first=level, column=column, subject=subject)

    def _value(self, known: Column, cell: Cell) -> str | None:
        """What a cell states; None where it says nothing, or, named, where it cannot be read."""
        try:
            return self._state.read(cell, known, known.to)
        except WrongError as error:
            self._state.account.lose(cell, error.code, **{"column": known.title, **error.said})
            if known.to in AT_WORK:
                self._state.doubtful_rows.add((cell.grid.name, cell.row))
            return None
