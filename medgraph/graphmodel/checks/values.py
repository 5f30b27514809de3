"""Check values one by one: what is missing, double, no word of its vocabulary, out of range."""

from __future__ import annotations

import difflib
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from medgraph.graphmodel import schema
from medgraph.graphmodel.arrays.chunks import flat, mask_of
from medgraph.graphmodel.arrays.lookups import is_among, positions
from medgraph.graphmodel.repeated_rows import doubled, repeated
from medgraph.words.say import language
from medgraph.words.vocabularies import VOCABULARIES, label, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from medgraph.graphmodel.arrays.types import Mask
    from medgraph.graphmodel.checks.fault import Part, TableFault

# A plan may name a specialty or a title that our list has not; all else decides what a row means.
OPEN_VOCABULARIES = frozenset({"specialty", "title"})
_SUGGESTED = 8  # so many words are named where none is near
_NEAR = 0.3  # readings less alike than this (0 to 1) are not suggested
_ROUNDING = 1e-6


def missing(nodes: Part, edges: Part) -> Iterator[TableFault]:
    """Find required values that are missing, of a node those that its kind requires."""
    yield from _missing(nodes, ("id", "kind"))
    for table, rows in _by_kind(nodes):
        required = tuple(name for name in table.required if name != "id")
        yield from _missing(nodes, required, rows)
    yield from _missing(edges, ("source", "relation", "target"))


def _missing(
    part: Part, columns: tuple[str, ...], among: Mask | None = None
) -> Iterator[TableFault]:
    for column in columns:
        if part.has(column) and not part.table[column].null_count:
            continue
        empty = np.ones(len(part), bool)
        if part.has(column):
            empty = mask_of(part.table[column].is_null())
        if among is not None:
            empty = empty & among
        yield from part.fault("E011", column, empty, _saying_its_title(column))


def _saying_its_title(column: str) -> Callable[[int], dict[str, str]]:
    def said(row: int) -> dict[str, str]:
        return {"column": schema.title(column)}

    return said


def _by_kind(nodes: Part) -> Iterator[tuple[schema.Table, Mask]]:
    """Every table of the schema that has nodes here, with the mask of their rows."""
    kinds = [table.kind for table in schema.NODE_TABLES]
    kind = positions(nodes.table["kind"], pa.array(kinds, pa.string()), np.int8)
    for number in np.unique(kind[kind >= 0]).tolist():
        yield schema.NODE_TABLES[number], kind == number


def double_ids(nodes: Part) -> Iterator[TableFault]:
    """Find ids that several nodes have; all but the first of them are at fault."""
    ids = flat(nodes.table["id"])
    rows = doubled(ids)
    texts = ids.take(pa.array(rows)).to_pylist()
    count_of = Counter(texts)
    later = list(repeated(zip(rows.tolist(), texts, strict=True)))

    def said(row: int) -> dict[str, str]:
        id = str(nodes.text("id", row))
        return {"value": id, "count": str(count_of[id])}

    yield from nodes.fault_at("E010", "id", np.array(later, np.int64), said, rows)


def words(nodes: Part, edges: Part) -> Iterator[TableFault]:
    """Find values that are no word of their vocabulary."""
    yield from _outside(nodes, "kind", "kind")
    for table, rows in _by_kind(nodes):
        yield from _outside_vocabularies(nodes, table, rows)
    yield from words_of_links(edges)


def words_of_links(edges: Part) -> Iterator[TableFault]:
    """Find values of links that are no word of their vocabulary."""
    yield from _outside_vocabularies(edges, schema.LINKS, None)


def _outside_vocabularies(
    part: Part, table: schema.Table, among: Mask | None
) -> Iterator[TableFault]:
    for field in table.fields:
        if field.vocabulary and field.type != "boolean" and part.has(field.name):
            yield from _outside(part, field.name, field.vocabulary, among)


