"""Filled sheets come back: every answer is filled in, refused with its cell, or still open."""

from __future__ import annotations

import datetime

import openpyxl
import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli
from medgraph.errors import SourceError, TargetError
from medgraph.loaders.declare import declare
from medgraph.loaders.fill import fill
from medgraph.loaders.workbooks import question_sheet
from medgraph.words.answer_forms import AnswerForm
from medgraph.words.question_sheet import heading_named
from medgraph.words.say import speaking

PACK = "urban-2023"
MANY = {"boolean": "是", "vocabulary": "三级甲等", "integer": "1.2万"}


@pytest.fixture(autouse=True)
def chinese():
    with speaking("zh"):
        yield


@pytest.fixture
def source(tmp_path):
    mg.write(mg.samples.taizhou(), tmp_path / "taizhou.json")
    return tmp_path / "taizhou.json"


def sheet(tmp_path, name="q.xlsx", by="", net=None):
    asked = mg.policy.ask(mg.policy.audit(net or mg.samples.taizhou(), PACK))
    question_sheet.write(asked.frame, tmp_path / name, by=by)
    return tmp_path / name


def answer(path, wanted, text, *, by=None, date=None):
    """Write an answer beside the question whose key, joined by blanks, is `wanted`; return its cell."""
    book = openpyxl.load_workbook(path)
    for tab in book.worksheets:
        head = {heading_named(cell.value): cell.column for cell in tab[1]}
        for row in range(2, tab.max_row + 1):
            parts = [
                tab.cell(row, head[name]).value
                for name in ("table", "column", "id")
                if name in head
            ]
            if " ".join(filter(None, parts)) == wanted:
                for name, value in (("answer", text), ("by", by), ("date", date)):
                    tab.cell(row, head[name]).value = value
                book.save(path)
                return f"{path.name} {tab.title}!C{row}"
    raise AssertionError(wanted)


def refused(source, *files, output=None):
    return [(place, reason) for place, _, reason in fill(source, files, output=output).refused]


def test_a_cell_is_filled_in(source, tmp_path):
    """A level in people's words becomes the word of its column; all other questions stay open."""
    path = sheet(tmp_path)
    answer(path, "facilities level TZ-H01", "三甲")
    done = fill(source, [path])
    assert (len(done.filled), len(done.refused)) == (1, 0)
    assert done.total == 1 + len(done.open)
    assert mg.read(source).nodes().loc["TZ-H01", "level"] == "3A"
    assert mg.read(source) == done.network


def test_what_a_target_cannot_say_is_told(source, tmp_path):
    """As `convert` tells it, in the account and on the console."""
    path = sheet(tmp_path)
    answer(path, "facilities level TZ-H01", "三甲")
    result = CliRunner().invoke(
        cli, ["fill", str(source), str(path), "--output", str(tmp_path / "a.net")]
    )
    assert "写不进去" in result.stderr
    done = fill(source, [path], output=tmp_path / "a.net")
    assert {row["what"] for row in done.to_dict()["lossy"]} >= {"facilities.level"}


def test_a_statement_is_refused_where_it_cannot_stand(source, tmp_path):
    """A format without a place for what is stated of the whole declares nothing."""
    with pytest.raises(TargetError):
        declare(source, "facilities", "complete", by="x", output=tmp_path / "a.net")


def test_a_declaration_is_written_with_by_and_day(source, tmp_path):
    """It stands where completeness looks for it, without a day for that of the data."""
    path = sheet(tmp_path)
    answer(path, "links.TELEMEDICINE", "是", by="市卫健委")
    answer(path, "links.RECOGNISES_RESULTS", "否", by="市卫健委", date="2023年10月1日")
    fill(source, [path])
    net = mg.read(source)
    declared = net.completeness("links.TELEMEDICINE")
    assert (declared.state, declared.by, declared.date) == ("complete", "市卫健委", "2023-10-25")
    partial = net.completeness("links.RECOGNISES_RESULTS")
    assert (partial.state, partial.date) == ("partial", "2023-10-01")


