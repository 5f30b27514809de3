"""An office at the board, in browsers: ask, propose, accept, refuse, present, carry over, take away."""

from __future__ import annotations

import json

import openpyxl
import pytest

import medgraph as mg
from medgraph.board.journal import journal_of, verify
from tests.board.served import Served, Visitor
from tests.board.test_answers import RECORDS
from tests.board.test_office import Shared
from tests.board.test_visit import TOWN, at_the_board, begin, confirmed, turns

OTHER_TOWN = "331002004000"


@pytest.fixture
def shared_board(tmp_path):
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    found = Shared(tmp_path / "roster.mgz")
    yield found
    found.stop()


def propose(page, town, reason):
    page.locator(f'.tile[data-id="{town}"]').click()
    page.locator('#groups [data-id="G2"]').click()
    page.check("#propose")
    confirmed(page, reason)


def steps(page):
    page.click('[aria-controls="steps"]')


def test_an_office_plans_together(chromium, shared_board):
    """One proposes, another accepts and refuses, a third looks on; then a newer edition comes."""
    reader = Visitor(shared_board.look_at)
    with (
        at_the_board(chromium, shared_board) as east,
        at_the_board(chromium, shared_board) as commission,
        at_the_board(chromium, reader) as wall,
    ):
        begin(east, "north")
        east.fill("#who", "east county")
        east.dispatch_event("#who", "change")
        commission.wait_for_selector("#plan option", state="attached")
        commission.wait_for_function(
            "() => document.querySelector('#others').textContent.includes('east county')"
        )
        propose(east, TOWN, "near")
        steps(commission)
        commission.wait_for_selector("#proposed li")
        steps(wall)
        wall.wait_for_selector("#proposed li")
        assert wall.locator("#proposed button:visible").count() == 0
        assert wall.locator("#begin:visible, #undo:visible").count() == 0
        commission.get_by_role("button", name="Accept").click()
        commission.click("#yes")
        east.wait_for_selector(f'.tile.moved[data-id="{TOWN}"]')
        wall.wait_for_selector(f'.tile.moved[data-id="{TOWN}"]')
        east.locator(f'.tile[data-id="{TOWN}"]').click()
        propose(east, OTHER_TOWN, "far")
        commission.wait_for_selector("#proposed li")
        commission.get_by_role("button", name="Refuse…").click()
        commission.fill("#reason", "too far")
        commission.click("#yes")
        commission.wait_for_selector("#proposed:not(:has(li))", state="attached")
        assert list(turns(shared_board).values()) == [[mg.changes.Move("TZ-P34", "G2")]]
        present(commission)
        newer = mg.samples.taizhou().moved("TZ-P34", to_group="G2", on="2020-01-01")
        mg.write(newer, shared_board.source)
        commission.wait_for_selector("#renew:visible")
        commission.click("#renew")
        for page in (east, commission, wall):
            page.wait_for_selector("#renew", state="hidden")
            page.wait_for_function(
                "() => document.querySelector('#said').classList.contains('bad')"
            )
        commission.click("#carry")
        commission.wait_for_selector("#plan option:nth-child(2)", state="attached")
        steps(commission)
        commission.wait_for_selector(".conflicts li")
        taken_away(commission, shared_board)


def present(page):
    """All slides by keys alone."""
    with page.context.expect_page() as waiting:
        page.click("#present")
    slides = waiting.value
    slides.wait_for_selector("section:not([hidden]) img")
    assert "as it is" in slides.get_attribute("section:not([hidden]) img", "alt")
    slides.keyboard.press("ArrowRight")
    assert "moves to" in slides.get_attribute("section:not([hidden]) img", "alt")
    slides.keyboard.press("End")
    assert "all 1 steps" in slides.get_attribute("section:not([hidden]) img", "alt")
    slides.close()


