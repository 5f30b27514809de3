"""Tell findings by kind: one line for each, with how many there are, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medgraph.visuals.headings import said
from medgraph.visuals.report.findings import SEVERITIES
from medgraph.visuals.report.tables import ReportTable, first_names
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medgraph.visuals.report.called import Names
    from medgraph.visuals.report.findings import Finding
    from medgraph.visuals.report.since import Since

_PLACES = 8  # that a line names; the workbook has all
_CLAUSES = 2
COLUMNS = ("number", "kind", "many", "where", "basis", "action")
_SEVERE = SEVERITIES["severe"]


@dataclass(frozen=True)
class Kind:
    """Findings of one kind: how many, at most how many, where; `under` are those that follow."""

    rank: int
    words: str
    findings: tuple[Finding, ...]
    under: tuple[Kind, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What its findings share: the question and the words of the kind."""
        return self.findings[0].query, self.findings[0].kind

    @property
    def names(self) -> tuple[str, ...]:
        """The places of all, each once."""
        return tuple(dict.fromkeys(name for one in self.findings for name in one.names))

    @property
    def count(self) -> int:
        """How many there are, whatever the missing facts turn out to be."""
        return sum(len(one.names) or 1 for one in self.findings)

    @property
    def most(self) -> int:
        """How many there are in the worst case."""
        return self.count + max(one.undecided for one in self.findings)

    @property
    def many(self) -> str:
        """How many there are, and in brackets how many in the worst case where that is more."""
        if self.most == self.count:
            return str(self.count)
        return say("report.at_most", count=self.count, most=self.most)

    @property
    def clauses(self) -> Names:
        """The clauses that they rest on."""
        stated = tuple(dict.fromkeys(one.stated_clause for one in self.findings))
        return first_names(tuple(filter(None, stated)), _CLAUSES)

    @property
    def action(self) -> str:
        """What to do, said once: as all of them say, else as is said of their question."""
        actions = {one.action for one in self.findings}
        common = actions.pop() if len(actions) == 1 else ""
        return common or said("report.act.", self.findings[0].query, "")


def kinds(found: Sequence[Finding]) -> tuple[Kind, ...]:
    """Return the kinds of findings, the worst first, each with the kinds that follow from it."""
    return tuple(sorted(_kinds(found), key=lambda kind: kind.rank))


def places(told: Sequence[Kind]) -> int:
    """Return at how many places kinds are found, with those that follow from them."""
    return sum(kind.count + places(kind.under) for kind in told)


def _kinds(found: Sequence[Finding]) -> Iterator[Kind]:
    alike: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        alike.setdefault((one.query, one.kind), []).append(one)
    for mine in alike.values():
        followers = [follower for one in mine for follower in one.followers]
        rank = min(one.rank for one in mine)
        yield Kind(rank, _words(mine), tuple(mine), kinds(followers))


def _words(mine: Sequence[Finding]) -> str:
    """What is wrong in the words of the kind; of a file in those of the first of them."""
    first = mine[0]
    return first.kind if first.query else first.fault


def kinds_table(told: Sequence[Kind], since: Since | None = None) -> ReportTable:
    """Return kinds as a table: a line for each, those that follow under their cause.

    With `since`, a column says what became of each since last time, and lines without a number
    name the kinds that there are none of any more.
    """
    rows, statuses = [], []
    for number, kind in enumerate(told, start=1):
        rows.append(_row(str(number), kind.words, kind, since))
        statuses.append("gap" if kind.rank <= _SEVERE else "")
        for under in kind.under:
            rows.append(_row("", say("report.follows", kind=under.words), under, since))
            statuses.append("")
    for kind in _no_more(told, since):
        places = first_names(kind.names, _PLACES)
        rows.append(("", kind.words, "0", places, str(kind.clauses), "", _since(kind, since)))
        statuses.append("excluded")
    columns = (*COLUMNS, "since") if since else COLUMNS
    return ReportTable(
        "kinds",
        say("report.kinds"),
        (say("column.number"), *(say(f"report.column.{name}") for name in columns[1:])),
        tuple(row[: len(columns)] for row in rows),
        statuses=tuple(statuses),
        columns=columns,
    )


def _row(number: str, words: str, kind: Kind, since: Since | None) -> tuple[object, ...]:
    places = first_names(kind.names, _PLACES)
    stated = (number, words, kind.many, places, str(kind.clauses), kind.action)
    return (*stated, _since(kind, since))


def _since(kind: Kind, since: Since | None) -> str:
    return since.in_words(kind.key) if since else ""


def _no_more(told: Sequence[Kind], since: Since | None) -> tuple[Kind, ...]:
    """The kinds of last time that there are none of now."""
    if since is None:
        return ()
    known = {one.key for kind in told for one in (kind, *kind.under)}
    return tuple(kind for kind in kinds(since.no_more) if kind.key not in known)
