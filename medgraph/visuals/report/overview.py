"""Tell each group in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medgraph.visuals.headings import verdict_label
from medgraph.visuals.report.called import Names
from medgraph.visuals.report.tables import ReportTable, rows_of
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from medgraph.visuals.report.groups import GroupPage

VERDICTS = ("FAIL", "NO_DATA", "PASS")
_COLUMNS = ("group", "type", "lead", "areas", "people", "facilities", "findings", *VERDICTS)


def worst_groups(pages: Sequence[GroupPage]) -> list[GroupPage]:
    """Return the groups with most that fails first, then with most findings, then most open."""

    def standing(page: GroupPage) -> tuple[int, int, int]:
        return -page.judged.get("FAIL", 0), -len(page.findings), -page.judged.get("NO_DATA", 0)

    return sorted(pages, key=standing)


def group_lines(pages: Sequence[GroupPage], grid: Any) -> ReportTable:
    """Return a line for each group, without the columns that hold nothing.

    `grid` is the answer of `coverage.grid`: it has the people that live in the areas of a group.
    """
    people = dict(_people(grid))
    rows = [_row(page, people) for page in worst_groups(pages)]
    kept = [at for at in range(len(_COLUMNS)) if any(row[at] != "" for row in rows)]
    types = _COLUMNS.index("type")
    if len({row[types] for row in rows}) == 1:  # which tells no group from another
        kept.remove(types)
    return ReportTable(
        "group_lines",
        say("report.group_lines"),
        tuple(_heading(_COLUMNS[at]) for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
        columns=tuple(_COLUMNS[at] for at in kept),
    )


def _heading(column: str) -> str:
    if column in VERDICTS:
        return verdict_label(column)
    own = column in ("areas", "people", "facilities", "findings")
    return say(f"report.column.{column}" if own else f"column.{column}")


def _row(page: GroupPage, people: Mapping[str, Any]) -> tuple[Any, ...]:
    verdicts = (page.judged.get(verdict, 0) if page.judged else "" for verdict in VERDICTS)
    return (
        Names((page.short,)),
        Names((page.type,)),
        Names(page.leads) if page.leads else "",
        page.areas or "",
        people.get(page.id, ""),
        page.facilities,
        len(page.findings),
        *verdicts,
    )


def _people(grid: Any) -> Iterator[tuple[str, Any]]:
    """The people of each group, or of how many areas their number is not stated."""
    if grid is None or "population" not in grid.frame.columns:
        return
    named = ("group", "areas", "population", "areas_without_population")
    for row in rows_of(grid.frame[[*named]]):
        if row["population"] != "":
            yield row["group"], int(row["population"])
        elif row["areas_without_population"] < row["areas"]:
            count = int(row["areas_without_population"])
            yield row["group"], say("report.people_missing", count=count)
