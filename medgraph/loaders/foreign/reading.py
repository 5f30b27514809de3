"""Read a whole workbook under a mapping: every sheet to its rows, all rows to one network."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from medgraph.graphmodel import schema
from medgraph.graphmodel.completeness import MARK
from medgraph.graphmodel.register import EDITION, REGISTER
from medgraph.graphmodel.unseen_signs import told
from medgraph.loaders.foreign.cell_account import Cell, CellAccount, Open, Unread, cells_of_row
from medgraph.loaders.foreign.covered_areas import CoveredAreas, register_of
from medgraph.loaders.foreign.declared_tables import tables_read
from medgraph.loaders.foreign.header import Header, find_header, header_at
from medgraph.loaders.foreign.laid_tables import Laid
from medgraph.loaders.foreign.layouts import lay_out
from medgraph.loaders.foreign.mapping import (
    Column,
    SheetRule,
    WorkbookMapping,
    column_number,
    fill_down,
)
from medgraph.loaders.foreign.meanings import label_of
from medgraph.loaders.foreign.proposal import propose_columns
from medgraph.loaders.foreign.roster import read_roster
from medgraph.loaders.foreign.sheet_rows import SheetRows, leave_line, leave_table, read_rows
from medgraph.loaders.foreign.titles import known_in, plain_title
from medgraph.loaders.tabular.assembly import Intake
from medgraph.loaders.tabular.sheets import Sheet, letter
from medgraph.words.columns.ambiguous import may_mean
from medgraph.words.foreign_workbooks import NONE_KNOWN, UNIT_ABOVE
from medgraph.words.joining import clauses, listed
from medgraph.words.numerals import factor_of
from medgraph.words.punctuation import LIST_COMMA
from medgraph.words.say import Problem, in_every_language, language, problem, say
from medgraph.words.simplified import readable
from medgraph.words.vocabularies import label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import pyarrow as pa

    from medgraph.loaders.foreign.referral_records import ReferralCount
    from medgraph.loaders.foreign.task_records import TaskLine
    from medgraph.loaders.loaded import Loaded
    from medgraph.loaders.workbooks.grid import Grid

_FILES_NAMED = 5
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True)
class Reading:
    """What a workbook gave under a mapping: the load, and the account of its cells.

    `problems` are all but the remark on the whole, `counts` its counts of referrals, `tasks`
    what it states of tasks. `keeps_edits`: it was read under the edits in the 对照 of the workbook
    that it replaces.
    """

    loaded: Loaded
    account: CellAccount
    mapping: WorkbookMapping
    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()
    counts: Sequence[ReferralCount] = ()
    tasks: Sequence[TaskLine] = ()
    keeps_edits: bool = False


def read_workbook(
    grids: Sequence[Grid],
    mapping: WorkbookMapping,
    *,
    lenient: bool = False,
    notes: Sequence[tuple[str, str]] = (),
) -> Reading:
    """Read the sheets under a mapping; what is uncertain stays out and is named in the account.

    `notes` are files that were left alone, with the reason.
    """
    account = CellAccount()
    remarks = dict.fromkeys((grid.file, grid.remark) for grid in grids if grid.remark)
    for file, text in (*notes, *remarks):
        account.note(file, text)
    account.problems += _unseen(grids)
    account.skip_persons(grids)
    laid = [_laid_out(grid, mapping, account) for grid in grids]
    tables = [table for one in laid for table in one.tables]
    mapping.sheets = _rules_of_sheets(mapping, tables)
    _warn_of_unused_rules(mapping, tables, account)
    found = [_sheet_rows(table, mapping, account) for table in tables]
    _add_counts(laid, found)
    read = [rows for rows in found if rows is not None]
    areas = CoveredAreas(register_of(mapping.area))
    roster = read_roster(read, mapping, areas, account)
    for rows in read:
        for row in rows.rows:
            for number, column in rows.columns.items():
                cell = Cell(rows.grid, row, number, rows.grid.rows[row][number] or "")
                if column.to:
                    account.close_known(cell, column.title)
    for grid in grids:
        account.close(grid)
    has_villages = any(rows.column("village") is not None for rows in read)
    complete = tables_read(read, account) if mapping.complete else ()
    meta = _meta(mapping, grids, areas.register, complete, has_villages=has_villages)
    intake = Intake(
        [*_area_tables(areas.register), *roster.tables],
        meta,
        notes=account.problems,
        lost_values=account.lost_values,
    )
    loaded = intake.load(lenient=lenient).doubting(account.doubtful)
    if loaded.network is not None:
        _name_what_was_not_loaded(loaded, grids, account)
    remark = _remark_on_whole(mapping, grids, account)
    whole = replace(loaded, problems=(*loaded.problems, *remark))
    return Reading(
        whole, account, mapping, tuple(grids), loaded.problems, roster.counts, roster.tasks
    )


def _unseen(grids: Sequence[Grid]) -> Iterator[Problem]:
    """Tell once of each sheet where signs that nobody sees were taken out."""
    for grid in grids:
        if grid.unseen:
            row, column, _ = grid.unseen[0]
            yield told(grid.place(row, column), [text for _, _, text in grid.unseen])


def _name_what_was_not_loaded(loaded: Loaded, grids: Sequence[Grid], account: CellAccount) -> None:
    """Name what was understood and could not be loaded: cells of faults, then rows left out."""
    named = set(account.problems)
    by_name = {grid.name: grid for grid in grids}
    for found in loaded.errors:
        if found not in named:
            account.not_valid(found, _cell_at(found.place, by_name))
    for left in loaded.left_rows:
        account.unread.append(Unread(left.place, "", left.reason))
        sheet, _, cell = left.place.rpartition("!")
        row = re.search(r"\d+", cell)
        if row and sheet in by_name:
            account.not_loaded(by_name[sheet], int(row[0]) - 1, left.reason)


def _cell_at(place: str, grids: Mapping[str, Grid]) -> Cell | None:
    """The cell of an address; None where that names no single one."""
    sheet, _, at = place.rpartition("!")
    found = _ADDRESS.fullmatch(at)
    column = column_number(found[1]) if found else None
    if found is None or column is None or sheet not in grids:
        return None
    return Cell(grids[sheet], int(found[2]) - 1, column)


def _remark_on_whole(
    mapping: WorkbookMapping, grids: Sequence[Grid], account: CellAccount
) -> list[Problem]:
    """Say that nobody confirmed the mapping, or that not all was understood under it."""
    if mapping.confirmed and not account.counts["unread"]:
        return []
    code = "W178" if mapping.confirmed else "W177"
    return [problem(code, place=grids[0].file, value=say("tidy_accounted", **account.counts))]


# -- which rule holds for which sheet --------------------------------------------------------------


def _rules_of_sheets(mapping: WorkbookMapping, grids: Sequence[Grid]) -> list[SheetRule]:
    """The rules; one that names no columns once for each of its sheets, with proposed columns."""
    rules: list[SheetRule] = []
    for rule in mapping.sheets:
        own = [grid for grid in grids if grid.rows and mapping.rule(grid.title) is rule]
        is_settled = rule.columns or rule.candidates or rule.kind == "skip"
        if is_settled or not own:
            rules.append(rule)
        else:
            rules += [_with_columns(rule, grid) for grid in own]
    return rules


def _with_columns(rule: SheetRule, grid: Grid) -> SheetRule:
    header = _header(grid, rule)
    columns = propose_columns(grid, header) if header.found else []
    unknown = fill_down(columns, rule.fill_down) if columns else rule.fill_down
    return replace(rule, name=grid.title, columns=columns, fill_down=unknown)


def _warn_of_unused_rules(
    mapping: WorkbookMapping, grids: Sequence[Grid], account: CellAccount
) -> None:
    used = [mapping.rule(grid.title) for grid in grids]
    for rule in mapping.sheets:
        if not any(rule is one for one in used):
            account.warn("W183", "", value=rule.name)


# -- how the sheets are laid out -------------------------------------------------------------------


def _laid_out(grid: Grid, mapping: WorkbookMapping, account: CellAccount) -> Laid:
    """A sheet laid out as its rule says; the lines between its rows are accounted for."""
    rule = mapping.rule(grid.name)
    if rule is None or rule.kind == "skip" or (grid.hidden and rule.hidden == "skip"):
        return Laid("", [grid])
    laid = lay_out(grid, rule.layout, mapping.answers)
    if laid.evidence:
        sure = say(f"layout_confidence_{laid.confidence}")
        rule.layout_why = say("layout_evidence", evidence=laid.evidence, confidence=sure)
        account.note(grid.name, rule.layout_why)
    _note_unseen(grid, account)
    _ask(grid, laid, mapping, account)
    for row, column in laid.sections:
        account.skip(Cell(grid, row, column), say("foreign_skip_section"))
    for row, column in laid.strays:
        cell = Cell(grid, row, column, grid.rows[row][column] or "")
        leave_line(cell, account)
    return laid


def _note_unseen(grid: Grid, account: CellAccount) -> None:
    """Tell that a filter is set and which columns are hidden: both are read."""
    if grid.is_filtered:
        account.note(grid.name, say("foreign_note_filter"))
    hidden = sorted(column for column in grid.hidden_columns if column < grid.width)
    if hidden:
        letters = listed(map(letter, hidden))
        account.note(grid.name, say("foreign_note_hidden_columns", columns=letters))


def _ask(grid: Grid, laid: Laid, mapping: WorkbookMapping, account: CellAccount) -> None:
    """Ask what the layout leaves open, and for the layout itself where it is not sure."""
    kinds = set()
    for one in laid.asked:
        kinds.add(one.kind)
        if f"{one.kind}:{grid.name}:{one.subject}" not in mapping.answers:
            asked = Open(one.kind, grid.name, one.subject, one.subject, [grid.place(*one.cell)])
            asked.decides, asked.assumed = one.decides, one.assumed
            account.ask(asked)
    if laid.confidence != "high" and not kinds and f"layout:{grid.name}:" not in mapping.answers:
        rows = sum(1 for table in laid.tables for row in table.rows if any(row))
        shown = label("layout", laid.layout, language())
        asked = Open("layout", grid.name, "", shown, [grid.name], rows, laid.layout)
        asked.why = laid.evidence
        account.ask(asked)


def _add_counts(laid: Sequence[Laid], read: Sequence[SheetRows | None]) -> None:
    """Give the tables the headings that say how many facilities stand below them."""
    begin = 0
    for one in laid:
        for counted in one.counts:
            rows = read[begin + counted.table]
            if rows is not None:
                rows.headings.append(counted)
        begin += len(one.tables)


# -- one sheet -------------------------------------------------------------------------------------


def _sheet_rows(grid: Grid, mapping: WorkbookMapping, account: CellAccount) -> SheetRows | None:
    """The rows of a sheet; None, with every cell accounted for, where it is not read."""
    rule = mapping.rule(grid.title)
    reason = _reason_to_skip(grid, rule)
    if rule is None or reason:
        _skip_sheet(grid, say(reason), account)
        return None
    header = _header(grid, rule)
    if not header.found:
        candidates = rule.candidates or header.candidates
        _name_missing_header(grid, candidates, account)
        asked = Open("header", rule.name, "", grid.title, [grid.title], len(grid.rows))
        asked.why = clauses(candidates)
        account.ask(asked)
        return None
    _read_above_header(grid, header, account, confirmed=mapping.confirmed)
    _use_header(grid, header, account)
    columns = _columns(grid, rule, header, account)
    for number, column in columns.items():
        if not column.to:
            place = grid.place(header.last, number)
            account.warn("W179", place, value=column.title or column.at)
            title = column.title or column.at
            filled = sum(row[number] is not None for row in grid.rows[header.last + 1 :])
            asked = Open("column", rule.name, column.at, title, [place], filled)
            asked.offered = tuple(
                label_of(meaning, "", language()) for meaning in _may_mean(column.title)
            )
            account.ask(asked)
        elif column.to in ("skip", "serial"):
            _skip_column(grid, header, number, column.to, account)
    used = {number: column for number, column in columns.items() if column.to not in ("", "skip")}
    rows = read_rows(grid, rule, header, used, account)
    rows.unread = tuple(column.title for column in columns.values() if not column.to)
    return rows


def _may_mean(title: str) -> tuple[str, ...]:
    """What a column of an ambiguous title may be; any meaning may be written all the same."""
    meanings = may_mean(plain_title(title))
    return (*meanings, "skip") if meanings else ()


def _reason_to_skip(grid: Grid, rule: SheetRule | None) -> str:
    """The key of the reason why a sheet is not read; empty where it is."""
    if rule is None:
        return "foreign_skip_no_rule"
    if grid.hidden and rule.hidden == "skip":
        return "foreign_skip_hidden_sheet"
    return "foreign_skip_sheet" if rule.kind == "skip" and not rule.candidates else ""


def _skip_sheet(grid: Grid, reason: str, account: CellAccount) -> None:
    for row in range(len(grid.rows)):
        account.skip_row(grid, row, reason)
    if grid.rows:
        account.note(grid.name, reason)


def _header(grid: Grid, rule: SheetRule) -> Header:
    if not rule.header:
        return find_header(grid)
    first, last = rule.header
    if first > len(grid.rows):
        return Header()
    return header_at(grid, first - 1, min(last, len(grid.rows)) - 1)


def _name_missing_header(grid: Grid, candidates: Sequence[str], account: CellAccount) -> None:
    row, column = next(grid.filled(), (0, 0))
    shown = clauses(candidates) or NONE_KNOWN
    account.wrong(Cell(grid, row, column), "E174", value=grid.name, candidates=shown)


def _read_above_header(
    grid: Grid, header: Header, account: CellAccount, *, confirmed: bool
) -> None:
    """Skip the texts above a header; a table that stands there is named, unless confirmed."""
    end = header.first
    if not confirmed:
        end = next((row for row in range(end) if known_in(grid.rows[row])), end)
    if end < header.first:
        leave_table(grid, end, header.first, account)
    for row in range(end):
        account.skip_row(grid, row, say("foreign_skip_above"))
        for cell in cells_of_row(grid, row):
            unit = UNIT_ABOVE.search(readable(cell.text))
            if unit and factor_of(unit[1]) > 1:
                account.warn("W181", cell.place, value=cell.text)


def _use_header(grid: Grid, header: Header, account: CellAccount) -> None:
    for row in range(header.first, header.last + 1):
        for cell in cells_of_row(grid, row):
            account.use(cell)
    numbers = dict.fromkeys((header.first + 1, header.last + 1))
    rows = "-".join(map(str, numbers))
    account.note(grid.place(header.first), say("foreign_note_header", rows=rows))


def _columns(
    grid: Grid, rule: SheetRule, header: Header, account: CellAccount
) -> dict[int, Column]:
    """What each column means; title and unit are of this sheet, for one rule may have several."""
    titles = [title.written for title in header.titles]
    place = grid.place(header.last)
    found: dict[int, Column] = {}
    for column in rule.columns or propose_columns(grid, header):
        number = column_number(column.at, titles)
        if number is None or number >= grid.width:
            account.warn("W182", place, value=column.title or column.at)
            continue
        title = header.titles[number]
        found[number] = replace(
            column, title=title.written or column.title, unit=column.unit or title.unit
        )
    for at in fill_down(tuple(found.values()), rule.fill_down):
        account.warn("W182", place, value=at)
    return found


def _skip_column(
    grid: Grid, header: Header, column: int, meaning: str, account: CellAccount
) -> None:
    reason = say("foreign_skip_serial" if meaning == "serial" else "foreign_skip_column")
    for row in range(header.last + 1, len(grid.rows)):
        if grid.rows[row][column] is not None:
            account.skip(Cell(grid, row, column), reason)


# -- what stands beside the rows -------------------------------------------------------------------


def _area_tables(register: pa.Table) -> list[Sheet]:
    """The townships that the network covers, as a table."""
    if not len(register):
        return []
    name = f"{REGISTER} {EDITION}"
    columns = register.column_names
    return [
        Sheet(
            schema.AREAS,
            name,
            name,
            tuple(columns),
            tuple(column.combine_chunks() for column in register.columns),
            np.arange(1, len(register) + 1),
            keys=tuple("type" if column == "kind" else column for column in columns),
        )
    ]


def _meta(
    mapping: WorkbookMapping,
    grids: Sequence[Grid],
    register: pa.Table,
    complete: Sequence[str],
    *,
    has_villages: bool,
) -> dict[str, str]:
    """What holds for the whole; the register lists all townships, and no villages."""
    files = list(dict.fromkeys(grid.file for grid in grids))
    meta = {"source": LIST_COMMA.join(files[:_FILES_NAMED]), **mapping.meta}
    if len(register):
        meta |= {"register": REGISTER, "edition": EDITION}
    if len(register) and not has_villages:
        meta |= {"areas.complete": "complete", "areas.complete_by": f"{REGISTER} {EDITION}"}
    for table in complete:
        meta |= {f"{table}.complete": "complete", f"{table}.complete_by": meta["source"]}
    if not mapping.confirmed:
        meta["stamp"] = say("foreign_stamp")
    return meta


def stated_of_itself(meta: Mapping[str, str]) -> set[str]:
    """Return the keys of what a workbook states only because of how it was read, as `_meta` does.

    >>> stated = {"source": "u.xlsx", "title": "T", "facilities.complete": "complete"}
    >>> sorted(stated_of_itself(stated | {"facilities.complete_by": "u.xlsx"}))
    ['facilities.complete', 'facilities.complete_by', 'source']
    """
    offices = {meta.get("source"), f"{REGISTER} {EDITION}"}
    declared = [key for key in meta if key.endswith(MARK) and meta.get(f"{key}_by") in offices]
    said: dict[str, Collection[str | None]] = {
        "source": {meta.get("source")},
        "register": {REGISTER},
        "edition": {EDITION},
        "stamp": in_every_language("foreign_stamp"),
    }
    own = {key for key, texts in said.items() if meta.get(key) in texts}
    return own | {key for key in meta if key.startswith(tuple(declared))}
