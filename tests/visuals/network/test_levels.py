"""Levels of the network map: closed to one node each, opened by going near; names legible at every scale."""

from __future__ import annotations

import pytest

from medgraph.loaders import samples
from medgraph.loaders.samples.synthetic import synthetic
from medgraph.visuals import network_map
from medgraph.visuals.network.network_scene import network_scene
from tests.browser import opened

# Every text that is drawn on the canvas, with its place on the screen, whatever draws it.
WATCH = """() => { const pen = CanvasRenderingContext2D.prototype, fill = pen.fillText;
    window.drawn = [];
    medgraphNetwork.on('beforeDrawing', () => { window.drawn = []; });
    pen.fillText = function (text, x, y) {
        if (this.canvas.isConnected) {
            const at = this.getTransform(), ratio = this.canvas.width / this.canvas.clientWidth;
            const size = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
            window.drawn.push({text, size: size * at.a / ratio, x: (at.a * x + at.e) / ratio,
                y: (at.d * y + at.f) / ratio, w: this.measureText(text).width * at.a / ratio}); }
        return fill.apply(this, arguments); }; }"""
# What is drawn when the picture stands: while it moves, or waits for its levels, it is a bitmap.
DRAWN = """scale => new Promise(done => {
    const pane = medgraphMap.pane;
    medgraphNetwork.moveTo({scale: medgraphNetwork.getScale() * scale});
    requestAnimationFrame(() => requestAnimationFrame(function later() {
        setTimeout(() => {
            if (pane.isBehind || pane.motion.isOn) { later(); return; }
            window.drawn = [];
            medgraphNetwork.redraw();
            requestAnimationFrame(() => requestAnimationFrame(() => done(window.drawn))); }, 250); })); })"""
NETS = {
    "taizhou": samples.taizhou,
    "county": lambda: synthetic(scale="county"),
    "city": lambda: synthetic(scale="city"),
}


@pytest.mark.parametrize("name", NETS)
def test_names_are_legible_and_apart_at_every_scale(chromium, tmp_path, name):
    """At five scales every name is 11 to 18 pixels high, and none lies on another."""
    path = network_map(NETS[name](), lang="zh").save(tmp_path / "x.html")
    with opened(chromium, path) as one:
        one.page.evaluate(WATCH)
        for factor in (1, 0.6, 2, 2, 2):
            labels = one.page.evaluate(DRAWN, factor)
            assert labels
            assert {label["size"] for label in labels} <= {*range(11, 19)}
            assert overlapping(labels) == []
        one.verify(scripts=one.page.evaluate("() => document.scripts.length"))


def overlapping(labels: list[dict]) -> list[str]:
    found = []
    for i, one in enumerate(labels):
        for other in labels[i + 1 :]:
            wide = min(one["x"] + one["w"], other["x"] + other["w"]) - max(one["x"], other["x"])
            if wide > 0.5 and abs(one["y"] - other["y"]) < (one["size"] + other["size"]) / 2:
                found.append(f"{one['text']} | {other['text']}")
    return found


def test_names_that_are_cut_differ(chromium, tmp_path):
    """No two nodes of different names read alike on the picture."""
    path = network_map(synthetic(scale="county"), lang="zh").save(tmp_path / "x.html")
    with opened(chromium, path) as one:
        labels = one.page.evaluate("() => medgraphMap.labels.map(l => [l.text, l.thing.text])")
        cut = dict(labels)
        assert all(cut[text] == name for text, name in labels)
        assert any("…" in text for text in cut)


def test_a_city_opens_level_by_level(chromium, tmp_path):
    """Counties first, each with its count; a click goes near and opens groups, then members."""
    net = synthetic(scale="city")
    with opened(chromium, network_map(net, lang="zh").save(tmp_path / "x.html")) as one:
        page = one.page
        scene = "() => [medgraphMap.scene.levels.map(l => [l.kind, l.count]), medgraphMap.scene.nodes.length]"
        levels, single = page.evaluate(scene)
        assert [kind for kind, _ in levels] == ["county"] * 8
        assert single == 0
        assert (
            f"显示 {sum(count for _, count in levels)}/{len(drawn(net))} 个节点"
            in page.inner_text("#shown")
        )
        for kind in ("group", None):
            page.mouse.click(*page.evaluate(MIDDLE))
            page.wait_for_function(OPENED, arg=kind)
            levels, single = page.evaluate(scene)
        assert single > 50
        page.evaluate(CHOOSE, "group")
        assert {kind for kind, _ in page.evaluate(scene)[0]} == {"group"}
        page.evaluate(CHOOSE, "all")
        assert page.evaluate(scene)[0] == []


