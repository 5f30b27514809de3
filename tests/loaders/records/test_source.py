"""What opens a source of records, and what is refused before a row is read."""

from __future__ import annotations

import pytest

from medgraph.errors import OptionError, SourceError
from medgraph.loaders.records import read_records

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
    """GBK text, an empty folder, a missing file and an unknown engine are errors that say so."""
    (tmp_path / "gbk.csv").write_bytes("转入机构\n乙\n".encode("gbk"))
    (tmp_path / "empty").mkdir()
    for name in ("gbk.csv", "empty", "nowhere.csv"):
        with pytest.raises(SourceError):
            read_records(tmp_path / name)
    with pytest.raises(OptionError, match="excel"):
        read_records(tmp_path / "gbk.csv", engine="excel")