def _outside(
    part: Part, column: str, vocabulary: str, among: Mask | None = None
) -> Iterator[TableFault]:
    """Values that are no word of `vocabulary`; in an open one, only other readings of its words."""
    known = pa.array(VOCABULARIES[vocabulary], pa.string())
    wrong = ~is_among(part.table[column], known, or_null=True)
    if among is not None:
        wrong = wrong & among
    code = "W031" if vocabulary in OPEN_VOCABULARIES else "E031"

    def said(row: int) -> dict[str, str]:
        return unknown_word(vocabulary, part.text(column, row) or "")

    yield from part.fault(code, column, wrong, said)


def unknown_word(vocabulary: str, text: str) -> dict[str, str]:
    """Return what to say of a `text` that is no word of `vocabulary`: it, and the nearest word."""
    found = word(vocabulary, text)
    return {"value": text, "nearest": found} if found else no_word(vocabulary, text)


def no_word(vocabulary: str, text: str) -> dict[str, str]:
    """Return what to say of a `text` that `vocabularies.word` does not know."""
    return {"value": text, "nearest": _nearest(vocabulary, text)}


def _nearest(vocabulary: str, text: str) -> str:
    """The label of the nearest word, or the first words where none is near."""
    near = _most_alike(text, _readings(vocabulary))
    if near is None:
        return _first_words(vocabulary, language())
    return label(vocabulary, _readings_of(vocabulary)[near], language())


def _most_alike(text: str, readings: Sequence[str]) -> str | None:
    """The reading most alike, as `difflib` says it; None where none is near.

    That takes long, and a file may hold a million wrong words: what has too few signs in common, in
    their order, is not compared.
    """
    may_be = process.extract(
        text, readings, scorer=fuzz.ratio, score_cutoff=100 * _NEAR - _ROUNDING, limit=None
    )
    if not may_be:
        return None
    alike = difflib.SequenceMatcher(None, "", text)
    best: tuple[float, str] | None = None
    for reading, at_most, _ in may_be:  # the most promising first
        if best is not None and at_most + _ROUNDING < 100 * best[0]:
            break
        alike.set_seq1(reading)
        found = alike.ratio(), reading
        if found[0] >= _NEAR:
            best = found if best is None else max(best, found)
    return None if best is None else best[1]


@cache
def _first_words(vocabulary: str, lang: str) -> str:
    first = list(VOCABULARIES[vocabulary])[:_SUGGESTED]
    return " / ".join(label(vocabulary, name, lang) for name in first)


@cache
def _readings(vocabulary: str) -> tuple[str, ...]:
    return tuple(_readings_of(vocabulary))


@cache
def _readings_of(vocabulary: str) -> dict[str, str]:
    """All readings of the words of a vocabulary, each with its word."""
    return {
        reading: name
        for name, term in VOCABULARIES[vocabulary].items()
        for reading in (term.zh, term.en, term.word, *term.also)
    }


def dates(part: Part) -> Iterator[TableFault]:
    """Find rows that end before they begin."""
    if not part.has("valid_from", "valid_to"):
        return

    def said(row: int) -> dict[str, str]:
        begin, end = (str(part.text(name, row)) for name in ("valid_from", "valid_to"))
        return {"value": end, "begin": begin}

    ends_early = pc.less(part.table["valid_to"], part.table["valid_from"])
    yield from part.fault("E050", "valid_to", ends_early, said)


def amounts(part: Part) -> Iterator[TableFault]:
    """Find amounts below zero."""
    for name in _AMOUNTS:
        if part.has(name):
            yield from part.fault("E015", name, pc.less(part.table[name], 0))


def _amount_fields() -> list[str]:
    """The fields of all tables that hold an amount of something; a coordinate is none."""
    fields = (field for table in schema.TABLES.values() for field in table.fields)
    amounts = [f.name for f in fields if f.type in ("integer", "number") and f.unit]
    return [name for name in dict.fromkeys(amounts) if name not in ("lon", "lat")]


_AMOUNTS = _amount_fields()
