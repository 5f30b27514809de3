"""Plans in many wordings, written from known networks: what is read equals the network."""

from __future__ import annotations

import pytest

from medgraph.errors import SourceError
from medgraph.loaders.plans.draft import draft

# Two networks: a county with two communities (一县两体), and a general hospital with branches.
TWO = {
    "甲县人民医院医共体": ("甲县人民医院", ["东山镇卫生院", "西河镇中心卫生院", "南溪乡卫生院"]),
    "甲县中医院医共体": ("甲县中医院", ["北岭镇卫生院", "城关街道社区卫生服务中心"]),
}
ONE = {"乙县总医院": ("乙县人民医院", ["高桥镇分院", "金清镇分院", "白水乡分院"])}
CHINESE = "零一二三四五六"


def clauses(template, network=TWO, first="（一）组建。\n", between="。\n"):
    """One clause for each group: {g} its name, {l} its lead, {m} its members, {n} how many, {c} in Chinese."""
    written = [
        template.format(
            g=g,
            l=lead,
            m="、".join(m),
            n=len(m),
            c=CHINESE[len(m)],
            h="、".join(m[:-1]),
            t=m[-1],
            s="、".join(x.removesuffix("分院") for x in m),
        )
        for g, (lead, m) in network.items()
    ]
    return first + between.join(written) + "。\n"


WORDINGS = {
    "lead and members": clauses("{g}：牵头医院为{l}，成员单位包括{m}"),
    "lead unit, are": clauses("{g}：牵头单位是{l}，成员单位有{m}"),
    "colons": clauses("{g}：牵头单位：{l}，成员单位：{m}"),
    "heading": clauses(
        "{g}。牵头医院为{l}，成员单位为{m}", first="一、组建\n（一）", between="。\n（二）"
    ),
    "Chinese count": clauses("{g}：牵头医院为{l}，成员单位包括{m}{c}家"),
    "and others": clauses("{g}：牵头医院为{l}，成员单位包括{m}等{n}家单位"),
    "institutions": clauses("由{l}牵头，联合{m}等{c}家医疗卫生机构，组建{g}"),
    "total first": clauses("{g}：牵头医院为{l}，成员单位共{n}家，分别为{m}"),
    "by": clauses("由{l}牵头，联合{m}，组建{g}"),
    "merged by": clauses("由{l}牵头，整合{m}，成立{g}，实行一体化管理"),
    "headed by": clauses("以{l}为龙头，整合{m}，组建{g}"),
    "headed by, as members": clauses("以{l}为龙头，{m}为成员单位，组建{g}"),
    "headed by, members behind": clauses("以{l}为牵头单位，组建{g}，成员单位包括{m}"),
    "leads the founding": clauses("{l}牵头组建{g}，成员单位包括{m}"),
    "leads, unites": clauses("{l}牵头，联合{m}，组建{g}"),
    "founded": clauses("组建{g}，由{l}牵头，成员单位为{m}"),
    "founded, lead unit": clauses("成立{g}，牵头单位为{l}，成员单位：{m}"),
    "composed": clauses("{g}由{l}（牵头）和{m}组成"),
    "last joined by and": clauses("{g}：牵头医院为{l}，成员单位包括{h}和{t}"),
    "one is, two is": "组建2个医共体：一是由甲县人民医院牵头，联合东山镇卫生院、西河镇中心卫生院、南溪乡卫生院，"
    "组建甲县人民医院医共体；二是由甲县中医院牵头，联合北岭镇卫生院、城关街道社区卫生服务中心，"
    "组建甲县中医院医共体。",
    "bullets": clauses("{g}\n● 牵头医院：{l}\n● 成员单位：{m}", first="", between="\n"),
    "dashes": clauses("{g}：\n- 牵头单位：{l}\n- 成员单位（共{n}家）：{m}", first="", between="\n"),
    "table": clauses(
        "{g}\t{l}\t{m}", first="如下：\n医共体名称\t牵头医院\t成员单位\n", between="\n"
    )[:-2]
    + "\n其他。",
    "table with bars": clauses(
        "| {g} | {l} | {m} |", first="| 医共体 | 牵头单位 | 成员单位 |\n", between="\n"
    )[:-2],
    "noted as new": clauses("{g}：牵头医院为{l}，成员单位包括{h}、{t}（新增）"),
    "founded with its lead unit": clauses("组建以{l}为牵头单位的{g}，成员单位包括{m}"),
    "in brackets": clauses("{g}（牵头医院：{l}；成员单位：{m}）"),
    "no words between": clauses("{g}，牵头单位{l}，成员单位{m}"),
    "of the group": clauses("{g}的牵头医院是{l}，成员单位是{m}"),
    "leaning on": clauses("依托{l}，整合{m}，组建{g}"),
    "main house and branches": clauses("以{l}为总院，{m}为分院，组建{g}"),
    "main house, branches": clauses("{g}：总院为{l}，分院为{m}"),
    "numbered below": clauses("{g}\n1.牵头医院：{l}。\n2.成员单位：{m}。", first="", between="\n"),
    "short words below": clauses("{g}\n牵头：{l}\n成员：{m}", first="", between="\n"),
    "lead marked in the list": clauses("{g}成员单位：{l}（牵头）、{m}"),
    "lead marked behind the colon": clauses("{g}：{l}（牵头单位）、{m}"),
    "lead marked, together": clauses("{l}（牵头单位）与{m}共同组建{g}"),
    "as lead, together": clauses("由{l}作为牵头医院，联合{m}，共同组建{g}"),
    "merged into": clauses("将{m}整合到{g}，由{l}牵头"),
    "group first": clauses("{g}以{l}为牵头医院，{m}为成员单位"),
    "all united": clauses("整合{l}和{m}，组建{g}，由{l}牵头"),
    "takes part": clauses("由{l}领办，{m}参与，组建{g}"),
    "whole plan": "甲县紧密型县域医共体建设方案\n一、总体目标\n到2025年底，县域内住院率达85%以上。\n二、组建\n"
    "（一）布局。组建2个医共体。\n"
    + clauses(
        "{g}。由{l}牵头，联合{m}等{n}家单位，组建{g}，实行统一管理", first="1.", between="。\n2."
    )
    + "三、保障\n（一）加强领导。各部门要提高认识，形成合力。\n",
    "taken in later": clauses("{g}：牵头医院为{l}，成员单位包括{h}。将{t}纳入{g}管理"),
}
BRANCHES = {
    "branches": clauses("以{l}为龙头，组建{g}，下设{m}", ONE),
    "branches counted": clauses("以{l}为龙头，组建{g}，下设{s}{n}个分院", ONE),
    "branches, led by": clauses("组建{g}，由{l}牵头，下设{s}{c}个分院", ONE),
    "branches, by table": "总医院\t牵头医院\t分院\n乙县总医院\t乙县人民医院\t高桥镇分院、金清镇分院、白水乡分院",
}