def test_a_declaration_takes_nothing_of_the_one_before(tmp_path):
    """Whoever answers now rests on no clause that another office named."""
    path = sheet(tmp_path)
    answer(path, "links.TELEMEDICINE", "是", by="市卫健委")
    before = {"complete": "partial", "complete_by": "县医院", "complete_clause": "附件9"}
    stated = {f"links.TELEMEDICINE.{key}": text for key, text in before.items()}
    mg.write(mg.samples.taizhou().with_meta(**stated), tmp_path / "now.json")
    fill(tmp_path / "now.json", [path])
    declared = mg.read(tmp_path / "now.json").completeness("links.TELEMEDICINE")
    assert (declared.state, declared.by, declared.clause) == ("complete", "市卫健委", "")


def test_links_are_added_with_their_cell(source, tmp_path):
    """A name becomes a link that says from which cell of which file, and the list is declared whole."""
    path = sheet(tmp_path)
    centre = mg.samples.taizhou().nodes("SharedCentre").index[0]
    place = answer(path, "links >USES_CENTRE TZ-P11", centre, by="市卫健委")
    fill(source, [path])
    net = mg.read(source)
    [link] = net.edges("USES_CENTRE").query("source == 'TZ-P11'").to_dict("records")
    assert (link["target"], link["basis"]) == (centre, "explicit")
    assert (
        link["origin"] == f"q.xlsx|{place.split(' ')[1].split('!')[0]}|{place.split('!')[1]}|typed"
    )
    assert net.completeness("links.USES_CENTRE.TZ-P11").state == "complete"
    assert net.counts()["links"] == mg.samples.taizhou().counts()["links"] + 1


def test_a_link_of_the_plan_alone_is_confirmed(tmp_path):
    """An expanded link says what will be; an answer that names it is a statement of its own."""
    path = sheet(tmp_path)
    centre = mg.samples.taizhou().nodes("SharedCentre").index[0]
    answer(path, "links >USES_CENTRE TZ-P11", centre, by="市卫健委")
    net = mg.samples.taizhou().linked("TZ-P11", "USES_CENTRE", centre, basis="expanded")
    mg.write(net, tmp_path / "now.json")
    fill(tmp_path / "now.json", [path])
    links = mg.read(tmp_path / "now.json").edges("USES_CENTRE").query("source == 'TZ-P11'")
    assert sorted(links["basis"]) == ["expanded", "explicit"]


def test_none_is_a_list_too(source, tmp_path):
    """无 adds no link, and declares that there is none."""
    path = sheet(tmp_path)
    answer(path, "links >USES_CENTRE TZ-P11", "无", by="市卫健委")
    assert len(fill(source, [path]).filled) == 1
    net = mg.read(source)
    assert net.counts()["links"] == mg.samples.taizhou().counts()["links"]
    assert net.completeness("links.USES_CENTRE.TZ-P11").state == "complete"


@pytest.mark.parametrize("more", ["、待定", "、TZ-S-G1-ecg等"])
def test_a_list_that_says_that_there_is_more_closes_nothing(source, tmp_path, more):
    """What is named would be taken for all there is."""
    path = sheet(tmp_path)
    centre = mg.samples.taizhou().nodes("SharedCentre").index[0]
    answer(path, "links >USES_CENTRE TZ-P11", centre + more, by="市卫健委")
    assert len(refused(source, path)) == 1
    assert mg.read(source).completeness("links.USES_CENTRE.TZ-P11").state != "complete"


def test_a_cell_of_a_link_is_filled_in(source, tmp_path):
    """The three priorities are attributes of the referral itself."""
    path = sheet(tmp_path)
    answer(path, "links priority_visit TZ-P11|REFERS_UP_TO|TZ-H02", "√")
    fill(source, [path])
    [link] = mg.read(source).edges("REFERS_UP_TO").query("source == 'TZ-P11'").to_dict("records")
    assert link["priority_visit"] == "yes"


