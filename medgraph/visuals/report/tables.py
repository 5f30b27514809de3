"""Turn answers into tables as people read them: headings and words in the language of the report."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from medgraph.graphmodel.headings import relations_in_words
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.visuals.headings import heading, said, state_label, type_label
from medgraph.visuals.tiles.tile_scene import places, short_names
from medgraph.words.say import language, pick, say
from medgraph.words.vocabularies import VOCABULARIES, label

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
_ID_COLUMNS = (
    "group",
    "groups",
    "facilities",
    "source",
    "target",
    "lead",
    "members",
    "neighbours",
    "alliance",
    "other",
    "facility",
)
_PLACE_COLUMNS = ("area_code", "districts", "split_districts", "isolated", "county")
_WORDS = {
    "facility_status": "status",
    "relation": "relation",
    "specialty": "specialty",
    "basis": "basis",
}
_NAMES_OF = {
    "source_name": "source",
    "target_name": "target",
    "other_name": "other",
    "alliance_name": "alliance",
}
_CELLS = frozenset({"met", "missing", "no_data", "expired", "not_yet_valid", "closed_unit"})
# What a machine needs and a reader does not: keys of the records behind, kept in the answers themselves.
_HIDDEN = frozenset({"records", "reasons", "origin", "record"})


@dataclass(frozen=True)
class Table:
    """One table as people read it: headings and rows in the language of the report, and what it rests on."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    lead: str = ""
    notes: tuple[str, ...] = ()
    statuses: tuple[
        str, ...
    ] = ()  # the status word of each row, for its colour; empty where rows have none
    columns: tuple[
        str, ...
    ] = ()  # what the headings are called in the answer, for those that choose among them


def answer_table(net: MedicalNetwork, answer: Any) -> Table:
    """Return all rows of an answer, judged, unknown and excluded, as people read them.

    The obligation matrix counts cells, not rows: here stand its rows, and `sharing.cells` has every cell.
    """
    rows = answer.frame if answer.query == "sharing.matrix" else answer.everything
    words = said("answer.", answer.query, answer.query)
    columns = [
        c
        for c in rows.columns
        if c not in _HIDDEN
        and _NAMES_OF.get(c) not in rows.columns
        and (rows[c].notna().any() or c in ("status", "reason"))
    ]
    readable = {
        c: list(map(plain_of, rows[c]))
        if c == answer.key and "name" in columns
        else _readable(net, c, rows[c])
        for c in columns
    }
    called = (
        (lambda c: said("obligation.", c, heading(c)))
        if answer.query == "sharing.matrix"
        else heading
    )
    statuses = tuple(map(text_of, rows["status"])) if "status" in rows.columns else ()
    return Table(
        answer.query,
        words,
        tuple(map(called, columns)),
        tuple(zip(*readable.values(), strict=True)),
        accounted(answer),
        tuple(map(str, answer.notes)),
        statuses,
        tuple(columns),
    )


def accounted(answer: Any) -> str:
    """Say the share of an answer, and how all that was asked about is accounted for."""
    share = answer.share
    met = f"{share.met}/{share.total} {said('share.', share.unit, share.unit)}; " if share else ""
    return met + say(
        "accounted",
        total=answer.total,
        judged=answer.judged,
        unknown=len(answer.unknown),
        excluded=len(answer.excluded),
    )


def chosen(table: Table, columns: Sequence[str]) -> Table:
    """Return a table with only those of its columns, in their order."""
    kept = [table.columns.index(c) for c in columns if c in table.columns]
    return Table(
        table.key,
        table.title,
        tuple(table.headings[i] for i in kept),
        tuple(tuple(row[i] for i in kept) for row in table.rows),
        table.lead,
        table.notes,
        table.statuses,
        tuple(table.columns[i] for i in kept),
    )


def worst_first(table: Table) -> Table:
    """Return a table with what is wrong first, then what is unknown, then the rest, each in its old order."""
    if not table.statuses:
        return table
    order = sorted(range(len(table.rows)), key=lambda i: standing(table.statuses[i]))
    return Table(
        table.key,
        table.title,
        table.headings,
        tuple(table.rows[i] for i in order),
        table.lead,
        table.notes,
        tuple(table.statuses[i] for i in order),
        table.columns,
    )


def standing(status: str) -> int:
    """Return 0 for the status of a problem, 1 for unknown, 2 for the rest, 3 for what was excluded."""
    return 0 if status in BAD else 1 if status in OPEN else 3 if status == "excluded" else 2


def _readable(net: MedicalNetwork, column: str, values: pd.Series) -> list[Any]:
    """The values of a column as people read them: ids of other nodes with their names, words in their language."""
    lang = language()
    plain = [plain_of(value) for value in values]
    if column in _WORDS:
        known = VOCABULARIES.get(_WORDS[column], {})
        return [label(_WORDS[column], str(v), lang) if str(v) in known else v for v in plain]
    words = {value for value in plain if isinstance(value, str)}
    if words and words <= _CELLS:
        return list(map(_word, plain))
    if column == "reason":
        return [relations_in_words(str(value)) for value in plain]
    if column == "obligation":
        return [said("obligation.", str(value), str(value)) for value in plain]
    if column in ("status", "use", "kind", "role", "type", "scope", "unit"):
        return [_word(str(value)) for value in plain]
    if column in _PLACE_COLUMNS:
        called = places(net, {code for value in plain for code in str(value).split("|")}, lang)
        return [joined(called.get(code, code) for code in str(value).split("|")) for value in plain]
    if column in _ID_COLUMNS:
        return _named(net, plain)
    return plain


def _word(value: str) -> str:
    read = state_label(value)
    return read if read != value else said("word.", value, type_label(value))


def _named(net: MedicalNetwork, plain: list[Any]) -> list[Any]:
    ids = sorted({id for value in plain if isinstance(value, str) for id in value.split("|") if id})
    known = [id for id, p in zip(ids, net.index.positions(ids), strict=True) if p >= 0]
    named = {id: counted(name, id) for id, name in short_names(net, known, language()).items()}
    return [
        joined(named.get(id, id) for id in value.split("|")) if isinstance(value, str) else value
        for value in plain
    ]


def plain_of(value: Any) -> Any:
    """Return a value of a frame as plain Python: what is missing is empty text, a day is ISO text."""
    if (
        value is None
        or value is pd.NaT
        or value is pd.NA
        or (isinstance(value, float) and value != value)
    ):
        return ""
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()[:10]
    value = value.item() if hasattr(value, "item") else value
    return (
        int(value)
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        else value
    )


def text_of(value: Any) -> str:
    """Return a value of a frame as text."""
    return str(plain_of(value))


def joined(parts: Iterable[str]) -> str:
    """Return words in a row, with the comma of the language."""
    return pick(zh="、", en=", ").join(parts)


def counted(words: Any, what: Any) -> str:
    """Return words with a number or an id behind them, in the brackets of the language."""
    return pick(zh=f"{words}（{what}）", en=f"{words} ({what})")


def rows_of(frame: pd.DataFrame) -> list[Mapping[str, Any]]:
    """Return the rows of a frame, what is missing as empty text."""
    return frame.astype(object).where(frame.notna(), "").to_dict("records")
