"""Write one roster in every layout that published rosters have, and damage it as people do."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest

from hypothesis import strategies as st

from medgraph.loaders.workbooks.grid import Grid, trimmed

NUMERALS = "一二三四五六七八九十"
PLACES = [
    "石桥",
    "清河",
    "东山",
    "西沟",
    "南坪",
    "北集",
    "马站",
    "高桥",
    "诸葛",
    "杨庄",
    "夏蔚",
    "沙沟",
]
ENDS = ["镇卫生院", "乡卫生院", "中心卫生院", "街道社区卫生服务中心"]
LEADS = ["甲县人民医院", "甲县中医院", "甲县第二人民医院"]
GROUPS = ["甲县第一医共体", "甲县第二医共体", "甲县人民医院医共体"]
TITLES = ["单位名称", "机构名称", "医疗机构名称"]


@dataclass(frozen=True)
class Group:
    """A group of the roster: who leads it, and its members."""

    name: str
    lead: str
    members: tuple[str, ...]


@dataclass
class Written:
    """The rows of a sheet, its merged cells, and its colours."""

    rows: list[list[str | None]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    fills: dict[tuple[int, int], str] = field(default_factory=dict)

    def grid(self, name: str = "名单") -> Grid:
        """The sheet as it is read from a file."""
        width = max(map(len, self.rows))
        rows = [[*row, *[None] * (width - len(row))] for row in self.rows]
        return Grid("u.xlsx", name, trimmed(rows), sorted(self.merged), fills=self.fills)


@st.composite
def rosters(draw) -> list[Group]:
    """Groups with a lead and members each, nobody in two."""
    count = draw(st.integers(1, 3))
    places = draw(st.permutations(PLACES))
    groups = []
    for number in range(count):
        own = places[number * 4 : number * 4 + draw(st.integers(1, 4))]
        members = tuple(f"甲县{place}{draw(st.sampled_from(ENDS))}" for place in own)
        groups.append(Group(GROUPS[number], LEADS[number], members))
    return groups


def facility_rows(group: Group, *, with_lead: bool) -> list[list[str | None]]:
    """Serial number, name, beds, remark: the lead says that it is one."""
    named = [(group.lead, "牵头医院")] if with_lead else []
    named += [(name, None) for name in group.members]
    return [[str(n), name, str(20 + n), remark] for n, (name, remark) in enumerate(named, 1)]


def heads(draw) -> list[str | None]:
    return ["序号", draw(st.sampled_from(TITLES)), "床位数", "备注"]


# -- layouts ---------------------------------------------------------------------------------------


def plain(draw, groups) -> Written:
    rows = [[*heads(draw), "所属医共体"]]
    for group in groups:
        rows += [[*row, group.name] for row in facility_rows(group, with_lead=True)]
    return Written(rows)


def banded(draw, groups) -> Written:
    """A heading in its own row: numbered or not, counted or not, merged or not."""
    written = Written([["甲县医共体成员单位名单"], heads(draw)])
    numbered, counted, merged, lead_line = (draw(st.booleans()) for _ in range(4))
    for number, group in enumerate(groups):
        before = f"{NUMERALS[number]}、" if numbered else ""
        count = len(group.members) + (not lead_line)
        behind = f"（{count}家）" if counted else ""
        written.rows.append([f"{before}{group.name}{behind}"])
        if merged:
            row = len(written.rows) - 1
            written.merged.append((row, 0, row, 3))
        if lead_line:
            written.rows.append([f"牵头单位：{group.lead}"])
        written.rows += facility_rows(group, with_lead=not lead_line)
    return written


def with_roles(draw, groups) -> Written:
    """（一）牵头医院, （二）成员单位 below the heading of each group."""
    written = Written([heads(draw)[:3]])
    for number, group in enumerate(groups):
        written.rows.append([f"{NUMERALS[number]}、{group.name}"])
        written.rows += [["（一）牵头医院"], ["1", group.lead, "90"], ["（二）成员单位"]]
        written.rows += [row[:3] for row in facility_rows(group, with_lead=False)]
    return written


def stacked(draw, groups) -> Written:
    """A table for each group, with lines above it, under the same or other titles."""
    written = Written([])
    for number, group in enumerate(groups):
        titles = heads(draw)[: 3 + number % 2]
        line = draw(st.sampled_from([group.name, f"{group.name}成员单位名册"]))
        written.rows += [[line], [f"牵头单位：{group.lead}"], titles]
        rows = facility_rows(group, with_lead=False)
        written.rows += [row[: len(titles)] for row in rows]
        written.rows += [[]] * draw(st.integers(0, 2))
    return written


def halves(draw, groups) -> Written:
    titles = heads(draw)
    gap = [None] * draw(st.integers(0, 1))
    above: list[str | None] = []
    below: list[str | None] = []
    for group in groups:
        above += [group.name, None, None, None, *gap]
        below += [*titles, *gap]
    written = Written([above, below])
    blank: list[str | None] = [None] * 4
    columns = [facility_rows(group, with_lead=True) for group in groups]
    for line in zip_longest(*columns, fillvalue=blank):
        written.rows.append([cell for row in line for cell in (*row, *gap)])
    return written


def by_column(draw, groups) -> Written:
    with_label = draw(st.booleans())
    names = [group.name for group in groups]
    columns = [[group.lead, *group.members] for group in groups]
    if not with_label:
        columns = [[f"{lead}（牵头）", *members] for lead, *members in columns]
    lines = [list(line) for line in zip_longest(*columns)]
    if with_label:
        labels = ["牵头医院", "成员单位", *[None] * len(lines)]
        return Written(
            [[None, *names], *([label, *line] for label, line in zip(labels, lines, strict=False))]
        )
    return Written([names, *lines])


def transposed(draw, groups) -> Written:
    return Written(
        [
            [draw(st.sampled_from(["项目", "医共体名称"])), *(group.name for group in groups)],
            ["牵头医院", *(group.lead for group in groups)],
            ["成员单位", *("、".join(group.members) for group in groups)],
        ]
    )


def lines(draw, groups) -> Written:
    written = Written([])
    for number, group in enumerate(groups):
        written.rows.append([f"{NUMERALS[number]}、{group.name}"])
        written.rows.append([f"牵头单位：{group.lead}"])
        if draw(st.booleans()):
            written.rows.append([f"成员单位：{'、'.join(group.members)}"])
        else:
            written.rows += [[name] for name in group.members]
    return written


def coloured(draw, groups) -> Written:
    colours = ["FFFF00", "92D050", "00B0F0"]
    legend = "，".join(
        f"{sign}色为{group.name}" for sign, group in zip("黄绿蓝", groups, strict=False)
    )
    written = Written([[f"注：{legend}"], heads(draw)])
    for colour, group in zip(colours, groups, strict=False):
        for row in facility_rows(group, with_lead=True):
            written.rows.append(row)
            written.fills[len(written.rows) - 1, 1] = colour
    return written


LAYOUTS = [plain, banded, with_roles, stacked, halves, by_column, transposed, lines, coloured]
# Those whose rows may be damaged: in the others a row is not a facility's.
OF_ROWS = (plain, banded, with_roles, coloured)


# -- damages ---------------------------------------------------------------------------------------


def _inserted(draw, written: Written, row: list[str | None]) -> Written:
    """A row put somewhere below the first two; merged cells and colours move with theirs."""
    at = draw(st.integers(2, len(written.rows)))
    rows = [*written.rows[:at], row, *written.rows[at:]]

    def moved(line: int) -> int:
        return line + (line >= at)

    return Written(
        rows,
        [(moved(t), left, moved(b), right) for t, left, b, right in written.merged],
        {(moved(r), c): colour for (r, c), colour in written.fills.items()},
    )


def blank_row(draw, written: Written) -> Written:
    return _inserted(draw, written, [])


def unknown_line(draw, written: Written) -> Written:
    return _inserted(draw, written, [draw(st.sampled_from(["恩泽片区", "其他机构", "待定"]))])


def section(draw, written: Written) -> Written:
    return _inserted(draw, written, [draw(st.sampled_from(["其中：", "乡镇卫生院"]))])


def remark(draw, written: Written) -> Written:
    return Written([*written.rows, ["注：数据为年报口径"]], written.merged, written.fills)


def spaced(draw, written: Written) -> Written:
    """Names with blanks and full-width signs in them."""
    rows = [[text and text.replace("甲县", "甲县 ") for text in row] for row in written.rows]
    return Written(rows, written.merged, written.fills)


def wider(draw, written: Written) -> Written:
    """A further column of something else."""
    rows = [[*row, *[None] * (6 - len(row)), "x"] if len(row) > 2 else row for row in written.rows]
    return Written(rows, written.merged, written.fills)


DAMAGES = [blank_row, unknown_line, section, remark, spaced, wider]


@st.composite
def sheets(draw) -> tuple[Written, list[Group], str]:
    """A damaged sheet of a roster, and the roster."""
    groups = draw(rosters())
    layout = draw(st.sampled_from(LAYOUTS))
    written = layout(draw, groups)
    allowed = DAMAGES if layout in OF_ROWS else [remark, spaced]
    for damage in draw(st.lists(st.sampled_from(allowed), max_size=3)):
        written = damage(draw, written)
    return written, groups, layout.__name__
