"""The columns of groups: a further one is one more row here."""

from __future__ import annotations

from medgraph.words.columns.field import Field
from medgraph.words.columns.shared import (
    DATED,
    ID,
    IDENTIFIERS,
    OTHER_NAMES,
    PLACEHOLDER,
    TYPE_FOUND,
)

# What a group is called in a sheet of groups, and beside each of its facilities.
GROUP_TITLES = (
    "集团",
    "集团名称",
    "医疗集团",
    "医疗集团名称",
    "城市医疗集团",
    "医共体",
    "医共体名称",
    "医联体",
    "医联体名称",
    "集团(医共体)",
    "集团或医共体",
)

GROUPS = (
    ID,
    Field("name", "名称", required=True, also=("联盟名称", "全称", *GROUP_TITLES)),
    *OTHER_NAMES,
    Field("type", "类型", vocabulary="group_type", required=True, also=("集团类型",)),
    Field("specialty", "专科", vocabulary="specialty"),
    TYPE_FOUND,
    IDENTIFIERS,
    PLACEHOLDER,
    *DATED,
)
