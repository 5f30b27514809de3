"""Set the report as a workbook: the same tables, filtered, and no formula out of the data."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph._version import __version__
from medgraph.file_properties import properties
from medgraph.plain_workbooks import plain_workbook
from medgraph.visuals.report.contents import ReportContents, needs_table
from medgraph.visuals.report.findings import findings_table
from medgraph.visuals.report.groups import members_table
from medgraph.visuals.report.sheet_rows import SheetRows, in_cell
from medgraph.visuals.report.tables import UNDECIDED, WRONG, standing
from medgraph.visuals.style import PROBLEM, width
from medgraph.words.say import say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.visuals.report.tables import ReportTable

_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_ROWS = 100_000  # of a sheet: more than that nobody reads, and Excel opens slowly
_MEASURED, _WIDEST = 200, 60
_JUDGED = ("severity", "status", "verdict")  # the column by whose words rows are coloured


def render(report: ReportContents) -> bytes:
    """Return the report as the bytes of one workbook."""
    book_without_rows = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, speaking(report.lang):
        rows, about = SheetRows(Path(folder)), properties(in_cell(report.title))
        options = {"constant_memory": True, "tmpdir": folder}
        with plain_workbook(book_without_rows, about, **options) as book:
            _ReportBook(book, report, rows).write()
        return rows.put_into(book_without_rows)


class _ReportBook:
    """One workbook while it is being written."""

    def __init__(self, book: Any, report: ReportContents, rows: SheetRows) -> None:
        self.book, self.report, self.rows = book, report, rows
        self.names: set[str] = set()
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.big = book.add_format({"bold": True, "font_size": 16})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.bad = book.add_format({"font_color": PROBLEM, "bold": True})
        self.open = book.add_format({"font_color": "#6B4E00", "bg_color": "#FFF4CE"})

    def write(self) -> None:
        self.front()
        tables = sheets(self.report)
        while table := next(tables, None):
            self.table(table)
            del table  # before the next is made: a table of 100,000 rows takes much memory

    def front(self) -> None:
        """The first sheet: what page one says in words and numbers."""
        sheet = self.sheet(say("report.front"))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, in_cell(self.report.title), self.big)
        lines = [(name, value) for name, value in self.front_lines() if value]
        for row, (name, value) in enumerate(lines, start=2):
            sheet.write_string(row, 0, in_cell(name), self.bold)
            sheet.write_string(row, 1, in_cell(value), self.wrap)

    def front_lines(self) -> Iterator[tuple[str, str]]:
        report = self.report
        yield from report.facts
        yield from ((words, number) for number, words, _ in report.figures)
        yield say("report.headline_word"), report.headline
        yield say("report.rows"), report.accounted
        yield say("report.audit"), report.audit.head
        yield from ((words, number) for number, words, _ in report.audit.counts)
        yield from ((say("report.stamp"), stamp) for stamp in report.stamps)
        yield "medgraph", __version__

    def table(self, table: ReportTable) -> None:
        """One sheet: the headings, a filter, the rows; rules of the sheet make problems red."""
        sheet = self.sheet(table.title)
        top = self.above(sheet, table)
        for column, heading in enumerate(table.headings):
            sheet.write_string(top, column, in_cell(heading), self.bold)
        shown = table.rows[:_ROWS]
        if shown:
            self.rows.keep(len(self.names), top + 2, shown)
            sheet.write_blank(top + len(shown), 0, None, self.wrap)
        self.rules(sheet, table, top)
        total = len(table.rows) + table.left_out
        if total > _ROWS:
            words = say("report.rows_of_sheet", shown=_ROWS, total=total)
            sheet.write_string(top + _ROWS + 1, 0, words)
        if table.headings:
            sheet.autofilter(top, 0, top + max(1, len(shown)), len(table.headings) - 1)
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        self.widths(sheet, table)

    def above(self, sheet: Any, table: ReportTable) -> int:
        """Write the lines above a table, and return the row of its headings."""
        lines = [line for line in (*self.report.stamps, table.lead, *table.notes) if line]
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, in_cell(line))
        return len(lines)

    def rules(self, sheet: Any, table: ReportTable, top: int) -> None:
        """Colour rows by the words in the column that judges them.

        A rule of the sheet, not of its rows, compares the cell with the words for what is wrong, so
        that the colours follow a reader who sorts, corrects or adds rows.
        """
        column = next((table.columns.index(c) for c in _JUDGED if c in table.columns), None)
        if column is None or not table.rows:
            return
        told = [row[column] for row in table.rows]
        words: dict[int, set[str]] = {}
        for status, word in set(zip(table.statuses, told, strict=False)):
            words.setdefault(standing(status), set()).add(in_cell(word))
        last, wide = top + min(len(table.rows), _ROWS), max(0, len(table.headings) - 1)
        address = self.address(top + 1, column)
        for kind, look in ((WRONG, self.bad), (UNDECIDED, self.open)):
            for word in sorted(words.get(kind, ())):
                quoted = word.replace('"', '""')
                rule = {"type": "formula", "criteria": f'={address}="{quoted}"', "format": look}
                sheet.conditional_format(top + 1, 0, last, wide, rule)

    @staticmethod
    def address(row: int, column: int) -> str:
        """The address of a cell with its column fixed, as a rule of the sheet needs it."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(xl_rowcol_to_cell(row, column, col_abs=True))

    @staticmethod
    def widths(sheet: Any, table: ReportTable) -> None:
        """As wide as the widest of the first rows, within reason."""
        for column, heading in enumerate(table.headings):
            texts = [width(str(row[column]), 2) for row in table.rows[:_MEASURED]]
            longest = max([*texts, width(heading, 2) + 3])
            sheet.set_column(column, column, min(_WIDEST, longest + 2))

    def sheet(self, title: str) -> Any:
        """A sheet named after `title` as Excel allows: 31 characters, few signs, no name twice."""
        base = _FORBIDDEN.sub(" ", title).strip()[:28] or "sheet"
        name, number = base, 1
        while name.casefold() in self.names:
            number += 1
            name = f"{base[:26]} {number}"
        self.names.add(name.casefold())
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet


def sheets(report: ReportContents) -> Iterator[ReportTable]:
    """Yield the tables of a report in the order of their sheets."""
    yield findings_table(report.findings, most=_ROWS)
    yield from _no_more(report)
    if report.file_findings:
        title = say("report.file_findings")
        yield findings_table(report.file_findings, key="file_findings", title=title)
    yield needs_table(report)
    yield from report.audit.each_table(_ROWS)
    yield from report.each_table(_ROWS)
    yield members_table(report.groups, _ROWS)
    yield report.definitions
    yield report.sources
    if report.audit.packs:
        yield report.audit.packs
    yield report.left_out


def _no_more(report: ReportContents) -> Iterator[ReportTable]:
    """The findings of last time that are none now."""
    if report.since is not None and report.since.no_more:
        columns = ("place", "fault", "clause", "evidence", "query", "id")
        title = say("report.since.no_more")
        yield findings_table(report.since.no_more, key="no_more", title=title, columns=columns)
