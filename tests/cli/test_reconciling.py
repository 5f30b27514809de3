"""`medgraph reconcile` from two lists to a review that is decided on, and on to the next edition."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli
from medgraph.errors import SourceError, TargetError
from medgraph.loaders import decisions
from medgraph.words.review_sheet import heading_named

BEFORE = """id,name,area,地址
A1,甲县第一人民医院,331099,
A2,东城镇卫生院,331099101000,直街20号
A3,西城镇卫生院,331099102000,
A4,上垟乡卫生院,331099201000,
A5,东城卫生院,331099201000,
"""
AFTER = """id,name,area,地址
B1,甲县第1人民医院,331099,
B2,东城中心卫生院,331099101000,直街20号
B3,西城街道社区卫生服务中心,331099102000,
B4,平田乡卫生院,331099202000,
"""


def run(*words, lang="zh"):
    result = CliRunner().invoke(
        cli, ["reconcile", *map(str, words), "--lang", lang], standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result.return_value or 0, result.stdout


@pytest.fixture
def lists(tmp_path):
    found = []
    for name, text in (("a", BEFORE), ("b", AFTER)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "facilities.csv").write_text(text, encoding="utf-8")
        found.append(folder)
    return found


def rows_of(path, sheet=0):
    tab = openpyxl.load_workbook(path).worksheets[sheet]
    head = [heading_named(cell.value) for cell in tab[1]]
    return [
        dict(zip(head, [c.value for c in row], strict=True)) for row in tab.iter_rows(min_row=2)
    ]


def decide(path, **answers):
    """Write beside the entry of a source (or target) what is decided."""
    book = openpyxl.load_workbook(path)
    tab = book.worksheets[0]
    head = {heading_named(cell.value): cell.column for cell in tab[1]}
    for row in range(2, tab.max_row + 1):
        for end in ("source", "target"):
            texts = answers.get(tab.cell(row, head[end]).value)
            for name, text in (texts or {}).items():
                tab.cell(row, head[name]).value = text
    book.save(path)


def test_what_the_shell_says(lists):
    """How many entries of each sort there are, and what is to be asked."""
    code, said = run(*lists)
    assert code == 0
    assert "同一家3对" in said
    assert "same" in run(*lists, lang="en")[1]


def test_json_has_every_entry(lists):
    """The keys that scripts rely on."""
    found = json.loads(run(*lists, "--format", "json")[1])
    assert found["query"] == "reconcile.facilities"
    assert {row["target"]: row["source"] for row in found["rows"] if row["status"] == "same"} == {
        "B1": "A1", "B2": "A2", "B3": "A3"}  # fmt: skip
    accounted = found["accounted"]
    assert accounted["in"] == accounted["judged"] + accounted["unknown"] + accounted["excluded"]


def test_a_review_is_decided_and_holds_for_the_next_edition(lists, tmp_path):
    """Written, decided by hand, read back, written with the next edition: nothing is lost."""
    review = tmp_path / "review.xlsx"
    run(*lists, "--output", review)
    [first] = [row for row in rows_of(review) if row["source"] == "A2"]
    assert (first["name"], first["target_name"]) == ("东城镇卫生院", "东城中心卫生院")
    assert (first["area"], first["type"], first["address"]) == ("331099101000", None, "直街20号")
    decide(
        review,
        A4={
            "decision": "同一家",
            "partner": "平田乡卫生院",
            "by": "市卫健委",
            "date": "2024-05-01",
        },
        A3={"decision": "不是同一家"},
    )
    later = tmp_path / "later.xlsx"
    run(*lists, "--decisions", review, "--output", later)
    found = {row["source"]: row for row in rows_of(later)}
    assert found["A4"]["target"] == "B4"
    assert (found["A4"]["decision"], found["A4"]["by"]) == ("同一家", "市卫健委")
    assert found["A3"]["target"] is None
    # the next edition has other ids; the decisions stand on the second sheet and are found by name
    text = AFTER.replace("B4", "X4").replace("B3", "X3")
    (lists[1] / "facilities.csv").write_text(text, encoding="utf-8")
    _, said = run(*lists, "--decisions", later, "--format", "json")
    ends = {(row["source"], row["target"]) for row in json.loads(said)["rows"]}
    assert {("A4", "X4"), ("A3", ""), ("", "X3")} <= ends


def test_a_merger_is_kept_with_both_ends(lists, tmp_path):
    """It is decided beside a pair, kept on the second sheet, and read back as it was."""
    review = tmp_path / "review.xlsx"
    run(*lists, "--output", review)
    decide(review, A4={"decision": "并入对方", "partner": "西城街道社区卫生服务中心"})
    for _ in range(2):
        run(*lists, "--decisions", review, "--output", review)
        [row] = [row for row in rows_of(review) if row["source"] == "A4"]
        assert (row["change"], row["decision"]) == ("合并", None)
        assert [one.decision for one in decisions.read(review)] == ["merged"]
    assert "未采用" not in run(*lists, "--decisions", review)[1]


def test_a_decision_that_is_emptied_is_over(lists, tmp_path):
    """Also where the sheet of kept decisions still has it."""
    review = tmp_path / "review.xlsx"
    run(*lists, "--output", review)
    decide(review, A1={"decision": "同一家"})
    run(*lists, "--decisions", review, "--output", review)
    assert [row["source"] for row in rows_of(review, 1)] == ["A1"]
    decide(review, A1={"decision": None})
    assert not decisions.read(review)


def test_a_review_that_is_decided_is_not_written_over(lists, tmp_path):
    """Unless its decisions are read in."""
    review = tmp_path / "review.xlsx"
    run(*lists, "--output", review)
    run(*lists, "--output", review)
    decide(review, A1={"decision": "同一家"})
    with pytest.raises(TargetError):
        run(*lists, "--output", review)
    run(*lists, "--decisions", review, "--output", review)
    assert next(row for row in rows_of(review) if row["source"] == "A1")["decision"] == "同一家"


def test_decisions_as_csv_and_json(lists, tmp_path):
    """The same decisions in every form; of two on one pair the later file rules."""
    table = tmp_path / "decisions.csv"
    table.write_text("甲方编号,乙方编号,决定\nA4,B4,是\nA1,B1,不同\n", encoding="utf-8-sig")
    assert [one.decision for one in decisions.read(table)] == ["same", "different"]
    kept = tmp_path / "decisions.json"
    decisions.write([decisions.Decision("A4", "B4", "different")], kept)
    assert {one.source: one.decision for one in decisions.read(table, kept)} == {
        "A1": "different", "A4": "different"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("d.csv", "编号,决定\nA4,是\n"),
        ("d.csv", "甲方编号,乙方编号,决定\nA4,B4,也许\n"),
        ("d.json", '{"decisions": 3}'),
        ("d.json", '[1, {"source": []}]'),
        ("d.json", "{"),
        ("d.xlsx", "no workbook"),
        ("d.csv", ""),
    ],
)
def test_what_is_no_decision_is_told_in_a_sentence(lists, tmp_path, name, text):
    """Other columns, other words, torn files."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as told:
        run(*lists, "--decisions", file)
    assert name in str(told.value)


