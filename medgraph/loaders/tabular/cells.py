"""Turn the text of cells into values: numbers, days, words; what cannot be read keeps its place."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from medgraph.graphmodel import schema
from medgraph.graphmodel.validate import OPEN_VOCABULARIES, TableFault, no_word
from medgraph.words import days, numerals
from medgraph.words.punctuation import BETWEEN_PARTS
from medgraph.words.quantities import AMOUNT, quantity
from medgraph.words.say import language
from medgraph.words.vocabularies import BOOLEANS, VOCABULARIES, fold, label, word, words

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from medgraph.words.columns import Field

T = TypeVar("T")

_TOO_LARGE = 2**63  # for a column of whole numbers


class WrongError(ValueError):
    """A text that is no value of its field: the code of the problem and what to say.

    What takes time to say is given as a function, for those texts that something is said of.
    `candidates` are all that a name may mean, where they are few.
    """

    def __init__(
        self,
        code: str,
        said: dict[str, str] | Callable[[], dict[str, str]],
        candidates: tuple[str, ...] = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.candidates = candidates
        self._said = said

    @property
    def said(self) -> dict[str, str]:
        """What to say of the text, by the names that the sentence has for it."""
        return self._said() if callable(self._said) else self._said


def integer(text: str) -> int:
    """Read a whole number: 1,200, 十二, 1.2万."""
    whole = _read_or("E012", _whole, text)
    if abs(whole) >= _TOO_LARGE:
        raise WrongError("E012", {"value": text})
    return whole


def number(text: str) -> float:
    """Read a number as Excel or a person writes one; a percentage and a unit are no number."""
    found = _read_or("E012", _plain, text)
    if not math.isfinite(found):
        raise WrongError("E012", {"value": text})
    return found


def _whole(text: str) -> int:
    """Read a whole number in digits or in words."""
    try:
        return numerals.read_integer(text)
    except ValueError:
        return numerals.read_integer(str(_in_words(text)))


def _plain(text: str) -> float:
    """Read a number in digits or in words."""
    try:
        return numerals.read_number(text)
    except ValueError:
        return float(_in_words(text))


def _in_words(text: str) -> Fraction:
    """Read 十二 and 1.2万; with a sign of per cent or a word behind it, it is no number."""
    found = quantity(text, AMOUNT)
    if found is None:
        raise ValueError(text)
    return found


def day(text: str) -> datetime.date:
    """Read a day: 2023-10-25, 2023年10月25日, 20231025, or the number that Excel shows for one."""
    return _read_or("E013", days.read_day, text)


def _read_or(code: str, read: Callable[[str], T], text: str) -> T:
    """Return what `read` reads in `text`; raise the fault of this `code` where that is nothing."""
    try:
        return read(text)
    except ValueError:
        raise WrongError(code, {"value": text}) from None


def boolean(text: str) -> bool:
    """Read yes or no."""
    found = word("boolean", text)
    if found is None:
        allowed = " / ".join(label("boolean", each, language()) for each in BOOLEANS)
        raise WrongError("E014", {"value": text, "allowed": allowed})
    return found == "yes"


def texts(text: str) -> str:
    """Read a list: `|` between its parts, or else 、 or ， or ； or a line end."""
    if "|" not in text:
        return "|".join(part for part in BETWEEN_PARTS.split(text) if part)
    is_one_part = text.endswith("|") and text.count("|") == 1
    if is_one_part and BETWEEN_PARTS.search(text[:-1]):
        return text[:-1]
    return text


def list_text(text: str) -> str:
    """Write a list so that `texts` reads it back.

    A last `|` says that other separators are part of the text.
    """
    return f"{text}|" if "|" not in text and BETWEEN_PARTS.search(text) else text


class Worded:
    """Read the words of a vocabulary; an open one keeps what it does not know."""

    def __init__(self, vocabulary: str) -> None:
        self._vocabulary = vocabulary
        self._is_open = vocabulary in OPEN_VOCABULARIES

    def __call__(self, text: str) -> str:
        """Return the word that a text means; raise WrongError where it means none."""
        found = self._read(text, word(self._vocabulary, text))
        if found is None:
            raise WrongError("E031", partial(self.wrong_with, text))
        return found

    def all(self, texts: list[str]) -> tuple[list[str | None], dict[str, list[int]]]:
        """Read many texts: the values, and by code the places of those that have none."""
        found = words(self._vocabulary, texts)
        values = [self._read(text, meant) for text, meant in zip(texts, found, strict=True)]
        unknown = [place for place, value in enumerate(values) if value is None]
        return values, {"E031": unknown} if unknown else {}

    def wrong_with(self, text: str) -> dict[str, str]:
        """Return what to say of a text that means no word."""
        return no_word(self._vocabulary, text)

    def _read(self, text: str, meant: str | None) -> str | None:
        if text in VOCABULARIES[self._vocabulary]:
            return text
        return meant or (text if self._is_open else None)


READERS: dict[str, Callable[[str], Any]] = {
    "integer": integer,
    "number": number,
    "date": day,
    "boolean": boolean,
    "list": texts,
}


def reader(field: Field | None, type: str) -> Callable[[str], Any] | None:
    """Return the function that reads a cell of this field; None where its text is its value."""
    if field is not None and field.vocabulary and field.type == "text":
        return Worded(field.vocabulary)
    return READERS.get(type)


def typed(
    column: pa.Array,
    read: Callable[[str], Any],
    type_: str,
    *,
    part: str,
    field: str,
    offset: int = 0,
) -> tuple[pa.Array, list[TableFault]]:
    """Read a whole column, every distinct text once.

    What is wrong becomes null and a fault at its rows, which are counted from `offset`.
    """
    encoded = column.dictionary_encode()
    written = encoded.dictionary
    values, wrong = _values(written.to_pylist(), read)
    result = pa.array(values, schema.ARROW_TYPES[type_]).take(encoded.indices)
    if not wrong:
        return result, []
    positions = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)

    def said(row: int) -> dict[str, str]:
        return _wrong_with(written[int(positions[row - offset])].as_py(), read)

    faults = []
    for code, of_code in sorted(wrong.items()):
        rows = np.flatnonzero(np.isin(positions, of_code)) + offset
        faults.append(TableFault(code, part, field, rows, said))
    return result, faults


def _values(
    written: list[str], read: Callable[[str], Any]
) -> tuple[list[Any], dict[str, list[int]]]:
    """The values of texts, and by code the places of those that have none.

    There may be a million of these: what is wrong with one is not kept, but read once more.
    """
    if isinstance(read, Worded):
        return read.all(written)
    values: list[Any] = []
    wrong: dict[str, list[int]] = {}
    for position, text in enumerate(written):
        try:
            values.append(read(text))
        except WrongError as found:
            values.append(None)
            wrong.setdefault(found.code, []).append(position)
    return values, wrong


def _wrong_with(text: str, read: Callable[[str], Any]) -> dict[str, str]:
    """What to say of a text that `read` cannot read."""
    if isinstance(read, Worded):
        return read.wrong_with(text)
    try:
        read(text)
    except WrongError as found:
        return found.said
    raise AssertionError(text)


def mapped(text: str, other_words: Mapping[str, str]) -> str:
    """Return what a table of other people's words (对照) says for `text`, else `text`."""
    return other_words.get(fold(text), text)
