"""`medgraph coverage` gives the answers of the functions, as the contract writes them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.queries import coverage


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The sample as a folder whose name has Chinese and a blank."""
    target = tmp_path_factory.mktemp("台州 样本") / "demo"
    assert CliRunner().invoke(cli, ["sample", "taizhou", str(target)]).exit_code == 0
    return str(target)


def asked(verb: str, folder: str, *options: str):
    return CliRunner().invoke(cli, ["coverage", verb, folder, *options], standalone_mode=False)


def test_served_as_json(folder):
    """The keys and counts of the contract, for Taizhou."""
    result = asked("served", folder, "--format", "json")
    said = json.loads(result.stdout)
    assert result.return_value == 0
    assert said["share"] == {"met": 38, "total": 39, "unit": "areas"}
    assert said["accounted"] == {"in": 43, "judged": 39, "unknown": 0, "excluded": 4}
    assert said["definition"]["register"] == "NBS 2023-06-30"
    assert {row["status"] for row in said["rows"]} == {"served", "gap"}


def test_gaps_as_csv(folder):
    """Clean CSV on stdout: the gap and what was set apart, told by a status column; exit code 1."""
    result = asked("gaps", folder, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.return_value == 1
    assert (rows[0]["area"], rows[0]["status"]) == ("331003003000", "gap")
    assert sorted(r["status"] for r in rows) == ["excluded"] * 4 + ["gap"]


@pytest.mark.parametrize(
    "verb",
    [
        name
        for name in coverage.__all__
        if name.islower() and name not in ("access", "catchments", "isochrones", "outlines")
    ],
)
def test_exit_codes(verb, folder):
    """1 where a verb with findings has a row, else 0."""
    findings = {"gaps", "ungrouped"}
    assert asked(verb, folder).return_value == int(verb in findings)


def test_access_with_a_matrix(folder, tmp_path):
    """A matrix from a file: its pairs are accounted for, the nearest facility is named."""
    times = tmp_path / "时间.csv"
    times.write_text(
        "起点,终点,分钟\n331003003000,TZ-P16,12\n331003003000,TZ-P17,不可达\n", encoding="utf-8"
    )
    said = json.loads(
        asked("access", folder, "--times", str(times), "--minutes", "15", "--format", "json").stdout
    )
    gap = next(row for row in said["rows"] if row["area"] == "331003003000")
    assert (gap["facility"], gap["minutes"], gap["status"]) == ("TZ-P16", 12.0, "in_reach")
    assert any("2451" in note for note in said["notes"])  # 43 areas x 57 named facilities at work


def test_ungrouped_of_another_collective(folder):
    """An alliance may be asked for instead."""
    said = json.loads(
        asked("ungrouped", folder, "--collective", "alliance", "--format", "json").stdout
    )
    assert said["accounted"]["in"] == 68
    assert "TZ-H06" not in {row["facility"] for row in said["rows"]}


def test_bounds_stand_alone_where_nothing_could_be_judged(tmp_path):
    """Nothing is declared: no share, but what holds at least, and what holds if the lists are whole."""
    tables = {
        "areas": "id,name\n331002001000,甲街道\n",
        "facilities": "id,name,type,serves\nM1,甲中心,社区卫生服务中心,331002001000\n",
        "meta": "key,value\n数据截止日,2024-06-30\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    said = asked("overlaps", str(tmp_path), "--lang", "en").output.splitlines()[0]
    assert "0 of at least 1 (not declared complete: areas); if the lists are whole: 1/1" in said
