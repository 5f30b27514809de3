"""Every question of the table stands on the board, and its numbers are those of the command line."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.board.answers import Answers, forms
from medgraph.board.desk import Desk
from medgraph.board.maps import COMPARE, FLOWS, OPTIONS, map_forms
from medgraph.board.option_files import FILES, OptionFiles
from medgraph.board.page import page
from medgraph.board.requests import Asks
from medgraph.board.table_columns import columns_of
from medgraph.cli import cli
from medgraph.errors import MedGraphError, OptionError, SourceError
from medgraph.loaders import registry
from medgraph.progress import stop_if_asked
from medgraph.queries.comparison.asked import Asked
from medgraph.queries.planning import stages
from medgraph.queries.verbs import BY_NAME, OVER_RECORDS
from medgraph.visuals.report.tables import ReportTable
from medgraph.words.say import speaking

# What a question has to be given, or is given to be quick.
NEEDED = {
    "coverage.access": {"times": ["times.csv"], "minutes": ["30", "60"]},
    "coverage.catchments": {"times": ["times.csv"]},
    "coverage.isochrones": {"times": ["times.csv"], "minutes": ["30"]},
    "referrals.load": {"rate": "20"},
    "referrals.paths": {"direction": "down", "within_group": True},
    "referrals.bottlenecks": {"top": "3"},
    "sharing.matrix": {"obligations": ["lead", "imaging"]},
    "propose.regroup": {"max_moves": "3"},
    "propose.sites": {"times": ["times.csv"], "model": "lscp", "radius": "60"},
    "propose.links": {"obligations": ["imaging"]},
    "resilience.repair": {"obligations": ["imaging"]},
    "referrals.flows": {"records": ["records.csv"], "follow": "30", "threshold": "5"},
    "referrals.shares": {"records": ["records.csv"], "threshold": "5"},
}
SUBJECT = "TZ-P34"
RECORDS = """from,to,date,arrived,kind,person,encounter,residence,count
TZ-P34,TZ-H01,2023-10-05,2023-10-06,up,a,inpatient,331002001000,1
TZ-H01,TZ-P34,2023-10-15,2023-10-16,down,a,inpatient,331002001000,1
TZ-P07,TZ-H01,2023-11-05,2023-11-05,up,b,outpatient,331003001000,40
TZ-P35,nowhere,2023-10-05,2023-10-07,up,c,outpatient,331002004000,12
,TZ-H01,2023-10-06,2023-10-06,up,d,emergency,331002004000,30
TZ-P11,TZ-H02,someday,2023-10-06,up,e,emergency,331002004000,1
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The sample on the disk, and times from every area to four facilities."""
    folder = tmp_path_factory.mktemp("answers")
    net = mg.samples.taizhou()
    mg.write(net, folder / "roster.mgz")
    rows = [
        {"origin": area, "destination": facility, "minutes": 5 + (7 * n + 11 * m) % 70}
        for n, area in enumerate(net.nodes("Area").index)
        for m, facility in enumerate(("TZ-P11", "TZ-P34", "TZ-P35", "TZ-P12"))
    ]
    pd.DataFrame(rows).to_csv(folder / "times.csv", index=False)
    (folder / "records.csv").write_text(RECORDS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def asked(folder):
    net = mg.read(folder / "roster.mgz")
    return Asked(net, net.day(None))


def given_to(answers, folder, verb):
    """What the page sends for a question: files by their keys."""
    found = dict(NEEDED.get(verb.name, {}))
    for option in verb.every_option:
        if option.kind.name in FILES and option.name in found:
            name, kind = found[option.name][0], option.kind.name.lower()
            content = (folder / name).read_bytes()
            found[option.name] = [answers.files.receive(name, content, kind)["key"]]
    return json.dumps({**found, **({"subject": SUBJECT} if verb.subject else {})})


def line_of(folder, verb):
    """What somebody types for the same question."""
    words = [verb.noun, verb.function.replace("_", "-"), str(folder / "roster.mgz")]
    words += [SUBJECT] if verb.subject else []
    for name, value in NEEDED.get(verb.name, {}).items():
        option = f"--{name.replace('_', '-')}"
        for each in value if isinstance(value, list) else [value]:
            text = str(folder / each) if str(each).endswith(".csv") else str(each)
            words += [option] if each is True else [option, text]
    return words


def sheets(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {tab.title: [[cell.value for cell in row] for row in tab.rows] for tab in book}


def alike(one, other):
    """A workbook keeps sixteen digits of a number."""
    is_number = isinstance(one, float) and isinstance(other, float | int)
    return one == pytest.approx(other, rel=1e-14) if is_number else one == other


@pytest.mark.parametrize("name", BY_NAME)
def test_every_question_of_the_table_gives_what_the_command_gives(asked, folder, name):
    """The form has every option; share, bounds and account, and each cell of the workbook, are equal."""
    verb, answers = BY_NAME[name], Answers()
    [form] = [one for one in forms() if one["name"] == name]
    assert [one["name"] for one in form["options"]] == [one.name for one in verb.every_option]
    path = folder / f"{name}.xlsx"
    with speaking("en"):
        given = given_to(answers, folder, verb)
        found = answers.ask(asked, name, given)
        line = [*line_of(folder, verb), "--output", str(path), "--lang", "en"]
        done = CliRunner().invoke(cli, line)
        assert done.exit_code in (0, 1), done.output
        mine = answers.workbook(asked, name, given, None)
    told = sheets(path.read_bytes())
    assert sheets(mine) == told
    assert ["result", found["accounted"]] in told["definition"]
    rows = next(iter(told.values())) or [[]]
    assert found["rows"] == len(rows) - 1
    assert [column["heading"] for column in found["columns"]] == [one or "" for one in rows[0]]
    for number, column in enumerate(found["columns"]):
        shown = [column["values"][place] for place in column["places"]]
        told = ["" if row[number] is None else row[number] for row in rows[1:]]
        assert all(map(alike, shown, told))
    json.dumps(found, allow_nan=False)


def test_every_question_and_option_is_explained_in_both_languages():
    for lang in ("zh", "en"):
        with speaking(lang):
            for form in forms():
                assert form["about"]
                assert all(option["about"] for option in form["options"])


def test_options_change_the_answer_as_on_the_command_line(asked, folder):
    given = {"area": "331003", "basis": "explicit", "as_of": "2024-01-01"}
    line = ["referrals", "paths", str(folder / "roster.mgz"), "--lang", "en"]
    line += ["--area", "331003", "--basis", "explicit", "--as-of", "2024-01-01"]
    with speaking("en"):
        found = Answers().ask(asked, "referrals.paths", json.dumps(given))
        assert found["accounted"] in CliRunner().invoke(cli, line).stdout


def test_a_workbook_has_the_rows_that_are_shown_in_their_order(asked):
    answers = Answers()
    with speaking("en"):
        whole = sheets(answers.workbook(asked, "coverage.served", "{}", None))
        some = sheets(answers.workbook(asked, "coverage.served", "{}", [7, 2]))
    rows, chosen = next(iter(whole.values())), next(iter(some.values()))
    assert chosen == [rows[0], rows[8], rows[3]]
    assert "Shown: 2 of 43 rows" in str(some) or "2 of 43" in str(some)


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("coverage.fly", "{}"),
        ("../etc", "{}"),
        ("coverage.served", "x"),
        ("coverage.served", "[]"),
        ("coverage.served", "[" * 100_000),
        ("coverage.served", '{"records": "x"}'),
        ("coverage.served", '{"as_of": "tomorrow"}'),
        ("coverage.served", '{"as_of": 5}'),
        ("coverage.served", '{"basis": "rumour"}'),
        ("coverage.served", '{"area": {"a": 1}}'),
        ("referrals.path", "{}"),
        ("referrals.path", '{"subject": 5}'),
        ("referrals.path", '{"subject": "nobody"}'),
        ("referrals.paths", '{"direction": "sideways"}'),
        ("referrals.bottlenecks", '{"top": "many"}'),
        ("coverage.access", '{"times": "../../etc/passwd"}'),
        ("coverage.access", '{"times": ["x", "y"]}'),
        ("coverage.access", '{"times": [{"a": 1}]}'),
        ("coverage.access", '{"decay": "10"}'),
        ("propose.links", '{"candidates": ["x"]}'),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(asked, verb, given):
    with pytest.raises(MedGraphError):
        Answers().ask(asked, verb, given)


@pytest.mark.parametrize("rows", [[99], [-1], ["x"], [None], [[0]]])
def test_rows_that_are_not_there_are_refused(asked, rows):
    with pytest.raises(OptionError):
        Answers().workbook(asked, "coverage.served", "{}", rows)


def test_a_table_is_ordered_numbers_first_what_is_empty_last():
    rows = ((3, "乙"), (float("inf"), "甲"), (1, ""), ("", "丙"), (2, "b"), (1, "A"))
    table = ReportTable("x", "x", ("N", "T"), rows, columns=("n", "t"))
    numbers, texts = columns_of(table)
    assert numbers["values"] == [1, 2, 3, "inf", ""]
    assert [numbers["values"][place] for place in numbers["places"]] == [3, "inf", 1, "", 2, 1]
    assert texts["values"] == ["A", "b", "丙", "甲", "乙", ""]
    assert columns_of(ReportTable("x", "x", ("N",), (), columns=("n",)))[0]["values"] == []


# -- files of options --------------------------------------------------------------------------------


def bomb():
    """A workbook of a few kilobytes that unpacks to a gigabyte."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<x>" + b" " * (300 << 20))
    return content.getvalue()


