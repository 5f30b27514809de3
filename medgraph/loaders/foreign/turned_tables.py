"""Turn tables round: a group in each column, attributes as rows, lines without any table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medgraph.loaders.foreign.facilities import is_full_name
from medgraph.loaders.foreign.group_names import is_group_name
from medgraph.loaders.foreign.heading_rows import line_cells
from medgraph.loaders.foreign.headings import heading_of
from medgraph.loaders.foreign.laid_tables import CountedHeading, rebuilt
from medgraph.loaders.foreign.list_cells import names_of
from medgraph.loaders.foreign.roles import relation_in_brackets, relation_of_role
from medgraph.loaders.foreign.row_kinds import total_label
from medgraph.loaders.foreign.titles import ACROSS, known_in, known_title, plain_title
from medgraph.words import headings as words

if TYPE_CHECKING:
    from medgraph.loaders.foreign.laid_tables import Position
    from medgraph.loaders.workbooks.grid import Grid

    CellOrNone = tuple[str, Position] | None

_LEAST = 2  # so many columns, and so many rows, make a table
_MOSTLY = 0.6
_WITHIN = 30  # rows from above where a table begins
_FIRST_COLUMNS = 2  # the titles of a transposed table stand in one of these


class Turned(NamedTuple):
    """A table that was turned, the cells that say it had to be, and the counts it states.

    `aside` are cells that were understood and state nothing: serial numbers, totals.
    """

    grid: Grid
    evidence: list[Position]
    counts: list[CountedHeading]
    aside: tuple[Position, ...] = ()


# -- a group in each column ------------------------------------------------------------------------


def by_column(grid: Grid) -> Turned | None:
    """Return the members below the names of groups as rows; None where no groups stand so."""
    for row in range(min(_WITHIN, len(grid.rows) - 1)):
        groups = {
            column: heading
            for column, text in enumerate(grid.rows[row])
            if text is not None and (heading := heading_of(text)).group and not heading.in_title
        }
        if not groups or (len(groups) < _LEAST and not _has_roles(grid, row, min(groups))):
            continue
        if known_in(grid.rows[row + 1]) or not _holds_names(grid, row, set(groups)):
            return None
        return _members_below(grid, row, set(groups))
    return None


def _has_roles(grid: Grid, head: int, first: int) -> bool:
    """Whether roles stand in the column before a single group: 牵头单位, 成员单位."""
    return any(_role_of_line(grid, row, first) for row in range(head + 1, len(grid.rows)))


def _holds_names(grid: Grid, row: int, columns: set[int]) -> bool:
    """Whether single names of facilities stand below, as nearly everything does."""
    below = [
        text
        for line in range(row + 1, len(grid.rows))
        if not total_label(grid, line)
        for column in columns
        if (text := grid.rows[line][column]) is not None
    ]
    named = sum(is_full_name(_only_name(heading_of(text).lead or text)) for text in below)
    return named >= _LEAST and named >= len(below) * _MOSTLY


def _only_name(text: str) -> str:
    """The one name in a text; empty where it has none or several."""
    names = names_of(text)
    return names[0] if len(names) == 1 else ""


def _are_full_names(text: str) -> bool:
    names = names_of(text)
    return bool(names) and all(map(is_full_name, names))


def _members_below(grid: Grid, head: int, columns: set[int]) -> Turned:
    """A row for each name below a group, with the group and the role of its line."""
    rows: list[list[CellOrNone]] = []
    counted: dict[int, set[int]] = {column: set() for column in columns}
    role: CellOrNone = None
    first = min(columns)
    for row in range(head + 1, len(grid.rows)):
        if total_label(grid, row):
            continue
        role = _role_of_line(grid, row, first) or role
        for column in sorted(columns):
            text = grid.rows[row][column]
            if text is None:
                continue
            group = heading_of(grid.rows[head][column] or "").group
            at = (row, column)
            counted[column].add(len(rows) + 1)
            lead = heading_of(text).lead  # 牵头：甲县医院
            own_role = (words.LEAD_ROLE, at) if lead else _role_in(text, at)
            rows.append([(lead or text, at), (group, (head, column)), own_role or role])
    titles: list[CellOrNone] = [
        (words.ADDED_TITLES[name], (head, first)) for name in ("name", "group", "role")
    ]
    totals = [row for row in range(head + 1, len(grid.rows)) if total_label(grid, row)]
    counts = [
        CountedHeading(0, (row, column), text, count, frozenset(counted[column]))
        for row in (head, *totals)
        for column in sorted(columns)
        if (count := heading_of(text := grid.rows[row][column] or "").count) is not None
    ]
    evidence = [(head, column) for column in sorted(columns)]
    stating = {place for row in rows for _, place in filter(None, row)}
    aside = tuple(at for at in grid.filled() if at not in stating and _is_aside(grid, at, totals))
    return Turned(rebuilt(grid, [titles, *rows]), evidence, counts, aside)


def _is_aside(grid: Grid, at: Position, totals: list[int]) -> bool:
    """Whether a cell is a serial number, its title, or of a row of totals."""
    row, column = at
    text = grid.rows[row][column] or ""
    is_serial = text.isdecimal() or known_title(plain_title(text)) == "serial"
    return row in totals or is_serial


def _role_in(text: str, at: Position) -> CellOrNone:
    """The role that a cell states: alone, or in brackets behind a name."""
    relation = relation_of_role(text) or relation_in_brackets(text)
    role = {"LEADS": words.LEAD_ROLE, "MEMBER_OF": words.MEMBER_ROLE}.get(relation)
    return None if role is None else (role, at)


def _role_of_line(grid: Grid, row: int, first: int) -> CellOrNone:
    """The role that a cell before the members states: 牵头医院, 成员单位."""
    before = ((grid.rows[row][column], (row, column)) for column in range(first))
    stated = (_role_in(text, at) for text, at in before if text is not None)
    return next(filter(None, stated), None)


# -- attributes as rows ----------------------------------------------------------------------------


def transposed(grid: Grid) -> Turned | None:
    """Return a table whose titles stand in a column as one whose titles stand in a row."""
    best: tuple[int, int] | None = None
    for column in range(min(_FIRST_COLUMNS, grid.width)):
        known = _titles_down(grid, column)
        meanings = set(known.values())
        if len(meanings) >= _LEAST and (best is None or len(meanings) > best[0]):
            best = (len(meanings), column)
    if best is None:
        return None
    column = best[1]
    titles = _titles_down(grid, column)
    begin = _first_of_transposed(grid, min(titles), column)
    if not _has_names_across(grid, begin, column):
        return None
    rows: list[list[CellOrNone]] = [
        [
            None if (text := grid.rows[row][across]) is None else (text, (row, across))
            for row in range(begin, len(grid.rows))
        ]
        for across in range(column, grid.width)
    ]
    _name_first_title(rows)
    return Turned(rebuilt(grid, rows), [(row, column) for row in sorted(titles)], [])


def _titles_down(grid: Grid, column: int) -> dict[int, str]:
    """The rows that a column has a title for, with what it means."""
    found = {}
    for row, texts in enumerate(grid.rows):
        text = texts[column]
        known = known_title(plain_title(text)) if text is not None else ""
        if known not in ("", ACROSS) and sum(one is not None for one in texts) > 1:
            found[row] = known
    return found


def _first_of_transposed(grid: Grid, first: int, column: int) -> int:
    """The row of the names, where they stand above the first title that is known."""
    if first == 0:
        return first
    above = grid.rows[first - 1]
    return first - 1 if any(text is not None for text in above[column + 1 :]) else first


def _has_names_across(grid: Grid, row: int, column: int) -> bool:
    """Whether the texts behind the first title are names of groups or facilities."""
    names = [text for text in grid.rows[row][column + 1 :] if text is not None]
    named = sum(is_group_name(name) or is_full_name(name) for name in names)
    return bool(names) and named >= len(names) * _MOSTLY


def _name_first_title(rows: list[list[CellOrNone]]) -> None:
    """Give the column of the names its title, where 项目 or nothing stands above it."""
    names = [row[0][0] for row in rows[1:] if row[0] is not None]
    written = rows[0][0]
    place = written[1] if written is not None else next(row[0][1] for row in rows[1:] if row[0])
    if written is not None and known_title(plain_title(written[0])) not in ("", ACROSS):
        return
    are_groups = sum(map(is_group_name, names)) * 2 > len(names)
    rows[0][0] = (words.ADDED_TITLES["group" if are_groups else "name"], place)


# -- lines without a table -------------------------------------------------------------------------


def lines(grid: Grid) -> Turned | None:
    """Return what lines state as rows: a group, who leads it, and who stands below it."""
    rows: list[list[CellOrNone]] = []
    group: CellOrNone = None
    role: CellOrNone = None
    level = ""
    evidence: list[Position] = []
    for row in _rows_without_titles(grid):
        cells = line_cells(grid, row)
        names = [(row, column) for column, text in cells if _are_full_names(text)]
        roles = [_role_in(text, (row, column)) for column, text in cells]
        beside = next(filter(None, roles), None) if names else None
        for column, text in cells:
            at = (row, column)
            heading = heading_of(text)
            if heading.group and not heading.in_title:
                group, role, level = (heading.group, at), None, heading.numbering
                evidence.append(at)
            elif heading.role and not heading.lead and not names:
                role = (heading.role, at)
            elif heading.is_section and heading.numbering == level:
                group = role = None
            if heading.lead:
                rows.append([(heading.lead, at), group, (words.LEAD_ROLE, at)])
            if heading.members:
                rows.append([(heading.members, at), group, (words.MEMBER_ROLE, at)])
            if not heading.states_something and at in names:
                rows.append([(text, at), group, _role_in(text, at) or beside or role])
    if not evidence or len(rows) < _LEAST:
        return None
    first = evidence[0]
    titles: list[CellOrNone] = [
        (words.ADDED_TITLES[name], first) for name in ("name", "group", "role")
    ]
    return Turned(rebuilt(grid, [titles, *rows]), evidence, [])


def names_groups_beside_each_other(grid: Grid) -> bool:
    """Whether a row names several groups and nobody of them: each holds for columns of its own."""
    return any(_names_two_groups(grid, row) for row in range(len(grid.rows)))


def _names_two_groups(grid: Grid, row: int) -> bool:
    headings = [heading_of(text) for _, text in line_cells(grid, row)]
    alone = [one for one in headings if one.group and not (one.in_title or one.lead or one.members)]
    return len(alone) > 1


def _rows_without_titles(grid: Grid) -> list[int]:
    """The rows that are none of titles: 所属医共体 in one is what a column is called, no group."""
    return [row for row, texts in enumerate(grid.rows) if not known_in(texts)]
