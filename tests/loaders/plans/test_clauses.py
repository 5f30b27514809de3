"""The prose of a plan is read sentence by sentence, and no sentence is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medgraph.loaders.plans.clauses import sentences
from medgraph.loaders.plans.sentence import NO_RELATION, NOT_UNDERSTOOD, USED

PLAN = """一、总体要求
（一）目标。到年底完成布局。
二、任务
（一）组建
1.网格。新组建2个集团。
（1）甲医院城市医疗集团。牵头医院为甲医院，成员单位包括丙镇、丁镇2个卫生院。
2.联盟。乙医院牵头，联合戊医院，组建中医专科联盟；己医院牵头，联合庚医院，组建精神专科联盟。
3.其他。牵头医院派驻医师若干。
"""


def test_sentences_know_their_clause():
    """The number of a clause is made of the numbers above it."""
    used = {s.clause: s.forms for s in sentences(PLAN) if s.status == USED}
    assert used == {"二(一)1": "group_count", "二(一)1(1)": "membership", "二(一)2": "alliance"}


def test_every_sentence_has_a_fate():
    """Used, known to carry no relation, or not understood: a posting that no form covers is not understood."""
    fates = {s.text: s.status for s in sentences(PLAN)}
    assert fates["到年底完成布局"] == NO_RELATION
    assert fates["牵头医院派驻医师若干"] == NOT_UNDERSTOOD


def test_the_heading_of_a_clause_goes_with_its_sentences():
    assert [s.heading for s in sentences(PLAN) if s.form == "membership"] == ["甲医院城市医疗集团"]


@given(st.text(alphabet="一二、（()）1.。；;\n牵头医院为甲，成员单位包括乙", max_size=200))
def test_spans_cover_the_text(text):
    """What stands outside all sentences is numbers, stops and blanks only."""
    found = sentences(text)
    for one in found:
        assert text[one.start : one.end].strip() == one.text
    assert [s.start for s in found] == sorted(s.start for s in found)


def test_long_text_without_stops_takes_linear_time():
    """A megabyte without a stop is one sentence, not understood, and no parser sees it."""
    (only,) = sentences("牵头医院" * 250_000)
    assert only.status == NOT_UNDERSTOOD
