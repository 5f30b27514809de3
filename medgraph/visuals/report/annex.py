"""Set the annex: what every number means, which data it rests on, and which rows were left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel.headings import in_words
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.origin import Origin
from medgraph.visuals.headings import heading, said
from medgraph.visuals.report.tables import Table
from medgraph.words.say import language, say
from medgraph.words.vocabularies import META_KEYS, label


def definitions(answers: Mapping[str, Any]) -> Table:
    """Return numerator, denominator, unit, register and source of every answer."""
    columns = ("numerator", "denominator", "unit", "register", "source")
    rows = tuple(
        (
            said("answer.", query, query),
            *(
                said("share.", answer.definition.unit, answer.definition.unit)
                if c == "unit"
                else getattr(answer.definition, c)
                for c in columns
            ),
        )
        for query, answer in answers.items()
    )
    return Table(
        "definitions",
        say("report.definitions"),
        (say("column.query"), *map(heading, columns)),
        rows,
        columns=("query", *columns),
    )


def sources(net: MedicalNetwork, source: str) -> Table:
    """Return where the data comes from: the file, what it says of itself, and the documents that facts cite."""
    rows = [(say("report.source"), source, "")] if source else []
    rows += [
        (label("meta", key, language()), net.meta[key], "")
        for key in META_KEYS
        if net.meta.get(key)
    ]
    rows += list(_completeness(net.meta))
    rows += [(say("report.document"), text, count) for text, count in _cited(net)]
    columns = ("what", "text", "facts")
    return Table(
        "sources",
        say("report.sources"),
        tuple(say(f"report.sources.{c}") for c in columns),
        tuple(rows),
        columns=columns,
    )


def _completeness(meta: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    """What is said to be complete, table by table: the word, by whom, the clause, the day."""
    for key in sorted(key for key in meta if key.endswith(".complete")):
        parts = (
            label("completeness", meta[key], language()),
            *(meta.get(f"{key}_{end}") for end in ("by", "clause", "date")),
        )
        yield (
            in_words(key.removesuffix(".complete")),
            " · ".join(part for part in parts if part),
            "",
        )


def _cited(net: MedicalNetwork) -> Iterable[tuple[str, int]]:
    """Each document or file that nodes and links name, with how many of them do, the most first."""
    found: dict[str, int] = {}
    for table in net.packed_tables:
        names = pa.array([], pa.string())
        for column in ("origin", "document"):
            if column in table.column_names:
                texts = pc.cast(table[column], pa.string()).combine_chunks()
                names = texts if not len(names) else pc.coalesce(texts, names)
        for one in pc.value_counts(names).to_pylist() if len(names) else ():
            file = Origin.parse(one["values"]).file if one["values"] else ""
            if file:
                found[file] = found.get(file, 0) + one["counts"]
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def left_table(left_rows: Sequence[Any], left_out: int) -> Table:
    """Return the rows that were not loaded, each with its reason."""
    rows = tuple((row.place, row.reason) for row in left_rows)
    return Table(
        "left_out",
        say("report.left_out"),
        (say("column.place"), say("column.reason")),
        rows,
        say("report.left_out_lead", count=left_out),
        columns=("place", "reason"),
    )
