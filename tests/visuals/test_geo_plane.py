"""Degrees become places in a picture: north up, a kilometre as long in both directions."""

from __future__ import annotations

import numpy as np
import pytest

from medgraph.visuals.geo_plane import Box, Window, core, scale_step


def test_a_window_shows_all_of_its_box_and_keeps_kilometres_equal():
    """A degree of latitude is 111.195 km everywhere, one of longitude shorter by the cosine."""
    box = Box(120.0, 28.0, 122.0, 30.0)
    window = Window.on(box, 10, 20, 400, 300)
    left, top = window.place(box.west, box.north)
    right, bottom = window.place(box.east, box.south)
    assert 10 <= left < right <= 410
    assert 20 <= top < bottom <= 320
    assert bottom - top == pytest.approx(2 * 111.195 * window.scale)
    assert right - left == pytest.approx(2 * 111.195 * np.cos(np.radians(29)) * window.scale)


def test_one_point_stands_in_the_middle():
    """A box without extent is a kilometre wide, and does not divide by nothing."""
    window = Window.on(Box(120.0, 28.0, 120.0, 28.0), 0, 0, 100, 50)
    assert window.place(120.0, 28.0) == (50, 25)


def test_the_core_is_the_dense_half():
    """Half of the points in a ninth of the picture are worth an inset; an even spread is not."""
    dense = np.concatenate([np.linspace(120.0, 120.1, 30), np.linspace(121, 123, 20)])
    box = core(dense, dense - 92)
    assert box is not None
    assert box.east <= 121
    even = np.linspace(120.0, 123.0, 50)
    assert core(even, even - 92) is None
    assert core(dense[:20], dense[:20] - 92) is None


@pytest.mark.parametrize(("span", "step"), [(100, 20), (9, 2), (0.1, 0.1), (4000, 1000)])
def test_a_scale_is_round_and_at_most_a_quarter_as_long_as_the_picture(span, step):
    assert scale_step(span) == step
