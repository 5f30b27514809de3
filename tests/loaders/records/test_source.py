"""What opens a source of records, and what is refused before a row is read."""

from __future__ import annotations

import pandas as pd
import pytest

from medgraph.errors import OptionError, SourceError
from medgraph.loaders.records import read_records
from medgraph.words.say import speaking

pytest.importorskip("ibis", reason="the extra `records` is not installed")


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
    """What is no text, an empty folder, a missing file and an unknown engine are errors that say so."""
    (tmp_path / "no.csv").write_bytes(b"to\n\xff\n")
    (tmp_path / "nothing.csv").write_bytes(b"")
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "empty").mkdir()
    for name in ("no.csv", "nothing.csv", "no.xlsx", "empty", "nowhere.csv"):
        with pytest.raises(SourceError):
            read_records(tmp_path / name)
    (tmp_path / "a.csv").write_text("to\n乙\n", "utf-8")
    with pytest.raises(OptionError, match="excel"):
        read_records(tmp_path / "a.csv", engine="excel")


ROWS = (("转出机构", "转入机构", "转诊人次"), ("甲", "乙", "5"), ("甲", "丙", "7"))


def counted(path):
    return sorted(read_records(path).frame[["from", "to", "count"]].itertuples(index=False))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_is_read(tmp_path, encoding, delimiter):
    text = "".join(f"{delimiter.join(row)}\n" for row in ROWS)
    (tmp_path / "r.csv").write_bytes(text.encode(encoding))
    assert counted(tmp_path / "r.csv") == [("甲", "丙", 7), ("甲", "乙", 5)]


def test_a_workbook_is_read(tmp_path):
    pd.DataFrame(ROWS[1:], columns=ROWS[0]).to_excel(tmp_path / "r.xlsx", index=False)
    assert counted(tmp_path / "r.xlsx") == [("甲", "丙", 7), ("甲", "乙", 5)]


@pytest.mark.parametrize("title", ["Weight", "transfers", "转诊人次", "人数"])
def test_volume_is_known_by_its_titles(tmp_path, title):
    (tmp_path / "r.csv").write_text(f"Source,Target,{title}\n甲,乙,250\n", "utf-8")
    table = read_records(tmp_path / "r.csv")
    assert table.frame["count"].tolist() == [250]
    assert not table.notes


def test_columns_that_are_not_read_are_told(tmp_path):
    """A column of volume that nobody knows is named, and that each row counts 1 is said."""
    (tmp_path / "r.csv").write_text("Source,Target,Vol.\n甲,乙,250\n", "utf-8")
    with speaking("en"):
        unread, each = read_records(tmp_path / "r.csv").notes
    assert "Vol." in unread
    assert "each row counts 1" in each


MAPPING = """
[records.columns]
to = "Ziel"
count = "Vol."

[records.words.kind]
"1" = "up"
"2" = "down"
"""


def test_a_mapping_says_what_columns_and_words_mean(tmp_path):
    (tmp_path / "m.toml").write_text(MAPPING, "utf-8")
    (tmp_path / "r.csv").write_text("from,Ziel,to,Vol.,kind\n甲,乙,x,250,1\n", "utf-8")
    table = read_records(tmp_path / "r.csv", mapping=tmp_path / "m.toml")
    assert table.frame.loc[0, ["to", "count", "kind"]].tolist() == ["乙", 250, "up"]
    assert "to" in " ".join(table.notes)


@pytest.mark.parametrize(
    "text",
    [
        "[times.columns]\nto = 'a'",
        "[records]\ncolumms = { to = 'a' }",
        "[records.columns]\ntoo = 'Ziel'",
        "[records.columns]\nto = 3",
        "[records.columns]\nto = 'Nirgends'",
        "records = 3",
        "[records.words]\nkind = 3",
        "[records",
    ],
)
def test_a_mapping_that_means_nothing_is_refused(tmp_path, text):
    (tmp_path / "m.toml").write_text(text, "utf-8")
    (tmp_path / "r.csv").write_text("from,Ziel\n甲,乙\n", "utf-8")
    with pytest.raises(SourceError):
        read_records(tmp_path / "r.csv", mapping=tmp_path / "m.toml")


@pytest.mark.parametrize("name", ["r.csv", "r.txt", "r.tsv"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("first", ["sep=;", "sep=,", "sep=\t", "sep=", None])
def test_a_line_that_says_what_is_between_cells_is_no_header(tmp_path, first, encoding, name):
    """Records that Excel wrote, `sep=` or Unicode text, have their header below that line."""
    sign = (first or "").removeprefix("sep=") or "\t"
    lines = ["转出机构,转入机构,人次", "甲,乙,20"]
    text = "\r\n".join([*([first] if first else []), *(line.replace(",", sign) for line in lines)])
    (tmp_path / name).write_bytes(text.encode(encoding))
    table = read_records(tmp_path / name)
    assert table.frame[["from", "to", "count"]].values.tolist() == [["甲", "乙", 20]]


def test_a_title_given_twice_is_refused_by_its_cells(tmp_path):
    """Of two columns with one title neither is taken; columns without a title are nothing."""
    (tmp_path / "r.csv").write_text("to,note,note\n乙,a,b\n", "utf-8")
    with pytest.raises(SourceError, match=r"r\.csv!C1.*r\.csv!B1"):
        read_records(tmp_path / "r.csv")
    (tmp_path / "r.csv").write_text("to,count,,\n乙,20,,\n", "utf-8")
    table = read_records(tmp_path / "r.csv")
    assert table.frame["count"].tolist() == [20]
    assert not table.notes


@pytest.mark.parametrize(
    "day", ["2023-10-05", "2023/10/5", "2023.10.5", "2023年10月5日", "20231005", "2023-10-05 08:30"]
)
def test_a_day_is_read_as_everywhere_else(tmp_path, day):
    """A day with the year first counts; one that may be another day does not, nor a month alone."""
    (tmp_path / "r.csv").write_text(f"to,date,count\n乙,{day},20\n", "utf-8")
    assert read_records(tmp_path / "r.csv").frame["month"].tolist() == ["2023-10"]


@pytest.mark.parametrize("day", ["10/5/2023", "23-10-05", "2023-13-05", "2023/2/30", "2023年10月"])
def test_what_may_be_another_day_is_none(tmp_path, day):
    """A day without its year first, or out of the calendar, is a fault of its row."""
    (tmp_path / "r.csv").write_text(f"to,date,count\n乙,{day},20\n", "utf-8")
    assert read_records(tmp_path / "r.csv").rejected.values.tolist() == [["bad_date", 1]]


@pytest.mark.parametrize(
    "text",
    [
        f"from;to\nA;B\nA;{'x' * 200_000}\n",
        f"from,to,{'x' * 200_000}\nA,B,\n",
    ],
)
def test_a_cell_without_end_is_one_sentence_about_the_file(tmp_path, text):
    file = tmp_path / "r.csv"
    file.write_text(text, encoding="gb18030")
    with pytest.raises(SourceError) as refused:
        read_records(file)
    assert "r.csv" in str(refused.value)
    assert "medgraph-" not in str(refused.value), "no folder of our own"


def test_a_title_of_parquet_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "r.parquet"
    pd.DataFrame({"from": ["A"], "to": ["B"], "department": ["C"]}).to_parquet(file)
    file.write_bytes(file.read_bytes().replace(b"department", b"\xff" * 10))
    with pytest.raises(SourceError, match=r"r\.parquet"):
        read_records(file)
