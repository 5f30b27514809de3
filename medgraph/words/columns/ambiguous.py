"""Titles that mean one of several things, which somebody has to say."""

from __future__ import annotations

from medgraph.words.vocabularies import fold

# Where a facility stands, or where the people live whom it serves.
_OF_PLACES = ("区划", "行政区划", "区域", "地区", "片区", "division")
_MEANINGS: dict[str, tuple[str, ...]] = {fold(title): ("area", "serves") for title in _OF_PLACES}


def may_mean(title: str) -> tuple[str, ...]:
    """Return what a title of a list of facilities may mean; none where it is not such a title.

    >>> may_mean("区划"), may_mean("床位")
    (('area', 'serves'), ())
    """
    return _MEANINGS.get(fold(title), ())
