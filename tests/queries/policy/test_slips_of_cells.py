"""What people write into cells and files beside the point: no slip decides a verdict."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib import resources

import pandas as pd
import pytest

from medgraph.errors import OptionError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.loaders import registry
from medgraph.queries.policy import audit, load
from medgraph.queries.policy.examples import example
from medgraph.queries.policy.packs import read_pack
from tests.queries.policy.asked import verdicts


def verdict(rule: str, text: str) -> str:
    """Return what a rule comes to on a network written as the packs write their examples."""
    pack = next(p.id for p in map(load, PACKS) if any(r.id == rule for r in p.rules))
    return verdicts(pack, rule, text)["rule"]


PACKS = (
    "codes",
    "henan-2021",
    "shijiazhuang-2022",
    "taizhou-2023",
    "urban-2023",
    "xinjiang-2022",
)
ZONE = "654025000000"
SUNK = "@group; H1 Facility type=general_hospital beds=300; meta links.SINKS_BEDS.complete=complete"
COUNTED = "@group; G1.declared.community_health_centre = 1"
TASK = "@county; 任务1.task.department = 县卫健局; 任务1.task.post = 分管副局长"


@pytest.mark.parametrize(
    ("rule", "text", "allowed"),
    [
        # 0.7 yuan of 10,000 yuan, and 70 per cent of a sum of money: no amounts of one unit
        (
            "XJ-12",
            f"@zone; {ZONE}.signing_fee_to_team = 0.7元; {ZONE}.signing_fee_total = 1万元",
            "NO_DATA",
        ),
        (
            "XJ-12",
            f"@zone; {ZONE}.signing_fee_to_team = 70%; {ZONE}.signing_fee_total = 100",
            "NO_DATA",
        ),
        ("XJ-06", f"@zone; {ZONE}.zone = yes; {ZONE}.expert_visits = 2人", "NO_DATA"),
        # one link with two numbers: 40 and 45 of 300 are each less than a quarter, their sum is more
        (
            "UG-06",
            f"{SUNK}; H1 SINKS_BEDS M1 beds=40 recipient=primary_care; H1 SINKS_BEDS M1 beds=45 recipient=primary_care",
            "NO_DATA",
        ),
        # 40 and 45 for two services are two things: 85 of 300
        (
            "UG-06",
            f"{SUNK}; H1 SINKS_BEDS M1 beds=40 recipient=primary_care service=检查; H1 SINKS_BEDS M1 beds=45 recipient=primary_care service=检验",
            "PASS",
        ),
        # the value of the year and one without a year differ
        ("UG-11", "@group; G1.charter = yes; G1.charter@2024 = no", "NO_DATA"),
        (
            "HN-04",
            "@county; 410122000000.province_score = 91; 410122000000.province_score@2021 = 50",
            "NO_DATA",
        ),
        (
            "HN-05",
            "@county; 410122000000.self_scored_on = 1921-12-10; 410122000000.city_scored_on = 2021-12-31",
            "NO_DATA",
        ),
        # a count that is named, in words or in two ways, is compared with the list once it is known
        ("TZ-02", f"{COUNTED}; G1.declared.township_health_centre = 待定", "NO_DATA"),
        (
            "TZ-02",
            f"{COUNTED}; G1.declared.township_health_centre = 1; G1.declared.township_health_centre = 2",
            "NO_DATA",
        ),
        ("TZ-02", COUNTED, "PASS"),
        ("SJ-05", f"{TASK}; 任务1.task.deadline = 另行通知", "NO_DATA"),
        ("SJ-05", f"{TASK}; 任务1.task.deadline = 暂无", "FAIL"),
        ("SJ-04", "@county; H1.function_role = 急危重症; T1.function_role = 没有", "FAIL"),
    ],
)
def test_a_slip_decides_nothing(rule, text, allowed):
    assert verdict(rule, text) == allowed


@pytest.mark.parametrize("name", ["非信息部门", "信息科（拟设）", "原信息科"])
def test_a_name_that_denies_itself_is_no_department(name):
    """TZ-23 asks for a department of information; one that is planned or another leaves it open."""
    text = (
        f"@group; D1 Department name={name}; H1 HOSTS_DEPARTMENT D1; P1 Platform name=区域全民健康信息平台; "
        "M1,M2 CONNECTED_TO P1; meta links.HOSTS_DEPARTMENT.complete=complete"
    )
    assert verdict("TZ-23", text) == "NO_DATA"


@pytest.mark.parametrize(
    ("rule", "settings", "wanted"),
    [
        ("GD-01", {"tolerance": "0.02"}, "FAIL"),
        ("GD-01", {"tolerance": "1"}, "NO_DATA"),  # one point, or all hundred
        ("GD-01", {"tolerance": "2"}, "NO_DATA"),
        ("GD-05", {"most": "60%", "least": "83%"}, "FAIL"),
        ("GD-05", {"most": "60%", "least": "83"}, "NO_DATA"),  # no share is as large as 83
    ],
)
def test_a_slip_in_a_parameter_decides_nothing(rule, settings, wanted):
    """A county at 70% of about 85%: a number that is no share of the rate counts as not set."""
    pack = load("guangdong-2022")
    text = "@three; @target; 441223000000.inpatient_rate = 70%; 441224000000.inpatient_rate = 70%"
    given = example(pack, replace(pack.rule(rule), examples={"x": text}), "x")
    found = audit(
        given.network, pack, select=[rule], ledger=given.ledger, parameters={rule: settings}
    )
    assert found.outcome(rule).verdict == wanted


def test_a_parameter_in_words_decides_nothing():
    """三十 in a cell is thirty; a parameter is written in figures, and is not set otherwise."""
    pack = load("accessibility")
    given = example(pack, pack.rule("AC-03"), "value")
    settings = {"AC-03": {"minutes": "三十"}}
    found = audit(given.network, pack, select=["AC-03"], ledger=given.ledger, parameters=settings)
    assert found.outcome("AC-03").verdict == "NO_DATA"


def test_a_limit_in_per_cent_asks_for_a_share():
    """A pack that states no unit of `foo`: 60 is no share of at least a half, 60% is."""
    text = """