def read_back(text):
    net = draft(text).network
    names = net.nodes()["name"].to_dict()
    groups = {
        names[t]: (names[s], []) for s, t in net.edges("LEADS")[["source", "target"]].to_numpy()
    }
    for s, t in net.edges("MEMBER_OF")[["source", "target"]].to_numpy():
        groups[names[t]][1].append(names[s])
    return groups


@pytest.mark.parametrize("wording", WORDINGS)
def test_two_communities_of_a_county(wording):
    assert read_back(WORDINGS[wording]) == TWO


@pytest.mark.parametrize("wording", BRANCHES)
def test_a_general_hospital_and_its_branches(wording):
    assert read_back(BRANCHES[wording]) == ONE


def test_a_count_that_does_not_hold_is_reported():
    read = draft("由甲县人民医院牵头，联合东山镇卫生院、南溪乡卫生院等5家单位，组建甲县医共体。")
    assert [(c.stated, c.read, c.holds) for _, c in read.counts] == [(5, 2, False)]


def test_english_is_refused_with_a_sentence():
    with pytest.raises(SourceError):
        draft(
            "The lead hospital is Jia County People's Hospital; members are three township centres."
        )


@pytest.mark.parametrize(
    "text",
    [
        "医共体是指由县医院牵头，将乡镇卫生院、村卫生室等进行联合。",
        "由县级医院牵头，联合乡镇卫生院，组建县域医共体。",
        "将紧密型县域医共体建设纳入健康河北考核。",
        "成员单位包括各乡镇卫生院。",
        "牵头医院负责技术，成员单位负责服务。",
        "甲县人民医院与东山镇卫生院、南溪乡卫生院组成甲县医共体。",  # no word of the lead
        "由县人民医院牵头，联合有关部门、各乡镇政府，组建医共体。",
    ],
)
def test_general_sentences_name_nobody(text):
    """A sentence about how communities are made makes none."""
    assert read_back(text) == {}


@pytest.mark.parametrize("begin", ["000", "001", "003", "004"])
def test_texts_that_name_no_group_give_none(shared, begin):
    """Reports, indicators and rules of assessment state no lead, member or committee of their own."""
    net = draft(next((shared / "seeds").glob(f"{begin}_*.txt")).read_text(encoding="utf-8")).network
    assert len(net.nodes()) == 0
