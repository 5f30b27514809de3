"""Propose what the sheets of an unknown workbook mean; a person confirms it in 对照."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.matching import normal
from medgraph.graphmodel.register import names as register_names
from medgraph.loaders.foreign.cell_values import is_nothing
from medgraph.loaders.foreign.facilities import is_full_name
from medgraph.loaders.foreign.group_names import is_group_name
from medgraph.loaders.foreign.header import Header, find_header
from medgraph.loaders.foreign.layouts import RECOGNISE, lay_out
from medgraph.loaders.foreign.list_cells import is_list, names_of
from medgraph.loaders.foreign.mapping import Column, SheetRule, WorkbookMapping
from medgraph.loaders.foreign.meanings import CENTRE_MEANINGS, UP_COUNTS
from medgraph.loaders.foreign.proposed_scope import propose_area, propose_meta
from medgraph.loaders.foreign.row_kinds import says_several
from medgraph.loaders.foreign.sheet_rows import sheet_title
from medgraph.loaders.foreign.titles import ACROSS, is_of_clinics, plain_title
from medgraph.loaders.tabular.sheets import letter
from medgraph.loaders.workbooks.grid import PART
from medgraph.loaders.workbooks.persons import is_person_title
from medgraph.words.foreign_workbooks import LEVEL_GRADE, NO_TICKS, NONE_KNOWN, NUMBER, TICKS
from medgraph.words.lexicon import FACILITY_ENDS, GROUP_ENDS
from medgraph.words.simplified import simple
from medgraph.words.stated import is_plain_answer
from medgraph.words.vocabularies import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.loaders.foreign.titles import Title
    from medgraph.loaders.workbooks.grid import Grid

# Columns where a blank may mean the cell above.
_FILLED = frozenset({"group", "lead", "alliance", "county", "area"})
# Columns of names, in which no numbers stand.
_OF_NAMES = frozenset({"name", "members", "lead", "group"})
_SAMPLE = 200
# What a column of numbers counts that is titled as a relation: patients, and no link.
_COUNTED_AS = {"REFERS_UP_TO": "referred_up", "REFERS_DOWN_TO": "referred_down"}
_TICKED_SHARE = 0.7  # so many of the texts of a column of ticks are ticks


def propose(grids: Sequence[Grid]) -> WorkbookMapping:
    """Return a mapping that reads what can be read; unconfirmed, with candidates of headers."""
    tables, rules = _tables_and_rules(grids, {}, {})
    area = propose_area(tables, rules)
    _state_by_names(tables, rules, area)
    return WorkbookMapping(sheets=rules, area=area, meta=propose_meta(tables, rules))


def propose_anew(mapping: WorkbookMapping, grids: Sequence[Grid]) -> None:
    """Propose the rules of those sheets again that a person says are laid out in another way."""
    changed = {rule.name: rule.layout for rule in mapping.sheets if rule.is_changed}
    own = [grid for grid in grids if grid.name in changed]
    tables, rules = _tables_and_rules(own, changed, mapping.answers)
    _state_by_names(tables, rules, mapping.area)
    others = [rule for rule in mapping.sheets if rule.name.split(PART)[0] not in changed]
    mapping.sheets = others + rules


def _tables_and_rules(
    grids: Sequence[Grid], layouts: Mapping[str, str], answers: Mapping[str, str]
) -> tuple[list[Grid], list[SheetRule]]:
    """The tables of sheets, as they are laid out, each with its rule."""
    tables: list[Grid] = []
    rules: list[SheetRule] = []
    for grid in grids:
        laid = lay_out(grid, layouts.get(grid.name, RECOGNISE), answers)
        tables += laid.tables
        rules += [_sheet(table) for table in laid.tables]
        rules[-len(laid.tables)].layout = laid.layout if grid.rows else ""
    return tables, rules


def _state_by_names(
    tables: Sequence[Grid], rules: Sequence[SheetRule], area: Sequence[str]
) -> None:
    """Let the names of sheets state what no column does."""
    counties = register_names([f"{code}000000" for code in area]).values()
    known_counties = set(map(normal, counties))
    for table, rule in zip(tables, rules, strict=True):
        if rule.kind == "facilities":
            rule.sheet_name = _stated_by_name(sheet_title(table), rule, known_counties)


def _stated_by_name(title: str, rule: SheetRule, counties: set[str]) -> str:
    """What the name of a sheet states of its rows, where no column does."""
    if normal(title) in counties and not rule.has("county"):
        return "county"
    if is_group_name(title) and not rule.has("group"):
        return "group"
    return ""


def _sheet(grid: Grid) -> SheetRule:
    if not grid.rows:
        return SheetRule(grid.title, kind="skip")
    hidden = "skip" if grid.hidden else "read"
    header = find_header(grid)
    if not header.found and _is_prose(grid):
        return SheetRule(grid.title, kind="skip", hidden=hidden)
    if not header.found:
        return SheetRule(grid.title, hidden=hidden, candidates=header.candidates or (NONE_KNOWN,))
    columns = propose_columns(grid, header)
    kind = _kind(grid, header, columns)
    for column in columns:
        if column.to in CENTRE_MEANINGS and kind != "centres":  # 承办单位 may be of anything
            column.to = ""
    return SheetRule(
        grid.title,
        kind=kind,
        header=(header.first + 1, header.last + 1),
        hidden=hidden,
        columns=columns,
    )


def _is_prose(grid: Grid) -> bool:
    """Whether a sheet has one text in a row at most, and none that may be of a facility or group.

    How to fill in the other sheets is written so.
    """
    texts = [text for row in grid.rows for text in row if text is not None]
    is_one_a_row = len(texts) == sum(any(row) for row in grid.rows)
    names_somebody = any(end in text for text in texts for end in (*FACILITY_ENDS, *GROUP_ENDS))
    return is_one_a_row and not names_somebody


# -- columns ---------------------------------------------------------------------------------------


def propose_columns(grid: Grid, header: Header) -> list[Column]:
    """Return what each column probably means, in their order; an unknown title means nothing.

    Of two columns of one meaning the second is not read; a person may say otherwise. Members may
    stand in several columns, by their level.
    """
    columns: list[Column] = []
    for number, title in enumerate(header.titles):
        texts = _sample(grid, header, number)
        if not title.written and not texts:
            continue
        to, relation = _meaning(title, texts)
        if not to and is_person_title(title.written.split("/")[-1]):
            to = "skip"
        is_taken = any(column.to == to for column in columns)
        if is_taken and to == "name" and is_of_clinics(title.written):
            to, is_taken = "clinics", False
        if is_taken and to == "members":
            is_taken = not _name_facilities(texts)
        if is_taken and to not in ("relation", "skip"):
            to = ""
        column = Column(letter(number), to, title.written, title.unit, relation=relation)
        is_added = (header.last, number) in grid.origins
        if to in _FILLED and not is_added and _has_gaps(grid, header, number):
            column.fill = "ask"
        columns.append(column)
    _beside_others(columns)
    return columns


def _beside_others(columns: Sequence[Column]) -> None:
    """Let columns mean what they do beside others: a group, or counts of patients."""
    has_group = any(column.to == "group" for column in columns)
    has_counts = any(column.to in UP_COUNTS for column in columns)
    for column in columns:
        if has_counts and column.relation == "REFERS_UP_TO":  # whom the patients counted went to
            column.to, column.relation = "referred_to", ""
        if has_group and column.to == "lead":  # who leads a group need be stated but once
            column.fill = "no"


def _meaning(title: Title, texts: Sequence[str]) -> tuple[str, str]:
    """What a column states, and its relation where it is one of a matrix."""
    counts = _are_numbers(texts) and any(map(str.isdigit, "".join(texts)))
    names_nobody = not any(map(is_full_name, texts))
    if counts and title.known in _OF_NAMES and names_nobody:  # 成员单位 stands above 在岗人员
        return "", ""
    if title.known == "name" and sum(map(is_group_name, texts)) * 2 > len(texts):
        return "group", ""
    if title.known == "lead" and texts and all(map(is_plain_answer, texts)):
        return "role", ""  # whether it leads
    if title.known == "level_grade" and not _are_grades(texts):
        return "", ""
    if title.known == ACROSS or (not title.known and _are_ticks(texts)):
        return _across(title.written, texts)
    return title.known, ""


def _are_grades(texts: Sequence[str]) -> bool:
    """Whether texts are the grades of levels, where they say anything."""
    return all(LEVEL_GRADE.fullmatch(simple(text)) for text in texts if not is_nothing(text))


def _are_numbers(texts: Sequence[str]) -> bool:
    """Whether at least half of the texts are numbers."""
    return sum(bool(NUMBER.fullmatch(text)) for text in texts) * 2 >= len(texts) > 0


def _name_facilities(texts: Sequence[str]) -> bool:
    """Whether at least half of the texts that say something hold the full name of a facility."""
    said = [text for text in texts if not is_nothing(text)]
    named = [text for text in said if any(map(is_full_name, names_of(text)))]
    return len(named) * 2 >= len(said) > 0


def _sample(grid: Grid, header: Header, column: int) -> list[str]:
    """The texts of a column in the first rows below a header."""
    below = grid.rows[header.last + 1 :]
    texts = (row[column] for row in below[:_SAMPLE] if column < len(row))
    return [text for text in texts if text is not None]


def _are_ticks(texts: Sequence[str]) -> bool:
    ticks = [text for text in texts if text in TICKS or text in NO_TICKS]
    return bool(texts) and len(ticks) >= len(texts) * _TICKED_SHARE


def _across(title: str, texts: Sequence[str]) -> tuple[str, str]:
    """What a column of a matrix links its rows to: a group, a centre, or those it names."""
    plain = plain_title(title.split("/")[-1])
    if word("centre_type", plain):
        return ("relation", "USES_CENTRE") if _are_ticks(texts) else ("", "")
    if is_group_name(plain):
        return "relation", "MEMBER_OF"
    relation = word("relation", plain)
    if relation in _COUNTED_AS and _are_numbers(texts):
        return _COUNTED_AS[relation], ""
    full_names = sum(is_full_name(text) for text in texts)
    if relation and full_names * 2 > len(texts):
        return "relation", relation
    return "", ""


def _has_gaps(grid: Grid, header: Header, column: int) -> bool:
    """Whether blanks stand below a text, in rows that say something else."""
    merged = {
        row
        for top, left, bottom, _ in grid.merged
        if left == column
        for row in range(top + 1, bottom + 1)
    }
    is_below_text = False
    for row in range(header.last + 1, len(grid.rows)):
        if grid.rows[row][column] is not None:
            is_below_text = True
        elif is_below_text and row not in merged and _says_more(grid, row):
            return True
    return False


def _says_more(grid: Grid, row: int) -> bool:
    """Whether a row says something beside a gap: more than one thing, or who it is about."""
    alone = next((text for text in grid.rows[row] if text is not None), "")
    return is_full_name(alone) or says_several(grid, row)


# -- what the rows of a sheet are ------------------------------------------------------------------


def _kind(grid: Grid, header: Header, columns: Sequence[Column]) -> str:
    stated = {column.to for column in columns}
    if {"posted_from", "posted_to"} <= stated:
        return "postings"
    if "task" in stated and stated & {"task_department", "task_deadline", "task_progress", "lead"}:
        return "tasks"
    if "centre" in stated and stated & {"centre_host", "centre_users"}:
        return "centres"
    has_name, has_members = "name" in stated, "members" in stated
    if has_name and sum(column.to == "relation" for column in columns) > 1:
        return "matrix"
    if has_members and not has_name and stated & {"group", "alliance", "lead"}:
        of_members = sum(column.to == "members" for column in columns)
        is_of_groups = "type" in stated or of_members > 1 or _lists_members(grid, header)
        return "groups" if is_of_groups else "facilities"
    if has_name and has_members and "lead" in stated and "group" not in stated:
        return "groups"
    if has_name or has_members:
        return "facilities"
    return "groups" if stated & {"group", "lead"} else "skip"


def _lists_members(grid: Grid, header: Header) -> bool:
    """Whether a cell of members names several."""
    meanings = [title.known for title in header.titles]
    return any(is_list(text) for text in _sample(grid, header, meanings.index("members")))
