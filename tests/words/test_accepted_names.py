"""Which names mean which department, platform or item; an unknown one says nothing."""

from __future__ import annotations

import pytest

from medgraph.words.accepted_names import (
    ACCEPTED,
    is_called,
    is_known_name,
    item_called,
    said_together,
)


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("医院感染管理科", "院感"),
        ("感控办", "院感"),
        ("质量控制科", "质控"),
        ("人事科", "人力资源"),
        ("信息科", "信息"),
        ("总务科", "后勤保障"),
        ("中药制剂室", "中药制剂中心"),
        ("物资", "物"),
        ("ＩＴ", "it"),
    ],
)
def test_names_that_mean_an_item(name, item):
    assert is_called(name, item)


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("信息公开办公室", "信息"),
        ("医务社工部", "医务"),
        ("人才办", "人"),  # a single sign is matched as a whole item alone
        ("财政局", "财"),
        ("护理部", "院感"),
        ("综合办公室", "院感"),
    ],
)
def test_names_that_do_not(name, item):
    assert not is_called(name, item)


@pytest.mark.parametrize("item", ACCEPTED)
def test_an_item_is_called_by_its_own_name(item):
    assert is_called(item, item)


def test_only_a_known_name_is_surely_another():
    """院感科 is surely no pharmacy; nobody knows what 综合科 does."""
    assert item_called("院感科") == "院感"
    assert is_known_name("院感科")
    assert is_known_name("信息公开办公室")
    assert item_called("综合科") is None
    assert not is_known_name("综合科")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人财物", True),
        ("物人", True),
        ("人", True),
        ("人才", False),
        ("", False),
        ("人财物等", False),
    ],
)
def test_items_side_by_side(text, expected):
    assert said_together(text, ("人", "财", "物")) is expected
