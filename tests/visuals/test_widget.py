"""The widget of a notebook: what is selected in the picture is known to Python, and nothing else leaves it."""

from __future__ import annotations

import builtins
import json

import pytest

from medgraph.errors import OptionError
from medgraph.loaders import samples
from medgraph.queries import coverage
from medgraph.visuals import network_map, tile_map
from medgraph.visuals import widget as widgets
from tests.browser import opened

# What a notebook does with a widget: it renders the module with a model, and keeps what is saved.
HOST = """<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><div id="cell"></div>
<script type="application/json" id="state">{state}</script><script type="module">
{module}
const state = JSON.parse(document.getElementById('state').textContent), hearers = {{}};
window.saved = [];
window.model = {{
    get: name => state[name], set: (name, value) => {{ state[name] = value; }},
    save_changes: () => window.saved.push(state.selected.slice()),
    on: (name, act) => {{ hearers[name] = act; }}, off: name => {{ delete hearers[name]; }} }};
window.hearers = hearers;
window.stop = widget.render({{model: window.model, el: document.getElementById('cell')}});
</script></body></html>"""


def in_host(widget, path):
    state = json.dumps(
        {name: widget.model.get_state()[name] for name in ("page", "title", "height", "selected")}
    )
    module = str(widget.model._esm).replace("export default", "const widget =")
    text = HOST.format(state=state.replace("<", "\\u003c"), module=module)
    path.write_text(text, encoding="utf-8")
    return path


def frame_of(page):
    if page.context.browser.version.startswith("86."):
        pytest.skip("no notebook of today runs in Chromium 86")
    page.wait_for_selector("iframe")
    frame = page.frames[1]
    frame.wait_for_function(
        "() => window.medgraphMap && (medgraphMap.labels || !document.getElementById('search'))"
    )
    return frame


def wait_for(page, ids):
    """Wait until the model holds these ids: the frame tells of them when it has drawn."""
    page.wait_for_function(
        "ids => JSON.stringify(window.saved[window.saved.length - 1]) === JSON.stringify(ids)",
        arg=ids,
    )
    return page.evaluate("() => window.model.get('selected')")


@pytest.fixture(scope="module")
def net():
    return samples.taizhou()


def test_what_is_selected_on_the_network_map_reaches_python(chromium, net, tmp_path):
    """Found by name, added by Ctrl and a click, taken away again; the model of Python holds the same ids."""
    widget = network_map(net, lang="zh").widget(height=700)
    assert "application/vnd.jupyter.widget-view+json" in widget._repr_mimebundle_()[0]
    with opened(chromium, in_host(widget, tmp_path / "x.html")) as one:
        page = one.page
        frame = frame_of(page)
        frame.focus("#search")
        page.keyboard.insert_text("TZ-P07")
        page.keyboard.press("Enter")
        wait_for(page, ["TZ-P07"])
        at = frame.evaluate(
            """() => { const p = medgraphNetwork.canvasToDOM(medgraphMap.byId.get('TZ-P07')),
               r = document.querySelector('#canvas canvas').getBoundingClientRect(); return [r.left + p.x, r.top + p.y]; }"""
        )
        box = page.locator("iframe").bounding_box()
        frame.focus("#search")
        page.keyboard.press("Control+A")
        page.keyboard.insert_text("TZ-H03")
        frame.click("#found button", modifiers=["Control"])
        wait_for(page, ["TZ-P07", "TZ-H03"])
        assert "2" in frame.inner_text("#selected")
        page.keyboard.down("Control")
        page.mouse.click(box["x"] + 1 + at[0], box["y"] + 1 + at[1])
        page.keyboard.up("Control")
        wait_for(page, ["TZ-H03"])
        widget.model.set_state(
            {"selected": wait_for(page, ["TZ-H03"])}
        )  # as the kernel is told by a notebook
        assert widget.select() == ["TZ-H03"]
        assert net.nodes().loc[widget.select(), "kind"].tolist() == ["Facility"]
        frame.click("#close")
        wait_for(page, [])
        assert one.requests == []
        assert one.errors == []


