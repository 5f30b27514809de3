"""Turn the text of cells into values: numbers, days, words; what cannot be read keeps its place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.validate import OPEN_VOCABULARIES, Fault, unknown_word
from medgraph.words import days, numerals
from medgraph.words.vocabularies import BOOLEANS, VOCABULARIES, fold, word

T = TypeVar("T")

_TOO_LARGE = 2**63  # for a column of whole numbers
_SEPARATORS = re.compile(r"\s*[、，,；;\n]\s*")


class WrongError(ValueError):
    """A text that is no value of its field: the code of the problem and what to say."""

    def __init__(self, code: str, said: dict[str, str]) -> None:
        super().__init__(code)
        self.code = code
        self.said = said


def integer(text: str) -> int:
    """Read a whole number; thousands may have commas."""
    whole = _read_or(WrongError("E012", {"value": text}), numerals.read_integer, text)
    if abs(whole) >= _TOO_LARGE:
        raise WrongError("E012", {"value": text})
    return whole


def number(text: str) -> float:
    """Read a number as Excel or a person writes one; a percentage and a unit are no number."""
    return _read_or(WrongError("E012", {"value": text}), numerals.read_number, text)


def day(text: str) -> datetime.date:
    """Read a day: 2023-10-25, 2023年10月25日, 20231025, or the number that Excel shows for one."""
    return _read_or(WrongError("E013", {"value": text}), days.read_day, text)


def _read_or(wrong: WrongError, read: Callable[[str], T], text: str) -> T:
    """Return what `read` reads in `text`; raise `wrong` where that is nothing."""
    try:
        return read(text)
    except ValueError:
        raise wrong from None


def boolean(text: str) -> bool:
    """Read yes or no."""
    found = word("boolean", text)
    if found is None:
        raise WrongError(
            "E014", {"value": text, "allowed": " / ".join(t.zh for t in BOOLEANS.values())}
        )
    return found == "yes"


def texts(text: str) -> str:
    """Read a list: `|` between its parts, or else 、 or ， or ； or a line end."""
    if "|" in text:
        body = text[:-1]
        return body if text.endswith("|") and "|" not in body and _SEPARATORS.search(body) else text
    return "|".join(part for part in _SEPARATORS.split(text) if part)


def list_text(text: str) -> str:
    """Write a list so that `texts` reads it back: a last `|` says that other separators are part of the text."""
    return f"{text}|" if "|" not in text and _SEPARATORS.search(text) else text


def worded(vocabulary: str) -> Callable[[str], str]:
    """Return the reader of a vocabulary; an open one keeps what it does not know."""

    def read(text: str) -> str:
        found = text if text in VOCABULARIES[vocabulary] else word(vocabulary, text)
        if found is None and vocabulary not in OPEN_VOCABULARIES:
            raise WrongError("E031", unknown_word(vocabulary, text))
        return found or text

    return read


READERS: dict[str, Callable[[str], Any]] = {
    "integer": integer,
    "number": number,
    "date": day,
    "boolean": boolean,
    "list": texts,
}


def reader(field: schema.Field | None, type: str) -> Callable[[str], Any] | None:
    """Return the function that reads a cell of this field; None where its text is its value."""
    if field is not None and field.vocabulary and field.type == "text":
        return worded(field.vocabulary)
    return READERS.get(type)


def typed(
    column: pa.Array,
    read: Callable[[str], Any],
    type: str,
    *,
    part: str,
    field: str,
    offset: int = 0,
) -> tuple[pa.Array, list[Fault]]:
    """Read a whole column, every distinct text once; what is wrong becomes null and a fault at its rows."""
    encoded = column.dictionary_encode()
    values, wrong = [], {}
    for position, text in enumerate(encoded.dictionary.to_pylist()):
        try:
            values.append(read(text))
        except WrongError as found:
            values.append(None)
            wrong[position] = found
    result = pa.array(values, schema.ARROW_TYPES[type]).take(encoded.indices)
    if not wrong:
        return result, []
    indices = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    faults = []
    for code in sorted({w.code for w in wrong.values()}):
        mine = [p for p, w in wrong.items() if w.code == code]
        rows = np.flatnonzero(np.isin(indices, mine)) + offset
        faults.append(
            Fault(code, part, field, rows, lambda row: wrong[int(indices[row - offset])].said)
        )
    return result, faults


def mapped(text: str, other_words: dict[str, str]) -> str:
    """Return what a table of other people's words (对照) says for `text`, else `text`."""
    return other_words.get(fold(text), text)
