"""Write Taizhou's roster as planners' workbooks look: six ugly shapes of one truth."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import samples

COUNTIES = {"331002": "椒江区", "331003": "黄岩区", "331004": "路桥区"}
GROUPS = ("G1", "G2", "G3", "G4", "A1", "A2", "A3")
Row = dict[str, str]


def roster() -> list[Row]:
    """One row for each named facility in each of its groups and alliances, and one without either."""
    net = samples.taizhou()
    nodes, links = net.nodes(), net.edges()
    rows = []
    for group in GROUPS:
        inside = links[links["target"].eq(group) & links["relation"].isin(["LEADS", "MEMBER_OF"])]
        inside = inside[
            ~nodes.loc[inside["source"], "is_class"].fillna(False).astype(bool).to_numpy()
        ]
        lead = inside[inside["relation"].eq("LEADS")]["source"].iloc[0]
        for link in sorted(inside.itertuples(), key=lambda x: (x.relation != "LEADS", x.source)):
            served = links[links["source"].eq(link.source) & links["relation"].eq("SERVES")][
                "target"
            ]
            rows.append(
                {
                    "group": nodes.loc[group, "name"],
                    "lead": nodes.loc[lead, "name"],
                    "role": "牵头" if link.relation == "LEADS" else "成员",
                    "name": nodes.loc[link.source, "name"],
                    "serves": "、".join(nodes.loc[served, "name"]),
                    "county": COUNTIES.get(str(nodes.loc[link.source, "area"])[:6], ""),
                }
            )
    grouped = links[links["relation"].isin(["LEADS", "MEMBER_OF"])]["source"]
    alone = nodes[
        nodes["kind"].eq("Facility")
        & ~nodes.index.isin(grouped)
        & ~nodes["is_class"].fillna(False).astype(bool)
    ]
    rows += [
        {"group": "", "lead": "", "role": "", "name": name, "serves": "", "county": ""}
        for name in alone["name"]
    ]
    return rows


def truth() -> dict[str, set[tuple[str, str]]]:
    """What a reading has to give: who leads, who is a member, who serves which area (by name and code)."""
    net = samples.taizhou()
    names = net.nodes()["name"].to_dict()
    wanted = {row["name"] for row in roster()}
    found: dict[str, set[tuple[str, str]]] = {"LEADS": set(), "MEMBER_OF": set(), "SERVES": set()}
    for link in net.edges().itertuples():
        if (
            link.relation in found
            and names[link.source] in wanted
            and (link.relation == "SERVES" or link.target in GROUPS)
        ):
            found[link.relation].add(
                (
                    names[link.source],
                    link.target if link.relation == "SERVES" else names[link.target],
                )
            )
    return found


def links_of(net: MedicalNetwork) -> dict[str, set[tuple[str, str]]]:
    """The same of a network that was read."""
    names = net.nodes()["name"].to_dict()
    found: dict[str, set[tuple[str, str]]] = {"LEADS": set(), "MEMBER_OF": set(), "SERVES": set()}
    for link in net.edges().itertuples():
        found.setdefault(link.relation, set()).add(
            (names[link.source], link.target if link.relation == "SERVES" else names[link.target])
        )
    return found


def groups() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in roster():
        if row["group"]:
            found.setdefault(row["group"], []).append(row)
    return found


def titled(path: Path) -> None:
    """Title rows, merged cells of groups, blanks where the lead is the one above."""
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "附件1"
    tab.append(["台州市城市医疗集团成员单位一览表"])
    tab.merge_cells("A1:F1")
    tab.append(["填报单位：市卫健委", None, None, None, "截至2023年10月25日"])
    tab.append(["序号", "集团名称", "牵头医院", "成员单位", "服务辖区", "备注"])
    number = 0
    for part, (group, rows) in enumerate(groups().items()):
        top = tab.max_row + 1
        for place, row in enumerate(rows):
            number += 1
            tab.append(
                [
                    number,
                    group if place == 0 else None,
                    row["lead"] if place == 0 else None,
                    row["name"],
                    row["serves"] or None,
                ]
            )
        if part < 2:
            tab.merge_cells(start_row=top, end_row=tab.max_row, start_column=2, end_column=2)
    tab.append(["合计", None, None, f"{number}家"])
    book.save(path)


def three_headers(path: Path) -> None:
    """Three joined header rows with units in brackets, the header repeated in the middle."""
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "名册"
    head = [
        ["基本情况", None, None, "规模", None, "服务", None],
        [
            "机构\n名称",
            "所属医疗\n集团",
            "集团 角色",
            "床位数",
            "人员",
            "服务辖区\n（乡镇、街道）",
            "加入时间",
        ],
        [None, None, None, "（张）", "（人）", None, "（年月日）"],
    ]
    tab.append(["台州市医疗机构名册"])
    tab.append([])
    for row in head:
        tab.append(row)
    for columns in ("A3:C3", "D3:E3", "F3:G3"):
        tab.merge_cells(columns)
    for number, row in enumerate(roster()):
        if number == 25:
            for line in head:
                tab.append(line)
        tab.append(
            [
                row["name"],
                row["group"],
                row["role"],
                20 + number,
                "约300" if number == 3 else 50,
                row["serves"] or None,
                "2023.10.25",
            ]
        )
    book.save(path)


def listed(path: Path) -> None:
    """One row for each group, its members in one cell with shared heads and tails and counts."""
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "医联体组建情况"
    tab.append(["城市医疗集团组建情况表"])
    tab.append(["医联体名称", "牵头单位", "成员单位"])
    for group, rows in groups().items():
        names = [row["name"] for row in rows if row["role"] == "成员"]
        tab.append([group, rows[0]["lead"], shortened(names)])
    serve = book.create_sheet("辖区")
    serve.append(["机构名称", "服务辖区"])
    for row in roster():
        if row["serves"]:
            serve.append([row["name"], row["serves"]])
    book.save(path)


def shortened(names: list[str]) -> str:
    """Names as people list them: those of one county and tail share both, with their count."""
    tails = ("街道社区卫生服务中心", "中心卫生院", "镇卫生院", "乡卫生院")
    kinds: dict[tuple[str, str], list[str]] = {}
    rest = []
    for name in names:
        found = re.match(r"(.{2,4}?(?:新区|区))(.+)", name)
        tail = next((t for t in tails if name.endswith(t)), None)
        if found and tail and "街道" not in found[2].removesuffix(tail):
            own = found[2].removesuffix(tail) + (
                tail[0] if tail[0] in "镇乡" else "街道" if tail[:2] == "街道" else ""
            )
            kinds.setdefault((found[1], tail), []).append(own)
        else:
            rest.append(name)
    parts = []
    for (county, tail), owns in kinds.items():
        plain = tail.removeprefix("街道").removeprefix("镇").removeprefix("乡")
        parts.append(
            f"{county}{'、'.join(owns)}{len(owns)}个{plain}"
            if len(owns) > 1
            else f"{county}{owns[0]}{plain}"
        )
    return "、\n".join(["、".join(rest), *parts] if rest else parts)


def matrix(path: Path) -> None:
    """Facilities down, groups across, √ for a member and 牵头 for the lead."""
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "集团成员矩阵"
    names = list(groups())
    tab.append(["机构名称", "服务辖区", *names])
    for row in roster():
        tab.append(
            [
                row["name"],
                row["serves"] or None,
                *[
                    ("牵头" if row["role"] == "牵头" else "√") if name == row["group"] else None
                    for name in names
                ],
            ]
        )
    book.save(path)


def by_district(path: Path) -> None:
    """One sheet for each district, with subtotals and a total."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for county in ("椒江区", "黄岩区", "路桥区", ""):
        rows = [row for row in roster() if row["county"] == county]
        tab = book.create_sheet(county or "市级")
        tab.append([f"{county or '市级'}医疗机构"])
        tab.append(["序号", "医疗机构", "所属集团", "角色", "床位", "服务街道"])
        beds = 0
        for number, row in enumerate(rows, 1):
            beds += number * 10
            tab.append(
                [number, row["name"], row["group"], row["role"], number * 10, row["serves"] or None]
            )
            if number == 3:
                tab.append(["小计", "3家", None, None, beds])
        tab.append(["合计", f"{len(rows)}家", None, None, beds])
    book.save(path)


def wps(path: Path) -> None:
    """As WPS writes: a dimension of A1:A1, full-width signs, dates as text."""
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "Ｓｈｅｅｔ１"
    tab.append(
        ["单位名称", "医共体名称", "单位角色", "床位数（张）", "服务范围", "加入日期", "有效期至"]
    )
    wide = str.maketrans("0123456789()", "０１２３４５６７８９（）")
    for number, row in enumerate(roster()):
        tab.append(
            [
                row["name"].translate(wide),
                row["group"].translate(wide),
                f"　{row['role']} ",
                str(100 + number).translate(wide),
                row["serves"] or None,
                "2023年10月",
                "至今",
            ]
        )
    book.save(path)
    of_wps(path)


def of_wps(path: Path) -> None:
    """State of every sheet what WPS states: that it spans A1:A1."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', content)
            archive.writestr(name, content)


WORKBOOKS = {
    "titled": titled,
    "three_headers": three_headers,
    "listed": listed,
    "matrix": matrix,
    "by_district": by_district,
    "wps": wps,
}
LISTS_OF_GROUPS = ("titled", "listed")  # where a facility of no group has no row
