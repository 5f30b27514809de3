"""Say between which meridians and parallels each province lies, to a tenth of a degree.

Read off ordinary maps and rounded outwards: a box tells a point that is swapped or slipped from
one that may be right, and is no boundary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Box(NamedTuple):
    """Degrees between which a province lies."""

    west: float
    east: float
    south: float
    north: float


BOXES: Mapping[str, Box] = {
    "11": Box(115.4, 117.6, 39.4, 41.1),
    "12": Box(116.7, 118.1, 38.5, 40.3),
    "13": Box(113.4, 119.9, 36.0, 42.7),
    "14": Box(110.2, 114.6, 34.5, 40.8),
    "15": Box(97.1, 126.1, 37.4, 53.4),
    "21": Box(118.8, 125.8, 38.7, 43.5),
    "22": Box(121.6, 131.4, 40.8, 46.4),
    "23": Box(121.1, 135.1, 43.4, 53.6),
    "31": Box(120.8, 122.3, 30.6, 31.9),
    "32": Box(116.3, 122.0, 30.7, 35.2),
    "33": Box(118.0, 123.2, 27.0, 31.2),
    "34": Box(114.8, 119.7, 29.4, 34.7),
    "35": Box(115.8, 120.8, 23.5, 28.4),
    "36": Box(113.5, 118.5, 24.4, 30.1),
    "37": Box(114.7, 122.8, 34.3, 38.5),
    "41": Box(110.3, 116.7, 31.3, 36.4),
    "42": Box(108.3, 116.2, 29.0, 33.3),
    "43": Box(108.7, 114.3, 24.6, 30.2),
    "44": Box(109.6, 117.4, 20.1, 25.6),
    "45": Box(104.4, 112.1, 20.8, 26.5),
    "46": Box(108.0, 118.5, 3.5, 20.4),
    "50": Box(105.2, 110.3, 28.1, 32.3),
    "51": Box(97.3, 108.6, 26.0, 34.4),
    "52": Box(103.6, 109.6, 24.6, 29.3),
    "53": Box(97.5, 106.2, 21.1, 29.3),
    "54": Box(78.3, 99.2, 26.8, 36.6),
    "61": Box(105.4, 111.3, 31.7, 39.6),
    "62": Box(92.3, 108.8, 32.5, 42.9),
    "63": Box(89.4, 103.1, 31.6, 39.3),
    "64": Box(104.2, 107.7, 35.2, 39.4),
    "65": Box(73.4, 96.4, 34.3, 49.2),
    "71": Box(116.7, 122.1, 20.7, 26.4),
    "81": Box(113.8, 114.5, 22.1, 22.6),
    "82": Box(113.5, 113.7, 22.0, 22.3),
}
ALL = Box(
    min(box.west for box in BOXES.values()),
    max(box.east for box in BOXES.values()),
    min(box.south for box in BOXES.values()),
    max(box.north for box in BOXES.values()),
)
