"""Make answers: a definition with its register, what is left out and why, the sum of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from medgraph.errors import OptionError
from medgraph.graphmodel.day import Day
from medgraph.graphmodel.headings import in_words
from medgraph.graphmodel.held_tables import require_network
from medgraph.queries.bounds import Bounds, Share
from medgraph.queries.results import Answer, Definition
from medgraph.words.say import pick, say
from medgraph.words.stamps import stamps_of

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.network import MedicalNetwork


def register_of(net: MedicalNetwork) -> str:
    """Return the register of areas with its edition as stated, or that none is stated."""
    parts = [net.meta.get("register"), net.meta.get("edition")]
    if not parts[0]:
        areas = pa.array(net.index.is_kind("Area"))
        parts = [_few_values(net, column, areas) for column in ("register", "edition")]
    return " ".join(part for part in parts if part) or say("register_not_stated")


def _few_values(net: MedicalNetwork, column: str, areas: pa.Array) -> str:
    """The first three values that areas state in a column."""
    stated = net.index.values(column).filter(areas).unique().drop_null()
    return say("list_comma").join(str(value) for value in stated.to_pylist()[:3])


def on_day(net: MedicalNetwork, as_of: datetime.date | str | None) -> Day:
    """Return the facts of the day alone, without what has ended or not begun."""
    require_network(net)
    return Day(net.as_of(net.day(as_of)))


def define(day: Day, numerator: str, denominator: str, unit: str, source: str = "") -> Definition:
    """Return a definition with the sentences of these keys and the register of the network."""
    return Definition(
        say(numerator),
        say(denominator) if denominator else "",
        unit,
        register_of(day.net),
        say(source) if source else "",
    )


def answer(
    day: Day,
    query: str,
    definition: Definition,
    frame: pd.DataFrame,
    *,
    judged: int,
    met: int | None = None,
    unknown: pd.DataFrame | None = None,
    perhaps: pd.DataFrame | None = None,
    excluded: pd.DataFrame | None = None,
    is_whole: bool = True,
    may_not_be_asked: int = 0,
    lists: Sequence[str] = (),
    may_be_met: int = 0,
    may_be_unmet: int = 0,
    doubts: Sequence[tuple[str, int]] = (),
    notes: Sequence[str] = (),
) -> Answer:
    """Return the answer of `query`; its total follows from its parts, its share from `met`.

    `perhaps` are unknown rows that may not be asked about at all, `may_not_be_asked` is how many
    other rows may not. `lists` are the tables from which the subjects are: where one is not
    declared complete, there may be more subjects; of what is no whole there are bounds, but no
    share (`is_whole`). `may_be_met`
    is how many of those judged by what is named have it if more is named, `may_be_unmet` how many
    may then have it no more, `doubts` each reason for either with how many rows.
    """
    unknown = frame_of({}) if unknown is None else unknown
    excluded = frame_of({}) if excluded is None else excluded
    open_lists = undeclared(day, *lists)
    unsure = may_not_be_asked + (0 if perhaps is None else len(perhaps))
    if perhaps is not None:
        unknown = stacked(unknown, perhaps)
    bounds = share = None
    if met is not None:
        bounds = Bounds.of(int(met), judged, len(unknown), perhaps=unsure, lists=open_lists)
        bounds = bounds.raised(may_be_met).lowered(may_be_unmet)
        share = Share(int(met), judged, definition.unit) if is_whole else None
    return Answer(
        query,
        day.date,
        definition,
        frame,
        total=judged + len(unknown) + len(excluded),
        judged=judged,
        share=share,
        bounds=bounds,
        undeclared=tuple(day.found_undeclared),
        doubts=tuple(doubts),
        unknown=unknown,
        excluded=excluded,
        stamps=stamps_of(day.net.meta),
        notes=tuple(notes),
    )


def answer_by_status(
    day: Day,
    query: str,
    definition: Definition,
    rows: pd.DataFrame,
    *,
    met: str,
    perhaps: pd.DataFrame | None = None,
    excluded: pd.DataFrame | None = None,
    lists: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Answer:
    """Return the answer whose rows say by their status who is unknown, and who is `met`."""
    judged, unknown = split_by_status(rows)
    return answer(
        day,
        query,
        definition,
        judged,
        judged=len(judged),
        met=(judged["status"] == met).sum(),
        unknown=unknown,
        perhaps=perhaps,
        excluded=excluded,
        lists=lists,
        notes=notes,
    )


def stacked(first: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """Return both, one after the other; empty rows would only change the types of columns."""
    if more.empty:
        return first
    if first.empty:
        names = list(dict.fromkeys((*more.columns, *first.columns)))
        return more.reindex(columns=names)
    return pd.concat([first, more], ignore_index=True)


def groups_left_out(day: Day, *, alliances: bool = False) -> pd.DataFrame:
    """Return the rows for `excluded`: groups (or alliances) that are placeholders or have ended."""
    kind = day.index.is_kind("Group") & (day.typed_as_alliance == alliances)
    lasting = day.alliance if alliances else day.group
    return named_out(day, kind & ~lasting.certain, key="group")


def named_out(day: Day, mask: Mask, *, key: str = "facility") -> pd.DataFrame:
    """Return the rows for `excluded` of a mask: placeholders, and who is not at work."""
    where = np.flatnonzero(mask)
    is_class = say("left_out_class")
    not_at_work = say("left_out_not_at_work", day=day.date)
    reasons = np.where(day.placeholder[where], is_class, not_at_work)
    return frame_of(
        {
            key: day.ids(where),
            "name": day.names(where),
            "status": "excluded",
            "reason": reasons.tolist(),
        }
    )


def frame_of(
    columns: Mapping[str, Any] | Iterable[Mapping[str, Any]], names: Sequence[str] = ()
) -> pd.DataFrame:
    """Return a frame of columns or of rows; `names` are the columns of a frame without rows."""
    if isinstance(columns, Mapping):
        lengths = [len(column) for column in columns.values() if not isinstance(column, str)]
        filled = dict(columns) or {"status": [], "reason": []}
        if not any(lengths) and all(isinstance(column, str | list) for column in filled.values()):
            return _without_rows(tuple(filled), tuple(isinstance(c, str) for c in filled.values()))
        return pd.DataFrame(filled, index=range(max(lengths, default=0)))
    rows = list(columns)
    if not rows:
        return _without_rows(tuple(names or ("status", "reason")))
    return pd.DataFrame(rows)


def _without_rows(names: tuple[str, ...], is_text: tuple[bool, ...] | None = None) -> pd.DataFrame:
    """A frame without rows of its own, of which many answers have one."""
    return _empty_frame(names, is_text).copy()


@cache
def _empty_frame(names: tuple[str, ...], is_text: tuple[bool, ...] | None) -> pd.DataFrame:
    if is_text is None:
        return pd.DataFrame([], columns=list(names))
    columns = {name: "" if text else [] for name, text in zip(names, is_text, strict=True)}
    return pd.DataFrame(columns, index=range(0))


def split_by_status(
    frame: pd.DataFrame, status: str = "unknown"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that have another status, and those that have `status`."""
    hit = np.asarray(frame["status"].array == status, bool)
    if hit.any() and not hit.all():
        others, those = frame.take(np.flatnonzero(~hit)), frame.take(np.flatnonzero(hit))
        return others.reset_index(drop=True), those.reset_index(drop=True)
    whole = frame.reset_index(drop=True)  # which costs less than picking every row
    return (whole[:0], whole) if hit.any() else (whole, whole[:0])


