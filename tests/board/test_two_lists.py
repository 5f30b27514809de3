"""A review of two lists on the board, from two files to one network: by mouse, by keys; numbers are the command's."""

from __future__ import annotations

import json

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import medgraph as mg
from medgraph.cli import cli
from tests.board.served import Served
from tests.board.test_visit import _page
from tests.browser import CANARIES

AREA = "331003"
BEFORE = [
    "黄岩区第一人民医院",
    "宁溪镇中心卫生院",
    "东城街道社区卫生服务中心",
    "上垟乡卫生院",
    "平田乡卫生院",
    "白城子村卫生室",
]
AFTER = [
    "黄岩区第1人民医院",
    "黄岩宁溪卫生院",
    "东城社卫中心",
    "黄岩区第二人民医院",
    "平田医养结合中心",
    "下白城子村卫生室",
]


def listed(names, letter):
    rows = [
        {"id": f"{letter}{n}", "kind": "Facility", "name": name, "area": AREA}
        for n, name in enumerate(names)
    ]
    return mg.MedicalNetwork.from_frames(pd.DataFrame(rows))


@pytest.fixture
def folder(tmp_path):
    mg.write(listed(BEFORE, "A"), tmp_path / "office.xlsx")
    mg.write(listed(AFTER, "B"), tmp_path / "insurer.xlsx")
    return tmp_path


