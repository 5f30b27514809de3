"""Spell names as people type them who have no Chinese keyboard: pinyin and initials."""

from __future__ import annotations


def pinyin(texts: list[str]) -> list[str]:
    """Pinyin and initials of each text, for the search; empty where pypinyin is missing."""
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        return [""] * len(texts)
    spelled = [lazy_pinyin(text) for text in texts]
    return [f"{''.join(sounds)} {''.join(sound[:1] for sound in sounds)}" for sounds in spelled]
