"""What was read out of Taizhou's plan beyond its tables of facts, and how facts become ours."""

from __future__ import annotations

PLAN = "台州市紧密型城市医疗集团建设试点工作方案（征求意见稿）"
DAY = "2023-10-25"
REGISTER, EDITION = "NBS", "2023-06-30"

COUNTIES = {"椒江区": "331002", "黄岩区": "331003", "路桥区": "331004"}
LEVEL_MARKS = {"市级": "municipal", "区级": "county"}
GROUP_CLAUSE = {f"G{n}": f"二(一)1({n})" for n in range(1, 5)} | {
    "CM1": "二(一)1(1)",
    "A1": "二(二)2",
    "A2": "二(二)2",
    "A3": "二(二)2",
}
GROUP_SHORT = {
    "G1": "恩泽医院城市医联体",
    "G2": "中心医院城市医疗集团",
    "G3": "第一人民医院城市医疗集团",
    "G4": "市立医院城市医疗集团",
}
SPECIALTY = {"A1": "tcm", "A2": "mch", "A3": "psychiatry"}
OTHER_CLAUSE = {
    "T1": "二(一)2(2)",
    "T2": "二(三)3",
    "K0": "二(二)1",
    "P1": "二(一)2(3)",
    "P2": "二(二)6",
    "P3": "二(二)5",
    "P4": "二(二)6",
    "Z1": "四(一)",
}
CENTRES = {
    "S1": "laboratory",
    "S2": "imaging",
    "S3": "ecg",
    "S4": "pathology",
    "S5": "sterile_supply",
}

# The types of the facts -> ours. A people's hospital of a district is a hospital; of what kind, the
# plan does not say.
TYPES = {
    "lead_hospital": "general_hospital",
    "district_hospital": "hospital",
    "private_hospital": "hospital",
    "rehab_hospital": "rehabilitation_hospital",
    "village_clinic_class": "community_health_station",
    "alliance_member_class": "",
    "public_health_class": "",
}
TYPE_OF = {
    "TZ-H17": "psychiatric_hospital",
    "TZ-C5": "cdc",
    "TZ-C6": "mch_institution",
    "TZ-C7": "health_inspection",
    "TZ-C8": "cdc",
}
# WS 218 codes only where type and name leave no choice; see the notes of the facts.
WS218 = {
    "tcm_hospital": "A210",
    "rehabilitation_hospital": "A527",
    "community_health_centre": "B100",
    "central_township_health_centre": "C210",
    "general_hospital": "A100",
    "cdc": "J100",
    "health_inspection": "K100",
}
STATION_NOTE = "一类机构，不是一家：方案未列名称与数量；社区卫生服务站与村卫生室并称"
CLASS_NOTE = "一类机构，不是一家：方案未列名称与数量"
NOTES = {
    **dict.fromkeys(
        ("TZ-H01", "TZ-H02", "TZ-H03", "TZ-H04"), "综合医院：一(一)；本院等级与所在区，方案未写明"
    ),
    "TZ-H05": "所在区，方案未写明",
    "TZ-H06": "唯一既在集团又在专科联盟的点名机构",
    "TZ-H07": "医院类别，方案未写明",
    "TZ-H08": "医院类别，方案未写明",
    "TZ-H09": "民营医院；类别与所在区，方案未写明",
    "TZ-H10": "方案中不在任何集团",
    "TZ-H12": "方案中不在任何集团",
    "TZ-H16": "类型由“其他精神专科医疗机构”推得；方案中不在任何集团",
    "TZ-H17": "类型由“其他精神专科医疗机构”推得；方案中不在任何集团",
    "TZ-H18": "国家区域医疗中心；方案称“建成启用后”",
    "TZ-P14": "葭沚街道内的第二个中心",
    "TZ-P15": "方案写“黄岩区城区社区”，不是法定乡级区划；服务哪个街道，方案未写明",
    "TZ-P38": "方案归入台州湾新区；统计上属椒江区",
    "TZ-P39": "方案标“新增”，归入台州湾新区；统计上属椒江区",
    "TZ-P40": "海岛镇",
    **{f"TZ-C{n}": STATION_NOTE for n in range(1, 5)},
    **{f"TZ-C{n}": CLASS_NOTE for n in range(5, 11)},
    "CM1": "方案只提其名，未列成员：占位，不计入集团数",
    "T1": "一支团队还是每集团一支，方案未写明；这里记为一支",
    "T2": "一类团队，每个服务辖区一支；方案未列名称与数量",
    "K0": "主任、副主任由市政府领导担任；名单在附件，正文无",
}
ALIASES = {
    "TZ-P32": "黄岩区茅畬乡卫生院",
    "TZ-H13": "椒江区妇幼保健院",
    "TZ-H14": "黄岩区妇幼保健院",
}
LEAD_SHORT = {
    "TZ-H01": "恩泽医院",
    "TZ-H02": "中心医院",
    "TZ-H03": "第一人民医院",
    "TZ-H04": "市立医院",
}

