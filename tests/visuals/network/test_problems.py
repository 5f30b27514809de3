"""The list of problems in the picture is the report's: the same findings, numbers and order."""

from __future__ import annotations

import pytest

from medgraph.board.maps import MAPS
from medgraph.cli.reports import audited, report_answers
from medgraph.loaders import samples
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.queries import referrals
from medgraph.visuals import network_map
from medgraph.visuals.report import contents
from medgraph.visuals.report.findings import findings, findings_table, numbered
from medgraph.words.say import speaking
from tests.browser import click, opened

LISTED = """() => [...document.querySelectorAll('#problems tbody tr')].map(row => [...row.children].map(cell => cell.textContent))"""
CHOOSE = """([id, value]) => { const select = document.getElementById(id);
    select.value = value; select.dispatchEvent(new Event('change')); }"""


@pytest.fixture(scope="module", params=["taizhou", "county"])
def found(request):
    defects = ["gap", "ungrouped", "dead_end", "multiple"]
    net = samples.taizhou() if request.param == "taizhou" else synthetic(defects=defects)
    with speaking("zh"):
        answers, (audit, _) = report_answers(net), audited(net, ())
        return net, findings(net, answers, audit), contents(net, answers, audit=audit)


def test_the_list_is_that_of_the_report(chromium, found, tmp_path):
    """Number, place and fault of each, in the same order; each opens and frames all its nodes."""
    net, rows, pages = found
    told = findings_table(pages.findings, columns=("number", "place", "fault")).rows
    with opened(
        chromium, network_map(net, findings=numbered(rows), lang="zh").save(tmp_path / "x.html")
    ) as one:
        page = one.page
        shown = page.evaluate(LISTED)
        assert [(place, fault) for place, fault in shown] == [
            (f"{number} {place}", fault) for number, place, fault in told
        ]
        for number in range(min(len(shown), 6)):
            click(page, "#problems tbody button", number)
            page.wait_for_timeout(100)
            outside = page.evaluate(
                """number => { const view = medgraphMap.view(); return medgraphMap.findings[number].subjects.filter(i => {
                    const node = medgraphMap.nodes[i];
                    return Math.abs(node.x - view.x) * view.scale > view.wide / 2 || Math.abs(node.y - view.y) * view.scale > view.high / 2
                        || !medgraphMap.visible[i]; }); }""",
                number,
            )
            assert outside == []
        one.verify(scripts=page.evaluate("() => document.scripts.length"))


def test_the_list_is_narrowed(chromium, found, tmp_path):
    """By severity, kind, group, district and pack: as many rows as the findings have."""
    net, rows, _ = found
    every = [finding for _, finding in numbered(rows)]
    path = network_map(net, findings=numbered(rows), lang="zh").save(tmp_path / "x.html")
    with opened(chromium, path) as one:
        for by in ("severity", "query"):
            for value in {getattr(finding, by) for finding in every}:
                if one.page.locator(f"#narrow-{by}").count():
                    one.page.evaluate(CHOOSE, [f"narrow-{by}", value])
                    wanted = sum(getattr(finding, by) == value for finding in every)
                    assert len(one.page.evaluate(LISTED)) == wanted
                    one.page.evaluate(CHOOSE, [f"narrow-{by}", ""])
        assert len(one.page.evaluate(LISTED)) == len(every)


@pytest.mark.parametrize("first", ["zh", "en"])
@pytest.mark.parametrize("name", ["taizhou", "county"])
def test_the_list_follows_the_language_of_the_page(chromium, tmp_path, name, first):
    """Changed in the page, the list and the ways read as the report does in that language."""
    defects = ["gap", "ungrouped", "dead_end", "multiple"]
    net = samples.taizhou() if name == "taizhou" else synthetic(defects=defects)
    told = {}
    for lang in ("zh", "en"):
        with speaking(lang):
            found = findings(net, report_answers(net), audited(net, ())[0])
            told[lang] = [(f"{number} {one.place}", one.fault) for number, one in numbered(found)]
    with speaking(first):
        figure = MAPS["network"](net, as_of=None)
    with opened(chromium, figure.save(tmp_path / "x.html")) as one:
        page = one.page
        assert [*map(tuple, page.evaluate(LISTED))] == told[first]
        click(page, "#language")
        other = "en" if first == "zh" else "zh"
        assert [*map(tuple, page.evaluate(LISTED))] == told[other]
        broken = referrals.paths(net).frame
        broken = broken[broken["status"] != "reached"]["facility"].tolist()
        for id in broken[:2]:
            with speaking(other):
                reason = referrals.paths(net).frame.set_index("facility").loc[id, "reason"]
            page.evaluate("id => medgraphMap.locate(id)", id)
            assert reason in page.inner_text("#ways")
        one.verify(scripts=page.evaluate("() => document.scripts.length"))