def test_names_that_are_formulas_stay_text(lists, tmp_path):
    """A name that begins with = is no formula in the review, nor is what is decided."""
    text = BEFORE.replace("上垟乡卫生院", "=1+1")
    (lists[0] / "facilities.csv").write_text(text, encoding="utf-8")
    review = tmp_path / "review.xlsx"
    run(*lists, "--output", review)
    cells = [c for row in openpyxl.load_workbook(review).worksheets[0].iter_rows() for c in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_apply_writes_the_network_of_both(lists, tmp_path):
    """The joined network is written, what differs is told, and exit 1 says that something does."""
    target = tmp_path / "joined.xlsx"
    code, said = run(*lists, "--apply", target)
    assert code == 1
    assert "甲方位置" in said
    net = mg.read(target)
    assert net.find("东城中心卫生院") == net.find("东城镇卫生院") == "A2"
    assert net.counts()["facilities"] == 6


def test_apply_tells_what_the_target_cannot_say(lists, tmp_path):
    """An edge list holds no facility without a link: how many are lost is told, as by convert."""
    words = ["reconcile", *map(str, lists), "--apply", str(tmp_path / "both.edges.csv")]
    result = CliRunner().invoke(cli, [*words, "--lang", "en"])
    assert "cannot say 6 facts" in result.stderr


def test_apply_never_onto_a_list(lists):
    """Neither list is written over."""
    with pytest.raises(TargetError):
        run(*lists, "--apply", lists[0])


def test_one_list_is_placed_by_hand(tmp_path):
    """A list that states no areas: a review of townships, decided on, and applied."""
    folder = tmp_path / "list"
    folder.mkdir()
    (folder / "facilities.csv").write_text(
        "id,name\nF1,宁溪镇卫生院\nF2,仁爱医院\n", encoding="utf-8"
    )
    areas = "id,name\n331003102000,宁溪镇\n331003001000,东城街道\n"
    (folder / "areas.csv").write_text(areas, encoding="utf-8")
    review, target = tmp_path / "places.xlsx", tmp_path / "placed.xlsx"
    assert run(folder, "--output", review)[0] == 0
    [first, second] = rows_of(review)
    assert (first["target_name"], second["target_name"]) == ("宁溪镇", None)
    decide(
        review,
        F1={"decision": "在此"},
        F2={"decision": "在此", "partner": "东城街道", "by": "市卫健委"},
    )
    assert run(folder, "--decisions", review, "--apply", target)[0] == 0
    placed = mg.read(target).nodes("Facility")["area"].to_dict()
    assert placed == {"F1": "331003102000", "F2": "331003001000"}