@pytest.fixture
def served(tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    found = Served(work)
    found.patience = 120  # other tests run beside
    yield found
    found.stop()


def upload(page, path, side):
    page.set_input_files("#file", path)
    page.wait_for_function(
        "name => document.querySelector('#read h2') && document.querySelector('#read h2').textContent === name",
        arg=path.name,
    )
    page.click(f"#as-{side}")


def reviewing(page, folder):
    upload(page, folder / "office.xlsx", "before")
    upload(page, folder / "insurer.xlsx", "after")
    page.click("#reconcile")
    page.wait_for_selector(".rows tr.row[aria-selected=true]")


def of_command(*arguments):
    """What `medgraph reconcile` says, in English as the page does."""
    line = ["reconcile", *map(str, arguments), "--lang", "en"]
    done = CliRunner().invoke(cli, line, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.stdout


def go_to(page, text):
    for _ in range(60):  # the table may be drawn anew under the click
        page.click(f".rows tr.row:has-text('{text}')")
        page.wait_for_timeout(300)
        if text in page.inner_text("#side-by-side"):
            return
    raise AssertionError(text)


def saved(page, count):
    page.wait_for_function(
        "count => document.querySelector('#decided').textContent.startsWith(count + ' ')",
        arg=str(count),
    )


def test_two_lists_become_one(chromium, served, folder):
    """Drop, decide by mouse and by keys, review again, take away, join, and open the board."""
    work = served.source
    with _page(chromium, served) as page:
        reviewing(page, folder)
        counts = page.inner_text("#counts")
        assert of_command(folder / "office.xlsx", folder / "insurer.xlsx").splitlines()[0] in counts
        page.fill("#who", "health office")
        page.select_option("#class", "ask")
        page.wait_for_function(
            "() => [...document.querySelectorAll('.rows tr.row:not([hidden])')].every(row => row.textContent.startsWith('ask'))"
        )
        page.select_option("#class", "")
        go_to(page, "白城子村卫生室")
        beside = page.inner_text("#side-by-side")
        assert "下白城子村卫生室" in beside
        assert page.locator("#side-by-side tr.changed-row[data-field=name]").count() == 1
        page.click("[data-decision=different]")
        saved(page, 1)
        go_to(page, "平田医养结合中心")
        page.fill("#partner", "平田乡卫生院")
        page.fill("#note", "seen on the spot")
        page.click("[data-decision=same]")
        saved(page, 2)
        go_to(page, "上垟乡卫生院")
        page.focus(".rows")
        page.keyboard.press("2")
        saved(page, 3)
        page.keyboard.press("Home")
        page.keyboard.press("3")
        page.click("#again")
        page.wait_for_function(
            "() => document.querySelector('#said').textContent.includes('again')"
        )
        kept = work / "office+insurer.decisions.json"
        told = of_command(folder / "office.xlsx", folder / "insurer.xlsx", "--decisions", kept)
        assert told.splitlines()[0] in page.inner_text("#counts")
        go_to(page, "平田医养结合中心")
        assert "health office" in page.inner_text("#stands")
        with page.expect_download() as waiting:
            page.click("#workbook")
        waiting.value.save_as(folder / "review.xlsx")
        of_command(folder / "office.xlsx", folder / "insurer.xlsx", "--decisions", kept, "--output", folder / "own.xlsx")  # fmt: skip
        assert cells(folder / "review.xlsx") == cells(folder / "own.xlsx")
        page.click("#join")
        page.wait_for_selector("#joined h2")
        of_command(folder / "office.xlsx", folder / "insurer.xlsx", "--decisions", kept, "--apply", folder / "one.xlsx")  # fmt: skip
        count = mg.read(folder / "one.xlsx").counts()["facilities"]
        assert f"{count} facilities" in page.inner_text("#joined h2")
        page.click("#open")
        page.wait_for_selector("#title")
        page.wait_for_function(
            "() => document.querySelector('#title').textContent.includes('joined')"
        )
    joined = mg.read(work / "office+insurer-joined.xlsx")
    assert joined.find("平田医养结合中心") == "A4"


def cells(path):
    book = openpyxl.load_workbook(path)
    return {sheet.title: [*sheet.values] for sheet in book.worksheets}


def test_decisions_hold_for_the_next_edition(served, folder):
    """They are found again where the same lists are opened, and come from a workbook as well."""
    work = served.source
    for name in ("office.xlsx", "insurer.xlsx"):
        (work / name).write_bytes((folder / name).read_bytes())

    def opened():
        both = {"before": "office.xlsx", "after": "insurer.xlsx"}
        assert served.ask("POST", "/reconcile", both)[0] == 200
        return json.loads(served.ask("GET", "/review")[2])

    opened()
    made = {"source": "A5", "target": "", "decision": "same", "partner": "B5", "who": "office"}
    found = json.loads(served.ask("GET", "/review")[2])
    entries = [*zip(*(values_of(found, name) for name in ("source", "target")), strict=True)]
    ends = next(pair for pair in entries if pair[0] == "A5")
    assert served.ask("POST", "/decide", {**made, "target": ends[1]})[0] == 200
    mg.write(listed(["新机构", *AFTER], "C"), work / "insurer.xlsx")  # other ids, one more row
    again = opened()
    assert again["decided"] == 1
    at = values_of(again, "source").index("A5")
    assert values_of(again, "target_name")[at] == "下白城子村卫生室"
    assert values_of(again, "status")[at] == "same"
    review = folder / "review.xlsx"
    of_command(work / "office.xlsx", work / "insurer.xlsx", "--output", review)
    book = openpyxl.load_workbook(review)
    sheet = book.worksheets[0]
    at = [cell.value for cell in sheet[1]].index("Decision") + 1
    for row in range(2, sheet.max_row + 1):
        if not sheet.cell(row, at).value and sheet.cell(row, 2).value == "same":
            sheet.cell(row, at).value = "same"
    book.save(review)
    status, _, text = served.ask("POST", "/decisions?name=review.xlsx", review.read_bytes())
    assert status == 200, text
    assert json.loads(text)["decided"] == 4


def values_of(found, name):
    column = next(one for one in found["columns"] if one["name"] == name)
    return [column["values"][place] for place in column["places"]]


def test_what_cannot_be_decided_is_a_sentence(served, folder):
    """No such entry, no such word, no such partner, one facility the same as two, torn files."""
    work = served.source
    for name in ("office.xlsx", "insurer.xlsx"):
        (work / name).write_bytes((folder / name).read_bytes())
    assert served.ask("GET", "/review")[0] == 422
    for wrong in ({}, {"before": 1, "after": 2}, {"before": "../x", "after": "office.xlsx"}):
        assert served.ask("POST", "/reconcile", wrong)[0] == 422
    both = {"before": "office.xlsx", "after": "insurer.xlsx"}
    assert served.ask("POST", "/reconcile", both)[0] == 200
    for wrong in (
        {"source": "A0", "target": "B3", "decision": "same"},
        {"source": "A3", "target": "", "decision": "perhaps"},
        {"source": "A3", "target": "", "decision": "same"},
        {"source": "A3", "target": "", "decision": "same", "partner": "nobody"},
        {"source": "", "target": "B3", "decision": "closed"},
        {"source": ["A3"], "target": "", "decision": "different"},
        {"source": "A3", "target": "", "decision": "different", "note": "x" * 501},
    ):
        status, _, text = served.ask("POST", "/decide", wrong)
        assert (status, bool(json.loads(text)["error"])) == (422, True), wrong
    assert (
        served.ask("POST", "/decide", {"source": "A0", "target": "B0", "decision": "same"})[0]
        == 200
    )
    wrong = {"source": "A3", "target": "", "decision": "same", "partner": "B0"}
    assert served.ask("POST", "/decide", wrong)[0] == 422
    for name, content in (
        ("x.xlsx", b"no workbook"),
        ("x.json", b"{"),
        ("x.csv", "编号\n".encode()),
    ):
        assert served.ask("POST", f"/decisions?name={name}", content)[0] == 422
    assert json.loads(served.ask("GET", "/review")[2])["decided"] == 1
    assert served.ask("GET", "/review-file/passwd")[0] == 404


def test_hostile_names_stay_text(chromium, served, folder):
    """In both languages: what a name holds is text in the table, beside, and when it is joined."""
    mg.write(listed([*CANARIES, *BEFORE], "A"), folder / "office.xlsx")
    mg.write(listed([*AFTER, *(f"{name} 2" for name in CANARIES)], "B"), folder / "insurer.xlsx")
    with _page(chromium, served) as page:
        reviewing(page, folder)
        page.focus(".rows")
        for _ in range(20):
            page.keyboard.press("ArrowDown")
        page.click("#lang")
        page.wait_for_selector("h1:has-text('核对两份名单')")
        page.wait_for_selector(".rows tr.row[aria-selected=true]")
        assert "名称" in page.inner_text("[data-field=reason]")
        page.click("#join")
        page.wait_for_selector("#joined h2")


def test_ten_thousand_rows_are_drawn_as_they_are_scrolled(chromium, served, folder):
    """Keys go to the end of a long review; no more rows are drawn than are in sight."""
    names = [f"{a}{b}{c}村卫生室" for a in "甲乙丙丁戊己庚辛壬癸" for b in "天地玄黄宇宙洪荒" for c in "东西南北山水金木火土石林江河湖"]  # fmt: skip
    mg.write(listed(names, "A"), folder / "office.xlsx")
    mg.write(listed(names, "B"), folder / "insurer.xlsx")
    with _page(chromium, served) as page:
        reviewing(page, folder)
        assert page.locator(".rows tr.row").count() < 80
        page.focus(".rows")
        page.keyboard.press("End")
        page.wait_for_selector(
            f'.rows tr.row[aria-rowindex="{len(names) + 1}"][aria-selected=true]'
        )
