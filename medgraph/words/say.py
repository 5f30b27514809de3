"""Say every sentence that a user reads, in Chinese or English, from one catalogue.

A sentence has a key; a key that begins with E or W is also the code of a problem. Sentences are
`str.format` templates; the values put into them are text from the data and are never evaluated.
"""

from __future__ import annotations

import contextlib
import contextvars
import locale
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from medgraph.words.sentences.catalogue import CATALOGUE

_LANGUAGE: contextvars.ContextVar[str | None] = contextvars.ContextVar(
    "medgraph_language", default=None
)


def default_language() -> str:
    """Return `en` where the locale is English, else `zh`."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if (
        not name and os.name == "nt"
    ):  # Windows has no such variables, and elsewhere Python reads C as en_US
        name = locale.getlocale()[0] or ""
    return "en" if name.lower().startswith("en") else "zh"


def language() -> str:
    """Return the language of sentences now: `zh` or `en`."""
    return _LANGUAGE.get() or default_language()


@contextlib.contextmanager
def speaking(lang: str | None) -> Iterator[None]:
    """Speak `lang` (`zh` or `en`; None: as the locale says) inside the `with` block."""
    token = _LANGUAGE.set(lang)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def say(key: str, /, **values: Any) -> str:
    """Return the sentence `key` in the language of now, with `values` filled in as text."""
    zh, en = CATALOGUE[key][:2]
    return (zh if language() == "zh" else en).format(**values)


def advise(key: str, /, **values: Any) -> str:
    """Return what to do about the problem `key`, or an empty text where there is nothing to say."""
    entry = CATALOGUE[key]
    if len(entry) < 4:
        return ""
    return (entry[2] if language() == "zh" else entry[3]).format(**values)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the data: `code`, `severity` (error, warning), `place`, `value`, sentences."""

    code: str
    severity: str
    place: str
    value: str
    message: str
    advice: str

    def to_dict(self) -> dict[str, str]:
        return asdict(self)

    def __str__(self) -> str:
        shown = f"{self.place} " if self.place else ""
        return f"{shown}{self.message}{self.advice and ' ' + self.advice} [{self.code}]"


def problem(code: str, /, place: str = "", value: str = "", **values: Any) -> Problem:
    """Make the problem `code` (E...: error, W...: warning) with its sentence and its advice."""
    return Problem(
        code=code,
        severity="error" if code.startswith("E") else "warning",
        place=place,
        value=value,
        message=say(code, value=value, **values),
        advice=advise(code, value=value, **values),
    )
