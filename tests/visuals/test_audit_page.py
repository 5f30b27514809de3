"""The page of an audit: a rule opens to its findings, a finding to its members and the cells they rest on."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from medgraph.cli.reports import report_answers
from medgraph.loaders import registry
from medgraph.loaders.samples.shipped import taizhou
from medgraph.loaders.workbooks.originals import originals
from medgraph.queries import policy
from medgraph.visuals import audit_page as pages
from medgraph.visuals.audit_page import audit_page
from medgraph.visuals.report.contents import findings_beside
from medgraph.words.say import speaking
from tests.browser import CANARIES, click, opened, seen

PACKS = ["taizhou-2023", "urban-2023"]


@pytest.fixture(scope="module")
def typed(tmp_path_factory):
    """Taizhou as a workbook that was read again, so that every fact has its cell."""
    path = tmp_path_factory.mktemp("台州 工作簿") / "名册.xlsx"
    registry.write(taizhou(), path)
    return registry.read(path)


def test_a_rule_opens_to_its_members_and_their_cells(chromium, typed, tmp_path):
    """A click on UG-04 and on a group shows the members tested, each with its clause and its cell in the workbook."""
    audit = policy.audit(typed, PACKS)
    with opened(chromium, audit_page(audit).save(tmp_path / "核查.html")) as it:
        assert seen(it.page, ".counts div") == [
            f"{n} {w}"
            for n, w in zip((17, 4, 46, 3), ("达标", "未达标", "缺数据", "仅报告"), strict=True)
        ]
        findings = it.page.query_selector_all('[id="urban-2023/UG-04"] .finding')
        number = next(i for i, f in enumerate(findings) if "台州市立医院" in f.inner_text())
        finding = findings[number]
        assert seen(it.page, '[id="urban-2023/UG-04"] .finding table') == []
        click(it.page, '[id="urban-2023/UG-04"] .finding > summary', number)
        rows = [r.inner_text() for r in finding.query_selector_all("tbody tr")]
        expected = audit.evidence(finding.query_selector("dd:last-child").inner_text())
        assert len(rows) == len(expected)
        # a place that is no more than document and clause is not said twice
        assert all(
            any(cell in row or cell == f"{document}!{clause}" for row in rows)
            for cell, document, clause in expected[["cell", "document", "clause"]].itertuples(
                index=False
            )
        )
        assert any("!" in cell for cell in expected["cell"])
        it.verify(scripts=1)


def test_print_opens_everything_and_closes_it_again(chromium, typed, tmp_path):
    """On paper each finding stands open; afterwards the screen is as it was."""
    page = audit_page(policy.audit(typed, ["taizhou-2023"])).save(tmp_path / "audit.html")
    with opened(chromium, page) as it:
        count = (
            "() => ['details:not([open])', 'details'].map(s => document.querySelectorAll(s).length)"
        )
        closed, total = it.page.evaluate(count)
        assert 0 < closed < total
        it.page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        assert it.page.evaluate(count) == [0, total]
        it.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
        assert it.page.evaluate(count) == [closed, total]
        click(it.page, "#all")
        assert it.page.evaluate(count) == [0, total]


@pytest.mark.parametrize("trusting", [False, True])
def test_hostile_names_waivers_and_statements_stay_text(chromium, hostile, tmp_path, trusting):
    """Names, notes, waivers, statements and the ledger's words run nowhere, with and without the page's policy."""
    audit = policy.audit(hostile, PACKS)
    first = audit.findings.iloc[0]
    waivers = pd.DataFrame(
        [
            {
                "rule": first["rule"],
                "subject": first["subject"],
                "reason": CANARIES[0],
                "office": CANARIES[1],
                "expires": "2030-01-01",
            }
        ]
    )
    statements = pd.DataFrame(
        [
            {
                "finding": id,
                "statement": CANARIES[i % len(CANARIES)],
                "decision": "维持",
                "office": CANARIES[2],
                "date": "2024-01-01",
            }
            for i, id in enumerate(audit.findings["id"].head(20))
        ]
    )
    page = audit_page(policy.audit(hostile, PACKS, waivers=waivers, statements=statements)).save(
        tmp_path / "a.html"
    )
    with opened(chromium, page, trusting=trusting) as it:
        click(it.page, "#all")
        assert any(CANARIES[0] in text for text in seen(it.page, "dd"))
        it.verify(scripts=1)


def test_what_is_not_shown_is_said(typed, monkeypatch):
    """A page that shows the first findings and elements says how many it does not show; the worst come first."""
    monkeypatch.setattr(pages, "FINDINGS", 2)
    monkeypatch.setattr(pages, "ELEMENTS", 1)
    with speaking("en"):
        html = audit_page(policy.audit(typed, PACKS)).to_html()
    assert "2 subjects shown, 38 more are not" in html
    assert "1 element shown" in html


def test_a_member_shows_the_text_it_was_read_from(chromium, tmp_path):
    """Beside each element stands the row of the workbook, or the cell, that it was read from, as it was typed."""
    book = tmp_path / "名册 一.xlsx"
    registry.write(taizhou(), book)
    typed = openpyxl.load_workbook(book)
    for sheet in typed:  # as a person types it: nobody fills in where a fact comes from
        for cell in reversed(sheet[1]):
            if cell.value == "来源" and sheet.title != "说明":
                sheet.delete_cols(cell.column)
    typed.save(book)
    audit = policy.audit(registry.read(book), ["urban-2023"])
    page = audit_page(audit, original=originals(book)).save(tmp_path / "a.html")
    with opened(chromium, page) as it:
        click(it.page, "#all")
        text = it.page.inner_text('[id="urban-2023/UG-04"]')
        assert "机构!" in text
        assert "TZ-P11 | " in text
        it.verify(scripts=1)


def test_findings_that_are_not_listed_are_not_passed_over(monkeypatch):
    """Of a large network the page says that it lists no findings of the report, and who does."""
    monkeypatch.setitem(findings_beside.__globals__, "FACILITIES_BESIDE", 57)
    audit = policy.audit(taizhou(), ["taizhou-2023"])
    assert findings_beside(audit, report_answers) is None
    with speaking("en"):
        page = audit_page(audit, findings=None).to_html()
        listing = audit_page(audit, findings=()).to_html()
    sentence = "The findings of the report are not listed here"
    assert sentence in page
    assert "medgraph report writes them to findings.xlsx" in page
    assert sentence not in listing
