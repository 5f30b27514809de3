"""The catalogue of sentences: whole in both languages, and printable on a Chinese Windows console."""

from __future__ import annotations

import string
from collections import Counter

from medgraph.words.languages import LANGUAGES, Language
from medgraph.words.say import advise, default_language, language, pick, problem, say, speaking
from medgraph.words.sentences.gathering import CATALOGUE, FURTHER_LANGUAGES, entries
from medgraph.words.sentences.sentence import Fault, Sentence
from medgraph.words.vocabularies import label


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def sentences(key: str) -> list[Sentence]:
    """The sentence `key`, and its advice where it has one."""
    sentence = CATALOGUE[key]
    advice = getattr(sentence, "advice", None)
    return [sentence, advice] if advice else [sentence]


def test_every_key_is_used_once():
    """No two nouns hold a sentence under one key, and no two problems share a code."""
    twice = [key for key, times in Counter(key for key, _ in entries()).items() if times > 1]
    assert twice == []


def test_both_languages_say_the_same():
    """A sentence, and an advice, has a Chinese and an English form with the same values in them."""
    lacking, differing = [], []
    for key in CATALOGUE:
        for sentence in sentences(key):
            if not all(sentence.texts.values()):
                lacking.append(key)
            elif fields(sentence.texts["zh"]) != fields(sentence.texts["en"]):
                differing.append(key)
    assert (lacking, differing) == ([], [])


def test_sentences_print_on_a_gbk_console():
    """No sentence has a character that GBK lacks."""
    lacked = {
        (key, sign)
        for key in CATALOGUE
        for sentence in sentences(key)
        for text in sentence.texts.values()
        for sign in text
        if not prints_in_gbk(sign)
    }
    assert lacked == set()


def prints_in_gbk(sign: str) -> bool:
    return bool(sign.encode("gbk", "ignore"))


def test_problems_are_faults():
    """Every key that reads as the code of a problem is a Fault of that code, and nothing else is."""
    for key, sentence in CATALOGUE.items():
        reads_as_code = key[0] in "EWI" and key[1:].isdigit()
        assert isinstance(sentence, Fault) == reads_as_code
        assert getattr(sentence, "code", key) == key


def test_a_third_language_is_a_row_and_a_file(monkeypatch):
    """French needs a row of languages and its texts; what it lacks is said in English."""
    monkeypatch.setitem(LANGUAGES, "fr", Language("fr", tag="fr", falls_back_to="en"))
    texts = {"unknown": "inconnu", "W033.advice": "Renommez-la."}
    monkeypatch.setitem(FURTHER_LANGUAGES, "fr", texts)
    with speaking("fr"):
        assert say("unknown") == "inconnu"
        assert say("excluded") == "excluded"
        assert advise("W033") == "Renommez-la."
        assert label("status", "open", language()) == "open"
        assert pick(zh="、", en=", ") == ", "


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
