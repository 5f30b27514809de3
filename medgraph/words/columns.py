"""The columns of every table: one row each, with all titles that people give it.

`check`, `tidy`, mappings, templates and reports all read these rows, so a title that one of them
knows is known to all. A further column of facilities is one row in `FACILITIES`.
"""

from __future__ import annotations

from dataclasses import dataclass

from medgraph.words.languages import choose


@dataclass(frozen=True)
class Field:
    """One column: its `name`, Chinese title, `type`, vocabulary, unit, and what else it is called.

    `header` is what CSV calls it, where that is another word than the name of the node's column.
    """

    name: str
    zh: str
    type: str = "text"
    vocabulary: str | None = None
    required: bool = False
    unit: str | None = None
    also: tuple[str, ...] = ()
    header: str | None = None

    @property
    def heading(self) -> str:
        """The English title, as CSV writes it."""
        return self.header or self.name

    def title(self, lang: str) -> str:
        """Return the title in `lang`."""
        return choose(lang, {"zh": self.zh, "en": self.heading})


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

# What a group is called in a sheet of groups, and beside each of its facilities.
_GROUP_TITLES = (
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

_ID = Field("id", "编号", "id", also=("编码", "代码", "ID"))
_NAME = Field("name", "名称", required=True, also=("全称",))
_PLACEHOLDER = Field("is_class", "是否占位", "boolean", "boolean", also=("是否一类机构",))
_DATED = (
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
_OTHER_NAMES = (
    Field("short_name", "简称"),
    Field("aliases", "别名", "list", also=("曾用名", "又名")),
    Field("name_en", "英文名"),
)
_POINT = (
    Field("lon", "经度", "number", unit="degree"),
    Field("lat", "纬度", "number", unit="degree"),
    Field("crs", "坐标系", vocabulary="crs"),
)
# When a facility opened, or joined its group, is when its row begins to hold.
_FACILITY_DATED = (
    Field(
        "valid_from",
        "起始日",
        "date",
        also=(*_DATED[0].also, "加入时间", "加入日期", "成立时间", "成立日期"),
    ),
    Field(
        "valid_to",
        "终止日",
        "date",
        also=(*_DATED[1].also, "退出时间", "退出日期", "有效期至"),
    ),
    *_DATED[2:],
)

FACILITIES = (
    _ID,
    Field(
        "name",
        "名称",
        required=True,
        also=(
            "机构名称",
            "单位名称",
            "医疗机构",
            "医疗机构名称",
            "医疗卫生机构",
            "医疗卫生机构名称",
            "机构全称",
            "医院名称",
            "基层医疗机构",
            "基层机构",
            "机构",
            "单位",
            "全称",
            "facility",
        ),
    ),
    Field("short_name", "简称", also=("机构简称",)),
    *_OTHER_NAMES[1:],
    Field("type", "类型", vocabulary="facility_type", also=("机构类型", "机构类别", "类别")),
    Field("ws218", "机构分类代码", also=("WS218", "WS218代码", "卫生机构类别代码")),
    Field("level", "等级", vocabulary="level", also=("级别", "医院等级", "医院级别")),
    Field("admin_level", "隶属级别", vocabulary="admin_level", also=("隶属关系", "行政级别")),
    Field(
        "ownership",
        "所有制",
        vocabulary="ownership",
        also=("办别", "经济类型", "举办主体", "举办性质"),
    ),
    Field("status", "状态", vocabulary="status", also=("运行状态",)),
    _PLACEHOLDER,
    Field("uscc", "统一社会信用代码", also=("信用代码", "社会信用代码")),
    Field("institution_code", "卫生机构代码", also=("机构代码", "22位机构代码")),
    Field(
        "area",
        "所在区划",
        "id",
        also=(
            "所在区划代码",
            "区划代码",
            "所在乡镇",
            "乡镇街道",
            "乡镇(街道)",
            "所在街道",
            "所在乡镇街道",
            "镇街",
            "所在地",
        ),
    ),
    Field("administering_body", "主管部门", also=("主管单位", "举办单位")),
    Field("specialties", "专科", "list", also=("专科科目", "诊疗科目")),
    Field("services", "服务", "list", also=("服务项目",)),
    Field(
        "beds",
        "床位",
        "integer",
        unit="beds",
        also=("床位数", "编制床位", "实有床位", "开放床位", "核定床位", "床位编制"),
    ),
    Field("outpatient_slots", "门诊号源", "integer", unit="slots", also=("号源数", "号源")),
    Field(
        "staff",
        "职工数",
        "integer",
        unit="persons",
        also=("在岗职工", "卫生人员", "职工", "人员总数", "人员", "人员数", "人数"),
    ),
    Field(
        "physicians",
        "医师数",
        "integer",
        unit="persons",
        also=("医师", "执业医师", "执业(助理)医师", "医生", "医生数"),
    ),
    Field("nurses", "护士数", "integer", unit="persons", also=("护士", "注册护士")),
    Field("gps", "全科医生数", "integer", unit="persons", also=("全科医生",)),
    *_POINT,
    *_FACILITY_DATED,
)
GROUPS = (
    _ID,
    Field("name", "名称", required=True, also=("联盟名称", "全称", *_GROUP_TITLES)),
    *_OTHER_NAMES,
    Field("type", "类型", vocabulary="group_type", required=True, also=("集团类型",)),
    Field("specialty", "专科", vocabulary="specialty"),
    _PLACEHOLDER,
    *_DATED,
)
AREAS = (
    Field(
        "id",
        "区划代码",
        "id",
        required=True,
        also=("代码", "编号", "行政区划代码", "统计用区划代码"),
    ),
    Field("name", "名称", required=True, also=("区划名称", "乡镇街道", "全称")),
    *_OTHER_NAMES,
    # a node's `kind` is Area, so the kind of an area is its type; its column is called kind
    Field("type", "类别", vocabulary="area_kind", also=("类型", "区划类别"), header="kind"),
    Field("level", "层级", vocabulary="area_level", also=("级别",)),
    Field("parent", "上级代码", "id", also=("上级", "上级区划")),
    Field("population", "常住人口", "integer", unit="residents", also=("人口", "人口数")),
    Field("register", "名册"),
    Field("edition", "版本", also=("名册版本",)),
    Field("tile_x", "图格列", "integer"),
    Field("tile_y", "图格行", "integer"),
    *_POINT,
    *_DATED,
)


def _plain(*extra: Field) -> tuple[Field, ...]:
    return (_ID, _NAME, *_OTHER_NAMES, *extra, _PLACEHOLDER, *_DATED)


CENTRES = _plain(Field("type", "类型", vocabulary="centre_type", also=("中心类型",)))
TEAMS = _plain(Field("type", "类型", vocabulary="team_type", also=("团队类型",)))
COMMITTEES = _plain()
DEPARTMENTS = _plain(Field("type", "类型"))
PLATFORMS = _plain()
AUTHORITIES = _plain()

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
    *_DATED,
)
META = (Field("key", "项目", required=True), Field("value", "内容", required=True))

# Columns that a roster may have beside the fields, each of which makes links: name -> its titles.
SHORTCUTS: dict[str, dict[str, tuple[str, ...]]] = {
    "facilities": {
        "group": (*_GROUP_TITLES, "所属集团", "所在集团", "所属医共体", "所在医共体", "所属医联体"),
        "role": (
            "角色",
            "集团角色",
            "机构角色",
            "单位角色",
            "牵头或成员",
            "牵头/成员",
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
        ),
        "run_by": ("一体化管理单位", "管理单位"),
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
        ),
        "members": ("成员单位", "成员", "成员机构", "组成单位", "下属单位", "成员单位名称"),
    },
}


