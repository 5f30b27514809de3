"""The columns of links: a further one is one more row here."""

from __future__ import annotations

from medgraph.words.columns.field import Field
from medgraph.words.columns.shared import DATED

LINKS = (
    Field("id", "编号", "id"),
    Field("source", "起点", "id", required=True, also=("来自", "源")),
    Field("relation", "关系", vocabulary="relation", required=True, also=("关系类型",)),
    Field("target", "终点", "id", required=True, also=("指向", "目标")),
    Field("minutes", "分钟", "number", unit="minutes", also=("用时", "车程")),
    Field("km", "公里", "number", unit="km", also=("距离",)),
    Field("specialty", "专科", vocabulary="specialty"),
    Field("priority", "优先", "boolean", "boolean"),
    Field("service", "服务"),
    Field("items", "项目数", "integer", unit="items", also=("互认项目数",)),
    Field("staff", "人数", "integer", unit="persons", also=("派驻人数",)),
    Field("person", "人员代号", also=("人员",)),
    Field("title", "职称", vocabulary="title"),
    Field("role", "岗位", vocabulary="role"),
    Field("days_per_week", "每周天数", "number", unit="days per week", also=("每周工作日",)),
    Field("slots", "号源", "integer", unit="slots", also=("号源数",)),
    Field("beds", "床位", "integer", unit="beds", also=("床位数",)),
    Field("period", "统计期", also=("期间",)),
    Field("recipient", "下沉对象", vocabulary="recipient"),
    *DATED,
)