def test_a_workbook_of_an_option_is_read_apart(folder):
    """A workbook with a line above gives what the same table as CSV gives."""
    book = openpyxl.Workbook()
    book.active.append(["起点", "终点", "分钟"])
    book.active.append(["331002001000", "TZ-P34", 12.5])
    content = io.BytesIO()
    book.save(content)
    files = OptionFiles()
    key = files.receive("时间.xlsx", content.getvalue())["key"]
    found = files.read("TRAVEL_TIMES", [key])
    assert found[["origin", "destination", "minutes"]].to_numpy().tolist() == [
        ["331002001000", "TZ-P34", 12.5]
    ]


@pytest.mark.parametrize("name", ["../../x.csv", "..", "", "a" * 300, "x\0y.csv"])
def test_no_name_of_a_file_leads_anywhere(name):
    files = OptionFiles()
    try:
        given = files.receive(name, b"origin,destination,minutes\na,b,1\n")
    except OptionError:
        return
    assert "/" not in given["name"]
    assert len(files.read("TRAVEL_TIMES", [given["key"]])) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00", b'"a,b\n'])
def test_a_file_that_is_no_table_is_a_sentence(content):
    files = OptionFiles()
    with pytest.raises(MedGraphError):  # noqa: PT012  # some are no table, some hold nothing
        key = files.receive("x.xlsx", content)["key"]
        files.read("TRAVEL_TIMES", [key])


