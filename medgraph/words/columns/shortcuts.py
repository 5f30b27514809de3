"""Columns that make links: the group of a facility, its role, what it serves; what is handed on."""

from __future__ import annotations

from medgraph.words.columns.groups import GROUP_TITLES

# Columns that a roster may have beside the fields, each of which makes links: name -> its titles.
SHORTCUTS: dict[str, dict[str, tuple[str, ...]]] = {
    "facilities": {
        "group": (
            *GROUP_TITLES,
            "所属集团",
            "所在集团",
            "所属医共体",
            "所在医共体",
            "所属医联体",
            "所属医疗集团",
        ),
        "role": (
            "角色",
            "集团角色",
            "机构角色",
            "单位角色",
            "牵头或成员",
            "牵头/成员",
            "是否牵头",
            "是否牵头单位",
            "是否牵头医院",
            "是否牵头机构",
            "是否为牵头单位",
        ),
        "alliance": ("联盟", "专科联盟", "所属联盟"),
        "serves": (
            "服务辖区",
            "辖区",
            "服务区划",
            "服务范围",
            "服务乡镇",
            "服务街道",
            "服务乡镇街道",
            "服务乡镇(街道)",
            "服务镇街",
            "责任辖区",
            "服务乡镇名称",
            "townships served",
            "area served",
        ),
        "run_by": (
            "一体化管理单位",
            "管理单位",
            "一体化管理机构",
            "管理卫生院",
            "所属卫生院",
            "所属乡镇卫生院",
            "归口卫生院",
            "上级卫生院",
        ),
        "part_of": ("上级医院", "总院"),
    },
    "groups": {
        "lead": (
            "牵头医院",
            "牵头单位",
            "牵头机构",
            "牵头",
            "龙头医院",
            "总医院",
            "牵头医院名称",
            "lead hospital",
            "lead facility",
        ),
        "members": (
            *("成员单位", "成员", "成员机构", "组成单位", "下属单位", "成员单位名称"),
            *("成员医院", "成员医疗机构", "组成机构", "包含机构", "包含单位", "参与单位"),
        ),
    },
    "links": {"carry": ("移交关系", "承接关系", "关系移交")},
}
