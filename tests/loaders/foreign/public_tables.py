"""Workbooks shaped as public tables of health commissions are, each with what a careful person reads.

Townships are real (天台县, 331023); hospitals, persons and numbers are made up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import PatternFill

Rows = list[list[Any]]
Link = tuple[str, str, str]

COUNTY = "天台县"
LEAD_1, LEAD_2 = "天台县人民医院", "天台县中医院"
ONE, TWO = "天台县人民医院医共体", "天台县中医院医共体"
FIRST = (
    "天台县赤城街道社区卫生服务中心",
    "天台县白鹤镇中心卫生院",
    "天台县石梁镇卫生院",
    "天台县街头镇中心卫生院",
    "天台县龙溪乡卫生院",
)
SECOND = (
    "天台县始丰街道社区卫生服务中心",
    "天台县平桥镇中心卫生院",
    "天台县坦头镇中心卫生院",
    "天台县三合镇卫生院",
    "天台县雷峰乡卫生院",
)
ALL = (LEAD_1, *FIRST, LEAD_2, *SECOND)
OF_BOTH = {**dict.fromkeys((LEAD_1, *FIRST), ONE), **dict.fromkeys((LEAD_2, *SECOND), TWO)}
LEADS = {ONE: LEAD_1, TWO: LEAD_2}


def answer(asked: str, said: str) -> dict[str, str]:
    """An answer in the sheet of questions."""
    return {"sheet": "请回答", "问题": asked, "column": "您的回答", "write": said}


NAMED_AFTER_LEADS = answer("以下列机构命名", "都是")


@dataclass
class Page:
    """A sheet: its rows, merged ranges, colours of cells, and hidden rows (as Excel counts)."""

    rows: Rows
    name: str = "Sheet1"
    merged: tuple[str, ...] = ()
    fills: dict[str, str] = field(default_factory=dict)
    hidden: tuple[int, ...] = ()


@dataclass
class Public:
    """A workbook, what is true of it, and what a planner answers (as tools/ugly_answers.toml)."""

    name: str
    pages: list[Page]
    facilities: tuple[str, ...] = ALL
    members: dict[str, str] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    answers: tuple[dict[str, str], ...] = ()

    @property
    def truth(self) -> dict[str, Any]:
        """What is true, as `truth.json` has it."""
        return {
            "facilities": list(self.facilities),
            "members": self.members,
            "lead": self.leads,
            "links": list(self.links),
        }

    def write(self, folder: Path) -> Path:
        """Write the workbook into a folder."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        for page in self.pages:
            tab = book.create_sheet(page.name)
            for row in page.rows:
                tab.append(row)
            for area in page.merged:
                tab.merge_cells(area)
            for at, colour in page.fills.items():
                tab[at].fill = PatternFill("solid", fgColor=f"FF{colour}")
            for row in page.hidden:
                tab.row_dimensions[row].hidden = True
        path = folder / self.name
        book.save(path)
        return path


def annex() -> Public:
    """附件 with titles above and notes below; the group merged over its rows, 序号 through all."""
    rows: Rows = [
        ["附件1"],
        ["天台县县域医共体成员单位名单（2024年版）"],
        [],
        ["序号", "医共体名称", "成员单位", "机构性质", "备注"],
    ]
    for number, (name, group) in enumerate(OF_BOTH.items(), 1):
        is_first = name in LEADS.values()
        rows.append(
            [number, group if is_first else None, name, "公立", "牵头单位" if is_first else None]
        )
    rows += [
        ["注：1.本表所列机构均已完成登记注册。"],
        ["    2.龙溪乡卫生院由街头镇中心卫生院托管。"],
        ["填报单位：天台县卫生健康局    填报人：张三    联系电话：0576-83900000"],
    ]
    merged = ("A1:E1", "A2:E2", "B5:B10", "B11:B16", "A17:E17", "A18:E18", "A19:E19")
    return Public("附件1.xlsx", [Page(rows, merged=merged)], ALL, OF_BOTH, LEADS)


