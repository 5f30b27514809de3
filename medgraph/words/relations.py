"""List every relation: its words in both languages, and which kinds it may join.

A relation is a row: the word that Python, CLI, CSV and Cypher use, what planners read, the kinds
that may stand at its source and at its target, and the synonyms that people write.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Relation:
    """One relation: its `word`, Chinese `zh`, English `en`, kinds of its ends, and synonyms."""

    word: str
    zh: str
    en: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    also: tuple[str, ...] = ()


_FACILITY = ("Facility",)
_FACILITY_OR_GROUP = ("Facility", "Group")
_FACILITY_OR_AREA = ("Area", "Facility")
_AREA = ("Area",)
_GROUP = ("Group",)
_GATHERING = ("Group", "Team", "Committee")
_RECEIVER = ("Facility", "Group", "Team")
_SUCCEEDING = ("Facility", "Group", "Area", "SharedCentre", "Team")

RELATIONS = (
    Relation("LEADS", "牵头", "leads", _FACILITY, _GATHERING, ("牵头医院", "牵头单位")),
    Relation("MEMBER_OF", "成员", "member of", _FACILITY, _GATHERING, ("成员单位", "属于")),
    Relation("SERVES", "服务辖区", "serves", _FACILITY, _AREA, ("服务", "服务区划")),
    Relation("PART_OF", "隶属", "part of", _FACILITY_OR_AREA, _FACILITY_OR_AREA, ("分院",)),
    Relation("RUN_BY", "一体化管理", "run by", _FACILITY, _FACILITY, ("由…管理",)),
    Relation(
        "REFERS_UP_TO",
        "上转",
        "refers up to",
        _FACILITY,
        _FACILITY,
        ("上转至", "向上转诊", "上转医院"),
    ),
    Relation(
        "REFERS_DOWN_TO", "下转", "refers down to", _FACILITY, _FACILITY, ("下转至", "向下转诊")
    ),
    Relation(
        "HOSTS_CENTRE",
        "承办中心",
        "hosts centre",
        _FACILITY,
        ("SharedCentre",),
        ("设共享中心", "依托"),
    ),
    Relation(
        "USES_CENTRE", "使用中心", "uses centre", _FACILITY, ("SharedCentre",), ("使用共享中心",)
    ),
    Relation(
        "TELEMEDICINE", "远程", "telemedicine", _FACILITY, _FACILITY, ("远程医疗", "远程会诊")
    ),
    Relation(
        "RECOGNISES_RESULTS",
        "检查检验互认",
        "recognises results",
        _FACILITY_OR_GROUP,
        _FACILITY_OR_GROUP,
        ("互认", "结果互认"),
    ),
    Relation("DISPATCHES", "派驻", "dispatches", _FACILITY, _FACILITY, ("下派", "派驻人员")),
    Relation("SINKS_SLOTS", "号源下沉", "sinks slots", _FACILITY, _RECEIVER),
    Relation("SINKS_BEDS", "床位下沉", "sinks beds", _FACILITY, _RECEIVER),
    Relation("SINKS_RESOURCES_TO", "资源下沉", "sinks resources to", _FACILITY, _FACILITY_OR_GROUP),
    Relation("STATIONED_IN", "驻点", "stationed in", ("Team",), _FACILITY_OR_GROUP, ("驻点于",)),
    Relation(
        "COOPERATES_WITH",
        "紧密协作",
        "cooperates with",
        _FACILITY_OR_GROUP,
        _FACILITY_OR_GROUP,
        ("协作", "紧密合作"),
    ),
    Relation(
        "GOVERNS", "管理", "governs", ("Committee", "Authority"), ("Group", "Committee"), ("统筹",)
    ),
    Relation("REPORTS_TO", "上级管委会", "reports to", ("Committee",), ("Committee", "Authority")),
    Relation("ADJACENT_TO", "相邻", "adjacent to", _AREA, _AREA),
    Relation("ADMINISTERED_BY", "代管", "administered by", _FACILITY_OR_AREA, ("Authority",)),
    Relation("HOSTS_DEPARTMENT", "设部门", "hosts department", _FACILITY, ("Department",)),
    Relation(
        "CONNECTED_TO", "接入平台", "connected to", _FACILITY_OR_GROUP, ("Platform",), ("接入",)
    ),
    Relation("BUILDS", "建设", "builds", _FACILITY_OR_GROUP, ("Platform", "SharedCentre")),
    Relation("MANAGES_THROUGH", "依托管理", "manages through", _FACILITY_OR_GROUP, _GROUP),
    Relation("SUCCEEDED_BY", "沿革", "succeeded by", _SUCCEEDING, _SUCCEEDING, ("更名为", "并入")),
)
