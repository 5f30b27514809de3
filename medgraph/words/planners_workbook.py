"""The words of a sample workbook that looks as planners' workbooks do, for `medgraph tidy`."""

from __future__ import annotations

TAB = "附件1"
TITLE = "台州市城市医疗集团成员单位一览表"
FILLED_IN_BY = "填报单位：市卫健委"
AS_AT = "截至2023年10月25日"
HEADER = ("序号", "集团名称", "牵头医院", "成员单位", "服务辖区", "备注")
TOTAL = "合计"
TOTAL_OF = "{count}家"
