"""What a notebook shows: network, answers, audits and figures, offline, and no word of the data becomes code."""

from __future__ import annotations

import html

import pytest

from medgraph.cli.reports import report_answers
from medgraph.queries import policy
from medgraph.visuals import network_map, swimlane, tile_map
from medgraph.visuals.audit_page import audit_page
from medgraph.words.say import speaking
from tests.browser import CANARIES, opened

# What JupyterLab does with an output: it sets the HTML and runs the scripts that stand in it again.
_HOST = """<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{}</body></html>"""
_FORMULAS = """() => [...document.querySelectorAll('.cell')].every(
    cell => cell.firstElementChild.matches('.tex2jax_ignore, iframe'))"""


def shown(net) -> list:
    """One of every kind of value that a notebook shows."""
    served = report_answers(net)["coverage.served"]
    audit = policy.audit(net, ["urban-2023"])
    return [
        net,
        *report_answers(net).values(),
        audit,
        tile_map(net, color_by=served.status),
        swimlane(net),
        network_map(net),
        audit_page(audit),
    ]


@pytest.fixture(params=["zh", "en"])
def lang(request):
    with speaking(request.param):
        yield request.param


def test_hostile_values_stay_text_in_a_notebook(chromium, hostile, tmp_path, lang):
    """No request, no error, no canary, in the page nor in any frame; names can be read as the text they are."""
    values = shown(hostile)
    cells = "".join(
        f'<div class="cell">{value._repr_mimebundle_()["text/html"]}</div>' for value in values
    )
    path = tmp_path / "cells.html"
    path.write_text(_HOST.format(cells), encoding="utf-8")
    with opened(chromium, path) as it:
        it.page.wait_for_timeout(1500)
        assert it.requests == []
        assert it.errors == []
        assert [frame.evaluate("() => window.canary ?? null") for frame in it.page.frames] == [
            None
        ] * len(it.page.frames)
        assert (
            len(it.page.frames) == 3
        )  # the two pages with a script of their own are shut in a frame
        assert (
            it.page.evaluate("() => document.querySelectorAll('script, img, form, link').length")
            == 0
        )
        assert it.page.evaluate(_FORMULAS)
        assert any(CANARIES[i] in it.page.inner_text("body") for i in range(len(CANARIES)))


def test_every_value_has_a_plain_face_too(taizhou):
    """text/plain is the repr; what is drawn as SVG is handed out as SVG too; include and exclude are kept to."""
    for value in shown(taizhou):
        faces = value._repr_mimebundle_()
        assert faces["text/plain"] == repr(value)
        assert set(value._repr_mimebundle_(include={"text/plain"})) == {"text/plain"}
        assert "text/html" not in value._repr_mimebundle_(exclude={"text/html"})
    drawn = tile_map(taizhou)
    assert drawn._repr_mimebundle_()["image/svg+xml"] == drawn.svg


def test_an_answer_says_its_definition_and_what_it_leaves_out(taizhou):
    """The share, the definition, the unknown, the excluded and the stamp stand beside the rows."""
    with speaking("zh"):
        answers = report_answers(taizhou)
        text = html.unescape(answers["coverage.served"]._repr_html_())
        assert "38/39" in text
        assert answers["coverage.served"].definition.numerator in text
        assert "另列 (4)" in text
        cells = answers["sharing.cells"]
        assert f"显示60行，共{len(cells.frame)}行" in cells._repr_html_()
        assert "样本数据" in taizhou._repr_html_()