[pack]
id = "mine"
title = ["甲", "mine"]
document = "d"
source = "s"
[[rules]]
id = "M-1"
kind = "requirement"
text = ["一", "one"]
clause = "1"
grade = "user"
subjects = { kind = "Area", level = ["county"] }
predicate = "ratio"
numerator = { of = "self", sum = "foo" }
limits = { at_least = "50%" }
unit = "share"
"""
    pack = read_pack(text, "mine.toml")
    nodes = pd.DataFrame(
        [{"id": "331002000000", "kind": "Area", "name": "a", "level": "county", "foo": "60"}]
    )
    meta = {"data_day": "2024-12-31"}
    for cell, wanted in (("60", "NO_DATA"), ("60%", "PASS"), ("40%", "FAIL")):
        net = MedicalNetwork.from_frames(nodes.assign(foo=cell), None, meta)
        assert audit(net, pack).outcome("M-1").verdict == wanted


def test_a_membership_of_a_group_that_is_not_there_fails_nobody(tmp_path):
    """The row says G9, which no table has: left out, it may have meant G1, so that T1 may belong."""
    tables = {
        "facilities": "id,name,type,area\nH1,县医院,综合医院,331002000000\nT1,甲卫生院,乡镇卫生院,331002101000\n",
        "groups": "id,name,type\nG1,集团一,县域医共体\n",
        "areas": "id,name,level\n331002000000,甲县,县级\n331002101000,甲镇,乡级\n",
        "links": "source,relation,target\nH1,LEADS,G1\nT1,MEMBER_OF,G9\n",
        "meta": "key,value\ndata_day,2024-12-31\nfacilities.complete,complete\ngroups.complete,complete\n"
        "areas.complete,complete\nlinks.MEMBER_OF.complete,complete\nlinks.LEADS.complete,complete\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    loaded = registry.load(tmp_path, lenient=True)
    found = audit(
        loaded.require(), "shijiazhuang-2022", select=["SJ-03"], left_nodes=loaded.left_nodes
    )
    assert found.outcome("SJ-03").verdict == "NO_DATA"


def test_a_facility_that_lost_its_level_is_still_asked(tmp_path):
    """TZ-09 with the level of three municipal hospitals misspelt is open, with the three named."""
    shipped = resources.files("medgraph.loaders.samples") / "data" / "taizhou"
    rows = pd.read_csv(str(shipped / "facilities.csv"), dtype=str, encoding="utf-8-sig")
    wrong = rows["id"].isin(["TZ-H10", "TZ-H12", "TZ-H16"])
    shutil.copytree(str(shipped), tmp_path / "tz")
    rows.loc[wrong, "admin_level"] = "municpal"
    rows.to_csv(tmp_path / "tz" / "facilities.csv", index=False)
    loaded = registry.load(tmp_path / "tz", lenient=True)
    found = audit(loaded.require(), "taizhou-2023", left_nodes=loaded.left_nodes)
    told = {outcome.rule.id: outcome.verdict for outcome in found.outcomes}
    assert told["TZ-09"] == "NO_DATA"
    assert [told[rule] for rule in ("TZ-01", "TZ-02", "TZ-04", "TZ-07")] == [
        "PASS",
        "PASS",
        "FAIL",
        "PASS",
    ]
    open_ = found.findings.query("rule == 'TZ-09' and verdict == 'NO_DATA'")
    assert {"台州市中医院", "台州市妇女儿童医院", "台州市第二人民医院"} <= set(open_["name"])
    assert loaded.left_out == 0


def test_a_frame_with_a_word_for_a_boolean_is_read_or_told():
    nodes = pd.DataFrame([{"id": "A", "kind": "Facility", "name": "A", "is_class": "是"}])
    assert bool(MedicalNetwork.from_frames(nodes, None, {}).nodes()["is_class"].iloc[0])
    with pytest.raises(OptionError, match="is_class"):
        MedicalNetwork.from_frames(nodes.assign(is_class="待定"), None, {})


OF_A_KIND = "331002003000 Area level=township type={kind}"


@pytest.mark.parametrize("kind", ["待定", "zzqx"])
@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("TZ-04", "@group; @areas"),
        ("CD-07", "B1 Facility ws218=B100; B1 SERVES 331002003000"),
        ("CD-07", "C1 Facility ws218=C100; C1 SERVES 331002003000"),
    ],
)
def test_a_kind_of_area_that_nothing_knows_decides_nothing(rule, text, kind):
    """It may be a subdistrict, a town, or a unit that nobody has to serve."""
    whole = "meta links.SERVES.complete=complete"
    assert verdict(rule, f"{text}; {OF_A_KIND.format(kind=kind)}; {whole}") == "NO_DATA"


@pytest.mark.parametrize("relation", ["MEMBR_OF", "成圆", ""])
def test_a_link_of_no_known_relation_closes_no_list(tmp_path, relation):
    """Beside a facility that was left out: T2 may be a member by the row that nobody could read."""
    tables = {
        "facilities": "id,name,type,area\nH1,县医院,综合医院,331002000000\nT1,甲卫生院,乡镇卫生院,331002101000\n"
        "T2,乙卫生院,乡镇卫生院,331002101000\nT3,丙卫生院,乡镇卫生院,331002101000\nT3,丁卫生院,乡镇卫生院,331002101000\n",
        "groups": "id,name,type\nG1,集团一,县域医共体\n",
        "links": f"source,relation,target\nH1,LEADS,G1\nT1,MEMBER_OF,G1\nT2,{relation},G1\n",
        "meta": "key,value\ndata_day,2024-12-31\nfacilities.complete,complete\ngroups.complete,complete\n"
        "links.complete,complete\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    loaded = registry.load(tmp_path, lenient=True)
    found = audit(
        loaded.require(),
        "county-2023",
        select=["GO-06"],
        left_nodes=loaded.left_nodes,
        left_out=loaded.left_out,
    )
    outcome = found.outcome("GO-06")
    told = dict(zip(outcome.ids, outcome.verdicts.tolist(), strict=True))
    assert (told["T1"], told["T2"], outcome.verdict) == ("NO_DATA", "NO_DATA", "NO_DATA")
