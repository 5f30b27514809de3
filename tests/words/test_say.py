"""The catalogue of sentences: whole in both languages, and printable on a Chinese Windows console."""

from __future__ import annotations

import string

import pytest

from medgraph.words.say import advise, default_language, problem, say, speaking
from medgraph.words.sentences.catalogue import CATALOGUE


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("key", CATALOGUE)
def test_both_languages_say_the_same(key):
    """A sentence has a Chinese and an English form with the same values in them."""
    entry = CATALOGUE[key]
    assert len(entry) in (2, 4)
    assert all(entry[:2])
    for zh, en in zip(entry[::2], entry[1::2], strict=True):
        assert bool(zh) == bool(en)
        assert fields(zh) == fields(en)


@pytest.mark.parametrize("key", CATALOGUE)
def test_sentences_print_on_a_gbk_console(key):
    """No sentence has a character that GBK lacks."""
    for text in CATALOGUE[key]:
        text.encode("gbk")


def test_problems_carry_advice():
    """Every problem code has a sentence and an advice in both languages."""
    codes = [key for key in CATALOGUE if key[0] in "EW" and key[1:].isdigit()]
    assert codes
    assert all(len(CATALOGUE[code]) == 4 for code in codes)


def test_values_are_text_not_templates():
    """A value with braces, as hostile data has, is printed and never evaluated."""
    hostile = "{0.__class__} {value} %s"
    with speaking("en"):
        assert hostile in say("unknown_id", value=hostile)
        assert hostile in problem("E010", value=hostile, count=2).message


def test_language_follows_the_locale(monkeypatch):
    """English where the locale is English, Chinese otherwise and where it says nothing."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert default_language() == "en"
    monkeypatch.setenv("LC_ALL", "zh_CN.GBK")
    assert default_language() == "zh"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert default_language() == "zh"


def test_advice_is_empty_where_there_is_none():
    assert advise("unknown") == ""
