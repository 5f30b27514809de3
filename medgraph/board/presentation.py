"""Lay a plan out for a meeting: a slide for each change in its order, one map, number and sentence.

The same slides are a page that asks for nothing, and pictures for whatever shows slides.
"""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from medgraph.board.effects import first_numbers, group_rows
from medgraph.board.picture import scene_of
from medgraph.board.told import turn_told
from medgraph.suffixes import PNG
from medgraph.visuals import typesetting
from medgraph.visuals.figure import Figure
from medgraph.visuals.page import pages
from medgraph.visuals.slide import Number, Slide, slide
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medgraph.board.plans import PlanOnBoard, Turn
    from medgraph.board.requests import Asks
    from medgraph.queries.comparison.asked import Asked

_MOST = 100  # changes, each a slide
_PIXELS = 1920  # a slide is so wide
_POINTS_WIDE = 1000  # of a picture


def slides_of(asks: Asks, plan: PlanOnBoard) -> list[Slide]:
    """Return the slides of a plan: how it is, each change, and all of them together."""
    found = list(_slides(asks, plan))
    return [replace(one, place=f"{n}/{len(found)}") for n, one in enumerate(found, 1)]


def _slides(asks: Asks, plan: PlanOnBoard) -> Iterator[Slide]:
    shown = plan.done[:_MOST]
    base = after = asks.asked_after(plan, 0)
    first = say("slide.first", name=plan.name)
    yield _slide(first, say("slide.changes", count=len(plan.done)), base, base)
    for number, turn in enumerate(shown, 1):
        before, after = after, asks.asked_after(plan, number)
        said = turn_told(asks.desk.base, [step.change for step in turn.steps])
        yield _slide(said, _facts(turn), before, after)
    last = say("slide.last", name=plan.name, count=len(plan.done))
    if shown:
        yield _slide(last, "", base, asks.asked_after(plan, len(plan.done)))


def _facts(turn: Turn) -> str:
    first = turn.steps[0]
    return " · ".join(filter(None, [first.by, first.reason]))


def _slide(sentence: str, facts: str, before: Asked, after: Asked) -> Slide:
    return Slide(sentence, facts, _number(before, after), scene_of(before), scene_of(after))


def _number(before: Asked, after: Asked) -> Number:
    """The first number that changes: of a question, else of a group; else how many are served."""
    numbers = [
        Number(one["label"], one["before"], one["after"], one["trend"])
        for one in first_numbers(before, after)
    ]
    groups = [
        Number(say(f"slide.{what}", name=row["name"]), *map(str, row[what]))
        for row in group_rows(before, after)
        for what in ("areas", "facilities")
        if None not in row[what]
    ]
    nothing = Number("", "", "")
    return next((one for one in [*numbers, *groups] if one.is_other), [*numbers, nothing][0])


def presentation(asks: Asks, plan: PlanOnBoard) -> Figure:
    """Return all slides as one page, shown one after the other by keys."""
    slides = slides_of(asks, plan)
    shown = [
        {"words": one.in_words, "picture": _as_address(slide(one)), "place": one.place}
        for one in slides
    ]
    page = pages.render("slides", title=plan.name, lang=language(), say=say, slides=shown)
    return Figure(plan.name, {"shown": len(slides), "all": len(slides)}, page=page)


def _as_address(drawing: str) -> str:
    """A drawing as an address that holds it, so that no word of it is markup of the page."""
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode("ascii")


def pictures(asks: Asks, plan: PlanOnBoard) -> bytes:
    """Return all slides as PNG of 1920 by 1080, in their order, in one archive."""
    ppi = _PIXELS * 72 / _POINTS_WIDE
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number, one in enumerate(slides_of(asks, plan), 1):
            archive.writestr(f"{number:03d}{PNG}", typesetting.picture(slide(one), ppi=ppi))
    return content.getvalue()