def taken_away(page, served):
    page.click("summary:has-text('Export')")
    for kind in ("workbook", "slides_html"):
        with page.expect_download() as waiting:
            page.click(f'#exports a[href*="/{kind}?"]')
        path = served.source.with_name(waiting.value.suggested_filename)
        waiting.value.save_as(path)
        assert path.stat().st_size > 10_000


def test_answers_by_mouse_and_keys(chromium, tmp_path):
    """Ask, sort, narrow, scroll to the end, copy, save, keep as a page; numbers are the command's."""
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    served = Served(tmp_path / "roster.mgz")
    net = mg.samples.taizhou()
    try:
        with at_the_board(chromium, served) as page:
            begin(page, "north")
            page.click("#view-answers")
            page.fill("#find-question", "sharing.cells")
            page.click('[data-verb="sharing.cells"]')
            page.wait_for_selector(".rows tr.row td")
            told = mg.sharing.cells(net)
            assert page.inner_text("#shown") == f"{told.total} of {told.total} rows"
            assert f"{told.share.met}/{told.share.total}" in page.inner_text("#accounted")
            assert page.locator(".rows tr.row").count() < 80  # of 560: the others are not drawn
            page.click('th[data-column="name"] button')
            assert page.get_attribute('th[data-column="name"]', "aria-sort") == "ascending"
            page.focus(".rows")
            page.keyboard.press("End")
            page.wait_for_function(
                "total => [...document.querySelectorAll('.rows tr.row:not([hidden])')]"
                ".some(row => +row.getAttribute('aria-rowindex') === total + 1)",
                arg=told.total,
            )
            page.fill('th[data-column="facility"] input', "TZ-P34")
            assert page.inner_text("#shown").startswith("14 of ")
            with page.expect_download() as waiting:
                page.click("#excel")
            waiting.value.save_as(tmp_path / "cells.xlsx")
            page.click("#keep")
            page.fill("#fields input", "<b>cells</b>")
            page.click("#yes")
            page.wait_for_selector("#pages button")
            assert page.inner_text("#pages li button >> nth=0") == "<b>cells</b>"
            page.fill("#find-question", "referrals.path")
            page.click('[data-verb="referrals.path"]')
            page.fill('[name="subject"]', "haimen")
            page.wait_for_selector("#subjects option", state="attached")
            page.fill('[name="subject"]', "TZ-P34")
            page.keyboard.press("Enter")
            page.wait_for_selector(".answered")
            page.click("#pages li button >> nth=0")
            page.wait_for_selector('[data-query="sharing.cells"]')
    finally:
        served.stop()
    rows = list(openpyxl.load_workbook(tmp_path / "cells.xlsx").worksheets[0].rows)
    assert len(rows) == 15


def test_maps_and_audits_open_as_pages_that_can_ask_for_nothing(chromium, tmp_path):
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    served = Served(tmp_path / "roster.mgz")
    try:
        with at_the_board(chromium, served) as page:
            page.click("#view-answers")
            page.wait_for_selector("#audit")
            for selector in ('[data-map="network"]', '[data-map="tiles"]', "#audit"):
                with page.context.expect_page() as waiting:
                    page.click(selector)
                opened = waiting.value
                opened.wait_for_load_state()
                assert opened.inner_text("body").strip()
                assert opened.evaluate("() => self.origin") == "null"
                assert opened.evaluate("() => document.scripts.length >= 0")
                opened.close()
    finally:
        served.stop()


