"""Make links of the columns beside the fields: group and role, alliance, serves, lead, members."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from medgraph.graphmodel import schema
from medgraph.graphmodel.origin import Origin
from medgraph.loaders.tabular import cells
from medgraph.loaders.tabular.cells import WrongError
from medgraph.loaders.tabular.references import References, faults_of, item
from medgraph.words.headings import WHETHER
from medgraph.words.languages import choose
from medgraph.words.say import language
from medgraph.words.stated import yes_or_no
from medgraph.words.vocabularies import fold
from medgraph.words.workbook_words import GROUP_ROLES, LEAD_WORDS, MEMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medgraph.graphmodel.validate import TableFault
    from medgraph.loaders.tabular.sheets import Sheet
    from medgraph.loaders.tabular.source_rows import ReadRows, SourceRows

    Ends = tuple[str | None, str | None, str | None]  # source, relation, target

_LEAD = frozenset(map(fold, LEAD_WORDS))
_MEMBER = frozenset(map(fold, MEMBER_WORDS))


@dataclass(frozen=True)
class Shortcut:
    """What the names in a column are: the ends of a `relation`, its sources where `names_sources`.

    `kinds` are those that may be meant, where the relation allows for more.
    """

    relation: str
    names_sources: bool = False
    kinds: tuple[str, ...] = ()

    def kinds_for(self, relation: str) -> tuple[str, ...]:
        """Return the kinds of node that a name in the column may mean."""
        sources, targets = schema.ENDS[relation]
        return self.kinds or (sources if self.names_sources else targets)


# `role` makes no links of its own: it says which one `group` makes.
_SHORTCUTS = {
    "group": Shortcut("MEMBER_OF", kinds=("Group",)),
    "alliance": Shortcut("MEMBER_OF", kinds=("Group",)),
    "serves": Shortcut("SERVES"),
    "run_by": Shortcut("RUN_BY"),
    "part_of": Shortcut("PART_OF"),
    "lead": Shortcut("LEADS", names_sources=True),
    "members": Shortcut("MEMBER_OF", names_sources=True),
}


@dataclass
class _MadeLinks:
    """The links that one column makes, each with its row, and what is wrong with some."""

    rows: list[int] = field(default_factory=list)
    ends: list[Ends] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    unclear_names: dict[int, WrongError] = field(default_factory=dict)
    unclear_roles: dict[int, WrongError] = field(default_factory=dict)

    def table(self) -> pa.Table:
        sources, relations, targets = zip(*self.ends, strict=True)
        return pa.table(
            {
                "source": pa.array(sources, pa.string()),
                "relation": pa.array(relations, pa.string()),
                "target": pa.array(targets, pa.string()),
                "origin": pa.array(self.origins, pa.string()),
            }
        )


def add_shortcut_links(
    source: SourceRows, nodes: pa.Table, links: ReadRows, references: References
) -> list[TableFault]:
    """Add to `links` what the shortcuts of all sheets make; return what is wrong with them.

    A link that is stated already is not made again.
    """
    columns = [sheet for sheet in source.sheets if any(_columns(sheet))]
    stated = {ends for table in links.tables for ends in _ends_of(table)} if columns else set()
    faults: list[TableFault] = []
    first = 0
    for number, sheet in enumerate(source.sheets):
        if sheet.table.kind is None:
            continue
        ids = nodes["id"][first : first + len(sheet)].to_pylist()
        first += len(sheet)
        for column in _columns(sheet):
            made = _Column(sheet, column, references, stated).links(ids, links.size)
            if made.rows:
                units = source.units(number, np.array(made.rows, np.int64))
                links.add(made.table(), units, column)
            faults += faults_of("edges", "target", made.unclear_names)
            faults += faults_of("edges", "role", made.unclear_roles)
    return faults


def _columns(sheet: Sheet) -> Iterator[int]:
    """The columns of a sheet that make links."""
    for column, name in enumerate(sheet.fields):
        if name in _SHORTCUTS and sheet.is_shortcut(column):
            yield column


def _ends_of(table: pa.Table) -> Iterable[Ends]:
    nothing: list[str | None] = [None] * len(table)
    columns = [
        table[name].to_pylist() if name in table.column_names else nothing
        for name in ("source", "relation", "target")
    ]
    return zip(*columns, strict=True)


class _Column:
    """A column of a sheet that makes links; `stated` has the ends of those that are there."""

    def __init__(
        self, sheet: Sheet, column: int, references: References, stated: set[Ends]
    ) -> None:
        self.sheet, self.column = sheet, column
        self.references, self.stated = references, stated
        self.name = sheet.fields[column]
        self.shortcut = _SHORTCUTS[self.name]

    def links(self, ids: Sequence[str | None], first: int) -> _MadeLinks:
        """Return the links of all rows, whose nodes are `ids`; faults count from `first`."""
        made = _MadeLinks()
        for row, text in enumerate(self.sheet.columns[self.column].to_pylist()):
            own = ids[row]
            if text and own is not None:
                self._add_row(made, row, own, text, first)
        return made

    def _add_row(self, made: _MadeLinks, row: int, own: str, text: str, first: int) -> None:
        parts = [part for part in cells.texts(text).split("|") if part]
        relation, unclear_role = self._relation(row)
        origin = self._origin(row, "split from a list" if len(parts) > 1 else "typed")
        for position, part in enumerate(parts, 1):
            found, unclear_name = self._end(part, relation, own, item(position, len(parts)))
            ends = (found, relation, own) if self.shortcut.names_sources else (own, relation, found)
            is_wrong = unclear_name is not None or unclear_role is not None
            if ends in self.stated and not is_wrong:
                continue
            self.stated.add(ends)
            at = first + len(made.rows)
            if unclear_name is not None:
                made.unclear_names[at] = unclear_name
            if unclear_role is not None:  # named once, at the first link of the row
                made.unclear_roles[at] = unclear_role
                unclear_role = None
            made.rows.append(row)
            made.ends.append(ends)
            made.origins.append(origin)

    def _origin(self, row: int, how: str) -> str:
        cell = self.sheet.cell(row, self.column)
        return str(Origin(self.sheet.file, self.sheet.own_name, cell, how))

    def _relation(self, row: int) -> tuple[str, WrongError | None]:
        """Which link a row makes, and what is wrong with the role that says so."""
        role = self.sheet.shortcut_called("role") if self.name == "group" else None
        text = None if role is None else self.sheet.columns[role][row].as_py()
        if not text or fold(text) in _MEMBER:
            return self.shortcut.relation, None
        is_asked = role is not None and self.sheet.header[role].startswith(WHETHER)
        leads = yes_or_no(text) if is_asked else None
        if leads is False:
            return self.shortcut.relation, None
        if leads or fold(text) in _LEAD:
            return "LEADS", None
        nearest = " / ".join(choose(language(), GROUP_ROLES))
        return self.shortcut.relation, WrongError("E031", {"value": text, "nearest": nearest})

    def _end(
        self, text: str, relation: str, own: str, where: str
    ) -> tuple[str | None, WrongError | None]:
        """The id that a name means, or what is wrong; a name that means nothing stays."""
        if text in self.references:
            return text, None
        kinds = self.shortcut.kinds_for(relation)
        try:
            return self.references.find(text, kinds, self.references.county_of(own)), None
        except WrongError as wrong:
            if wrong.code != "E044":
                return text, None
            said = {**wrong.said, "item": where, "column": self.sheet.header[self.column]}
            return None, WrongError("E044", said)
