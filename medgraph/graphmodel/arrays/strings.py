"""Work on whole columns of text by their bytes: what needs no cleaning, what comes before what, what is double."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_LINE_END, _DELETE = 0x0A, 0x7F
_FIRST_PRINTED = 0x20
# First bytes of characters that may be blanks (U+0085 to U+3000) or unprintable (U+FFFE), each with its length.
_DOUBTFUL = {0xC2: 2, 0xE1: 3, 0xE2: 3}


def surely_clean(texts: pa.Array) -> bool:
    """Tell whether the texts hold no control character, no blank at either end, and none is empty.

    It looks at bytes, so it may doubt a text that is clean, but never passes one that is not.
    """
    if not len(texts):
        return True
    start, letters = _bytes(texts)
    if texts.null_count:
        length = np.diff(start)
        start = np.append(start[:-1][length > 0], start[-1:])
        if (length == 0).sum() > texts.null_count or len(letters) != _valid_bytes(texts, length):
            return False
        if not len(letters):
            return True
    if (np.diff(start) == 0).any() or _has_control(letters):
        return False
    first, last = start[:-1] - start[0], start[1:] - start[0] - 1
    return not (_blank_at(letters, first) or _blank_before(letters, last))


def _valid_bytes(texts: pa.Array, length: np.ndarray) -> int:
    return int(length[texts.is_valid().to_numpy(zero_copy_only=False)].sum())


def _has_control(letters: np.ndarray) -> bool:
    low = np.count_nonzero(letters < _FIRST_PRINTED)
    if low and low > np.count_nonzero(letters == _LINE_END):
        return True
    return bool((letters == _DELETE).any() or _unprintable(letters))


def _unprintable(letters: np.ndarray) -> bool:
    if not (letters == 0xEF).any():
        return False
    at = np.flatnonzero(letters == 0xEF)
    return bool((letters[np.minimum(at + 1, len(letters) - 1)] == 0xBF).any())


def _blank_at(letters: np.ndarray, first: np.ndarray) -> bool:
    lead = letters[first]
    wide = first[lead == 0xE3]
    return bool(
        (lead <= _FIRST_PRINTED).any()
        or np.isin(lead, [*_DOUBTFUL]).any()
        or (letters[wide + 1] == 0x80).any()
    )


def _blank_before(letters: np.ndarray, last: np.ndarray) -> bool:
    if (letters[last] <= _FIRST_PRINTED).any():
        return True
    tail = last[letters[last] >= 0x80]
    if any(
        (letters[np.maximum(tail - length + 1, 0)] == lead).any()
        for lead, length in _DOUBTFUL.items()
    ):
        return True
    wide = tail[letters[np.maximum(tail - 2, 0)] == 0xE3]
    return bool((letters[wide - 1] == 0x80).any())


def are_distinct(texts: pa.Array) -> bool:
    """Tell whether no text stands twice; one that is missing counts as a text."""
    numbers = _numbers(texts)
    if numbers is None:
        return pc.count_distinct(texts, mode="all").as_py() == len(texts)
    numbers = np.sort(numbers)
    return bool((numbers[1:] != numbers[:-1]).all())


def sorted_places(texts: pa.Array) -> np.ndarray:
    """Return the places of the texts in their order; short texts of few letters are sorted as numbers, faster."""
    numbers = _numbers(texts)
    return pc.array_sort_indices(texts).to_numpy() if numbers is None else np.argsort(numbers)


def ranks(texts: pa.Array) -> np.ndarray:
    """Return the rank of each text; equal ones have one rank."""
    encoded = texts.dictionary_encode()
    rank = np.empty(len(encoded.dictionary), np.int64)
    rank[sorted_places(encoded.dictionary)] = np.arange(len(rank))
    return rank[encoded.indices.to_numpy()]


def _numbers(texts: pa.Array) -> np.ndarray | None:
    """Numbers that stand in the order of the texts: digit by digit, to the base of the letters met there.

    None where such a number would be too large, where a text is missing, and where one holds a zero byte.
    """
    if texts.null_count or not len(texts):
        return None
    number, size = np.zeros(len(texts), np.int64), 1
    start, letters = _bytes(texts)
    if not letters.all():
        return None
    for letter in _letters(start, letters):
        met = np.flatnonzero(np.bincount(letter, minlength=256))
        size *= len(met)
        if size >= 1 << 63:
            return None
        if len(met) > 1:
            digit = np.zeros(256, np.int64)
            digit[met] = np.arange(len(met))
            number *= len(met)
            number += digit[letter]
    return number


def _letters(start: np.ndarray, letters: np.ndarray) -> Iterator[np.ndarray]:
    """The first bytes of the texts, the second bytes and so on; 0 after the end of a text."""
    length = np.diff(start)
    longest = int(length.max())
    if longest == length.min():
        yield from letters.reshape(len(length), longest).T
        return
    letters = np.append(letters, np.zeros(longest, np.uint8))
    for at in range(longest):
        yield np.where(length > at, letters[start[:-1] - start[0] + at], np.uint8(0))


def _bytes(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Where each text starts (and the last one ends), and all their bytes."""
    start = np.frombuffer(texts.buffers()[1], np.int32, len(texts) + 1, texts.offset * 4)
    return start, np.frombuffer(texts.buffers()[2] or b"", np.uint8)[start[0] : start[-1]]
