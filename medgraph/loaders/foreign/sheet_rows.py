"""Read the body of a sheet: merged cells, blanks that mean the cell above, totals, repeated headers, skipped rows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from medgraph.loaders.foreign import cell_values as values
from medgraph.loaders.foreign.cell_account import CellAccount
from medgraph.loaders.foreign.header import Header, known_in
from medgraph.loaders.foreign.mapping import Column, SheetRule
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.list_grammar import number as count_of
from medgraph.loaders.workbooks.grid import Grid, address
from medgraph.words.say import say
from medgraph.words.vocabularies import SAME_ABOVE, SUBTOTAL_WORDS, TOTAL_WORDS, fold

_COUNT = re.compile(r"(\d+|[一二三四五六七八九十百两]+)\s*[家个所间]")
_LABELLED = re.compile(r"[计数]\s*:?\s*(\d+)")
_REMARK = re.compile(r"备?注|说明|填表|制表|填报|审核|联系|[^:]{1,12}:")
_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})
SUMS = frozenset({"beds", "staff", "physicians", "nurses", "gps"})
# Which cell stands for a merged one; none where it is merged across.
Covered = dict[tuple[int, int], tuple[int, int] | None]
# What a bare number in a row of totals counts, by what its column states.
_COUNTED = {
    "name": "count",
    "members": "count",
    "serial": "count",
    "group": "different",
    "lead": "different",
}


@dataclass
class Total:
    """A row of totals: which rows it sums (indices of the body), and whether it is a part (小计)."""

    row: int
    label: str
    part: bool
    before: int  # how many body rows stand above it


@dataclass
class Body:
    """The rows of a sheet that speak of facilities or groups; `source` is the row each text was taken from."""

    grid: Grid
    rule: SheetRule
    header: Header
    columns: dict[int, Column]
    rows: list[int] = field(default_factory=list)
    texts: dict[int, list[str | None]] = field(default_factory=dict)
    source: dict[int, list[int]] = field(default_factory=dict)
    asked: dict[int, list[int]] = field(default_factory=dict)
    unfilled: dict[int, list[int]] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)

    def at(self, to: str) -> int | None:
        """The first column that states `to`."""
        return next((c for c, column in self.columns.items() if column.to == to), None)

    def cell(self, index: int, column: int | None) -> tuple[str | None, int]:
        """The text of a column in a row of the body, and the row of the sheet it stands in."""
        if column is None:
            return None, self.rows[index]
        return self.texts[column][index], self.source[column][index]


def read_body(
    grid: Grid, rule: SheetRule, header: Header, columns: dict[int, Column], account: CellAccount
) -> Body:
    """Return the body of a sheet under its rule; every row left out gets its reason in the account."""
    body = Body(
        grid,
        rule,
        header,
        columns,
        texts={c: [] for c in columns},
        source={c: [] for c in columns},
        asked={c: [] for c in columns},
        unfilled={c: [] for c in columns},
    )
    covered = _merged(grid, header.last, account, columns)
    above: dict[int, int] = {}
    repeated, hidden, passed = [], [], []
    for row in range(header.last + 1, len(grid.rows)):
        if reason := _left(grid, rule, header, row, columns):
            account.skip_row(grid, row, reason)
            repeated += [row] if reason == say("messy_header_again") else []
            passed += [row] if reason == say("messy_skip_hidden") else []
            above = above if reason == say("messy_skip_struck") else {}
            continue
        if known_in(grid.rows[row]):
            leave_table(grid, row, len(grid.rows), account)
            break
        if label := total_label(grid, row):
            part = any(fold(word) in fold(label) for word in SUBTOTAL_WORDS)
            body.totals.append(Total(row, label, part, len(body.rows)))
            above = {}
            continue
        if _is_remark(grid, row, columns) or not _has_content(grid, row, columns):
            if any(grid.rows[row]):
                _stray(grid, row, account)
            above = {}
            continue
        hidden += [row] if row in grid.hidden_rows else []
        _take(body, row, covered, above, account)
    _say_rows(
        grid,
        account,
        {
            "messy_note_repeated": repeated,
            "messy_note_hidden": hidden,
            "messy_note_passed": passed,
            "messy_note_struck": sorted(grid.struck),
        },
    )
    _say_filled(body, account)
    return body


def leave_table(grid: Grid, first: int, end: int, account: CellAccount) -> None:
    """Name the rows from `first` up to `end`: they have other titles, and are another table."""
    column = next(c for c, text in enumerate(grid.rows[first]) if text is not None)
    account.wrong(grid, first, column, "E185", value=grid.rows[first][column] or "")
    for row in range(first, end):
        for column, text in enumerate(grid.rows[row]):
            if text is not None and (grid.name, row, column) not in account.unread_cells:
                account.leave(grid, row, column, text, say("messy_other_table"))


def total_label(grid: Grid, row: int) -> str:
    """Return the text that makes a row one of totals, empty where it is none."""
    for text in [t for t in grid.rows[row] if t][:3]:
        folded = fold(text)
        for word in TOTAL_WORDS:
            rest = folded.replace(word, "", 1)
            if (
                word in folded
                and (folded.endswith(word) or folded.startswith(word))
                and len(rest) <= 24
            ):
                return text
    return ""


def _left(grid: Grid, rule: SheetRule, header: Header, row: int, columns: dict[int, Column]) -> str:
    """Why a row of the body is not read; an empty text where it is."""
    number = row + 1
    if (
        number in rule.skip
        or (rule.first and number < rule.first)
        or (rule.last and number > rule.last)
    ):
        return say("messy_skip_rule")
    if row in grid.struck:
        return say("messy_skip_struck")
    if row in grid.hidden_rows and rule.hidden == "skip":
        return say("messy_skip_hidden")
    own = _plain_row(grid.rows[row])
    pieces = {piece for title in header.titles for piece in title.written.split("/") if piece}
    heads = [_plain_row(grid.rows[r]) for r in range(header.last + 1)]
    same = len(own) > 1 and (own <= pieces or own in heads)
    return say("messy_header_again") if same or _same_titles(grid, row, header) else ""


def _same_titles(grid: Grid, row: int, header: Header) -> bool:
    known = known_in(grid.rows[row])
    return bool(known) and all(
        c < len(header.titles) and header.titles[c].known == k for c, k in known.items()
    )


def _plain_row(row: list[str | None]) -> set[str]:
    return {re.sub(r"\s+", "", text) for text in row if text}


def _merged(
    grid: Grid, header_last: int, account: CellAccount, columns: dict[int, Column]
) -> Covered:
    """Which cell of the body stands for which others: merged down it holds for its range; across it is a fault."""
    covered: Covered = {}
    for top, left, bottom, right in grid.merged:
        if (
            top <= header_last
            or top >= len(grid.rows)
            or left >= grid.width
            or grid.rows[top][left] is None
        ):
            continue
        across = (
            right > left
            and not total_label(grid, top)
            and sum(t is not None for t in grid.rows[top]) > 1
        )
        if across:
            account.wrong(
                grid,
                top,
                left,
                "E175",
                value=grid.rows[top][left],
                range=f"{address(top, left)}:{address(bottom, right)}",
            )
            covered |= {
                (row, column): None
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
            }
            continue
        if bottom > top and left in columns and columns[left].to in SUMS:
            account.warn(
                "W184",
                grid.place(top, left),
                value=grid.rows[top][left] or "",
                count=str(bottom - top + 1),
            )
        for row in range(top, min(bottom, len(grid.rows) - 1) + 1):
            if row != top and right == left:
                covered[row, left] = (top, left)
    return covered


def _is_remark(grid: Grid, row: int, columns: dict[int, Column]) -> bool:
    """Whether a row is a remark below a table: 注：…, 填表人：…, in the first cell, where a name would stand."""
    column, text = next(((c, t) for c, t in enumerate(grid.rows[row]) if t), (0, ""))
    named = column not in columns or columns[column].to in ("name", "group", "lead", "serial")
    return named and bool(_REMARK.match(unicodedata.normalize("NFKC", text)))


def _has_content(grid: Grid, row: int, columns: dict[int, Column]) -> bool:
    """Whether a row says anything in a column that counts; one text alone across a row is a line between blocks."""
    counting = [c for c, column in columns.items() if column.to not in ("skip", "serial")]
    own = [c for c in counting if c < len(grid.rows[row]) and grid.rows[row][c] is not None]
    alone = sum(t is not None for t in grid.rows[row]) == 1 and any(
        top == row == bottom and right > left for top, left, bottom, right in grid.merged
    )
    return bool(own) and not alone


def _stray(grid: Grid, row: int, account: CellAccount) -> None:
    for column, text in enumerate(grid.rows[row]):
        if text is not None:
            account.leave(
                grid, row, column, text, say("messy_stray_row"), say("messy_stray_row_advice")
            )


def _take(
    body: Body, row: int, covered: Covered, above: dict[int, int], account: CellAccount
) -> None:
    """Take one row: its own text, that of the merged cell over it, or that of the cell above."""
    grid, index = body.grid, len(body.rows)
    body.rows.append(row)
    for column, rule in body.columns.items():
        source, text = _own_text(grid, covered.get((row, column), (row, column)), row, account)
        same = text is not None and unicodedata.normalize("NFKC", text) in SAME_ABOVE
        if text is not None and not same:
            above[column] = source
        elif column in above and (rule.fill == "yes" or same):
            source = above[column]
            text = grid.rows[source][column]
            if same:
                account.use(grid, row, column)
        elif (row, column) not in covered:
            text = None
            blanks = body.asked if column in above else body.unfilled
            if rule.fill != "no":
                blanks[column].append(index)
        body.texts[column].append(text if text is None else rule.values.get(text, text))
        body.source[column].append(source)


def _own_text(
    grid: Grid, at: tuple[int, int] | None, row: int, account: CellAccount
) -> tuple[int, str | None]:
    """The row and the text of a cell; none, and named in its own row, where it is struck through or an error."""
    if at is None:  # merged across, which is named already
        return row, None
    text = grid.rows[at[0]][at[1]]
    if at not in grid.struck_cells and text not in _ERRORS:
        return at[0], text
    if at[0] == row and text in _ERRORS:
        account.wrong(grid, *at, "E178", value=text)
    elif at[0] == row:
        account.leave(
            grid, *at, text or "", say("messy_struck_cell"), say("messy_struck_cell_advice")
        )
    return at[0], None


def _say_rows(grid: Grid, account: CellAccount, noted: dict[str, list[int]]) -> None:
    for key, rows in noted.items():
        if rows:
            account.note(
                grid.place(rows[0]),
                say(key, count=len(rows), rows="、".join(str(r + 1) for r in rows[:20])),
            )
    for row, column in grid.unstored:
        account.warn("W174", grid.place(row, column), value="")


def _say_filled(body: Body, account: CellAccount) -> None:
    merges = {
        (row, left)
        for top, left, bottom, right in body.grid.merged
        for row in range(top, bottom + 1)
    }
    for column in body.columns:
        for index, row in enumerate(body.rows):
            source = body.source[column][index]
            if source != row and (row, column) not in merges:
                account.note(
                    body.grid.place(row, column),
                    say(
                        "messy_note_filled",
                        source=address(source, column),
                        value=body.texts[column][index],
                    ),
                )


# -- totals ----------------------------------------------------------------------------------------


def check_totals(body: Body, account: CellAccount, counts: list[int]) -> None:
    """Check every row of totals against the rows it sums; `counts` says how many facilities each row names."""
    start = 0
    for number, total in enumerate(body.totals):
        following = [t.before for t in body.totals[number + 1 :]] or [len(body.rows)]
        scope = (start, total.before) if total.part else (0, total.before)
        if scope[0] == scope[1]:
            scope = (total.before, following[0] if total.part else len(body.rows))
        _check_total(body, account, total, range(*scope), counts)
        if total.part:
            start = total.before
        account.skip_row(body.grid, total.row, say("messy_skip_total"))


def _check_total(
    body: Body, account: CellAccount, total: Total, scope: range, counts: list[int]
) -> None:
    row = body.grid.rows[total.row]
    checked = False
    for column, text in enumerate(row):
        if text is None:
            continue
        stated, what = _stated(body, column, text, total)
        if stated is None:
            continue
        checked = True
        named = [i for i in scope if counts[i] or body.rule.kind == "groups"]
        read = _sum(body, column, named) if what == "sum" else sum(counts[i] for i in scope)
        different = (
            len({body.texts[column][i] for i in scope} - {None}) if what == "different" else read
        )
        if abs(stated - read) > 0.5 and stated != different:
            account.wrong(
                body.grid,
                total.row,
                column,
                "E170",
                value=text,
                label=total.label,
                stated=_plain(stated),
                read=_plain(read),
                what=_what(body, column, what),
            )
    if not checked:
        account.note(
            body.grid.place(total.row), say("messy_note_total_unchecked", label=total.label)
        )
    else:
        account.note(
            body.grid.place(total.row), say("messy_note_total", label=total.label, rows=len(scope))
        )


def _stated(body: Body, column: int, text: str, total: Total) -> tuple[float | None, str]:
    """What number a cell of a row of totals states: a count of facilities, of different texts, or a sum."""
    plain = unicodedata.normalize("NFKC", text)
    if found := _COUNT.search(plain):
        return float(count_of(found[1])), "count"
    if text == total.label:
        found = _LABELLED.search(plain)
        return (float(found[1]), "count") if found else (None, "")
    rule = body.columns.get(column)
    what = "sum" if rule and rule.to in SUMS else _COUNTED.get(rule.to, "") if rule else ""
    try:
        return (
            (float(values.number(plain, unit=rule.unit)[0]), what) if rule and what else (None, "")
        )
    except WrongError:
        return None, ""


def _sum(body: Body, column: int, scope: list[int]) -> float:
    total = 0.0
    for index in scope:
        text = body.texts[column][index]
        try:
            total += (
                float(
                    values.number(
                        unicodedata.normalize("NFKC", text), unit=body.columns[column].unit
                    )[0]
                )
                if text and body.source[column][index] == body.rows[index]
                else 0
            )
        except WrongError:
            continue
    return total


def _what(body: Body, column: int, what: str) -> str:
    return body.columns[column].title if what == "sum" else say("messy_units")


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:g}"
