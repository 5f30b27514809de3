"""The columns of every table, a file for each: one row for a column, with all titles it has.

`check`, `tidy`, mappings, templates and reports all read these rows, so a title that one of them
knows is known to all.
"""

from medgraph.words.columns.areas import AREAS
from medgraph.words.columns.facilities import FACILITIES
from medgraph.words.columns.field import Field
from medgraph.words.columns.groups import GROUPS
from medgraph.words.columns.links import LINKS
from medgraph.words.columns.others import (
    AUTHORITIES,
    CENTRES,
    COMMITTEES,
    DEPARTMENTS,
    PLATFORMS,
    TEAMS,
)
from medgraph.words.columns.roster import ROSTER_TITLES
from medgraph.words.columns.shortcuts import SHORTCUTS

TABLE_TITLES = {
    "facilities": "机构",
    "groups": "集团",
    "areas": "区划",
    "centres": "共享中心",
    "teams": "团队",
    "committees": "管委会",
    "departments": "部门",
    "platforms": "平台",
    "authorities": "管理机构",
    "links": "关系",
    "meta": "说明",
}

META = (Field("key", "项目", required=True), Field("value", "内容", required=True))

__all__ = [
    "AREAS",
    "AUTHORITIES",
    "CENTRES",
    "COMMITTEES",
    "DEPARTMENTS",
    "FACILITIES",
    "GROUPS",
    "LINKS",
    "META",
    "PLATFORMS",
    "ROSTER_TITLES",
    "SHORTCUTS",
    "TABLE_TITLES",
    "TEAMS",
    "Field",
]
