"""What has to be covered: lists as they are, and the counties of a network."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy import audit, load
from medgraph.queries.policy.examples import example
from medgraph.queries.policy.facts.audited_network import AuditedNetwork
from medgraph.queries.policy.facts.value_sets import COUNTIES
from medgraph.queries.policy.predicates.covers import values_of
from tests.queries.policy.asked import audit_of


def test_a_township_known_by_its_code_names_its_county():
    """An area that states no level is a township by its code, as for coverage."""
    area = {"id": "331002001000", "kind": "Area", "name": "A"}
    net = MedicalNetwork.from_frames(pd.DataFrame([area]), meta={"data_day": "2025-01-01"})
    assert values_of(AuditedNetwork(net, net.day()), COUNTIES) == (["331002"], [])


@pytest.mark.parametrize(("level", "expected"), [("township", "FAIL"), ("zzqx", "NO_DATA")])
def test_a_county_of_areas_of_unknown_level_may_be_asked(level, expected):
    """TZ-17: Huangyan's one area is no township for certain; its committee is lacking all the same."""
    pack = load("taizhou-2023")
    given = example(pack, pack.rule("TZ-17"), "pass")
    area = {"id": "331003001000", "kind": "Area", "name": "A", "level": level}
    given.nodes[area["id"]] = area
    given.meta |= {"committees.complete": "complete", "links.GOVERNS.complete": "complete"}
    assert audit(given.network, pack, select=["TZ-17"]).outcome("TZ-17").verdict == expected


LACKING = "331003001000 Area level=township; meta committees.complete=complete"


@pytest.mark.parametrize(
    ("more", "declared", "expected"),
    [
        ("", "complete", "PASS"),
        ("", "partial", "NO_DATA"),
        (LACKING, "complete", "FAIL"),
        (LACKING, "partial", "FAIL"),
    ],
)
def test_where_townships_may_be_missing_counties_may_be(more, declared, expected):
    """TZ-17: a county that nobody has listed may have no committee."""
    pack = load("taizhou-2023")
    text = pack.rule("TZ-17").examples["pass"]
    found = audit_of("taizhou-2023", "TZ-17", f"{text}; {more}; meta areas.complete={declared}")
    whole = found.finding("taizhou-2023/TZ-17/all")
    assert whole["verdict"] == expected
    if expected == "NO_DATA":
        assert [need.what for need in found.needs(whole["id"])] == ["areas"]


def test_the_name_that_was_taken_is_told_and_the_one_that_nobody_knows():
    """TZ-21: one department is called otherwise than in the plan, another may be any."""
    text = "@group; D1 Department name=医院感染管理科; D2 Department name=综合办; H1 HOSTS_DEPARTMENT D1,D2"
    audited = audit_of("taizhou-2023", "TZ-21", text)
    reasons = audited.evidence("taizhou-2023/TZ-21/G1").set_index("element")["reason"]
    assert reasons["院感"] == "取“医院感染管理科”"
    assert reasons["护理"] == "“综合办”可能就是，名称不认识"