# Squares of the tile map, set by hand by relative position (a sketch); the four quasi units are at
# the edge.
TILES = """
    . 屿头乡 . 头陀镇 . 新前街道 北城街道 . 章安街道 前所街道 . . . .
    上郑乡 宁溪镇 平田乡 北洋镇 澄江街道 西城街道 东城街道 江口街道 葭沚街道 白云街道 海门街道 . . .
    富山乡 上垟乡 . 茅畲乡 沙埠镇 . 南城街道 . 路北街道 洪家街道 下陈街道 三甲街道 海虹街道 .
    . . . . . 院桥镇 高桥街道 桐屿街道 路桥街道 . 蓬街镇 . 椒江农场 月湖新城
    . . . . . . . 螺洋街道 路南街道 横街镇 . 滨海工业城 . .
    . . . . . . . . 峰江街道 新桥镇 金清镇 滨海新区 . 大陈镇
"""

# The kinds of entities that each table holds.
GROUPS = ("urban_medical_group", "county_medical_community", "specialty_alliance")
TABLES = {
    "centres": ("shared_centre",),
    "teams": ("public_health_team", "family_doctor_team_class"),
    "committees": ("committee",),
    "departments": ("department_class",),
    "platforms": ("platform",),
    "authorities": ("authority",),
}

# Numbers, days and levels that the plan states of a group or committee, which policy rules read.
CHC, CENTRAL, THC = (
    f"declared.{kind}"
    for kind in (
        "community_health_centre",
        "central_township_health_centre",
        "township_health_centre",
    )
)
STATED = {
    "G1": {"formed_by": "2023-12-31", CHC: "6", CENTRAL: "", THC: "4"},
    "G2": {"formed_by": "2023-12-31", CHC: "4"},
    "G3": {"formed_by": "2023-12-31", CHC: "8", CENTRAL: "3", THC: "8"},
    "G4": {"formed_by": "2023-12-31", CHC: "6"},
    "K0": {
        "admin_level": "municipal",
        "area": "",
        "milestones": "2023-12-31|2024-12-31|2025-12-31",
        "phases": "2023-02..2023-06|2023-07..2025-01|2025-02..2025-12",
    },
    "K-椒江区": {"admin_level": "county", "area": "331002000000"},
    "K-黄岩区": {"admin_level": "county", "area": "331003000000"},
    "K-路桥区": {"admin_level": "county", "area": "331004000000"},
}

# The clause that all shared centres, districts' committees and district governments follow from.
CENTRES_CLAUSE = "二(三)2"
DISTRICT_COMMITTEES_CLAUSE = "二(二)1"
GOVERNMENTS_CLAUSE = "四(一)"
# By the part of a hospital that a department is for.
DEPARTMENT_CLAUSE = {"medical": "二(二)4", "operations": "二(二)5", "information": "二(二)6"}
DISTRICT_COMMITTEE_NOTE = "名称按“以区为单位成立区级城市医疗集团工作管委会”拟写"
# Where a facility is named that is in no group.
REGIONAL_CENTRE_CLAUSE = "二(一)2(3)"
ALLIANCE_CLAUSE = "二(二)2"
TEAM_CLAUSE = "二(一)2(2)"
MEMBERS_CLAUSE = "二(一)1"

REGIONAL_CENTRE = "TZ-H18"
# Classes of public-health institutions, of which the plan gives the level and no body.
LEVEL_OF_CLASS = {"TZ-C5": "municipal", "TZ-C8": "county"}
TEAM_TYPES = {
    "public_health_team": "public_health",
    "family_doctor_team_class": "family_doctor",
}
# Tables of which the plan names all, by the clauses that do.
COMPLETE = {
    "groups": "一(二)、二(一)1、二(二)2",
    "facilities": "二(一)、二(二)2",
    "links.SERVES": "二(一)1",
    "links.LEADS": "二(一)1、二(二)2",
    "links.MEMBER_OF": "二(一)1、二(二)2",
}
# 联盟一、三：“以及市区其他……机构”，未列名称；路桥区医共体：未列成员
PARTIAL = ("A1", "A3", "CM1")
