"""Columns, attributes and missing data have the names that people call them by."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest

from medgraph.graphmodel import schema
from medgraph.graphmodel.headings import attribute, in_words
from medgraph.words.say import speaking


@pytest.mark.parametrize(
    ("lang", "name", "said"),
    [
        ("zh", "uscc", "统一社会信用代码"),
        ("en", "uscc", "uscc"),
        ("zh", "source", "起点"),
        ("en", "type", "type"),
        ("zh", "charter", "章程（charter）"),
        ("en", "charter", "charter"),
        ("zh", "common_share@2023", "常见病占比（common_share@2023）"),
        ("zh", "colour", "colour"),
    ],
)
def test_attributes(lang, name, said):
    """A column by its header; what a policy pack asks for by both names, since the column must have the second."""
    with speaking(lang):
        assert attribute(name) == said


@pytest.mark.parametrize(
    ("datum", "said"),
    [
        ("areas: level=county; province_score", "区划: 层级=县级; 省级考评结果（province_score）"),
        ("groups.insurance.total_budget", "集团·总额预算（insurance.total_budget）"),
        ("facilities: type=@station", "机构: 类型=@station"),
    ],
)
def test_conditions(datum, said):
    with speaking("zh"):
        assert in_words(datum) == said
    with speaking("en"):
        assert in_words(datum) == datum


def test_every_attribute_of_the_shipped_packs_has_a_chinese_name():
    """What a test of a pack reads is a column of the model or has a name of its own."""
    named = set()

    def walk(value, tested=False):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if tested and isinstance(key, str):
                named.add(key)
            if key == "attribute":
                named.add(inner)
            if isinstance(inner, dict | list):
                walk(inner, tested=key in ("test", "all", "any", "not", "count"))

    for pack in (resources.files("medgraph.queries.policy") / "packs").iterdir():
        if pack.name.endswith(".toml"):
            walk(tomllib.loads(pack.read_text(encoding="utf-8"))["rules"])
    known = {field.name for table in schema.TABLES.values() for field in table.fields}
    with speaking("zh"):
        assert {
            name for name in named - {"all", "any", "not"} if attribute(name) == name
        } - known == set()
        assert all(
            re.search("[\u4e00-\u9fff]", attribute(name)) for name in known - {"key", "value"}
        )
