"""Build the sample `taizhou` from the facts read out of the plan.

`python tools/build_taizhou.py [FACTS_DIR] [TARGET_DIR]`; the facts are `taizhou_*.csv` in `../shared/policy`.
What the plan leaves open stays empty: no level, no place of a lead hospital, no WS 218 code that was only
assumed. A place is given where it stands in the name.
"""

from __future__ import annotations

import csv
import re
import sys
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "medgraph/loaders/samples/data/taizhou"
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

# The words of the facts -> ours. A people's hospital of a district is a hospital; of what kind, the plan does not say.
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

# Squares of the tile map, set by hand by relative position (a sketch); the four quasi units stand at the edge.
TILES = """
    . 屿头乡 . 头陀镇 . 新前街道 北城街道 . 章安街道 前所街道 . . . .
    上郑乡 宁溪镇 平田乡 北洋镇 澄江街道 西城街道 东城街道 江口街道 葭沚街道 白云街道 海门街道 . . .
    富山乡 上垟乡 . 茅畲乡 沙埠镇 . 南城街道 . 路北街道 洪家街道 下陈街道 三甲街道 海虹街道 .
    . . . . . 院桥镇 高桥街道 桐屿街道 路桥街道 . 蓬街镇 . 椒江农场 月湖新城
    . . . . . . . 螺洋街道 路南街道 横街镇 . 滨海工业城 . .
    . . . . . . . . 峰江街道 新桥镇 金清镇 滨海新区 . 大陈镇
"""


def main(facts: Path, target: Path) -> None:
    """Write every table of the sample."""
    facilities, entities, relations, areas = (
        read(facts / f"taizhou_{name}.csv")
        for name in ("facilities", "entities", "relations", "coverage")
    )
    target.mkdir(parents=True, exist_ok=True)
    write = partial(write_table, target)
    specialties = specialties_of(relations)
    write("facilities", [facility(row, specialties) for row in facilities])
    write("groups", [group(row) for row in entities if row["kind"] in GROUPS])
    write("areas", [area(row, tiles()) for row in areas])
    for table, kinds in TABLES.items():
        write(table, [entity(row) for row in entities if row["kind"] in kinds])
    of_group = {row["facility_id"]: row["group_id"] for row in facilities}
    write("links", [link(row, of_group) for row in relations])
    write("meta", [{"key": key, "value": value} for key, value in META.items()])


GROUPS = ("urban_medical_group", "county_medical_community", "specialty_alliance")
TABLES = {
    "centres": ("shared_centre",),
    "teams": ("public_health_team", "family_doctor_team_class"),
    "committees": ("committee",),
    "departments": ("department_class",),
    "platforms": ("platform",),
    "authorities": ("authority",),
}

# Numbers and days that the plan states of a group or committee, as free attributes that policy rules read.
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
        "milestones": "2023-12-31|2024-12-31|2025-12-31",
        "phases": "2023-02..2023-06|2023-07..2025-01|2025-02..2025-12",
    },
}

META = {
    "title": "台州市城市医疗集团（征求意见稿）",
    "unit": "台州市区（椒江区、黄岩区、路桥区）",
    "data_day": DAY,
    "register": REGISTER,
    "edition": EDITION,
    "source": f"《{PLAN}》，{DAY}",
    "stamp": "样本数据",
}


def declare(table: str, state: str, clause: str, by: str = f"《{PLAN}》", date: str = DAY) -> None:
    """State in META whether `table` holds all there is."""
    META.update(
        {
            f"{table}.complete": state,
            f"{table}.complete_by": by,
            f"{table}.complete_date": date,
            f"{table}.complete_clause": clause,
        }
    )


declare("areas", "complete", "乡级", by="国家统计局统计用区划代码", date=EDITION)
declare("groups", "complete", "一(二)、二(一)1、二(二)2")
declare("facilities", "complete", "二(一)、二(二)2")
declare("links.SERVES", "complete", "二(一)1")
declare("links.LEADS", "complete", "二(一)1、二(二)2")
declare("links.MEMBER_OF", "complete", "二(一)1、二(二)2")
for (
    name,
    clause,
) in GROUP_CLAUSE.items():  # 联盟一、三：“以及市区其他……机构”，未列名称；路桥区医共体：未列成员
    declare(
        f"links.MEMBER_OF.{name}", "partial" if name in ("A1", "A3", "CM1") else "complete", clause
    )
