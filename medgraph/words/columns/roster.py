"""What a column of a workbook that was not made for us may state, with all its titles."""

from __future__ import annotations

from medgraph.words.columns.facilities import FACILITIES
from medgraph.words.columns.shortcuts import SHORTCUTS

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
    "village": ("行政村", "村", "村名", "所在村", "所在行政村", "村(社区)", "村居", "village"),
    # beside the health centre of a row: the clinics of its villages
    "clinics": ("下属村卫生室", "所辖村卫生室", "辖区村卫生室", "管理的村卫生室", "clinics"),
    "posted_from": (
        "派出单位",
        "派出医院",
        "派出机构",
        "下派单位",
        "下派医院",
        "选派单位",
        "原单位",
        "posted from",
    ),
    "posted_to": (
        "派驻单位",
        "派驻机构",
        "派驻医院",
        "派往单位",
        "接收单位",
        "受援单位",
        "下派至",
        "下派机构",
        "posted to",
    ),
    "posting_title": ("职称", "专业技术职称", "技术职称"),
    "posting_role": ("派驻岗位", "岗位", "岗位类别"),
    "posting_span": (
        *("派驻时间", "派驻期限", "派驻起止时间", "下派时间", "下派期限", "起止时间", "派驻时段"),
        *("起止日期", "服务期限", "工作期限"),
    ),
    "posting_staff": (
        *("派驻人数", "下派人数", "派出人数", "选派人数", "派驻医师人数", "下派医师人数"),
        *("派驻人员数", "下派人员数"),
    ),
    "posting_days": ("每周天数", "每周工作日", "每周工作天数"),
    # a list of shared centres
    "centre": (
        *("共享中心", "共享中心名称", "资源共享中心", "中心名称", "中心类别", "中心类型"),
        "shared centre",
    ),
    "centre_host": (
        *("依托单位", "依托医院", "依托机构", "承办单位", "承办医院", "承办机构", "设置单位"),
        "hosted by",
    ),
    "centre_users": (
        *("使用单位", "使用机构", "使用成员单位", "服务单位", "服务机构", "覆盖单位"),
        *("覆盖机构", "used by"),
    ),
    "centre_from": ("投入使用时间", "启用时间", "建成时间", "运行时间", "in use from"),
    # counts of referrals, from the facility of the row or to it
    "referred_up": (
        *(
            "上转人次",
            "上转人数",
            "上转例数",
            "上转患者",
            "上转患者数",
            "上转病人数",
            "向上转诊人次",
        ),
        *("上转合计", "上转小计", "上转总数"),
    ),
    "referred_up_inside": (
        *("县内上转", "上转县内", "县域内上转", "上转县域内", "区内上转", "上转区内"),
        *("医共体内上转", "上转医共体内", "集团内上转", "上转集团内"),
    ),
    "referred_up_outside": (
        *("县外上转", "上转县外", "县域外上转", "上转县域外", "区外上转", "上转区外"),
    ),
    "referred_down": (
        *(
            "下转人次",
            "下转人数",
            "下转例数",
            "下转患者",
            "下转患者数",
            "下转病人数",
            "向下转诊人次",
        ),
        *("下转合计", "下转小计", "下转总数"),
    ),
    "received_up": ("接收上转人次", "接收上转", "上转接收", "接收上转人数"),
    "received_down": ("接收下转人次", "接收下转", "下转接收", "接收下转人数"),
    "referred_to": (
        *("转往医院", "转往机构", "转往单位", "转入医院", "接收医院", "上转接收医院"),
        "referred to",
    ),
    # a list of tasks
    "task": (
        *(
            "重点任务",
            "任务",
            "任务名称",
            "任务内容",
            "工作任务",
            "主要任务",
            "任务事项",
            "任务清单",
        ),
        *("重点工作", "重点工作任务", "task"),
    ),
    "task_part": (
        "具体任务",
        "具体措施",
        "工作措施",
        "主要举措",
        "具体举措",
        "工作举措",
        "part of task",
    ),
    "task_department": (
        *(
            "责任单位",
            "责任部门",
            "责任科室",
            "牵头部门",
            "牵头责任单位",
            "主要责任单位",
            "承办部门",
        ),
        "responsible",
    ),
    "task_post": ("责任岗位", "responsible post"),
    "task_deadline": (
        *(
            "完成时限",
            "完成时间",
            "完成期限",
            "时限要求",
            "办结时限",
            "任务时限",
            "时间节点",
            "deadline",
        ),
    ),
    "task_progress": (
        "完成情况",
        "进展情况",
        "工作进展",
        "落实情况",
        "完成进度",
        "推进情况",
        "progress",
    ),
    "serial": ("序号", "序", "编号", "No", "no.", "#"),
}
# What a column of theirs may state, in the order in which 对照 offers it.
_THEIRS = (
    *("name", "group", "lead", "members", "role", "alliance", "serves", "area", "county"),
    *("type", "level", "ownership", "status", "short_name", "aliases"),
    *("uscc", "institution_code", "organisation_code", "ws218"),
    *("beds", "staff", "physicians", "nurses", "gps", "specialties"),
    *("run_by", "village", "clinics"),
    *("posted_from", "posted_to", "posting_title", "posting_role", "posting_span", "posting_days"),
    "posting_staff",
    *("centre", "centre_host", "centre_users", "centre_from"),
    *("referred_up", "referred_up_inside", "referred_up_outside", "referred_down"),
    *("received_up", "received_down", "referred_to"),
    *("task", "task_part", "task_department", "task_post", "task_deadline", "task_progress"),
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
