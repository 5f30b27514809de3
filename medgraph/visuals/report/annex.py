"""Set the annex: what every number means, which data it rests on, and which rows were left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.headings import in_words
from medgraph.graphmodel.origin import Origin
from medgraph.visuals.headings import heading, said
from medgraph.visuals.report.tables import ReportTable
from medgraph.words.say import language, say
from medgraph.words.stamps import in_words as stamp_in_words
from medgraph.words.stamps import stated
from medgraph.words.vocabularies import META_KEYS, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from medgraph.graphmodel.network import MedicalNetwork

_DECLARED = ("by", "clause", "date")
_OF_DEFINITION = ("numerator", "denominator", "unit", "register", "source")


def definitions(answers: Mapping[str, Any]) -> ReportTable:
    """Return numerator, denominator, unit, register and source of every answer."""
    rows = tuple(
        (said("answer.", query, query), *_definition(answer)) for query, answer in answers.items()
    )
    return ReportTable(
        "definitions",
        say("report.definitions"),
        (say("column.query"), *map(heading, _OF_DEFINITION)),
        rows,
        columns=("query", *_OF_DEFINITION),
    )


def _definition(answer: Any) -> Iterator[str]:
    for column in _OF_DEFINITION:
        text = getattr(answer.definition, column)
        yield said("share.", text, text) if column == "unit" else text


def sources(net: MedicalNetwork, source: str) -> ReportTable:
    """Return where the data comes from: the file, what it says of itself, the documents cited."""
    rows: list[tuple[str, str, Any]] = []
    if source:
        rows.append((say("report.source"), source, ""))
    for key in META_KEYS:
        if net.meta.get(key):
            rows.append((label("meta", key, language()), stated(net.meta, key), ""))
    rows += _completeness(net.meta)
    rows += [(say("report.document"), text, count) for text, count in _cited(net)]
    columns = ("what", "text", "facts")
    headings = tuple(say(f"report.sources.{column}") for column in columns)
    return ReportTable("sources", say("report.sources"), headings, tuple(rows), columns=columns)


def _completeness(meta: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What is declared complete, table by table: the word, by whom, the clause, the day."""
    for key in sorted(key for key in meta if key.endswith(".complete")):
        word = label("completeness", meta[key], language())
        parts = [word, *(stamp_in_words(meta.get(f"{key}_{end}", "")) for end in _DECLARED)]
        declared = " · ".join(part for part in parts if part)
        yield in_words(key.removesuffix(".complete")), declared, ""


def _cited(net: MedicalNetwork) -> list[tuple[str, int]]:
    """Each document or file that nodes and links name, with how many of them do, the most first."""
    found: Counter[str] = Counter()
    for table in net.packed_tables:
        for one in pc.value_counts(_names_of_sources(table)).to_pylist():
            file = Origin.parse(one["values"]).file if one["values"] else ""
            if file:
                found[file] += one["counts"]
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _names_of_sources(table: pa.Table) -> Any:
    """For each row the document it cites, else its origin."""
    columns = [
        pc.cast(table[name], pa.string()).combine_chunks()
        for name in ("document", "origin")
        if name in table.column_names
    ]
    return pc.coalesce(*columns) if columns else pa.array([], pa.string())


def left_table(left_rows: Sequence[Any], left_out: int) -> ReportTable:
    """Return the rows that were not loaded, each with its reason."""
    return ReportTable(
        "left_out",
        say("report.left_out"),
        (say("column.place"), say("column.reason")),
        tuple((row.place, row.reason) for row in left_rows),
        say("report.left_out_lead", count=left_out),
        columns=("place", "reason"),
    )
