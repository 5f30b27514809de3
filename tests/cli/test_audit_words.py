"""An audit as people read it: a workbook in their language, and explanations without codes."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from medgraph.cli.audit_words import write_audit_workbook
from medgraph.loaders.samples import taizhou
from medgraph.queries.policy import Audit, audit, explain, load, shipped
from medgraph.words.say import speaking
from medgraph.words.sentences.gathering import CATALOGUE

CHINESE = re.compile(r"[㐀-鿿]")


@pytest.fixture(scope="module")
def found() -> Audit:
    """What Taizhou's sample comes to."""
    return audit(taizhou(), "urban-2023")


def test_a_workbook_in_chinese_has_chinese_sheets_headings_and_verdicts(found, tmp_path):
    """Its sheets are called in Chinese, so is every column, and no verdict is a code."""
    with speaking("zh"):
        write_audit_workbook(found, str(tmp_path / "a.xlsx"))
    sheets = pd.read_excel(tmp_path / "a.xlsx", sheet_name=None, engine="openpyxl")
    assert list(sheets) == ["规则", "结论", "缺什么"]
    for frame in sheets.values():
        assert not [column for column in frame.columns if not CHINESE.search(column)]
    assert set(sheets["结论"]["判定"]) <= {"达标", "未达标", "缺数据", "仅报告"}
    assert len(sheets["结论"]) == len(found.findings)
    assert "条文" in sheets["规则"]
    assert not [text for text in sheets["结论"]["单位"].dropna() if re.search("[a-z]", text)]
    assert "all" not in set(sheets["结论"]["对象"])
    assert {"全网络"} < set(sheets["结论"]["对象"])


def test_a_workbook_in_english_has_english_ones(found, tmp_path):
    """The same in English."""
    with speaking("en"):
        write_audit_workbook(found, str(tmp_path / "a.xlsx"))
    sheets = pd.read_excel(tmp_path / "a.xlsx", sheet_name=None, engine="openpyxl")
    assert list(sheets) == ["rules", "findings", "missing"]
    assert not [c for frame in sheets.values() for c in frame.columns if CHINESE.search(c)]


def test_an_explanation_in_chinese_has_no_codes(found):
    """Neither headings nor states nor verdicts are English words."""
    with speaking("zh"):
        said = str(explain(found, "urban-2023/UG-04/G2"))
    assert "不符合" in said
    assert "未达标" in said
    assert not re.search(r"\b(met|not met|open|PASS|FAIL|NO_DATA|element|reason|basis)\b", said)


def test_every_unit_of_a_shipped_rule_is_a_word():
    units = {
        part.get("unit", "")
        for name in shipped()
        for rule in load(name).rules
        for part in rule.parts
    }
    assert {f"unit.{unit}" for unit in units - {""}} <= set(CATALOGUE)
