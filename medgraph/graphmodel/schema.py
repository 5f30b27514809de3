"""State the fields of every table and which relation may join which kinds.

Types: `text`, `id` (text that names a node), `list` (texts with `|` between them), `integer`, `number`,
`date` (a day), `boolean`. A column that no field names is kept as a free attribute, as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from medgraph.words.say import language
from medgraph.words.vocabularies import fold

FORMAT_NAME = "medgraph"
FORMAT_VERSION = 1

ARROW_TYPES = {
    "text": pa.string(),
    "id": pa.string(),
    "list": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}


@dataclass(frozen=True)
class Field:
    """One column: its `name`, `type`, vocabulary, unit and Chinese header."""

    name: str
    zh: str
    type: str = "text"
    vocabulary: str | None = None
    required: bool = False
    unit: str | None = None
    also: tuple[str, ...] = ()
    header: str | None = (
        None  # what CSV calls it, where that is another word than the node's column
    )

    @property
    def heading(self) -> str:
        return self.header or self.name


@dataclass(frozen=True)
class Table:
    """One table: its `name` on disk, Chinese `sheet`, the node `kind` of its rows, its fields."""

    name: str
    sheet: str
    kind: str | None
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        return _by_name(self.fields).get(name)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields if f.required)


@cache
def _by_name(fields: tuple[Field, ...]) -> dict[str, Field]:
    return {f.name: f for f in fields}


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

FACILITIES = Table(
    "facilities",
    "机构",
    "Facility",
    (
        _ID,
        Field("name", "名称", required=True, also=("机构名称", "医疗机构名称", "单位名称", "全称")),
        *_OTHER_NAMES,
        Field("type", "类型", vocabulary="facility_type", also=("机构类型", "机构类别", "类别")),
        Field("ws218", "机构分类代码", also=("WS218", "WS218代码", "卫生机构类别代码")),
        Field("level", "等级", vocabulary="level", also=("级别", "医院等级", "医院级别")),
        Field("admin_level", "隶属级别", vocabulary="admin_level", also=("隶属关系", "行政级别")),
        Field("ownership", "所有制", vocabulary="ownership", also=("办别", "经济类型", "举办主体")),
        Field("status", "状态", vocabulary="status", also=("运行状态",)),
        _PLACEHOLDER,
        Field("uscc", "统一社会信用代码", also=("信用代码",)),
        Field("institution_code", "卫生机构代码", also=("机构代码", "22位机构代码")),
        Field("area", "所在区划", "id", also=("区划代码", "所在地", "所在区划代码")),
        Field("administering_body", "主管部门", also=("主管单位", "举办单位")),
        Field("specialties", "专科", "list", also=("专科科目", "诊疗科目")),
        Field("services", "服务", "list", also=("服务项目",)),
        Field("beds", "床位", "integer", unit="beds", also=("床位数", "编制床位", "实有床位")),
        Field("outpatient_slots", "门诊号源", "integer", unit="slots", also=("号源数", "号源")),
        Field("staff", "职工数", "integer", unit="persons", also=("在岗职工", "卫生人员")),
        Field(
            "physicians",
            "医师数",
            "integer",
            unit="persons",
            also=("执业医师", "医师", "执业(助理)医师"),
        ),
        Field("nurses", "护士数", "integer", unit="persons", also=("注册护士", "护士")),
        Field("gps", "全科医生数", "integer", unit="persons", also=("全科医生",)),
        *_POINT,
        *_DATED,
    ),
)
GROUPS = Table(
    "groups",
    "集团",
    "Group",
    (
        _ID,
        Field("name", "名称", required=True, also=("集团名称", "医共体名称", "联盟名称", "全称")),
        *_OTHER_NAMES,
        Field("type", "类型", vocabulary="group_type", required=True, also=("集团类型",)),
        Field("specialty", "专科", vocabulary="specialty"),
        _PLACEHOLDER,
        *_DATED,
    ),
)
AREAS = Table(
    "areas",
    "区划",
    "Area",
    (
        Field(
            "id",
            "区划代码",
            "id",
            required=True,
            also=("代码", "编号", "行政区划代码", "统计用区划代码"),
        ),
        Field("name", "名称", required=True, also=("区划名称", "乡镇街道", "全称")),
        *_OTHER_NAMES,
        # a node's `kind` is Area, so the kind of an area is its type; the contract's column is called kind
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
    ),
)


def _plain(name: str, sheet: str, kind: str, *extra: Field) -> Table:
    return Table(name, sheet, kind, (_ID, _NAME, *_OTHER_NAMES, *extra, _PLACEHOLDER, *_DATED))


CENTRES = _plain(
    "centres",
    "共享中心",
    "SharedCentre",
    Field("type", "类型", vocabulary="centre_type", also=("中心类型",)),
)
TEAMS = _plain(
    "teams", "团队", "Team", Field("type", "类型", vocabulary="team_type", also=("团队类型",))
)
COMMITTEES = _plain("committees", "管委会", "Committee")
DEPARTMENTS = _plain("departments", "部门", "Department", Field("type", "类型"))
PLATFORMS = _plain("platforms", "平台", "Platform")
AUTHORITIES = _plain("authorities", "管理机构", "Authority")

LINKS = Table(
    "links",
    "关系",
    None,
    (
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
    ),
)
META = Table(
    "meta",
    "说明",
    None,
    (Field("key", "项目", required=True), Field("value", "内容", required=True)),
)

NODE_TABLES = (
    FACILITIES,
    GROUPS,
    AREAS,
    CENTRES,
    TEAMS,
    COMMITTEES,
    DEPARTMENTS,
    PLATFORMS,
    AUTHORITIES,
)
TABLES: dict[str, Table] = {t.name: t for t in (*NODE_TABLES, LINKS, META)}
TABLE_OF_KIND: dict[str, Table] = {t.kind: t for t in NODE_TABLES if t.kind}

_FACILITY_OR_GROUP = ("Facility", "Group")
ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "LEADS": (("Facility",), ("Group", "Team", "Committee")),
    "MEMBER_OF": (("Facility",), ("Group", "Team", "Committee")),
    "SERVES": (("Facility",), ("Area",)),
    "PART_OF": (("Area", "Facility"), ("Area", "Facility")),
    "RUN_BY": (("Facility",), ("Facility",)),
    "REFERS_UP_TO": (("Facility",), ("Facility",)),
    "REFERS_DOWN_TO": (("Facility",), ("Facility",)),
    "HOSTS_CENTRE": (("Facility",), ("SharedCentre",)),
    "USES_CENTRE": (("Facility",), ("SharedCentre",)),
    "TELEMEDICINE": (("Facility",), ("Facility",)),
    "RECOGNISES_RESULTS": (_FACILITY_OR_GROUP, _FACILITY_OR_GROUP),
    "DISPATCHES": (("Facility",), ("Facility",)),
    "SINKS_SLOTS": (("Facility",), ("Facility", "Group", "Team")),
    "SINKS_BEDS": (("Facility",), ("Facility", "Group", "Team")),
    "SINKS_RESOURCES_TO": (("Facility",), _FACILITY_OR_GROUP),
    "STATIONED_IN": (("Team",), _FACILITY_OR_GROUP),
    "COOPERATES_WITH": (_FACILITY_OR_GROUP, _FACILITY_OR_GROUP),
    "GOVERNS": (("Committee", "Authority"), ("Group", "Committee")),
    "REPORTS_TO": (("Committee",), ("Committee", "Authority")),
    "ADJACENT_TO": (("Area",), ("Area",)),
    "ADMINISTERED_BY": (("Area", "Facility"), ("Authority",)),
    "HOSTS_DEPARTMENT": (("Facility",), ("Department",)),
    "CONNECTED_TO": (("Facility", "Group"), ("Platform",)),
    "BUILDS": (("Facility", "Group"), ("Platform", "SharedCentre")),
    "MANAGES_THROUGH": (("Facility", "Group"), ("Group",)),
    "SUCCEEDED_BY": (
        ("Facility", "Group", "Area", "SharedCentre", "Team"),
        ("Facility", "Group", "Area", "SharedCentre", "Team"),
    ),
}


@cache
def table_named(text: str) -> Table | None:
    """Return the table that a file or sheet called `text` (English or Chinese) holds, else None."""
    wanted = fold(text)
    return next((t for t in TABLES.values() if wanted in (fold(t.name), fold(t.sheet))), None)


@cache
def headers(table: str) -> dict[str, str]:
    """Return folded header text -> field name for `table`: English, Chinese and known synonyms."""
    found: dict[str, str] = {}
    fields = TABLES[table].fields
    for f in fields:
        found.setdefault(fold(f.heading), f.name)
        found.setdefault(fold(f.zh), f.name)
        found.setdefault(fold(f.name), f.name)
    for f in fields:
        for text in f.also:
            found.setdefault(fold(text), f.name)
    return found


def title(name: str, table: Table | None = None) -> str:
    """Return what people call a column in the language of now; a free attribute is called by its name.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     title("uscc"), title("charter")
    ('统一社会信用代码', 'charter')
    """
    tables = (table,) if table else (*NODE_TABLES, LINKS)
    described = next((found for one in tables if (found := one.field(name))), None)
    if described is None:
        return name
    return described.zh if language() == "zh" else described.heading


@cache
def field_types() -> dict[str, str]:
    """Return node field name -> type, over all node tables (one name has one type)."""
    return {f.name: f.type for t in NODE_TABLES for f in t.fields}


@cache
def link_types() -> dict[str, str]:
    """Return link field name -> type."""
    return {f.name: f.type for f in LINKS.fields}
