"""Networks to draw: a county as it should be, and one in which every text is an attack."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.results import Answer, Definition, Share
from tests.browser import CANARIES

DAY = "2023-10-25"


def area(code: str, name: str, **more) -> dict:
    level = (
        "county" if code.endswith("000000") else "township" if code.endswith("000") else "village"
    )
    return {"id": code, "kind": "Area", "name": name, "level": level, **more}


@pytest.fixture(scope="session")
def county() -> MedicalNetwork:
    """Two counties, two groups, six townships: one without a facility, one with two, one quasi unit, villages."""
    nodes = [
        area("330101000000", "东县"),
        area("330102000000", "西县"),
        *(
            area(f"3301010{i:02}000", name, parent="330101000000")
            for i, name in enumerate(("城关街道", "桥头镇", "山上乡", "河口镇"), start=1)
        ),
        area("330101400000", "新区农场", parent="330101000000"),
        area("330102001000", "西门街道", parent="330102000000"),
        *(area(f"330101001{i:03}", f"第{i}村", parent="330101001000") for i in range(1, 6)),
        {"id": "G1", "kind": "Group", "name": "东县医共体", "type": "county_medical_community"},
        {"id": "G2", "kind": "Group", "name": "西县医共体", "type": "county_medical_community"},
        {
            "id": "H1",
            "kind": "Facility",
            "name": "东县人民医院",
            "type": "general_hospital",
            "area": "330101001000",
        },
        {"id": "H2", "kind": "Facility", "name": "西县人民医院", "type": "general_hospital"},
        *(
            {
                "id": f"P{i}",
                "kind": "Facility",
                "name": f"第{i}卫生院",
                "type": "township_health_centre",
            }
            for i in range(1, 5)
        ),
        {"id": "S1", "kind": "Facility", "name": "第1村卫生室", "type": "village_clinic"},
        {
            "id": "C1",
            "kind": "Facility",
            "name": "辖区卫生室",
            "type": "village_clinic",
            "is_class": True,
        },
    ]
    links = [
        ("H1", "LEADS", "G1"),
        ("H2", "LEADS", "G2"),
        ("P1", "MEMBER_OF", "G1"),
        ("P2", "MEMBER_OF", "G1"),
        ("P3", "MEMBER_OF", "G1"),
        ("P4", "MEMBER_OF", "G2"),
        ("C1", "MEMBER_OF", "G1"),
        ("S1", "MEMBER_OF", "G1"),
        ("P1", "SERVES", "330101001000"),
        ("P2", "SERVES", "330101001000"),
        ("P3", "SERVES", "330101002000"),
        ("P4", "SERVES", "330102001000"),
        ("P4", "SERVES", "330101003000"),
        ("P3", "SERVES", "330101003000"),
        ("S1", "SERVES", "330101001001"),
        ("C1", "SERVES", "330101004000"),
    ]
    return _network(
        nodes,
        links,
        title="东西两县",
        unit="示例市",
        register="示例名册",
        edition="2023",
        stamp="样本数据",
    )


@pytest.fixture(scope="session")
def hostile() -> MedicalNetwork:
    """Every name, id, note, heading and statement is an attack on whatever shows it."""
    bad = itertools.cycle(CANARIES)
    nodes = [
        area("330101000000", next(bad)),
        *(
            area(
                f"3301010{i:02}000",
                next(bad),
                parent="330101000000",
                short_name=(next(bad) if i % 2 else None),
                note=next(bad),
                origin=next(bad),
            )
            for i in range(1, 16)
        ),
    ]
    groups = [f"G{i}{next(bad)}" for i in range(4)]
    nodes += [
        {
            "id": id,
            "kind": "Group",
            "name": next(bad),
            "type": "urban_medical_group",
            "clause": next(bad),
        }
        for id in groups
    ]
    facilities = [f"F{i}{next(bad)}" for i in range(12)]
    nodes += [
        {
            "id": id,
            "kind": "Facility",
            "name": next(bad),
            "type": "general_hospital",
            "clause": next(bad),
            "document": next(bad),
            next(bad): next(bad),
        }
        for id in facilities
    ]
    links = [
        (id, "LEADS" if i < 4 else "MEMBER_OF", groups[i % 4]) for i, id in enumerate(facilities)
    ]
    links += [(id, "SERVES", f"3301010{i + 1:02}000") for i, id in enumerate(facilities)]
    said = {key: next(bad) for key in ("title", "unit", "register", "edition", "source", "stamp")}
    return _network(nodes, links, **said)


def _network(nodes: list[dict], links: list[tuple], **meta: str) -> MedicalNetwork:
    edges = pd.DataFrame(links, columns=["source", "relation", "target"])
    return MedicalNetwork.from_frames(pd.DataFrame(nodes), edges, {"data_day": DAY, **meta})


def status_of(net: MedicalNetwork, **words: str) -> pd.Series:
    """A status for every township: served where nothing else is said by the last digits of its code."""
    areas = net.nodes("Area")
    townships = areas[areas["level"] == "township"].index
    return pd.Series(
        {
            id: next((w for end, w in words.items() if id.endswith(end.lstrip("_"))), "served")
            for id in townships
        }
    )


def served_answer(net: MedicalNetwork, status: pd.Series, *, reason: str = "理由") -> Answer:
    """An answer as the coverage query gives it, with this status for each area."""
    named = net.nodes("Area")["name"]
    rows = pd.DataFrame(
        {
            "area": status.index,
            "name": named.loc[status.index].to_numpy(),
            "status": status.to_numpy(),
            "reason": reason,
        }
    )
    judged = rows[rows["status"].isin(["served", "gap"])]
    return Answer(
        query="coverage.served",
        as_of=net.day(),
        frame=judged,
        total=len(rows),
        judged=len(judged),
        definition=Definition("有集团机构的区划", "名册中的乡级区划", "areas", "示例名册", reason),
        share=Share(int((judged["status"] == "served").sum()), len(judged), "areas"),
        unknown=rows[rows["status"] == "unknown"],
        excluded=rows[rows["status"] == "excluded"],
        notes=(reason,),
    )
