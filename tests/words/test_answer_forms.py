"""An answer is read as its form says, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.graphmodel import schema
from medgraph.words.answer_forms import AnswerForm
from medgraph.words.say import speaking

FORMS = [
    *("boolean", "whole", "share", "count", "integer", "points", "days", "amount", "number"),
    *("date:2025-06-30", "items:行政|人员|业务", "vocabulary:level", "words:separate", "text"),
]

FIELDS = [field for table in (*schema.NODE_TABLES, schema.LINKS) for field in table.fields]
ASKED = sorted({f"vocabulary:{field.vocabulary}" for field in FIELDS if field.vocabulary})


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("boolean", "√", "yes"),
        ("boolean", "未建成", "no"),
        ("boolean", "2021-12-20", None),
        ("whole", "是", "complete"),
        ("whole", "没有", "partial"),
        ("share", "33.3%", "33.3%"),
        ("share", "0.333", "33.3%"),
        ("share", "33.3", None),  # 33.3 alone is not understood, and never 3330 %
        ("share", "120%", None),
        ("count", "1.2万", "12000"),
        ("count", "十二", "12"),
        ("count", "约12", None),
        ("count", "-1", None),
        ("integer", "1,200", "1200"),
        ("points", "950", None),
        ("date:2025-06-30", "2025年6月30日", "2025-06-30"),
        ("date:2025-06-30", "2025-07-01", None),  # a day that has not come is a plan
        ("date:2025-06-30", "2025年6月", None),
        ("date:2025-06-30", "1066-10-14", None),
        ("items:行政|人员|业务", "业务、人事", "业务|人员"),
        ("items:行政|人员|业务", "无", "no"),
        ("items:行政|人员|业务", "行政、花园", None),
        ("vocabulary:level", "三甲", "3A"),
        ("vocabulary:level", "特级", None),
        ("words:separate", "Separate", "separate"),
        ("text", "待定", None),
    ],
)
def test_an_answer_is_read_as_its_form_says(form, text, value):
    """Nothing is bent until it fits."""
    assert AnswerForm.parse(form).read(text) == value


@pytest.mark.parametrize("form", FORMS)
def test_a_form_travels_as_text(form):
    """What a sheet carries is read back as the same form, and says in both languages what it allows."""
    read = AnswerForm.parse(form)
    assert str(read) == form
    for lang in ("zh", "en"):
        with speaking(lang):
            assert read.allowed()


@pytest.mark.parametrize(
    "text", [None, "", "boolean2", "vocabulary", "vocabulary:x", "items", "=1+1", "ends"]
)
def test_what_is_no_form_is_none(text):
    """A hidden cell that somebody changed asks nothing."""
    assert AnswerForm.parse(text) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["boolean", "whole", *ASKED])
def test_every_word_of_a_list_is_understood(form, lang):
    """What a drop-down list offers reads back, word by word, as a word of its own."""
    with speaking(lang):
        read = AnswerForm.parse(form)
        assert None not in [read.read(text) for text in read.options]


@given(st.sampled_from(FORMS), st.text(max_size=12))
def test_any_text_is_read_or_refused(form, text):
    """Whatever somebody writes, it is a value that reads as itself again, or None."""
    read = AnswerForm.parse(form)
    value = read.read(text)
    if value is not None and form != "whole":
        assert read.read(value) == value
