"""Columns that several tables share: ids, names, dates, points."""

from __future__ import annotations

from medgraph.words.columns.field import Field

ID = Field("id", "编号", "id", also=("编码", "代码", "ID"))
NAME = Field("name", "名称", required=True, also=("全称",))
PLACEHOLDER = Field("is_class", "是否占位", "boolean", "boolean", also=("是否一类机构",))
DATED = (
    Field("valid_from", "起始日", "date", also=("生效日期", "开始日期", "起始日期")),
    Field("valid_to", "终止日", "date", also=("失效日期", "结束日期", "截止日期", "终止日期")),
    Field("basis", "依据类别", vocabulary="basis", also=("依据",)),
    Field("document", "文件", also=("依据文件", "文号")),
    Field("clause", "条款", also=("依据条款",)),
    Field("origin", "来源", also=("出处",)),
    Field("span", "文字位置"),  # of the sentence in the repaired text of a plan
    Field("confidence", "可信程度"),  # high, medium or low; what only reading of prose states
    Field("note", "备注", also=("说明",)),
)
OTHER_NAMES = (
    Field("short_name", "简称"),
    Field("aliases", "别名", "list", also=("曾用名", "又名", "第二名称", "其他名称", "挂牌名称")),
    Field("name_en", "英文名"),
)
# The codes by which other systems know a node, each behind its system and a blank.
IDENTIFIERS = Field("identifiers", "其他标识", "list", also=("其他编码", "其他代码"))
# Where electronic referrals go: the type of the connection, a blank, the address, a blank, a name.
ENDPOINTS = Field("endpoints", "电子接口", "list", also=("电子转诊接口", "接口地址"))
# What a source calls a type that no word of ours means.
TYPE_FOUND = Field("type_found", "原类型", also=("原类别",))
POINT = (
    Field("lon", "经度", "number", unit="degree"),
    Field("lat", "纬度", "number", unit="degree"),
    Field("crs", "坐标系", vocabulary="crs"),
)
# When a facility opened, or joined its group, is when its row begins to hold.
FACILITY_DATED = (
    Field(
        "valid_from",
        "起始日",
        "date",
        also=(*DATED[0].also, "加入时间", "加入日期", "成立时间", "成立日期", "开始时间"),
    ),
    Field(
        "valid_to",
        "终止日",
        "date",
        also=(*DATED[1].also, "退出时间", "退出日期", "有效期至", "结束时间"),
    ),
    *DATED[2:],
)