def undeclared(day: Day, *tables: str, groups: Mask | None = None) -> str:
    """Return which of these tables are not declared complete, as one text; empty where all are.

    `groups`: who belongs to every one of these groups is asked for too, as a member or as its lead.
    """
    belonging = () if groups is None else ("MEMBER_OF", "LEADS")
    lists = [part for relation in belonging for part in day.lacking(relation, groups)]
    lacking = [*dict.fromkeys(lists), *(table for table in tables if not _is_whole(day, table))]
    return say("list_comma").join(table_in_words(table) for table in lacking)


def _is_whole(day: Day, table: str) -> bool:
    """Tell whether a table is declared complete.

    Of a relation, no part may be declared otherwise.
    """
    _, _, relation = table.partition("links.")
    is_whole_relation = relation and "." not in relation
    return day.declared_whole(relation) if is_whole_relation else day.declared_table(table)


def table_in_words(table: str) -> str:
    """`links.MEMBER_OF.G2` as people read it within a sentence, in quotes; in English as it is."""
    return pick(zh=f"“{in_words(table)}”", en=table)


def one_of(what: str, value: str, allowed: Iterable[str]) -> str:
    """Return `value`; raise OptionError where it is not allowed."""
    allowed = list(allowed)
    if value not in allowed:
        raise OptionError(say("not_one_of", what=what, value=value, allowed=", ".join(allowed)))
    return value
