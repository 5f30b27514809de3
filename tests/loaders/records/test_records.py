"""Records to flows: counted as pandas counts them, faulty rows listed, the same on DuckDB and on Spark."""

from __future__ import annotations

import importlib.util
import os
import shutil

import numpy as np
import pandas as pd
import pytest

from medgraph.errors import OptionError, SourceError
from medgraph.graphmodel.flow_table import KEYS
from medgraph.loaders.records import from_encounters, read_records

pytest.importorskip("ibis", reason="the extra `records` is not installed")

SPARK = pytest.mark.skipif(
    not os.environ.get("MEDGRAPH_REQUIRE_SPARK")
    and not (shutil.which("java") and importlib.util.find_spec("pyspark")),
    reason="no Java or no pyspark here: Spark's answers are not compared",
)


def records(rows, seed=1):
    """Return referral records at random: 40 facilities, a year, three kinds, some persons twice."""
    rng = np.random.default_rng(seed)
    days = np.datetime64("2023-01-01") + rng.integers(0, 365, rows)
    return pd.DataFrame(
        {
            "from": [f"机构{i:02d}" for i in rng.integers(0, 40, rows)],
            "to": [f"机构{i:02d}" for i in rng.integers(0, 40, rows)],
            "date": days.astype(str),
            "arrived": (days + rng.integers(0, 9, rows)).astype(str),
            "kind": rng.choice(["up", "下转", "transfer"], rows),
            "specialty": rng.choice(["surgery", "tcm"], rows),
            "encounter": rng.choice(["outpatient", "inpatient"], rows),
            "residence": rng.choice(["331002001000", "331003003000"], rows),
            "count": rng.integers(1, 4, rows).astype(str),
            "person": [f"P{i}" for i in rng.integers(0, rows // 3 + 1, rows)],
        }
    )


def spoiled(frame):
    """Spoil every tenth row in one of five ways; return it with what should be listed."""
    frame = frame.copy()
    faults = {
        "no_to": ("to", ""),
        "no_from": ("from", " "),
        "bad_date": ("date", "2023-02-30"),
        "bad_count": ("count", "-3"),
    }
    listed = {}
    for k, (reason, (column, value)) in enumerate(faults.items()):
        rows = frame.index[k * 10 :: 100]
        frame.loc[rows, column] = value
        listed[reason] = len(rows)
    return frame, listed


def counted_by_pandas(frame):
    keys = ["from", "to", "month", "kind", "specialty", "encounter", "residence"]
    frame = frame.assign(
        month=frame["date"].str[:7],
        kind=frame["kind"].replace({"下转": "down"}),
        count=frame["count"].astype(int),
    )
    return frame.groupby(keys, as_index=False)["count"].sum().sort_values(keys, ignore_index=True)


def ordered(frame):
    """Return flows in the order of their keys."""
    return frame.sort_values(list(KEYS), na_position="first", ignore_index=True)


def test_words_that_become_the_same_are_one_flow(tmp_path):
    """Blanks around a name (half and full width) and other words for `up` make no second flow; nothing is lost."""
    rows = [
        "甲,乙,2023-03-04,上转",
        " 甲,乙,2023-03-05,up",
        "甲,乙\u3000,2023-03-06,UP",
        "甲,丙,2023-03-07,下转",
    ]
    (tmp_path / "r.csv").write_text("\n".join(["from,to,date,kind", *rows]), encoding="utf-8")
    table = read_records(tmp_path / "r.csv")
    found = table.frame.set_index(["from", "to", "kind"])["count"].to_dict()
    assert found == {("甲", "乙", "up"): 3, ("甲", "丙", "down"): 1}
    assert table.read == 4


def test_sound_rows_are_counted_and_the_rest_listed_by_reason(tmp_path):
    """A file with faulty rows loads the sound ones, and lists the others by reason and count."""
    frame, listed = spoiled(records(2000))
    path = tmp_path / "记录.csv"
    frame.to_csv(path, index=False)
    with path.open("a", encoding="utf-8") as file:
        file.write("机构01,机构02\n机构01,机构02,2023-01-01,,up,tcm,,,1,P1,too,many\n")
    table = read_records(path)
    assert dict(table.rejected.itertuples(index=False)) == listed | {"malformed_line": 2}
    assert table.read == 2002
    sound = frame[
        (frame["to"] != "")
        & (frame["from"] != " ")
        & (frame["date"] != "2023-02-30")
        & (frame["count"] != "-3")
    ]
    wanted = counted_by_pandas(sound)
    pd.testing.assert_frame_equal(ordered(table.frame)[list(wanted)], wanted, check_dtype=False)
    assert table.counted == len(sound)


def test_csv_parquet_and_folder_give_the_same_flows(tmp_path):
    """The same records as CSV, as typed Parquet and as a folder of two files are the same flows."""
    frame = records(600)
    frame.to_csv(tmp_path / "a.csv", index=False)
    typed = frame.assign(
        date=pd.to_datetime(frame["date"]).dt.date, count=frame["count"].astype(int)
    )
    typed.to_parquet(tmp_path / "a.parquet")
    (tmp_path / "folder").mkdir()
    frame[:200].to_csv(tmp_path / "folder" / "1.csv", index=False)
    frame[200:].to_csv(tmp_path / "folder" / "2.csv", index=False, encoding="utf-8-sig")
    one, *others = (
        ordered(read_records(tmp_path / name).frame) for name in ("a.csv", "a.parquet", "folder")
    )
    for other in others:
        pd.testing.assert_frame_equal(one, other)


def test_chinese_headers_are_read(tmp_path):
    """Headers and kinds in Chinese mean the same; without a count each row counts one."""
    text = "转出机构,转入机构,日期,方向\n甲,乙,2023-03-04,上转\n甲,乙,2023-03-09,上转\n"
    (tmp_path / "r.csv").write_text(text, "utf-8")
    row = read_records(tmp_path / "r.csv").frame.iloc[0]
    assert row[["from", "to", "month", "kind", "count"]].tolist() == [
        "甲",
        "乙",
        "2023-03",
        "up",
        2,
    ]


@pytest.mark.parametrize(
    "header",
    [
        "姓名",
        "患者姓名",
        "身份证号",
        "证件号码",
        "手机",
        "联系电话",
        "ID_card",
        "patient_name",
        "Name",
        "phone",
        "e-mail",
        "家庭住址",
    ],
)
def test_personal_columns_are_refused_by_name(tmp_path, header):
    """A column of personal identity stops the reading before a row is read, and its values are not repeated."""
    (tmp_path / "r.csv").write_text(f"to,{header}\n乙,秘密\n", "utf-8")
    with pytest.raises(SourceError, match=header) as error:
        read_records(tmp_path / "r.csv")
    assert "秘密" not in str(error.value)
    assert [p.code for p in error.value.problems] == ["E090"]


@pytest.mark.parametrize(("text", "word"), [("a,b\n1,2\n", "to"), ("to,转入机构\n1,2\n", "to")])
def test_a_header_that_says_too_little_or_twice_is_refused(tmp_path, text, word):
    """Without `to`, or with two columns of one meaning, nothing is read."""
    (tmp_path / "r.csv").write_text(text, "utf-8")
    with pytest.raises(SourceError, match=word):
        read_records(tmp_path / "r.csv")


def test_other_files_and_engines_are_refused(tmp_path):
    """GBK text, an empty folder, a missing file and an unknown engine are errors that say so."""
    (tmp_path / "gbk.csv").write_bytes("转入机构\n乙\n".encode("gbk"))
    (tmp_path / "empty").mkdir()
    for name in ("gbk.csv", "empty", "nowhere.csv"):
        with pytest.raises(SourceError):
            read_records(tmp_path / name)
    with pytest.raises(OptionError, match="excel"):
        read_records(tmp_path / "gbk.csv", engine="excel")


STORY = """person,from,to,date,arrived,kind
a,甲,乙,2023-01-01,2023-01-03,up
a,乙,甲,2023-01-20,2023-01-20,down
b,甲,乙,2023-01-01,2023-01-05,up
b,乙,丙,2023-01-06,2023-01-06,up
c,甲,乙,2023-01-01,2023-01-02,up
c,乙,甲,2023-06-01,2023-06-01,down
"""


def test_persons_are_followed_to_their_next_record(tmp_path):
    """Of three sent up from 甲 to 乙, a is back within 30 days, b was sent further up, c came back too late."""
    (tmp_path / "r.csv").write_text(STORY, "utf-8")
    links = read_records(tmp_path / "r.csv", follow=30).links.set_index(["from", "to"])
    row = links.loc[("甲", "乙")]
    assert row[["count", "ups", "returned", "double"]].tolist() == [3, 3, 1, 1]
    assert (row["delay_median"], row["delay_p90"]) == (2, pytest.approx(3.6))  # of 1, 2 and 4 days


STAYS = """person,facility,admitted,discharged
a,甲,2023-01-01,2023-01-05
a,乙,2023-01-05,2023-01-09
a,乙,2023-01-10,2023-01-12
b,甲,2023-01-01,2023-01-08
b,乙,2023-01-06,2023-01-09
c,甲,2023-01-01,2023-01-02
c,乙,2023-02-01,2023-02-02
d,甲,2023-01-05,2023-01-01
,甲,2023-01-05,2023-01-06
"""


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ({}, 2),  # a on the same day, b by truncation; c after 30 days is too late
        ({"overlap": "drop"}, 1),
        ({"window": 30}, 3),
    ],
)
def test_transfers_are_derived_from_stays_by_the_stated_rules(tmp_path, options, count):
    """Same day counts, a stay at the same facility does not, overlaps go by the rule, faulty stays are listed."""
    (tmp_path / "s.csv").write_text(STAYS, "utf-8")
    table = from_encounters(tmp_path / "s.csv", **options)
    assert table.frame["count"].sum() == count
    assert set(table.frame["from"]) == {"甲"}
    assert dict(table.rejected.itertuples(index=False)) == {
        "discharge_before_admission": 1,
        "no_person": 1,
    }
    assert table.read == 9
    assert table.notes


@SPARK
def test_spark_gives_the_same_tables_as_duckdb(tmp_path):
    """100,000 rows with faults give the same flows, rejects and followed links on Spark as on DuckDB."""
    frame, _ = spoiled(records(100_000))
    path = tmp_path / "records.csv"
    frame.to_csv(path, index=False)
    with path.open("a", encoding="utf-8") as file:
        file.write("机构01,机构02\n")
    one, other = (read_records(path, engine=engine, follow=30) for engine in ("duckdb", "spark"))
    pd.testing.assert_frame_equal(ordered(one.frame), ordered(other.frame))
    pd.testing.assert_frame_equal(one.rejected, other.rejected)
    pd.testing.assert_frame_equal(one.links, other.links, check_dtype=False)
    assert one.read == other.read == 100_001
    (tmp_path / "s.csv").write_text(STAYS, "utf-8")
    one, other = (
        from_encounters(tmp_path / "s.csv", engine=engine) for engine in ("duckdb", "spark")
    )
    pd.testing.assert_frame_equal(ordered(one.frame), ordered(other.frame))
    pd.testing.assert_frame_equal(one.rejected, other.rejected)
