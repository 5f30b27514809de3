"""Read the lines between and above the rows of a table: groups, leads, roles, sections.

What a line states holds for the rows below it, and is added to them as columns.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from medgraph.loaders.foreign.facilities import is_full_name
from medgraph.loaders.foreign.group_names import is_group_name
from medgraph.loaders.foreign.headings import Heading, heading_of, subject_of
from medgraph.loaders.foreign.laid_tables import Added, Asked, CountedHeading, with_columns
from medgraph.loaders.foreign.row_kinds import is_remark, total_label
from medgraph.loaders.foreign.sheet_rows import sheet_title
from medgraph.loaders.foreign.titles import known_in
from medgraph.words import headings as words
from medgraph.words.foreign_workbooks import LEAD_ROLES, STOPS
from medgraph.words.simplified import readable, simple
from medgraph.words.vocabularies import fold, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.loaders.foreign.header import Header
    from medgraph.loaders.foreign.laid_tables import Position
    from medgraph.loaders.workbooks.grid import Grid

_BEFORE_NAMES = ("", "serial")  # what a column before that of the names may be, to hold lines
_STATED = ("group", "lead", "role")
# What a line may be that nobody knows.
GROUP, SECTION, NOBODY, FACILITY = "group", "section", "none", "facility"
_FEW_COLUMNS = 2  # in so many a name often stands alone


@dataclass
class Headed:
    """A table with what its lines state as columns of its own."""

    grid: Grid
    groups: list[Position] = field(default_factory=list)
    leads: list[Position] = field(default_factory=list)
    above: int = 0
    counts: list[CountedHeading] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    sections: list[Position] = field(default_factory=list)
    strays: list[Position] = field(default_factory=list)


def with_headings(
    grid: Grid, header: Header, answers: Mapping[str, str], *, has_lines: bool = True
) -> Headed:
    """Return a table whose lines are read; one without any stays as it is.

    Who leads is taken from beside the names, also where it `has_lines` of no kind.
    """
    return _Lines(grid, header, answers, has_lines=has_lines).read()


def line_cells(grid: Grid, row: int) -> list[tuple[int, str]]:
    """Return the cells of a row that may be a line: without serial numbers and counts."""
    cells = []
    for column, text in enumerate(grid.rows[row]):
        if not text:
            continue
        written = unicodedata.normalize("NFKC", text).strip()
        said = simple(written)
        if said and not words.SERIAL.fullmatch(said) and not words.COUNT.fullmatch(said):
            cells.append((column, written))
    return cells


@dataclass
class _Open:
    """A heading whose rows are being counted."""

    cell: Position
    heading: Heading
    rows: set[int] = field(default_factory=set)


class _Lines:
    """The lines of one table, from above."""

    def __init__(
        self, grid: Grid, header: Header, answers: Mapping[str, str], *, has_lines: bool
    ) -> None:
        self._grid, self._header, self._answers = grid, header, answers
        self._has_lines = has_lines
        known = {title.known: column for column, title in reversed(list(enumerate(header.titles)))}
        self._known = known
        self._name_column = known.get("name", known.get("members"))
        self._rows = list(grid.rows)
        self._origins = dict(grid.origins)
        self._added: dict[str, Added] = {name: {} for name in _STATED}
        self._holds: dict[str, tuple[str, Position]] = {}
        self._level = ""  # the numbering of the headings that name groups
        self._role_level = ""  # the numbering of the headings that name roles
        self._has_rows = False
        self._open: list[_Open] = []
        self._unsure: Asked | None = None
        self._result = Headed(grid)
        self._merged_across = {
            top for top, left, bottom, right in grid.merged if top == bottom and right > left
        }
        self._titled_group = self._group_of_titles()

    def read(self) -> Headed:
        """Read every row; what is stated goes into columns."""
        if self._lists_groups():
            return self._result
        for row in range(len(self._grid.rows)):
            if not self._header.first <= row <= self._header.last:
                self._read_row(row)
        self._close_counts()
        self._close_unsure()
        result = self._result
        grid = replace(self._grid, rows=self._rows, origins=self._origins)
        columns = [
            (words.ADDED_TITLES[name], self._added[name])
            for name in _STATED
            if name not in self._known
        ]
        result.grid = with_columns(grid, self._header.last, columns)
        return result

    def _lists_groups(self) -> bool:
        """Whether it is a table of groups, whose names are no headings."""
        if self._name_column is None:
            return True
        below = self._grid.rows[self._header.last + 1 :]
        names = [row[self._name_column] for row in below if row[self._name_column] is not None]
        return sum(is_group_name(name or "") for name in names) * 2 > len(names)

    # -- rows --------------------------------------------------------------------------------------

    def _read_row(self, row: int) -> None:
        texts = self._grid.rows[row]
        if row in self._grid.struck or not any(texts):
            return
        if self._has_lines and row > self._header.last and self._take_role(row):
            self._read_data(row)
            return
        if row > self._header.last and (known_in(texts) or self._is_remark(row)):
            return
        if total_label(self._grid, row):
            if self._has_rows:
                self._forget()
            return
        cells = line_cells(self._grid, row)
        headings = [(column, heading_of(text)) for column, text in cells]
        if self._has_lines and self._is_line(row, headings):
            self._read_line(row, headings)
        elif row > self._header.last:
            self._read_data(row)
        elif not self._has_lines:
            self._ask_for_titles(row, headings)

    def _take_role(self, row: int) -> bool:
        """Take the role before a name: 牵头医院： | 甲县人民医院; it holds till the next one."""
        first = next((column for column, text in enumerate(self._grid.rows[row]) if text), 0)
        name_column = self._name_column or 0
        heading = heading_of(self._grid.rows[row][first] or "")
        is_before = first < name_column and self._grid.rows[row][name_column] is not None
        if not (is_before and heading.role and self._holds.get("group")):
            return False
        self._holds["role"] = (heading.role, (row, first))
        self._rows[row] = list(self._rows[row])
        self._rows[row][first] = None
        return True

    def _is_remark(self, row: int) -> bool:
        first = next((text for text in self._grid.rows[row] if text), "")
        return is_remark(self._grid, row) and not heading_of(first).states_something

    def _is_line(self, row: int, headings: list[tuple[int, Heading]]) -> bool:
        """Whether a row is a line: it states something alone, or names a group as its name."""
        is_row_with_group = "group" in self._known and row > self._header.last and len(headings) > 1
        if not headings or is_row_with_group:
            return False
        if len(headings) == 1:
            return self._is_lone_line(row, *headings[0])
        if all(one.group or one.lead or one.members for _, one in headings):
            return True
        by_column = dict(headings)
        named = by_column.get(-1 if self._name_column is None else self._name_column)
        is_group_row = named is not None and named.group and not named.in_title
        return bool(is_group_row) and row > self._header.last

    def _is_lone_line(self, row: int, column: int, heading: Heading) -> bool:
        if row < self._header.first:
            return heading.states_something
        if column == self._known.get("group"):
            return False
        if heading.group or heading.lead or heading.members:
            return True
        if heading.states_something:
            is_alone = sum(text is not None for text in self._grid.rows[row]) == 1
            return is_alone and not self._names_a_facility(row)
        titles = self._header.titles
        stands_before = column < (self._name_column or 0) and titles[column].known in _BEFORE_NAMES
        return row in self._merged_across or stands_before or self._is_odd_name(row, heading)

    def _is_odd_name(self, row: int, heading: Heading) -> bool:
        """Whether nothing but a text stands in the row of a table, and no name of a facility."""
        is_alone = sum(text is not None for text in self._grid.rows[row]) == 1
        titled = sum(bool(title.written) for title in self._header.titles)
        answer = self._answers.get(f"line:{self._grid.name}:{heading.text}")
        is_named = is_full_name(heading.text) or answer == FACILITY
        return is_alone and titled > _FEW_COLUMNS and not is_named

    def _names_a_facility(self, row: int) -> bool:
        """Whether the name of a row is one of a facility, with or without a number before it."""
        text = self._grid.rows[row][self._name_column or 0]
        if text is None:
            return False
        subject = subject_of(text)
        return is_full_name(subject) and word("facility_type", subject) is None

    # -- what a line states ------------------------------------------------------------------------

    def _read_line(self, row: int, headings: list[tuple[int, Heading]]) -> None:
        known = [(column, one) for column, one in headings if one.states_something]
        if not known:
            self._read_unknown(row, headings[0])
            return
        is_above = row < self._header.first
        for column, heading in known:
            self._read_heading((row, column), heading, is_above=is_above)
        leftover = [column for column, one in headings if not one.states_something]
        self._blank(row, keep=is_above and all(one.in_title for _, one in known))
        self._result.sections += [(row, column) for column in leftover]
        self._result.sections += [
            (row, column)
            for column, text in enumerate(self._grid.rows[row])
            if text is not None and column not in dict(headings)
        ]

    def _read_heading(self, at: Position, heading: Heading, *, is_above: bool) -> None:
        group = self._believed_group(at, heading, is_above=is_above)
        if heading.group and not group and not is_above:
            self._result.sections.append(at)
        if group and "group" not in self._known:
            self._forget()
            self._holds["group"] = (group, at)
            self._level = heading.numbering
            self._result.groups.append(at)
            self._result.above += is_above
        elif heading.is_section or (heading.role and not heading.lead):
            self._read_section(at, heading)
        if heading.lead and self._may_lead():
            self._holds["lead"] = (heading.lead, at)
            self._result.leads.append(at)
            self._result.above += is_above
        if heading.count is not None and not is_above:
            self._open.append(_Open(at, heading))
        if heading.members and self._name_column is not None:
            self._add_members(at, heading.members)

    def _believed_group(self, at: Position, heading: Heading, *, is_above: bool) -> str:
        """The group a line states; one in a title counts where something else speaks for it."""
        if not heading.in_title or not is_above:
            return heading.group
        if is_group_name(sheet_title(self._grid)):
            return ""
        answer = self._answers.get(f"title:{self._grid.name}:{heading.group}", "")
        if answer == "no" or "group" in self._known:
            return ""
        if self._titled_group or answer == "yes":
            return heading.group
        rows = [row for row in self._grid.rows[self._header.last + 1 :] if any(row)]
        self._result.asked.append(Asked("title", heading.group, at, len(rows), "no"))
        return ""

    def _ask_for_titles(self, row: int, headings: list[tuple[int, Heading]]) -> None:
        """Ask for a group that a title above the rows names, where no line is read."""
        for column, heading in headings:
            if heading.in_title and not is_group_name(sheet_title(self._grid)):
                self._believed_group((row, column), heading, is_above=True)

    def _group_of_titles(self) -> bool:
        """Whether the group in a title above the table is meant: its lead is named there, too.

        So it is where another title between the rows names another group.
        """
        above = self._headings(range(max(self._header.first, 0)))
        if any(one.lead for one in above):
            return len({one.group for one in above} - {""}) == 1
        below = self._headings(range(self._header.last + 1, len(self._grid.rows)))
        return any(one.in_title for one in below)

    def _headings(self, rows: range) -> list[Heading]:
        """What the lines of these rows state."""
        cells = [line_cells(self._grid, row) for row in rows]
        return [heading_of(alone[0][1]) for alone in cells if len(alone) == 1]

    def _may_lead(self) -> bool:
        """Whether a lead in a line may be that of the rows: they are of one group."""
        if "lead" in self._known:
            return False
        column = self._known.get("group")
        if column is None:
            return True
        below = self._grid.rows[self._header.last + 1 :]
        named = {row[column] for row in below if row[column] is not None}
        return len(named) == 1

    def _read_section(self, at: Position, heading: Heading) -> None:
        """A heading of a kind; on the level of the groups it ends the last one."""
        if self._level and heading.numbering == self._level:
            self._forget()
        if heading.numbering == words.AMONG:
            self._result.sections.append(at)
            return
        self._end_role(heading)
        self._close_counts(heading.numbering)
        if heading.role and "role" not in self._known:
            self._holds["role"] = (heading.role, at)
        else:
            self._result.sections.append(at)

    def _end_role(self, heading: Heading) -> None:
        """End the last role; whether those of another level lead still, nobody can tell."""
        role = self._holds.pop("role", None)
        if role is None or heading.role:
            self._role_level = heading.numbering
            return
        if role[0] == words.LEAD_ROLE and heading.numbering != self._role_level:
            self._holds.pop("group", None)

    def _read_unknown(self, row: int, line: tuple[int, Heading]) -> None:
        """A line that nobody knows may name a group: till that is said, none holds below."""
        column, heading = line
        if row < self._header.first:
            return
        self._close_unsure()
        at = (row, column)
        answer = self._answers.get(f"line:{self._grid.name}:{heading.text}", "")
        if answer == GROUP:
            self._forget()
            self._holds["group"] = (heading.text, at)
            self._result.groups.append(at)
        elif answer != SECTION:
            self._forget()
        if answer == SECTION:
            self._result.sections.append(at)
        elif answer != GROUP:
            self._result.strays.append(at)
        self._blank(row)
        self._unsure = Asked("line", heading.text, at, 0, NOBODY)

    def _add_members(self, at: Position, members: str) -> None:
        """The members that a line lists stand in its row, as names."""
        row, _ = at
        column = self._name_column or 0
        line: list[str | None] = [None] * self._grid.width
        line[column] = members
        self._rows[row] = line
        self._origins[row, column] = at
        self._hold_for(row)

    # -- what holds for a row ----------------------------------------------------------------------

    def _read_data(self, row: int) -> None:
        self._has_rows = True
        self._hold_for(row)
        self._take_number_off(row)
        lead = self._lead_in(row)
        if lead is not None and "role" not in self._known:
            self._added["role"][row] = (words.LEAD_ROLE, lead)
        for one in self._open:
            one.rows.add(row)
        if self._unsure is not None:
            self._unsure = replace(self._unsure, decides=self._unsure.decides + 1)

    def _take_number_off(self, row: int) -> None:
        """一、甲县人民医院 is called 甲县人民医院."""
        column = self._name_column or 0
        text = self._grid.rows[row][column]
        if text is not None and subject_of(text) != text and self._names_a_facility(row):
            self._rows[row] = list(self._rows[row])
            self._rows[row][column] = subject_of(text)

    def _hold_for(self, row: int) -> None:
        for name, stated in self._holds.items():
            self._added[name][row] = stated

    def _lead_in(self, row: int) -> Position | None:
        """The cell of a row that says that its facility leads: 牵头医院, or （牵头） behind it."""
        if "lead" in self._known or "role" in self._known or self._name_column is None:
            return None
        for column, text in enumerate(self._grid.rows[row]):
            if text is None:
                continue
            said = readable(text)
            first_clause = words.CLAUSE_END.split(said, maxsplit=1)[0]
            is_said = column != self._name_column and fold(first_clause) in LEAD_ROLES
            if is_said or (column == self._name_column and words.IN_BRACKETS_LEAD.search(said)):
                return row, column
        return None

    def _forget(self) -> None:
        """Let nothing above hold any longer."""
        self._holds.clear()
        self._close_counts()
        self._close_unsure()
        self._has_rows = False

    def _close_counts(self, numbering: str | None = None) -> None:
        """End the headings that are being counted: all of them, or the sections of one level."""
        going_on = []
        for one in self._open:
            heading = one.heading
            if numbering is None or (not heading.group and heading.numbering == numbering):
                counted = (heading.text, heading.count or 0, frozenset(one.rows))
                self._result.counts.append(CountedHeading(self._grid.part, one.cell, *counted))
            else:
                going_on.append(one)
        self._open = going_on

    def _close_unsure(self) -> None:
        unsure = self._unsure
        if unsure is not None and (unsure.decides or not unsure.subject.endswith(tuple(STOPS))):
            self._result.asked.append(unsure)  # a sentence below all rows decides nothing
        self._unsure = None

    def _blank(self, row: int, *, keep: bool = False) -> None:
        """Take a line out of the rows; a title above the table stays, for it is also its title."""
        if not keep and (row, self._name_column) not in self._origins:
            self._rows[row] = [None] * self._grid.width