@pytest.mark.parametrize(
    ("wanted", "text", "reason"),
    [
        ("facilities level TZ-H01", "特级", "“特级”不能采用。可填：三级甲等"),
        ("facilities outpatient_slots TZ-H01", "约300", "整数"),
        ("facilities outpatient_slots TZ-H01", "-3", "整数"),
        ("facilities outpatient_slots TZ-H01", "9" * 20, "整数"),
        ("groups charter G1", "2021-12-20", "可填：是、否"),
        ("links.TELEMEDICINE", "大概", "可填：是、否"),
        ("links.TELEMEDICINE", "是", "由谁"),
        ("links >USES_CENTRE TZ-P11", "不存在的中心", "不存在的中心"),
        ("links >USES_CENTRE TZ-P11", "TZ-H01", "不是这种关系能连的对象"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_cell(source, tmp_path, wanted, text, reason):
    """Nothing is guessed, and the source stays as it is."""
    path = sheet(tmp_path)
    place = answer(path, wanted, text)
    before = source.read_bytes()
    [(found, why)] = refused(source, path)
    assert found.split("!")[0] == place.split("!")[0]
    assert reason in why
    assert source.read_bytes() == before


@pytest.mark.parametrize("text", ["待定", "", "不详", "n/a"])
def test_undecided_is_still_open(source, tmp_path, text):
    """待定 is no answer."""
    path = sheet(tmp_path)
    answer(path, "groups charter G1", text)
    done = fill(source, [path])
    assert (len(done.filled), len(done.refused)) == (0, 0)
    assert done.target is None


def test_two_files_that_contradict_are_both_refused(source, tmp_path):
    """Each names the cell of the other; two that agree are filled in."""
    paths = [sheet(tmp_path, "a.xlsx"), sheet(tmp_path, "b.xlsx")]
    places = [
        answer(path, "groups charter G1", text) for path, text in zip(paths, "是否", strict=True)
    ]
    for path in paths:
        answer(path, "groups charter G2", "有")
    done = fill(source, paths)
    assert [
        (place, other in reason)
        for (place, _, reason), other in zip(done.refused, places[::-1], strict=True)
    ] == [
        (places[0], True),
        (places[1], True),
    ]
    assert len(done.filled) == 2
    charter = mg.read(source).nodes("Group")["charter"]
    assert charter["G2"] == "yes"
    assert charter.isna()["G1"]


def test_an_id_that_is_gone_is_refused(tmp_path):
    """The network changed meanwhile: the answer has nowhere to go."""
    path = sheet(tmp_path)
    answer(path, "facilities level TZ-H01", "三甲")
    answer(path, "links priority_visit TZ-P11|REFERS_UP_TO|TZ-H02", "是")
    net = mg.samples.taizhou().without("TZ-H01").without("TZ-P11")
    mg.write(net, tmp_path / "now.json")
    assert ["已没有" in reason for _, reason in refused(tmp_path / "now.json", path)] == [
        True,
        True,
    ]


def test_what_the_source_states_meanwhile_is_not_overwritten(tmp_path):
    """What says another thing, or says in words what nobody reads, stays; what says nothing gives way."""
    path = sheet(tmp_path)
    answer(path, "groups charter G1", "是")
    nodes = mg.samples.taizhou().nodes()
    for before, count in (("无", 1), ("已起草，见附件3", 1), ("已制定", 0), ("待定", 0)):
        nodes.loc["G1", "charter"] = before
        net = mg.MedicalNetwork.from_frames(nodes, mg.samples.taizhou().edges())
        mg.write(net, tmp_path / "now.json")
        assert len(refused(tmp_path / "now.json", path)) == count


def test_a_list_that_leaves_out_what_is_there_is_refused(tmp_path):
    """Whoever lists all has to name what the data has."""
    path = sheet(tmp_path)
    centres = mg.samples.taizhou().nodes("SharedCentre").index
    answer(path, "links >USES_CENTRE TZ-P11", centres[0], by="市卫健委")
    net = mg.samples.taizhou().linked("TZ-P11", "USES_CENTRE", centres[1])
    mg.write(net, tmp_path / "now.json")
    [(_, reason)] = refused(tmp_path / "now.json", path)
    assert net.name(centres[1]) in reason


@pytest.mark.parametrize(("text", "count"), [("1/3", 1), ("9" * 400, 1), ("35", 0)])
def test_a_number_that_its_column_cannot_hold_is_refused(source, tmp_path, text, count):
    """Minutes have digits; a third has no end of them."""
    path = sheet(tmp_path)
    answer(path, "links priority_visit TZ-P11|REFERS_UP_TO|TZ-H02", text)
    book = openpyxl.load_workbook(path)
    tab = book.worksheets[0]
    head = {heading_named(cell.value): cell.column for cell in tab[1]}
    [row] = [n for n in range(2, tab.max_row + 1) if tab.cell(n, head["answer"]).value]
    tab.cell(row, head["column"]).value = "minutes"
    tab.cell(row, head["form"]).value = "number"
    book.save(path)
    assert len(refused(source, path)) == count


def over(net, centre):
    """The network in which a use of a centre was over before the data day."""
    long_over = {"valid_from": datetime.date(2020, 1, 1), "valid_to": datetime.date(2022, 1, 1)}
    return net.linked("TZ-P11", "USES_CENTRE", centre, **long_over)


def test_a_link_that_is_over_is_stated_anew(tmp_path):
    """What ended holds again from the day of the answer on; both are kept."""
    path = sheet(tmp_path)
    centre = mg.samples.taizhou().nodes("SharedCentre").index[0]
    answer(path, "links >USES_CENTRE TZ-P11", centre, by="市卫健委")
    mg.write(over(mg.samples.taizhou(), centre), tmp_path / "now.json")
    assert not refused(tmp_path / "now.json", path)
    net = mg.read(tmp_path / "now.json")
    assert len(net.edges("USES_CENTRE").query("source == 'TZ-P11'")) == 2
    [link] = (
        net.as_of(net.data_day).edges("USES_CENTRE").query("source == 'TZ-P11'").to_dict("records")
    )
    assert link["valid_from"].date() == net.data_day


def test_a_link_that_is_over_need_not_be_listed(tmp_path):
    """A whole list is that of its day."""
    path = sheet(tmp_path)
    centre = mg.samples.taizhou().nodes("SharedCentre").index[0]
    answer(path, "links >USES_CENTRE TZ-P11", "无", by="市卫健委")
    mg.write(over(mg.samples.taizhou(), centre), tmp_path / "now.json")
    assert not refused(tmp_path / "now.json", path)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("form", "text"),
        ("form", "="),
        ("column", "name"),
        ("table", "meta"),
        ("kind", "x"),
        ("id", ""),
    ],
)
def test_a_row_that_was_tampered_with_is_refused(source, tmp_path, column, value):
    """The hidden columns cannot be used to write what was not asked."""
    path = sheet(tmp_path)
    answer(path, "facilities level TZ-H01", "三甲")
    book = openpyxl.load_workbook(path)
    tab = book.worksheets[0]
    head = {heading_named(cell.value): cell.column for cell in tab[1]}
    for row in range(2, tab.max_row + 1):
        if tab.cell(row, head["answer"]).value:
            tab.cell(row, head[column]).value = value
    book.save(path)
    assert len(refused(source, path)) == 1


@pytest.mark.parametrize("target", ["folder", "plan.xlsx", "plan.json", "plan.graphml", "plan.mgz"])
def test_every_format_is_filled_in_place(tmp_path, target):
    """The network read again is the network with the answers."""
    mg.write(mg.samples.taizhou(), tmp_path / target)
    path = sheet(tmp_path)
    answer(path, "facilities level TZ-H01", "三甲")
    answer(path, "groups charter G1", "有")
    answer(path, "links.TELEMEDICINE", "是", by="市卫健委")
    done = fill(tmp_path / target, [path])
    assert mg.read(tmp_path / target) == done.network
    assert mg.read(tmp_path / target).nodes("Group").loc["G1", "charter"] == "yes"


def test_output_leaves_the_source_alone(source, tmp_path):
    """A copy is written where one is asked for, of its own format."""
    path = sheet(tmp_path)
    answer(path, "groups charter G1", "是")
    before = source.read_bytes()
    fill(source, [path], output=tmp_path / "new.xlsx")
    assert source.read_bytes() == before
    assert mg.read(tmp_path / "new.xlsx").nodes("Group").loc["G1", "charter"] == "yes"


@pytest.mark.parametrize("output", [None, "plan.xlsx"])
def test_what_would_be_lost_is_not_overwritten(tmp_path, output):
    """A workbook with another sheet is refused whole, also where it is named as output."""
    mg.write(mg.samples.taizhou(), tmp_path / "plan.xlsx")
    path = sheet(tmp_path)
    answer(path, "groups charter G1", "是")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    book.create_sheet("我的计算")["A1"] = 1
    book.save(tmp_path / "plan.xlsx")
    before = (tmp_path / "plan.xlsx").read_bytes()
    with pytest.raises(TargetError, match="我的计算"):
        fill(tmp_path / "plan.xlsx", [path], output=output and tmp_path / output)
    assert (tmp_path / "plan.xlsx").read_bytes() == before


@pytest.mark.parametrize("of", ["folder", "folder/facilities.csv"])
def test_a_folder_keeps_what_is_no_table_of_its_own(tmp_path, of):
    """Other people's words are not written again, and one table alone has no room for the rest."""
    mg.write(mg.samples.taizhou(), tmp_path / "folder")
    (tmp_path / "folder" / "对照.csv").write_text(
        "原文,对应\n社康,社区卫生服务站\n", encoding="utf-8"
    )
    path = sheet(tmp_path)
    answer(path, "groups charter G1", "是")
    before = {file: file.read_bytes() for file in (tmp_path / "folder").iterdir()}
    with pytest.raises(TargetError, match="facilities" if of.endswith("csv") else "对照"):
        fill(tmp_path / of, [path])
    assert {file: file.read_bytes() for file in (tmp_path / "folder").iterdir()} == before


def somebodys_own(path):
    """Write a workbook that was not made for us."""
    book = openpyxl.Workbook()
    book.active.append(["名称", "床位"])
    book.active.append(["甲医院", 800])
    book.save(path)
    return path


def test_the_original_is_never_the_output(tmp_path):
    """Somebody's own workbook stays, though no answer came back for it."""
    own, path = somebodys_own(tmp_path / "own.xlsx"), sheet(tmp_path)
    before = own.read_bytes()
    with pytest.raises(TargetError, match=r"own\.xlsx"):
        fill(own, [path], output=own)
    assert own.read_bytes() == before


def test_a_workbook_of_somebody_else_is_never_the_output(source, tmp_path):
    """What was there and is no network of ours stays, though it was not read."""
    own, path = somebodys_own(tmp_path / "own.xlsx"), sheet(tmp_path)
    answer(path, "groups charter G1", "是")
    before = own.read_bytes()
    with pytest.raises(TargetError, match=r"own\.xlsx"):
        fill(source, [path], output=own)
    assert own.read_bytes() == before


def test_a_sheet_that_came_back_is_never_the_output(source, tmp_path):
    """The answers stay where they were written."""
    path = sheet(tmp_path)
    answer(path, "groups charter G1", "是")
    before = path.read_bytes()
    with pytest.raises(TargetError, match=r"q\.xlsx"):
        fill(source, [path], output=tmp_path / "." / "q.xlsx")
    assert path.read_bytes() == before


def test_a_held_file_stays_whole(source, tmp_path):
    """Where the source cannot be written, nothing of it is changed."""
    mg.write(mg.samples.taizhou(), tmp_path / "plan.xlsx")
    (tmp_path / "~$plan.xlsx").touch()
    path = sheet(tmp_path)
    answer(path, "groups charter G1", "是")
    before = (tmp_path / "plan.xlsx").read_bytes()
    with pytest.raises(TargetError):
        fill(tmp_path / "plan.xlsx", [path])
    assert (tmp_path / "plan.xlsx").read_bytes() == before


def test_no_sheet_of_questions_is_told(source, tmp_path):
    """A workbook of something else cannot be read back."""
    book = openpyxl.Workbook()
    book.active.append(["名称", "床位"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(SourceError, match=r"other\.xlsx"):
        fill(source, [tmp_path / "other.xlsx"])


@pytest.mark.parametrize("by", ["township", "member_of"])
def test_a_sheet_for_each_part_reads_back_whole(source, tmp_path, by):
    """Each township or group has its sheet, and together they hold every question once."""
    path = sheet(tmp_path, by=by)
    names = openpyxl.load_workbook(path).sheetnames
    assert len(names) > 3
    assert len(names) == len({name.casefold() for name in names})
    rows = question_sheet.read(path)
    assert (
        len(rows)
        == len({row.key for row in rows})
        == len(mg.policy.ask(mg.policy.audit(mg.read(source), PACK)).frame)
    )


def test_names_are_never_formulas(tmp_path):
    """A facility that is called like a formula stays text in every cell, and its question reads back."""
    nodes = mg.samples.taizhou().nodes()
    nodes.loc["TZ-H01", "name"] = '=HYPERLINK("http://x","y")'
    nodes.loc["G1", "name"] = "+1:*?/[x]'"
    net = mg.MedicalNetwork.from_frames(
        nodes, mg.samples.taizhou().edges(), dict(mg.samples.taizhou().meta)
    )
    path = sheet(tmp_path, by="member_of", net=net)
    cells = [cell for tab in openpyxl.load_workbook(path) for row in tab for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)


def test_sorted_and_deleted_rows_read_back(source, tmp_path):
    """What a row asks stands in the row: others may be gone."""
    path = sheet(tmp_path)
    answer(path, "groups charter G1", "是")
    book = openpyxl.load_workbook(path)
    tab = book.worksheets[0]
    head = {heading_named(cell.value): cell.column for cell in tab[1]}
    for row in range(tab.max_row, 1, -1):
        if not tab.cell(row, head["answer"]).value:
            tab.delete_rows(row)
    book.save(path)
    done = fill(source, [path])
    assert (done.total, len(done.filled)) == (1, 1)


def test_every_question_answered_is_taken(tmp_path):
    """An answer in each form, written by hand, is filled in; the audit has nothing undecided."""
    mg.write(mg.samples.taizhou(), tmp_path / "plan.json")
    path = sheet(tmp_path)
    book = openpyxl.load_workbook(path)
    tab = book.worksheets[0]
    head = {heading_named(cell.value): cell.column for cell in tab[1]}
    for row in range(2, tab.max_row + 1):
        form = AnswerForm.parse(tab.cell(row, head["form"]).value)
        tab.cell(row, head["answer"]).value = MANY.get(
            form.name, "无" if form.name == "ends" else "是"
        )
        tab.cell(row, head["by"]).value = "市卫健委"
    book.save(path)
    done = fill(tmp_path / "plan.json", [path])
    assert len(done.filled) == done.total
    assert mg.policy.audit(mg.read(tmp_path / "plan.json"), PACK).counts["NO_DATA"] == 0
