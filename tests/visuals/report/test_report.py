"""The report: page one on one A4, every row accounted for, nothing of the data becomes code."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest

from medgraph.cli.reports import report_answers
from medgraph.errors import OptionError
from medgraph.queries import policy
from medgraph.queries.results import Answer, Definition
from medgraph.visuals.report import contents, write_report
from medgraph.words.say import problem, say, speaking
from tests.browser import CANARIES, opened
from tests.visuals.conftest import served_answer, status_of


@pytest.fixture(params=["zh", "en"])
def lang(request):
    """Speak one language, then the other."""
    with speaking(request.param):
        yield request.param


def made(net, *, reason="理由", **more):
    status = status_of(net, _004000="gap", _400000="excluded", _003000="unknown")
    named = net.nodes("Facility")["name"]
    loose = pd.DataFrame(
        {"facility": named.index, "name": named.to_numpy(), "status": "ungrouped", "reason": reason}
    )
    ungrouped = Answer(
        query="coverage.ungrouped",
        as_of=net.day(),
        definition=Definition(reason),
        frame=loose,
        total=len(loose),
        judged=len(loose),
    )
    served = served_answer(net, status, reason=reason)
    return contents(
        net,
        {"coverage.served": served, "coverage.ungrouped": ungrouped},
        source="名册 一.xlsx",
        **more,
    )


def left(count, text="机构!C17"):
    return [SimpleNamespace(place=f"{text}{i}", reason=text) for i in range(count)]


def test_headline_names_the_gap(county):
    """The headline says share, gap, quasi units and what is unknown, and the numbers stand beside each other."""
    with speaking("zh"):
        pages = made(county)
    assert pages.headline == "3/4 个乡级区划有集团机构；缺：河口镇；1个准乡级单位另列；无法判定1个"
    assert [number for number, *_ in pages.figures] == ["3/4", "1", "1", "1"]


def test_rows_must_add_up(county):
    """Rows in = loaded + left out, or there is no report."""
    assert made(county, rows_in=10, loaded=8, left_out=2).accounted
    with pytest.raises(ValueError, match="10 rows in"):
        made(county, rows_in=10, loaded=8, left_out=1)


def test_rows_left_out_are_stamped_and_named(county):
    """Rows that were not loaded are a stamp on page one, a finding each, and a table."""
    with speaking("zh"):
        double = problem("E010", "机构!C9", "H1", count=2)
        pages = made(county, rows_in=10, loaded=8, left_out=2, left_rows=left(2), problems=[double])
    assert "未载入2行" in pages.stamps
    assert pages.findings[0].place == "河口镇"
    assert [f.place for f in pages.file_findings] == ["机构!C170", "机构!C171", "机构!C9"]
    assert len(pages.left_out.rows) == 2


def test_what_is_unknown_says_what_it_lacks(county):
    """Every row that could not be judged stands under the data that would decide it."""
    pages = made(county, reason="服务关系未声明完整")
    assert pages.needs == (("服务关系未声明完整", 1, ("山上乡",)),)


def test_every_row_of_every_answer_is_in_a_table(county):
    """The tables hold judged, unknown and excluded rows alike."""
    pages = made(county)
    for table in pages.tables:
        assert len(table.rows) == pages.answers[table.key].total


def test_a_format_that_is_not_there_is_refused(county, tmp_path):
    """An unknown format is one sentence that lists the known ones."""
    with pytest.raises(OptionError, match="html"):
        write_report(made(county), tmp_path, formats=("ppt",))


def test_workbook_keeps_formulas_as_text(hostile):
    """Names that look like formulas or links are text in every sheet, and no cell is a formula or a link."""
    from medgraph.visuals.report import xlsx

    with speaking("zh"):
        pages = made(
            hostile,
            reason="=1+1",
            rows_in=3,
            loaded=1,
            left_out=2,
            left_rows=left(2, "=cmd|' /C calc'!A0"),
        )
        book = openpyxl.load_workbook(io.BytesIO(xlsx.render(pages)))
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert "=1+1" in {cell.value for cell in cells}
    assert any(str(cell.value).startswith("=cmd") for cell in cells)


def test_workbook_and_page_hold_the_same_tables(county, lang):
    """One sheet per table of the page, with a filter, and as many rows; the members of all groups share one."""
    from medgraph.visuals.report import xlsx

    pages = made(county)
    assert not pages.file_findings
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(pages)))
    served = book[pages.tables[0].title]
    assert served.auto_filter.ref
    assert served.max_row - served.min_row >= len(pages.tables[0].rows)
    assert len(book.sheetnames) == 7 + len(pages.tables)
    members = sum(len(page.members.rows) for page in pages.groups)
    sheet = book[say("report.groups")]
    assert sum(row[0].value is not None for row in sheet.iter_rows()) == members + 1 + len(
        pages.stamps
    )


@pytest.mark.parametrize("trusting", [False, True])
def test_hostile_data_stays_text(chromium, hostile, tmp_path, lang, trusting):
    """No request, no error, no canary; the attack can be read as the text it is."""
    pages = made(
        hostile,
        reason=CANARIES[0],
        rows_in=13,
        loaded=2,
        left_out=11,
        left_rows=[SimpleNamespace(place=c, reason=c) for c in CANARIES],
        annex=True,
    )
    path, _ = write_report(pages, tmp_path)
    with opened(chromium, path, trusting=trusting) as page:
        page.verify()
        assert CANARIES[1] in page.page.inner_text("main")


def test_page_one_is_one_a4(chromium, county, hostile, tmp_path, lang):
    """Printed, page one fills one A4 and no more, and nothing on it is cut off below."""
    for name, net in (("county", county), ("hostile", hostile)):
        path, *_ = write_report(
            made(net, rows_in=13, loaded=2, left_out=11, left_rows=left(11, CANARIES[0])),
            tmp_path / name,
        )
        with opened(chromium, path, size=(718, 1047)) as page:
            page.page.emulate_media(media="print")
            high, hidden = page.page.evaluate(
                "() => { const e = document.querySelector('#page-one');"
                "return [e.getBoundingClientRect().height, e.scrollHeight - e.clientHeight]; }"
            )
            assert high <= 277 / 25.4 * 96
            # a page wider than the paper is printed smaller, all of it
            assert page.page.evaluate("() => document.documentElement.scrollWidth") <= 718
            assert hidden <= 1
            assert (
                page.page.evaluate(
                    "() => document.querySelector('.map').getBoundingClientRect().height"
                )
                > 200
            )
            page.page.evaluate(
                "() => document.querySelectorAll('main > :not(#page-one), footer')"
                ".forEach(e => e.remove())"
            )
            assert len(re.findall(rb"/Type /Page\b", page.page.pdf(prefer_css_page_size=True))) == 1


def test_page_one_has_no_overlap(chromium, county, tmp_path, lang):
    """No two texts of page one lie on one another."""
    path, *_ = write_report(made(county, rows_in=10, loaded=10), tmp_path)
    with opened(chromium, path, size=(1000, 1300)) as page:
        assert (
            page.overlaps(
                "#page-one svg text, #page-one td, #page-one h1, #page-one b, #page-one span"
            )
            == []
        )


def test_usable_by_keyboard(chromium, county, tmp_path):
    """Tab reaches the skip links first; Enter on one goes to its section; tables can be scrolled by keyboard."""
    with speaking("zh"):
        path, *_ = write_report(made(county, annex=True), tmp_path)
    with opened(chromium, path) as page:
        page.page.keyboard.press("Tab")
        assert page.page.evaluate("() => document.activeElement.textContent") == "跳到全部发现"
        page.page.keyboard.press("Enter")
        page.page.wait_for_function("() => location.hash === '#findings'")
        assert page.page.url.endswith("#findings")
        assert page.page.locator(".scroll[tabindex='0']").count() >= 4


@pytest.mark.parametrize("trusting", [False, True])
def test_the_whole_report_of_hostile_data_stays_text(chromium, hostile, tmp_path, trusting):
    """With every answer, the audit, the pictures and a page per group: no request, no error, no canary."""
    with speaking("zh"):
        pages = contents(
            hostile,
            report_answers(hostile),
            audit=policy.audit(hostile, ["urban-2023"]),
            source=CANARIES[1],
            annex=True,
        )
        path, _ = write_report(pages, tmp_path)
    assert len(pages.groups) == 4
    assert any(picture.svg for picture in pages.pictures)
    with opened(chromium, path, trusting=trusting) as page:
        page.verify()
        assert CANARIES[0] in page.page.inner_text("#groups")
