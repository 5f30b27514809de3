"""A list of tasks becomes a ledger: no facility comes of it, and an audit reads its sheet."""

from __future__ import annotations

import openpyxl
import pytest

from medgraph.cli.beside import ledger_beside
from medgraph.loaders.foreign import tidy
from medgraph.words.say import speaking
from tests.loaders.foreign.test_tidy import balanced

HEAD = ("序号", "重点任务", "责任单位", "责任岗位", "完成时限", "完成情况")
ROWS = [
    (1, "组建县域医共体", "县卫生健康局", "分管副局长", "2024年6月底", "已完成"),
    (2, "统一药品目录", "县医保局", "无", "长期坚持", None),
    (3, "统一药品目录", "县卫生健康局", None, "2024-12-31", "推进中"),
]


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def written(path, head=HEAD, rows=ROWS):
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "任务清单"
    tab.append(["紧密型县域医共体建设重点任务清单"])
    tab.append(head)
    for row in rows:
        tab.append(row)
    roster = book.create_sheet("名单")
    for row in (
        ("机构名称", "集团"),
        ("甲县人民医院", "甲县医共体"),
        ("东溪镇卫生院", "甲县医共体"),
    ):
        roster.append(row)
    book.save(path)
    return path


@pytest.fixture
def reading(tmp_path):
    return tidy(written(tmp_path / "u.xlsx"), tmp_path / "t.xlsx")


def test_tasks_are_no_facilities(reading):
    net = reading.loaded.require()
    assert set(net.nodes("Facility")["name"]) == {"甲县人民医院", "东溪镇卫生院"}
    assert balanced(reading)
    assert not reading.account.counts["unread"]


def test_an_audit_reads_the_tasks_as_its_ledger(reading, tmp_path):
    ledger = ledger_beside(str(tmp_path / "t.xlsx"), reading.loaded.require())
    said = {(row.subject, row.item): row.value for row in ledger.itertuples()}
    assert said["组建县域医共体", "任务部门"] == "县卫生健康局"
    assert said["组建县域医共体", "任务期限"] == "2024年6月底"
    assert said["统一药品目录", "任务岗位"] == "无"
    again = "统一药品目录（第 5 行）"
    assert said[again, "任务部门"] == "县卫生健康局"
    assert said[again, "任务岗位"] is None
    assert "u.xlsx|任务清单|C3|typed" in set(ledger["origin"])


def test_measures_below_a_task_are_tasks_each(tmp_path):
    """重点任务 is merged over its measures; 牵头单位 answers for them."""
    head = ("重点任务", "具体措施", "牵头单位", "完成时限")
    rows = [
        ("人事制度", "统一招聘", "县人社局", "2024年底"),
        (None, "统一培训", "县卫健局", None),
    ]
    path = written(tmp_path / "u.xlsx", head, rows)
    book = openpyxl.load_workbook(path)
    book["任务清单"].merge_cells("A3:A4")
    book.save(path)
    reading = tidy(path, tmp_path / "t.xlsx")
    lines = {(one.subject, one.item): one.value for one in reading.tasks}
    assert lines == {
        ("人事制度：统一招聘", "task.department"): "县人社局",
        ("人事制度：统一招聘", "task.deadline"): "2024年底",
        ("人事制度：统一培训", "task.department"): "县卫健局",
        ("人事制度：统一培训", "task.deadline"): "",
    }
    assert balanced(reading)