def test_a_bomb_costs_a_sentence():
    with pytest.raises(SourceError):
        OptionFiles().receive("x.xlsx", bomb())


# -- maps, audits, pages -------------------------------------------------------------------------------


@pytest.fixture
def asks(folder, tmp_path):
    source = tmp_path / "roster.mgz"
    source.write_bytes((folder / "roster.mgz").read_bytes())
    desk = Desk(source, registry.load(source))
    yield Asks(desk)
    desk.close()


@pytest.mark.parametrize("kind", [kind for kind in OPTIONS if kind not in ("geo", FLOWS)])
def test_every_map_of_a_plan_is_drawn(asks, kind):
    plan = asks.desk.begin("north", who="commission")
    asks.desk.change(plan.id, [mg.changes.Move("TZ-P34", "G2")], after=plan.last, who="x")
    assert asks.map(kind, plan.id).to_html().startswith("<!DOCTYPE html>")


# What of a line is no question of the board: where files lie and go, and what counts them.
OF_THE_SHELL = {
    *("source", "before", "after", "output", "mapping", "lenient", "lang", "scale"),
    *("each", "drill_down", "append", "engine", "master", "memory"),
}


def test_every_map_and_every_option_of_the_command_line_is_offered():
    """But what writes further files beside the first: `--each` and `--drill-down`."""
    with speaking("en"):
        forms = {form["kind"]: form for form in map_forms()}
    commands = cli.commands["map"].commands
    assert forms.keys() == commands.keys()
    for kind, form in forms.items():
        offered = {option["name"] for option in form["options"]} | {*form["of_all"]}
        assert offered == {param.name for param in commands[kind].params} - OF_THE_SHELL, kind
        assert form["about"]
        assert all(option["about"] for option in form["options"])


@pytest.mark.parametrize("name", [verb.name for verb in OVER_RECORDS])
def test_questions_over_records_offer_every_option_of_the_command_line(name):
    noun, verb = name.split(".")
    [form] = [form for form in forms() if form["name"] == name]
    params = {param.name for param in cli.commands[noun].commands[verb].params}
    of_all = {"as_of", "area", "basis", "format_", "where", "columns", "most"}
    assert {option["name"] for option in form["options"]} == params - OF_THE_SHELL - of_all
    assert form["waits"]


def given_records(asks, *names, content=RECORDS, **options):
    keys = [asks.answers.files.receive(name, content.encode(), "records")["key"] for name in names]
    return json.dumps({**options, "records": keys})