def two_row_head() -> Public:
    """Two rows of titles with merged cells; 序号 begins anew in each group; subtotals."""
    rows: Rows = [
        ["2024年天台县医共体基本情况统计表"],
        ["统计截止时间：2024年6月30日", None, None, None, None, None, None, "单位：张、人"],
        ["医共体", "序号", "机构", None, "床位数", None, "人员", None],
        [None, None, "名称", "类别", "编制床位", "实有床位", "在编", "编外"],
    ]
    merged = ["A1:H1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3"]
    for lead, group, members in ((LEAD_1, ONE, FIRST), (LEAD_2, TWO, SECOND)):
        begin = len(rows) + 1
        for number, name in enumerate((lead, *members), 1):
            kind = "综合医院" if name == LEAD_1 else "中医医院" if name == LEAD_2 else "基层机构"
            rows.append(
                [group if number == 1 else None, number, name, kind, 20 * number, 18 * number, 9, 3]
            )
        rows.append([None, None, "小计", None, 420, 378, 54, 18])
        merged.append(f"A{begin}:A{len(rows)}")
    rows.append(["总计", None, "12家", None, 840, 756, 108, 36])
    pages = [Page(rows, merged=tuple(merged))]
    return Public("基本情况.xlsx", pages, ALL, OF_BOTH, LEADS, answers=(NAMED_AFTER_LEADS,))


def column_per_group() -> Public:
    """A column for each group, its number of members in its title, the lead above."""
    lines = zip((LEAD_1, *FIRST), (LEAD_2, *SECOND), strict=True)
    labels = ["牵头单位", "成员单位", *[None] * 4]
    rows: Rows = [
        ["天台县医共体组成一览表"],
        [None, f"{ONE}（6家）", f"{TWO}（6家）"],
        *([label, *line] for label, line in zip(labels, lines, strict=True)),
    ]
    merged = ("A1:C1", "A4:A8")
    return Public("组成一览.xlsx", [Page(rows, merged=merged)], ALL, OF_BOTH, LEADS)


def sheet_per_group() -> Public:
    """A sheet for each group, the lead in its title line."""
    pages = []
    for number, (lead, group, members) in enumerate(
        ((LEAD_1, ONE, FIRST), (LEAD_2, TWO, SECOND)), 1
    ):
        rows: Rows = [
            [f"{group}成员单位名单（牵头单位：{lead}）"],
            ["序号", "机构名称", "地址", "联系人", "联系电话"],
            *([n, name, f"路{n}号", "李四", "13800000000"] for n, name in enumerate(members, 1)),
        ]
        pages.append(Page(rows, f"医共体{number}", ("A1:E1",)))
    return Public("分表.xlsx", pages, ALL, OF_BOTH, LEADS)


def halves() -> Public:
    """One list set in two halves side by side, the group of each line beside its name."""
    named = list(OF_BOTH.items())
    rows: Rows = [
        ["天台县医共体成员单位"],
        ["序号", "单位名称", "所属医共体", "序号", "单位名称", "所属医共体"],
    ]
    for number, (left, right) in enumerate(zip(named[:6], named[6:], strict=True), 1):
        rows.append([number, *left, number + 6, *right])
    pages = [Page(rows, merged=("A1:F1",))]
    return Public("两栏.xlsx", pages, ALL, OF_BOTH, LEADS, answers=(NAMED_AFTER_LEADS,))


def coloured() -> Public:
    """Groups by colour; the legend is two coloured blank cells with the name of a group beside."""
    rows: Rows = [["天台县医疗机构名单"], ["序号", "机构名称", "等级"]]
    fills = {}
    for number, (name, group) in enumerate(OF_BOTH.items(), 1):
        rows.append([number, name, None])
        fills[f"B{len(rows)}"] = "FFC000" if group == ONE else "00B0F0"
    rows += [[], [None, "图例：", None], [None, None, ONE], [None, None, TWO]]
    fills |= {f"B{len(rows) - 1}": "FFC000", f"B{len(rows)}": "00B0F0"}
    pages = [Page(rows, fills=fills)]
    return Public("颜色.xlsx", pages, ALL, OF_BOTH, LEADS, answers=(NAMED_AFTER_LEADS,))