declare("links.MEMBER_OF.T1", "partial", "二(一)2(2)")


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(target: Path, table: str, rows: list[dict[str, str]]) -> None:
    """Write rows as CSV, without the columns that are empty throughout."""
    names = [
        name
        for name in dict.fromkeys(key for row in rows for key in row)
        if any(row.get(name) for row in rows)
    ]
    with (target / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def stated(clause: str, basis: str = "explicit", note: str = "") -> dict[str, str]:
    """Return the columns that say where a row stands in the plan."""
    return {
        "document": PLAN,
        "clause": clause,
        "basis": basis,
        "origin": f"{PLAN}||{clause}|from prose",
        "note": note,
    }


def facility(row: dict[str, str], specialties: dict[str, str]) -> dict[str, str]:
    """Return a row of `facilities`."""
    id, named = row["facility_id"], row["named_in_seed"] == "yes"
    type = TYPE_OF.get(id, TYPES.get(row["type"], row["type"]))
    clause = clause_of(id, row)
    body, level = owner(row)
    return {
        "id": id,
        "name": row["name_zh"],
        "short_name": LEAD_SHORT.get(id, ""),
        "aliases": ALIASES.get(id, ""),
        "name_en": row["name_en"],
        "type": type,
        "ws218": WS218.get(type, ""),
        "admin_level": level,
        "ownership": row["ownership"],
        "status": "planned" if id == "TZ-H18" else "",
        "is_class": "" if named else "true",
        "area": place(row),
        "administering_body": body,
        "specialties": specialties.get(id, ""),
        **stated(clause, note=NOTES.get(id, "")),
    }


def clause_of(id: str, row: dict[str, str]) -> str:
    """The clause that names a facility first."""
    if row["group_id"]:
        return GROUP_CLAUSE[row["group_id"]]
    if id == "TZ-H18":
        return "二(一)2(3)"
    return "二(二)2" if row["alliance"] else "二(一)2(2)"


def place(row: dict[str, str]) -> str:
    """The 12-digit code of the area that stands in the name; empty where the name gives none."""
    if row["township_code12"]:
        return row["township_code12"]
    county = next((code for name, code in COUNTIES.items() if row["name_zh"].startswith(name)), "")
    return county and county + "000000"


def owner(row: dict[str, str]) -> tuple[str, str]:
    """The administering body and its level, as the name gives them."""
    if row["facility_id"] in ("TZ-C5", "TZ-C8"):
        return "", "municipal" if row["facility_id"] == "TZ-C5" else "county"
    body = re.sub(r"\(.*\)", "", row["administering_body"])
    level = next(
        (level for mark, level in LEVEL_MARKS.items() if mark in row["administering_body"]), ""
    )
    return body, level


def specialties_of(relations: list[dict[str, str]]) -> dict[str, str]:
    """The specialty of those that an alliance names."""
    return {
        row["source_id"]: SPECIALTY[row["target_id"]]
        for row in relations
        if row["target_id"] in SPECIALTY
    }


def group(row: dict[str, str]) -> dict[str, str]:
    """Return a row of `groups`; a community that is only mentioned is a placeholder."""
    id = row["entity_id"]
    return {
        "id": id,
        "name": row["name_zh"],
        "short_name": GROUP_SHORT.get(id, ""),
        "name_en": row["name_en"],
        "type": row["kind"],
        "specialty": SPECIALTY.get(id, ""),
        "is_class": "true" if id == "CM1" else "",
        **STATED.get(id, {}),
        **stated(GROUP_CLAUSE[id], note=NOTES.get(id, "")),
    }


def area(row: dict[str, str], squares: dict[str, tuple[int, int]]) -> dict[str, str]:
    """Return a row of `areas`."""
    x, y = squares[row["name_zh"]]
    return {
        "id": row["code12"],
        "name": row["name_zh"],
        "kind": row["kind"],
        "level": "township",
        "parent": row["code12"][:6] + "000000",
        "register": REGISTER,
        "edition": EDITION,
        "tile_x": str(x),
        "tile_y": str(y),
        "origin": f"{REGISTER} {EDITION}||{row['code12']}|typed",
    }


def tiles() -> dict[str, tuple[int, int]]:
    """The square of every area as (column, row)."""
    rows = [line.split() for line in TILES.strip().splitlines()]
    return {name: (x, y) for y, row in enumerate(rows) for x, name in enumerate(row) if name != "."}


def entity(row: dict[str, str]) -> dict[str, str]:
    """Return a row of the other tables."""
    id, kind = row["entity_id"], row["kind"]
    type, clause, basis = "", OTHER_CLAUSE.get(id, ""), "explicit"
    if kind == "shared_centre":
        type, clause, basis = CENTRES[id[-2:]], "二(三)2", "expanded"
    elif kind == "department_class":
        type = row["notes"].split(";")[0]
        clause = {"medical": "二(二)4", "operations": "二(二)5", "information": "二(二)6"}[type]
    elif kind.endswith("_team") or kind == "family_doctor_team_class":
        type = "public_health" if id == "T1" else "family_doctor"
    elif id.startswith("K-"):
        clause, basis = "二(二)1", "expanded"
    elif id.startswith("GOV-"):
        clause = "四(一)"
    note = NOTES.get(
        id, "名称按“以区为单位成立区级城市医疗集团工作管委会”拟写" if id.startswith("K-") else ""
    )
    return {
        "id": id,
        "name": row["name_zh"],
        "name_en": row["name_en"],
        "type": type,
        "is_class": "true" if kind == "family_doctor_team_class" else "",
        **STATED.get(id, {}),
        **stated(clause, basis, note),
    }


def link(row: dict[str, str], of_group: dict[str, str]) -> dict[str, str]:
    """Return a row of `links`; the clause names the group's own item where there is one."""
    clause = row["clause"]
    if clause == "二(一)1":
        clause = GROUP_CLAUSE[
            row["target_id"] if row["target_id"] in GROUP_CLAUSE else of_group[row["source_id"]]
        ]
    return {
        "source": row["source_id"],
        "relation": row["relation"],
        "target": row["target_id"],
        **stated(clause, row["basis"]),
    }


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(*given, *[ROOT.parent / "shared/policy", TARGET][len(given) :])
