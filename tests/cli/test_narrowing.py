"""Which rows and columns of an answer are shown, and what is said of the others."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import medgraph as mg
from medgraph.cli import app
from medgraph.cli.formats import frame_csv
from medgraph.cli.narrowing import Condition
from medgraph.errors import OptionError
from medgraph.json_text import json_text


def run(*words):
    """Run a command; return its exit code."""
    with pytest.raises(SystemExit) as left:
        app.main(words)
    return left.value.code


ROWS = pd.Series(["gap", "served", None, "gap"])


@pytest.fixture(scope="module")
def roster(tmp_path_factory):
    path = tmp_path_factory.mktemp("narrow") / "roster.mgz"
    mg.write(mg.samples.taizhou(), path)
    return str(path)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("status=gap", [0, 3]),
        ("status = gap", [0, 3]),
        ("status!=gap", [1]),  # a row that states nothing is not known to be another
        ("status~erv", [1]),
        ("status=", [2]),
        ("status!=", [0, 1, 3]),
    ],
)
def test_a_condition_holds_where_it_is_stated(text, rows):
    found = Condition.of(text).holds(ROWS)
    assert found[found].index.tolist() == rows


def test_numbers_are_compared_as_numbers():
    """As texts 9 is more than 10."""
    minutes = pd.Series([9.0, 10.0, None, 100.0])
    assert Condition.of("minutes>=10").holds(minutes).tolist() == [False, True, False, True]
    with pytest.raises(OptionError, match="ten"):
        Condition.of("minutes>ten").holds(minutes)


def test_numbers_that_a_frame_holds_as_objects_are_numbers():
    """As texts 9 is more than 10."""
    minutes = pd.Series([9, 10, None, "100"], dtype=object)
    assert Condition.of("minutes>=10").holds(minutes).tolist() == [False, True, False, True]


@pytest.mark.parametrize("kind", ["datetime64[ns]", object])
def test_days_are_compared_as_days(kind):
    days = pd.Series(["2025-01-01", "2025-06-30", None]).astype(kind)
    assert Condition.of("end<=2025-01-01").holds(days).tolist() == [True, False, False]
    assert Condition.of("end=2025-06-30").holds(days).tolist() == [False, True, False]


def test_a_value_may_be_written_as_people_read_it(roster, capsys):
    for written in ("status=gap", "判定=空白"):
        run("coverage", "served", roster, "--where", written, "--format", "csv", "--lang", "zh")
        lines = capsys.readouterr().out.splitlines()
        assert [line.partition(",")[0] for line in lines[1:]] == ["331003003000"]


def test_the_account_stays_that_of_all_rows(roster, capsys):
    run("coverage", "served", roster, "--where", "status=gap", "--format", "json", "--lang", "en")
    found = json.loads(capsys.readouterr().out)
    assert found["share"] == {"met": 38, "total": 39, "unit": "areas"}
    assert found["accounted"]["in"] == 43
    assert [row["area"] for row in found["rows"]] == ["331003003000"]
    assert not found["excluded"]
    assert "1 of 43 rows are listed; the result is that of all rows." in found["notes"]


def test_columns_and_top(roster, capsys):
    run("coverage", "served", roster, "--columns", "name,status", "--top", "2", "--format", "csv")
    heads, *rows = capsys.readouterr().out.splitlines()
    assert heads.startswith("name,status")
    assert len(rows) == 4  # two that were judged, two that were excluded


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--where", "gap"], "gap"),
        (["--where", "statsu=gap"], "status"),
        (["--columns", "nmae"], "name"),
    ],
)
def test_what_cannot_be_meant_is_named(roster, capsys, options, said):
    assert run("coverage", "served", roster, *options, "--lang", "en") == 2
    assert said in capsys.readouterr().err


def test_findings_are_found_whatever_is_shown(roster, capsys):
    """The exit code speaks of the answer, not of what is listed of it."""
    assert run("coverage", "gaps", roster, "--top", "0") == 1
    capsys.readouterr()


def test_more_rows_than_a_workbook_gets(roster, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("medgraph.cli.formats._ROWS_OF_A_WORKBOOK", 10)
    path = tmp_path / "answer.xlsx"
    assert run("coverage", "served", roster, "--output", str(path), "--lang", "en") == 2
    assert "--where" in capsys.readouterr().err
    assert not path.exists()
    short = ("--where", "status=gap")
    assert run("coverage", "served", roster, "--output", str(path), *short) == 0
    capsys.readouterr()


def test_parquet_holds_all_rows_and_what_they_are(roster, tmp_path, capsys):
    from pyarrow import parquet

    path = tmp_path / "answer.parquet"
    assert run("coverage", "served", roster, "--output", str(path)) == 0
    capsys.readouterr()
    table = parquet.read_table(path)
    assert table.num_rows == 43
    assert json.loads(table.schema.metadata[b"medgraph"])["query"] == "coverage.served"
    assert run("coverage", "served", roster, "--format", "parquet", "--lang", "en") == 2
    assert "--output FILE.parquet" in capsys.readouterr().err


def test_csv_in_pieces_is_the_csv_of_the_whole(monkeypatch):
    frame = pd.DataFrame(
        {
            "name": ["甲", "=1+1", None, " @x", "乙,丙", "-1"],
            "value": [1.5, None, 3.0, 4.0, 5.0, 6.0],
            "mixed": ["a", 2, None, "=b", 1.5, True],
        }
    )
    whole = "".join(frame_csv(frame))
    assert "'=1+1" in whole
    assert "' @x" in whole
    assert "'=b" in whole
    monkeypatch.setattr("medgraph.cli.formats._ROWS_AT_ONCE", 2)
    pieces = list(frame_csv(frame))
    assert len(pieces) == 3
    assert "".join(pieces) == whole


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        {"rows": [], "share": None},
        {"rows": [{"a": 1}, {"a": "甲\n"}], "notes": ["x"], "deep": {"a": [1, {"b": []}]}},
        [{"a": 1.5}],
        "甲",
    ],
)
def test_json_says_the_same_value(value):
    assert json.loads(json_text(value)) == value


def test_rows_may_come_one_by_one():
    assert json.loads(json_text({"rows": iter([{"a": i} for i in range(2500)])}))["rows"][2499] == {
        "a": 2499
    }
