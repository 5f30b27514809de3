"""Read a whole workbook under a mapping: every sheet to its body, all bodies to one roster, that to a network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from medgraph.graphmodel import schema
from medgraph.graphmodel.register import EDITION, REGISTER
from medgraph.loaders.foreign.cell_account import CellAccount, Unread
from medgraph.loaders.foreign.cell_values import factor_of
from medgraph.loaders.foreign.facilities import Places, register_of
from medgraph.loaders.foreign.header import Header, find_header, header_at, known_in
from medgraph.loaders.foreign.mapping import (
    Column,
    MessyMapping,
    SheetRule,
    column_number,
    filled_down,
)
from medgraph.loaders.foreign.proposal import columns_of
from medgraph.loaders.foreign.roster import Roster
from medgraph.loaders.foreign.sheet_rows import Body, leave_table, read_body
from medgraph.loaders.loaded import Loaded
from medgraph.loaders.tabular.assembly import Intake
from medgraph.loaders.tabular.sheets import Sheet
from medgraph.loaders.workbooks.grid import Grid
from medgraph.words.say import Problem, problem, say

_UNIT_ABOVE = re.compile(r"单位\s*:\s*([\w/]+)")


@dataclass(frozen=True)
class Reading:
    """What a workbook gave under a mapping: the load, and the account of its cells."""

    loaded: Loaded
    account: CellAccount
    mapping: MessyMapping
    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()  # all but the remark on the whole


def read_workbook(
    grids: Sequence[Grid],
    mapping: MessyMapping,
    *,
    lenient: bool = False,
    notes: Sequence[tuple[str, str]] = (),
) -> Reading:
    """Read the sheets under a mapping; what is uncertain stays out of the network and is named in the account."""
    account = CellAccount()
    for file, reason in notes:
        account.note(file, reason)
    for file, remark in dict.fromkeys((grid.file, grid.remark) for grid in grids if grid.remark):
        account.note(file, remark)
    mapping.sheets = _settled(mapping, grids)
    for rule in mapping.sheets:
        if not any(mapping.rule(grid.name) is rule for grid in grids):
            account.warn("W183", "", value=rule.name)
    bodies = [body for grid in grids if (body := _body(grid, mapping, account)) is not None]
    places = Places(register_of(mapping.area))
    roster = Roster(mapping, places, account)
    roster.read(bodies)
    for place, rows in roster.padded.items():
        if rows:
            account.note(place.rstrip("0123456789"), say("messy_note_padded", count=len(rows)))
    if roster.typed_by_name:
        account.note("", say("messy_note_typed", count=len(roster.typed_by_name)))
    for grid in grids:
        account.close(grid)
    sheets = [*_areas(places.table), *roster.tables.sheets()]
    loaded = Intake(sheets, _meta(mapping, grids, places), notes=account.problems).load(
        lenient=lenient
    )
    if loaded.network is not None:
        _left_out(loaded, grids, account)
    remarks = _remarks(mapping, grids, account)
    return Reading(
        replace(loaded, problems=(*loaded.problems, *remarks)),
        account,
        mapping,
        tuple(grids),
        loaded.problems,
    )


def _left_out(loaded: Loaded, grids: Sequence[Grid], account: CellAccount) -> None:
    """Name what was understood and could not be loaded: the cells of faults, then the rows that were left out."""
    named = set(account.problems)
    for found in loaded.errors:
        if found not in named:
            account.unread.append(
                Unread(found.place, found.value, f"{found.message} [{found.code}]", found.advice)
            )
    by_name = {grid.name: grid for grid in grids}
    for left in loaded.left_rows:
        account.unread.append(Unread(left.place, "", left.reason))
        sheet, _, cell = left.place.rpartition("!")
        if sheet in by_name and (row := re.search(r"\d+", cell)):
            account.not_loaded(by_name[sheet], int(row[0]) - 1, left.reason)


def _settled(mapping: MessyMapping, grids: Sequence[Grid]) -> list[SheetRule]:
    """The rules, those that name no columns once for each of their sheets, with the columns that are guessed there."""
    rules: list[SheetRule] = []
    for rule in mapping.sheets:
        mine = [grid for grid in grids if grid.rows and mapping.rule(grid.name) is rule]
        if rule.columns or rule.kind == "skip" or rule.candidates or not mine:
            rules.append(rule)
            continue
        for grid in mine:
            header = _header(grid, rule)
            columns = columns_of(grid, header) if header.found else []
            rules.append(
                replace(
                    rule,
                    name=grid.name,
                    columns=columns,
                    fill_down=filled_down(columns, rule.fill_down) if columns else rule.fill_down,
                )
            )
    return rules


def _remarks(mapping: MessyMapping, grids: Sequence[Grid], account: CellAccount) -> list[Problem]:
    """What holds for the whole: that nobody confirmed the guess, or that not all of it was understood."""
    code = "W178" if mapping.confirmed else "W177"
    if mapping.confirmed and not account.counts["unread"]:
        return []
    return [problem(code, place=grids[0].file, value=say("tidy_accounted", **account.counts))]


def _body(grid: Grid, mapping: MessyMapping, account: CellAccount) -> Body | None:
    """The body of a sheet; None, with every cell accounted for, where the sheet is not read."""
    rule = mapping.rule(grid.name)
    reason = _unread_sheet(grid, rule)
    if reason:
        for row in range(len(grid.rows)):
            account.skip_row(grid, row, reason)
        if grid.rows:
            account.note(grid.name, reason)
        return None
    header = _header(grid, rule)
    if not header.found:
        where = next(grid.filled(), (0, 0))
        account.wrong(
            grid,
            *where,
            "E174",
            value=grid.name,
            candidates="；".join(rule.candidates or header.candidates) or "—",
        )
        return None
    _head_cells(grid, header, account, confirmed=mapping.confirmed)
    columns = _columns(grid, rule, header, account)
    for column, known in columns.items():
        _column_cells(grid, header, column, known, account)
        if not known.to:
            account.warn("W179", grid.place(header.last, column), value=known.title or known.at)
    used = {c: k for c, k in columns.items() if k.to and k.to != "skip"}
    return read_body(grid, rule, header, used, account)


def _unread_sheet(grid: Grid, rule: SheetRule | None) -> str:
    if rule is None:
        return say("messy_skip_no_rule")
    if grid.hidden and rule.hidden == "skip":
        return say("messy_skip_hidden_sheet")
    return say("messy_skip_sheet") if rule.kind == "skip" and not rule.candidates else ""


def _header(grid: Grid, rule: SheetRule) -> Header:
    if rule.header:
        first, last = rule.header
        return (
            header_at(grid, first - 1, min(last, len(grid.rows)) - 1)
            if first <= len(grid.rows)
            else Header()
        )
    return find_header(grid)


def _columns(
    grid: Grid, rule: SheetRule, header: Header, account: CellAccount
) -> dict[int, Column]:
    """What each column means; the title and the unit are those of this sheet, for one rule may hold for several."""
    titles = [t.written for t in header.titles]
    found = {}
    for column in rule.columns or columns_of(grid, header):
        number = column_number(column.at, titles)
        if number is None or number >= grid.width:
            account.warn("W182", grid.place(header.last), value=column.title or column.at)
            continue
        title = header.titles[number]
        found[number] = replace(
            column, title=title.written or column.title, unit=column.unit or title.unit
        )
    for at in filled_down(tuple(found.values()), rule.fill_down):
        account.warn("W182", grid.place(header.last), value=at)
    return found


def _head_cells(grid: Grid, header: Header, account: CellAccount, *, confirmed: bool) -> None:
    other = next(
        (row for row in range(header.first) if not confirmed and known_in(grid.rows[row])),
        header.first,
    )
    if other < header.first:
        leave_table(grid, other, header.first, account)
    for row in range(other):
        account.skip_row(grid, row, say("messy_skip_above"))
        for column, text in enumerate(grid.rows[row]):
            if (
                text
                and (found := _UNIT_ABOVE.search(unicodedata.normalize("NFKC", text)))
                and factor_of(found[1]) > 1
            ):
                account.warn("W181", grid.place(row, column), value=text)
    for row in range(header.first, header.last + 1):
        for column, text in enumerate(grid.rows[row]):
            if text is not None:
                account.use(grid, row, column)
    rows = (
        f"{header.first + 1}-{header.last + 1}"
        if header.last > header.first
        else str(header.first + 1)
    )
    account.note(grid.place(header.first), say("messy_note_header", rows=rows))


def _column_cells(
    grid: Grid, header: Header, column: int, known: Column, account: CellAccount
) -> None:
    """Columns that are not read: their cells are skipped with that reason."""
    if known.to not in ("skip", "serial"):
        return
    reason = say("messy_skip_serial" if known.to == "serial" else "messy_skip_column")
    for row in range(header.last + 1, len(grid.rows)):
        if grid.rows[row][column] is not None:
            account.skip(grid, row, column, reason)


def _areas(register: pa.Table) -> list[Sheet]:
    if not len(register):
        return []
    heads = {"kind": "type"}
    name = f"{REGISTER} {EDITION}"
    return [
        Sheet(
            schema.AREAS,
            name,
            name,
            tuple(register.column_names),
            tuple(c.combine_chunks() for c in register.columns),
            np.arange(1, len(register) + 1),
            keys=tuple(heads.get(n, n) for n in register.column_names),
        )
    ]


def _meta(mapping: MessyMapping, grids: Sequence[Grid], places: Places) -> dict[str, str]:
    files = list(dict.fromkeys(grid.file for grid in grids))
    meta = {"source": "、".join(files[:5]), **mapping.meta}
    if len(places.table):
        meta |= {
            "register": REGISTER,
            "edition": EDITION,
            "areas.complete": "complete",
            "areas.complete_by": f"{REGISTER} {EDITION}",
        }
    if mapping.complete:
        for table in ("facilities", "groups", "links"):
            meta |= {f"{table}.complete": "complete", f"{table}.complete_by": meta["source"]}
    if not mapping.confirmed:
        meta["stamp"] = say("messy_stamp")
    return meta


def path_of(source: Path, workbook: Path) -> str:
    """Return how 对照 names the file it came from: beside the workbook by its name alone, else by its full path."""
    same = source.resolve().parent == workbook.resolve().parent
    return source.name if same else str(source.resolve())