def sections() -> Public:
    """No titles at all: 一、 a group, （一） its lead, （二） its members, each in a line."""
    rows: Rows = [["天台县医共体名单"], []]
    for sign, lead, group, members in (("一", LEAD_1, ONE, FIRST), ("二", LEAD_2, TWO, SECOND)):
        rows += [[f"{sign}、{group}"], ["（一）牵头医院"], [f"1.{lead}"], ["（二）成员单位"]]
        rows += [[f"{number}.{name}"] for number, name in enumerate(members, 1)]
    return Public("名单.xlsx", [Page(rows)], ALL, OF_BOTH, LEADS)


def postings() -> Public:
    """A ledger of postings; both days in one cell, the hospital merged over its rows."""
    rows: Rows = [
        ["天台县医共体下派专家一览表"],
        ["序号", "派出单位", "姓名", "职称", "派驻单位", "派驻时间"],
        [1, LEAD_1, "张三", "主任医师", FIRST[1], "2024年1月1日至2024年12月31日"],
        [2, None, "李四", "副主任医师", FIRST[2], "2024.1.1-2024.12.31"],
        [3, LEAD_2, "王五", "主治医师", SECOND[1], "2024-03-01至2025-02-28"],
    ]
    named = (LEAD_1, LEAD_2, FIRST[1], FIRST[2], SECOND[1])
    links = (
        (LEAD_1, "DISPATCHES", FIRST[1]),
        (LEAD_1, "DISPATCHES", FIRST[2]),
        (LEAD_2, "DISPATCHES", SECOND[1]),
    )
    return Public("下派.xlsx", [Page(rows, merged=("A1:F1", "B3:B4"))], named, links=links)


def short_names() -> Public:
    """A roster with full names, and a sheet of statistics with short ones and totals between."""
    roster: Rows = [["序号", "机构名称", "所属医共体"]]
    roster += [[n, name, group] for n, (name, group) in enumerate(OF_BOTH.items(), 1)]
    short = {
        name: name.removeprefix(COUNTY).replace("镇", "").replace("乡", "").replace("街道", "")
        for name in ALL
    }
    short |= {LEAD_1: "县人民医院", LEAD_2: "县中医院"}
    statistics: Rows = [
        ["2023年医疗机构床位情况"],
        ["机构名称", "编制床位", "在岗职工"],
        *([short[name], 50 + n, 30 + n] for n, name in enumerate((LEAD_1, *FIRST))),
        ["人民医院医共体小计", 315, 195],
        *([short[name], 60 + n, 40 + n] for n, name in enumerate((LEAD_2, *SECOND))),
        ["中医院医共体小计", 375, 255],
        ["合计", 690, 450],
    ]
    pages = [Page(roster, "名册"), Page(statistics, "床位", ("A1:C1",))]
    answers = (answer("简称", "都是"), answer("以下列机构命名", "都不是"))
    return Public("名册与统计.xlsx", pages, ALL, OF_BOTH, answers=answers)


def untidy() -> Public:
    """Full-width figures, double spaces in names, hidden rows, and totals in the middle."""
    rows: Rows = [["序号", "机构名称", "医共体", "床位"]]
    for number, (name, group) in enumerate(OF_BOTH.items(), 1):
        spaced = f"{name[:3]}  {name[3:]}" if number % 2 else f"　{name}　"
        if name == LEAD_2:
            rows.append([None, "小　计", None, "２１０"])
        rows.append([number, spaced, group.replace("医共体", " 医共体"), "３５"])
    rows.append([None, "合　计", None, "４２０"])
    pages = [Page(rows, hidden=(4, 5))]
    return Public("不规整.xlsx", pages, ALL, OF_BOTH, LEADS, answers=(NAMED_AFTER_LEADS,))


VILLAGES = {
    "白鹤镇": ("左溪村", "上卢村", "下卢村"),
    "石梁镇": ("迹溪村", "大同村"),
    "平桥镇": ("长洋村", "花前村"),
}
CENTRE_OF = {"白鹤镇": FIRST[1], "石梁镇": FIRST[2], "平桥镇": SECOND[1]}