# -- workbooks that were not made for us -----------------------------------------------------------

# Columns of theirs that are no field: `county` narrows a place down, `serial` counts rows.
_THEIRS_ALONE: dict[str, tuple[str, ...]] = {
    "county": (
        "区县",
        "所在区县",
        "所属区县",
        "县区",
        "县市区",
        "县(市、区)",
        "区(县)",
        "所属区",
        "所在区",
        "行政区",
        "county",
    ),
    "serial": ("序号", "序", "编号", "No", "no.", "#"),
}
# What a column of theirs may state, in the order in which 对照 offers it.
_THEIRS = (
    *("name", "group", "lead", "members", "role", "alliance", "serves", "area", "county"),
    *("type", "level", "ownership", "status", "short_name", "aliases"),
    *("uscc", "institution_code", "ws218"),
    *("beds", "staff", "physicians", "nurses", "gps", "specialties"),
    *("valid_from", "valid_to", "note", "serial"),
)
# What 对照 calls a column whose own title says too little outside of its table.
_CALLED = {"name": "机构名称", "alliance": "专科联盟", "specialties": "专科科目"}


def _titles(name: str) -> tuple[str, ...]:
    """Return all titles of what a column of theirs may state, the one that 对照 shows first."""
    known = {
        **_THEIRS_ALONE,
        **{n: (*titles, n) for table in SHORTCUTS.values() for n, titles in table.items()},
        **{field.name: (field.zh, *field.also, field.name) for field in FACILITIES},
    }[name]
    first = _CALLED.get(name, known[0])
    return tuple(dict.fromkeys((first, *known)))


ROSTER_TITLES: dict[str, tuple[str, ...]] = {name: _titles(name) for name in _THEIRS}
