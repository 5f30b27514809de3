"""Spell names as people type them who have no Chinese keyboard: pinyin and initials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PARTS = re.compile(r"[\u4e00-\u9fff]|[^\u4e00-\u9fff]+")


def pinyin(texts: list[str]) -> list[str]:
    """Pinyin and initials of each text, for the search; empty where pypinyin is missing."""
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        return [""] * len(texts)
    spelled = [lazy_pinyin(text) for text in texts]
    return [f"{''.join(sounds)} {''.join(sound[:1] for sound in sounds)}" for sounds in spelled]


def letter_sounds(texts: Iterable[str]) -> dict[str, str]:
    """Return how each Chinese letter of some texts is spelled by itself.

    >>> letter_sounds(["西城"])
    {'城': 'cheng', '西': 'xi'}
    """
    letters = sorted({letter for text in texts for letter in text if _is_chinese(letter)})
    return {
        letter: sound.split(" ")[0]
        for letter, sound in zip(letters, pinyin(letters), strict=True)
        if sound
    }


def spelled_by(letters: Mapping[str, str], text: str) -> str:
    """Return pinyin and initials of a text, letter by letter; a phrase may be read otherwise.

    >>> spelled_by({"城": "cheng", "西": "xi"}, "西城2")
    'xicheng2 xc2'
    """
    sounds = [letters.get(part, part) for part in _PARTS.findall(text)]
    return f"{''.join(sounds)} {''.join(sound[:1] for sound in sounds)}"


def _is_chinese(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"