def village_clinics() -> Public:
    """Clinics of villages: the township merged over its rows, the village, the centre that runs it."""
    rows: Rows = [
        ["天台县村卫生室名录"],
        ["乡镇（街道）", "序号", "行政村", "村卫生室名称", "一体化管理单位", "负责人"],
    ]
    merged = ["A1:F1"]
    links: list[Link] = []
    clinics: list[str] = []
    for town, villages in VILLAGES.items():
        begin = len(rows) + 1
        for number, village in enumerate(villages, 1):
            clinic = f"{town}{village}卫生室"
            clinics.append(clinic)
            rows.append(
                [town if number == 1 else None, number, village, clinic, CENTRE_OF[town], "赵六"]
            )
            links += [(clinic, "RUN_BY", CENTRE_OF[town]), (clinic, "SERVES", village)]
        merged.append(f"A{begin}:A{len(rows)}")
    facilities = (*clinics, *CENTRE_OF.values())
    return Public(
        "村卫生室.xlsx", [Page(rows, merged=tuple(merged))], facilities, links=tuple(links)
    )


def clinics_of_townships() -> Public:
    """Rows of townships, the names of their clinics in one cell each, and a count."""
    rows: Rows = [["乡镇", "乡镇卫生院", "村卫生室数", "村卫生室名称"]]
    facilities = list(CENTRE_OF.values())
    links: list[Link] = []
    for town, villages in VILLAGES.items():
        clinics = [f"{town}{village}卫生室" for village in villages]
        facilities += clinics
        links += [(clinic, "RUN_BY", CENTRE_OF[town]) for clinic in clinics]
        rows.append([town, CENTRE_OF[town], len(villages), "、".join(clinics)])
    answers = (answer("管理同一行的村卫生室", "都是"),)
    named = tuple(facilities)
    return Public("乡镇汇总.xlsx", [Page(rows)], named, links=tuple(links), answers=answers)


def tasks() -> Public:
    """A list of tasks: who leads a task is no lead of a group, and nobody in it is a facility."""
    rows: Rows = [
        ["天台县医共体建设重点任务清单"],
        ["序号", "重点任务", "具体内容", "牵头单位", "责任单位", "完成时限"],
        [
            1,
            "完善管理体制",
            "成立县域医共体管理委员会",
            "县卫生健康局",
            "县委编办、县财政局",
            "2024年6月底",
        ],
        [2, "下沉专家", "每家卫生院派驻1名以上专家", "县人民医院", "各成员单位", "2024年12月底"],
        [3, "药品统一管理", "建立中心药房", "县医保局", "县卫生健康局", "长期"],
    ]
    return Public("任务清单.xlsx", [Page(rows, merged=("A1:F1",))], ())


def alliances() -> Public:
    """Specialty alliances: who leads, and the members of each in one cell."""
    rows: Rows = [
        ["天台县专科联盟一览表"],
        ["序号", "专科联盟名称", "牵头单位", "成员单位", "成立时间"],
        [1, "天台县胸痛专科联盟", LEAD_1, "、".join(FIRST[:3]), "2023年5月"],
        [2, "天台县针灸专科联盟", LEAD_2, "\n".join(SECOND[:2]), "2022年11月"],
    ]
    chest, needles = "天台县胸痛专科联盟", "天台县针灸专科联盟"
    members = {LEAD_1: chest, LEAD_2: needles}
    members |= dict.fromkeys(FIRST[:3], chest) | dict.fromkeys(SECOND[:2], needles)
    leads = {chest: LEAD_1, needles: LEAD_2}
    return Public("专科联盟.xlsx", [Page(rows)], tuple(members), members, leads)


def shared_centres() -> Public:
    """Who uses which shared centre: ticks under the centres, the host beside the title above."""
    rows: Rows = [
        ["天台县医共体资源共享中心使用情况"],
        ["序号", "机构名称", "影像诊断中心", "心电诊断中心", "检验中心"],
        *([n, name, "√", "√" if n % 2 else None, "×"] for n, name in enumerate(FIRST, 1)),
    ]
    links = [(name, "USES_CENTRE", "影像诊断中心") for name in FIRST]
    links += [(name, "USES_CENTRE", "心电诊断中心") for name in FIRST[::2]]
    return Public("共享中心.xlsx", [Page(rows, merged=("A1:E1",))], FIRST, links=tuple(links))


TABLES = (
    annex,
    two_row_head,
    column_per_group,
    sheet_per_group,
    halves,
    coloured,
    sections,
    postings,
    short_names,
    untidy,
    village_clinics,
    clinics_of_townships,
    tasks,
    alliances,
    shared_centres,
)
