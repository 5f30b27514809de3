"""Marks stand out from the ground that they lie on, by day and by night."""

from __future__ import annotations

import pytest

from medgraph.loaders import samples
from medgraph.visuals import network_map
from tests.browser import opened

# The least contrast of an edge, and of a ground where it is night, with the paper; the colours of all groups.
LEAST = """() => { const map = medgraphMap, paper = map.colours.paper, shades = [...map.data.shades, ...map.data.sequence];
    const looks = [...map.nodes.filter(n => !n.problem).map(n => map.lookOf(n).color), ...shades.map(c => ({
        border: map.swatch(c).edge, background: map.isNight(map.colours) ? map.swatch(c).ground : map.swatch(c).edge }))];
    return [Math.min(...looks.map(l => map.contrast(l.border, paper))),
        Math.min(...shades.map(c => map.contrast(map.swatch(c).ground, paper))), new Set(shades.map(c => map.swatch(c).ground)).size, shades.length]; }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_stand_out_by_three_to_one(chromium, tmp_path, scheme):
    """WCAG 2.1, 1.4.11: an edge always, at night the whole mark; no two colours become one."""
    with opened(chromium, network_map(samples.taizhou()).save(tmp_path / "x.html")) as one:
        one.page.emulate_media(color_scheme=scheme)
        one.page.wait_for_timeout(200)
        edge, ground, different, shades = one.page.evaluate(LEAST)
        assert edge >= 3
        assert ground >= 3 or scheme == "light"
        assert different == shades
        drawing = one.page.evaluate("() => medgraphMap.drawing()")
        assert 'fill="#0072B2"' in drawing  # onto white paper, in the colours of the day