def test_flows_of_records_are_asked_and_drawn(chromium, tmp_path):
    """A file of records is chosen for the question, and for the map, which opens as a page."""
    mg.write(mg.samples.taizhou(), tmp_path / "roster.mgz")
    (tmp_path / "records.csv").write_text(RECORDS, encoding="utf-8")
    served = Served(tmp_path / "roster.mgz")
    try:
        with at_the_board(chromium, served) as page:
            page.click("#view-answers")
            page.fill("#find-question", "referrals.flows")
            page.click('[data-verb="referrals.flows"]')
            page.set_input_files('[name="records"]', tmp_path / "records.csv")
            page.click("#ask")
            page.wait_for_selector('[data-query="referrals.flows"]')
            told = mg.flows.flows(
                mg.samples.taizhou(), mg.records.read_records(tmp_path / "records.csv")
            )
            assert f"{told.share.met}/{told.share.total}" in page.inner_text("#accounted")
            page.click('[data-map="flows"]')
            page.set_input_files('[name="records"]', tmp_path / "records.csv")
            page.select_option('[name="direction"]', "up")
            with page.context.expect_page() as waiting:
                page.click("#draw")
            opened = waiting.value
            opened.wait_for_load_state()
            assert opened.locator("svg path").count() > 5
            assert opened.evaluate("() => self.origin") == "null"
            opened.close()
            page.click('[data-options-of="network"]')
            page.fill('[name="around"]', "TZ-P34")
            with page.context.expect_page() as waiting:
                page.keyboard.press("Enter")
            waiting.value.wait_for_selector("canvas")
            waiting.value.close()
    finally:
        served.stop()


# One who changes in the page: looks, changes, and looks again where he was late.
_WORK = """([facility, times, plan, token]) => {
    const state = async () => (await (await fetch('/state?plan=' + plan)).json()).plan;
    const headers = { 'Content-Type': 'application/json', 'X-Medgraph-Page': token };
    async function work() {
        for (;;) {
            const now = await state();
            const mine = now.turns.filter(turn => turn.by === facility).length;
            if (mine >= times) return;
            const change = { change: 'Fill', id: facility, column: 'beds', value: String(mine) };
            const body = JSON.stringify({ deed: 'change', plan, after: now.last, who: facility, reason: String(mine), changes: [change] });
            const answer = await fetch('/do', { method: 'POST', headers, body });
            if (answer.status === 409 && !(await answer.json()).since.length) throw new Error('not told why');
            if (answer.status === 429) await new Promise(done => setTimeout(done, 500));
            else if (!answer.ok && answer.status !== 409) throw new Error(await answer.text());
        }
    }
    window.ended = '';
    work().then(() => { window.ended = 'well'; }, problem => { window.ended = String(problem); });
}"""


@pytest.mark.parametrize("times", [3, pytest.param(500, marks=pytest.mark.slow)])
def test_four_browsers_at_once_two_of_them_killed(chromium, shared_board, times):
    """Two are closed on the way and come again; no change is lost or there twice, all show the same."""
    plan = shared_board.begin("four")["id"]
    facilities = ("TZ-P34", "TZ-P35", "TZ-P11", "TZ-P12")

    def working(facility):
        page = chromium.new_context().new_page()
        page.goto(shared_board.address)
        page.wait_for_selector("#map .tile", timeout=60_000)
        page.evaluate(_WORK, [facility, times, plan, shared_board.page_token])
        return page

    pages = {one: working(one) for one in facilities}
    pages[facilities[-1]].wait_for_timeout(20 * times)
    for one in facilities[:2]:
        pages[one].context.close()
        pages[one] = working(one)
    for page in pages.values():
        page.wait_for_function("() => window.ended", timeout=14_400_000)
        assert page.evaluate("() => window.ended") == "well"
    state = json.loads(shared_board.ask("GET", f"/state?plan={plan}")[2])["plan"]
    said = [(turn["by"], int(turn["reason"])) for turn in state["turns"]]
    assert sorted(said) == sorted((one, n) for one in facilities for n in range(times))
    for page in pages.values():
        shown = f"() => document.querySelector('#plan option').textContent === 'four ({4 * times})'"
        page.wait_for_function(shown, timeout=60_000)
        page.context.close()
    [replayed] = turns(shared_board).values()
    assert [(one.id, int(one.value)) for one in replayed] == said
    assert not verify(journal_of(shared_board.source)).faults
