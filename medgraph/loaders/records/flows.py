"""Count rows into flows, and list the rows that do not count by their fault.

The words of the keys are cleaned after the counting, once for each word and not for each row.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.canonical import has_invisible, shows_error, visible_column
from medgraph.graphmodel.flow_table import KEYS
from medgraph.graphmodel.unseen_signs import told
from medgraph.words.record_titles import KIND_WORDS
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir

_WORDS_NAMED = 5
_COUNTS = ("rows", "good", "count")
_KIND_OF_WORD = {word: kind for kind, words in KIND_WORDS.items() for word in words}


@dataclass(frozen=True)
class Flows:
    """The flows that count, by `KEYS` with their `count`; the rows of each fault; all rows.

    `unseen` are texts from which signs that nobody sees were taken.
    """

    frame: pd.DataFrame
    faults: dict[str, int]
    rows: int
    unseen: tuple[str, ...] = ()

    @property
    def unknown_kinds(self) -> tuple[str, ...]:
        """The words for a kind of referral that are of none that is known."""
        return tuple(
            kind for kind in self.frame["kind"].dropna().unique() if kind not in KIND_WORDS
        )


def count_flows(*tables: ir.Table) -> Flows:
    """Count the rows of tables with the same columns by every key that is there.

    Their count `n` is null where a row states none.
    """
    counted = [_taken_over(_counted(table)) for table in tables]
    unseen: list[str] = []
    together = pa.concat_tables(counted).unify_dictionaries()
    flows = _cleaned(together, unseen, is_merged=len(tables) > 1)
    faulty = pc.is_valid(flows["reason"])
    sound = flows.filter(pc.invert(faulty))
    faults = _rows_by_reason(flows.filter(faulty))
    if len(sound):
        faults["bad_count"] = pc.sum(pc.subtract(sound["rows"], sound["good"])).as_py()
        sound = sound.filter(pc.greater(sound["good"], 0))
    rows = int(pc.sum(flows["rows"]).as_py() or 0)
    return Flows(_frame(sound), faults, rows, tuple(unseen))


def _counted(table: ir.Table) -> ir.Table:
    keys = [key for key in KEYS if key in table.columns]
    return table.group_by(keys).aggregate(
        rows=lambda rows: rows.count(),
        good=lambda rows: rows.n.count(),
        count=lambda rows: rows.n.sum(),
    )


def _taken_over(counted: ir.Table) -> pa.Table:
    """What an engine counted, with each word held once: of millions of flows the texts are most."""
    flows = counted.to_pyarrow()
    return pa.table(
        {
            name: column if name in _COUNTS else column.combine_chunks().dictionary_encode()
            for name, column in zip(flows.column_names, flows.columns, strict=True)
        }
    )


def flow_notes(flows: Flows, source: str | Path) -> Iterator[str]:
    """Say of which words nobody knows the kind, and that signs nobody sees were taken out."""
    if flows.unknown_kinds:
        words = say("list_comma").join(
            say("records.quoted", text=kind) for kind in flows.unknown_kinds[:_WORDS_NAMED]
        )
        yield say("records.unknown_kinds", count=len(flows.unknown_kinds), words=words)
    if flows.unseen:
        yield str(told(Path(source).name, flows.unseen))


def _rows_by_reason(flows: pa.Table) -> dict[str, int]:
    rows = flows.group_by("reason").aggregate([("rows", "sum")])
    return dict(zip(rows["reason"].to_pylist(), rows["rows_sum"].to_pylist(), strict=True))


def _frame(flows: pa.Table) -> pd.DataFrame:
    words = {key: flows[key].cast(pa.large_string()) for key in KEYS}
    text = pd.StringDtype("pyarrow", na_value=float("nan"))
    table = pa.table({**words, "count": flows["count"]})
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.large_string(): text}.get)
    return frame


def rejected(faults: dict[str, int], malformed: int) -> pd.DataFrame:
    """Return how many rows were not counted for which reason, and how many lines were no rows."""
    counts = faults | {"malformed_line": malformed}
    rows = sorted((reason, int(count)) for reason, count in counts.items() if count)
    return pd.DataFrame(rows, columns=["reason", "rows"])


# -- cleaning --------------------------------------------------------------------------------------


def _cleaned(flows: pa.Table, unseen: list[str], *, is_merged: bool) -> pa.Table:
    """The flows with clean words and a `reason`; flows whose words become the same are one.

    Where it `is_merged` of several tables, some are the same before.
    """
    keys: dict[str, Any] = {}
    for key in KEYS:
        keys[key], words_merged = _clean_key(flows, key, unseen)
        is_merged = is_merged or words_merged
    reason = _reason(pa.table(keys), dated="month" in flows.column_names)
    counts = {name: flows[name].cast(pa.int64()) for name in _COUNTS}
    table = pa.table({**keys, "reason": reason, **counts})
    return _summed(table) if is_merged else table


def _summed(flows: pa.Table) -> pa.Table:
    summed = flows.group_by([*KEYS, "reason"]).aggregate([(name, "sum") for name in _COUNTS])
    return summed.rename_columns([name.removesuffix("_sum") for name in summed.column_names])


def _clean_key(flows: pa.Table, key: str, unseen: list[str]) -> tuple[Any, bool]:
    """A key as clean text, all null where there is none; and whether two words became one."""
    if key not in flows.column_names:
        return pa.nulls(len(flows), pa.string()).dictionary_encode(), False
    encoded = _flat(flows[key])
    clean = _clean_words(encoded.dictionary, key, unseen).dictionary_encode()
    is_merged = clean.null_count > 0 or len(clean.dictionary) < len(clean)
    codes = clean.indices.take(encoded.indices)
    return pa.DictionaryArray.from_arrays(codes, clean.dictionary), is_merged


def _clean_words(words: Any, key: str, unseen: list[str]) -> Any:
    """Words as they are seen, without blanks around them: a month as 2023-10, a kind by its word.

    An empty one, and the error of a formula, is null.
    """
    if key == "month":
        clean = pc.strftime(words, "%Y-%m")
    else:
        column = pa.chunked_array([words.cast(pa.string())])
        hidden = has_invisible(column)
        unseen += column.filter(hidden).to_pylist()
        clean = pc.utf8_trim_whitespace(visible_column(column)).combine_chunks()
        clean = pc.if_else(shows_error(clean), "", clean)
    if key == "kind":
        clean = pa.array([_kind(word) for word in clean.to_pylist()], pa.string())
    return pc.if_else(pc.equal(clean, ""), pa.scalar(None, pa.string()), clean)


def _kind(word: str | None) -> str | None:
    return word and _KIND_OF_WORD.get(word.lower(), word)


def _reason(flows: pa.Table, *, dated: bool) -> Any:
    """Why the rows of a flow are not counted; null where they are, if their count is one."""
    cases = {}
    if dated:
        cases["bad_date"] = flows["month"].is_null()
    cases["no_to"] = flows["to"].is_null()
    masks = pa.StructArray.from_arrays([_flat(mask) for mask in cases.values()], list(cases))
    return pc.case_when(masks, *(pa.scalar(reason) for reason in cases))


def _flat(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