OPENED = """kind => kind ? medgraphMap.scene.levels.some(l => l.kind === kind) : medgraphMap.scene.nodes.length > 50"""
CHOOSE = """word => { const select = document.getElementById('detail');
    select.value = word; select.dispatchEvent(new Event('change')); }"""
MIDDLE = """() => { const level = medgraphMap.scene.levels[0], p = medgraphNetwork.canvasToDOM(level),
    r = document.querySelector('#canvas canvas').getBoundingClientRect(); return [r.left + p.x, r.top + p.y + 14]; }"""


def drawn(net):
    return net.nodes().query("kind != 'Area'")


def test_every_node_is_inside_its_levels():
    """In a city each node stands within its group, its county; places are never shared."""
    net = synthetic(scale="city")
    scene = network_scene(net, None, {}, net.day(), "zh")
    assert {level.kind for level in scene.levels} == {"county", "group", "beside"}
    for node in scene.nodes:
        number = node.inside
        while number >= 0:
            level = scene.levels[number]
            assert abs(node.x - level.x) <= level.wide
            assert abs(node.y - level.y) <= level.high
            number = level.parent
    assert len({(node.x, node.y) for node in scene.nodes}) == len(scene.nodes)


def test_fewer_lines_cross_than_before():
    """Of the links that are shown at first 41 pairs crossed when alliances stood in one column."""
    net = samples.taizhou()
    assert crossings(network_scene(net, None, {}, net.day(), "zh")) < 25


def crossings(scene) -> int:
    at = {node.id: (node.x, node.y) for node in scene.nodes if not node.layer}
    pairs = {
        tuple(sorted((link.source, link.target)))
        for link in scene.links
        if link.layer in ("membership", "alliances") and {link.source, link.target} <= at.keys()
    }
    lines = [(one, other, at[one], at[other]) for one, other in sorted(pairs)]
    return sum(
        not {a, b} & {c, d}
        and turn(p, q, r) * turn(p, q, s) < 0
        and turn(r, s, p) * turn(r, s, q) < 0
        for i, (a, b, p, q) in enumerate(lines)
        for c, d, r, s in lines[i + 1 :]
    )


def turn(p, q, r) -> float:
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])


@pytest.mark.slow
def test_a_province_opens(chromium, tmp_path):
    """A province of 17,000 facilities is one file of at most 8 MB, drawn within two seconds."""
    path = network_map(synthetic(scale="province"), lang="zh").save(tmp_path / "x.html")
    assert path.stat().st_size <= 8_000_000
    with opened(chromium, path) as one:
        paint = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
        assert one.page.evaluate(paint) <= 2000
        assert one.page.evaluate("() => medgraphMap.scene.levels.length") == 10
        one.verify(scripts=one.page.evaluate("() => document.scripts.length"))


# A step nearer while the picture moves, as the wheel makes it, and how often each frame was drawn meanwhile.
NEARER = """() => new Promise(done => {
    const renderer = medgraphNetwork.renderer, redraw = renderer._redraw, most = [0];
    renderer._redraw = function () {
        if (this.allowRedraw) most.push(most.pop() + 1);  // else it is asked, and draws nothing
        return redraw.apply(this, arguments);
    };
    let frames = 0;
    medgraphNetwork.moveTo({scale: medgraphNetwork.getScale() * 6});
    (function frame() {
        frames += 1;
        most.push(0);
        if (frames < 90) requestAnimationFrame(frame); else { renderer._redraw = redraw; done(Math.max(...most)); }
    })(); })"""


def test_what_opens_while_the_picture_moves_comes_whole_and_is_drawn_once_a_frame(
    chromium, tmp_path
):
    """The library draws after every change of its sets; a frame that opens levels is drawn once all the same."""
    path = network_map(synthetic(scale="city"), lang="zh").save(tmp_path / "x.html")
    with opened(chromium, path) as one:
        before = one.page.evaluate("() => medgraphMap.scene.nodes.length")
        assert one.page.evaluate(NEARER) <= 2
        assert one.page.evaluate("() => medgraphMap.scene.nodes.length") > before
        held = "() => ['nodes', 'edges'].map(kind => medgraphMap.pane[kind].getIds().sort())"
        wanted = "() => ['looks', 'links'].map(kind => [...medgraphMap.scene[kind].keys()].sort())"
        assert one.page.evaluate(held) == one.page.evaluate(wanted)


