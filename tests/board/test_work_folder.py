"""Files that somebody drops: read apart, asked about, opened; whatever they are, the board goes on."""

from __future__ import annotations

import io
import json
import zipfile

import docx
import openpyxl
import pytest

import medgraph as mg
from medgraph.board import work_folder
from medgraph.board.work_folder import WorkFolder
from medgraph.errors import MedGraphError, OptionError, SourceError
from medgraph.graphmodel.plan import Plan, Step
from medgraph.loaders import registry
from medgraph.loaders.plan_file import written_plan
from medgraph.words.say import speaking
from tests.board.served import Served


def roster():
    """A roster as planners have it: two groups, seven rows, a column nobody knows."""
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "名册"
    tab.append(["医共体", "机构名称", "机构类别", "备用列"])
    for group, names in (
        ("第一医共体", ["县人民医院", "东镇卫生院", "西镇卫生院"]),
        ("第二医共体", ["县中医院", "南镇卫生院", "北镇卫生院"]),
    ):
        for name in names:
            tab.append([group, name, "乡镇卫生院" if "镇" in name else "综合医院", "甲"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def folder(tmp_path):
    return WorkFolder(tmp_path)


def test_a_dropped_workbook_is_asked_about_and_opened(folder):
    with speaking("zh"):
        taken = folder.read(folder.receive("名册.xlsx", roster()))
    account = taken.account
    assert account["questions"]
    assert {"key", "text", "offered", "assumed", "decides", "places", "rows"} <= account[
        "questions"
    ][0].keys()
    names = set(taken.loaded.require().nodes("Facility")["name"])
    assert {"县人民医院", "东镇卫生院", "北镇卫生院"} <= names
    assert account["source"] != "名册.xlsx"  # the tidied workbook beside it
    assert (folder.folder / account["source"]).exists()


def test_an_answer_counts(folder):
    with speaking("zh"):
        name = folder.receive("名册.xlsx", roster())
        whole = next(
            one
            for one in folder.read(name).account["questions"]
            if one["key"].startswith("complete")
        )
        taken = folder.read(name, {whole["key"]: "是"})
    assert not any(one["key"] == whole["key"] for one in taken.account["questions"])
    assert taken.loaded.require().completeness("facilities")


def test_an_answer_to_nothing_is_refused(folder):
    name = folder.receive("名册.xlsx", roster())
    folder.read(name)
    assert "error" in folder.read(name, {"name|名册|nobody asked": "x"}).account


def test_the_same_file_is_kept_once_and_another_beside_it(folder):
    assert folder.receive("a.csv", b"x") == "a.csv"
    assert folder.receive("a.csv", b"x") == "a.csv"
    assert folder.receive("a.csv", b"y") == "a (2).csv"
    assert (folder.folder / "a.csv").read_bytes() == b"x"


@pytest.mark.parametrize(
    "name", ["../evil.xlsx", "C:\\evil.xlsx", "a/b.xlsx", "a\0b.csv", "\u202egpj.xlsx"]
)
def test_a_name_leads_to_no_other_folder(folder, name):
    kept = folder.receive(name, b"x")
    assert {path.name for path in folder.folder.iterdir()} == {kept}
    assert not set(kept) & set("\\/\0\u202e")


@pytest.mark.parametrize("name", ["", "..", "...", " ", "\u200b", "x" * 201])
def test_a_name_that_is_none_is_refused(folder, name):
    with pytest.raises(OptionError):
        folder.receive(name, b"x")


@pytest.mark.parametrize("name", ["../roster.mgz", "gone.xlsx", "", ".", "/etc/passwd"])
def test_no_other_file_is_opened(folder, name):
    with pytest.raises(OptionError):
        folder.read(name)


def bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (400 << 20))
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 100, b"{}", b"\0" * 1000, b"a,b\n1", bomb],
    ids=["empty", "cut", "old", "json", "zeros", "text", "bomb"],
)
def test_what_cannot_be_read_is_a_sentence(folder, content):
    name = folder.receive("x.xlsx", content() if callable(content) else content)
    try:
        account = folder.read(name).account
    except MedGraphError as error:
        account = {"error": str(error)}
    assert account["error"]


def test_reading_that_takes_too_long_is_ended(folder, monkeypatch):
    """The worker itself, with a second for what takes it several."""
    monkeypatch.setattr(work_folder, "_SECONDS", 1)
    rows = "".join(f"H{number},县医院{number},综合医院\n" for number in range(200_000))
    name = folder.receive("facilities.csv", f"id,name,type\n{rows}".encode())
    with speaking("en"), pytest.raises(SourceError, match="not read"):
        folder.read(name)


def test_a_plan_that_was_worked_on_is_there_again(tmp_path):
    """Drop, open, plan, leave: the file stands among the recent ones, with its plan."""
    served = Served(tmp_path)
    try:
        _, _, text = served.ask("POST", "/upload?name=%E5%90%8D%E5%86%8C.xlsx", roster())
        assert json.loads(text)["questions"]
        assert served.ask("GET", "/state")[0] == 422  # nothing is open
        assert served.ask("POST", "/open", {"name": "名册.xlsx"})[0] == 200
        assert served.begin("north")["name"] == "north"
        served.ask("POST", "/leave", {})
        _, _, page = served.ask("GET", "/")
        assert "名册" in page.partition('"recent": [')[2].partition("]")[0]
    finally:
        served.stop()