def test_a_finding_selects_all_that_it_is_about(chromium, net, tmp_path):
    """A row of the list hands over its subjects."""
    from medgraph.cli.reports import report_answers
    from medgraph.visuals.report.findings import findings, numbered

    found = tuple(numbered(findings(net, report_answers(net), None)))
    widget = network_map(net, findings=found, lang="zh").widget()
    many = max(range(len(found)), key=lambda i: len(found[i][1].subjects))
    with opened(chromium, in_host(widget, tmp_path / "x.html")) as one:
        frame = frame_of(one.page)
        frame.locator("#problems tbody button").nth(many).press("Enter")
        drawn = frame.evaluate("() => medgraphMap.nodes.map(n => n.id)")
        wait_for(one.page, [id for id in found[many][1].subjects if id in drawn])


def test_what_is_selected_on_a_drawing_reaches_python(chromium, net, tmp_path):
    """A tile by mouse, another by Enter on its row of the table."""
    widget = tile_map(net, color_by=coverage.served(net), lang="zh").widget()
    with opened(chromium, in_host(widget, tmp_path / "x.html")) as one:
        frame = frame_of(one.page)
        frame.click("[data-id='331003003000']")
        wait_for(one.page, ["331003003000"])
        frame.evaluate("() => { document.getElementById('table').open = true; }")
        row = frame.locator("#table tbody tr").first
        row.press("Enter")
        wait_for(one.page, [row.get_attribute("data-row")])
        assert one.errors == []


def test_hostile_pictures_stay_shut_in_their_frame(chromium, hostile, tmp_path):
    """No request, no canary; a message that is not of the frame changes nothing; a stopped widget hears nothing."""
    with opened(chromium, in_host(network_map(hostile).widget(), tmp_path / "x.html")) as one:
        page = one.page
        frame = frame_of(page)
        before = page.evaluate("() => window.saved.length")
        page.evaluate("() => window.postMessage({medgraph: 'selected', ids: ['forged']}, '*')")
        page.wait_for_timeout(100)
        assert page.evaluate("() => window.saved.length") == before
        assert frame.evaluate("() => window.canary ?? null") is None
        assert page.evaluate("() => window.canary ?? null") is None
        page.evaluate("() => window.stop()")
        frame.evaluate("() => medgraphMap.select([0])")
        page.wait_for_timeout(100)
        assert page.evaluate("() => window.saved.length") == before
        assert one.requests == []
        assert one.errors == []


def test_a_file_tells_nobody_what_is_selected(chromium, net, tmp_path):
    """A page that is a file of its own, framed by another, keeps to itself."""
    network_map(net, lang="zh").save(tmp_path / "map.html")
    host = tmp_path / "host.html"
    host.write_text(
        "<script>window.heard = []; addEventListener('message', e => heard.push(e.data));</script>"
        "<iframe src='map.html' width='900' height='600'></iframe>",
        encoding="utf-8",
    )
    with opened(chromium, host) as one:
        frame = frame_of(one.page)
        frame.evaluate("() => medgraphMap.locate('TZ-P07')")
        one.page.wait_for_timeout(100)
        assert one.page.evaluate("() => window.heard") == []


def test_without_the_extra_a_sentence_names_it(net, monkeypatch):
    """The figure shows itself as before; the widget says what to install."""
    real = builtins.__import__

    def refuse(name, *rest):
        if name.split(".")[0] == "anywidget":
            raise ImportError(name)
        return real(name, *rest)

    widgets._model.cache_clear()
    monkeypatch.setattr(builtins, "__import__", refuse)
    figure = network_map(net)
    assert "<iframe" in figure._repr_html_()
    with pytest.raises(OptionError, match=r"medgraph\[notebook\]"):
        figure.widget()


@pytest.mark.parametrize("height", [0, -1, 5000, "700", 300.5, None, True])
def test_a_height_that_is_none_is_told(net, height):
    with pytest.raises(OptionError, match="height"):
        tile_map(net).widget(height=height)
