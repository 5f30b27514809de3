"""Turn answers into tables as people read them, in the language of the report."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.headings import relations_in_words
from medgraph.visuals import difference_words
from medgraph.visuals.headings import heading, said, state_label, type_label
from medgraph.visuals.node_names import area_names, short_names
from medgraph.visuals.report.called import Called, Names
from medgraph.words.joining import bracketed, listed
from medgraph.words.say import language, say
from medgraph.words.vocabularies import VOCABULARIES, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork

_Value = TypeVar("_Value")
_Said = TypeVar("_Said")

BAD = frozenset(
    {
        "gap",
        "FAIL",
        "missing",
        "overlap",
        "multiple",
        "ungrouped",
        "unsupported",
        "level_skip",
        "up_without_down",
        "down_without_up",
        "dead_end",
        "cycle",
        "expired",
        "closed_unit",
        "broken",
    }
)
OPEN = frozenset({"unknown", "NO_DATA", "no_data"})
# What a row is, the worst first; `standing` returns one of them.
WRONG, UNDECIDED, SOUND, APART = range(4)

_NAMES_OF = {
    "source_name": "source",
    "target_name": "target",
    "other_name": "other",
    "alliance_name": "alliance",
    "lead_name": "lead",
    "nearest_name": "nearest",
    "at_name": "at",
    "path_names": "path",
    "shared_names": "shared",
    "facility_name": "facility",
}
_NAME_BESIDE = {ids: names for names, ids in _NAMES_OF.items()}
_CELLS = frozenset(
    {"met", "missing", "no_data", "expired", "not_yet_valid", "closed_unit", "broken"}
)
_NUMBERS = (int, float)
# What a machine needs and a reader does not: keys of the records behind, kept in the answers.
_HIDDEN = frozenset({"records", "reasons", "origin", "record"})
_WHOLE_NUMBERS_TO = 1e15
_AT_ONCE = 20_000  # rows whose values are held as plain Python


def first_names(names: Sequence[str], most: int, of: int = 0) -> Names:
    """Return the first of the names, and behind them how many there are in all, or `of`."""
    total = of or len(names)
    if total <= most:
        return Names(names)
    shown = names[:most]
    return Names((*shown[:-1], shown[-1] + say("report.and_more", count=total)))


@dataclass(frozen=True)
class ReportTable:
    """One table as people read it, in the language of the report, and what it rests on.

    `statuses` holds the status word of each row, for its colour, and is empty where rows have none;
    `columns` is what the headings are called in the answer, for those that choose among them;
    `left_out` counts the rows behind those it was asked to hold; `ids` is the column of ids, which
    a reader of the names does without.
    """

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    lead: str = ""
    notes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    left_out: int = 0
    ids: str = ""


def answer_table(
    net: MedicalNetwork,
    answer: Any,
    shown: Any = None,
    most: int | None = None,
    called: Called | None = None,
) -> ReportTable:
    """Return all rows of an answer, judged, unknown and excluded, as people read them.

    `shown` has those rows of it that are wanted, None for all; of them the table holds the first,
    at `most` so many. With `called` nodes stand under their names alone, as a report calls them.

    The obligation matrix counts cells: here are its rows; `sharing.cells` has every cell.
    """
    wanted = answer if shown is None else shown
    rows = wanted.frame if _is_matrix(answer) else wanted.everything
    if most is None or len(rows) <= most:
        return rows_table(net, answer, rows, called)
    return replace(rows_table(net, answer, rows.head(most), called), left_out=len(rows) - most)


def _is_matrix(answer: Any) -> bool:
    return bool(answer.query == "sharing.matrix")


def rows_table(
    net: MedicalNetwork, answer: Any, rows: pd.DataFrame, called: Called | None = None
) -> ReportTable:
    """Return some rows of an answer as people read them, nodes as `called` in a report."""
    if answer.query == "compare":
        rows = difference_words.in_words(net, rows)
    if answer.query == "reconcile.join":
        rows = difference_words.conflicts_in_words(net, rows)
    columns = _shown_columns(rows)
    titled = _HEADINGS.get(answer.query, heading)
    read = _Columns(net, called, answer.key if "name" in columns else "", rows)
    told: list[tuple[Any, ...]] = []
    for start in range(0, len(rows), _AT_ONCE):
        some = rows.iloc[start : start + _AT_ONCE]
        told += zip(*(read.values(some, column) for column in columns), strict=True)
    statuses = tuple(texts_of(rows["status"])) if "status" in rows.columns else ()
    notes = [str(note) for note in answer.notes]
    return ReportTable(
        answer.query,
        said("answer.", answer.query, answer.query),
        tuple(map(titled, columns)),
        tuple(told),
        accounted(answer),
        tuple(called.all_told(notes) if called else notes),
        statuses,
        tuple(columns),
        ids=read.ids,
    )


class _Columns:
    """The columns of an answer as people read them; `ids` is the one beside that of the names."""

    def __init__(
        self, net: MedicalNetwork, called: Called | None, ids: str, rows: pd.DataFrame
    ) -> None:
        self.net, self.called, self.ids = net, called, ids
        self._of_cells = {column for column in rows.columns if _is_of_cells(rows, column)}

    def values(self, rows: pd.DataFrame, column: str) -> list[Any]:
        """The values of a column in some of the rows."""
        found = self._read(rows, column, _stated(rows, column))
        if self.called and column in _TEXTS:
            return self.called.all_told([str(value) for value in found])
        return found

    def _read(self, rows: pd.DataFrame, column: str, plain: list[Any]) -> list[Any]:
        if self.called and self.ids and column == "name":
            return _one_name_each(self.called.places(_plain(rows[self.ids]), plain))
        if self.called and column in _OF_NODES:
            return list(self.called.several(plain))
        if column == self.ids:
            return plain
        if column in self._of_cells:
            return _states(self.net, plain)
        reader = _READERS.get(column)
        return reader(self.net, plain) if reader else plain


def _one_name_each(names: Sequence[str]) -> list[Any]:
    return [Names((name,)) for name in names]


def without_ids(table: ReportTable) -> ReportTable:
    """Return a table without its column of ids, where it has one: its names tell."""
    if not table.ids:
        return table
    return chosen(table, [column for column in table.columns if column != table.ids])


def _stated(rows: pd.DataFrame, column: str) -> list[Any]:
    """The values of a column; where there is no id, the name that stands beside it."""
    values = _plain(rows[column])
    if (beside := _NAME_BESIDE.get(column)) not in rows.columns:
        return values
    named = _plain(rows[beside])
    return [
        name if value in (None, "") else value for value, name in zip(values, named, strict=True)
    ]


def _shown_columns(rows: pd.DataFrame) -> list[str]:
    """The columns that hold something; a column of names gives way to the one of ids."""
    return [
        column
        for column in rows.columns
        if column not in _HIDDEN
        and _NAMES_OF.get(column) not in rows.columns
        and (column in ("status", "reason") or rows[column].notna().any())
    ]


def _obligation_heading(column: str) -> str:
    return said("obligation.", column, heading(column))


def _conflict_heading(column: str) -> str:
    return said("conflict.", column, heading(column))


_HEADINGS = {"sharing.matrix": _obligation_heading, "reconcile.join": _conflict_heading}


def accounted(answer: Any) -> str:
    """Say the share of an answer, and how all that was asked about is accounted for.

    Where nothing could be judged there is no share, and its bounds stand alone.
    """
    counts = say(
        "accounted",
        total=answer.total,
        judged=answer.judged,
        unknown=len(answer.unknown),
        excluded=len(answer.excluded),
    )
    share = answer.share
    whole = share and f"{share.met}/{share.total} {said('share.', share.unit, share.unit)}"
    parts = [whole, answer.bounds_in_words, answer.listed_in_words, counts]
    return "; ".join(part for part in parts if part)


def chosen(table: ReportTable, columns: Sequence[str]) -> ReportTable:
    """Return a table with only those of its columns, in their order."""
    kept = [table.columns.index(column) for column in columns if column in table.columns]
    return replace(
        table,
        headings=tuple(table.headings[i] for i in kept),
        rows=tuple(tuple(row[i] for i in kept) for row in table.rows),
        columns=tuple(table.columns[i] for i in kept),
    )


def worst_first(table: ReportTable) -> ReportTable:
    """Return a table with what is wrong first, then what is unknown, then the rest."""
    if not table.statuses:
        return table
    order = sorted(range(len(table.rows)), key=lambda i: standing(table.statuses[i]))
    return replace(
        table,
        rows=tuple(table.rows[i] for i in order),
        statuses=tuple(table.statuses[i] for i in order),
    )


def standing(status: str) -> int:
    """Return what a row of this status is: WRONG, UNDECIDED, SOUND, or APART (excluded)."""
    if status in BAD:
        return WRONG
    if status in OPEN:
        return UNDECIDED
    return APART if status == "excluded" else SOUND


# -- columns -------------------------------------------------------------------------------------


def _is_of_cells(rows: pd.DataFrame, column: str) -> bool:
    """Whether a column holds states of obligations and nothing else."""
    if column in _WORDS or rows[column].isna().any():
        return False
    others = (value for value in rows[column].tolist() if type(value) not in _NUMBERS)
    return _is_cell(next(others, None)) and all(map(_is_cell, others))


def _is_cell(value: Any) -> bool:
    return isinstance(value, str) and value in _CELLS


def _word(value: str) -> str:
    read = state_label(value)
    return read if read != value else said("word.", value, type_label(value))


def _states(net: MedicalNetwork, plain: list[Any]) -> list[Any]:
    return _each_read(_word, plain)


def _reasons(net: MedicalNetwork, plain: list[Any]) -> list[Any]:
    return _each_read(relations_in_words, plain)


def _each_read(read: Callable[[str], str], plain: list[Any]) -> list[Any]:
    """The values as they are read; of many rows few are of different words."""
    return each_once(read, map(str, plain))


def _obligations(net: MedicalNetwork, plain: list[Any]) -> list[Any]:
    return _each_read(lambda value: said("obligation.", value, value), plain)


def _losses(net: MedicalNetwork, plain: list[Any]) -> list[Any]:
    return _each_read(lambda value: said("obligation.", value, _word(value)), plain)


def _cells_met(net: MedicalNetwork, plain: list[Any]) -> list[Any]:
    """Cells of the obligation matrix, `F1:imaging; F2:lead`, by facility and duty in words."""
    return [
        listed(_cell_met(net, cell) for cell in str(value).split("; ") if cell) for value in plain
    ]


def _cell_met(net: MedicalNetwork, cell: str) -> str:
    facility, _, duty = cell.rpartition(":")
    named = str(_nodes(net, [facility])[0])
    return say("cell_met", facility=named, duty=said("obligation.", duty, duty))


def _places(net: MedicalNetwork, plain: list[Any]) -> list[Any]:
    """Codes of areas, several with `|`, by the names of the areas."""
    codes = {code for value in set(map(str, plain)) for code in value.split("|")}
    called = area_names(net, codes, language())
    return _each_read(
        lambda value: listed(called.get(code, code) for code in value.split("|")), plain
    )


def _parts(net: MedicalNetwork, plain: list[Any]) -> list[Any]:
    """Parts of a group, `|` between them and `+` between the areas of one, by names of areas."""
    parts = [str(value).split("|") for value in plain]
    codes = {code for several in parts for part in several for code in part.split("+")}
    called = area_names(net, codes, language())
    return [
        listed("+".join(called.get(code, code) for code in part.split("+")) for part in several)
        for several in parts
    ]


def _nodes(net: MedicalNetwork, plain: list[Any]) -> list[Any]:
    """Ids of nodes, several with `|`, by their short names with the ids behind."""
    texts = [value for value in plain if isinstance(value, str)]
    ids = sorted({id for text in texts for id in text.split("|") if id})
    known = [id for id, at in zip(ids, net.index.positions(ids), strict=True) if at >= 0]
    named = {id: bracketed(name, id) for id, name in short_names(net, known, language()).items()}
    return [
        listed(named.get(id, id) for id in value.split("|")) if isinstance(value, str) else value
        for value in plain
    ]


def _vocabulary(name: str) -> Reader:
    """Return the reader of a column whose words are those of a vocabulary."""

    def read(net: MedicalNetwork, plain: list[Any]) -> list[Any]:
        known = VOCABULARIES.get(name, {})
        lang = language()
        return each_once(lambda v: label(name, str(v), lang) if str(v) in known else v, plain)

    return read


Reader = Callable[["MedicalNetwork", list[Any]], list[Any]]

_WORDS = {
    "facility_status": _vocabulary("status"),
    "relation": _vocabulary("relation"),
    "specialty": _vocabulary("specialty"),
    "basis": _vocabulary("basis"),
    "title": _vocabulary("title"),
}
# Columns whose values are states or words of several vocabularies.
_STATES = (
    *("status", "use", "kind", "role", "type", "scope", "unit", "way", "part", "travel"),
    "indicator",
)
_TEXTS = ("reason", "fix", "advice")  # that name nodes
# Columns of ids of nodes, several of them with `|`.
_OF_NODES = (
    *("group", "groups", "facilities", "source", "target", "lead", "members", "neighbours"),
    *("alliance", "alliances", "at", "nearest", "path", "shared", "team", "other", "facility"),
)
# column -> how its values read; every other column reads as it is
_READERS: dict[str, Reader] = {
    **_WORDS,
    "reason": _reasons,
    "parts": _parts,
    "obligation": _obligations,
    "loses": _losses,
    "meets": _cells_met,
    **dict.fromkeys(_STATES, _states),
    **dict.fromkeys(
        ("area_code", "districts", "split_districts", "isolated", "county", "township"), _places
    ),
    **dict.fromkeys(_OF_NODES, _nodes),
}


# -- values --------------------------------------------------------------------------------------


def plain_of(value: Any) -> Any:
    """Return a value of a frame as plain Python: missing is empty text, a day is ISO text."""
    if _is_missing(value):
        return ""
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()[:10]
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, bool):
        return label("boolean", "yes" if value else "no", language())
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE_NUMBERS_TO:
        return int(value)
    return value


def _plain(values: pd.Series) -> list[Any]:
    """The values of a column as plain Python; a column of text holds nothing else."""
    if isinstance(values.dtype, pd.StringDtype):
        return _texts(values)
    return [plain_of(value) for value in values]


def _without_gaps(values: pd.Series) -> list[Any]:
    """The values of a column, what is missing as empty text."""
    if isinstance(values.dtype, pd.StringDtype):
        return _texts(values)
    return list(values.astype(object).where(values.notna(), ""))


def _texts(values: pd.Series) -> list[Any]:
    """The texts of a column, at once: one by one they take ten times as long."""
    found: list[Any] = pc.fill_null(pa.array(values.array), "").to_pylist()
    return found


def _is_missing(value: Any) -> bool:
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or value is pd.NaT or value is pd.NA


def text_of(value: Any) -> str:
    """Return a value of a frame as text."""
    return value if isinstance(value, str) else str(plain_of(value))


def texts_of(values: pd.Series) -> list[str]:
    """Return the values of a column as texts, what is missing as empty text."""
    if isinstance(values.dtype, pd.StringDtype):
        return _texts(values)
    return [text_of(value) for value in _without_gaps(values)]


def each_once(tell: Callable[[_Value], _Said], values: Iterable[_Value]) -> list[_Said]:
    """Return what is said of each value, worked out once for those that are alike."""
    values = list(values)
    said_of_value = {value: tell(value) for value in set(values)}
    return [said_of_value[value] for value in values]


def rows_of(frame: pd.DataFrame) -> Iterator[Mapping[Any, Any]]:
    """Yield the rows of a frame, what is missing as empty text."""
    for start in range(0, len(frame), _AT_ONCE):
        told = columns_of(frame.iloc[start : start + _AT_ONCE])
        for values in zip(*told.values(), strict=True):
            yield dict(zip(told, values, strict=True))


def columns_of(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the columns of a frame by their names, what is missing as empty text."""
    return {name: _without_gaps(frame[name]) for name in frame.columns}