def test_a_dropped_plan_opens_on_the_file_that_it_changes(tmp_path):
    """With its base beside it; without, it is a sentence."""
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    plan = Plan("north", "", (Step(mg.changes.Move("TZ-P34", "G2")),))
    content = written_plan(plan, "roster.mgz")
    (tmp_path / "alone").mkdir()
    served, alone = Served(tmp_path), Served(tmp_path / "alone")
    try:
        served.ask("POST", "/upload?name=north.plan.json", content)
        assert served.ask("POST", "/open", {"name": "north.plan.json"})[0] == 200
        state = json.loads(served.ask("GET", "/state")[2])
        assert state["source"] == "roster.mgz"
        assert [one["name"] for one in state["plans"]] == ["north"]
        _, _, text = alone.ask("POST", "/upload?name=north.plan.json", content)
        assert "roster.mgz" in json.loads(text)["error"]
    finally:
        served.stop()
        alone.stop()


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path):
    served = Served(tmp_path)
    try:
        huge = {"Content_Length": str(200 << 20)}
        status, _, text = served.ask("POST", "/upload?name=a.xlsx", b"x", **huge)
        assert status == 413
        assert "64 MB" in text
        assert served.ask("GET", "/")[0] == 200
    finally:
        served.stop()


def test_the_sample_opens(tmp_path):
    served = Served(tmp_path)
    try:
        _, _, text = served.ask("POST", "/sample", {})
        assert served.ask("POST", "/open", {"name": json.loads(text)["name"]})[0] == 200
        assert len(json.loads(served.ask("GET", "/picture")[2])["tiles"]) == 43
    finally:
        served.stop()


def test_what_was_read_apart_is_what_the_source_says(folder):
    mg.write(mg.samples.taizhou(), folder.folder / "roster.xlsx")
    taken = folder.read("roster.xlsx")
    direct = registry.load(folder.folder / "roster.xlsx")
    assert taken.loaded.require() == direct.require()
    assert taken.loaded.rows_in == direct.rows_in


def test_a_folder_of_tables_is_opened_and_comes_back(tmp_path):
    """Its journal lies beside it, whatever the folder is called where one stands; it is among what was worked on."""
    mg.write(mg.samples.taizhou(), tmp_path / "tables")
    served = Served(f"{tmp_path}/tables/../tables/.")
    try:
        served.begin()
        assert (tmp_path / "tables.board").exists()
        assert served.ask("POST", "/leave", {})[0] == 200
        assert served.ask("POST", "/open", {"name": "tables"})[0] == 200
        assert len(json.loads(served.ask("GET", "/state")[2])["plans"]) == 1
        for name in ("", ".", "..", "../tables", "nowhere"):
            assert served.ask("POST", "/open", {"name": name})[0] == 422
    finally:
        served.stop()


def test_a_file_that_was_changed_is_read_again(tmp_path):
    """What was read for the questions of a file does not stand for what it holds later."""
    served = Served(tmp_path)
    try:
        for title in ("one", "two"):
            mg.write(mg.samples.taizhou().with_meta(title=title), tmp_path / "roster.mgz")
            if title == "one":
                served.ask("POST", "/answer", {"name": "roster.mgz", "answers": {}})
            assert served.ask("POST", "/open", {"name": "roster.mgz"})[0] == 200
            assert json.loads(served.ask("GET", "/picture")[2])["title"] == title
            served.ask("POST", "/leave", {})
    finally:
        served.stop()


def test_a_name_too_long_for_a_disk_is_a_sentence(folder):
    with pytest.raises(OptionError):
        folder.receive("县" * 90 + ".xlsx", b"")


# -- a folder, and the prose of a plan ----------------------------------------------------------------


def test_a_dropped_folder_of_tables_is_read_together(folder, tmp_path):
    mg.write(mg.samples.taizhou(), tmp_path / "away" / "tables")
    for file in sorted((tmp_path / "away" / "tables").iterdir()):
        name = folder.receive_into("tables", file.name, file.read_bytes())
    assert name == "tables"
    assert folder.read(name).loaded.require() == mg.samples.taizhou()


@pytest.mark.parametrize("where", ["..", "", "../x", "a/b", "/etc", "x" * 300])
def test_a_folder_leads_nowhere_else(folder, where):
    before = set(folder.folder.parent.iterdir())
    try:
        name = folder.receive_into(where, "../../nodes.csv", b"x")
    except OptionError:
        name = ""
    assert set(folder.folder.parent.iterdir()) == before
    assert "/" not in name


def test_a_folder_takes_no_endless_files_and_no_place_of_a_file(folder):
    folder.receive("roster.csv", b"x")
    with pytest.raises(OptionError):
        folder.receive_into("roster.csv", "nodes.csv", b"x")
    for number in range(40):
        folder.receive_into("many", f"{number}.csv", b"x")
    with pytest.raises(OptionError):
        folder.receive_into("many", "one more.csv", b"x")


def prose(folder, text):
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return folder.receive("方案.docx", content.getvalue())


def test_the_prose_of_a_plan_becomes_a_draft(folder, tmp_path):
    """It asks which counties it is about; after the answer the draft has their areas."""
    mg.samples.write_taizhou_plan(tmp_path / "plan.txt")
    with speaking("zh"):
        name = prose(folder, (tmp_path / "plan.txt").read_text(encoding="utf-8"))
        first = folder.read(name)
        assert [one["key"] for one in first.account["questions"]] == ["counties"]
        taken = folder.read(name, {"counties": "331002，331003,331004"})
        wrong = folder.read(name, {"counties": "000000"})
    assert taken.account["questions"] == []
    assert taken.account["source"] == "方案（草稿）.xlsx"
    assert len(taken.loaded.require().nodes("Group")) >= 4
    assert len(taken.loaded.require().nodes("Area")) > len(first.loaded.require().nodes("Area"))
    assert wrong.loaded is None
    assert "000000" in wrong.account["error"]


def test_a_document_without_a_plan_is_a_sentence(folder):
    assert folder.read(prose(folder, "hello")).loaded is None
    assert folder.read(folder.receive("x.pdf", b"%PDF-1.4 broken")).loaded is None
