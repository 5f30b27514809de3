"""The languages that sentences are spoken in: one row each, in the order they are offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T")


@dataclass(frozen=True)
class Language:
    """One language: its `code`, its `tag` in web pages, and the language that fills its gaps."""

    code: str
    tag: str
    falls_back_to: str | None = None


LANGUAGES: dict[str, Language] = {
    row.code: row
    for row in (
        Language("zh", tag="zh-CN"),
        Language("en", tag="en", falls_back_to="zh"),
    )
}
DEFAULT = "zh"


def fallbacks(lang: str) -> Iterator[str]:
    """Yield `lang` and the languages that fill its gaps, nearest first."""
    code: str | None = lang
    while code is not None:
        yield code
        code = LANGUAGES[code].falls_back_to


def choose(lang: str, texts: Mapping[str, T]) -> T:
    """Return the one of `texts` (by language) in `lang`, or in the nearest that fills its gap.

    >>> choose("en", {"zh": "、", "en": ", "})
    ', '
    """
    for code in fallbacks(lang):
        if code in texts:
            return texts[code]
    raise KeyError(lang)
