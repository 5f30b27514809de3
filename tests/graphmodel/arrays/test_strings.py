"""Columns of text by their bytes: never clean what is not, the order and the doubles that Arrow finds."""

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given, settings
from hypothesis import strategies as st

from medgraph.graphmodel.arrays import strings as texts
from medgraph.graphmodel.canonical import canonical, visible_column
from medgraph.words.invisible import visible

BLANKS = " \t\n\r\x85\xa0\u1680\u180e\u2003\u2028\u202f\u205f\u3000"
UNSEEN = (
    "\x81\xad\u034f\u061c\u200b\u200e\u2028\u202e\u2060\u3164\ufe0f\ufeff\uffa0\U000e0001\U000e0100"
)
COMPOSED = "\u0301\u0374\u212b\u2126\u3099\uf9e8\U0002f800\u1161\u0958\ufb2a"
SIGNS = st.sampled_from(
    [*"ab09Zé中乡（㐀、Ａ№か", *BLANKS, *"\x00\x1f\x7f\ufffe\uffff", *UNSEEN, *COMPOSED]
)
ANY = st.lists(st.none() | st.text(SIGNS, max_size=4), max_size=6)
CODES = st.lists(st.text(st.sampled_from("0129V中"), max_size=14), max_size=12)


def column(values):
    """A part of a longer column, as filtering leaves it."""
    return pa.array([" x", *values, "y "], pa.string()).slice(1, len(values))


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_a_text_that_needs_cleaning_is_never_passed(values):
    """What passes as clean is left as it is by every step of cleaning."""
    found = column(values)
    if texts.surely_clean(found):
        plain = pc.utf8_trim_whitespace(
            pc.replace_substring_regex(
                found, pattern="[\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", replacement=""
            )
        )
        assert plain.to_pylist() == values
        assert "" not in values
        assert [text and visible(text) for text in values] == values


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_a_canonical_text_has_nothing_that_nobody_sees(values):
    """A column is made visible as each of its texts is; doing it again changes nothing."""
    found = pa.chunked_array([column(values)])
    shown = visible_column(found)
    assert shown.to_pylist() == [text and visible(text) for text in values]
    again = canonical(pa.table({"id": found}), {})
    assert canonical(again, {}).equals(again)


def test_names_and_ids_pass_without_a_second_look():
    """Chinese names, codes, missing values and line ends inside a text are clean; the canonical column is the same."""
    values = column(["台州市立医院", "331003003000", None, "一\n二", "Hôpital №1"])
    assert texts.surely_clean(values)
    assert canonical(pa.table({"id": values}), {})["id"].to_pylist() == values.to_pylist()


@given(CODES)
@settings(max_examples=100, deadline=None)
def test_the_order_is_that_of_arrow(values):
    """Sorted as numbers or as text, the order of distinct texts is the same; doubles are seen."""
    found = column(values)
    assert texts.are_distinct(found) == (len(set(values)) == len(values))
    order = found.take(pa.array(texts.sorted_places(found))).to_pylist()
    assert order == found.take(pc.array_sort_indices(found)).to_pylist()


def test_equal_texts_have_one_rank():
    """Ranks count distinct texts in their order."""
    assert texts.ranks(pa.array(["b", "a", "b", "c"])).tolist() == [1, 0, 1, 2]


def test_texts_too_long_for_a_number_are_sorted_all_the_same():
    """Ids of 40 letters, and a missing one, fall back to the sorting of text."""
    values = [f"{n * 7919 % 101:040d}{chr(97 + n % 26) * 3}" for n in range(101)]
    assert texts.are_distinct(pa.array(values))
    assert texts.sorted_places(pa.array(values)).tolist() == sorted(
        range(101), key=values.__getitem__
    )
    assert texts.sorted_places(pa.array(["b", None, "a"])).tolist() == [2, 0, 1]