def test_the_map_of_flows_is_that_of_the_command_line(asks, folder, tmp_path):
    path = tmp_path / "flows.html"
    line = ["map", "flows", str(folder / "roster.mgz"), "--records", str(folder / "records.csv")]
    line += ["--threshold", "5", "--direction", "down", "--lang", "en", "--output", str(path)]
    assert CliRunner().invoke(cli, line).exit_code == 0
    given = given_records(asks, "records.csv", threshold="5", direction="down")
    with speaking("en"):
        assert asks.map(FLOWS, "", given).to_html() == path.read_text(encoding="utf-8")


def test_a_map_is_drawn_as_its_form_says(asks):
    with speaking("en"):
        one, other = (
            asks.map("network", "", json.dumps(given)).to_html()
            for given in ({"around": "TZ-P34"}, {"around": "TZ-P34", "depth": "2"})
        )
        assert len(one) < len(other)
        county = asks.map("tiles", "", '{"area": "331003"}')
        assert county.counts["all"] < asks.map("tiles").counts["all"]
        days = '{"from_day": "2023-01-01", "to_day": "2024-01-01"}'
        assert "2023-01-01" in asks.map(COMPARE, "", days).to_html()


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("../x", "{}"),
        ("fly", "{}"),
        ("tiles", "x"),
        ("tiles", '{"around": "TZ-P34"}'),
        ("tiles", '{"as_of": "someday"}'),
        ("network", '{"depth": "many"}'),
        ("network", '{"around": "nobody"}'),
        ("geo", '{"crs": "flat"}'),
        ("geo", '{"boundaries": ["../../etc/passwd"]}'),
        (COMPARE, '{"from_day": "someday"}'),
        (COMPARE, '{"as_of": "2024-01-01"}'),
        (FLOWS, "{}"),
        (FLOWS, '{"records": ["x"]}'),
        (FLOWS, '{"records": [{"a": 1}]}'),
        (FLOWS, '{"records": "/etc/passwd"}'),
        (FLOWS, '{"direction": "sideways"}'),
    ],
)
def test_a_map_that_cannot_be_drawn_is_a_sentence(asks, kind, given):
    with pytest.raises(MedGraphError):
        asks.map(kind, "", given)


def test_records_of_several_files_are_counted_together(asks):
    """Also where two of them have one name."""
    other = RECORDS.replace("2023-11-05", "2023-12-05")
    keys = [
        asks.answers.files.receive("a.csv", content.encode(), "records")["key"]
        for content in (RECORDS, other)
    ]
    found = asks.ask("referrals.flows", "", json.dumps({"records": keys}))
    whole = asks.ask("referrals.flows", "", given_records(asks, "a.csv"))
    assert found["rows"] == whole["rows"]
    mapped = asks.answers.files.receive(
        "meant.toml", b'[records.columns]\nto = "to"\n', "records_mapping"
    )
    meant = given_records(asks, "a.csv", records_mapping=[mapped["key"]])
    assert asks.ask("referrals.flows", "", meant)["accounted"] == whole["accounted"]


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        ("a.csv", "from,date\nx,2023-01-01\n", {}),
        ("a.csv", "to,\u59d3\u540d\nTZ-H01,x\n", {}),  # a name of a person
        ("a.csv", "", {}),
        ("a.exe", RECORDS, {}),
        ("flows.json", '{"format": "medgraph flows 1", "months": {}}', {}),
        ("a.parquet", "PAR1", {}),
        ("a.csv", RECORDS, {"window": "-1"}),
        ("a.csv", RECORDS, {"window": "7"}),  # no stays
        ("a.csv", RECORDS, {"overlap": "drop"}),
        ("a.csv", RECORDS, {"window": "7", "follow": "30"}),
        ("a.csv", RECORDS, {"threshold": "-1"}),
        ("a.csv", RECORDS, {"records_mapping": "no TOML ["}),
        ("a.csv", RECORDS, {"records_mapping": "[records.columns]\nto = 'gone'\n"}),
    ],
)
def test_records_that_cannot_be_counted_are_a_sentence(asks, name, content, options):
    """Which names no folder of the board."""
    if "records_mapping" in options:
        mapping = options["records_mapping"].encode()
        key = asks.answers.files.receive("meant.toml", mapping, "records_mapping")["key"]
        options = {"records_mapping": [key]}
    with pytest.raises(MedGraphError) as raised:
        asks.ask("referrals.flows", "", given_records(asks, name, content=content, **options))
    assert "medgraph-" not in str(raised.value)


