"""How names begin and end: one table, from which every reader of names derives what it needs."""

from __future__ import annotations

import pytest

from medgraph.words.lexicon import (
    AREA_ENDINGS,
    FACILITY_ENDINGS,
    FACILITY_ENDS,
    GROUP_ENDINGS,
    Use,
    ends,
    same_endings,
    short_name,
)
from medgraph.words.vocabularies import FACILITY_TYPES, GROUP_TYPES


@pytest.mark.parametrize("table", [FACILITY_ENDINGS, GROUP_ENDINGS, AREA_ENDINGS])
def test_an_ending_has_one_row(table):
    texts = [ending.text for ending in table]
    assert sorted(set(texts)) == sorted(texts)


def test_types_are_those_of_the_vocabularies():
    """What an ending says of a facility or a group is a word of its vocabulary."""
    assert {e.type for e in FACILITY_ENDINGS if e.type} <= set(FACILITY_TYPES)
    assert {e.type for e in GROUP_ENDINGS if e.type} <= set(GROUP_TYPES)


def test_the_longest_ending_comes_first():
    """中心卫生院 is tried before 卫生院, wherever the endings are tried in turn."""
    for use in Use:
        texts = ends(FACILITY_ENDINGS, use)
        for later, text in enumerate(texts):
            assert not any(text.endswith(earlier) for earlier in texts[:later])


def test_a_line_end_is_no_letter_that_stays_before_an_ending():
    """A name of two lines keeps an ending that would leave nothing in its line."""
    assert short_name("路桥区\n街道社区卫生服务中心") == "路桥区\n街道"
    assert short_name("街道丁\n街道") == "街道丁\n街道"


def test_endings_that_mean_the_same_meet_at_one_of_them():
    for ending, texts in same_endings():
        assert ending in texts


@pytest.mark.parametrize("name", ["甲县人民医院", "乙镇卫生院", "丙街道社区卫生服务中心"])
def test_full_names_end_as_full_names_do(name):
    assert name.endswith(FACILITY_ENDS)
