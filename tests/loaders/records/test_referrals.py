"""Records to flows: counted as pandas counts them, faulty rows listed."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.loaders.records import read_records
from tests.loaders.records.made_up import counted_by_pandas, ordered, records, spoiled

pytest.importorskip("ibis", reason="the extra `records` is not installed")


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
    sound = frame[(frame["to"] != "") & (frame["date"] != "2023-02-30") & (frame["count"] != "-3")]
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


def test_a_row_without_from_counts_from_unknown(tmp_path):
    """Whether or not its kind is stated: nobody knows where 100 came from, and 100 they are."""
    text = "from,to,kind,count\n,甲,up,60\n,甲,,40\n乙,甲,up,50\n"
    (tmp_path / "r.csv").write_text(text, "utf-8")
    table = read_records(tmp_path / "r.csv")
    assert table.frame.loc[table.frame["from"].isna(), "count"].sum() == 100
    assert table.frame["count"].sum() == 150
    assert table.rejected.empty


@pytest.mark.parametrize("count", ["2.5", "-3", "0", "nan", "1e3", "many", "", "1,20", "9" * 30])
def test_a_count_that_is_no_whole_number_is_not_rounded(tmp_path, count):
    (tmp_path / "r.csv").write_text(f'from,to,count\n甲,乙,"{count}"\n甲,乙,250.0\n', "utf-8")
    table = read_records(tmp_path / "r.csv")
    assert table.frame["count"].tolist() == [250]
    assert dict(table.rejected.itertuples(index=False)) == {"bad_count": 1}


def test_a_count_of_parquet_is_not_rounded_either(tmp_path):
    frame = pd.DataFrame({"from": ["甲"] * 3, "to": ["乙"] * 3, "count": [2.5, 3.0, float("nan")]})
    frame.to_parquet(tmp_path / "r.parquet")
    table = read_records(tmp_path / "r.parquet")
    assert table.frame["count"].tolist() == [3]
    assert table.rejected["rows"].tolist() == [2]
