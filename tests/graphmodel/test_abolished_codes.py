"""A code that was abolished is told with the one that followed it."""

from __future__ import annotations

import datetime

import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.graphmodel import register
from medgraph.graphmodel.abolished_codes import _abolished, abolished, townships_now
from medgraph.loaders import read
from medgraph.queries import policy
from medgraph.words.say import speaking
from tests.graphmodel.test_validate import found
from tests.queries.networks import network

F = {"kind": "Facility", "name": "n"}


def test_the_list_agrees_with_the_register():
    """What is abolished is not in the register of 2023; what followed it is, in the same province."""
    for code, county in _abolished().items():
        assert code not in register.names([code]), code
        assert len(register.names(county.heirs)) == len(county.heirs), code
        assert {heir[:2] for heir in county.heirs} == {code[:2]}, code
        assert (len(code), county.grade) == (6, "secondary")
        assert 2009 <= int(county.year) <= 2023
        assert abolished(county.heirs[0]) is None


@pytest.mark.parametrize(
    ("code", "heirs"),
    [
        ("110228", ("110118",)),
        ("110229", ("110119",)),
        ("310230", ("310151",)),
        ("330104", ("330102", "330114")),
        ("371202", ("370116",)),
    ],
)
def test_what_followed_is_known(code, heirs):
    assert abolished(code).heirs == abolished(code + "101000").heirs == heirs


@pytest.mark.parametrize("column", ["area", "parent", "id"])
def test_a_code_that_was_abolished_is_told_with_its_successor(column):
    kind = {"kind": "Facility"} if column == "area" else {"kind": "Area"}
    node = {"id": "110228101000" if column == "id" else "331003009000", "name": "n", **kind}
    if column != "id":
        node[column] = "110228101000"
    told = [p for p in found([node]) if p.code == "W024"]
    assert [p.value for p in told] == ["110228101000"]
    for text in ("密云县", "2015", "110118 密云区"):
        assert text in told[0].message


def test_what_is_over_may_have_the_code_of_its_time():
    over = {"id": "X", **F, "area": "110228101000", "valid_to": datetime.date(2015, 1, 1)}
    assert not [p for p in found([over]) if p.code == "W024"]


def test_a_template_lists_what_followed(tmp_path):
    result = CliRunner().invoke(
        cli, ["template", str(tmp_path / "t.xlsx"), "--area", "110228", "--lang", "zh"]
    )
    assert result.exit_code == 0
    assert "110118 密云区" in result.stderr
    listed = read(tmp_path / "t.xlsx").nodes("Area").index
    assert set(listed) == set(register.township_register("110118")["id"].to_pylist())


def test_a_divided_county_lists_all_that_followed():
    heirs = [len(register.township_register(code)) for code in ("330102", "330114")]
    assert len(townships_now("330104")) == sum(heirs)


def test_the_rule_about_codes_names_the_successor():
    net = network("110228101000 Area", "", data_day="2024-01-01")
    with speaking("zh"):
        audit = policy.audit(net, "codes", select=["CD-02"])
        assert audit.findings["verdict"].tolist() == ["FAIL"]
        said = str(policy.explain(audit, "codes/CD-02/all"))
    assert "110228已撤销，现为110118 密云区" in said
