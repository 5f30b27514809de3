"""Which names mean which department, platform or item of a plan: one table, its rows shown.

A plan says 院感, the door says 医院感染管理科. A name is matched by the words of its row; one that
no row knows says nothing about any of them, so that it decides nothing.
"""

from __future__ import annotations

from functools import cache

from medgraph.words.vocabularies import fold

# What a name holds that means the item; the item itself is always one of them.
ACCEPTED = {
    # departments of medical management
    "医务": ("医务", "医政", "医疗管理"),
    "院感": ("院感", "医院感染", "感染管理", "感染控制", "感控"),
    "护理": ("护理",),
    "质控": ("质控", "质量控制", "质量管理", "医疗质量"),
    "检查检验": ("检查检验", "检验检查", "医技管理", "医技科", "医技部"),
    "门急诊": ("门急诊", "门诊急诊", "门诊部", "门诊办", "门诊管理", "急诊管理"),
    "药剂": ("药剂", "药学", "药事"),
    "病案": ("病案", "病历管理"),
    "住院服务": ("住院服务", "入院服务", "出入院", "住院管理", "床位管理", "床位调配"),
    "患者转诊": ("患者转诊", "转诊", "双向转诊"),
    "公共卫生": ("公共卫生", "公卫", "预防保健", "疾病预防"),
    # departments of operations
    "人力资源": ("人力资源", "人事", "组织人事"),
    "财务": ("财务", "计财", "财经"),
    "基建": ("基建", "基本建设", "建设管理"),
    "采购": ("采购", "招标", "招采"),
    "医保": ("医保", "医疗保险", "医疗保障"),
    "后勤保障": ("后勤保障", "后勤", "总务"),
    "审计": ("审计",),
    "信息": (
        *("信息和技术", "信息技术", "信息中心", "网络信息", "信息科", "信息部", "信息处"),
        *("信息管理", "信息化", "数字化", "数据中心"),
    ),
    # platforms and centres
    "区域全民健康信息平台": ("全民健康信息", "区域卫生信息平台", "区域健康信息平台"),
    "中药制剂中心": ("中药制剂",),
    # what is managed as one
    "人": ("人", "人事", "人员", "人力", "人力资源"),
    "财": ("财", "财务", "资金"),
    "物": ("物", "物资", "资产", "财产", "物品", "设备"),
    "行政": ("行政", "行政管理"),
    "人员": ("人员", "人事", "人力资源", "人"),
    "人事": ("人事", "人员", "人力资源", "人"),
    "业务": ("业务", "业务管理", "医疗业务"),
    "药品": ("药品", "药械", "药事", "用药目录", "药品目录", "药品耗材"),
    "绩效": ("绩效", "绩效考核", "绩效管理", "考核"),
    "信息系统": ("信息系统", "信息", "信息化"),
    "用药目录": ("用药目录", "药品目录", "药品"),
    # what a lead decides by itself
    "人事管理": ("人事管理", "内部人事管理", "人事"),
    "业务发展": ("业务发展", "医疗业务发展", "业务"),
    "绩效考核": ("绩效考核", "绩效", "考核"),
    "收入分配": ("收入分配", "薪酬分配", "内部分配"),
    # what a result is used for
    "干部选聘": ("干部选聘", "干部选拔", "干部聘任", "干部任用"),
    "财政补助": ("财政补助", "财政投入"),
    "医保支付": ("医保支付", "医保资金支付", "医保基金支付"),
    "绩效工资总额": ("绩效工资总额", "绩效工资总量", "绩效工资"),
    "评先评优": ("评先评优", "评优评先", "评先", "评优"),
    "年度考评": ("年度考评", "深化改革年度考评", "全面深化改革年度考评"),
    "补助资金": ("补助资金", "改革补助资金", "公立医院综合改革补助资金", "补助资金分配"),
    "示范地区": ("示范地区", "示范地区命名", "示范命名", "认定命名示范地区"),
    "表彰表扬": ("表彰表扬", "表彰", "表扬"),
}
# These are matched as whole items of a list, the others wherever a name holds them.
_WHOLE = frozenset(
    (
        *("人", "财", "物", "行政", "人员", "人事", "业务", "药品", "绩效"),
        *("人事管理", "业务发展", "绩效考核", "收入分配", "干部选聘", "财政补助", "医保支付"),
        *("绩效工资总额", "评先评优", "年度考评", "补助资金", "示范地区", "表彰表扬"),
    )
)
# Names that hold an accepted word and mean something else.
_OTHERS = {
    "信息": ("信息公开", "信息宣传", "病案信息", "患者信息", "信访", "投诉"),
    "医务": ("医务社工",),
}
# Signs that what a name stands for is not there, not any more, or in part: it decides nothing.
_NOT_THERE_FIRST = ("非", "原", "拟", "无", "未")
_NOT_THERE = ("拟设", "筹建", "筹备", "规划", "撤销", "停办", "待建", "待设")
_NOT_THERE_IN_BRACKETS = ("(拟", "(筹", "(原", "(待", "(未", "(部分", "(试点", "(暂", "(不", "(无")


def is_called(name: str, item: str) -> bool:
    """Tell whether a name means an item.

    >>> is_called("医院感染管理科", "院感"), is_called("信息公开办公室", "信息")
    (True, False)
    """
    said, wanted = fold(name), fold(item)
    if said == wanted:
        return True
    if is_doubtful(name) or any(fold(other) in said for other in _OTHERS.get(item, ())):
        return False
    words = _words(item)
    if item in _WHOLE:
        return said in words
    return any(word in said for word in words)


def is_doubtful(name: str) -> bool:
    """Tell whether a name says that what it stands for may not be there.

    >>> is_doubtful("公共卫生科（拟设）"), is_doubtful("非医务科"), is_doubtful("医务科")
    (True, True, False)
    """
    said = fold(name)
    signs = (*_NOT_THERE, *_NOT_THERE_IN_BRACKETS)
    return said.startswith(_NOT_THERE_FIRST) or any(sign in said for sign in signs)


def item_called(name: str) -> str | None:
    """Return the first item that a name means; None where no row knows it."""
    return next((item for item in ACCEPTED if is_called(name, item)), None)


@cache
def is_known_name(name: str) -> bool:
    """Tell whether some row knows a name, so that it is surely not another item."""
    if is_doubtful(name):
        return False
    return item_called(name) is not None or any(other in name for other in _NOTHING_ELSE)


def mentions(name: str, item: str) -> bool:
    """Tell whether a name holds a word of an item, whether or not it means the item; or is the name
    of a row that the item is a word of.

    >>> mentions("人员财务物资", "物"), mentions("财务", "物"), mentions("财", "财务")
    (True, False, True)
    """
    if name in ACCEPTED and is_called(item, name):
        return True
    return any(word in fold(name) for word in _words(item))


def said_together(text: str, items: tuple[str, ...]) -> bool:
    """Tell whether a text is nothing but items side by side: 人财物.

    >>> said_together("人财物", ("人", "财", "物")), said_together("人才", ("人", "财", "物"))
    (True, False)
    """
    rest = text
    while rest:
        found = next((item for item in items if rest.startswith(item)), None)
        if found is None:
            return False
        rest = rest.removeprefix(found)
    return bool(text)


@cache
def _words(item: str) -> frozenset[str]:
    return frozenset(fold(word) for word in ACCEPTED.get(item, (item,)))


_NOTHING_ELSE = frozenset(name for others in _OTHERS.values() for name in others)
