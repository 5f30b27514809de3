"""Enumerations of facilities are read as people mean them, and stated counts are checked."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.loaders.tabular.list_grammar import read_list, split_head
from medgraph.words.numerals import read_chinese

NAMES = ["东山", "西溪", "南湖", "北庄", "共和镇", "和平街道", "新和乡"]


def names(text):
    return [item.name for item in read_list(text).items]


def test_a_tail_belongs_to_every_name_before_its_count():
    """`院桥、宁溪、北洋3个中心卫生院` names three central centres."""
    read = read_list("院桥、宁溪、北洋3个中心卫生院")
    assert [i.name for i in read.items] == ["院桥中心卫生院", "宁溪中心卫生院", "北洋中心卫生院"]
    assert [(c.stated, c.read, c.holds) for c in read.counts] == [(3, 3, True)]


def test_a_head_holds_until_another_comes():
    """Four subdistricts of one district, then two of a zone, then a town with its whole name."""
    read = read_list(
        "甲山区海门街道、洪家街道和乙湾新区的三甲街道、海虹街道（新增）4个社区卫生服务中心"
        "和甲山区大陈镇卫生院"
    )
    assert [i.name for i in read.items] == [
        "甲山区海门街道社区卫生服务中心",
        "甲山区洪家街道社区卫生服务中心",
        "乙湾新区三甲街道社区卫生服务中心",
        "乙湾新区海虹街道社区卫生服务中心",
        "甲山区大陈镇卫生院",
    ]
    assert read.items[3].notes == ("新增",)
    assert read.counts[0].holds


def test_a_wrong_count_is_told():
    (count,) = read_list("甲、乙等3个卫生院").counts
    assert (count.stated, count.read, count.holds) == (3, 2, False)


def test_brackets_inside_a_name_are_part_of_it():
    read = read_list("某市恩泽医疗中心(集团)恩泽医院、博爱医院（民营医院）")
    assert [i.name for i in read.items] == ["某市恩泽医疗中心(集团)恩泽医院", "博爱医院"]
    assert read.items[1].notes == ("民营医院",)


def test_a_joining_word_inside_a_name_joins_nothing():
    assert names("和平街道、共和镇2个卫生院") == ["和平街道卫生院", "共和镇卫生院"]


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("十", 10), ("二十三", 23), ("两", 2), ("一百零五", 105)]
)
def test_numbers(text, value):
    assert read_chinese(text) == value


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("黄岩区城区社区", ("黄岩区", "城区社区")),
        ("路桥街道", ("", "路桥街道")),
        ("台州市中医院", ("台州市", "中医院")),
    ],
)
def test_heads(name, split):
    assert split_head(name) == split


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6))
def test_what_is_listed_is_read(listed):
    """A list written with `、` and a true count gives its names back, each with the tail."""
    text = "、".join(listed) + f"{len(listed)}个卫生院"
    assert names(text) == [f"{name}卫生院" for name in listed]


@given(st.text(alphabet="甲乙镇、，；（）()和等3个卫生院\n", max_size=40))
def test_any_text_is_read_or_refused(text):
    """What is no enumeration is a ValueError, never another error."""
    with contextlib.suppress(ValueError):
        read_list(text)
