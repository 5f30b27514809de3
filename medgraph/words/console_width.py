"""How wide a text stands in a console."""

from __future__ import annotations

import unicodedata


def columns_of(text: str) -> int:
    """Return how many columns of a console a text takes; a Chinese sign takes two.

    >>> columns_of("PASS"), columns_of("达标"), columns_of("、“")
    (4, 4, 3)
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
