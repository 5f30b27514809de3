"""Records as people write them: what is read, what is not counted, and what is said of it."""

from __future__ import annotations

import json

import openpyxl
import pytest

from medgraph.loaders.records import from_encounters, read_records
from medgraph.words.say import speaking


def counted(path, **how):
    """The flows by their ends, the rows rejected by reason, and the notes."""
    with speaking("en"):
        table = read_records(path, **how)
    flows = {(row["from"], row["to"]): row["count"] for row in table.frame.to_dict("records")}
    assert table.counted + sum(table.rejected["rows"]) == table.read
    return flows, dict(table.rejected.itertuples(index=False)), " ".join(table.notes)


def written(folder, text, name="r.csv", encoding="utf-8"):
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_a_list_in_json_is_read(tmp_path):
    rows = [{"from": "A", "to": "B", "count": 3}, {"from": "A", "to": "B", "count": 4}]
    flows, rejected, _ = counted(written(tmp_path, json.dumps(rows), "r.json"))
    assert (flows, rejected) == ({("A", "B"): 7}, {})


def test_counts_as_people_write_them(tmp_path):
    text = 'from,to,count\nA,B,"1,200"\nA,B,１２\nA,C,5.0\nA,B,1.2万\nA,B,若干\nA,B,若干\nA,B,\n'
    flows, rejected, notes = counted(written(tmp_path, text))
    assert flows == {("A", "B"): 1_212, ("A", "C"): 5}
    assert rejected == {"bad_count": 4}
    assert "“若干” (r.csv, line 6), “1.2万” (r.csv, line 5)" in notes


def test_days_that_are_none_are_quoted(tmp_path):
    text = "from,to,date\nA,B,2023-02-30\nA,B,上周\nA,B,2023-10-05\n"
    flows, rejected, notes = counted(written(tmp_path, text))
    assert (flows, rejected) == ({("A", "B"): 1}, {"bad_date": 2})
    assert "2023-02-30" in notes
    assert "上周" in notes


def test_the_error_of_a_formula_is_no_facility(tmp_path):
    """Where it stands for an origin nobody knows it, where for a destination the row is not counted."""
    text = "from,to,date\nA,#N/A,2023-10-05\n#REF!,B,2023-10-05\nA,B,2023-10-05\n"
    flows, rejected, _ = counted(written(tmp_path, text))
    assert rejected == {"no_to": 1}
    assert flows.pop(("A", "B")) == 1
    ((origin, destination),) = flows
    assert not isinstance(origin, str)
    assert destination == "B"


def test_a_kind_that_nobody_knows_is_told(tmp_path):
    _, _, notes = counted(written(tmp_path, "from,to,kind\nA,B,up\nA,C,向上\n"))
    assert "“向上”" in notes
    _, _, notes = counted(written(tmp_path, "from,to,kind\nA,B,up\nA,C,下转\nA,C,\n"))
    assert "kinds" not in notes


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "torn", ['"甲,C,1', '甲","C,1', 'A,"C,1\n"A,C",1'], ids=["open", "stray", "two lines"]
)
def test_a_line_with_an_open_quote_is_told_and_takes_no_other_with_it(
    tmp_path, delimiter, encoding, torn
):
    lines = f'from,to,count\n"A","B",3\n{torn}\nA,D,5\n'.replace(",", delimiter)
    flows, rejected, notes = counted(written(tmp_path, lines, encoding=encoding))
    assert flows["A", "B"] == 3
    assert flows["A", "D"] == 5
    assert rejected["malformed_line"]
    assert "quotation marks are not in pairs" in notes
    assert not any("\n" in str(end) for pair in flows for end in pair)


@pytest.mark.parametrize("above", ["2023年转诊记录\n", "2023年转诊记录,,\n单位：人次,,\n"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_titles_of_the_whole_may_stand_above_the_header(tmp_path, above, suffix):
    text = f"{above}from,to,count\nA,B,3\n"
    path = written(tmp_path, text)
    if suffix == ".xlsx":
        book = openpyxl.Workbook()
        for line in text.splitlines():
            book.active.append(line.split(","))
        path = tmp_path / "r.xlsx"
        book.save(path)
    assert counted(path)[:2] == ({("A", "B"): 3}, {})


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_signs_that_nobody_sees_are_taken_out_and_told(tmp_path, suffix):
    text = "from,to,count\nA,B\u200b,3\nA,B,4\n"
    if suffix == ".json":
        rows = [{"from": "A", "to": "B\u200b", "count": 3}, {"from": "A", "to": "B", "count": 4}]
        text = json.dumps(rows)
    flows, _, notes = counted(written(tmp_path, text, f"r{suffix}"))
    assert flows == {("A", "B"): 7}
    assert "U+200B" in notes


def test_other_sheets_are_named(tmp_path):
    book = openpyxl.Workbook()
    for row in (("from", "to"), ("A", "B")):
        book.active.append(row)
    book.create_sheet("二月").append(["from", "to"])
    book.save(tmp_path / "r.xlsx")
    assert "二月" in counted(tmp_path / "r.xlsx")[2]


def test_stays_say_the_same(tmp_path):
    text = (
        "person,facility,admitted,discharged\n"
        'p,A\u200b,2023-01-01,2023-01-02\np,B,2023-01-03,2023-01-04\n"p,C,2023-01-03,2023-01-04\n'
    )
    with speaking("en"):
        table = from_encounters(written(tmp_path, text))
    assert table.frame[["from", "to"]].values.tolist() == [["A", "B"]]
    assert "U+200B" in " ".join(table.notes)
    assert "quotation marks" in " ".join(table.notes)


TORN = 'from,to,count,note\nA,B,3,"ok"\nA,B,4,"open\nA,B,多,"two, cells"\n'


@pytest.mark.parametrize(
    ("text", "encoding", "line"),
    [
        ("from,to,count\nA,B,3\nA,B,多\n", "utf-8", 3),
        ("2023年转诊记录,,\nfrom,to,count\nA,B,3\nA,B,多\n", "gb18030", 4),
        ("sep=;\nfrom;to;count\nA;B;3\nA;B;多\n", "utf-8-sig", 4),
        (TORN, "utf-8", 4),
    ],
)
def test_the_line_of_a_count_that_is_none_is_that_of_the_file(text, encoding, line, tmp_path):
    """Below a title, in another encoding, behind a line that is torn and not in what is read."""
    *_, notes = counted(written(tmp_path, text, encoding=encoding))
    assert f"“多” (r.csv, line {line})" in notes


def test_the_row_of_a_workbook_is_named(tmp_path):
    book = openpyxl.Workbook()
    for row in [["转诊记录"], ["from", "to", "count"], ["A", "B", 3], [], ["A", "B", "多"]]:
        book.active.append(row)
    book.save(tmp_path / "r.xlsx")
    *_, notes = counted(tmp_path / "r.xlsx")
    assert "“多” (r.xlsx, line 5)" in notes
