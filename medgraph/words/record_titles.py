"""The columns of records and of travel times: one row each, with the titles people give them."""

from __future__ import annotations

# The sections of a mapping file that speak of files beside the network, one for each kind.
SIDE_FILES = (
    *("records", "times", "nodes", "edges", "counts", "candidates"),
    *("neighbours", "assignment", "costs", "flows"),
)

# Columns of referral and encounter records. Titles are read in Chinese and English.
RECORD_TITLES: dict[str, tuple[str, ...]] = {
    "from": ("转出机构", "转出医院", "转诊机构", "起点", "from_facility", "source"),
    "to": (
        "转入机构",
        "转入医院",
        "就诊机构",
        "接收机构",
        "终点",
        "机构",
        "to_facility",
        "target",
        "facility",
    ),
    "date": ("日期", "转诊日期", "就诊日期", "day"),
    "arrived": ("到达日期", "接诊日期", "arrival", "arrival_date"),
    "kind": ("转诊方向", "方向", "转诊类型", "direction"),
    "specialty": ("专科", "科室", "department"),
    "encounter": ("就诊类型", "诊疗类型", "encounter_type", "encounter type"),
    "residence": ("居住地", "居住地区划", "参保地", "residence_area", "residence area"),
    "place": ("就诊地区划", "机构所在区划", "place_area"),
    "count": (
        *("人次", "例数", "数量", "人数", "计数", "转诊人次", "转诊例数", "转诊人数", "转诊量"),
        *("转诊数", "次数", "就诊人次", "住院人次", "n", "counts", "weight", "transfers", "volume"),
        *("cases", "patients", "referrals"),
    ),
    "person": ("患者代号", "人员代号", "患者代码", "人员代码", "pseudonym", "patient"),
    "admitted": ("入院日期", "admission", "admission_date"),
    "discharged": ("出院日期", "discharge", "discharge_date"),
}
# The words of a record for each kind of referral, in small letters.
KIND_WORDS = {
    "up": ("up", "上转", "向上转诊", "refers_up_to"),
    "down": ("down", "下转", "向下转诊", "refers_down_to"),
    "transfer": ("transfer", "转院", "平级转诊"),
}
# The words of a record for each kind of encounter.
ENCOUNTER_WORDS = {
    "outpatient": ("outpatient", "门诊", "普通门诊", "门诊就诊"),
    "emergency": ("emergency", "急诊", "门急诊"),
    "inpatient": ("inpatient", "住院", "入院"),
}

# Columns of a matrix of travel times.
TRAVEL_TIME_TITLES: dict[str, tuple[str, ...]] = {
    "origin": ("origin", "from", "from_id", "area", "起点", "出发地", "区划", "区划代码"),
    "destination": (
        "destination",
        "to",
        "to_id",
        "facility",
        "终点",
        "目的地",
        "机构",
        "机构编号",
    ),
    "minutes": ("minutes", "travel_time", "time_min", "分钟", "用时", "车程", "时间"),
}
# Columns of a road graph.
ROAD_NODE_TITLES: dict[str, tuple[str, ...]] = {
    "node": ("节点", "节点编号", "id", "osmid"),
    "lon": ("经度", "longitude", "lng", "x"),
    "lat": ("纬度", "latitude", "y"),
}
ROAD_EDGE_TITLES: dict[str, tuple[str, ...]] = {
    "from": ("起点", "source", "u"),
    "to": ("终点", "target", "v"),
    "minutes": ("分钟", "用时"),
    "time_s": ("秒", "seconds", "travel_time_s"),
    "length_m": ("长度", "米", "length"),
    "speed_kmh": ("速度", "时速", "speed"),
    "oneway": ("单行", "单向"),
}
# Columns of observed counts.
COUNT_TITLES: dict[str, tuple[str, ...]] = {
    "facility": ("机构", "机构编号", "医疗机构", "from"),
    "count": ("人次", "次数", "例数", "数量", "计数", "n", "weight", "volume"),
}
# Columns of links that may be built.
LINK_TITLES: dict[str, tuple[str, ...]] = {
    "source": ("起点", "来源", "from"),
    "relation": ("关系", "type"),
    "target": ("终点", "目标", "to"),
    "km": ("公里", "距离"),
    "cost": ("费用", "成本"),
    "capacity": ("容量",),
    "title": ("名称", "标题"),
    "specialty": ("专科",),
}
# Columns of observed flows between facilities.
FLOW_TITLES: dict[str, tuple[str, ...]] = {
    "from": ("转出机构", "转出", "起点", "source"),
    "to": ("接收机构", "转入机构", "转入", "终点", "target"),
    "count": ("人次", "次数", "例数", "数量", "计数", "n", "weight", "volume"),
}
# Columns of the ways to make a site, with what they cost.
SITE_COST_TITLES: dict[str, tuple[str, ...]] = {
    "facility": ("机构", "机构编号", "医疗机构", "机构名称"),
    "cost": ("费用", "成本", "投资", "造价"),
    "way": ("方式", "建设方式", "action"),
    "capacity": ("容量", "能力"),
}
# Columns of the tables beside an audit.
WAIVER_TITLES: dict[str, tuple[str, ...]] = {
    "rule": ("规则",),
    "subject": ("对象",),
    "reason": ("理由", "原因"),
    "office": ("单位", "批准单位"),
    "expires": ("到期", "到期日", "有效期至"),
    "pack": ("规则包",),
}
STATEMENT_TITLES: dict[str, tuple[str, ...]] = {
    "finding": ("发现", "结论编号"),
    "statement": ("说明", "陈述"),
    "decision": ("决定", "处理"),
    "office": ("单位",),
    "date": ("日期",),
}
LEDGER_TITLES: dict[str, tuple[str, ...]] = {
    "subject": ("对象",),
    "item": ("项目", "事项"),
    "value": ("值", "内容"),
    "period": ("期间", "年度"),
    "origin": ("来源", "出处"),
}
# In place of minutes, where there is no way.
UNREACHABLE = frozenset({"unreachable", "inf", "infinity", "none", "不可达", "无法到达"})

# Columns of a table of areas that touch, and of a plan of one's own.
NEIGHBOUR_TITLES: dict[str, tuple[str, ...]] = {
    "area": ("区划", "区划代码", "乡镇", "source", "from"),
    "neighbour": ("相邻区划", "相邻", "邻接区划", "neighbor", "target", "to"),
}
ASSIGNMENT_TITLES: dict[str, tuple[str, ...]] = {
    "area": ("区划", "区划代码", "乡镇", "街道", "乡镇街道"),
    "group": ("集团", "医共体", "所属集团", "集团编号"),
}
