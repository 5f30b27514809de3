"""Let what was said of one edition of a workbook hold for the next: by headers, not by names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from medgraph.loaders.foreign.header import find_header
from medgraph.loaders.foreign.titles import plain_title
from medgraph.loaders.workbooks.grid import PART

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medgraph.loaders.foreign.mapping import Column, SheetRule, WorkbookMapping
    from medgraph.loaders.workbooks.grid import Grid

_ALIKE = 0.5  # so many of all titles have to be on both sides


def found_by_headers(mapping: WorkbookMapping, grids: Sequence[Grid]) -> None:
    """Give the sheets of other names the rules whose titles they have; the rules keep their words.

    A rule whose sheet is there keeps it. Rows are those of the sheet, not those of the rule.
    """
    names = {grid.name for grid in grids}
    holding = [mapping.rule(grid.title) for grid in grids]
    spare = [
        rule
        for rule in mapping.sheets
        if rule.name.split(PART)[0] not in names and not any(rule is one for one in holding)
    ]
    moved: list[SheetRule] = []
    for grid in grids:
        if mapping.rule(grid.title) is not None or not grid.rows:
            continue
        former = _most_alike(_titles_of(grid), spare)
        if former is not None:
            moved.append(former)
            rule = replace(former, name=grid.title, header=None, first=None, last=None, skip=())
            mapping.sheets.append(rule)
    mapping.sheets = [rule for rule in mapping.sheets if not any(rule is one for one in moved)]


def carried_over(last: WorkbookMapping, proposed: WorkbookMapping) -> WorkbookMapping:
    """Return the mapping proposed for a new edition with what was said of the last one.

    Words, names and answers hold on; what a column means does, by its title. Whether all is listed,
    and whether it was looked through, was said of the last edition alone.
    """
    sheets: dict[str, str] = {}
    rules = []
    for rule in proposed.sheets:
        former = _most_alike(_titles_in(rule), last.sheets, rule.name)
        if former is not None:
            sheets.setdefault(former.name.split(PART)[0], rule.name.split(PART)[0])
            rule = _with_former(rule, former)
        rules.append(rule)
    return replace(
        proposed,
        sheets=rules,
        words=dict(last.words),
        names=dict(last.names),
        area=last.area or proposed.area,
        meta={**_lasting(last.meta), **proposed.meta},
        answers=_renamed(last.answers, sheets),
    )


def _titles_of(grid: Grid) -> set[str]:
    header = find_header(grid)
    return {plain_title(title.written) for title in header.titles if title.written}


def _titles_in(rule: SheetRule) -> set[str]:
    return {plain_title(column.title or column.at) for column in rule.columns}


def _likeness(one: set[str], other: set[str]) -> float:
    """How much of all titles is on both sides, from 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def _most_alike(titles: set[str], rules: Sequence[SheetRule], name: str = "") -> SheetRule | None:
    """The rule that has most of these titles; of several the one of this name."""
    alike = [(_likeness(_titles_in(rule), titles), rule) for rule in rules]
    fitting = [(rule.name == name, share, rule) for share, rule in alike if share >= _ALIKE]
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def _with_former(rule: SheetRule, former: SheetRule) -> SheetRule:
    """A rule with what was said of the columns of the last edition, by their titles."""
    known = {plain_title(column.title or column.at): column for column in former.columns}
    columns = [_with_former_column(column, known) for column in rule.columns]
    kind = former.kind if former.columns else rule.kind
    return replace(
        rule,
        kind=kind,
        hidden=former.hidden,
        constants=dict(former.constants),
        sheet_name=former.sheet_name or rule.sheet_name,
        columns=columns,
    )


def _with_former_column(column: Column, known: Mapping[str, Column]) -> Column:
    former = known.get(plain_title(column.title or column.at))
    if former is None or not former.to:
        return column
    fill = former.fill if former.fill != "ask" else column.fill
    return replace(former, at=column.at, title=column.title, fill=fill)


def _lasting(meta: Mapping[str, str]) -> dict[str, str]:
    """What was said of the last edition but its title and its day, which are its own."""
    return {key: text for key, text in meta.items() if key not in ("title", "data_day")}


def _renamed(answers: Mapping[str, str], sheets: Mapping[str, str]) -> dict[str, str]:
    """The answers, for the sheets as they are called now."""
    found = {}
    for key, text in answers.items():
        kind, sheet, subject = key.split(":", 2)
        found[f"{kind}:{sheets.get(sheet, sheet)}:{subject}"] = text
    return found
