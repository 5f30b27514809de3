"""Say how likely a facility is called so by chance: The Surgery often, Meanwhile Garden hardly."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medgraph.graphmodel.arrays.types import Floats
    from medgraph.queries.reconcile.listed import Listed

_UNSEEN = 0.3  # further facilities with a piece of a name that only one of those listed has
_KNOWN = 300  # facilities of which it is known beforehand that hardly two are called the same
_LEAST = 0.02  # the same of a whole name: no list is without namesakes


@lru_cache(maxsize=4)
def name_rarity(one: Listed, other: Listed) -> Floats:
    """Return the log of how likely any other facility has the name of each row of the first list.

    Counted are the pieces of the name in either list, each by itself, and the name as a whole.
    """
    size = max(len(one), len(other), 1)
    pieces = _greater(*(Counter(_pieces(side)) for side in (one, other)))
    whole = _greater(*(Counter(side.keys) for side in (one, other)))
    kinds = _greater(*(Counter(parts.kind for parts in side.parts) for side in (one, other)))
    found = np.zeros(len(one))
    for row, (parts, key) in enumerate(zip(one.parts, one.keys, strict=True)):
        by_pieces = kinds[parts.kind] / size
        for piece in _pieces_of(parts.stem):
            by_pieces *= (pieces[piece] - 1 + _UNSEEN) / size
        namesakes = whole[key] - 1
        known = size if namesakes else size + _KNOWN
        most, least = (namesakes + _UNSEEN) / known, max(namesakes, _LEAST) / known
        found[row] = np.log(min(1.0, max(least, min(by_pieces, most))))
    return found


def _greater(one: Counter[str], other: Counter[str]) -> Counter[str]:
    return one | other


def _pieces(side: Listed) -> Iterable[str]:
    return (piece for parts in side.parts for piece in set(_pieces_of(parts.stem)))


def _pieces_of(stem: str) -> Iterable[str]:
    return stem.split() if stem.isascii() else stem
