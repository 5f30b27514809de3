"""The columns of areas: a further one is one more row here."""

from __future__ import annotations

from medgraph.words.columns.field import Field
from medgraph.words.columns.shared import DATED, OTHER_NAMES, POINT

AREAS = (
    Field(
        "id",
        "区划代码",
        "id",
        required=True,
        also=("代码", "编号", "行政区划代码", "统计用区划代码"),
    ),
    Field("name", "名称", required=True, also=("区划名称", "乡镇街道", "全称")),
    *OTHER_NAMES,
    # a node's `kind` is Area, so the kind of an area is its type; its column is called kind
    Field("type", "类别", vocabulary="area_kind", also=("类型", "区划类别"), header="kind"),
    Field("level", "层级", vocabulary="area_level", also=("级别",)),
    Field("parent", "上级代码", "id", also=("上级", "上级区划")),
    Field("population", "常住人口", "integer", unit="residents", also=("人口", "人口数")),
    Field("register", "名册"),
    Field("edition", "版本", also=("名册版本",)),
    Field("tile_x", "图格列", "integer"),
    Field("tile_y", "图格行", "integer"),
    Field("boundary", "边界", also=("轮廓",)),
    *POINT,
    *DATED,
)
