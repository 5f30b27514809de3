"""Flows kept month by month: adding is idempotent, a correction replaces, nothing is lost."""

from __future__ import annotations

import json

import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from medgraph.cli import cli
from medgraph.errors import MedGraphError, OptionError, SourceError
from medgraph.graphmodel.flow_table import KEYS
from medgraph.loaders.records import append_flows, read_flows, read_records
from tests.loaders.records.made_up import ordered, records, spoiled

pytest.importorskip("ibis", reason="the extra `records` is not installed")

HEADER = "from,to,date,count\n"


def counted(folder, *rows):
    (folder / "r.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return read_records(folder / "r.csv")


def kept(folder):
    table = read_flows(folder)
    return sorted(table.frame[["from", "to", "month", "count"]].values.tolist())


OCTOBER, NOVEMBER = ("甲,乙,2023-10-05,20", "甲,丙,2023-10-06,30"), ("甲,乙,2023-11-05,40",)


def test_months_are_added_and_a_month_again_changes_nothing(tmp_path):
    folder = tmp_path / "kept"
    for rows in (OCTOBER, NOVEMBER, OCTOBER, NOVEMBER, NOVEMBER):
        append_flows(folder, counted(tmp_path, *rows))
    october = [["甲", "丙", "2023-10", 30], ["甲", "乙", "2023-10", 20]]
    assert kept(folder) == [*october, ["甲", "乙", "2023-11", 40]]
    assert read_flows(folder).read == 3
    assert len(list(folder.glob("*/*.parquet"))) == 2


def test_a_correction_replaces_its_month(tmp_path):
    """What stood before stays as what stood before; rows that are no record are those of the last delivery."""
    folder = tmp_path / "kept"
    append_flows(folder, counted(tmp_path, *OCTOBER, "甲,乙,2023-13-01,5"))
    append_flows(folder, counted(tmp_path, *NOVEMBER))
    done = append_flows(folder, counted(tmp_path, "甲,乙,2023-10-05,50"))
    assert "2023-10" in " ".join(done)
    assert kept(folder) == [["甲", "乙", "2023-10", 50], ["甲", "乙", "2023-11", 40]]
    table = read_flows(folder)
    assert table.read == 2
    assert not len(table.rejected)
    stood = table.earlier.sort_values("count")
    assert stood["count"].tolist() == [1, 20, 30]
    assert stood["reason"].tolist()[0] == "bad_date"


def test_what_came_late_does_not_replace_a_month(tmp_path):
    folder = tmp_path / "kept"
    append_flows(folder, counted(tmp_path, *OCTOBER))
    before = kept(folder)
    with pytest.raises(OptionError, match="2023-10"):
        append_flows(folder, counted(tmp_path, "甲,乙,2023-10-30,3", *NOVEMBER))
    assert kept(folder) == before


def test_what_has_no_month_is_refused(tmp_path):
    (tmp_path / "r.csv").write_text("from,to\n甲,乙\n", "utf-8")
    (tmp_path / "s.csv").write_text("to,date,person,arrived,from\n乙,2023-10-05,a,,\n", "utf-8")
    for table in (
        read_records(tmp_path / "r.csv"),
        counted(tmp_path, "甲,乙,2023-10-39,3"),
        read_records(tmp_path / "s.csv", follow=3),
    ):
        with pytest.raises(OptionError):
            append_flows(tmp_path / "kept", table)
    assert not (tmp_path / "kept").exists()


def test_all_keys_come_back(tmp_path):
    """A year of records with faults, given whole and then month by month, is what one reading counts."""
    frame, _ = spoiled(records(3000))
    frame.to_csv(tmp_path / "r.csv", index=False)
    at_once = read_records(tmp_path / "r.csv")
    append_flows(tmp_path / "kept", at_once)
    for month, part in frame.groupby(frame["date"].str[:7]):
        if month != "2023-02":  # bad days are written as of it
            part.to_csv(tmp_path / "m.csv", index=False)
            append_flows(tmp_path / "kept", read_records(tmp_path / "m.csv"))
    table = read_flows(tmp_path / "kept")
    pd.testing.assert_frame_equal(ordered(table.frame), ordered(at_once.frame), check_dtype=False)
    by_two = read_flows(tmp_path / "kept", by=["to", "encounter"]).frame
    expected = at_once.frame.groupby(["to", "month", "encounter"])["count"].sum()
    found = by_two.set_index(["to", "month", "encounter"])["count"].sort_index()
    assert found.tolist() == expected.tolist()
    assert by_two.columns.tolist() == [*KEYS, "count"]


LISTS = [
    "",
    "[]",
    "{}",
    '{"format": "medgraph flows 1", "months": {}, "deliveries": []}',
    '{"format": "medgraph flows 1", "months": {"2023-10": ["../../r.csv"]}, "deliveries": []}',
    '{"format": "medgraph flows 1", "months": {"../..": ["0123456789abcdef.parquet"]}, "deliveries": []}',
    '{"format": "medgraph flows 1", "months": {"2023-10": ["0123456789abcdef.parquet"]}, "deliveries": []}',
    '{"format": "medgraph flows 1", "months": {"2023-10": []}, "deliveries": []}',
    '{"format": "medgraph flows 1", "months": 3, "deliveries": 3}',
    '{"format": "medgraph flows 1", "months": {"2023-10": 3}, "deliveries": [{"months": []}]}',
    "[" * 100_000,
]


@pytest.mark.parametrize("content", LISTS)
def test_a_list_that_is_none_is_one_sentence(tmp_path, content):
    (tmp_path / "flows.json").write_text(content, "utf-8")
    with pytest.raises(SourceError):
        read_flows(tmp_path)
    with pytest.raises(MedGraphError):
        append_flows(tmp_path, counted(tmp_path, *OCTOBER))
    assert (tmp_path / "flows.json").read_text("utf-8") == content


@pytest.mark.parametrize("what", ["gone", "no parquet", "other columns", "negative", "texts"])
def test_a_month_that_is_none_is_one_sentence(tmp_path, what):
    folder = tmp_path / "kept"
    append_flows(folder, counted(tmp_path, *OCTOBER))
    [file] = folder.glob("*/*.parquet")
    table = pq.read_table(file, partitioning=None)
    if what == "gone":
        file.unlink()
    elif what == "no parquet":
        file.write_bytes(b"PAR1")
    elif what == "other columns":
        pq.write_table(table.drop(["to"]), file)
    else:
        place = table.column_names.index("count")
        values = [["-3", "4"]] if what == "texts" else [[-3, 4]]
        if what == "texts":
            values = [["many", "4"]]
        pq.write_table(table.set_column(place, "count", values), file)
    with pytest.raises(SourceError, match="2023-10"):
        read_flows(folder)


def test_the_shell_adds_and_answers(tmp_path):
    """`--append` answers over all months; the folder is a source of records by itself."""
    rows = ("TZ-P07,TZ-H01,2023-10-05,40", "TZ-P07,TZ-H01,2023-11-05,30")
    CliRunner().invoke(cli, ["sample", "taizhou", str(tmp_path / "tz")])
    ask = [
        "referrals",
        "flows",
        str(tmp_path / "tz"),
        "--format",
        "json",
        "--top",
        "1",
        "--records",
    ]
    for row, expected in zip(rows, (40, 70), strict=True):
        counted(tmp_path, row)
        file = str(tmp_path / "r.csv")
        answer = CliRunner().invoke(cli, [*ask, file, "--append", str(tmp_path / "kept")])
        assert json.loads(answer.stdout)["rows"][0]["count"] == expected
        assert "2023-1" in answer.stderr
    again = CliRunner().invoke(cli, [*ask, str(tmp_path / "kept")])
    assert json.loads(again.stdout)["rows"][0]["count"] == 70
    for more in (["--window", "7"], ["--follow", "7"], ["--append", str(tmp_path / "other")]):
        refused = CliRunner().invoke(cli, [*ask, str(tmp_path / "kept"), *more])
        assert isinstance(refused.exception, OptionError), more
