"""Name what data is about as people call it: a table, a column, a relation."""

from __future__ import annotations

import re

from medgraph.graphmodel import schema
from medgraph.words.say import language
from medgraph.words.vocabularies import RELATIONS, label

# Attributes that the shipped policy packs ask for and no table of the model has. The word in brackets is what the
# column must be called.
_ATTRIBUTES = {
    "accounting": "财务核算方式",
    "area_kind": "区划类别",
    "assistance_list": "帮扶清单",
    "candidate": "候选县",
    "central_pharmacy": "中心药房",
    "charter": "章程",
    "city_score": "市级复评得分",
    "city_scored_on": "市级复评日",
    "common_share": "常见病占比",
    "county": "所在县",
    "drug_catalogue": "用药目录",
    "drug_list_linked": "用药目录衔接",
    "drugs_unified": "药品统一管理",
    "ehr_open": "健康档案开放",
    "exchange_meetings": "交流会次数",
    "formed_by": "组建期限",
    "formed_on": "组建日",
    "function_role": "功能定位",
    "gps_from_member": "成员单位全科医师数",
    "has_ecg": "有心电设备",
    "health_committee": "公共卫生委员会",
    "hr_unified": "人员统一管理",
    "inpatient_cost": "住院人均费用",
    "joint_clinic": "联合门诊部",
    "insurance.bundled": "医保打包支付",
    "insurance.covers": "医保协议覆盖的成员",
    "insurance.keep_surplus": "结余留用",
    "insurance.share_overrun": "超支分担",
    "insurance.signatory": "医保协议签订机构",
    "insurance.total_budget": "总额预算",
    "lab_unified": "检验统一管理",
    "launched_on": "全面推开日",
    "leaders_from": "负责人所在机构",
    "licensed": "持证",
    "members_decide": "成员参与决策",
    "milestones": "年度节点",
    "minutes_to_facility": "到最近机构的分钟数",
    "minutes_to_level2": "到二级医院的分钟数",
    "nonprofit": "非营利",
    "on_site": "实地核查",
    "pay_balanced": "薪酬统筹平衡",
    "pharmacy_committee": "药事委员会",
    "phases": "实施阶段",
    "prescription_weeks": "处方周数",
    "primary_days": "基层累计天数",
    "priority_admission": "优先住院",
    "priority_exam": "优先检查",
    "priority_visit": "优先就诊",
    "province_score": "省级抽查得分",
    "region_items": "区域互认项目数",
    "runs_county_group": "开展医共体",
    "sampled": "被抽查",
    "self_scored_on": "县级自评日",
    "specialists_from_lead": "牵头医院专科医师数",
    "sub_centre": "次中心",
    "surgery_l1l2": "一二级手术占比",
    "task.deadline": "任务期限",
    "task.department": "任务部门",
    "task.post": "任务岗位",
    "tcm_techniques": "中医药适宜技术数",
    "tight": "紧密型",
    "tight_on": "建成紧密型之日",
    "training_rounds": "受训次数",
    "unified": "统一管理事项",
    "village_physician_share": "乡村医生中执业（助理）医师占比",
}


def attribute(name: str) -> str:
    """Name an attribute for people: its column in the language of now; one of a policy pack by both of its names.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     attribute("uscc"), attribute("charter"), attribute("other")
    ('统一社会信用代码', '章程（charter）', 'other')
    """
    bare = name.partition("@")[0]  # common_share@2023 is of one year
    if bare in _ATTRIBUTES and language() == "zh":
        return f"{_ATTRIBUTES[bare]}（{name}）"
    return schema.title(name)


def in_words(datum: str) -> str:
    """Name missing data for people: sheet and column in Chinese, or as they are in English.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     in_words("facilities.level"), in_words("links.USES_CENTRE"), in_words("groups.charter")
    ('机构·等级', '关系·使用中心', '集团·章程（charter）')
    """
    if language() != "zh":
        return datum
    head, colon, conditions = datum.partition(": ")
    table = schema.TABLES.get(head)
    head = re.sub(r"(?<![\w.])(\w+)(?:\.([\w@*]+))?(?:\.([\w@*.]+))?", _in_words, head)
    return (
        head + colon + "; ".join(_condition(text, table) for text in conditions.split("; "))
        if colon
        else head
    )


def _condition(text: str, table: schema.Table | None) -> str:
    """A condition on an attribute, as `level=county`, with the attribute and the value as people call them."""
    name, sign, value = text.partition("=")
    field = table.field(name) if table else None
    if field is None:
        return attribute(name) + sign + value
    return field.zh + sign + (label(field.vocabulary, value) if field.vocabulary else value)


def _in_words(found: re.Match[str]) -> str:
    table, *rest = found.groups()
    known = schema.TABLES.get(table)
    if known is None:
        return {"ledger": "台账"}.get(found[0], found[0])
    texts = [known.sheet]
    if rest[1] and (free := f"{rest[0]}.{rest[1]}") in _ATTRIBUTES:
        rest = [free, None]
    for name in filter(None, rest):
        field = known.field(name)
        texts.append(
            label("relation", name) if name in RELATIONS else field.zh if field else attribute(name)
        )
    return "·".join([texts[0], ".".join(texts[1:])] if len(texts) > 1 else texts)


_RELATION = re.compile(rf"\b({'|'.join(sorted(RELATIONS, key=len, reverse=True))})\b")


def relations_in_words(text: str) -> str:
    """Return a sentence whose relations are named for people, in the language of now.

    >>> from medgraph.words.say import speaking
    >>> with speaking("zh"):
    ...     relations_in_words("未填 USES_CENTRE")
    '未填 使用中心'
    """
    return _RELATION.sub(lambda found: label("relation", found[0], language()), text)
