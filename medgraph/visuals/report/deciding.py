"""Tell what would decide: what to ask of whom, the most useful first, and which data is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from medgraph.graphmodel.headings import plainly
from medgraph.visuals.report.called import Names
from medgraph.visuals.report.tables import ReportTable, first_names, rows_of
from medgraph.words.joining import without_code
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from medgraph.visuals.report.called import Called

_NAMED = 2  # of whom one thing is asked; the sheet to fill in has all
_READ = ("kind", "table", "column", "id", "name", "question", "rules", "decides")
_COLUMNS = ("ask", "whom", "questions", "decides", "rules")


def deciding(asked: pd.DataFrame, audit: Any, called: Called) -> ReportTable:
    """Return what to ask, a line for what is asked of the same, in the order of the questions.

    `asked` are the rows of `ask`; its questions decide more and more findings, and a line has
    those that its own questions add. `called` says what those are called who are asked.
    """
    alike: dict[tuple[str, ...], _Line] = {}
    before = 0
    for row in rows_of(asked[[*_READ]]):
        line = alike.setdefault(_about(row), _Line(row))
        line.add(row, int(row["decides"]) - before)
        before = int(row["decides"])
    together: dict[tuple[Any, ...], list[_Line]] = {}
    for line in alike.values():
        together.setdefault(line.of_whom, []).append(line)
    return ReportTable(
        "deciding",
        say("report.deciding"),
        tuple(_heading(column) for column in _COLUMNS),
        tuple(_told(lines, audit, called) for lines in together.values()),
        columns=_COLUMNS,
    )


@dataclass
class _Line:
    """Questions for one column of the data, and how many findings they add to the decided ones.

    `names` are the things that are asked about, by their ids, none for a question about a whole
    table; `rules` are those that the answers decide.
    """

    first: Mapping[Any, Any]
    count: int = 0
    adds: int = 0
    names: dict[str, str] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)
    _told_rules: set[str] = field(default_factory=set)

    def add(self, row: Mapping[Any, Any], adds: int) -> None:
        """Take a question, and how many findings it adds."""
        self.count += 1
        self.adds += adds
        if row["id"]:
            self.names[row["id"]] = row["name"]
        if row["rules"] not in self._told_rules:
            self._told_rules.add(row["rules"])
            stated = str(row["rules"]).split(say("list_comma"))
            self.rules.update(dict.fromkeys(filter(None, stated)))

    @property
    def of_whom(self) -> tuple[Any, ...]:
        """What two lines share that are told as one."""
        return (tuple(self.names) or self.first["question"], tuple(self.rules))

    def in_words(self, audit: Any) -> str:
        """What is asked: the column, whose owners stand beside it, else the question."""
        first = self.first
        if first["kind"] == "declaration":
            return say("report.whole_list", list=plainly(audit.in_words(first["table"])))
        about = _about(first)
        if len(about) == 1:
            return without_code(first["question"])
        table, column = about
        return without_code(plainly(audit.in_words(f"{table}.{column.lstrip('<>')}")))


def _heading(column: str) -> str:
    return say("column.rules") if column == "rules" else say(f"report.column.{column}")


def _about(row: Mapping[Any, Any]) -> tuple[str, ...]:
    """The column that a question asks for; a question about no single thing is one by itself."""
    if not (row["column"] and row["id"]):
        return (row["question"],)
    links = row["kind"] == "links"
    return ("links" if links else row["table"], row["column"])


def _told(lines: Sequence[_Line], audit: Any, called: Called) -> tuple[Any, ...]:
    first = lines[0]
    return (
        Names(line.in_words(audit) for line in lines),
        _whom(first, called),
        sum(line.count for line in lines),
        sum(line.adds for line in lines),
        Names(first.rules),
    )


def _whom(line: _Line, called: Called) -> Names:
    """Of whom it is asked: the first of them, which alone are looked up, and how many."""
    shown = islice(line.names.items(), _NAMED)
    named = [called.asked(id, name) for id, name in shown]
    return first_names(named, _NAMED, of=len(line.names))


def lacking(needs: Sequence[tuple[str, int, Names]]) -> ReportTable:
    """Return which data is missing, how many rows it leaves undecided, and some of them."""
    columns = ("lacks", "open_rows", "examples")
    headings = tuple(say(f"report.column.{column}") for column in columns)
    return ReportTable("lacking", say("report.unknown"), headings, tuple(needs), columns=columns)