# Nearer, frame by frame, as a wheel makes it; what stands on the canvas in the last of the frames.
MOVED = """() => new Promise(done => {
    const scale = medgraphNetwork.getScale(), pixels = [], pen = document.querySelector('#canvas canvas').getContext('2d');
    const draws = ['stroke', 'fillText', 'drawImage'], held = draws.map(name => pen[name]), found = {};
    draws.forEach((name, i) => { pen[name] = function () { found[name] = (found[name] || 0) + 1; return held[i].apply(pen, arguments); }; });
    let frames = 0;
    (function frame() {
        frames += 1;
        medgraphNetwork.moveTo({scale: scale * Math.pow(1.05, frames)});
        if (frames < 40) { requestAnimationFrame(frame); return; }
        const moving = Object.assign({}, found);
        draws.forEach(name => { found[name] = 0; });
        const opened = [...medgraphMap.scene.looks.keys()].length;
        setTimeout(() => done({moving, still: found, opened, behind: medgraphMap.pane.isBehind}), 1500);
    })(); })"""


def test_a_moving_picture_is_a_bitmap_and_sharp_when_it_stands(chromium, tmp_path):
    """Every frame of a movement sets a bitmap, on which levels open; then names and lines are drawn again."""
    path = network_map(synthetic(scale="city"), lang="zh").save(tmp_path / "x.html")
    with opened(chromium, path) as one:
        one.page.wait_for_timeout(300)
        before = one.page.evaluate("() => medgraphMap.scene.looks.size")
        found = one.page.evaluate(MOVED)
        assert found["moving"]["drawImage"] >= 30
        assert found["opened"] > before
        assert found["still"]["fillText"] > 0
        assert found["still"]["stroke"] > 0
        assert not found["behind"]
        one.verify(scripts=one.page.evaluate("() => document.scripts.length"))


# A clock of coarse steps, as browsers keep one against fingerprinting: here it stands from the last movement on.
COARSE = """() => new Promise(done => {
    const now = performance.now.bind(performance), scale = medgraphNetwork.getScale();
    let frames = 0;
    (function frame() {
        frames += 1;
        const stands = now();
        if (frames === 10) performance.now = () => stands;
        medgraphNetwork.moveTo({scale: scale * Math.pow(1.02, frames)});
        if (frames < 10) requestAnimationFrame(frame); else setTimeout(() => done(medgraphMap.pane.motion.isOn), 1000);
    })(); })"""


def test_a_picture_that_stands_is_sharp_by_a_coarse_clock_as_well(chromium, tmp_path):
    """What ends a movement is that nothing moves any more, and not what the clock says then."""
    path = network_map(samples.taizhou(), lang="zh").save(tmp_path / "x.html")
    with opened(chromium, path) as one:
        one.page.wait_for_timeout(300)
        assert one.page.evaluate(COARSE) is False


GRIP = """() => { const v = medgraphMap.view(), n = medgraphMap.scene.nodes.find(n => n.role === 'primary'),
    r = document.querySelector('#canvas canvas').getBoundingClientRect();
    return [n.id, r.left + (n.x - v.x) * v.scale + v.wide / 2, r.top + (n.y - v.y) * v.scale + v.high / 2]; }"""
NAMED_AT = "id => { const l = medgraphMap.labels.find(l => l.thing.id === id); return [l.thing.x, l.thing.y]; }"
# Playwright moves no pressed mouse in Chromium 86: here the page gets the events of one.
DRAG = """([x, y]) => {
    const canvas = document.querySelector('#canvas canvas');
    const send = (kind, part) => canvas.dispatchEvent(new PointerEvent(kind, {pointerId: 1, pointerType: 'mouse', isPrimary: true,
        button: 0, buttons: kind === 'pointerup' ? 0 : 1, clientX: x + 60 * part, clientY: y + 30 * part, bubbles: true, cancelable: true}));
    send('pointerdown', 0);
    for (let step = 1; step <= 6; step += 1) send('pointermove', step / 6);
    send('pointerup', 1); }"""
STANDS_AT = "id => { const p = medgraphNetwork.getPosition(id); return [p.x, p.y]; }"


def test_a_node_that_is_moved_by_hand_takes_its_name_along(chromium, tmp_path):
    """Name, line and drawing follow it, and a change of the filters leaves it there."""
    path = network_map(samples.taizhou(), lang="zh").save(tmp_path / "x.html")
    with opened(chromium, path) as one:
        page = one.page
        id, x, y = page.evaluate(GRIP)
        before = page.evaluate(STANDS_AT, id)
        page.evaluate(DRAG, [x, y])
        page.evaluate("() => medgraphMap.apply()")
        after = page.evaluate(STANDS_AT, id)
        assert after != before
        assert page.evaluate(NAMED_AT, id) == after
