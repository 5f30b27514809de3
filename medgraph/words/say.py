"""Say every sentence that a user reads, in Chinese or English, from one catalogue.

A sentence has a key; a key that begins with E, W or I is also the code of a problem. Sentences are
`str.format` templates; the values put into them are text from the data and are never evaluated.
"""

from __future__ import annotations

import contextlib
import contextvars
import locale
import os
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from medgraph.words.languages import DEFAULT, LANGUAGES, choose, fallbacks
from medgraph.words.sentences.gathering import CATALOGUE, FURTHER_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medgraph.words.sentences.sentence import Sentence

T = TypeVar("T")

_SEVERITIES = {"E": "error", "W": "warning", "I": "info"}

_NUMBER = re.compile(r"\{(?P<field>\w+)[^}]*\}|\[(?P<one>[a-z ]*)\|(?P<many>[a-z ]*)\]")

_LANGUAGE: contextvars.ContextVar[str | None] = contextvars.ContextVar(
    "medgraph_language", default=None
)


def default_language() -> str:
    """Return the language of the locale where sentences are spoken in it, else `zh`."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not name and os.name == "nt":
        # Windows has no such variables, and elsewhere Python reads C as en_US
        name = locale.getlocale()[0] or ""
    return next((code for code in LANGUAGES if name.lower().startswith(code)), DEFAULT)


def language() -> str:
    """Return the language of sentences now: `zh` or `en`."""
    return _LANGUAGE.get() or default_language()


def pick(*, zh: T, en: T, **further: T) -> T:
    """Return the one of the values that is for the language of now.

    >>> with speaking("en"):
    ...     pick(zh="、", en=", ")
    ', '
    """
    return choose(language(), {"zh": zh, "en": en, **further})


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
    return _filled(_template(key, CATALOGUE[key]), values)


def in_every_language(key: str) -> frozenset[str]:
    """Return the sentence `key`, which takes no values, in each language.

    >>> sorted(in_every_language("list_comma"))
    [', ', '、']
    """
    return frozenset(_said_in(lang, key) for lang in LANGUAGES)


def _said_in(lang: str, key: str) -> str:
    with speaking(lang):
        return say(key)


def advise(key: str, /, **values: Any) -> str:
    """Return what to do about the problem `key`, or an empty text where there is nothing to say."""
    advice = getattr(CATALOGUE[key], "advice", None)
    return _filled(_template(f"{key}.advice", advice), values) if advice else ""


def _filled(template: str, values: Mapping[str, Any]) -> str:
    return _in_number(template, values).format(**values)


def _in_number(template: str, values: Mapping[str, Any]) -> str:
    """Return a template with its words for one or for many: `{count} area[|s]`.

    The value before a pair of words chooses: the first for 1, the second for all else. Where it is
    a field that is filled in later, by the page, so is the pair.

    >>> [_in_number("{n} area[|s] [is|are] left", {"n": n}) for n in (1, 2, "{n}")]
    ['{n} area is left', '{n} areas are left', '{n} area[|s] [is|are] left']
    """
    if "|" not in template:
        return template
    value = ""

    def chosen(found: re.Match[str]) -> str:
        nonlocal value
        if found["field"]:
            value = str(values[found["field"]])
        if found["field"] or value.startswith("{"):
            return found[0]
        return found["one"] if value == "1" else found["many"]

    return _NUMBER.sub(chosen, template)


def _template(key: str, sentence: Sentence) -> str:
    """Return the text of `sentence` in the language of now, or in the one that fills its gap."""
    for code in fallbacks(language()):
        text = FURTHER_LANGUAGES.get(code, {}).get(key) or sentence.texts.get(code)
        if text:
            return text
    raise KeyError(key)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the data: its code, severity, place and sentences.

    `severity` is error, warning or info: a question or remark, of which nothing is wrong.
    """

    code: str
    severity: str
    place: str
    value: str
    message: str
    advice: str

    def to_dict(self) -> dict[str, str]:
        """Return the problem as a plain dict, as JSON writes it."""
        return asdict(self)

    def __str__(self) -> str:
        shown = f"{self.place} " if self.place else ""
        return f"{shown}{self.message}{self.advice and ' ' + self.advice} [{self.code}]"


def sentence(code: str, /, value: str = "", **values: Any) -> str:
    """Return what the problem `code` says, without its advice."""
    return say(code, value=value, **values)


def problem(code: str, /, place: str = "", value: str = "", **values: Any) -> Problem:
    """Make the problem `code` with its sentence and its advice.

    The first letter of the code says how severe it is: E error, W warning, I info.
    """
    return Problem(
        code=code,
        severity=_SEVERITIES[code[0]],
        place=place,
        value=value,
        message=sentence(code, value=value, **values),
        advice=advise(code, value=value, **values),
    )
