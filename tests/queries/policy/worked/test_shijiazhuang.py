"""The four keys in a made-up county with two county groups: every verdict worked out by hand."""

from __future__ import annotations

import pytest

from tests.queries.policy.worked.books import page, verdicts, workbook

COUNTY, OTHER = "139921000000", "139922000000"
AREAS = [
    ("区划代码", "名称", "层级", "党委政府为责任主体"),
    (COUNTY, "丁县", "县级", "是"),
    (OTHER, "戊县", "县级", None),
]
FACILITIES = [
    ("编号", "名称", "类型", "所在区划", "功能定位", "牵头医院自主权"),
    (
        "H1",
        "丁县人民医院",
        "综合医院",
        COUNTY,
        "急危重症",
        "人事管理、业务发展、绩效考核、收入分配",
    ),
    ("H2", "丁县第二人民医院", "综合医院", COUNTY, "老年康复", "人事管理、绩效考核"),
    ("T1", "东乡卫生院", "乡镇卫生院", "139921101000", "常见病、慢病", None),
    ("T2", "西乡卫生院", "乡镇卫生院", "139921102000", "无", None),
    ("T3", "北乡卫生院", "乡镇卫生院", "139921103000", "常见病", None),  # in no group
    ("T9", "戊县东乡卫生院", "乡镇卫生院", "139922101000", "常见病", None),
    ("H9", "戊县人民医院", "综合医院", OTHER, "待定", None),
]
# 人财物 in one word is all three; 人事/财务 lacks what is owned; 待定 says nothing.
GROUPS = [
    ("编号", "名称", "牵头医院", "类型", "统一管理事项", "医保打包支付", "结余留用"),
    ("G1", "丁县第一医共体", "丁县人民医院", "县域医共体", "人财物", "是", "是"),
    ("G2", "丁县第二医共体", "丁县第二人民医院", "县域医共体", "人事/财务", "是", "否"),
    ("G9", "戊县医共体", "戊县人民医院", "县域医共体", "待定", "是", None),
]
LINKS = [
    ("起点", "关系", "终点"),
    *(("东乡卫生院", "成员", "丁县第一医共体"), ("西乡卫生院", "成员", "丁县第二医共体")),
    ("戊县东乡卫生院", "成员", "戊县医共体"),
]
META = [
    ("项目", "内容"),
    ("数据截止日", "2022-12-31"),
    *((f"{table}.complete", "列全") for table in ("areas", "facilities", "groups", "links")),
]
# Three tasks of 丁县: whole, without a post (无), with a day that is none (尽快). None of 戊县.
LEDGER = "subject,item,value,period,origin\n" + "".join(
    f"{task},{item},{value},,清单\n"
    for task, told in {
        "任务一": ("县卫健局", "分管副局长", "2022-12-31"),
        "任务二": ("县医保局", "无", "2022-11-30"),
        "任务三": ("县财政局", "预算股", "尽快"),
    }.items()
    for item, value in zip(
        ("area", "task.department", "task.post", "task.deadline"), (COUNTY, *told), strict=True
    )
)

WANTED = {
    "SJ-01": {"G1": "PASS", "G2": "FAIL", "G9": "NO_DATA"},
    "SJ-02": {"G1": "PASS", "G2": "FAIL", "G9": "NO_DATA"},
    # 丁县: two of its three centres; 戊县: its one centre.
    "SJ-03": {COUNTY: "FAIL", OTHER: "PASS"},
    # G1: both members; G2: the centre has none; G9: the lead's is open.
    "SJ-04": {"G1": "PASS", "G2": "FAIL", "G9": "NO_DATA"},
    # Each task, and each county: one list is there; another of 戊县 may be, as no table of tasks is whole.
    "SJ-05": {
        "任务一": "PASS",
        "任务二": "FAIL",
        "任务三": "NO_DATA",
        COUNTY: "PASS",
        OTHER: "NO_DATA",
    },
    "SJ-06": {COUNTY: "PASS", OTHER: "NO_DATA"},
    # G1: four of four; G2: two of four; G9: nothing stated.
    "SJ-07": {"G1": "PASS", "G2": "FAIL", "G9": "NO_DATA"},
}


@pytest.fixture
def source(tmp_path):
    (tmp_path / "tasks.csv").write_text(LEDGER, encoding="utf-8")
    sheets = {"区划": AREAS, "机构": FACILITIES, "集团": GROUPS, "关系": LINKS, "说明": META}
    return workbook(tmp_path / "county.xlsx", sheets)


@pytest.fixture
def words(tmp_path):
    return ("--pack", "shijiazhuang-2022", "--ledger", str(tmp_path / "tasks.csv"))


def test_every_verdict_is_the_one_worked_out(source, words):
    each, rules = verdicts(source, *words)
    assert each == WANTED
    # 戊县 says nothing of who answers; every other rule fails for somebody in 丁县.
    assert rules == {**dict.fromkeys(WANTED, "FAIL"), "SJ-06": "NO_DATA"}


def test_the_page_shows_them_with_their_sentences(source, words, tmp_path):
    text, code = page(source, tmp_path / "findings.html", *words)
    assert code == 1
    assert "医共体覆盖所有乡镇卫生院" in text
    assert "“人员”写岗位，不写个人姓名；每个县至少一项任务" in text
    assert "北乡卫生院" in text