def test_records_in_a_bomb_cost_a_sentence(asks):
    key = asks.answers.files.receive("x.xlsx", bomb(), "records")["key"]
    with pytest.raises(MedGraphError):
        asks.ask("referrals.flows", "", json.dumps({"records": [key]}))


def test_an_audit_is_that_of_the_command_line(asks, folder):
    line = ["audit", str(folder / "roster.mgz"), "--pack", "urban-2023", "--format", "json"]
    told = json.loads(CliRunner().invoke(cli, line).stdout)
    found = asks.audit("", ["urban-2023"], None)
    assert found.about()["counts"] == told["counts"]
    assert [one["id"] for one in found.each_finding()] == [one["id"] for one in told["findings"]]
    for wrong in ([], ["nothing"], ["../x"]):
        with pytest.raises(OptionError):
            asks.audit("", wrong, None)


def test_a_page_of_a_plan_is_kept_and_dropped(asks):
    plan = asks.desk.begin("north", who="commission")
    kept = {"deed": "keep", "plan": plan.id, "verb": "coverage.gaps", "given": "{}", "who": "x"}
    state = asks.do({**kept, "name": "<b>gaps</b>"})
    again = Desk(asks.desk.source, asks.desk.loaded)
    assert [page.name for page in again.plan(plan.id).pages] == ["<b>gaps</b>"]
    again.close()
    assert state["plan"]["pages"][0]["verb"] == "coverage.gaps"
    assert asks.desk.begin("copy", who="", like=plan.id).pages == asks.desk.plan(plan.id).pages
    state = asks.do({"deed": "drop", "plan": plan.id, "name": "<b>gaps</b>"})
    assert state["plan"]["pages"] == []
    with pytest.raises(OptionError):
        asks.do({**kept, "name": "x", "verb": "coverage.fly"})
    with pytest.raises(OptionError):
        asks.do({**kept, "name": "x", "given": "x" * 30_000})


def test_the_search_finds_by_pinyin_short_name_and_code(asks):
    text, _ = page(asks.desk, "en", "token")
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert "haimen" in data["found_by"]["331002001000"]
    assert "hm" in data["found_by"]["331002001000"]


def test_what_is_proposed_becomes_a_plan(asks):
    """Of the plan that was asked it has all, and then the proposal as one turn."""
    plan = asks.desk.begin("north", who="commission")
    given = json.dumps({"together": ["331002001000,331002002000"]})
    state = asks.do(
        {"deed": "adopt", "plan": plan.id, "name": "x", "verb": "propose.regroup", "given": given}
    )
    net = asks.desk.base
    together = [("331002001000", "331002002000")]
    found = mg.propose.regroup(net, together=together, as_of=net.day(None))
    made = asks.desk.plan(state["plan"]["id"])
    assert [step.change for turn in made.done for step in turn.steps] == list(found.changes)
    assert len(made.done) == 1
    assert asks.desk.plan(plan.id).done == ()
    before = len(asks.desk.plans)
    for verb in ("coverage.served", "coverage.fly"):
        with pytest.raises(MedGraphError):
            asks.do({"deed": "adopt", "plan": "", "name": "x", "verb": verb, "given": "{}"})
    assert len(asks.desk.plans) == before


def test_a_search_is_heard_of_and_ended(asks, monkeypatch):
    """Who stops it gets the best so far, which becomes a plan as any other; asked again it goes on."""
    given = json.dumps({"together": ["331002001000,331002002000"], "further": 0})
    whole, heard = stages.Stages._fewest_moves, []

    def ended(self, most):
        heard.append(asks.said("one")["said"])
        asks.end({"search": "one"})
        stop_if_asked()
        return whole(self, most)

    monkeypatch.setattr(stages.Stages, "_fewest_moves", ended)
    with speaking("en"):
        found = asks.ask("propose.regroup", given=given, search="one")
        assert "so far 1 move;" in heard[0]
        assert any("stopped" in note for note in found["notes"])
        asked = {"plan": "", "name": "x", "verb": "propose.regroup", "given": given}
        assert asks.do({"deed": "adopt", **asked})["plan"]
        assert len(heard) == 1
        again = asks.ask("propose.regroup", given=given, search="two")
    assert any("Proven" in note for note in again["notes"])
    assert asks.said("one") == {"said": ""}
    asks.end({"search": "nobody"})
    with pytest.raises(OptionError):
        asks.end({"search": 1})
