"""Work on columns of text by their bytes: what is clean already, in what order, what is double."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from medgraph.graphmodel.arrays.types import Bytes, Positions

_LINE_END, _DELETE = 0x0A, 0x7F
_ERROR_SIGN = 0x23  # with which the error of a formula begins
_FIRST_PRINTED = 0x20
# First bytes of characters that may be blanks (U+0085 to U+3000), each with its length.
_DOUBTFUL = {0xC2: 2, 0xE1: 3, 0xE2: 3}
# The first bytes of U+3000, a blank.
_WIDE_BLANK = 0xE3, 0x80
_LARGEST = 1 << 63


# The first byte of signs that are not as they seem, and what follows it: controls but the end of a
# line, signs that nobody sees, and those that are composed otherwise.
_ANY = range(256)
_CONTROLS = (*range(_FIRST_PRINTED), _DELETE)
_NOT_AS_IT_SEEMS: dict[int, Iterable[int]] = {
    **{control: _ANY for control in _CONTROLS if control != _LINE_END},
    0xC2: (*range(0x80, 0xA0), 0xAD),
    **dict.fromkeys((0xCC, 0xCD, 0xD8, 0xE0, 0xE1, 0xF0, 0xF3), _ANY),
    0xE2: (0x80, 0x81, 0xAB),
    0xE3: (0x82, 0x83, 0x85),
    0xEF: (*range(0xA4, 0xAD), 0xB8, 0xBB, 0xBE, 0xBF),
}
# The ohm, the kelvin and the angstrom are three bytes, of which the last tells them from others.
_UNIT, _UNIT_ENDS = (0xE2, 0x84), (0xA6, 0xAA, 0xAB)

_BEGINS = bytes(byte in _NOT_AS_IT_SEEMS for byte in range(256))  # by byte: 1 where one may begin
_PAIRS = np.zeros((256, 256), bool)
for _lead, _following in _NOT_AS_IT_SEEMS.items():
    _PAIRS[_lead, [*_following]] = True


def surely_clean(texts: pa.Array) -> bool:
    """Tell whether the texts hold no control character, no blank at either end, and none is empty.

    Nor do they hold a sign that nobody sees, or one that composing (NFC) would change, nor is one
    of them the error of a formula.

    It looks at bytes, so it may doubt a text that is clean, but never passes one that is not.
    """
    if not len(texts):
        return True
    start, letters = _bytes(texts)
    if texts.null_count:
        length = np.diff(start)
        if (length == 0).sum() > texts.null_count or len(letters) != _valid_bytes(texts, length):
            return False
        start = np.append(start[:-1][length > 0], start[-1:])
        if not len(letters):
            return True
    if (np.diff(start) == 0).any() or not _is_as_it_seems(letters):
        return False
    first, last = start[:-1] - start[0], start[1:] - start[0] - 1
    if (letters[first] == _ERROR_SIGN).any():
        return False
    return not (_blank_at(letters, first) or _blank_before(letters, last))


def _valid_bytes(texts: pa.Array, length: Positions) -> int:
    return int(length[texts.is_valid().to_numpy(zero_copy_only=False)].sum())


def _is_as_it_seems(letters: Bytes) -> bool:
    """Whether the bytes hold no control, and no sign that is unseen or composed otherwise."""
    begun = np.flatnonzero(np.frombuffer(letters.tobytes().translate(_BEGINS), np.uint8))
    if not len(begun):
        return True
    last = len(letters) - 1
    first, second = letters[begun], letters[np.minimum(begun + 1, last)]
    if _PAIRS[first, second].any():
        return False
    is_unit = (first == _UNIT[0]) & (second == _UNIT[1])
    third = letters[np.minimum(begun[is_unit] + 2, last)]
    return not np.isin(third, _UNIT_ENDS).any()


def _blank_at(letters: Bytes, first: Positions) -> bool:
    """Whether a text may begin with a blank."""
    lead = letters[first]
    if (lead <= _FIRST_PRINTED).any() or np.isin(lead, [*_DOUBTFUL]).any():
        return True
    wide = first[lead == _WIDE_BLANK[0]]
    return bool((letters[wide + 1] == _WIDE_BLANK[1]).any())


def _blank_before(letters: Bytes, last: Positions) -> bool:
    """Whether a text may end with a blank."""
    if (letters[last] <= _FIRST_PRINTED).any():
        return True
    tail = last[letters[last] >= 0x80]
    for lead, length in _DOUBTFUL.items():
        if (letters[np.maximum(tail - length + 1, 0)] == lead).any():
            return True
    wide = tail[letters[np.maximum(tail - 2, 0)] == _WIDE_BLANK[0]]
    return bool((letters[wide - 1] == _WIDE_BLANK[1]).any())


def are_distinct(texts: pa.Array) -> bool:
    """Tell whether every text is there once; one that is missing counts as a text."""
    numbers = _numbers(texts)
    if numbers is None:
        return bool(pc.count_distinct(texts, mode="all").as_py() == len(texts))
    numbers = np.sort(numbers)
    return bool((numbers[1:] != numbers[:-1]).all())


def sorted_places(texts: pa.Array) -> Positions:
    """Return the places of the texts in their order; short ones are sorted as numbers, faster."""
    numbers = _numbers(texts)
    if numbers is not None:
        return np.argsort(numbers)
    places: Positions = pc.array_sort_indices(texts).to_numpy()
    return places


def ranks(texts: pa.Array) -> Positions:
    """Return the rank of each text; equal ones have one rank."""
    encoded = texts.dictionary_encode()
    rank = np.empty(len(encoded.dictionary), np.int64)
    rank[sorted_places(encoded.dictionary)] = np.arange(len(rank))
    found: Positions = rank[encoded.indices.to_numpy()]
    return found


def _numbers(texts: pa.Array) -> Positions | None:
    """Numbers in the order of the texts: digit by digit, to the base of the letters met there.

    None where such a number would be too large, where a text is missing, and where one holds a
    zero byte.
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
        if size >= _LARGEST:
            return None
        if len(met) > 1:
            digit = np.zeros(256, np.int64)
            digit[met] = np.arange(len(met))
            number *= len(met)
            number += digit[letter]
    return number


def _letters(start: Positions, letters: Bytes) -> Iterator[Bytes]:
    """The first bytes of the texts, the second bytes and so on; 0 after the end of a text."""
    length = np.diff(start)
    longest = int(length.max())
    if longest == length.min():
        yield from letters.reshape(len(length), longest).T
        return
    letters = np.append(letters, np.zeros(longest, np.uint8))
    for at in range(longest):
        yield np.where(length > at, letters[start[:-1] - start[0] + at], np.uint8(0))


def _bytes(texts: pa.Array) -> tuple[Positions, Bytes]:
    """Where each text starts (and the last one ends), and all their bytes."""
    start = np.frombuffer(texts.buffers()[1], np.int32, len(texts) + 1, texts.offset * 4)
    return start, np.frombuffer(texts.buffers()[2] or b"", np.uint8)[start[0] : start[-1]]
