"""What a cell says: nothing, yes or no, a list."""

from __future__ import annotations

import pytest

from medgraph.words.stated import listed, lists_all, same_text, stated, yes_or_no


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        None,
        "待定",
        "不详",
        "未评",
        "尽快",
        "n/a",
        "N/A",
        "—",
        "-",
        "？",
        "#REF!",
        "待定。",
        "不明确",
    ],
)
def test_what_says_that_something_is_not_known_states_nothing(text):
    assert stated(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("已制定。", "已制定"), (" 90% ", "90%"), ("0", "0"), ("否", "否"), ("无", "无")],
)
def test_what_is_stated_is_its_text_without_the_marks_around(text, expected):
    """A zero, a no and a none are statements."""
    assert stated(text) == expected


@pytest.mark.parametrize("text", ["是", "有", "已", "√", "Y", "y", "1", "已制定", "已建成", "是。"])
def test_yes_in_the_words_of_planners(text):
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", ["否", "无", "未", "×", "N", "0", "未制定", "尚未"])
def test_no_in_the_words_of_planners(text):
    assert yes_or_no(text) is False


@pytest.mark.parametrize("text", [None, "", "待定", "2021-12-20", "部分", "正在研究", "zzqx"])
def test_what_is_neither_yes_nor_no_is_no_answer(text):
    assert yes_or_no(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人、财、物", ["人", "财", "物"]),
        ("M1|M2", ["M1", "M2"]),
        ("M1，M2；M3", ["M1", "M2", "M3"]),
        ("人事/财务", ["人事", "财务"]),
        ("人事/财务、物资", ["人事/财务", "物资"]),  # what has a list's own sign is cut there alone
        ("人事、待定", ["人事"]),
        ("人财物", ["人财物"]),
        ("待定", []),
        (None, []),
    ],
)
def test_a_list_in_the_ways_in_which_people_write_one(text, expected):
    assert listed(text) == expected


def test_two_texts_are_the_same_without_width_case_and_blanks():
    assert same_text(" ＭＲＩ ") == same_text("mri")
    assert same_text("目录1") != same_text("目录2")


@pytest.mark.parametrize("text", ["运营管理等", "人事等方面", "运营管理……", "drugs etc."])
def test_one_item_and_more_is_no_whole_list(text):
    assert not lists_all(text)
    assert listed(text) in (["运营管理"], ["人事"], ["drugs"])


@pytest.mark.parametrize("text", ["三级甲等", "二等", "均等", "中等"])
def test_a_word_that_ends_like_and_more_is_itself(text):
    assert lists_all(text)
    assert listed(text) == [text]
