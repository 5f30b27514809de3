"""Read the columns of an answer as the texts by which its rows are compared, each column once."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

MANY = 5_000  # rows: so many are told apart before they are read


class TextColumns:
    """The columns of a frame as texts."""

    def __init__(self, frame: pd.DataFrame) -> None:
        """Take a frame, of which nothing is read yet."""
        self._frame = frame
        self._read: dict[str, list[str]] = {}

    def column(self, name: str, follows: Mapping[str, str]) -> list[str]:
        """Return a column as texts, ids under their successors; empty texts where it is none."""
        if follows:
            return self._texts(name, follows)
        if name not in self._read:
            self._read[name] = self._texts(name, {})
        return self._read[name]

    def _texts(self, name: str, follows: Mapping[str, str]) -> list[str]:
        if not len(self._frame) or name not in self._frame.columns:
            return [""] * len(self._frame)
        values = self._frame[name].tolist()
        text_of = {value: _text(value, follows) for value in set(values)}
        return [text_of[value] for value in values]


def _text(value: object, follows: Mapping[str, str]) -> str:
    """A value as text; the order of a list is no fact."""
    if isinstance(value, float) and value == value:  # NaN is the empty text
        return str(int(value)) if value.is_integer() else f"{value:.6f}"
    text = as_text(value)
    if "|" not in text:
        return follows.get(text, text)
    return "|".join(sorted(follows.get(part, part) for part in text.split("|")))


def as_text(value: Any) -> str:
    """Return a value of a field as text, a day as in ISO 8601; empty where there is none."""
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return str(value)
