"""The words of the model are read in Chinese and English, and each table knows its columns."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import canonical, canonical_meta
from medgraph.graphmodel.codes import WS218
from medgraph.graphmodel.origin import Origin
from medgraph.words.vocabularies import (
    FACILITY_TYPES,
    HOSPITAL_TYPES,
    KINDS,
    PRIMARY_TYPES,
    RELATIONS,
    STATION_TYPES,
    VOCABULARIES,
    fold,
    label,
    word,
)

TERMS = [
    (vocabulary, term) for vocabulary, terms in VOCABULARIES.items() for term in terms.values()
]
TABLES = list(schema.TABLES.values())


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vocabulary", "term"), TERMS, ids=lambda value: getattr(value, "word", value)
)
def test_a_word_is_read_in_both_languages(vocabulary, term):
    """The word, its Chinese and its English mean itself, in any case and width."""
    for text in (term.word, term.zh, term.en, term.en.upper(), f" {term.zh} "):
        assert word(vocabulary, text) == term.word
    assert label(vocabulary, term.word, "zh") == term.zh
    assert label(vocabulary, term.word, "en") == term.en


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_a_synonym_means_one_thing(vocabulary):
    """No synonym stands at two terms, and none hides behind a word that means something else."""
    meanings: dict[str, set[str]] = {}
    for term in VOCABULARIES[vocabulary].values():
        for text in (term.zh, term.en, *term.also):
            meanings.setdefault(fold(text), set()).add(term.word)
    assert {text: words for text, words in meanings.items() if len(words) > 1} == {}


@given(st.text())
def test_any_text_is_a_word_or_none(text):
    """Reading a text never fails, and what it means is in the vocabulary."""
    assert word("facility_type", text) in {None, *FACILITY_TYPES}


def test_a_hospital_of_no_stated_kind():
    """“医院” alone is a hospital; that it is a general one, nobody said."""
    assert word("facility_type", "医院") == "hospital"
    assert word("facility_type", "综合医院") == "general_hospital"


def test_families_of_types():
    """Primary, station and hospital types are types, and no type is in two families."""
    families = (PRIMARY_TYPES, STATION_TYPES, HOSPITAL_TYPES)
    assert set().union(*families) <= set(FACILITY_TYPES)
    assert sum(map(len, families)) == len(set().union(*families))
    assert {t.ws218 for t in FACILITY_TYPES.values() if t.ws218} <= WS218


# -- tables --------------------------------------------------------------------------------------


def test_every_kind_and_relation_has_its_place():
    """Each kind has one table; each relation says which kinds it joins."""
    assert set(schema.TABLE_OF_KIND) == set(KINDS)
    assert set(schema.ENDS) == set(RELATIONS)
    assert {kind for ends in schema.ENDS.values() for end in ends for kind in end} <= set(KINDS)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_headers(table):
    """A column is read by its heading, its Chinese word and its own name; a table by name or sheet."""
    known = schema.headers(table.name)
    for field in table.fields:
        assert (
            known[fold(field.heading)]
            == known[fold(field.zh)]
            == known[fold(field.name)]
            == field.name
        )
    assert schema.table_named(table.name.upper()) is table
    assert schema.table_named(table.sheet) is table


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_a_synonym_names_one_column(table):
    """No synonym of a column is another column's name or synonym."""
    meanings: dict[str, set[str]] = {}
    for field in table.fields:
        for text in (field.heading, field.zh, *field.also):
            meanings.setdefault(fold(text), set()).add(field.name)
    assert {text: names for text, names in meanings.items() if len(names) > 1} == {}


def test_one_name_has_one_type():
    """A field that several tables have is of one type, because all nodes share one table."""
    types: dict[str, set[str]] = {}
    for table in schema.NODE_TABLES:
        for field in table.fields:
            types.setdefault(field.name, set()).add(field.type)
            assert field.vocabulary is None or field.vocabulary in VOCABULARIES
    assert {name: found for name, found in types.items() if len(found) > 1} == {}


# -- the one form --------------------------------------------------------------------------------


@given(st.lists(st.none() | st.text(), min_size=1))
def test_canonical_twice_is_once(values):
    """Cleaning clean text changes nothing; no blank, empty or unprintable text is left."""
    once = canonical(pa.table({"name": pa.array(values, pa.string())}), {})
    assert canonical(once, {}) == once
    for text in once["name"].to_pylist():
        assert text is None or (text and text == text.strip(" \t\n"))
        assert not set(text or "") & set("\x00\x0b\x0c\r\x1f\uffff")


def test_canonical_numbers():
    """What is no number is missing; an empty column is dropped, a required one is not."""
    table = pa.table(
        {
            "id": ["a", "b"],
            "lon": [float("nan"), 1.5],
            "lat": [float("inf"), None],
            "beds": ["3", "4"],
            "name": pa.nulls(2, pa.string()),
        }
    )
    clean = canonical(table, schema.field_types())
    assert clean.to_pydict() == {
        "id": ["a", "b"],
        "lon": [None, 1.5],
        "beds": [3, 4],
        "name": [None, None],
    }


def test_canonical_meta():
    """An empty statement is none."""
    assert canonical_meta({"a": " x ", "b": "", "c": None, "d": 1}) == {"a": "x", "d": "1"}


@given(st.builds(Origin, *[st.text(st.characters(exclude_characters="|"))] * 4))
def test_an_origin_is_read_back(origin):
    """What an origin writes, it reads; its place is sheet and cell, or file and cell."""
    assert Origin.parse(str(origin)) == origin


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("roster.xlsx|机构|C17|typed", "机构!C17"),
        ("facilities.csv||A3|typed", "facilities.csv!A3"),
        ("某文件", "某文件"),
        (None, ""),
    ],
)
def test_places(text, place):
    """A place is written as people write it."""
    assert Origin.parse(text).place == place
