"""Two columns of one attribute are one: neither hides the other, and what they contradict is named."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy import audit
from medgraph.words.say import speaking

GROUP = {"id": "G1", "kind": "Group", "name": "G1", "type": "urban_medical_group"}
COUNTY = {"id": "410122000000", "kind": "Area", "name": "中牟县", "level": "county"}


def audited(row, rule="urban-2023/UG-11", ledger=(), **meta):
    pack, _, id = rule.partition("/")
    net = MedicalNetwork.from_frames(
        pd.DataFrame([row]), None, {"data_day": "2024-12-31", "groups.complete": "complete"} | meta
    )
    lines = pd.DataFrame(list(ledger), columns=["subject", "item", "value"])
    return audit(net, pack, select=[id], ledger=lines)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("own", "titled", "verdict"),
    [
        ("是", "否", "NO_DATA"),
        ("是", "yes", "PASS"),
        ("是", None, "PASS"),
        (None, "是", "PASS"),
        ("待定", "是", "PASS"),
        (None, "否", "FAIL"),
        ("待定", None, "NO_DATA"),
        (None, None, "NO_DATA"),
    ],
)
def test_both_columns_count(own, titled, verdict, order):
    """Before, 章程 was not read where a column was called charter: a contradiction passed."""
    cells = dict([("charter", own), ("章程", titled)][::order])
    found = audited(GROUP | cells)
    assert found.findings["verdict"].tolist() == [verdict]
    differ = {own, titled} == {"是", "否"}
    assert found.contradictions["item"].tolist() == ["charter"] * differ


def test_a_contradiction_names_both_cells():
    found = audited(GROUP | {"charter": "是", "章程": "否", "origin": "a.xlsx|集团|A7|typed"})
    assert found.contradictions["origins"].tolist() == ["集团!A7 charter / 集团!A7 章程"]
    with speaking("zh"):
        assert "章程（charter）: 是（集团!A7 charter） / 否（集团!A7 章程）" in str(found)


def test_a_contradiction_names_both_columns_and_no_line_settles_it():
    """A ledger that agrees with one of them is a third statement, and the two still differ."""
    for ledger in ((), [("G1", "charter", "是")]):
        found = audited(GROUP | {"charter": "是", "章程": "否"}, ledger=ledger)
        assert found.findings["verdict"].tolist() == ["NO_DATA"]
        (told,) = found.contradictions.to_dict("records")
        assert (told["subject"], told["item"]) == ("G1", "charter")
        assert {"charter", "章程"} <= set(told["origins"].split(" / "))


@pytest.mark.parametrize(
    ("plain", "in_per_cent", "verdict"),
    [
        ("0.92", None, "PASS"),
        (None, "92", "PASS"),
        ("0.92", "92", "PASS"),
        ("92%", "92", "PASS"),
        (None, "80", "FAIL"),
        ("0.92", "80", "NO_DATA"),
    ],
)
def test_a_share_keeps_its_unit_in_whichever_column_it_stands(plain, in_per_cent, verdict):
    """HN: 县域就诊率 of 90 % and more, in a column of its own and in one in per cent."""
    cells = {"县域就诊率": plain, "县域就诊率(%)": in_per_cent}
    found = audited(COUNTY | cells, "henan-2021/HN-01")
    assert found.findings["verdict"].tolist() == [verdict]


def test_what_no_rule_knows_stays_as_it_is():
    found = audited(GROUP | {"charter": "是", "备注": "甲", "备注(%)": "乙"})
    assert found.findings["verdict"].tolist() == ["PASS"]
    assert len(found.contradictions) == 0


@pytest.mark.parametrize(
    ("plain", "in_per_cent", "verdict"),
    [
        ("91", None, "NO_DATA"),  # without a sign it may be anything
        (None, "91", "PASS"),
        ("91%", "91", "PASS"),
        ("0.91", "91", "PASS"),
        ("89%", "91", "NO_DATA"),
    ],
)
def test_the_sign_of_one_column_is_no_sign_of_the_other(plain, in_per_cent, verdict):
    """HN-01 asks for 90%: what stands under a title with (%) is per cent, what stands beside it is not."""
    row = COUNTY | {"visit_rate": plain, "县域就诊率(%)": in_per_cent}
    found = audited(row, "henan-2021/HN-01", data_day="2021-12-31")
    assert found.outcome("HN-01").verdict == verdict
