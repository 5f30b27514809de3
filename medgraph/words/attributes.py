"""Free attributes that the shipped policy packs ask for and no table of the model has.

People read both: the Chinese name, and in brackets what the column must be called. What a number
counts in stands in `UNIT_OF`, so that 33.3 is never read as a share of 3330 %.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from medgraph.words.quantities import without_per_cent
from medgraph.words.vocabularies import FACILITY_TYPES, fold

if TYPE_CHECKING:
    from collections.abc import Collection

ATTRIBUTES = {
    "accounting": "财务核算方式",
    "admission_criteria": "入出院标准",
    "appraisal.aspects": "外部考核内容",
    "appraisal.counts_for": "考核结果挂钩事项",
    "area_kind": "区划类别",
    "area_staff_trained": "培训辖区人员",
    "assistance_list": "帮扶清单",
    "autonomy": "自主权",
    "benefit_sharing": "利益共享机制",
    "candidate": "候选县",
    "candidate_applied_on": "候补申报日",
    "central_pharmacy": "中心药房",
    "chair_heads_city": "主任为市政府主要领导",
    "charter": "章程",
    "chronic_admitted": "慢病管理人群住院人数",
    "chronic_managed": "慢病管理人数",
    "city_evidence_on": "市级佐证材料上报日",
    "city_score": "市级复评得分",
    "city_scored_on": "市级复评日",
    "closing_evaluation_on": "总结评估日",
    "common_share": "常见病占比",
    "coordinates": "统筹事项",
    "corrected_on": "整改完成日",
    "correction_due": "整改期限",
    "correction_ordered": "限期整改意见",
    "county": "所在县",
    "county_responsible": "党委政府为责任主体",
    "drug_catalogue": "用药目录",
    "drug_list_linked": "用药目录衔接",
    "drugs_unified": "药品统一管理",
    "ehr_open": "健康档案开放",
    "evaluated_on": "监测评价日",
    "exchange_meetings": "交流会次数",
    "expert_group": "评估专家组",
    "expert_visits": "专家组到访次数",
    "extended_prescriptions": "延伸处方",
    "favoured": "继续倾斜支持",
    "formed_by": "组建期限",
    "formed_on": "组建日",
    "function_role": "功能定位",
    "gps_from_member": "成员单位全科医师数",
    "has_ecg": "有心电设备",
    "health_committee": "公共卫生委员会",
    "hr_unified": "人员统一管理",
    "in_target": "列入达标县",
    "income_per_staff": "人均收入",
    "inpatient_cost": "住院人均费用",
    "inpatient_rate": "县域内住院率",
    "inpatient_share": "县域内住院占比",
    "inpatients_in_county": "县域内住院人次",
    "inpatients_total": "住院总人次",
    "insurance.bundled": "医保打包支付",
    "insurance.capitation": "门诊按人头付费",
    "insurance.covers": "医保协议覆盖的成员",
    "insurance.keep_surplus": "结余留用",
    "insurance.share_overrun": "超支分担",
    "insurance.signatory": "医保协议签订机构",
    "insurance.total_budget": "总额预算",
    "insurance_in_county": "县域内医保基金支出",
    "insurance_primary": "基层医保基金支出",
    "insurance_total": "医保基金总支出",
    "internal_appraisal": "内部考核办法",
    "joint_clinic": "慢病联合诊室",
    "joint_outpatient": "全专科联合门诊部",
    "joint_ward": "联合病房",
    "lab_unified": "检验统一管理",
    "launched_on": "全面推开日",
    "lead_autonomy": "牵头医院自主权",
    "lead_heard_on_heads": "任命负责人听取牵头医院意见",
    "leaders_from": "负责人所在机构",
    "licensed": "持证",
    "long_prescriptions": "长期处方",
    "members_decide": "成员参与决策",
    "milestones": "年度节点",
    "minutes_to_facility": "到最近机构的分钟数",
    "minutes_to_level2": "到二级医院的分钟数",
    "nonprofit": "非营利",
    "on_site": "实地核查",
    "own_senior_titles": "自主评聘高级职称",
    "part_time_training": "碎片化进修",
    "pay_balanced": "薪酬统筹平衡",
    "pharmacist_guided": "药师指导用药",
    "pharmacy_committee": "药事委员会",
    "phases": "实施阶段",
    "pilot_applied_on": "试点申报日",
    "plan_issued_on": "方案印发日",
    "policies_issued_on": "配套政策印发日",
    "post_list": "岗位清单",
    "post_management": "全员岗位管理",
    "premature_mortality": "过早死亡概率",
    "prescription_weeks": "处方周数",
    "primary_days": "基层累计天数",
    "primary_senior_share": "基层高级职称占比",
    "primary_visit_rate": "县域内基层就诊率",
    "priority_admission": "优先住院",
    "priority_exam": "优先检查",
    "priority_visit": "优先就诊",
    "province_score": "省级考评结果",
    "province_scored_on": "省级考评日",
    "recognised_items": "互认项目数",
    "recognised_with_city": "与市级互认项目数",
    "referral_appraisal": "转诊绩效评价",
    "referral_rules": "双向转诊制度",
    "region_items": "区域互认项目数",
    "regular_teaching_rounds": "定期教学查房",
    "remote_diagnoses": "远程诊断人次",
    "removed": "取消资格",
    "replaced_on": "替补日",
    "replacement_due": "替补期限",
    "result_linked": "结果挂钩事项",
    "result_returned": "评价结果已反馈",
    "runs_county_group": "开展医共体",
    "sampled": "被抽查",
    "self_evidence_on": "县级佐证材料上报日",
    "self_score": "县级自评得分",
    "self_scored_on": "县级自评日",
    "set_up_on": "成立日",
    "signing_fee_to_team": "用于家庭医生团队的签约服务费",
    "signing_fee_total": "签约服务费总额",
    "signing_packages": "菜单式签约服务包",
    "slots_period": "号源统计期",
    "specialists_from_lead": "牵头医院专科医师数",
    "sub_centre": "次中心",
    "sunk_management": "管理下沉",
    "sunk_services": "服务下沉",
    "sunk_staff": "人员下沉",
    "sunk_technology": "技术下沉",
    "surgery_l1l2": "一二级手术量",
    "task.deadline": "任务期限",
    "task.department": "任务部门",
    "task.post": "任务岗位",
    "task.progress": "任务完成情况",
    "tcm_techniques": "中医药适宜技术数",
    "tight": "紧密型",
    "tight_on": "建成紧密型之日",
    "training_rounds": "受训次数",
    "unified": "统一管理事项",
    "vice_chair_in_charge": "副主任为分管领导",
    "village_physician_share": "乡村医生中执业（助理）医师占比",
    "visit_rate": "县域就诊率",
    "visits": "诊疗人次",
    "visits_tcm": "中医诊疗人次",
    "visits_total": "总诊疗人次",
    "yellow_card": "黄牌",
    "zone": "试验区",
}

# Before a point in the names of attributes that are many: the score of each item, and so on.
_MANY = ("aspect", "bonus", "judgement", "score")
_OF_A_TYPE = "declared"  # behind it stands a type of facilities
_OF_CODES = ("area_kind", "county")  # rules take them from codes, whatever a column says

_ATTRIBUTES_IN = {
    "share": (
        *("common_share", "inpatient_rate", "inpatient_share", "premature_mortality"),
        *("primary_senior_share", "primary_visit_rate", "village_physician_share", "visit_rate"),
    ),
    "count": (
        *("chronic_admitted", "chronic_managed", "exchange_meetings", "expert_visits"),
        *("gps_from_member", "inpatients_in_county", "inpatients_total", "prescription_weeks"),
        *("recognised_items", "recognised_with_city", "region_items", "remote_diagnoses"),
        *("specialists_from_lead", "surgery_l1l2", "tcm_techniques", "training_rounds"),
        *("visits", "visits_tcm", "visits_total", "beds", "outpatient_slots", "physicians"),
        *("nurses", "gps", "staff", "population", "slots", "items"),
    ),
    "points": ("city_score", "province_score", "self_score"),
    "days": ("primary_days",),
    "amount": (
        *("income_per_staff", "inpatient_cost", "insurance_in_county", "insurance_primary"),
        *("insurance_total", "minutes_to_facility", "minutes_to_level2", "signing_fee_to_team"),
        *("signing_fee_total", "minutes", "km", "days_per_week"),
    ),
}
# What such an attribute may say, where it is no answer of yes or no: another word says nothing.
WORDS_OF = {
    "accounting": ("central_accounting", "single_account", "separate"),
    "service": (
        *("all", "全部", "laboratory", "imaging", "ecg", "pathology", "sterile_supply"),
        *("检验", "检查", "影像", "心电", "病理", "消毒供应", "检查检验", "部分"),
    ),
    "services": (
        *("continuing_care", "接续性服务", "接续性医疗服务", "接续性医疗"),
        *("outpatient", "inpatient", "emergency", "门诊", "住院", "急诊", "无"),
    ),
}
UNIT_OF = {name: unit for unit, names in _ATTRIBUTES_IN.items() for name in names}


def unit_of(name: str) -> str | None:
    """Return what the numbers of an attribute count in, also of one year of it; None: not stated.

    >>> unit_of("visit_rate"), unit_of("common_share@2023"), unit_of("charter")
    ('share', 'share', None)
    """
    return UNIT_OF.get(name.partition("@")[0])


@cache
def _names() -> dict[str, str]:
    titles = {fold(zh): name for name, zh in ATTRIBUTES.items()}
    return titles | {fold(name): name for name in ATTRIBUTES}


def attribute_of(column: str) -> str:
    """Return the attribute that a title of a column means, by its name or in Chinese.

    A (%) behind it is no part of it. One that means none is returned as it is.

    >>> attribute_of("县域就诊率(%)"), attribute_of("县域就诊率@2023"), attribute_of("备注")
    ('visit_rate', 'visit_rate@2023', '备注')
    """
    title, sign, year = without_per_cent(column)[0].partition("@")
    return _names().get(fold(title), title) + sign + year


def titled_columns(columns: Collection[str]) -> dict[str, str]:
    """Return by attribute the column that is titled as it, where none has its very name.

    >>> titled_columns(["beds", "县域就诊率(%)", "章程", "charter"])
    {'visit_rate': '县域就诊率(%)'}
    """
    return {
        name: column for column in sorted(columns) if (name := attribute_of(column)) not in columns
    }


def is_attribute(column: str) -> bool:
    """Tell whether the shipped packs read a column with this title, of whichever year.

    >>> is_attribute("章程"), is_attribute("visit_rate@2023"), is_attribute("备注")
    (True, True, False)
    >>> is_attribute("declared.community_health_centre"), is_attribute("declared.centre")
    (True, False)
    """
    name = attribute_of(column).partition("@")[0]
    begin, _, rest = name.partition(".")
    if begin == _OF_A_TYPE:
        return rest in FACILITY_TYPES
    if name in _OF_CODES:
        return False
    return name in ATTRIBUTES or (begin in _MANY and bool(rest))
